"""What the site is made from: the rulebooks of this folder, their scenarios, what corresponds."""  # noqa: INP001 - part of the site's hook

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from councilrules import load_rulebook, load_scenarios
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from councilrules.rules import Clause, Rule, Rulebook
    from councilrules.scenarios import Scenario

ROOT = Path(__file__).parents[2]
COMPARED = ROOT / "docs" / "langport-and-twywell.md"

# Written by hand first; then those for what decides, and for faults in the rules.
_FILES = ("{}.yaml", "{}-deciding.yaml", "{}-faults.yaml")
_ROW = re.compile(r"^\| ([\w.()]+) \| ([a-z ]+) \| ([\w.(), ]+) \|$", re.MULTILINE)
_TURNED = {
    "goes further than": "goes less far than",
    "goes less far than": "goes further than",
}


@frozen(kw_only=True)
class Near:
    """A clause of the other protocol that comes nearest to one.

    Attributes:
        rulebook: The other rulebook.
        clause: The clause of it.
        words: How far the one goes beside it, such as `goes further than`.
    """

    rulebook: Rulebook
    clause: Clause
    words: str


@frozen(slots=False)
class Shelf:
    """The rulebooks that pages are made of, as they are in this folder now.

    Attributes:
        books: The rulebooks by their ids.
    """

    books: Mapping[str, Rulebook]

    def scenarios(
        self, book: Rulebook, clause: Clause
    ) -> Iterator[tuple[str, tuple[Scenario, ...]]]:
        """Give the shipped scenarios of a clause, file by file, those by hand first."""
        folder = ROOT / "rules" / book.id / "scenarios"
        for name in _FILES:
            path = folder / name.format(clause.id)
            if path.is_file():
                yield path.relative_to(ROOT).as_posix(), load_scenarios(path, dict(self.books))

    def near(self, book: Rulebook, clause: Clause) -> list[Near]:
        """Give the clauses of the other protocol that a search found nearest to one."""
        return [
            Near(rulebook=self.books[its], clause=self.books[its][other], words=words)
            for mine, one, words, its, other in self._nearest
            if (mine, one) == (book.id, clause.id)
        ]

    @cached_property
    def _nearest(self) -> list[tuple[str, str, str, str, str]]:
        """Read the page that compares the two: the search for it takes a minute.

        A test, and the hook, see to it that the page is of the rulebooks as they are.
        """
        table = COMPARED.read_text(encoding="utf-8").split("\n## ")[2]
        rows = [
            (one, words, other)
            for one, words, others in _ROW.findall(table)
            for other in others.split(", ")
        ]
        return [
            *(("langport", one, words, "twywell", other) for one, words, other in rows),
            *(
                ("twywell", other, _TURNED.get(words, words), "langport", one)
                for one, words, other in rows
            ),
        ]


def shelf() -> Shelf:
    """Read the rulebooks of this folder, under the names by which scenarios ask for them."""
    folders = sorted(path.parent for path in ROOT.glob("rules/*/protocol.yaml"))
    # Without a folder, so that a scenario names them as shipped ones are.
    books = (evolve(load_rulebook(folder), folder="") for folder in folders)
    return Shelf({book.id: book for book in books})


def town(book: Rulebook) -> str:
    """Call a council by the short name that its rulebook has."""
    return book.id.capitalize()


def source(clause: Clause) -> tuple[str, str]:
    """Give the file of a clause, with its line, and the text of the clause in it."""
    path = Path(clause.place.file)
    lines = path.read_text(encoding="utf-8").split("\n")[clause.place.line - 1 :]
    after = (at for at, line in enumerate(lines[1:], start=1) if line[:1] in {"-", "#"})
    own = "\n".join(lines[: next(after, len(lines))]).rstrip()
    return f"{path.resolve().relative_to(ROOT).as_posix()}, line {clause.place.line}", own


def opening(rule: Rule, book: Rulebook) -> list[str]:
    """Give the kinds of event that open a case of a rule; of one on any act, those that raise its questions."""
    if rule.trigger.kinds:
        return [*rule.trigger.kinds]
    raised = {kind for name in rule.questions for kind in book.questions[name].raised_by}
    return [kind for kind in kinds() if kind in raised]
