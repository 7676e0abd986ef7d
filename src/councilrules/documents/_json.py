"""JSON as the nodes that YAML has."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING, Final

from councilrules.documents._nodes import Listing, Mapping, Node, Text, UnreadableError
from councilrules.documents._refusals import (
    DEEPEST,
    EMPTY,
    MOST_NODES,
    TOO_DEEP,
    TOO_LARGE,
    checked,
    fault,
    problem,
    refuse,
    rubbish,
    twice,
)
from councilrules.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

# Objects come as tuples and numbers as bytes: neither is then a list, or text.
FROM_JSON: Final = json.JSONDecoder(
    object_pairs_hook=tuple, parse_float=str.encode, parse_int=str.encode
).decode
JSON_WORDS: Final[dict[object, str]] = {True: "true", False: "false", None: "null"}
JSON_START: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{\n]|[^\s,:\[\]{}"]+', re.DOTALL)
JSON_FAULTS: Final = {
    "trailing comma": ("there is a comma too many", "take it out"),
    "property name": (
        "a name in double quotes has to stand here",
        "look for a comma too many, or for single quotes",
    ),
    "':'": ("there is no `:` after the name", 'write `"name": value`'),
    "','": ("a comma is missing, or a bracket is not closed", "put it before this"),
    "Expecting value": (
        "a value has to stand here",
        "put text in double quotes; look for a comma too many",
    ),
    "Unterminated": ("a quote is opened here and never closed", "close it"),
    "control": ("there is a line break or a tab inside quotes", r"write `\n` or `\t`"),
    r"\\": ("a backslash has a meaning of its own inside quotes", r"write `\\`"),
    "Extra": ("there is more text after the end of the value", "take it out"),
    "": (
        "from here on it cannot be read as JSON",
        "look at quotes, commas and brackets here and in the line above",
    ),
}


def parse_json(text: str, file: str, first_line: int = 1) -> Node:
    """Read one JSON value; numbers, `true`, `false` and `null` are text as spelt.

    In a text of a single line, every place is the start of that line.

    Args:
        text: A whole file, or one line of JSON Lines.
        file: What to call it in messages.
        first_line: The line of the file on which `text` starts.

    Raises:
        UnreadableError: The text is not JSON, or is JSON that could mislead or
            overwhelm its reader: a key twice, `NaN`, too deep, too large.
    """
    text = checked(text, file, first_line)
    if not text.strip():
        refuse("empty-file", Place(file, first_line, 1), *EMPTY)
    # Told beforehand, so that a huge text does not fill the memory.
    if len(text) > MOST_NODES and any(itertools.islice(starts(text, 1), MOST_NODES, None)):
        refuse("too-large", Place(file, first_line, 1), *TOO_LARGE)
    try:
        value = FROM_JSON(text)
    except json.JSONDecodeError as error:
        place = Place(file, first_line + error.lineno - 1, error.colno)
        problem = fault(error.msg, "not-json", JSON_FAULTS, place)
        raise UnreadableError([problem]) from None
    except RecursionError:
        refuse("too-deep", Place(file, first_line, 1), *TOO_DEEP)
    one_line = "\n" not in text.rstrip()
    reading = JsonReading(
        file, itertools.repeat((first_line, 1)) if one_line else starts(text, first_line)
    )
    node = reading.node(value)
    if reading.problems:
        raise UnreadableError(reading.problems)
    return node


def starts(text: str, line: int) -> Iterator[tuple[int, int]]:
    """Give line and column of every value and name in JSON, in their order."""
    line_end = -1
    for found in JSON_START.finditer(text):
        if found[0] == "\n":
            line, line_end = line + 1, found.start()
        else:
            yield line, found.start() - line_end


class JsonReading:
    """Makes nodes of what the JSON parser gives, and keeps the problems met."""

    def __init__(self, file: str, starts: Iterator[tuple[int, int]]) -> None:
        self.file = file
        self.starts = starts
        self.problems: list[Problem] = []

    def node(self, value: object, depth: int = 1) -> Node:
        if isinstance(value, str):
            return self.text(value)
        line, column = next(self.starts)
        if isinstance(value, (list, tuple)) and depth > DEEPEST:
            fault = problem("too-deep", Place(self.file, line, column), *TOO_DEEP)
            raise UnreadableError([*self.problems, fault])
        if isinstance(value, tuple):
            return self.mapping(value, Mapping(self.file, line, column), depth + 1)
        if isinstance(value, list):
            items = [self.node(each, depth + 1) for each in value]
            return Listing(self.file, line, column, items)
        if isinstance(value, bytes):
            return Text(self.file, line, column, value.decode(), quoted=False)
        if isinstance(value, float):
            place, what = Place(self.file, line, column), "this is not a number"
            remedy = "put it in double quotes if it is text"
            self.problems.append(problem("not-json", place, what, remedy))
            value = None
        return Text(self.file, line, column, JSON_WORDS[value], quoted=False)

    def text(self, value: str) -> Text:
        line, column = next(self.starts)
        text = Text(self.file, line, column, value, quoted=True)
        if not value.isprintable():
            self.problems.extend(rubbish(text))
        return text

    def mapping(
        self, pairs: tuple[tuple[str, object], ...], mapping: Mapping, depth: int
    ) -> Mapping:
        keys, entries = mapping.keys, mapping.entries
        for name, value in pairs:
            key = self.text(name)
            if name in keys:
                self.problems.append(twice(key, keys[name]))
            keys[name] = key
            entries[name] = self.node(value, depth)
        return mapping
