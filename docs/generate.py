"""Writes the pages of the reference and the picture of the README: `python docs/generate.py`.

What the source says of itself is read from the source; the rest is in `explained.yaml`.
A test runs this too and compares, so that neither can go stale. The comparison of the two
rulebooks takes minutes: it is made only where either rulebook has changed, or with
`--compare`.
"""  # noqa: INP001 - a script

from __future__ import annotations

import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from councilrules import vocabulary
from councilrules.cli import main
from councilrules.events import THEMES
from councilrules.events.questions import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
_GENERATED = "<!-- Made by docs/generate.py: change the source it reads, or docs/explained.yaml, and run it again. -->"


def _beside(name: str) -> Any:  # noqa: ANN401 - a module
    """Load a module beside this one, from wherever this is run."""
    spec = spec_from_file_location(name, HERE / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_EXPLAINED = _beside("explained")
_COMPARED = _beside("compared")


def pages() -> dict[str, str]:
    """Give every generated file, by its path below `docs/`."""
    made = {
        "reference/vocabulary.md": _vocabulary(),
        "reference/questions.md": _questions(),
        "reference/checks.md": _EXPLAINED.checks_page(),
        "reference/cli.md": _cli(),
        "reference/python.md": _beside("public_names").page(),
        "reference/yaml.md": _EXPLAINED.keys_page(),
    }
    texts = {name: _joined([_GENERATED, "", *lines]) for name, lines in made.items()}
    return {**texts, "images/assess.svg": _beside("picture").picture()}


def compared_page() -> str:
    """Give the page that compares the rulebooks, which takes a minute or two."""
    return _joined([_GENERATED, *_COMPARED.page()])


def is_comparison_stale() -> bool:
    """Tell whether that page is of other rulebooks than there are now."""
    found: bool = _COMPARED.is_stale(HERE / _COMPARED.PAGE)
    return found


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


# --- vocabulary and questions -----------------------------------------------------


def _vocabulary() -> list[str]:
    lines = [
        "# Vocabulary",
        "",
        "Every kind of event that a scenario can hold and a rule can speak of, by theme.",
        "Besides the fields listed with it, each kind has [the fields of every event](#the-fields-of-every-event).",
        "On the command line, `councilrules vocabulary` shows the same.",
        "",
    ]
    own = [
        kind
        for kind in vocabulary.kinds().values()
        if kind.cls.__module__.startswith("councilrules.")
    ]
    for theme in THEMES:
        summary = (theme.__doc__ or "").split("\n", 1)[0]
        lines += [f"## {theme.__name__.rsplit('.', 1)[-1].capitalize()}", "", summary, ""]
        for kind in own:
            if kind.cls.__module__ == theme.__name__:
                lines += _event(kind)
    return [
        *lines,
        "## The fields of every event",
        "",
        *_fields(vocabulary.common_fields().values()),
    ]


def _event(kind: vocabulary.EventKind) -> list[str]:
    notes = []
    if kind.cls.context:
        notes.append("It gives context: it is shown with what it bears on, and opens no case.")
    if kind.cls.derived:
        notes.append("It is made from the register, and cannot be written in a file.")
    if kind.towards != "towards":
        notes.append(f"At the receiving end is `{kind.towards}`.")
    fields = [field for field in kind.fields.values() if not field.is_common]
    return [
        f"### {kind.name}",
        "",
        _EXPLAINED.sentences(kind.about),
        *notes,
        "",
        *_fields(fields),
        "",
    ]


def _fields(fields: Any) -> Iterator[str]:  # noqa: ANN401 - any fields, as a table
    rows = [f"| `{one.name}` | {_holds(one)} | {one.help} |" for one in fields]
    if rows:
        yield from ("| Field | Holds | Means |", "| --- | --- | --- |", *rows, "")


def _holds(field: vocabulary.Field) -> str:
    return ", ".join(f"`{word}`" for word in field.choices) if field.choices else field.kind.value


def _questions() -> list[str]:
    lines = [
        "# Questions of judgement",
        "",
        "What the texts leave to people, as questions that a person answers.",
        "An answer is recorded as an event `judgement-recorded`, or stipulated under `answers` of the event itself.",
        "A question is asked only of an event that raises it by its kind, or on which its answer, or `not_known`, is written.",
        "On the command line, `councilrules vocabulary --questions` shows the same.",
        "",
    ]
    for name, question in sorted(QUESTIONS.items()):
        raised = ", ".join(
            f"[`{kind}`](vocabulary.md#{kind})" for kind in sorted(question.raised_by)
        )
        lines += [
            f"## {name}",
            "",
            question.asks,
            "",
            f"Raised by {raised or 'no kind of event by itself'}.",
            "",
        ]
    return lines


# --- command line -----------------------------------------------------------------


def _cli() -> list[str]:
    context = click.Context(main)
    lines = ["# Command line", "", *_paragraphs(main.help or ""), ""]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is not None:
            lines += [
                f"## councilrules {name}",
                "",
                *_paragraphs(command.help or ""),
                "",
                *_usage(name, command),
                "",
            ]
    return lines


def _paragraphs(text: str) -> list[str]:
    return [
        line for part in text.strip().split("\n\n") for line in (_EXPLAINED.sentences(part), "")
    ]


def _usage(name: str, command: click.Command) -> Iterator[str]:
    arguments = [
        one.make_metavar(click.Context(command))
        for one in command.params
        if isinstance(one, click.Argument)
    ]
    yield from (
        "```text",
        " ".join(["councilrules", name, "[OPTIONS]", *arguments]),
        "```",
        "",
        "| Option | Means |",
        "| --- | --- |",
    )
    for option in command.params:
        if isinstance(option, click.Option):
            words = option.type.choices if isinstance(option.type, click.Choice) else ()
            listed = f" One of {', '.join(f'`{one}`' for one in words)}." if words else ""
            default = f" `{option.default}` if it is left out." if option.show_default else ""
            yield f"| `{option.opts[0]}` | {option.help}{listed}{default} |"


if __name__ == "__main__":
    made = pages()
    if is_comparison_stale() or "--compare" in sys.argv:
        made[_COMPARED.PAGE] = compared_page()
    for name, text in made.items():
        target = HERE / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        sys.stdout.write(f"wrote docs/{name}\n")
