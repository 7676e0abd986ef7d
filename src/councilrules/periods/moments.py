"""Moments within bounds, lasting acts and half-open tenures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from councilrules.periods._days import DAY, TICK, day_end, day_start, local_day
from councilrules.truth import Truth

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

# Python 3.11 takes as long to look up a member of an enum as to compare two times.
_FALSE, _UNKNOWN, _TRUE = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE

_BACKWARDS: Final = "it ends before it starts"


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is UTC:
        return at
    if at.tzinfo is None:
        msg = "an instant needs a zone"
        raise ValueError(msg)
    return at.astimezone(UTC)


@frozen
class Moment:
    """Some instant between two bounds, both included, to the microsecond.

    Attributes:
        first: The earliest instant it can be, kept in UTC.
        last: The latest; the same as `first` if the moment is known exactly.

    Raises:
        ValueError: When a bound has no zone, or `last` comes before `first`.
    """

    first: datetime = field(converter=_in_utc)
    last: datetime = field(converter=_in_utc)

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(_BACKWARDS)

    @property
    def is_exact(self) -> bool:
        """Whether it can be one instant only."""
        return self.first == self.last

    def before(self, other: Moment) -> Truth:
        """Tell whether this moment is earlier than `other`.

        `UNKNOWN` where the bounds overlap or touch, so also for two equal exact
        times: what is recorded at the same time may have come in either order.
        """
        if self.last < other.first:
            return _TRUE
        return _FALSE if self.first > other.last else _UNKNOWN


LONG_AGO: Final = datetime(1800, 1, 1, 12, tzinfo=UTC)
"""When what has no beginning is taken to begin: at noon, so on that day in every zone."""

_EVER: Final = Moment(*[datetime.min.replace(tzinfo=UTC)] * 2)
_STILL: Final = Moment(*[datetime.max.replace(tzinfo=UTC)] * 2)
_NOT_KNOWN: Final = Moment(_EVER.first, _STILL.last)


def between(start: Moment, end: Moment) -> Moment:
    """Give some moment from the first of `start` to the last of `end`.

    Raises:
        ValueError: When `end` certainly comes before `start`.
    """
    return Moment(start.first, end.last)


@frozen
class Stretch:
    """When an act lasted; an instantaneous one starts and ends at the same moment.

    Attributes:
        start: When it began.
        end: When it was over, this moment included.

    Raises:
        ValueError: When it certainly ends before it starts.
    """

    start: Moment
    end: Moment

    def __attrs_post_init__(self) -> None:
        if self.end.last < self.start.first:
            raise ValueError(_BACKWARDS)

    @classmethod
    def at(cls, moment: Moment) -> Stretch:
        """Give the stretch of an act that took no time."""
        return cls(moment, moment)

    def before(self, other: Stretch) -> Truth:
        """Tell whether all of it is earlier than all of `other`."""
        return self.end.before(other.start)

    def clipped(self, tenure: Tenure) -> Stretch:
        """Give the part of it that lies inside `tenure`, as well as that is known.

        Where the two may miss each other, it is the part there is if they do not.
        What took no time still takes none.

        Raises:
            ValueError: When there is certainly no such part.
        """
        first = max(self.start.first, tenure.begins.first)
        last = min(self.end.last, tenure.ends.last)
        start_last = min(max(self.start.last, tenure.begins.last), last)
        end_first = max(min(self.end.first, tenure.ends.first), first)
        return Stretch(Moment(first, start_last), Moment(end_first, last))


@frozen
class Tenure:
    """When a register entry holds: from `since` up to, not including, `until`.

    Half-open, so that an office ending at noon and one starting at noon never
    overlap. A bare date is some moment of that day, so on that day it is unknown.

    Attributes:
        since: When it began; `None` if it has always held.
        until: When it ended; `None` if it still holds.
        since_unknown: Whether nothing is known of its beginning (`since` is left out).
        until_unknown: Whether nothing is known of its end (`until` is left out).
        begins: Bounds of the first instant in it; as early as can be without `since`.
        ends: Bounds of the last instant in it; as late as can be without `until`.

    Raises:
        ValueError: When it certainly holds at no instant.

    Examples:
        >>> noon = Moment(*[datetime(2025, 5, 1, 12, tzinfo=UTC)] * 2)
        >>> Tenure(until=noon).holds_during(Stretch.at(noon))
        <Truth.FALSE: 0>
        >>> Tenure(since=noon).holds_during(Stretch.at(noon))
        <Truth.TRUE: 2>
    """

    since: Moment | None = None
    until: Moment | None = None
    since_unknown: bool = field(default=False, kw_only=True)
    until_unknown: bool = field(default=False, kw_only=True)
    begins: Moment = field(init=False, eq=False, repr=False)
    ends: Moment = field(init=False, eq=False, repr=False)

    @begins.default
    def _begins(self) -> Moment:
        if self.since_unknown:
            return _NOT_KNOWN
        return _EVER if self.since is None else self.since

    @ends.default
    def _ends(self) -> Moment:
        if self.until_unknown:
            return _NOT_KNOWN
        if self.until is None:
            return _STILL
        return Moment(self.until.first - TICK, self.until.last - TICK)

    def __attrs_post_init__(self) -> None:
        if self.ends.last < self.begins.first:
            msg = "it ends before it starts, or as soon as it does"
            raise ValueError(msg)

    @classmethod
    def from_days(cls, first_day: date | None, last_day: date | None, zone: ZoneInfo) -> Tenure:
        """Give what holds from `first_day` to `last_day`, both whole days and included.

        Args:
            first_day: `None` if it has always held.
            last_day: `None` if it still holds.
            zone: Where the days begin and end at midnight.

        Raises:
            ValueError: When the last day comes before the first.
        """
        since = None if first_day is None else day_start(first_day, zone)
        until = None if last_day is None else day_start(last_day + DAY, zone)
        return cls(
            since=None if since is None else Moment(since, since),
            until=None if until is None else Moment(until, until),
        )

    def holds_during(self, act: Stretch) -> Truth:
        """Tell whether it holds at some moment of `act`."""
        start, end = act.start, act.end
        begins, ends = self.begins, self.ends
        if start.last <= ends.first and end.first >= begins.last:
            return _TRUE
        if start.first > ends.last or end.last < begins.first:
            return _FALSE
        return _UNKNOWN


def end_of_day(moment: Moment, zone: ZoneInfo) -> Moment:
    """Give the last instant of the day on which `moment` falls in `zone`."""
    first, last = local_day(moment.first, zone), local_day(moment.last, zone)
    return Moment(day_end(first, zone), day_end(last, zone))
