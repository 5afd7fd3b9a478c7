"""Importing an agenda: a plan that is shown, then one transaction that does exactly it; twice changes nothing."""

import asyncio
from datetime import datetime
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.agenda_papers import Check, Papers, check_papers, keep_papers, known_pages
from ecabinet.office.agenda_plan import AgendaPlanChanged, ImportOutcome, ImportPlan, ImportRefused
from ecabinet.office.agenda_reconcile import Reconciler
from ecabinet.office.agenda_refusals import refusals
from ecabinet.office.agenda_settle import Settler
from ecabinet.paper.agenda_file import read_agenda
from ecabinet.paper.agenda_parts import AgendaFile
from ecabinet.store.database import Database
from ecabinet.store.files import FileStore


async def preview_import(session: AsyncSession, agenda: AgendaFile, papers: Papers) -> ImportPlan:
    """What the import would do now; the session is only read from."""
    refused = await refusals(session, agenda)
    if refused:
        return ImportPlan(agenda.meeting.title, (), refused)
    settler = Settler(session, dry=True)
    await Reconciler(settler, papers).take(agenda)
    return ImportPlan(agenda.meeting.title, tuple(settler.lines))


async def import_agenda(
    session: AsyncSession,
    agenda: AgendaFile,
    papers: Papers,
    *,
    now: datetime,
    by: int | None,
    shown: str = "",
    password_hash: str = "",
) -> ImportOutcome:
    """Bring the rows in line with the agenda; what it leaves out stays, and nothing is ever deleted.

    The papers must be kept already (`keep_papers`). `shown` is the digest of the plan that was confirmed. New people
    get `password_hash`: with none nobody can sign in as them until an administrator gives a password. Raises
    ImportRefused or AgendaPlanChanged; the caller's transaction then ends without a trace.
    """
    refused = await refusals(session, agenda, for_change=True)
    if refused:
        raise ImportRefused(*refused)
    settler = Settler(session, dry=False, now=now, by=by)
    meeting_id = await Reconciler(settler, papers, password_hash).take(agenda)
    plan = ImportPlan(agenda.meeting.title, tuple(settler.lines))
    if shown and shown != plan.digest:
        raise AgendaPlanChanged(plan)
    return ImportOutcome(meeting_id, plan)


async def import_folder(
    database: Database,
    folder: Path,
    files: FileStore,
    check: Check,
    *,
    now: datetime,
    by: int | None,
    password_hash: str = "",
) -> ImportOutcome:
    """All steps for one folder. Raises AgendaFileInvalid, ImportRefused or DiskFull."""
    agenda = await asyncio.to_thread(read_agenda, folder)
    async with database.reading() as session:
        known = await known_pages(session)
    papers = await check_papers(agenda, check, known)
    await keep_papers(papers, files)
    async with database.writing() as session:
        return await import_agenda(session, agenda, papers, now=now, by=by, password_hash=password_hash)
