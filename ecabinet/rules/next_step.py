"""The next sensible step of whoever runs the meeting, why it is the next, and what is missing."""

from dataclasses import dataclass, field

from ecabinet.rules.agenda import item_numbers, next_waiting
from ecabinet.rules.decide_polls import missing_voters, weight_missing
from ecabinet.rules.meeting import Item, Meeting, Stage
from ecabinet.rules.polls import Poll, PollState
from ecabinet.rules.quorum import present_seats, quorum_needed, total_weight, weight_of
from ecabinet.rules.sentences import sentence
from ecabinet.rules.text import Text


@dataclass(frozen=True, slots=True)
class NextStep:
    """`do` is the command to send ('' when there is nothing to do), with `args`; `ready` is False while it would be
    refused; `confirm` asks the person first; `missing` are seats that are waited for."""

    do: str
    why: Text
    args: dict[str, object] = field(default_factory=dict)
    ready: bool = True
    confirm: bool = False
    missing: tuple[int, ...] = ()


def next_step(meeting: Meeting) -> NextStep:
    match meeting.stage:
        case Stage.CALLED:
            return _begin(meeting, "open_session")
        case Stage.SUSPENDED:
            return _begin(meeting, "resume_session")
        case Stage.IN_SESSION:
            return _poll_step(meeting) or _item_step(meeting)
        case Stage.CANCELLED:
            return NextStep("", sentence("next_cancelled", reason=meeting.cancel_reason))
    return NextStep("", sentence("next_minutes"))


def _begin(meeting: Meeting, do: str) -> NextStep:
    present, members = weight_of(meeting, present_seats(meeting)), total_weight(meeting)
    facts = {"present": present, "members": members, "needed": quorum_needed(meeting.rules.quorum, members)}
    why = sentence("next_resume" if do == "resume_session" else "next_open_session", **facts)
    return _wait_for_quorum(meeting, do, {}) or NextStep(do, why)


def _wait_for_quorum(meeting: Meeting, do: str, args: dict[str, object]) -> NextStep | None:
    """Why a step that needs the quorum would be refused, and who is waited for."""
    seats, members = present_seats(meeting), total_weight(meeting)
    present, needed = weight_of(meeting, seats), quorum_needed(meeting.rules.quorum, members)
    if present >= needed:
        return None
    why = sentence("next_wait_quorum", present=present, members=members, missing=needed - present)
    there = frozenset(seats)
    absent = tuple(seat.person for seat in meeting.seats if seat.person not in there)
    return NextStep(do, why, args, ready=False, missing=absent)


def _poll_step(meeting: Meeting) -> NextStep | None:
    polls = tuple(meeting.polls.values())
    for poll in polls:
        if poll.state is PollState.OPEN:
            return _close_step(meeting, poll)
    for poll in polls:
        if poll.state is PollState.CLOSED:
            return NextStep("publish_result", sentence("next_publish"), {"poll": poll.id})
    for poll in polls:
        if poll.state is PollState.DRAFT and poll.item == meeting.current_item:
            args: dict[str, object] = {"poll": poll.id}
            step = NextStep("open_poll", sentence("next_open_poll", question=poll.question), args)
            return _wait_for_quorum(meeting, "open_poll", args) or step
    return None


def _close_step(meeting: Meeting, poll: Poll) -> NextStep:
    if poll.count is not None and poll.count.confirmed_by is None:
        return NextStep("confirm_count", sentence("next_confirm_count"), {"poll": poll.id})
    left = weight_missing(meeting, poll)
    voted = weight_of(meeting, tuple(poll.ballots)) + (poll.count.voters if poll.count else 0)
    why = sentence("next_close_poll_missing" if left else "next_close_poll_all", voted=voted, count=voted + left)
    args: dict[str, object] = {"poll": poll.id, "confirmed": left > 0}
    missing = () if poll.count else missing_voters(meeting, poll)
    return NextStep("close_poll", why, args, confirm=left > 0, missing=missing)


def _item_step(meeting: Meeting) -> NextStep:
    following = next_waiting(meeting.items, meeting.current_item)
    if following is not None:
        key = "next_item" if meeting.current_item is not None else "next_first_item"
        return NextStep("start_item", _named(meeting, following, key), {"item": following.id})
    if meeting.current_item is not None:
        return NextStep("finish_item", sentence("next_finish_item"), {"item": meeting.current_item})
    return NextStep("close_session", sentence("next_close_session"), confirm=True)


def _named(meeting: Meeting, item: Item, key: str) -> Text:
    return sentence(key, number=item_numbers(meeting.items, meeting.rules.roman_numbers)[item.id], title=item.title)
