"""Who may do what: every command, sent by every kind of person, at a moment when it could be done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ecabinet.rules import commands as c
from ecabinet.rules.authority import may_run
from ecabinet.rules.decide import decide
from ecabinet.rules.meeting import Participant, PresenceStatus, Role, blank
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from tests.rules.sessions import (
    CHAIR,
    DEPUTY,
    HEAD,
    INFORMATION,
    INVITEE,
    ITEMS,
    MEMBER,
    NOW,
    OPENING,
    PAPER,
    SCHEME,
    SCHEME_POLL,
    SCREEN,
    SECRETARY,
    STRANGER,
    SUBSTITUTE,
    Session,
    called,
    in_session,
    voting,
)

PEOPLE = {
    "chair": CHAIR,
    "deputy": DEPUTY,
    "member": MEMBER,
    "secretariat": SECRETARY,
    "invitee": INVITEE,
    "substitute": SUBSTITUTE,
    "screen": SCREEN,
    "stranger": STRANGER,
}
RUN = {"chair", "secretariat"}
VOTERS = {"chair", "deputy", "member"}
ATTENDING = VOTERS | {"secretariat", "invitee", "substitute"}


def suspended() -> Session:
    session = in_session()
    session.do(c.SuspendSession)
    return session


def under_way() -> Session:
    session = in_session()
    session.do(c.StartItem, item=SCHEME)
    return session


def closed_poll() -> Session:
    session = voting()
    session.close(SCHEME_POLL, publish=False)
    return session


def counted() -> Session:
    session = voting()
    # Entered by the deputy, who presided then, so that Chair and secretariat are both somebody else.
    session.do(c.AssignPresiding, person=DEPUTY)
    session.do(c.EnterCount, by=DEPUTY, poll=SCHEME_POLL, counts={"for": 3})
    session.do(c.AssignPresiding, by=CHAIR, person=CHAIR)
    return session


def everybody_present() -> Session:
    session = in_session()
    session.check_in((SECRETARY, INVITEE, SUBSTITUTE))
    return session


Case = tuple[type[c.Command], Callable[[], Session], dict[str, Any], set[str], str]

CASES: list[Case] = [
    (c.OpenSession, lambda: _quorate(called()), {}, RUN, "only_running"),
    (c.SuspendSession, in_session, {}, RUN, "only_running"),
    (c.ResumeSession, suspended, {}, RUN, "only_running"),
    (c.CloseSession, in_session, {}, RUN, "only_running"),
    (c.CancelMeeting, called, {"reason": "Bão"}, RUN, "only_running"),
    (c.AssignPresiding, called, {"person": DEPUTY}, RUN, "only_running"),
    (c.AddParticipant, called, {"participant": Participant(200, Role.INVITEE, Text("Sở"))}, RUN, "only_secretariat"),
    (c.AdmitInvitee, called, {"person": INVITEE, "items": (OPENING,)}, RUN, "only_secretariat"),
    (c.CheckIn, called, {}, ATTENDING, ""),
    (c.CheckOut, everybody_present, {}, ATTENDING, ""),
    (c.MarkPresence, called, {"person": 4, "status": PresenceStatus.EXCUSED}, RUN, "only_secretariat"),
    (c.AddItem, called, {"item": 7, "title": Text("Nội dung")}, RUN, "only_secretariat"),
    (c.EditItem, called, {"item": SCHEME, "title": Text("Đề án")}, RUN, "only_secretariat"),
    (c.MoveItem, called, {"item": SCHEME}, RUN, "only_secretariat"),
    (c.StartItem, in_session, {"item": SCHEME}, RUN, "only_running"),
    (c.FinishItem, under_way, {"item": SCHEME}, RUN, "only_running"),
    (c.PostponeItem, called, {"item": SCHEME}, RUN, "only_running"),
    (c.WithdrawItem, called, {"item": SCHEME}, RUN, "only_running"),
    (c.ReturnItem, under_way, {"item": SCHEME}, RUN, "only_running"),
    (c.NoteItem, called, {"item": SCHEME, "note": "Ghi"}, RUN, "only_secretariat"),
    (c.ConcludeItem, called, {"item": SCHEME, "conclusion": "Thống nhất"}, RUN, "only_secretariat"),
    (c.AttachPaper, called, {"item": OPENING, "paper": PAPER}, RUN, "only_secretariat"),
    (c.RemovePaper, called, {"item": SCHEME, "paper": PAPER.id}, RUN, "only_secretariat"),
    (c.DraftPoll, called, {"poll": "p", "item": INFORMATION, "question": Text("Hỏi")}, RUN, "only_running"),
    (c.OpenPoll, under_way, {"poll": SCHEME_POLL}, RUN, "only_running"),
    (c.CastBallot, voting, {"poll": SCHEME_POLL, "choice": ("for",)}, VOTERS, "not_a_member"),
    (c.EnterCount, voting, {"poll": SCHEME_POLL, "counts": {"for": 3}}, RUN, "only_secretariat"),
    (c.ConfirmCount, counted, {"poll": SCHEME_POLL}, RUN, "only_secretariat"),
    (c.DiscardCount, counted, {"poll": SCHEME_POLL}, RUN, "only_secretariat"),
    (c.ClosePoll, voting, {"poll": SCHEME_POLL, "confirmed": True}, RUN, "only_running"),
    (c.PublishResult, closed_poll, {"poll": SCHEME_POLL}, RUN, "only_running"),
    (c.VoidPoll, closed_poll, {"poll": SCHEME_POLL, "reason": "Nhầm"}, RUN, "only_running"),
]


def _quorate(session: Session) -> Session:
    session.check_in(range(1, 26))
    return session


@pytest.mark.parametrize(
    ("kind", "moment", "fields", "allowed", "otherwise"), CASES, ids=[case[0].__name__ for case in CASES]
)
def test_only_those_may_who_may(
    kind: type[c.Command], moment: Callable[[], Session], fields: dict[str, Any], allowed: set[str], otherwise: str
) -> None:
    session = moment()
    expected = {name: "" if name in allowed else otherwise for name in PEOPLE}
    # A screen only shows; for somebody who does not take part there is no meeting.
    expected |= {"screen": "screen_cannot_act", "stranger": "not_in_meeting"}
    assert {name: session.reason(kind, by=person, **fields) for name, person in PEOPLE.items()} == expected


def test_the_table_has_every_command() -> None:
    assert {case[0] for case in CASES} | {c.CallMeeting} == set(c.COMMANDS.values())


RUNNING = [case for case in CASES if case[-1] == "only_running"]


@pytest.mark.parametrize(("kind", "moment", "fields", "_", "__"), RUNNING, ids=[case[0].__name__ for case in RUNNING])
def test_secretariat_runs_only_where_the_body_allows_it(
    kind: type[c.Command], moment: Callable[[], Session], fields: dict[str, Any], _: set[str], __: str
) -> None:
    session = moment()
    rules = RuleSet(secretariat_runs=False)
    session.meeting = replace(session.meeting, rules=rules)
    assert session.refusal(kind, by=SECRETARY, **fields) == ("only_chair", rules.article("presiding"))
    assert session.reason(kind, by=CHAIR, **fields) == ""


def test_the_refusal_of_running_names_article_115() -> None:
    session = called()
    assert session.refusal(c.OpenSession, by=MEMBER) == ("only_running", RuleSet().article("presiding"))


def test_who_presides_runs_the_meeting_and_the_chair_does_not() -> None:
    session = called()
    session.do(c.AssignPresiding, person=DEPUTY)
    assert [may_run(session.meeting, person) for person in (CHAIR, DEPUTY, SECRETARY)] == [False, True, True]


def test_before_the_call_there_is_no_meeting_for_anybody() -> None:
    draft = blank(HEAD, RuleSet())
    for kind, _, fields, _, _ in CASES:
        decision = decide(draft, kind(id="a", by=CHAIR, **fields), NOW)
        assert getattr(decision, "reason", None) == "not_in_meeting"


@pytest.mark.parametrize("over", ["closed", "cancelled"])
def test_nothing_is_recorded_in_a_meeting_that_is_over(over: str) -> None:
    session = in_session() if over == "closed" else called()
    session.do(c.CloseSession) if over == "closed" else session.do(c.CancelMeeting, reason="Bão")
    reasons = {session.reason(kind, by=CHAIR, **fields) for kind, _, fields, _, _ in CASES}
    assert reasons == {"meeting_over"}
    again = {"head": HEAD, "rules": RuleSet(), "participants": (), "items": ITEMS}
    assert session.reason(c.CallMeeting, **again) == "already_called"
