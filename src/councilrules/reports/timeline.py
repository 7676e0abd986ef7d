"""A timeline as a picture in SVG: people as lanes, events as marks, findings beside them.

What a finding comes to is told by the shape of its symbol, a letter and a colour, so that
it can be told apart without colours too.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, get_args

from councilrules.reports._fonts import fitted, text_width
from councilrules.reports._model import Kind
from councilrules.reports._placing import (
    APART,
    DOT,
    HEADER,
    LEFT,
    RIGHT,
    ROWS,
    SIZE,
    SYMBOL,
    Panel,
    Placed,
    panels,
    pin_width,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.reports._lanes import Timeline
    from councilrules.reports._placing import Lane

WIDTH: Final = 960
_MOST_HIGH: Final = 1000.0
_AXIS: Final = 44.0
_KEY_ROW: Final = 26.0
_FOR_A_DAY: Final = 100.0

KINDS: Final[dict[Kind, tuple[str, str]]] = {
    "breach": ("B", "breach"),
    "if-proved": ("P", "breach if proved"),
    "judgement": ("J", "for a named person to judge"),
    "question": ("Q", "not yet settled"),
    "open": ("O", "still open"),
    "settled": ("M", "met or excused"),
}
"""The letter of each kind of finding, and what it comes to."""

_SHAPES: Final[dict[Kind, str]] = {
    "breach": '<rect x="-9" y="-9" width="18" height="18"/>',
    "if-proved": '<path d="M0-11 11 0 0 11-11 0Z"/>',
    "judgement": '<path d="M-5-9H5L10 0 5 9H-5L-10 0Z"/>',
    "question": '<circle r="9.5"/>',
    "open": '<rect x="-10" y="-7" width="20" height="14" rx="7"/>',
    "settled": '<path d="M0-10 10-2 6 9H-6L-10-2Z"/>',
}

STYLE: Final = """
.timeline { --ink: #1b1b1b; --soft: #595959; --line: #8a8a8a; --faint: #e4e4e4; --paper: #fff;
  --breach: #b3261e; --if-proved: #fff; --judgement: #5b2a86; --question: #ffd666;
  --open: #d7e8ff; --settled: #dff3e0; --bar: #d9dee6; --due: #6b4e00; }
@media screen and (prefers-color-scheme: dark) {
  .timeline { --ink: #f2f2f2; --soft: #c4c4c4; --line: #8f8f8f; --faint: #3a3a3a;
    --paper: #1c1c1e; --breach: #ff8a80; --if-proved: #1c1c1e; --judgement: #d7b8ff;
    --question: #ffd666; --open: #234a7d; --settled: #1f5130; --bar: #3c4656; --due: #ffd98a; }
}
.timeline text { font: 12px/1 "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
  fill: var(--ink); unicode-bidi: isolate; }
.timeline .name { font-weight: bold; font-size: 13px; }
.timeline .axis { font-size: 11px; fill: var(--soft); }
.timeline .year { font-size: 11px; font-weight: bold; }
.timeline .letter { font-size: 11px; font-weight: bold; text-anchor: middle; }
.timeline .grid { stroke: var(--faint); }
.timeline .tick, .timeline .lane { stroke: var(--line); }
.timeline .gap { stroke: var(--line); fill: none; }
.timeline .event { fill: var(--ink); stroke: var(--paper); }
.timeline .dot { fill: var(--paper); stroke: var(--soft); }
.timeline .lasted { stroke: var(--ink); stroke-width: 3; }
.timeline .between { stroke: var(--ink); stroke-width: 2; stroke-dasharray: 2 4; }
.timeline .office { fill: var(--bar); stroke: var(--line); }
.timeline .due { stroke: var(--due); stroke-width: 2; stroke-dasharray: 7 3; }
.timeline .end { stroke: var(--due); stroke-width: 3; }
.timeline .pin > * { stroke: var(--ink); stroke-width: 1.3; }
.timeline .pin > text { stroke: none; }
.timeline .breach > * { fill: var(--breach); }
.timeline .if-proved > * { fill: var(--if-proved); stroke-width: 2; stroke: var(--breach); }
.timeline .judgement > * { fill: var(--judgement); }
.timeline .question > * { fill: var(--question); }
.timeline .open > * { fill: var(--open); }
.timeline .settled > * { fill: var(--settled); }
.timeline .pin > .letter { fill: var(--ink); }
.timeline .breach > .letter, .timeline .judgement > .letter { fill: var(--paper); }
.timeline .question > .letter { fill: #1b1b1b; }
"""
"""How a timeline looks, for the style of the page that it stands on."""


def pictures(timeline: Timeline, name: str = "timeline", *, alone: bool = False) -> tuple[str, ...]:
    """Give a timeline as pictures, one after the other in time; none if nothing happened.

    Args:
        timeline: What it shows.
        name: What the ids in the pictures begin with, unlike any other on the page.
        alone: Whether they stand in files of their own, and have to hold their style.
    """
    found = panels(timeline, _MOST_HIGH)
    return tuple(
        "".join(_picture(timeline, panel, f"{name}-{place}", (place, len(found)), alone=alone))
        for place, panel in enumerate(found, start=1)
    )


def _picture(
    timeline: Timeline, panel: Panel, name: str, part: tuple[int, int], *, alone: bool
) -> Iterator[str]:
    key, key_height = _key(panel)
    height = _AXIS + panel.height + key_height
    of = f", part {part[0]} of {part[1]}" if part[1] > 1 else ""
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" role="img"'
        f' viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}"'
        f' aria-labelledby="{name}-title {name}-desc">'
    )
    yield f'<title id="{name}-title">{escape(timeline.title + of)}</title>'
    yield f'<desc id="{name}-desc">{escape(timeline.text)}</desc>'
    if alone:
        yield f"<style>{escape(STYLE, quote=False)}</style>"
    yield from _axis(panel)
    top = _AXIS
    for lane in panel.lanes:
        yield from _lane(lane, top)
        top += lane.height
    yield f'<line class="lane" x1="0" x2="{WIDTH}" y1="{top:.1f}" y2="{top:.1f}"/>'
    yield f'<g transform="translate(0 {top:.1f})">{key}</g></svg>'


# --- the axis --------------------------------------------------------------------------


def _axis(panel: Panel) -> Iterator[str]:
    bottom = _AXIS + panel.height
    for tick in panel.scale.ticks():
        if tick.text:
            yield f'<line class="grid" x1="{tick.x:.1f}" x2="{tick.x:.1f}" y1="{_AXIS}" y2="{bottom:.1f}"/>'
        start = _AXIS - (7 if tick.text else 4)
        yield f'<line class="tick" x1="{tick.x:.1f}" x2="{tick.x:.1f}" y1="{start}" y2="{_AXIS}"/>'
        yield _on_axis(tick.text, tick.x, 32, "axis")
        yield _on_axis(tick.group, tick.x, 14, "year")
    for gap in panel.scale.gaps():
        middle = gap.x + gap.width / 2
        yield f'<path class="gap" d="M{middle - 5:.1f} {_AXIS + 5}l4-10m2 10 4-10"/>'
        if text_width(gap.text, SIZE) + _FOR_A_DAY < gap.width:
            yield (
                f'<text class="axis" text-anchor="middle" x="{middle:.1f}" y="32">'
                f"{escape(gap.text)}</text>"
            )


def _on_axis(text: str, x: float, y: float, style: str) -> str:
    if not text:
        return ""
    is_last = x + text_width(text, SIZE) > RIGHT
    anchor = ' text-anchor="end"' if is_last else ""
    at = min(x + DOT, WIDTH - 1) if is_last else max(x - DOT, 0)
    return f'<text class="{style}"{anchor} x="{at:.1f}" y="{y}">{escape(text)}</text>'


# --- lanes -----------------------------------------------------------------------------


def _lane(lane: Lane, top: float) -> Iterator[str]:
    yield f'<line class="lane" x1="0" x2="{WIDTH}" y1="{top:.1f}" y2="{top:.1f}"/>'
    name = fitted(lane.name, SIZE + 2, RIGHT / 2)
    yield f'<text class="name" x="2" y="{top + 15:.1f}">{escape(name)}</text>'
    start = {}
    below = top + HEADER
    for kind, height in lane.heights.items():
        start[kind] = below
        below += height
    for one in lane.placed:
        middle = start[one.rows] + (one.row + 0.5) * ROWS[one.rows]
        title = f"<title>{escape(one.title)}</title>" if one.title else ""
        yield f'<g transform="translate(0 {middle:.1f})">{title}{"".join(_drawn(one))}</g>'


def _drawn(one: Placed) -> Iterator[str]:
    match one.kind:
        case "dot":
            yield f'<circle class="dot" cx="{one.x:.1f}" r="{(DOT - 1) / 2}"/>'
        case "office":
            width = one.end - one.x
            yield f'<rect class="office" x="{one.x:.1f}" y="-7" width="{width:.1f}" height="14" rx="2"/>'
            is_right = one.right > one.end
            yield _text(one.text, (one.end if is_right else one.left) + APART)
        case "deadline" | "failing":
            yield f'<line class="due" x1="{one.x:.1f}" x2="{one.end:.1f}" y1="9" y2="9"/>'
            yield f'<line class="end" x1="{one.end:.1f}" x2="{one.end:.1f}" y1="7" y2="11"/>'
            yield _text(one.text, one.left + APART, 2)
        case "event" | "pins":
            yield from _marked(one)


def _marked(one: Placed) -> Iterator[str]:
    """Draw an event with the findings on it; findings without their event have a tick."""
    if one.is_range:
        style = "lasted" if one.lasts else "between"
        yield f'<line class="{style}" x1="{one.x:.1f}" x2="{one.end:.1f}" y1="10" y2="10"/>'
    if one.kind == "event":
        yield f'<circle class="event" cx="{one.x:.1f}" r="5.5"/>'
    else:
        yield f'<line class="tick" x1="{one.x:.1f}" x2="{one.x:.1f}" y1="-8" y2="8"/>'
    at = one.left + APART if one.is_flipped else one.x + SYMBOL / 2
    if one.text:
        yield _text(one.text, at)
        at += text_width(one.text, SIZE) + APART
    for pin in one.pins:
        yield _symbol(pin.kind, at + SYMBOL / 2, pin.text)
        yield _text(pin.id, at + SYMBOL + APART)
        at += pin_width(pin)


def _text(text: str, x: float, y: float = 4) -> str:
    return f'<text x="{x:.1f}" y="{y}">{escape(text)}</text>'


def _symbol(kind: Kind, x: float, title: str = "") -> str:
    letter, _ = KINDS[kind]
    told = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<g class="pin {kind}" transform="translate({x:.1f} 0)">{told}{_SHAPES[kind]}'
        f'<text class="letter" y="4">{letter}</text></g>'
    )


def symbol(kind: Kind) -> str:
    """Give the symbol of a kind of finding as a picture of its own, without a title."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="timeline symbol" aria-hidden="true"'
        f' viewBox="-12 -12 24 24" width="24" height="24">{_symbol(kind, 0)}</svg>'
    )


# --- the key ---------------------------------------------------------------------------


def _key(panel: Panel) -> tuple[str, float]:
    """Say what the symbols mean that are used; give how much room that takes up."""
    drawn: list[str] = []
    x, row = LEFT, 0
    for picture, text in _meanings([one for lane in panel.lanes for one in lane.placed]):
        width = 2 * SYMBOL + text_width(text, SIZE) + 3 * APART
        if x + width > RIGHT:
            x, row = LEFT, row + 1
        place = f"translate({x:.1f} {(row + 0.5) * _KEY_ROW:.1f})"
        drawn.append(f'<g transform="{place}">{picture}{_text(text, 2 * SYMBOL)}</g>')
        x += width
    return "".join(drawn), (row + 1) * _KEY_ROW if drawn else 0


def _meanings(placed: Iterable[Placed]) -> Iterator[tuple[str, str]]:
    found = list(placed)
    kinds = {pin.kind for one in found for pin in one.pins}
    for kind in get_args(Kind):
        if kind in kinds:
            yield _symbol(kind, SYMBOL), KINDS[kind][1]
    drawn = {one.kind for one in found}
    if "event" in drawn:
        yield f'<circle class="event" cx="{SYMBOL}" r="5.5"/>', "event"
    if "dot" in drawn:
        picture = f'<circle class="dot" cx="{SYMBOL}" r="{(DOT - 1) / 2}"/>'
        yield picture, "other event on record"
    if any(one.is_range and one.lasts for one in found):
        yield '<line class="lasted" x1="6" x2="32" y1="0" y2="0"/>', "lasted"
    if any(one.is_range and not one.lasts for one in found):
        yield '<line class="between" x1="6" x2="32" y1="0" y2="0"/>', "at some time in this"
    if "office" in drawn:
        picture = '<rect class="office" x="6" y="-6" width="26" height="12" rx="2"/>'
        yield picture, "office or seat"
    if drawn & {"deadline", "failing"}:
        yield '<line class="due" x1="6" x2="32" y1="0" y2="0"/>', "time allowed, or failing"
