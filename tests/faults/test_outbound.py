"""A network without any way out is enough: the server holds a session, reads a paper, prints minutes, and calls nobody."""

import os
from pathlib import Path

import httpx2
import pikepdf
import pytest

from tests.faults.chamber import ITEM, MEETING, POLL, SECRETARY, Server, furnish
from tests.faults.watched import OUT


async def test_a_session_opens_no_outbound_connection(tmp_path: Path) -> None:
    tokens = await furnish(tmp_path / "data")
    server = Server(tmp_path / "data", tmp_path / "server.log", module="tests.faults.watched")
    await server.start()
    try:
        await _hold_a_session(server, tokens)
    finally:
        server.kill()
    assert [line for line in server.log.read_text().splitlines() if OUT in line] == []


async def test_a_server_that_calls_somebody_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant."""
    monkeypatch.setitem(os.environ, "WATCHED_MUTANT", "1")
    await furnish(tmp_path / "data")
    server = Server(tmp_path / "data", tmp_path / "server.log", module="tests.faults.watched")
    await server.start()
    server.kill()
    assert f"{OUT} socket.connect 127.0.0.1" in server.log.read_text()


async def _hold_a_session(server: Server, tokens: dict[int, str]) -> None:
    bearer = {person: {"Authorization": f"Bearer {token}"} for person, token in tokens.items()}
    paper = pikepdf.new()
    paper.add_blank_page()
    paper.save(path := server.data_dir.parent / "paper.pdf")
    async with httpx2.AsyncClient(base_url=server.origin, timeout=60) as web:
        ballot = {"id": "b1", "do": "cast_ballot", "poll": POLL, "choice": ["for"]}
        voted = await web.post(f"/api/meetings/{MEETING}/commands", json=ballot, headers=bearer[2])
        fields = {"id": "p1", "item": str(ITEM), "title_vi": "Tờ trình"}
        files = {"file": ("paper.pdf", path.read_bytes())}
        address = f"/api/meetings/{MEETING}/papers"
        attached = await web.post(address, data=fields, files=files, headers=bearer[SECRETARY])
        printed = await web.get(f"/meetings/{MEETING}/minutes.pdf", headers=bearer[SECRETARY])
    assert [answer.status_code for answer in (voted, attached, printed)] == [200, 200, 200]
