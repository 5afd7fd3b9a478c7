"""Tables: every encoding and separator of an office is read, every hostile file is refused, nothing written is run."""

import csv
import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from ecabinet.paper.refusals import PaperRefused
from ecabinet.paper.rows import Row
from ecabinet.paper.spreadsheet import Cell, read_table, write_csv, write_xlsx
from ecabinet.paper.workers import Workers

TABLE = "Chức vụ;Đơn vị\nGiám đốc;Sở Du lịch\nỦy viên;Sở Tài chính\n"
ROWS = (Row(1, ("Chức vụ", "Đơn vị")), Row(2, ("Giám đốc", "Sở Du lịch")), Row(3, ("Ủy viên", "Sở Tài chính")))
GUARDED = ["=1+1", "+84 234", "-5", "@sum", "\tx", "\rx", "=cmd|' /C calc'!A0"]


def windows_1258(text: str) -> bytes:
    """As Windows writes it: the code page has the five tones only as marks of their own."""
    marks = {"ứ": "ư\u0301", "ụ": "u\u0323", "ơ\u0323": "ơ\u0323", "ị": "i\u0323", "ố": "ô\u0301", "Ủ": "U\u0309"}
    marks |= {"ở": "ơ\u0309", "à": "à", "í": "i\u0301", "ủ": "u\u0309", "á": "a\u0301"}
    return "".join(marks.get(letter, letter) for letter in text).encode("cp1258")


def excel(rows: list[list[object]], **options: object) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
    return file.getvalue()


def repacked(xlsx: bytes, **members: bytes) -> bytes:
    """`xlsx` with members replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *members}:
            new.writestr(name, members.get(name) or old.read(name))
    return out.getvalue()


async def refusal(workers: Workers, data: bytes) -> tuple[str, dict[str, object]]:
    with pytest.raises(PaperRefused) as caught:
        await read_table(workers, data)
    assert caught.value.text.vi and caught.value.text.en
    return caught.value.reason, caught.value.params


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        windows_1258(TABLE),
        TABLE.replace(";", ",").encode(),
        TABLE.replace(";", "\t").encode("utf-16"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("ứ", "ư\u0301").encode(),
        TABLE.replace("Giám đốc", '"Giám đốc"').replace("Sở Du lịch", " Sở Du lịch ;;").encode(),
        excel([line.split(";") for line in TABLE.splitlines()]),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "1258", "comma", "tab", "crlf", "nfd", "quoted", "xlsx"],
)
async def test_read_table_reads_what_an_office_writes(workers: Workers, data: bytes) -> None:
    assert await read_table(workers, data) == ROWS


async def test_read_table_numbers_rows_as_the_spreadsheet_does(workers: Workers) -> None:
    text = 'a,b\n\n"two\nlines",x\n,,\nlast\n'
    expected = (Row(1, ("a", "b")), Row(3, ("two\nlines", "x")), Row(5, ("last",)))
    assert await read_table(workers, text.encode()) == expected
    assert await read_table(workers, excel([["a", "b"], [], ["two\nlines", "x"], [""], ["last"]])) == expected


async def test_read_table_obeys_the_separator_that_excel_wrote(workers: Workers) -> None:
    assert await read_table(workers, b"sep=;\r\na,b;c\r\n") == (Row(2, ("a,b", "c")),)


async def test_read_table_is_not_misled_by_separators_within_quotation_marks(workers: Workers) -> None:
    assert await read_table(workers, b'"a,b,c";d\nx;y\n') == (Row(1, ("a,b,c", "d")), Row(2, ("x", "y")))


async def test_read_table_writes_numbers_and_dates_as_a_person_would(workers: Workers) -> None:
    cells = [12, 0.5, 84912345678, True, "007", date(2026, 11, 24), datetime(2026, 11, 24, 8, 30)]
    shown = ("12", "0.5", "84912345678", "TRUE", "007", "2026-11-24", "2026-11-24 08:30")
    assert await read_table(workers, excel([cells], default_date_format="dd/mm/yyyy")) == (Row(1, shown),)


async def test_read_table_takes_the_first_visible_sheet(workers: Workers) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        hidden, shown = book.add_worksheet("a"), book.add_worksheet("b")
        hidden.write(0, 0, "hidden")
        shown.write(0, 0, "shown")
        shown.activate()
        hidden.hide()
    assert await read_table(workers, file.getvalue()) == (Row(1, ("shown",)),)


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
async def test_what_is_written_is_text_and_reads_back_as_it_was(workers: Workers, write) -> None:  # type: ignore[no-untyped-def]
    rows: list[list[Cell]] = [
        ["Tên", "Số", None],
        *([text, 1, date(2026, 2, 5)] for text in GUARDED),
        ["'quoted", -2, 0.5],
    ]
    back = await read_table(workers, write(rows))
    expected = [("Tên", "Số"), *((text.strip(), "1", "2026-02-05") for text in GUARDED), ("'quoted", "-2", "0.5")]
    assert [row.cells for row in back] == expected


def test_no_cell_that_is_written_begins_as_a_formula() -> None:
    text = write_csv([[cell] for cell in GUARDED]).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text, newline=""))] == [f"'{cell}" for cell in GUARDED]
    with zipfile.ZipFile(io.BytesIO(write_xlsx([[cell] for cell in [*GUARDED, "https://example.org"]]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet and b"hyperlink" not in sheet
        assert b"<t>=" not in book.read("xl/sharedStrings.xml")


@pytest.mark.parametrize(
    ("data", "reason", "params"),
    [
        (b"", "empty_file", {}),
        (b"\n\n \n", "empty_file", {}),
        (b",,\n,\n", "table_empty", {}),
        (b"%PDF-1.7", "not_a_table", {}),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "not_a_table", {}),
        (b"<html><table>", "not_a_table", {}),
        (bytes(range(1, 256)), "not_a_table", {}),
        (b'a,b\n1,2\n"open,x\n', "table_quote_open", {"row": 3}),
        (b"a\n" * 20_001, "table_too_long", {"limit": 20_000}),
        (b"a\n" + b"a," * 200 + b"a", "table_too_wide", {"row": 2, "limit": 200}),
        (b"a\nb\n" + b"x" * 10_001, "cell_too_long", {"row": 3, "limit": 10_000}),
        (b"a\n" + b"x" * 200_000, "cell_too_long", {"row": 2, "limit": 10_000}),
        (b"a" * 6 * 1024 * 1024, "file_too_large", {"size_mb": 6, "limit_mb": 5}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "table_broken", {}),
        (b"PK\x03\x04" + b"xl/" * 100, "table_broken", {}),
        (excel([["a"]])[:2000], "table_broken", {}),
        (excel([]), "table_empty", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
async def test_read_table_refuses_what_is_no_table(
    workers: Workers, data: bytes, reason: str, params: dict[str, object]
) -> None:
    assert await refusal(workers, data) == (reason, params)


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (97 + level, b"&%c;" % (96 + level) * 10) for level in range(1, 20)
)
FILES = b"<!DOCTYPE x [<!ENTITY b SYSTEM 'file:///etc/passwd'>"
CELL = b'<row r="1"><c r="%s" t="inlineStr"><is><t>x%s</t></is></c></row>'


def with_sheet(sheet: bytes, before: bytes = b"") -> bytes:
    return repacked(excel([["a"]]), **{"xl/worksheets/sheet1.xml": before + SHEET % sheet})


async def test_read_table_refuses_a_zip_bomb(workers: Workers) -> None:
    bomb = with_sheet(b" " * 90_000_000)
    assert await refusal(workers, bomb) == ("zip_bomb", {"limit": 200})
    huge = repacked(excel([["a"]]), **{f"xl/media/{n}": b" " * 60_000_000 for n in range(2)})
    assert await refusal(workers, huge) == ("table_too_large", {"limit_mb": 100})


async def test_read_table_refuses_a_size_that_was_lied_about(workers: Workers) -> None:
    honest = with_sheet(CELL % (b"A1", b"x" * 500_000))
    size = len(SHEET % (CELL % (b"A1", b"x" * 500_000)))
    lying = honest.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != honest
    assert await refusal(workers, lying) == ("table_broken", {})


async def test_read_table_survives_a_cell_at_the_far_end(workers: Workers) -> None:
    far = with_sheet(
        b'<row r="1"><c r="A1"><v>1</v></c></row>' + (CELL % (b"XFD1048576", b"")).replace(b'r="1"', b'r="1048576"')
    )
    assert (await refusal(workers, far))[0] in ("needs_too_much_memory", "reader_died", "takes_too_long")


@pytest.mark.parametrize("prologue", [LAUGHS + b"]>", FILES + b"]>"], ids=["billion laughs", "external entity"])
async def test_read_table_expands_no_entities(workers: Workers, prologue: bytes) -> None:
    hostile = with_sheet(CELL % (b"A1", b"&b;&s;"), before=prologue)
    try:
        rows = await read_table(workers, hostile)
    except PaperRefused as refused:
        assert refused.reason == "table_broken"
    else:
        assert all(len(cell) < 20 and "root" not in cell for row in rows for cell in row.cells)
