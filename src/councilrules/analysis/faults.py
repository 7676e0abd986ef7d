"""What an analysis of rules finds, with a situation that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from councilrules.analysis.outcomes import outcomes_in
from councilrules.errors import Problem
from councilrules.reading import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from councilrules.analysis.situations import Situation
    from councilrules.analysis.spaces import Space
    from councilrules.errors import Place
    from councilrules.rules import Rule
    from councilrules.scenarios import Scenario

COVERED = (
    "exact for a single act and what the register says of it; "
    "with other events, up to two of them, or the steps of a sequence"
)
"""What the analysis tries; every report of it ends with this."""


@frozen(kw_only=True, eq=False)
class Evidence:
    """A situation that shows a fault.

    Attributes:
        shown: What it shows, in a sentence.
        scenario: The situation, as small as can be.
        comes_to: What each rule comes to there, by `CLAUSE/RULE`.
    """

    shown: str
    scenario: Scenario
    comes_to: Mapping[str, str]


@frozen(kw_only=True, eq=False)
class Fault:
    """Something that is wrong with a rule, or with two, in every situation.

    Attributes:
        check: What found it.
        place: Where the rule to mend is written.
        rules: What it is about: one rule or two, the one to mend first, as `CLAUSE/RULE`;
            or the clauses of a note.
        what: What is wrong.
        remedy: How to mend it.
        evidence: A situation that shows it; `None` if there is none to show.
    """

    check: str
    place: Place
    rules: tuple[str, ...]
    what: str
    remedy: str
    evidence: Evidence | None = None

    @property
    def problem(self) -> Problem:
        """Give it as a problem with its place."""
        return Problem(
            check=self.check,
            place=self.place,
            what=one_line(self.what),
            remedy=self.remedy,
        )


def evidence(
    space: Space, situation: Situation | None, shown: str, rules: Sequence[Rule | None]
) -> Evidence | None:
    """Give a situation as the evidence of a fault.

    Args:
        space: Where it was found.
        situation: What was found, if anything was.
        shown: What it shows, in a sentence.
        rules: The rules of the space; `None` for one that is in no rulebook.
    """
    if situation is None:
        return None
    found = space.outcomes(situation.chosen)
    scenario = space.scenario(situation.chosen, shown)
    return Evidence(
        shown=shown,
        scenario=evolve(scenario, rulebooks=scenario.rulebooks[:1]),
        comes_to={
            rule.name: outcomes_in(bits)[0]
            for rule, bits in zip(rules, found, strict=False)
            if rule is not None
        },
    )
