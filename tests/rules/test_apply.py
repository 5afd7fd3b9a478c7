"""`apply`: each event moves what it names, and nothing else."""

from dataclasses import fields, replace

import pytest

from ecabinet.rules import commands as c
from ecabinet.rules import events as e
from ecabinet.rules.apply import apply, replay
from ecabinet.rules.meeting import (
    AgendaPaper,
    Item,
    ItemKind,
    ItemState,
    Meeting,
    Participant,
    Presence,
    PresenceStatus,
    Role,
    Stage,
    blank,
)
from ecabinet.rules.polls import HandCount, PollBallot, PollState, Verdict
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from tests.rules.sessions import (
    BUDGET,
    CHAIR,
    DEPUTY,
    HEAD,
    INFORMATION,
    INVITEE,
    MEMBER,
    NOW,
    OPENING,
    PAPER,
    SCHEME,
    SCHEME_POLL,
    SECOND_SECRETARY,
    SECRETARY,
    Session,
    called,
    voting,
)

AT = {"at": NOW, "by": CHAIR}


def changed(before: Meeting, after: Meeting) -> dict[str, object]:
    """The fields of the meeting that differ; of its mappings, the entries."""
    names = [f.name for f in fields(before) if getattr(before, f.name) != getattr(after, f.name)]
    return {name: _entries(getattr(before, name), getattr(after, name)) for name in names}


def _entries(before: object, after: object) -> object:
    if not isinstance(before, dict) or not isinstance(after, dict):
        return after
    return {key: after.get(key) for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


MEETING = called().meeting
IN_SESSION = replace(
    MEETING, stage=Stage.IN_SESSION, current_item=SCHEME, presence={MEMBER: Presence(PresenceStatus.PRESENT, NOW)}
)
ADDED = Participant(200, Role.INVITEE, Text("Sở"))
LATE = Item(7, ItemKind.DISCUSSION, Text("Phát sinh"), late=True)
SCHEME_ITEM = MEETING.items[SCHEME]
REPORT_PAPER = AgendaPaper(32, Text("Báo cáo"))

CHANGES: list[tuple[e.Event, dict[str, object]]] = [
    (e.SessionOpened(**AT), {"opened_at": NOW}),
    (e.SessionSuspended(**AT), {"stage": Stage.SUSPENDED, "suspensions": ((NOW, None),)}),
    (e.SessionClosed(**AT), {"stage": Stage.CLOSED, "closed_at": NOW}),
    (e.MeetingCancelled(**AT, reason="Bão"), {"stage": Stage.CANCELLED, "closed_at": NOW, "cancel_reason": "Bão"}),
    (e.PresidingAssigned(**AT, person=DEPUTY), {"presiding": DEPUTY}),
    (e.ParticipantAdded(**AT, participant=ADDED), {"participants": {200: ADDED}}),
    (
        e.InviteeAdmitted(**AT, person=INVITEE, item_ids=(BUDGET,)),
        {"participants": {INVITEE: replace(MEETING.participants[INVITEE], item_ids=(BUDGET,))}},
    ),
    (
        e.PresenceMarked(**AT, person=DEPUTY, status=PresenceStatus.EXCUSED, note="Ốm"),
        {"presence": {DEPUTY: Presence(PresenceStatus.EXCUSED, NOW, "Ốm")}},
    ),
    (e.PresenceMarked(**AT, person=MEMBER, status=None), {"presence": {MEMBER: None}}),
    (e.PresenceMarked(**AT, person=DEPUTY, status=None), {}),
    (e.ItemAdded(**AT, item=LATE), {"items": {7: LATE}}),
    (
        e.ItemMoved(**AT, item=SCHEME, parent=BUDGET, before=None),
        {"items": {SCHEME: replace(SCHEME_ITEM, parent=BUDGET)}},
    ),
    (
        e.ItemStarted(**AT, item=INFORMATION),
        {
            "items": {INFORMATION: replace(MEETING.items[INFORMATION], state=ItemState.UNDER_WAY, started_at=NOW)},
            "current_item": INFORMATION,
        },
    ),
    (
        e.ItemStateChanged(**AT, item=SCHEME, state=ItemState.DECIDED),
        {"items": {SCHEME: replace(SCHEME_ITEM, state=ItemState.DECIDED, finished_at=NOW)}, "current_item": None},
    ),
    (
        e.ItemStateChanged(**AT, item=OPENING, state=ItemState.POSTPONED),
        {"items": {OPENING: replace(MEETING.items[OPENING], state=ItemState.POSTPONED, finished_at=NOW)}},
    ),
    (
        e.ItemEdited(**AT, item=SCHEME, title=Text("Lễ hội"), presenter=Text("Sở Du lịch"), planned_minutes=9),
        {
            "items": {
                SCHEME: replace(SCHEME_ITEM, title=Text("Lễ hội"), presenter=Text("Sở Du lịch"), planned_minutes=9)
            }
        },
    ),
    (e.ItemNoted(**AT, item=SCHEME, note="Ghi"), {"items": {SCHEME: replace(SCHEME_ITEM, note="Ghi")}}),
    (
        e.ItemConcluded(**AT, item=SCHEME, conclusion="Thống nhất"),
        {"items": {SCHEME: replace(SCHEME_ITEM, conclusion="Thống nhất")}},
    ),
    (
        e.PaperAttached(**AT, item=SCHEME, paper=REPORT_PAPER),
        {"items": {SCHEME: replace(SCHEME_ITEM, papers=(PAPER, REPORT_PAPER))}},
    ),
    (e.PaperRemoved(**AT, item=SCHEME, paper=PAPER.id), {"items": {SCHEME: replace(SCHEME_ITEM, papers=())}}),
    (
        e.PollOpened(**AT, poll=SCHEME_POLL, electorate=(1, 2)),
        {
            "polls": {
                SCHEME_POLL: replace(MEETING.polls[SCHEME_POLL], state=PollState.OPEN, electorate=(1, 2), opened_at=NOW)
            }
        },
    ),
    (
        e.PollVoided(**AT, poll=SCHEME_POLL, reason="Nhầm"),
        {"polls": {SCHEME_POLL: replace(MEETING.polls[SCHEME_POLL], state=PollState.VOID, void_reason="Nhầm")}},
    ),
]


@pytest.mark.parametrize(("event", "expected"), CHANGES, ids=[type(case[0]).__name__ for case in CHANGES])
def test_an_event_changes_what_it_names_and_nothing_else(event: e.Event, expected: dict[str, object]) -> None:
    assert changed(IN_SESSION, apply(IN_SESSION, event)) == expected


OPEN = voting(17)
OPEN_POLL = OPEN.poll(SCHEME_POLL)
BALLOT = {MEMBER: PollBallot("b-1", MEMBER, NOW, ("for",), "")}
COUNT = HandCount("hands", {"for": 3}, 3, SECRETARY, NOW, "for")
COUNTED = replace(OPEN_POLL, count=COUNT)

POLL_CHANGES = [
    (OPEN_POLL, e.BallotCast(at=NOW, by=MEMBER, poll=SCHEME_POLL, seat=MEMBER, ballot="b-1", choice=("for",)), {"ballots": BALLOT}),
    (
        OPEN_POLL,
        e.CountEntered(
            at=NOW, by=SECRETARY, poll=SCHEME_POLL, method="hands", counts={"for": 3}, voters=3, chair_choice="for"
        ),
        {"count": COUNT},
    ),
    (
        COUNTED,
        e.CountConfirmed(at=NOW, by=SECOND_SECRETARY, poll=SCHEME_POLL),
        {"count": replace(COUNT, confirmed_by=SECOND_SECRETARY)},
    ),
    (COUNTED, e.CountDiscarded(at=NOW, by=SECRETARY, poll=SCHEME_POLL), {"count": None}),
    (
        replace(OPEN_POLL, state=PollState.CLOSED),
        e.ResultPublished(**AT, poll=SCHEME_POLL, counts={}, base_size=25, verdict=Verdict.PASSED),
        {"state": PollState.PUBLISHED, "published_at": NOW},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("poll", "event", "expected"), POLL_CHANGES, ids=[type(case[1]).__name__ for case in POLL_CHANGES]
)
def test_an_event_of_a_poll_changes_that_poll(poll: object, event: e.Event, expected: dict[str, object]) -> None:
    before = replace(OPEN.meeting, polls=dict(OPEN.meeting.polls) | {SCHEME_POLL: poll})
    after = apply(before, event)
    assert changed(before, after).keys() == {"polls"}
    new = after.polls[SCHEME_POLL]
    assert {
        f.name: getattr(new, f.name) for f in fields(new) if getattr(new, f.name) != getattr(poll, f.name)
    } == expected


def test_closing_freezes_presence_and_result() -> None:
    closed = apply(OPEN.meeting, e.PollClosed(**AT, poll=SCHEME_POLL, present=tuple(range(1, 18))))
    poll = closed.polls[SCHEME_POLL]
    assert (poll.state, poll.closed_at, poll.present) == (PollState.CLOSED, NOW, tuple(range(1, 18)))
    assert poll.result is not None and poll.result.verdict is Verdict.REJECTED


def test_a_returned_item_keeps_when_it_was_first_begun() -> None:
    started = apply(IN_SESSION, e.ItemStarted(at=NOW, by=CHAIR, item=BUDGET))
    returned = apply(started, e.ItemStateChanged(at=NOW, by=CHAIR, item=BUDGET, state=ItemState.WAITING))
    again = apply(returned, e.ItemStarted(at=NOW.replace(hour=5), by=CHAIR, item=BUDGET))
    assert (returned.items[BUDGET].finished_at, again.items[BUDGET].started_at) == (None, NOW)


def whole_session() -> Session:
    """One session in which every kind of event happens."""
    session = called()
    desk = {"by": SECRETARY}
    session.do(c.AddParticipant, **desk, participant=Participant(200, Role.INVITEE, Text("Sở")))
    session.do(c.AdmitInvitee, **desk, person=200, items=(SCHEME,))
    session.do(c.AssignPresiding, person=DEPUTY)
    session.do(c.AddItem, **desk, item=7, title=Text("Phát sinh"))
    session.do(c.EditItem, **desk, item=7, title=Text("Phát sinh 2"))
    session.do(c.MoveItem, **desk, item=7, before=OPENING)
    session.do(c.NoteItem, **desk, item=7, note="Ghi")
    session.do(c.ConcludeItem, **desk, item=7, conclusion="Thống nhất")
    session.do(c.AttachPaper, **desk, item=7, paper=REPORT_PAPER)
    session.do(c.RemovePaper, **desk, item=7, paper=32)
    session.check_in(range(1, 26))
    session.do(c.OpenSession, by=DEPUTY)
    session.do(c.SuspendSession, by=DEPUTY)
    session.do(c.ResumeSession, by=DEPUTY)
    session.do(c.StartItem, by=DEPUTY, item=SCHEME)
    session.do(c.OpenPoll, by=DEPUTY, poll=SCHEME_POLL)
    session.vote(SCHEME_POLL, for_=range(1, 11))
    session.do(c.EnterCount, **desk, poll=SCHEME_POLL, counts={"for": 1})
    session.do(c.DiscardCount, **desk, poll=SCHEME_POLL)
    session.do(c.EnterCount, **desk, poll=SCHEME_POLL, counts={"for": 3})
    session.do(c.ConfirmCount, by=SECOND_SECRETARY, poll=SCHEME_POLL)
    session.close(SCHEME_POLL, by=DEPUTY)
    session.do(c.VoidPoll, by=DEPUTY, poll=SCHEME_POLL, reason="Nhầm")
    session.do(c.CloseSession, by=DEPUTY)
    return session


def test_replaying_the_record_gives_the_state() -> None:
    session = whole_session()
    again = replay(blank(HEAD, RuleSet()), session.events)
    assert again == session.meeting
    assert (list(again.items), list(again.polls)) == (list(session.meeting.items), list(session.meeting.polls))
    # A cancelled meeting has no session: the one event that cannot be among the others.
    assert {type(event) for event in session.events} | {e.MeetingCancelled} == set(e.EVENT_KINDS.values())


def test_nothing_that_is_no_event_is_applied() -> None:
    with pytest.raises(TypeError, match="Event is no event of a meeting"):
        apply(MEETING, e.Event(**AT))
