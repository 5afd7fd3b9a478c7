"""Another program holds the database for longer than is waited: nobody hangs, reading goes on, and so does the vote."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
from websockets.asyncio.client import connect

from tests.faults.chamber import MEETING, PASSWORD, POLL, SECRETARY, Server, furnish, recount

# SQLite's own waiting is 5 s; what comes on top is this machine's.
ANSWERED_WITHIN_S = 12.0
BALLOT = {"id": "ballot-2", "do": "cast_ballot", "poll": POLL, "choice": ["for"]}
FORM = {"title_vi": "Nội dung tôi đã gõ", "kind": "decision", "form_key": "k" * 20}


@contextmanager
def locked(data_dir: Path) -> Iterator[None]:
    """As a backup program or a forgotten console does it."""
    other = sqlite3.connect(data_dir / "ecabinet.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_nobody_hangs_and_everything_goes_on_afterwards(tmp_path: Path) -> None:
    tokens = await furnish(tmp_path / "data")
    server = Server(tmp_path / "data", tmp_path / "server.log")
    await server.start()
    try:
        async with server.web(tokens[SECRETARY]) as web:
            with locked(server.data_dir):
                began = time.monotonic()
                vote, form, sign_in, reading = await asyncio.gather(
                    _vote(server, tokens[2]),
                    web.post("/desk/meetings/2/items/new", data=FORM),
                    web.post("/api/session", json={"username": "p1", "password": PASSWORD}),
                    _read(web),
                )
                assert time.monotonic() - began < ANSWERED_WITHIN_S
            assert vote["refused"]["reason"] == "not_recorded"
            assert vote["refused"]["text"]["vi"] and vote["refused"]["text"]["en"]
            assert form.status_code == 503
            assert "Máy chủ đang bận" in form.text and "Nội dung tôi đã gõ" in form.text
            assert (sign_in.status_code, sign_in.json()["error"]) == (503, "database_busy")
            assert reading < 1.0
            assert "done" in await _vote(server, tokens[2])
            assert (await web.post("/desk/meetings/2/items/new", data=FORM)).status_code == 303
    finally:
        server.kill()
    found, record = await recount(server.data_dir)
    assert found.problems == []
    assert [entry.command for entry in record].count(BALLOT["id"]) == 1  # type: ignore[arg-type]


async def _vote(server: Server, token: str) -> dict[str, dict[str, object]]:
    address = f"{server.origin.replace('http', 'ws')}/meetings/{MEETING}/live"
    async with connect(address, additional_headers={"Authorization": f"Bearer {token}"}, compression=None) as socket:
        await socket.send(json.dumps(BALLOT))
        while (message := json.loads(await socket.recv())).get("id") != BALLOT["id"]:
            pass
        return message  # type: ignore[no-any-return]


async def _read(web: httpx2.AsyncClient) -> float:
    """How long the pages take meanwhile."""
    began = time.monotonic()
    for page in ("/", f"/meetings/{MEETING}/room", f"/api/meetings/{MEETING}/parts"):
        assert (await web.get(page)).status_code == 200
    return time.monotonic() - began
