"""The tree of reasons for one finding, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from councilrules import wording
from councilrules.reports._branches import Branch, Branches
from councilrules.reports._counterfactuals import led, turned
from councilrules.reports._findings import COLOURS, called, late
from councilrules.reports._layout import heading, marked, wrapped
from councilrules.reports._questions import numbers
from councilrules.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.assessing import Assessment
    from councilrules.cases import Case
    from councilrules.findings import Because, Finding

TRUTHS = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "not known"}
_COLUMN = max(map(len, TRUTHS.values())) + 2
_STEP = 2


def render(made: Assessment, finding: Finding, case: Case) -> str:
    """Give the reasons for a finding as text: each condition, its value and its origin."""
    return "\n".join(_told(made, finding, case))


def _told(made: Assessment, finding: Finding, case: Case) -> Iterator[str]:
    branches = Branches(made, case)
    yield from _title(made, finding)
    bearer = "whoever it was" if finding.bearer is None else called(finding.bearer)
    yield from _part(f"Does the clause bind {bearer} here?", branches.of(case.bound))
    if len(case.trigger.parts) > 1:
        yield from _part("Is this what the clause speaks of?", branches.of(case.trigger.parts[-1]))
    if case.rule.standing is not None:
        yield from _part("Is what has to be there on record?", branches.standing(case.done))
    if case.rule.required:
        yield from _part("Was what is required done?", branches.of(case.done))
        yield from _time(made, finding, case)
    answers = [part for part in case.excused.parts if is_answer(part)]
    gaps = [part for part in case.excused.parts if not is_answer(part)]
    yield from _part("Is there an answer to it?", branches.each(answers))
    yield from _part("Does the text leave it open?", branches.each(gaps))
    yield from _wanted(made, finding)
    yield from led(made, finding)
    yield from turned(made, finding)


def _title(made: Assessment, finding: Finding) -> Iterator[str]:
    clause = made.rulebook[finding.clause]
    rule = made.rulebook.rule(finding.clause, finding.rule)
    event = made.scenario.history.by_id.get(finding.on)
    on = finding.on if event is None else f"{event.id} ({wording.said(event)})"
    name = wording.plain(rule.id)
    yield from heading(f"Clause {clause.id}, “{name}”: {called(finding.bearer)}, on {on}")
    yield from wrapped(clause.means, "  ")
    yield from wrapped(f"The rule: {wording.rule(rule, made.rulebook.questions)}", "  ", "    ")
    status = wording.status(finding)
    yield from marked(
        wrapped(f"{status} ({wording.force(finding)}).", "  "), status, COLOURS[finding.status]
    )
    yield ""


def is_answer(part: Because) -> bool:
    """Tell an exception from a gap in the text."""
    return not str(part.about).startswith("unclear:")


def _part(title: str, branches: Iterable[Branch]) -> Iterator[str]:
    found = list(branches)
    if not found:
        return
    yield click.style(title, bold=True)
    for branch in found:
        yield from _branch(branch, 0)
    yield ""


def _branch(branch: Branch, depth: int) -> Iterator[str]:
    truth = "" if branch.truth is None else TRUTHS[branch.truth]
    begins = f"  {truth:<{_COLUMN}}{' ' * (_STEP * depth)}"
    source = f" [{branch.source}]" if branch.source else ""
    yield from wrapped(branch.text + source, begins, " " * (len(begins) + _STEP))
    for part in branch.parts:
        yield from _branch(part, depth + 1)


def _time(made: Assessment, finding: Finding, case: Case) -> Iterator[str]:
    zone = made.rulebook.zone
    if case.deadline is None:
        return
    if finding.due is not None:
        yield f"  It was due by the end of {wording.day(finding.due, zone)}."
    elif case.deadline.needs_parameter:
        yield "  The protocol sets no time, and none was set for this scenario."
    if case.late is not None:
        yield from wrapped(
            f"Done too late: {case.late.id}, {wording.said(case.late)}, "
            f"{wording.time(case.late, zone)}, {late(finding)}.",
            "  ",
        )
    if finding.elapsed is not None:
        yield f"  Working days that have passed so far: {finding.elapsed}."
    left = TRUTHS[case.left]
    yield f"  Time left at the date of reading: {left}."
    yield ""


def _wanted(made: Assessment, finding: Finding) -> Iterator[str]:
    numbered = numbers(made)
    asked = [one for one in made.questions if one.want in finding.wants]
    if not asked:
        return
    yield click.style("What would settle it", bold=True)
    for one in asked:
        yield from wrapped(
            f"{one.asks} [{wording.belongs(one.want)}]", f"  {numbered[one.want]:>3}. ", " " * 7
        )
    yield ""
