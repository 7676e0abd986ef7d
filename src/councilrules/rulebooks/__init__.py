"""YAML in, rulebook out: reads a folder and checks all that can be checked at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from councilrules.documents import UnreadableError, read_yaml
from councilrules.errors import Place, Problem, RulebookError, nearest
from councilrules.reading import Reading, one_line
from councilrules.rulebooks._clauses import Clauses
from councilrules.rulebooks._patterns import Patterns, Words
from councilrules.rulebooks._protocol import head
from councilrules.rulebooks.checks import problems_of
from councilrules.rules import Clause, Rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.documents import Node
    from councilrules.rulebooks._protocol import Head

__all__ = ["load_rulebook", "shipped", "shipped_folder"]

_HEAD = "protocol.yaml"


def shipped_folder() -> Path:
    """Give the folder of the rulebooks that come with the library."""
    installed = Path(__file__).parent / "shipped"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "rules"


def shipped() -> tuple[str, ...]:
    """Give the names of the rulebooks that come with the library."""
    return tuple(sorted(path.parent.name for path in shipped_folder().glob(f"*/{_HEAD}")))


def is_rulebook(folder: Path) -> bool:
    """Tell whether a folder holds a rulebook; what no folder can be called does not."""
    try:
        return (folder / _HEAD).is_file()
    except (OSError, ValueError):
        return False


def folder_of(name_or_path: str | Path) -> Path:
    """Find a rulebook: by the name of one that is shipped, or its folder.

    Raises:
        RulebookError: When there is neither.
    """
    path = Path(name_or_path)
    if path.name == _HEAD:
        path = path.parent
    if is_rulebook(path):
        return path
    named = shipped_folder() / str(name_or_path)
    if str(name_or_path) in shipped():
        return named
    listed = ", ".join(f"`{one}`" for one in shipped())
    remedy = (
        nearest(str(name_or_path), shipped())
        or f"name a folder that holds `{_HEAD}`, or one of {listed}"
    )
    problem = Problem(
        check="unknown-rulebook", place=Place(str(name_or_path)), remedy=remedy,
        what=one_line(f"there is no rulebook `{name_or_path}`"),
    )  # fmt: skip
    raise RulebookError((problem,))


def load_rulebook(name_or_path: str | Path) -> Rulebook:
    """Read a rulebook.

    Args:
        name_or_path: The name of a rulebook that comes with the library, such as
            `langport`, or the folder of one (or its `protocol.yaml`).

    Raises:
        RulebookError: When it cannot be used; every fault of every file is in it, each
            with its place and how to mend it.
    """
    folder = folder_of(name_or_path)
    reading = Reading()
    node = _read(folder / _HEAD, reading)
    if node is None:
        raise RulebookError(tuple(reading.problems))
    top = head(node, reading)
    words = Words(roles=top.roles, questions=top.questions)
    clauses = Clauses(reading, Patterns(reading, words), top.parameters)
    found = tuple(_clauses(folder, top, clauses, reading))
    rulebook = _rulebook(top, found, folder)
    # What follows only from a fault already told is not told as well.
    reading.problems += [
        one
        for one in problems_of(rulebook)
        if one.place not in clauses.faulty
        and not (reading.unread and one.check == "unknown-clause")
    ]
    if reading.problems:
        raise RulebookError(tuple(reading.problems))
    return rulebook


def _rulebook(top: Head, clauses: tuple[Clause, ...], folder: Path) -> Rulebook:
    return Rulebook(
        id=top.id,
        council=top.council,
        title=top.title,
        version=top.version,
        zone=top.zone,
        calendar=top.calendar,
        adopted=top.adopted,
        not_before=top.not_before,
        review_due=top.review_due,
        roles=top.roles,
        parameters=top.parameters,
        questions=top.questions,
        definitions=top.definitions,
        source=top.source,
        clauses=clauses,
        folder=str(folder),
    )


def _clauses(folder: Path, top: Head, clauses: Clauses, reading: Reading) -> Iterator[Clause]:
    for name, at in top.sections:
        if not _is_there(folder / name):
            reading.complain(
                "missing-file",
                at,
                f"there is no section `{name}` beside `{_HEAD}`",
                "write the file, or take it out of `sections`",
            )
            reading.unread = True
            continue
        node = _read(folder / name, reading)
        for item in [] if node is None else reading.listing(node, node, "a section"):
            clause = clauses.clause(item)
            if clause is not None:
                yield clause


def _read(path: Path, reading: Reading) -> Node | None:
    try:
        return read_yaml(path)
    except UnreadableError as error:
        reading.problems += error.problems
        reading.unread = True
        return None


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than names can be
        return False
