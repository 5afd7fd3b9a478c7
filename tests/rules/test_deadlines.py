"""The notice for papers: three working days before an ordinary session, one day before a special one."""

from datetime import date

import pytest

from ecabinet.rules.deadlines import papers_notice
from ecabinet.rules.holidays import vietnamese_holidays
from ecabinet.rules.rule_set import RuleSet

TUESDAY = date(2026, 11, 24)
RULES = RuleSet()

CASES = [
    ("ordinary", date(2026, 11, 19), 3, True, "art. 114.4: Thursday before Tuesday"),
    ("ordinary", date(2026, 11, 20), 2, False, "art. 114.4: Friday is a day late"),
    ("ordinary", date(2026, 11, 21), 1, False, "a Saturday counts for nothing"),
    ("ordinary", TUESDAY, 0, False, "on the day itself"),
    ("ordinary", date(2026, 11, 25), 0, False, "after the session"),
    ("urgent", date(2026, 11, 23), 1, True, "art. 114.4: one day before a special session"),
    ("thematic", TUESDAY, 0, False, "art. 114.4: special, but on the day itself"),
]


@pytest.mark.parametrize(("kind", "sent_on", "given", "met", "why"), CASES, ids=[case[-1] for case in CASES])
def test_notice_is_counted_in_the_days_of_the_law(kind: str, sent_on: date, given: int, met: bool, why: str) -> None:
    notice = papers_notice(kind, sent_on, TUESDAY, RULES)
    assert notice is not None
    assert (notice.given, notice.is_met) == (given, met)


def test_last_day_skips_weekends_and_holidays() -> None:
    # Thursday 19/02/2026 is still Tet: the working days before Monday 23/02 are Friday 20/02, 13/02 and 12/02.
    notice = papers_notice("ordinary", date(2026, 2, 12), date(2026, 2, 23), RULES, vietnamese_holidays(2026))
    assert notice is not None
    assert (notice.due, notice.given, notice.is_met) == (date(2026, 2, 12), 3, True)


def test_special_sessions_count_every_day() -> None:
    notice = papers_notice("urgent", date(2026, 11, 22), date(2026, 11, 23), RULES)
    assert notice is not None
    assert (notice.due, notice.in_working_days, notice.is_met) == (date(2026, 11, 22), False, True)


def test_article_stands_beside_the_rule() -> None:
    notice = papers_notice("ordinary", TUESDAY, TUESDAY, RULES)
    assert notice is not None and notice.article == RULES.article("papers")


def test_a_conference_and_a_body_without_the_rule_need_no_notice() -> None:
    assert papers_notice("conference", TUESDAY, TUESDAY, RULES) is None
    assert papers_notice("ordinary", TUESDAY, TUESDAY, RuleSet(notice_working_days=0)) is None
