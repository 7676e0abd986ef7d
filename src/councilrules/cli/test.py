"""`councilrules test`: checks scenarios against what they expect."""

from __future__ import annotations

import json
import sys

import click

from councilrules.assessing import assess
from councilrules.cli._files import scenarios, watched
from councilrules.expecting import mismatches


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def test(paths: tuple[str, ...], *, as_json: bool) -> None:
    """Check the `expect` of scenarios: PATHS are scenario files, or folders of them.

    A scenario states all findings of the clauses that it names: one that is missing
    fails it, and so does one too many. Exit status 1 if any fails.
    """
    read = scenarios(paths)
    results = []
    for path, scenario in watched(read, "Testing"):
        made = [assess(one.rulebook, scenario, engine="reference") for one in scenario.rulebooks]
        results.append((path, scenario, list(mismatches(scenario, made))))
    failed = [one for one in results if one[2]]
    stating = sum(1 for _, scenario, _ in results if scenario.expected)
    if as_json:
        click.echo(json.dumps({
            "scenarios": [
                {"file": str(path), "name": scenario.name, "mismatches": [str(one) for one in wrong]}
                for path, scenario, wrong in results
            ],
            "passed": len(results) - len(failed),
            "failed": len(failed),
        }, indent=2, ensure_ascii=False))  # fmt: skip
    else:
        for path, scenario, wrong in failed:
            click.secho(f"FAILED {path}: {scenario.name}", fg="red")
            for one in wrong:
                click.echo(f"  {one}")
        click.echo(
            f"{len(results) - len(failed)} of {len(results)} scenarios are as expected"
            f" ({stating} state an expectation)"
        )
    sys.exit(1 if failed else 0)
