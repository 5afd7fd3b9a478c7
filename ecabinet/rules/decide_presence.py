"""Deciding about presence and the list of those who attend."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ecabinet.rules import commands as c
from ecabinet.rules import events as e
from ecabinet.rules.authority import refuse_unless_desk
from ecabinet.rules.meeting import Meeting, PresenceStatus, Role
from ecabinet.rules.quorum import is_present
from ecabinet.rules.refused import Refused, refused

NOTE_LIMIT = 500
_LATE_ROLES = (Role.INVITEE, Role.SUBSTITUTE, Role.SECRETARIAT, Role.SCREEN)


def _check_in(meeting: Meeting, command: c.CheckIn, now: datetime) -> tuple[e.Event, ...] | Refused:
    if is_present(meeting, command.by):
        return ()
    return (e.PresenceMarked(at=now, by=command.by, person=command.by, status=PresenceStatus.PRESENT),)


def _check_out(meeting: Meeting, command: c.CheckOut, now: datetime) -> tuple[e.Event, ...] | Refused:
    if not is_present(meeting, command.by):
        return refused("not_present")
    return (e.PresenceMarked(at=now, by=command.by, person=command.by, status=PresenceStatus.LEFT),)


def _mark(meeting: Meeting, command: c.MarkPresence, now: datetime) -> tuple[e.Event, ...] | Refused:
    if problem := refuse_unless_desk(meeting, command.by):
        return problem
    marked = meeting.participants.get(command.person)
    if marked is None or marked.role is Role.SCREEN:
        return refused("no_such_person")
    if len(command.note) > NOTE_LIMIT:
        return refused("text_too_long", limit=NOTE_LIMIT)
    # A mark that is taken back leaves nothing to note.
    note = command.note if command.status else ""
    known = meeting.presence.get(command.person)
    if (known and known.status, known.note if known else "") == (command.status, note):
        return ()
    return (e.PresenceMarked(at=now, by=command.by, person=command.person, status=command.status, note=note),)


def _add(meeting: Meeting, command: c.AddParticipant, now: datetime) -> tuple[e.Event, ...] | Refused:
    if problem := refuse_unless_desk(meeting, command.by):
        return problem
    added = command.participant
    if added.person in meeting.participants:
        return refused("person_exists")
    if added.role not in _LATE_ROLES:
        return refused("role_not_for_late")
    seats = {seat.person for seat in meeting.seats}
    if added.role is Role.SUBSTITUTE and added.stands_for not in seats:
        return refused("stands_for_unknown")
    return _unknown_item(meeting, added.item_ids) or (e.ParticipantAdded(at=now, by=command.by, participant=added),)


def _admit(meeting: Meeting, command: c.AdmitInvitee, now: datetime) -> tuple[e.Event, ...] | Refused:
    """Invitees attend for the items that concern them (Law 77/2015, art. 116)."""
    if problem := refuse_unless_desk(meeting, command.by):
        return problem
    invited = meeting.participants.get(command.person)
    if invited is None or invited.role is not Role.INVITEE:
        return refused("no_such_person")
    if problem := _unknown_item(meeting, command.items):
        return problem
    if invited.item_ids == command.items:
        return ()
    return (e.InviteeAdmitted(at=now, by=command.by, person=command.person, item_ids=command.items),)


def _unknown_item(meeting: Meeting, items: tuple[int, ...]) -> Refused | None:
    return None if all(item in meeting.items for item in items) else refused("no_such_item")


DECIDERS: dict[type[c.Command], Callable[[Meeting, Any, datetime], tuple[e.Event, ...] | Refused]] = {
    c.CheckIn: _check_in,
    c.CheckOut: _check_out,
    c.MarkPresence: _mark,
    c.AddParticipant: _add,
    c.AdmitInvitee: _admit,
}
