"""Signing in and out, and what the cookies look like."""

import pytest

from ecabinet.office.sign_in import ATTEMPTS_OF_ACCOUNT_AT_ADDRESS, ATTEMPTS_OF_ADDRESS, hash_token
from ecabinet.store.tables import LoginSession
from tests.web.conftest import PASSWORD, House


async def test_sign_in_leads_to_the_first_page(house: House) -> None:
    browser = house.browser()
    answer = await browser.sign_in("gd-dulich")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Giám đốc Sở Du lịch" in (await browser.get("/")).text


async def test_sign_in_leads_back_to_the_page_that_was_asked_for(house: House) -> None:
    browser = house.browser()
    asked = await browser.get("/account")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?next=/account")
    await browser.get(asked.headers["location"])
    answer = await browser.post("/sign-in", {"username": "gd-dulich", "password": PASSWORD, "next": "/account"})
    assert answer.headers["location"] == "/account"


@pytest.mark.parametrize(
    "next", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "javascript:x"]
)
async def test_sign_in_never_leads_to_another_site(house: House, next: str) -> None:
    browser = house.browser()
    await browser.get("/sign-in", params={"next": next})
    answer = await browser.post("/sign-in", {"username": "gd-dulich", "password": PASSWORD, "next": next})
    assert answer.headers["location"] == "/"


async def test_cookie_over_https_is_bound_to_the_host(house: House) -> None:
    browser = house.browser(origin="https://hop.example.vn")
    cookie = (await browser.sign_in("gd-dulich")).headers.get_list("set-cookie")[0]
    assert cookie.startswith("__Host-session=")
    assert {"HttpOnly", "SameSite=lax", "Secure", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


async def test_cookie_over_plain_http_is_kept_from_scripts(house: House) -> None:
    cookie = (await house.browser().sign_in("gd-dulich")).headers.get_list("set-cookie")[0]
    assert cookie.startswith("session=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))


async def test_session_id_planted_before_the_sign_in_is_worth_nothing(house: House) -> None:
    browser = house.browser()
    browser.client.cookies.set("session", "planted", domain="localhost.local", path="/")
    await browser.sign_in("gd-dulich")
    assert browser.client.cookies.get("session") != "planted"
    thief = house.browser()
    assert (await thief.get("/account", headers={"cookie": "session=planted"})).status_code == 303


async def test_signing_in_again_ends_the_old_session(house: House) -> None:
    browser = await house.signed_in("gd-dulich")
    old = browser.client.cookies["session"]
    await browser.post("/sign-in", {"username": "thuky", "password": PASSWORD})
    assert browser.client.cookies["session"] != old
    assert (await house.browser().get("/account", headers={"cookie": f"session={old}"})).status_code == 303


async def test_only_the_hash_of_the_token_is_stored(house: House) -> None:
    browser = await house.signed_in("gd-dulich")
    token = browser.client.cookies["session"]
    async with house.app.state.database.reading() as session:
        assert await session.get(LoginSession, hash_token(token)) is not None
        assert await session.get(LoginSession, token) is None


async def test_sign_out_ends_the_session_on_the_server(house: House) -> None:
    browser = await house.signed_in("gd-dulich")
    token = browser.client.cookies["session"]
    await browser.post("/sign-out")
    assert (await house.browser().get("/account", headers={"cookie": f"session={token}"})).status_code == 303


async def test_session_lasts_while_it_is_used_and_ends_when_it_is_not(house: House) -> None:
    browser = await house.signed_in("gd-dulich")
    for _ in range(3):
        house.clock.pass_by(hours=11)
        assert (await browser.get("/account")).status_code == 200
    house.clock.pass_by(hours=12)
    assert (await browser.get("/account")).status_code == 303


@pytest.mark.parametrize("username", ["gd-dulich", "nobody"])
async def test_wrong_password_and_unknown_account_look_the_same(house: House, username: str) -> None:
    answer = await house.browser().sign_in(username, "a password that is wrong")
    assert answer.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in answer.text


async def test_disabled_account_cannot_sign_in_and_is_not_told_why(house: House) -> None:
    admin = await house.signed_in("quantri")
    await admin.post(f"/admin/people/{house.ids['gd-dulich']}/active", {"active": "no"})
    answer = await house.browser().sign_in("gd-dulich")
    assert answer.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in answer.text


async def test_throttle_of_an_account_says_when_to_try_again(house: House) -> None:
    browser = house.browser()
    for _ in range(ATTEMPTS_OF_ACCOUNT_AT_ADDRESS):
        assert (await browser.sign_in("gd-dulich", "wrong")).status_code == 401
    answer = await browser.sign_in("gd-dulich")
    assert (answer.status_code, answer.headers.get("retry-after")) == (429, None)
    assert "09:15" in answer.text
    house.clock.pass_by(minutes=15)
    assert (await browser.sign_in("gd-dulich")).status_code == 303


async def test_throttle_of_an_account_leaves_other_addresses_alone(house: House) -> None:
    attacker = house.browser(address="10.9.9.9")
    for _ in range(ATTEMPTS_OF_ACCOUNT_AT_ADDRESS + 1):
        await attacker.sign_in("gd-dulich", "wrong")
    assert (await house.browser().sign_in("gd-dulich")).status_code == 303


async def test_throttle_of_an_address_counts_over_all_accounts(house: House) -> None:
    browser = house.browser()
    for number in range(ATTEMPTS_OF_ADDRESS):
        assert (await browser.sign_in(f"guess-{number}", "wrong")).status_code == 401
    assert (await browser.sign_in("gd-dulich")).status_code == 429
    assert (await house.browser(address="10.0.0.8").sign_in("gd-dulich")).status_code == 303


async def test_successful_sign_in_forgets_the_failures_before(house: House) -> None:
    browser = house.browser()
    for _ in range(3):
        for _ in range(ATTEMPTS_OF_ACCOUNT_AT_ADDRESS - 1):
            await browser.sign_in("gd-dulich", "wrong")
        assert (await browser.sign_in("gd-dulich")).status_code == 303
        await browser.post("/sign-out")


async def test_language_is_chosen_before_the_sign_in_and_then_the_persons_own(house: House) -> None:
    browser = house.browser()
    await browser.get("/sign-in")
    answer = await browser.post("/language", {"language": "en", "next": "/sign-in"})
    assert answer.headers["location"] == "/sign-in"
    assert "<h1>Sign in</h1>" in (await browser.get("/sign-in")).text
    await browser.sign_in("gd-dulich")
    assert '<html lang="vi">' in (await browser.get("/")).text
    await browser.post("/language", {"language": "en", "next": "/"})
    assert (await house.person("gd-dulich")).language == "en"
    assert '<html lang="en">' in (await browser.get("/")).text


async def test_program_signs_in_with_a_bearer_token(house: House) -> None:
    program = house.browser().client
    answer = await program.post("/api/session", json={"username": "gd-dulich", "password": PASSWORD})
    assert answer.status_code == 201
    bearer = {"authorization": f"Bearer {answer.json()['token']}"}
    assert (await program.get("/account", headers=bearer)).status_code == 200
    assert (await program.get("/account", headers={"authorization": "Bearer wrong"})).status_code == 303
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("body", ["", "[]", '{"username": "x"}', '{"username": 1, "password": 2}', "\xff"])
async def test_malformed_sign_in_of_a_program_is_refused(house: House, body: str) -> None:
    answer = await house.browser().client.post("/api/session", content=body.encode("latin-1"))
    assert (answer.status_code, answer.json()["error"]) == (400, "malformed")
