"""`councilrules lint`: checks rulebooks."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from councilrules.cli._files import problems_of
from councilrules.rulebooks import load_rulebook, shipped

if TYPE_CHECKING:
    from councilrules.errors import Problem


@click.command()
@click.argument("rulebooks", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON.")
def lint(rulebooks: tuple[str, ...], *, as_json: bool) -> None:
    """Check RULEBOOKS: names of those that come with it, or folders; all if none is named.

    Every fault is named with its file, line and column. Exit status 2 if there is any.
    """
    faults: list[Problem] = []
    lines: list[str] = []
    for name in rulebooks or shipped():
        found, problems = problems_of(lambda name=name: load_rulebook(name))  # type: ignore[misc]
        faults += problems
        if found is not None:
            lines.append(
                f"{found.id}: {len(found.clauses)} clauses, {len(found.rules)} rules, no fault"
            )
    if as_json:
        click.echo(
            json.dumps({"problems": [_data(one) for one in faults]}, indent=2, ensure_ascii=False)
        )
    else:
        for line in lines:
            click.echo(line)
        for one in faults:
            click.echo(str(one), err=True)
    sys.exit(2 if faults else 0)


def _data(problem: Problem) -> dict[str, object]:
    return {
        "check": problem.check,
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "what": problem.what,
        "remedy": problem.remedy,
    }
