"""What the first page shows: the meetings of a person, and the papers in them that can be read."""

from collections.abc import Collection

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.store.tables import Body, Invitation, Meeting, MinutesDraft, Paper

# Enough for the years of a body that meets monthly; older ones are found at the desk.
MOST = 200


async def find_meetings_of(session: AsyncSession, person_id: int) -> list[tuple[Meeting, Body, Invitation]]:
    """The meetings in which this person takes part, the newest first; a draft, even a cancelled one, is not theirs to know."""
    query = (
        select(Meeting, Body, Invitation)
        .join(Body, col(Body.id) == col(Meeting.body_id))
        .join(Invitation, col(Invitation.meeting_id) == col(Meeting.id))
        .where(Invitation.person_id == person_id, col(Meeting.head_seq) > 0)
        .order_by(col(Meeting.starts_at).desc(), col(Meeting.id).desc())
        .limit(MOST)
    )
    return [(meeting, body, invitation) for meeting, body, invitation in (await session.exec(query)).all()]


async def count_papers(
    session: AsyncSession, meeting_ids: Collection[int], *, of_items: Collection[int] | None = None
) -> dict[int, int]:
    """Papers that can be read (their file is here); `of_items` counts only those an invitee is admitted to."""
    query = (
        select(Paper.meeting_id, func.count())
        .where(col(Paper.meeting_id).in_(meeting_ids), col(Paper.deleted_at).is_(None), col(Paper.file_id).is_not(None))
        .group_by(col(Paper.meeting_id))
    )
    if of_items is not None:
        query = query.where(col(Paper.item_id).in_(of_items))
    return dict((await session.exec(query)).all())


async def find_edited_minutes(session: AsyncSession, meeting_ids: Collection[int]) -> set[int]:
    """Those of the meetings whose minutes the secretary has begun to edit."""
    query = select(MinutesDraft.meeting_id).where(col(MinutesDraft.meeting_id).in_(meeting_ids))
    return set((await session.exec(query)).all())
