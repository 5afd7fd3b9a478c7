"""How the room behaves under a hand, with a bad network and after an update: each in real Chromium."""

import re
import secrets
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect

from ecabinet.resources import STATIC
from tests.browser.house import House
from tests.browser.room import AGAINST, FOR, cast, choose, connection, is_live, next_step, receipt, sheet
from tests.browser.tablets import Tablets

MEMBER, CHAIR = "gd-dulich", "chutich"


@pytest.fixture(scope="module", autouse=True)
async def session(house: House) -> AsyncIterator[None]:
    """In session, everybody here."""
    await house.check_in(*house.seed.members)
    await house.do(CHAIR, "open_session")
    yield


async def leaves(house: House) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (await house.parts(CHAIR))["agenda"]["items"]
    return [row for row in rows if not row["heading"]]


async def move_on(house: House) -> str:
    """The next waiting item is under way; its number."""
    await settle(house)
    row = next(row for row in await leaves(house) if row["state"] == "waiting")
    await house.do(CHAIR, "start_item", item=row["id"])
    return str(row["number"])


async def prepare_vote(house: House) -> str:
    """A vote of its own on the item under way, not open yet; its id."""
    await settle(house)
    item = (await house.parts(CHAIR))["stage"]["current_item"]
    poll = f"test-{secrets.token_hex(4)}"
    await house.do(CHAIR, "draft_poll", poll=poll, item=item, question={"vi": "Có đồng ý không?"})
    return poll


async def settle(house: House) -> None:
    """What the test before left behind is void; an item is under way."""
    parts = await house.parts(CHAIR)
    for name, part in parts.items():
        if name.startswith("poll/") and part["state"] != "void" and part["item"] == parts["stage"]["current_item"]:
            await house.do(CHAIR, "void_poll", poll=name.removeprefix("poll/"), reason="Chuyển sang phép thử khác")
    if parts["stage"]["current_item"] is None:
        await house.do(CHAIR, "start_item", item=(await leaves(house))[0]["id"])


async def room(tablets: Tablets, username: str) -> Page:
    page = await tablets.open(username, f"{tablets.house.meeting}/room")
    await is_live(page)
    return page


async def test_a_ballot_survives_a_crash_of_the_server_and_a_reload(house: House, tablets: Tablets) -> None:
    poll = await prepare_vote(house)
    await house.do(CHAIR, "open_poll", poll=poll)
    page = await room(tablets, MEMBER)
    house.kill()
    await expect(connection(page)).not_to_have_attribute("data-state", "live")
    await choose(page, AGAINST)
    await cast(page, AGAINST)
    await expect(sheet(page).locator(".ballot-state")).to_have_attribute("data-phase", "unsent")
    await house.start()
    await page.reload()
    shown = await receipt(page)
    ballot = (await house.parts(MEMBER))["me"]["ballots"][poll]
    assert (ballot["choice"], ballot["receipt"]) == (["against"], shown)
    assert await page.evaluate("Object.keys(sessionStorage).filter((key) => key.includes('outbox'))") == []


async def test_a_silent_network_shows_within_ten_seconds(house: House, tablets: Tablets) -> None:
    page = await room(tablets, MEMBER)
    house.freeze()
    try:
        await expect(connection(page)).to_have_attribute("data-state", "offline", timeout=11_000)
        await expect(connection(page)).to_have_text(re.compile(r"mất kết nối — hiển thị lúc \d\d:\d\d"))
    finally:
        house.thaw()
    await is_live(page)


async def test_a_vote_does_not_rise_under_a_finger(house: House, tablets: Tablets) -> None:
    poll = await prepare_vote(house)
    page = await room(tablets, MEMBER)
    await page.mouse.move(300, 780)
    await page.mouse.down()
    await house.do(CHAIR, "open_poll", poll=poll)
    # The agenda shows that the push is here.
    await expect(page.locator(".agenda-voting")).to_be_visible()
    await expect(sheet(page)).to_have_count(0)
    await page.mouse.up()
    await expect(sheet(page)).to_be_visible()


async def test_a_choice_alone_sends_nothing(house: House, tablets: Tablets) -> None:
    poll = await prepare_vote(house)
    await house.do(CHAIR, "open_poll", poll=poll)
    page = await room(tablets, MEMBER)
    await choose(page, FOR)
    await house.do(CHAIR, "close_poll", poll=poll, confirmed=True)
    await expect(sheet(page)).to_contain_text("chưa được gửi trước khi đóng biểu quyết")
    assert poll not in (await house.parts(MEMBER))["me"]["ballots"]


async def test_somebody_who_may_not_vote_is_told_why(house: House, tablets: Tablets) -> None:
    poll = await prepare_vote(house)
    page = await room(tablets, MEMBER)
    await house.do(MEMBER, "check_out")
    await house.do(CHAIR, "open_poll", poll=poll)
    await expect(sheet(page).locator(".why-not")).to_have_text("Hãy điểm danh có mặt trước khi biểu quyết.")
    await expect(sheet(page).get_by_role("radio")).to_have_count(3)
    await sheet(page).get_by_role("button", name="Điểm danh có mặt").tap()
    await choose(page, FOR)


async def test_a_whole_vote_by_keyboard(house: House, tablets: Tablets) -> None:
    poll = await prepare_vote(house)
    page = await room(tablets, MEMBER)
    await house.do(CHAIR, "open_poll", poll=poll)
    await expect(sheet(page).get_by_role("heading")).to_be_focused()
    await expect(sheet(page).get_by_role("radio").first).to_be_enabled()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowDown")
    await expect(sheet(page).get_by_role("radio", name=AGAINST[0])).to_be_checked()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await receipt(page)
    assert (await house.parts(MEMBER))["me"]["ballots"][poll]["choice"] == ["against"]


async def test_the_meeting_never_takes_away_what_one_reads(house: House, tablets: Tablets) -> None:
    await settle(house)
    page = await room(tablets, MEMBER)
    last = (await leaves(house))[-1]
    await page.locator("agenda-list").get_by_role("button").last.tap()
    await expect(page.locator(".item-line-number")).to_have_text(last["number"])
    number = await move_on(house)
    await expect(page.get_by_text(f"Cuộc họp đã chuyển sang nội dung {number}:")).to_be_visible()
    await expect(page.locator(".item-line-number")).to_have_text(last["number"])
    await page.get_by_role("button", name=f"Về nội dung đang xem xét: {number}").tap()
    await expect(page.locator(".item-line-number")).to_have_text(number)


async def test_a_step_does_not_change_under_a_pressed_pointer(house: House, tablets: Tablets) -> None:
    await prepare_vote(house)
    page = await room(tablets, CHAIR)
    button = next_step(page)
    await expect(button).to_have_text("Mở biểu quyết")
    box = await button.bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 40, box["y"] + 40)
    await page.mouse.down()
    number = await move_on(house)
    await expect(page.locator("li[data-current] .agenda-number")).to_have_text(number)
    await expect(button).to_have_text("Mở biểu quyết")
    await page.mouse.move(box["x"] + 40, box["y"] - 200)
    await page.mouse.up()
    await expect(button).to_contain_text("Xem xét nội dung")


# A finger needs some 150 ms to come down where something has just changed.
TAP_SOON = """() => {
  const button = document.querySelector("next-step button")
  const before = button.innerText
  const watch = new MutationObserver(() => {
    if (button.innerText === before) return
    watch.disconnect()
    setTimeout(() => { window.tapped = true; button.click() }, 150)
  })
  watch.observe(button, { subtree: true, characterData: true, childList: true, attributes: true })
}"""


async def test_a_tap_just_after_a_change_is_not_taken(house: House, tablets: Tablets) -> None:
    await settle(house)
    page = await room(tablets, CHAIR)
    await expect(next_step(page)).to_contain_text("Xem xét nội dung")
    await page.evaluate(TAP_SOON)
    number = await move_on(house)
    await expect(page.locator(".item-line-number")).to_have_text(number)
    await expect(next_step(page)).to_have_attribute("aria-disabled", "false")
    parts = await house.parts(CHAIR)
    assert await page.evaluate("window.tapped")
    assert [row["number"] for row in await leaves(house) if row["state"] == "under_way"] == [number]
    assert [name for name, part in parts.items() if name.startswith("poll/") and part["state"] == "open"] == []


async def test_a_step_in_the_agenda_is_taken_back(house: House, tablets: Tablets) -> None:
    await settle(house)
    page = await room(tablets, CHAIR)
    before = await leaves(house)
    await page.locator("item-steps").get_by_role("button", name="Hoãn").tap()
    await page.get_by_role("button", name="Hoàn tác").tap()
    await expect(page.locator(".item-line-state")).to_have_text("Đang xem xét")
    after = await leaves(house)
    assert [row["state"] for row in after] == [row["state"] for row in before]


async def test_the_chair_hands_over_and_takes_back(house: House, tablets: Tablets) -> None:
    chair, deputy = await room(tablets, CHAIR), await room(tablets, "pct1")
    await chair.get_by_text("Giao người khác chủ trì").tap()
    await chair.get_by_role("button", name="Phó Chủ tịch Thường trực UBND tỉnh").tap()
    await chair.get_by_role("button", name="Giao chủ trì").tap()
    await expect(next_step(deputy)).to_be_visible()
    await expect(next_step(chair)).to_have_count(0)
    await chair.get_by_role("button", name="Nhận lại quyền chủ trì").tap()
    await chair.get_by_role("dialog").get_by_role("button", name="Nhận lại quyền chủ trì").tap()
    await expect(next_step(chair)).to_be_visible()
    await expect(next_step(deputy)).to_have_count(0)


# Before the scripts of the page run.
OUTDATED = """document.addEventListener("readystatechange", () =>
  document.querySelector("room-app")?.setAttribute("build", "old"))"""


async def test_an_old_page_reloads_itself_once(house: House, tablets: Tablets) -> None:
    page = await tablets.open(MEMBER)
    visits: list[str] = []
    page.on("request", lambda request: visits.append(request.url) if request.is_navigation_request() else None)
    await page.add_init_script(OUTDATED)
    await page.goto(f"{house.meeting}/room")
    await expect(page.get_by_text("Đã có bản mới của trang này.")).to_be_visible()
    assert len([url for url in visits if url.endswith("/room")]) == 2


OUTBOX = """async () => {
  const { Outbox } = await import("/unit/outbox.js")
  const kept = new Map()
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text), removeItem: (key) => kept.delete(key) }
  const outbox = new Outbox("key", storage)
  outbox.add({ id: "a", do: "start_item", item: 3 }, 0)
  outbox.add({ id: "b", do: "cast_ballot", poll: "item-3", choice: ["for"] }, 0)
  const replaced = outbox.add({ id: "c", do: "cast_ballot", poll: "item-3", choice: ["against"] }, 1000)
  outbox.update("c", { phase: "sending", tried: true })
  outbox.add({ id: "d", do: "cast_ballot", poll: "item-3", choice: ["not_voting"] }, 2000)
  outbox.rewind()
  const ids = (entries) => entries.map(({ message }) => message.id)
  return {
    replaced: ids(replaced),
    soon: ids(outbox.lapse(59000)),
    late: ids(outbox.lapse(61000)),
    left: ids(outbox.unsent),
    afterReload: ids(new Outbox("key", storage).unsent),
  }
}"""


async def test_what_is_not_sent_keeps_its_order_and_a_stale_step_lapses(house: House, tablets: Tablets) -> None:
    page = await tablets.open(MEMBER, "/account")

    async def source(route: Route) -> None:
        await route.fulfill(path=STATIC / "js" / "outbox.js", content_type="text/javascript")

    await page.route("**/unit/outbox.js", source)
    assert await page.evaluate(OUTBOX) == {
        "replaced": ["b"],
        "soon": [],
        "late": ["a"],
        "left": ["c", "d"],
        "afterReload": ["c", "d"],
    }
