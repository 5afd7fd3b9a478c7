"""The secretariat's live page: typing that nobody overwrites, the roll call, what comes late, counts by two people."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.house import House
from tests.browser.room import is_live
from tests.browser.tablets import Tablets
from tests.paper.pdfs import typeset

SECRETARY, CHAIR = "thuky", "chutich"
SCHEME = "Đề án"


@pytest.fixture(scope="module")
async def in_session(house: House) -> int:
    """A quorum, an open session, and an item for decision under way; its id."""
    await house.check_in(*house.seed.members[:20])
    await house.do(CHAIR, "open_session")
    rows = (await house.parts(SECRETARY))["agenda"]["items"]
    item = next(row["id"] for row in rows if row["kind"] == "decision" and not row["heading"])
    await house.do(CHAIR, "start_item", item=item)
    return int(item)


@pytest.fixture
async def page(house: House, tablets: Tablets, in_session: int) -> Page:
    page = await tablets.open(SECRETARY, f"{house.meeting}/run")
    await is_live(page)
    return page


async def show(page: Page, tab: str) -> None:
    await page.locator(f"#tab-{tab}").click()
    await expect(page.locator(f"#pane-{tab}")).to_be_visible()


def field(page: Page, name: str, item: int) -> Locator:
    return page.locator(f"#{name}-{item}")


def state(page: Page, name: str, item: int) -> Locator:
    return page.locator(f"draft-field[field={name}] .draft")


async def test_a_note_saves_itself(house: House, page: Page, in_session: int) -> None:
    await field(page, "note", in_session).fill("Sở Tài chính: làm rõ nguồn vốn.")
    await expect(state(page, "note", in_session)).to_have_attribute("data-state", "clean")
    assert (await house.parts(SECRETARY))[f"note/{in_session}"] == {"note": "Sở Tài chính: làm rõ nguồn vốn."}


async def test_what_two_have_written_stands_side_by_side(house: House, page: Page, in_session: int) -> None:
    note = field(page, "note", in_session)
    await note.press_sequentially("Ý của tôi. ")
    await house.do(CHAIR, "note_item", item=in_session, note="Ý của người chủ trì.")
    conflict = page.locator(".draft-conflict")
    await expect(conflict).to_contain_text("Ý của người chủ trì.")
    await expect(note).to_have_value(re.compile("Ý của tôi"))
    await conflict.get_by_role("button", name="Ghép cả hai").click()
    await expect(state(page, "note", in_session)).to_have_attribute("data-state", "clean")
    saved = (await house.parts(SECRETARY))[f"note/{in_session}"]["note"]
    assert saved.startswith("Ý của người chủ trì.") and "Ý của tôi." in saved


async def test_a_conclusion_reaches_the_members_only_when_it_is_saved(
    house: House, page: Page, in_session: int
) -> None:
    await field(page, "conclusion", in_session).fill("Thông qua, giao Sở")
    await page.reload()
    await is_live(page)
    await expect(field(page, "conclusion", in_session)).to_have_value("Thông qua, giao Sở")
    assert (await house.parts(CHAIR))[f"item/{in_session}"]["conclusion"] == ""
    await page.get_by_role("button", name="Lưu kết luận").click()
    await expect(state(page, "conclusion", in_session)).to_have_attribute("data-state", "clean")
    assert (await house.parts(CHAIR))[f"item/{in_session}"]["conclusion"] == "Thông qua, giao Sở"


async def test_typing_without_a_network_is_kept_and_saved_later(house: House, page: Page, in_session: int) -> None:
    await page.context.set_offline(True)
    await field(page, "note", in_session).fill("Ghi khi mất mạng")
    await expect(state(page, "note", in_session)).to_have_attribute("data-state", "offline")
    await page.context.set_offline(False)
    await expect(state(page, "note", in_session)).to_have_attribute("data-state", "clean")
    assert (await house.parts(SECRETARY))[f"note/{in_session}"]["note"] == "Ghi khi mất mạng"


async def test_a_mark_in_the_roll_call_moves_no_other_row(house: House, page: Page) -> None:
    await show(page, "roll")
    await page.get_by_role("button", name=re.compile("^Chưa điểm danh")).click()
    rows = page.locator("#pane-roll roll-row")
    before = await rows.nth(1).bounding_box()
    await rows.nth(0).get_by_role("button", name="Vắng có phép").click()
    await expect(rows.nth(0).locator("[aria-pressed=true]")).to_have_attribute("data-status", "excused")
    await expect(rows.nth(0).locator(".roll-sent")).to_have_count(0)
    assert await rows.nth(1).bounding_box() == before
    people = (await house.parts(SECRETARY))["people"]["people"]
    assert [person["status"] for person in people if person["status"] not in (None, "present")] == ["excused"]


async def test_a_late_item_is_refused_in_words_and_then_taken(house: House, page: Page) -> None:
    await page.locator(".run-agenda").get_by_role("button", name="Thêm nội dung").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Thêm vào chương trình").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Hãy ghi tên nội dung")
    await dialog.get_by_label("Tên (tiếng Việt)").fill("Hỗ trợ khắc phục hậu quả mưa lũ")
    await dialog.get_by_role("button", name="Thêm vào chương trình").click()
    await expect(dialog).to_have_count(0)
    added = page.locator("agenda-list li", has_text="Hỗ trợ khắc phục")
    await expect(added).to_contain_text("bổ sung")


async def test_a_late_paper_is_on_the_item(house: House, page: Page, in_session: int) -> None:
    await page.locator("late-paper button").click()
    await page.locator("#paper-file").set_input_files(
        {"name": "7_TB-VP Ý kiến.docx", "mimeType": "application/pdf", "buffer": b"PK\x03\x04"}
    )
    await page.get_by_role("button", name="Gửi tài liệu").click()
    await expect(page.locator("late-paper .field-error").first).to_contain_text("PDF")
    paper = {"name": "7_TB-VP Ý kiến.pdf", "mimeType": "application/pdf", "buffer": typeset("<p>Ý kiến</p>")}
    await page.locator("#paper-file").set_input_files(paper)
    await page.get_by_role("button", name="Gửi tài liệu").click()
    await expect(page.locator("paper-rows li", has_text="7/TB-VP")).to_contain_text("1 trang")
    papers = (await house.parts(CHAIR))[f"item/{in_session}"]["papers"]
    assert "7/TB-VP" in [paper["number"] for paper in papers]


async def test_a_count_by_hand_needs_a_second_person(house: House, page: Page, in_session: int) -> None:
    poll = f"item-{in_session}"
    await house.do(CHAIR, "open_poll", poll=poll)
    await show(page, "votes")
    await page.get_by_role("button", name="Nhập kết quả kiểm bằng tay").click()
    await page.locator("[data-option=for]").fill("99")
    await page.get_by_role("button", name="Ghi kết quả").click()
    await expect(page.locator("hand-count [role=alert]")).to_contain_text("nhiều hơn")
    await page.locator("[data-option=for]").fill("14")
    await page.get_by_role("button", name="Ghi kết quả").click()
    await expect(page.locator("hand-count")).to_contain_text("Người thứ hai phải xác nhận")
    await expect(page.locator("hand-count").get_by_role("button", name="Xác nhận")).to_have_count(0)
    await house.do(CHAIR, "confirm_count", poll=poll)
    await expect(page.locator(".count-confirmed")).to_be_visible()


async def test_a_guest_is_added_and_admitted(house: House, page: Page, in_session: int) -> None:
    await show(page, "guests")
    await page.get_by_role("button", name="Thêm người dự").click()
    await page.get_by_label("Tìm theo chức vụ").fill("quan tri")
    await page.locator("late-person").get_by_role("radio", name="Quản trị hệ thống").check()
    await page.get_by_role("button", name="Thêm vào cuộc họp").click()
    row = page.locator("guest-row", has_text="Quản trị hệ thống")
    await expect(row).to_contain_text("chưa được dự nội dung nào")
    await row.get_by_role("button", name="Nội dung được dự").click()
    await row.locator(f"[name=items][value='{in_session}']").check()
    await row.get_by_role("button", name="Lưu").click()
    await expect(row).not_to_contain_text("chưa được dự nội dung nào")
    people = (await house.parts(SECRETARY))["people"]["people"]
    assert people[-1]["items"] == [in_session]
