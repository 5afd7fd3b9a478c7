"""Reading CSV as Vietnamese offices write it: four encodings, three separators, cells with line breaks."""

import csv
import io
import unicodedata
from collections.abc import Iterator

from ecabinet.paper.refusals import PaperRefused
from ecabinet.paper.rows import MAX_CELL

SEPARATORS = ",;\t"
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

# The beginning is enough to see which separator the table uses.
SAMPLE = 20_000


def read_csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = decoded(data)
    said, rest = _said_separator(text)
    first = 2 if said else 1  # Excel hides its own line 'sep=;' but counts it
    csv.field_size_limit(MAX_CELL + 1)
    reader = csv.reader(io.StringIO(rest, newline=""), delimiter=said or separator_of(rest), strict=True)
    number = first - 1
    try:
        for number, cells in enumerate(reader, first):
            yield number, cells
    except csv.Error as problem:
        raise _refusal(problem, number + 1) from None


def decoded(data: bytes) -> str:
    """By its mark, else UTF-16 by its zero bytes, else UTF-8, else Windows-1258, the old Vietnamese code page."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), _unmarked(data))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = _windows_1258(data)
    if any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n" for letter in text):
        raise PaperRefused("not_a_table")
    return unicodedata.normalize("NFC", text)


def _unmarked(data: bytes) -> str:
    """Every second byte of Latin letters in UTF-16 is zero; text in the other encodings has no zero byte."""
    sample = data[:SAMPLE]
    if sample[1::2].count(0) > len(sample) // 5:
        return "utf-16-le"
    if sample[::2].count(0) > len(sample) // 5:
        return "utf-16-be"
    return "utf-8"


def _windows_1258(data: bytes) -> str:
    try:
        return data.decode("cp1258")
    except UnicodeDecodeError:
        raise PaperRefused("not_a_table") from None


def _said_separator(text: str) -> tuple[str, str]:
    line, _, rest = text.partition("\n")
    said = line.strip("\r").strip('"').lower()
    if said.startswith("sep=") and len(said) == 5:
        return said[4], rest
    return "", text


def separator_of(text: str) -> str:
    """The one that stands most often outside of quotation marks in the first line that has any."""
    for line in text[:SAMPLE].splitlines():
        outside = "".join(line.split('"')[::2])
        best = max(SEPARATORS, key=outside.count)
        if best in outside:
            return best
    return ","


def _refusal(problem: csv.Error, row: int) -> PaperRefused:
    if "field larger" in str(problem):
        return PaperRefused("cell_too_long", row=row, limit=MAX_CELL)
    return PaperRefused("table_quote_open", row=row)
