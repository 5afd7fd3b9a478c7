"""Who did what and when outside the record of a meeting."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.store.tables import AuditEntry, Person

PAGE_SIZE = 100
DETAIL_LIMIT = 2000


def add_audit(
    session: AsyncSession,
    *,
    at: datetime,
    by: int | None,
    action: str,
    subject: str,
    subject_id: object = "",
    detail: str = "",
) -> None:
    """Add the entry to the transaction of the change itself: both are stored, or neither.

    `detail` says which fields changed; the caller puts no secret and no ballot in it.
    """
    session.add(
        AuditEntry(
            at=at,
            by=by,
            action=action,
            subject=subject,
            subject_id=str(subject_id),
            detail=one_line(detail)[:DETAIL_LIMIT],
        )
    )


def one_line(text: str) -> str:
    """Escape line breaks and control characters, so that no value can forge a second entry."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


async def find_entries(
    session: AsyncSession, *, words: str = "", subject: str = "", before_id: int | None = None
) -> list[tuple[AuditEntry, Person | None]]:
    """The newest entries first, at most PAGE_SIZE, each with the person who acted."""
    query = (
        select(AuditEntry, Person)
        .join(Person, col(Person.id) == col(AuditEntry.by), isouter=True)
        .order_by(col(AuditEntry.id).desc())
        .limit(PAGE_SIZE)
    )
    if subject:
        query = query.where(AuditEntry.subject == subject)
    if before_id is not None:
        query = query.where(col(AuditEntry.id) < before_id)
    if words:
        like = f"%{words}%"
        query = query.where(
            col(AuditEntry.detail).ilike(like)
            | col(AuditEntry.action).ilike(like)
            | col(Person.username).ilike(like)
            | col(Person.office_vi).ilike(like)
        )
    return [(entry, person) for entry, person in (await session.exec(query)).all()]


async def find_subjects(session: AsyncSession) -> list[str]:
    """The kinds of things that have entries, for the filter."""
    return sorted((await session.exec(select(AuditEntry.subject).distinct())).all())
