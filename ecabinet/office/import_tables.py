"""Tables of people, agencies and members as they come from a spreadsheet: columns by name, cells by meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

from ecabinet.office.passwords import fold
from ecabinet.office.problems import Problem
from ecabinet.paper.rows import Row
from ecabinet.rules.text import Text

Table = Sequence[Row]

# A letterhead or a title may stand above the names of the columns.
HEADER_WITHIN = 10
MOST_ROWS = 2000

_YES = {"x", "co", "yes", "y", "true", "1", "10"}
_NO = {"khong", "no", "n", "false", "0", "00", ""}


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is what the template says; `aliases` are other words that people use for it."""

    key: str
    name: Text
    aliases: tuple[str, ...] = ()
    required: bool = False
    example: Text = Text()

    def is_called(self, header: str) -> bool:
        return fold(header) in {fold(known) for known in (self.key, self.name.vi, self.name.en, *self.aliases)}


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the table; only the cells that hold something. `row` is the number the spreadsheet shows."""

    row: int
    cells: dict[str, str]

    def get(self, key: str, otherwise: str = "") -> str:
        return self.cells.get(key, otherwise)


def read_records(table: Table, columns: Sequence[Column]) -> tuple[list[Record], list[Problem]]:
    """The lines below the header; problems where the header or the size makes reading them senseless."""
    header_at = _find_header(table, columns)
    if header_at is None:
        return [], [_no_header(columns)]
    header, lines = table[header_at], table[header_at + 1 :]
    keys = [_key_of(cell, columns) for cell in header.cells]
    problems = _header_problems(header, keys, columns)
    if len(lines) > MOST_ROWS:
        problems.append(
            _problem("", f"Quá {MOST_ROWS} dòng; hãy chia tệp.", f"More than {MOST_ROWS} rows; split the file.")
        )
    if not lines:
        problems.append(_problem("", "Bảng chưa có dòng nào dưới tên cột.", "There is no row below the column names."))
    return [_record(row, keys) for row in lines], problems


def read_flag(record: Record, key: str, old: bool, problems: list[Problem]) -> bool:
    """'x', 'có', 'yes' or the opposite; an empty cell leaves what is there."""
    if key not in record.cells:
        return old
    text = fold(record.get(key))
    if text not in _YES | _NO:
        problems.append(_problem(key, "Ghi 'có' hoặc 'không'.", "Write 'yes' or 'no'.", record.row))
    return text in _YES


def read_number(record: Record, key: str, old: int, problems: list[Problem]) -> int:
    """A whole number; a spreadsheet may have made 3 into 3.0."""
    text = record.get(key, str(old)).removesuffix(".0")
    if text.isdecimal() and len(text) <= 6:
        return int(text)
    problems.append(_problem(key, f"'{text}' không phải số nguyên.", f"'{text}' is not a whole number.", record.row))
    return old


def repeated_problem(key: str, text: str, first_row: int, row: int) -> Problem:
    return _problem(key, f"'{text}' đã có ở dòng {first_row}.", f"'{text}' stands in row {first_row} already.", row)


def unknown_problem(key: str, text: str, what: Text, row: int) -> Problem:
    return _problem(key, f"Không có {what.vi} '{text}'.", f"There is no {what.en} '{text}'.", row)


def at_row(problem: Problem, row: int) -> Problem:
    return Problem(problem.field, problem.text, row)


def _find_header(table: Table, columns: Sequence[Column]) -> int | None:
    for index, row in enumerate(table[:HEADER_WITHIN]):
        keys = {_key_of(cell, columns) for cell in row.cells}
        if all(column.key in keys for column in columns if column.required):
            return index
    return None


def _key_of(header: str, columns: Sequence[Column]) -> str | None:
    return next((column.key for column in columns if header.strip() and column.is_called(header)), None)


def _header_problems(header: Row, keys: list[str | None], columns: Sequence[Column]) -> list[Problem]:
    names = _names(columns)
    problems = [
        _problem(
            cell,
            f"Không biết cột '{cell}'. Các cột: {names.vi}. Hãy đổi tên hoặc bỏ cột này.",
            f"Column '{cell}' is unknown. The columns are: {names.en}. Rename or remove it.",
            header.number,
        )
        for cell, key in zip(header.cells, keys, strict=True)
        if cell and key is None
    ]
    twice = sorted({key for key in keys if key and keys.count(key) > 1})
    return problems + [
        _problem(key, f"Cột '{key}' có hai lần.", f"Column '{key}' stands twice.", header.number) for key in twice
    ]


def _no_header(columns: Sequence[Column]) -> Problem:
    names = _names([column for column in columns if column.required])
    return _problem(
        "",
        f"Không thấy dòng tên cột. Cần có ít nhất: {names.vi}. Hãy dùng tệp mẫu.",
        f"No row with the names of the columns was found. At least these are needed: {names.en}. Use the template.",
    )


def _names(columns: Sequence[Column]) -> Text:
    return Text(", ".join(column.name.vi for column in columns), ", ".join(column.name.en for column in columns))


def _record(row: Row, keys: list[str | None]) -> Record:
    return Record(row.number, {key: cell for key, cell in zip(keys, row.cells, strict=False) if key and cell})


def _problem(field: str, vi: str, en: str, row: int | None = None) -> Problem:
    return Problem(field, Text(vi, en), row)
