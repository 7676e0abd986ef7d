"""Where days begin and end by the local clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

TICK: Final = timedelta(microseconds=1)
DAY: Final = timedelta(days=1)


@lru_cache(maxsize=4096)
def day_start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def day_end(day: date, zone: ZoneInfo) -> datetime:
    return day_start(day + DAY, zone) - TICK


def local_day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
