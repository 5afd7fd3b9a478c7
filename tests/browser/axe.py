"""axe-core on a page as it stands: light, dark on a phone, and with text twice as large."""

import os

from playwright.async_api import Page

from tests.browser.tablets import AXE, PHONE, SIZES, shot

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The papers in their frames are not pages of ours.
RUN = """async (run) => {
  const found = await axe.run(document, { iframes: false, runOnly: run })
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`)
}"""
TEXT_SIZE = "(size) => (document.documentElement.dataset.text = size)"
WIDTH = "() => document.documentElement.scrollWidth - innerWidth"


async def faults(page: Page, name: str) -> list[str]:
    """What axe and the width of a phone find, each with the name of the page; empty is good.

    Light on the page's own size, dark on a phone: colours and layout do not depend on each other. Nothing is wider than
    the screen, with text of the size of 200 % neither.
    """
    if not await page.evaluate("() => 'axe' in window"):
        await page.add_script_tag(path=AXE)
    before = page.viewport_size
    assert before is not None
    await _pictures(page, name)
    found = [f"{name}: {fault}" for fault in await _run(page)]
    await page.set_viewport_size(PHONE)
    await page.emulate_media(color_scheme="dark")
    found += [f"{name}, dark on a phone: {fault}" for fault in await _run(page)]
    found += await _too_wide(page, f"{name}, on a phone")
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size(before)
    await page.evaluate(TEXT_SIZE, "200")
    found += await _too_wide(page, f"{name}, with text twice as large")
    await shot(page, f"{name}-large-text")
    await page.evaluate(TEXT_SIZE, "100")
    return found


async def _too_wide(page: Page, name: str) -> list[str]:
    over = await page.evaluate(WIDTH)
    return [f"{name}: {over} px too wide"] if over > 0 else []


async def _run(page: Page) -> list[str]:
    found: list[str] = await page.evaluate(RUN, RULES)
    return found


async def _pictures(page: Page, name: str) -> None:
    """Of every size in both colours, for whoever asked for pictures."""
    before = page.viewport_size
    assert before is not None
    if "ECABINET_SHOTS" not in os.environ:
        return
    for label, size in SIZES.items():
        await page.set_viewport_size(size)
        await shot(page, f"{name}-{label}-light")
    for label, size in SIZES.items():
        await page.emulate_media(color_scheme="dark")
        await page.set_viewport_size(size)
        await shot(page, f"{name}-{label}-dark")
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size(before)
