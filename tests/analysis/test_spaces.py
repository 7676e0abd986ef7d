"""Situations that rules tell apart: each answered as the reference does, and all searched."""

from __future__ import annotations

from itertools import product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import rulebooks

import councilrules
from councilrules.analysis.outcomes import BITS, OUTCOMES, outcomes_in
from councilrules.analysis.spaces import Space
from councilrules.reference import found
from councilrules.rules import Modality, Rule, Rulebook
from councilrules.scenarios import Scenario
from councilrules.scenarios.writing import written

LANGPORT = councilrules.load_rulebook("langport")
TWYWELL = councilrules.load_rulebook("twywell")
SHIPPED = [(book, rule) for book in (LANGPORT, TWYWELL) for rule in book.rules]
NAMES = [f"{book.id}/{rule.name}" for book, rule in SHIPPED]


def chosen(data: st.DataObject, space: Space) -> list[int]:
    """Draw an option of each lever that matters, more often the first than any other."""
    size = len(space.levers)
    numbers = data.draw(st.lists(st.integers(0, 999), min_size=size, max_size=size))
    found: list[int | None] = [None] * size
    for place, (lever, number) in enumerate(zip(space.levers, numbers, strict=True)):
        matters = space.needed((space.matters[place],), found)
        found[place] = number % len(lever.options) if matters and number % 3 else 0
    return [one or 0 for one in found]


def come_to(rule: Rule, rulebook: Rulebook, space: Space, scenario: Scenario) -> set[str]:
    """Tell what the reference says that the rule comes to on the act of a situation.

    A relationship is an act of either party, of whom the situation is about one.
    """
    standing = rule.modality is Modality.STANDING
    bearer = None if standing else space.answers(0, scenario)[0].view.bearer
    named = scenario.rulebooks[0]
    all_ = found(
        named.rulebook,
        scenario.register,
        scenario.history,
        in_force=named.in_force,
        asked=frozenset(one.id for one in rulebook.clauses),
    )
    name = (rule.clause, rule.id)
    statuses = {
        one.status.value
        for one in all_.findings
        if (one.clause, one.rule) == name and (standing or (one.on, one.bearer) == ("e1", bearer))
    }
    permitted = {"permitted" for one in all_.permissions if (one.clause, one.rule) == name}
    return statuses | permitted or {"none"}


@pytest.mark.parametrize(("rulebook", "rule"), SHIPPED, ids=NAMES)
@settings(max_examples=3)
@given(data=st.data())
def test_a_shipped_rule_comes_to_what_the_reference_finds(
    rulebook: Rulebook, rule: Rule, data: st.DataObject
) -> None:
    space = Space((rulebook, rule))
    options = chosen(data, space)
    if rule.modality is Modality.REFER:
        return
    scenario = space.scenario(options)

    expected = come_to(rule, rulebook, space, scenario)

    ours = outcomes_in(space.outcomes(options)[0])
    # A standing duty may fail more than once.
    assert set(ours) <= expected, space.labels(options)
    assert len(ours) == 1


@given(data=st.data(), rulebook=rulebooks)
def test_a_drawn_rule_comes_to_what_the_reference_finds(
    data: st.DataObject, rulebook: Rulebook
) -> None:
    rules = [one for one in rulebook.rules if one.modality is not Modality.REFER]
    if not rules:
        return
    rule = data.draw(st.sampled_from(rules))
    space = Space((rulebook, rule))
    options = chosen(data, space)

    expected = come_to(rule, rulebook, space, space.scenario(options))

    assert set(outcomes_in(space.outcomes(options)[0])) <= expected, space.labels(options)


@given(data=st.data())
def test_a_situation_can_be_written_and_read_back(data: st.DataObject) -> None:
    rulebook, rule = data.draw(st.sampled_from(SHIPPED))
    space = Space((rulebook, rule))

    scenario = space.scenario(chosen(data, space), "A situation")

    assert "title: A situation" in written(scenario)


def situations(space: Space) -> int:
    """Count the situations of a space."""
    return prod(len(lever.options) for lever in space.levers)


SMALL = [one for one in SHIPPED if 50 < situations(Space(one)) <= 12_000][::3]
"""Rules with few enough situations for every one to be tried."""


@pytest.mark.parametrize(
    ("rulebook", "rule"), SMALL, ids=[f"{book.id}/{rule.name}" for book, rule in SMALL]
)
def test_a_search_finds_the_cheapest_of_all_situations_or_that_there_is_none(
    rulebook: Rulebook, rule: Rule
) -> None:
    space = Space((rulebook, rule))
    cheapest: dict[str, int] = {}
    for options in product(*(range(len(lever.options)) for lever in space.levers)):
        outcome = outcomes_in(space.outcomes(options)[0])[0]
        pairs = zip(space.levers, options, strict=True)
        cost = sum(lever.options[option].cost for lever, option in pairs)
        cheapest[outcome] = min(cost, cheapest.get(outcome, cost))

    for outcome in OUTCOMES:
        situation = space.search(lambda outcomes, bit=BITS[outcome]: bool(outcomes[0] & bit))  # type: ignore[misc]

        assert (None if situation is None else situation.cost) == cheapest.get(outcome)


def test_there_are_small_rules_to_try_in_full() -> None:
    assert len(SMALL) > 3
