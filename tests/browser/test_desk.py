"""What the desk's scripts add to its plain forms: dragging, keys, uploads; and how it stands upright."""

import base64
import secrets
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from ecabinet.resources import AGENDAS
from tests.browser.axe import faults
from tests.browser.house import SESSION, House
from tests.browser.tablets import UPRIGHT, Tablets, shot

SECRETARY = "thuky"
PAPER = AGENDAS / SESSION / "01-chuong-trinh-phien-hop.pdf"


@pytest.fixture
async def agenda(tablets: Tablets, house: House) -> AsyncIterator[Page]:
    """A draft of its own with four items, A to D."""
    page = await tablets.open(SECRETARY, "/desk/meetings/new")
    await page.get_by_label("Tập thể họp").select_option(label="UBND tỉnh Thừa Thiên Huế")
    await page.get_by_label("Tên bằng tiếng Việt").fill(f"Phiên họp {secrets.token_hex(3)}")
    await page.get_by_role("button", name="Tạo cuộc họp").click()
    await page.wait_for_url("**?done=created")
    address = page.url.partition("?")[0]
    for title in "ABCD":
        await page.goto(f"{address}/items/new")
        await page.get_by_label("Tên bằng tiếng Việt").fill(title)
        await page.get_by_role("button", name="Thêm nội dung", exact=True).click()
        await page.wait_for_url("**?done=added")
    await page.goto(address)
    yield page


async def read(page: Page, expected: str) -> None:
    """'1 A, 1.1 B': waits for the agenda to read so."""
    rows = page.locator(".plan-row")
    wanted = expected.split(", ")
    await expect(rows).to_have_count(len(wanted))
    await expect(rows.locator(".plan-number")).to_have_text([row.split()[0] for row in wanted])
    await expect(rows.locator(".plan-title")).to_have_text([row.split()[1] for row in wanted])


def row(page: Page, title: str) -> Locator:
    return page.locator(".plan-row").filter(has=page.locator(".plan-title", has_text=title))


async def drag(page: Page, title: str, onto: str, shows: str = "", *, right: int = 0, down: int = 4) -> None:
    """From the handle of one item to a place over another, as a hand moves; it lets go once the agenda `shows` the
    titles in their new order, or the item would nest."""
    grip, target = await row(page, title).locator(".plan-grip").bounding_box(), await row(page, onto).bounding_box()
    assert grip and target
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 2, y + 6)
    await page.mouse.move(target["x"] + 18 + right, target["y"] + down, steps=15)
    if shows:
        await expect(page.locator("agenda-editor .plan-title")).to_have_text(shows.split())
    else:
        await expect(page.locator("agenda-editor [data-nests]")).to_have_count(1)
    await page.mouse.up()


async def test_keys_move_an_item_and_the_focus_goes_with_it(agenda: Page) -> None:
    link = row(agenda, "C").locator(".plan-link")
    await link.focus()
    await agenda.keyboard.press("Alt+ArrowUp")
    await read(agenda, "1 A, 2 C, 3 B, 4 D")
    await expect(row(agenda, "C").locator(".plan-link")).to_be_focused()
    await expect(agenda.get_by_role("status").filter(has_text="“C” nay là mục 2.")).to_be_attached()
    await agenda.keyboard.press("Alt+ArrowRight")
    await read(agenda, "1 A, 1.1 C, 2 B, 3 D")
    await agenda.keyboard.press("Alt+ArrowLeft")
    await read(agenda, "1 A, 2 C, 3 B, 4 D")


async def test_keys_that_repeat_move_an_item_all_the_way(agenda: Page) -> None:
    await row(agenda, "D").locator(".plan-link").focus()
    for _ in range(5):
        await agenda.keyboard.press("Alt+ArrowUp")
    await read(agenda, "1 D, 2 A, 3 B, 4 C")


async def test_menu_keeps_its_button_under_the_finger(agenda: Page) -> None:
    await row(agenda, "B").locator("summary").click()
    await row(agenda, "B").get_by_role("button", name="Xuống dưới").click()
    await read(agenda, "1 A, 2 C, 3 B, 4 D")
    await expect(row(agenda, "B").get_by_role("button", name="Xuống dưới")).to_be_focused()
    await agenda.keyboard.press("Escape")
    await expect(row(agenda, "B").locator("summary")).to_be_focused()


async def test_items_are_dragged_into_order_and_to_the_right_into_another(agenda: Page) -> None:
    await drag(agenda, "C", "A", "C A B D")
    await read(agenda, "1 C, 2 A, 3 B, 4 D")
    await drag(agenda, "B", "B", right=120, down=30)
    await read(agenda, "1 C, 2 A, 2.1 B, 3 D")
    await drag(agenda, "B", "C", "B C A D")
    await read(agenda, "1 B, 2 C, 3 A, 4 D")
    await agenda.reload()
    await read(agenda, "1 B, 2 C, 3 A, 4 D")


async def test_lost_connection_puts_the_item_back_and_says_so(agenda: Page) -> None:
    context: BrowserContext = agenda.context
    await context.set_offline(True)
    await drag(agenda, "D", "A", "D A B C")
    await expect(agenda.locator("agenda-editor .notice")).to_contain_text("mất kết nối")
    await read(agenda, "1 A, 2 B, 3 C, 4 D")
    await context.set_offline(False)
    await drag(agenda, "D", "A", "D A B C")
    await read(agenda, "1 D, 2 A, 3 B, 4 C")
    await expect(agenda.locator("agenda-editor .notice")).to_have_count(0)


async def test_files_dropped_on_an_item_are_attached_and_the_bad_one_says_why(agenda: Page) -> None:
    files = await agenda.evaluate_handle(
        """(content) => {
            const files = new DataTransfer()
            const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
            files.items.add(new File([bytes], "12_TTr-SDL Chương trình.pdf", { type: "application/pdf" }))
            files.items.add(new File(["x"], "hỏng.pdf"))
            return files
        }""",
        base64.b64encode(PAPER.read_bytes()).decode(),
    )
    await row(agenda, "B").dispatch_event("dragover", {"dataTransfer": files})
    await expect(row(agenda, "B")).to_have_attribute("data-drop", "Thả để gắn vào nội dung này")
    await row(agenda, "B").dispatch_event("drop", {"dataTransfer": files})
    panel = agenda.locator(".desk-right")
    await expect(panel.get_by_text("1 tệp không được nhận")).to_be_visible()
    await expect(panel.get_by_role("link", name="Chương trình")).to_be_visible()
    await expect(panel).to_contain_text("12/TTr-SDL")
    await shot(agenda, "desk-dropped")


async def test_upload_shows_where_it_is_and_ends_at_the_papers(agenda: Page) -> None:
    await row(agenda, "A").locator(".plan-link").click()
    await agenda.get_by_label("Tệp PDF").set_input_files([PAPER, PAPER])
    await agenda.get_by_role("button", name="Gắn", exact=True).click()
    await agenda.wait_for_url("**done=attached&count=2**")
    await expect(agenda.get_by_role("heading", name="Tài liệu (2)")).to_be_visible()


async def test_day_is_typed_and_its_weekday_stands_beside_it(tablets: Tablets) -> None:
    page = await tablets.open(SECRETARY, "/desk/meetings/new")
    field = page.locator("day-field")
    await page.get_by_label("Ngày", exact=True).fill("24/11/2026")
    await expect(field.locator("output")).to_have_text("Thứ Ba")
    await page.get_by_label("Ngày", exact=True).fill("31/02/2026")
    await expect(field.locator("output")).to_have_text("")


async def test_everything_works_without_scripts(agenda: Page, tablets: Tablets, house: House) -> None:
    """The same forms in a browser that runs none."""
    context = await tablets.browser.new_context(base_url=house.origin, java_script_enabled=False)
    tablets.contexts.append(context)
    cookie = {"name": "session", "value": house.seed.tokens[SECRETARY], "url": house.origin}
    await context.add_cookies([cookie])  # type: ignore[list-item]
    page = await context.new_page()
    await page.goto(agenda.url)
    await row(page, "C").locator("summary").click()
    await row(page, "C").get_by_role("button", name="Lên trên").click()
    await read(page, "1 A, 2 C, 3 B, 4 D")
    await expect(row(page, "C").get_by_role("button", name="Lên trên")).to_be_focused()
    await row(page, "C").get_by_role("button", name="Xóa").click()
    await read(page, "1 A, 2 B, 3 D")
    await page.get_by_role("button", name="Hoàn tác").click()
    await read(page, "1 A, 2 C, 3 B, 4 D")


async def test_pages_pass_axe_on_an_upright_tablet(tablets: Tablets, house: House) -> None:
    """Where agenda and item no longer stand side by side; test_accessibility.py has the other sizes."""
    page = await tablets.open(SECRETARY, size=UPRIGHT, bypass_csp=True)
    draft, found = f"/desk/meetings/{house.seed.draft}", []
    for path in ("", "/details", "/people?words=so", "/call", "/templates", "/items/new"):
        await page.goto(draft + path)
        found += await faults(page, f"desk-upright{path}")
    assert found == []
