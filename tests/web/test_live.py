"""The live socket over a real server: who gets in, what is answered, what other programs can rely on."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.routing import Route
from websockets.exceptions import ConnectionClosed, InvalidStatus

from ecabinet.app import ROUTES
from ecabinet.room.contract import openapi, written_files
from ecabinet.room.examples import EXAMPLES, example_message
from ecabinet.rules.commands import WIRE_COMMANDS, ConcludeItem
from ecabinet.store import logins
from ecabinet.store.tables import Invitation, Meeting
from ecabinet.web import live
from tests.web.live_server import (
    CHAIR,
    INVITEE,
    MEMBER,
    SECOND_SECRETARY,
    SECRETARY,
    STRANGER,
    LiveServer,
    Peer,
    live_server,
)

NOW = datetime(2026, 11, 24, tzinfo=UTC)
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[LiveServer]:
    async with live_server(tmp_path) as server:
        yield server


async def test_the_first_frame_has_everything(server: LiveServer) -> None:
    async with server.connect(MEMBER) as socket:
        peer = Peer(socket)
        first = await peer.next()
    assert first["all"] is True
    assert first["hello"]["audience"] == "member"
    assert {"meeting", "stage", "agenda", "presence", "seats", "me", "item/2"} <= set(first["parts"])


# What each example needs to be done rather than refused: who sends it. The order is that of one session.
SESSION: list[tuple[int, str]] = [
    (CHAIR, "check_in"), (SECRETARY, "mark_presence"), (SECRETARY, "admit_invitee"), (CHAIR, "check_out"),
    (2, "check_in"), (3, "check_in"), (4, "check_in"), (5, "check_in"), (CHAIR, "open_session"),
    (CHAIR, "start_item"), (CHAIR, "finish_item"), (CHAIR, "return_item"), (CHAIR, "suspend_session"),
    (CHAIR, "resume_session"), (SECRETARY, "add_item"), (SECRETARY, "edit_item"), (SECRETARY, "move_item"),
    (SECRETARY, "note_item"), (SECRETARY, "conclude_item"), (SECRETARY, "remove_paper"), (CHAIR, "draft_poll"),
    (CHAIR, "void_poll"), (CHAIR, "postpone_item"), (CHAIR, "withdraw_item"), (CHAIR, "open_poll"),
    (3, "cast_ballot"), (SECRETARY, "enter_count"), (SECRETARY, "discard_count"), (SECRETARY, "enter_count"),
    (SECOND_SECRETARY, "confirm_count"), (CHAIR, "close_poll"), (CHAIR, "publish_result"),
    (CHAIR, "assign_presiding"), (2, "close_session"),
]  # fmt: skip


async def test_every_example_of_the_protocol_is_carried_out(server: LiveServer) -> None:
    """`cancel_meeting` ends a meeting before it opens and has a test of its own."""
    assert {name for _, name in SESSION} | {"cancel_meeting"} == set(WIRE_COMMANDS) == set(EXAMPLES)
    for step, (person, name) in enumerate(SESSION):
        if name == "open_poll":
            await _send(server, CHAIR, {"id": "start-2", "do": "start_item", "item": 2})
        answer = await _send(server, person, {**example_message(name), "id": f"s{step}"})
        assert "done" in answer, (name, answer)


async def test_the_example_of_cancelling_is_carried_out(server: LiveServer) -> None:
    assert "done" in await _send(server, CHAIR, example_message("cancel_meeting"))


async def _send(server: LiveServer, person: int, message: dict[str, Any]) -> dict[str, Any]:
    async with server.connect(person) as socket:
        return await Peer(socket).ask(message)


def test_the_contracts_in_docs_are_those_of_the_code() -> None:
    """`ecabinet contract docs` writes them."""
    for name, text in written_files((DOCS / "protocol.md").read_text()).items():
        assert (DOCS / name).read_text() == text, f"{name} is stale"


async def test_http_and_socket_give_the_same_answer(server: LiveServer) -> None:
    message = {"id": "once", "do": "check_in"}
    by_socket = await _send(server, MEMBER, message)
    async with httpx2.AsyncClient(base_url=server.origin, headers=server.headers(MEMBER)) as web:
        by_http = await web.post(f"/api/meetings/{server.meeting}/commands", json=message)
        refused = await web.post(f"/api/meetings/{server.meeting}/commands", json={"id": "x", "do": "open_session"})
        malformed = await web.post(f"/api/meetings/{server.meeting}/commands", json={"id": "x", "do": "reset"})
        parts = (await web.get(f"/api/meetings/{server.meeting}/parts")).json()
    assert (by_http.status_code, by_http.json()) == (200, by_socket)
    assert (refused.status_code, refused.json()["refused"]["reason"]) == (409, "only_running")
    assert (malformed.status_code, malformed.json()["refused"]["reason"]) == (400, "unknown_command")
    async with server.connect(MEMBER) as socket:
        peer = Peer(socket)
        await peer.next()
    assert parts["parts"] == peer.parts


async def test_a_guest_and_a_stranger_learn_nothing_over_http(server: LiveServer) -> None:
    async with httpx2.AsyncClient(base_url=server.origin) as web:
        address = f"/api/meetings/{server.meeting}/parts"
        guest = (await web.get(address, headers=server.headers(INVITEE))).json()["parts"]
        stranger = await web.get(address, headers=server.headers(STRANGER))
        unknown = await web.get("/api/meetings/4711/parts", headers=server.headers(STRANGER))
        nobody = await web.get(address)
    assert "item/2" not in guest and "poll/item-2" not in guest and "seats" not in guest
    assert (stranger.status_code, nobody.status_code) == (404, 401)
    # The same answer but for the id of the request: what exists cannot be told from what does not.
    assert stranger.json() | {"request_id": ""} == unknown.json() | {"request_id": ""}


async def test_a_malformed_message_is_refused_and_the_socket_goes_on(server: LiveServer) -> None:
    async with server.connect(MEMBER) as socket:
        peer = Peer(socket)
        for text in ("{", '"hello"', b"\x00\x01", '{"id": "a", "do": "reset_poll"}'):
            assert "refused" in await peer.ask(text)
        assert await peer.ask({"ping": 5}) == {"pong": 5}


async def test_what_is_too_large_or_no_text_ends_the_socket(server: LiveServer) -> None:
    async with server.connect(MEMBER) as socket:
        await socket.send("x" * 70_000)
        assert await _close_code(socket) == 1009
    async with server.connect(MEMBER) as socket:
        await socket.send(b"\xff\xfe", text=True)
        assert await _close_code(socket) == 1007


async def test_a_flood_ends_that_socket_only(server: LiveServer) -> None:
    async with server.connect(MEMBER) as flooding, server.connect(CHAIR) as calm:
        with suppress(ConnectionClosed):
            for number in range(5000):
                await flooding.send(json.dumps({"id": f"f{number}", "do": "check_in"}))
        assert await _close_code(flooding) == 1008
        assert await Peer(calm).ask({"ping": 1}) == {"pong": 1}


async def _close_code(socket: Any) -> int | None:
    with pytest.raises(ConnectionClosed):
        while True:
            await asyncio.wait_for(socket.recv(), 10)
    return socket.close_code  # type: ignore[no-any-return]


async def test_who_does_not_take_part_is_closed_with_1008(server: LiveServer) -> None:
    async with server.connect(STRANGER) as socket:
        assert await _close_code(socket) == 1008


async def test_another_site_gets_no_socket(server: LiveServer) -> None:
    """A page elsewhere has the cookie of the person, but not our Origin."""
    from websockets.asyncio.client import connect

    address = f"{server.origin.replace('http', 'ws')}/meetings/{server.meeting}/live"
    headers = {"Cookie": f"session={server.tokens[MEMBER]}"}
    with pytest.raises(InvalidStatus) as refused:
        async with connect(address, origin="https://evil.example", additional_headers=headers):
            pass
    assert refused.value.response.status_code == 403
    async with connect(address, origin=server.origin, additional_headers=headers) as socket:
        assert (await Peer(socket).next())["all"]


async def test_a_session_that_ends_closes_its_socket_within_a_second(server: LiveServer) -> None:
    async with server.connect(MEMBER) as socket, server.connect(CHAIR) as other:
        await Peer(socket).next()
        async with server.app.state.database.writing() as session:
            await logins.delete_logins_of(session, MEMBER)
        async with asyncio.timeout(1):
            assert await _close_code(socket) == 1008
        assert await Peer(other).ask({"ping": 1}) == {"pong": 1}


async def test_the_list_has_called_meetings_of_ones_own_only(server: LiveServer) -> None:
    """A draft, cancelled or not, is nobody's but the desk's."""
    async with server.app.state.database.writing() as session:
        for number, stage in enumerate(("draft", "cancelled"), start=2):
            row = {"key": f"m{number}", "body_id": 1, "title_vi": "Bản nháp", "stage": stage, "created_at": NOW}
            session.add(Meeting(id=number, **row))
            await session.flush()
            session.add(Invitation(meeting_id=number, person_id=MEMBER, role="member"))
    async with httpx2.AsyncClient(base_url=server.origin) as web:
        own = (await web.get("/api/meetings", headers=server.headers(MEMBER))).json()["meetings"]
        nothing = (await web.get("/api/meetings", headers=server.headers(STRANGER))).json()["meetings"]
    assert ([meeting["key"] for meeting in own], nothing) == (["phien-1"], [])


def test_every_address_of_the_interface_is_in_its_contract() -> None:
    served = {
        (re.sub(r"\{meeting_id:int\}", "{meeting}", route.path), method.lower())
        for routes in ROUTES
        for route in routes
        if isinstance(route, Route) and route.path.startswith("/api/") and not route.path.endswith(".json")
        for method in (route.methods or ()) - {"HEAD"}
    }
    described = {(path, method) for path, methods in openapi()["paths"].items() for method in methods}
    assert served == described


async def test_a_socket_that_takes_nothing_is_given_up(server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that stops reading: the others go on, and after a while it is closed."""
    monkeypatch.setattr(live, "SEND_TIMEOUT_S", 0.3)
    room = await server.app.state.rooms.room(server.meeting)
    async with server.connect(MEMBER) as stalled, server.connect(CHAIR, max_queue=None) as other:
        await Peer(stalled).next()
        stalled.transport.pause_reading()
        async with asyncio.timeout(20):
            for number in count():
                words = f"{number} " + "x" * 15_000
                await room.execute(ConcludeItem(id=f"c{number}", by=SECRETARY, item=1, conclusion=words))
                if all(tablet.person != MEMBER for tablet in room.tablets):
                    break
        assert await Peer(other).ask({"ping": 1}) == {"pong": 1}
        stalled.transport.resume_reading()
        assert await _close_code(stalled) == 1006
