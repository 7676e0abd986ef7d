"""Times as people know them: exact, a day, a month, somewhere between two."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import frozen
from hypothesis import strategies as st

from councilrules.periods import Moment, Tenure
from councilrules.testing._picking import below, often, pick

if TYPE_CHECKING:
    from councilrules.rules import Rulebook

START = datetime(2025, 6, 2, 8, tzinfo=UTC)
STEP = timedelta(hours=6)
STEPS = 100
"""A month or so in steps of six hours, so that times are often equal."""
_YEARS_BEFORE = timedelta(days=756, hours=8)

_steps = st.integers(0, STEPS)


def exact(at: datetime) -> Moment:
    """Give an instant as a moment that is known exactly."""
    return Moment(at, at)


@frozen
class Times:
    """The month or so in which everything is drawn to happen.

    Attributes:
        start: When it begins.
        zone: The zone by whose clocks a day begins.
    """

    start: datetime = START
    zone: str = "Europe/London"

    def at(self, step: int) -> datetime:
        """Give the instant so many steps after the start."""
        return self.start + step * STEP

    def step_of(self, at: datetime) -> int:
        """Give the last step up to an instant, 0 for what lies before the start."""
        return max(0, (at - self.start) // STEP)

    @property
    def long_before(self) -> Moment:
        """Give when people who held office throughout took it."""
        return exact(self.start - _YEARS_BEFORE)

    def moment(self, draw: st.DrawFn) -> Moment:
        """Draw one of the steps, known exactly or not."""
        return self.blurred(draw, self.at(draw(_steps)))

    def tenure(self, draw: st.DrawFn) -> Tenure:
        """Draw when a register entry holds: mostly throughout, sometimes not or not known."""
        if draw(often):
            return Tenure(since=pick(draw, (None, self.long_before)))
        return self.odd_tenure(draw)

    def odd_tenure(self, draw: st.DrawFn) -> Tenure:
        """Draw when an entry holds that begins or ends about the time, or nobody knows when."""
        since, until = sorted([draw(_steps), draw(_steps)])
        begins, ends = (self.blurred(draw, self.at(one)) for one in (since, until + 1))
        match pick(draw, ("since", "until", "until", "both", "from-unknown", "to-unknown")):
            case "since":
                return Tenure(since=begins)
            case "until":
                return Tenure(since=self.long_before, until=ends)
            case "from-unknown":
                return Tenure(since_unknown=True)
            case "to-unknown":
                return Tenure(since=self.long_before, until_unknown=True)
            case _:
                return Tenure(since=begins, until=ends)

    def blurred(self, draw: st.DrawFn, at: datetime) -> Moment:
        """Draw how exactly an instant is known."""
        match pick(draw, ("exact", "exact", "exact", "day", "month", "between")):
            case "day":
                return self.day_of(at)
            case "month":
                return self.month_of(at)
            case "between":
                return Moment(at, at + (1 + draw(below(12))) * STEP)
            case _:
                return exact(at)

    def day_of(self, at: datetime) -> Moment:
        """Give the whole day, by the local clock, on which an instant falls."""
        return self._local(at, timedelta(days=1))

    def month_of(self, at: datetime) -> Moment:
        """Give the whole month, by the local clock, in which an instant falls."""
        first = at.astimezone(ZoneInfo(self.zone)).replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
        return self._local(first, following.date() - first.date())

    def _local(self, at: datetime, days: timedelta) -> Moment:
        zone = ZoneInfo(self.zone)
        first = datetime.combine(at.astimezone(zone).date(), time.min, zone)
        return Moment(first, first + days - timedelta(microseconds=1))


def times_of(rulebook: Rulebook) -> Times:
    """Give times at which a rulebook is in force; it may have been adopted at their start."""
    told = rulebook.adopted or rulebook.not_before
    start = START if told is None or told.last <= START else told.last + timedelta(microseconds=1)
    return Times(start.replace(microsecond=0), rulebook.zone)
