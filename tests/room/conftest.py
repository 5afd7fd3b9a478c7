"""A called meeting of 25 members on a real SQLite database, and a Room for it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from ecabinet.room.room import Done, Outcome, Room
from ecabinet.room.rooms import Rooms
from ecabinet.rules.commands import CallMeeting, Command
from ecabinet.rules.meeting import Item, ItemKind, MeetingHead, Participant, Role
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from ecabinet.store.database import Database
from ecabinet.store.tables import AgendaItem, Body, Meeting

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
CHAIR, SECRETARY, INVITEE, SCREEN, STRANGER = 1, 90, 91, 92, 999
MEMBERS = range(1, 26)


@dataclass
class Session:
    """Short words for a test: `await session.do(CheckIn, by=3)`."""

    rooms: Rooms
    database: Database
    meeting_id: int
    clock: list[datetime] = field(default_factory=lambda: [NOW])
    _ids: int = 0

    async def room(self) -> Room:
        return await self.rooms.room(self.meeting_id)

    async def do(self, kind: type[Command], by: int = CHAIR, id: str = "", **fields: Any) -> Outcome:
        self._ids += 1
        return await self.rooms.execute(self.meeting_id, kind(id=id or f"c-{self._ids}", by=by, **fields))

    async def done(self, kind: type[Command], by: int = CHAIR, id: str = "", **fields: Any) -> Done:
        outcome = await self.do(kind, by, id, **fields)
        assert isinstance(outcome, Done), outcome
        return outcome


async def new_meeting(database: Database, key: str) -> int:
    """A draft meeting with two items, as rows."""
    async with database.writing() as session:
        body = Body(code=key, name_vi="UBND tỉnh")
        session.add(body)
        await session.flush()
        meeting = Meeting(key=key, body_id=body.id or 0, created_at=NOW)
        session.add(meeting)
        await session.flush()
        for position, title in enumerate(("Khai mạc", "Đề án du lịch")):
            session.add(AgendaItem(meeting_id=meeting.id or 0, position=position, title_vi=title))
        return meeting.id or 0


def call(by: int = SECRETARY, rules: RuleSet | None = None) -> CallMeeting:
    members = tuple(
        Participant(n, Role.CHAIR if n == CHAIR else Role.MEMBER, Text(f"Ủy viên {n}", f"Member {n}")) for n in MEMBERS
    )
    others = (
        Participant(SECRETARY, Role.SECRETARIAT, Text("Thư ký", "Secretary")),
        Participant(INVITEE, Role.INVITEE, Text("Khách mời", "Invitee"), item_ids=(1,)),
        Participant(SCREEN, Role.SCREEN, Text("Màn hình", "Screen")),
    )
    items = (
        Item(1, ItemKind.FORMAL, Text("Khai mạc", "Opening")),
        Item(2, ItemKind.DECISION, Text("Đề án du lịch", "Tourism scheme")),
    )
    head = MeetingHead("thuong-ky-12", "ordinary", Text("Phiên họp tháng 12"), Text("UBND tỉnh"))
    return CallMeeting(
        id="call", by=by, head=head, rules=rules or RuleSet(), participants=members + others, items=items
    )


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/ecabinet.db")
    async with database.engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    yield database
    await database.close()


@pytest.fixture
async def session(database: Database) -> AsyncIterator[Session]:
    clock = [NOW]
    rooms = Rooms(database, lambda: clock[0], build="b1")
    session = Session(rooms, database, await new_meeting(database, "thuong-ky-12"), clock)
    await rooms.execute(session.meeting_id, call())
    yield session
    await rooms.close()
