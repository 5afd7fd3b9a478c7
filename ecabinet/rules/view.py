"""`view`: what an audience may see of a meeting, an allow-list of named parts."""

from datetime import datetime
from typing import Any

from ecabinet.rules.agenda import depth, item_numbers, parents, shown_state
from ecabinet.rules.audience import Audience, Kind
from ecabinet.rules.authority import may_run
from ecabinet.rules.ballots import receipt, seat_for
from ecabinet.rules.meeting import Item, Meeting
from ecabinet.rules.next_step import next_step
from ecabinet.rules.quorum import is_present, is_quorate, present_seats, quorum_needed, total_weight, weight_of
from ecabinet.rules.refused import Refused
from ecabinet.rules.text import Text
from ecabinet.rules.view_polls import poll_part

Part = dict[str, Any]
Parts = dict[str, Part]


def view(meeting: Meeting, audience: Audience) -> Parts:
    """The parts of `audience` by name: meeting, stage, agenda, item/N, presence, poll/P, and for some seats, people,
    note/N, next. JSON values only. What an audience may not see is absent, not blank."""
    parts: Parts = {
        "meeting": _meeting(meeting),
        "stage": _stage(meeting, audience),
        "agenda": _agenda(meeting, audience),
        "presence": _presence(meeting, audience),
    }
    for item in meeting.items.values():
        if audience.sees_item(item.id):
            parts[f"item/{item.id}"] = _item(meeting, item, audience)
    for poll in meeting.polls.values():
        if (part := poll_part(meeting, poll, audience)) is not None:
            parts[f"poll/{poll.id}"] = part
    if audience.kind is not Kind.GUEST:
        parts["seats"] = _seats(meeting)
    return parts | (_for_those_who_run(meeting) if audience.runs else {})


def personal_part(meeting: Meeting, person: int) -> Part:
    """The part `me`, for its owner only: role, seat, presence, own ballots with their receipts, why voting is refused."""
    participant = meeting.participants[person]
    seat = seat_for(meeting, person)
    own_seat = participant.person if participant.has_seat else participant.stands_for
    ballots = {
        poll.id: {"choice": list(ballot.choice), "opinion": ballot.opinion, "receipt": receipt(ballot.id), "at": _time(ballot.at)}
        for poll in meeting.polls.values()
        if own_seat is not None and (ballot := poll.ballots.get(own_seat)) is not None
    }
    return {
        "person": person,
        "role": participant.role.value,
        "office": _text(participant.office),
        "present": is_present(meeting, person),
        "runs": may_run(meeting, person),
        "votes": not isinstance(seat, Refused),
        "why_not": _text(seat.text) if isinstance(seat, Refused) else None,
        "ballots": ballots,
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
    numbers, headings = item_numbers(meeting.items), parents(meeting.items)
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
            "state": shown_state(meeting.items, item).value,
            "late": item.late,
            "started_at": _time(item.started_at),
        }
        for item in meeting.items.values()
        if audience.sees_item(item.id)
    ]
    return {"items": rows}


def _item(meeting: Meeting, item: Item, audience: Audience) -> Part:
    part: Part = {
        "papers": [
            {"id": p.id, "title": _text(p.title), "number": p.number, "kind": p.kind, "pages": p.pages, "file": p.file}
            for p in item.papers
        ],
        "polls": [poll.id for poll in meeting.polls_of(item.id) if poll_part(meeting, poll, audience) is not None],
    }
    if audience.kind in (Kind.CHAIR, Kind.SECRETARIAT, Kind.MEMBER):
        part["conclusion"] = item.conclusion
    return part


def _presence(meeting: Meeting, audience: Audience) -> Part:
    present = present_seats(meeting)
    members = total_weight(meeting)
    part: Part = {
        "present": weight_of(meeting, present),
        "members": members,
        "needed": quorum_needed(meeting.rules.quorum, members),
        "quorate": is_quorate(meeting),
    }
    if audience.kind is not Kind.GUEST:
        part["seats"] = list(present)
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


def _for_those_who_run(meeting: Meeting) -> Parts:
    step = next_step(meeting)
    parts: Parts = {
        "people": _people(meeting),
        "next": {
            "do": step.do,
            "args": step.args,
            "why": _text(step.why),
            "ready": step.ready,
            "confirm": step.confirm,
            "missing": list(step.missing),
        },
    }
    for item in meeting.items.values():
        parts[f"note/{item.id}"] = {"note": item.note}
    return parts


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None

