"""Agendas to start from: saved as a template, or copied from an earlier meeting."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.agenda_tree import children
from ecabinet.office.drafts import NAME_LIMIT, take_draft, too_long
from ecabinet.office.problems import Invalid, Problem
from ecabinet.rules.meeting import Item, Meeting
from ecabinet.rules.text import Text
from ecabinet.store.agenda import find_items, find_papers
from ecabinet.store.agenda_templates import find_template, find_templates
from ecabinet.store.audit import add_audit
from ecabinet.store.people import Missing, find_agencies
from ecabinet.store.tables import AgendaItem, AgendaTemplate, Paper


@dataclass(frozen=True, slots=True)
class Entry:
    """An item to copy; `paper_ids` stay out of templates, since papers belong to one session."""

    title_vi: str = ""
    title_en: str = ""
    kind: str = "discussion"
    presenter_vi: str = ""
    presenter_en: str = ""
    agency: str = ""
    planned_minutes: int | None = None
    children: tuple["Entry", ...] = ()
    paper_ids: tuple[int, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        data = asdict(self) | {"children": [child.to_json() for child in self.children]}
        return {name: value for name, value in data.items() if value and name != "paper_ids"}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Entry":
        known = {name: value for name, value in data.items() if name in cls.__dataclass_fields__}
        return cls(**known | {"children": tuple(cls.from_json(child) for child in data.get("children", ()))})


def count_entries(entries: Iterable[Entry]) -> int:
    return sum(1 + count_entries(entry.children) for entry in entries)


async def entries_of_draft(session: AsyncSession, meeting_id: int) -> tuple[Entry, ...]:
    items = await find_items(session, meeting_id)
    codes = {agency.id: agency.code for agency in await find_agencies(session)}
    papers: dict[int, list[int]] = {}
    for paper, _ in await find_papers(session, meeting_id):
        papers.setdefault(paper.item_id, []).append(paper.id or 0)
    return _entries(items, None, codes, papers)


def _entries(
    items: Sequence[AgendaItem], parent_id: int | None, codes: dict[int | None, str], papers: dict[int, list[int]]
) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            title_vi=item.title_vi,
            title_en=item.title_en,
            kind=item.kind,
            presenter_vi=item.presenter_vi,
            presenter_en=item.presenter_en,
            agency=codes.get(item.agency_id, ""),
            planned_minutes=item.planned_minutes,
            children=_entries(items, item.id, codes, papers),
            paper_ids=tuple(papers.get(item.id or 0, ())),
        )
        for item in children(items, parent_id)
    )


async def entries_of_record(session: AsyncSession, meeting: Meeting) -> tuple[Entry, ...]:
    """The agenda of a called meeting as it became: with late items, in the order of the session."""
    codes = {agency.name_vi: agency.code for agency in await find_agencies(session)}

    def entry(item: Item) -> Entry:
        below = tuple(entry(child) for child in meeting.items.values() if child.parent == item.id)
        return Entry(
            title_vi=item.title.vi,
            title_en=item.title.en,
            kind=item.kind.value,
            presenter_vi=item.presenter.vi,
            presenter_en=item.presenter.en,
            agency=codes.get(item.agency.vi, ""),
            planned_minutes=item.planned_minutes,
            children=below,
            paper_ids=tuple(paper.id for paper in item.papers),
        )

    return tuple(entry(item) for item in meeting.items.values() if item.parent is None)


async def add_entries(
    session: AsyncSession,
    meeting_id: int,
    entries: Sequence[Entry],
    *,
    with_papers: bool = False,
    by: int,
    now: datetime,
) -> int:
    """Append the entries to the agenda of a draft; how many items that makes. Raises Missing or NoLongerDraft."""
    await take_draft(session, meeting_id)
    agencies = {agency.code: agency.id for agency in await find_agencies(session)}
    start = len(children(await find_items(session, meeting_id), None))
    await _add(session, meeting_id, None, entries, start, agencies, with_papers)
    count = count_entries(entries)
    add_audit(
        session,
        at=now,
        by=by,
        action="agenda_copied",
        subject="meeting",
        subject_id=meeting_id,
        detail=f"{count} items",
    )
    return count


async def _add(
    session: AsyncSession,
    meeting_id: int,
    parent_id: int | None,
    entries: Sequence[Entry],
    start: int,
    agencies: dict[str, int | None],
    with_papers: bool,
) -> None:
    for position, entry in enumerate(entries, start):
        item = AgendaItem(
            meeting_id=meeting_id,
            parent_id=parent_id,
            position=position,
            kind=entry.kind,
            title_vi=entry.title_vi,
            title_en=entry.title_en,
            presenter_vi=entry.presenter_vi,
            presenter_en=entry.presenter_en,
            agency_id=agencies.get(entry.agency),
            planned_minutes=entry.planned_minutes,
        )
        session.add(item)
        await session.flush()
        assert item.id is not None
        if with_papers:
            await _copy_papers(session, meeting_id, item.id, entry.paper_ids)
        await _add(session, meeting_id, item.id, entry.children, 0, agencies, with_papers)


async def _copy_papers(session: AsyncSession, meeting_id: int, item_id: int, paper_ids: Sequence[int]) -> None:
    """The same files under new papers: the earlier meeting keeps its own."""
    for position, paper_id in enumerate(paper_ids):
        paper = await session.get(Paper, paper_id)
        if paper is not None:
            values = paper.model_dump(exclude={"id", "meeting_id", "item_id", "position", "deleted_at"})
            session.add(Paper(meeting_id=meeting_id, item_id=item_id, position=position, **values))


async def save_template(
    session: AsyncSession, meeting_id: int, name: str, entries: Sequence[Entry], *, body_id: int, by: int, now: datetime
) -> AgendaTemplate:
    """Raises Invalid: a template needs a name of its own, and something in it."""
    problems = [] if name else [Problem("name", Text("Hãy đặt tên cho mẫu.", "Give the template a name."))]
    if not entries:
        problems.append(Problem("name", Text("Chương trình còn trống.", "The agenda is still empty.")))
    if len(name) > NAME_LIMIT:
        problems.append(too_long("name", NAME_LIMIT))
    if any(other.name.casefold() == name.casefold() for other in await find_templates(session, [body_id])):
        taken = Text(f"Đã có mẫu tên «{name}». Hãy đặt tên khác.", f"There is a template “{name}”. Give another name.")
        problems.append(Problem("name", taken))
    if problems:
        raise Invalid(*problems)
    content = [entry.to_json() for entry in entries]
    template = AgendaTemplate(body_id=body_id, name=name, content=content, created_at=now, created_by=by)
    session.add(template)
    await session.flush()
    add_audit(
        session, at=now, by=by, action="added", subject="agenda_template", subject_id=template.id,
        detail=f"{name}, from meeting {meeting_id}",
    )  # fmt: skip
    return template


async def entries_of_template(session: AsyncSession, template_id: int) -> tuple[Entry, ...]:
    """Raises Missing."""
    template = await find_template(session, template_id)
    if template is None:
        raise Missing(f"template {template_id}")
    return tuple(Entry.from_json(data) for data in template.content)


async def delete_template(session: AsyncSession, template_id: int, *, by: int, now: datetime) -> AgendaTemplate:
    """Raises Missing."""
    template = await find_template(session, template_id)
    if template is None:
        raise Missing(f"template {template_id}")
    await session.delete(template)
    await session.flush()
    add_audit(
        session,
        at=now,
        by=by,
        action="deleted",
        subject="agenda_template",
        subject_id=template_id,
        detail=template.name,
    )
    return template
