"""Public holidays of Viet Nam (Labour Code 45/2019, art. 112), the lunar ones computed."""

from datetime import date, timedelta
from functools import cache
from math import floor, pi, radians, sin

# The moon's month in days, and the Julian day of the new moon from which months are counted.
_MONTH = 29.530588853
_FIRST_NEW_MOON = 2415021
# The lunar calendar of Viet Nam is reckoned at the meridian of Ha Noi, UTC+7, since 1968.
_ZONE_DAYS = 7 / 24
_JULIAN_DAY_OF_ORDINAL_0 = 1721425

TET_DAYS_BEFORE, TET_DAYS_FROM = 1, 3


@cache
def vietnamese_holidays(year: int) -> frozenset[date]:
    """The days off that the law itself fixes.

    The Government names one or two more each year (the fifth day of Tet, the day beside 2 September, days moved
    from a weekend): they are not known in advance and not counted here.
    """
    tet = lunar_new_year(year)
    around_tet = (tet + timedelta(days=offset) for offset in range(-TET_DAYS_BEFORE, TET_DAYS_FROM))
    fixed = (date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2))
    return frozenset({*around_tet, *fixed, hung_kings_day(year)})


def lunar_new_year(year: int) -> date:
    """The first day of the first lunar month that begins in `year`."""
    return _lunar_month_start(year, 1)


def hung_kings_day(year: int) -> date:
    """The tenth day of the third lunar month."""
    return _lunar_month_start(year, 3) + timedelta(days=9)


def _lunar_month_start(year: int, month: int) -> date:
    """The new moon of a lunar month 1 to 10 (counted from the month of the winter solstice, the eleventh)."""
    before = _month_of_solstice(year - 1)
    leap = _leap_offset(before) if _is_leap(before, _month_of_solstice(year)) else None
    offset = month + 1 + (leap is not None and month + 1 >= leap)
    return _date(_new_moon_day(before + offset))


def _month_of_solstice(year: int) -> int:
    """The index of the new moon that begins the month of the winter solstice of `year`."""
    last_day = date(year, 12, 31).toordinal() + _JULIAN_DAY_OF_ORDINAL_0
    index = floor((last_day - _FIRST_NEW_MOON) / _MONTH)
    return index - 1 if _sun_sector(_new_moon_day(index)) >= 9 else index


def _is_leap(before: int, after: int) -> bool:
    """Thirteen months from one solstice month to the next."""
    return after - before == 13


def _leap_offset(before: int) -> int:
    """Which month after the solstice month has no principal term: the first in which the sun changes no sector."""
    return next(i for i in range(1, 14) if _same_sector(before + i))


def _same_sector(index: int) -> bool:
    return _sun_sector(_new_moon_day(index)) == _sun_sector(_new_moon_day(index + 1))


def _date(julian_day: int) -> date:
    return date.fromordinal(julian_day - _JULIAN_DAY_OF_ORDINAL_0)


def _new_moon_day(index: int) -> int:
    """The Julian day, in Ha Noi, of the new moon number `index` since 1900 (after J. Meeus, Astronomical Algorithms)."""
    t = index / 1236.85
    anomaly_sun = radians(359.2242 + 29.10535608 * index - 0.0000333 * t**2 - 0.00000347 * t**3)
    anomaly_moon = radians(306.0253 + 385.81691806 * index + 0.0107306 * t**2 + 0.00001236 * t**3)
    latitude = radians(21.2964 + 390.67050646 * index - 0.0016528 * t**2 - 0.00000239 * t**3)
    mean = 2415020.75933 + 29.53058868 * index + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin(radians(166.56 + 132.87 * t - 0.009173 * t**2))
    return floor(mean + _moon_correction(t, anomaly_sun, anomaly_moon, latitude) - _drift(t) + 0.5 + _ZONE_DAYS)


def _moon_correction(t: float, sun: float, moon: float, latitude: float) -> float:
    return (
        (0.1734 - 0.000393 * t) * sin(sun)
        + 0.0021 * sin(2 * sun)
        - 0.4068 * sin(moon)
        + 0.0161 * sin(2 * moon)
        - 0.0004 * sin(3 * moon)
        + 0.0104 * sin(2 * latitude)
        - 0.0051 * sin(sun + moon)
        - 0.0074 * sin(sun - moon)
        + 0.0004 * sin(2 * latitude + sun)
        - 0.0004 * sin(2 * latitude - sun)
        - 0.0006 * sin(2 * latitude + moon)
        + 0.0010 * sin(2 * latitude - moon)
        + 0.0005 * sin(sun + 2 * moon)
    )


def _drift(t: float) -> float:
    """Dynamical minus universal time, in days."""
    return -0.000278 + 0.000265 * t + 0.000262 * t**2


def _sun_sector(julian_day: int) -> int:
    """Which of the twelve principal terms the sun has reached at midnight in Ha Noi; the winter solstice begins 9."""
    t = (julian_day - 0.5 - _ZONE_DAYS - 2451545.0) / 36525
    anomaly = radians(357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3)
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    return floor(radians(longitude) % (2 * pi) / pi * 6)
