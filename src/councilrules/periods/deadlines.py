"""Working days, and how long something may take."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, assert_never

from attrs import frozen

from councilrules.periods._days import DAY, day_end, local_day
from councilrules.periods._settled import settled
from councilrules.periods.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

_SATURDAY: Final = 5  # as `date.weekday` counts
_MOST_DAYS: Final = 10_000  # more is a slip, and would run off the end of the calendar


def _england_and_wales(year: int) -> frozenset[date]:
    known = settled(year)
    if known is not None:
        return known
    # Loading the library takes 0.2 s, which nobody should wait for without need.
    from holidays import country_holidays  # noqa: PLC0415

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


_HOLIDAYS_BY_CALENDAR: Final[dict[str, Callable[[int], frozenset[date]]]] = {
    "england-and-wales": _england_and_wales,
}


@lru_cache(maxsize=1024)
def _bank_holidays(name: str, year: int) -> frozenset[date]:
    return _HOLIDAYS_BY_CALENDAR[name](year)


@frozen
class WorkingDays:
    """A calendar: Monday to Friday without bank holidays and days of the council's own.

    Bank holidays are known from 1872 to 2100, special ones as far as proclaimed;
    outside those years only weekends and the council's own days are free.

    Attributes:
        name: Of the bank holidays; `calendar` accepts only those it knows.
        extra: Further days on which the council does not work.

    Examples:
        >>> calendar("england-and-wales").add(date(2025, 4, 17), 1)
        datetime.date(2025, 4, 22)
    """

    name: str
    extra: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Tell whether `day` is one."""
        return (
            day.weekday() < _SATURDAY
            and day not in self.extra
            and day not in _bank_holidays(self.name, day.year)
        )

    def first_working_day_from(self, day: date) -> date:
        """Give `day` itself if it is one, else the next that is."""
        while not self.is_working(day):
            day += DAY
        return day

    def add(self, day: date, n: int) -> date:
        """Give the `n`-th working day after `day`; `day` itself, free or not, for 0."""
        while n > 0:
            day += DAY
            n -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`.

        0 within a day, and where `end` comes before `start`.
        """
        if end <= start:
            return 0
        free = self.extra.union(
            *(_bank_holidays(self.name, y) for y in range(start.year, end.year + 1))
        )
        lost = sum(start < day <= end and day.weekday() < _SATURDAY for day in free)
        return _weekdays_until(end) - _weekdays_until(start) - lost


def _weekdays_until(day: date) -> int:
    """Count Mondays to Fridays from the first day of year 1, which was a Monday."""
    weeks, days = divmod(day.toordinal(), 7)
    return weeks * _SATURDAY + min(days, _SATURDAY)


def calendar(name: str, extra: frozenset[date] = frozenset()) -> WorkingDays:
    """Give the working days of the calendar `name`, without those in `extra`.

    Raises:
        KeyError: When there is no such calendar; the message lists those there are.
    """
    if name not in _HOLIDAYS_BY_CALENDAR:
        known = ", ".join(f"`{known}`" for known in sorted(_HOLIDAYS_BY_CALENDAR))
        msg = f"unknown calendar `{name}`: there is {known}"
        raise KeyError(msg)
    return WorkingDays(name, extra)


# How many days before the event counting starts, and how many more it then takes.
_BACK_AND_MORE_BY_CONVENTION: Final = {
    "first-day-out": (0, 0),
    "first-day-in": (1, 0),
    "clear-days": (0, 1),
}
CONVENTIONS: Final = frozenset(_BACK_AND_MORE_BY_CONVENTION)


@frozen(kw_only=True)
class Allowance:
    """How long something may take, and how that is counted.

    The conventions differ in whether the day of the event is counted and on which
    day the deadline falls. In days, a deadline is not moved off a free day.

    - `first-day-out`, the English rule: the day of the event is not counted, the last
      of the days is the deadline. 3 from Monday 3 March 2025: Thursday 6 March.
    - `first-day-in`: the day of the event is day one, or the next working day if only
      those count. 3 from Monday 3 March 2025: Wednesday 5 March.
    - `clear-days`: the days lie clear between, and neither the day of the event nor
      the deadline is one of them. What is to be done within 3 clear days of Monday 3
      March 2025 has 4 to 6 March clear and is in time on Friday 7 March, not later.

    Attributes:
        number: How many, from 0 to 10,000; at least 1 for `first-day-in`.
        unit: Whether every day counts, or only those of `calendar`.
        counting: One of `CONVENTIONS`.
        calendar: Which days are working days.

    Raises:
        ValueError: When the number or the convention is none of these.
    """

    number: int
    unit: Literal["days", "working-days"]
    counting: str
    calendar: WorkingDays

    def __attrs_post_init__(self) -> None:
        if self.counting not in CONVENTIONS:
            known = ", ".join(f"`{known}`" for known in sorted(CONVENTIONS))
            msg = f"unknown way of counting `{self.counting}`: it is one of {known}"
            raise ValueError(msg)
        least = 1 if self.counting == "first-day-in" else 0
        if not least <= self.number <= _MOST_DAYS:
            msg = (
                f"`{self.number}` days cannot be counted `{self.counting}`: "
                f"write a number from {least} to {_MOST_DAYS}"
            )
            raise ValueError(msg)

    def due(self, opened: Moment, zone: ZoneInfo) -> Moment:
        """Give the last instant that is in time: the end of the last day in `zone`.

        Exact if `opened` lies within a day, else from the earliest to the latest.
        """
        first_day = local_day(opened.first, zone)
        last_day = local_day(opened.last, zone)
        earliest = latest = day_end(self._last_day(first_day), zone)
        if last_day != first_day:
            latest = day_end(self._last_day(last_day), zone)
        return Moment(earliest, latest)

    def _last_day(self, opened: date) -> date:
        back, more = _BACK_AND_MORE_BY_CONVENTION[self.counting]
        start, number = opened - back * DAY, self.number + more
        match self.unit:
            case "days":
                return start + number * DAY
            case "working-days":
                return self.calendar.add(start, number)
            case _:
                assert_never(self.unit)


def elapsed_working_days(start: Moment, end: Moment, calendar: WorkingDays, zone: ZoneInfo) -> int:
    """Count the working days after the day of `start` up to that of `end`, included.

    Of moments within bounds, the earliest is taken; 0 on the same day.
    """
    days = (local_day(moment.first, zone) for moment in (start, end))
    return calendar.between(*days)
