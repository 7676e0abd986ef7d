"""Layouts as JSON definitions of durable-rules, in rulesets that stay inside its limits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen

from councilrules.rules import Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.engines._plans import Plan
    from councilrules.engines.durable._layouts import Mode, OwnLayout, PairLayout, Section

MOST_DEFINITIONS = 40
"""How many definitions a ruleset holds (durable-rules 2.0.28 takes 511, if all goes well)."""

MOST_FIELDS = 120
"""How many fields of a fact a ruleset asks (durable-rules 2.0.28 takes 252)."""

Test = Mapping[str, Any]
"""A condition on one element, as durable-rules writes it."""

CLOCK, DUTY, LATE = "clock", "duty", "late"

CATCH_ALL = "rest"
"""The name of the rule that every fact fits.

Without it a fact that fits nothing is an error, and ends the actions of others
(durable-rules 2.0.28).
"""


@frozen(eq=False)
class Meaning:
    """What it means that a definition fired.

    Attributes:
        kind: What it is about: an event by itself, a pair of events, names that a pair
            shares, the order of two steps, or a duty at the clock.
        bit: Which bit it sets of what it is about.
        section: The part of the case, for an event by itself.
    """

    kind: Literal["own", "pair", "meets", "step", "clock"]
    bit: int
    section: Section = ("trigger", 0)


@frozen(eq=False)
class Definition:
    """A rule of durable-rules: one element, or two that are joined.

    Attributes:
        meaning: What it means that it fired.
        elements: The tests of each element, by its name.
    """

    meaning: Meaning
    elements: tuple[tuple[str, tuple[Test, ...]], ...]

    @property
    def fields(self) -> dict[str, frozenset[str]]:
        """Give the fields that it asks of each type of fact."""
        return {str(tests[0]["type"]): frozenset(map(_field, tests)) for _, tests in self._guarded}

    def made(self) -> dict[str, Any]:
        """Give the definition as durable-rules reads it."""
        return {"all": [{name: {"$and": tests}} for name, tests in self._guarded]}

    @cached_property
    def _guarded(self) -> tuple[tuple[str, list[Test]], ...]:
        return tuple(guarded(self.elements))


def guarded(
    elements: Iterable[tuple[str, tuple[Test, ...]]],
) -> Iterator[tuple[str, list[Test]]]:
    """Write elements in the one way in which durable-rules 2.0.28 is sound.

    Both sides of every comparison of two elements are tested to exist, since a side that
    does not is error 311. The last comparison is written twice, since the reading of one
    that is last and false runs on past the end of the expression.
    """
    listed = [(name, [(one, _across(one)) for one in tests]) for name, tests in elements]
    needed: dict[str, set[str]] = {name: set() for name, _ in listed}
    for name, tests in listed:
        for own, other, theirs in (compared for _, compared in tests if compared):
            needed[name].add(own)
            needed[other].add(theirs)
    for name, tests in listed:
        across = [one for one, compared in tests if compared]
        yield (
            name,
            [
                *(one for one, compared in tests if not compared),
                *({"$ex": {field: 1}} for field in sorted(needed[name])),
                *across,
                *across[-1:],
            ],
        )


def _across(test: Test) -> tuple[str, str, str] | None:
    """Give the field, the other element and its field, if a test compares two elements."""
    key, body = next(iter(test.items()))
    if key.startswith("$"):
        key, body = next(iter(body.items()))
    if isinstance(body, dict):
        return key, *next(iter(body.items()))
    return None


def _field(test: Test) -> str:
    key, body = next(iter(test.items()))
    return str(next(iter(body))) if key.startswith("$") else key


@frozen(eq=False)
class Shard:
    """Definitions that make up one ruleset.

    Attributes:
        definitions: The definitions.
        fields: The fields that they ask of each type of fact.
    """

    definitions: list[Definition]
    fields: dict[str, set[str]]


def sharded(definitions: Iterable[Definition]) -> list[Shard]:
    """Divide definitions into as many rulesets as they need."""
    shards: list[Shard] = []
    for one in definitions:
        fields = one.fields
        if not shards or not _has_room(shards[-1], fields):
            shards.append(Shard([], {}))
        shards[-1].definitions.append(one)
        for typed, asked in fields.items():
            shards[-1].fields.setdefault(typed, set()).update(asked)
    return shards


def _has_room(shard: Shard, fields: dict[str, frozenset[str]]) -> bool:
    together = (len(asked.union(shard.fields.get(typed, ()))) for typed, asked in fields.items())
    return len(shard.definitions) < MOST_DEFINITIONS and max(together) <= MOST_FIELDS


# --- what is on one event -------------------------------------------------------------


def of_events(plan: Plan, layout: OwnLayout) -> Iterator[Definition]:
    """Define what a plan asks of the event that opens a case."""
    typed: Test = {"type": own_type(plan)}
    for section, choices in layout.sections.items():
        for place, choice in enumerate(choices):
            if choice.columns:
                for is_certain in (True, False):
                    meaning = Meaning("own", place * 2 + (not is_certain), section)
                    tests = (typed, *_held(choice.columns, is_certain=is_certain))
                    yield Definition(meaning, (("s", tests),))


def _held(columns: Iterable[int], *, is_certain: bool) -> Iterator[Test]:
    for number in columns:
        yield {f"c{number}": "yes"} if is_certain else {"$neq": {f"c{number}": "no"}}


def own_type(plan: Plan) -> str:
    """Give the type of the fact of an event that opens a case."""
    return f"t{plan.number}"


# --- what is on a pair of events --------------------------------------------------------


def of_pairs(plan: Plan, layout: PairLayout) -> Iterator[Definition]:
    """Define which events fit a relation."""
    sought: Test = {"type": sought_type(plan, layout)}
    found: Test = {"type": found_type(plan, layout)}
    for number in sorted({one for choice in layout.choices for one in choice.counted}):
        join = layout.joins[number]
        tests = (found, {f"k{join.key}": {"s": f"k{join.other}"}})
        yield Definition(Meaning("meets", number), (("s", (sought,)), ("r", tests)))
    for mode in layout.modes:
        for place, choice in enumerate(layout.choices):
            for is_certain in (True, False):
                meaning = Meaning("pair", layout.place(mode, place, is_certain=is_certain))
                held = tuple(_held(choice.columns, is_certain=is_certain))
                timed = tuple(_in_time(layout, mode, is_certain=is_certain))
                for on_trigger, own, across in _joins(layout, choice.joins, is_certain=is_certain):
                    left = (sought, *on_trigger)
                    yield Definition(
                        meaning, (("s", left), ("r", (found, *held, *own, *across, *timed)))
                    )


def _joins(
    layout: PairLayout, joins: tuple[int, ...], *, is_certain: bool
) -> Iterator[tuple[list[Test], list[Test], list[Test]]]:
    """Give the ways in which joins hold: tests of the trigger, of the other, of both.

    A join may hold as one side is loose; that is a definition of its own, since `$or`
    beside a join loses matches and invents others (durable-rules 2.0.28).
    """
    ways = ("firm",) if is_certain else ("shared", "trigger", "related")
    for chosen in product(ways, repeat=len(joins)):
        on_trigger: list[Test] = []
        own: list[Test] = []
        across: list[Test] = []
        for number, way in zip(joins, chosen, strict=True):
            join = layout.joins[number]
            if way == "firm":
                on_trigger.append({f"f{number}": "yes"})
                own.append({f"f{number}": "yes"})
            if way in {"firm", "shared"}:
                across.append({f"k{join.key}": {"s": f"k{join.other}"}})
            else:
                (on_trigger if way == "trigger" else own).append({f"l{number}": "yes"})
        yield on_trigger, own, across


def _in_time(layout: PairLayout, mode: Mode, *, is_certain: bool) -> Iterator[Test]:
    if layout.may_meet_itself:
        yield {"$neq": {"ev": {"s": "ev"}}}
    if mode != "free":
        yield from _ordered(layout, "s", "lo", "hi", is_certain=is_certain)
    if mode == "due" and is_certain:
        yield {"$lte": {"at-hi": {"s": "due-first"}}}
    elif mode == "due":
        yield {"$lte": {"at-lo": {"s": "due-last"}}}


def _ordered(
    layout: PairLayout, other: str, first: str, last: str, *, is_certain: bool
) -> Iterator[Test]:
    """Test an event to be where a relation wants it in time.

    What refers to an event came after it, unless the times rule that out.
    """
    order, follows = layout.relation.related.order, layout.relation.follows
    if order is Order.BEFORE:
        if is_certain or follows:
            yield {"$lt": {"hi": {other: first}}}
        else:
            yield {"$lte": {"lo": {other: last}}}
    elif order is Order.AFTER:
        if is_certain and not follows:
            yield {"$gt": {"lo": {other: last}}}
        else:
            yield {"$gte": {"hi": {other: first}}}


def sought_type(plan: Plan, layout: PairLayout) -> str:
    """Give the type of the fact of a trigger that a relation is sought for."""
    return f"s{plan.number}-{layout.relation.number}"


def found_type(plan: Plan, layout: PairLayout) -> str:
    """Give the type of the fact of an event that a relation looks for."""
    return f"r{plan.number}-{layout.relation.number}"


# --- steps that come in an order --------------------------------------------------------


def of_steps(plan: Plan, layouts: tuple[PairLayout, ...]) -> Iterator[Definition]:
    """Define in which order the steps of a case came; `layouts` are those of its steps."""
    for number, layout in enumerate(layouts[:-1]):
        later: tuple[Test, ...] = ({"type": step_type(plan, number + 1)},)
        typed: Test = {"type": step_type(plan, number)}
        same_case: Test = {"case": {"s": "case"}}
        for is_certain in (True, False):
            meaning = Meaning("step", number * 2 + (not is_certain))
            ordered = tuple(_ordered(layout, "s", "from-lo", "from-hi", is_certain=is_certain))
            apart: Test = {"$neq": {"ev": {"s": "ev"}}}
            together: Test = {"ev": {"s": "ev"}}
            yield Definition(meaning, (("s", later), ("r", (typed, same_case, apart, *ordered))))
            yield Definition(meaning, (("s", later), ("r", (typed, same_case, together))))


def step_type(plan: Plan, number: int) -> str:
    """Give the type of the fact of a step of a case."""
    return f"h{plan.number}-{number}"


# --- duties at the clock ----------------------------------------------------------------

PAST_FIRST, PAST_LAST, GONE, MAYBE_GONE = range(4)


def of_duties() -> Iterator[Definition]:
    """Define what time makes of a duty."""
    now: Test = {"type": CLOCK}
    for typed in (DUTY, LATE):
        duty: Test = {"type": typed}
        tests: dict[int, tuple[Test, ...]] = {
            PAST_LAST: (duty, {"$lt": {"last": {"s": "now"}}}),
            GONE: (duty, {"left": "yes"}, {"$lte": {"last": {"s": "now"}}}),
            MAYBE_GONE: (duty, {"$neq": {"left": "no"}}, {"$lte": {"last": {"s": "now"}}}),
        }
        if typed == DUTY:
            tests[PAST_FIRST] = (duty, {"$lt": {"first": {"s": "now"}}})
        for bit, listed in tests.items():
            yield Definition(Meaning("clock", bit), (("s", (now,)), ("r", listed)))
