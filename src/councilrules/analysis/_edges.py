"""The edges of periods, deadlines and orders in time, and the cases that lie right on them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from councilrules.analysis.formulas import FALSE, TRUE, Ask
from councilrules.periods import Moment, Stretch
from councilrules.reference.conditions import lasting_of
from councilrules.rules import Order
from councilrules.situations import View, attribute_of, lasting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.analysis._flips import Trial
    from councilrules.analysis._parts import Part
    from councilrules.events import Event
    from councilrules.rules import Rule, Rulebook

TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
"""How near to an edge a case has to lie."""

Spot = Literal[
    "before the office begins", "at the beginning of the office", "at the end of the office",
    "after the office has ended", "done on the last day", "done after the last day",
    "looked at on the last day", "looked at after the last day",
    "just in order", "at the same moment", "just out of order",
]  # fmt: skip
"""Where a case lies, seen from an edge."""

OFFICE: tuple[Spot, ...] = (
    "before the office begins", "at the beginning of the office",
    "at the end of the office", "after the office has ended",
)  # fmt: skip
DEADLINE: tuple[Spot, ...] = (
    "done on the last day", "done after the last day",
    "looked at on the last day", "looked at after the last day",
)  # fmt: skip
ORDER: tuple[Spot, ...] = ("just in order", "at the same moment", "just out of order")


@frozen(kw_only=True, eq=False)
class Edge:
    """One side of an edge that a rule has.

    Attributes:
        part: The part of the rule that the edge belongs to.
        spot: The side.
        way: What sets a deadline: a `date` in the event, or a `parameter`.
    """

    part: Part
    spot: Spot
    way: str = field(default="")

    @property
    def words(self) -> str:
        """Say where such a case lies."""
        set_by = {"date": ", as a date sets it", "parameter": ", as the council sets it"}
        return f"{self.spot}{set_by.get(self.way, '')}"


def edges_of(rulebook: Rulebook, rule: Rule, parts: tuple[Part, ...]) -> Iterator[Edge]:
    """Give every side of every edge that a rule has; a body's office has none."""
    held = any(rulebook.roles[role].offices for role in rule.roles)
    ways = [way for way, name in (("date", rule.until), ("parameter", rule.within)) if name]
    for part in parts:
        match part.node:
            case Ask(topic="office"):
                yield from (Edge(part=part, spot=spot) for spot in OFFICE if held)
            case Ask(topic="order"):
                yield from (Edge(part=part, spot=spot) for spot in ORDER)
            case Ask(topic="in-time"):
                yield from (
                    Edge(part=part, spot=spot, way=way) for way in ways for spot in DEADLINE[:2]
                )
            case Ask(topic="left"):
                yield from (
                    Edge(part=part, spot=spot, way=way) for way in ways for spot in DEADLINE[2:]
                )
            case _:
                pass


def spots(trial: Trial, part: Part) -> Iterator[tuple[Spot, str, Event | None]]:
    """Give the sides of edges on which a case lies.

    Each comes with what sets the deadline, and the event that lies there if that is not
    the one that opened the case.
    """
    match part.node:
        case Ask(topic="office"):
            yield from ((spot, "", None) for spot in _of_office(trial, part.node))
        case Ask(topic="order"):
            yield from ((spot, "", other) for spot, other in _of_order(trial, part))
        case Ask(topic="in-time"):
            yield from _of_doing(trial, part)
        case Ask(topic="left"):
            yield from _of_clock(trial)
        case _:
            pass


def _near(time: timedelta) -> bool:
    return timedelta(0) <= time < DAY


def _of_office(trial: Trial, ask: Ask) -> Iterator[Spot]:
    rule, cases = trial.formula.rule, trial.cases
    if trial.bearer is None:
        return
    act = cases.jurisdiction.seen(rule, View(trial.event, rule.bearer, trial.bearer)).part
    held = trial.truth(ask, None)
    for tenure in cases.conditions.situations.offices.tenures(rule.roles, trial.bearer):
        begins, ends = tenure.begins, tenure.ends
        if tenure.since is not None and held == TRUE and _near(act.start.first - begins.last):
            yield OFFICE[1]
        if tenure.since is not None and held == FALSE and _near(begins.first - act.end.last - TICK):
            yield OFFICE[0]
        if tenure.until is not None and held == TRUE and _near(ends.first - act.end.last):
            yield OFFICE[2]
        if tenure.until is not None and held == FALSE and _near(act.start.first - ends.last - TICK):
            yield OFFICE[3]


def way_of(trial: Trial) -> tuple[str, datetime] | None:
    """Give what sets the deadline of a case, and when that is, if it is known."""
    due, name = trial.answers.due, trial.formula.rule.until
    if due.known is None or due.is_open_ended or due.wants:
        return None
    attribute = None if name is None else attribute_of(trial.event, name)
    dated = attribute is not None and isinstance(getattr(trial.event, attribute), Moment)
    return ("date" if dated else "parameter"), due.known


def _of_doing(trial: Trial, part: Part) -> Iterator[tuple[Spot, str, Event]]:
    found = way_of(trial)
    if found is None or part.within is None:
        return
    way, due = found
    for other in trial.candidates(part.within):
        if _near(due - other.at.last):
            yield DEADLINE[0], way, other
        elif _near(other.at.first - due - TICK):
            yield DEADLINE[1], way, other


def _of_clock(trial: Trial) -> Iterator[tuple[Spot, str, None]]:
    found = way_of(trial)
    if found is None:
        return
    way, due = found
    as_of = trial.cases.history.as_of
    if _near(due - as_of):
        yield DEADLINE[2], way, None
    elif _near(as_of - due - TICK):
        yield DEADLINE[3], way, None


def _of_order(trial: Trial, part: Part) -> Iterator[tuple[Spot, Event]]:
    search = part.within
    if search is None:
        return
    anchors = (None,) if part.anchoring is None else trial.candidates(part.anchoring)
    for other in trial.candidates(search):
        for anchor in anchors:
            if other is not trial.event and other is not anchor:
                lasted = lasting_of(anchor, trial.answers.view)
                spot = _side(lasting(other), lasted, search.relation.order)
                if spot is not None:
                    yield spot, other


def _side(one: Stretch, held: Stretch, order: Order) -> Spot | None:
    """Give on which side of another event one lies, if it is near."""
    first, second = (one, held) if order is Order.BEFORE else (held, one)
    if _near(second.start.first - first.end.last - TICK):
        return ORDER[0]
    if _near(first.start.first - second.end.last - TICK):
        return ORDER[2]
    same = first.end == second.start and first.end.is_exact
    return ORDER[1] if same else None
