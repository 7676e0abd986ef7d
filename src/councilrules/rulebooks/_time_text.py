"""Moments, tenures and allowances as files write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from councilrules.periods import Moment, Tenure, parse_moment
from councilrules.reading import NOT_KNOWN
from councilrules.rulebooks._yaml_text import Line, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from councilrules.periods import WorkingDays
    from councilrules.rules import Parameter, ParameterValue

_DAY: Final = timedelta(days=1)
_YEARS: Final = range(1799, 2202)  # a little more than can be read, whatever the zone


def moment(at: Moment, zone: ZoneInfo) -> Tree:
    """Give a moment as a time, a day, a month, or what lies between two of them.

    Raises:
        ValueError: When it is out of the range of the years that files speak of.
    """
    if at.is_exact:
        return instant(at.first, zone)
    first, last = _day_of(at.first, zone), _day_of(at.last, zone)
    for text in (first, first[:7]):
        if _read(text, zone) == at:
            return text
    starts, ends = _read(first, zone), _read(last, zone)
    return {
        "between": [
            first if starts and starts.first == at.first else instant(at.first, zone),
            last if ends and ends.last == at.last else instant(at.last, zone),
        ]
    }


def clock(as_of: datetime, zone: ZoneInfo) -> str:
    """Give the clock: as a day if it stands at the end of that day, else as a time.

    Raises:
        ValueError: When it is out of range, or has no zone.
    """
    at = Moment(as_of, as_of).first
    day = _day_of(at, zone)
    found = _read(day, zone)
    return day if found and found.last == at else instant(at, zone)


def instant(at: datetime, zone: ZoneInfo) -> str:
    """Give a time by the local clock, with its offset only where that shows it twice.

    Raises:
        ValueError: When it is out of the range of the years that files speak of.
    """
    for text in _ways(at, zone):
        found = _read(text, zone)
        if found == Moment(at, at):
            return text
    msg = f"`{at}` cannot be written: years run from 1800 to 2200"
    raise ValueError(msg)


def _ways(at: datetime, zone: ZoneInfo) -> Iterator[str]:
    if at.year not in _YEARS:
        return
    how = "auto" if at.second or at.microsecond else "minutes"
    local = at.astimezone(zone)
    # The offset of long ago was not a whole number of minutes.
    own = "auto" if local.second or local.microsecond else "minutes"
    yield local.replace(tzinfo=None).isoformat(timespec=own)
    yield local.isoformat(timespec=own)
    yield at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=how) + "Z"


def _day_of(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).date().isoformat() if at.year in _YEARS else ""


def _read(text: str, zone: ZoneInfo) -> Moment | None:
    try:
        return parse_moment(text, zone)
    except ValueError:
        return None


def tenure(held: Tenure, zone: ZoneInfo) -> dict[str, Tree]:
    """Give when something held, as keys; none of them where it held always.

    Raises:
        ValueError: When an end is out of range, or both known and not known.
    """
    whole = _whole_days(held, zone)
    if whole is not None:
        return whole
    found: dict[str, Tree] = {}
    ends = (
        ("since", held.since, held.since_unknown),
        ("until", held.until, held.until_unknown),
    )
    for key, at, is_unknown in ends:
        if is_unknown and at is not None:
            msg = f"`{key}` is both known and not known, which no file can say"
            raise ValueError(msg)
        if is_unknown:
            found[key] = NOT_KNOWN
        elif at is not None:
            found[key] = moment(at, zone)
    return found


def _whole_days(held: Tenure, zone: ZoneInfo) -> dict[str, Tree] | None:
    """Give the first and last day, where it held on whole days."""
    days = {
        key: _day_of(at.first - back, zone)
        for key, at, back in (("first_day", held.since, 0 * _DAY), ("last_day", held.until, _DAY))
        if at is not None and at.first.year in _YEARS
    }
    read = {key: _read(day, zone) for key, day in days.items()}
    if not days or None in read.values():
        return None
    dates = {key: datetime.fromisoformat(day).date() for key, day in days.items()}
    try:
        again = Tenure.from_days(dates.get("first_day"), dates.get("last_day"), zone)
    except ValueError:
        return None
    return dict(days.items()) if again == held else None


def parameter_values(parameter: Parameter, calendar: WorkingDays, zone: ZoneInfo) -> Tree:
    """Give what a parameter is set to: one value, or a list of them.

    Raises:
        ValueError: When it counts the days of another calendar than its rulebook.
    """
    found: list[Tree] = []
    for value in parameter.values:
        if value.allowance.calendar != calendar:
            msg = f"`{parameter.name}` counts by another calendar than its rulebook"
            raise ValueError(msg)
        found.append(Line(_value(value, zone)))
    return found[0] if len(found) == 1 else found or Line([])


def _value(value: ParameterValue, zone: ZoneInfo) -> Tree:
    found: dict[str, Tree] = {
        value.allowance.unit: str(value.allowance.number),
        "counting": value.allowance.counting,
        **tenure(value.tenure, zone),
    }
    if value.source is not None:
        found["source"] = value.source
    return found
