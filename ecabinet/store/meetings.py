"""Meetings as rows: lists for the desk, look-ups by key and number."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.store.tables import AgendaItem, Body, Meeting, Membership, Paper


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as a list shows it."""

    meeting: Meeting
    body: Body
    items: int
    papers: int


async def find_meeting_lines(
    session: AsyncSession, body_ids: Collection[int], stages: Collection[str]
) -> list[MeetingLine]:
    """Undated meetings first (they wait for a date), then the newest first."""
    query = (
        select(Meeting, Body)
        .join(Body, col(Body.id) == col(Meeting.body_id))
        .where(col(Meeting.body_id).in_(body_ids), col(Meeting.stage).in_(stages))
        .order_by(col(Meeting.starts_at).is_not(None), col(Meeting.starts_at).desc(), col(Meeting.id).desc())
    )
    found = list((await session.exec(query)).all())
    ids = [meeting.id for meeting, _ in found if meeting.id is not None]
    items, papers = await _count(session, AgendaItem, ids), await _count(session, Paper, ids)
    return [MeetingLine(m, body, items.get(m.id or 0, 0), papers.get(m.id or 0, 0)) for m, body in found]


async def _count(session: AsyncSession, table: type[AgendaItem] | type[Paper], ids: Collection[int]) -> dict[int, int]:
    """How many living rows each meeting has."""
    query = (
        select(table.meeting_id, func.count())
        .where(col(table.meeting_id).in_(ids), col(table.deleted_at).is_(None))
        .group_by(col(table.meeting_id))
    )
    return {meeting_id: count for meeting_id, count in (await session.exec(query)).all()}


async def count_by_stage(session: AsyncSession, body_ids: Collection[int]) -> dict[str, int]:
    query = select(Meeting.stage, func.count()).where(col(Meeting.body_id).in_(body_ids)).group_by(Meeting.stage)
    return {stage: count for stage, count in (await session.exec(query)).all()}


async def find_meeting(session: AsyncSession, meeting_id: int, *, for_change: bool = False) -> Meeting | None:
    """`for_change` holds the row until the transaction ends, so that two secretaries take turns on PostgreSQL too."""
    query = select(Meeting).where(Meeting.id == meeting_id)
    if for_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(query)).first()


async def find_by_key(session: AsyncSession, key: str) -> Meeting | None:
    return (await session.exec(select(Meeting).where(Meeting.key == key))).first()


async def find_keys_like(session: AsyncSession, start: str) -> set[str]:
    return set((await session.exec(select(Meeting.key).where(col(Meeting.key).startswith(start)))).all())


async def find_numbered(session: AsyncSession, body_id: int) -> list[Meeting]:
    """The meetings of the body that have a number, cancelled ones aside."""
    query = select(Meeting).where(Meeting.body_id == body_id, Meeting.number != "", Meeting.stage != "cancelled")
    return list((await session.exec(query)).all())


async def find_body(session: AsyncSession, body_id: int) -> Body | None:
    return await session.get(Body, body_id)


async def find_body_by_code(session: AsyncSession, code: str) -> Body | None:
    return (await session.exec(select(Body).where(Body.code == code))).first()


async def find_bodies_prepared(session: AsyncSession, *, secretary_id: int | None = None) -> list[Body]:
    """All bodies, those that still meet first; with `secretary_id` those in whose secretariat this person is."""
    query = select(Body).order_by(col(Body.is_active).desc(), col(Body.name_vi))
    if secretary_id is not None:
        query = query.join(Membership, col(Membership.body_id) == col(Body.id)).where(
            Membership.person_id == secretary_id, Membership.role == "secretariat", col(Membership.is_active)
        )
    return list((await session.exec(query)).all())


async def is_secretary_of(session: AsyncSession, person_id: int, body_id: int) -> bool:
    query = select(Membership.id).where(
        Membership.body_id == body_id,
        Membership.person_id == person_id,
        Membership.role == "secretariat",
        col(Membership.is_active),
    )
    return (await session.exec(query)).first() is not None
