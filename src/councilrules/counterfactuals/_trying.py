"""A case of a finding, settled again on other facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules import reference
from councilrules.cases import bearers
from councilrules.counterfactuals._focus import focused
from councilrules.events import Proof
from councilrules.findings import GRAVITY, Because, Status, best
from councilrules.rules import Modality
from councilrules.situations import View
from councilrules.situations.relationships import relationship_events
from councilrules.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.cases import Case
    from councilrules.counterfactuals.changes import Change
    from councilrules.events import Event
    from councilrules.findings import Finding
    from councilrules.rules import Rule
    from councilrules.scenarios import Scenario

Signature = tuple[int, ...]

_FEW = 30


@frozen(kw_only=True)
class Tried:
    """What a case comes to on some facts.

    Attributes:
        status: Its status; `None` if there is no finding any more.
        case: The case; `None` if nothing opens it any more.
        signature: The truths it comes from, to tell whether a change alters any.
    """

    status: Status | None
    case: Case | None = None
    signature: Signature = ()

    @property
    def is_alleged(self) -> bool:
        """Tell whether it is a breach on facts that are only alleged."""
        if self.case is None or self.status is not Status.BREACHED:
            return False
        return min(self.case.trigger.proof, self.case.excused.proof) is Proof.ALLEGED

    @property
    def excused_by(self) -> str | None:
        """Give the exception that excuses, if one does."""
        if self.case is None or self.status is not Status.EXCUSED:
            return None
        holding = [part for part in self.case.excused.parts if part.truth is Truth.TRUE]
        return str(best(holding).about).removeprefix("unless:")


@frozen(kw_only=True)
class Trying:
    """Settles the case of one finding again and again.

    Attributes:
        finding: The finding.
        rule: Its rule, of a rulebook that every scenario names.
    """

    finding: Finding
    rule: Rule

    def cases(self, scenario: Scenario) -> reference.Cases:
        """Give the cases of a scenario."""
        named = next(one for one in scenario.rulebooks if one.rulebook.id == self.finding.rulebook)
        return reference.Cases(named.rulebook, scenario.register, scenario.history, named.in_force)

    def focused(self, scenario: Scenario) -> Scenario:
        """Give a scenario with those events only that the case can rest on."""
        if len(scenario.history.events) <= _FEW:
            return scenario
        rules = [self.rule]
        if self.rule.denies is not None:
            book = self.cases(scenario).rulebook
            rules += [one for name in book[self.rule.clause].subject_to for one in book[name].rules]
        return focused(scenario, rules, self.finding.on)

    def after(self, scenario: Scenario, changes: Iterable[Change]) -> Tried:
        """Settle the case as it would be after some changes."""
        for change in changes:
            scenario = change.apply(scenario)
        return self.on(scenario)

    def on(self, scenario: Scenario, bearer: str | None = None) -> Tried:
        """Settle the case on a scenario.

        Args:
            scenario: The facts.
            bearer: Who answers, if that is another than in the finding.
        """
        cases = self.cases(scenario)
        if self.rule.modality is Modality.STANDING:
            return self._standing(cases, scenario)
        event = self._opener(scenario)
        answers = bearer or self.finding.bearer
        if event is None or answers not in set(bearers(self.rule, event)):
            return Tried(status=None)
        case = cases.case(self.rule, View(event, self.rule.bearer, answers))
        found: list[int] = []
        _sign(case.because, found)
        found.append(case.left.value)
        return Tried(status=case.status, case=case, signature=tuple(found))

    def _opener(self, scenario: Scenario) -> Event | None:
        found = scenario.history.by_id.get(self.finding.on)
        if found is not None:
            return found
        related = relationship_events(scenario.register, scenario.history.as_of)
        return next(
            (one for one in related if (one.id, one.by) == (self.finding.on, self.finding.bearer)),
            None,
        )

    def _standing(self, cases: reference.Cases, scenario: Scenario) -> Tried:
        asked = self.rule.clause in scenario.asked(self.finding.rulebook)
        found = list(cases.standing.findings(self.rule, asked=asked))
        same = [one for one in found if one.on == self.finding.on]
        # A stretch of failure that begins on another day is another case of the same duty.
        status = min((one.status for one in same or found), key=GRAVITY.index, default=None)
        shown = same[0] if same else self.finding
        case = cases.standing.case(self.rule, shown)
        # Any change of the entries may lead further: of two, either would do alone.
        register = scenario.register
        signature = (hash((register.procedures, register.decisions)),)
        return Tried(status=status, case=case, signature=signature)


def _sign(because: Because, found: list[int]) -> None:
    found.append(because.truth.value)
    for part in because.parts:
        _sign(part, found)
    found.append(-1)
