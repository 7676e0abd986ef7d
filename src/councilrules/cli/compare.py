"""`councilrules compare`: what two rulebooks forbid, or what an amendment changes."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from attrs import evolve

from councilrules.analysis.comparing import Amendment, amendment, are_versions, comparison
from councilrules.analysis.forbidding import findings
from councilrules.cli._compared import (
    amendment_data,
    amendment_lines,
    comparison_data,
    comparison_lines,
    first_alone,
)
from councilrules.errors import Place, Problem, RulebookError, nearest
from councilrules.rulebooks import is_rulebook, load_rulebook, shipped
from councilrules.rulebooks.amending import load_amended
from councilrules.rulebooks.writing import clauses_text
from councilrules.scenarios.writing import name_of, written
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from councilrules.analysis.comparing import Comparison
    from councilrules.rules import Rulebook
    from councilrules.scenarios import Scenario

_T = TypeVar("_T")


@click.command()
@click.argument("rulebook")
@click.argument("other", required=False)
@click.option("--clause", "clauses", multiple=True, help="Compare only this clause of RULEBOOK.")
@click.option(
    "--kind", "events", multiple=True, help="Compare two rulebooks only on events of this kind."
)
@click.option("--save", "folder", help="Write each scenario to a file in this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
def compare(
    rulebook: str,
    other: str | None,
    clauses: tuple[str, ...],
    events: tuple[str, ...],
    folder: str | None,
    *,
    as_json: bool,
) -> None:
    """Say what RULEBOOK forbids and OTHER does not, and the other way round.

    Each is the name of one that comes with it, or a folder. OTHER can also be a file with
    amended clauses of RULEBOOK: a list of clauses, as in a section of a rulebook.

    Of two versions of one rulebook it says what was amended, rule by rule, with a smallest
    scenario for each way in which something else is found. Without OTHER, the clauses
    that `--clause` names are printed as such a file, to be amended.

    Exit status 0 if nothing differs, 1 if something does.
    """
    one = load_rulebook(rulebook)
    _known(clauses, one.by_id, "--clause", "unknown-clause", "clause")
    _known(events, kinds(), "--kind", "unknown-event", "kind of event")
    if other is None:
        if not clauses:
            raise click.UsageError("name what to compare it with, or a `--clause` to print")  # noqa: TRY003, EM101
        click.echo(clauses_text([one[clause] for clause in clauses]), nl=False)
        return
    its = _other(rulebook, other)
    found: Amendment | Comparison
    if are_versions(one, its):
        found = amendment(one, its, clauses=clauses, progress=_progress)
        scenarios = dict(_of_amendment(found))
    else:
        found = comparison(one, its, clauses=clauses, kinds=events, progress=_progress)
        scenarios = dict(_of_comparison(found))
    _progress("")
    if folder is not None:
        try:
            _save(Path(folder), scenarios)
        except OSError as error:
            msg = f"`{folder}` cannot be written to: {error.strerror}"
            raise click.UsageError(msg) from None
    _show(found, as_json=as_json)
    sys.exit(0 if found.is_same else 1)


def _known(
    names: tuple[str, ...], there: Collection[str], option: str, check: str, what: str
) -> None:
    """Object to names that are not there."""
    problems = [
        Problem(
            check=check,
            place=Place(option),
            what=f"there is no {what} `{name}`",
            remedy=nearest(name, there),
        )
        for name in names
        if name not in there
    ]
    if problems:
        raise RulebookError(tuple(problems))


def _other(rulebook: str, other: str) -> Rulebook:
    path = Path(other)
    if path.suffix in {".yaml", ".yml"} and path.name != "protocol.yaml" and not is_rulebook(path):
        return load_amended(rulebook, path)
    return load_rulebook(other)


def _progress(what: str) -> None:
    """Show on a terminal what is looked at; nothing takes it away again."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{what}", nl=False, err=True)


def _show(found: Amendment | Comparison, *, as_json: bool) -> None:
    if as_json:
        data = _of_either(found, amendment_data, comparison_data)
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    for line in _of_either(found, amendment_lines, comparison_lines):
        click.echo(line)


def _of_either(
    found: Amendment | Comparison,
    of_amendment: Callable[[Amendment], _T],
    of_comparison: Callable[[Comparison], _T],
) -> _T:
    return of_amendment(found) if isinstance(found, Amendment) else of_comparison(found)


# --- scenarios as files -----------------------------------------------------------


def _of_amendment(found: Amendment) -> Iterator[tuple[str, Scenario]]:
    for one in found.rules:
        for number, apart in enumerate(one.apart, start=1):
            yield f"{one.rule}-{number}", apart.scenario
        for act in one.acts:
            if act.scenario is not None:
                yield f"{one.rule}-{act.kind or 'any'}", act.scenario


def _of_comparison(found: Comparison) -> Iterator[tuple[str, Scenario]]:
    for act in (*found.acts, *found.other_acts):
        if act.scenario is not None:
            yield f"{act.rulebook.id}-{act.rule.name}-{act.kind or 'any'}", act.scenario


def _save(folder: Path, scenarios: dict[str, Scenario]) -> None:
    """Write scenarios with what is found in them, their rulebooks named as seen from there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, scenario in scenarios.items():
        kept = first_alone(scenario)
        found = [one for place in range(len(kept.rulebooks)) for one in findings(kept, place)]
        try:
            text = written(_seen_from(folder, kept), findings=found)
        except ValueError as error:
            click.echo(f"{name}: {error}", err=True)
            continue
        (folder / f"{name.replace('/', '-')}.yaml").write_text(text, encoding="utf-8")


def _seen_from(folder: Path, scenario: Scenario) -> Scenario:
    def moved(book: Rulebook) -> Rulebook:
        if name_of(book) in shipped():
            return book
        return evolve(book, folder=os.path.relpath(book.folder, folder) if book.folder else "")

    return evolve(
        scenario,
        rulebooks=tuple(evolve(one, rulebook=moved(one.rulebook)) for one in scenario.rulebooks),
    )
