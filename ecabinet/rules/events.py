"""What happened in a meeting: the events of its record, in the past tense."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ecabinet.rules.meeting import AgendaPaper, Item, ItemState, MeetingHead, Participant, PresenceStatus
from ecabinet.rules.polls import Option, Verdict
from ecabinet.rules.rule_set import Majority, RuleSet, TieRule
from ecabinet.rules.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`at` is when the Room decided it, `by` the person who asked for it."""

    at: datetime
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCalled(Event):
    head: MeetingHead
    rules: RuleSet
    participants: tuple[Participant, ...]
    items: tuple[Item, ...]
    presiding: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOpened(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSuspended(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionResumed(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionClosed(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCancelled(Event):
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PresidingAssigned(Event):
    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantAdded(Event):
    participant: Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteeAdmitted(Event):
    person: int
    item_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceMarked(Event):
    """`status` None takes an earlier mark back (the person is on the list, nothing is known)."""

    person: int
    status: PresenceStatus | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAdded(Event):
    item: Item
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEdited(Event):
    item: int
    title: Text
    presenter: Text
    planned_minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMoved(Event):
    item: int
    parent: int | None
    before: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStarted(Event):
    item: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStateChanged(Event):
    """An item decided, postponed, withdrawn, or waiting again."""

    item: int
    state: ItemState


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemNoted(Event):
    item: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemConcluded(Event):
    item: int
    conclusion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAttached(Event):
    item: int
    paper: AgendaPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRemoved(Event):
    item: int
    paper: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PollDrafted(Event):
    """Drafted or, under the same id, worded anew."""

    poll: str
    item: int
    question: Text
    options: tuple[Option, ...]
    majority: Majority
    tie: TieRule
    max_choices: int = 1
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOpened(Event):
    poll: str
    electorate: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotCast(Event):
    """One event per ballot and per change of it; `ballot` is the id that the tablet made."""

    poll: str
    seat: int
    ballot: str
    choice: tuple[str, ...]
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountEntered(Event):
    poll: str
    method: str
    counts: Mapping[str, int]
    voters: int
    chair_choice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountConfirmed(Event):
    poll: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDiscarded(Event):
    poll: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PollClosed(Event):
    """`present` are the seats present at closing."""

    poll: str
    present: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPublished(Event):
    """What was announced stands in the record itself, so that a recount has something to equal."""

    poll: str
    counts: Mapping[str, int]
    base_size: int
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class PollVoided(Event):
    poll: str
    reason: str


# From the names of this module: `__subclasses__` also lists the classes that `slots=True` replaced.
EVENT_KINDS: dict[str, type[Event]] = {
    name: kind
    for name, kind in list(globals().items())
    if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
}
