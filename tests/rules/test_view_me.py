"""The part `me`: what is personal goes to its owner only."""

import json
from typing import Any

import pytest

from ecabinet.rules import commands as c
from ecabinet.rules.ballots import receipt
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.view import personal_part
from tests.rules.marked_session import full_of_secrets
from tests.rules.sessions import INVITEE, MEMBER, SECRETARY, SUBSTITUTE, SUBSTITUTED, voting

SESSION = full_of_secrets()


def test_the_part_me_is_of_its_owner() -> None:
    parts = {person: personal_part(SESSION.meeting, person) for person in SESSION.meeting.participants}
    marked = {person for person, part in parts.items() if "open-vote-opinion" in json.dumps(part)}
    assert marked == {MEMBER}
    own = parts[MEMBER]["ballots"]["open"]
    assert (own["choice"], own["receipt"]) == (["other"], receipt("open-vote-id"))
    assert parts[MEMBER].keys() == {"person", "role", "office", "present", "runs", "votes", "why_not", "ballots"}


WHY_NOT = {
    MEMBER: (True, None),
    24: (False, "Check in before you vote."),
    SUBSTITUTE: (False, "Only members vote; you attend in another capacity."),
    INVITEE: (False, "Only members vote; you attend in another capacity."),
    SECRETARY: (False, "Only members vote; you attend in another capacity."),
}


@pytest.mark.parametrize("person", WHY_NOT)
def test_me_says_why_one_cannot_vote(person: int) -> None:
    part: dict[str, Any] = personal_part(SESSION.meeting, person)
    assert (part["votes"], part["why_not"] and part["why_not"]["en"]) == WHY_NOT[person]


@pytest.mark.parametrize("substitutes_vote", [True, False])
def test_a_substitute_does_not_see_the_ballot_of_the_member(substitutes_vote: bool) -> None:
    session = voting(rules=RuleSet(substitutes_vote=substitutes_vote))
    session.do(c.CastBallot, by=SUBSTITUTED, poll="item-2", choice=("against",))
    assert personal_part(session.meeting, SUBSTITUTE)["ballots"] == {}


def test_a_member_sees_the_ballot_that_a_substitute_cast_for_the_seat() -> None:
    session = voting(24, rules=RuleSet(substitutes_vote=True))
    session.check_in((SUBSTITUTE,))
    session.do(c.CastBallot, by=SUBSTITUTE, id="s-1", poll="item-2", choice=("against",))
    for person in (SUBSTITUTE, SUBSTITUTED):
        assert personal_part(session.meeting, person)["ballots"]["item-2"]["choice"] == ["against"]
