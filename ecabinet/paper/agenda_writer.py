"""The one way in which an agenda is written: fixed order, defaults left out, the same bytes every time."""

from typing import Any

from ecabinet.paper.agenda_keys import made_key
from ecabinet.paper.agenda_parts import (
    AgendaBody,
    AgendaFile,
    AgendaMeeting,
    AgendaPerson,
    ItemEntry,
    PaperEntry,
)
from ecabinet.paper.agenda_rules import rules_as_written
from ecabinet.paper.plain_yaml import emit
from ecabinet.rules.text import Text

FORMAT = 1

Fields = dict[str, Any]


def write_agenda(agenda: AgendaFile) -> str:
    """agenda.yaml in its canonical form."""
    language = agenda.meeting.language
    fields: Fields = {
        "format": FORMAT,
        "body": _body(agenda.body),
        "meeting": _meeting(agenda.meeting, agenda.body.language),
        "agencies": {code: _words(agenda.agencies[code], language) for code in agenda.agency_codes()} or None,
        "people": [_person(person, language) for person in agenda.people] or None,
        "items": [_item(item, language) for item in agenda.items] or None,
    }
    return emit(_filled(fields))


def _body(body: AgendaBody) -> Fields:
    return _filled(
        {
            "code": body.code,
            "name": _words(body.name, body.language),
            "superior": _words(body.superior, body.language),
            "place": _words(body.place, body.language),
            "symbol": body.symbol,
            "language": "" if body.language == "vi" else body.language,
            "rules": _rules(body),
        }
    )


def _rules(body: AgendaBody) -> Fields | None:
    written = rules_as_written(body.rules or {})
    if "articles" in written:
        written["articles"] = {rule: _words(text, body.language) for rule, text in written["articles"].items()}
    return written or None


def _meeting(meeting: AgendaMeeting, body_language: str) -> Fields:
    return _filled(
        {
            "key": meeting.key,
            "kind": meeting.kind,
            "number": meeting.number,
            "title": _words(meeting.title, meeting.language),
            "place": _words(meeting.place, meeting.language),
            "date": meeting.day.isoformat() if meeting.day else "",
            "time": meeting.clock.strftime("%H:%M") if meeting.clock else "",
            "when": meeting.when,
            "language": "" if meeting.language == body_language else meeting.language,
            "reality": meeting.reality,
            "source": meeting.source,
            "facts": meeting.facts or None,
        }
    )


def _person(person: AgendaPerson, language: str) -> Fields:
    return _filled(
        {
            "username": person.username,
            "office": _words(person.office, language),
            "name": person.name,
            "role": person.role,
            "agency": person.agency,
            "for": person.stands_for,
            "items": None if person.items is None else list(person.items),
            "language": "" if person.language == "vi" else person.language,
            "weight": None if person.weight == 1 else person.weight,
        }
    )


def _item(item: ItemEntry, language: str) -> Fields:
    papers = [_paper(paper, language) for paper in item.papers]
    return _filled(
        {
            "key": _key(item.key, item.title),
            "kind": item.kind,
            "title": _words(item.title, language),
            "presenter": _words(item.presenter, language),
            "agency": item.agency,
            "minutes": item.minutes,
            "papers": papers or None,
            "facts": item.facts or None,
            "items": [_item(child, language) for child in item.items] or None,
        }
    )


def _paper(paper: PaperEntry, language: str) -> Fields:
    return _filled(
        {
            "key": _key(paper.key, paper.title),
            "title": _words(paper.title, paper.language),
            "file": paper.file,
            "number": paper.number,
            "kind": "" if paper.kind == "other" else paper.kind,
            "issuer": paper.issuer,
            "date": paper.issued_on.isoformat() if paper.issued_on else "",
            "language": "" if paper.language == language else paper.language,
            "note": paper.note,
        }
    )


def _key(key: str, title: Text) -> str:
    """'' where the reader makes the same key: no other entry can have taken it, keys being unique."""
    return "" if key == made_key(title) else key


def _words(text: Text, language: str) -> str | Fields:
    own, other = (text.en, text.vi) if language == "en" else (text.vi, text.en)
    return own if not other else _filled({"vi": text.vi, "en": text.en})


def _filled(fields: Fields) -> Fields:
    """Without what is empty; an empty list or mapping is a statement (`articles: {}`, `items: []`)."""
    return {name: value for name, value in fields.items() if value not in ("", None)}
