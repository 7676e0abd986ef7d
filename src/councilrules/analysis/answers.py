"""The answers to the questions of a rule about one case of a scenario, by the reference."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.analysis.outcomes import BITS, NO_FINDING, Reading, bit
from councilrules.cases import bearers
from councilrules.findings import GRAVITY
from councilrules.history import names
from councilrules.reference import Cases
from councilrules.reference.conditions import in_order, lasting_of
from councilrules.rules import Related
from councilrules.situations import View
from councilrules.situations.deadlines import deadline
from councilrules.truth import Truth, truth
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from councilrules.analysis.formulas import Ask, Formula, Search
    from councilrules.events import Event
    from councilrules.situations.deadlines import Deadline


class Answers:
    """Answers what a rule asks of one case: an event, and one who is to answer for it."""

    def __init__(self, cases: Cases, formula: Formula, event: Event, bearer: str | None) -> None:
        """Take the case."""
        self._cases = cases
        self._rule = formula.rule
        self._seen = View(event, formula.rule.bearer, bearer)
        self._parts: dict[str, Truth] | None = None

    @cached_property
    def view(self) -> View:
        """Give the event as the rule sees it."""
        return evolve(self._seen, part=self._cases.jurisdiction.part(self._rule, self._seen))

    @cached_property
    def due(self) -> Deadline:
        """Give by when the duty has to be done."""
        return deadline(self._rule, self._cases.rulebook, self._seen.event)

    def reading(self) -> Reading[Event]:
        """Give the answers as something that a formula can be worked out with."""
        return Reading(answer=self.answer, others=self.others)

    def others(self, search: Search) -> Sequence[Event]:
        """Give the events that a search has to try."""
        by_kind = self._cases.history.by_kind
        kinds = search.relation.pattern.kinds or tuple(by_kind)
        return [event for kind in kinds for event in by_kind.get(kind, ())]

    def answer(self, ask: Ask, other: Event | None, anchor: Event | None) -> int:
        """Give the truth that is the answer to a question, as a set of one."""
        return self._outcome() if ask.topic == "standing" else bit(self.truth(ask, other, anchor))

    def truth(self, ask: Ask, other: Event | None, anchor: Event | None) -> Truth:
        """Give the answer to a question."""
        if other is not None and isinstance(ask.condition, Related):
            return self._of_other(ask, ask.condition, other, anchor)
        conditions = self._cases.conditions
        match ask.topic:
            case "condition" if ask.condition is not None:
                seen = self.view if other is None else View(other)
                trigger = None if other is None else self.view
                found = conditions.holds(
                    ask.condition, seen, answering=ask.answering, trigger=trigger
                )
                return found.truth
            case "happened":
                return conditions.situations.happened(self._seen.event, answering=False).truth
            case "opens":
                return truth(self._opens())
            case "unrecorded":
                return self._unrecorded(ask)
            case "left" | "left-office":
                return self._of_time(ask.topic)
            case "barred":
                about = f"unless:barred-by-{ask.about}"
                found_ = self._cases.yielding(self._rule, self.view)
                return next(one.truth for one in found_ if one.about == about)
            case _:
                return self._jurisdiction(ask.topic)

    def _of_other(self, ask: Ask, relation: Related, other: Event, anchor: Event | None) -> Truth:
        itself = other is self._seen.event
        match ask.topic:
            case "is-there":
                kinds = relation.pattern.kinds
                fits = not kinds or kind_of(other).name in kinds
                return truth(fits and (relation.or_itself or not itself))
            case "order":
                lasted = lasting_of(anchor, self.view)
                return in_order(relation, other, anchor or self._seen.event, lasted).truth
            case "in-time":
                return self.due.met_by(other).truth
            case _:
                answering = ask.answering and not itself
                return self._cases.conditions.situations.happened(other, answering=answering).truth

    def _of_time(self, topic: str) -> Truth:
        if topic == "left":
            return self.due.left(self._cases.history.as_of)
        return self._cases.left_office(self._rule, self.view, self.due).truth

    def _opens(self) -> bool:
        event = self._seen.event
        openers = self._cases.openers(self._rule)
        if names(event.repeats) or not any(one is event for one in openers):
            return False
        return self._seen.bearer in tuple(bearers(self._rule, event))

    def _unrecorded(self, ask: Ask) -> Truth:
        kinds = ask.condition.pattern.kinds if isinstance(ask.condition, Related) else ()
        open_ = self._cases.history.open_kinds.intersection(kinds)
        return Truth.UNKNOWN if open_ else Truth.FALSE

    def _jurisdiction(self, topic: str) -> Truth:
        if self._parts is None:
            jurisdiction = self._cases.jurisdiction
            seen = jurisdiction.seen(self._rule, self._seen)
            self._parts = {
                str(part.about): part.truth for part in jurisdiction.parts(self._rule, seen)
            }
        return self._parts.get(topic, Truth.TRUE)

    def _outcome(self) -> int:
        """Give what a standing duty comes to: the gravest of its findings."""
        found = {one.status for one in self._cases.standing.findings(self._rule, asked=True)}
        gravest = next((status for status in GRAVITY if status in found), None)
        return BITS[NO_FINDING if gravest is None else gravest.value]
