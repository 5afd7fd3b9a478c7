"""Which bodies' meetings somebody prepares: the secretariat all of them, a body's own secretary that body's."""

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.store.meetings import find_bodies_prepared, is_secretary_of
from ecabinet.store.tables import Body, Person


async def bodies_prepared_by(session: AsyncSession, person: Person) -> list[Body]:
    """Those that no longer meet come last: their meetings can be read, none can be added."""
    return await find_bodies_prepared(session, secretary_id=None if person.is_secretariat else person.id)


async def prepares(session: AsyncSession, person: Person, body_id: int) -> bool:
    return person.is_secretariat or await is_secretary_of(session, person.id or 0, body_id)
