"""How a Word document looks: the page, its styles, lists, header and footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from councilrules.reports._docx_parts import (
    BULLETS,
    DEEPEST,
    element,
    field,
    paragraph,
    words,
)
from councilrules.reports._outline import Run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element
    from docx.styles.style import ParagraphStyle

WIDTH: Final = 9411
"""How wide the text is, in twentieths of a point: an A4 page without its margins."""

_PAGE: Final = (Mm(210), Mm(297))
_MARGIN: Final = Mm(22)
_LANGUAGE = "en-GB"
_FONT = "Calibri"
_INK: Final = RGBColor(0x1F, 0x2A, 0x44)
_SOFT: Final = RGBColor(0x50, 0x50, 0x50)
_HEADINGS = {1: 20, 2: 16, 3: 14, 4: 12, 5: 11, 6: 11}
_NEWEST = "15"
_MOST_OF_A_RUNNING_TITLE = 80
_FIRST_INDENT, _INDENT = 260, 280


def prepare(document: Document, title: str) -> None:
    """Set up the page, the styles, the language, and what stands on every page."""
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    _set_styles(document)
    _set_language(document)
    _add_bullets(document)
    cut = title[:_MOST_OF_A_RUNNING_TITLE]
    shown = cut if cut == title else f"{cut.rstrip()}…"
    _fill(section.header._element, paragraph((Run(text=shown),), "Header"))  # noqa: SLF001 - python-docx has no public name for it
    _fill(section.footer._element, _footer())  # noqa: SLF001


def _fill(part: Element, made: Element) -> None:
    """Put a paragraph in the place of the empty one that a header or footer begins with."""
    for one in list(part):
        part.remove(one)
    part.append(made)


def _footer() -> Element:
    made = paragraph((), "Footer")
    made.extend([words("Page "), field("PAGE"), words(" of "), field("NUMPAGES")])
    return made


# --- styles -----------------------------------------------------------------------


def _set_styles(document: Document) -> None:
    _set(document.styles["Normal"], size=10.5, before=4, after=5)
    for level, size in _HEADINGS.items():
        style = document.styles[f"Heading {level}"]
        _set(style, size=size, before=6 + size / 2, after=4)
        style.font.color.rgb = _INK
        style.font.italic = style.font.cs_italic = False
        style.font.bold = True
    _set(document.styles["Caption"], size=10, after=4)
    document.styles["Caption"].font.color.rgb = _INK
    document.styles["Caption"].paragraph_format.keep_with_next = True
    _set(document.styles["List Bullet"], size=10.5, after=2)
    _set(document.styles["Quote"], size=10.5, after=4)
    for name in ("Header", "Footer"):
        _set(document.styles[name], size=9, after=0)
        document.styles[name].font.color.rgb = _SOFT
    cell = document.styles.add_style("Cell", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = document.styles["Normal"]
    _set(cell, size=10.5, after=2)


def _set(style: ParagraphStyle, *, size: float, after: float, before: float = 0) -> None:
    style.font.name = _FONT
    style.font.size = Pt(size)
    # Hebrew, Arabic and others have a size of their own.
    properties = style.element.get_or_add_rPr()
    for one in list(properties.iter(qn("w:szCs"))):
        properties.remove(one)
    properties.find(qn("w:sz")).addnext(element("szCs", val=str(round(size * 2))))
    spaced = style.paragraph_format
    spaced.space_before, spaced.space_after = Pt(before), Pt(after)
    spaced.line_spacing = 1.1


def _set_language(document: Document) -> None:
    """Say that it is in British English, and that it is made for Word as it is now."""
    for one in document.styles.element.iter(qn("w:lang")):
        one.set(qn("w:val"), _LANGUAGE)
    settings = document.settings.element
    for one in settings.iter(qn("w:themeFontLang")):
        one.set(qn("w:val"), _LANGUAGE)
    for one in settings.iter(qn("w:zoom")):
        one.set(qn("w:percent"), "100")
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), _NEWEST)
    for one in list(settings.iter(qn("w:savePreviewPicture"))):
        settings.remove(one)


# --- lists ------------------------------------------------------------------------


def _add_bullets(document: Document) -> None:
    """Define a list of bullets that goes as deep as reasons do."""
    numbering = document.part.numbering_part.element
    levels = [_level(depth) for depth in range(DEEPEST + 1)]
    defined = element(
        "abstractNum", [element("multiLevelType", val="hybridMultilevel"), *levels],
        abstractNumId=BULLETS,
    )  # fmt: skip
    numbering.find(qn("w:num")).addprevious(defined)
    numbering.append(element("num", [element("abstractNumId", val=BULLETS)], numId=BULLETS))


def _level(depth: int) -> Element:
    indent = element("ind", left=str(_FIRST_INDENT + depth * _INDENT), hanging=str(_FIRST_INDENT))
    return element("lvl", [
        element("start", val="1"),
        element("numFmt", val="bullet"),
        element("lvlText", val="•" if depth % 2 == 0 else "\u2013"),
        element("lvlJc", val="left"),
        element("pPr", [indent]),
        element("rPr", [element("rFonts", ascii=_FONT, hAnsi=_FONT, hint="default")]),
    ], ilvl=str(depth))  # fmt: skip
