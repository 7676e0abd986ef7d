"""Makes the page that compares the two rulebooks: minutes of searching, so only on demand."""  # noqa: INP001 - part of a script

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from attrs import evolve

from councilrules import load_rulebook
from councilrules.analysis.comparing import comparison
from councilrules.analysis.forbidding import findings
from councilrules.cli._compared import named, told
from councilrules.rulebooks.writing import written as rulebook_texts
from councilrules.scenarios import Expectation, Expected
from councilrules.scenarios.writing import written
from councilrules.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from councilrules import Rulebook, Scenario
    from councilrules.analysis.comparing import Comparison
    from councilrules.analysis.corresponding import Correspondence
    from councilrules.analysis.forbidding import Forbidding

PAGE = "langport-and-twywell.md"
_MARK = re.compile(r"<!-- Fingerprint of both rulebooks: (\w+) -->")
_RELATIONS = {
    "same": "forbids the same as",
    "further": "goes further than",
    "less-far": "goes less far than",
    "overlap": "overlaps with",
}

_INTRODUCTION = """\
# Langport and Twywell

Two councils, two protocols, written on different occasions about the same thing.
This page says where they ask the same of people, and where one forbids what the other does not.
Nobody read the two side by side for it: `councilrules compare langport twywell` searched all situations that the rules of [both rulebooks](index.md) can tell apart.

## What it shows, and what not

- An act is *forbidden by one alone* if it is a breach there, with all facts known and proved, and no clause of the other comes against the same person for it, not even as an open question.
- What is compared is the rulebooks, which are our reading of the texts. Where a rulebook reads its text too widely or too narrowly, so does this page.
- Words are compared as words. Where one text says *unfair* and the other has no such word, the act counts as forbidden by one alone, although a person might well find that it was also *disrespectful*, which both have.
- A clause that forbids less is not a worse clause, and a council may well have said the rest elsewhere, as in its code of conduct or its staff handbook.
- Situations have one act, up to two others beside it, and people who hold one office each. That somebody works for the council without being its employee makes a difference nearly everywhere, since Twywell's officer is an employee; such cases are left aside, and told at the end.
- In the table of clauses the first and the last moments of a deadline or of an office are left aside too, and where a search was given up the two clauses are said to overlap.
- The scenarios are made up, and as short as can be. The names stand for nobody.
"""


def fingerprint() -> str:
    """Give what changes when either of the two rulebooks says something else."""
    texts = [
        text
        for name in ("langport", "twywell")
        for _, text in sorted(rulebook_texts(load_rulebook(name)).items())
    ]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def is_stale(page: Path) -> bool:
    """Tell whether a page was made of other rulebooks than there are now."""
    found = _MARK.search(page.read_text(encoding="utf-8")) if page.is_file() else None
    return found is None or found[1] != fingerprint()


def page() -> list[str]:
    """Give the lines of the page."""
    found = comparison(load_rulebook("langport"), load_rulebook("twywell"))
    return [
        f"<!-- Fingerprint of both rulebooks: {fingerprint()} -->",
        "",
        _INTRODUCTION,
        *_table(found),
        *_alone(found.one, found.other, found.acts),
        *_alone(found.other, found.one, found.other_acts),
        *_rest(found),
    ]


# --- clauses that correspond ------------------------------------------------------


def _table(found: Comparison) -> Iterator[str]:
    yield from (
        "## Clauses that correspond",
        "",
        "For each clause of Langport, the clauses of Twywell that come nearest to it, by what comes to a breach of both.",
        "",
        "| Langport | | Twywell |",
        "| --- | --- | --- |",
    )
    there: set[str] = set()
    without: list[str] = []
    for clause, nearest in found.corresponding:
        there.update(one.other for one in nearest)
        if nearest:
            yield from _rows(clause, nearest)
        else:
            without.append(clause)
    its = [one.id for one in found.other.clauses if one.rules and one.id not in there]
    yield from (
        "",
        f"Langport's clauses {listed(without)} have no counterpart in Twywell; Twywell's {listed(its)} are the nearest to none of Langport's.",
        "",
    )


def _rows(clause: str, nearest: tuple[Correspondence, ...]) -> Iterator[str]:
    for relation, words in _RELATIONS.items():
        others = [one.other for one in nearest if one.relation == relation]
        if others:
            yield f"| {clause} | {words} | {', '.join(others)} |"


# --- what one forbids alone -------------------------------------------------------


def _alone(one: Rulebook, other: Rulebook, acts: tuple[Forbidding, ...]) -> Iterator[str]:
    mine, its = one.id.capitalize(), other.id.capitalize()
    alone = [act for act in acts if act.reach == "alone"]
    yield from (
        f"## What {mine} forbids and {its} does not",
        "",
        f"### Where {its} has a clause on such acts, and {mine}'s reaches further",
        "",
    )
    for act in (act for act in alone if act.shared):
        yield from _with_scenario(act, other)
    yield from (
        f"### Where nothing of {its} bears on the shortest example",
        "",
        "| Rule | A shortest example |",
        "| --- | --- |",
    )
    for act in (act for act in alone if not act.shared):
        if act.scenario is not None:
            yield f"| {named(act)} | {told(act.scenario)} |"
    yield ""


def _with_scenario(act: Forbidding, other: Rulebook) -> Iterator[str]:
    if act.scenario is None:
        return
    clauses = dict.fromkeys(name.rsplit("/", 1)[0] for name in act.shared)
    yield from (
        f"**{named(act)}**, beside {other.id.capitalize()}'s {listed(clauses)}:",
        "",
        "```yaml scenario",
        written(_expecting(act, act.scenario, other)).rstrip(),
        "```",
        "",
    )


def _expecting(act: Forbidding, scenario: Scenario, other: Rulebook) -> Scenario:
    """Let a scenario expect what sets the two apart, that nothing is found included."""
    expected = []
    for place, book, rules in (
        (0, act.rulebook, (act.rule.name,)),
        (1, other, act.shared),
    ):
        found = findings(scenario, place)
        for name in rules:
            clause, _, rule = name.rpartition("/")
            mine = tuple(
                Expected(bearer=one.bearer, status=one.status.value, on=one.on)
                for one in found
                if (one.clause, one.rule) == (clause, rule)
            )
            expected.append(Expectation(rulebook=book.id, clause=clause, rule=rule, findings=mine))
    return evolve(scenario, expected=tuple(expected))


# --- the rest ---------------------------------------------------------------------


def _rest(found: Comparison) -> Iterator[str]:
    yield from ("## What both forbid", "")
    for one, other, acts in (
        (found.one, found.other, found.acts),
        (found.other, found.one, found.other_acts),
    ):
        mine, its = one.id.capitalize(), other.id.capitalize()
        for reach, words in (
            ("also", f"Whatever these rules of {mine} forbid, {its} forbids too"),
            (
                "alone-if-engaged-otherwise",
                f"So it is with these rules of {mine}, except where staff are engaged otherwise than as employees",
            ),
            (
                "unsettled",
                f"Whether {its} forbids all that these rules of {mine} do, the search did not settle",
            ),
            ("never", f"These rules of {mine} never come to a breach, but leave a question"),
        ):
            names = [named(act) for act in acts if act.reach == reach]
            if names:
                yield from (f"{words}: {'; '.join(names)}.", "")
