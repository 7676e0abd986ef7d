"""A case of a finding, settled again on other facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules import reference
from councilrules.cases import bearers
from councilrules.findings import Because, Status
from councilrules.rules import Modality
from councilrules.situations import View
from councilrules.situations.relationships import relationship_events

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.cases import Case
    from councilrules.counterfactuals.changes import Change
    from councilrules.events import Event
    from councilrules.findings import Finding
    from councilrules.rules import Rule
    from councilrules.scenarios import Scenario

Signature = tuple[int, ...]


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


@frozen(kw_only=True)
class Trying:
    """Settles the case of one finding again and again.

    Attributes:
        finding: The finding.
        rule: Its rule.
        rulebook: The id of its rulebook, which every scenario names.
    """

    finding: Finding
    rule: Rule

    def cases(self, scenario: Scenario) -> reference.Cases:
        """Give the cases of a scenario."""
        named = next(
            one for one in scenario.rulebooks if one.rulebook.id == self.finding.rulebook
        )
        return reference.Cases(
            named.rulebook, scenario.register, scenario.history, named.in_force
        )

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
            (
                one
                for one in related
                if (one.id, one.by) == (self.finding.on, self.finding.bearer)
            ),
            None,
        )

    def _standing(self, cases: reference.Cases, scenario: Scenario) -> Tried:
        asked = self.rule.clause in scenario.asked(self.finding.rulebook)
        found = list(cases.standing.findings(self.rule, asked=asked))
        same = [one for one in found if one.on == self.finding.on]
        statuses = {one.status for one in found}
        status = same[0].status if same else None
        if not same and statuses == {Status.MET}:
            status = Status.MET
        shown = same[0] if same else self.finding
        case = cases.standing.case(self.rule, shown)
        signature = tuple(sorted(hash((one.on, one.status)) for one in found))
        return Tried(status=status, case=case, signature=signature)


def _sign(because: Because, found: list[int]) -> None:
    found.append(because.truth.value)
    for part in because.parts:
        _sign(part, found)
    found.append(-1)
