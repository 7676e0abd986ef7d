"""`councilrules assess`: the main job."""

from __future__ import annotations

import json
import sys

import click

from councilrules.assessing import Engine
from councilrules.cli._assessed import assessed, engine_option
from councilrules.findings import Finding, Status
from councilrules.reports import data
from councilrules.reports.text import render

_PROOFS = ("alleged", "admitted", "established")
_FORCES = ("states", "expect", "should", "must")


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option(
    "--proof", type=click.Choice(_PROOFS), default="alleged", show_default=True,
    help="How well a breach has to be proved to count for the exit status.",
)  # fmt: skip
@click.option(
    "--force", type=click.Choice(_FORCES), default="states", show_default=True,
    help="With what force the protocol has to speak for the exit status.",
)  # fmt: skip
@engine_option
@click.option(
    "--all", "everything", is_flag=True, help="Also list what was met or excused in full."
)
def assess(
    paths: tuple[str, ...],
    *,
    as_json: bool,
    proof: str,
    force: str,
    engine: Engine,
    everything: bool,
) -> None:
    """Say which clauses the events of scenarios breach, which not, and what is not known.

    PATHS are scenario files, or folders of them. Exit status 1 means that something is
    breached, what is only alleged included; `--proof` and `--force` narrow that.
    """
    made = assessed(paths, engine)
    if as_json:
        click.echo(json.dumps(data.assessments(made), indent=2, ensure_ascii=False))
    else:
        click.echo(render(made, everything=everything))
    counted = [one for each in made for one in each.findings if _counts(one, proof, force)]
    sys.exit(1 if counted else 0)


def _counts(finding: Finding, proof: str, force: str) -> bool:
    """Tell whether a finding is a breach that is proved, and binds, well enough."""
    return (
        finding.status is Status.BREACHED
        and _PROOFS.index(finding.proof.name.lower()) >= _PROOFS.index(proof)
        and _rank(finding.force) >= _rank(force)
    )


def _rank(force: str) -> int:
    # A right that is denied binds whoever denies it as firmly as a must.
    return _FORCES.index("must" if force == "may" else force)
