"""Checks of rules: their ids, bearers, questions, deadlines, and what they deny."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.errors import Problem
from councilrules.rules import Judged, Modality, Not, parts_of
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.rules import Rulebook


def one_of_each(rulebook: Rulebook) -> Iterator[Problem]:
    """Object to two rules of one id in a clause."""
    for clause in rulebook.clauses:
        seen = set()
        for rule in clause.rules:
            if rule.id in seen:
                yield Problem(
                    check="duplicate-rule", place=rule.place,
                    what=f"clause `{clause.id}` has two rules `{rule.id}`",
                    remedy="give each rule of a clause a name of its own",
                )  # fmt: skip
            seen.add(rule.id)


def anything_is_judged(rulebook: Rulebook) -> Iterator[Problem]:
    """Object to a rule on any event that asks no question: it would find everything."""
    for rule in rulebook.rules:
        if rule.trigger.kinds or rule.modality is Modality.STANDING:
            continue
        if not any(isinstance(one, Judged) for one in rule.further):
            yield Problem(
                check="any-without-judge", place=rule.place,
                what=f"rule `{rule.name}` looks at any event but asks no question",
                remedy="add `judge`, so that it looks only at events that raise the question",
            )  # fmt: skip


def questions_can_be_raised(rulebook: Rulebook) -> Iterator[Problem]:
    """Object to a question in an exception that no event of the rule raises by its kind."""
    for rule in rulebook.rules:
        for name, condition in rule.exceptions:
            for part in parts_of(condition):
                if not isinstance(part, Judged) or not rule.trigger.kinds:
                    continue
                raised = rulebook.questions[part.question].raised_by
                if not raised & set(rule.trigger.kinds):
                    yield Problem(
                        check="question-not-raised", place=rule.place,
                        what=f"exception `{name}` of rule `{rule.name}` asks `{part.question}`, which none of its events raises",
                        remedy="add the kind of event to `raised_by` of the question",
                    )  # fmt: skip


def negated_judgements(rulebook: Rulebook) -> Iterator[Problem]:
    """Object to the opposite of a judgement: what nobody asked would count as answered."""
    for rule in rulebook.rules:
        for condition in rule.conditions:
            if isinstance(condition, Not) and any(
                isinstance(one, Judged) for one in parts_of(condition)
            ):
                yield Problem(
                    check="negated-judgement", place=rule.place,
                    what=f"rule `{rule.name}` asks for the opposite of a judgement",
                    remedy="ask the question the other way round",
                )  # fmt: skip


def refusals_deny_what_is_forbidden(rulebook: Rulebook) -> Iterator[Problem]:
    """Object to denying an act that no clause above forbids, or yielding without it."""
    for clause in rulebook.clauses:
        denied = {rule.denies.kind for rule in clause.rules if rule.denies is not None}
        if clause.subject_to and not denied:
            yield Problem(
                check="nothing-denied", place=clause.place,
                what=f"clause `{clause.id}` is subject to another, but none of its rules says what a refusal denies",
                remedy="add `denies` to the rule on the refusal",
            )  # fmt: skip
        for rule in clause.rules:
            if rule.denies is not None and kinds()[rule.denies.kind].cls.derived:
                yield Problem(
                    check="nothing-denied", place=rule.place,
                    what=f"rule `{rule.name}` denies `{rule.denies.kind}`, which nobody can do",
                    remedy="name an event that can happen",
                )  # fmt: skip


CHECKS = (
    one_of_each,
    anything_is_judged,
    questions_can_be_raised,
    negated_judgements,
    refusals_deny_what_is_forbidden,
)
