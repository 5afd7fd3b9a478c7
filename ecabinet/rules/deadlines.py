"""Deadlines before a session: by when the papers have to be with the members."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text

ONE_DAY = timedelta(days=1)
SPECIAL_KINDS = frozenset({"thematic", "urgent"})
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class PapersNotice:
    """How early the papers must be sent, and how early they are if they go out on a given day.

    `given` and `needed` are days before the first day of the session, working days where `in_working_days`.
    """

    needed: int
    given: int
    in_working_days: bool
    due: date
    article: Text | None

    @property
    def is_met(self) -> bool:
        return self.given >= self.needed


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays


def days_before(first: date, until: date, holidays: Collection[date], working: bool) -> int:
    """The days from `first` (counted) to `until` (not counted); 0 when `first` is no earlier."""
    days = (first + ONE_DAY * offset for offset in range((until - first).days))
    return sum(1 for day in days if not working or is_working_day(day, holidays))


def last_day(count: int, until: date, holidays: Collection[date], working: bool) -> date:
    """The latest day that lies `count` days before `until`."""
    day = until
    while count > 0:
        day -= ONE_DAY
        if not working or is_working_day(day, holidays):
            count -= 1
    return day


def papers_notice(
    kind: str, sent_on: date, meets_on: date, rules: RuleSet, holidays: Collection[date] = ()
) -> PapersNotice | None:
    """None where no rule asks for notice (a conference, a body whose setting is 0).

    At least 3 working days before an ordinary session, 1 day before a special one (Law 77/2015, art. 114.4).
    """
    working = kind == "ordinary"
    needed = rules.notice_working_days if working else rules.special_notice_days
    if needed <= 0 or not (working or kind in SPECIAL_KINDS):
        return None
    return PapersNotice(
        needed=needed,
        given=days_before(sent_on, meets_on, holidays, working),
        in_working_days=working,
        due=last_day(needed, meets_on, holidays, working),
        article=rules.article("papers"),
    )
