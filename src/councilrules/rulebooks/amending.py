"""A rulebook with some of its clauses written anew, in one file beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from councilrules.errors import RulebookError
from councilrules.reading import Reading
from councilrules.rulebooks import _HEAD, _clauses, _read, _rulebook, folder_of
from councilrules.rulebooks._clauses import Clauses
from councilrules.rulebooks._patterns import Patterns, Words
from councilrules.rulebooks._protocol import head
from councilrules.rulebooks.checks import problems_of

if TYPE_CHECKING:
    from councilrules.rules import Clause, Rulebook


def load_amended(name_or_path: str | Path, amendment: str | Path) -> Rulebook:
    """Read a rulebook as it would be with the clauses of a file.

    Args:
        name_or_path: The rulebook, as `load_rulebook` takes it.
        amendment: A section file: a list of clauses. Each takes the place of the clause of
            the same id; one of a new id comes at the end.

    Raises:
        RulebookError: When the rulebook or the file cannot be used; every fault is in it.
    """
    folder = folder_of(name_or_path)
    reading = Reading()
    node, written = _read(folder / _HEAD, reading), _read(Path(amendment), reading)
    if node is None or written is None:
        raise RulebookError(tuple(reading.problems))
    top = head(node, reading)
    words = Words(roles=top.roles, questions=top.questions)
    clauses = Clauses(reading, Patterns(reading, words), top.parameters)
    before = tuple(_clauses(folder, top, clauses, reading))
    read = (clauses.clause(item) for item in reading.listing(written, written, "a section"))
    rulebook = _rulebook(top, _replaced(before, [one for one in read if one]), folder)
    reading.problems += [one for one in problems_of(rulebook) if one.place not in clauses.faulty]
    if reading.problems:
        raise RulebookError(tuple(reading.problems))
    return rulebook


def _replaced(before: tuple[Clause, ...], amended: list[Clause]) -> tuple[Clause, ...]:
    there = {one.id for one in before}
    by_id = {one.id: one for one in amended}
    kept = [by_id.get(one.id, one) for one in before]
    # Of two that are written under one id both are kept, which the checks object to.
    again = [one for one in amended if one.id not in there or by_id[one.id] is not one]
    return (*kept, *again)
