"""Strategies for random sessions: bodies, the commands that people send, and steps that take a session forward.

Commands alone rarely open a session, let alone a vote, so most steps follow what the chair's page proposes; everything
else happens in between.
"""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from ecabinet.rules import commands as c
from ecabinet.rules.meeting import AgendaPaper, ItemKind, Meeting, Participant, PresenceStatus, Role
from ecabinet.rules.polls import PollState
from ecabinet.rules.rule_set import Base, Comparison, Majority, RuleSet, Share, TieRule
from ecabinet.rules.text import Text
from tests.rules.sessions import CHAIR, INVITEE, SCREEN, SECOND_SECRETARY, SECRETARY, STRANGER, SUBSTITUTE

MEMBERS = range(1, 8)
VOTERS = (*MEMBERS, SUBSTITUTE)
PEOPLE = (*VOTERS, SECRETARY, SECOND_SECRETARY, INVITEE, SCREEN, STRANGER)
CHOICES = ("for", "against", "not_voting", "other", "choice-1", "choice-2", "choice-3")

# Stands for the item under way; as a poll, for its vote that is open, else the one that is closed, else its draft.
CURRENT = "current"


@dataclass(frozen=True)
class Follow:
    """Take the next step; if a vote is open then, each voter chooses the option of this place (None: does not vote), and
    with `hands` the secretary enters a count by places."""

    votes: tuple[int | None, ...]
    hands: dict[str, Any] | None


def resolved(meeting: Meeting, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a command with what CURRENT stands for now."""
    poll = current_poll(meeting)
    now = {"poll": poll, "replaces": poll, "item": meeting.current_item or 0}
    return {name: now[name] if value == CURRENT else value for name, value in fields.items()}


def current_poll(meeting: Meeting) -> str:
    by_state = {poll.state: poll.id for poll in meeting.polls.values() if poll.item == meeting.current_item}
    return next((by_state[s] for s in (PollState.OPEN, PollState.CLOSED, PollState.DRAFT) if s in by_state), "nothing")


SHARES = st.sampled_from([Share(1, 2), Share(1, 2), Share(2, 3), Share(3, 4), Share(1, 3)])
MAJORITIES = st.one_of(
    st.just(Majority()),
    st.builds(Majority, st.sampled_from(Base)),
    st.builds(Majority, st.sampled_from(Base), st.sampled_from(Comparison), SHARES),
    st.builds(Majority, st.sampled_from(Base), st.just(Comparison.AT_LEAST), st.just(Share(1, 1))),
)
RULES = st.builds(
    RuleSet,
    quorum=st.one_of(st.none(), SHARES),
    majority=MAJORITIES,
    tie=st.sampled_from(TieRule),
    other_opinion=st.booleans(),
    ballot_change=st.booleans(),
    substitutes_vote=st.booleans(),
    live_tally=st.booleans(),
    secretariat_runs=st.booleans(),
    roman_numbers=st.booleans(),
)
WEIGHTS = st.one_of(st.just([1] * len(MEMBERS)), st.lists(st.integers(1, 9), min_size=7, max_size=7))

PERSON, MEMBER = st.sampled_from(PEOPLE), st.sampled_from(MEMBERS)
POLL = st.sampled_from((CURRENT, CURRENT, CURRENT, "item-2", "item-5", "item-7", "again", "list"))
RUNS, DESK = st.sampled_from((CHAIR, CHAIR, SECRETARY)), st.sampled_from((SECRETARY, SECOND_SECRETARY, CHAIR))
ITEM, PLACE = st.integers(1, 8), st.one_of(st.none(), st.integers(1, 8))
WORDS = st.sampled_from(("Một", "Hai", "Ba", ""))
TEXT = st.builds(Text, WORDS, WORDS)
ADDED = st.builds(
    Participant, st.integers(200, 202), st.sampled_from(Role), TEXT, stands_for=st.one_of(st.none(), MEMBER)
)
PAPERS = st.builds(AgendaPaper, st.integers(31, 33), TEXT)


def sent(
    kind: type[c.Command], by: st.SearchStrategy[int] = RUNS, /, **fields: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(kind), by, st.fixed_dictionaries(fields))


BALLOTS = [
    sent(c.CastBallot, st.sampled_from(VOTERS), poll=POLL, opinion=WORDS, choice=st.tuples(st.sampled_from(CHOICES))),
    sent(
        c.CastBallot, PERSON, poll=POLL, opinion=WORDS, choice=st.lists(st.sampled_from(CHOICES), max_size=3).map(tuple)
    ),
]
COUNTS = [
    sent(
        c.EnterCount, DESK, poll=POLL, voters=st.integers(0, 5), chair_choice=st.sampled_from(("", "for", "against")),
        counts=st.dictionaries(st.sampled_from(CHOICES), st.integers(-1, 4), max_size=3),
    ),
    sent(c.ConfirmCount, DESK, poll=POLL),
    sent(c.DiscardCount, DESK, poll=POLL),
]  # fmt: skip
POLLS = [
    sent(
        c.DraftPoll, poll=POLL, item=st.one_of(st.just(CURRENT), ITEM), question=TEXT, max_choices=st.integers(1, 3), majority=st.one_of(st.none(), MAJORITIES),
        choices=st.sampled_from(((), (Text("A"), Text("B"), Text("C")))), replaces=st.one_of(st.none(), POLL),
    ),
    sent(c.OpenPoll, poll=POLL),
    sent(c.ClosePoll, poll=POLL, confirmed=st.booleans()),
    sent(c.PublishResult, poll=POLL),
    sent(c.VoidPoll, poll=POLL, reason=WORDS),
]  # fmt: skip
PRESENCE = [
    sent(c.CheckIn, st.sampled_from(VOTERS)),
    sent(c.CheckIn, PERSON),
    sent(c.CheckOut, st.sampled_from(VOTERS)),
    sent(c.MarkPresence, DESK, person=PERSON, status=st.one_of(st.none(), st.sampled_from(PresenceStatus)), note=WORDS),
    sent(c.AdmitInvitee, DESK, person=st.just(INVITEE), items=st.lists(ITEM, max_size=2).map(tuple)),
    sent(c.AddParticipant, DESK, participant=ADDED),
    sent(c.AssignPresiding, person=st.sampled_from((1, 2, 3))),
]
AGENDA = [
    sent(c.AddItem, DESK, item=ITEM, title=TEXT, kind=st.sampled_from(ItemKind), parent=PLACE, before=PLACE),
    sent(c.EditItem, DESK, item=ITEM, title=TEXT),
    sent(c.MoveItem, DESK, item=ITEM, parent=PLACE, before=PLACE),
    sent(c.NoteItem, DESK, item=ITEM, note=WORDS),
    sent(c.ConcludeItem, DESK, item=ITEM, conclusion=WORDS),
    sent(c.AttachPaper, DESK, item=ITEM, paper=PAPERS),
    sent(c.RemovePaper, DESK, item=ITEM, paper=st.integers(31, 33)),
    *(sent(kind, item=ITEM) for kind in (c.StartItem, c.FinishItem, c.PostponeItem, c.WithdrawItem, c.ReturnItem)),
]
SESSION = [sent(c.OpenSession), sent(c.SuspendSession), sent(c.ResumeSession), sent(c.CancelMeeting, reason=WORDS)]

VOTES = st.tuples(*(st.sampled_from((0, 1, None, 0, 1, 2, 3)) for _ in VOTERS))
HANDS = st.fixed_dictionaries(
    {
        "counts": st.dictionaries(st.integers(0, 2), st.integers(1, 2), min_size=1, max_size=2),
        "voters": st.integers(1, 2),
        "chair_choice": st.sampled_from(("", "", "for", "against")),
    }
)
FOLLOW = st.builds(Follow, VOTES, st.one_of(st.none(), st.none(), HANDS))

# A group first, then one of it: `one_of` alone would choose among all commands alike.
OTHERS = [st.one_of(*group) for group in (BALLOTS, COUNTS, POLLS, PRESENCE, AGENDA, SESSION)]
GROUPS = [FOLLOW, *OTHERS, FOLLOW, FOLLOW]
STEPS = st.lists(st.sampled_from(GROUPS).flatmap(lambda group: group), min_size=30, max_size=80)
