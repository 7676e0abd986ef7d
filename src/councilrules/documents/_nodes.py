"""What a document is made of: text, listings and mappings, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import Factory, define

from councilrules.errors import CouncilRulesError, Place

if TYPE_CHECKING:
    from collections.abc import Iterator


class UnreadableError(CouncilRulesError):
    """A file that cannot be read as YAML or JSON."""


# Not frozen, since they are made by the ten thousand and a frozen one takes twice the
# time to make; nothing changes them once they are handed out.


@define(eq=False)
class Placed:
    """What every node has: its file, and its line and column counted from 1."""

    file: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where it starts in its file."""
        return Place(self.file, self.line, self.column)


@define(eq=False)
class Text(Placed):
    """One value, just as it was written: `2.10`, `on` and `~` stay text.

    Attributes:
        value: The text without its quotes; empty where nothing was written.
        quoted: Whether it was written in quotes or as a block of text.
    """

    value: str
    quoted: bool


@define(eq=False)
class Listing(Placed):
    """Values one after another.

    Attributes:
        items: The values, in the order of the file.
    """

    items: list[Node] = Factory(list)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@define(eq=False)
class Mapping(Placed):
    """Values by name.

    Attributes:
        entries: The values by name, in the order of the file.
        keys: The names as nodes, for their places.
    """

    entries: dict[str, Node] = Factory(dict)
    keys: dict[str, Text] = Factory(dict)

    def get(self, name: str) -> Node | None:
        """Look up the value of `name`; `None` if it is not there."""
        return self.entries.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


Node: TypeAlias = Text | Listing | Mapping
