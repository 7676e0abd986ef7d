"""A question with what hangs on it, as its answers are tried."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.counterfactuals._seen import World
from councilrules.counterfactuals._trying import Trying
from councilrules.counterfactuals.listing import considered
from councilrules.events import Kind
from councilrules.history import names
from councilrules.situations.relationships import relationship_events
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from councilrules.counterfactuals.changes import Change
    from councilrules.events import Event
    from councilrules.findings import Finding, Want
    from councilrules.rules import Rule, Rulebook
    from councilrules.scenarios import Scenario


@frozen(kw_only=True, slots=False)
class Asked:
    """A question.

    Attributes:
        want: What is missing.
        findings: The findings that hang on it.
        rulebook: The rulebook, with the scenario's parameters.
        scenario: The scenario, which names the rulebook.
    """

    want: Want
    findings: tuple[Finding, ...]
    rulebook: Rulebook
    scenario: Scenario

    @cached_property
    def event(self) -> Event | None:
        """Give the event that it is about, if it is about one."""
        found = self.scenario.history.by_id.get(self.want.of)
        if found is not None or not self.want.of:
            return found
        made = relationship_events(self.scenario.register, self.scenario.history.as_of)
        return next((one for one in made if one.id == self.want.of), None)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Give the rules of the findings."""
        found = (self.rulebook.rule(one.clause, one.rule) for one in self.findings)
        return tuple(dict.fromkeys(found))

    def trying(self, finding: Finding) -> Trying:
        """Give what settles the case of a finding again."""
        return Trying(finding=finding, rule=self.rulebook.rule(finding.clause, finding.rule))

    @cached_property
    def _focused(self) -> dict[tuple[str, ...], Scenario]:
        return {one.key: self.trying(one).focused(self.scenario) for one in self.findings}

    def focused(self, finding: Finding) -> Scenario:
        """Give the scenario with those events only that the case of a finding can rest on."""
        return self._focused[finding.key]

    def changes(self, scenario: Scenario) -> tuple[Change, ...]:
        """Give the changes that are considered for the first of the cases."""
        for finding in self.findings:
            trying = self.trying(finding)
            tried = trying.on(scenario)
            if tried.case is not None:
                world = World(
                    cases=trying.cases(scenario),
                    scenario=scenario,
                    rule=trying.rule,
                    case=tried.case,
                )
                return considered(world)
        return ()

    def mentioned(self) -> tuple[str, ...]:
        """Give the events that the findings rest on, and what happened before them."""
        history = self.scenario.history
        kinds = frozenset().union(*(rule.kinds for rule in self.rules))
        on = [one.on for one in self.findings]
        alike = [one.id for one in history.read if kind_of(one).name in kinds]
        return tuple(dict.fromkeys((*on, *alike)))

    def matters(self) -> list[str]:
        """Give the matters that the scenario speaks of, and one that it does not."""
        register = self.scenario.register
        told = [one.matter for one in register.papers.values()]
        told += [one.matter for one in register.interests]
        found = [name for listed in told if isinstance(listed, tuple) for name in listed]
        for event in self.scenario.history.read:
            for field in kind_of(event).fields.values():
                if field.kind is Kind.MATTER:
                    found += names(getattr(event, field.attribute))
        return [*dict.fromkeys(found)]
