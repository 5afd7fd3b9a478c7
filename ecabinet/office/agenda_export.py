"""Writing a meeting back as an agenda folder: the same file and the same papers that an import would take."""

import asyncio
import errno
import re
import shutil
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.local_time import ZONE
from ecabinet.paper.agenda_files import free_name
from ecabinet.paper.agenda_keys import keys
from ecabinet.paper.agenda_parts import (
    AgendaBody,
    AgendaFile,
    AgendaMeeting,
    AgendaPerson,
    ItemEntry,
    PaperEntry,
)
from ecabinet.paper.agenda_problems import AGENDA_NAME
from ecabinet.paper.agenda_writer import write_agenda
from ecabinet.rules.text import Text
from ecabinet.store.agenda import find_items, find_papers
from ecabinet.store.files import DiskFull, FileStore
from ecabinet.store.invitations import find_invitations
from ecabinet.store.meetings import find_meeting
from ecabinet.store.people import Missing, get_body
from ecabinet.store.tables import Agency, AgendaItem, Body, Invitation, Meeting, Paper, Person, StoredFile

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class FolderNotEmpty(Exception):
    """An export never writes over anything."""

    text = Text(
        "Thư mục đã có tệp. Hãy chọn một thư mục trống hoặc chưa có.",
        "The folder has files in it. Choose an empty folder or a new one.",
    )


@dataclass(frozen=True, slots=True)
class _Agenda:
    """The file, and for each of its papers' names the SHA-256 of the bytes."""

    agenda: AgendaFile
    files: dict[str, str]


async def export_agenda(session: AsyncSession, meeting_id: int, files: FileStore, folder: Path) -> AgendaFile:
    """Writes agenda.yaml and the papers into `folder`. Raises Missing, FolderNotEmpty or DiskFull."""
    exported = await _read(session, meeting_id)
    await asyncio.to_thread(_write, exported, files, folder)
    return exported.agenda


def _write(exported: _Agenda, files: FileStore, folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, sha256 in exported.files.items():
            shutil.copyfile(files.path(sha256), folder / name)
        (folder / AGENDA_NAME).write_text(write_agenda(exported.agenda), "utf-8", newline="\n")
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from error
        raise


async def _read(session: AsyncSession, meeting_id: int) -> _Agenda:
    meeting = await find_meeting(session, meeting_id)
    if meeting is None:
        raise Missing(f"meeting {meeting_id}")
    body = await get_body(session, meeting.body_id)
    agencies = {agency.id: agency for agency in (await session.exec(select(Agency).order_by(col(Agency.id)))).all()}
    rows = await find_items(session, meeting_id)
    made = keys((row.key, Text(row.title_vi, row.title_en)) for row in rows)
    item_keys = {row.id: key for row, key in zip(rows, made, strict=True)}
    names = _Names()
    papers = _papers(await find_papers(session, meeting_id), names)
    agenda = AgendaFile(
        body=_body(body),
        meeting=_meeting(meeting),
        people=_people(await find_invitations(session, meeting_id), rows, item_keys, agencies),
        items=_items(rows, None, item_keys, papers, agencies),
    )
    return _Agenda(replace(agenda, agencies=_agencies(agenda, agencies)), names.given)


def _agencies(agenda: AgendaFile, rows: dict[int | None, Agency]) -> dict[str, Text]:
    """Those that people and items name; what other meetings know of is not this file's matter."""
    names = {row.code: Text(row.name_vi, row.name_en) for row in rows.values()}
    return {code: names[code] for code in agenda.agency_codes()}


class _Names:
    """A name within the folder for each file: its own where that is safe and free."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}

    def name(self, file: StoredFile | None) -> str:
        if file is None:
            return ""
        name = free_name(file.name, {given for given, sha256 in self.given.items() if sha256 != file.sha256})
        self.given[name] = file.sha256
        return name


def _body(row: Body) -> AgendaBody:
    return AgendaBody(
        code=row.code,
        name=Text(row.name_vi, row.name_en),
        superior=Text(row.superior_vi, row.superior_en),
        place=Text(row.place_vi, row.place_en),
        symbol=row.symbol,
        language=row.language,
        rules=row.rule_set,
    )


def _meeting(row: Meeting) -> AgendaMeeting:
    local = row.starts_at.astimezone(ZONE) if row.starts_at else None
    day = local.date() if local else _day(row.when_text)
    return AgendaMeeting(
        key=row.key,
        title=Text(row.title_vi, row.title_en),
        kind=row.kind,
        number=row.number,
        place=Text(row.place_vi, row.place_en),
        day=day,
        clock=local.time() if local else None,
        when="" if day else row.when_text,
        language=row.language,
        reality=row.reality,
        source=row.source,
        facts=row.facts,
    )


def _day(words: str) -> date | None:
    """The import keeps a day without its time as words: 2020-12-24."""
    return date.fromisoformat(words) if _DAY.fullmatch(words) else None


def _people(
    invited: list[tuple[Invitation, Person]],
    rows: list[AgendaItem],
    item_keys: dict[int | None, str],
    agencies: dict[int | None, Agency],
) -> tuple[AgendaPerson, ...]:
    usernames = {person.id: person.username for _, person in invited}
    return tuple(
        AgendaPerson(
            username=person.username,
            office=Text(person.office_vi, person.office_en),
            name=person.name,
            role=invitation.role,
            agency=_code(person.agency_id, agencies),
            stands_for=usernames.get(invitation.for_person_id, ""),
            items=_admitted(invitation, rows, item_keys),
            language=person.language,
            weight=invitation.weight,
        )
        for invitation, person in invited
    )


def _admitted(
    invitation: Invitation, rows: list[AgendaItem], item_keys: dict[int | None, str]
) -> tuple[str, ...] | None:
    """Keys in agenda order, None for the whole agenda; a heading admits to what is below it."""
    admitted = set(invitation.item_ids)
    if invitation.role != "invitee" or admitted.issuperset(row.id for row in rows if row.parent_id is None):
        return None
    parents = {row.id: row.parent_id for row in rows}
    return tuple(item_keys[row.id] for row in rows if row.id in admitted and not _is_below(row.id, admitted, parents))


def _is_below(item_id: int | None, admitted: set[int], parents: dict[int | None, int | None]) -> bool:
    parent = parents.get(item_id)
    return parent is not None and (parent in admitted or _is_below(parent, admitted, parents))


def _items(
    rows: list[AgendaItem],
    parent_id: int | None,
    item_keys: dict[int | None, str],
    papers: dict[int, list[PaperEntry]],
    agencies: dict[int | None, Agency],
) -> tuple[ItemEntry, ...]:
    return tuple(
        ItemEntry(
            key=item_keys[row.id],
            title=Text(row.title_vi, row.title_en),
            kind=row.kind,
            presenter=Text(row.presenter_vi, row.presenter_en),
            agency=_code(row.agency_id, agencies),
            minutes=row.planned_minutes,
            papers=tuple(papers.get(row.id or 0, ())),
            facts=row.facts,
            items=_items(rows, row.id, item_keys, papers, agencies),
        )
        for row in rows
        if row.parent_id == parent_id
    )


def _papers(found: list[tuple[Paper, StoredFile | None]], names: _Names) -> dict[int, list[PaperEntry]]:
    by_item: dict[int, list[tuple[Paper, StoredFile | None]]] = defaultdict(list)
    for paper, file in found:
        by_item[paper.item_id].append((paper, file))
    return {item_id: _papers_of_item(rows, names) for item_id, rows in by_item.items()}


def _papers_of_item(rows: list[tuple[Paper, StoredFile | None]], names: _Names) -> list[PaperEntry]:
    made = keys((row.key, Text(row.title_vi, row.title_en)) for row, _ in rows)
    return [_paper(row, key, names.name(file)) for (row, file), key in zip(rows, made, strict=True)]


def _paper(row: Paper, key: str, file: str) -> PaperEntry:
    return PaperEntry(
        key=key,
        title=Text(row.title_vi, row.title_en),
        file=file,
        number=row.number,
        kind=row.kind or "other",
        issuer=row.issuer,
        issued_on=row.issued_on,
        language=row.language,
        note=row.note,
    )


def _code(agency_id: int | None, agencies: dict[int | None, Agency]) -> str:
    agency = agencies.get(agency_id)
    return agency.code if agency else ""
