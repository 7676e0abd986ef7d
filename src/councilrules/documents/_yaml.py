"""YAML as nodes, and what its parser objects to in plain words."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml
from attrs import evolve

from councilrules.documents._building import Building
from councilrules.documents._nodes import Node
from councilrules.documents._refusals import (
    TOO_DEEP,
    checked,
    fault,
    place_after,
    problem,
    refuse,
)
from councilrules.errors import Place, Problem

LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Reading many of these lines takes time that grows with the square of their number.
DIRECTIVE: Final = re.compile(r"(?<![^\n\r\u2028\u2029])%")
QUOTE_IT: Final = "put the whole text in quotes"
# By what the parser says, whether the place is the first in its line, and what is
# there: what that means to an author, and what helps. The first that is found counts.
YAML_FAULTS: Final = {
    "^tab": ("a tab is used for indentation", "use spaces"),
    "mapping values.* second": (
        "a second `:` on one line",
        "put the text that holds it in quotes, or start a new line",
    ),
    "mapping values": (
        "a `:` cannot stand here: wrong indentation, or a line above lacks its `:`",
        "line names up with their neighbours, and write them as `name: value`",
    ),
    "sequence entries": ("a list cannot start after its name", "use a new line"),
    "block mapping.* colon": ("there is no name before this `:`", QUOTE_IT),
    "block mapping.* first": (
        "this line does not line up with the names above it",
        "indent it exactly as far as its neighbours",
    ),
    "block (collection|sequence).* first": (
        "this line does not line up with the list above it",
        "indent every `- ` of a list alike, and what follows the list less",
    ),
    "block (mapping|collection|sequence)": (
        "text goes on after a closing quote, or a bracket is one too many",
        "put the whole text in quotes; inside '...' write an apostrophe twice",
    ),
    "found unexpected (end|document)": (
        "a quote is opened here and never closed",
        "close it; inside '...' write an apostrophe twice",
    ),
    "flow (sequence|mapping|node)": (
        "a bracket is not closed, or a comma is missing or too many",
        "close every `[` with `]` and every `{` with `}`",
    ),
    "simple key": (
        "this line has no `:`",
        "write `name: value`; indent it if it goes on from the line above",
    ),
    "quoted scalar": (
        "a backslash has a meaning of its own inside double quotes",
        r"use single quotes, or write `\\`",
    ),
    "block scalar": ("`|` or `>` has to end its line", QUOTE_IT),
    "mapping keys": ("text cannot start with `?` and a space", QUOTE_IT),
    "unexpected ':'": ("a `:` has to be followed by a space", QUOTE_IT),
    "alias|anchor|tag|cannot start|node content": ("text cannot start with this", QUOTE_IT),
    "<document start>": (
        "this does not belong to what stands before it",
        "put the whole text in quotes, or take this out",
    ),
    "": (
        "from here on it cannot be read as YAML",
        "look at indentation, quotes and brackets here and in the line above",
    ),
}
AT_ITS_START: Final = re.compile(
    "found unexpected (end|document)|simple key|an? (alias|anchor|tag)"
)


def parse_yaml(text: str, file: str) -> Node:
    """Read one YAML document, in which every single value is text.

    An alias gives the very node that it stands for.

    Args:
        text: The document.
        file: What to call it in messages.

    Raises:
        UnreadableError: The text is not YAML, or is YAML that could mislead or
            overwhelm its reader: a key twice, a tag, a merge, too deep, too large.
    """
    text = checked(text, file)
    directive = DIRECTIVE.search(text)
    if directive:
        place = place_after(text[: directive.start()], file)
        refuse("not-yaml", place, "a line cannot start with `%`", "indent the line")
    building = Building(file)
    try:
        building.follow(yaml.parse(text, Loader=LOADER))
    except yaml.MarkedYAMLError as error:
        building.problems.append(_too_deep(error, file) or yaml_fault(error, text, building))
    except (yaml.YAMLError, ValueError, OverflowError):  # an escape beyond Unicode
        building.problems.append(fault("", "not-yaml", YAML_FAULTS, Place(file)))
    return building.finished()


def _too_deep(error: yaml.MarkedYAMLError, file: str) -> Problem | None:
    """Give the fault of a text too deep for the parser, which newer ones say by themselves."""
    if "maximum nesting depth" not in (error.problem or ""):
        return None
    mark = error.problem_mark
    place = Place(file) if mark is None else Place(file, mark.line + 1, mark.column + 1)
    return problem("too-deep", place, *TOO_DEEP)


def yaml_fault(error: yaml.MarkedYAMLError, text: str, building: Building) -> Problem:
    """Say in an author's words what the parser objects to, and where that began."""
    said = f"{error.context} {error.problem}"
    mark: Any = error.problem_mark  # its type denies that it is always there
    began: Any = error.context_mark or mark
    before = text[mark.index - mark.column : mark.index]
    here = text[mark.index : mark.index + 1]
    place = Place(building.file, mark.line + 1, mark.column + 1)
    tab = re.match(r" *\t", before + here)
    if tab:
        said, place = "tab", evolve(place, column=tab.end())
    elif "flow node" in said and not here and building.open:
        place = building.open[-1].node.place
    elif AT_ITS_START.search(said) or ("flow" in said and began.line < mark.line):
        place = Place(building.file, began.line + 1, began.column + 1)
    where = "later" if before.strip() else "first"
    colon = "second" if ": " in before else "colon" if here == ":" else ""
    return fault(f"{said} {where} {colon}", "not-yaml", YAML_FAULTS, place)
