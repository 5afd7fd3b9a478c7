"""Tables in and out: CSV and Excel files become rows of text, rows become files that no spreadsheet runs."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from ecabinet.paper.csv_text import read_csv
from ecabinet.paper.excel import read_excel
from ecabinet.paper.intake import refuse_size
from ecabinet.paper.kinds import Kind, kind_of
from ecabinet.paper.refusals import PaperRefused
from ecabinet.paper.rows import Row, checked
from ecabinet.paper.workers import Workers

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE

# A cell that begins so is run as a formula by a spreadsheet, whoever wrote it (CSV injection).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float | date | None


async def read_table(workers: Workers, data: bytes, max_bytes: int = MAX_BYTES) -> tuple[Row, ...]:
    """The rows of a CSV file or of the first visible sheet that are not blank, numbered as the spreadsheet shows them."""
    refuse_size(data, max_bytes)
    return await workers.run(read_rows, data)


def read_rows(data: bytes) -> tuple[Row, ...]:
    """Runs in a worker. The content decides what it is: an .xlsx named .csv is read as what it is."""
    kind = kind_of(data)
    if kind in (Kind.OFFICE, Kind.OLD_OFFICE):
        rows = read_excel(data)
    elif kind is Kind.OTHER:
        rows = read_csv(data)
    else:
        raise PaperRefused("empty_file" if kind is Kind.EMPTY else "not_a_table")
    return checked((number, [unguarded(cell) for cell in cells]) for number, cells in rows)


def guarded(value: Cell) -> Cell:
    """Text that a spreadsheet would run gets an apostrophe before it; numbers and dates stay what they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


def unguarded(cell: str) -> str:
    """A table that was written here reads back as it was."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DANGEROUS) else cell


def write_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark: without it Excel shows Vietnamese as garbage."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet; the first row is the head and stays in view."""
    import xlsxwriter  # a tenth of a second that the start of the server need not pay

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                _write_cell(sheet, number, column, guarded(cell), None if number else head, day)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return file.getvalue()


def _write_cell(sheet, number: int, column: int, cell: Cell, style, day) -> None:  # type: ignore[no-untyped-def]
    if isinstance(cell, datetime):
        sheet.write_string(number, column, cell.isoformat(" ", "minutes"), style)
    elif isinstance(cell, date):
        sheet.write_datetime(number, column, cell, style or day)
    elif isinstance(cell, str):
        sheet.write_string(number, column, cell, style)
    elif cell is not None:
        sheet.write_number(number, column, cell, style)
