"""One case of a scenario, and what it would come to if one answer were another."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from councilrules.analysis.answers import Answers
from councilrules.analysis.formulas import FALSE, TRUE, Ask, Doubt, Search, asks_in
from councilrules.analysis.outcomes import BITS, Reading
from councilrules.cases import bearers
from councilrules.findings import Status
from councilrules.history import names
from councilrules.reference import Cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.analysis.formulas import Formula, Node
    from councilrules.events import Event
    from councilrules.scenarios import Assessed, Scenario

_E = TypeVar("_E")


@frozen
class Forced(Reading[_E]):
    """Answers of which one is taken to be another.

    Attributes:
        node: The question, or the part of the formula, whose truth is set.
        about: The event that it is asked of; of a search, the event it is held against.
        truth: What its truth is set to.
    """

    node: Node = field(kw_only=True)
    about: _E | None = field(kw_only=True)
    truth: int = field(kw_only=True)

    def truths(self, node: Node, other: _E | None = None, anchor: _E | None = None) -> int:
        """Give the truths that a part of a formula may have."""
        if node is self.node and other is self.about:
            return self.truth
        return super().truths(node, other, anchor)

    def _found(self, search: Search, anchor: _E | None) -> int:
        if search is self.node and anchor is self.about:
            return self.truth
        return super()._found(search, anchor)


class Trial:
    """One case, each question of which is answered once.

    Attributes:
        cases: The cases of the scenario.
        formula: The rule as a formula.
        event: What opened the case.
        bearer: Who is to answer.
    """

    def __init__(self, cases: Cases, formula: Formula, event: Event, bearer: str | None) -> None:
        """Take the case."""
        self.cases = cases
        self.formula = formula
        self.event = event
        self.bearer = bearer
        self.answers = Answers(cases, formula, event, bearer)
        self._known: dict[tuple[int, int, int], int] = {}
        self._others: dict[int, tuple[Event, ...]] = {}
        self.outcome = self._reading().outcomes(formula)

    def _reading(self) -> Reading[Event]:
        return Reading(answer=self.answer, others=self.others)

    def _with(self, node: Node, about: Event | None, truth: int) -> Forced[Event]:
        return Forced(answer=self.answer, others=self.others, node=node, about=about, truth=truth)

    def answer(self, ask: Ask, other: Event | None, anchor: Event | None) -> int:
        """Give the truth that is the answer to a question, as a set of one."""
        key = (id(ask), id(other), id(anchor))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self.answers.answer(ask, other, anchor)
        return found

    def others(self, search: Search) -> tuple[Event, ...]:
        """Give the events that a search has to try."""
        found = self._others.get(id(search))
        if found is None:
            found = self._others[id(search)] = tuple(self.answers.others(search))
        return found

    def candidates(self, search: Search) -> tuple[Event, ...]:
        """Give the events that are what a search looks for by their kind."""
        itself = search.relation.or_itself
        return tuple(one for one in self.others(search) if itself or one is not self.event)

    def truth(self, node: Node, about: Event | None, anchor: Event | None = None) -> int:
        """Give the truth of a part of the formula, as a set of one."""
        return self._reading().truths(node, about, anchor)

    def forced(self, node: Node, about: Event | None, truth: int) -> int:
        """Give what the case would come to if one answer were another, in bits."""
        return self._with(node, about, truth).outcomes(self.formula)

    def named(
        self, node: Node | None = None, about: Event | None = None, truth: int = 0
    ) -> tuple[str, ...]:
        """Give the exceptions or gaps that the finding would name, were one answer another.

        That is the exception that excuses, or each gap that leaves the case undetermined.

        Args:
            node: The question, or the part of the formula; `None` to change nothing.
            about: The event that it is asked of.
            truth: What the answer would be.
        """
        reading = self._reading() if node is None else self._with(node, about, truth)
        outcome, gaps = reading.outcomes(self.formula), {gap for gap, _ in self.formula.rule.gaps}
        if outcome == BITS[Status.EXCUSED.value]:
            apply = [one for one in self.formula.exceptions if reading.truths(one[1]) == TRUE]
            # Of several the best proved is named, which is the first if all rest on one event.
            alike = not any(ask.of_other for _, one in apply for ask in asks_in(one))
            return (apply[0][0],) if len(apply) == 1 or alike else ()
        if outcome == BITS[Status.UNDETERMINED.value]:
            open_ = (
                name for name, one in self.formula.exceptions
                if name in gaps and isinstance(one, Doubt) and reading.truths(one.part) == TRUE
            )  # fmt: skip
            return tuple(open_)
        return ()

    def decides(self, node: Node, about: Event | None) -> bool:
        """Tell whether the case hangs on one answer, all others being what they are."""
        return self.forced(node, about, TRUE) != self.forced(node, about, FALSE)


def trials(
    scenario: Scenario, assessed: Assessed, formulas: tuple[Formula, ...]
) -> Iterator[Trial]:
    """Give every case that a scenario opens, of each of some rules."""
    cases = Cases(assessed.rulebook, scenario.register, scenario.history, assessed.in_force)
    for one in formulas:
        for event in cases.openers(one.rule):
            if not names(event.repeats):
                for bearer in bearers(one.rule, event):
                    yield Trial(cases, one, event, bearer)
