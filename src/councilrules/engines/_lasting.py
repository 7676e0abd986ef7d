"""Findings on what lasts: relationships of the register, and standing duties."""

from __future__ import annotations

from bisect import bisect
from functools import cached_property
from typing import TYPE_CHECKING

from councilrules.cases import bearers, finding_of
from councilrules.cases.standing import StandingDuties
from councilrules.engines._edges import edges_of
from councilrules.events.record import JudgementRecorded
from councilrules.findings import Finding
from councilrules.rules import Modality
from councilrules.situations.relationships import relationship_events
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from datetime import datetime

    from councilrules.engines._plans import Plan, Plans
    from councilrules.engines._record import Record
    from councilrules.engines._settling import Settler
    from councilrules.events import Event
    from councilrules.rules import Rule

RELATIONSHIP = "relationship-held"

Findings = dict[object, tuple[Finding | None, Finding | None]]
"""Findings before and after, by case."""


class Lasting:
    """Finds afresh, each time that something may have changed, what lasts.

    There is little of it, and the clock has a part in all of it.

    Attributes:
        findings: What was found last, by what it is on.
    """

    def __init__(
        self, plans: Plans, record: Record, settler: Settler, asked: frozenset[str]
    ) -> None:
        """Find what lasts at the clock of the record."""
        self._plans = plans
        self._record = record
        self._settler = settler
        self._asked = asked
        self.findings = self._found()

    def is_touched(self, event: Event) -> bool:
        """Tell whether an event may bear on what lasts."""
        if not (self._standing or self._relating):
            return False
        return isinstance(event, JudgementRecorded) or kind_of(event).name in self._kinds_beside

    def changes_between(self, was: datetime, now: datetime) -> bool:
        """Tell whether the clock alone can have changed what lasts."""
        if not (self._standing or self._relating):
            return False
        return bisect(self._edges, was) != bisect(self._edges, now)

    def refreshed(self) -> Findings:
        """Find it afresh, and give what has changed since the last time."""
        before, self.findings = self.findings, self._found()
        pairs = {
            key: (before.get(key), self.findings.get(key)) for key in {**before, **self.findings}
        }
        return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}

    @cached_property
    def _standing(self) -> tuple[Rule, ...]:
        rules = self._plans.rulebook.rules
        return tuple(rule for rule in rules if rule.modality is Modality.STANDING)

    @cached_property
    def _relating(self) -> tuple[Plan, ...]:
        if not self._settler.situations.register.relationships:
            return ()
        return self._plans.by_trigger.get(RELATIONSHIP, ())

    @cached_property
    def _edges(self) -> list[datetime]:
        """Give the instants at which the clock alone can change what lasts."""
        in_force = self._settler.jurisdiction.in_force
        return edges_of(self._settler.situations.register, in_force)

    @cached_property
    def _kinds_beside(self) -> frozenset[str]:
        """Give the kinds of event that bear on relationships."""
        relations = (one for plan in self._relating for one in plan.relations.values())
        return frozenset(kind for one in relations for kind in one.related.pattern.kinds)

    def _found(self) -> dict[object, Finding]:
        found = self._on_relationships()
        as_of = self._record.as_of
        standing = StandingDuties(
            situations=self._settler.situations,
            jurisdiction=self._settler.jurisdiction,
            as_of=as_of,
        )
        for rule in self._standing:
            for finding in standing.findings(rule, asked=rule.clause in self._asked):
                found[finding.key] = finding
        return found

    def _on_relationships(self) -> dict[object, Finding]:
        found: dict[object, Finding] = {}
        if not self._relating:
            return found
        as_of, rulebook = self._record.as_of, self._plans.rulebook
        events = relationship_events(self._settler.situations.register, as_of)
        for plan in self._relating:
            for place, event in enumerate(events):
                for bearer in bearers(plan.rule, event):
                    case = self._settler.case(plan, event, bearer)
                    if case.status is not None:
                        key = (plan.number, event.id, bearer, place)
                        found[key] = finding_of(case, case.status, rulebook, as_of)
        return found
