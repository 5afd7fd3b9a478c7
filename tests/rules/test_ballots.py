"""A ballot: whose seat it is, when it is taken, and why not (Law 77/2015, art. 117.1: members vote)."""

from dataclasses import replace
from typing import Any

import pytest

from ecabinet.rules import commands as c
from ecabinet.rules import events as e
from ecabinet.rules.ballots import OPINION_LIMIT, receipt, seat_for
from ecabinet.rules.meeting import Participant, Role
from ecabinet.rules.polls import PollBallot
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from tests.rules.sessions import (
    CHAIR,
    INVITEE,
    MEMBER,
    OTHERS,
    SCHEME,
    SCHEME_POLL,
    SECRETARY,
    SUBSTITUTE,
    SUBSTITUTED,
    Session,
    called,
    in_session,
    seats,
    voting,
)

RULES = RuleSet()


def ballot(*choice: str, **fields: Any) -> dict[str, Any]:
    return {"poll": SCHEME_POLL, "choice": choice or ("for",)} | fields


def test_a_ballot_belongs_to_a_seat_and_names_who_cast_it() -> None:
    session = voting()
    (cast,) = session.do(c.CastBallot, by=MEMBER, id="ballot-1", **ballot("against"))
    assert cast == e.BallotCast(
        at=session.now, by=MEMBER, poll=SCHEME_POLL, seat=MEMBER, ballot="ballot-1", choice=("against",)
    )
    kept = session.poll(SCHEME_POLL).ballots
    assert kept == {MEMBER: PollBallot("ballot-1", MEMBER, session.now, ("against",))}


def absent() -> Session:
    return voting(24)


def closed() -> Session:
    session = voting()
    session.close(SCHEME_POLL, publish=False)
    return session


def published() -> Session:
    session = voting()
    session.close(SCHEME_POLL)
    return session


def void() -> Session:
    session = voting()
    session.do(c.VoidPoll, poll=SCHEME_POLL, reason="Nhầm")
    return session


def void_draft() -> Session:
    session = in_session()
    session.do(c.VoidPoll, poll=SCHEME_POLL, reason="Nhầm")
    return session


def left() -> Session:
    session = voting()
    session.do(c.CheckOut, by=MEMBER)
    return session


def voted_for_good() -> Session:
    session = voting(rules=RuleSet(ballot_change=False))
    session.do(c.CastBallot, by=MEMBER, **ballot())
    return session


def with_count() -> Session:
    session = voting()
    session.do(c.EnterCount, by=SECRETARY, poll=SCHEME_POLL, counts={"for": 3})
    return session


def off_the_roll() -> Session:
    session = voting()
    poll = replace(session.poll(SCHEME_POLL), electorate=tuple(range(4, 26)))
    session.meeting = replace(session.meeting, polls={SCHEME_POLL: poll})
    return session


WHY_NOT = [
    (voting, INVITEE, "not_a_member", "options", "art. 117.1: an invitee"),
    (voting, SECRETARY, "not_a_member", "options", "the secretary"),
    (voting, SUBSTITUTE, "not_a_member", "options", "a substitute, where the body gives them no vote"),
    (absent, 25, "not_checked_in", None, "not checked in"),
    (left, MEMBER, "not_checked_in", None, "left"),
    (in_session, MEMBER, "no_such_poll", None, "not opened yet"),
    (void_draft, MEMBER, "no_such_poll", None, "void before it was opened"),
    (closed, MEMBER, "poll_closed", None, "closed"),
    (published, MEMBER, "poll_closed", None, "published"),
    (void, MEMBER, "poll_void", None, "void"),
    (voted_for_good, MEMBER, "ballot_unchangeable", None, "voted, and changes are off"),
    (with_count, MEMBER, "count_stands", None, "a count by hand stands"),
    (off_the_roll, MEMBER, "not_in_electorate", None, "not on the roll"),
]


@pytest.mark.parametrize(("moment", "by", "reason", "article", "why"), WHY_NOT, ids=[case[-1] for case in WHY_NOT])
def test_whoever_cannot_vote_is_told_why(moment: Any, by: int, reason: str, article: str | None, why: str) -> None:
    assert moment().refusal(c.CastBallot, by=by, **ballot()) == (reason, RULES.article(article) if article else None)


@pytest.mark.parametrize("moment", [voting, closed, void, called], ids=["open", "closed", "void", "draft"])
def test_a_guest_does_not_learn_which_votes_there_are(moment: Any) -> None:
    session = moment()
    reasons = {
        session.reason(c.CastBallot, by=INVITEE, poll=poll, choice=("for",)) for poll in (SCHEME_POLL, "nothing")
    }
    assert reasons == {"not_a_member"}


CHOICES = [
    (ballot("for"), "", "for"),
    (ballot("against"), "", "against"),
    (ballot("not_voting"), "", "art. 117.1: not voting"),
    (ballot("other", opinion="Làm rõ nguồn vốn"), "", "other opinion"),
    (ballot("other"), "opinion_missing", "other opinion without words"),
    (ballot("other", opinion=" \n"), "opinion_missing", "other opinion, blank"),
    (ballot("other", opinion="x" * (OPINION_LIMIT + 1)), "text_too_long", "other opinion, too long"),
    (ballot("maybe"), "choice_unknown", "an unknown option"),
    (ballot("choice-1"), "choice_unknown", "an option of another poll"),
    ({"poll": SCHEME_POLL, "choice": ()}, "choice_count", "nothing chosen"),
    (ballot("for", "against"), "choice_count", "two sides at once"),
    (ballot("for", "for"), "choice_unknown", "one side twice"),
    (ballot("for") | {"poll": "nothing"}, "no_such_poll", "an unknown poll"),
]


@pytest.mark.parametrize(("fields", "reason", "why"), CHOICES, ids=[case[-1] for case in CHOICES])
def test_a_motion_takes_one_of_its_options(fields: dict[str, Any], reason: str, why: str) -> None:
    assert voting(rules=RuleSet(other_opinion=True)).reason(c.CastBallot, by=MEMBER, **fields) == reason


LISTS = [
    (("choice-1",), ""),
    (("choice-1", "choice-3"), ""),
    (("choice-1", "choice-2", "choice-3"), "choice_count"),
    (("choice-1", "choice-1"), "choice_unknown"),
    (("choice-4",), "choice_unknown"),
    (("for",), "choice_unknown"),
]


@pytest.mark.parametrize(("choice", "reason"), LISTS)
def test_a_free_list_takes_up_to_k(choice: tuple[str, ...], reason: str) -> None:
    session = in_session()
    session.do(c.StartItem, item=SCHEME)
    choices = tuple(Text(f"Phương án {n}") for n in (1, 2, 3))
    session.do(c.DraftPoll, poll="list", item=SCHEME, question=Text("Chọn"), choices=choices, max_choices=2)
    session.do(c.OpenPoll, poll="list")
    assert session.reason(c.CastBallot, by=MEMBER, poll="list", choice=choice) == reason


def test_an_opinion_belongs_to_other_opinion_only() -> None:
    session = voting(rules=RuleSet(other_opinion=True))
    session.do(c.CastBallot, by=MEMBER, **ballot("other", opinion="  Làm rõ nguồn vốn "))
    assert session.poll(SCHEME_POLL).ballots[MEMBER].opinion == "Làm rõ nguồn vốn"
    session.do(c.CastBallot, by=MEMBER, **ballot("for", opinion="Làm rõ nguồn vốn"))
    assert session.poll(SCHEME_POLL).ballots[MEMBER].opinion == ""


def test_a_ballot_is_changed_until_the_poll_closes_and_counts_once() -> None:
    session = voting()
    for choice in ("against", "not_voting", "for"):
        session.do(c.CastBallot, by=MEMBER, **ballot(choice))
    result = session.close(SCHEME_POLL)
    assert dict(result.counts) == {"for": 1, "against": 0, "not_voting": 0}
    assert session.reason(c.CastBallot, by=MEMBER, **ballot()) == "poll_closed"


def test_who_comes_late_still_votes() -> None:
    session = voting(24)
    session.check_in((25,))
    assert session.reason(c.CastBallot, by=25, **ballot()) == ""


SUBSTITUTES = RuleSet(substitutes_vote=True)


def test_a_substitute_with_the_vote_votes_for_the_seat_of_the_absent_member() -> None:
    session = voting(24, rules=SUBSTITUTES)
    assert session.reason(c.CastBallot, by=SUBSTITUTE, **ballot()) == "not_checked_in"
    session.check_in((SUBSTITUTE,))
    (cast,) = session.do(c.CastBallot, by=SUBSTITUTE, **ballot())
    assert isinstance(cast, e.BallotCast)
    assert (cast.seat, cast.by) == (SUBSTITUTED, SUBSTITUTE)
    # The member comes in, takes the seat back and may change its one ballot.
    session.check_in((SUBSTITUTED,))
    assert session.reason(c.CastBallot, by=SUBSTITUTE, **ballot()) == "seat_is_taken"
    session.do(c.CastBallot, by=SUBSTITUTED, **ballot("against"))
    assert [(seat, kept.by, kept.choice) for seat, kept in session.poll(SCHEME_POLL).ballots.items()] == [
        (SUBSTITUTED, SUBSTITUTED, ("against",))
    ]


def test_of_two_substitutes_the_first_on_the_list_has_the_seat() -> None:
    second = Participant(95, Role.SUBSTITUTE, Text("Người dự thay 2"), stands_for=SUBSTITUTED)
    session = called(rules=SUBSTITUTES, participants=(*seats(), *OTHERS, second))
    session.check_in((95,))
    assert seat_for(session.meeting, 95) == SUBSTITUTED
    session.check_in((SUBSTITUTE,))
    assert [getattr(seat_for(session.meeting, p), "reason", "") for p in (SUBSTITUTE, 95)] == ["", "seat_is_taken"]


def test_a_receipt_follows_from_the_ballots_id() -> None:
    assert [receipt(id_) for id_ in ("ballot-1", "ballot-1", "ballot-2")] == ["USMV-4JF6", "USMV-4JF6", "K7GJ-CL2U"]


def test_a_ballot_of_the_chair_is_a_ballot_like_any_other() -> None:
    session = voting()
    session.do(c.CastBallot, by=CHAIR, **ballot())
    assert list(session.poll(SCHEME_POLL).ballots) == [CHAIR]
