"""The time of the house: what a person writes as 24/11/2026 08:00 is meant in Viet Nam."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def at_local(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ZONE)
