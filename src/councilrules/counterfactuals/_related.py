"""Changes of the other events that a rule looks for: that there was one, or none."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from councilrules.counterfactuals import _leaves
from councilrules.counterfactuals._making import made
from councilrules.counterfactuals._seen import Seen
from councilrules.counterfactuals.changes import Change, Plainness
from councilrules.counterfactuals.facts import DidNotHappen, Happened, HappenedAt
from councilrules.periods import Moment
from councilrules.reference.conditions import in_order, lasting_of
from councilrules.rules import AllOf, Order, RefersToTrigger, Related
from councilrules.situations import View
from councilrules.truth import Truth
from councilrules.wording import day, said, suppositions
from councilrules.wording.words import after, before

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from councilrules.events import Event
    from councilrules.rules import Condition
    from councilrules.situations.deadlines import Deadline

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_MOST_NEAR = 4
_MOST_FITTING = 3


def flipped(
    relation: Related,
    seen: Seen,
    *,
    plainness: Plainness = Plainness.ANSWERED,
    deadline: Deadline | None = None,
    steps: int = 1,
) -> Iterator[Change]:
    """Give the changes of one fact after which an event fits a relation, or none does.

    Args:
        relation: What the rule looks for.
        seen: The event that opened the case.
        plainness: How near at hand it is that such an event happens.
        deadline: By when it has to happen.
        steps: How many days from what opened the case an event that is added would be.
    """
    conditions = seen.world.cases.conditions
    found = conditions.related(relation, seen.view, answering=False, deadline=deadline)
    if found.truth is not Truth.TRUE:
        yield from _added(relation, seen, plainness, deadline, steps)
        yield from _nearly(relation, seen, plainness, deadline)
    # Where more events fit than are changed at once, no change of one of them matters.
    if found.truth is not Truth.FALSE and len(found.parts) <= _MOST_FITTING:
        for part in found.parts:
            event = seen.world.scenario.history.by_id.get(part.origin)
            if event is not None and event is not seen.event:
                yield from _spoilt(relation, event, seen, plainness, deadline)


# --- an event that is not on record --------------------------------------------------


def _added(
    relation: Related,
    seen: Seen,
    plainness: Plainness,
    deadline: Deadline | None,
    steps: int,
) -> Iterator[Change]:
    at, told = _time(relation, seen, deadline, steps)
    if at > seen.world.scenario.history.as_of:
        return
    for kind in relation.pattern.kinds:
        for event in made(kind, relation.pattern.condition, seen, Moment(at, at)):
            more = suppositions.besides(event, without=seen.event.id)
            yield Change(
                fact=Happened(event),
                supposes=f"{suppositions.done(event)}{more}{told}",
                ahead=f"{suppositions.doing(event)}{more}{told}",
                plainness=plainness,
            )


def _time(
    relation: Related, seen: Seen, deadline: Deadline | None, steps: int
) -> tuple[datetime, str]:
    """Give a time at which an event counts, and that time in words."""
    zone, opened = seen.world.zone, seen.view.part
    as_of = seen.world.scenario.history.as_of
    if relation.order is Order.BEFORE:
        return opened.start.first - steps * _DAY, f" {before(opened.start, zone)}"
    if relation.order is Order.ANY_TIME:
        return min(seen.event.at.last, as_of), ""
    soon = opened.end.last + _HOUR
    if deadline is not None and not deadline.is_open_ended and deadline.first >= opened.end.last:
        if deadline.known is not None or deadline.first.date() == opened.end.last.date():
            # At the last moment, so that it would have been in time on every day before.
            return min(deadline.first, as_of), f" by the end of {day(deadline.first, zone)}"
        return min(deadline.first, as_of), f" on {day(deadline.first, zone)}"
    return min(soon, as_of), f" {after(opened.end, zone)}"


# --- an event that nearly fits -------------------------------------------------------


def _nearly(
    relation: Related, seen: Seen, plainness: Plainness, deadline: Deadline | None
) -> Iterator[Change]:
    """Suppose that an event had fitted which fits in all respects but one."""
    history = seen.world.scenario.history
    near = 0
    for kind in relation.pattern.kinds:
        for event in history.by_kind.get(kind, ()):
            if event is seen.event or near >= _MOST_NEAR:
                continue
            there = Seen(
                world=seen.world, view=View(event), trigger=seen.view, plainness=Plainness.KNOWN
            )
            failing = [
                part
                for part in conjuncts(relation.pattern.condition)
                if there.truth(part) is not Truth.TRUE
            ]
            in_time = _in_time(relation, event, seen, deadline)
            if len(failing) + (not in_time) != 1 or _is_of_another(failing):
                continue
            near += 1
            if not in_time:
                yield from _moved(relation, event, seen, plainness, deadline)
            for part in failing:
                yield from _leaves.flipped(part, there)


def conjuncts(condition: Condition) -> Iterator[Condition]:
    """Give what all has to hold of an event."""
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from conjuncts(part)
    else:
        yield condition


def _is_of_another(failing: list[Condition]) -> bool:
    """Tell whether an event is about another that opened a case, not about this one."""
    return any(isinstance(part, RefersToTrigger) for part in failing)


def _in_time(relation: Related, event: Event, seen: Seen, deadline: Deadline | None) -> bool:
    order = in_order(relation, event, seen.event, lasting_of(None, seen.view))
    met = deadline is None or deadline.met_by(event).truth is Truth.TRUE
    return order.truth is Truth.TRUE and met


def _moved(
    relation: Related,
    event: Event,
    seen: Seen,
    plainness: Plainness,
    deadline: Deadline | None,
) -> Iterator[Change]:
    at, told = _time(relation, seen, deadline, 1)
    if at <= seen.world.scenario.history.as_of and told:
        yield Change(
            fact=HappenedAt(event.id, Moment(at, at)),
            supposes=f"{suppositions.done(event)} ({event.id}){told}",
            plainness=plainness,
        )


# --- an event that fits --------------------------------------------------------------


def _spoilt(
    relation: Related,
    event: Event,
    seen: Seen,
    plainness: Plainness,
    deadline: Deadline | None,
) -> Iterator[Change]:
    """Suppose that an event that fits had not happened, or had not fitted."""
    yield Change(
        fact=DidNotHappen(event.id),
        supposes=f"{suppositions.done(event, holds=False)} ({event.id})",
        plainness=plainness,
    )
    yield from _elsewhen(relation, event, seen, deadline)
    there = Seen(world=seen.world, view=View(event), trigger=seen.view)
    yield from _leaves.flipped(relation.pattern.condition, there)


def _elsewhen(
    relation: Related, event: Event, seen: Seen, deadline: Deadline | None
) -> Iterator[Change]:
    zone, as_of = seen.world.zone, seen.world.scenario.history.as_of
    part = seen.view.part
    if deadline is not None and deadline.known is not None:
        at, told = deadline.last + _HOUR, f"only after {day(deadline.last, zone)}"
    elif relation.order is Order.BEFORE:
        at, told = part.end.last + _HOUR, f"only {after(part.end, zone)}"
    elif relation.order is Order.AFTER:
        at, told = part.start.first - _HOUR, before(part.start, zone)
    else:
        return
    if at <= as_of:
        yield Change(
            fact=HappenedAt(event.id, Moment(at, at)),
            supposes=f"it been {told} that {said(event)} ({event.id})",
            plainness=Plainness.OTHERWISE,
        )
