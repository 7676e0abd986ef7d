"""That the strategies reach what the laws speak of: a law that nothing tries proves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import get_args

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from tests.drawing.rulebooks import barred, clauses_of, generated, kept
from tests.strategies import Drawn, cases, rulebooks

from councilrules.findings import Cause, Finding, Status
from councilrules.reference import Found
from councilrules.rulebooks.checks import problems_of
from councilrules.rules import Clause, Condition, Modality, Order, Related, Rulebook

# The sample is drawn once, in one process.
pytestmark = pytest.mark.xdist_group("generators")
# What is drawn has to be the same each time: the search itself is what is tested here.
SEARCH = settings(
    max_examples=800,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SAMPLE = 120


@cache
def sample() -> tuple[tuple[Drawn, Found], ...]:
    """Draw cases as a law would, with what is found in them."""
    drawn: list[tuple[Drawn, Found]] = []

    @settings(SEARCH, max_examples=SAMPLE)
    @given(case=cases())
    def gather(case: Drawn) -> None:
        drawn.append((case, case.found))

    gather()
    return tuple(drawn)


def is_reached(
    feature: Callable[[Drawn, Found], bool], rulebooks: st.SearchStrategy[Rulebook] = rulebooks
) -> bool:
    """Tell whether a sample shows a feature, or else a search for it finds one that does.

    The search may keep to some of the rulebooks that are drawn.
    """
    if any(feature(*one) for one in sample()):
        return True
    found = find(cases(rulebooks), lambda case: feature(case, case.found), settings=SEARCH)
    return feature(found, found.found)


def opened(case: Drawn, found: Found) -> Iterator[tuple[Modality, Finding]]:
    """Give the findings with what kind of rule made each."""
    for finding in found.findings:
        yield case.rulebook.rule(finding.clause, finding.rule).modality, finding


@pytest.mark.parametrize("status", Status)
def test_every_status_is_reached(status: Status) -> None:
    assert is_reached(lambda _, found: any(one.status is status for one in found.findings))


@pytest.mark.parametrize("cause", get_args(Cause))
def test_every_cause_of_a_want_is_reached(cause: str) -> None:
    assert is_reached(
        lambda _, found: any(want.cause == cause for one in found.findings for want in one.wants)
    )


@pytest.mark.parametrize("status", [Status.BREACHED, Status.UNDETERMINED, Status.MET])
@pytest.mark.parametrize("modality", [Modality.MUST, Modality.MUST_FIRST, Modality.STANDING])
def test_every_modality_that_asks_for_something_reaches(modality: Modality, status: Status) -> None:
    assert is_reached(
        lambda case, found: any(
            made is modality and one.status is status for made, one in opened(case, found)
        ),
        generated(clauses_of(modality)),
    )


@pytest.mark.parametrize("status", [Status.BREACHED, Status.UNDETERMINED, Status.EXCUSED])
def test_a_prohibition_reaches(status: Status) -> None:
    assert is_reached(
        lambda case, found: any(
            made is Modality.MUST_NOT and one.status is status for made, one in opened(case, found)
        )
    )


def test_permissions_are_reached() -> None:
    assert is_reached(lambda _, found: bool(found.permissions))


@pytest.mark.parametrize(
    "why",
    [
        "not-in-office",
        "not-in-force",
        "outside-the-protocol",
        "after-the-clock",
        "another-instrument",
    ],
)
def test_every_kind_of_scope_note_is_reached(why: str) -> None:
    assert is_reached(lambda _, found: any(note.why == why for note in found.scope))


def test_what_is_done_too_late_is_reached() -> None:
    duties = generated(clauses_of(Modality.MUST))

    assert is_reached(lambda _, found: any(one.performed_at for one in found.findings), duties)


@pytest.mark.parametrize(
    ("exception", "clauses"),
    [
        ("permitted", clauses_of(Modality.MUST_NOT)),
        ("left-office", st.just(kept("councillor", "employee"))),
        ("barred-by-8", barred()),
    ],
)
def test_every_kind_of_exception_excuses(
    exception: str, clauses: st.SearchStrategy[tuple[Clause, ...]]
) -> None:
    assert is_reached(
        lambda _, found: any(one.excused_by == exception for one in found.findings),
        generated(clauses),
    )


@pytest.mark.parametrize("operator", get_args(Condition), ids=lambda one: one.__name__)
def test_every_operator_is_drawn(operator: type) -> None:
    assert is_reached(
        lambda case, _: any(isinstance(one, operator) for one in drawn_conditions(case)),
        generated(),
    )


@pytest.mark.parametrize("order", Order)
def test_every_order_is_drawn(order: Order) -> None:
    assert is_reached(
        lambda case, _: any(
            isinstance(one, Related) and one.order is order for one in drawn_conditions(case)
        )
    )


def drawn_conditions(case: Drawn) -> Iterator[object]:
    """Give the conditions of a small rulebook, not of one that is shipped."""
    if case.rulebook.id == "drawn":
        for rule in case.rulebook.rules:
            yield from rule.conditions


def test_a_third_of_the_cases_trigger_something() -> None:
    fired = [one for one in sample() if any("@" not in each.on for each in one[1].findings)]

    assert 3 * len(fired) >= len(sample())


def test_both_shipped_rulebooks_are_drawn() -> None:
    assert {case.rulebook.id for case, _ in sample()} == {"drawn", "langport", "twywell"}


def test_the_checks_of_rulebooks_accept_every_drawn_one() -> None:
    assert [problem for case, _ in sample() for problem in problems_of(case.rulebook)] == []
