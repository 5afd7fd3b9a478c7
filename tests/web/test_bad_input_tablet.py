"""A tablet with an old page, and messages that no page of ours sends: answered with a reason, and nobody else notices."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import connect

from ecabinet.web.pages import build_hash
from tests.web.live_server import CHAIR, MEMBER, SECRETARY, LiveServer, Peer, live_server


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveServer]:
    async with live_server(tmp_path_factory.mktemp("live")) as server:
        yield server


@pytest.mark.parametrize(("page", "person"), [("room", MEMBER), ("run", SECRETARY), ("screen", MEMBER)])
async def test_the_socket_names_the_build_of_the_page(server: LiveServer, page: str, person: int) -> None:
    """So a page of yesterday sees that it is one, and reloads itself."""
    async with httpx2.AsyncClient(base_url=server.origin, headers=server.headers(person)) as web:
        html = (await web.get(f"/meetings/{server.meeting}/{page}")).text
    async with server.connect(person) as socket:
        hello = (await Peer(socket).next())["hello"]
    assert re.search(r'build="([^"]*)"', html).group(1) == hello["build"] == build_hash()  # type: ignore[union-attr]


async def test_a_tablet_of_yesterday_is_told_and_still_served(server: LiveServer) -> None:
    """It may hold typing that is not sent yet: what it still sends is taken."""
    address = f"{server.origin.replace('http', 'ws')}/meetings/{server.meeting}/live?build=yesterday"
    async with connect(address, additional_headers=server.headers(MEMBER), compression=None) as socket:
        peer = Peer(socket)
        assert (await peer.next())["hello"]["build"] != "yesterday"
        assert "done" in await peer.ask({"id": "kept-since-yesterday", "do": "check_in"})


OLD: dict[str, tuple[dict[str, Any], str]] = {
    "a command that is no more": ({"do": "reset_poll", "poll": "item-2"}, "unknown_command"),
    "a field that is no more": ({"do": "check_in", "seat": 3}, "malformed"),
    "a field that is missing": ({"do": "cast_ballot", "choice": ["for"]}, "malformed"),
    "a command of the desk": ({"do": "call_meeting"}, "unknown_command"),
    "somebody else's name": ({"do": "check_in", "by": CHAIR}, "malformed"),
    "a choice that is none": ({"do": "cast_ballot", "poll": "item-2", "choice": ["maybe"]}, "no_such_poll"),
    "half a letter": ({"do": "note_item", "item": 2, "note": "\ud800"}, "malformed"),
}  # fmt: skip


@pytest.mark.parametrize("case", OLD)
async def test_what_is_not_understood_is_refused_in_both_languages_on_both_ways(server: LiveServer, case: str) -> None:
    fields, reason = OLD[case]
    message = {"id": f"old-{list(OLD).index(case)}"} | fields
    async with server.connect(MEMBER) as socket:
        peer = Peer(socket)
        by_socket = await peer.ask(json.dumps(message))
        assert await peer.ask({"ping": 1}) == {"pong": 1}
    async with httpx2.AsyncClient(base_url=server.origin, headers=server.headers(MEMBER)) as web:
        content = json.dumps(message).encode()
        by_http = await web.post(f"/api/meetings/{server.meeting}/commands", content=content)
    assert by_http.status_code == (409 if reason == "no_such_poll" else 400) and by_http.json() == by_socket
    assert by_socket["refused"]["reason"] == reason
    assert by_socket["refused"]["text"]["vi"] and by_socket["refused"]["text"]["en"]


async def test_a_message_that_cannot_be_recorded_harms_nobody_in_the_same_batch(server: LiveServer) -> None:
    async with httpx2.AsyncClient(base_url=server.origin) as web:
        address = f"/api/meetings/{server.meeting}/commands"
        bad = json.dumps({"id": "bad", "do": "note_item", "item": 2, "note": "\ud800"}).encode()
        sending = [web.post(address, content=bad, headers=server.headers(SECRETARY)) for _ in range(3)]
        sending += [
            web.post(
                address,
                json={"id": f"good-{n}", "do": "note_item", "item": 2, "note": "x"},
                headers=server.headers(SECRETARY),
            )
            for n in range(3)
        ]
        answers = await asyncio.gather(*sending)
    assert [answer.status_code for answer in answers] == [400, 400, 400, 200, 200, 200]


async def test_the_id_of_another_person_is_not_taken_over(server: LiveServer) -> None:
    async with server.connect(CHAIR) as socket:
        assert "done" in await Peer(socket).ask({"id": "of-the-chair", "do": "check_in"})
    async with server.connect(MEMBER) as socket:
        answer = await Peer(socket).ask({"id": "of-the-chair", "do": "check_in"})
    assert answer["refused"]["reason"] == "id_in_use"


def test_the_pages_are_built() -> None:
    """An empty build would make every page look like that of today."""
    assert build_hash()
