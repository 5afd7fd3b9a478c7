"""The course of a session: which step is possible in which stage, and who presides."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ecabinet.rules import commands as c
from ecabinet.rules import events as e
from ecabinet.rules.decide_session import REASON_LIMIT
from ecabinet.rules.meeting import Item, ItemKind, ItemState, Participant, PresenceStatus, Role, Stage
from ecabinet.rules.polls import PollState
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from tests.rules.sessions import (
    BUDGET_POLL,
    CHAIR,
    DEPUTY,
    INFORMATION,
    INVITEE,
    MEMBER,
    OPENING,
    OTHERS,
    PAPER,
    SCHEME,
    SCHEME_POLL,
    SECRETARY,
    Session,
    called,
    in_session,
    seats,
    voting,
)


def at_call() -> Session:
    session = called()
    session.check_in(range(1, 26))
    return session


def suspended() -> Session:
    session = in_session()
    session.do(c.SuspendSession)
    return session


STAGES: dict[str, Callable[[], Session]] = {"called": at_call, "in session": in_session, "suspended": suspended}

# The reasons in the stages called, in session and suspended; '' is done.
STEPS: list[tuple[type[c.Command], dict[str, Any], tuple[str, str, str]]] = [
    (c.OpenSession, {}, ("", "already_in_session", "already_in_session")),
    (c.SuspendSession, {}, ("not_in_session", "", "not_in_session")),
    (c.ResumeSession, {}, ("not_suspended", "not_suspended", "")),
    (c.CloseSession, {}, ("not_in_session", "", "")),
    (c.CancelMeeting, {"reason": "Bão"}, ("", "already_in_session", "already_in_session")),
    (c.StartItem, {"item": SCHEME}, ("not_in_session", "", "not_in_session")),
    (c.FinishItem, {"item": SCHEME}, ("not_in_session", "item_not_under_way", "not_in_session")),
    (c.OpenPoll, {"poll": SCHEME_POLL}, ("not_in_session", "item_must_be_under_way", "not_in_session")),
    (c.AssignPresiding, {"person": DEPUTY}, ("", "", "")),
    (c.AddParticipant, {"participant": Participant(200, Role.INVITEE, Text("Sở"))}, ("", "", "")),
    (c.AdmitInvitee, {"person": INVITEE, "items": (OPENING,)}, ("", "", "")),
    (c.CheckIn, {}, ("", "", "")),
    (c.CheckOut, {}, ("", "", "")),
    (c.MarkPresence, {"person": MEMBER, "status": PresenceStatus.EXCUSED}, ("", "", "")),
    (c.AddItem, {"item": 7, "title": Text("Nội dung")}, ("", "", "")),
    (c.EditItem, {"item": SCHEME, "title": Text("Đề án")}, ("", "", "")),
    (c.MoveItem, {"item": SCHEME}, ("", "", "")),
    (c.PostponeItem, {"item": SCHEME}, ("", "", "")),
    (c.WithdrawItem, {"item": SCHEME}, ("", "", "")),
    (c.ReturnItem, {"item": SCHEME}, ("item_waiting", "item_waiting", "item_waiting")),
    (c.NoteItem, {"item": SCHEME, "note": "Ghi"}, ("", "", "")),
    (c.ConcludeItem, {"item": SCHEME, "conclusion": "Thống nhất"}, ("", "", "")),
    (c.AttachPaper, {"item": OPENING, "paper": PAPER}, ("", "", "")),
    (c.RemovePaper, {"item": SCHEME, "paper": PAPER.id}, ("", "", "")),
    (c.DraftPoll, {"poll": "p", "item": SCHEME, "question": Text("Hỏi")}, ("", "", "")),
    (c.VoidPoll, {"poll": SCHEME_POLL, "reason": "Nhầm"}, ("", "", "")),
    (c.CastBallot, {"poll": SCHEME_POLL, "choice": ("for",)}, ("no_such_poll",) * 3),
    (c.EnterCount, {"poll": SCHEME_POLL, "counts": {"for": 1}}, ("poll_not_open",) * 3),
    (c.ConfirmCount, {"poll": SCHEME_POLL}, ("poll_not_open",) * 3),
    (c.DiscardCount, {"poll": SCHEME_POLL}, ("poll_not_open",) * 3),
    (c.ClosePoll, {"poll": SCHEME_POLL}, ("poll_not_open",) * 3),
    (c.PublishResult, {"poll": SCHEME_POLL}, ("poll_not_closed",) * 3),
]


@pytest.mark.parametrize(("kind", "fields", "reasons"), STEPS, ids=[case[0].__name__ for case in STEPS])
def test_a_step_is_possible_in_its_stages_only(
    kind: type[c.Command], fields: dict[str, Any], reasons: tuple[str, str, str]
) -> None:
    found = {stage: build().reason(kind, **fields) for stage, build in STAGES.items()}
    assert found == dict(zip(STAGES, reasons, strict=True))


def test_the_table_has_every_command() -> None:
    assert {case[0] for case in STEPS} | {c.CallMeeting} == set(c.COMMANDS.values())


def test_calling_freezes_the_rules_and_drafts_a_vote_for_each_item_for_decision() -> None:
    rules = RuleSet(other_opinion=True)
    session = called(rules=rules)
    assert [type(event) for event in session.events] == [e.MeetingCalled, e.PollDrafted, e.PollDrafted]
    assert (session.meeting.stage, session.meeting.rules, session.meeting.presiding) == (Stage.CALLED, rules, CHAIR)
    poll = session.poll(SCHEME_POLL)
    assert list(session.meeting.polls) == [SCHEME_POLL, BUDGET_POLL]
    assert (poll.state, poll.majority, poll.tie) == (PollState.DRAFT, rules.majority, rules.tie)
    assert [option.id for option in poll.options] == ["for", "against", "not_voting", "other"]
    assert poll.question == Text("Thông qua: Đề án du lịch", "To approve: Tourism scheme")


def test_a_heading_for_decision_gets_no_vote() -> None:
    items = (Item(1, ItemKind.DECISION, Text("Nhóm")), Item(2, ItemKind.DECISION, Text("Một"), parent=1))
    assert list(called(items=items).meeting.polls) == ["item-2"]


def test_a_title_in_one_language_makes_a_question_in_one_language() -> None:
    session = called(items=(Item(1, ItemKind.DECISION, Text(en="Scheme")),))
    assert session.poll("item-1").question == Text("", "To approve: Scheme")


@pytest.mark.parametrize("kind", [c.OpenSession, c.ResumeSession])
def test_opening_and_resuming_need_a_quorum(kind: type[c.Command]) -> None:
    """Law 77/2015, art. 114.3."""
    session = called() if kind is c.OpenSession else suspended()
    for member in range(17, 26):
        session.do(c.MarkPresence, person=member, status=PresenceStatus.LEFT)
    session.check_in(range(1, 17))
    assert session.refusal(kind) == ("inquorate", session.meeting.rules.article("quorum"))
    session.check_in((17,))
    assert session.reason(kind) == ""


def test_suspending_and_closing_wait_for_the_vote() -> None:
    session = voting()
    assert [session.reason(kind) for kind in (c.SuspendSession, c.CloseSession)] == ["poll_still_open"] * 2
    session.close(SCHEME_POLL, publish=False)
    assert [session.reason(kind) for kind in (c.SuspendSession, c.CloseSession)] == ["", "poll_unpublished"]
    session.do(c.PublishResult, poll=SCHEME_POLL)
    assert session.reason(c.CloseSession) == ""


def test_closing_finishes_the_item_under_way() -> None:
    session = in_session()
    session.do(c.StartItem, item=OPENING)
    assert [type(event) for event in session.do(c.CloseSession)] == [e.ItemStateChanged, e.SessionClosed]
    assert (session.item(OPENING).state, session.meeting.current_item) == (ItemState.DECIDED, None)
    assert session.item(INFORMATION).state is ItemState.WAITING


REASONS = [("", "reason_missing"), ("  \n", "reason_missing"), ("x" * (REASON_LIMIT + 1), "text_too_long"), ("Bão", "")]


@pytest.mark.parametrize(("words", "reason"), REASONS, ids=["none", "blank", "too long", "a reason"])
def test_cancelling_needs_a_reason(words: str, reason: str) -> None:
    assert called().reason(c.CancelMeeting, reason=words) == reason


PRESIDING = [
    (CHAIR, DEPUTY, "", "the Chair assigns a deputy (art. 115)"),
    (SECRETARY, DEPUTY, "", "the secretariat records it"),
    (DEPUTY, DEPUTY, "only_running", "a deputy does not assign himself"),
    (CHAIR, MEMBER, "not_presiding_candidate", "a member does not preside"),
    (CHAIR, SECRETARY, "not_presiding_candidate", "nor does the secretariat"),
    (CHAIR, 999, "not_presiding_candidate", "nor a stranger"),
]


@pytest.mark.parametrize(("by", "person", "reason", "why"), PRESIDING, ids=[case[-1] for case in PRESIDING])
def test_the_chair_or_a_deputy_presides(by: int, person: int, reason: str, why: str) -> None:
    session = called()
    assert session.reason(c.AssignPresiding, by=by, person=person) == reason
    if reason:
        assert session.refusal(c.AssignPresiding, by=by, person=person)[1] == RuleSet().article("presiding")


def test_the_chair_takes_the_meeting_back_from_a_deputy() -> None:
    session = called(rules=RuleSet(secretariat_runs=False))
    session.do(c.AssignPresiding, person=DEPUTY)
    assert session.reason(c.AssignPresiding, by=MEMBER, person=CHAIR) == "only_running"
    session.do(c.AssignPresiding, by=CHAIR, person=CHAIR)
    assert session.meeting.presiding == CHAIR


def test_without_a_chair_the_secretariat_records_who_presides() -> None:
    members = tuple(replace(p, role=Role.MEMBER) if p.role is Role.CHAIR else p for p in seats())
    session = called(rules=RuleSet(secretariat_runs=False), participants=members + OTHERS)
    assert session.meeting.presiding is None
    assert session.reason(c.AssignPresiding, by=DEPUTY, person=DEPUTY) == "only_running"
    session.do(c.AssignPresiding, by=SECRETARY, person=DEPUTY)
    # From then on it is for the deputy, since the body does not let the secretariat run the meeting.
    assert session.reason(c.AssignPresiding, by=SECRETARY, person=DEPUTY) == "only_chair"


def test_assigning_who_presides_already_does_nothing() -> None:
    assert called().do(c.AssignPresiding, person=CHAIR) == ()


def test_every_suspension_ends_with_the_session() -> None:
    session = suspended()
    session.do(c.ResumeSession)
    session.do(c.SuspendSession)
    session.do(c.CloseSession)
    meeting = session.meeting
    assert (meeting.stage, meeting.closed_at) == (Stage.CLOSED, session.now)
    assert [end is not None for _, end in meeting.suspensions] == [True, True]
