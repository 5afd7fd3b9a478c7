"""What a failed statement tells: which it was, never the values in it."""

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from ecabinet.store.database import Database
from ecabinet.store.tables import Ballot


async def test_a_failed_statement_does_not_tell_its_values(tmp_path: Path) -> None:
    """Its words go to the log as they are, and a ballot may be among them."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/ecabinet.db")
    async with database.engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    with pytest.raises(IntegrityError) as failed:
        async with database.writing() as session:
            session.add(Ballot(meeting_id=99, poll_id="item-1", seat_id=7, seq=1, choice="against"))
    await database.close()
    assert "INSERT INTO ballot" in str(failed.value)
    assert "against" not in str(failed.value)
