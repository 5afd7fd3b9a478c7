"""The desk's forms as text and back: what is typed is kept as typed, what cannot be read is told beside its field."""

from collections.abc import Mapping
from datetime import date, datetime, time

from ecabinet.office.agenda import ItemFields, item_problems
from ecabinet.office.local_time import ZONE, at_local
from ecabinet.office.meetings import MeetingFields, meeting_problems
from ecabinet.office.papers import PaperFields, paper_problems
from ecabinet.office.problems import Invalid, Problem
from ecabinet.rules.text import Text
from ecabinet.store.tables import AgendaItem, Meeting, Paper

Values = Mapping[str, str]

MEETING = (
    "body_id",
    "kind",
    "number",
    "title_vi",
    "title_en",
    "day",
    "clock",
    "place_vi",
    "place_en",
    "language",
    "key",
)
ITEM = ("title_vi", "title_en", "kind", "presenter_vi", "presenter_en", "agency_id", "planned_minutes")
PAPER = ("title_vi", "title_en", "number", "kind", "issuer", "issued_on", "language", "note")


def blank_meeting(body_id: int | None, language: str) -> dict[str, str]:
    return dict.fromkeys(MEETING, "") | {"kind": "ordinary", "language": language, "body_id": _said(body_id)}


def blank_item() -> dict[str, str]:
    return dict.fromkeys(ITEM, "") | {"kind": "discussion"}


def blank_paper(language: str) -> dict[str, str]:
    return dict.fromkeys(PAPER, "") | {"kind": "other", "language": language}


def meeting_values(meeting: Meeting) -> dict[str, str]:
    moment = meeting.starts_at.astimezone(ZONE) if meeting.starts_at else None
    day, clock = (f"{moment:%d/%m/%Y}", f"{moment:%H:%M}") if moment else ("", "")
    return {name: _said(getattr(meeting, name, "")) for name in MEETING} | {"day": day, "clock": clock}


def item_values(item: AgendaItem) -> dict[str, str]:
    return {name: _said(getattr(item, name)) for name in ITEM}


def paper_values(paper: Paper) -> dict[str, str]:
    issued_on = f"{paper.issued_on:%d/%m/%Y}" if paper.issued_on else ""
    return {name: _said(getattr(paper, name)) for name in PAPER} | {
        "kind": paper.kind or "other",
        "issued_on": issued_on,
    }


def read_meeting(values: Values) -> MeetingFields:
    """Raises Invalid with everything that can be seen without the database."""
    problems: list[Problem] = []
    starts_at = _moment(values["day"], values["clock"], problems)
    texts = {name: values[name] for name in MEETING if name not in ("body_id", "day", "clock")}
    fields = MeetingFields(body_id=int(_number(values["body_id"]) or 0), starts_at=starts_at, **texts)
    _refuse([*problems, *meeting_problems(fields)], MEETING)
    return fields


def read_item(values: Values) -> ItemFields:
    problems: list[Problem] = []
    minutes = _number(values["planned_minutes"])
    if values["planned_minutes"] and minutes is None:
        problems.append(Problem("planned_minutes", _NOT_MINUTES))
    texts = {name: values[name] for name in ITEM if name not in ("agency_id", "planned_minutes")}
    fields = ItemFields(agency_id=_number(values["agency_id"]), planned_minutes=minutes, **texts)
    _refuse([*problems, *item_problems(fields)], ITEM)
    return fields


def read_paper(values: Values) -> PaperFields:
    problems: list[Problem] = []
    issued_on = _day("issued_on", values["issued_on"], problems)
    texts = {name: values[name] for name in PAPER if name != "issued_on"}
    fields = PaperFields(issued_on=issued_on, **texts)
    _refuse([*problems, *paper_problems(fields)], PAPER)
    return fields


def _refuse(problems: list[Problem], names: tuple[str, ...]) -> None:
    """Told in the order of the fields, as one reads the form."""
    if problems:
        raise Invalid(*sorted(problems, key=lambda problem: names.index(problem.field)))


def _moment(day: str, clock: str, problems: list[Problem]) -> datetime | None:
    """Day and clock belong together: one alone is a question, not an answer."""
    on, at = _day("day", day, problems), _clock(clock, problems)
    if day and not clock:
        problems.append(Problem("clock", Text("Hãy ghi cả giờ họp.", "Give the time as well.")))
    if clock and not day:
        problems.append(Problem("day", Text("Hãy ghi cả ngày họp.", "Give the date as well.")))
    return at_local(on, at) if on and at else None


def _day(name: str, text: str, problems: list[Problem]) -> date | None:
    """24/11/2026 as it is written here, 24.11.2026 and 24-11-2026 as well, and 2026-11-24 as programs write it."""
    for pattern in ("%d/%m/%Y", "%Y/%m/%d"):
        try:
            found = datetime.strptime(text.replace("-", "/").replace(".", "/"), pattern).date()
        except ValueError:
            continue
        if 1945 <= found.year <= 2200:
            return found
    if text:
        problems.append(Problem(name, _NOT_A_DAY))
    return None


def _clock(text: str, problems: list[Problem]) -> time | None:
    """08:00, 8:00, 8h00, 8h and 8g30, as people write them."""
    for pattern in ("%H:%M", "%H:"):
        try:
            return datetime.strptime(text.lower().replace("h", ":").replace("g", ":"), pattern).time()
        except ValueError:
            continue
    if text:
        problems.append(Problem("clock", Text("Giờ ghi dạng 08:00.", "Write the time as 08:00.")))
    return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def _said(value: object) -> str:
    return "" if value is None else str(value)


_NOT_A_DAY = Text("Không có ngày này. Hãy ghi dạng 24/11/2026.", "There is no such date. Write it as 24/11/2026.")
_NOT_MINUTES = Text("Ghi số phút bằng chữ số, ví dụ 15.", "Write the minutes in digits, as 15.")
