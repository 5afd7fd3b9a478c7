"""Results: every row of the voting rules (domain/voting), counted through the commands that people send."""

from dataclasses import dataclass, field
from itertools import product

import pytest

from ecabinet.rules.commands import AssignPresiding, CastBallot, CheckOut
from ecabinet.rules.polls import Result, Verdict
from ecabinet.rules.results import rule_sentence
from ecabinet.rules.rule_set import Base, Comparison, Majority, RuleSet, Share, TieRule
from ecabinet.rules.text import Text
from tests.rules.sessions import CHAIR, DEPUTY, OTHERS, SCHEME_POLL, called, seats, voting

MORE, LEAST = Comparison.MORE_THAN, Comparison.AT_LEAST
HALF, TWO_THIRDS, THREE_QUARTERS, WHOLE = Share(1, 2), Share(2, 3), Share(3, 4), Share(1, 1)
PASSED, REJECTED = Verdict.PASSED, Verdict.REJECTED

NEEDED = [
    (MORE, HALF, 25, 13, "art. 117.3: 13 of 25"),
    (MORE, HALF, 5, 3, "more than 1/2 of 5"),
    (MORE, HALF, 9, 5, "more than 1/2 of 9"),
    (MORE, HALF, 10, 6, "more than 1/2 of 10"),
    (LEAST, TWO_THIRDS, 9, 6, "at least 2/3 of 9"),
    (LEAST, TWO_THIRDS, 10, 7, "at least 2/3 of 10"),
    (LEAST, THREE_QUARTERS, 9, 7, "at least 3/4 of 9"),
    (MORE, TWO_THIRDS, 9, 7, "more than 2/3 of 9"),
    (LEAST, HALF, 10, 5, "at least 1/2 of 10"),
    (LEAST, WHOLE, 25, 25, "unanimity"),
    (MORE, HALF, 0, 1, "nobody carries nothing"),
    (LEAST, WHOLE, 0, 1, "unanimity of nobody"),
]


@pytest.mark.parametrize(("comparison", "share", "size", "needed", "why"), NEEDED, ids=[case[-1] for case in NEEDED])
def test_threshold_is_the_smallest_number_that_carries(
    comparison: Comparison, share: Share, size: int, needed: int, why: str
) -> None:
    assert Majority(Base.ALL_MEMBERS, comparison, share).needed(size) == needed


def test_more_than_the_whole_is_no_majority() -> None:
    with pytest.raises(ValueError, match="more than the whole"):
        Majority(comparison=MORE, share=WHOLE)


@dataclass
class Votes:
    """How many of the 25 did what: the first were for, the next against, then not voting; the rest cast nothing."""

    for_: int
    against: int
    not_voting: int = 0
    present: int = 25
    chair: str = "for"
    majority: Majority = field(default_factory=Majority)
    tie: TieRule = TieRule.CHAIR_SIDE

    def result(self) -> Result:
        session = voting(self.present, rules=RuleSet(majority=self.majority, tie=self.tie))
        choices = ["for"] * self.for_ + ["against"] * self.against + ["not_voting"] * self.not_voting
        if self.chair:
            choices.remove(self.chair)
            choices.insert(0, self.chair)
        # Without a choice of the Chair the vote begins with member 2.
        for voter, choice in enumerate(choices, start=CHAIR if self.chair else CHAIR + 1):
            session.do(CastBallot, by=voter, poll=SCHEME_POLL, choice=(choice,))
        return session.close(SCHEME_POLL)


def majority(base: Base, comparison: Comparison = MORE, share: Share = HALF) -> Majority:
    return Majority(base, comparison, share)


OF_PRESENT, OF_CAST = majority(Base.PRESENT), majority(Base.BALLOTS_CAST)
OF_SIDES = majority(Base.FOR_AND_AGAINST)

CASES = [
    # The committee's own rule: more than half of ALL 25.
    (Votes(13, 12), 25, 13, PASSED, "art. 117.3: 13 of 25 for"),
    (Votes(12, 13), 25, 13, REJECTED, "art. 117.3: 12 of 25 for"),
    (Votes(13, 0, present=17), 25, 13, PASSED, "13 for, 8 absent"),
    (Votes(12, 0, present=17), 25, 13, REJECTED, "absent members work as no"),
    (Votes(12, 1, not_voting=12), 25, 13, REJECTED, "not voting works as no"),
    (Votes(12, 12, present=24), 25, 13, PASSED, "art. 117.3: tied, the Chair was for"),
    (Votes(12, 12, present=24, chair="against"), 25, 13, REJECTED, "art. 117.3: tied, the Chair was against"),
    (Votes(12, 12, 1, chair="not_voting"), 25, 13, REJECTED, "tied, the Chair did not take a side"),
    (Votes(12, 12, chair=""), 25, 13, REJECTED, "tied, the Chair is present and cast nothing"),
    (Votes(12, 12, present=24, tie=TieRule.FAILS), 25, 13, REJECTED, "tied, and a tie fails"),
    (Votes(0, 0, 25, chair="not_voting"), 25, 13, REJECTED, "nobody for and nobody against is no tie"),
    (Votes(0, 0, chair=""), 25, 13, REJECTED, "no ballot at all"),
    # More than half of those present.
    (Votes(9, 8, present=17, majority=OF_PRESENT), 17, 9, PASSED, "more than 1/2 of 17 present"),
    (Votes(9, 8, 1, present=18, majority=OF_PRESENT), 18, 10, REJECTED, "more than 1/2 of 18 present"),
    (Votes(9, 9, present=18, majority=OF_PRESENT), 18, 10, PASSED, "present, tied, the Chair was for"),
    (Votes(9, 9, present=18, majority=OF_PRESENT, tie=TieRule.FAILS), 18, 10, REJECTED, "present, a tie fails"),
    # More than half of the ballots cast: 'not voting' is no ballot cast.
    (Votes(3, 2, 20, majority=OF_CAST), 5, 3, PASSED, "more than 1/2 of 5 cast"),
    (Votes(3, 3, 10, majority=OF_CAST), 6, 4, PASSED, "cast, tied, the Chair was for"),
    (Votes(3, 3, 10, chair="against", majority=OF_CAST), 6, 4, REJECTED, "cast, tied, the Chair was against"),
    (Votes(3, 3, 10, majority=OF_CAST, tie=TieRule.FAILS), 6, 4, REJECTED, "cast, a tie fails"),
    (Votes(0, 0, 20, chair="not_voting", majority=OF_CAST), 0, 1, REJECTED, "nothing cast"),
    # More than half of for + against.
    (Votes(1, 0, 24, majority=OF_SIDES), 1, 1, PASSED, "one vote for"),
    (Votes(5, 4, 16, majority=OF_SIDES), 9, 5, PASSED, "more than 1/2 of 9 sides"),
    (Votes(5, 5, 15, majority=OF_SIDES), 10, 6, PASSED, "sides, tied, the Chair was for"),
    (Votes(5, 5, 15, majority=OF_SIDES, tie=TieRule.FAILS), 10, 6, REJECTED, "sides, a tie fails"),
    # At least 2/3, at least 3/4: no tie rule.
    (Votes(17, 8, majority=majority(Base.ALL_MEMBERS, LEAST, TWO_THIRDS)), 25, 17, PASSED, "17 of 25 is 2/3"),
    (Votes(16, 9, majority=majority(Base.ALL_MEMBERS, LEAST, TWO_THIRDS)), 25, 17, REJECTED, "16 of 25 is not 2/3"),
    (Votes(12, 6, present=18, majority=majority(Base.PRESENT, LEAST, TWO_THIRDS)), 18, 12, PASSED, "12 of 18 present"),
    (Votes(6, 3, 16, majority=majority(Base.BALLOTS_CAST, LEAST, TWO_THIRDS)), 9, 6, PASSED, "6 of 9 cast"),
    (Votes(6, 4, 15, majority=majority(Base.FOR_AND_AGAINST, LEAST, TWO_THIRDS)), 10, 7, REJECTED, "6 of 10 sides"),
    (Votes(12, 12, majority=majority(Base.ALL_MEMBERS, LEAST, TWO_THIRDS)), 25, 17, REJECTED, "equal sides at 2/3"),
    (Votes(19, 6, majority=majority(Base.ALL_MEMBERS, LEAST, THREE_QUARTERS)), 25, 19, PASSED, "19 of 25 is 3/4"),
    (Votes(18, 7, majority=majority(Base.ALL_MEMBERS, LEAST, THREE_QUARTERS)), 25, 19, REJECTED, "18 of 25 is not 3/4"),
    (Votes(7, 2, 16, majority=majority(Base.FOR_AND_AGAINST, LEAST, THREE_QUARTERS)), 9, 7, PASSED, "7 of 9 sides"),
    (Votes(5, 5, majority=majority(Base.FOR_AND_AGAINST, LEAST, HALF)), 10, 5, PASSED, "at least 1/2 has no tie"),
    # Unanimity of the base.
    (Votes(25, 0, majority=majority(Base.ALL_MEMBERS, LEAST, WHOLE)), 25, 25, PASSED, "unanimous"),
    (Votes(24, 0, 1, majority=majority(Base.ALL_MEMBERS, LEAST, WHOLE)), 25, 25, REJECTED, "one did not vote"),
    (Votes(17, 0, present=17, majority=majority(Base.PRESENT, LEAST, WHOLE)), 17, 17, PASSED, "all present"),
    (
        Votes(16, 0, present=17, majority=majority(Base.PRESENT, LEAST, WHOLE)),
        17,
        17,
        REJECTED,
        "one present is silent",
    ),
    (Votes(3, 0, 9, majority=majority(Base.BALLOTS_CAST, LEAST, WHOLE)), 3, 3, PASSED, "all cast"),
    (Votes(3, 1, 9, majority=majority(Base.FOR_AND_AGAINST, LEAST, WHOLE)), 4, 4, REJECTED, "one against"),
]


@pytest.mark.parametrize(("votes", "base", "needed", "verdict", "why"), CASES, ids=[case[-1] for case in CASES])
def test_verdict_follows_base_threshold_and_tie(
    votes: Votes, base: int, needed: int, verdict: Verdict, why: str
) -> None:
    result = votes.result()
    assert (result.base_size, result.needed, result.verdict) == (base, needed, verdict)
    assert dict(result.counts) == {"for": votes.for_, "against": votes.against, "not_voting": votes.not_voting}
    assert result.tied == (votes.majority.is_simple and votes.for_ == votes.against > 0)
    assert (result.voted, result.members) == (votes.for_ + votes.against + votes.not_voting, 25)


THRESHOLDS = [
    (MORE, HALF),
    (LEAST, HALF),
    (MORE, TWO_THIRDS),
    (LEAST, TWO_THIRDS),
    (LEAST, THREE_QUARTERS),
    (LEAST, WHOLE),
]
SPLITS = [(for_, against, 9 - for_ - against) for for_ in range(10) for against in range(10 - for_)]


@pytest.mark.parametrize(("base", "threshold"), list(product(Base, THRESHOLDS)))
def test_every_split_of_nine_agrees_with_fractions(base: Base, threshold: tuple[Comparison, Share]) -> None:
    """All bases x thresholds x tie rules x splits, against the rule as a plain inequality."""
    comparison, share = threshold
    for (for_, against, silent), tie in product(SPLITS, TieRule):
        rules = RuleSet(quorum=None, majority=Majority(base, comparison, share), tie=tie)
        session = voting(9, rules=rules, participants=seats(9))
        session.vote(
            SCHEME_POLL,
            for_=range(1, for_ + 1),
            against=range(for_ + 1, for_ + against + 1),
            not_voting=range(10 - silent, 10),
        )
        whole = {Base.ALL_MEMBERS: 9, Base.PRESENT: 9}.get(base, for_ + against)
        left, right = for_ * share.denominator, whole * share.numerator
        carried = for_ > 0 and (left > right if comparison is MORE else left >= right)
        if (comparison, share) == (MORE, HALF) and for_ == against > 0:
            # Member 1 is the Chair and was for.
            carried = tie is TieRule.CHAIR_SIDE
        assert (session.close(SCHEME_POLL).carried, for_, against) == (carried, for_, against)


def test_an_inquorate_vote_has_no_effect() -> None:
    session = voting(17)
    session.vote(SCHEME_POLL, for_=range(1, 14))
    session.do(CheckOut, by=17)
    result = session.close(SCHEME_POLL)
    assert (result.verdict, result.present, result.quorum_needed, result.carried) == (Verdict.INQUORATE, 16, 17, False)


def test_who_voted_and_left_stays_in_the_base_and_in_the_quorum() -> None:
    session = voting(17, rules=RuleSet(majority=majority(Base.PRESENT)))
    session.vote(SCHEME_POLL, for_=range(1, 9), against=range(9, 18))
    for member in (16, 17):
        session.do(CheckOut, by=member)
    result = session.close(SCHEME_POLL)
    # 8 of the 15 who stayed would carry; of the 17 who voted they do not.
    assert (result.present, result.base_size, result.needed, result.verdict) == (17, 17, 9, REJECTED)


def test_present_freezes_at_closing() -> None:
    session = voting(17, rules=RuleSet(majority=majority(Base.PRESENT)))
    session.vote(SCHEME_POLL, for_=range(1, 10))
    session.do(CheckOut, by=17)
    session.check_in((18, 19, 20))
    before = session.close(SCHEME_POLL, publish=False)
    session.check_in(range(21, 26))
    assert (before.present, session.poll(SCHEME_POLL).result) == (19, before)


def test_the_chairs_side_is_the_chair_of_the_body_not_who_presides() -> None:
    session = voting(24)
    session.do(AssignPresiding, person=DEPUTY)
    session.vote(SCHEME_POLL, against=(CHAIR, *range(14, 25)), for_=range(DEPUTY, 14))
    result = session.close(SCHEME_POLL, by=DEPUTY)
    assert (result.tied, result.verdict) == (True, REJECTED)


def test_an_absent_chair_has_no_side() -> None:
    session = voting(25)
    session.do(AssignPresiding, person=DEPUTY)
    session.do(CheckOut, by=CHAIR)
    session.vote(SCHEME_POLL, for_=range(2, 14), against=range(14, 26))
    result = session.close(SCHEME_POLL, by=DEPUTY)
    assert (result.tied, result.verdict) == (True, REJECTED)


def test_weights_weigh_both_sides() -> None:
    """The weights 5, 1, 1, 1, 1 make 9: 5 for is more than half of 9, and no share passes the whole."""
    session = voting(5, participants=seats(5, weights=(5,)) + OTHERS[:1])
    session.vote(SCHEME_POLL, for_=(1,), against=(2, 3, 4, 5))
    result = session.close(SCHEME_POLL)
    assert (dict(result.counts)["for"], result.base_size, result.needed, result.verdict) == (5, 9, 5, PASSED)
    assert (result.voted, result.members, result.present) == (9, 9, 9)


@pytest.mark.parametrize("base", Base)
def test_no_weight_makes_more_than_the_whole(base: Base) -> None:
    session = voting(
        4, rules=RuleSet(quorum=None, majority=majority(base)), participants=seats(5, weights=(7, 3, 2, 40))
    )
    session.vote(SCHEME_POLL, for_=(1, 2, 3, 4))
    session.do(CheckOut, by=4)
    result = session.close(SCHEME_POLL)
    assert (dict(result.counts)["for"], result.base_size) == (52, 53 if base is Base.ALL_MEMBERS else 52)


def test_other_opinion_is_cast_and_takes_no_side() -> None:
    rules = RuleSet(other_opinion=True, majority=majority(Base.BALLOTS_CAST))
    session = voting(25, rules=rules)
    session.vote(SCHEME_POLL, for_=range(1, 7), against=range(7, 11))
    for member in range(11, 14):
        session.do(CastBallot, by=member, poll=SCHEME_POLL, choice=("other",), opinion="Làm rõ nguồn vốn")
    result = session.close(SCHEME_POLL)
    assert (dict(result.counts)["other"], result.base_size, result.needed, result.verdict) == (3, 13, 7, REJECTED)


SENTENCES = [
    (
        Votes(13, 12),
        "Thông qua: 13 tán thành, cần 13 (quá nửa tổng số thành viên: 25).",
        "Passed: 13 for, 13 needed (more than half of all members: 25).",
    ),
    (
        Votes(12, 12, present=24),
        "Thông qua: 12 tán thành và 12 không tán thành ngang nhau, theo phía Chủ tịch đã biểu quyết tán thành.",
        "Passed: 12 for and 12 against are equal; the side for which the Chair voted prevails, and the Chair voted for.",
    ),
    (
        Votes(12, 12, chair="against"),
        "Không thông qua: 12 tán thành và 12 không tán thành ngang nhau, Chủ tịch không biểu quyết tán thành.",
        "Not passed: 12 for and 12 against are equal, and the Chair did not vote for.",
    ),
    (
        Votes(12, 12, tie=TieRule.FAILS),
        "Không thông qua: 12 tán thành và 12 không tán thành ngang nhau.",
        "Not passed: 12 for and 12 against are equal.",
    ),
    (
        Votes(16, 9, majority=majority(Base.ALL_MEMBERS, LEAST, TWO_THIRDS)),
        "Không thông qua: 16 tán thành, cần 17 (ít nhất 2/3 tổng số thành viên: 25).",
        "Not passed: 16 for, 17 needed (at least 2/3 of all members: 25).",
    ),
    (
        Votes(5, 0, 20, majority=majority(Base.BALLOTS_CAST, LEAST, WHOLE)),
        "Thông qua: 5 tán thành, cần 5 (toàn bộ số phiếu biểu quyết: 5).",
        "Passed: 5 for, 5 needed (the whole of the ballots cast: 5).",
    ),
]


@pytest.mark.parametrize(("votes", "vi", "en"), SENTENCES, ids=[case[-1] for case in SENTENCES])
def test_sentence_explains_the_result(votes: Votes, vi: str, en: str) -> None:
    result = votes.result()
    assert result.sentence == Text(vi, en)
    assert result.article == RuleSet().article("majority")


def test_rule_is_told_before_the_vote() -> None:
    session = called()
    assert rule_sentence(session.meeting, session.poll(SCHEME_POLL)) == Text(
        "Thông qua khi quá nửa tổng số thành viên (25): 13.", "Passes with more than half of all members (25): 13."
    )
