"""The live pages: who may open which, and what stands in them before any script runs."""

import re
from collections.abc import AsyncIterator

import httpx2
import pytest

from ecabinet.resources import STATIC
from tests.web.live_server import (
    CHAIR,
    DEPUTY,
    INVITEE,
    MEMBER,
    SCREEN,
    SECRETARY,
    STRANGER,
    LiveServer,
    live_server,
)

SCRIPTS = STATIC / "js"


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveServer]:
    async with live_server(tmp_path_factory.mktemp("rooms")) as server:
        yield server


async def get(server: LiveServer, path: str, person: int | None) -> httpx2.Response:
    headers = {} if person is None else server.headers(person)
    async with httpx2.AsyncClient(base_url=server.origin) as web:
        return await web.get(path, headers=headers)


@pytest.mark.parametrize("person", [CHAIR, DEPUTY, MEMBER, SECRETARY, INVITEE])
async def test_the_room_opens_for_who_takes_part(server: LiveServer, person: int) -> None:
    answer = await get(server, "/meetings/1/room", person)
    assert answer.status_code == 200
    assert f'<room-app meeting="1" person="{person}"' in answer.text


@pytest.mark.parametrize("page", ["room", "run", "screen"])
async def test_for_a_stranger_there_is_no_meeting(server: LiveServer, page: str) -> None:
    answer = await get(server, f"/meetings/1/{page}", STRANGER)
    unknown = await get(server, f"/meetings/999/{page}", STRANGER)
    assert (answer.status_code, unknown.status_code) == (404, 404)
    assert "Phiên họp" not in answer.text


@pytest.mark.parametrize("page", ["room", "run", "screen"])
async def test_a_visitor_is_led_through_the_sign_in(server: LiveServer, page: str) -> None:
    answer = await get(server, f"/meetings/1/{page}", None)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next=/meetings/1/{page}"


async def test_the_screen_is_led_to_its_own_page(server: LiveServer) -> None:
    answer = await get(server, "/meetings/1/room", SCREEN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/meetings/1/screen")


@pytest.mark.parametrize("person", [MEMBER, DEPUTY, INVITEE, SCREEN])
async def test_only_those_who_run_the_meeting_get_its_page(server: LiveServer, person: int) -> None:
    assert (await get(server, "/meetings/1/run", person)).status_code == 403


async def test_the_agenda_can_be_read_without_scripts(server: LiveServer) -> None:
    text = (await get(server, "/meetings/1/room", MEMBER)).text
    assert [f"Nội dung {n}" in text for n in (1, 2, 3)] == [True, True, True]
    assert "Tờ trình" in text


async def test_an_invitee_reads_their_own_items_only(server: LiveServer) -> None:
    text = (await get(server, "/meetings/1/room", INVITEE)).text
    assert [f"Nội dung {n}" in text for n in (1, 2, 3)] == [True, False, False]
    assert "Tờ trình" not in text


async def test_the_page_has_no_inline_script_and_no_inline_style(server: LiveServer) -> None:
    text = (await get(server, "/meetings/1/room", MEMBER)).text
    assert "style=" not in text
    assert text.count("<script") == text.count("<script src=") + text.count('<script type="module" src=')


def test_every_word_that_a_script_says_stands_in_the_tables() -> None:
    """A missing one would throw in the middle of a meeting; a pair with an empty side leave a button without a name."""
    scripts = {path.name: path.read_text() for path in SCRIPTS.glob("*.js")}
    tables = "".join(text for name, text in scripts.items() if name.startswith("words-"))
    known = set(re.findall(r"^  (\w+): \[", tables, re.MULTILINE))
    said = {key for text in scripts.values() for key in re.findall(r"""\bsay\("(\w+)\"""", text)}
    assert said - known == set()
    assert '""' not in tables
