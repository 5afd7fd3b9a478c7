"""What an audience sees of a poll: who has voted, never how, until the result is published."""

from typing import Any

from ecabinet.rules.audience import Audience, Kind
from ecabinet.rules.decide_polls import missing_voters
from ecabinet.rules.meeting import Meeting
from ecabinet.rules.polls import HandCount, Poll, PollState, Result
from ecabinet.rules.results import rule_sentence
from ecabinet.rules.text import Text

Part = dict[str, Any]


def poll_part(meeting: Meeting, poll: Poll, audience: Audience) -> Part:
    """The part `poll/ID` for an audience that `sees_poll`."""
    part: Part = {
        "item": poll.item,
        "state": poll.state.value,
        "question": _text(poll.question),
        "options": [{"id": o.id, "side": o.side.value, "words": _text(o.words)} for o in poll.options],
        "max_choices": poll.max_choices,
        "change": meeting.rules.ballot_change,
        "rule": _text(rule_sentence(meeting, poll)),
        "replaces": poll.replaces,
    }
    if poll.state is not PollState.DRAFT:
        part |= _progress(meeting, poll, audience)
    if poll.state is PollState.VOID:
        part["void_reason"] = poll.void_reason
    if _sees_result(poll, audience) and poll.result is not None:
        part |= _outcome(poll, poll.result, audience)
    return part | (_for_those_who_run(meeting, poll) if audience.runs else {})


def sees_poll(poll: Poll, audience: Audience) -> bool:
    """A vote that was never opened, declared void as a draft included, is known to those who run the meeting only."""
    return audience.sees_item(poll.item) and (poll.opened_at is not None or audience.runs)


def _sees_result(poll: Poll, audience: Audience) -> bool:
    return poll.state is PollState.PUBLISHED or (poll.state is PollState.CLOSED and audience.runs)


def _progress(meeting: Meeting, poll: Poll, audience: Audience) -> Part:
    part: Part = {"voted": len(poll.ballots), "electorate": len(poll.electorate), "counted": poll.count is not None}
    if audience.kind is not Kind.GUEST:
        part["voted_seats"] = list(poll.ballots)
    if meeting.rules.live_tally and poll.state is PollState.OPEN:
        part["tally"] = _tally(meeting, poll)
    return part


def _tally(meeting: Meeting, poll: Poll) -> dict[str, int]:
    tally = {option.id: 0 for option in poll.options}
    for seat, ballot in poll.ballots.items():
        for option in ballot.choice:
            tally[option] += meeting.participants[seat].weight
    return tally


def _outcome(poll: Poll, result: Result, audience: Audience) -> Part:
    part: Part = {
        "result": {
            "counts": dict(result.counts),
            "voted": result.voted,
            "members": result.members,
            "present": result.present,
            "base_size": result.base_size,
            "needed": result.needed,
            "verdict": result.verdict.value,
            "carried": result.carried,
            "tied": result.tied,
            "chosen": list(result.chosen),
            "sentence": _text(result.sentence),
            "article": _text(result.article) if result.article else None,
        }
    }
    if audience.kind not in (Kind.GUEST, Kind.SCREEN):
        # An open vote: every name with its vote (domain/voting, secrecy).
        part["votes"] = {str(seat): list(ballot.choice) for seat, ballot in poll.ballots.items()}
        part["opinions"] = {str(seat): ballot.opinion for seat, ballot in poll.ballots.items() if ballot.opinion}
    return part


def _for_those_who_run(meeting: Meeting, poll: Poll) -> Part:
    part: Part = {"count": _count(poll.count) if poll.count else None}
    if poll.state is PollState.OPEN:
        part["missing"] = list(missing_voters(meeting, poll))
    return part


def _count(count: HandCount) -> Part:
    return {
        "method": count.method,
        "counts": dict(count.counts),
        "voters": count.voters,
        "entered_by": count.entered_by,
        "confirmed_by": count.confirmed_by,
        "chair_choice": count.chair_choice,
    }


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
