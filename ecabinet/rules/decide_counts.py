"""Deciding about counts on paper or by raised hands: entered by one person, confirmed by another."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ecabinet.rules import commands as c
from ecabinet.rules import events as e
from ecabinet.rules.authority import refuse_unless_desk
from ecabinet.rules.decide_polls import missing_voters, not_open
from ecabinet.rules.meeting import Meeting
from ecabinet.rules.polls import HandCount, Poll, Side
from ecabinet.rules.quorum import weight_of
from ecabinet.rules.refused import Refused, refused
from ecabinet.rules.rule_set import TieRule

METHODS = ("hands", "paper")

Decided = tuple[e.Event, ...] | Refused


def _enter(meeting: Meeting, command: c.EnterCount, now: datetime) -> Decided:
    poll = meeting.polls.get(command.poll)
    problem = refuse_unless_desk(meeting, command.by) or not_open(poll)
    if problem or poll is None:
        return problem or refused("no_such_poll")
    voters = sum(command.counts.values()) if poll.is_motion else command.voters
    if problem := _bad_count(meeting, poll, command, voters):
        return problem
    entered = e.CountEntered(
        at=now, by=command.by, poll=poll.id, method=command.method, counts=dict(command.counts), voters=voters,
        chair_choice=command.chair_choice,
    )  # fmt: skip
    return () if poll.count is not None and _is_same_count(poll.count, entered) else (entered,)


def _is_same_count(standing: HandCount, entered: e.CountEntered) -> bool:
    ours = (standing.method, standing.counts, standing.entered_by, standing.voters, standing.chair_choice)
    return ours == (entered.method, entered.counts, entered.by, entered.voters, entered.chair_choice)


def _bad_count(meeting: Meeting, poll: Poll, command: c.EnterCount, voters: int) -> Refused | None:
    """A count is of those who are present and have not voted on a tablet: nobody is counted twice."""
    if not {*command.counts, command.chair_choice or poll.options[0].id} <= {option.id for option in poll.options}:
        return refused("choice_unknown")
    if command.method not in METHODS:
        return refused("malformed", detail="method")
    numbers = tuple(command.counts.values())
    if min(numbers, default=0) < 0 or voters < 0:
        return refused("count_negative")
    if not any(numbers):
        return refused("count_empty")
    left = weight_of(meeting, missing_voters(meeting, poll))
    if voters > left:
        return refused("count_exceeds", total=voters, left=left)
    if max(numbers) > voters or sum(numbers) > voters * poll.max_choices:
        return refused("count_inconsistent", voters=voters, limit=poll.max_choices)
    return _bad_chair_choice(meeting, poll, command)


def _bad_chair_choice(meeting: Meeting, poll: Poll, command: c.EnterCount) -> Refused | None:
    """The side of the Chair decides a tie, so it is named when there is one, and only of a Chair who can be in the count."""
    chair = meeting.chair_seat
    in_count = chair is not None and chair in missing_voters(meeting, poll)
    option = poll.option(command.chair_choice)
    if option is None:
        decides = poll.is_motion and poll.tie is TieRule.CHAIR_SIDE and poll.majority.is_simple
        return refused("count_chair_missing") if in_count and decides and _is_tied(meeting, poll, command) else None
    if not in_count or chair is None:
        return refused("count_chair_not_counted")
    # A Chair who raised no hand is named as not voting, and stands in no number.
    counted = option.side is Side.NOT_VOTING or command.counts.get(option.id, 0) >= weight_of(meeting, (chair,))
    return None if counted else refused("count_chair_not_counted")


def _is_tied(meeting: Meeting, poll: Poll, command: c.EnterCount) -> bool:
    sides = {Side.FOR: 0, Side.AGAINST: 0}
    for option in poll.options:
        if option.side in sides:
            by_tablet = tuple(seat for seat, ballot in poll.ballots.items() if option.id in ballot.choice)
            sides[option.side] += command.counts.get(option.id, 0) + weight_of(meeting, by_tablet)
    return sides[Side.FOR] == sides[Side.AGAINST] > 0


def _confirm(meeting: Meeting, command: c.ConfirmCount, now: datetime) -> Decided:
    poll = meeting.polls.get(command.poll)
    problem = refuse_unless_desk(meeting, command.by) or not_open(poll)
    if problem or poll is None:
        return problem or refused("no_such_poll")
    if poll.count is None:
        return refused("no_count")
    if poll.count.confirmed_by is not None:
        return ()
    if poll.count.entered_by == command.by:
        return refused("count_same_person")
    return (e.CountConfirmed(at=now, by=command.by, poll=poll.id),)


def _discard(meeting: Meeting, command: c.DiscardCount, now: datetime) -> Decided:
    poll = meeting.polls.get(command.poll)
    problem = refuse_unless_desk(meeting, command.by) or not_open(poll)
    if problem or poll is None:
        return problem or refused("no_such_poll")
    return (e.CountDiscarded(at=now, by=command.by, poll=poll.id),) if poll.count else refused("no_count")


DECIDERS: dict[type[c.Command], Callable[[Meeting, Any, datetime], Decided]] = {
    c.EnterCount: _enter,
    c.ConfirmCount: _confirm,
    c.DiscardCount: _discard,
}
