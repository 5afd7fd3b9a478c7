"""The papers of an agenda folder on their way in: looked at first, kept before the transaction begins."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.paper.agenda_files import find_paper
from ecabinet.paper.agenda_parts import AgendaFile
from ecabinet.paper.agenda_problems import AgendaFileInvalid, Problem
from ecabinet.paper.refusals import PaperRefused
from ecabinet.rules.text import Text
from ecabinet.store.files import FileStore
from ecabinet.store.tables import StoredFile

MEDIA_TYPE = "application/pdf"


class HasPages(Protocol):
    @property
    def pages(self) -> int: ...


Check = Callable[[Path], Awaitable[HasPages]]


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    """A file of the folder that may be taken in."""

    path: Path
    sha256: str
    size_bytes: int
    pages: int | None


Papers = Mapping[str, CheckedPaper]


async def check_papers(agenda: AgendaFile, check: Check, known: Mapping[str, int | None]) -> dict[str, CheckedPaper]:
    """Each file by the name that the agenda gives it; `known` are the pages of files that were checked before.

    Raises AgendaFileInvalid with every paper that cannot be taken.
    """
    papers, problems = {}, []
    for name in dict.fromkeys(paper.file for paper in agenda.every_paper() if paper.file):
        try:
            papers[name] = await _checked(agenda.folder, name, check, known)
        except PaperRefused as refusal:
            problems.append(Problem(name, None, refusal.text, Text()))
    if problems:
        raise AgendaFileInvalid(problems)
    return papers


async def keep_papers(papers: Papers, files: FileStore) -> None:
    """Their bytes into the files folder; a file without a row is invisible, so a failed import leaves nothing to see.

    Raises DiskFull, or ValueError when a file changed since it was checked.
    """
    for paper in papers.values():
        kept = await files.put(paper.path)
        if kept.sha256 != paper.sha256:
            raise ValueError(f"{paper.path.name} changed while it was being imported")


async def known_pages(session: AsyncSession) -> dict[str, int | None]:
    """SHA-256 -> pages of the papers that are kept already."""
    query = select(StoredFile.sha256, StoredFile.pages).where(col(StoredFile.media_type) == MEDIA_TYPE)
    return dict((await session.exec(query)).all())


async def _checked(folder: Path, name: str, check: Check, known: Mapping[str, int | None]) -> CheckedPaper:
    path = find_paper(folder, name)
    if path is None:
        raise PaperRefused("empty_file")
    sha256, size = await asyncio.to_thread(_measured, path)
    pages = known[sha256] if sha256 in known else (await check(path)).pages
    return CheckedPaper(path, sha256, size, pages)


def _measured(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
