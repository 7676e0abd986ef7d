"""What can be wrong with a file, as data, and the exceptions that carry it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable


@frozen(order=True)
class Place:
    """Where in a file to look; line and column count from 1, and 0 is the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@frozen(kw_only=True)
class Problem:
    """One thing wrong with a file, as data; `str()` is what people read.

    Attributes:
        check: Name of the check that found it, kebab-case, never renamed.
        place: Where the author has to look.
        what: The fault: lower case, no full stop, the author's words in backticks.
        remedy: What to do about it, if the check can tell.
    """

    check: str
    place: Place
    what: str
    remedy: str | None = None

    def __str__(self) -> str:
        text = f"{self.place}: {self.what} [{self.check}]"
        return text if self.remedy is None else f"{text}\n  help: {self.remedy}"


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda one: (one.place, one.check, one.what)))


@frozen
class CouncilRulesError(Exception):
    """Input that cannot be used; every problem found is in it, sorted by place.

    Attributes:
        problems: What is wrong, each with its place.
    """

    problems: tuple[Problem, ...] = field(converter=_in_order)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class RulebookError(CouncilRulesError):
    """A rulebook that cannot be used."""


class ScenarioError(CouncilRulesError):
    """A scenario that cannot be used."""


class HistoryError(CouncilRulesError):
    """A long history (JSON Lines or CSV) that cannot be used."""


class TraceError(CouncilRulesError):
    """A protocol's text that cannot be compared."""


@frozen
class DisagreementError(CouncilRulesError):
    """Two engines find different things, so that nothing is reported.

    Attributes:
        problems: The cases on which they differ.
        case: The scenario as the text of a file, to be saved and reported.
    """

    case: str

    def __str__(self) -> str:
        return f"{CouncilRulesError.__str__(self)}\n\n{self.case}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Suggest the known word closest to `word`, as the help line of a problem."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean `{found[0]}`?" if found else None
