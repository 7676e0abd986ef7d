"""All that a rulebook finds on a register and a history at a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from councilrules.cases import Case, finding_of
from councilrules.findings import Finding, Permission, ScopeNote
from councilrules.reference.cases import Cases
from councilrules.rules import Modality
from councilrules.situations.jurisdiction import WHY
from councilrules.truth import Truth
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.history import History
    from councilrules.periods import Tenure
    from councilrules.register import Register
    from councilrules.rules import Rule, Rulebook


@frozen(kw_only=True)
class Found:
    """What a rulebook finds on a register and a history at a clock.

    Attributes:
        findings: The findings, in the order of the clauses and then of time.
        scope: Why some of what was put forward is no matter for a clause.
        permissions: The acts that a clause permits.
        not_covered: The ids of events of a kind that no rule mentions.
    """

    findings: tuple[Finding, ...]
    scope: tuple[ScopeNote, ...]
    permissions: tuple[Permission, ...]
    not_covered: tuple[str, ...]


@frozen
class _Notes:
    """Scope notes as they are gathered: by reason, event and person."""

    clauses: dict[tuple[str, str, str], list[str]] = field(factory=dict)
    bound: set[tuple[str, str]] = field(factory=set)

    def add(self, why: str, event: str, person: str, clause: str) -> None:
        listed = self.clauses.setdefault((why, event, person), [])
        if clause not in listed:
            listed.append(clause)

    def made(self) -> Iterator[ScopeNote]:
        for (why, event, person), clauses in self.clauses.items():
            bound = why == "not-in-office" and (event, person) in self.bound
            yield ScopeNote(
                why=why,
                event=event,
                person=person,
                clauses=tuple(clauses),
                is_bound_otherwise=bound,
            )


def found(
    rulebook: Rulebook,
    register: Register,
    history: History,
    *,
    in_force: Tenure | None = None,
    asked: frozenset[str] = frozenset(),
) -> Found:
    """Give what a rulebook finds.

    It depends only on the set of events, the register and the clock.

    Args:
        rulebook: The clauses and rules.
        register: What lasts.
        history: The events and the clock.
        in_force: When the rulebook was in force, where a scenario says so (P14).
        asked: Clauses whose standing duties are examined although the register is
            silent on them (P1).
    """
    cases = Cases(rulebook, register, history, in_force)
    standing = [rule for rule in rulebook.rules if rule.modality is Modality.STANDING]
    lasting = [
        finding
        for rule in standing
        for finding in cases.standing.findings(rule, asked=rule.clause in asked)
    ]
    made = found_by(cases, rulebook.rules)
    order = {rule.name: place for place, rule in enumerate(rulebook.rules)}
    findings = sorted((*made.findings, *lasting), key=lambda one: order[f"{one.clause}/{one.rule}"])
    scope = sorted({*made.scope, *_on_the_whole(rulebook, register, history)})
    not_covered = tuple(_not_covered(rulebook, history))
    return evolve(made, findings=tuple(findings), scope=tuple(scope), not_covered=not_covered)


def found_by(cases: Cases, rules: Iterable[Rule]) -> Found:
    """Give what some rules find."""
    findings: list[Finding] = []
    permissions: list[Permission] = []
    notes = _Notes()
    for rule in rules:
        if rule.modality is Modality.STANDING:
            continue
        for case in cases.of(rule, cases.openers(rule)):
            if rule.modality is Modality.MAY:
                permissions += _permitted(case)
            elif rule.modality is Modality.REFER:
                _refer(case, notes)
            else:
                _scope(case, cases, notes)
                if case.status is not None:
                    findings.append(
                        finding_of(case, case.status, cases.rulebook, cases.history.as_of)
                    )
    return Found(
        findings=tuple(findings),
        scope=tuple(notes.made()),
        permissions=tuple(permissions),
        not_covered=(),
    )


def _permitted(case: Case) -> Iterator[Permission]:
    if case.trigger.truth is Truth.TRUE:
        yield Permission(
            clause=case.rule.clause,
            rule=case.rule.id,
            person=case.view.bearer or "",
            on=case.view.event.id,
        )


def _refer(case: Case, notes: _Notes) -> None:
    """Point out a matter that another instrument decides."""
    if case.trigger.truth is not Truth.FALSE:
        person = case.view.bearer or ""
        notes.add("another-instrument", case.view.event.id, person, case.rule.clause)


def _scope(case: Case, cases: Cases, notes: _Notes) -> None:
    """Note why a rule does not bind whoever did what it speaks of."""
    event, person = case.view.event.id, case.view.bearer or ""
    office = [part for part in case.bound.parts if part.about == "office"]
    if any(part.truth is not Truth.FALSE for part in office):
        notes.bound.add((event, person))
    if case.bound.truth is not Truth.FALSE:
        return
    missing = case.bound.parts[-1]
    why = WHY.get(str(missing.about))
    if why and cases.fits(case.rule, case.view).truth is not Truth.FALSE:
        notes.add(why, event, person, case.rule.clause)


def _on_the_whole(rulebook: Rulebook, register: Register, history: History) -> Iterator[ScopeNote]:
    for event in history.too_late:
        yield ScopeNote(why="after-the-clock", event=event.id, person="")
    due = rulebook.review_due
    if due is None or history.as_of <= due.last:
        return
    reviewed = any(
        review.first <= history.as_of and rulebook.adopted is not None
        and not rulebook.adopted.first > review.last
        for review in register.reviews
    )  # fmt: skip
    if not reviewed:
        yield ScopeNote(why="review-overdue", event="", person="")


def _not_covered(rulebook: Rulebook, history: History) -> Iterator[str]:
    """Give the events of a kind, and with questions, of which no rule speaks."""
    asking = [rule for rule in rulebook.rules if not rule.trigger.kinds]
    asked = frozenset().union(*(rule.questions for rule in asking))
    raising = (rulebook.questions[name].raised_by for name in asked)
    mentioned = frozenset().union(*(rule.kinds for rule in rulebook.rules), *raising)
    for event in history.read:
        kind = kind_of(event)
        if not (kind.name in mentioned or kind.cls.context or asked & event.answers.keys()):
            yield event.id
