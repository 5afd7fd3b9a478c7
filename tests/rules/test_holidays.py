"""The lunar holidays against the calendar as it was printed."""

from datetime import date

import pytest

from ecabinet.rules.holidays import hung_kings_day, lunar_new_year, vietnamese_holidays

# 2023 has a leap second month; in 2030 Viet Nam and China begin the year on different days.
PRINTED = [
    (date(2007, 2, 17), date(2007, 4, 26)),
    (date(2020, 1, 25), date(2020, 4, 2)),
    (date(2021, 2, 12), date(2021, 4, 21)),
    (date(2022, 2, 1), date(2022, 4, 10)),
    (date(2023, 1, 22), date(2023, 4, 29)),
    (date(2024, 2, 10), date(2024, 4, 18)),
    (date(2025, 1, 29), date(2025, 4, 7)),
    (date(2026, 2, 17), date(2026, 4, 26)),
    (date(2030, 2, 2), date(2030, 4, 12)),
]


@pytest.mark.parametrize(("tet", "hung_kings"), PRINTED, ids=lambda day: str(day.year))
def test_lunar_days_are_those_of_the_printed_calendar(tet: date, hung_kings: date) -> None:
    assert (lunar_new_year(tet.year), hung_kings_day(tet.year)) == (tet, hung_kings)


def test_a_year_has_the_days_of_article_112() -> None:
    assert sorted(vietnamese_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 2, 16),
        date(2026, 2, 17),
        date(2026, 2, 18),
        date(2026, 2, 19),
        date(2026, 4, 26),
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 9, 2),
    ]
