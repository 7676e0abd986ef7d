"""A report as a Word document, which is what committees circulate.

It holds no picture of the timeline: Word wants one made of dots, and what draws such
pictures is heavy. The record of events says the same in words.
"""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING, assert_never
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document

from councilrules.reports._docx_parts import cell, paragraph, row, table
from councilrules.reports._docx_styles import WIDTH, prepare
from councilrules.reports._outline import (
    Block,
    Heading,
    Item,
    Items,
    Paragraph,
    Parts,
    Room,
    Run,
    Table,
    outline,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

    from councilrules.reports.contents import Report

_DEEPEST_HEADING = 9
_NAME_WIDTH = 23
_ROOM_FOR_ANSWER, _ROOM_FOR_NAME = 1700, 700
_DAY_OF_ARCHIVES = (1980, 1, 1, 0, 0, 0)


def docx(report: Report) -> bytes:
    """Give a report as a Word document; the same report always gives the same bytes.

    Whatever the texts hold is shown as text. Nothing says who made it, or when: it bears
    the time as at which the scenarios were read.
    """
    document: WordDocument = Document()
    prepare(document, report.title)
    _describe(document, max(one.timeline.as_of for one in report.scenarios))
    writing, end = _Writing(), document.element.body.sectPr
    for block in outline(report):
        for made in writing.block(block):
            end.addprevious(made)
    return _archived(document)


def _describe(document: WordDocument, at: datetime) -> None:
    """Say what a document is, and nothing of whom it is about."""
    about = document.core_properties
    about.title = "Report under a council's protocol"
    about.author = about.last_modified_by = "councilrules"
    about.comments = about.subject = about.keywords = about.category = ""
    about.language = "en-GB"
    about.revision = 1
    about.created = about.modified = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    # The template has a picture of its own first page.
    package = document.part.package
    for name, one in list(package.rels.items()):
        if one.reltype.endswith("/thumbnail"):
            del package.rels[name]


def _archived(document: WordDocument) -> bytes:
    """Give a document as a file, without the time at which it is written."""
    written, again = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as parts, ZipFile(again, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            about = ZipInfo(name, _DAY_OF_ARCHIVES)
            about.compress_type = ZIP_DEFLATED
            about.create_system = 0
            archive.writestr(about, parts.read(name))
    return again.getvalue()


class _Writing:
    """Makes the elements of a document, one block after another."""

    def __init__(self) -> None:
        self._anchors = 0

    def block(self, block: Block) -> Iterator[Element]:
        match block:
            case Heading(level=level, text=text, anchor=anchor):
                style = f"Heading{min(level, _DEEPEST_HEADING)}"
                yield self._anchored((Run(text=text),), style, anchor)
            case Paragraph(runs=runs, is_quoted=is_quoted, keeps=keeps):
                yield paragraph(runs, "Quote" if is_quoted else "", keeps=keeps)
            case Items(items=items, keeps=keeps):
                yield from _items(items, 0, keeps=keeps)
            case Table():
                yield paragraph((Run(text=block.caption),), "Caption", keeps=True)
                yield self._table(block)
            case Parts():
                yield self._parts(block)
            case Room():
                yield _room()
            case _:
                assert_never(block)

    def _anchored(self, runs: tuple[Run, ...], style: str, anchor: str) -> Element:
        self._anchors += 1
        return paragraph(runs, style, anchor=anchor, number=self._anchors)

    def _table(self, block: Table) -> Element:
        widths = [WIDTH * each // 100 for each in block.widths]
        head = row(
            (
                cell(width, [paragraph((Run(text=each, is_strong=True),), "Cell")], is_shaded=True)
                for width, each in zip(widths, block.head, strict=True)
            ),
            is_head=True,
        )
        rows = [
            row(
                cell(width, [
                    self._anchored(runs, "Cell", "" if at or place else anchor)
                    for place, runs in enumerate(paragraphs)
                ])
                for at, (width, paragraphs) in enumerate(zip(widths, each, strict=True))
            )
            for anchor, each in zip(block.anchors, block.rows, strict=True)
        ]  # fmt: skip
        return table(widths, [head, *rows], block.caption, has_head=True)

    def _parts(self, block: Parts) -> Element:
        name_width = WIDTH * _NAME_WIDTH // 100
        widths = [name_width, WIDTH - name_width]
        rows = [
            row((
                cell(widths[0], [paragraph((Run(text=name, is_strong=True),), "Cell")]),
                cell(widths[1], _inside(blocks)),
            ))
            for name, blocks in block.parts
        ]  # fmt: skip
        return table(widths, rows, "The parts of what is told, each with its name")


def _inside(blocks: tuple[Paragraph | Items, ...]) -> Iterator[Element]:
    for one in blocks:
        if isinstance(one, Items):
            yield from _items(one.items, 0)
        else:
            yield paragraph(one.runs, "Quote" if one.is_quoted else "Cell")


def _items(items: tuple[Item, ...], depth: int, *, keeps: bool = False) -> Iterator[Element]:
    for one in items:
        yield paragraph(one.runs, "ListBullet", depth=depth, keeps=keeps)
        yield from _items(one.parts, depth + 1, keeps=keeps)


def _room() -> Element:
    """Make room for an answer, and for who gives it when."""
    name_width = WIDTH * _NAME_WIDTH // 100
    widths = [name_width, WIDTH - name_width]
    rows = [
        row(
            (
                cell(
                    widths[0],
                    [paragraph((Run(text=name, is_strong=True),), "Cell", keeps=not is_last)],
                    is_shaded=True,
                ),
                cell(widths[1], [paragraph((), "Cell")]),
            ),
            height=height,
        )
        for name, height, is_last in (
            ("Answer", _ROOM_FOR_ANSWER, False),
            ("Answered by, on", _ROOM_FOR_NAME, True),
        )
    ]
    return table(widths, rows, "Room for the answer, and for who gives it when", is_boxed=True)
