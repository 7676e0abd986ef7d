"""YAML and JSON as text with places: no implicit types, no key twice, depth and aliases bounded."""

from __future__ import annotations

from pathlib import Path

from councilrules.documents._json import parse_json
from councilrules.documents._nodes import Listing, Mapping, Node, Text, UnreadableError
from councilrules.documents._refusals import MOST_BYTES, TOO_LONG, checked, refuse
from councilrules.documents._yaml import parse_yaml
from councilrules.errors import Place

__all__ = [
    "Listing",
    "Mapping",
    "Node",
    "Text",
    "UnreadableError",
    "parse_json",
    "parse_yaml",
    "read_text",
    "read_yaml",
]


def read_yaml(path: Path | str) -> Node:
    """Read the YAML file at `path`.

    Raises:
        UnreadableError: `read_text` cannot open it, or `parse_yaml` refuses it.
    """
    return parse_yaml(read_text(path), str(path))


def read_text(path: Path | str) -> str:
    """Read the whole file at `path`, to be given to one of the parsers.

    Raises:
        UnreadableError: There is no such file, or it is too large, or not UTF-8.
    """
    place = Place(str(path))
    try:
        if Path(path).is_dir():
            refuse("not-a-file", place, "it is a folder", "name a file in it")
        if Path(path).stat().st_size > MOST_BYTES:
            refuse("too-large", place, *TOO_LONG)
        with Path(path).open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        refuse("missing-file", place, "there is no such file", "check its name")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no file can have this name"
        remedy = "check its name, and that you may read it"
        refuse("unreadable", place, f"it cannot be opened: {why.lower()}", remedy)
    if len(data) > MOST_BYTES:  # a pipe had no size before it was read
        refuse("too-large", place, *TOO_LONG)
    # What is not UTF-8 turns into characters that are refused with their place.
    return checked(data.decode("utf-8", "surrogateescape"), place.file)
