"""The state of a meeting: immutable values that `apply` moves from one event to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from ecabinet.rules.polls import Poll
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text


class Stage(StrEnum):
    DRAFT = "draft"
    CALLED = "called"
    IN_SESSION = "in_session"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Role(StrEnum):
    CHAIR = "chair"
    DEPUTY = "deputy"
    MEMBER = "member"
    SECRETARIAT = "secretariat"
    INVITEE = "invitee"
    SUBSTITUTE = "substitute"
    SCREEN = "screen"


MEMBER_ROLES = frozenset({Role.CHAIR, Role.DEPUTY, Role.MEMBER})


class ItemKind(StrEnum):
    DECISION = "decision"
    DISCUSSION = "discussion"
    INFORMATION = "information"
    FORMAL = "formal"


class ItemState(StrEnum):
    WAITING = "waiting"
    UNDER_WAY = "under_way"
    DECIDED = "decided"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"


class PresenceStatus(StrEnum):
    PRESENT = "present"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in this meeting, named by office. A member's person id is also the id of the seat.

    `item_ids` are the items an invitee is admitted to; `stands_for` is the seat of a substitute.
    """

    person: int
    role: Role
    office: Text
    name: str = ""
    weight: int = 1
    item_ids: tuple[int, ...] = ()
    stands_for: int | None = None

    @property
    def has_seat(self) -> bool:
        return self.role in MEMBER_ROLES


@dataclass(frozen=True, slots=True)
class Presence:
    status: PresenceStatus
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgendaPaper:
    """A paper as the tablets see it; `file` tells whether there is something to open."""

    id: int
    title: Text
    number: str = ""
    kind: str = ""
    pages: int | None = None
    file: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    id: int
    kind: ItemKind
    title: Text
    parent: int | None = None
    presenter: Text = Text()
    agency: Text = Text()
    planned_minutes: int | None = None
    papers: tuple[AgendaPaper, ...] = ()
    state: ItemState = ItemState.WAITING
    late: bool = False
    started_at: datetime | None = None
    finished_at: datetime | None = None
    conclusion: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeetingHead:
    """What names a meeting: fixed when it is called."""

    key: str
    kind: str
    title: Text
    body: Text
    superior: Text = Text()
    symbol: str = ""
    body_place: Text = Text()
    place: Text = Text()
    number: str = ""
    language: str = "vi"
    starts_at: datetime | None = None
    reality: str = ""


# Without slots: what follows from the participants is worked out once per state, not for each of 1,000 seats.
@dataclass(frozen=True)
class Meeting:
    """Items are in agenda order, depth first; participants in order of precedence."""

    head: MeetingHead
    rules: RuleSet
    stage: Stage = Stage.DRAFT
    participants: Mapping[int, Participant] = field(default_factory=dict)
    items: Mapping[int, Item] = field(default_factory=dict)
    presence: Mapping[int, Presence] = field(default_factory=dict)
    polls: Mapping[str, Poll] = field(default_factory=dict)
    presiding: int | None = None
    current_item: int | None = None
    called_at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    suspensions: tuple[tuple[datetime, datetime | None], ...] = ()
    cancel_reason: str = ""

    @cached_property
    def seats(self) -> tuple[Participant, ...]:
        return tuple(p for p in self.participants.values() if p.has_seat)

    @property
    def chair_seat(self) -> int | None:
        return next((p.person for p in self.seats if p.role is Role.CHAIR), None)

    def polls_of(self, item_id: int) -> tuple[Poll, ...]:
        return tuple(poll for poll in self.polls.values() if poll.item == item_id)


def blank(head: MeetingHead, rules: RuleSet) -> Meeting:
    return Meeting(head=head, rules=rules)
