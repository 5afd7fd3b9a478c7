"""Saved agendas, as rows."""

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.store.tables import AgendaTemplate


async def find_templates(session: AsyncSession, body_ids: Collection[int]) -> list[AgendaTemplate]:
    """Those of these bodies, and those of no body in particular."""
    query = (
        select(AgendaTemplate)
        .where(col(AgendaTemplate.body_id).in_(body_ids) | col(AgendaTemplate.body_id).is_(None))
        .order_by(col(AgendaTemplate.name))
    )
    return list((await session.exec(query)).all())


async def find_template(session: AsyncSession, template_id: int) -> AgendaTemplate | None:
    return await session.get(AgendaTemplate, template_id)
