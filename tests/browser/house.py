"""A real server process with the sample session called in it, which a test may kill, freeze and start again."""

import asyncio
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from sqlmodel import select

from ecabinet.office.agenda_import import import_folder
from ecabinet.office.calling import calling_command
from ecabinet.office.passwords import Passwords
from ecabinet.office.people import PersonFields, add_person
from ecabinet.office.sign_in import hash_token
from ecabinet.paper.intake import PdfFacts, check_pdf
from ecabinet.paper.workers import Workers
from ecabinet.resources import AGENDAS, ROOT
from ecabinet.room.rooms import Rooms
from ecabinet.rules.meeting import MEMBER_ROLES
from ecabinet.settings import Settings
from ecabinet.store.database import Database
from ecabinet.store.files import FileStore
from ecabinet.store.invitations import find_invitations
from ecabinet.store.meetings import find_by_key
from ecabinet.store.migrate import migrate
from ecabinet.store.people import find_person_by_username
from ecabinet.store.tables import LoginSession, Person

# The one complete session among the samples: 25 members, invitees, a substitute, papers as PDF.
SESSION = "tth-ubnd-2020-12"
# A real agenda that stays a draft, for the pages of the desk.
DRAFT = "welhat-cabinet-2020-11-03"

PASSWORD = "chim sẻ đậu mái đình"
# The costs stand in the hash, so the server verifies it as cheaply.
CHEAP = Passwords(time_cost=1, memory_kib=8, parallelism=1)
ADMINISTRATOR = PersonFields("quantri", "Quản trị hệ thống", "System administrator", is_administrator=True)

START_S = 60


@dataclass(frozen=True, slots=True)
class Seed:
    """What stands in `data_dir`. `tokens` are of signed-in sessions, `members` who has a seat, both by user name."""

    data_dir: Path
    meeting: int
    draft: int
    people: dict[str, int]
    members: tuple[str, ...]
    tokens: dict[str, str]


async def furnish(data_dir: Path) -> Seed:
    """Import, accounts, sessions, and the call: by the functions that the pages use."""
    data_dir.mkdir(mode=0o700)
    settings = Settings(data_dir=data_dir)
    database = Database(settings.database_url)
    try:
        await migrate(database)
        await _bring_in(database, settings)
        meeting, draft = await _call(database, SESSION), await _id_of(database, DRAFT)
        people, tokens = await _sign_everybody_in(database)
        async with database.reading() as session:
            invited = await find_invitations(session, meeting)
    finally:
        await database.close()
    members = tuple(person.username for row, person in invited if row.role in MEMBER_ROLES)
    return Seed(data_dir, meeting, draft, people, members, tokens)


async def _bring_in(database: Database, settings: Settings) -> None:
    now, password_hash = datetime.now(UTC), await CHEAP.hash(PASSWORD)
    async with database.writing() as session:
        administrator = await add_person(session, ADMINISTRATOR, by=None, now=now)
        administrator.password_hash = password_hash
    files = FileStore(settings.files_dir)
    async with Workers() as workers:

        async def check(path: Path) -> PdfFacts:
            return await check_pdf(workers, path, settings.max_upload_bytes)

        for key in (SESSION, DRAFT):
            await import_folder(
                database, AGENDAS / key, files, check, now=now, by=None, password_hash=password_hash
            )  # fmt: skip


async def _id_of(database: Database, key: str) -> int:
    async with database.reading() as session:
        meeting = await find_by_key(session, key)
    assert meeting is not None and meeting.id is not None
    return meeting.id


async def _call(database: Database, key: str) -> int:
    meeting = await _id_of(database, key)
    async with database.reading() as session:
        secretary = await find_person_by_username(session, "thuky")
        assert secretary is not None and secretary.id is not None
        command = await calling_command(session, meeting, secretary.id, "call")
    rooms = Rooms(database, lambda: datetime.now(UTC))
    await rooms.execute(meeting, command)
    await rooms.close()
    return meeting


async def _sign_everybody_in(database: Database) -> tuple[dict[str, int], dict[str, str]]:
    now = datetime.now(UTC)
    async with database.writing() as session:
        everybody = (await session.exec(select(Person))).all()
        people = {person.username: person.id or 0 for person in everybody}
        tokens = {username: secrets.token_urlsafe(32) for username in people}
        for username, token in tokens.items():
            session.add(_login(people[username], token, now))
    return people, tokens


def _login(person: int, token: str, now: datetime) -> LoginSession:
    return LoginSession(
        token_hash=hash_token(token),
        person_id=person,
        csrf_token=secrets.token_urlsafe(24),
        created_at=now,
        seen_at=now,
        expires_at=now + timedelta(hours=12),
        address="10.0.0.7",
        agent="Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1",
    )


@dataclass
class House:
    """The server on its port. `do` acts for somebody over the HTTP API, as another program would."""

    seed: Seed
    port: int
    process: subprocess.Popen[bytes] | None = None
    web: httpx2.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        # No kept connection survives a kill; a fresh one each time needs no second try.
        limits = httpx2.Limits(max_keepalive_connections=0)
        self.web = httpx2.AsyncClient(base_url=self.origin, limits=limits, timeout=START_S)

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def meeting(self) -> str:
        return f"/meetings/{self.seed.meeting}"

    async def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ECABINET_")}
        environment |= {"ECABINET_DATA_DIR": str(self.seed.data_dir), "ECABINET_PORT": str(self.port)}
        with (self.seed.data_dir / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ecabinet", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        await self._until_it_answers()

    async def _until_it_answers(self) -> None:
        """A server says nothing when it is ready, so it is asked."""
        assert self.process is not None
        async with asyncio.timeout(START_S):
            while True:
                assert self.process.poll() is None, (self.seed.data_dir / "server.log").read_text()
                try:
                    if (await self.web.get("/readyz")).status_code == 200:
                        return
                except httpx2.TransportError:
                    await asyncio.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL: nothing is flushed, nobody is told."""
        self._signal(signal.SIGKILL)
        if self.process:
            self.process.wait()
        self.process = None

    def freeze(self) -> None:
        """The server still holds its sockets and says nothing any more, like the far end of a dead Wi-Fi."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(number)

    async def close(self) -> None:
        self.kill()
        await self.web.aclose()

    def bearer(self, username: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.seed.tokens[username]}"}

    async def speak(self, username: str, language: str) -> None:
        """The language of a person is theirs, wherever they sign in."""
        answer = await self.web.post(
            "/language", data={"language": language, "next": "/"}, headers=self.bearer(username)
        )  # fmt: skip
        assert answer.status_code == 303, answer.text

    async def rows(self, query: str, *values: object) -> list[Any]:
        """Straight from the database that the server works on."""

        def read() -> list[Any]:
            with closing(sqlite3.connect(self.seed.data_dir / "ecabinet.db")) as database:
                return database.execute(query, values).fetchall()

        return await asyncio.to_thread(read)

    async def parts(self, username: str) -> dict[str, Any]:
        answer = await self.web.get(f"/api{self.meeting}/parts", headers=self.bearer(username))
        assert answer.status_code == 200, answer.text
        parts: dict[str, Any] = answer.json()["parts"]
        return parts

    async def ask(self, username: str, do: str, **fields: Any) -> dict[str, Any]:
        """The answer to a command: {"id", "done"} or {"id", "refused"}."""
        message = {"id": str(uuid.uuid4()), "do": do, **fields}
        answer = await self.web.post(f"/api{self.meeting}/commands", json=message, headers=self.bearer(username))
        found: dict[str, Any] = answer.json()
        return found

    async def do(self, username: str, do: str, **fields: Any) -> dict[str, Any]:
        """A command that must succeed; returns what was done."""
        answer = await self.ask(username, do, **fields)
        assert "done" in answer, answer
        done: dict[str, Any] = answer["done"]
        return done

    async def check_in(self, *usernames: str) -> None:
        for username in usernames:
            await self.do(username, "check_in")

    async def item(self, words: str) -> int:
        """The id of the item whose Vietnamese title begins so."""
        rows = (await self.parts("thuky"))["agenda"]["items"]
        (found,) = [row["id"] for row in rows if row["title"]["vi"].startswith(words)]
        return int(found)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
