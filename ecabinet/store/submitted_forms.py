"""One-time keys of forms, so that a double submit changes nothing twice."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, text
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.store.columns import Moment
from ecabinet.store.tables import SubmittedForm

KEPT_FOR = timedelta(days=7)

# On PostgreSQL the second of two at once waits here until the first has committed, and then finds its outcome.
_CLAIM = text(
    "INSERT INTO submitted_form (key, at, outcome) VALUES (:key, :at, '') ON CONFLICT (key) DO NOTHING"
).bindparams(bindparam("at", type_=Moment()))


async def claim_form(session: AsyncSession, key: str, now: datetime) -> bool:
    """Whether this is the first time; to be called in the transaction of the change."""
    connection = await session.connection()
    result = await connection.execute(_CLAIM, {"key": key, "at": now})
    return bool(result.rowcount)


async def settle_form(session: AsyncSession, key: str, outcome: str) -> None:
    await session.exec(update(SubmittedForm).where(col(SubmittedForm.key) == key).values(outcome=outcome))


async def find_outcome(session: AsyncSession, key: str) -> str:
    return (await session.exec(select(SubmittedForm.outcome).where(SubmittedForm.key == key))).one()


async def delete_old_forms(session: AsyncSession, now: datetime) -> None:
    await session.exec(delete(SubmittedForm).where(col(SubmittedForm.at) < now - KEPT_FOR))
