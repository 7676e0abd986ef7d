"""How many findings of the shipped scenarios would have turned, by how many facts, and how fast.

    python -m benchmarks.turned            # the stories and the scenarios of the rulebooks
    python -m benchmarks.turned --deep     # those as well that were made by a search

Every change that is shown is assessed again; the command ends with 1 if one does not keep
what it promises.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from councilrules import Status, assess, load_scenarios, turning
from councilrules.counterfactuals.facts import naming
from councilrules.findings import GRAVITY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules import Finding, LeastChange, Rulebook, Scenario

ROOT = Path(__file__).parents[1]
_MADE = ("-deciding", "-faults")


def scenarios(*, deep: bool) -> Iterator[tuple[Rulebook, Scenario]]:
    """Give each scenario with each of its rulebooks."""
    books: dict[str, Rulebook] = {}
    paths = sorted((ROOT / "examples" / "stories").glob("*.yaml"))
    paths += [
        path
        for path in sorted(ROOT.glob("rules/*/scenarios/*.yaml"))
        if deep or not path.stem.endswith(_MADE)
    ]
    for path in paths:
        for scenario in load_scenarios(path, books):
            for named in scenario.rulebooks:
                yield named.rulebook, scenario


def is_kept(change: LeastChange, rulebook: Rulebook, scenario: Scenario) -> bool:
    """Tell whether an assessment after a change finds what it promises."""
    finding = change.finding
    after = assess(rulebook, change.apply(naming(scenario, rulebook)), engine="reference")
    same = [one.status for one in after.findings if one.key == finding.key]
    if not same and "@" in finding.on:
        same = [one.status for one in after.findings if _is_alike(one, finding)]
    return min(same, key=GRAVITY.index, default=None) is change.status


def _is_alike(one: Finding, other: Finding) -> bool:
    return (one.clause, one.rule) == (other.clause, other.rule)


def main(arguments: list[str]) -> int:
    """Print the figures."""
    found: Counter[tuple[str, str]] = Counter()
    took: list[float] = []
    broken = 0
    for rulebook, scenario in scenarios(deep="--deep" in arguments):
        for finding in assess(rulebook, scenario, engine="reference").findings:
            if finding.status is Status.UNDETERMINED:
                continue
            began = perf_counter()
            turned = turning(finding, rulebook, scenario)
            took.append(1000 * (perf_counter() - began))
            facts = {len(one.changes) for one in turned.changes}
            size = f"{facts.pop()} changed" if facts else "none found"
            found[
                finding.status.value, size if turned.is_complete else f"{size}, not all tried"
            ] += 1
            kept = [is_kept(one, rulebook, scenario) for one in turned.changes]
            broken += kept.count(False)
    for (status, size), number in sorted(found.items()):
        print(f"{status:<10} {size:<28} {number:>6}")
    print(
        f"milliseconds a finding: median {median(took):.1f}, 95% {quantiles(took, n=20)[-1]:.1f}, most {max(took):.1f}"
    )
    print(f"changes that do not keep what they promise: {broken}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
