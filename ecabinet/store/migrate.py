"""Brings a database to the newest schema; run as a module, writes the next migration for a developer."""

import asyncio
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from ecabinet.store import tables
from ecabinet.store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
# Any number, as long as every process that migrates this product takes the same lock.
_POSTGRES_LOCK = 4207849484
_METADATA = tables.Person.metadata


async def migrate(database: Database) -> None:
    """Bring the schema to the newest revision in one transaction; two processes at once take turns."""
    if await is_current(database):
        return
    async with database.writing_connection() as connection:
        if not database.is_sqlite:
            await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_POSTGRES_LOCK})")
        await connection.run_sync(_run, command.upgrade, "head")


async def is_current(database: Database) -> bool:
    """Whether the database stands at the newest revision; an empty one does not."""
    async with database.engine.connect() as connection:
        revision = await connection.run_sync(_revision)
    return revision == _script().get_current_head()


async def differences(database: Database) -> list[Any]:
    """What the tables in code have and the migrated database has not, or the other way round."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_compare)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _run(connection: Connection, what: Callable[..., Any], *arguments: Any, **options: Any) -> None:
    config = _config()
    config.attributes["connection"] = connection
    what(config, *arguments, **options)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _compare(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, _METADATA))


def _next_revision() -> str:
    # Counted, not random: the order of the files is the order of the changes.
    return f"{sum(1 for _ in _script().walk_revisions()) + 1:04d}"


async def write_migration(message: str) -> None:
    """Compare a freshly migrated database with the tables in code and write what differs as a migration."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{folder}/compare.db")
        await migrate(database)
        async with database.writing_connection() as connection:
            await connection.run_sync(
                _run, command.revision, message=message, autogenerate=True, rev_id=_next_revision()
            )
        await database.close()


if __name__ == "__main__":
    asyncio.run(write_migration(" ".join(sys.argv[1:])))
