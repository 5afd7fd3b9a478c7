"""The agenda of a draft meeting: items added, edited, nested, moved, deleted and brought back."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.agenda_tree import Target, children, deleted_together, get_item, nested, put, refuse_place, steps
from ecabinet.office.changes import set_fields
from ecabinet.office.drafts import NAME_LIMIT, TITLE_LIMIT, take_draft, too_long
from ecabinet.office.problems import Invalid, Problem, Stale
from ecabinet.rules.meeting import ItemKind
from ecabinet.rules.sentences import sentence
from ecabinet.rules.text import Text
from ecabinet.store.agenda import find_deleted_rows, find_item, find_items
from ecabinet.store.audit import add_audit
from ecabinet.store.people import Missing, get_agency
from ecabinet.store.tables import AgendaItem

MINUTES_LIMIT = 600


@dataclass(frozen=True, slots=True)
class ItemFields:
    """What the secretariat decides about an item; a presenter is named by office."""

    title_vi: str = ""
    title_en: str = ""
    kind: str = "discussion"
    presenter_vi: str = ""
    presenter_en: str = ""
    agency_id: int | None = None
    planned_minutes: int | None = None


async def add_item(
    session: AsyncSession, meeting_id: int, data: ItemFields, *, parent_id: int | None = None, by: int, now: datetime
) -> AgendaItem:
    """Last among the children of `parent_id`. Raises Missing, NoLongerDraft or Invalid."""
    await take_draft(session, meeting_id)
    await _check(session, data)
    items = await find_items(session, meeting_id)
    refuse_place(items, None, parent_id)
    position = len(children(items, parent_id))
    item = AgendaItem(meeting_id=meeting_id, parent_id=parent_id, position=position, **asdict(data))
    session.add(item)
    await session.flush()
    _note(session, item, "added", by, now, _title(item))
    return item


async def edit_item(
    session: AsyncSession, meeting_id: int, item_id: int, data: ItemFields, *, version: int, by: int, now: datetime
) -> AgendaItem:
    """Raises Missing, NoLongerDraft, Invalid, or Stale when somebody else edited or deleted it since `version`."""
    await take_draft(session, meeting_id)
    item = await find_item(session, meeting_id, item_id)
    if item is None:
        raise Missing(f"item {item_id}")
    if item.version != version:
        raise Stale(item)
    await _check(session, data)
    changes = set_fields(item, asdict(data))
    if changes:
        item.version += 1
        _note(session, item, "changed", by, now, "; ".join(changes))
    return item


async def place_item(
    session: AsyncSession, meeting_id: int, item_id: int, target: Target, *, by: int, now: datetime
) -> AgendaItem:
    """Move an item, with all that is nested in it. Raises Missing, NoLongerDraft, or Invalid where the agenda would
    become too deep or a circle."""
    await take_draft(session, meeting_id)
    items = await find_items(session, meeting_id)
    refuse_place(items, item_id, target[0])
    item = get_item(items, item_id)
    old = (item.parent_id, item.position)
    put(items, item, target)
    if (item.parent_id, item.position) != old:
        _note(session, item, "moved", by, now, f"parent, position: {old} -> {(item.parent_id, item.position)}")
    return item


async def move_item(
    session: AsyncSession, meeting_id: int, item_id: int, step: str, *, by: int, now: datetime
) -> AgendaItem:
    """One step of `agenda_tree.steps`; where there is no such step, nothing moves. Raises as `place_item` does."""
    await take_draft(session, meeting_id)
    items = await find_items(session, meeting_id)
    item = get_item(items, item_id)
    target = steps(items, item).get(step)
    return await place_item(session, meeting_id, item_id, target, by=by, now=now) if target else item


async def delete_item(session: AsyncSession, meeting_id: int, item_id: int, *, by: int, now: datetime) -> AgendaItem:
    """Put an item aside with all that is nested in it. Raises Missing or NoLongerDraft."""
    await take_draft(session, meeting_id)
    items = await find_items(session, meeting_id)
    item = get_item(items, item_id)
    for gone in (item, *nested(items, item_id)):
        gone.deleted_at = now
        gone.version += 1
    _note(session, item, "deleted", by, now, _title(item))
    return item


async def restore_item(session: AsyncSession, meeting_id: int, item_id: int, *, by: int, now: datetime) -> AgendaItem:
    """Undo `delete_item`, to where it was; at the end of the top level where its parent is gone. Raises Missing or
    NoLongerDraft."""
    await take_draft(session, meeting_id)
    item = await find_item(session, meeting_id, item_id)
    if item is None:
        raise Missing(f"item {item_id}")
    if item.deleted_at is None:
        return item
    for back in deleted_together(await find_deleted_rows(session, meeting_id), item, item.deleted_at):
        back.deleted_at = None
        back.version += 1
    living = await find_items(session, meeting_id)
    _return_to_place(living, item)
    _note(session, item, "restored", by, now, _title(item))
    return item


def _return_to_place(living: list[AgendaItem], item: AgendaItem) -> None:
    if item.parent_id is not None and all(other.id != item.parent_id for other in living):
        put(living, item, (None, None))
        return
    siblings = [child for child in children(living, item.parent_id) if child.id != item.id]
    before = next((child.id for child in siblings if child.position >= item.position), None)
    put(living, item, (item.parent_id, before))


async def _check(session: AsyncSession, data: ItemFields) -> None:
    problems = item_problems(data)
    if data.agency_id is not None and await get_agency(session, data.agency_id) is None:
        problems.append(Problem("agency_id", Text("Không có cơ quan này.", "There is no such agency.")))
    if problems:
        raise Invalid(*problems)


def item_problems(data: ItemFields) -> list[Problem]:
    """What can be seen without the database."""
    problems = []
    if not data.title_vi and not data.title_en:
        problems.append(Problem("title_vi", sentence("title_missing")))
    if data.kind not in list(ItemKind):
        problems.append(Problem("kind", Text("Hãy chọn loại nội dung.", "Choose the kind of item.")))
    if data.planned_minutes is not None and not 1 <= data.planned_minutes <= MINUTES_LIMIT:
        problems.append(Problem("planned_minutes", sentence("minutes_out_of_range")))
    limits = {"title_vi": TITLE_LIMIT, "title_en": TITLE_LIMIT, "presenter_vi": NAME_LIMIT, "presenter_en": NAME_LIMIT}
    return problems + [too_long(name, limit) for name, limit in limits.items() if len(getattr(data, name)) > limit]


def _title(item: AgendaItem) -> str:
    return item.title_vi or item.title_en


def _note(session: AsyncSession, item: AgendaItem, action: str, by: int, now: datetime, detail: str) -> None:
    add_audit(session, at=now, by=by, action=action, subject="agenda_item", subject_id=item.id, detail=detail)
