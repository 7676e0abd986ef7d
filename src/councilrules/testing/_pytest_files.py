"""Which files are scenarios or rulebooks, told from their names and keys alone.

Keys are looked for in the text, so that a file is known even where its YAML is broken,
and somebody else's file, broken or not, is left alone.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest

_HEAD = "protocol.yaml"
_FOLDER = "scenarios"
_NAMES = ("*.scenario.yaml", "*.scenario.yml", "*.scenario.json")
_MOST_BYTES = 10_000_000
# At the start of a line, or behind the brace or comma of a group in one line.
_KEY = re.compile(r"""(?:^|[{,]\s*)["']?([a-z_]+)["']?\s*:""", re.MULTILINE)
_OF_SCENARIOS = {"events", "scenarios", "expect"}
_OF_RULEBOOKS = {
    *("format", "council", "sections", "roles"),
    *("adopted", "not_before", "calendar", "zone"),
}
_ENOUGH = 3


class Files:
    """Tells the files of this library from those of others."""

    def __init__(self, config: pytest.Config) -> None:
        """Take what the configuration says of files."""
        self._root = config.rootpath
        self._scenarios: list[str] | None = config.getini("councilrules_scenarios")
        self._rulebooks: list[str] | None = config.getini("councilrules_rulebooks")

    def is_rulebook(self, path: Path) -> bool:
        """Tell whether a file is the head of a rulebook, in use or broken."""
        if path.name != _HEAD:
            return False
        if self._rulebooks is not None:
            return self._fits(path, self._rulebooks)
        return len(_keys(path) & _OF_RULEBOOKS) >= _ENOUGH

    def is_scenario(self, path: Path, *, is_named: bool) -> bool:
        """Tell whether a file holds scenarios, usable or not.

        Args:
            path: The file.
            is_named: Whether it was asked for by its own name.
        """
        if self._scenarios is not None:
            return self._fits(path, self._scenarios)
        folder = next((one for one in path.parents if one.name == _FOLDER), None)
        if not is_named and folder is None and not self._fits(path, _NAMES):
            return False
        keys = _keys(path)
        if not keys & _OF_SCENARIOS:
            return False
        return "rulebooks" in keys or (
            folder is not None and len(_keys(folder.parent / _HEAD) & _OF_RULEBOOKS) >= _ENOUGH
        )

    def _fits(self, path: Path, patterns: Iterable[str]) -> bool:
        """Match a path below the root; a pattern without a slash is of the name alone."""
        below = path.relative_to(self._root) if path.is_relative_to(self._root) else path
        return any(
            fnmatchcase(below.as_posix() if "/" in one else path.name, one) for one in patterns
        )


def _keys(path: Path) -> frozenset[str]:
    """Give the words that stand in a file as keys do; none if it cannot be read."""
    try:
        with path.open("rb") as opened:
            text = opened.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return frozenset()
    return frozenset(_KEY.findall(text.removeprefix("\ufeff")))
