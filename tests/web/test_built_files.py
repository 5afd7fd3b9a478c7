"""Scripts and styles are kept by the browser; pages are not, and sources are not served."""

from ecabinet.web.built_files import FOR_EVER
from ecabinet.web.pages import asset
from tests.web.conftest import House


async def test_a_built_file_is_kept_for_ever(house: House) -> None:
    answer = await house.browser().get(asset("style.css"))
    assert (answer.status_code, answer.headers["cache-control"]) == (200, FOR_EVER)
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_page_is_not_kept(house: House) -> None:
    assert (await house.browser().get("/sign-in")).headers["cache-control"] == "no-store"


async def test_sources_and_other_folders_are_not_served(house: House) -> None:
    browser = house.browser()
    for path in (
        "/static/build.mjs",
        "/static/dist/../build.mjs",
        "/static/dist/%2e%2e/build.mjs",
        "/static/css/base.css",
    ):
        assert (await browser.get(path)).status_code == 404, path
