"""The schema: one migration path, the same tables as in code, safe to take twice and at once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, inspect

from ecabinet.store.database import Database
from ecabinet.store.migrate import _run, differences, is_current, migrate
from ecabinet.store.tables import Agency


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/ecabinet.db")
    yield database
    await database.close()


async def table_names(database: Database) -> list[str]:
    def names(connection: Connection) -> list[str]:
        return sorted(inspect(connection).get_table_names())

    async with database.engine.connect() as connection:
        return await connection.run_sync(names)


async def test_migrated_database_equals_the_tables_in_code(empty: Database) -> None:
    await migrate(empty)
    assert await differences(empty) == []


async def test_difference_is_noticed(empty: Database) -> None:
    await migrate(empty)
    async with empty.writing_connection() as connection:
        await connection.exec_driver_sql("ALTER TABLE agency ADD COLUMN stray INTEGER")
    assert [difference[0] for difference in await differences(empty)] == ["remove_column"]


async def test_migrating_twice_changes_nothing(empty: Database) -> None:
    await migrate(empty)
    async with empty.writing() as session:
        session.add(Agency(code="so-du-lich", name_vi="Sở Du lịch"))
    await migrate(empty)
    assert await is_current(empty)
    async with empty.reading() as session:
        assert await session.get(Agency, 1) is not None


async def test_processes_that_start_together_take_turns(empty: Database) -> None:
    others = [Database(empty.url) for _ in range(4)]
    await asyncio.gather(migrate(empty), *(migrate(other) for other in others))
    assert await differences(empty) == []
    for other in others:
        await other.close()


async def test_every_migration_can_be_taken_back(empty: Database) -> None:
    await migrate(empty)
    async with empty.writing_connection() as connection:
        await connection.run_sync(_run, command.downgrade, "base")
    assert await table_names(empty) == ["alembic_version"]
    await migrate(empty)
    assert await differences(empty) == []
