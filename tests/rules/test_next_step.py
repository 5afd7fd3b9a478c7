"""The next sensible step: a whole session driven by nothing else, and why a step has to wait."""

from collections.abc import Callable
from typing import Any

import pytest

from ecabinet.rules import commands as c
from ecabinet.rules.meeting import ItemState, Stage
from ecabinet.rules.next_step import NextStep, next_step
from ecabinet.rules.polls import PollState
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from tests.rules.sessions import (
    CHAIR,
    FINANCE,
    INFORMATION,
    OPENING,
    REPORT,
    SCHEME,
    SCHEME_POLL,
    SECOND_SECRETARY,
    SECRETARY,
    Session,
    called,
    in_session,
    voting,
)


def follow(session: Session, by: int = CHAIR) -> NextStep:
    """Take the next step, as the button does."""
    step = next_step(session.meeting)
    session.do(c.COMMANDS[step.do], by=by, **step.args)
    return step


def test_a_whole_session_is_driven_by_the_next_step_alone() -> None:
    session = called()
    session.check_in(range(1, 26))
    taken = []
    while next_step(session.meeting).do:
        taken.append(follow(session).do)
        for poll in session.meeting.polls.values():
            if poll.state is PollState.OPEN and not poll.ballots:
                session.vote(poll.id, for_=range(1, 14), against=range(14, 26))
    vote = ["open_poll", "close_poll", "publish_result"]
    # Opening; scheme with its vote; report; budget with its vote; information.
    items = ["start_item", "start_item", *vote, "start_item", "start_item", *vote, "start_item", "finish_item"]
    assert taken == ["open_session", *items, "close_session"]
    assert session.meeting.stage is Stage.CLOSED
    assert {item.state for item in session.meeting.items.values() if item.id != FINANCE} == {ItemState.DECIDED}
    assert {poll.state for poll in session.meeting.polls.values()} == {PollState.PUBLISHED}


def quorate() -> Session:
    session = called()
    session.check_in(range(1, 18))
    return session


def suspended() -> Session:
    session = in_session(17)
    session.do(c.SuspendSession)
    return session


def all_voted() -> Session:
    session = voting(17)
    session.vote(SCHEME_POLL, for_=range(1, 18))
    return session


def some_voted() -> Session:
    session = voting(17)
    session.vote(SCHEME_POLL, for_=range(1, 16))
    return session


def counted() -> Session:
    session = some_voted()
    session.do(c.EnterCount, by=SECRETARY, poll=SCHEME_POLL, counts={"for": 1})
    return session


def confirmed() -> Session:
    session = counted()
    session.do(c.ConfirmCount, by=SECOND_SECRETARY, poll=SCHEME_POLL)
    return session


def all_counted() -> Session:
    session = some_voted()
    session.do(c.EnterCount, by=SECRETARY, poll=SCHEME_POLL, counts={"for": 2})
    session.do(c.ConfirmCount, by=SECOND_SECRETARY, poll=SCHEME_POLL)
    return session


def closed_poll() -> Session:
    session = all_voted()
    session.close(SCHEME_POLL, publish=False)
    return session


def published() -> Session:
    session = all_voted()
    session.close(SCHEME_POLL)
    return session


def scheme_under_way() -> Session:
    session = in_session(17)
    session.do(c.StartItem, item=SCHEME)
    return session


def quorum_lost() -> Session:
    session = scheme_under_way()
    session.do(c.CheckOut, by=17)
    return session


def suspended_inquorate() -> Session:
    session = suspended()
    session.do(c.CheckOut, by=17)
    return session


def last_item() -> Session:
    session = in_session(17)
    for item in (OPENING, SCHEME, REPORT, 5):
        session.do(c.PostponeItem, item=item)
    session.do(c.StartItem, item=INFORMATION)
    return session


def all_dealt_with() -> Session:
    session = last_item()
    session.do(c.FinishItem, item=INFORMATION)
    return session


def over() -> Session:
    session = in_session(17)
    session.do(c.CloseSession)
    return session


def cancelled() -> Session:
    session = called()
    session.do(c.CancelMeeting, reason="Bão")
    return session


ABSENT = tuple(range(17, 26))
POLL = {"poll": SCHEME_POLL}
WAIT = "16 of 25 present; 1 more are needed for a quorum."

STEPS: list[tuple[Callable[[], Session], NextStep]] = [
    (quorate, NextStep("open_session", Text(en="Quorate: 17 of 25 present, 17 needed."))),
    (suspended, NextStep("resume_session", Text(en="The session is suspended."))),
    (suspended_inquorate, NextStep("resume_session", Text(en=WAIT), ready=False, missing=ABSENT)),
    (lambda: in_session(17), NextStep("start_item", Text(en="Begin with: 1. Opening"), {"item": OPENING})),
    (scheme_under_way, NextStep("open_poll", Text(en="This item needs a vote: To approve: Tourism scheme"), POLL)),
    (quorum_lost, NextStep("open_poll", Text(en=WAIT), POLL, ready=False, missing=ABSENT)),
    (all_voted, NextStep("close_poll", Text(en="All 17 members present have voted."), POLL | {"confirmed": False})),
    (
        some_voted,
        NextStep(
            "close_poll", Text(en="15 of 17 have voted."), POLL | {"confirmed": True}, confirm=True, missing=(16, 17)
        ),
    ),
    (counted, NextStep("confirm_count", Text(en="The count waits for a second person to confirm it."), POLL)),
    (confirmed, NextStep("close_poll", Text(en="16 of 17 have voted."), POLL | {"confirmed": True}, confirm=True)),
    (all_counted, NextStep("close_poll", Text(en="All 17 members present have voted."), POLL | {"confirmed": False})),
    (closed_poll, NextStep("publish_result", Text(en="The vote is closed; the members wait for the result."), POLL)),
    (published, NextStep("start_item", Text(en="Next: 3.1. Financial report"), {"item": REPORT})),
    (last_item, NextStep("finish_item", Text(en="This is the last item of the agenda."), {"item": INFORMATION})),
    (all_dealt_with, NextStep("close_session", Text(en="Every item has been dealt with."), confirm=True)),
    (over, NextStep("", Text(en="The session is closed; the minutes can be drawn up."))),
    (cancelled, NextStep("", Text(en="The meeting was cancelled: Bão"))),
]


@pytest.mark.parametrize(("moment", "expected"), STEPS, ids=[f"{step.do} {step.why.en}" for _, step in STEPS])
def test_next_step_says_what_and_why(moment: Callable[[], Session], expected: NextStep) -> None:
    found = next_step(moment().meeting)
    known: dict[str, Any] = {name: getattr(found, name) for name in ("do", "args", "ready", "confirm", "missing")}
    assert known | {"why": found.why.en} == {name: getattr(expected, name) for name in known} | {"why": expected.why.en}
    assert found.why.vi


@pytest.mark.parametrize(("moment", "expected"), STEPS, ids=[f"{step.do} {step.why.en}" for _, step in STEPS])
def test_a_step_that_is_ready_is_done_and_another_is_refused(moment: Callable[[], Session], expected: NextStep) -> None:
    session = moment()
    if expected.do:
        # A count that the secretary entered is confirmed by the Chair.
        reason = session.reason(c.COMMANDS[expected.do], by=CHAIR, **expected.args)
        assert reason == ("" if expected.ready else "inquorate")


def test_before_the_quorum_the_step_says_who_is_waited_for() -> None:
    session = called()
    session.check_in(range(1, 17))
    step = next_step(session.meeting)
    assert (step.do, step.ready, step.missing, step.why.en) == ("open_session", False, ABSENT, WAIT)


def test_a_body_without_a_quorum_opens_at_once() -> None:
    assert next_step(called(rules=RuleSet(quorum=None)).meeting).ready


def test_a_step_names_an_item_as_the_agenda_numbers_it() -> None:
    assert next_step(in_session(rules=RuleSet(roman_numbers=True)).meeting).why.en == "Begin with: I. Opening"


def test_a_void_draft_is_no_step() -> None:
    session = scheme_under_way()
    session.do(c.VoidPoll, poll=SCHEME_POLL, reason="Không cần")
    assert next_step(session.meeting).do == "start_item"


def test_after_the_last_item_what_was_skipped_comes() -> None:
    session = in_session(17)
    session.do(c.StartItem, item=INFORMATION)
    assert next_step(session.meeting).args == {"item": OPENING}
