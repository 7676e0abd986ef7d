"""`councilrules show-code`: prints what is generated from the rules of a clause."""

from __future__ import annotations

import json

import click

from councilrules.engines._generating import generate
from councilrules.engines._plans import plans
from councilrules.errors import Place, Problem, RulebookError, nearest
from councilrules.rulebooks import load_rulebook


@click.command("show-code")
@click.argument("rulebook")
@click.argument("clauses", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the code as a JSON text.")
def show_code(rulebook: str, clauses: tuple[str, ...], *, as_json: bool) -> None:
    """Print the code that tries the rules of CLAUSES on events, one function a kind.

    RULEBOOK is a rulebook that is shipped, or a folder; without CLAUSES all of it is
    shown. A function tells at a glance which rules an event has nothing to do with.
    """
    book = load_rulebook(rulebook)
    problems = [
        Problem(
            check="unknown-clause",
            place=Place(rulebook),
            what=f"there is no clause `{name}`",
            remedy=_nearest(name, list(book.by_id)),
        )
        for name in clauses
        if name not in book.by_id
    ]
    if problems:
        raise RulebookError(tuple(problems))
    wanted = frozenset(clauses) or frozenset(book.by_id)
    text = generate(plans(book), wanted).text
    click.echo(json.dumps({"code": text}) if as_json else text, nl=as_json)


def _nearest(name: str, known: list[str]) -> str | None:
    """Suggest the clauses that begin alike, or else the one that is spelt most alike."""
    alike = [one for one in known if one.startswith(name)]
    if alike:
        return f"there are {', '.join(f'`{one}`' for one in alike)}"
    return nearest(name, known)
