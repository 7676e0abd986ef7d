"""The elements of a Word document: paragraphs, runs, tables and fields."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from councilrules.reports._scripts import LEFT_TO_RIGHT, RIGHT_TO_LEFT
from councilrules.reports.contents import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docx.oxml.xmlchemy import BaseOxmlElement as Element

    from councilrules.reports._outline import Run

BULLETS = "20"
"""The number of the list that all lists of a report are."""

DEEPEST = 8
_name = cache(qn)
_LINK = "0B4F8A"
_MONO = "Consolas"


def element(name: str, parts: Iterable[Element] = (), /, **values: str) -> Element:
    """Make an element; its attributes have the prefix `w` as its name has."""
    made = OxmlElement(f"w:{name}", attrs={_name(f"w:{key}"): each for key, each in values.items()})
    made.extend(list(parts))
    return made


def paragraph(
    runs: Iterable[Run],
    style: str = "",
    *,
    anchor: str = "",
    number: int = 0,
    depth: int | None = None,
    keeps: bool = False,
) -> Element:
    """Make a paragraph.

    Args:
        runs: What it says.
        style: Its style; the ordinary one if it is left out.
        anchor: What leads to it.
        number: The number of that anchor in the document.
        depth: How deep it stands in a list; `None` if it is in none.
        keeps: Whether it stays on one page with what follows.
    """
    said = list(_runs(runs))
    if anchor:
        begin = element("bookmarkStart", id=str(number), name=bookmark(anchor))
        said = [begin, *said, element("bookmarkEnd", id=str(number))]
    return element("p", [_properties(style, depth, keeps=keeps), *said])


def _properties(style: str, depth: int | None, *, keeps: bool) -> Element:
    found = []
    if style:
        found.append(element("pStyle", val=style))
    if keeps:
        found.append(element("keepNext"))
    if depth is not None:
        level = element("ilvl", val=str(min(depth, DEEPEST)))
        found.append(element("numPr", [level, element("numId", val=BULLETS)]))
    return element("pPr", found)


def bookmark(anchor: str) -> str:
    """Give an anchor as Word takes it: letters, digits and underscores."""
    return re.sub(r"\W", "_", anchor, flags=re.ASCII)[:40]


def _runs(runs: Iterable[Run]) -> Iterator[Element]:
    for run in runs:
        pieces = [_run(piece, run, is_rtl=is_rtl) for piece, is_rtl in _by_direction(run.text)]
        if run.to:
            yield element("hyperlink", pieces, anchor=bookmark(run.to), history="1")
        else:
            yield from pieces


def _by_direction(text: str) -> Iterator[tuple[str, bool]]:
    """Give the pieces of a text that go one way; each has runs of its own in Word.

    A mark after each that goes from right to left keeps what follows from going along.
    """
    line = re.sub(r"\s+", " ", visible(text))
    done, mark = 0, ""
    for found in RIGHT_TO_LEFT.finditer(line):
        if found.start() > done:
            yield f"{mark}{line[done : found.start()]}", False
        yield found[0], True
        done, mark = found.end(), LEFT_TO_RIGHT
    if line[done:] or mark:
        yield f"{mark}{line[done:]}", False


def _run(text: str, run: Run, *, is_rtl: bool) -> Element:
    # In the order that the schema has.
    properties = []
    if run.is_literal:
        properties.append(element("rFonts", ascii=_MONO, hAnsi=_MONO, cs=_MONO))
    if run.is_strong:
        properties += [element("b"), element("bCs")]
    if run.is_literal:
        properties.append(element("noProof"))
    if run.to:
        properties.append(element("color", val=_LINK))
    if run.is_literal:
        properties += [element("sz", val="18"), element("szCs", val="18")]
    if run.to:
        properties.append(element("u", val="single"))
    if is_rtl:
        properties.append(element("rtl"))
    return words(text, properties)


def words(text: str, properties: Iterable[Element] = ()) -> Element:
    """Make a run of words in one form."""
    said = element("t")
    said.text = text
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", [element("rPr", properties), said])


def field(code: str) -> Element:
    """Make a field that Word fills in, such as the number of the page."""
    return element("fldSimple", [words("1")], instr=code)


# --- tables -----------------------------------------------------------------------

_EDGES = ("top", "bottom", "insideH")
_LINE = {"val": "single", "sz": "4", "space": "0", "color": "A6A6A6"}
_MARGINS = {"top": "60", "left": "100", "bottom": "60", "right": "100"}


def table(
    widths: list[int],
    rows: Iterable[Element],
    caption: str,
    *,
    has_head: bool = False,
    is_boxed: bool = False,
) -> Element:
    """Make a table of fixed width.

    Args:
        widths: How wide each column is, in twentieths of a point.
        rows: The rows.
        caption: What is in it, for whoever does not see it.
        has_head: Whether the first row says what is in the columns.
        is_boxed: Whether it has lines all round each cell, to be written in.
    """
    edges = ("top", "left", "bottom", "right", "insideH", "insideV") if is_boxed else _EDGES
    look = element(
        "tblLook", val="04A0" if has_head else "0480", firstRow="1" if has_head else "0",
        lastRow="0", firstColumn="1", lastColumn="0", noHBand="0", noVBand="1",
    )  # fmt: skip
    properties = element("tblPr", [
        element("tblW", w=str(sum(widths)), type="dxa"),
        element("tblBorders", [element(edge, **_LINE) for edge in edges]),
        element("tblLayout", type="fixed"),
        element("tblCellMar", [
            element(side, w=width, type="dxa") for side, width in _MARGINS.items()
        ]),
        look,
        element("tblCaption", val=caption),
    ])  # fmt: skip
    grid = element("tblGrid", [element("gridCol", w=str(width)) for width in widths])
    return element("tbl", [properties, grid, *rows])


def row(cells: Iterable[Element], *, is_head: bool = False, height: int = 0) -> Element:
    """Make a row; one with a height of its own stays on one page."""
    found = []
    if is_head or height:
        found.append(element("cantSplit"))
    if height:
        found.append(element("trHeight", val=str(height), hRule="atLeast"))
    if is_head:
        found.append(element("tblHeader"))
    return element("tr", [element("trPr", found), *cells])


def cell(width: int, blocks: Iterable[Element], *, is_shaded: bool = False) -> Element:
    """Make a cell, which has at least one paragraph as Word wants it."""
    found = [element("tcW", w=str(width), type="dxa")]
    if is_shaded:
        found.append(element("shd", val="clear", color="auto", fill="F0F0F0"))
    return element("tc", [element("tcPr", found), *(list(blocks) or [paragraph(())])])
