"""Scenarios tried on mutants: each finds again only what the fault can have changed."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.assessing import Assessment
from councilrules.expecting import mismatches
from councilrules.reference import Cases, Found, found_by
from councilrules.rules import Modality
from councilrules.scenarios import Assessed, Expectation, Expected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from councilrules.analysis.mutants import Mutant
    from councilrules.expecting import Mismatch
    from councilrules.rules import Rule, Rulebook
    from councilrules.scenarios import Scenario


class Trial:
    """One scenario and the rulebook it is tried with, of which rules can be exchanged."""

    def __init__(self, scenario: Scenario, named: Assessed) -> None:
        """Take a scenario and what it says of the rulebook."""
        self.scenario = scenario
        self.rulebook = named.rulebook
        self._cases = Cases(named.rulebook, scenario.register, scenario.history, named.in_force)
        self._asked = scenario.asked(named.rulebook.id)
        self._found: dict[str, Found] = {}

    @cached_property
    def clauses(self) -> frozenset[str]:
        """Give the clauses of which the scenario expects something."""
        expected = self.scenario.expected
        return frozenset(one.clause for one in expected if one.rulebook == self.rulebook.id)

    def mismatches(self, found: Mapping[str, Found], clauses: Iterable[str]) -> list[Mismatch]:
        """Give what is not as expected of some clauses.

        Args:
            found: What rules find that differ from those of the rulebook, by their names.
            clauses: The clauses of these rules.
        """
        stated = [
            one
            for one in self.scenario.expected
            if one.rulebook == self.rulebook.id and one.clause in clauses
        ]
        if not stated:
            return []
        rules = [rule for one in clauses for rule in self.rulebook[one].rules]
        parts = [found.get(rule.name) or self.found(rule) for rule in rules]
        scenario = evolve(self.scenario, expected=tuple(stated))
        return list(mismatches(scenario, [self._assessment(parts)]))

    def found(self, rule: Rule) -> Found:
        """Give what a rule of the rulebook finds."""
        if rule.name not in self._found:
            self._found[rule.name] = self._by(rule, self._cases)
        return self._found[rule.name]

    def changed(self, fault: Faulty) -> dict[str, Found]:
        """Give what rules find otherwise than they would without the fault, by their names."""
        # What else a case rests on, such as role words and questions, no fault changes.
        cases = copy(self._cases)
        cases.rulebook = fault.put_into(self.rulebook)
        changed: dict[str, Found] = {}
        for clause, rule in fault.affected:
            before = self.found(self.rulebook.rule(clause, rule))
            after = self._by(cases.rulebook.rule(clause, rule), cases)
            if after != before:
                changed[f"{clause}/{rule}"] = after
        return changed

    def is_killing(self, fault: Faulty) -> bool:
        """Tell whether the scenario fails with a fault."""
        clauses = sorted(fault.clauses & self.clauses)
        changed = self.changed(fault) if clauses else {}
        return bool(changed) and bool(self.mismatches(changed, clauses))

    def _by(self, rule: Rule, cases: Cases) -> Found:
        if rule.modality is not Modality.STANDING:
            return found_by(cases, (rule,))
        findings = tuple(cases.standing.findings(rule, asked=rule.clause in self._asked))
        return Found(findings=findings, scope=(), permissions=(), not_covered=())

    def _assessment(self, parts: Iterable[Found]) -> Assessment:
        parts = tuple(parts)
        return Assessment(
            rulebook=self.rulebook,
            scenario=self.scenario,
            as_of=self.scenario.history.as_of,
            findings=tuple(one for part in parts for one in part.findings),
            scope=tuple(one for part in parts for one in part.scope),
            permissions=tuple(one for part in parts for one in part.permissions),
            not_covered=(),
            questions=(),
            engines=(),
            incidents=(),
            is_unchecked=False,
        )


def trials_of(scenarios: Iterable[Scenario], rulebook: Rulebook) -> Iterator[Trial]:
    """Give the trials that expect something of a rulebook."""
    for scenario in scenarios:
        for named in scenario.rulebooks:
            if named.rulebook.id == rulebook.id:
                trial = Trial(scenario, named)
                if trial.clauses:
                    yield trial


class Faulty:
    """A mutant, with what its fault may change."""

    def __init__(self, mutant: Mutant) -> None:
        """Take the mutant."""
        self.mutant = mutant
        self.affected = affected(mutant)
        self.clauses = frozenset(clause for clause, _ in self.affected)
        self._made: dict[int, tuple[Rulebook, Rulebook]] = {}

    def put_into(self, rulebook: Rulebook) -> Rulebook:
        """Put the fault into the rulebook of a scenario; most scenarios have the same."""
        if id(rulebook) not in self._made:
            # The rulebook is kept, so that no other can have its number meanwhile.
            self._made[id(rulebook)] = rulebook, self.mutant.put_into(rulebook)
        return self._made[id(rulebook)][1]


def affected(mutant: Mutant) -> tuple[tuple[str, str], ...]:
    """Give the rules that may find something else by a fault, as clause and rule.

    Beside those that have it, these are rules on refusals, if what was refused is tried
    under a rule that has it (P12).
    """
    faulty = {(one.clause, one.id) for one in mutant.rules}
    number = 0
    while len(faulty) > number:
        number, clauses = len(faulty), {clause for clause, _ in faulty}
        for clause in mutant.rulebook.clauses:
            yields = not clauses.isdisjoint(clause.subject_to)
            if yields or clause.subject_to != mutant.original[clause.id].subject_to:
                faulty |= {(one.clause, one.id) for one in clause.rules if one.denies is not None}
    return tuple(sorted(faulty))


class Trials:
    """The scenarios of a rulebook, and the order in which to try them."""

    def __init__(self, trials: Iterable[Trial]) -> None:
        """Take the trials in the order of the files."""
        self._trials = tuple(trials)

    def failing(self) -> Iterator[Mismatch]:
        """Give what is not as expected without any fault."""
        for trial in self._trials:
            yield from trial.mismatches({}, sorted(trial.clauses))

    def killers(self, mutants: Iterable[Mutant]) -> Iterator[Scenario | None]:
        """Give for each of several mutants of one rule a scenario that fails with it.

        What killed the mutants before is tried first.
        """
        order: list[Trial] = []
        known: frozenset[str] = frozenset()
        for fault in map(Faulty, mutants):
            new = fault.clauses - known
            order += [
                one
                for one in (self._trials if new else ())
                if known.isdisjoint(one.clauses) and not new.isdisjoint(one.clauses)
            ]
            known |= new
            killer = next((one for one in order if one.is_killing(fault)), None)
            if killer is not None:
                order.remove(killer)
                order.insert(0, killer)
            yield None if killer is None else killer.scenario


def expectations(trial: Trial, fault: Faulty) -> tuple[Expectation, ...]:
    """Give what the rules that a fault affects find without it, as a scenario expects it."""
    return tuple(
        Expectation(
            rulebook=trial.rulebook.id,
            clause=clause,
            rule=rule,
            findings=tuple(_expected(trial.found(trial.rulebook.rule(clause, rule)), clause)),
        )
        for clause, rule in fault.affected
    )


def _expected(found: Found, clause: str) -> Iterator[Expected]:
    yield from map(Expected.of, found.findings)
    for permission in found.permissions:
        yield Expected(bearer=permission.person or None, status="permitted", on=permission.on)
    for note in found.scope:
        if clause in note.clauses and note.event:
            yield Expected(bearer=note.person or None, status="outside", on=note.event)
