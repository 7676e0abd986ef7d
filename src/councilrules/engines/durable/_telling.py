"""Tells durable-rules what holds of events, and takes in what fires."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from councilrules.engines.durable._definitions import (
    CATCH_ALL,
    CLOCK,
    DUTY,
    LATE,
    MOST_FIELDS,
    Definition,
    Meaning,
    found_type,
    of_duties,
    of_events,
    of_pairs,
    of_steps,
    own_type,
    sharded,
    sought_type,
    step_type,
)
from councilrules.engines.durable._known import Found, Pair, Sought, Told, Tried
from councilrules.engines.durable._layouts import OwnLayout, PairLayout, own_layout, pair_layout
from councilrules.engines.durable._rows import Names, variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.engines._plans import Plan, Relation
    from councilrules.engines.durable._process import Firing, Process
    from councilrules.engines.durable._rows import Row

AT_ONCE = 400
"""How many commands to send at once, so that rows are made while others are matched."""


class Teller:
    """Tells one process of one rulebook; rulesets are defined when a fact first needs them.

    Attributes:
        process: The process.
        names: The tokens that stand for names.
        own_layouts: What is asked of single events, by rule.
        pair_layouts: What is asked of pairs, by rule and relation.
        paired: The pairs that fired and were not looked at yet.
        aged: The cases whose duty the clock has changed, likewise.
    """

    def __init__(self, process: Process) -> None:
        """Take the process, which knows of nothing else."""
        self.process = process
        self.names = Names()
        self.own_layouts: dict[int, OwnLayout] = {}
        self.pair_layouts: dict[tuple[int, int], PairLayout] = {}
        self.paired: list[tuple[Sought, Found]] = []
        self.aged: list[Tried] = []
        self._meanings: list[Meaning] = []
        self._rulesets = 0
        self._places: dict[str, list[tuple[str, set[str]]]] = {}
        self._addressed: dict[str, str] = {}
        self._told = 0
        self._owners: dict[int, object] = {}

    # --- rulesets -----------------------------------------------------------------------

    def lay_out(self, plans: Iterable[Plan]) -> None:
        """Define what some plans ask of the events that open their cases."""
        definitions: list[Definition] = []
        for plan in plans:
            if plan.number not in self.own_layouts:
                layout = self.own_layouts[plan.number] = own_layout(plan)
                definitions += of_events(plan, layout)
        self._define(definitions)

    def pair_layout(self, plan: Plan, relation: Relation) -> PairLayout:
        """Give what a relation asks of pairs; its plan's relations are defined first."""
        if (plan.number, relation.number) not in self.pair_layouts:
            definitions: list[Definition] = []
            for one in plan.relations.values():
                layout = pair_layout(plan, one)
                self.pair_layouts[plan.number, one.number] = layout
                definitions += of_pairs(plan, layout)
            self._define(definitions)
        return self.pair_layouts[plan.number, relation.number]

    def steps(self, plan: Plan) -> tuple[PairLayout, ...]:
        """Give the layouts of the steps of a plan that have to come in an order."""
        if len(plan.rule.required) < 2:  # noqa: PLR2004 - an order takes two
            return ()
        relations = (plan.relation(one, answering=True) for one in plan.rule.required)
        layouts = tuple(self.pair_layout(plan, one) for one in relations)
        if step_type(plan, 0) not in self._places:
            self._define(of_steps(plan, layouts))
        return layouts

    def _define(self, definitions: Iterable[Definition]) -> None:
        for shard in sharded(definitions):
            name = f"x{self._rulesets}"
            self._rulesets += 1
            rules = {}
            for definition in shard.definitions:
                rules[f"d{len(self._meanings)}"] = definition.made()
                self._meanings.append(definition.meaning)
            rules[CATCH_ALL] = {"all": [{"s": {"$and": [{"$ex": {"type": 1}}]}}]}
            self.process.define(name, rules)
            for typed, fields in shard.fields.items():
                self._places.setdefault(typed, []).append((name, fields))
                names = [one for one, _ in self._places[typed]]
                self._addressed[typed] = json.dumps(names)

    # --- facts --------------------------------------------------------------------------

    def flash(self, tried: Tried, row: Row) -> None:
        """Tell of an event that may open a case; that it may fires at once, or never."""
        told = self._made(own_type(tried.plan), row, tried)
        tried.numbers.append(told.number)
        self.process.flash_fact(told.number, told.text)
        self._send()

    def tell_sought(self, sought: Sought, row: Row) -> None:
        """Tell of a trigger that a relation is sought for."""
        typed = sought_type(sought.case.plan, sought.layout)
        for variant, tokens in variants(row, sought.sides):
            sought.facts.append(self._assert(typed, variant, (sought, tokens)))

    def tell_found(self, plan: Plan, found: Found, row: Row) -> None:
        """Tell of an event that a relation looks for."""
        typed = found_type(plan, found.layout)
        for variant, tokens in variants(row, found.sides):
            found.facts.append(self._assert(typed, variant, (found, tokens)))

    def tell_step(self, tried: Tried, number: int, event: str, row: Row) -> None:
        """Tell of a step of a case."""
        told = self._assert(step_type(tried.plan, number), row, (tried, number, event))
        tried.steps[number, event] = told

    def tell_duty(self, tried: Tried, *, is_late: bool = False) -> None:
        """Tell of a duty; of one whose time may be over, only when it surely is."""
        duty = tried.duty
        assert duty is not None  # noqa: S101 - only called for duties
        if DUTY not in self._places:
            self._define(of_duties())
        row: Row = {"last": duty.last, "left": duty.left}
        if not is_late:
            row["first"] = duty.first
        tried.is_late = is_late
        tried.clocked = self._assert(LATE if is_late else DUTY, row, tried)

    def tell_clock(self, now: int) -> Told:
        """Tell what time it is."""
        if CLOCK not in self._places:
            self._define(of_duties())
        return self._assert(CLOCK, {"now": now}, None)

    def _assert(self, typed: str, row: Row, owner: object) -> Told:
        told = self._made(typed, row, owner)
        self.process.assert_fact(told.number, told.text)
        self._send()
        return told

    def _made(self, typed: str, row: Row, owner: object) -> Told:
        self._told += 1
        number = self._told
        self._owners[number] = owner
        # The id is durable-rules' own, and no use in a join: those on it silently fail for
        # some orders of arrival (durable-rules 2.0.28).
        if len(row) + 3 <= MOST_FIELDS:
            told = f'{{"id":"f{number}","n":{number},"type":"{typed}"{_written(row)}}}'
            return Told(number, f"{self._addressed[typed]},{told}")
        # A fact that is too wide goes to each ruleset with no more than is asked there.
        fact: Row = {"id": f"f{number}", "n": number, "type": typed, **row}
        return Told(number, f"null,{json.dumps(list(self._narrowed(typed, fact)))}")

    def _narrowed(self, typed: str, fact: Row) -> Iterator[tuple[str, Row]]:
        for name, fields in self._places[typed]:
            kept = {"id", "n", *fields}
            yield name, {field: value for field, value in fact.items() if field in kept}

    def retract(self, told: Iterable[Told]) -> None:
        """Take facts back, the last first."""
        for one in reversed(list(told)):
            self._owners.pop(one.number, None)
            self.process.retract_fact(one.number, one.text)
        self._send()

    def forget(self, numbers: Iterable[int]) -> None:
        """Let go of facts that do not stand."""
        for number in numbers:
            self._owners.pop(number, None)

    # --- what fires ---------------------------------------------------------------------

    def _send(self) -> None:
        if self.process.waiting >= AT_ONCE:
            self._take_in(self.process.send())

    def settle(self) -> None:
        """Send what is left to send, and take in every answer."""
        self._take_in(self.process.send())
        self._take_in(self.process.receive())

    def _take_in(self, fired: list[Firing]) -> None:
        owners, meanings = self._owners, self._meanings
        for number, first, second in fired:
            meaning = meanings[number]
            one, two = owners.get(first), owners.get(second)
            match meaning.kind:
                case "own":
                    if isinstance(one, Tried):
                        bits = one.bits.get(meaning.section, 0)
                        one.bits[meaning.section] = bits | 1 << meaning.bit
                case "clock":
                    if isinstance(two, Tried):
                        two.past |= 1 << meaning.bit
                        self.aged.append(two)
                case "step":
                    if one is not None and two is not None:
                        _take_in_step(meaning, one, two)
                case _:
                    if one is not None and two is not None:
                        self._take_in_pair(meaning, one, two)

    def _take_in_pair(self, meaning: Meaning, one: object, two: object) -> None:
        sought, tokens = one  # type: ignore[misc]  # so `tell_sought` has it
        found, _ = two  # type: ignore[misc]  # so `tell_found` has it
        pair = sought.pairs.get(found)  # type: ignore[has-type]  # as above
        if pair is None:
            pair = sought.pairs[found] = Pair()  # type: ignore[has-type]  # as above
            found.sought[sought] = None  # type: ignore[has-type]  # as above
            self.paired.append((sought, found))  # type: ignore[has-type]  # as above
        if meaning.kind == "pair":
            pair.bits |= 1 << meaning.bit
        else:
            other = sought.layout.joins[meaning.bit].other  # type: ignore[has-type]  # as above
            pair.shared.setdefault(meaning.bit, set()).add(tokens[other])  # type: ignore[has-type]  # as above


def _take_in_step(meaning: Meaning, one: object, two: object) -> None:
    tried, _, later = one  # type: ignore[misc]  # so `tell_step` has it
    _, number, earlier = two  # type: ignore[misc]  # so `tell_step` has it
    key = (number, earlier, later)  # type: ignore[has-type]  # as above
    tried.ordered[key] = tried.ordered.get(key, 0) | 1 << (meaning.bit % 2)  # type: ignore[has-type]  # as above


def _written(row: Row) -> str:
    """Write fields in JSON, of which there is nothing to escape: tokens and our own words."""
    return "".join(
        [
            f',"{name}":"{value}"' if type(value) is str else f',"{name}":{value}'
            for name, value in row.items()
        ]
    )
