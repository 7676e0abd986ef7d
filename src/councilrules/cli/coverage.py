"""`councilrules coverage`: which statuses of which rules the scenarios reach."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from councilrules.assessing import assess
from councilrules.cli._files import scenarios, watched
from councilrules.coverage import Coverage
from councilrules.coverage import coverage as covered
from councilrules.reports.coverage import render
from councilrules.rulebooks import load_rulebook, shipped


@click.command()
@click.argument("rulebooks", nargs=-1)
@click.option(
    "--scenarios",
    "paths",
    multiple=True,
    help="Scenario files or folders; else the folder `scenarios` of each rulebook.",
)
@click.option(
    "--missing", is_flag=True, help="Show only the rules with a status that no scenario reaches."
)
@click.option("--json", "as_json", is_flag=True, help="Print the coverage as JSON.")
def coverage(
    rulebooks: tuple[str, ...], paths: tuple[str, ...], *, missing: bool, as_json: bool
) -> None:
    """Show clauses, rules, and the statuses that scenarios reach, for RULEBOOKS.

    All that come with it are shown if none is named. Exit status 1 if a norm has no
    rule, or a status that a rule can reach has no scenario.
    """
    found = [_covered(name, paths) for name in rulebooks or shipped()]
    if as_json:
        click.echo(
            json.dumps({"rulebooks": [_data(one) for one in found]}, indent=2, ensure_ascii=False)
        )
    else:
        for one in found:
            click.echo(render(one, missing=missing))
    sys.exit(0 if all(one.is_complete for one in found) else 1)


def _covered(name: str, paths: tuple[str, ...]) -> Coverage:
    book = load_rulebook(name)
    folders = paths or (str(Path(book.folder) / "scenarios"),)
    made = [
        assess(one.rulebook, scenario, engine="reference")
        for _, scenario in watched(scenarios(folders), "Assessing")
        for one in scenario.rulebooks
        if one.rulebook.id == book.id
    ]
    return covered(book, made)


def _data(one: Coverage) -> dict[str, object]:
    return {
        "rulebook": one.rulebook,
        "clauses": [
            {"clause": clause, "kinds": list(kinds), "rules": rules}
            for clause, kinds, rules in one.clauses
        ],
        "rules": [
            {
                "clause": rule.clause,
                "rule": rule.rule,
                "reached": dict(rule.reached),
                "missing": list(rule.missing),
            }
            for rule in one.rules
        ],
        "complete": one.is_complete,
    }
