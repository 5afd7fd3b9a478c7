"""A draft agenda as it is read: numbers, times, the steps an item can take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ecabinet.office.agenda_tree import children, depth, steps
from ecabinet.rules.agenda import numbers
from ecabinet.store.tables import AgendaItem, Paper, StoredFile


@dataclass(frozen=True, slots=True)
class Row:
    """An item as a line of the agenda. A heading's minutes are those of what is nested in it.

    `starts_at` is the forecast; None without a starting time, or after an item whose length nobody planned.
    """

    item: AgendaItem
    number: str
    depth: int
    is_heading: bool
    minutes: int | None
    elapsed: int
    starts_at: datetime | None
    steps: frozenset[str]
    papers: tuple[tuple[Paper, StoredFile | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole agenda; `unplanned` counts the items without minutes, which no forecast can include."""

    rows: tuple[Row, ...]
    minutes: int
    unplanned: int
    starts_at: datetime | None

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at and self.minutes else None

    def row(self, item_id: int) -> Row | None:
        return next((row for row in self.rows if row.item.id == item_id), None)


def outline(
    items: Sequence[AgendaItem],
    papers: Sequence[tuple[Paper, StoredFile | None]],
    starts_at: datetime | None,
    is_roman: bool = False,
) -> Outline:
    named = numbers(((item.id or 0, item.parent_id) for item in items), "roman" if is_roman else "decimal")
    rows, elapsed, unplanned = [], 0, 0
    for item in items:
        is_heading = bool(children(items, item.id))
        minutes = planned_minutes(items, item)
        rows.append(
            Row(
                item=item,
                number=named[item.id or 0],
                depth=depth(items, item.id),
                is_heading=is_heading,
                minutes=minutes,
                elapsed=elapsed,
                starts_at=starts_at + timedelta(minutes=elapsed) if starts_at and not unplanned else None,
                steps=frozenset(steps(items, item)),
                papers=tuple(pair for pair in papers if pair[0].item_id == item.id),
            )
        )
        if not is_heading:
            elapsed += minutes or 0
            unplanned += minutes is None
    return Outline(tuple(rows), elapsed, unplanned, starts_at)


def planned_minutes(items: Sequence[AgendaItem], item: AgendaItem) -> int | None:
    """Of a heading: the sum of what is nested in it, None while nothing there is planned."""
    below = children(items, item.id)
    if not below:
        return item.planned_minutes
    planned = [minutes for child in below if (minutes := planned_minutes(items, child)) is not None]
    return sum(planned) if planned else None
