"""Text, lists and groups of keys as YAML that reads back as what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

from councilrules.documents._refusals import NOT_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN_IN_BRACKETS: Final = re.compile(r"[^\W_](?:[\w ./()@+'-]|:(?=\d))*")
_PLAIN: Final = re.compile(r"[^\W_](?:(?!: | #).)*(?<!:)")
_NULLS: Final = frozenset({"null", "Null", "NULL"})
_LONGEST_NAME: Final = 1000  # a parser looks no further for the colon
_WIDTH: Final = 96


@frozen
class Line:
    """What is to stand on one line, in brackets or braces."""

    tree: Tree


Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | Line"
"""What a document is made of, before it is text."""


def scalar(text: str, *, in_brackets: bool = False) -> str:
    """Give a text as YAML, in quotes only where it needs them.

    Raises:
        ValueError: When there is a character in it that no file can hold.
    """
    if NOT_TEXT.search(text):
        msg = f"{text!r} has a character in it that no file can hold"
        raise ValueError(msg)
    if not text.isprintable():
        return f'"{"".join(map(_escaped, text))}"'
    plain = _PLAIN_IN_BRACKETS if in_brackets else _PLAIN
    if plain.fullmatch(text) and text not in _NULLS and not text.endswith(" "):
        return text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - four digits


def _name(text: str, *, in_brackets: bool = False) -> str:
    found = scalar(text, in_brackets=in_brackets)
    if len(found) > _LONGEST_NAME:
        msg = f"`{text[:40]}...` is too long for a name"
        raise ValueError(msg)
    return found


def one_line(tree: Tree) -> str:
    """Give what stands at a node on one line."""
    match tree:
        case Line():
            return one_line(tree.tree)
        case str():
            return scalar(tree, in_brackets=True)
        case list():
            return f"[{', '.join(map(one_line, tree))}]"
        case _:
            entries = (
                f"{_name(name, in_brackets=True)}: {one_line(item)}" for name, item in tree.items()
            )
            return f"{{{', '.join(entries)}}}"


def fitting(tree: Tree, *, width: int = _WIDTH) -> Tree:
    """Give what is to stand on one line if it is short enough, and else on several."""
    if isinstance(tree, (str, Line)):
        return tree
    if len(one_line(tree)) <= width:
        return Line(tree)
    if isinstance(tree, list):
        return [fitting(item, width=width - 2) for item in tree]
    return {name: fitting(item, width=width - 2 - len(name)) for name, item in tree.items()}


def document(tree: Tree) -> str:
    """Give a whole document, its lines ended as they are everywhere."""
    return "\n".join(_lines(tree)) + "\n"


def _lines(tree: Tree) -> Iterator[str]:
    match tree:
        case Line():
            yield one_line(tree)
        case str():
            yield scalar(tree)
        case {} | [] if not tree:
            yield one_line(tree)
        case list():
            for item in tree:
                first, *others = _lines(item)
                yield f"- {first}"
                yield from (f"  {line}" for line in others)
        case _:
            for name, item in tree.items():
                yield from _entry(_name(name), item)


def _entry(name: str, item: Tree) -> Iterator[str]:
    if isinstance(item, (str, Line)) or not item:
        yield f"{name}: {next(_lines(item))}"
        return
    yield f"{name}:"
    yield from (f"  {line}" for line in _lines(item))
