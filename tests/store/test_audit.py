"""The audit: one entry a change, in the transaction of the change."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ecabinet.store.audit import DETAIL_LIMIT, add_audit, find_entries, one_line
from ecabinet.store.database import Database
from ecabinet.store.migrate import migrate
from ecabinet.store.tables import Person

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Sở Du lịch", "Sở Du lịch"),
        ("a\n24/11/2026 forged", r"a\n24/11/2026 forged"),
        ("a\r\x1b[31mred", r"a\r\x1b[31mred"),
        ("line\u2028separator", r"line\u2028separator"),
    ],
)
def test_no_value_can_forge_a_second_line(text: str, kept: str) -> None:
    assert one_line(text) == kept


async def test_entry_is_stored_with_its_change_or_not_at_all(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/ecabinet.db")
    await migrate(database)
    with pytest.raises(ZeroDivisionError):
        async with database.writing() as session:
            add_audit(session, at=NOW, by=None, action="added", subject="person")
            raise ZeroDivisionError
    async with database.writing() as session:
        session.add(Person(id=1, username="thuky", office_vi="Chánh Văn phòng"))
        await session.flush()
        add_audit(session, at=NOW, by=1, action="changed", subject="person", subject_id=7, detail="x" * 5000)
    async with database.reading() as session:
        [(entry, person)] = await find_entries(session)
        assert (entry.subject_id, len(entry.detail), person and person.username) == ("7", DETAIL_LIMIT, "thuky")
        assert await find_entries(session, words="nothing like it") == []
        assert [found.id for found, _ in await find_entries(session, words="thuky", subject="person")] == [entry.id]
        assert await find_entries(session, before_id=entry.id) == []
    await database.close()
