"""An axis of time that an afternoon and three years both fit on."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from math import sqrt
from statistics import median
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import frozen

from councilrules.reports._fonts import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

_HOUR, _DAY = 3600.0, 86400.0
ONE_AFTERNOON = 36 * _HOUR
"""What is shorter than this, in seconds, is shown in hours; what is longer, in days."""
_LONG_FOR_AN_AFTERNOON, _LONG = 3 * _HOUR, 45 * _DAY
_UNUSUAL = 4
_LEAST_WIDTH = 3.0
_SIZE = 11
_APART = 8


@frozen
class Tick:
    """A time on the axis.

    Attributes:
        x: Where it is.
        text: The day, or the time of day; empty where there is no room for it.
        group: The year, or the day, if this is the first tick of it; else empty.
    """

    x: float
    text: str
    group: str


@frozen
class Gap:
    """A long time in which nothing happened, and which is drawn shorter than it was."""

    x: float
    width: float
    text: str


class Scale:
    """Gives a place to each time, in order, though not in proportion.

    Between one time that matters and the next the distance grows with the square root of
    the time that passed, so that a minute can still be seen beside a year.

    Attributes:
        is_afternoon: Whether it is all so short that hours matter.
    """

    def __init__(self, times: Iterable[datetime], left: float, right: float, zone: str) -> None:
        """Take the times that matter, at least one, and the space that there is."""
        self._zone = ZoneInfo(zone)
        by_stamp = {one.timestamp(): one for one in times}
        self._stamps = sorted(by_stamp)
        self._times = [by_stamp[one] for one in self._stamps]
        self._passed = [later - earlier for earlier, later in pairwise(self._stamps)]
        roots = [sqrt(one) for one in self._passed]
        least = min(_LEAST_WIDTH, (right - left) / (len(roots) or 1) / 2)
        spare = right - left - least * len(roots)
        self._places = [left]
        for root in roots:
            self._places.append(self._places[-1] + least + spare * root / sum(roots))
        self.is_afternoon = sum(self._passed) < ONE_AFTERNOON

    def x(self, at: datetime) -> float:
        """Give the place of a time; one outside what is shown is put at the edge."""
        stamp = at.timestamp()
        after = bisect_right(self._stamps, stamp)
        if after == 0:
            return self._places[0]
        if after == len(self._stamps):
            return self._places[-1]
        share = (stamp - self._stamps[after - 1]) / self._passed[after - 1]
        before, then = self._places[after - 1], self._places[after]
        return before + share * (then - before)

    def ticks(self) -> Iterator[Tick]:
        """Give a tick for each day or minute, with as many texts as there is room for."""
        seen, group_shown, free, group_free = "", "", 0.0, 0.0
        for place, at in zip(self._places, self._times, strict=True):
            text, group = self._named(at)
            if group + text == seen:
                continue
            seen = group + text
            has_room = place >= free
            begins = group if has_room and group != group_shown and place >= group_free else ""
            if has_room:
                free = place + text_width(text, _SIZE) + _APART
            if begins:
                group_shown, group_free = group, place + text_width(group, _SIZE) + _APART
            yield Tick(place, text if has_room else "", begins)

    def _named(self, at: datetime) -> tuple[str, str]:
        local = at.astimezone(self._zone)
        if self.is_afternoon:
            return f"{local:%H:%M}", f"{local.day} {local:%B %Y}"
        return f"{local.day} {local:%b}", f"{local:%Y}"

    def gaps(self) -> Iterator[Gap]:
        """Give the times that are drawn much shorter than they were."""
        if not self._passed:
            return
        long = _LONG_FOR_AN_AFTERNOON if self.is_afternoon else _LONG
        long = max(long, _UNUSUAL * median(self._passed))
        for place, passed in enumerate(self._passed):
            start, end = self._places[place], self._places[place + 1]
            if passed >= long:
                yield Gap(start, end - start, _lasting(passed))


def _lasting(seconds: float) -> str:
    """Say about how long something took."""
    for unit, word in ((365.25 * _DAY, "year"), (30.44 * _DAY, "month"), (_HOUR, "hour")):
        count = round(seconds / unit)
        if seconds >= 2 * unit or word == "hour":
            return f"{count} {word}{'' if count == 1 else 's'}"
    return ""
