"""A session full of what must not spread: each secret is a word that no other part of the meeting has."""

from ecabinet.rules import commands as c
from ecabinet.rules.meeting import AgendaPaper, Item, ItemKind, Participant, PresenceStatus, Role
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from tests.rules.sessions import INVITEE, MEMBER, OTHERS, SECRETARY, SUBSTITUTE, Session, called, seats

# Item 1 is a heading, 2 in it is the guests' item (with all the votes), 3 in it and 4 are not theirs.
HEADING, OPEN_ITEM, SHUT_ITEM, OTHER_ITEM = 1, 2, 3, 4
OUTSIDER = 95

ITEMS = (
    Item(HEADING, ItemKind.DISCUSSION, Text("heading-title")),
    Item(
        OPEN_ITEM,
        ItemKind.DECISION,
        Text("open-title"),
        parent=HEADING,
        papers=(AgendaPaper(11, Text("open-paper"), "open-number"),),
    ),
    Item(
        SHUT_ITEM,
        ItemKind.DECISION,
        Text("shut-title"),
        parent=HEADING,
        presenter=Text("shut-presenter"),
        agency=Text("shut-agency"),
        papers=(AgendaPaper(12, Text("shut-paper"), "shut-number"),),
    ),
    Item(OTHER_ITEM, ItemKind.INFORMATION, Text("other-title")),
)
GUESTS = (
    Participant(INVITEE, Role.INVITEE, Text("Khách mời"), name="guest-name", item_ids=(OPEN_ITEM,)),
    Participant(OUTSIDER, Role.INVITEE, Text("Khách mời 2")),
)


def full_of_secrets() -> Session:
    """Item 3 has a published vote of its own; item 2 is under way with a published, a closed, an open, a void and two
    draft votes. Markers are words that stand for what must not spread."""
    people = tuple(p for p in OTHERS if p.person != INVITEE)
    session = called(rules=RuleSet(other_opinion=True), participants=seats() + people + GUESTS, items=ITEMS)
    desk = {"by": SECRETARY}
    session.do(c.MarkPresence, **desk, person=24, status=PresenceStatus.EXCUSED, note="absence-note")
    session.do(c.NoteItem, **desk, item=OPEN_ITEM, note="open-note")
    session.do(c.NoteItem, **desk, item=SHUT_ITEM, note="shut-note")
    session.do(c.ConcludeItem, **desk, item=OPEN_ITEM, conclusion="open-conclusion")
    session.do(c.ConcludeItem, **desk, item=SHUT_ITEM, conclusion="shut-conclusion")
    session.check_in([*range(1, 24), SECRETARY, INVITEE, SUBSTITUTE])
    session.do(c.OpenSession)
    session.do(c.StartItem, item=SHUT_ITEM)
    _held(session, SHUT_ITEM, "item-3", "shut")
    session.do(c.PublishResult, poll="item-3")
    session.do(c.StartItem, item=OPEN_ITEM)
    _held(session, OPEN_ITEM, "published", "published")
    session.do(c.PublishResult, poll="published")
    _held(session, OPEN_ITEM, "void", "void")
    session.do(c.VoidPoll, poll="void", reason="void-reason")
    _held(session, OPEN_ITEM, "closed", "closed")
    session.do(c.DraftPoll, poll="draft", item=OPEN_ITEM, question=Text("draft-question"))
    session.do(c.DraftPoll, poll="dropped", item=OPEN_ITEM, question=Text("dropped-question"))
    session.do(c.VoidPoll, poll="dropped", reason="dropped-reason")
    _opened(session, OPEN_ITEM, "open", "open-vote")
    return session


def _opened(session: Session, item: int, poll: str, marker: str) -> None:
    session.do(c.DraftPoll, poll=poll, item=item, question=Text(f"{marker}-question"))
    session.do(c.OpenPoll, poll=poll)
    session.do(c.CastBallot, by=MEMBER, id=f"{marker}-id", poll=poll, choice=("other",), opinion=f"{marker}-opinion")


def _held(session: Session, item: int, poll: str, marker: str) -> None:
    _opened(session, item, poll, marker)
    session.do(c.ClosePoll, poll=poll, confirmed=True)
