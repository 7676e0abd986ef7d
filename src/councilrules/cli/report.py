"""`councilrules report`: writes what was found as a document for people."""

from __future__ import annotations

import shlex
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click
from attrs import evolve

from councilrules.cli._assessed import assessed, engine_option
from councilrules.counterfactuals import ranked_questions
from councilrules.documents import read_text
from councilrules.errors import Place, Problem, ScenarioError, TraceError
from councilrules.reports._counterfactuals import answers, least
from councilrules.reports.contents import contents
from councilrules.scenarios.anonymising import By, anonymised
from councilrules.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from councilrules.assessing import Assessment, Engine
    from councilrules.reports.contents import Report
    from councilrules.trace import Trace

_WRITERS = {
    ".html": ("html", "html"),
    ".docx": ("docx", "docx"),
    ".md": ("markdown", "markdown"),
}
"""By the ending of the file, the module below `reports` that writes it, and its function."""


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--out", required=True, metavar="FILE", help="The file to write; its ending says as what."
)
@click.option(
    "--protocol", "protocols", multiple=True, metavar="FILE",
    help="The published text of a protocol, a plain text file, to quote; may be given again for another.",
)  # fmt: skip
@click.option(
    "--everything", is_flag=True, help="Also tell what was met or excused in full, and every event."
)
@click.option(
    "--anonymise", type=click.Choice(get_args(By)), is_flag=False, flag_value="roles",
    help="Call people by their `roles`, as is done where nothing else is said, or by their `initials`.",
)  # fmt: skip
@engine_option
def report(
    paths: tuple[str, ...],
    *,
    out: str,
    protocols: tuple[str, ...],
    everything: bool,
    anonymise: By | None,
    engine: Engine,
) -> None:
    """Write a report on scenarios to a file: timeline, findings with their reasons, questions.

    PATHS are scenario files, or folders of them; each scenario is a section. The file ends
    in .html: one page that needs no network and prints well; in .docx, for Word; or in .md,
    for Markdown. Exit status 1 means that something is breached, what is only alleged
    included.
    """
    target = _target(out)
    changed = (partial(anonymised, by=anonymise),) if anonymise else ()
    found = assessed(paths, engine, *changed)
    # Among questions of one turn, that comes first which could settle most.
    made = [evolve(one, questions=ranked_questions(one)) for one in found]
    texts = _texts(protocols, made)
    content = contents(
        made,
        texts=texts,
        least=least,
        answers=answers,
        everything=everything,
        # The names of files and folders, and the command, can name people as well.
        inputs={} if anonymise else _inputs(made, protocols),
        command=""
        if anonymise
        else _command(paths, out, protocols, everything=everything, engine=engine),
    )
    _write(target, content)
    sys.exit(1 if any(one.breached for one in made) else 0)


def _target(out: str) -> Path:
    """Give the file to write, before any work is done for it.

    Raises:
        ScenarioError: When no report can be written to it.
    """
    target = Path(out)
    if target.suffix.lower() not in _WRITERS:
        what = f"a report cannot be written as `{target.suffix or target.name}`"
        remedy = f"end the name in {' or '.join(_WRITERS)}"
        found = Problem(check="unknown-report", place=Place(out), what=what, remedy=remedy)
        raise ScenarioError((found,))
    if not target.parent.is_dir():
        what = f"there is no folder `{target.parent}`"
        remedy = "make the folder first, or choose another"
        found = Problem(check="no-such-folder", place=Place(out), what=what, remedy=remedy)
        raise ScenarioError((found,))
    return target


def _texts(paths: Iterable[str], made: Sequence[Assessment]) -> dict[str, Trace]:
    """Give the published text of each protocol of which one was given.

    Raises:
        TraceError: When a text is of no protocol that the scenarios name.
    """
    books = {one.rulebook.id: one.rulebook for one in made}
    found: dict[str, Trace] = {}
    problems: list[Problem] = []
    for path in paths:
        text = read_text(path)
        traced = {
            name: trace([(one.id, one.fingerprint) for one in book.clauses], text)
            for name, book in books.items()
        }
        its = {
            name: one
            for name, one in traced.items()
            if any(clause.outcome != "removed" for clause in one.clauses)
        }
        found |= its
        if not its:
            what = f"this is not the text of {' or of '.join(f'`{name}`' for name in books)}"
            remedy = "give the text of a protocol that the scenarios name"
            problems.append(
                Problem(check="other-text", place=Place(path), what=what, remedy=remedy)
            )
    if problems:
        raise TraceError(tuple(problems))
    return found


def _inputs(made: Iterable[Assessment], protocols: Iterable[str]) -> dict[str, bytes]:
    """Give what was read: the scenarios, the logs that they name, and published texts."""
    files: dict[str, None] = {}
    for one in made:
        files[one.scenario.place.file] = None
        for event in one.scenario.history.events:
            if event.place is not None and event.place.file:
                files[event.place.file] = None
    names = [name for name in (*files, *protocols) if Path(name).is_file()]
    return {name: Path(name).read_bytes() for name in dict.fromkeys(names)}


def _command(
    paths: Iterable[str],
    out: str,
    protocols: Iterable[str],
    *,
    everything: bool,
    engine: str,
) -> str:
    """Give the command that makes the report again."""
    words = ["councilrules", "report", *paths, "--out", out]
    for one in protocols:
        words += ["--protocol", one]
    words += ["--everything"] if everything else []
    words += ["--engine", engine] if engine != "both" else []
    return shlex.join(words)


def _write(target: Path, content: Report) -> None:
    """Write a report as what its file's ending says.

    Raises:
        ScenarioError: When what it takes is not installed, or the file cannot be written.
    """
    place = Place(str(target))
    module, name = _WRITERS[target.suffix.lower()]
    try:
        written = getattr(import_module(f"councilrules.reports.{module}"), name)(content)
    except ModuleNotFoundError as error:
        what = f"`{error.name}` is not installed, which writing a report takes"
        remedy = "install it with `pip install 'councilrules[report]'`"
        found = Problem(check="not-installed", place=place, what=what, remedy=remedy)
        raise ScenarioError((found,)) from None
    data = written if isinstance(written, bytes) else written.encode(errors="backslashreplace")
    try:
        target.write_bytes(data)
    except OSError as error:
        what = f"the file cannot be written: {error.strerror or error}"
        remedy = "choose another file"
        found = Problem(check="cannot-write", place=place, what=what, remedy=remedy)
        raise ScenarioError((found,)) from None
