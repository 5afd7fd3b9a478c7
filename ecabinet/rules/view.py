"""`view`: what an audience may see of a meeting, an allow-list of named parts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ecabinet.rules.agenda import depth, item_numbers, parents, shown_states
from ecabinet.rules.audience import Audience, Kind
from ecabinet.rules.authority import may_run
from ecabinet.rules.ballots import receipt, seat_for
from ecabinet.rules.meeting import Item, Meeting, Participant
from ecabinet.rules.next_step import next_step
from ecabinet.rules.polls import Poll, PollBallot
from ecabinet.rules.quorum import is_present, present_seats, quorum_is_met, quorum_needed, total_weight, weight_of
from ecabinet.rules.refused import Refused
from ecabinet.rules.text import Text
from ecabinet.rules.view_polls import poll_part, sees_poll

Part = dict[str, Any]
Parts = dict[str, Part]


@dataclass(frozen=True, slots=True)
class PartView:
    """A part that is not built yet. `sources` is all that `build` reads of the meeting: while each of them is the very
    same object, the part is the same, since states are never changed in place."""

    name: str
    sources: tuple[object, ...]
    build: Callable[[], Part]


def view(meeting: Meeting, audience: Audience) -> Parts:
    """The parts of `audience` by name: meeting, stage, agenda, item/N, presence, poll/P, and for some seats, people,
    note/N, next. JSON values only. What an audience may not see is absent, not blank."""
    return {part.name: part.build() for part in part_views(meeting, audience)}


def part_views(meeting: Meeting, audience: Audience) -> Iterator[PartView]:
    """The parts of `view`, to be built only where their sources have changed."""
    m = meeting
    course = (m.stage, m.current_item, m.presiding, m.opened_at, m.closed_at, m.cancel_reason)
    yield PartView("meeting", (m.head,), lambda: _meeting(m))
    yield PartView("stage", course, lambda: _stage(m, audience))
    yield PartView("agenda", (m.items, m.rules), lambda: _agenda(m, audience))
    yield PartView("presence", (m.participants, m.presence, m.rules), lambda: _presence(m, audience))
    polls: dict[int, list[Poll]] = {}
    for poll in m.polls.values():
        polls.setdefault(poll.item, []).append(poll)
        if sees_poll(poll, audience):
            yield _poll_view(m, poll, audience)
    for item in m.items.values():
        if audience.sees_item(item.id):
            yield _item_view(item, polls.get(item.id, []), audience)
    if audience.kind is not Kind.GUEST:
        yield PartView("seats", (m.participants,), lambda: _seats(m))
    if audience.runs:
        yield from _for_those_who_run(m)


def _poll_view(meeting: Meeting, poll: Poll, audience: Audience) -> PartView:
    sources = (poll, meeting.participants, meeting.presence, meeting.rules)
    return PartView(f"poll/{poll.id}", sources, lambda: poll_part(meeting, poll, audience))


def _item_view(item: Item, polls: list[Poll], audience: Audience) -> PartView:
    return PartView(f"item/{item.id}", (item, *polls), lambda: _item(item, polls, audience))


def personal_part(meeting: Meeting, person: int) -> Part:
    """The part `me`, for its owner only: role, seat, presence, own ballots with their receipts, why voting is refused."""
    participant = meeting.participants[person]
    seat = seat_for(meeting, person)
    return {
        "person": person,
        "role": participant.role.value,
        "office": _text(participant.office),
        "present": is_present(meeting, person),
        "runs": may_run(meeting, person),
        "votes": not isinstance(seat, Refused),
        "why_not": _text(seat.text) if isinstance(seat, Refused) else None,
        "ballots": {
            poll.id: _own_ballot(ballot)
            for poll in meeting.polls.values()
            if (ballot := _ballot_of(poll, participant)) is not None
        },
    }


def _ballot_of(poll: Poll, participant: Participant) -> PollBallot | None:
    """A member's own, also where a substitute cast it; a substitute's only if the substitute cast it."""
    if participant.has_seat:
        return poll.ballots.get(participant.person)
    ballot = poll.ballots.get(participant.stands_for) if participant.stands_for is not None else None
    return ballot if ballot is not None and ballot.by == participant.person else None


def _own_ballot(ballot: PollBallot) -> Part:
    return {
        "choice": list(ballot.choice),
        "opinion": ballot.opinion,
        "receipt": receipt(ballot.id),
        "at": _time(ballot.at),
    }


def _meeting(meeting: Meeting) -> Part:
    head = meeting.head
    return {
        "key": head.key,
        "kind": head.kind,
        "number": head.number,
        "title": _text(head.title),
        "body": _text(head.body),
        "place": _text(head.place),
        "starts_at": _time(head.starts_at),
        "reality": head.reality,
    }


def _stage(meeting: Meeting, audience: Audience) -> Part:
    current = meeting.current_item
    return {
        "stage": meeting.stage.value,
        "current_item": current if current is not None and audience.sees_item(current) else None,
        "presiding": meeting.presiding,
        "opened_at": _time(meeting.opened_at),
        "closed_at": _time(meeting.closed_at),
        "cancel_reason": meeting.cancel_reason,
    }


def _agenda(meeting: Meeting, audience: Audience) -> Part:
    numbers = item_numbers(meeting.items, meeting.rules.roman_numbers)
    headings, states = parents(meeting.items), shown_states(meeting.items)
    rows = [
        {
            "id": item.id,
            "number": numbers[item.id],
            "depth": depth(meeting.items, item.id),
            "heading": item.id in headings,
            "kind": item.kind.value,
            "title": _text(item.title),
            "presenter": _text(item.presenter),
            "agency": _text(item.agency),
            "minutes": item.planned_minutes,
            "state": states[item.id].value,
            "late": item.late,
            "started_at": _time(item.started_at),
        }
        for item in meeting.items.values()
        if audience.sees_item(item.id)
    ]
    return {"items": rows}


def _item(item: Item, polls: list[Poll], audience: Audience) -> Part:
    part: Part = {
        "papers": [
            {"id": p.id, "title": _text(p.title), "number": p.number, "kind": p.kind, "pages": p.pages, "file": p.file}
            for p in item.papers
        ],
        "polls": [poll.id for poll in polls if sees_poll(poll, audience)],
    }
    if audience.kind in (Kind.CHAIR, Kind.SECRETARIAT, Kind.MEMBER):
        part["conclusion"] = item.conclusion
    return part


def _presence(meeting: Meeting, audience: Audience) -> Part:
    seats, members = present_seats(meeting), total_weight(meeting)
    present = weight_of(meeting, seats)
    part: Part = {
        "present": present,
        "members": members,
        "needed": quorum_needed(meeting.rules.quorum, members),
        "quorate": quorum_is_met(meeting.rules.quorum, present, members),
    }
    if audience.kind is not Kind.GUEST:
        part["seats"] = list(seats)
    return part


def _seats(meeting: Meeting) -> Part:
    return {"seats": [{"seat": s.person, "office": _text(s.office), "role": s.role.value} for s in meeting.seats]}


def _people(meeting: Meeting) -> Part:
    rows = []
    for person in meeting.participants.values():
        presence = meeting.presence.get(person.person)
        rows.append(
            {
                "person": person.person,
                "office": _text(person.office),
                "role": person.role.value,
                "items": list(person.item_ids),
                "stands_for": person.stands_for,
                "status": presence.status.value if presence else None,
                "at": _time(presence.at) if presence else None,
                "note": presence.note if presence else "",
            }
        )
    return {"people": rows}


def _for_those_who_run(meeting: Meeting) -> Iterator[PartView]:
    yield PartView("people", (meeting.participants, meeting.presence), lambda: _people(meeting))
    yield PartView("next", (meeting,), lambda: _next(meeting))
    for item in meeting.items.values():
        yield _note_view(item)


def _note_view(item: Item) -> PartView:
    return PartView(f"note/{item.id}", (item.note,), lambda: {"note": item.note})


def _next(meeting: Meeting) -> Part:
    step = next_step(meeting)
    return {
        "do": step.do,
        "args": step.args,
        "why": _text(step.why),
        "ready": step.ready,
        "confirm": step.confirm,
        "missing": list(step.missing),
    }


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
