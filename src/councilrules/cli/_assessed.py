"""What `assess` and `report` have in common: scenarios assessed, and the exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from councilrules import engines
from councilrules.assessing import Assessment, Engine, assess
from councilrules.cli._files import scenarios, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from councilrules.scenarios import Scenario

ENGINES = ("both", "reference", *engines.ENGINES)

engine_option = click.option(
    "--engine", type=click.Choice(ENGINES), default="both", show_default=True,
    help="What finds the findings: `both` is the reference, and durable-rules where it is installed.",
)  # fmt: skip


def assessed(
    paths: Iterable[str],
    engine: Engine,
    changed: Callable[[Scenario], Scenario] = lambda scenario: scenario,
) -> list[Assessment]:
    """Assess the scenarios that paths name, with each rulebook that they name.

    What an engine was seen to do wrong, and was mended, is told on standard error.

    Args:
        paths: Scenario files, or folders of them.
        engine: What finds the findings.
        changed: What gives the scenario to assess in the place of the one that was read.

    Raises:
        ScenarioError: When a scenario cannot be used.
        EngineError: When an engine fails; the message says what does without it.
    """
    if engine in {"both", "durable"} and engines.is_installed("durable"):
        _start_early()
    try:
        found = [
            assess(one.rulebook, scenario, engine=engine)
            for scenario in map(changed, _read(paths))
            for one in scenario.rulebooks
        ]
    except engines.EngineError as error:
        msg = f"{error}\n  help: `--engine reference` does without any other engine"
        raise engines.EngineError(msg) from None
    for incident in (incident for one in found for incident in one.incidents):
        click.echo(incident, err=True)
    return found


def _read(paths: Iterable[str]) -> Iterable[Scenario]:
    return (scenario for _, scenario in watched(scenarios(paths), "Assessing"))


def _start_early() -> None:
    """Start durable-rules while the files are read, since each takes a tenth of a second."""
    from councilrules.engines import durable  # noqa: PLC0415 - only where it is installed

    durable.start_early()
