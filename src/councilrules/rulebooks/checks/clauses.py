"""Checks of clauses: their ids, norms, fingerprints, and what they yield to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from councilrules.errors import Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.rules import Clause, Rulebook

_PIECE = re.compile(r"[0-9a-f]{8}-[1-9][0-9]*")


def one_of_each(rulebook: Rulebook) -> Iterator[Problem]:
    """Object to two clauses of one id."""
    seen: dict[str, Clause] = {}
    for clause in rulebook.clauses:
        if clause.id in seen:
            first = seen[clause.id].place
            yield Problem(
                check="duplicate-clause", place=clause.place,
                what=f"clause `{clause.id}` is written twice",
                remedy=f"the first is at {first.file}:{first.line}; write each clause once",
            )  # fmt: skip
        seen.setdefault(clause.id, clause)


def norms_have_rules(rulebook: Rulebook) -> Iterator[Problem]:
    """Object to a norm without a rule, and to a rule on what binds nobody."""
    for clause in rulebook.clauses:
        if clause.is_statement and clause.rules:
            yield Problem(
                check="rule-on-statement", place=clause.place,
                what=f"clause `{clause.id}` is a statement, which binds nobody, but has rules",
                remedy="give it the kind of norm that its rules read",
            )  # fmt: skip
        if not clause.is_statement and not clause.rules:
            yield Problem(
                check="no-rule", place=clause.place,
                what=f"clause `{clause.id}` has no rule",
                remedy="write `kind: statement` if it binds nobody; otherwise write a rule",
            )  # fmt: skip


def forces_in_step(rulebook: Rulebook) -> Iterator[Problem]:
    """Object to forces that do not match the kinds one by one."""
    for clause in rulebook.clauses:
        if len(clause.forces) != len(clause.kinds):
            yield Problem(
                check="forces-out-of-step", place=clause.place,
                what=f"clause `{clause.id}` has {len(clause.kinds)} kinds and {len(clause.forces)} forces",
                remedy="write one force for all, or a list with one for each kind",
            )  # fmt: skip


def fingerprints_have_form(rulebook: Rulebook) -> Iterator[Problem]:
    """Object to a fingerprint that no text can have."""
    for clause in rulebook.clauses:
        for piece in clause.fingerprint:
            if not _PIECE.fullmatch(piece):
                yield Problem(
                    check="not-a-fingerprint", place=clause.place,
                    what=f"clause `{clause.id}` has the fingerprint `{piece}`",
                    remedy="make it with `councilrules trace --fingerprint`, which prints the likes of `5c1f0a9e-23`",
                )  # fmt: skip


def yields_to_clauses(rulebook: Rulebook) -> Iterator[Problem]:
    """Object to yielding to a clause that is not there, to itself, or in a circle."""
    for clause in rulebook.clauses:
        for other in clause.subject_to:
            if other not in rulebook.by_id:
                yield Problem(
                    check="unknown-clause", place=clause.place,
                    what=f"clause `{clause.id}` is subject to `{other}`, which is not there",
                    remedy=nearest(other, rulebook.by_id),
                )  # fmt: skip
        circle = _circle(rulebook, clause)
        if circle and circle[0] == min(circle):
            yield Problem(
                check="circular-subject-to", place=clause.place,
                what=f"clauses yield to each other in a circle: {' to '.join(f'`{one}`' for one in (*circle, circle[0]))}",
                remedy="take out the `subject_to` that the text does not say",
            )  # fmt: skip


def notes_on_clauses(rulebook: Rulebook) -> Iterator[Problem]:
    """Object to a note on a clause that is not there, or on the clause itself."""
    for clause in rulebook.clauses:
        for key, others in (
            ("repeats", clause.repeats),
            ("tensions", tuple(other for other, _ in clause.tensions)),
        ):
            for other in others:
                if other not in rulebook.by_id or (other == clause.id and key == "repeats"):
                    yield Problem(
                        check="unknown-clause", place=clause.place,
                        what=f"`{key}` of clause `{clause.id}` names `{other}`, which is no other clause",
                        remedy=nearest(other, set(rulebook.by_id) - {clause.id}),
                    )  # fmt: skip


def _circle(rulebook: Rulebook, start: Clause) -> list[str]:
    """Give a circle that leads from a clause back to it; empty if there is none."""
    paths = [[start.id]]
    seen = set()
    while paths:
        path = paths.pop()
        clause = rulebook.by_id.get(path[-1])
        for other in () if clause is None else clause.subject_to:
            if other == start.id:
                return path
            if other not in seen:
                seen.add(other)
                paths.append([*path, other])
    return []


CHECKS = (
    one_of_each,
    norms_have_rules,
    forces_in_step,
    fingerprints_have_form,
    yields_to_clauses,
    notes_on_clauses,
)
