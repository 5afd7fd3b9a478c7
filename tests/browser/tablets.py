"""Browsers of people: one context each, with fingers, and what goes wrong in a page is told at the end."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Page, ViewportSize

from ecabinet.resources import ROOT
from tests.browser.house import House

TABLET: ViewportSize = {"width": 1180, "height": 820}
UPRIGHT: ViewportSize = {"width": 820, "height": 1180}
PHONE: ViewportSize = {"width": 390, "height": 844}
WALL: ViewportSize = {"width": 1920, "height": 1080}
SIZES = {"1180x820": TABLET, "820x1180": UPRIGHT, "390x844": PHONE}

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@dataclass
class Tablets:
    """Opens pages as people of the house. `troubles` are errors of scripts and breaches of the CSP, in any page."""

    browser: Browser
    house: House
    contexts: list[BrowserContext] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    async def open(
        self,
        username: str,
        path: str = "",
        *,
        size: ViewportSize = TABLET,
        language: str = "vi",
        dark: bool = False,
        bypass_csp: bool = False,
    ) -> Page:
        """A page of somebody who has signed in before; without `path` it stays blank."""
        await self.house.speak(username, language)
        page = await self.stranger(size=size, dark=dark, bypass_csp=bypass_csp)
        cookie = {"name": "session", "value": self.house.seed.tokens[username], "url": self.house.origin}
        await page.context.add_cookies([cookie])  # type: ignore[list-item]
        if path:
            await page.goto(path)
        return page

    async def stranger(self, *, size: ViewportSize = TABLET, dark: bool = False, bypass_csp: bool = False) -> Page:
        """A fresh tablet on which nobody has signed in."""
        context = await self.browser.new_context(
            base_url=self.house.origin,
            viewport=size,
            has_touch=True,
            color_scheme="dark" if dark else "light",
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
            bypass_csp=bypass_csp,
        )
        self.contexts.append(context)
        context.on("weberror", lambda error: self.troubles.append(f"{error.page and error.page.url}: {error.error}"))
        context.on("console", self._heard)
        return await context.new_page()

    def _heard(self, message: ConsoleMessage) -> None:
        # A lost connection is an error to the console; to the people it is a state of the page, which tests look at.
        if "Content Security Policy" in message.text:
            self.troubles.append(message.text)

    async def close(self) -> None:
        for context in self.contexts:
            try:
                await context.close()
            except Error:
                pass  # Closed by the test.
        self.contexts.clear()


async def shot(page: Page, name: str) -> None:
    """For whoever looks: a picture in the folder that ECABINET_SHOTS names; in a usual run nothing."""
    folder = os.environ.get("ECABINET_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        file = re.sub(r"[^\w.-]+", "-", name).strip("-")
        await page.screenshot(path=Path(folder) / f"{file}.png")
