"""`councilrules coverage`: what of each rule the scenarios show to decide."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from councilrules.analysis.deciding import decided
from councilrules.analysis.missing import missing as found_missing
from councilrules.assessing import assess
from councilrules.cli._files import scenarios, watched
from councilrules.coverage import coverage as covered
from councilrules.reports.coverage_page import coverage_lines, coverage_page, percent
from councilrules.rulebooks import load_rulebook, shipped
from councilrules.scenarios.writing import written_together

if TYPE_CHECKING:
    from councilrules.assessing import Assessment
    from councilrules.coverage import Coverage
    from councilrules.coverage.items import Decided, Item
    from councilrules.rules import Rulebook
    from councilrules.scenarios import Scenario


@frozen(kw_only=True)
class _Shown:
    """A rulebook with what its scenarios reach and show."""

    rulebook: Rulebook
    made: tuple[Assessment, ...]
    coverage: Coverage
    decided: Decided

    @property
    def is_complete(self) -> bool:
        return self.coverage.is_complete and self.decided.is_complete


@click.command()
@click.argument("rulebooks", nargs=-1)
@click.option(
    "--scenarios",
    "paths",
    multiple=True,
    help="Scenario files or folders; else the folder `scenarios` of each rulebook.",
)
@click.option("--missing", is_flag=True, help="Say in words what no scenario shows.")
@click.option("--json", "as_json", is_flag=True, help="Print the coverage as JSON.")
@click.option(
    "--page",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write it as a page of HTML too.",
)
@click.option(
    "--write",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write scenarios for what is missing into this folder, a file for each clause.",
)
def coverage(
    rulebooks: tuple[str, ...],
    paths: tuple[str, ...],
    *,
    missing: bool,
    as_json: bool,
    page: Path | None,
    write: Path | None,
) -> None:
    """Show what of the rules of RULEBOOKS the scenarios reach and show to decide.

    That is: every status that a rule can reach; every condition, exception, relation and
    deadline decides by itself between two scenarios; every edge of an office, a deadline
    and an order in time has a case on either side. All rulebooks that come with it are
    shown if none is named. Exit status 1 if anything is missing.
    """
    found = [_shown(name, paths) for name in rulebooks or shipped()]
    if as_json:
        data = {"rulebooks": [_data(one) for one in found]}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        for one in found:
            for line in coverage_lines(one.decided, missing=missing):
                click.echo(line)
            _show_clauses(one.coverage)
    if page is not None:
        page.write_text(coverage_page(one.decided for one in found), encoding="utf-8")
    if write is not None:
        for one in found:
            _write(one, write)
    sys.exit(0 if all(one.is_complete for one in found) else 1)


def _shown(name: str, paths: tuple[str, ...]) -> _Shown:
    book = load_rulebook(name)
    folders = paths or (str(Path(book.folder) / "scenarios"),)
    made = tuple(
        assess(one.rulebook, scenario, engine="reference")
        for _, scenario in watched(scenarios(folders), "Assessing")
        for one in scenario.rulebooks
        if one.rulebook.id == book.id
    )
    return _Shown(
        rulebook=book, made=made, coverage=covered(book, made), decided=decided(book, made)
    )


def _show_clauses(one: Coverage) -> None:
    norms = sum(1 for _, kinds, _ in one.clauses if set(kinds) != {"statement"})
    ruled = sum(1 for _, kinds, rules in one.clauses if rules and set(kinds) != {"statement"})
    click.secho(
        f"{one.rulebook}: {len(one.clauses)} clauses; {ruled} of {norms} norms have rules",
        bold=True,
    )


def _write(one: _Shown, folder: Path) -> None:
    """Write the scenarios that are missing, where there is no such file yet."""
    by_clause: dict[str, list[Scenario]] = {}
    for scenario in found_missing(one.rulebook, [each.scenario for each in one.made]):
        by_clause.setdefault(scenario.expected[0].clause, []).append(scenario)
    folder.mkdir(parents=True, exist_ok=True)
    for clause, listed in by_clause.items():
        path = folder / f"{clause}-deciding.yaml"
        if path.exists():
            click.echo(f"{path} is there already: left as it is", err=True)
            continue
        path.write_text(written_together(listed), encoding="utf-8")
        click.echo(f"{path}: {len(listed)} scenarios", err=True)


def _data(shown: _Shown) -> dict[str, object]:
    one, rest = shown.coverage, {(each.clause, each.rule): each for each in shown.decided.rules}
    tally = shown.decided.tally()
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
                "items": [_item(item) for item in rest[rule.clause, rule.rule].items],
            }
            for rule in one.rules
        ],
        "tally": {name: {"shown": done, "of": of} for name, (done, of) in tally.items()},
        "percent": percent(tally),
        "complete": shown.is_complete,
    }


def _item(item: Item) -> dict[str, object]:
    return {
        "kind": item.kind,
        "where": item.where,
        "words": item.words,
        "shown": item.is_shown and not item.cannot,
        "lacking": list(item.lacking),
        "shown_by": [{"file": one.file, "title": one.title} for one in item.shown_by],
        "cannot": item.cannot,
    }
