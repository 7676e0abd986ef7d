"""`councilrules trace`: compares a protocol's text with the rulebook that encodes it."""

from __future__ import annotations

import json
import sys
import textwrap
from typing import TYPE_CHECKING

import click

from councilrules.documents import read_text
from councilrules.rulebooks import load_rulebook
from councilrules.trace import Trace, fingerprint
from councilrules.trace import trace as traced

if TYPE_CHECKING:
    from councilrules.rules import Rulebook

_WIDTH = 88


@click.command()
@click.argument("rulebook", required=False)
@click.option("--protocol", "path", help="The text of the protocol, a plain text file.")
@click.option("--changes", is_flag=True, help="Show only what is not the same.")
@click.option(
    "--fingerprint", "text", help="Print the fingerprint of a piece of text, and nothing else."
)
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
def trace(
    rulebook: str | None, path: str | None, text: str | None, *, changes: bool, as_json: bool
) -> None:
    """Say which clauses of RULEBOOK the text still has, and which it amends, adds or drops.

    The published text stands beside what the rulebook takes it to mean. Exit status 1
    if anything has changed.
    """
    if text is not None:
        click.echo(fingerprint(text))
        return
    if rulebook is None or path is None:
        msg = "name a rulebook and the text: councilrules trace langport --protocol FILE"
        raise click.UsageError(msg)
    book = load_rulebook(rulebook)
    found = traced([(one.id, one.fingerprint) for one in book.clauses], read_text(path))
    if as_json:
        click.echo(json.dumps(_data(found, book), indent=2, ensure_ascii=False))
    else:
        _show(found, book, changes=changes)
    sys.exit(0 if found.unchanged else 1)


def _data(found: Trace, book: Rulebook) -> dict[str, object]:
    return {
        "rulebook": book.id,
        "clauses": [
            {
                "clause": one.clause,
                "outcome": one.outcome,
                "line": one.line,
                "text": one.text,
                "means": book[one.clause].means,
            }
            for one in found.clauses
        ],
        "added": [
            {"line": one.line, "after": one.after or None, "text": one.text} for one in found.added
        ],
        "unchanged": found.unchanged,
    }


def _show(found: Trace, book: Rulebook, *, changes: bool) -> None:
    counts: dict[str, int] = {}
    for one in found.clauses:
        counts[one.outcome] = counts.get(one.outcome, 0) + 1
        if changes and one.outcome == "same":
            continue
        colour = None if one.outcome == "same" else "yellow"
        click.secho(
            f"{one.clause}: {one.outcome}" + (f" (line {one.line})" if one.line else ""),
            fg=colour,
            bold=True,
        )
        _side("text", one.text or "(not there)")
        _side("means", book[one.clause].means)
    for added in found.added:
        click.secho(
            f"added after {added.after or 'the beginning'} (line {added.line})",
            fg="yellow",
            bold=True,
        )
        _side("text", added.text)
    counts["added"] = len(found.added)
    click.echo(", ".join(f"{word}: {number}" for word, number in counts.items()))


def _side(label: str, text: str) -> None:
    click.echo(
        textwrap.fill(text, _WIDTH, initial_indent=f"  {label:5}  ", subsequent_indent=" " * 9)
    )
