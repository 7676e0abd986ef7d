"""`councilrules lint`: checks rulebooks."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from councilrules.cli._files import problems_of, watched
from councilrules.rulebooks import load_rulebook, shipped

if TYPE_CHECKING:
    from collections.abc import Collection

    from councilrules.analysis.faults import Evidence, Fault
    from councilrules.errors import Problem
    from councilrules.rules import Rulebook


@click.command()
@click.argument("rulebooks", nargs=-1)
@click.option(
    "--deep",
    is_flag=True,
    help="Look for rules that contradict each other, never apply or add nothing; takes a minute.",
)
@click.option(
    "--clause", "clauses", multiple=True, help="With --deep, look at this clause only, or these."
)
@click.option(
    "--overlaps", is_flag=True, help="List the rules that say no more than one of another clause."
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many processes share the work of --deep.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON.")
def lint(
    rulebooks: tuple[str, ...],
    *,
    deep: bool,
    clauses: tuple[str, ...],
    overlaps: bool,
    processes: int,
    as_json: bool,
) -> None:
    """Check RULEBOOKS: names of those that come with it, or folders; all if none is named.

    Every fault is named with its file, line and column. Exit status 2 if there is any.
    """
    faults: list[Problem] = []
    proved: list[Fault] = []
    read: list[Rulebook] = []
    for name in rulebooks or shipped():
        found, problems = problems_of(lambda name=name: load_rulebook(name))  # type: ignore[misc]
        faults += problems
        read += [] if found is None else [found]
    _known(clauses, read)
    if deep:
        proved = [fault for book in read for fault in _proved(book, clauses, processes)]
    listed = [one for book in read for one in _overlapping(book)] if overlaps else None
    if as_json:
        _print_data(faults, proved, listed)
    else:
        _print(read, faults, proved, listed, deep=deep)
    sys.exit(2 if faults or proved else 0)


def _known(clauses: Collection[str], read: list[Rulebook]) -> None:
    for one in clauses:
        if read and not any(one in book.by_id for book in read):
            msg = f"there is no clause `{one}`"
            raise click.BadParameter(msg, param_hint="'--clause'")


def _proved(book: Rulebook, clauses: tuple[str, ...], processes: int) -> list[Fault]:
    from councilrules.analysis.linting import tasks  # noqa: PLC0415 - takes time to load

    with tasks(book, clauses or None, processes=processes) as each:
        return [fault for task in watched(each, f"Analysing {book.id}") for fault in task()]


def _overlapping(book: Rulebook) -> list[dict[str, object]]:
    from councilrules.analysis.linting import overlaps  # noqa: PLC0415 - takes time to load

    return [
        {
            "rulebook": book.id,
            "rule": one.rule.name,
            "other": one.other.name,
            "equal": one.is_equal,
        }
        for one in overlaps(book)
    ]


# --- as text ----------------------------------------------------------------------


def _print(
    read: list[Rulebook],
    faults: list[Problem],
    proved: list[Fault],
    listed: list[dict[str, object]] | None,
    *,
    deep: bool,
) -> None:
    at_fault = {one.place.file for one in proved}
    for book in read:
        if not any(clause.place.file in at_fault for clause in book.clauses):
            click.echo(f"{book.id}: {len(book.clauses)} clauses, {len(book.rules)} rules, no fault")
    for problem in faults:
        click.echo(str(problem), err=True)
    for fault in proved:
        click.echo(_shown(fault), err=True)
    for one in listed or ():
        verb = "says just what" if one["equal"] else "says no more than"
        other = f"{one['other']} says" if one["equal"] else one["other"]
        click.echo(f"{one['rulebook']}: {one['rule']} {verb} {other}")
    if deep and read:
        from councilrules.analysis.faults import COVERED  # noqa: PLC0415 - takes time to load

        click.echo(f"The analysis is {COVERED}.")


def _shown(fault: Fault) -> str:
    """Give a fault with the scenario that shows it."""
    lines = [str(fault.problem)]
    if fault.evidence is not None:
        came = ", ".join(
            f"`{rule}` comes to `{to}`" for rule, to in fault.evidence.comes_to.items()
        )
        lines.append(f"  as in this scenario, where {came}:")
        lines += [f"    {line}" for line in _written(fault.evidence).splitlines()]
    return "\n".join(lines)


def _written(evidence: Evidence) -> str:
    from councilrules.scenarios.writing import written  # noqa: PLC0415 - takes time to load

    return written(evidence.scenario)


# --- as JSON ----------------------------------------------------------------------


def _print_data(
    faults: list[Problem], proved: list[Fault], listed: list[dict[str, object]] | None
) -> None:
    problems = [_data(one) for one in faults] + [_proved_data(one) for one in proved]
    found: dict[str, object] = {"problems": problems}
    if listed is not None:
        found["overlaps"] = listed
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))


def _data(problem: Problem) -> dict[str, object]:
    return {
        "check": problem.check,
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "what": problem.what,
        "remedy": problem.remedy,
    }


def _proved_data(fault: Fault) -> dict[str, object]:
    shown = None
    if fault.evidence is not None:
        shown = {
            "shows": fault.evidence.shown,
            "comes_to": dict(fault.evidence.comes_to),
            "scenario": _written(fault.evidence),
        }
    return {**_data(fault.problem), "rules": list(fault.rules), "evidence": shown}
