"""The agenda as a tree: numbers, order, leaves, headings and their states."""

import pytest

from ecabinet.rules.agenda import (
    Node,
    depth,
    depth_first,
    height,
    inserted,
    item_numbers,
    leaves,
    line_up,
    next_waiting,
    numbers,
    parents,
    roman,
    shown_states,
)
from ecabinet.rules.meeting import Item, ItemKind, ItemState
from ecabinet.rules.text import Text

ROMAN = {1: "I", 3: "III", 4: "IV", 5: "V", 9: "IX", 14: "XIV", 40: "XL", 49: "XLIX", 90: "XC", 99: "XCIX", 100: "C"}

# 10 with 11 (with 12, 13) and 14; then 20; then 30 with 31.
NODES: tuple[Node, ...] = ((10, None), (11, 10), (12, 11), (13, 11), (14, 10), (20, None), (30, None), (31, 30))
ITEMS = {id_: Item(id_, ItemKind.DISCUSSION, Text(str(id_)), parent=parent) for id_, parent in NODES}


def with_states(**states: ItemState) -> dict[int, Item]:
    """`with_states(_12=DECIDED)`: the agenda with these states."""
    chosen = {int(name[1:]): state for name, state in states.items()}
    return {
        id_: Item(id_, item.kind, item.title, parent=item.parent, state=chosen.get(id_, item.state))
        for id_, item in ITEMS.items()
    }


WAITING, UNDER_WAY, DECIDED = ItemState.WAITING, ItemState.UNDER_WAY, ItemState.DECIDED
POSTPONED, WITHDRAWN = ItemState.POSTPONED, ItemState.WITHDRAWN


@pytest.mark.parametrize(("number", "sign"), ROMAN.items())
def test_roman_numbers(number: int, sign: str) -> None:
    assert roman(number) == sign


NUMBERS = [
    ("decimal", ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "3", "3.1"]),
    ("roman", ["I", "I.1", "I.1.1", "I.1.2", "I.2", "II", "III", "III.1"]),
]


@pytest.mark.parametrize(("style", "expected"), NUMBERS)
def test_items_are_numbered_by_their_place(style: str, expected: list[str]) -> None:
    assert numbers(NODES, style) == dict(zip(ITEMS, expected, strict=True))


def test_numbers_follow_a_move() -> None:
    moved = inserted(ITEMS, Item(20, ItemKind.DISCUSSION, Text("20"), parent=None), before=10)
    assert item_numbers(moved) == {20: "1", 10: "2", 11: "2.1", 12: "2.1.1", 13: "2.1.2", 14: "2.2", 30: "3", 31: "3.1"}


ORDERS = [
    ([], [], "nothing"),
    ([(1, None), (2, None)], [1, 2], "flat"),
    ([(2, 1), (1, None), (3, 1)], [1, 2, 3], "a child before its parent"),
    ([(1, None), (2, None), (3, 1), (4, 2), (5, 3)], [1, 3, 5, 2, 4], "children among the others"),
    ([(1, None), (2, 9)], [1], "a child of a parent that is gone"),
]


@pytest.mark.parametrize(("nodes", "order", "why"), ORDERS, ids=[case[-1] for case in ORDERS])
def test_agenda_order_is_depth_first(nodes: list[Node], order: list[int], why: str) -> None:
    assert depth_first(nodes) == order


def test_depth_height_and_the_line_up() -> None:
    assert {id_: (depth(ITEMS, id_), height(ITEMS, id_)) for id_ in ITEMS} == {
        10: (0, 3), 11: (1, 2), 12: (2, 1), 13: (2, 1), 14: (1, 1), 20: (0, 1), 30: (0, 2), 31: (1, 1),
    }  # fmt: skip
    assert (line_up(ITEMS, 13), line_up(ITEMS, 20), line_up(ITEMS, None)) == ([13, 11, 10], [20], [])


def test_leaves_are_what_is_dealt_with() -> None:
    assert [item.id for item in leaves(ITEMS)] == [12, 13, 14, 20, 31]
    assert parents(ITEMS) == {10, 11, 30}


PLACES = [
    (20, None, 10, [20, 10, 11, 12, 13, 14, 30, 31], "to the top"),
    (10, None, None, [20, 30, 31, 10, 11, 12, 13, 14], "to the end, with what is in it"),
    (14, 10, 11, [10, 14, 11, 12, 13, 20, 30, 31], "before its sibling"),
    (12, 30, 31, [10, 11, 13, 14, 20, 30, 12, 31], "under another heading"),
    (20, 11, None, [10, 11, 12, 13, 20, 14, 30, 31], "last under a heading"),
    (99, None, 20, [10, 11, 12, 13, 14, 99, 20, 30, 31], "a new one in the middle"),
    (99, 31, None, [10, 11, 12, 13, 14, 20, 30, 31, 99], "a new one under a leaf"),
]


@pytest.mark.parametrize(("item", "parent", "before", "order", "why"), PLACES, ids=[case[-1] for case in PLACES])
def test_an_item_is_inserted_before_another_or_last(
    item: int, parent: int | None, before: int | None, order: list[int], why: str
) -> None:
    found = inserted(ITEMS, Item(item, ItemKind.DISCUSSION, Text(), parent=parent), before)
    assert (list(found), found[item].parent) == (order, parent)


HEADINGS = [
    ({}, WAITING, "all wait"),
    ({"_12": UNDER_WAY}, UNDER_WAY, "one is under way, two levels below"),
    ({"_14": UNDER_WAY, "_12": DECIDED}, UNDER_WAY, "one is under way, one decided"),
    ({"_12": DECIDED}, WAITING, "one waits"),
    ({"_12": DECIDED, "_13": POSTPONED, "_14": WITHDRAWN}, DECIDED, "all are dealt with"),
    ({"_12": POSTPONED, "_13": POSTPONED, "_14": POSTPONED}, DECIDED, "none was decided, none waits"),
]


@pytest.mark.parametrize(("states", "shown", "why"), HEADINGS, ids=[case[-1] for case in HEADINGS])
def test_a_heading_shows_what_its_children_are(states: dict[str, ItemState], shown: ItemState, why: str) -> None:
    found = shown_states(with_states(**states))
    assert (found[10], found[20], found.keys()) == (shown, WAITING, ITEMS.keys())


NEXT = [
    ({}, None, 12, "the first leaf"),
    ({}, 12, 13, "the one after"),
    ({"_13": POSTPONED}, 12, 14, "over a postponed one"),
    ({}, 31, 12, "from the end back to the first that waits"),
    ({"_12": DECIDED, "_13": DECIDED}, 20, 31, "on, before back"),
    ({"_31": DECIDED}, 20, 12, "back when nothing waits later"),
    ({}, 99, 12, "after an item that is gone"),
    (dict.fromkeys(("_12", "_13", "_14", "_20", "_31"), DECIDED), 12, None, "nothing waits"),
]


@pytest.mark.parametrize(("states", "after", "expected", "why"), NEXT, ids=[case[-1] for case in NEXT])
def test_next_item_is_the_first_that_waits_after_this_one(
    states: dict[str, ItemState], after: int | None, expected: int | None, why: str
) -> None:
    found = next_waiting(with_states(**states), after)
    assert (found.id if found else None) == expected
