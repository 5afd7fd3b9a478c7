"""A plain recount from the raw events, with dictionaries and fractions.

It shares nothing with `apply` and `result_of` but the names of the events: what two counts that know nothing of each
other agree on can be trusted.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from ecabinet.rules import events as e

# Counts by option, base and verdict.
Tally = tuple[dict[str, int], int, str]


@dataclass
class Box:
    """A ballot box as somebody at a table would keep it."""

    rule: e.PollDrafted
    is_open: bool = False
    roll: tuple[int, ...] = ()
    papers: dict[int, tuple[str, ...]] = field(default_factory=dict)
    by_hand: e.CountEntered | None = None
    confirmed: bool = False
    at_close: set[int] | None = None


def recount(events: list[e.Event]) -> tuple[dict[str, Box], dict[str, Tally]]:
    """The boxes, and (counts, base, verdict) of each poll that was closed."""
    boxes: dict[str, Box] = {}
    called_event = next(event for event in events if isinstance(event, e.MeetingCalled))
    for happened in events:
        match happened:
            case e.PollDrafted():
                assert happened.poll not in boxes or not boxes[happened.poll].roll, "an opened poll was worded again"
                boxes[happened.poll] = Box(happened)
            case e.PollOpened():
                boxes[happened.poll].is_open, boxes[happened.poll].roll = True, happened.electorate
            case e.BallotCast():
                box = boxes[happened.poll]
                assert box.is_open and happened.seat in box.roll
                box.papers[happened.seat] = happened.choice
            case e.CountEntered():
                boxes[happened.poll].by_hand, boxes[happened.poll].confirmed = happened, False
            case e.CountConfirmed():
                boxes[happened.poll].confirmed = True
            case e.CountDiscarded():
                boxes[happened.poll].by_hand = None
            case e.PollClosed():
                boxes[happened.poll].is_open, boxes[happened.poll].at_close = False, set(happened.present)
            case e.PollVoided():
                boxes[happened.poll].is_open = False
    return boxes, {poll: tally(box, called_event) for poll, box in boxes.items() if box.at_close is not None}


def tally(box: Box, called_event: e.MeetingCalled) -> Tally:
    weights = {p.person: p.weight for p in called_event.participants if p.role in ("chair", "deputy", "member")}
    counts = {option.id: 0 for option in box.rule.options}
    for seat, choice in box.papers.items():
        for option in choice:
            counts[option] += weights[seat]
    hands = 0
    if box.by_hand is not None:
        assert box.confirmed and box.by_hand.by is not None, "a count that nobody confirmed"
        hands = box.by_hand.voters
        for option, weight in box.by_hand.counts.items():
            counts[option] += weight
    voters = hands + sum(weights[seat] for seat in box.papers)
    present = max(voters, sum(weights[seat] for seat in weights if seat in box.papers or seat in (box.at_close or ())))
    everybody = sum(weights.values())
    for_, against, silent = (counts.get(name, 0) for name in ("for", "against", "not_voting"))
    majority = box.rule.majority
    base = {"all_members": everybody, "present": present, "ballots_cast": voters - silent}.get(
        majority.base, for_ + against
    )
    quorum = called_event.rules.quorum
    if quorum and Fraction(present, everybody) < Fraction(quorum.numerator, quorum.denominator):
        return counts, base, "inquorate"
    share = Fraction(majority.share.numerator, majority.share.denominator)

    def enough(weight: int) -> bool:
        return weight > 0 and (weight > base * share if majority.comparison == "more_than" else weight >= base * share)

    if "for" not in counts:
        return counts, base, "chosen" if any(enough(weight) for weight in counts.values()) else "none_chosen"
    carried = enough(for_)
    if majority.comparison == "more_than" and share == Fraction(1, 2) and for_ == against > 0:
        carried = box.rule.tie == "chair_side" and chair_choice(box, called_event) == "for"
    return counts, base, "passed" if carried else "rejected"


def chair_choice(box: Box, called_event: e.MeetingCalled) -> str:
    chair = next(p.person for p in called_event.participants if p.role == "chair")
    return box.papers[chair][0] if chair in box.papers else box.by_hand.chair_choice if box.by_hand else ""
