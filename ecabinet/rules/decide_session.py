"""Deciding about the session itself: call, open, suspend, resume, close, cancel, who presides."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ecabinet.rules import commands as c
from ecabinet.rules import events as e
from ecabinet.rules.authority import (
    is_secretariat,
    refuse_unless_in_session,
    refuse_unless_running,
    role_of,
)
from ecabinet.rules.draft_polls import drafted_poll
from ecabinet.rules.meeting import ItemKind, ItemState, Meeting, Role, Stage
from ecabinet.rules.polls import PollState
from ecabinet.rules.quorum import is_quorate, present_seats, quorum_needed, total_weight, weight_of
from ecabinet.rules.refused import Refused, refused

REASON_LIMIT = 500


def call_meeting(meeting: Meeting, command: c.CallMeeting, now: datetime) -> tuple[e.Event, ...] | Refused:
    """Calling freezes the rule set and drafts a vote for each item that is for decision."""
    if meeting.stage is not Stage.DRAFT:
        return refused("already_called")
    chair = next((p.person for p in command.participants if p.role is Role.CHAIR), None)
    called = e.MeetingCalled(
        at=now, by=command.by, head=command.head, rules=command.rules, participants=command.participants,
        items=command.items, presiding=chair,
    )  # fmt: skip
    headings = {item.parent for item in command.items}
    polls = tuple(
        drafted_poll(command.rules, item, now, command.by)
        for item in command.items
        if item.kind is ItemKind.DECISION and item.id not in headings
    )
    return (called, *polls)


def refuse_inquorate(meeting: Meeting) -> Refused | None:
    """Opening needs the quorum of ALL members (Law 77/2015, art. 114.3)."""
    if is_quorate(meeting):
        return None
    present, members = weight_of(meeting, present_seats(meeting)), total_weight(meeting)
    needed = quorum_needed(meeting.rules.quorum, members)
    return refused(
        "inquorate",
        meeting.rules.article("quorum"),
        present=present,
        members=members,
        needed=needed,
        missing=needed - present,
    )


def refuse_pending_polls(meeting: Meeting) -> Refused | None:
    for poll in meeting.polls.values():
        if poll.state is PollState.OPEN:
            return refused("poll_still_open")
        if poll.state is PollState.CLOSED:
            return refused("poll_unpublished", question=poll.question)
    return None


def _open(meeting: Meeting, command: c.OpenSession, now: datetime) -> tuple[e.Event, ...] | Refused:
    if meeting.stage is not Stage.CALLED:
        return refused("already_in_session")
    problem = refuse_unless_running(meeting, command.by) or refuse_inquorate(meeting)
    return problem or (e.SessionOpened(at=now, by=command.by),)


def _suspend(meeting: Meeting, command: c.SuspendSession, now: datetime) -> tuple[e.Event, ...] | Refused:
    problem = refuse_unless_running(meeting, command.by) or refuse_unless_in_session(meeting)
    if problem is None and any(poll.state is PollState.OPEN for poll in meeting.polls.values()):
        problem = refused("poll_still_open")
    return problem or (e.SessionSuspended(at=now, by=command.by),)


def _resume(meeting: Meeting, command: c.ResumeSession, now: datetime) -> tuple[e.Event, ...] | Refused:
    if meeting.stage is not Stage.SUSPENDED:
        return refused("not_suspended")
    problem = refuse_unless_running(meeting, command.by) or refuse_inquorate(meeting)
    return problem or (e.SessionResumed(at=now, by=command.by),)


def _close(meeting: Meeting, command: c.CloseSession, now: datetime) -> tuple[e.Event, ...] | Refused:
    if meeting.stage not in (Stage.IN_SESSION, Stage.SUSPENDED):
        return refused("not_in_session")
    problem = refuse_unless_running(meeting, command.by) or refuse_pending_polls(meeting)
    if problem:
        return problem
    finished: tuple[e.Event, ...] = ()
    if meeting.current_item is not None:
        finished = (e.ItemStateChanged(at=now, by=command.by, item=meeting.current_item, state=ItemState.DECIDED),)
    return (*finished, e.SessionClosed(at=now, by=command.by))


def _cancel(meeting: Meeting, command: c.CancelMeeting, now: datetime) -> tuple[e.Event, ...] | Refused:
    if meeting.stage is not Stage.CALLED:
        return refused("already_in_session")
    problem = refuse_unless_running(meeting, command.by)
    if problem is None and not command.reason.strip():
        problem = refused("reason_missing")
    if problem is None and len(command.reason) > REASON_LIMIT:
        problem = refused("text_too_long", limit=REASON_LIMIT)
    return problem or (e.MeetingCancelled(at=now, by=command.by, reason=command.reason.strip()),)


def _assign(meeting: Meeting, command: c.AssignPresiding, now: datetime) -> tuple[e.Event, ...] | Refused:
    """The Chair assigns a deputy; the secretariat records it (Law 77/2015, art. 115)."""
    # Where nobody presides, the session could never open unless the secretariat may record who does.
    nobody = meeting.presiding is None and is_secretariat(meeting, command.by)
    allowed = nobody or role_of(meeting, command.by) is Role.CHAIR
    if not allowed and (problem := refuse_unless_running(meeting, command.by)):
        return problem
    if role_of(meeting, command.person) not in (Role.CHAIR, Role.DEPUTY):
        return refused("not_presiding_candidate", meeting.rules.article("presiding"))
    if meeting.presiding == command.person:
        return ()
    return (e.PresidingAssigned(at=now, by=command.by, person=command.person),)


DECIDERS: dict[type[c.Command], Callable[[Meeting, Any, datetime], tuple[e.Event, ...] | Refused]] = {
    c.OpenSession: _open,
    c.SuspendSession: _suspend,
    c.ResumeSession: _resume,
    c.CloseSession: _close,
    c.CancelMeeting: _cancel,
    c.AssignPresiding: _assign,
}
