"""Files that were received: kept at once, so that a mistake in a form does not ask for the upload again."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.paper.intake import check_pdf
from ecabinet.paper.workers import Workers
from ecabinet.store.database import Database
from ecabinet.store.files import FileStore
from ecabinet.store.tables import StoredFile

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
    """An archive that waits for its confirmation. Raises DiskFull."""
    kept = await files.put(path)
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


def short_name(name: str) -> str:
    """The last part of a path in one line of at most 200 characters; it is shown, never used to find the file."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char if char.isprintable() else " " for char in last).strip()[:200]


async def _add(database: Database, row: StoredFile) -> StoredFile:
    async with database.writing() as session:
        session.add(row)
    return row
