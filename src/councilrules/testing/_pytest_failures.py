"""Why a test failed, in words: faults with their places, or expected against found."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from councilrules import wording
from councilrules.assessing import explain
from councilrules.errors import Place
from councilrules.expecting import said, stated
from councilrules.findings import Finding
from councilrules.reports.tree import render
from councilrules.rulebooks import is_rulebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.assessing import Assessment
    from councilrules.errors import Problem
    from councilrules.expecting import Mismatch


class Telling:
    """Tells of failures, with places as they are called from one folder."""

    def __init__(self, folder: Path) -> None:
        """Take the folder in which pytest was started."""
        self._folder = folder

    def problems(self, path: Path, problems: Iterable[Problem]) -> str:
        """Give what is wrong with a file; of a rulebook that it names, only the first fault."""
        own: list[Problem] = []
        borrowed: dict[Path, list[Problem]] = {}
        for one in problems:
            folder = Path(one.place.file).parent
            if folder != path.parent and is_rulebook(folder):
                borrowed.setdefault(folder.resolve(), []).append(one)
            else:
                own.append(one)
        parts = [str(self._placed(one)) for one in own]
        for folder, found in borrowed.items():
            name = self._called(str(folder))
            count = "1 fault" if len(found) == 1 else f"{len(found)} faults, of which this is one"
            parts += [
                f"{self._called(str(path))}: the rulebook in `{name}` has {count}:",
                str(self._placed(found[0])),
                f"`councilrules lint {name}` shows all that is wrong with it.",
            ]
        return "\n".join(parts)

    def mismatches(self, made: list[Assessment], wrong: list[Mismatch]) -> str:
        """Give what was expected and what was found, and how the latter came about."""
        return click.unstyle("\n".join(self._told(made, wrong))).rstrip()

    def _told(self, made: list[Assessment], wrong: list[Mismatch]) -> Iterator[str]:
        for one in wrong:
            yield f"{self._place(one.place)}: {one.clause}"
            yield f"  expected  {one.wanted}"
            yield f"  found     {one.got}"
        yield ""
        assessment_by_rulebook = {one.rulebook.id: one for one in made}
        told: set[tuple[str | None, ...]] = set()
        for one in wrong:
            about = one.found.key if isinstance(one.found, Finding) else ("", one.clause)
            if about in told:
                continue
            told.add(about)
            assessment = assessment_by_rulebook[one.expectation.rulebook]
            if not isinstance(one.found, Finding):
                yield from _around(one, assessment)
            else:
                case = explain(one.found, assessment.rulebook, assessment.scenario)
                yield render(assessment, one.found, case)

    def _placed(self, problem: Problem) -> Problem:
        return evolve(problem, place=self._place(problem.place))

    def _place(self, place: Place) -> Place:
        return Place(self._called(place.file), place.line, place.column)

    def _called(self, file: str) -> str:
        """Give a path as one would write it from the folder, where that is shorter."""
        whole = os.path.normpath(file)
        try:
            near = os.path.relpath(whole, self._folder)
        except ValueError:  # on another drive
            return whole
        return whole if near.startswith(os.pardir) else near


def _around(one: Mismatch, assessment: Assessment) -> Iterator[str]:
    """Give what there is under a clause of which a finding or a note is missing."""
    clause = one.expectation.clause
    findings = [said(each) for each in stated(one.expectation, assessment)]
    notes = [wording.scope(each) for each in assessment.scope if clause in each.clauses]
    there = [*findings, *notes]
    if not there:
        yield f"There is nothing under {one.clause}: no event of this scenario opens a case of it."
    else:
        yield f"What there is under {one.clause}:"
        yield from (f"  - {each}" for each in there)
    yield ""
