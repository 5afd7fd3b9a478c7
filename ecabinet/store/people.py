"""People, agencies and bodies: what is asked of them."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.store.tables import Agency, Body, Membership, Person


class Missing(Exception):
    """No row with this id; pages answer 'not found'."""


async def get_person(session: AsyncSession, person_id: int) -> Person:
    """Raises Missing."""
    person = await session.get(Person, person_id)
    if person is None:
        raise Missing(f"person {person_id}")
    return person


async def find_person_by_username(session: AsyncSession, username: str) -> Person | None:
    return (await session.exec(select(Person).where(Person.username == username))).first()


async def find_people(session: AsyncSession) -> list[tuple[Person, Agency | None]]:
    """Everybody with their agency, the active first, in the order of offices."""
    query = (
        select(Person, Agency)
        .join(Agency, col(Agency.id) == col(Person.agency_id), isouter=True)
        .order_by(col(Person.is_active).desc(), col(Agency.position), col(Person.office_vi), col(Person.username))
    )
    return [(person, agency) for person, agency in (await session.exec(query)).all()]


async def get_agency(session: AsyncSession, agency_id: int) -> Agency | None:
    return await session.get(Agency, agency_id)


async def find_agencies(session: AsyncSession, *, only_active: bool = False) -> list[Agency]:
    query = select(Agency).order_by(col(Agency.is_active).desc(), col(Agency.position), col(Agency.name_vi))
    if only_active:
        query = query.where(col(Agency.is_active))
    return list((await session.exec(query)).all())


async def find_bodies(session: AsyncSession) -> list[Body]:
    query = select(Body).order_by(col(Body.is_active).desc(), col(Body.name_vi))
    return list((await session.exec(query)).all())


async def get_body(session: AsyncSession, body_id: int) -> Body:
    """Raises Missing."""
    body = await session.get(Body, body_id)
    if body is None:
        raise Missing(f"body {body_id}")
    return body


async def find_members(session: AsyncSession, body_id: int) -> list[tuple[Membership, Person]]:
    """The active seats of a body in their order of precedence."""
    query = (
        select(Membership, Person)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(Membership.body_id == body_id, col(Membership.is_active))
        .order_by(col(Membership.position), col(Membership.id))
    )
    return [(membership, person) for membership, person in (await session.exec(query)).all()]
