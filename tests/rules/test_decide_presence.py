"""Presence and the list of those who attend: check-in, roll call, late invitees and substitutes."""

from typing import Any

import pytest

from ecabinet.rules import commands as c
from ecabinet.rules import events as e
from ecabinet.rules.decide_presence import NOTE_LIMIT
from ecabinet.rules.meeting import Participant, PresenceStatus, Role
from ecabinet.rules.text import Text
from tests.rules.sessions import (
    BUDGET,
    INVITEE,
    MEMBER,
    OPENING,
    SCHEME,
    SCREEN,
    SECRETARY,
    STRANGER,
    SUBSTITUTE,
    SUBSTITUTED,
    called,
)

PRESENT, EXCUSED, UNEXCUSED, LEFT = (
    PresenceStatus.PRESENT,
    PresenceStatus.EXCUSED,
    PresenceStatus.UNEXCUSED,
    PresenceStatus.LEFT,
)


def statuses(events: tuple[e.Event, ...]) -> list[tuple[int, PresenceStatus | None, str]]:
    return [(event.person, event.status, event.note) for event in events if isinstance(event, e.PresenceMarked)]


def test_check_in_and_out_are_ones_own() -> None:
    session = called()
    assert statuses(session.do(c.CheckIn, by=MEMBER)) == [(MEMBER, PRESENT, "")]
    assert statuses(session.do(c.CheckOut, by=MEMBER)) == [(MEMBER, LEFT, "")]
    assert session.meeting.presence.keys() == {MEMBER}


def test_checking_in_again_does_nothing() -> None:
    session = called()
    session.do(c.CheckIn, by=MEMBER)
    assert session.do(c.CheckIn, by=MEMBER) == ()


def test_who_is_not_present_cannot_check_out() -> None:
    session = called()
    assert session.reason(c.CheckOut, by=MEMBER) == "not_present"
    session.do(c.MarkPresence, by=SECRETARY, person=MEMBER, status=EXCUSED)
    assert session.reason(c.CheckOut, by=MEMBER) == "not_present"


@pytest.mark.parametrize("status", [EXCUSED, UNEXCUSED, LEFT])
def test_who_was_marked_away_checks_in_all_the_same(status: PresenceStatus) -> None:
    session = called()
    session.do(c.MarkPresence, by=SECRETARY, person=MEMBER, status=status, note="Đi công tác")
    assert statuses(session.do(c.CheckIn, by=MEMBER)) == [(MEMBER, PRESENT, "")]


MARKS = [
    ((MEMBER, EXCUSED, "Đi công tác"), (MEMBER, EXCUSED, "Đi công tác"), "art. 114.2: absent with leave"),
    ((MEMBER, UNEXCUSED, ""), (MEMBER, UNEXCUSED, ""), "absent without leave"),
    ((INVITEE, PRESENT, ""), (INVITEE, PRESENT, ""), "an invitee in the room"),
    ((SECRETARY, PRESENT, ""), (SECRETARY, PRESENT, ""), "the secretary's own"),
]


@pytest.mark.parametrize(("mark", "event", "why"), MARKS, ids=[case[-1] for case in MARKS])
def test_roll_call_marks_a_person_once(
    mark: tuple[int, PresenceStatus, str], event: tuple[int, PresenceStatus, str], why: str
) -> None:
    session = called()
    fields = dict(zip(("person", "status", "note"), mark, strict=True))
    assert statuses(session.do(c.MarkPresence, by=SECRETARY, **fields)) == [event]
    assert session.do(c.MarkPresence, by=SECRETARY, **fields) == ()


def test_a_mark_is_taken_back_once_and_leaves_no_note() -> None:
    session = called()
    assert session.do(c.MarkPresence, by=SECRETARY, person=MEMBER, note="Gọi lại") == ()
    session.do(c.MarkPresence, by=SECRETARY, person=MEMBER, status=EXCUSED, note="Ốm")
    assert statuses(session.do(c.MarkPresence, by=SECRETARY, person=MEMBER, note="Ốm")) == [(MEMBER, None, "")]
    assert session.do(c.MarkPresence, by=SECRETARY, person=MEMBER, note="Ốm") == ()


BAD_MARKS: list[tuple[dict[str, Any], str]] = [
    ({"person": STRANGER, "status": PRESENT}, "no_such_person"),
    ({"person": SCREEN, "status": PRESENT}, "no_such_person"),
    ({"person": MEMBER, "status": EXCUSED, "note": "x" * (NOTE_LIMIT + 1)}, "text_too_long"),
]


@pytest.mark.parametrize(("fields", "reason"), BAD_MARKS, ids=["a stranger", "a screen", "a long note"])
def test_roll_call_refuses(fields: dict[str, Any], reason: str) -> None:
    assert called().reason(c.MarkPresence, by=SECRETARY, **fields) == reason


def added(role: Role, person: int = 200, **fields: Any) -> dict[str, Any]:
    return {"participant": Participant(person, role, Text("Sở Tài chính", "Department of Finance"), **fields)}


LATE = [
    (added(Role.INVITEE, item_ids=(SCHEME, BUDGET)), "", "an invitee (art. 116)"),
    (added(Role.INVITEE), "", "an invitee whom the secretariat admits later"),
    (added(Role.SECRETARIAT), "", "a second secretary"),
    (added(Role.SCREEN), "", "a screen"),
    (added(Role.SUBSTITUTE, stands_for=MEMBER), "", "a substitute"),
    (added(Role.SUBSTITUTE), "stands_for_unknown", "a substitute for nobody"),
    (added(Role.SUBSTITUTE, stands_for=SECRETARY), "stands_for_unknown", "a substitute for the secretary"),
    (added(Role.SUBSTITUTE, stands_for=STRANGER), "stands_for_unknown", "a substitute for a stranger"),
    (added(Role.MEMBER), "role_not_for_late", "a member: the roll is frozen"),
    (added(Role.CHAIR), "role_not_for_late", "a second chair"),
    (added(Role.DEPUTY), "role_not_for_late", "a deputy"),
    (added(Role.INVITEE, person=MEMBER), "person_exists", "a member as an invitee"),
    (added(Role.INVITEE, item_ids=(SCHEME, 77)), "no_such_item", "an unknown item"),
]


@pytest.mark.parametrize(("fields", "reason", "why"), LATE, ids=[case[-1] for case in LATE])
def test_after_the_call_nobody_with_a_seat_is_added(fields: dict[str, Any], reason: str, why: str) -> None:
    session = called()
    assert session.reason(c.AddParticipant, by=SECRETARY, **fields) == reason
    if not reason:
        session.do(c.AddParticipant, by=SECRETARY, **fields)
        assert list(session.meeting.participants)[-1] == 200
        assert session.reason(c.AddParticipant, by=SECRETARY, **fields) == "person_exists"


ADMIT: list[tuple[dict[str, Any], str]] = [
    ({"person": INVITEE, "items": (OPENING, BUDGET)}, ""),
    ({"person": INVITEE, "items": ()}, ""),
    ({"person": INVITEE, "items": (77,)}, "no_such_item"),
    ({"person": MEMBER, "items": (OPENING,)}, "no_such_person"),
    ({"person": SUBSTITUTE, "items": (OPENING,)}, "no_such_person"),
    ({"person": STRANGER, "items": (OPENING,)}, "no_such_person"),
]


@pytest.mark.parametrize(("fields", "reason"), ADMIT)
def test_an_invitee_is_admitted_to_items(fields: dict[str, Any], reason: str) -> None:
    session = called()
    assert session.reason(c.AdmitInvitee, by=SECRETARY, **fields) == reason
    if not reason:
        session.do(c.AdmitInvitee, by=SECRETARY, **fields)
        assert session.meeting.participants[INVITEE].item_ids == fields["items"]
        assert session.do(c.AdmitInvitee, by=SECRETARY, **fields) == ()


def test_a_member_may_be_away_and_have_a_substitute() -> None:
    session = called()
    session.do(c.MarkPresence, by=SECRETARY, person=SUBSTITUTED, status=EXCUSED)
    session.do(c.CheckIn, by=SUBSTITUTE)
    assert {person: known.status for person, known in session.meeting.presence.items()} == {
        SUBSTITUTED: EXCUSED,
        SUBSTITUTE: PRESENT,
    }
