"""A whole session on tablets, on both sides of a kill -9 with a poll open: what each person does and sees."""

import asyncio
import subprocess
import sys
from dataclasses import dataclass, field

import pypdfium2
from playwright.async_api import Page, expect

from ecabinet.resources import ROOT
from tests.browser.house import PASSWORD, SESSION, House
from tests.browser.room import (
    AGAINST,
    CHANGE,
    FOR,
    cast,
    check_in,
    choose,
    connection,
    is_live,
    next_step,
    picture,
    receipt,
    sheet,
    take_next_step,
)
from tests.browser.tablets import PHONE, UPRIGHT, WALL, Tablets, shot

ITEM = "Dự thảo Nghị quyết về kế hoạch đầu tư công trung hạn giai đoạn 2021-2025"
ITEM_EN = "Draft resolution on the medium-term public investment plan 2021-2025"
SENTENCE = "Thông qua: 13 tán thành, cần 13 (quá nửa tổng số thành viên: 25)."
SENTENCE_EN = "Passed: 13 for, 13 needed (more than half of all members: 25)."

# In the browser; everybody else acts over the HTTP API.
PLAYED = ("chutich", "gd-dulich", "gd-yte", "gd-taichinh")


@dataclass
class Sitting:
    """The pages of the people that are watched; `others` are the members without one, `receipts` what was shown."""

    house: House
    tablets: Tablets
    chair: Page
    secretary: Page
    tourism: Page
    health: Page
    guest: Page
    screen: Page
    others: list[str]
    finance: Page | None = None
    receipts: dict[str, str] = field(default_factory=dict)

    @property
    def live(self) -> list[Page]:
        pages = [self.chair, self.secretary, self.tourism, self.health, self.guest, self.screen]
        return [*pages, self.finance] if self.finance else pages


async def test_a_session_on_both_sides_of_a_crash(house: House, tablets: Tablets) -> None:
    room = await arrive(house, tablets)
    await sixteen_are_not_enough(room)
    await the_seventeenth_opens_the_session(room)
    await the_item_is_taken_up(room)
    await the_vote_opens(room)
    await a_ballot_is_cast_and_changed(room)
    await a_late_tablet_finds_the_vote(room)
    await the_server_is_killed(room)
    await the_server_comes_back(room)
    await the_others_vote(room)
    await the_chair_closes_and_learns_who_is_missing(room)
    await the_result_is_published(room)
    await the_guest_sees_their_own_item(room)
    await the_session_is_closed(room)
    await the_minutes_tell_it(room)
    assert recount(house) == 0


async def arrive(house: House, tablets: Tablets) -> Sitting:
    """Each signs in with name and password, on a device and in a language of their own."""
    await house.speak("gd-yte", "en")
    chair, secretary, tourism, health, guest, screen = await asyncio.gather(
        enter(tablets, "chutich", "Vào phòng họp"),
        enter(tablets, "thuky", "Điều hành phiên họp"),
        enter(tablets, "gd-dulich", "Vào phòng họp"),
        enter(tablets, "gd-yte", "Enter the room", size=UPRIGHT, dark=True),
        enter(tablets, "mttq", "Vào phòng họp", size=UPRIGHT),
        enter(tablets, "manhinh", "Mở màn hình", size=WALL),
    )
    others = [username for username in house.seed.members if username not in PLAYED]
    return Sitting(house, tablets, chair, secretary, tourism, health, guest, screen, others)


async def enter(tablets: Tablets, username: str, way_in: str, **device: object) -> Page:
    page = await tablets.stranger(**device)  # type: ignore[arg-type]
    await page.goto("/sign-in")
    await page.get_by_label("Tên đăng nhập").fill(username)
    await page.get_by_label("Mật khẩu").fill(PASSWORD)
    await page.get_by_role("button", name="Đăng nhập").tap()
    await page.get_by_role("link", name=way_in).first.tap()
    return page


async def sixteen_are_not_enough(room: Sitting) -> None:
    """The chair's button is there, is not ready and says what is missing; the API refuses as well."""
    for page in (room.chair, room.tourism, room.health):
        await check_in(page)
    await room.house.check_in(*room.others[:13])
    await expect(room.chair.locator("next-step")).to_contain_text("Có mặt 16/25; cần thêm 1 thành viên để đủ số.")
    await expect(next_step(room.chair)).to_have_text("Khai mạc phiên họp")
    await expect(next_step(room.chair)).to_have_attribute("aria-disabled", "true")
    await expect(room.health.locator("quorum-badge")).to_contain_text("16/25, 17 needed")
    await expect(picture(room.screen).locator(".picture-number")).to_have_text("16/25")
    refused = (await room.house.ask("chutich", "open_session"))["refused"]
    assert refused["reason"] == "inquorate"
    await shot(room.chair, "01-chair-16-present")
    await shot(room.health, "01-member-16-present")


async def the_seventeenth_opens_the_session(room: Sitting) -> None:
    """The secretariat marks somebody present who has no tablet at hand; then the chair opens."""
    row = room.secretary.locator("roll-row", has_text="Ủy viên UBND tỉnh, Chánh Thanh tra tỉnh")
    await row.get_by_role("button", name="Có mặt").tap()
    await shot(room.secretary, "02-roll-call")
    await take_next_step(room.chair, "Khai mạc phiên họp")
    await expect(room.tourism.locator(".room-stage")).to_have_text("Đang họp")
    await expect(room.health.locator(".room-stage")).to_have_text("In session")
    await expect(room.tourism.locator("quorum-badge")).to_contain_text("17/25 đủ số")
    await shot(room.tourism, "03-in-session")


async def the_item_is_taken_up(room: Sitting) -> None:
    """The chair leaves the order of the agenda; whoever may see the item goes along, the guest learns nothing of it."""
    await room.chair.locator("agenda-list").get_by_text(ITEM).tap()
    await room.chair.get_by_role("button", name="Xem xét nội dung này").tap()
    await expect(room.tourism.locator("item-line")).to_contain_text(ITEM)
    await expect(room.health.locator("item-line")).to_contain_text(ITEM_EN)
    await expect(picture(room.screen).locator(".picture-title")).to_have_text(ITEM)
    await expect(room.tourism.locator(".papers-frame, iframe, object, embed").first).to_be_visible()
    await shot(room.tourism, "04-item-with-paper")
    await shot(room.health, "04-item-with-paper-upright-dark")


async def the_vote_opens(room: Sitting) -> None:
    """It reaches every tablet; a member may vote, the guest does not even know of it."""
    await take_next_step(room.chair, "Mở biểu quyết")
    for page in (room.tourism, room.chair, room.health):
        await expect(sheet(page).get_by_role("radio").first).to_be_enabled()
    await expect(sheet(room.tourism)).to_contain_text("Thông qua khi quá nửa tổng số thành viên (25): 13.")
    await expect(sheet(room.health)).to_contain_text("Passes with more than half of all members (25): 13.")
    await expect(picture(room.screen).locator(".picture-number")).to_have_text("0/25")
    await expect(room.guest.locator("room-app")).not_to_contain_text("đầu tư công trung hạn")
    await expect(room.guest.locator("room-hall")).to_contain_text("Chưa đến nội dung bạn được dự.")
    await expect(sheet(room.guest)).to_have_count(0)
    await shot(room.tourism, "05-open-vote")
    await shot(room.health, "05-open-vote-upright-dark")


async def a_ballot_is_cast_and_changed(room: Sitting) -> None:
    await choose(room.tourism, FOR)
    await expect(picture(room.screen).locator(".picture-number")).to_have_text("0/25")
    await cast(room.tourism, FOR)
    room.receipts["gd-dulich"] = await receipt(room.tourism)

    await choose(room.health, AGAINST)
    await cast(room.health, AGAINST)
    first = await receipt(room.health)
    await sheet(room.health).get_by_role("button", name=CHANGE[1]).tap()
    await choose(room.health, FOR)
    await cast(room.health, FOR)
    await expect(sheet(room.health).locator(".ballot-receipt strong")).not_to_have_text(first)
    room.receipts["gd-yte"] = await receipt(room.health)
    await expect(picture(room.screen).locator(".picture-number")).to_have_text("2/25")
    await shot(room.tourism, "06-ballot-cast")
    await shot(room.health, "06-ballot-changed-upright-dark")


async def a_late_tablet_finds_the_vote(room: Sitting) -> None:
    """A phone that comes while the poll is open is taken to it, and told to check in first."""
    room.finance = await room.tablets.open("gd-taichinh", f"{room.house.meeting}/room", size=PHONE, dark=True)
    await expect(sheet(room.finance)).to_contain_text("Hãy điểm danh có mặt trước khi biểu quyết.")
    await shot(room.finance, "07-late-phone")
    await check_in(room.finance)
    await expect(sheet(room.finance).get_by_role("radio").first).to_be_enabled()
    await expect(room.chair.locator("quorum-badge")).to_contain_text("18/25")


async def the_server_is_killed(room: Sitting) -> None:
    """Every page says so; a ballot tapped meanwhile is kept and shown as not sent; a recorded one stays recorded."""
    assert room.finance is not None
    room.house.kill()
    for page in room.live:
        await expect(connection(page)).not_to_have_attribute("data-state", "live")
    await choose(room.finance, FOR)
    await cast(room.finance, FOR)
    await expect(sheet(room.finance)).to_contain_text("Chưa gửi — sẽ gửi lại khi có kết nối")
    await expect(sheet(room.tourism)).to_contain_text("Đã ghi nhận lúc")
    await expect(next_step(room.chair)).to_have_attribute("aria-disabled", "true")
    await expect(room.chair.locator("next-step")).to_contain_text("Mất kết nối: bước này cần kết nối.")
    await shot(room.finance, "08-unsent-ballot-phone-dark")
    await shot(room.chair, "08-chair-without-server")
    await shot(room.screen, "08-screen-without-server")


async def the_server_comes_back(room: Sitting) -> None:
    """Nobody touches anything: the tablets return, the ballots are there, the kept one is sent."""
    assert room.finance is not None
    await room.house.start()
    for page in room.live[:-2]:
        await is_live(page)
    await is_live(room.finance)
    await expect(connection(room.screen)).to_have_count(0)
    room.receipts["gd-taichinh"] = await receipt(room.finance)
    assert await receipt(room.tourism) == room.receipts["gd-dulich"]
    assert await receipt(room.health) == room.receipts["gd-yte"]
    await expect(picture(room.screen).locator(".picture-number")).to_have_text("3/25")
    ballots = (await room.house.parts("gd-dulich"))["me"]["ballots"]
    assert [ballot["receipt"] for ballot in ballots.values()] == [room.receipts["gd-dulich"]]


async def the_others_vote(room: Sitting) -> None:
    """13 for, 2 against, 1 not voting; two who are present say nothing. Who has voted is seen, how is not."""
    poll = f"item-{await room.house.item(ITEM)}"
    choices = ["for"] * 9 + ["against"] * 2 + ["not_voting"]
    for username, choice in zip(room.others, choices, strict=False):
        await room.house.do(username, "cast_ballot", poll=poll, choice=[choice])
    await choose(room.chair, FOR)
    await cast(room.chair, FOR)
    for page in (room.tourism, room.chair):
        await expect(sheet(page)).to_contain_text("Đã biểu quyết 16 · có mặt 18/25")
        await expect(page.locator("vote-result")).to_have_count(0)
    await expect(sheet(room.health)).to_contain_text("16 have voted · 18/25 present")
    await expect(picture(room.screen).locator(".picture-number")).to_have_text("16/25")
    assert "votes" not in (await room.house.parts("thuky"))[f"poll/{poll}"]
    await shot(room.screen, "09-screen-progress")
    await room.secretary.get_by_role("tab", name="Biểu quyết").tap()
    await expect(room.secretary.locator("item-votes")).to_contain_text("Chưa biểu quyết: 2")
    await shot(room.secretary, "09-secretary-votes")


async def the_chair_closes_and_learns_who_is_missing(room: Sitting) -> None:
    """By office, and whether their tablet is there; the first answer is to wait."""
    await take_next_step(room.chair, "Đóng biểu quyết")
    question = room.chair.get_by_role("dialog")
    await expect(question).to_contain_text("Đóng biểu quyết khi chưa đủ phiếu?")
    await expect(question.locator(".names li")).to_have_text(
        [
            "Ủy viên UBND tỉnh, Giám đốc Sở Giao thông Vận tải (máy mất kết nối)",
            "Ủy viên UBND tỉnh, Chánh Thanh tra tỉnh (máy mất kết nối)",
        ]
    )
    await shot(room.chair, "10-close-question")
    await question.get_by_role("button", name="Chờ thêm").tap()
    await expect(sheet(room.tourism).get_by_role("button", name=CHANGE[0])).to_be_visible()
    await take_next_step(room.chair, "Đóng biểu quyết")
    await question.get_by_role("button", name="Vẫn đóng biểu quyết").tap()
    await expect(sheet(room.tourism)).to_contain_text("Biểu quyết đã đóng. Chờ công bố kết quả.")
    await expect(sheet(room.tourism)).not_to_contain_text("13 tán thành")
    await expect(sheet(room.chair)).to_contain_text("Chưa công bố — chỉ người điều hành thấy kết quả này.")
    await expect(picture(room.screen)).to_contain_text("Biểu quyết đã đóng")
    await expect(room.screen.locator("screen-result")).to_have_count(0)
    late = await room.house.ask("gd-gtvt", "cast_ballot", poll=f"item-{await room.house.item(ITEM)}", choice=["for"])
    assert late["refused"]["reason"] == "poll_closed"
    await shot(room.chair, "11-closed-chair")
    await shot(room.tourism, "11-closed-member")


async def the_result_is_published(room: Sitting) -> None:
    """The same sentence for everybody, in their language, with the counts behind it."""
    assert room.finance is not None
    await expect(room.chair.locator("next-step")).to_contain_text(SENTENCE)
    await take_next_step(room.chair, "Công bố kết quả")
    for page in (room.tourism, room.chair, room.finance):
        await expect(sheet(page).locator(".result-sentence")).to_contain_text(SENTENCE)
    await expect(sheet(room.health).locator(".result-sentence")).to_contain_text(SENTENCE_EN)
    await expect(sheet(room.health).locator(".bar-count")).to_contain_text(["13", "2", "1"])
    await expect(picture(room.screen).locator(".picture-verdict")).to_contain_text("Thông qua")
    await expect(picture(room.screen).locator(".picture-numbers dd")).to_have_text(["13", "2", "1"])
    await expect(picture(room.screen).locator(".picture-sentence")).to_have_text(SENTENCE)
    await expect(room.guest.locator("room-app")).not_to_contain_text("13 tán thành")
    for page, name in ((room.tourism, "tablet"), (room.health, "upright-dark"), (room.finance, "phone-dark")):
        await shot(page, f"12-result-{name}")
    await shot(room.screen, "12-result-screen")
    await shot(room.chair, "12-result-chair")


async def the_guest_sees_their_own_item(room: Sitting) -> None:
    """What the guest may see arrives; so the silence before was no accident."""
    await room.house.do("chutich", "start_item", item=await room.house.item("Đề án phát triển du lịch"))
    await expect(room.guest.locator("item-line")).to_contain_text("Đề án phát triển du lịch")
    await expect(room.tourism.locator("item-line")).to_contain_text("Đề án phát triển du lịch")
    parts = await room.house.parts("mttq")
    assert [name for name in parts if name.startswith("poll/")] == []
    assert ITEM not in str(parts)
    await shot(room.guest, "13-guest")


async def the_session_is_closed(room: Sitting) -> None:
    """With items left: the question says how many."""
    await room.chair.get_by_role("button", name="Bế mạc phiên họp").tap()
    question = room.chair.get_by_role("dialog")
    await expect(question).to_contain_text("Còn 15 nội dung chưa xem xét.")
    await question.get_by_role("button", name="Bế mạc", exact=True).tap()
    await expect(room.tourism.locator(".room-stage")).to_have_text("Đã bế mạc")
    await expect(room.health.locator(".room-stage")).to_have_text("Closed")
    await expect(picture(room.screen).locator(".picture-title")).to_have_text("Phiên họp đã bế mạc")
    await shot(room.chair, "14-closed-session-chair")


async def the_minutes_tell_it(room: Sitting) -> None:
    """The secretary edits them, a member reads them, the guest finds nothing; the PDF has the sentence of the vote."""
    page = room.secretary
    await page.get_by_role("link", name="Biên bản").tap()
    await expect(page.get_by_role("heading", name="Biên bản", level=1)).to_be_visible()
    await expect(page.locator("main")).to_contain_text(SENTENCE)
    await shot(page, "15-minutes")
    pdf = await page.context.request.get(f"{room.house.meeting}/minutes.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert (await pdf.body()).startswith(b"%PDF")
    assert SENTENCE in words_of(await pdf.body())
    await room.tourism.goto(f"{room.house.meeting}/minutes")
    await expect(room.tourism.locator("main")).to_contain_text(SENTENCE)
    hidden = await room.guest.goto(f"{room.house.meeting}/minutes")
    assert hidden is not None and hidden.status == 404


def words_of(pdf: bytes) -> str:
    """Its text as a reader takes it in: a line end inside a sentence is a space."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[number] for number in range(len(document))]
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    finally:
        document.close()


def recount(house: House) -> int:
    """The exit status of a recount from the raw log, which does not trust the code that ran the meeting."""
    environment = {"ECABINET_DATA_DIR": str(house.seed.data_dir), "PATH": ""}
    command = [sys.executable, "-m", "ecabinet", "verify", SESSION]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
