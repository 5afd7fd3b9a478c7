"""The rows of a draft agenda as a tree: children, depth, and where an item may move."""

from collections.abc import Sequence
from datetime import datetime

from ecabinet.office.problems import Invalid, Problem
from ecabinet.rules.agenda import DEPTH_LIMIT
from ecabinet.rules.sentences import sentence
from ecabinet.store.people import Missing
from ecabinet.store.tables import AgendaItem

Items = Sequence[AgendaItem]
# The new parent, and the item to stand before (None: last).
Target = tuple[int | None, int | None]


def get_item(items: Items, item_id: int) -> AgendaItem:
    """Raises Missing."""
    for item in items:
        if item.id == item_id:
            return item
    raise Missing(f"item {item_id}")


def children(items: Items, parent_id: int | None) -> list[AgendaItem]:
    return [item for item in items if item.parent_id == parent_id]


def nested(items: Items, item_id: int) -> list[AgendaItem]:
    """Everything below an item."""
    found = []
    for child in children(items, item_id):
        found += [child, *nested(items, child.id or 0)]
    return found


def depth(items: Items, item_id: int | None) -> int:
    """0 for no item, 1 at the top level."""
    return 0 if item_id is None else 1 + depth(items, get_item(items, item_id).parent_id)


def height(items: Items, item_id: int) -> int:
    """1 for an item without children."""
    return 1 + max((height(items, child.id or 0) for child in children(items, item_id)), default=0)


def refuse_place(items: Items, item_id: int | None, parent_id: int | None) -> None:
    """Raises Missing or Invalid where an item (None: a new one) cannot stand under this parent."""
    if parent_id is not None:
        get_item(items, parent_id)
    if item_id is not None and parent_id in {item_id, *(below.id for below in nested(items, item_id))}:
        raise Invalid(Problem("parent", sentence("item_moves_into_itself")))
    if depth(items, parent_id) + (1 if item_id is None else height(items, item_id)) > DEPTH_LIMIT:
        raise Invalid(Problem("parent", sentence("too_deep", limit=DEPTH_LIMIT)))


def put(items: Items, item: AgendaItem, target: Target) -> None:
    """Move the row, and count the positions of its new siblings anew."""
    parent_id, before_id = target
    siblings = [child for child in children(items, parent_id) if child.id != item.id]
    index = next((i for i, child in enumerate(siblings) if child.id == before_id), len(siblings))
    siblings.insert(index, item)
    item.parent_id = parent_id
    for position, child in enumerate(siblings):
        child.position = position


def steps(items: Items, item: AgendaItem) -> dict[str, Target]:
    """The steps that would move an item: 'up', 'down', 'in' (under the item above), 'out' (after its parent)."""
    siblings = children(items, item.parent_id)
    at = next(i for i, other in enumerate(siblings) if other.id == item.id)
    found: dict[str, Target] = {}
    if at > 0:
        found["up"] = (item.parent_id, siblings[at - 1].id)
        if depth(items, siblings[at - 1].id) + height(items, item.id or 0) <= DEPTH_LIMIT:
            found["in"] = (siblings[at - 1].id, None)
    if at + 1 < len(siblings):
        found["down"] = (item.parent_id, _id_at(siblings, at + 2))
    if item.parent_id is not None:
        found["out"] = _after(items, get_item(items, item.parent_id))
    return found


def _after(items: Items, item: AgendaItem) -> Target:
    siblings = children(items, item.parent_id)
    at = next(i for i, other in enumerate(siblings) if other.id == item.id)
    return item.parent_id, _id_at(siblings, at + 1)


def _id_at(items: Items, index: int) -> int | None:
    return items[index].id if index < len(items) else None


def deleted_together(deleted: Items, item: AgendaItem, at: datetime) -> list[AgendaItem]:
    """The item and what went with it in the same step; what was deleted earlier stays away."""
    found = [item]
    for child in children(deleted, item.id):
        if child.deleted_at == at:
            found += deleted_together(deleted, child, at)
    return found
