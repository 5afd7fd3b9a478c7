"""The work of the desk, from an empty form to a called meeting; two secretaries at once; a session that ends meanwhile."""

import secrets

import pytest
from playwright.async_api import Page, expect

from ecabinet.resources import AGENDAS
from tests.browser.house import PASSWORD, SESSION, House
from tests.browser.tablets import Tablets, shot

SECRETARY, SECOND = "thuky", "pcvp"
PAPER = AGENDAS / SESSION / "08-to-trinh-de-an-du-lich.pdf"


async def create(page: Page, title: str) -> str:
    """A draft with its place and time; its address."""
    await page.goto("/desk/meetings")
    await page.get_by_role("link", name="Tạo cuộc họp").tap()
    await page.get_by_label("Tập thể họp").select_option(label="UBND tỉnh Thừa Thiên Huế")
    await page.get_by_label("Tên bằng tiếng Việt").fill(title)
    await page.get_by_label("Ngày", exact=True).fill("24/11/2099")
    await page.get_by_label("Giờ").fill("08:00")
    await page.get_by_label("Địa điểm, tiếng Việt").fill("Phòng họp số 1")
    await page.get_by_role("button", name="Tạo cuộc họp").tap()
    await page.wait_for_url("**?done=created")
    return page.url.partition("?")[0]


async def add(page: Page, address: str, title: str, kind: str = "Thảo luận") -> None:
    await page.goto(f"{address}/items/new")
    await page.get_by_label("Tên bằng tiếng Việt").fill(title)
    await page.get_by_label("Loại", exact=True).select_option(label=kind)
    await page.get_by_role("button", name="Thêm nội dung", exact=True).tap()
    await page.wait_for_url("**?done=added")


@pytest.fixture
def title() -> str:
    return f"Phiên họp {secrets.token_hex(3)}"


async def test_a_meeting_is_prepared_and_called(tablets: Tablets, house: House, title: str) -> None:
    page = await tablets.open(SECRETARY)
    address = await create(page, title)
    for item, kind in (("Khai mạc", "Thủ tục"), ("Đề án du lịch", "Quyết định"), ("Việc thừa", "Thảo luận")):
        await add(page, address, item, kind)
    await the_agenda_is_put_in_order(page, address)
    await a_paper_is_attached(page)
    await a_guest_is_invited(page, address)
    await the_meeting_is_called(page, address)
    await everybody_finds_it(tablets, title)


async def the_agenda_is_put_in_order(page: Page, address: str) -> None:
    """Nested by the keyboard, deleted, brought back by one tap, deleted again."""
    rows = page.locator(".plan-row")
    await page.goto(address)
    await rows.filter(has_text="Việc thừa").locator(".plan-link").focus()
    await page.keyboard.press("Alt+ArrowRight")
    await expect(rows.locator(".plan-number")).to_have_text(["1", "2", "2.1"])
    for answer in ("Hoàn tác", None):
        await rows.filter(has_text="Việc thừa").locator("summary").tap()
        await rows.filter(has_text="Việc thừa").get_by_role("button", name="Xóa").tap()
        await expect(page.get_by_text("Đã xóa “Việc thừa”")).to_be_visible()
        await expect(rows).to_have_count(2)
        if answer:
            await page.get_by_role("button", name=answer).tap()
            await expect(rows.locator(".plan-number")).to_have_text(["1", "2", "2.1"])


async def a_paper_is_attached(page: Page) -> None:
    await page.locator(".plan-row").filter(has_text="Đề án du lịch").locator(".plan-link").tap()
    await page.get_by_label("Tệp PDF").set_input_files({"name": "45_TTr-SDL Đề án du lịch.pdf", "mimeType": "application/pdf", "buffer": PAPER.read_bytes()})  # fmt: skip
    await page.get_by_role("button", name="Gắn", exact=True).tap()
    papers = page.locator("#papers")
    await expect(papers.get_by_role("link", name="Đề án du lịch")).to_be_visible()
    await expect(papers).to_contain_text("45/TTr-SDL")
    await shot(page, "desk-paper-attached")


async def a_guest_is_invited(page: Page, address: str) -> None:
    """Found without tone marks, admitted to one item."""
    await page.goto(f"{address}/people")
    await page.get_by_label("Chức vụ, tên hoặc cơ quan").fill("mat tran")
    await page.get_by_role("button", name="Tìm").tap()
    await page.get_by_role("link", name="Chọn Đại diện Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh").tap()
    await page.get_by_role("radio", name="Khách mời").check()
    await page.get_by_role("checkbox", name="2. Đề án du lịch").check()
    await page.get_by_role("button", name="Mời", exact=True).tap()
    await expect(page.locator(".person-line").filter(has_text="MTTQ")).to_contain_text("Nội dung 2")
    await shot(page, "desk-people")


async def the_meeting_is_called(page: Page, address: str) -> None:
    """With a question first; the other answer leaves it a draft."""
    await page.goto(f"{address}/call")
    await shot(page, "desk-call")
    button = page.get_by_role("main").get_by_role("button", name="Triệu tập")
    await button.tap()
    question = page.get_by_role("dialog")
    await question.get_by_role("button", name="Không").tap()
    await expect(question).to_have_count(0)
    await button.tap()
    await question.get_by_role("button", name="Triệu tập").tap()
    await expect(page.get_by_role("link", name="Trang điều hành của thư ký")).to_be_visible()


async def everybody_finds_it(tablets: Tablets, title: str) -> None:
    """A member with all of it; the guest with the one item; the paper opens."""
    member, guest = await tablets.open("gd-dulich", "/"), await tablets.open("mttq", "/")
    for page, items in ((member, ["Khai mạc", "Đề án du lịch"]), (guest, ["Đề án du lịch"])):
        entry = page.locator("main :is(section.card, li)").filter(has_text=title).last
        await entry.get_by_role("link", name="Vào phòng họp").tap()
        await expect(page.locator("agenda-list .agenda-title")).to_have_text(items)


async def test_two_secretaries_do_not_overwrite_each_other(tablets: Tablets, title: str) -> None:
    """The second one to save sees both texts, field by field, and decides; what only one of them changed is proposed."""
    first = await tablets.open(SECRETARY)
    address = await create(first, title)
    await add(first, address, "Đề án du lịch")
    item = first.url.partition("?")[0]
    second = await tablets.open(SECOND, item)
    await second.get_by_label("Thời lượng dự kiến (phút)").fill("25")
    await second.locator("#title_vi").fill("Đề án phát triển du lịch")
    await first.locator("#title_vi").fill("Đề án du lịch đến năm 2030")
    await second.get_by_role("button", name="Lưu nội dung").tap()
    await second.wait_for_url("**?done=saved")
    await first.get_by_role("button", name="Lưu nội dung").tap()

    await expect(first.locator("#error-summary")).to_contain_text("Phó Chánh Văn phòng UBND tỉnh đã sửa")
    both = first.get_by_role("group", name="Tên bằng tiếng Việt")
    await expect(both).to_contain_text("Đề án phát triển du lịch")
    await expect(both).to_contain_text("Đề án du lịch đến năm 2030")
    await shot(first, "desk-conflict")
    await both.get_by_role("radio", name="Của bạn").check()
    await first.get_by_role("button", name="Lưu lựa chọn này").tap()
    await first.wait_for_url("**?done=saved")
    await expect(first.locator("#title_vi")).to_have_value("Đề án du lịch đến năm 2030")
    await expect(first.get_by_label("Thời lượng dự kiến (phút)")).to_have_value("25")


async def test_a_form_that_comes_after_the_session_keeps_its_typing(tablets: Tablets, title: str) -> None:
    """Signed out in another tab: the words wait behind the sign-in, and go only when their owner sends them."""
    page = await tablets.open(SECRETARY)
    address = await create(page, title)
    desk = await tablets.stranger()
    await sign_in(desk, f"{address}/items/new")
    await desk.get_by_label("Tên bằng tiếng Việt").fill("Nội dung gõ rất lâu")
    other = await desk.context.new_page()
    await other.goto("/account")
    await other.get_by_role("button", name="Đăng xuất", exact=True).tap()
    await expect(other.get_by_label("Mật khẩu")).to_be_visible()

    await desk.get_by_role("button", name="Thêm nội dung", exact=True).tap()
    await expect(desk.get_by_text("Những gì bạn đã nhập vẫn được giữ.")).to_be_visible()
    await shot(desk, "desk-session-ended")
    await fill_in(desk)
    await expect(desk.locator("main form[data-kept]")).to_contain_text("Nội dung gõ rất lâu")
    await desk.get_by_role("button", name="Gửi lại").tap()
    await desk.wait_for_url("**?done=added")
    await expect(desk.locator(".plan-title")).to_have_text(["Nội dung gõ rất lâu"])


async def sign_in(page: Page, path: str) -> None:
    await page.goto(path)
    await fill_in(page)
    await page.wait_for_url(f"**{path.removeprefix('http://').partition('/')[2]}")


async def fill_in(page: Page) -> None:
    await page.get_by_label("Tên đăng nhập").fill(SECOND)
    await page.get_by_label("Mật khẩu").fill(PASSWORD)
    await page.get_by_role("button", name="Đăng nhập").tap()
