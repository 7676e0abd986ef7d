"""Scenario files: found in folders, read with all faults, shown as they are worked on."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from councilrules.documents import Mapping, UnreadableError, read_yaml
from councilrules.errors import CouncilRulesError, Place, Problem, ScenarioError
from councilrules.scenarios import load_scenarios

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from councilrules.rules import Rulebook
    from councilrules.scenarios import Scenario

_T = TypeVar("_T")
_ENDINGS = {".yaml", ".yml", ".json"}


def scenario_files(paths: Iterable[str]) -> list[Path]:
    """Give the scenario files that paths name; of a folder all that are below it.

    A file that a path names is always taken; in a folder, what is no scenario (a
    rulebook's own files, hidden files) is passed over.

    Raises:
        ScenarioError: When a path is not there, or a folder holds no scenario.
    """
    found: list[Path] = []
    problems: list[Problem] = []
    for name in paths:
        path = Path(name)
        below = _below(path) if _is_folder(path) else [path]
        found += below
        if not below:
            problems.append(
                Problem(
                    check="no-scenarios",
                    place=Place(name),
                    what="there is no scenario in this folder",
                    remedy="scenarios are files that end in .yaml or .json and have `events`",
                )
            )
    if problems:
        raise ScenarioError(tuple(problems))
    return list(dict.fromkeys(found))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # no file can have this name, which reading it will say
        return False


def _below(folder: Path) -> list[Path]:
    candidates = (
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in _ENDINGS
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    return [path for path in candidates if path.is_file() and _is_scenario(path)]


def _is_scenario(path: Path) -> bool:
    """Tell whether a file looks like a scenario; one that cannot be read is worth a message."""
    if (path.parent / "protocol.yaml").is_file():
        return False
    try:
        node = read_yaml(path)
    except UnreadableError:
        return True
    return isinstance(node, Mapping) and any(
        key in node for key in ("events", "scenarios", "expect")
    )


def scenarios(paths: Iterable[str]) -> list[tuple[Path, Scenario]]:
    """Read all scenarios that paths name.

    Raises:
        ScenarioError: When one cannot be used; the faults of all files are in it.
    """
    found: list[tuple[Path, Scenario]] = []
    problems: list[Problem] = []
    rulebooks: dict[str, Rulebook] = {}
    for path in watched(scenario_files(paths), "Reading"):
        try:
            found += [(path, one) for one in load_scenarios(path, rulebooks)]
        except CouncilRulesError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(tuple(problems))
    return found


def watched(items: Iterable[_T], label: str, length: int | None = None) -> Iterator[_T]:
    """Give the items one by one, with a progress bar if they take more than a second.

    Args:
        items: The items.
        label: What is done with them.
        length: How many there are; counted if it is not given, which makes them all first.
    """
    if length is None:
        items = list(items)
        length = len(items)
    started = time.monotonic()
    bar = None
    for done, item in enumerate(items):
        if bar is None and time.monotonic() - started > 1 and sys.stderr.isatty():
            bar = click.progressbar(length=length, label=label, file=sys.stderr)
            bar.__enter__()
            bar.update(done)
        yield item
        if bar is not None:
            bar.update(1)
    if bar is not None:
        bar.__exit__(None, None, None)


def problems_of(read: Callable[[], _T]) -> tuple[_T | None, tuple[Problem, ...]]:
    """Read something, or give what is wrong with it."""
    try:
        return read(), ()
    except CouncilRulesError as error:
        return None, error.problems
