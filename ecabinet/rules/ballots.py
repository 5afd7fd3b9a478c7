"""A ballot: whose seat it is, whether it may be cast, and the receipt it gets."""

import hashlib
from base64 import b32encode
from datetime import datetime

from ecabinet.rules.commands import CastBallot
from ecabinet.rules.events import BallotCast, Event
from ecabinet.rules.meeting import Meeting, Role
from ecabinet.rules.polls import Poll, PollState, Side
from ecabinet.rules.quorum import is_present, substitute_of
from ecabinet.rules.refused import Refused, refused

OPINION_LIMIT = 2000


def cast_ballot(meeting: Meeting, command: CastBallot, now: datetime) -> tuple[Event, ...] | Refused:
    poll, seat = meeting.polls.get(command.poll), seat_for(meeting, command.by)
    if isinstance(seat, Refused) and seat.reason == "not_a_member":
        # First of all: a guest must not learn from the refusal which votes there are.
        return seat
    if poll is None or poll.opened_at is None:
        return refused("no_such_poll")
    if problem := _refuse_closed(poll):
        return problem
    if isinstance(seat, Refused):
        return seat
    problem = _refuse_seat(meeting, poll, seat) or _refuse_choice(poll, command)
    return problem or (
        BallotCast(
            at=now, by=command.by, poll=poll.id, seat=seat, ballot=command.id, choice=command.choice,
            # A text that a member began and then voted 'for' is not an opinion to publish.
            opinion=command.opinion.strip() if _wants_opinion(poll, command) else "",
        ),
    )  # fmt: skip


def seat_for(meeting: Meeting, person: int) -> int | Refused:
    """The seat for which `person` votes now, or why there is none (Law 77/2015, art. 117.1: members vote)."""
    participant = meeting.participants.get(person)
    if participant is None:
        return refused("not_in_meeting")
    if participant.has_seat:
        return person if is_present(meeting, person) else refused("not_checked_in")
    if participant.role is Role.SUBSTITUTE and meeting.rules.substitutes_vote and participant.stands_for is not None:
        return _seat_of_substitute(meeting, person, participant.stands_for)
    return refused("not_a_member", meeting.rules.article("options"))


def _seat_of_substitute(meeting: Meeting, person: int, seat: int) -> int | Refused:
    if not is_present(meeting, person):
        return refused("not_checked_in")
    return seat if substitute_of(meeting, seat) == person else refused("seat_is_taken")


def _refuse_closed(poll: Poll) -> Refused | None:
    if poll.state is PollState.VOID:
        return refused("poll_void")
    return None if poll.state is PollState.OPEN else refused("poll_closed")


def _refuse_seat(meeting: Meeting, poll: Poll, seat: int) -> Refused | None:
    if seat not in poll.electorate:
        return refused("not_in_electorate")
    if poll.count is not None:
        return refused("count_stands")
    if seat in poll.ballots and not meeting.rules.ballot_change:
        return refused("ballot_unchangeable")
    return None


def _refuse_choice(poll: Poll, command: CastBallot) -> Refused | None:
    options = [poll.option(choice) for choice in command.choice]
    if None in options or len(set(command.choice)) != len(options):
        return refused("choice_unknown")
    if not 1 <= len(options) <= poll.max_choices:
        return refused("choice_count", limit=poll.max_choices)
    if _wants_opinion(poll, command) and not command.opinion.strip():
        return refused("opinion_missing")
    return refused("text_too_long", limit=OPINION_LIMIT) if len(command.opinion) > OPINION_LIMIT else None


def _wants_opinion(poll: Poll, command: CastBallot) -> bool:
    return any(option.id in command.choice for option in poll.options if option.side is Side.OTHER)


def receipt(ballot_id: str) -> str:
    """The code a voter keeps, 'K7QF-2MXD': follows from the ballot's id, so `verify` can print it again."""
    code = b32encode(hashlib.sha256(ballot_id.encode()).digest())[:8].decode()
    return f"{code[:4]}-{code[4:]}"
