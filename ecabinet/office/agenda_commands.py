"""Agenda folders at the command line: in and out by the key of the meeting."""

from datetime import UTC, datetime
from pathlib import Path

from ecabinet.office.agenda_export import export_agenda
from ecabinet.office.agenda_import import import_folder
from ecabinet.office.agenda_plan import ImportPlan
from ecabinet.paper.intake import PdfFacts, check_pdf
from ecabinet.paper.workers import Workers
from ecabinet.store.database import Database
from ecabinet.store.files import FileStore
from ecabinet.store.meetings import find_by_key


async def import_one(database: Database, folder: Path, files_dir: Path, max_paper_bytes: int) -> ImportPlan:
    """What was done. Raises AgendaFileInvalid, ImportRefused or DiskFull."""
    async with Workers() as workers:

        async def check(path: Path) -> PdfFacts:
            return await check_pdf(workers, path, max_paper_bytes)

        outcome = await import_folder(database, folder, FileStore(files_dir), check, now=datetime.now(UTC), by=None)
    return outcome.plan


async def export_one(database: Database, key: str, files_dir: Path, folder: Path) -> None:
    """Raises LookupError, FolderNotEmpty or DiskFull."""
    async with database.reading() as session:
        meeting = await find_by_key(session, key)
        if meeting is None or meeting.id is None:
            raise LookupError(key)
        await export_agenda(session, meeting.id, FileStore(files_dir), folder)
