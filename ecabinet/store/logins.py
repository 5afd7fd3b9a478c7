"""Signed-in sessions and failed sign-ins."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import text
from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.store.tables import LoginFailure, LoginSession, Person


async def find_login(session: AsyncSession, token_hash: str, now: datetime) -> tuple[LoginSession, Person] | None:
    """The session of this token with its person, while it lasts and the account is active."""
    query = _alive(now).where(LoginSession.token_hash == token_hash)
    found: tuple[LoginSession, Person] | None = (await session.exec(query)).first()
    return found


async def find_living_hashes(session: AsyncSession, hashes: Iterable[str], now: datetime) -> set[str]:
    """Those of `hashes` whose session still lasts. Asked twice a second for every open tablet: rows would cost more
    than all pushes together."""
    query = _while_alive(select(LoginSession.token_hash), now).where(col(LoginSession.token_hash).in_(list(hashes)))
    return set((await session.exec(query)).all())


async def find_logins_of(session: AsyncSession, person_id: int, now: datetime) -> list[LoginSession]:
    query = (
        select(LoginSession)
        .where(LoginSession.person_id == person_id, col(LoginSession.expires_at) > now)
        .order_by(col(LoginSession.seen_at).desc())
    )
    return list((await session.exec(query)).all())


async def extend_login(session: AsyncSession, token_hash: str, *, seen_at: datetime, expires_at: datetime) -> None:
    query = update(LoginSession).where(col(LoginSession.token_hash) == token_hash)
    await session.exec(query.values(seen_at=seen_at, expires_at=expires_at))


async def delete_login(session: AsyncSession, token_hash: str) -> None:
    await session.exec(delete(LoginSession).where(col(LoginSession.token_hash) == token_hash))


async def delete_logins_of(session: AsyncSession, person_id: int, *, keep: str = "") -> None:
    """End every session of the person, but the one whose hash is `keep`."""
    query = delete(LoginSession).where(col(LoginSession.person_id) == person_id)
    await session.exec(query.where(col(LoginSession.token_hash) != keep))


async def delete_expired_logins(session: AsyncSession, now: datetime) -> None:
    await session.exec(delete(LoginSession).where(col(LoginSession.expires_at) <= now))


async def take_turn(session: AsyncSession, account: str) -> None:
    """Attempts on one account wait for one another to be counted; writers on SQLite do so anyway."""
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:account))"), {"account": account})


async def count_failures(
    session: AsyncSession, since: datetime, *, username: str = "", address: str = ""
) -> tuple[int, datetime | None]:
    """How many sign-ins failed since then for this account and/or address, and when the first of them did."""
    query = select(func.count(), func.min(LoginFailure.at)).where(col(LoginFailure.at) > since)
    if username:
        query = query.where(LoginFailure.username == username)
    if address:
        query = query.where(LoginFailure.address == address)
    return (await session.exec(query)).one()


async def delete_failures(session: AsyncSession, *, username: str, address: str) -> None:
    """Forget the failures of this account from this address: it has just signed in."""
    query = delete(LoginFailure).where(col(LoginFailure.username) == username)
    await session.exec(query.where(col(LoginFailure.address) == address))


async def delete_failures_before(session: AsyncSession, then: datetime) -> None:
    await session.exec(delete(LoginFailure).where(col(LoginFailure.at) <= then))


def _alive(now: datetime):  # type: ignore[no-untyped-def]
    return _while_alive(select(LoginSession, Person), now)


def _while_alive(query, now: datetime):  # type: ignore[no-untyped-def]
    """Of sessions that have not ended, of people who may sign in."""
    return query.join(Person, col(Person.id) == col(LoginSession.person_id)).where(
        col(LoginSession.expires_at) > now, col(Person.is_active)
    )
