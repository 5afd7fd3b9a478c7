"""A meeting of many members on a database of its own, signed in already."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ecabinet.office.calling import calling_command
from ecabinet.office.sign_in import hash_token
from ecabinet.room.rooms import Rooms
from ecabinet.rules.rule_set import RuleSet
from ecabinet.store.database import Database
from ecabinet.store.migrate import migrate
from ecabinet.store.tables import AgendaItem, Body, Invitation, LoginSession, Meeting, Person

POLLS = 4


@dataclass(frozen=True, slots=True)
class Seated:
    """The meeting's id, the chair's token, the members' tokens, and the ids of the items for decision."""

    meeting: int
    chair: str
    members: list[str]
    items: list[int]


async def seat(url: str, members: int) -> Seated:
    """Create the schema, `members` members with a session each, and call their meeting."""
    database = Database(url)
    try:
        await migrate(database)
        meeting, tokens, items = await _rows(database, members)
        rooms = Rooms(database, _now)
        async with database.reading() as session:
            command = await calling_command(session, meeting, by=1, command_id="bench-call")
        await rooms.execute(meeting, command)
        await rooms.close()
        return Seated(meeting, tokens[0], tokens, items)
    finally:
        await database.close()


async def _rows(database: Database, members: int) -> tuple[int, list[str], list[int]]:
    tokens = [secrets.token_urlsafe(32) for _ in range(members)]
    now = _now()
    async with database.writing() as session:
        body = Body(code="bench", name_vi="UBND tỉnh", rule_set=RuleSet().to_json())
        people = [Person(username=f"member-{n}", office_vi=f"Ủy viên {n}") for n in range(members)]
        session.add_all([body, *people])
        await session.flush()
        meeting = Meeting(key="bench", body_id=body.id or 0, title_vi="Phiên họp đo", created_at=now)
        session.add(meeting)
        await session.flush()
        items = [
            AgendaItem(meeting_id=meeting.id or 0, position=n, kind="decision", title_vi=f"Nội dung {n}")
            for n in range(POLLS)
        ]
        session.add_all(items)
        for number, (person, token) in enumerate(zip(people, tokens, strict=True)):
            role = "chair" if number == 0 else "member"
            session.add(Invitation(meeting_id=meeting.id or 0, person_id=person.id or 0, role=role, position=number))
            session.add(
                LoginSession(
                    token_hash=hash_token(token), person_id=person.id, csrf_token="bench", created_at=now, seen_at=now,
                    expires_at=now + timedelta(hours=12),
                )
            )  # fmt: skip
        await session.flush()
        return meeting.id or 0, tokens, [item.id or 0 for item in items]


def _now() -> datetime:
    return datetime.now(UTC)
