"""`councilrules explain`: shows why a finding is what it is."""

from __future__ import annotations

import json

import click

from councilrules.assessing import assess
from councilrules.assessing import explain as explained
from councilrules.cli._files import scenarios
from councilrules.errors import Place, Problem, ScenarioError
from councilrules.reports import data
from councilrules.reports._counterfactuals import data as counterfactuals
from councilrules.reports.tree import render


@click.command()
@click.argument("path")
@click.argument("clause")
@click.option("--on", help="Only the findings on this event.")
@click.option("--bearer", help="Only the findings about this person.")
@click.option("--json", "as_json", is_flag=True, help="Print the trees as JSON.")
def explain(path: str, clause: str, on: str | None, bearer: str | None, *, as_json: bool) -> None:
    """Show for the findings of CLAUSE in the scenario file PATH how they came about.

    CLAUSE is a clause, such as 2.6, or a rule of it, such as 2.6/inspected; the
    rulebook may stand before it. The tree shows every condition with its value and
    where that comes from, and each exception that was considered; then what would
    have turned the finding, or what each answer would lead to that is still wanted.
    """
    wanted = [
        (made, finding)
        for _, scenario in scenarios([path])
        for named in scenario.rulebooks
        for made in [assess(named.rulebook, scenario, engine="reference")]
        for finding in made.findings
        if _is_meant(clause, finding.rulebook, finding.clause, finding.rule)
        and on in {None, finding.on}
        and bearer in {None, finding.bearer}
    ]
    if not wanted:
        what = (
            f"there is no finding under `{clause}`"
            + (f" on `{on}`" if on else "")
            + (f" about `{bearer}`" if bearer else "")
        )
        remedy = "`councilrules assess` lists the findings that there are"
        raise ScenarioError(
            (Problem(check="no-such-finding", place=Place(path), what=what, remedy=remedy),)
        )
    cases = [(made, one, explained(one, made.rulebook, made.scenario)) for made, one in wanted]
    if as_json:
        trees = [
            {
                "finding": data.finding(finding, made),
                "because": data.because(case.because),
                **counterfactuals(made, finding),
            }
            for made, finding, case in cases
        ]
        click.echo(json.dumps(trees, indent=2, ensure_ascii=False))
        return
    for made, finding, case in cases:
        click.echo(render(made, finding, case))


def _is_meant(wanted: str, rulebook: str, clause: str, rule: str) -> bool:
    full = f"{rulebook}/{clause}/{rule}"
    return wanted in {clause, f"{clause}/{rule}", f"{rulebook}/{clause}", full}
