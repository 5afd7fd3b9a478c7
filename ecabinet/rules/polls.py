"""A poll and its ballots: the values that are frozen at opening and at closing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ecabinet.rules.rule_set import Majority, TieRule
from ecabinet.rules.text import Text


class PollState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    VOID = "void"


class Side(StrEnum):
    """What an option means for the count; CHOICE is an entry of a free list."""

    FOR = "for"
    AGAINST = "against"
    NOT_VOTING = "not_voting"
    OTHER = "other"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    side: Side
    words: Text


_FOR = Option("for", Side.FOR, Text("Tán thành", "For"))
_AGAINST = Option("against", Side.AGAINST, Text("Không tán thành", "Against"))
_NOT_VOTING = Option("not_voting", Side.NOT_VOTING, Text("Không biểu quyết", "Not voting"))
_OTHER = Option("other", Side.OTHER, Text("Ý kiến khác", "Other opinion"))


def motion_options(other_opinion: bool) -> tuple[Option, ...]:
    """The options of the law (Law 77/2015, art. 117.1), and 'other opinion' where the body has it."""
    return (_FOR, _AGAINST, _NOT_VOTING) + ((_OTHER,) if other_opinion else ())


@dataclass(frozen=True, slots=True)
class PollBallot:
    """The ballot of a seat: who cast it, when, the chosen option ids and, for 'other opinion', its text."""

    id: str
    by: int
    at: datetime
    choice: tuple[str, ...]
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class HandCount:
    """Those who voted by hand or on paper instead of a tablet: entered by one person, confirmed by another.

    It adds to the ballots, since an acknowledged ballot is always counted. `counts`: option id -> weight; `voters`: the
    weight of all who were counted. `chair_choice`: the option of the Chair, where the Chair was counted too.
    """

    method: str
    counts: Mapping[str, int]
    voters: int
    entered_by: int
    entered_at: datetime
    chair_choice: str = ""
    confirmed_by: int | None = None


class Verdict(StrEnum):
    PASSED = "passed"
    REJECTED = "rejected"
    CHOSEN = "chosen"
    NONE_CHOSEN = "none_chosen"
    INQUORATE = "inquorate"


@dataclass(frozen=True, slots=True)
class Result:
    """The one result that every tablet, screen, minutes and export prints. All sizes are weights (1 a seat by default).

    `counts` pairs each option id with its weight, in the order of the options. `chosen` holds option ids of a free list.
    """

    counts: tuple[tuple[str, int], ...]
    voted: int
    members: int
    present: int
    base_size: int
    needed: int
    majority: Majority
    quorum_needed: int
    quorum_met: bool
    verdict: Verdict
    tied: bool
    chosen: tuple[str, ...]
    sentence: Text
    article: Text | None

    @property
    def carried(self) -> bool:
        return self.verdict in (Verdict.PASSED, Verdict.CHOSEN)


@dataclass(frozen=True, slots=True)
class Poll:
    """Wording, options, rule and `electorate` (seat ids) freeze at opening; `present` freezes at closing."""

    id: str
    item: int
    question: Text
    options: tuple[Option, ...]
    majority: Majority
    tie: TieRule
    max_choices: int = 1
    replaces: str | None = None
    state: PollState = PollState.DRAFT
    electorate: tuple[int, ...] = ()
    present: tuple[int, ...] = ()
    ballots: Mapping[int, PollBallot] = field(default_factory=dict)
    count: HandCount | None = None
    result: Result | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    published_at: datetime | None = None
    void_reason: str = ""

    @property
    def is_motion(self) -> bool:
        return any(option.side is Side.FOR for option in self.options)

    def option(self, option_id: str) -> Option | None:
        return next((option for option in self.options if option.id == option_id), None)
