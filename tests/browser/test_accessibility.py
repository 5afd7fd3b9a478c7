"""Every page of the house passes axe-core, in both languages, light and dark; the live ones in each state of a meeting."""

import pytest
from playwright.async_api import Page, expect
from starlette.routing import Route

from ecabinet.app import ROUTES
from tests.browser.axe import faults
from tests.browser.house import House
from tests.browser.room import connection, is_live, picture, sheet
from tests.browser.tablets import WALL, Tablets

ADMINISTRATOR, SECRETARY, CHAIR, MEMBER, GUEST, SCREEN = "quantri", "thuky", "chutich", "gd-dulich", "mttq", "manhinh"

# Who looks -> the pages, as their routes have them.
OFFICE = {
    ADMINISTRATOR: [
        "/",
        "/account",
        "/account/password",
        "/admin/people",
        "/admin/people/new",
        "/admin/people/{person_id:int}",
        "/admin/agencies",
        "/admin/agencies/new",
        "/admin/agencies/{agency_id:int}",
        "/admin/bodies",
        "/admin/bodies/new",
        "/admin/bodies/{body_id:int}",
        "/admin/bodies/{body_id:int}/members",
        "/admin/bodies/{body_id:int}/rules",
        "/admin/import/{kind}",
        "/admin/audit",
    ],
    SECRETARY: [
        "/",
        "/desk/meetings",
        "/desk/meetings/new",
        "/desk/meetings/{meeting_id:int}",
        "/desk/meetings/{meeting_id:int}/details",
        "/desk/meetings/{meeting_id:int}/items/new",
        "/desk/meetings/{meeting_id:int}/items/{item_id:int}",
        "/desk/meetings/{meeting_id:int}/papers/{paper_id:int}",
        "/desk/meetings/{meeting_id:int}/people",
        "/desk/meetings/{meeting_id:int}/templates",
        "/desk/meetings/{meeting_id:int}/call",
        "/desk/templates",
        "/desk/import",
    ],
    CHAIR: ["/"],
    MEMBER: ["/"],
    GUEST: ["/"],
    SCREEN: ["/"],
}
STRANGER = ["/sign-in"]
LIVE = [f"/meetings/{{meeting_id:int}}/{name}" for name in ("room", "run", "screen", "minutes")]
# Data, files and the health of the server.
NO_PAGES = {
    "/healthz",
    "/readyz",
    "/papers/{paper_id:int}",
    "/admin/import/{kind}/template.{ending}",
    "/desk/meetings/{meeting_id:int}/export",
    "/meetings/{meeting_id:int}/minutes.pdf",
}

both_languages = pytest.mark.parametrize("language", ["vi", "en"])


def test_no_page_is_left_out() -> None:
    """A new page has to be added here."""
    routes = [route for routes in ROUTES for route in routes if isinstance(route, Route) and "GET" in route.methods]
    pages = {route.path for route in routes if not route.path.startswith("/api/")} - NO_PAGES
    assert pages == {path for paths in OFFICE.values() for path in paths} | set(STRANGER) | set(LIVE)


@both_languages
async def test_sign_in(tablets: Tablets, language: str) -> None:
    page = await tablets.stranger(bypass_csp=True)
    await page.context.add_cookies([{"name": "language", "value": language, "url": tablets.house.origin}])
    await page.goto("/sign-in?next=/account")
    found = await faults(page, f"sign-in-{language}")
    await page.locator("#username").fill("nobody")
    await page.locator("#password").fill("mật khẩu sai rồi nhé")
    await page.locator("main button[data-kind=primary]").click()
    await expect(page.locator("#error-summary")).to_be_visible()
    found += await faults(page, f"sign-in-refused-{language}")
    assert found == []


@pytest.mark.parametrize("username", OFFICE)
@both_languages
async def test_office(tablets: Tablets, house: House, username: str, language: str) -> None:
    page = await tablets.open(username, language=language, bypass_csp=True)
    found = []
    for path in OFFICE[username]:
        answer = await page.goto(await filled(house, path))
        assert answer is not None and answer.status == 200, path
        found += await faults(page, f"{username}-{path}-{language}")
    assert found == []


async def filled(house: House, path: str) -> str:
    """A route with the things of the seed in it; the first item of the draft that has a paper."""
    rows = await house.rows("SELECT item_id, id FROM paper WHERE meeting_id = ? ORDER BY id", house.seed.draft)
    item, paper = rows[0]
    numbers = {"meeting": house.seed.draft, "item": item, "paper": paper, "person": 2, "body": 1, "agency": 1}
    for name, number in numbers.items():
        path = path.replace(f"{{{name}_id:int}}", str(number))
    return path.replace("{kind}", "people")


@both_languages
async def test_errors(tablets: Tablets, house: House, language: str) -> None:
    """What does not exist, what one may not do, and the pages of a meeting after the call."""
    page = await tablets.open(MEMBER, language=language, bypass_csp=True)
    found = []
    for path, status in (("/nothing", 404), ("/desk/meetings", 403), (f"{house.meeting}/run", 403)):
        answer = await page.goto(path)
        assert answer is not None and answer.status == status, path
        found += await faults(page, f"error-{path}-{language}")
    page = await tablets.open(SECRETARY, f"/desk/meetings/{house.seed.meeting}", language=language, bypass_csp=True)
    found += await faults(page, f"desk-called-{language}")
    assert found == []


@both_languages
async def test_live_before_the_session(tablets: Tablets, house: House, language: str) -> None:
    found = []
    for username, name in ((MEMBER, "room"), (CHAIR, "room"), (GUEST, "room"), (SCREEN, "screen")):
        page = await enter(tablets, username, name, language)
        found += await faults(page, f"called-{username}-{language}")
    page = await enter(tablets, SECRETARY, "run", language)
    for tab in ("item", "votes", "roll", "guests"):
        await page.locator(f"#tab-{tab}").click()
        found += await faults(page, f"called-run-{tab}-{language}")
    assert found == []


@both_languages
async def test_live_with_an_open_vote(tablets: Tablets, house: House, language: str) -> None:
    """Voted and not voted, the question before closing, and the forms of the secretariat."""
    await vote_is_open(house)
    found = []
    for username in (MEMBER, CHAIR, "gd-yte", GUEST):
        page = await enter(tablets, username, "room", language)
        if username != GUEST:
            await expect(sheet(page).get_by_role("radio")).to_have_count(3)
        found += await faults(page, f"vote-{username}-{language}")
        if username == CHAIR:
            await page.locator("next-step button").click()
            await expect(page.get_by_role("dialog")).to_be_visible()
            found += await faults(page, f"vote-chair-question-{language}")
    page = await enter(tablets, SCREEN, "screen", language)
    await expect(picture(page).locator(".picture-number")).to_be_visible()
    found += await faults(page, f"vote-screen-{language}")
    found += await of_secretary(await enter(tablets, SECRETARY, "run", language), language)
    assert found == []


async def of_secretary(page: Page, language: str) -> list[str]:
    found = []
    for tab in ("item", "roll", "guests", "votes"):
        await page.locator(f"#tab-{tab}").click()
        found += await faults(page, f"vote-run-{tab}-{language}")
    await page.locator("hand-count button").first.click()
    await expect(page.locator("hand-count form")).to_be_visible()
    found += await faults(page, f"vote-run-count-{language}")
    await page.locator("poll-steps .chair-row").last.click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    return found + await faults(page, f"vote-run-wording-{language}")


@both_languages
async def test_live_with_a_result(tablets: Tablets, house: House, language: str) -> None:
    await result_is_published(house)
    found = []
    for username in (MEMBER, CHAIR):
        page = await enter(tablets, username, "room", language)
        await page.locator(".bar-vote").click()
        await page.locator(".each-vote summary").click()
        found += await faults(page, f"result-{username}-{language}")
    page = await enter(tablets, SCREEN, "screen", language)
    await expect(page.locator("screen-result")).to_be_visible()
    found += await faults(page, f"result-screen-{language}")
    page = await enter(tablets, SECRETARY, "run", language)
    await page.locator("#tab-votes").click()
    found += await faults(page, f"result-run-{language}")
    assert found == []


@both_languages
async def test_live_without_the_server(tablets: Tablets, house: House, language: str) -> None:
    """How a page looks that has lost its connection."""
    await result_is_published(house)
    page = await enter(tablets, CHAIR, "room", language)
    await page.context.set_offline(True)
    await expect(connection(page)).to_have_attribute("data-state", "offline")
    assert await faults(page, f"offline-{language}") == []


@both_languages
async def test_after_the_session(tablets: Tablets, house: House, language: str) -> None:
    await session_is_closed(house)
    found = []
    for username, name in ((MEMBER, "room"), (CHAIR, "room"), (SECRETARY, "run"), (SCREEN, "screen")):
        page = await enter(tablets, username, name, language)
        found += await faults(page, f"closed-{username}-{language}")
    for username in (MEMBER, SECRETARY):
        page = await tablets.open(username, f"{house.meeting}/minutes", language=language, bypass_csp=True)
        found += await faults(page, f"minutes-{username}-{language}")
    assert found == []


async def enter(tablets: Tablets, username: str, name: str, language: str) -> Page:
    """A live page whose first push is there."""
    size = {"size": WALL} if name == "screen" else {}
    page = await tablets.open(username, language=language, bypass_csp=True, **size)  # type: ignore[arg-type]
    await page.goto(f"{tablets.house.meeting}/{name}")
    if name == "screen":
        await expect(picture(page)).to_be_visible()
    else:
        await is_live(page)
    return page


async def vote_is_open(house: House) -> None:
    """On an item that the guest does not attend, with some ballots cast; done before, it stays."""
    parts = await house.parts(CHAIR)
    if parts["stage"]["stage"] != "called":
        return
    await house.check_in(*house.seed.members[:20], MEMBER, "gd-yte")
    item = await house.item("Dự thảo Nghị quyết về kế hoạch đầu tư công")
    await house.do(CHAIR, "open_session")
    await house.do(CHAIR, "start_item", item=item)
    await house.do(CHAIR, "open_poll", poll=f"item-{item}")
    for username, choice in zip(
        ("gd-yte", *house.seed.members[5:18]), ["for"] * 11 + ["against"] * 2 + ["not_voting"], strict=True
    ):
        await house.do(username, "cast_ballot", poll=f"item-{item}", choice=[choice])


async def result_is_published(house: House) -> None:
    await vote_is_open(house)
    for name, poll in (await house.parts(CHAIR)).items():
        if name.startswith("poll/") and poll["state"] == "open":
            await house.do(CHAIR, "close_poll", poll=name.removeprefix("poll/"), confirmed=True)
            await house.do(CHAIR, "publish_result", poll=name.removeprefix("poll/"))


async def session_is_closed(house: House) -> None:
    await result_is_published(house)
    if (await house.parts(CHAIR))["stage"]["stage"] == "in_session":
        await house.do(CHAIR, "close_session")
