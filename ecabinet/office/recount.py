"""A recount of every poll from the raw events, with plain integer arithmetic and nothing of `apply`.

It repeats the rules of counting on purpose: what two independent counts agree on can be trusted.
"""

from dataclasses import dataclass, field
from typing import Any

from ecabinet.rules import events as e
from ecabinet.rules.record import Entry


@dataclass
class _Poll:
    drafted: e.PollDrafted
    opened: bool = False
    closed: bool = False
    electorate: tuple[int, ...] = ()
    present: tuple[int, ...] = ()
    last: dict[int, e.BallotCast] = field(default_factory=dict)
    count: e.CountEntered | None = None
    confirmed: bool = False


class Recount:
    """Fed with entries in order; afterwards tells tallies, last choices and what broke a rule."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.ballot_count = 0
        self._weights: dict[int, int] = {}
        self._chair: int | None = None
        self._quorum: tuple[int, int] | None = None
        self._polls: dict[str, _Poll] = {}

    def add(self, entry: Entry) -> None:
        event = entry.event
        if isinstance(event, e.MeetingCalled):
            self._called(event)
        elif isinstance(event, e.PollDrafted):
            self._polls[event.poll] = _Poll(event)
        elif isinstance(event, e.BallotCast):
            self._ballot(entry.seq, event)
        elif isinstance(event, e.ResultPublished):
            self._published(entry.seq, event)
        elif isinstance(event, (e.PollOpened, e.PollClosed, e.CountEntered, e.CountConfirmed, e.CountDiscarded)):
            self._poll_event(event)

    def tallies(self) -> list[dict[str, Any]]:
        """Per closed poll: id, question, counts by option, voters, base, needed, verdict."""
        return [self._tally(poll) for poll in self._polls.values() if poll.closed]

    def last_choices(self) -> dict[tuple[str, int], tuple[str, ...]]:
        return {(id_, seat): cast.choice for id_, poll in self._polls.items() for seat, cast in poll.last.items()}

    def _called(self, event: e.MeetingCalled) -> None:
        for person in event.participants:
            if person.role.value in ("chair", "deputy", "member"):
                self._weights[person.person] = person.weight
            if person.role.value == "chair" and self._chair is None:
                self._chair = person.person
        share = event.rules.quorum
        self._quorum = (share.numerator, share.denominator) if share else None

    def _ballot(self, seq: int, event: e.BallotCast) -> None:
        self.ballot_count += 1
        poll = self._polls[event.poll]
        if not poll.opened or poll.closed:
            self.problems.append(f"event {seq}: a ballot in poll {event.poll} while it was not open")
        if event.seat not in poll.electorate:
            self.problems.append(f"event {seq}: seat {event.seat} is not on the roll of poll {event.poll}")
        poll.last[event.seat] = event

    def _published(self, seq: int, event: e.ResultPublished) -> None:
        tally = self._tally(self._polls[event.poll])
        announced = {"counts": dict(event.counts), "base": event.base_size, "verdict": event.verdict.value}
        for name, value in announced.items():
            if tally[name] != value:
                self.problems.append(f"event {seq}: {name} announced {value}, recounted {tally[name]}")

    def _poll_event(
        self, event: e.PollOpened | e.PollClosed | e.CountEntered | e.CountConfirmed | e.CountDiscarded
    ) -> None:
        poll = self._polls[event.poll]
        match event:
            case e.PollOpened():
                poll.opened, poll.electorate = True, event.electorate
            case e.PollClosed():
                poll.closed, poll.present = True, event.present
            case e.CountEntered():
                poll.count, poll.confirmed = event, False
            case e.CountConfirmed():
                poll.confirmed = True
            case e.CountDiscarded():
                poll.count = None

    def _tally(self, poll: _Poll) -> dict[str, Any]:
        counts = {option.id: 0 for option in poll.drafted.options}
        for seat, cast in poll.last.items():
            for option in cast.choice:
                counts[option] += self._weights[seat]
        voters = sum(self._weights[seat] for seat in poll.last)
        if poll.count is not None and poll.confirmed:
            voters += poll.count.voters
            for option, number in poll.count.counts.items():
                counts[option] += number
        took_part = {seat for seat in poll.electorate if seat in poll.present or seat in poll.last}
        present = max(sum(self._weights[seat] for seat in took_part), voters)
        tally = {
            "poll": poll.drafted.poll,
            "question": poll.drafted.question.say("vi"),
            "counts": counts,
            "voters": voters,
        }
        return tally | self._verdict(poll, counts, voters, present)

    def _verdict(self, poll: _Poll, counts: dict[str, int], voters: int, present: int) -> dict[str, Any]:
        sides = {option.id: option.side.value for option in poll.drafted.options}
        for_ = sum(n for option, n in counts.items() if sides[option] == "for")
        against = sum(n for option, n in counts.items() if sides[option] == "against")
        silent = sum(n for option, n in counts.items() if sides[option] == "not_voting")
        everybody = sum(self._weights.values())
        bases = {
            "all_members": sum(self._weights[seat] for seat in poll.electorate),
            "present": present,
            "ballots_cast": voters - silent,
            "for_and_against": for_ + against,
        }
        majority = poll.drafted.majority
        base = bases[majority.base.value]
        return {"base": base, "verdict": self._word(poll, counts, for_, against, base, present, everybody)}

    def _word(
        self, poll: _Poll, counts: dict[str, int], for_: int, against: int, base: int, present: int, everybody: int
    ) -> str:
        if self._quorum is not None and present * self._quorum[1] < everybody * self._quorum[0]:
            return "inquorate"
        share, more = poll.drafted.majority.share, poll.drafted.majority.comparison.value == "more_than"

        def reached(weight: int) -> bool:
            left, right = weight * share.denominator, base * share.numerator
            return weight > 0 and (left > right if more else left >= right)

        if all(option.side.value == "choice" for option in poll.drafted.options):
            return "chosen" if any(reached(weight) for weight in counts.values()) else "none_chosen"
        half = more and share.numerator * 2 == share.denominator
        if half and for_ == against and for_ > 0 and poll.drafted.tie.value == "chair_side":
            return "passed" if self._chair_was_for(poll) else "rejected"
        return "passed" if reached(for_) else "rejected"

    def _chair_was_for(self, poll: _Poll) -> bool:
        if self._chair in poll.last:
            choice = poll.last[self._chair].choice[0]
        else:
            choice = poll.count.chair_choice if poll.count else ""
        return any(option.id == choice and option.side.value == "for" for option in poll.drafted.options)
