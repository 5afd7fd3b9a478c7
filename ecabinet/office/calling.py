"""Calling a meeting: the rows of the draft become the first event of its record."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.rules.agenda import depth_first
from ecabinet.rules.commands import CallMeeting
from ecabinet.rules.meeting import AgendaPaper, Item, ItemKind, MeetingHead, Participant, Role
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from ecabinet.store.tables import Agency, AgendaItem, Body, Invitation, Meeting, Paper, Person, StoredFile

_PRECEDENCE = list(Role)


async def calling_command(session: AsyncSession, meeting_id: int, by: int, command_id: str) -> CallMeeting:
    """What the meeting is when it is called: its head, the body's rule set, who takes part, the agenda with its papers.

    Raises LookupError for an unknown meeting.
    """
    meeting = await session.get(Meeting, meeting_id)
    if meeting is None:
        raise LookupError(meeting_id)
    body = await session.get_one(Body, meeting.body_id)
    return CallMeeting(
        id=command_id,
        by=by,
        head=_head(meeting, body),
        rules=RuleSet.from_json(body.rule_set),
        participants=await _participants(session, meeting_id),
        items=await _items(session, meeting_id),
    )


def _head(meeting: Meeting, body: Body) -> MeetingHead:
    return MeetingHead(
        key=meeting.key,
        kind=meeting.kind,
        title=Text(meeting.title_vi, meeting.title_en),
        body=Text(body.name_vi, body.name_en),
        superior=Text(body.superior_vi, body.superior_en),
        symbol=body.symbol,
        body_place=Text(body.place_vi, body.place_en),
        place=Text(meeting.place_vi, meeting.place_en),
        number=meeting.number,
        language=meeting.language,
        starts_at=meeting.starts_at,
        reality=meeting.reality,
    )


async def _participants(session: AsyncSession, meeting_id: int) -> tuple[Participant, ...]:
    query = (
        select(Invitation, Person)
        .join(Person, col(Person.id) == col(Invitation.person_id))
        .where(col(Invitation.meeting_id) == meeting_id, col(Person.is_active))
    )
    rows = [(invitation, person) for invitation, person in (await session.exec(query)).all()]
    rows.sort(key=lambda row: (_PRECEDENCE.index(Role(row[0].role)), row[0].position, row[1].id))
    return tuple(participant_of(invitation, person) for invitation, person in rows)


def participant_of(invitation: Invitation, person: Person) -> Participant:
    return Participant(
        person=invitation.person_id,
        role=Role(invitation.role),
        office=Text(person.office_vi, person.office_en),
        name=person.name,
        weight=invitation.weight,
        item_ids=tuple(invitation.item_ids),
        stands_for=invitation.for_person_id,
    )


async def _items(session: AsyncSession, meeting_id: int) -> tuple[Item, ...]:
    rows = (
        await session.exec(
            select(AgendaItem)
            .where(col(AgendaItem.meeting_id) == meeting_id, col(AgendaItem.deleted_at).is_(None))
            .order_by(col(AgendaItem.position), col(AgendaItem.id))
        )
    ).all()
    by_id: dict[int | None, AgendaItem] = {row.id: row for row in rows}
    # A child of a deleted parent went with it.
    order = depth_first([(row.id or 0, row.parent_id) for row in rows])
    papers = await _papers(session, meeting_id)
    agencies = {agency.id: agency for agency in (await session.exec(select(Agency))).all()}
    return tuple(_item(by_id[item_id], papers.get(item_id, ()), agencies) for item_id in order)


def _item(row: AgendaItem, papers: Sequence[AgendaPaper], agencies: dict[Any, Agency]) -> Item:
    agency = agencies.get(row.agency_id)
    return Item(
        id=row.id or 0,
        kind=ItemKind(row.kind),
        title=Text(row.title_vi, row.title_en),
        parent=row.parent_id,
        presenter=Text(row.presenter_vi, row.presenter_en),
        agency=Text(agency.name_vi, agency.name_en) if agency else Text(),
        planned_minutes=row.planned_minutes,
        papers=tuple(papers),
    )


async def _papers(session: AsyncSession, meeting_id: int) -> dict[int, list[AgendaPaper]]:
    query = (
        select(Paper, StoredFile)
        .join(StoredFile, col(StoredFile.id) == col(Paper.file_id), isouter=True)
        .where(col(Paper.meeting_id) == meeting_id, col(Paper.deleted_at).is_(None))
        .order_by(col(Paper.position), col(Paper.id))
    )
    papers: dict[int, list[AgendaPaper]] = {}
    for paper, file in (await session.exec(query)).all():
        papers.setdefault(paper.item_id, []).append(agenda_paper(paper, file))
    return papers


def agenda_paper(paper: Paper, file: StoredFile | None) -> AgendaPaper:
    """A paper's row as the tablets see it."""
    return AgendaPaper(
        id=paper.id or 0,
        title=Text(paper.title_vi, paper.title_en),
        number=paper.number,
        kind=paper.kind,
        pages=file.pages if file else None,
        file=file is not None,
    )
