"""A migrated database, and on it a body with a draft meeting as a secretary would find them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import SQLModel, select

from ecabinet.office.meetings import MeetingFields, create_meeting
from ecabinet.rules.rule_set import RuleSet
from ecabinet.store.database import Database
from ecabinet.store.tables import AuditEntry, Body, Membership, Person

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
MEETS_AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@dataclass
class Draft:
    """Ids of what stands in the database."""

    database: Database
    body: int
    meeting: int
    chair: int
    deputy: int
    member: int
    secretary: int
    expert: int
    screen: int

    async def audited(self, subject: str) -> list[str]:
        """The actions on this kind of thing, the oldest first."""
        async with self.database.reading() as session:
            query = select(AuditEntry.action).where(AuditEntry.subject == subject).order_by(AuditEntry.id)  # type: ignore[arg-type]
            return list((await session.exec(query)).all())


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/ecabinet.db")
    async with database.engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    yield database
    await database.close()


@pytest.fixture
async def draft(database: Database) -> Draft:
    async with database.writing() as session:
        people = [
            Person(username="chair", office_vi="Chủ tịch UBND tỉnh", office_en="Chair"),
            Person(username="deputy", office_vi="Phó Chủ tịch", office_en="Vice Chair"),
            Person(username="tourism", office_vi="Giám đốc Sở Du lịch", office_en="Director of Tourism"),
            Person(username="office", office_vi="Chuyên viên Văn phòng", office_en="Desk officer", is_secretariat=True),
            Person(username="expert", office_vi="Giám đốc Bảo tàng", office_en="Director of the Museum"),
            Person(username="screen", office_vi="Màn hình phòng họp", office_en="Screen", kind="screen"),
        ]
        body = Body(code="ubnd", name_vi="UBND tỉnh", name_en="People's Committee", rule_set=RuleSet().to_json())
        session.add_all([*people, body])
        await session.flush()
        ids = [person.id or 0 for person in people]
        for position, (person, role) in enumerate(zip(ids, ("chair", "deputy", "member"), strict=False), 1):
            session.add(Membership(body_id=body.id or 0, person_id=person, role=role, position=position))
        await session.flush()
        fields = MeetingFields(
            body_id=body.id or 0, title_vi="Phiên họp tháng 11", number="11", place_vi="Phòng họp 1", starts_at=MEETS_AT
        )
        meeting = await create_meeting(session, fields, by=ids[3], now=NOW)
        return Draft(database, body.id or 0, meeting.id or 0, *ids)
