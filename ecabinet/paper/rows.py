"""Rows of a table as text, bounded, each with the number that the spreadsheet shows beside it."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ecabinet.paper.refusals import PaperRefused

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts from 1 and counts blank rows too; cells are NFC, without blanks at their ends."""

    number: int
    cells: tuple[str, ...]


def checked(rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[Row, ...]:
    """The rows that hold something, when the table is not too large; PaperRefused names the row otherwise."""
    kept: list[Row] = []
    for number, cells in rows:
        row = Row(number, _trimmed(cells))
        if row.cells:
            _refuse_large(row)
            kept.append(row)
        if len(kept) > MAX_ROWS:
            raise PaperRefused("table_too_long", limit=MAX_ROWS)
    if not kept:
        raise PaperRefused("table_empty")
    return tuple(kept)


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Without the empty cells at the end of the row."""
    texts = [unicodedata.normalize("NFC", cell).strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _refuse_large(row: Row) -> None:
    if len(row.cells) > MAX_COLUMNS:
        raise PaperRefused("table_too_wide", row=row.number, limit=MAX_COLUMNS)
    if any(len(cell) > MAX_CELL for cell in row.cells):
        raise PaperRefused("cell_too_long", row=row.number, limit=MAX_CELL)
