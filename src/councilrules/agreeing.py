"""Whether two engines find the same; if not, the case on which they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.errors import DisagreementError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.findings import Finding
    from councilrules.scenarios import Scenario

_COMPARED = (
    "status",
    "excused_by",
    "proof",
    "events",
    "due",
    "performed_at",
    "late_by",
)
"""What has to be the same of a case; what is wanted to settle it is the reference's alone."""


def require_agreement(
    scenario: Scenario, ours: Iterable[Finding], theirs: Iterable[Finding], engine: str
) -> None:
    """Refuse findings on which the reference and another engine differ.

    Args:
        scenario: The scenario.
        ours: What the reference finds.
        theirs: What the other engine finds.
        engine: What the other engine is called.

    Raises:
        DisagreementError: With each case on which they differ, and the scenario as a file.
    """
    problems = tuple(_differences(scenario, ours, theirs, engine))
    if problems:
        from councilrules.scenarios.writing import written  # noqa: PLC0415 - needed only here

        raise DisagreementError(problems, written(scenario))


def _differences(
    scenario: Scenario, ours: Iterable[Finding], theirs: Iterable[Finding], engine: str
) -> Iterator[Problem]:
    one = {finding.key: finding for finding in ours}
    two = {finding.key: finding for finding in theirs}
    for key in {**one, **two}:
        differing = list(_differing(one.get(key), two.get(key)))
        if differing:
            rulebook, clause, rule, bearer, on = key
            who = bearer or "somebody not known"
            said = "; ".join(
                f"{name} `{left}` by the reference and `{right}` by {engine}"
                for name, left, right in differing
            )
            yield Problem(
                check="engines-disagree",
                place=scenario.place,
                what=f"`{rulebook}/{clause}/{rule}` about `{who}` on `{on}`: {said}",
                remedy="nothing is reported; save the case below and report it as a fault of the software",
            )


def _differing(one: Finding | None, two: Finding | None) -> Iterator[tuple[str, str, str]]:
    if one is None or two is None:
        yield "finding", _status(one), _status(two)
        return
    for name in _COMPARED:
        left, right = getattr(one, name), getattr(two, name)
        if left != right:
            yield name, _shown(left), _shown(right)


def _status(finding: Finding | None) -> str:
    return "none" if finding is None else finding.status.value


def _shown(value: object) -> str:
    return str(getattr(value, "value", value))
