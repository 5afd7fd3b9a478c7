"""Counts on paper or by raised hands: entered by one, confirmed by another, and added to the ballots of the tablets."""

from typing import Any

import pytest

from ecabinet.rules import commands as c
from ecabinet.rules import events as e
from ecabinet.rules.polls import Verdict
from ecabinet.rules.rule_set import Base, Comparison, Majority, RuleSet, Share, TieRule
from ecabinet.rules.text import Text
from tests.rules.sessions import (
    CHAIR,
    DEPUTY,
    OTHERS,
    SCHEME,
    SCHEME_POLL,
    SECOND_SECRETARY,
    SECRETARY,
    Session,
    called,
    in_session,
    seats,
    voting,
)


def count(poll: str = SCHEME_POLL, **fields: Any) -> dict[str, Any]:
    return {"poll": poll} | fields


def enter(session: Session, by: int = SECRETARY, **fields: Any) -> None:
    session.do(c.EnterCount, by=by, **count(**fields))


def confirm(session: Session) -> None:
    session.do(c.ConfirmCount, by=SECOND_SECRETARY, poll=SCHEME_POLL)


def test_a_count_adds_to_the_ballots_of_the_tablets() -> None:
    session = voting()
    session.vote(SCHEME_POLL, for_=range(1, 8), against=(8,))
    (entered,) = session.do(c.EnterCount, by=SECRETARY, **count(counts={"for": 6, "against": 2}, method="paper"))
    assert entered == e.CountEntered(
        at=session.now, by=SECRETARY, poll=SCHEME_POLL, method="paper", counts={"for": 6, "against": 2}, voters=8
    )
    confirm(session)
    result = session.close(SCHEME_POLL)
    assert (dict(result.counts), result.voted) == ({"for": 13, "against": 3, "not_voting": 0}, 16)
    assert result.verdict is Verdict.PASSED


def test_two_people_confirm_a_count() -> None:
    session = voting()
    assert session.reason(c.ConfirmCount, by=SECRETARY, poll=SCHEME_POLL) == "no_count"
    enter(session, counts={"for": 25})
    assert session.reason(c.ClosePoll, poll=SCHEME_POLL, confirmed=True) == "count_unconfirmed"
    assert session.reason(c.ConfirmCount, by=SECRETARY, poll=SCHEME_POLL) == "count_same_person"
    confirm(session)
    assert session.do(c.ConfirmCount, by=SECOND_SECRETARY, poll=SCHEME_POLL) == ()
    assert session.reason(c.ClosePoll, poll=SCHEME_POLL) == ""


def test_a_count_entered_anew_is_confirmed_anew() -> None:
    session = voting()
    enter(session, counts={"for": 20})
    confirm(session)
    enter(session, by=SECOND_SECRETARY, counts={"for": 21})
    assert session.reason(c.ClosePoll, poll=SCHEME_POLL, confirmed=True) == "count_unconfirmed"
    assert session.reason(c.ConfirmCount, by=SECOND_SECRETARY, poll=SCHEME_POLL) == "count_same_person"


def test_entering_the_same_count_again_does_nothing() -> None:
    session = voting()
    enter(session, counts={"for": 20})
    assert session.do(c.EnterCount, by=SECRETARY, **count(counts={"for": 20})) == ()
    confirm(session)
    assert session.do(c.EnterCount, by=SECRETARY, **count(counts={"for": 20})) == ()


def test_a_discarded_count_counts_nothing_and_lets_the_tablets_vote_again() -> None:
    session = voting()
    enter(session, counts={"for": 25})
    confirm(session)
    session.do(c.DiscardCount, by=SECRETARY, poll=SCHEME_POLL)
    assert session.reason(c.DiscardCount, by=SECRETARY, poll=SCHEME_POLL) == "no_count"
    session.vote(SCHEME_POLL, against=(1,))
    assert dict(session.close(SCHEME_POLL).counts) == {"for": 0, "against": 1, "not_voting": 0}


# 20 are present, 1 to 8 have voted on a tablet (7 for, 1 against): 12 can be counted.
BAD = [
    ({"counts": {"for": 12}}, "", "everybody left"),
    ({"counts": {"for": 13}}, "count_exceeds", "more than those left"),
    ({"counts": {"for": 10, "against": 3}}, "count_exceeds", "more than those left, by two options"),
    ({"counts": {"for": -1, "against": 4}}, "count_negative", "a negative number"),
    ({"counts": {}}, "count_empty", "nothing"),
    ({"counts": {"for": 0}}, "count_empty", "nobody"),
    ({"counts": {"maybe": 1}}, "choice_unknown", "an unknown option"),
    ({"counts": {"for": 1}, "chair_choice": "maybe"}, "choice_unknown", "an unknown option of the Chair"),
    ({"counts": {"for": 1}, "method": "shouting"}, "malformed", "an unknown method"),
    ({"counts": {"for": 1}, "chair_choice": "for"}, "count_chair_not_counted", "the Chair has voted on a tablet"),
]


@pytest.mark.parametrize(("fields", "reason", "why"), BAD, ids=[case[-1] for case in BAD])
def test_a_count_is_of_those_present_who_have_not_voted(fields: dict[str, Any], reason: str, why: str) -> None:
    session = voting(20)
    session.vote(SCHEME_POLL, for_=range(1, 8), against=(8,))
    assert session.reason(c.EnterCount, by=SECRETARY, **count(**fields)) == reason


@pytest.mark.parametrize("kind", [c.EnterCount, c.ConfirmCount, c.DiscardCount], ids=lambda kind: kind.__name__)
def test_a_count_belongs_to_an_open_poll(kind: type[c.Command]) -> None:
    fields = {"counts": {"for": 1}} if kind is c.EnterCount else {}
    assert called().reason(kind, by=SECRETARY, **count(**fields)) == "poll_not_open"
    assert called().reason(kind, by=SECRETARY, **count("nothing", **fields)) == "no_such_poll"


# Nobody has voted on a tablet; 24 are present, and the Chair is the first of them.
TIES = [
    (
        {"counts": {"for": 12, "against": 12}},
        RuleSet(),
        "count_chair_missing",
        "art. 117.3: a tie needs the Chair's side",
    ),
    ({"counts": {"for": 12, "against": 12}, "chair_choice": "for"}, RuleSet(), "", "tied, with the Chair's side"),
    ({"counts": {"for": 13, "against": 11}}, RuleSet(), "", "no tie"),
    ({"counts": {"for": 13, "against": 11}, "chair_choice": "against"}, RuleSet(), "", "no tie, with the Chair's side"),
    ({"counts": {"not_voting": 24}}, RuleSet(), "", "nobody for and nobody against"),
    ({"counts": {"for": 12, "against": 12}}, RuleSet(tie=TieRule.FAILS), "", "a tie fails anyway"),
    (
        {"counts": {"for": 12, "against": 12}},
        RuleSet(majority=Majority(Base.ALL_MEMBERS, Comparison.AT_LEAST, Share(2, 3))),
        "",
        "at 2/3 no tie decides",
    ),
    ({"counts": {"for": 24}, "chair_choice": "against"}, RuleSet(), "count_chair_not_counted", "nobody was against"),
    ({"counts": {"for": 11, "against": 11}, "chair_choice": "not_voting"}, RuleSet(), "", "the Chair raised no hand"),
]


@pytest.mark.parametrize(("fields", "rules", "reason", "why"), TIES, ids=[case[-1] for case in TIES])
def test_a_tied_count_names_the_side_of_the_chair(
    fields: dict[str, Any], rules: RuleSet, reason: str, why: str
) -> None:
    assert voting(24, rules=rules).reason(c.EnterCount, by=SECRETARY, **count(**fields)) == reason


CHAIR_SIDES = [("for", Verdict.PASSED), ("against", Verdict.REJECTED), ("not_voting", Verdict.REJECTED)]


@pytest.mark.parametrize(("side", "verdict"), CHAIR_SIDES)
def test_the_side_of_the_chair_decides_a_tied_count(side: str, verdict: Verdict) -> None:
    session = voting(24)
    session.vote(SCHEME_POLL, for_=(3, 4), against=(5, 6))
    enter(session, counts={"for": 9, "against": 9}, chair_choice=side)
    confirm(session)
    result = session.close(SCHEME_POLL)
    assert (result.tied, result.verdict) == (True, verdict)


def test_an_absent_chair_is_not_asked_for_and_cannot_be_named() -> None:
    session = voting()
    session.do(c.AssignPresiding, person=DEPUTY)
    session.do(c.CheckOut, by=CHAIR)
    tied = {"counts": {"for": 12, "against": 12}}
    assert session.reason(c.EnterCount, by=SECRETARY, **count(**tied, chair_choice="for")) == "count_chair_not_counted"
    enter(session, **tied)
    confirm(session)
    assert session.close(SCHEME_POLL, by=DEPUTY).verdict is Verdict.REJECTED


def test_closing_over_members_who_were_not_counted_is_an_act_of_its_own() -> None:
    session = voting(20)
    session.vote(SCHEME_POLL, for_=range(1, 9))
    enter(session, counts={"for": 10})
    confirm(session)
    decision = session.decide(c.ClosePoll, poll=SCHEME_POLL)
    assert (decision.reason, decision.params) == ("voters_uncounted", {"count": 2})  # type: ignore[union-attr]
    assert session.reason(c.ClosePoll, poll=SCHEME_POLL, confirmed=True) == ""


def test_who_was_counted_and_left_stays_in_the_base() -> None:
    session = voting(20, rules=RuleSet(majority=Majority(Base.PRESENT)))
    enter(session, counts={"for": 10, "against": 9, "not_voting": 1})
    confirm(session)
    for member in (19, 20):
        session.do(c.CheckOut, by=member)
    result = session.close(SCHEME_POLL)
    assert (result.present, result.base_size, result.needed, result.verdict) == (20, 20, 11, Verdict.REJECTED)


def test_a_count_is_in_weights() -> None:
    session = voting(3, participants=seats(3, weights=(5, 3, 1)) + OTHERS[:2])
    session.vote(SCHEME_POLL, for_=(CHAIR,))
    assert session.reason(c.EnterCount, by=SECRETARY, **count(counts={"against": 5})) == "count_exceeds"
    enter(session, counts={"against": 4})
    confirm(session)
    result = session.close(SCHEME_POLL)
    assert (dict(result.counts)["against"], result.voted, result.base_size) == (4, 9, 9)


LISTS = [
    ({"counts": {"choice-1": 3, "choice-2": 3}, "voters": 3}, "", "each chose both"),
    ({"counts": {"choice-1": 3, "choice-2": 1}, "voters": 4}, "", "some chose one"),
    ({"counts": {"choice-1": 3, "choice-2": 1}, "voters": 2}, "count_inconsistent", "three of two people"),
    (
        {"counts": {"choice-1": 2, "choice-2": 2, "choice-3": 2}, "voters": 2},
        "count_inconsistent",
        "three choices each",
    ),
    ({"counts": {"choice-1": 3}, "voters": 0}, "count_inconsistent", "of nobody"),
    ({"counts": {"choice-1": 3}, "voters": -3}, "count_negative", "of less than nobody"),
    ({"counts": {"choice-1": 3}, "voters": 26}, "count_exceeds", "of more than there are"),
]


@pytest.mark.parametrize(("fields", "reason", "why"), LISTS, ids=[case[-1] for case in LISTS])
def test_a_count_of_a_free_list_fits_its_voters(fields: dict[str, Any], reason: str, why: str) -> None:
    session = in_session()
    session.do(c.StartItem, item=SCHEME)
    choices = tuple(Text(f"Phương án {n}") for n in (1, 2, 3))
    session.do(c.DraftPoll, poll="list", item=SCHEME, question=Text("Chọn"), choices=choices, max_choices=2)
    session.do(c.OpenPoll, poll="list")
    assert session.reason(c.EnterCount, by=SECRETARY, **count("list", **fields)) == reason
