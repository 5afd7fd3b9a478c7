"""Fields that no page of ours sends, in every form and every address: answered in words, never by an internal error."""

import json
from collections.abc import AsyncIterator
from itertools import count

import httpx2
import pytest
from sqlmodel import select

from ecabinet.office.sign_in import hash_token
from ecabinet.store.tables import LoginSession, Person
from tests.web.conftest import Browser
from tests.web.desk_house import Desk, furnish
from tests.web.test_origin import GETS, POSTS, filled
from tests.web.untouched import open_house

# Every name that some form knows.
NAMES = (
    "active", "add", "agency_id", "at", "base", "before", "body_id", "clock", "code", "day", "digest", "email",
    "for_person_id", "form_version", "held", "id", "item", "item_ids", "items", "item_id", "key", "kept", "kind", "language",
    "majority_denominator", "majority_numerator", "name", "name_vi", "new_issued_on", "new_kind", "new_number", "new_title_vi",
    "next", "notice_working_days", "number", "office_vi", "opened", "order-1", "parent", "password", "person", "person_id",
    "planned_minutes", "position", "quorum", "quorum_numerator", "role", "role-1", "section", "seen", "session", "shown",
    "stands_for", "start", "step", "table", "title_vi", "username", "version", "weight-1",
)  # fmt: skip
VALUES = {
    "a number beyond all rows": "9" * 30,
    "a number beyond all integers": "9" * 5000,
    "digits of another script": "²٣",
    "deep brackets": "[" * 9000,
    "control characters": "\0\x1b\u202e\r\nX-Header: 1",
    "a list": "[1]",
    "nothing": "",
}
# These end the session or change the password of whoever asks.
ENDING = ("/sign-out", "/account/password", "/account/sessions/end", "/admin/people/passwords")
API = ("/api/meetings/{meeting_id:int}/papers", "/api/meetings/{meeting_id:int}/participants")
FORMS = [path for path in (*POSTS, *API) if path not in ENDING and not path.endswith("/password")]
# `VALUE` stands for what nobody would write; the second has what leads to the numbers of a notice.
QUERIES = (
    "?" + "&".join(f"{name}=VALUE" for name in (
        "deleted", "moved", "item", "parent", "removed", "paper_moved", "cancelled", "stage", "start", "words", "before",
        "subject", "role", "person", "edit", "uninvited", "invited", "done", "language", "next",
    )),
    "?done=attached&count=VALUE&unnumbered=VALUE&uninvited=1&role=VALUE&items=VALUE,1&for=VALUE",
    "?done=imported&added=VALUE&changed=VALUE",
)  # fmt: skip


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    async with open_house(tmp_path_factory.mktemp("house")) as house:
        async with house.app.state.database.writing() as session:
            (await session.get_one(Person, house.ids["thuky"])).is_administrator = True
        yield await furnish(house)


@pytest.mark.parametrize("what", VALUES)
async def test_no_form_fails_on_fields_that_no_page_sends(desk: Desk, what: str) -> None:
    numbers = count()
    failed = []
    for path in FORMS:
        fields = dict.fromkeys(NAMES, VALUES[what]) | {"form_key": f"{what:-<40}{next(numbers)}"[:64]}
        answer = await _post(desk, path, data=fields)
        failed += [(path, answer.status_code)] if answer.status_code >= 500 else []
    assert failed == []


BODIES = {
    "no form at all": ("multipart/form-data; boundary=a", b"rubbish"),
    "a form without its boundary": ("multipart/form-data", b"--a"),
    "bytes that are no text": ("application/x-www-form-urlencoded", b"title_vi=%ed%a0%80%ff&username=%ff&form_key=" + b"%fe" * 20),
    "half a surrogate pair": (
        "multipart/form-data; boundary=a; charset=unicode_escape",
        b"".join(b'--a\r\nContent-Disposition: form-data; name="%s"\r\n\r\n\\ud800\r\n' % name.encode() for name in NAMES) + b"--a--\r\n",
    ),
    "json": ("application/json", b"{"),
    "nothing": ("", b""),
}  # fmt: skip


@pytest.mark.parametrize("what", BODIES)
async def test_no_form_fails_on_a_body_that_is_no_form(desk: Desk, what: str) -> None:
    kind, body = BODIES[what]
    failed = []
    for path in FORMS:
        answer = await _post(desk, path, content=body, headers={"content-type": kind})
        failed += [(path, answer.status_code)] if answer.status_code >= 500 else []
    assert failed == []


@pytest.mark.parametrize(
    "value", ["9" * 30, "9" * 2500, "²", "%00%ff<b>typed</b>"], ids=["long", "longer", "digit", "bytes"]
)
async def test_no_page_fails_on_a_query_that_no_page_links_to(desk: Desk, value: str) -> None:
    failed = []
    for path in GETS:
        for query in QUERIES:
            answer = await desk.secretary.get(filled(path) + query.replace("VALUE", value))
            failed += [(path, query, answer.status_code)] if answer.status_code >= 500 else []
            assert "<b>typed</b>" not in answer.text
    assert failed == []


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b"\xff",
        b"[]",
        b'{"username": 1, "password": null}',
        json.dumps({"username": "\ud800", "password": "x"}).encode(),
        json.dumps({"username": "thuky", "password": "\ud800"}).encode(),
    ],
)
async def test_no_program_gets_an_internal_error_at_the_sign_in(desk: Desk, body: bytes) -> None:
    answer = await desk.house.browser().client.post(
        "/api/session", content=body, headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["error"]) in ((400, "malformed"), (401, "wrong_name_or_password"))


async def test_a_kept_form_of_brackets_is_dropped(desk: Desk) -> None:
    browser: Browser = desk.house.browser()
    await browser.get("/sign-in")
    answer = await browser.post("/sign-in", {"username": "x", "password": "y", "kept": "[" * 50_000})
    assert answer.status_code == 401 and 'name="kept"' not in answer.text


async def _post(desk: Desk, path: str, **options: object) -> httpx2.Response:
    """With the token in the header, so that it reaches the fields; signed in whatever the forms before did."""
    async with desk.house.app.state.database.reading() as session:
        token = desk.secretary.client.cookies["session"]
        login = (await session.exec(select(LoginSession).where(LoginSession.token_hash == hash_token(token)))).one()
    headers = {"origin": desk.secretary.origin, "x-csrf-token": login.csrf_token} | options.pop("headers", {})  # type: ignore[operator]
    return await desk.secretary.client.post(filled(path), headers=headers, **options)  # type: ignore[arg-type]
