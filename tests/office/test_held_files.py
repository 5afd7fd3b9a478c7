"""Files that were received and never taken by a paper: kept for a week, then gone with their bytes."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from ecabinet.office.held_files import KEPT_FOR, PDF, ZIP, drop_forgotten, hold_zip
from ecabinet.store.database import Database
from ecabinet.store.files import FileStore
from ecabinet.store.tables import AgendaItem, Body, Meeting, Paper, Person, StoredFile
from tests.office.conftest import NOW

LATER = NOW + KEPT_FOR + timedelta(hours=1)


@pytest.fixture
async def files(database: Database, tmp_path: Path) -> FileStore:
    """A called-for PDF, a forgotten one, one of the same bytes as the first, and a forgotten zip."""
    files = FileStore(tmp_path / "files")
    async with database.writing() as session:
        session.add(Person(id=1, username="thuky", office_vi="Thư ký"))
        session.add(Body(id=1, code="ubnd", name_vi="UBND"))
        session.add(Meeting(id=1, key="m", body_id=1, created_at=NOW))
        await session.flush()
        session.add(AgendaItem(id=1, meeting_id=1))
        for number, (content, kind) in enumerate(
            ((b"in use", PDF), (b"left", PDF), (b"in use", PDF), (b"zip", ZIP)), 1
        ):
            kept = await files.put(content)
            os.utime(files.path(kept.sha256), times=(NOW.timestamp(), NOW.timestamp()))
            session.add(
                StoredFile(
                    id=number, sha256=kept.sha256, size_bytes=9, media_type=kind, name="a", created_at=NOW, created_by=1
                )
            )
        await session.flush()
        # A removed paper may still be brought back.
        session.add(Paper(meeting_id=1, item_id=1, file_id=1, deleted_at=NOW))
    return files


async def _ids(database: Database) -> list[int | None]:
    async with database.reading() as session:
        return list((await session.exec(select(StoredFile.id).order_by(StoredFile.id))).all())  # type: ignore[arg-type]


def _contents(files: FileStore) -> set[bytes]:
    return {path.read_bytes() for path in files.folder.rglob("*") if path.is_file()}


async def test_a_week_is_waited(database: Database, files: FileStore) -> None:
    await drop_forgotten(database, files, NOW + KEPT_FOR - timedelta(minutes=1))
    assert await _ids(database) == [1, 2, 3, 4]


async def test_what_no_paper_took_goes_with_its_bytes(database: Database, files: FileStore) -> None:
    await drop_forgotten(database, files, LATER)
    assert await _ids(database) == [1]
    assert _contents(files) == {b"in use"}


async def test_bytes_that_were_sent_again_meanwhile_stay(database: Database, files: FileStore) -> None:
    """Their new row may not be there yet."""
    kept = await files.put(b"left")
    os.utime(files.path(kept.sha256), times=(LATER.timestamp(), LATER.timestamp()))
    await drop_forgotten(database, files, LATER)
    assert _contents(files) == {b"in use", b"left"}


async def test_what_a_stopped_server_left_half_done_goes(database: Database, files: FileStore) -> None:
    """But whole files without a row stay: the database may be one that was restored from yesterday."""
    kept = await files.put(b"of tomorrow")
    part = files.path(kept.sha256).with_name(f".{kept.sha256}.0123456789abcdef")
    part.write_bytes(b"of tom")
    for path in (files.path(kept.sha256), part):
        os.utime(path, times=(NOW.timestamp(), NOW.timestamp()))
    await drop_forgotten(database, files, NOW + timedelta(hours=25))
    assert _contents(files) == {b"in use", b"left", b"zip", b"of tomorrow"}


async def test_a_file_sent_again_counts_as_used(files: FileStore) -> None:
    kept = await files.put(b"left")
    assert files.path(kept.sha256).stat().st_mtime > NOW.timestamp()


async def test_a_zip_looked_at_twice_is_one(database: Database, files: FileStore, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"zip")
    again = await hold_zip(database, files, tmp_path / "a.zip", "b.zip", by=1, now=LATER)
    assert again.id == 4 and await _ids(database) == [1, 2, 3, 4]
