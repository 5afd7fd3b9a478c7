"""No other site, and no page of yesterday, makes us change anything."""

import pytest
from starlette.routing import Route

from ecabinet.app import ROUTES
from ecabinet.store.tables import Person, SQLModel
from tests.web.conftest import PASSWORD, House

POSTS = sorted(
    route.path
    for routes in ROUTES
    for route in routes
    if isinstance(route, Route) and "POST" in (route.methods or ()) and not route.path.startswith("/api/")
)
GETS = sorted(
    route.path for routes in ROUTES for route in routes if isinstance(route, Route) and "GET" in (route.methods or ())
)


def filled(path: str) -> str:
    """A path with an id in each place; 'people' is a kind of import, 'csv' an ending."""
    words = {"kind": "people", "ending": "csv"}
    parts = [
        part if not part.startswith("{") else words.get(part.strip("{}").split(":")[0], "1") for part in path.split("/")
    ]
    return "/".join(part.replace("{ending}", "csv") for part in parts)


async def test_other_site_cannot_post_with_our_cookie(house: House) -> None:
    browser = await house.signed_in("quantri")
    headers = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
    for wrong in (
        headers,
        {"origin": "https://elsewhere.example"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null"},
    ):
        answer = await browser.post(f"/admin/people/{house.ids['gd-dulich']}/active", {"active": "no"}, headers=wrong)
        assert answer.status_code == 403
        assert (await house.person("gd-dulich")).is_active


@pytest.mark.parametrize("path", POSTS)
async def test_every_form_refuses_a_wrong_token(house: House, path: str) -> None:
    browser = await house.signed_in("quantri")
    async with house.app.state.database.writing() as session:
        (await session.get_one(Person, house.ids["quantri"])).is_secretariat = True
    before = await dump(house)
    answer = await browser.post(filled(path), {"csrf_token": "wrong"})
    # What may not be known is 'not found' before anything else.
    assert answer.status_code in (403, 404)
    assert await dump(house) == before


async def test_old_page_is_explained(house: House) -> None:
    browser = await house.signed_in("quantri")
    answer = await browser.post("/admin/agencies", {"csrf_token": "wrong"})
    assert answer.status_code == 403
    assert "Trang này đã cũ" in answer.text


async def test_form_without_a_token_changes_nothing(house: House) -> None:
    browser = await house.signed_in("quantri")
    path = f"/admin/people/{house.ids['gd-dulich']}/active"
    answer = await browser.client.post(path, data={"active": "no"}, headers={"origin": browser.origin})
    assert answer.status_code == 403
    assert (await house.person("gd-dulich")).is_active


async def test_sign_in_form_needs_the_token_of_its_visitor(house: House) -> None:
    stranger = house.browser()
    await stranger.get("/sign-in")
    victim = house.browser()
    answer = await victim.post("/sign-in", {"csrf_token": stranger.token, "username": "thuky", "password": PASSWORD})
    assert answer.status_code == 403


async def test_json_with_a_cookie_needs_the_token_in_a_header(house: House) -> None:
    browser = await house.signed_in("gd-dulich")
    same = {"origin": browser.origin}
    without = await browser.client.post("/api/meetings/1/commands", json={}, headers=same)
    assert (without.status_code, without.json()["error"]) == (403, "stale_form")
    with_token = await browser.client.post(
        "/api/meetings/1/commands", json={}, headers=same | {"x-csrf-token": browser.token}
    )
    assert with_token.status_code == 404


async def test_unknown_host_is_refused(house: House) -> None:
    answer = await house.browser(origin="http://rebound.example").get("/sign-in")
    assert answer.status_code == 400


@pytest.mark.parametrize("path", GETS)
async def test_get_changes_nothing(house: House, path: str) -> None:
    browser = await house.signed_in("quantri")
    before = await dump(house)
    await browser.get(filled(path))
    assert await dump(house) == before


async def dump(house: House) -> list[object]:
    """Every row of every table."""
    async with house.app.state.database.reading() as session:
        return [
            (table.name, [tuple(row) for row in (await (await session.connection()).execute(table.select())).all()])
            for table in SQLModel.metadata.sorted_tables
        ]
