"""What an official document consists of, before it has a page: plain values that the minutes and Markdown both make."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


Inline = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Inline
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 to 3. Centred for Phần, Chương and words such as QUYẾT NGHỊ."""

    text: Inline
    level: int = 1
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Bases:
    """Căn cứ: each in italics and ended by ';', the last by '.' (Decree 30/2020, annex I, II.6)."""

    lines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, one line each: 'Địa điểm: Phòng họp số 1'."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[Inline, ...]
    marker: str = "-"


@dataclass(frozen=True, slots=True)
class NumberedList:
    items: tuple[Inline, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A person by office; `attendance` is a word ('Có mặt', 'Vắng có phép')."""

    office: str
    attendance: str
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceTable:
    """Numbered by itself; a column that nobody fills is left out."""

    caption: str
    rows: tuple[AttendanceRow, ...]


@dataclass(frozen=True, slots=True)
class VoteRow:
    """`members` lists who chose the option, where the vote was open and the body prints names."""

    option: str
    count: int
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VoteTable:
    """A result as the rules give it: nothing is computed here. `base` and `threshold` are words with their numbers."""

    question: str
    rows: tuple[VoteRow, ...]
    base: str
    threshold: str
    verdict: str
    explanation: str


Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Table:
    """Every row as long as `head`; `aligns` as long, or empty for left."""

    head: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]
    aligns: tuple[Align, ...] = ()


Block = Paragraph | Heading | Bases | Facts | BulletList | NumberedList | AttendanceTable | VoteTable | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """`authority` is TM., KT., TL. with the body; `title` the office that signs; `name` without titles, or empty."""

    title: str
    name: str = ""
    authority: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One document. With two signatures the first stands left (THƯ KÝ), the second right (CHỦ TỌA).

    `decree30` is the layout of Decree 30/2020; `plain` that of bodies elsewhere. Minutes (BIÊN BẢN) show neither
    place nor date in `decree30`. An empty text leaves its part out; `dated=None` with a place leaves the day open.
    """

    language: Literal["vi", "en"]
    issuer: str
    kind_title: str
    layout: Literal["decree30", "plain"] = "decree30"
    superior: str = ""
    number_symbol: str = ""
    place: str = ""
    dated: date | None = None
    summary: str = ""
    addressed_to: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    footer_note: str = ""
    draft_mark: str = ""
