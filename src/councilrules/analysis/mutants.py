"""Every single systematic fault that can be put into the rules of a rulebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from councilrules.analysis._deadline_faults import Miscount, deadline_faults
from councilrules.analysis._rule_faults import altered
from councilrules.rulebooks.checks import clauses as clause_checks
from councilrules.rulebooks.checks import rules as rule_checks
from councilrules.rules import Rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.errors import Place
    from councilrules.rules import Clause, Parameter, Rule


@frozen(kw_only=True)
class Mutant:
    """A rulebook with one fault in it.

    Attributes:
        clause: The clause.
        rule: The rule of that clause.
        fault: What kind of fault it is, such as `condition-dropped`.
        says: What is wrong, in English.
        rulebook: The rulebook with the fault.
        original: The rulebook without it: as it was given or, where the fault is in how
            a parameter is counted, with that parameter set.
        parameter: The parameter that has the fault, if it is none of the rule itself.
        miscount: How that parameter is wrongly counted, if it is.
        place: Where the rule is written.
    """

    clause: str
    rule: str
    fault: str
    says: str
    rulebook: Rulebook
    original: Rulebook
    parameter: str | None = None
    miscount: Miscount | None = None
    place: Place

    @property
    def name(self) -> str:
        """Give clause and rule as scenarios write them, such as `2.6/inspected`."""
        return f"{self.clause}/{self.rule}"

    def __str__(self) -> str:
        return f"{self.name}: {self.says}"

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Give the rules that have the fault, as they are with it."""
        if self.parameter is None:
            return (self.rulebook.rule(self.clause, self.rule),)
        return tuple(one for one in self.rulebook.rules if one.within == self.parameter)

    def put_into(self, rulebook: Rulebook) -> Rulebook:
        """Put the fault into the rulebook as a scenario has it, its parameters set."""
        parameters = dict(rulebook.parameters)
        for name, parameter in self.rulebook.parameters.items():
            own = parameters.get(name, parameter)
            if self.miscount is not None and name == self.parameter:
                own = self.miscount.of(own)
            parameters[name] = evolve(own, is_timely=parameter.is_timely)
        return evolve(_with(rulebook, self.rulebook[self.clause]), parameters=parameters)


def mutants(rulebook: Rulebook) -> Iterator[Mutant]:
    """Give every mutant of a rulebook, in the order of its rules.

    Each has one fault, is a rulebook that could be loaded, and differs from the rulebook
    and from every other mutant of it.
    """
    seen: set[tuple[Parameter, ...]] = set()
    for clause in rulebook.clauses:
        for rule in clause.rules:
            yield from _of_rule(rulebook, clause, rule)
            for one in _of_deadline(rulebook, rule):
                # One parameter may be the time of several rules.
                key = _changed(one)
                if key not in seen:
                    yield one
                seen |= {key} if key else set()
        yield from _of_clause(rulebook, clause)


def _of_rule(rulebook: Rulebook, clause: Clause, rule: Rule) -> Iterator[Mutant]:
    seen = {rule}
    for one in altered(rule, rulebook):
        if one.rule in seen:
            continue
        seen.add(one.rule)
        changed = evolve(
            clause, rules=tuple(one.rule if each is rule else each for each in clause.rules)
        )
        if _is_well_formed(rulebook, changed):
            yield _mutant(rulebook, rule, one.kind, one.says, _with(rulebook, changed))


def _of_clause(rulebook: Rulebook, clause: Clause) -> Iterator[Mutant]:
    """Give the clause with one fewer that it yields to, laid to the rule that denies."""
    denying = next((rule for rule in clause.rules if rule.denies is not None), None)
    for at, other in enumerate(clause.subject_to if denying else ()):
        left = (*clause.subject_to[:at], *clause.subject_to[at + 1 :])
        says = f"the clause does not yield to {other}"
        book = _with(rulebook, evolve(clause, subject_to=left))
        assert denying is not None  # noqa: S101 - else there is nothing to go through
        yield _mutant(rulebook, denying, "subject-to-dropped", says, book)


def _of_deadline(rulebook: Rulebook, rule: Rule) -> Iterator[Mutant]:
    for one in deadline_faults(rule, rulebook):
        yield Mutant(
            clause=rule.clause,
            rule=rule.id,
            fault=one.kind,
            says=one.says,
            rulebook=one.rulebook,
            original=one.original,
            parameter=one.parameter,
            miscount=one.miscount,
            place=rule.place,
        )


def _changed(one: Mutant) -> tuple[Parameter, ...]:
    """Give the parameter that has the fault, without it and with it; empty if none has."""
    if one.parameter is None:
        return ()
    return one.original.parameters[one.parameter], one.rulebook.parameters[one.parameter]


def _mutant(rulebook: Rulebook, rule: Rule, kind: str, says: str, book: Rulebook) -> Mutant:
    return Mutant(
        clause=rule.clause,
        rule=rule.id,
        fault=kind,
        says=says,
        rulebook=book,
        original=rulebook,
        place=rule.place,
    )


def _with(rulebook: Rulebook, changed: Clause) -> Rulebook:
    clauses = tuple(changed if one.id == changed.id else one for one in rulebook.clauses)
    return evolve(rulebook, clauses=clauses)


def _is_well_formed(rulebook: Rulebook, changed: Clause) -> bool:
    """Tell whether a rulebook with a changed clause could be loaded.

    The checks look at a clause by itself, but for what it yields to, which no fault
    changes to another.
    """
    alone = evolve(rulebook, clauses=(evolve(changed),))
    return not any(True for check in _CHECKS for _ in check(alone))


_CHECKS = (clause_checks.norms_have_rules, *rule_checks.CHECKS)
