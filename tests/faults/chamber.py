"""A meeting of twenty members with a vote open, and a real server process for it that a test may hurt."""

import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2

from ecabinet.office.calling import calling_command
from ecabinet.office.passwords import Passwords
from ecabinet.office.record import Verification, verify
from ecabinet.office.sign_in import hash_token
from ecabinet.resources import ROOT
from ecabinet.room.room import Done
from ecabinet.room.rooms import Rooms
from ecabinet.rules import commands as c
from ecabinet.rules.record import Entry
from ecabinet.rules.rule_set import RuleSet
from ecabinet.settings import Settings
from ecabinet.store.database import Database
from ecabinet.store.event_log import EventLog
from ecabinet.store.migrate import migrate
from ecabinet.store.tables import AgendaItem, Body, Invitation, LoginSession, Meeting, Person

KEY, POLL, ITEM, MEETING = "phien-1", "item-1", 1, 1
VOTERS = range(1, 21)
CHAIR, SECRETARY = 1, 21
PASSWORD = "chim sẻ đậu mái đình"
CHEAP = Passwords(time_cost=1, memory_kib=8, parallelism=1)

START_S = 60


def database_of(data_dir: Path) -> Database:
    return Database(Settings(data_dir=data_dir).database_url)


async def furnish(data_dir: Path) -> dict[int, str]:
    """Everybody present, the vote open; returns a bearer token for each person."""
    data_dir.mkdir(mode=0o700, exist_ok=True)
    database, now = database_of(data_dir), datetime.now(UTC)
    tokens = {person: secrets.token_urlsafe(32) for person in (*VOTERS, SECRETARY)}
    try:
        await migrate(database)
        await _rows(database, tokens, now)
        async with database.reading() as session:
            call = await calling_command(session, MEETING, by=SECRETARY, command_id="call")
        rooms = Rooms(database, lambda: datetime.now(UTC))
        for command in (call, *_opening()):
            assert isinstance(await rooms.execute(MEETING, command), Done), command
        await rooms.close()
    finally:
        await database.close()
    return tokens


def _opening() -> list[c.Command]:
    present = [c.CheckIn(id=f"in-{voter}", by=voter) for voter in VOTERS]
    steps = (c.OpenSession(id="open", by=CHAIR), c.StartItem(id="start", by=CHAIR, item=ITEM))
    return [*present, *steps, c.OpenPoll(id="vote", by=CHAIR, poll=POLL)]


async def _rows(database: Database, tokens: dict[int, str], now: datetime) -> None:
    password_hash = await CHEAP.hash(PASSWORD)
    rules = RuleSet(other_opinion=True).to_json()
    async with database.writing() as session:
        session.add(Body(id=1, code="ubnd", name_vi="UBND tỉnh", rule_set=rules))
        for person, token in tokens.items():
            is_secretary = person == SECRETARY
            session.add(
                Person(
                    id=person, username=f"p{person}", office_vi=f"Chức vụ {person}",
                    password_hash=password_hash, is_secretariat=is_secretary, is_administrator=is_secretary,
                )
            )  # fmt: skip
            await session.flush()
            session.add(_login(person, token, now))
        for number, stage in ((MEETING, KEY), (2, "nhap")):
            session.add(Meeting(id=number, key=stage, body_id=1, title_vi="Phiên họp", created_at=now))
            await session.flush()
            session.add(AgendaItem(id=number, meeting_id=number, kind="decision", title_vi="Đề án du lịch"))
        for person in tokens:
            role = {CHAIR: "chair", SECRETARY: "secretariat"}.get(person, "member")
            session.add(Invitation(meeting_id=MEETING, person_id=person, role=role, position=person))


def _login(person: int, token: str, now: datetime) -> LoginSession:
    return LoginSession(
        token_hash=hash_token(token), person_id=person, csrf_token="t" * 32, created_at=now, seen_at=now,
        expires_at=now + timedelta(hours=12),
    )  # fmt: skip


async def recount(data_dir: Path) -> tuple[Verification, list[Entry]]:
    """What `ecabinet verify` finds, and the record itself."""
    database = database_of(data_dir)
    try:
        return await verify(database, KEY), await EventLog(database, MEETING).read()
    finally:
        await database.close()


@dataclass
class Server:
    """`python -m ecabinet serve` on its own port. `module` may name another one that starts it differently."""

    data_dir: Path
    log: Path
    module: str = "ecabinet"
    tokens: dict[int, str] = field(default_factory=dict)
    port: int = field(default_factory=lambda: _free_port())
    process: "subprocess.Popen[bytes] | None" = None
    up_at: float = 0.0

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    async def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ECABINET_")}
        environment |= {"ECABINET_DATA_DIR": str(self.data_dir), "ECABINET_PORT": str(self.port)}
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", self.module, "serve", "--no-migrate"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        async with asyncio.timeout(START_S):
            await self._until_it_answers()
        self.up_at = time.monotonic()

    async def _until_it_answers(self) -> None:
        assert self.process is not None
        async with httpx2.AsyncClient(base_url=self.origin) as web:
            while True:
                assert self.process.poll() is None, self.log.read_text()
                try:
                    if (await web.get("/healthz")).status_code == 200:
                        return
                except httpx2.TransportError:
                    await asyncio.sleep(0.02)

    def kill(self) -> None:
        """SIGKILL: nothing is flushed, nobody is told."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def web(self, token: str) -> httpx2.AsyncClient:
        # No kept connection survives a kill; a fresh one each time needs no second try.
        limits = httpx2.Limits(max_keepalive_connections=0)
        headers = {"Authorization": f"Bearer {token}"}
        return httpx2.AsyncClient(base_url=self.origin, headers=headers, limits=limits, timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
