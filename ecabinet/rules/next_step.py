"""The next sensible step of whoever runs the meeting, why it is the next, and what is missing."""

from dataclasses import dataclass, field

from ecabinet.rules.agenda import item_numbers, next_waiting
from ecabinet.rules.decide_polls import missing_voters
from ecabinet.rules.meeting import Item, Meeting, Stage
from ecabinet.rules.polls import Poll, PollState
from ecabinet.rules.quorum import is_quorate, present_seats, quorum_needed, total_weight, weight_of
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
    needed = quorum_needed(meeting.rules.quorum, members)
    facts = {"present": present, "members": members, "needed": needed, "missing": needed - present}
    if not is_quorate(meeting):
        absent = tuple(seat.person for seat in meeting.seats if seat.person not in present_seats(meeting))
        return NextStep(do, sentence("next_wait_quorum", **facts), ready=False, missing=absent)
    return NextStep(do, sentence("next_resume" if do == "resume_session" else "next_open_session", **facts))


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
            why = sentence("next_open_poll", question=poll.question)
            return NextStep("open_poll", why, {"poll": poll.id}, ready=is_quorate(meeting))
    return None


def _close_step(meeting: Meeting, poll: Poll) -> NextStep:
    if poll.count is not None and poll.count.confirmed_by is None:
        return NextStep("confirm_count", sentence("next_confirm_count"), {"poll": poll.id})
    missing = () if poll.count else missing_voters(meeting, poll)
    count = len(poll.ballots) + len(missing)
    key = "next_close_poll_missing" if missing else "next_close_poll_all"
    why = sentence(key, voted=len(poll.ballots), count=count)
    args: dict[str, object] = {"poll": poll.id, "confirmed": bool(missing)}
    return NextStep("close_poll", why, args, confirm=bool(missing), missing=missing)


def _item_step(meeting: Meeting) -> NextStep:
    following = next_waiting(meeting.items, meeting.current_item)
    if following is not None:
        key = "next_item" if meeting.current_item is not None else "next_first_item"
        return NextStep("start_item", _named(meeting, following, key), {"item": following.id})
    if meeting.current_item is not None:
        return NextStep("finish_item", sentence("next_finish_item"), {"item": meeting.current_item})
    return NextStep("close_session", sentence("next_close_session"), confirm=True)


def _named(meeting: Meeting, item: Item, key: str) -> Text:
    return sentence(key, number=item_numbers(meeting.items)[item.id], title=item.title)
