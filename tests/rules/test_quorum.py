"""Quorum: at least two thirds of ALL members (Law 77/2015, art. 114.3), in integers."""

import pytest

from ecabinet.rules.commands import CheckIn, CheckOut, MarkPresence, OpenSession
from ecabinet.rules.meeting import PresenceStatus
from ecabinet.rules.quorum import (
    is_quorate,
    present_seats,
    quorum_is_met,
    quorum_needed,
    substitute_of,
    total_weight,
    weight_of,
)
from ecabinet.rules.rule_set import RuleSet, Share
from tests.rules.sessions import (
    CHAIR,
    INVITEE,
    MEMBER,
    OTHERS,
    SECRETARY,
    SUBSTITUTE,
    SUBSTITUTED,
    called,
    in_session,
    seats,
)

TWO_THIRDS, HALF, THREE_QUARTERS, ALL = Share(2, 3), Share(1, 2), Share(3, 4), Share(1, 1)

NEEDED = [
    (TWO_THIRDS, 25, 17, "art. 114.3: 17 of 25"),
    (TWO_THIRDS, 24, 16, "16 of 24 is exactly two thirds"),
    (TWO_THIRDS, 26, 18, "26 members need 18"),
    (TWO_THIRDS, 9, 6, "6 of 9"),
    (TWO_THIRDS, 10, 7, "7 of 10"),
    (TWO_THIRDS, 1, 1, "a body of one"),
    (TWO_THIRDS, 0, 0, "a body of nobody"),
    (HALF, 25, 13, "half of 25 is reached with 13"),
    (HALF, 24, 12, "half of 24 is reached with 12"),
    (THREE_QUARTERS, 25, 19, "19 of 25"),
    (ALL, 25, 25, "everybody"),
    (Share(1, 3), 1_000_000_007, 333_333_336, "no float could tell"),
    (None, 25, 0, "a body without a quorum"),
]


@pytest.mark.parametrize(("share", "members", "needed", "why"), NEEDED, ids=[case[-1] for case in NEEDED])
def test_quorum_needed_is_the_first_number_that_meets_it(
    share: Share | None, members: int, needed: int, why: str
) -> None:
    met = [quorum_is_met(share, present, members) for present in (needed - 1, needed, needed + 1)]
    assert (quorum_needed(share, members), met) == (needed, [share is None, True, True])


@pytest.mark.parametrize(
    ("present", "opens"), [(16, False), (17, True), (25, True)], ids=["16 of 25", "art. 114.3: 17 of 25", "all"]
)
def test_session_opens_with_a_quorum_only(present: int, opens: bool) -> None:
    session = called()
    session.check_in(range(1, present + 1))
    assert (is_quorate(session.meeting), session.reason(OpenSession)) == (opens, "" if opens else "inquorate")


def test_refusal_names_the_article_and_how_many_are_missing() -> None:
    session = called()
    session.check_in(range(1, 17))
    reason, article = session.refusal(OpenSession)
    assert (reason, article) == ("inquorate", session.meeting.rules.article("quorum"))
    refusal = session.decide(OpenSession)
    assert refusal.params == {"present": 16, "members": 25, "needed": 17, "missing": 1}  # type: ignore[union-attr]


def test_only_members_count() -> None:
    session = called()
    session.check_in([*range(1, 17), SECRETARY, INVITEE, SUBSTITUTE])
    assert (present_seats(session.meeting), is_quorate(session.meeting)) == (tuple(range(1, 17)), False)


AWAY = [
    (PresenceStatus.EXCUSED, "absent with leave (art. 114.2)"),
    (PresenceStatus.UNEXCUSED, "absent without leave"),
    (PresenceStatus.LEFT, "left"),
    (None, "the mark was taken back"),
]


@pytest.mark.parametrize(("status", "why"), AWAY, ids=[case[-1] for case in AWAY])
def test_who_is_not_present_counts_in_all_members_only(status: PresenceStatus | None, why: str) -> None:
    session = in_session(17)
    session.do(MarkPresence, by=SECRETARY, person=MEMBER, status=status)
    meeting = session.meeting
    assert (len(present_seats(meeting)), total_weight(meeting), is_quorate(meeting)) == (16, 25, False)


def test_a_weight_weighs_both_sides_of_the_fraction() -> None:
    session = called(participants=seats(5, weights=(6,)) + OTHERS[:1])
    session.check_in((CHAIR,))
    meeting = session.meeting
    assert (weight_of(meeting, present_seats(meeting)), total_weight(meeting), is_quorate(meeting)) == (6, 10, False)
    session.check_in((MEMBER,))
    assert is_quorate(session.meeting)


def test_a_substitute_without_the_vote_takes_no_seat() -> None:
    session = called()
    session.check_in((SUBSTITUTE,))
    assert (present_seats(session.meeting), substitute_of(session.meeting, SUBSTITUTED)) == ((), None)


def test_a_substitute_with_the_vote_takes_the_seat_while_the_member_is_away() -> None:
    session = called(rules=RuleSet(substitutes_vote=True))
    session.do(CheckIn, by=SUBSTITUTE)
    assert (present_seats(session.meeting), substitute_of(session.meeting, SUBSTITUTED)) == ((SUBSTITUTED,), SUBSTITUTE)
    session.do(CheckIn, by=SUBSTITUTED)
    assert (present_seats(session.meeting), substitute_of(session.meeting, SUBSTITUTED)) == ((SUBSTITUTED,), None)
    session.do(CheckOut, by=SUBSTITUTED)
    session.do(CheckOut, by=SUBSTITUTE)
    assert present_seats(session.meeting) == ()


@pytest.mark.parametrize("parts", [(0, 3), (4, 3), (-1, 3), (1, 0), (1, -1)])
def test_a_share_is_part_of_a_whole(parts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="share of a whole"):
        Share(*parts)
