"""Who counts as present, and whether the meeting is quorate."""

from ecabinet.rules.meeting import Meeting, PresenceStatus, Role
from ecabinet.rules.rule_set import Share


def is_present(meeting: Meeting, person: int) -> bool:
    presence = meeting.presence.get(person)
    return presence is not None and presence.status is PresenceStatus.PRESENT


def substitute_of(meeting: Meeting, seat: int) -> int | None:
    """The substitute who may act for a seat: only where the body gives substitutes the vote, and the member is away."""
    if not meeting.rules.substitutes_vote or is_present(meeting, seat):
        return None
    standing_in = (
        p.person for p in meeting.participants.values() if p.role is Role.SUBSTITUTE and p.stands_for == seat
    )
    return next((person for person in standing_in if is_present(meeting, person)), None)


def present_seats(meeting: Meeting) -> tuple[int, ...]:
    """The seats that are taken, by the member or by a substitute with the vote, in order of precedence."""
    stood_for = _stood_for(meeting)
    return tuple(seat.person for seat in meeting.seats if is_present(meeting, seat.person) or seat.person in stood_for)


def _stood_for(meeting: Meeting) -> frozenset[int | None]:
    """The seats with a substitute present who has the vote; asked once for all seats, since bodies have up to 1,000."""
    if not meeting.rules.substitutes_vote:
        return frozenset()
    substitutes = (p for p in meeting.participants.values() if p.role is Role.SUBSTITUTE)
    return frozenset(p.stands_for for p in substitutes if is_present(meeting, p.person))


def weight_of(meeting: Meeting, seats: tuple[int, ...]) -> int:
    return sum(meeting.participants[seat].weight for seat in seats)


def total_weight(meeting: Meeting) -> int:
    return sum(seat.weight for seat in meeting.seats)


def quorum_needed(quorum: Share | None, members: int) -> int:
    """The smallest present weight that is a quorum: 17 of 25 at two thirds (Law 77/2015, art. 114.3)."""
    return 0 if quorum is None else -(-members * quorum.numerator // quorum.denominator)


def quorum_is_met(quorum: Share | None, present: int, members: int) -> bool:
    return quorum is None or present * quorum.denominator >= members * quorum.numerator


def is_quorate(meeting: Meeting) -> bool:
    return quorum_is_met(meeting.rules.quorum, weight_of(meeting, present_seats(meeting)), total_weight(meeting))
