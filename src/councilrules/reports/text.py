"""An assessment as text, for someone who is not a programmer."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from councilrules import wording
from councilrules.findings import GRAVITY
from councilrules.periods import Moment
from councilrules.reports import _questions, _record
from councilrules.reports._findings import QUIET, Person, called, gravest_first
from councilrules.reports._layout import heading, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.assessing import Assessment
    from councilrules.findings import Finding
    from councilrules.rules import Clause

NOTHING = (
    "Nothing to report: no clause of this protocol is breached by what is recorded"
    " here, and none is left open."
)


def render(made: Iterable[Assessment], *, everything: bool = False) -> str:
    """Give assessments as text; colour marks it up, which `click.echo` takes off again.

    Args:
        made: The assessments; those of one scenario stand together.
        everything: Whether what was met or excused is told in full as well.
    """
    lines: list[str] = []
    for _, of_one in groupby(made, key=lambda one: id(one.scenario)):
        lines += [*_scenario(list(of_one), everything=everything), ""]
    return "\n".join(lines).rstrip("\n")


def _scenario(made: list[Assessment], *, everything: bool) -> Iterator[str]:
    """Tell what each rulebook finds in a scenario, after what is recorded in it."""
    yield from heading(made[0].scenario.name, "=")
    yield ""
    yield from _record.section(made, spoken_of(made, everything=everything))
    for one in made:
        yield from _assessment(one, everything=everything)


def spoken_of(made: list[Assessment], *, everything: bool) -> frozenset[str]:
    """Give the ids of the events that the report will speak of."""
    told = [one for each in made for one in each.findings if everything or one.status not in QUIET]
    noted = {note.event for each in made for note in each.scope if not note.is_bound_otherwise}
    summed_up = {one.on for each in made for one in each.findings}
    others = {name for each in made for name in each.not_covered}
    permitted = {one.on for each in made for one in each.permissions}
    return _record.cited(told) | noted | summed_up | others | permitted


def _assessment(made: Assessment, *, everything: bool) -> Iterator[str]:
    book = made.rulebook
    yield from heading(f"{book.council}: {book.title} (version {book.version})")
    yield f"As things stood {clock(made)}."
    yield ""
    yield from _overview(made)
    for bearer in bearers(made.findings):
        yield from Person(made, bearer, everything).told()
    yield from _questions.section(made)
    yield from _notes(made)
    yield from _remarks(made, everything=everything)
    yield found_by(made)
    yield ""


def found_by(made: Assessment) -> str:
    """Say what found the findings, and whether a second engine agrees."""
    if made.is_unchecked:
        return (
            f"Found by: {made.engines[0]} alone. No second engine checked it, "
            "since durable-rules is not installed."
        )
    return f"Found by: {' and '.join(made.engines)}{', which agree' if made.engines[1:] else ''}."


def clock(made: Assessment) -> str:
    """Say at what time things are read."""
    zone = made.rulebook.zone
    local = made.as_of.astimezone(ZoneInfo(zone))
    if (local.hour, local.minute) == (23, 59):
        return f"at the end of {wording.day(made.as_of, zone)}"
    return f"on {wording.when(Moment(made.as_of, made.as_of), zone)}"


# --- the overview ----------------------------------------------------------------------


def _overview(made: Assessment) -> Iterator[str]:
    """Say in a line for each person what was found."""
    if not made.findings:
        yield from wrapped(NOTHING)
        yield ""
        return
    people = bearers(made.findings)
    width = max(len(called(one)) for one in people)
    for bearer in people:
        begins = f"  {called(bearer):<{width}}  "
        found = counts(one for one in made.findings if one.bearer == bearer)
        yield from wrapped("; ".join(found), begins, " " * len(begins))
    yield ""


def counts(findings: Iterable[Finding]) -> Iterator[str]:
    """Count what was found, several events that are one act once for each clause (P5)."""
    acts: dict[str, set[tuple[str, str, str]]] = {}
    for one in gravest_first(findings):
        status = wording.status(one)
        acts.setdefault(status, set()).add((one.clause, one.rule, one.act or one.on))
    for status, found in acts.items():
        yield f"{status[:1].lower()}{status[1:]}: {len(found)}"


def bearers(findings: Iterable[Finding]) -> list[str | None]:
    """Give the people by what weighs most against them."""
    gravest: dict[str | None, int] = {}
    for finding in findings:
        rank = GRAVITY.index(finding.status)
        gravest[finding.bearer] = min(rank, gravest.get(finding.bearer, rank))
    return sorted(gravest, key=lambda name: (gravest[name], name or "~"))


# --- what else is to be said -----------------------------------------------------------


def _notes(made: Assessment) -> Iterator[str]:
    """Give what is outside the protocol, not covered by it, or permitted by it."""
    for title, items in notes(made):
        yield from _list(title, items)


def notes(made: Assessment) -> Iterator[tuple[str, list[str]]]:
    """Give what no clause decides, each kind of it under its title."""
    outside = [wording.scope(one) for one in made.scope if not one.is_bound_otherwise]
    yield "Outside this protocol", outside
    events = made.scenario.history.by_id
    bare = [f"{name}: {wording.said(events[name])}." for name in made.not_covered]
    yield "Not covered: no clause speaks of this kind of event", bare
    allowed = [
        f"{one.on}: clause {one.clause} permits this to {wording.person(one.person)}."
        for one in made.permissions
    ]
    yield "Permitted outright", allowed


def _list(title: str, items: list[str]) -> Iterator[str]:
    if not items:
        return
    yield from heading(title)
    for item in items:
        yield from wrapped(f"- {item}", "  ", "    ")
    yield ""


def _remarks(made: Assessment, *, everything: bool) -> Iterator[str]:
    """Give how the clauses were read, after all else, so that it drowns nothing."""
    shown = {one.clause for one in made.findings if everything or one.status not in QUIET}
    remarks = [
        f"{clause.id}: {text}"
        for clause in made.rulebook.clauses
        if clause.id in shown
        for text in remarks_on(clause)
    ]
    yield from _list("How these clauses were read", remarks)


def remarks_on(clause: Clause) -> Iterator[str]:
    """Say how a clause was read, and what else bears on it without deciding it."""
    if clause.note:
        yield clause.note
    if clause.other_law:
        yield f"other law may bear on this: {clause.other_law}"
    for other, why in clause.tensions:
        yield f"the text is in tension with {other}: {why}"
