"""`councilrules vocabulary`: shows the events, fields and questions that files can use."""

from __future__ import annotations

import difflib
import json
import textwrap
from typing import TYPE_CHECKING

import click

from councilrules.errors import Place, Problem, ScenarioError
from councilrules.events.questions import QUESTIONS
from councilrules.vocabulary import common_fields, kinds

if TYPE_CHECKING:
    from councilrules.vocabulary import EventKind, Field

_WIDTH = 88


@click.command()
@click.argument("words", nargs=-1)
@click.option("--questions", is_flag=True, help="List the questions of judgement instead.")
@click.option(
    "--schema",
    type=click.Choice(("scenario", "protocol", "section")),
    help="Print the JSON Schema of a kind of file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the vocabulary as JSON.")
def vocabulary(
    words: tuple[str, ...], *, questions: bool, schema: str | None, as_json: bool
) -> None:
    """List the events; with WORDS, show those events, or those whose name holds the words."""
    if schema is not None:
        from councilrules.schemas import SCHEMAS  # noqa: PLC0415 - only where it is asked for

        click.echo(json.dumps(SCHEMAS[schema](), indent=1, ensure_ascii=False))
        return
    found = _chosen(words)
    if as_json:
        click.echo(json.dumps(_data(found), indent=2, ensure_ascii=False))
    elif questions:
        for name, question in sorted(QUESTIONS.items()):
            _pair(name, question.asks)
    elif words:
        for kind in found:
            _event(kind)
    else:
        _themes(found)


def _chosen(words: tuple[str, ...]) -> list[EventKind]:
    known = kinds()
    found: list[EventKind] = []
    for word in words:
        named = (
            [known[word]] if word in known else [one for name, one in known.items() if word in name]
        )
        if not named:
            near = difflib.get_close_matches(word, known, n=1)
            remedy = (
                f"did you mean `{near[0]}`?"
                if near
                else "`councilrules vocabulary` lists the events there are"
            )
            raise ScenarioError(
                (
                    Problem(
                        check="unknown-event",
                        place=Place("vocabulary"),
                        what=f"unknown event `{word}`",
                        remedy=remedy,
                    ),
                )
            )
        found += named
    return found if words else list(known.values())


def _themes(found: list[EventKind]) -> None:
    theme = ""
    for kind in sorted(found, key=lambda one: (one.theme, one.name)):
        if kind.theme != theme:
            theme = kind.theme
            click.secho(f"\n{theme}", bold=True)
        _pair(kind.name, kind.summary)
    click.secho("\nfields of every event", bold=True)
    for field in common_fields().values():
        _pair(field.name, field.help)


def _event(kind: EventKind) -> None:
    click.secho(f"\n{kind.name}", bold=True)
    click.echo(textwrap.fill(kind.about, _WIDTH, initial_indent="  ", subsequent_indent="  "))
    for field in kind.fields.values():
        if not field.is_common:
            _pair(field.name, f"({_kind(field)}) {field.help}")


def _kind(field: Field) -> str:
    return f"one of {', '.join(field.choices)}" if field.choices else field.kind.value


def _pair(name: str, text: str) -> None:
    click.echo(
        textwrap.fill(text, _WIDTH, initial_indent=f"  {name:<30} ", subsequent_indent=" " * 33)
    )


def _data(found: list[EventKind]) -> dict[str, object]:
    return {
        "events": [
            {
                "name": kind.name,
                "theme": kind.theme,
                "about": kind.about,
                "towards": kind.towards,
                "context": kind.cls.context,
                "fields": [
                    {
                        "name": one.name,
                        "kind": one.kind.value,
                        "choices": list(one.choices),
                        "help": one.help,
                        "common": one.is_common,
                    }
                    for one in kind.fields.values()
                ],
            }
            for kind in found
        ],
        "questions": [
            {"name": one.name, "asks": one.asks, "raised_by": sorted(one.raised_by)}
            for one in QUESTIONS.values()
        ],
    }
