"""The screen in the room: one picture after another, how somebody voted never, a result only once it is published."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.house import House
from tests.browser.tablets import WALL, Tablets

SECRETARY, CHAIR, SCREEN = "thuky", "chutich", "manhinh"


@pytest.fixture
async def page(house: House, tablets: Tablets) -> Page:
    return await tablets.open(SCREEN, f"{house.meeting}/screen", size=WALL)


def picture(page: Page) -> Locator:
    return page.locator(".screen-layer[data-phase=shown] .picture")


async def shows(page: Page, kind: str) -> None:
    await expect(picture(page)).to_have_attribute("data-kind", kind)


async def fits(page: Page) -> None:
    box = await page.locator(".screen-layer[data-phase=shown]").evaluate(
        "(frame) => [frame.scrollHeight - frame.clientHeight, frame.scrollWidth - frame.clientWidth]"
    )
    assert box == [0, 0]


async def test_the_screen_through_a_session(house: House, page: Page, tablets: Tablets) -> None:
    await shows(page, "called")
    await house.check_in(*house.seed.members[:20])
    await expect(picture(page).locator(".picture-number")).to_have_text("20/25")
    await house.do(CHAIR, "open_session")
    await shows(page, "between")

    rows = (await house.parts(SECRETARY))["agenda"]["items"]
    first, second = [row for row in rows if row["kind"] == "decision" and not row["heading"]][:2]
    await house.do(CHAIR, "start_item", item=first["id"])
    await shows(page, "item")
    await expect(picture(page)).to_contain_text(first["title"]["vi"])
    await fits(page)

    poll = f"item-{first['id']}"
    await house.do(CHAIR, "open_poll", poll=poll)
    for username in house.seed.members[:14]:
        await house.do(username, "cast_ballot", poll=poll, choice=["for"])
    await shows(page, "vote")
    await expect(picture(page).locator(".picture-number")).to_have_text("14/25")
    await expect(picture(page).locator(".seat[data-state=voted]")).to_have_count(14)
    await expect(picture(page).locator(".seat[data-side=for]")).to_have_count(0)
    await fits(page)

    # Whoever runs the meeting sees the result before it is published; their screen does not.
    on_the_wall = await tablets.open(CHAIR, f"{house.meeting}/screen", size=WALL)
    await house.do(CHAIR, "close_poll", poll=poll, confirmed=True)
    for screen in (page, on_the_wall):
        await expect(picture(screen)).to_contain_text("Chờ công bố kết quả")
        await expect(screen.locator("screen-result")).to_have_count(0)

    await house.do(CHAIR, "publish_result", poll=poll)
    await shows(page, "result")
    await expect(picture(page).locator(".picture-verdict")).to_have_text("Thông qua")
    await expect(picture(page).locator("dd").first).to_have_text("14")
    await fits(page)

    await house.do(CHAIR, "finish_item", item=first["id"])
    await shows(page, "result")
    await house.do(CHAIR, "start_item", item=second["id"])
    await shows(page, "item")
    await house.do(CHAIR, "suspend_session")
    await shows(page, "suspended")
    await house.do(CHAIR, "resume_session")
    await house.do(CHAIR, "close_session")
    await shows(page, "closed")


async def test_the_screen_comes_back_by_itself(house: House, page: Page) -> None:
    await expect(picture(page)).to_be_visible()
    house.kill()
    await expect(page.locator(".screen-foot .connection")).to_be_visible()
    await expect(picture(page)).to_be_visible()
    await house.start()
    await expect(page.locator(".screen-foot .connection")).to_have_count(0)
