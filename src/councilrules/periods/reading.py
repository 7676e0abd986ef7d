"""Dates and times as people write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from councilrules.periods._days import DAY, day_end, day_start
from councilrules.periods.moments import Moment

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WRITTEN: Final = re.compile(
    r"(\d{4})-(\d\d)(?:-(\d\d)"
    r"([T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?"
    r"(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?)?",
    re.ASCII,
)
_YEARS: Final = range(1800, 2201)


def parse_moment(text: str, zone: ZoneInfo) -> Moment:
    """Read a month, a date or a time as the moment it leaves open.

    Args:
        text: `2025-03`, `2025-03-04`, `2025-03-04T10:00` or the same with a space for
            the `T`; seconds, a fraction and `Z` or `+01:00` may follow. What is finer
            than a microsecond is cut off.
        zone: Where a month, a date and a time without offset are meant.

    Raises:
        ValueError: When it is none of these, does not exist or, for a time without
            offset, happens twice; the message is for the author, without a place.

    Examples:
        >>> from zoneinfo import ZoneInfo
        >>> moment = parse_moment("2025-07-01", ZoneInfo("Europe/London"))
        >>> str(moment.first), str(moment.last)
        ('2025-06-30 23:00:00+00:00', '2025-07-01 22:59:59.999999+00:00')
    """
    found = _WRITTEN.fullmatch(text)
    if found is None:
        msg = (
            f"`{text}` is no date or time: write it like `2025-03-04`, `2025-03` "
            "or `2025-03-04T10:00`"
        )
        raise ValueError(msg)
    year, month, day, clock, offset = found.groups()
    first_day = _existing(text, int(year), int(month), int(day or 1))
    if day is None:
        last_day = (first_day + 31 * DAY).replace(day=1) - DAY
        return Moment(day_start(first_day, zone), day_end(last_day, zone))
    if clock is None:
        return Moment(day_start(first_day, zone), day_end(first_day, zone))
    at = datetime.fromisoformat(text)
    if offset is None:
        at = _on_the_clock(text, at, zone)
    return Moment(at, at)


def _existing(text: str, year: int, month: int, day: int) -> date:
    if year not in _YEARS:
        msg = f"`{text}` is out of range: years run from 1800 to 2200"
        raise ValueError(msg)
    try:
        return date(year, month, day)
    except ValueError:
        no_month = not 1 <= month <= len(_MONTHS)
        lacking = f"month {month}" if no_month else f"{day} {_MONTHS[month - 1]} {year}"
        msg = f"`{text}` is no date: there is no {lacking}"
        raise ValueError(msg) from None


def _on_the_clock(text: str, at: datetime, zone: ZoneInfo) -> datetime:
    """Give the one instant at which clocks in `zone` showed `at`."""
    by_fold = [at.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    earlier, later = (local.astimezone(UTC) for local in by_fold)
    if earlier == later:
        return earlier
    before, after = (local.isoformat(timespec="minutes")[16:] for local in by_fold)
    if earlier < later:
        msg = (
            f"`{text}` happens twice, since the clocks go back: write {before} "
            f"(before they do) or {after} (after) behind it"
        )
        raise ValueError(msg)
    msg = (
        f"there is no `{text}`, since the clocks go forward: write {before} behind it "
        "if the clock had not been put forward"
    )
    raise ValueError(msg)
