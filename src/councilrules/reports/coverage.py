"""What scenarios reach of a rulebook, as text: for the command and for the end of a test run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.coverage import Coverage, RuleCoverage


def render(one: Coverage, *, missing: bool = False) -> str:
    """Give a line for each rule, and one that sums up.

    Args:
        one: What is reached.
        missing: Leave out the rules of which every status is reached.
    """
    return "\n".join(_lines(one, missing=missing))


def _lines(one: Coverage, *, missing: bool) -> Iterator[str]:
    for rule in one.rules:
        if rule.missing or not missing:
            yield f"{rule.clause}/{rule.rule}: {_counts(rule)}"
    norms = sum(1 for _, kinds, _ in one.clauses if set(kinds) != {"statement"})
    ruled = sum(1 for _, kinds, rules in one.clauses if rules and set(kinds) != {"statement"})
    yield click.style(
        f"{one.rulebook}: {len(one.clauses)} clauses; {ruled} of {norms} norms have rules; "
        f"{one.reached} of {one.statuses} statuses of {len(one.rules)} rules are reached",
        bold=True,
    )


def _counts(rule: RuleCoverage) -> str:
    return ", ".join(
        f"{status} {times}" if times else click.style(f"{status} none", fg="red")
        for status, times in rule.reached.items()
    )
