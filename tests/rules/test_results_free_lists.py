"""Free lists: each voter chooses up to k options, and every option that reaches the threshold is chosen."""

import pytest

from ecabinet.rules.commands import CastBallot, DraftPoll, OpenPoll, StartItem
from ecabinet.rules.polls import Verdict
from ecabinet.rules.rule_set import Base, Majority, RuleSet
from ecabinet.rules.text import Text
from tests.rules.sessions import SCHEME, Session, in_session

CHOICES = tuple(Text(f"Phương án {n}", f"Option {n}") for n in (1, 2, 3))

FREE = [
    (1, {1: 13, 2: 12, 3: 0}, ("choice-1",), "one choice: 13 of 25"),
    (1, {1: 12, 2: 12, 3: 1}, (), "one choice: nobody has more than half"),
    (2, {1: 13, 2: 13, 3: 0}, ("choice-1", "choice-2"), "two choices: both have more than half"),
    (3, {1: 25, 2: 25, 3: 25}, ("choice-1", "choice-2", "choice-3"), "three choices"),
]


def with_list(limit: int, rules: RuleSet | None = None) -> Session:
    session = in_session(rules=rules)
    session.do(StartItem, item=SCHEME)
    session.do(DraftPoll, poll="list", item=SCHEME, question=Text("Chọn"), choices=CHOICES, max_choices=limit)
    session.do(OpenPoll, poll="list")
    return session


@pytest.mark.parametrize(("limit", "votes", "chosen", "why"), FREE, ids=[case[-1] for case in FREE])
def test_every_option_of_a_free_list_that_reaches_the_threshold_is_chosen(
    limit: int, votes: dict[int, int], chosen: tuple[str, ...], why: str
) -> None:
    session = with_list(limit)
    # With one choice each the voters of the options follow one another, else the first voters choose several.
    ballots: dict[int, list[str]] = {}
    next_voter = 1
    for option, number in votes.items():
        start = next_voter if limit == 1 else 1
        for voter in range(start, start + number):
            ballots.setdefault(voter, []).append(f"choice-{option}")
        next_voter += number
    for voter, choice in ballots.items():
        session.do(CastBallot, by=voter, poll="list", choice=tuple(choice))
    result = session.close("list")
    assert (result.chosen, result.verdict) == (chosen, Verdict.CHOSEN if chosen else Verdict.NONE_CHOSEN)
    assert (result.voted, result.base_size) == (len(ballots), 25)


def test_a_ballot_with_several_choices_is_one_ballot_cast() -> None:
    session = with_list(3, RuleSet(majority=Majority(Base.BALLOTS_CAST)))
    for voter in (1, 2, 3):
        session.do(CastBallot, by=voter, poll="list", choice=("choice-1", "choice-2", "choice-3")[:voter])
    result = session.close("list")
    assert dict(result.counts) == {"choice-1": 3, "choice-2": 2, "choice-3": 1}
    assert (result.base_size, result.needed, result.chosen) == (3, 2, ("choice-1", "choice-2"))


def test_where_the_body_counts_for_and_against_a_list_is_counted_of_the_ballots_cast() -> None:
    session = with_list(1, RuleSet(majority=Majority(Base.FOR_AND_AGAINST)))
    for voter, choice in enumerate(("choice-1", "choice-1", "choice-2"), start=1):
        session.do(CastBallot, by=voter, poll="list", choice=(choice,))
    result = session.close("list")
    # Of nobody for and nobody against, one vote for choice 2 would have been more than half.
    assert (result.base_size, result.needed, result.chosen) == (3, 2, ("choice-1",))
    assert result.sentence.en == "Chosen: Option 1 (2 needed: more than half of the ballots cast: 3)."


def test_sentences_name_what_was_chosen() -> None:
    session = with_list(1)
    for voter in range(1, 14):
        session.do(CastBallot, by=voter, poll="list", choice=("choice-2",))
    assert session.close("list").sentence == Text(
        "Được chọn: Phương án 2 (cần 13: quá nửa tổng số thành viên: 25).",
        "Chosen: Option 2 (13 needed: more than half of all members: 25).",
    )
    assert with_list(1).close("list").sentence == Text(
        "Không phương án nào đạt 13 phiếu (quá nửa tổng số thành viên: 25).",
        "No option reached 13 votes (more than half of all members: 25).",
    )
