"""Headers and cookies where nothing went right: every form refused, every error page, the sign-in on both schemes."""

import re
from http.cookies import SimpleCookie

import httpx2
import pytest

from tests.web.conftest import PASSWORD, House
from tests.web.test_origin import GETS, POSTS, filled

API = ["/api/session", "/api/meetings/1/commands", "/api/meetings/1/papers", "/api/meetings/1/participants"]


def _check(answer: httpx2.Response) -> None:
    headers = answer.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] in ("no-store", "private, no-cache")
    assert re.search(r"frame-ancestors 'none'|sandbox", headers["content-security-policy"])
    assert "unsafe" not in headers["content-security-policy"] and "server" not in headers
    assert re.fullmatch(r"[0-9a-f]{12}", headers["x-request-id"])
    for line in headers.get_list("set-cookie"):
        for cookie in SimpleCookie(line).values():
            assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/", True, "lax"), line
            assert cookie["domain"] == ""
            is_https = answer.url.scheme == "https"
            assert bool(cookie["secure"]) == is_https
            assert cookie.key.startswith("__Host-") == is_https or cookie.key == "language"


@pytest.mark.parametrize("origin", ["http://localhost:8000", "https://hop.example.vn"])
async def test_every_refused_form_carries_the_headers(house: House, origin: str) -> None:
    """Refused for its token, for the missing session, for its origin."""
    signed_in, visitor = await house.signed_in("quantri", origin=origin), house.browser(origin=origin)
    for path in (*POSTS, *API):
        _check(await signed_in.post(filled(path), {"csrf_token": "wrong"}))
        _check(await visitor.post(filled(path), {}))
        _check(await signed_in.post(filled(path), {}, headers={"origin": "https://elsewhere.example"}))


async def test_every_address_carries_the_headers_for_a_visitor_and_for_a_wrong_method(house: House) -> None:
    visitor = house.browser()
    for path in GETS:
        _check(await visitor.get(filled(path)))
        _check(await visitor.client.request("DELETE", filled(path), headers={"origin": visitor.origin}))
    assert (await visitor.client.request("DELETE", "/account", headers={"origin": visitor.origin})).status_code == 405


async def test_errors_before_any_page_carry_the_headers(house: House) -> None:
    browser = house.browser()
    answers = {
        400: await house.browser(origin="http://rebound.example").get("/sign-in"),
        404: await browser.get("/no/such/place"),
        413: await browser.post("/sign-in", {"username": "x" * 1_100_000}),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        _check(answer)


@pytest.mark.parametrize("origin", ["http://localhost:8000", "https://hop.example.vn"])
async def test_the_session_has_a_fresh_id_each_time_and_leaves_with_the_person(house: House, origin: str) -> None:
    browser, ids = house.browser(origin=origin), []
    name = "__Host-session" if origin.startswith("https") else "session"
    for _ in range(2):
        planted = {"cookie": f"{name}=planted"}
        await browser.get("/sign-in", headers=planted)
        answer = await browser.post("/sign-in", {"username": "thuky", "password": PASSWORD})
        _check(answer)
        ids.append(SimpleCookie(answer.headers.get_list("set-cookie")[0])[name].value)
        await browser.get("/account")
        left = await browser.post("/sign-out")
        _check(left)
        assert f'{name}=""' in left.headers["set-cookie"]
    assert len({*ids, "planted"}) == 3
    for id_ in ids:
        assert (
            await house.browser(origin=origin).get("/account", headers={"cookie": f"{name}={id_}"})
        ).status_code == 303


async def test_a_bearer_is_given_no_cookie(house: House) -> None:
    answer = await house.browser().client.post("/api/session", json={"username": "thuky", "password": PASSWORD})
    assert answer.status_code == 201 and "set-cookie" not in answer.headers
    _check(answer)
