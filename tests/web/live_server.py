"""A real server on a free port, in the loop of the tests, with a called meeting of five members."""

import asyncio
import json
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from websockets.asyncio.client import ClientConnection, connect

from ecabinet.app import create_app
from ecabinet.office.calling import calling_command
from ecabinet.office.sign_in import hash_token
from ecabinet.serving import FRAME_BYTES
from ecabinet.settings import Settings
from ecabinet.store.tables import AgendaItem, Body, Invitation, LoginSession, Meeting, Paper, Person

ROLES = ["chair", "deputy", "member", "member", "member", "secretariat", "invitee", "screen", "secretariat"]
CHAIR, DEPUTY, MEMBER, SECRETARY, INVITEE, SCREEN, SECOND_SECRETARY, STRANGER = 1, 2, 3, 6, 7, 8, 9, 10


@dataclass
class LiveServer:
    """`tokens` maps a person's id to a bearer token; `meeting` is the id of the called meeting."""

    app: Starlette
    origin: str
    meeting: int
    tokens: dict[int, str]

    def headers(self, person: int) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[person]}"}

    def connect(self, person: int, **options: Any) -> connect:
        address = f"{self.origin.replace('http', 'ws')}/meetings/{self.meeting}/live"
        return connect(address, additional_headers=self.headers(person), compression=None, **options)


@asynccontextmanager
async def live_server(data_dir: Path) -> AsyncIterator[LiveServer]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(Settings(data_dir=data_dir, port=port))
    config = uvicorn.Config(
        app, port=port, ws="websockets-sansio", ws_max_size=FRAME_BYTES, ws_per_message_deflate=False,
        log_config=None, timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    meeting, tokens = await _meeting(app)
    try:
        yield LiveServer(app, f"http://127.0.0.1:{port}", meeting, tokens)
    finally:
        server.should_exit = True
        await task


async def _meeting(app: Starlette) -> tuple[int, dict[int, str]]:
    now, tokens = datetime.now(UTC), {n: secrets.token_urlsafe(16) for n in range(1, len(ROLES) + 2)}
    async with app.state.database.writing() as session:
        session.add(Body(id=1, code="ubnd", name_vi="UBND tỉnh"))
        for person, token in tokens.items():
            session.add(Person(id=person, username=f"p{person}", office_vi=f"Chức vụ {person}"))
            await session.flush()
            session.add(_login(person, token, now))
        session.add(Meeting(id=1, key="phien-1", body_id=1, title_vi="Phiên họp", created_at=now))
        await session.flush()
        for n, kind in enumerate(("formal", "decision", "decision"), start=1):
            session.add(AgendaItem(id=n, meeting_id=1, position=n, kind=kind, title_vi=f"Nội dung {n}"))
        await session.flush()
        session.add(Paper(id=31, meeting_id=1, item_id=2, title_vi="Tờ trình"))
        for person, role in enumerate(ROLES, start=1):
            session.add(Invitation(meeting_id=1, person_id=person, role=role, position=person, item_ids=[1]))
    async with app.state.database.reading() as session:
        command = await calling_command(session, 1, by=SECRETARY, command_id="call")
    await app.state.rooms.execute(1, command)
    return 1, tokens


def _login(person: int, token: str, now: datetime) -> LoginSession:
    return LoginSession(
        token_hash=hash_token(token), person_id=person, csrf_token="t", created_at=now, seen_at=now,
        expires_at=now + timedelta(hours=1),
    )  # fmt: skip


class Peer:
    """One socket as another program would use it."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.parts: dict[str, Any] = {}

    async def next(self) -> dict[str, Any]:
        """The next frame; parts are kept on the way."""
        message: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), 10))
        if message.get("all"):
            self.parts = {}
        for name, part in message.get("parts", {}).items():
            self.parts[name] = part
        return message

    async def ask(self, message: dict[str, Any] | str | bytes) -> dict[str, Any]:
        """Send a message and wait for its answer, taking pushes on the way."""
        await self.socket.send(message if isinstance(message, (str, bytes)) else json.dumps(message))
        while True:
            answer = await self.next()
            if {"done", "refused", "pong"} & answer.keys():
                return answer

    async def until(self, ready: Any) -> None:
        while not ready(self.parts):
            await self.next()
