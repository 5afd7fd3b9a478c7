"""The values of an agenda file as columns of rows. What the file leaves out is no column: it stays as it is."""

from datetime import UTC, datetime
from typing import Any

from ecabinet.office.local_time import at_local
from ecabinet.paper.agenda_parts import AgendaBody, AgendaMeeting, AgendaPerson, ItemEntry, PaperEntry
from ecabinet.rules.text import Text

Values = dict[str, Any]


def text_columns(name: str, text: Text) -> Values:
    return _said({f"{name}_vi": text.vi, f"{name}_en": text.en})


def body_columns(body: AgendaBody) -> Values:
    return (
        text_columns("name", body.name)
        | text_columns("superior", body.superior)
        | text_columns("place", body.place)
        | _said({"symbol": body.symbol, "language": body.language, "rule_set": body.rules})
    )


def person_columns(person: AgendaPerson, agency_id: int | None) -> Values:
    return text_columns("office", person.office) | _said({"name": person.name, "agency_id": agency_id})


def meeting_columns(meeting: AgendaMeeting, body_id: int) -> Values:
    return (
        {"body_id": body_id, "kind": meeting.kind, "language": meeting.language}
        | text_columns("title", meeting.title)
        | text_columns("place", meeting.place)
        | _time_columns(meeting)
        | _said({name: getattr(meeting, name) for name in ("number", "reality", "source", "facts")})
    )


def item_columns(item: ItemEntry, parent_id: int | None, position: int, agency_id: int | None) -> Values:
    return (
        {"key": item.key, "kind": item.kind, "parent_id": parent_id, "position": position, "deleted_at": None}
        | text_columns("title", item.title)
        | text_columns("presenter", item.presenter)
        | _said({"agency_id": agency_id, "planned_minutes": item.minutes, "facts": item.facts})
    )


def paper_columns(paper: PaperEntry, item_id: int, position: int) -> Values:
    return (
        {"key": paper.key, "item_id": item_id, "position": position, "kind": paper.kind, "language": paper.language}
        | {"deleted_at": None}
        | text_columns("title", paper.title)
        | _said({name: getattr(paper, name) for name in ("number", "issuer", "issued_on", "note")})
    )


def starts_at(meeting: AgendaMeeting) -> datetime | None:
    """Only where day and time are both known."""
    if meeting.day is None or meeting.clock is None:
        return None
    return at_local(meeting.day, meeting.clock).astimezone(UTC)


def _time_columns(meeting: AgendaMeeting) -> Values:
    """Moment and words are one thing: who says anything about the time says all of it."""
    words = meeting.when or (meeting.day.isoformat() if meeting.day and not meeting.clock else "")
    if not words and meeting.day is None:
        return {}
    return {"starts_at": starts_at(meeting), "when_text": words}


def _said(values: Values) -> Values:
    return {name: value for name, value in values.items() if value not in ("", None, {})}
