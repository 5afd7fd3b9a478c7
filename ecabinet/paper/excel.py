"""Reading the first visible sheet of an Excel file as text, after its container was found harmless."""

import io
import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from ecabinet.paper.kinds import Kind, kind_of
from ecabinet.paper.packed import PackLimits, copy_member, open_zip
from ecabinet.paper.refusals import PaperRefused

MEGABYTE = 1024 * 1024

# A sheet of 20,000 rows is about 20 MB of XML; XML packs tightly, seldom more than 60 times.
XLSX_LIMITS = PackLimits(files=2000, total_bytes=100 * MEGABYTE, ratio=200)

AS_TABLE = {"zip_broken": "table_broken", "zip_encrypted": "table_broken", "zip_too_large": "table_too_large"}


def read_excel(data: bytes) -> Iterator[tuple[int, list[str]]]:
    if kind_of(data) is Kind.OFFICE:
        _refuse_container(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            visible = (sheet.name for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible)
            rows = book.get_sheet_by_name(next(visible)).to_python(skip_empty_area=False)
    except (CalamineError, StopIteration):
        raise PaperRefused("table_broken") from None
    for number, cells in enumerate(rows, 1):
        yield number, [as_text(cell) for cell in cells]


def _refuse_container(data: bytes) -> None:
    """Unpacked once into nothing: the reader itself believes the sizes that the file claims."""
    try:
        with open_zip(io.BytesIO(data), len(data), XLSX_LIMITS) as archive, open(os.devnull, "wb") as nowhere:
            for member in archive.infolist():
                copy_member(archive, member, nowhere)
    except PaperRefused as refusal:
        # Who uploads a table knows of no archive in it.
        raise PaperRefused(AS_TABLE.get(refusal.reason, refusal.reason), **refusal.params) from None


def as_text(cell: object) -> str:
    """As a person would type it: whole numbers without '.0', dates as 2026-11-24."""
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("minutes")
        case timedelta():
            return str(cell)
    return str(cell)
