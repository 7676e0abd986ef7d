"""The nodes of a YAML document, made from the events of its parser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from councilrules.documents._nodes import Listing, Mapping, Node, Text, UnreadableError
from councilrules.documents._refusals import (
    DEEPEST,
    EMPTY,
    MOST_NODES,
    SECOND_DOCUMENT,
    TOO_DEEP,
    TOO_LARGE,
    problem,
    rubbish,
    shown,
    twice,
)
from councilrules.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable


class Part:
    """A node, and what it costs to use it once more."""

    __slots__ = ("before", "height", "key", "node", "size")

    def __init__(self, node: Node, before: int, size: int = 0) -> None:
        self.node = node
        self.before = before  # how many nodes were read before it
        self.size = size  # how many nodes it adds; 0 while it is being read
        self.height = 0  # how many listings and mappings it has inside one another
        self.key: Text | None = None  # the name whose value comes next


class Building:
    """The nodes that grow from what is read, and the problems met on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.size = 0
        self.open: list[Part] = []
        self.anchored: dict[str, Part] = {}

    def follow(self, events: Iterable[Any]) -> None:
        for event in events:
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            match event:
                case yaml.ScalarEvent():
                    quoted = bool(event.style)
                    self.text(Text(self.file, line, column, event.value, quoted), event)
                case yaml.MappingStartEvent():
                    self.start(Mapping(self.file, line, column), event)
                case yaml.SequenceStartEvent():
                    self.start(Listing(self.file, line, column), event)
                case yaml.CollectionEndEvent():
                    self.end()
                case yaml.AliasEvent(anchor=str(name)):
                    self.alias(name, Text(self.file, line, column, "", quoted=True))
                case yaml.DocumentStartEvent() if self.root is not None:
                    place = Place(self.file, line, column)
                    self.note("many-documents", place, *SECOND_DOCUMENT)
                    return

    def text(self, node: Text, event: yaml.ScalarEvent) -> None:
        if node.quoted and not node.value.isprintable():
            self.problems.extend(rubbish(node))
        self._add(node, 1)
        if event.anchor or event.tag:
            self._mark(Part(node, self.size, 1), event)

    def start(self, node: Listing | Mapping, event: yaml.CollectionStartEvent) -> None:
        part = Part(node, self.size)
        self._add(node, 1)
        self.open.append(part)
        self._limit_depth(0, node)
        if event.anchor or event.tag:
            self._mark(part, event)

    def end(self) -> None:
        part = self.open.pop()
        part.size = self.size - part.before
        part.height += 1
        self._raise_to(part.height)

    def alias(self, name: str, at: Text) -> None:
        part = self.anchored.get(name)
        if part is None or not part.size:
            what = f"`*{shown(name)}` stands for nothing that is complete above it"
            remedy = "write the values out, or put it in quotes if it is text"
            self.note("unknown-alias", at.place, what, remedy)
            part = Part(at, self.size, 1)
        self._limit_depth(part.height, at)
        self._add(part.node, part.size)
        self._raise_to(part.height)

    def note(self, check: str, place: Place, what: str, remedy: str) -> None:
        self.problems.append(problem(check, place, what, remedy))

    def finished(self) -> Node:
        root = self.root
        blank = isinstance(root, Text) and not (root.quoted or root.value)
        if (root is None or blank) and not self.problems:
            self.note("empty-file", Place(self.file), *EMPTY)
        if root is None or self.problems:
            raise UnreadableError(self.problems)
        return root

    def _mark(self, part: Part, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self.anchored[event.anchor] = part
        if event.tag:
            tag = shown(event.tag.replace("tag:yaml.org,2002:", "!!"))
            what = f"`{tag}` would set a type, and types are not read from here"
            remedy = "take it out, or put text that starts with `!` in quotes"
            self.note("tag", part.node.place, what, remedy)

    def _add(self, node: Node, size: int) -> None:
        self.size += size
        if self.size > MOST_NODES:
            self.note("too-large", Place(self.file), *TOO_LARGE)
            raise UnreadableError(self.problems)
        if not self.open:
            self.root = node
            return
        part = self.open[-1]
        parent = part.node
        if isinstance(parent, Listing):
            parent.items.append(node)
        elif isinstance(parent, Mapping) and part.key is None:
            part.key = self._key(node, parent)
        elif isinstance(parent, Mapping) and part.key is not None:
            parent.entries[part.key.value] = node
            part.key = None

    def _key(self, node: Node, parent: Mapping) -> Text:
        if not isinstance(node, Text):
            what = "a list or a group of values stands where a name has to be"
            self.note("text-key", node.place, what, "put the name in quotes")
            return Text(node.file, node.line, node.column, "", quoted=True)
        if node.value == "<<" and not node.quoted:
            what = "`<<` would merge other values in here, which is not done"
            self.note("merge-key", node.place, what, "write the values out")
        elif node.value in parent.keys:
            self.problems.append(twice(node, parent.keys[node.value]))
        else:
            parent.keys[node.value] = node
        return node

    def _raise_to(self, height: int) -> None:
        if self.open and self.open[-1].height < height:
            self.open[-1].height = height

    def _limit_depth(self, height: int, node: Node) -> None:
        if len(self.open) + height > DEEPEST:
            # Going on would be slow: each level costs more than the one around it.
            self.note("too-deep", node.place, *TOO_DEEP)
            raise UnreadableError(self.problems)
