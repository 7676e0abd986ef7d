"""What a scenario expects against what was found; a surplus finding fails too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.findings import GRAVITY, Finding, Permission

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.assessing import Assessment
    from councilrules.errors import Place
    from councilrules.scenarios import Expectation, Expected, Scenario

_NOTES = {"outside", "permitted"}


@frozen(kw_only=True)
class Mismatch:
    """One way in which a scenario was not as expected.

    Attributes:
        place: Where the expectation is written.
        clause: The clause, or clause and rule, as written.
        expectation: All that is stated of that clause.
        expected: What was expected; `None` if something is one too many.
        found: What was found in its place; `None` if nothing was. It is a permission only
            where that is one too many.
    """

    place: Place
    clause: str
    expectation: Expectation
    expected: Expected | None = None
    found: Finding | Permission | None = None

    @property
    def wanted(self) -> str:
        """Give what was expected, in words."""
        return "nothing more" if self.expected is None else _shown(self.expected)

    @property
    def got(self) -> str:
        """Give what was found, in words."""
        if self.found is not None:
            return said(self.found)
        is_note = self.expected is not None and self.expected.status in _NOTES
        return "no such note" if is_note else "nothing"

    @property
    def what(self) -> str:
        """Give what was expected and what was found."""
        return f"expected {self.wanted}, found {self.got}"

    def __str__(self) -> str:
        return f"{self.place}: {self.clause}: {self.what}"


def mismatches(scenario: Scenario, assessments: Iterable[Assessment]) -> Iterator[Mismatch]:
    """Give every way in which the findings differ from what a scenario expects."""
    found = {one.rulebook.id: one for one in assessments}
    for expectation in scenario.expected:
        yield from _of(expectation, found[expectation.rulebook])


def _of(expectation: Expectation, assessment: Assessment) -> Iterator[Mismatch]:
    left = list(stated(expectation, assessment))
    for expected in expectation.findings:
        if expected.status in _NOTES:
            if not _noted(expected, expectation, assessment):
                yield _mismatch(expectation, expected, None)
            continue
        match = next((one for one in left if _fits(expected, one)), None)
        if match is not None:
            left.remove(match)
            continue
        near = next(
            (
                one
                for one in left
                if one.bearer == expected.bearer and expected.on in {None, one.on}
            ),
            None,
        )
        if near is not None:
            left.remove(near)
        yield _mismatch(expectation, expected, near)
    for surplus in left:
        yield _mismatch(expectation, None, surplus)
    for permission in _unexpected(expectation, assessment):
        yield _mismatch(expectation, None, permission)


def _unexpected(expectation: Expectation, assessment: Assessment) -> Iterator[Permission]:
    """Give the permissions of a rule that are not expected; of a clause they need not be."""
    for one in assessment.permissions:
        if (one.clause, one.rule) == (expectation.clause, expectation.rule) and not any(
            expected.status == "permitted"
            and (expected.bearer or "") == one.person
            and expected.on in {None, one.on}
            for expected in expectation.findings
        ):
            yield one


def _mismatch(
    expectation: Expectation, expected: Expected | None, found: Finding | Permission | None
) -> Mismatch:
    return Mismatch(
        place=expectation.place if expected is None else expected.place,
        clause="/".join(filter(None, (expectation.rulebook, expectation.clause, expectation.rule))),
        expectation=expectation,
        expected=expected,
        found=found,
    )


def stated(expectation: Expectation, assessment: Assessment) -> Iterator[Finding]:
    """Give the findings of the rule; for a clause the gravest of each event and bearer."""
    of_clause = [one for one in assessment.findings if one.clause == expectation.clause]
    if expectation.rule is not None:
        yield from (one for one in of_clause if one.rule == expectation.rule)
        return
    gravest: dict[tuple[str, str | None], Finding] = {}
    for one in of_clause:
        key = (one.on, one.bearer)
        if key not in gravest or GRAVITY.index(one.status) < GRAVITY.index(gravest[key].status):
            gravest[key] = one
    yield from gravest.values()


def _fits(expected: Expected, finding: Finding) -> bool:
    return (
        expected.bearer == finding.bearer
        and expected.status == finding.status.value
        and expected.on in {None, finding.on}
        and expected.by in {None, finding.excused_by}
        and (expected.wants is None or set(expected.wants) == {str(one) for one in finding.wants})
        and expected.late in {None, finding.late_by}
        and expected.proof in {None, finding.proof.name.lower()}
    )


def _noted(expected: Expected, expectation: Expectation, assessment: Assessment) -> bool:
    if expected.status == "permitted":
        return any(
            one.clause == expectation.clause
            and expectation.rule in {None, one.rule}
            and one.person == (expected.bearer or "")
            and expected.on in {None, one.on}
            for one in assessment.permissions
        )
    return any(
        expectation.clause in one.clauses
        and one.person in {expected.bearer or "", ""}
        and expected.on in {None, one.event}
        for one in assessment.scope
    )


def _shown(expected: Expected) -> str:
    details = [f"{expected.bearer or 'not_known'}: {expected.status}"]
    details += [f"on {expected.on}"] if expected.on else []
    details += [f"by {expected.by}"] if expected.by else []
    details += [f"{expected.late} working days late"] if expected.late is not None else []
    details += [f"proof {expected.proof}"] if expected.proof else []
    if expected.wants is not None:
        details.append(f"wanting {', '.join(sorted(expected.wants)) or 'nothing'}")
    return ", ".join(details)


def said(finding: Finding | Permission) -> str:
    """Give a finding in words, in the order in which an expectation has them."""
    if isinstance(finding, Permission):
        return f"{finding.person or 'not_known'}: permitted, on {finding.on}, rule {finding.rule}"
    details = [f"{finding.bearer or 'not_known'}: {finding.status.value}", f"on {finding.on}"]
    details += [f"rule {finding.rule}"]
    details += [f"by {finding.excused_by}"] if finding.excused_by else []
    details += [f"{finding.late_by} working days late"] if finding.late_by is not None else []
    details += [f"proof {finding.proof.name.lower()}"]
    if finding.wants:
        details.append(f"wanting {', '.join(sorted(str(one) for one in finding.wants))}")
    return ", ".join(details)
