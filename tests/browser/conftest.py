"""Chromium, started once, and a house of its own for each file of tests."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.house import House, Seed, free_port, furnish
from tests.browser.tablets import Tablets

# Two cores are shared by the server, the browser and the other half of the tests.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def seed(tmp_path_factory: pytest.TempPathFactory) -> Seed:
    """Furnished once; every house begins with a copy."""
    return await furnish(tmp_path_factory.mktemp("seed") / "data")


@pytest.fixture(scope="module")
async def house(seed: Seed, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    data_dir = tmp_path_factory.mktemp("house") / "data"
    shutil.copytree(seed.data_dir, data_dir)
    house = House(replace(seed, data_dir=data_dir), free_port())
    await house.start()
    yield house
    await house.close()


@pytest.fixture
async def tablets(browser: Browser, house: House) -> AsyncIterator[Tablets]:
    tablets = Tablets(browser, house)
    yield tablets
    await tablets.close()
    assert tablets.troubles == []
