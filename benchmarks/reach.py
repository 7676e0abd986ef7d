"""Measures how many statuses of each rule the drawn scenarios reach: `python -m benchmarks.reach`.

A status counts that is not left open by a gap in the text alone. Statuses that a rule
cannot have are left out: nothing that is forbidden is open or met, and a rule without
exceptions, duties of an office or clauses that it yields to excuses nobody.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings

import councilrules
from councilrules import Rule, Rulebook, Scenario, Status
from councilrules.reference import found
from councilrules.rules import Modality
from councilrules.testing import scenarios

if TYPE_CHECKING:
    from collections.abc import Iterator

DRAWS = 200


def statuses(rulebook: Rulebook, rule: Rule) -> list[Status]:
    """Give the statuses that a rule may come to."""
    if rule.modality in {Modality.MAY, Modality.REFER}:
        return []
    possible = {Status.BREACHED, Status.UNDETERMINED}
    if rule.modality is not Modality.MUST_NOT:
        possible.add(Status.MET)
    if rule.modality is Modality.MUST:
        possible.add(Status.OPEN)
    leaves = rule.is_duty and rule.roles
    if rule.exceptions or leaves or rulebook[rule.clause].subject_to:
        possible.add(Status.EXCUSED)
    return [one for one in Status if one in possible]


def reached(rulebook: Rulebook, rule: Rule, draws: int = DRAWS) -> Counter[Status]:
    """Count in how many drawn scenarios a rule comes to each status."""
    seen: Counter[Status] = Counter()

    @settings(
        max_examples=draws,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(scenario=scenarios(rulebook, rules=[rule]))
    def gather(scenario: Scenario) -> None:
        (assessed,) = scenario.rulebooks
        made = found(
            assessed.rulebook,
            scenario.register,
            scenario.history,
            in_force=assessed.in_force,
            asked=scenario.asked(rulebook.id),
        )
        of_rule = [one for one in made.findings if (one.clause, one.rule) == (rule.clause, rule.id)]
        seen.update({
            one.status
            for one in of_rule
            if not one.wants or any(want.cause != "text" for want in one.wants)
        })  # fmt: skip

    gather()
    return seen


def lines(rulebook: Rulebook) -> Iterator[str]:
    """Say for each rule which statuses were not reached, and at the end how many were."""
    pairs = hits = 0
    for rule in rulebook.rules:
        possible = statuses(rulebook, rule)
        seen = reached(rulebook, rule) if possible else Counter[Status]()
        missed = [one.value for one in possible if one not in seen]
        pairs, hits = pairs + len(possible), hits + len(possible) - len(missed)
        if missed:
            yield f"  {rule.name}: not {', '.join(missed)}"
    yield f"{rulebook.id}: {hits} of {pairs} ({100 * hits // pairs}%) in {DRAWS} draws a rule"


def main() -> None:
    """Measure the rulebooks that are named, or both that are shipped."""
    for name in sys.argv[1:] or ["langport", "twywell"]:
        started = time.perf_counter()
        for line in lines(councilrules.load_rulebook(name)):
            print(line)
        print(f"  {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
