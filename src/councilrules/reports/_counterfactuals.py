"""What would have turned a finding, and what answers lead to: as text and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from councilrules import wording
from councilrules.counterfactuals import consequences, turning
from councilrules.reports._layout import wrapped
from councilrules.reports._questions import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.assessing import Assessment, Question
    from councilrules.findings import Finding

Data = dict[str, Any]
_NOTHING = "No answer to it settles anything by itself."


def least(made: Assessment, finding: Finding) -> tuple[str, ...]:
    """Say which smallest changes would have turned a finding, or that there is none."""
    found = turning(finding, made.rulebook, made.scenario)
    return (*(one.says for one in found.changes), *filter(None, (found.says,)))


def answers(made: Assessment, question: Question) -> tuple[str, ...]:
    """Say what each answer to a question would lead to."""
    found = consequences(question, made)
    told = tuple(one.says for one in found)
    return (*told, _NOTHING) if found and not any(one.settles for one in found) else told


def turned(made: Assessment, finding: Finding) -> Iterator[str]:
    """Tell the smallest changes that would have turned a finding, or that there is none."""
    told = least(made, finding)
    if not told:
        return
    yield click.style("What would have turned it", bold=True)
    for says in told:
        yield from wrapped(says, "  - ", "    ")
    yield ""


def led(made: Assessment, finding: Finding) -> Iterator[str]:
    """Tell what each answer would lead to, of the questions that a finding hangs on."""
    numbered = numbers(made)
    answered = [(one, consequences(one, made)) for one in _asked(made, finding)]
    if not any(found for _, found in answered):
        return
    yield click.style("What each answer would lead to", bold=True)
    for question, found in answered:
        begins = f"  {numbered[question.want]:>3}. "
        for one in found:
            yield from wrapped(one.says, begins, " " * 9)
            begins = " " * 7
        if found and not any(one.settles for one in found):
            yield from wrapped(_NOTHING, " " * 7, " " * 9)
    yield ""


def _asked(made: Assessment, finding: Finding) -> list[Question]:
    return [one for one in made.questions if one.want in finding.wants]


def data(made: Assessment, finding: Finding) -> Data:
    """Give what would have turned a finding, and what answers lead to, as plain data."""
    found = turning(finding, made.rulebook, made.scenario)
    return {
        "turned_by": [
            {
                "says": one.says,
                "status": None if one.status is None else one.status.value,
                "changes": [change.supposes for change in one.changes],
            }
            for one in found.changes
        ],
        "turned_besides": found.says or None,
        "answers": [_question(one, made) for one in _asked(made, finding)],
    }


def _question(one: Question, made: Assessment) -> Data:
    found = consequences(one, made)
    return {
        "want": str(one.want),
        "question": one.asks,
        "belongs": wording.belongs(one.want),
        "settles": max((each.settles for each in found), default=0),
        "leads_to": [
            {"answers": list(each.answers), "says": each.says, "settles": each.settles}
            for each in found
        ],
    }
