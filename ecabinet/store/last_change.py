"""Who changed a thing last, for two people who edit it at once."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.store.tables import AuditEntry, Person


async def find_last_change(
    session: AsyncSession, subject: str, subject_id: object
) -> tuple[AuditEntry, Person | None] | None:
    query = (
        select(AuditEntry, Person)
        .join(Person, col(Person.id) == col(AuditEntry.by), isouter=True)
        .where(AuditEntry.subject == subject, AuditEntry.subject_id == str(subject_id))
        .order_by(col(AuditEntry.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()
