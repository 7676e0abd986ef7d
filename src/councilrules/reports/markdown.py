"""A report as Markdown: CommonMark, with the tables that GitHub and others know besides.

It holds no HTML and no links, so that it reads the same wherever it is shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from councilrules.reports._outline import (
    Block,
    Heading,
    Item,
    Items,
    Paragraph,
    Parts,
    Room,
    Run,
    Runs,
    Table,
    outline,
)
from councilrules.reports._scripts import LEFT_TO_RIGHT, RIGHT_TO_LEFT
from councilrules.reports.contents import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.reports.contents import Report

_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|$#]")
# What would begin a list, a heading or a rule, or underline what stands above it.
_BEGINS = re.compile(r"^(?:([-+=:])|(\d{1,9})([.)]))")
_ADDRESS = re.compile(r"(?<=\w):(?=//)|(?<=www)\.", re.IGNORECASE)
_LITERAL = re.compile(r"[!-_a-{}]+(?: [!-_a-{}]+)*")
_DEEPEST = 6


def markdown(report: Report) -> str:
    """Give a report as Markdown. Whatever the texts hold is shown as text."""
    parts = ("\n".join(_block(one)) for one in outline(report))
    return "\n\n".join(filter(None, parts)) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level=level, text=text):
            yield f"{'#' * min(level, _DEEPEST)} {escaped(text)}"
        case Paragraph(runs=runs, is_quoted=is_quoted):
            yield f"{'> ' if is_quoted else ''}{_runs(runs)}"
        case Items(items=items):
            yield from _items(items, "")
        case Table():
            yield from _table(block)
        case Parts(parts=parts):
            for name, blocks in parts:
                yield from _part(name, blocks)
        case Room():
            yield "| Answer | Answered by | On |"
            yield "| --- | --- | --- |"
            yield "|   |   |   |"
        case _:
            assert_never(block)


def _part(name: str, blocks: tuple[Paragraph | Items, ...]) -> Iterator[str]:
    """Give a named part as an item of a list: what is one line stands beside its name."""
    first, rest = blocks[0], blocks[1:]
    label = f"- **{escaped(name)}:**"
    if isinstance(first, Paragraph) and not first.is_quoted:
        yield f"{label} {_runs(first.runs)}"
    else:
        yield label
        rest = blocks
    for one in rest:
        # A paragraph would go on with the line above it; a list and a quotation begin anew.
        if isinstance(one, Items):
            yield from _items(one.items, "  ")
        else:
            yield ""
            yield f"  {'> ' if one.is_quoted else ''}{_runs(one.runs)}"


def _items(items: Iterable[Item], indent: str) -> Iterator[str]:
    for one in items:
        yield f"{indent}- {_runs(one.runs)}"
        yield from _items(one.parts, f"{indent}  ")


def _table(table: Table) -> Iterator[str]:
    yield escaped(table.caption)
    yield ""
    yield _row(map(escaped, table.head))
    yield _row("---" for _ in table.head)
    for row in table.rows:
        yield _row("; ".join(map(_runs, cell)).replace(".; ", ". ") for cell in row)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _runs(runs: Runs) -> str:
    """Give runs as one line; only the first can begin what is no paragraph."""
    texts = "".join(map(_run, runs)).strip()
    return _BEGINS.sub(_not_beginning, texts)


def _run(run: Run) -> str:
    text = escaped_inside(run.text)
    if run.is_literal and _LITERAL.fullmatch(run.text):
        return f"`{run.text}`"
    if run.is_strong and text.strip():
        return f"**{text.strip()}**"
    return text


def escaped(text: str) -> str:
    r"""Give a text as one line of Markdown that shows it as it is.

    Examples:
        >>> print(escaped("1. *all* of\n<b>it</b>"))
        1\. \*all\* of \<b\>it\</b\>
    """
    return _BEGINS.sub(_not_beginning, escaped_inside(text).strip())


def escaped_inside(text: str) -> str:
    """Give a text as part of a line."""
    line = re.sub(r"\s+", " ", visible(text))
    line = _ADDRESS.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\g<0>", line))
    # So that a number after it is not drawn before it.
    return RIGHT_TO_LEFT.sub(rf"\g<0>{LEFT_TO_RIGHT}", line)


def _not_beginning(found: re.Match[str]) -> str:
    sign, number, dot = found.groups()
    return f"\\{sign}" if sign else f"{number}\\{dot}"
