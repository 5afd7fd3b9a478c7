"""What people do in a live page, by the words that they see there."""

import re

from playwright.async_api import Locator, Page, expect

# (Vietnamese, English), as the pages have them.
FOR = ("Tán thành", "For")
AGAINST = ("Không tán thành", "Against")
CAST = ("Gửi phiếu", "Cast ballot")
CHECK_IN = ("Điểm danh có mặt", "Check in")
CHANGE = ("Đổi phiếu", "Change the ballot")


async def language_of(page: Page) -> int:
    """0 for Vietnamese, 1 for English: the side of a pair of words."""
    return 1 if await page.locator("html").get_attribute("lang") == "en" else 0


def connection(page: Page) -> Locator:
    return page.locator(".connection")


async def is_live(page: Page) -> None:
    await expect(connection(page)).to_have_attribute("data-state", "live")


def sheet(page: Page) -> Locator:
    return page.locator("vote-sheet")


def picture(page: Page) -> Locator:
    """What the screen shows; the picture before it may still be fading."""
    return page.locator(".screen-layer[data-phase=shown]")


def next_step(page: Page) -> Locator:
    """The one big button of whoever runs the meeting."""
    return page.locator("next-step button")


async def take_next_step(page: Page, words: str) -> None:
    """The button must say `words` and be ready; a tap just after a change is meant for the step before."""
    button = next_step(page)
    await expect(button).to_have_text(words)
    await expect(button).to_have_attribute("aria-disabled", "false")
    await button.tap()


async def check_in(page: Page) -> None:
    await page.get_by_role("button", name=CHECK_IN[await language_of(page)]).first.tap()
    await expect(page.locator(".here-state").first).to_be_visible()


async def choose(page: Page, option: tuple[str, str]) -> None:
    """The first of the two taps: nothing is sent."""
    choice = sheet(page).get_by_role("radio", name=option[await language_of(page)], exact=True)
    await choice.tap()
    await expect(choice).to_be_checked()


async def cast(page: Page, option: tuple[str, str]) -> None:
    """The second tap, on a button that names the choice."""
    side = await language_of(page)
    await sheet(page).get_by_role("button", name=f"{CAST[side]}: {option[side]}", exact=True).tap()


async def receipt(page: Page) -> str:
    """The receipt of the ballot, once it is recorded."""
    shown = sheet(page).locator(".ballot-receipt strong")
    await expect(shown).to_have_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$"))
    return await shown.inner_text()
