"""The questions of an assessment: each once, numbered, in the order in which to ask."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from councilrules import wording
from councilrules.reports._layout import heading, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from councilrules.assessing import Assessment, Question
    from councilrules.findings import Want

TURNS = {
    0: "Who is bound, and since when",
    1: "In what capacity",
    2: "The facts",
    3: "For a named person to judge, with reasons: nobody whom it is about, and no complainant",
}


def numbers(made: Assessment) -> Mapping[Want, int]:
    """Give the number of each question by what it asks for."""
    return {one.want: number for number, one in enumerate(made.questions, start=1)}


def refer(wants: Iterable[Want], numbered: Mapping[Want, int]) -> str:
    """Refer to questions by their numbers; empty if none of them is put to anybody."""
    found = [str(number) for number in sorted({numbered[one] for one in wants if one in numbered})]
    return f"question{'s' if len(found) > 1 else ''} {wording.listed(found)}" if found else ""


def section(made: Assessment) -> Iterator[str]:
    """Give the questions under headings, with where each answer belongs."""
    if not made.questions:
        return
    yield from heading("Questions, in the order in which to ask them")
    yield from wrapped(
        "In square brackets: where in the scenario the answer belongs, and how many"
        " findings hang on it.",
        "  ",
    )
    numbered = numbers(made)
    for turn, those in groupby(made.questions, key=lambda one: one.want.turn):
        yield ""
        yield from wrapped(TURNS[turn], "  ")
        for one in those:
            yield from _question(one, numbered[one.want], made)
    yield ""


def _question(one: Question, number: int, made: Assessment) -> list[str]:
    tail = f"[{wording.belongs(one.want)}; {len(one.findings)}]"
    return wrapped(f"{asked(one, made)} {tail}", f"  {number:>3}. ", " " * 7)


def asked(one: Question, made: Assessment) -> str:
    """Ask a question, and say what is taken for granted as long as nobody answers it."""
    if one.want.name == "in-force" and any("in-force" in found.assumes for found in made.findings):
        return (
            f"{one.asks} Its text bears no date; here it is taken for granted that it was in force."
        )
    return one.asks
