"""A report as one page of HTML that needs nothing else: no script, no network."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from councilrules.reports._fonts import fitted
from councilrules.reports.timeline import STYLE, pictures, symbol
from councilrules.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from councilrules.reports.contents import FindingTold, Kind, Reference, Report

_TEMPLATES = Path(__file__).parent / "templates"
_RIGHT_TO_LEFT = (
    "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_RUN = re.compile(f"[{_RIGHT_TO_LEFT}]+(?:[\\s\\d,.'-]*[{_RIGHT_TO_LEFT}]+)*")
_SIZE = 16
_ROOM_IN_A_LIST = 640.0
_MOST_OF_A_RUNNING_TITLE = 90


def html(report: Report) -> str:
    """Give a report as a page of HTML.

    Whatever the texts hold is shown as text. What is written from right to left is set
    apart, so that it cannot turn round what stands beside it.
    """
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            running=report.title,
            timeline_style=Markup(STYLE),  # noqa: S704 - ours
            pictures_of={
                one.anchor: [
                    _safe(each) for each in pictures(one.timeline, f"{one.anchor}-picture")
                ]
                for one in report.scenarios
            },
            first_of_clause=_first_of_clause(report),
        )
    )


def _first_of_clause(report: Report) -> dict[tuple[str, str], FindingTold]:
    """Give the finding under which the remarks on each clause stand."""
    found: dict[tuple[str, str], FindingTold] = {}
    for scenario in report.scenarios:
        for book in scenario.books:
            for one in (one for person in book.people for one in person.findings):
                found.setdefault((book.anchor, one.clause.id), one)
    return found


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_isolated,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "capitalized": lambda text: f"{text[:1].upper()}{text[1:]}",
        "css_text": _css_text,
        "linked": _linked,
        "sentence": sentence,
        "shortened": lambda text: fitted(text, _SIZE, _ROOM_IN_A_LIST),
        "symbol": _symbol,
        "untagged": escape,
    }
    return made


def _safe(markup: str) -> Markup:
    """Take markup as it is, whose texts were escaped when it was made."""
    return Markup(markup)  # noqa: S704


def _symbol(kind: Kind) -> Markup:
    return _safe(symbol(kind))


_NUMBERS = re.compile(r"(questions? )(\d+(?:(?:, | and )\d+)*)")


def _linked(text: str, references: Sequence[Reference]) -> Markup:
    """Lead from the numbers of questions in a text to where the questions stand."""
    anchors = {one.text.rpartition(" ")[2]: one.anchor for one in references}

    def link(number: re.Match[str]) -> str:
        anchor = anchors.get(number[0])
        return f'<a href="#{anchor}">{number[0]}</a>' if anchor else number[0]

    def links(found: re.Match[str]) -> str:
        return found[1] + re.sub(r"\d+", link, found[2])

    return _safe(_NUMBERS.sub(links, str(_isolated(text))))


def _isolated(value: object) -> object:
    """Escape a text, and set apart what is written from right to left."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _safe(_RUN.sub(lambda run: f"<bdi>{run[0]}</bdi>", str(escape(value))))


def _css_text(text: str) -> Markup:
    """Give a text as a style sheet writes it, every character but plain ones as a number."""
    short = fitted(text, 1, _MOST_OF_A_RUNNING_TITLE)
    coded = (one if one.isascii() and one.isalnum() else f"\\{ord(one):x} " for one in short)
    return _safe(f'"{"".join(coded)}"')
