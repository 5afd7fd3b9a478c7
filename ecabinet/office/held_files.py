"""Files that were received: kept at once, so that a mistake in a form does not ask for the upload again."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Collection, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.paper.intake import check_pdf
from ecabinet.paper.workers import Workers
from ecabinet.store.database import Database
from ecabinet.store.files import FileStore
from ecabinet.store.tables import Paper, StoredFile

# As long as a form may wait for somebody to come back to it.
KEPT_FOR = timedelta(days=7)
TIDY_EVERY_S = 3600

log = structlog.get_logger()

PDF, ZIP = "application/pdf", "application/zip"
_CHUNK_BYTES = 1 << 20


class Upload(Protocol):
    """A file on its way in, as the web receives it."""

    @property
    def filename(self) -> str | None: ...

    async def read(self, size: int = -1) -> bytes: ...


@asynccontextmanager
async def on_disk(upload: Upload) -> AsyncIterator[Path]:
    """The upload as a file for the workers, gone at the end."""
    with tempfile.NamedTemporaryFile(prefix="ecabinet-upload-") as file:
        while chunk := await upload.read(_CHUNK_BYTES):
            await asyncio.to_thread(file.write, chunk)
        await asyncio.to_thread(file.flush)
        yield Path(file.name)


async def hold_pdf(
    database: Database, files: FileStore, workers: Workers, upload: Upload, *, max_bytes: int, by: int, now: datetime
) -> StoredFile:
    """Raises PaperRefused or DiskFull."""
    async with on_disk(upload) as path:
        facts = await check_pdf(workers, path, max_bytes)
        kept = await files.put(path)
    row = StoredFile(
        sha256=kept.sha256,
        size_bytes=kept.size_bytes,
        media_type=PDF,
        name=short_name(upload.filename or ""),
        pages=facts.pages,
        created_at=now,
        created_by=by,
    )
    return await _add(database, row)


async def hold_zip(
    database: Database, files: FileStore, path: Path, name: str, *, by: int, now: datetime
) -> StoredFile:
    """An archive that waits for its confirmation; looked at twice, it is one. Raises DiskFull."""
    kept = await files.put(path)
    async with database.reading() as session:
        same = (StoredFile.sha256 == kept.sha256, StoredFile.media_type == ZIP, StoredFile.created_by == by)
        found = (await session.exec(select(StoredFile).where(*same))).first()
    if found is not None:
        return found
    row = StoredFile(
        sha256=kept.sha256,
        size_bytes=kept.size_bytes,
        media_type=ZIP,
        name=short_name(name),
        created_at=now,
        created_by=by,
    )
    return await _add(database, row)


async def find_held(session: AsyncSession, ids: Collection[int], media_type: str, by: int) -> list[StoredFile]:
    """Those of the files that this person sent; what comes back from a form could name any other."""
    query = select(StoredFile).where(
        col(StoredFile.id).in_(ids), StoredFile.media_type == media_type, StoredFile.created_by == by
    )
    found = {file.id: file for file in (await session.exec(query)).all()}
    return [found[file_id] for file_id in ids if file_id in found]


async def forget_held(session: AsyncSession, held: Iterable[StoredFile]) -> None:
    """Of a form that came twice: the same bytes are kept for the first time it came."""
    for file in held:
        await session.delete(await session.get_one(StoredFile, file.id))


async def keep_tidy(database: Database, files: FileStore, clock: Callable[[], datetime]) -> None:
    """For ever, beside the server; a database that is away for a moment must not end it."""
    while True:
        await asyncio.sleep(TIDY_EVERY_S)
        try:
            await drop_forgotten(database, files, clock())
        except (SQLAlchemyError, OSError) as error:
            log.warning("not_tidied", error=repr(error))


async def drop_forgotten(database: Database, files: FileStore, now: datetime) -> None:
    """What no paper took within a week: previews that nobody confirmed, forms that nobody finished, replaced files."""
    in_use = select(col(Paper.file_id)).where(col(Paper.file_id).is_not(None))
    query = select(StoredFile).where(col(StoredFile.created_at) < now - KEPT_FOR, col(StoredFile.id).not_in(in_use))
    async with database.writing() as session:
        dropped = (await session.exec(query)).all()
        for row in dropped:
            await session.delete(row)
    async with database.reading() as session:
        named = set((await session.exec(select(StoredFile.sha256))).all())
    await files.drop({row.sha256 for row in dropped} - named, now - timedelta(days=1))


def short_name(name: str) -> str:
    """The last part of a path in one line of at most 200 characters; it is shown, never used to find the file."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char if char.isprintable() else " " for char in last).strip()[:200]


async def _add(database: Database, row: StoredFile) -> StoredFile:
    async with database.writing() as session:
        session.add(row)
    return row
