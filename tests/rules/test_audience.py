"""Audiences: who sees which items."""

from dataclasses import replace

import pytest

from ecabinet.rules.audience import Audience, Kind, audience_of, may_read_item
from ecabinet.rules.meeting import Stage
from tests.rules.sessions import (
    BUDGET,
    CHAIR,
    DEPUTY,
    FINANCE,
    INVITEE,
    MEMBER,
    OPENING,
    REPORT,
    SCHEME,
    SCREEN,
    SECRETARY,
    STRANGER,
    SUBSTITUTE,
    called,
)

MEETING = called().meeting

KINDS = {
    CHAIR: Audience(Kind.CHAIR),
    DEPUTY: Audience(Kind.MEMBER),
    MEMBER: Audience(Kind.MEMBER),
    SUBSTITUTE: Audience(Kind.MEMBER),
    SECRETARY: Audience(Kind.SECRETARIAT),
    SCREEN: Audience(Kind.SCREEN),
    INVITEE: Audience(Kind.GUEST, frozenset({SCHEME})),
    STRANGER: None,
}


@pytest.mark.parametrize("person", KINDS)
def test_a_role_belongs_to_an_audience(person: int) -> None:
    assert audience_of(MEETING, person) == KINDS[person]


def test_a_draft_has_no_audience() -> None:
    draft = replace(MEETING, stage=Stage.DRAFT)
    assert {audience_of(draft, person) for person in KINDS} == {None}


ADMITTED = [
    ((), set(), "to nothing"),
    ((OPENING,), {OPENING}, "to one item"),
    ((REPORT,), {REPORT}, "to a nested item, without its heading"),
    ((FINANCE,), {FINANCE, REPORT, BUDGET}, "to a heading, with what is in it"),
    ((OPENING, 77), {OPENING}, "to an item that is gone"),
]


@pytest.mark.parametrize(("items", "seen", "why"), ADMITTED, ids=[case[-1] for case in ADMITTED])
def test_an_invitee_is_admitted(items: tuple[int, ...], seen: set[int], why: str) -> None:
    invitee = replace(MEETING.participants[INVITEE], item_ids=items)
    meeting = replace(MEETING, participants=dict(MEETING.participants) | {INVITEE: invitee})
    assert {item for item in (*meeting.items, 77) if may_read_item(meeting, INVITEE, item)} == seen
    assert {item for item in (*meeting.items, 77) if may_read_item(meeting, MEMBER, item)} == set(meeting.items)
    assert {item for item in (*meeting.items, 77) if may_read_item(meeting, STRANGER, item)} == set()
