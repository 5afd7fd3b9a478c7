"""A tablet without its network: it says so, keeps what was asked, and sends it by itself; an old page makes room."""

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

from tests.browser.house import House
from tests.browser.room import AGAINST, FOR, cast, choose, connection, is_live, picture, receipt, sheet
from tests.browser.tablets import WALL, Tablets

MEMBER, OTHER, CHAIR, SECRETARY, SCREEN = "gd-dulich", "gd-yte", "chutich", "thuky", "manhinh"
ITEM = "Đề án phát triển du lịch"


@pytest.fixture(scope="module", autouse=True)
async def session(house: House) -> AsyncIterator[None]:
    """In session, with an item under way; everybody is here but one."""
    await house.check_in(*(username for username in house.seed.members if username != OTHER))
    await house.do(CHAIR, "open_session")
    await house.do(CHAIR, "start_item", item=await house.item(ITEM))
    yield


async def open_vote(house: House) -> str:
    """A vote of its own; the one before it is over."""
    for name, poll in (await house.parts(CHAIR)).items():
        if name.startswith("poll/") and poll["state"] == "open":
            await house.do(CHAIR, "close_poll", poll=name.removeprefix("poll/"), confirmed=True)
    poll_id = f"test-{secrets.token_hex(4)}"
    item = await house.item(ITEM)
    await house.do(CHAIR, "draft_poll", poll=poll_id, item=item, question={"vi": "Có đồng ý không?"})
    await house.do(CHAIR, "open_poll", poll=poll_id)
    return poll_id


async def enter(tablets: Tablets, username: str, name: str = "room") -> Page:
    size = {"size": WALL} if name == "screen" else {}
    page = await tablets.open(username, f"{tablets.house.meeting}/{name}", **size)  # type: ignore[arg-type]
    await (expect(picture(page)).to_be_visible() if name == "screen" else is_live(page))
    return page


async def test_every_live_page_says_within_ten_seconds_that_it_is_not_live(house: House, tablets: Tablets) -> None:
    """The worst case: the sockets stay open and nothing comes. Afterwards all are live again, untouched."""
    pages = [
        await enter(tablets, username, name)
        for username, name in ((MEMBER, "room"), (CHAIR, "room"), (SECRETARY, "run"), (SCREEN, "screen"))
    ]
    house.freeze()
    silent_since = time.monotonic()
    try:
        for page in pages:
            await expect(connection(page)).to_have_attribute("data-state", "offline")
        assert time.monotonic() - silent_since < 11
    finally:
        house.thaw()
    for page in pages[:-1]:
        await is_live(page)
    await expect(connection(pages[-1])).to_have_count(0)


async def test_a_tablet_that_knows_it_has_no_network_says_so_at_once(tablets: Tablets) -> None:
    page = await enter(tablets, MEMBER)
    await page.context.set_offline(True)
    await expect(connection(page)).to_contain_text("mất kết nối", timeout=2_000)
    await page.context.set_offline(False)
    await is_live(page)


async def test_a_ballot_without_network_is_kept_changed_and_sent(house: House, tablets: Tablets) -> None:
    """The last choice counts, once; until it has left the tablet it is shown as not sent."""
    poll = await open_vote(house)
    page = await enter(tablets, MEMBER)
    await page.context.set_offline(True)
    await choose(page, FOR)
    await cast(page, FOR)
    await expect(sheet(page)).to_contain_text("Chưa gửi — sẽ gửi lại khi có kết nối")
    await sheet(page).get_by_role("button", name="Đổi phiếu").tap()
    await choose(page, AGAINST)
    await cast(page, AGAINST)
    await expect(sheet(page)).to_contain_text("Chưa gửi — sẽ gửi lại khi có kết nối")
    assert poll not in (await house.parts(MEMBER))["me"]["ballots"]

    await page.context.set_offline(False)
    shown = await receipt(page)
    ballot = (await house.parts(MEMBER))["me"]["ballots"][poll]
    assert (ballot["choice"], ballot["receipt"]) == (["against"], shown)
    assert (await house.parts(CHAIR))[f"poll/{poll}"]["voted"] == 1


async def test_a_ballot_that_comes_after_the_closing_is_told_so(house: House, tablets: Tablets) -> None:
    """Never counted, and never silent about it."""
    poll = await open_vote(house)
    page = await enter(tablets, MEMBER)
    await page.context.set_offline(True)
    await choose(page, FOR)
    await cast(page, FOR)
    await house.do(CHAIR, "close_poll", poll=poll, confirmed=True)
    await page.context.set_offline(False)
    await expect(sheet(page).get_by_role("alert")).to_have_text(
        "Biểu quyết đã đóng; phiếu này không được ghi nhận."
    )  # fmt: skip
    assert poll not in (await house.parts(MEMBER))["me"]["ballots"]


async def test_checking_in_without_network_happens_when_it_is_back(house: House, tablets: Tablets) -> None:
    page = await enter(tablets, OTHER)
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Điểm danh có mặt").first.tap()
    await expect(page.get_by_role("button", name="Chưa gửi — sẽ gửi lại").first).to_be_visible()
    await page.context.set_offline(False)
    await expect(page.locator(".here-state")).to_be_visible()
    assert (await house.parts(OTHER))["me"]["present"]


async def test_a_note_of_the_secretary_outlives_the_network(house: House, tablets: Tablets) -> None:
    item = await house.item(ITEM)
    words = f"Ý kiến thảo luận {secrets.token_hex(3)}"
    page = await enter(tablets, SECRETARY, "run")
    await page.locator("#tab-item").tap()
    house.freeze()
    try:
        await page.get_by_role("textbox", name="Ghi chép").fill(words)
        await expect(connection(page)).to_have_attribute("data-state", "offline")
        await expect(page.locator("item-notes")).to_contain_text("giữ trên máy này")
    finally:
        house.thaw()
    await expect(page.locator("item-notes")).to_contain_text("Đã lưu lúc")
    assert (await house.parts(SECRETARY))[f"note/{item}"]["note"] == words


async def test_a_server_that_is_gone_for_long_is_found_again(house: House, tablets: Tablets) -> None:
    """The pages try on with growing pauses, at most some seconds, and need no hand."""
    pages = [await enter(tablets, MEMBER), await enter(tablets, CHAIR)]
    house.kill()
    for page in pages:
        await expect(connection(page)).to_have_attribute("data-state", "offline")
    await house.start()
    async with asyncio.timeout(12):
        for page in pages:
            await is_live(page)


# Before the scripts of the page run, and the first time only: the page of an older build.
OLD_AT_FIRST = """document.addEventListener("readystatechange", () => {
  const app = document.querySelector("room-app, run-app, screen-app")
  if (!app || sessionStorage.getItem("was-old")) return
  app.setAttribute("build", "older")
  sessionStorage.setItem("was-old", "yes")
})"""


@pytest.mark.parametrize(("username", "name"), [(MEMBER, "room"), (SECRETARY, "run"), (SCREEN, "screen")])
async def test_an_old_page_loads_the_new_one_by_itself(tablets: Tablets, username: str, name: str) -> None:
    page = await tablets.open(username)
    visits: list[str] = []
    page.on("request", lambda request: visits.append(request.url) if request.is_navigation_request() else None)
    await page.add_init_script(OLD_AT_FIRST)
    await page.goto(f"{tablets.house.meeting}/{name}")
    await expect(page.locator(f"{name}-app")).not_to_have_attribute("build", "older")
    await (expect(picture(page)).to_be_visible() if name == "screen" else is_live(page))
    assert len([url for url in visits if url.endswith(name)]) == 2


async def test_an_old_page_waits_while_a_question_is_open(tablets: Tablets) -> None:
    """What a person is doing is not taken away: the page says that there is a newer one, and leaves the moment to them."""
    page = await tablets.open(MEMBER)
    wire = Wire()
    await page.route_web_socket("**/live?*", wire.join)
    await page.goto(f"{tablets.house.meeting}/room")
    await page.get_by_role("button", name="Rời phòng").tap()
    await expect(page.get_by_role("dialog")).to_be_visible()
    wire.build = "newer"
    await wire.cut()
    await expect(page.get_by_text("Đã có bản mới của trang này.")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="Ở lại").tap()
    wire.build = ""
    await page.get_by_role("button", name="Tải lại").tap()
    await expect(page.get_by_text("Đã có bản mới của trang này.")).to_have_count(0)
    await is_live(page)


class Wire:
    """Between a tablet and its server: may be cut, and may tell of a build that the server does not have yet."""

    def __init__(self) -> None:
        self.build = ""
        self.tablet: WebSocketRoute | None = None

    def join(self, tablet: WebSocketRoute) -> None:
        self.tablet = tablet
        server = tablet.connect_to_server()
        server.on_message(lambda message: tablet.send(self._told(message)))

    def _told(self, message: str | bytes) -> str:
        frame = json.loads(message)
        if self.build and "hello" in frame:
            frame["hello"]["build"] = self.build
        return json.dumps(frame)

    async def cut(self) -> None:
        assert self.tablet is not None
        await self.tablet.close(code=1012)
