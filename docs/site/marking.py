"""Small pieces of Markdown: text that stays text, code, folded blocks, tables."""  # noqa: INP001 - part of the site's hook

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CODE = re.compile(r"(`[^`]*`)")
_SPECIAL = re.compile(r"([\\*_\[\]<>|#])")


def text(said: str) -> str:
    """Let a text be shown as it is, words between backticks as code."""
    parts = _CODE.split(" ".join(said.split()))
    return "".join(part if part[:1] == "`" else _SPECIAL.sub(r"\\\1", part) for part in parts)


def code(language: str, written: str, title: str = "") -> Iterator[str]:
    """Give a block of code; a fence longer than any in it closes it."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`{3,}", written)), 3)
    named = f' title="{title}"' if title else ""
    yield f"{fence}{language}{named}"
    yield from written.rstrip("\n").split("\n")
    yield fence


def folded(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Give a block that the reader opens."""
    yield from (f'??? note "{title}"', "")
    yield from (f"    {line}" if line else "" for line in lines)
    yield ""


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Give a table; nothing if it has no rows."""
    told = [f"| {' | '.join(row)} |" for row in rows]
    if told:
        names = [*heads]
        yield from (f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}", *told, "")


def described(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Give what things are called, each with what is said of it."""
    for name, said in rows:
        yield from (name, f":   {said}", "")


def items(said: Iterable[str]) -> Iterator[str]:
    """Give a list; nothing if there is nothing in it."""
    told = [f"- {one}" for one in said]
    if told:
        yield from (*told, "")


def joined(lines: Iterable[str]) -> str:
    """Give the text of a page."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
