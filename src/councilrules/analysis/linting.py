"""All that can be proved wrong with a rulebook, rule by rule and pair by pair."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from councilrules.analysis.contradictions import contradictions
from councilrules.analysis.faults import Fault
from councilrules.analysis.idleness import idle
from councilrules.analysis.overlaps import Overlap, may_overlap, overlap

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from councilrules.rules import Clause, Rule, Rulebook


def faults(rulebook: Rulebook, clauses: Collection[str] | None = None) -> Iterator[Fault]:
    """Find all that can be proved wrong with a rulebook, each with a situation that shows it.

    Args:
        rulebook: The rulebook.
        clauses: The clauses to look at, each beside all others; all if not given.
    """
    for clause in rulebook.clauses:
        if clauses is None or clause.id in clauses:
            yield from faults_of(rulebook, clause, clauses)


@contextmanager
def tasks(
    rulebook: Rulebook, clauses: Collection[str] | None = None, *, processes: int = 1
) -> Iterator[list[Callable[[], tuple[Fault, ...]]]]:
    """Give what finds the faults of each clause, one call for each, to be called in order.

    Args:
        rulebook: The rulebook.
        clauses: The clauses to look at, each beside all others; all if not given.
        processes: How many processes share the work.
    """
    looked_at = None if clauses is None else frozenset(clauses)
    ruled = [one for one in rulebook.clauses if looked_at is None or one.id in looked_at]
    if processes < 2:  # noqa: PLR2004 - one process is this one
        yield [partial(_all_of, rulebook, one.id, looked_at) for one in ruled]
        return
    with ProcessPoolExecutor(processes, initializer=_take, initargs=(rulebook,)) as pool:
        # What takes longest is begun first.
        hardest = sorted(ruled, key=lambda one: -sum(len(rule.conditions) for rule in one.rules))
        begun = {one.id: pool.submit(_all_of_taken, one.id, looked_at) for one in hardest}
        yield [begun[one.id].result for one in ruled]


_TAKEN: list[Rulebook] = []
"""The rulebook that a process of the pool works on."""


def _take(rulebook: Rulebook) -> None:
    _TAKEN[:] = [rulebook]


def _all_of_taken(clause: str, clauses: Collection[str] | None) -> tuple[Fault, ...]:
    return _all_of(_TAKEN[0], clause, clauses)


def _all_of(rulebook: Rulebook, clause: str, clauses: Collection[str] | None) -> tuple[Fault, ...]:
    return tuple(faults_of(rulebook, rulebook[clause], clauses))


def faults_of(
    rulebook: Rulebook, clause: Clause, clauses: Collection[str] | None = None
) -> Iterator[Fault]:
    """Find what is wrong with the rules of a clause, beside each other and those of others.

    Args:
        rulebook: The rulebook.
        clause: The clause.
        clauses: The clauses that are looked at; all if not given. What is wrong with two
            of them is found once.
    """
    for rule in clause.rules:
        yield from idle(rulebook, rule)
    noted: set[tuple[str, str]] = set()
    for rule, other in _pairs(rulebook, clause, clauses):
        for one, two in ((rule, other), (other, rule)):
            for fault in contradictions(rulebook, one, two):
                notes = _tensions(rulebook, one, two)
                noted |= notes
                if not notes:
                    yield fault
        yield from _nothing_added(rulebook, rule, other, noted)
    yield from _idle_notes(rulebook, clause, noted)


def overlaps(rulebook: Rulebook) -> Iterator[Overlap]:
    """Give each rule that says no more than one of another clause does."""
    for rule in rulebook.rules:
        for other in rulebook.rules:
            if rule.clause != other.clause and may_overlap(rule, other):
                found = overlap(rulebook, rule, other)
                if found is not None:
                    yield found


def _pairs(
    rulebook: Rulebook, clause: Clause, clauses: Collection[str] | None
) -> Iterator[tuple[Rule, Rule]]:
    """Give each rule with those that stand before it, and with those of no clause looked at."""
    places = {rule.name: place for place, rule in enumerate(rulebook.rules)}
    for rule in clause.rules:
        for other in rulebook.rules:
            is_looked_at = clauses is None or other.clause in clauses
            if other is not rule and (not is_looked_at or places[other.name] < places[rule.name]):
                yield rule, other


def _tensions(rulebook: Rulebook, one: Rule, other: Rule) -> set[tuple[str, str]]:
    """Give the notes, by clause and what it names, that two rules are at odds by intent."""
    found = set()
    for clause, named in ((one.clause, other.clause), (other.clause, one.clause)):
        if named in dict(rulebook[clause].tensions):
            found.add((clause, named))
    return found


def _nothing_added(
    rulebook: Rulebook, rule: Rule, other: Rule, noted: set[tuple[str, str]]
) -> Iterator[Fault]:
    """Object to a rule that another one of its clause says, and to one that is written twice."""
    found = [
        one
        for one in (_said_by(rulebook, rule, other), _said_by(rulebook, other, rule))
        if one is not None and one.adds_nothing
    ]
    if not found:
        return
    same = len(found) > 1 and rule.force == other.force
    if rule.clause != other.clause:
        notes = {
            (one, two)
            for one, two in ((rule.clause, other.clause), (other.clause, rule.clause))
            if two in rulebook[one].repeats
        }
        noted |= notes
        if not same or notes:
            return
    yield _equal(found[0]) if same else _implied(found[0])


def _said_by(rulebook: Rulebook, rule: Rule, other: Rule) -> Overlap | None:
    if rule.clause != other.clause:
        both = may_overlap(rule, other) and may_overlap(other, rule)
        if not both or (rule.kind, rule.force) != (other.kind, other.force):
            return None
    return overlap(rulebook, rule, other)


def _equal(found: Overlap) -> Fault:
    rule, other = found.rule, found.other
    note = (
        ""
        if rule.clause == other.clause
        else ", or note under `repeats` that the text says it twice"
    )
    return Fault(
        check="equal-rules",
        place=rule.place,
        rules=(rule.name, other.name),
        what=f"rule `{rule.name}` says just what rule `{other.name}` says",
        remedy=f"take one of the two out{note}",
        evidence=found.shown,
    )


def _implied(found: Overlap) -> Fault:
    rule, other = found.rule, found.other
    return Fault(
        check="implied-rule",
        place=rule.place,
        rules=(rule.name, other.name),
        what=f"rule `{rule.name}` says nothing that rule `{other.name}` does not say as well",
        remedy="take it out, or write what the text asks for beyond the other",
        evidence=found.shown,
    )


def _idle_notes(rulebook: Rulebook, clause: Clause, noted: set[tuple[str, str]]) -> Iterator[Fault]:
    """Object to a note on two clauses that say nothing of the sort."""
    tensions = ((other, "tensions", "is in tension with") for other, _ in clause.tensions)
    repeats = ((other, "repeats", "says again what is in") for other in clause.repeats)
    for other, key, verb in (*tensions, *repeats):
        pairs = ((one, two) for one in clause.rules for two in rulebook[other].rules)
        holds = _at_odds if key == "tensions" else _equals
        if (clause.id, other) not in noted and not any(holds(rulebook, *one) for one in pairs):
            yield Fault(
                check="idle-note",
                place=clause.place,
                rules=(clause.id, other),
                what=f"`{key}` says that clause `{clause.id}` {verb} `{other}`, but their rules do not",
                remedy=f"take `{other}` out of `{key}`, or write the rules as the text has them",
            )


def _at_odds(rulebook: Rulebook, one: Rule, other: Rule) -> bool:
    return any(contradictions(rulebook, one, other)) or any(contradictions(rulebook, other, one))


def _equals(rulebook: Rulebook, one: Rule, other: Rule) -> bool:
    found = _said_by(rulebook, one, other)
    return found is not None and found.is_equal
