"""Where on a timeline everything goes, so that nothing lies on anything else."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

from attrs import evolve, field, frozen

from councilrules.reports._fonts import fitted, text_width
from councilrules.reports._scale import ONE_AFTERNOON, Scale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from councilrules.reports._lanes import Bar, Mark, Pin, Timeline

LEFT, RIGHT = 8.0, 952.0
SIZE = 12
SYMBOL = 18.0
DOT = 7.0
APART = 5.0
ROWS = {"office": 18.0, "item": 24.0, "dot": 11.0}
"""The height of a row of each kind, in the order in which they stand on a lane."""

HEADER = 20.0
_MOST_OF_A_TEXT = 260.0
_MOST_PINS = 4
_SHORTEST_RANGE = 9.0


@frozen(kw_only=True)
class Placed:
    """Something with its place.

    Attributes:
        kind: What it is drawn as.
        x: Where its time begins; `end` where it ends.
        left: Where the room that it takes up begins; `right` where that ends.
        row: Its row among those of its kind, counted from 0.
        text: What is written beside it.
        title: What is said of it where it is pointed at.
        pins: The findings beside it.
        is_range: Whether its time is drawn, and not only where that begins.
        lasts: Whether it lasted, rather than happening some time in between.
    """

    kind: Literal["office", "event", "pins", "deadline", "failing", "dot"]
    x: float
    end: float
    left: float
    right: float
    row: int = 0
    text: str
    title: str
    pins: tuple[Pin, ...] = ()
    is_range: bool = False
    lasts: bool = False

    @property
    def rows(self) -> str:
        """Name the rows that it stands on."""
        return self.kind if self.kind in ROWS else "item"

    @property
    def is_flipped(self) -> bool:
        """Whether what is written stands to the left, for want of room."""
        return self.left < self.x - SYMBOL


@frozen(kw_only=True)
class Lane:
    """A lane with what is on it.

    Attributes:
        name: Who it is for.
        placed: What is on it.
        heights: How much its rows of each kind take up.
    """

    name: str
    placed: tuple[Placed, ...]
    heights: dict[str, float] = field(init=False)

    @heights.default
    def _heights(self) -> dict[str, float]:
        found = dict.fromkeys(ROWS, 0.0)
        for one in self.placed:
            found[one.rows] = max(found[one.rows], (one.row + 1) * ROWS[one.rows])
        return found

    @property
    def height(self) -> float:
        """Give how much it takes up in all."""
        return HEADER + sum(self.heights.values()) + APART


@frozen(kw_only=True)
class Panel:
    """A stretch of time, with the lanes on which something happens in it."""

    scale: Scale
    lanes: tuple[Lane, ...]

    @property
    def height(self) -> float:
        """Give how much its lanes take up."""
        return sum(one.height for one in self.lanes)


def panels(timeline: Timeline, most: float) -> tuple[Panel, ...]:
    """Place everything, on as many panels as it takes for none to be higher than `most`.

    One day is never split, whatever its height.
    """
    everything = _Chosen(
        marks=tuple(enumerate(timeline.marks)),
        pins=timeline.pins,
        bars=tuple(one for one in timeline.bars if one.kind != "office"),
    )
    return tuple(_split(timeline, everything, most))


@frozen(kw_only=True)
class _Chosen:
    """What is to be placed on one panel."""

    marks: tuple[tuple[int, Mark], ...]
    pins: tuple[Pin, ...]
    bars: tuple[Bar, ...]

    def times(self) -> Iterator[datetime]:
        yield from (mark.since for _, mark in self.marks)
        yield from (mark.until for _, mark in self.marks if _is_drawn_long(mark))
        yield from (pin.at for pin in self.pins)
        for bar in self.bars:
            yield from filter(None, (bar.since, bar.until))

    def starts(self) -> list[datetime]:
        """Give when each thing that is placed begins, in order."""
        marks = [mark.since for _, mark in self.marks]
        return sorted([*marks, *(pin.at for pin in self.pins)])

    def until(self, at: datetime, *, is_first: bool) -> _Chosen:
        """Give what begins before a time, or not before it."""
        return _Chosen(
            marks=tuple(one for one in self.marks if (one[1].since < at) is is_first),
            pins=tuple(one for one in self.pins if (one.at < at) is is_first),
            bars=tuple(
                one for one in self.bars if (one.since is None or one.since < at) is is_first
            ),
        )


def _is_drawn_long(mark: Mark) -> bool:
    """Tell whether an event took, or is known no better than within, more than a day."""
    return (mark.until - mark.since).total_seconds() > ONE_AFTERNOON


def _split(timeline: Timeline, chosen: _Chosen, most: float) -> Iterator[Panel]:
    times = list(chosen.times())
    if not times:
        return
    panel = _panel(timeline, chosen, times)
    starts = chosen.starts()
    middle = starts[len(starts) // 2] if starts else None
    if panel.height <= most or middle is None or middle == starts[0]:
        yield panel
        return
    yield from _split(timeline, chosen.until(middle, is_first=True), most)
    yield from _split(timeline, chosen.until(middle, is_first=False), most)


def _panel(timeline: Timeline, chosen: _Chosen, times: list[datetime]) -> Panel:
    scale = Scale(times, LEFT + DOT, RIGHT - DOT, timeline.zone)
    used = {mark.lane for _, mark in chosen.marks} | {one.lane for one in chosen.pins}
    used |= {one.lane for one in chosen.bars}
    first, last = min(times), max(times)
    lanes = []
    for place in sorted(used):
        offices = [
            one
            for one in timeline.bars
            if one.kind == "office" and one.lane == place and _is_within(one, first, last)
        ]
        found = [*_offices(offices, scale), *_items(place, chosen, scale)]
        lanes.append(Lane(name=timeline.lanes[place], placed=tuple(_packed(found))))
    return Panel(scale=scale, lanes=tuple(lanes))


def _is_within(bar: Bar, first: datetime, last: datetime) -> bool:
    begins = bar.since is None or bar.since <= last
    return begins and (bar.until is None or bar.until >= first)


def _offices(bars: Iterable[Bar], scale: Scale) -> Iterator[Placed]:
    for bar in bars:
        yield _bar(bar, scale, "office")


def _items(lane: int, chosen: _Chosen, scale: Scale) -> Iterator[Placed]:
    """Give what happened on a lane, and what was found on it."""
    pins = [one for one in chosen.pins if one.lane == lane]
    for place, mark in chosen.marks:
        if mark.lane == lane:
            own = [one for one in pins if one.mark == place]
            yield from _event(mark, own, scale)
    lanes = {place: mark.lane for place, mark in chosen.marks}
    elsewhere = [one for one in pins if one.mark is None or lanes.get(one.mark) != lane]
    names = {place: mark.id for place, mark in chosen.marks}
    for (mark_place, at), those in groupby(elsewhere, key=lambda one: (one.mark, one.at)):
        name = "" if mark_place is None else f"on {names.get(mark_place, '')}"
        for some in _few([*those]):
            yield _with_pins("pins", scale.x(at), name, name, some)
    for bar in chosen.bars:
        if bar.lane == lane and bar.kind != "office":
            yield _bar(bar, scale, bar.kind)


def _event(mark: Mark, pins: Sequence[Pin], scale: Scale) -> Iterator[Placed]:
    start, end = scale.x(mark.since), scale.x(mark.until)
    if not mark.anchor and not pins:
        yield Placed(
            kind="dot",
            x=start,
            end=start,
            left=start - DOT / 2,
            right=start + DOT / 2,
            text="",
            title=mark.text,
        )
        return
    first, *more = [*_few(pins)] or [()]
    placed = _with_pins("event", start, mark.id, mark.text, first)
    is_long = scale.is_afternoon or _is_drawn_long(mark)
    if is_long and end - start >= _SHORTEST_RANGE:
        placed = evolve(
            placed,
            end=end,
            left=min(placed.left, start),
            right=max(placed.right, end),
            is_range=True,
            lasts=mark.lasts,
        )
    yield placed
    for some in more:
        yield _with_pins("pins", start, f"on {mark.id}", mark.text, some)


def _few(pins: Sequence[Pin]) -> Iterator[Sequence[Pin]]:
    """Give findings a few at a time."""
    for start in range(0, len(pins), _MOST_PINS):
        yield pins[start : start + _MOST_PINS]


def _with_pins(
    kind: Literal["event", "pins"], x: float, name: str, title: str, pins: Iterable[Pin]
) -> Placed:
    text = fitted(name, SIZE, _MOST_OF_A_TEXT / 2)
    those = tuple(pins)
    needed = SYMBOL / 2 + text_width(text, SIZE) + APART + sum(map(pin_width, those))
    left, right = _around(x, needed)
    return Placed(kind=kind, x=x, end=x, left=left, right=right, text=text, title=title, pins=those)


def pin_width(pin: Pin) -> float:
    """Give how much room a finding takes up: its symbol and what it is called."""
    return SYMBOL + text_width(pin.id, SIZE) + 2 * APART


def _around(x: float, needed: float) -> tuple[float, float]:
    """Give the room to the right of a place or, for want of it, to the left."""
    symbol = SYMBOL / 2
    if x + needed > RIGHT and x - needed >= LEFT:
        return x - needed, x + symbol
    return x - symbol, x + needed


def _bar(bar: Bar, scale: Scale, kind: Literal["office", "deadline", "failing"]) -> Placed:
    start = LEFT if bar.since is None else scale.x(bar.since)
    end = RIGHT if bar.until is None else scale.x(bar.until)
    text = fitted(bar.label, SIZE, _MOST_OF_A_TEXT)
    needed = text_width(text, SIZE) + 2 * APART
    end = max(end, start + 2)
    left, right = start, max(end, start + needed)
    if kind == "office" and end - start < needed:
        # Beside the bar, which would strike it through.
        is_right = end + needed <= RIGHT
        left, right = (start, end + needed) if is_right else (start - needed, end)
    elif right > RIGHT:
        left, right = RIGHT - needed, RIGHT
    return Placed(kind=kind, x=start, end=end, left=left, right=right, text=text, title=bar.text)


def _packed(found: Iterable[Placed]) -> Iterator[Placed]:
    """Put everything on the first row of its kind on which there is room."""
    taken: dict[str, list[float]] = {kind: [] for kind in ROWS}
    for one in sorted(found, key=lambda each: (each.left, each.right)):
        rows = taken[one.rows]
        row = next((row for row, right in enumerate(rows) if right + 2 <= one.left), len(rows))
        rows[row:] = [one.right, *rows[row + 1 :]]
        yield evolve(one, row=row)
