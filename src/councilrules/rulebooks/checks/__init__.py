"""Checks of a whole rulebook: each a generator of problems, one family a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.reading import one_line
from councilrules.rulebooks.checks import clauses, rules

if TYPE_CHECKING:
    from councilrules.errors import Problem
    from councilrules.rules import Rulebook

CHECKS = (*clauses.CHECKS, *rules.CHECKS)


def problems_of(rulebook: Rulebook) -> list[Problem]:
    """Give everything that the checks find wrong with a rulebook."""
    return [
        evolve(problem, what=one_line(problem.what))
        for check in CHECKS
        for problem in check(rulebook)
    ]
