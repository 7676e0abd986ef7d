"""Lines of text for a terminal: wrapped, indented, and in colour where it helps."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 88


def wrapped(text: str, first: str = "", then: str | None = None) -> list[str]:
    """Break a text into lines; `first` begins the first line, `then` each that follows.

    The text bears no colour yet: a code for colour would count as letters.
    """
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=first if then is None else then,
        break_long_words=False, break_on_hyphens=False,
    ) or [first]  # fmt: skip


def marked(lines: list[str], words: str, colour: str | None = None) -> list[str]:
    """Make `words` bold, and coloured, where the first line begins with them."""
    if not lines or not lines[0].lstrip().startswith(words):
        return lines
    return [lines[0].replace(words, click.style(words, fg=colour, bold=True), 1), *lines[1:]]


def heading(text: str, rule: str = "") -> Iterator[str]:
    """Give a heading, underlined with `rule` if one is given."""
    for line in wrapped(text):
        yield click.style(line, bold=True)
    if rule:
        yield rule * min(len(text), WIDTH)
