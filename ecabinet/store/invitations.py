"""Who is invited to a meeting, as rows."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.store.tables import Invitation, Person


async def find_invitations(session: AsyncSession, meeting_id: int) -> list[tuple[Invitation, Person]]:
    """Everybody on the list, within each role in order of precedence."""
    query = (
        select(Invitation, Person)
        .join(Person, col(Person.id) == col(Invitation.person_id))
        .where(Invitation.meeting_id == meeting_id)
        .order_by(col(Invitation.position), col(Invitation.id))
    )
    return [(invitation, person) for invitation, person in (await session.exec(query)).all()]


async def find_invitation(session: AsyncSession, meeting_id: int, person_id: int) -> Invitation | None:
    query = select(Invitation).where(Invitation.meeting_id == meeting_id, Invitation.person_id == person_id)
    return (await session.exec(query)).first()
