"""The rule set of a body: every number of the law as a setting, frozen into a meeting when it is called."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

from ecabinet.rules.text import Text


class Base(StrEnum):
    """What a majority is measured against."""

    ALL_MEMBERS = "all_members"
    PRESENT = "present"
    BALLOTS_CAST = "ballots_cast"
    FOR_AND_AGAINST = "for_and_against"


class Comparison(StrEnum):
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"


class TieRule(StrEnum):
    """What decides when as many are for as against."""

    CHAIR_SIDE = "chair_side"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction kept as two integers: never a float, never a rounded percentage."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if self.denominator <= 0 or not 0 < self.numerator <= self.denominator:
            raise ValueError(f"{self.numerator}/{self.denominator} is no share of a whole")


@dataclass(frozen=True, slots=True)
class Majority:
    """'More than 1/2 of all members', 'at least 2/3 of those present'; unanimity is at least 1/1."""

    base: Base = Base.ALL_MEMBERS
    comparison: Comparison = Comparison.MORE_THAN
    share: Share = Share(1, 2)

    def __post_init__(self) -> None:
        if self.comparison is Comparison.MORE_THAN and self.share.numerator == self.share.denominator:
            raise ValueError("nobody can reach more than the whole")

    def needed(self, base_size: int) -> int:
        """The smallest weight that carries a motion, at least 1."""
        whole = base_size * self.share.numerator
        if self.comparison is Comparison.MORE_THAN:
            return whole // self.share.denominator + 1
        return max(1, -(-whole // self.share.denominator))

    @property
    def is_simple(self) -> bool:
        """More than half: the only threshold at which a tie is a tie."""
        return self.comparison is Comparison.MORE_THAN and self.share.numerator * 2 == self.share.denominator


def _committee_articles() -> dict[str, Text]:
    law = "Luật Tổ chức chính quyền địa phương 77/2015/QH13"
    law_en = "Law 77/2015/QH13 on local government"
    numbers = {
        "quorum": ("Điều 114 khoản 3", "art. 114.3"),
        "papers": ("Điều 114 khoản 4", "art. 114.4"),
        "presiding": ("Điều 115", "art. 115"),
        "invitees": ("Điều 116", "art. 116"),
        "options": ("Điều 117 khoản 1", "art. 117.1"),
        "majority": ("Điều 117 khoản 3", "art. 117.3"),
        "minutes": ("Điều 119", "art. 119"),
    }
    return {name: Text(f"{vi} {law}", f"{law_en}, {en}") for name, (vi, en) in numbers.items()}


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The settings of `domain/voting`; the defaults are those of a provincial People's Committee.

    `quorum` is the share of ALL members who must be present, or None. `articles` names the source of a rule (quorum,
    papers, presiding, invitees, options, majority, minutes); a body without such a source leaves it out.
    `roman_numbers` numbers the top level of its agendas I, II, III.
    """

    quorum: Share | None = Share(2, 3)
    majority: Majority = Majority()
    tie: TieRule = TieRule.CHAIR_SIDE
    other_opinion: bool = False
    ballot_change: bool = True
    substitutes_vote: bool = False
    live_tally: bool = False
    secretariat_runs: bool = True
    roman_numbers: bool = False
    notice_working_days: int = 3
    special_notice_days: int = 1
    articles: dict[str, Text] = field(default_factory=_committee_articles)

    def article(self, rule: str) -> Text | None:
        return self.articles.get(rule)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Missing settings take their default; raises ValueError or TypeError on what is no setting."""
        fields = dict(data)
        if fields.get("quorum") is not None:
            fields["quorum"] = Share(**fields["quorum"])
        if "majority" in fields:
            fields["majority"] = _majority_from_json(fields["majority"])
        if "tie" in fields:
            fields["tie"] = TieRule(fields["tie"])
        if "articles" in fields:
            fields["articles"] = {name: Text(**text) for name, text in fields["articles"].items()}
        return cls(**fields)


def _majority_from_json(data: dict[str, Any]) -> Majority:
    return Majority(Base(data["base"]), Comparison(data["comparison"]), Share(**data["share"]))
