"""The agenda as a tree: automatic numbers, leaves, order."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from ecabinet.rules.meeting import Item, ItemState

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

# 1.1.1 is the deepest that a number stays readable from the far end of a table.
DEPTH_LIMIT = 3

Node = tuple[int, int | None]


def roman(number: int) -> str:
    """1 -> I, 4 -> IV, 90 -> XC; for the numbers of an agenda (1 and up)."""
    parts = []
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        parts.append(sign * count)
    return "".join(parts)


def numbers(nodes: Iterable[Node], style: str = "decimal") -> dict[int, str]:
    """Item id -> '1', '1.1' ... for (id, parent id) in agenda order; style 'roman' numbers the top level I, II."""
    top: Callable[[int], str] = roman if style == "roman" else str
    counters: dict[int | None, int] = {}
    result: dict[int, str] = {}
    for item_id, parent in nodes:
        counters[parent] = counters.get(parent, 0) + 1
        count = counters[parent]
        result[item_id] = top(count) if parent is None else f"{result[parent]}.{count}"
    return result


def depth_first(nodes: Sequence[Node]) -> list[int]:
    """The ids in agenda order: each parent before its children, siblings in the order given."""
    children: dict[int | None, list[int]] = {}
    for item_id, parent in nodes:
        children.setdefault(parent, []).append(item_id)
    order: list[int] = []

    def visit(parent: int | None) -> None:
        for child in children.get(parent, ()):
            order.append(child)
            visit(child)

    visit(None)
    return order


def item_numbers(items: Mapping[int, Item], is_roman: bool = False) -> dict[int, str]:
    return numbers(((item.id, item.parent) for item in items.values()), "roman" if is_roman else "decimal")


def line_up(items: Mapping[int, Item], item_id: int | None) -> list[int]:
    """The item, its parent, and so on up to the top level; empty for None."""
    line = []
    while item_id is not None:
        line.append(item_id)
        item_id = items[item_id].parent
    return line


def depth(items: Mapping[int, Item], item_id: int) -> int:
    """0 at the top level."""
    return len(line_up(items, item_id)) - 1


def height(items: Mapping[int, Item], item_id: int) -> int:
    """1 for an item without children, 2 for one whose children have none."""
    lines = (line_up(items, other) for other in items)
    return max(len(line) for line in lines if item_id in line) - depth(items, item_id)


def parents(items: Mapping[int, Item]) -> frozenset[int]:
    return frozenset(item.parent for item in items.values() if item.parent is not None)


def leaves(items: Mapping[int, Item]) -> list[Item]:
    """The items that are dealt with; a parent is only their heading."""
    headings = parents(items)
    return [item for item in items.values() if item.id not in headings]


def shown_states(items: Mapping[int, Item]) -> dict[int, ItemState]:
    """Item id -> state; a heading shows what its children are: under way while one is, decided when all are dealt with."""
    below: dict[int | None, set[ItemState]] = {}
    shown: dict[int, ItemState] = {}
    # Backwards, since an agenda has each parent before its children.
    for item in reversed(list(items.values())):
        shown[item.id] = _heading_state(below[item.id]) if item.id in below else item.state
        below.setdefault(item.parent, set()).add(shown[item.id])
    return shown


def _heading_state(states: set[ItemState]) -> ItemState:
    if ItemState.UNDER_WAY in states:
        return ItemState.UNDER_WAY
    return ItemState.WAITING if ItemState.WAITING in states else ItemState.DECIDED


def next_waiting(items: Mapping[int, Item], after: int | None) -> Item | None:
    """The next item to deal with: the first waiting one after `after`, else the first waiting one at all."""
    ordered = leaves(items)
    place = next((index for index, item in enumerate(ordered, start=1) if item.id == after), 0)
    from_here = ordered[place:] + ordered[:place]
    return next((item for item in from_here if item.state is ItemState.WAITING), None)


def inserted(items: Mapping[int, Item], item: Item, before: int | None) -> dict[int, Item]:
    """The agenda with `item` (new or moved) before `before`, or last among its siblings."""
    rest = [other for other in items.values() if other.id != item.id]
    index = next((i for i, other in enumerate(rest) if other.id == before), len(rest))
    rest.insert(index, item)
    by_id = {other.id: other for other in rest}
    return {item_id: by_id[item_id] for item_id in depth_first([(other.id, other.parent) for other in rest])}
