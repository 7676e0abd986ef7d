"""`councilrules mutate`: which faults in rules the scenarios would not notice."""

from __future__ import annotations

import json
import os
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from councilrules.analysis._survivors import apart
from councilrules.analysis.mutants import mutants
from councilrules.analysis.mutation import Mutation, Outcome, outcomes
from councilrules.cli._files import scenarios, watched
from councilrules.errors import Place, Problem, RulebookError, nearest
from councilrules.rulebooks import load_rulebook, shipped
from councilrules.scenarios.writing import written, written_together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.analysis.mutants import Mutant
    from councilrules.analysis.mutation import TellingApart
    from councilrules.rules import Rulebook
    from councilrules.scenarios import Scenario

_WORTH_A_PROCESS = 500
"""So many mutants take as long as to start a process for them."""


@click.command()
@click.argument("rulebooks", nargs=-1)
@click.option("--rule", help="Only this clause, such as 2.6, or this rule, such as 2.6/inspected.")
@click.option("--fault", help="Only faults of this kind, such as condition-dropped.")
@click.option(
    "--scenarios",
    "paths",
    multiple=True,
    help="Scenario files or folders; else the folder `scenarios` of each rulebook.",
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    help="In how many processes; else as many as there are processors.",
)
@click.option("--fast", is_flag=True, help="Do not look for the scenarios that are missing.")
@click.option(
    "--save", "folder", help="A folder to write the missing scenarios to, a file for each clause."
)
@click.option("--json", "as_json", is_flag=True, help="Print what became of them as JSON.")
def mutate(  # noqa: PLR0913 - each is an option
    rulebooks: tuple[str, ...],
    *,
    rule: str | None,
    fault: str | None,
    paths: tuple[str, ...],
    processes: int | None,
    fast: bool,
    folder: str | None,
    as_json: bool,
) -> None:
    """Put every small fault into the rules of RULEBOOKS and see whether a scenario fails.

    All that come with it are taken if none is named. A fault that no scenario notices
    survives; a scenario that would notice it is printed where one was found. One that
    is proved to make no difference does not count. Exit status 1 if any survives.
    """
    books = {name: load_rulebook(name) for name in rulebooks or shipped()}
    chosen = {name: _chosen(book, rule, fault) for name, book in books.items()}
    if (rule or fault) and not any(chosen.values()):
        _refuse(books.values(), rule, fault)
    found = [
        _run(book, chosen[name], paths, processes, telling_apart=None if fast else apart)
        for name, book in books.items()
        if chosen[name] or not (rule or fault)
    ]
    if folder is not None:
        _save(found, Path(folder))
    if as_json:
        made = {"rulebooks": [_data(one) for one in found]}
        click.echo(json.dumps(made, indent=2, ensure_ascii=False))
    else:
        for one in found:
            _show(one)
    sys.exit(1 if any(one.survivors for one in found) else 0)


def _chosen(book: Rulebook, rule: str | None, fault: str | None) -> list[Mutant]:
    return [
        one
        for one in mutants(book)
        if rule in {None, one.clause, one.name} and fault in {None, one.fault}
    ]


def _refuse(books: Iterable[Rulebook], rule: str | None, fault: str | None) -> None:
    """Object to a rule that is not there, or a fault that it cannot have."""
    every = [one for book in books for one in mutants(book)]
    rules = {name for one in every for name in (one.clause, one.name)}
    faults = sorted({one.fault for one in every})
    option, remedy = "--fault", None
    if rule is not None and rule not in rules:
        option, what, remedy = "--rule", f"there is no rule `{rule}`", nearest(rule, rules)
    elif fault is not None and fault not in faults:
        what = f"no rule can have a fault `{fault}`"
        remedy = nearest(fault, faults) or f"it is one of {', '.join(faults)}"
    else:
        what = f"`{rule}` cannot have a fault `{fault}`"
    problem = Problem(check="no-such-mutant", place=Place(option), what=what, remedy=remedy)
    raise RulebookError((problem,))


def _run(
    book: Rulebook,
    chosen: list[Mutant],
    paths: tuple[str, ...],
    processes: int | None,
    *,
    telling_apart: TellingApart | None,
) -> Mutation:
    folders = paths or (str(Path(book.folder) / "scenarios"),)
    read = [scenario for _, scenario in scenarios(folders)]
    few = len(chosen) < _WORTH_A_PROCESS
    processes = processes or (1 if few else os.cpu_count() or 1)
    tried = outcomes(book, chosen, read, processes=processes, telling_apart=telling_apart)
    found = watched(tried, f"Mutating {book.id}", len(chosen))
    return Mutation(rulebook=book.id, outcomes=tuple(found))


def _save(found: Iterable[Mutation], folder: Path) -> None:
    """Write the missing scenarios of each clause to a file, over none that is there."""
    by_clause: dict[tuple[str, str], list[Scenario]] = {}
    for each in found:
        for outcome in each.survivors:
            listed = by_clause.setdefault((each.rulebook, outcome.mutant.clause), [])
            if outcome.missing is not None and outcome.missing not in listed:
                listed.append(outcome.missing)
    folder.mkdir(parents=True, exist_ok=True)
    for (_, clause), listed in by_clause.items():
        if listed:
            further = (f"-{number}" for number in range(2, sys.maxsize))
            names = (folder / f"{clause}-faults{more}.yaml" for more in chain([""], further))
            path = next(one for one in names if not one.exists())
            path.write_text(written_together(listed), encoding="utf-8")
            click.echo(f"{path}: {len(listed)} scenarios", err=True)


# --- what is printed --------------------------------------------------------------


def _counts(one: Mutation, clause: str | None = None) -> dict[str, int]:
    states = {
        "killed": one.count("killed", clause),
        "equivalent": one.count("equivalent", clause),
        "unsayable": one.count("unsayable", clause),
        "survived": one.count("survived", clause),
    }
    return {"mutants": sum(states.values()), **states}


def _clauses(one: Mutation) -> list[str]:
    return list(dict.fromkeys(outcome.mutant.clause for outcome in one.outcomes))


def _data(one: Mutation) -> dict[str, object]:
    return {
        "rulebook": one.rulebook,
        "score": round(one.score, 4),
        **_counts(one),
        "clauses": [{"clause": clause, **_counts(one, clause)} for clause in _clauses(one)],
        "survivors": [_survivor(outcome) for outcome in one.survivors],
    }


def _survivor(one: Outcome) -> dict[str, object]:
    mutant = one.mutant
    return {
        "clause": mutant.clause,
        "rule": mutant.rule,
        "fault": mutant.fault,
        "says": mutant.says,
        "file": mutant.place.file,
        "line": mutant.place.line,
        "missing": None if one.missing is None else written(one.missing),
    }


def _show(one: Mutation) -> None:
    for outcome in one.survivors:
        mutant = outcome.mutant
        fault = click.style(mutant.fault, fg="red")
        click.echo(f"{mutant.place}: {mutant} [{fault}]")
        if outcome.missing is not None:
            click.echo(f"\n{written(outcome.missing)}")
    for clause in _clauses(one):
        click.echo(f"{one.rulebook}/{clause}: {_said(_counts(one, clause))}")
    click.secho(f"{one.rulebook}: {_said(_counts(one))}; score {one.score:.3f}", bold=True)


def _said(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {word}" for word, number in counts.items())
