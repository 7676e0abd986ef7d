"""Durable-rules driven bare: ready-made rows, each rule in its certain and possible form."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from councilrules.cases import bearers
from councilrules.engines._plans import Asked, Plan, alternatives, plans
from councilrules.engines._record import Record
from councilrules.rules import AllOf
from councilrules.situations import Situations, View
from councilrules.situations.jurisdiction import Jurisdiction
from councilrules.truth import Truth
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from councilrules import Event, Register, Rulebook

Row = dict[str, str]
_WORDS = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "?"}
_MOST_DEFINITIONS = 40


class Bare:
    """Rules on single events as definitions, and events as flat rows of truths.

    Attributes:
        rows: The rows, one for each event, with the rulesets that it is for.
        hits: What was found to be breached: event and clause.
    """

    def __init__(self, rulebook: Rulebook, register: Register, events: Sequence[Event]) -> None:
        """Make the rows and the definitions; none of that is timed."""
        made = plans(rulebook)
        record = Record(made, events[-1].at.last, frozenset())
        situations = Situations(rulebook, register, record)
        jurisdiction = Jurisdiction(rulebook, situations, None)
        self.hits: set[tuple[str, str]] = set()
        self._columns: dict[tuple[str, Asked], str] = {}
        self._rulesets: dict[str, dict[str, Any]] = {}
        self._places: dict[str, set[str]] = {}
        for kind, listed in sorted(made.by_trigger.items()):
            for plan in listed:
                self._define(kind, plan)
        self._host = _host(self._rulesets)
        self.rows = [
            (
                sorted(self._places[kind_of(one).name]),
                self._row(one, made.by_trigger, situations, jurisdiction),
            )
            for one in events
        ]

    def run(self) -> None:
        """Assert and retract every row."""
        host = self._host
        for places, row in self.rows:
            for place in places:
                host.assert_fact(place, row)
                host.retract_fact(place, row)

    # --- definitions ----------------------------------------------------------------------

    def _define(self, kind: str, plan: Plan) -> None:
        rule = plan.rule
        needed = alternatives(AllOf((rule.trigger.condition, *rule.further)), answering=False)
        excused = [one for _, one in rule.exceptions]
        for opening in needed:
            literals = [(f"bound{plan.number}", "yes"), *self._literals(kind, opening)]
            answers = [(self._column(kind, Asked(one, answering=True)), "no") for one in excused]
            self._add(kind, literals + answers, rule.clause)
            for one in excused:
                column = self._column(kind, Asked(one, answering=True))
                self._add(kind, [*literals, (column, "yes")], None)
            self._add(kind, literals, None, is_possible=True)

    def _literals(self, kind: str, opening: tuple[Asked, ...]) -> Iterator[tuple[str, str]]:
        for one in opening:
            column = self._column(kind, Asked(one.condition, one.answering))
            yield column, "yes" if one.holds else "no"

    def _column(self, kind: str, asked: Asked) -> str:
        return self._columns.setdefault((kind, asked), f"c{len(self._columns)}")

    def _add(
        self,
        kind: str,
        literals: list[tuple[str, str]],
        clause: str | None,
        *,
        is_possible: bool = False,
    ) -> None:
        """Add a definition to the last ruleset, or to a new one where that is full."""
        if (
            not self._rulesets
            or len(self._rulesets[f"s{len(self._rulesets)}"]) >= _MOST_DEFINITIONS
        ):
            name = f"s{len(self._rulesets) + 1}"
            anything = {"all": [{"m": {"$ex": {"type": 1}}}], "run": lambda _: None}
            self._rulesets[name] = {"anything": anything}
        name = f"s{len(self._rulesets)}"
        opposite = {"yes": "no", "no": "yes"}
        tests: list[dict[str, Any]] = [{"type": kind}]
        tests += [
            {"$neq": {column: opposite[word]}} if is_possible else {column: word}
            for column, word in literals
        ]
        ruleset = self._rulesets[name]
        ruleset[f"d{len(ruleset)}"] = {"all": [{"m": {"$and": tests}}], "run": self._action(clause)}
        self._places.setdefault(kind, set()).add(name)

    def _action(self, clause: str | None) -> Any:  # noqa: ANN401 - as durable-rules calls it
        def fired(context: Any) -> None:  # noqa: ANN401 - as above
            if clause is not None:
                self.hits.add((context.m.event, clause))

        return fired

    # --- rows -----------------------------------------------------------------------------

    def _row(
        self,
        event: Event,
        by_trigger: Any,  # noqa: ANN401 - plans by kind
        situations: Situations,
        jurisdiction: Jurisdiction,
    ) -> Row:
        kind = kind_of(event).name
        row = {"id": event.id, "event": event.id, "type": kind}
        for plan in by_trigger[kind]:
            (bearer,) = bearers(plan.rule, event)
            view = View(event, plan.rule.bearer, bearer)
            row[f"bound{plan.number}"] = _WORDS[jurisdiction.bound(plan.rule, view).truth]
            for (of, asked), column in self._columns.items():
                if of == kind and column not in row:
                    found = situations.truth_of(asked.condition, view, answering=asked.answering)  # type: ignore[arg-type]  # rules on single events ask nothing else
                    row[column] = _WORDS[found.truth]
        return row


def _host(rulesets: dict[str, dict[str, Any]]) -> Any:  # noqa: ANN401 - durable-rules has no types
    engine = import_module("durable.engine")

    class Quiet(engine.Host):  # type: ignore[misc, name-defined]  # as above
        """A host without the two threads that would run actions behind our back."""

        def _run(self) -> None:
            return

    return Quiet(rulesets)
