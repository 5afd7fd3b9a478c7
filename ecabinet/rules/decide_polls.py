"""Deciding about votes: draft, open, ballots, close, publish, void."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from ecabinet.rules import commands as c
from ecabinet.rules import events as e
from ecabinet.rules.agenda import parents
from ecabinet.rules.authority import refuse_unless_in_session, refuse_unless_running
from ecabinet.rules.ballots import cast_ballot
from ecabinet.rules.decide_session import refuse_inquorate
from ecabinet.rules.draft_polls import is_draft_of
from ecabinet.rules.meeting import ItemState, Meeting
from ecabinet.rules.polls import Option, Poll, PollState, Side, motion_options
from ecabinet.rules.quorum import present_seats, weight_of
from ecabinet.rules.refused import Refused, refused
from ecabinet.rules.rule_set import Base, Majority
from ecabinet.rules.sentences import joined
from ecabinet.rules.text import Text

OPTIONS_LIMIT = 20
QUESTION_LIMIT = 2000
REASON_LIMIT = 500

# Part names, addresses and keys are made of it.
_POLL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

Decided = tuple[e.Event, ...] | Refused


def missing_voters(meeting: Meeting, poll: Poll) -> tuple[int, ...]:
    """The seats on the roll that are present and have not voted, in order of precedence."""
    electorate = frozenset(poll.electorate)
    return tuple(seat for seat in present_seats(meeting) if seat in electorate and seat not in poll.ballots)


def weight_missing(meeting: Meeting, poll: Poll) -> int:
    """The weight of those present who neither cast a ballot nor were counted by hand (who they are, a count cannot tell)."""
    counted = poll.count.voters if poll.count else 0
    return max(0, weight_of(meeting, missing_voters(meeting, poll)) - counted)


def _draft(meeting: Meeting, command: c.DraftPoll, now: datetime) -> Decided:
    problem = refuse_unless_running(meeting, command.by) or _bad_draft(meeting, command)
    if problem:
        return problem
    options = _free_list(command.choices) if command.choices else motion_options(meeting.rules.other_opinion)
    drafted = e.PollDrafted(
        at=now, by=command.by, poll=command.poll, item=command.item, question=command.question, options=options,
        majority=_majority(meeting, command), tie=meeting.rules.tie, max_choices=command.max_choices,
        replaces=command.replaces,
    )  # fmt: skip
    return () if is_draft_of(meeting.polls.get(command.poll), drafted) else (drafted,)


def _majority(meeting: Meeting, command: c.DraftPoll) -> Majority:
    """A free list has no sides: of nobody for or against, one vote would be more than half. Where the body counts for and
    against, a list is counted of the ballots cast."""
    majority = command.majority or meeting.rules.majority
    if command.choices and majority.base is Base.FOR_AND_AGAINST:
        return replace(majority, base=Base.BALLOTS_CAST)
    return majority


def _bad_draft(meeting: Meeting, command: c.DraftPoll) -> Refused | None:
    if command.item not in meeting.items:
        return refused("no_such_item")
    if command.item in parents(meeting.items):
        return refused("item_is_heading")
    return (
        _bad_poll_id(meeting, command)
        or _bad_question(command)
        or _bad_choices(command)
        or _bad_repeat(meeting, command)
    )


def _bad_poll_id(meeting: Meeting, command: c.DraftPoll) -> Refused | None:
    if not _POLL_ID.fullmatch(command.poll):
        return refused("malformed", detail="poll")
    if command.poll.startswith("item-") and command.poll != f"item-{command.item}":
        # 'item-7' is the vote that item 7 gets by itself, also when it is added late: it must find its id free.
        return refused("poll_exists")
    known = meeting.polls.get(command.poll)
    if known and (known.state is not PollState.DRAFT or known.item != command.item):
        return refused("poll_exists" if known.item != command.item else "poll_not_draft")
    return None


def _bad_question(command: c.DraftPoll) -> Refused | None:
    if not command.question.say("vi").strip():
        return refused("question_missing")
    longest = max((words for text in (command.question, *command.choices) for words in (text.vi, text.en)), key=len)
    return refused("text_too_long", limit=QUESTION_LIMIT) if len(longest) > QUESTION_LIMIT else None


def _bad_choices(command: c.DraftPoll) -> Refused | None:
    words = {choice.say("vi").strip() for choice in command.choices}
    if command.choices and ("" in words or len(words) < max(2, len(command.choices))):
        return refused("options_too_few")
    if len(command.choices) > OPTIONS_LIMIT:
        return refused("options_too_many", limit=OPTIONS_LIMIT)
    if command.choices and command.majority and command.majority.base is Base.FOR_AND_AGAINST:
        return refused("list_has_no_sides")
    limit = len(command.choices) or 1
    return None if 1 <= command.max_choices <= limit else refused("choices_out_of_range", limit=limit)


def _bad_repeat(meeting: Meeting, command: c.DraftPoll) -> Refused | None:
    """A repeated vote is a new poll that names the one it replaces; the old run stays in the record."""
    if command.replaces is None:
        return None
    earlier = meeting.polls.get(command.replaces)
    settled = (PollState.CLOSED, PollState.PUBLISHED, PollState.VOID)
    if earlier is None or earlier.item != command.item or earlier.state not in settled:
        return refused("replaces_unknown")
    return None


def _free_list(choices: tuple[Text, ...]) -> tuple[Option, ...]:
    return tuple(Option(f"choice-{n}", Side.CHOICE, words) for n, words in enumerate(choices, start=1))


def _open(meeting: Meeting, command: c.OpenPoll, now: datetime) -> Decided:
    problem = refuse_unless_running(meeting, command.by) or refuse_unless_in_session(meeting)
    poll = meeting.polls.get(command.poll)
    if problem or poll is None:
        return problem or refused("no_such_poll")
    if poll.state is not PollState.DRAFT:
        return refused("poll_not_draft")
    if meeting.items[poll.item].state is not ItemState.UNDER_WAY:
        return refused("item_must_be_under_way")
    for other in meeting.polls.values():
        if other.state is PollState.OPEN:
            return refused("another_poll_open", question=other.question)
    # The roll is every seat of the body: who comes late still votes, who stays away still stands in the base.
    electorate = tuple(seat.person for seat in meeting.seats)
    return refuse_inquorate(meeting) or (e.PollOpened(at=now, by=command.by, poll=poll.id, electorate=electorate),)


def _close(meeting: Meeting, command: c.ClosePoll, now: datetime) -> Decided:
    poll = meeting.polls.get(command.poll)
    problem = refuse_unless_running(meeting, command.by) or not_open(poll)
    if problem or poll is None:
        return problem or refused("no_such_poll")
    if poll.count is not None and poll.count.confirmed_by is None:
        return refused("count_unconfirmed")
    if not command.confirmed and weight_missing(meeting, poll):
        return _voters_missing(meeting, poll)
    return (e.PollClosed(at=now, by=command.by, poll=poll.id, present=present_seats(meeting)),)


def _voters_missing(meeting: Meeting, poll: Poll) -> Refused:
    """Closing while members who are present have not voted is an act of its own (domain/voting)."""
    if poll.count is not None:
        return refused("voters_uncounted", count=weight_missing(meeting, poll))
    missing = missing_voters(meeting, poll)
    names = joined([meeting.participants[seat].office for seat in missing])
    return refused("voters_missing", count=len(missing), names=names)


def _publish(meeting: Meeting, command: c.PublishResult, now: datetime) -> Decided:
    problem = refuse_unless_running(meeting, command.by)
    poll = meeting.polls.get(command.poll)
    if problem or poll is None:
        return problem or refused("no_such_poll")
    if poll.state is PollState.PUBLISHED:
        return ()
    if poll.state is not PollState.CLOSED or poll.result is None:
        return refused("poll_not_closed")
    result = poll.result
    return (
        e.ResultPublished(
            at=now, by=command.by, poll=poll.id, counts=dict(result.counts), base_size=result.base_size,
            verdict=result.verdict,
        ),
    )  # fmt: skip


def _void(meeting: Meeting, command: c.VoidPoll, now: datetime) -> Decided:
    problem = refuse_unless_running(meeting, command.by)
    poll = meeting.polls.get(command.poll)
    if problem or poll is None:
        return problem or refused("no_such_poll")
    if poll.state is PollState.VOID:
        return ()
    if not command.reason.strip():
        return refused("reason_missing")
    if len(command.reason) > REASON_LIMIT:
        return refused("text_too_long", limit=REASON_LIMIT)
    return (e.PollVoided(at=now, by=command.by, poll=poll.id, reason=command.reason.strip()),)


def not_open(poll: Poll | None) -> Refused | None:
    if poll is None:
        return refused("no_such_poll")
    return None if poll.state is PollState.OPEN else refused("poll_not_open")


DECIDERS: dict[type[c.Command], Callable[[Meeting, Any, datetime], Decided]] = {
    c.DraftPoll: _draft,
    c.OpenPoll: _open,
    c.CastBallot: cast_ballot,
    c.ClosePoll: _close,
    c.PublishResult: _publish,
    c.VoidPoll: _void,
}
