"""The rows of a draft agenda and its papers, in order."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.rules.agenda import depth_first
from ecabinet.store.tables import AgendaItem, Paper, StoredFile


async def find_items(session: AsyncSession, meeting_id: int) -> list[AgendaItem]:
    """The living items in agenda order: each parent before its children."""
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, col(AgendaItem.deleted_at).is_(None))
        .order_by(col(AgendaItem.position), col(AgendaItem.id))
    )
    items = {item.id: item for item in (await session.exec(query)).all() if item.id is not None}
    return [items[item_id] for item_id in depth_first([(key, item.parent_id) for key, item in items.items()])]


async def find_deleted_rows(session: AsyncSession, meeting_id: int) -> list[AgendaItem]:
    """Every deleted item, the latest first."""
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, col(AgendaItem.deleted_at).is_not(None))
        .order_by(col(AgendaItem.deleted_at).desc(), col(AgendaItem.position))
    )
    return list((await session.exec(query)).all())


async def find_deleted_items(session: AsyncSession, meeting_id: int) -> list[AgendaItem]:
    """The deleted items, the latest first; of what was deleted together only the top."""
    deleted = {item.id: item for item in await find_deleted_rows(session, meeting_id)}
    return [item for item in deleted.values() if not _went_with_parent(item, deleted)]


def _went_with_parent(item: AgendaItem, deleted: dict[int | None, AgendaItem]) -> bool:
    parent = deleted.get(item.parent_id)
    return parent is not None and parent.deleted_at == item.deleted_at


async def find_item(session: AsyncSession, meeting_id: int, item_id: int) -> AgendaItem | None:
    """Living or deleted, but of this meeting."""
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id, AgendaItem.id == item_id)
    return (await session.exec(query.execution_options(populate_existing=True))).first()


async def find_papers(session: AsyncSession, meeting_id: int) -> list[tuple[Paper, StoredFile | None]]:
    """The living papers of living items, in the order of each item."""
    query = (
        select(Paper, StoredFile)
        .join(AgendaItem, col(AgendaItem.id) == col(Paper.item_id))
        .join(StoredFile, col(StoredFile.id) == col(Paper.file_id), isouter=True)
        .where(Paper.meeting_id == meeting_id, col(Paper.deleted_at).is_(None), col(AgendaItem.deleted_at).is_(None))
        .order_by(col(Paper.item_id), col(Paper.position), col(Paper.id))
    )
    return [(paper, file) for paper, file in (await session.exec(query)).all()]


async def find_deleted_papers(session: AsyncSession, meeting_id: int) -> list[Paper]:
    query = (
        select(Paper)
        .where(Paper.meeting_id == meeting_id, col(Paper.deleted_at).is_not(None))
        .order_by(col(Paper.deleted_at).desc())
    )
    return list((await session.exec(query)).all())


async def find_paper(session: AsyncSession, meeting_id: int, paper_id: int) -> Paper | None:
    query = select(Paper).where(Paper.meeting_id == meeting_id, Paper.id == paper_id)
    return (await session.exec(query.execution_options(populate_existing=True))).first()


async def find_paper_with_file(
    session: AsyncSession, paper_id: int, *, removed_too: bool = False
) -> tuple[Paper, StoredFile | None] | None:
    query = (
        select(Paper, StoredFile)
        .join(StoredFile, col(StoredFile.id) == col(Paper.file_id), isouter=True)
        .where(Paper.id == paper_id)
    )
    return (await session.exec(query if removed_too else query.where(col(Paper.deleted_at).is_(None)))).first()
