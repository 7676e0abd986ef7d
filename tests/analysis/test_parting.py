"""The search for where two formulas differ: what it passes over is no difference."""

from __future__ import annotations

import random

import pytest

from councilrules import load_rulebook
from councilrules.analysis.goals import differ_in
from councilrules.analysis.lessening import lessened
from councilrules.analysis.outcomes import ANY_OUTCOME
from councilrules.analysis.searching import UnsettledError
from councilrules.analysis.spaces import Space

RULES = (
    ("langport", "2.6/inspected"),
    ("langport", "2.9/sought-to-influence"),
    ("langport", "3.4/lobbied"),
    ("twywell", "2.2.2/document-refused"),
    ("twywell", "4.4/clerk-told-before-complaining"),
)


@pytest.mark.parametrize(("name", "rule"), RULES)
def test_what_some_situation_tells_apart_is_never_passed_over(name: str, rule: str) -> None:
    book = load_rulebook(name)
    space = Space((book, next(one for one in book.rules if one.name == rule)))
    whole = space.pairs[0][1]
    draw = random.Random(rule)  # noqa: S311 - situations to try, and no secret
    drawn = [tuple(draw.choice(options) for options in space.cheapest_first) for _ in range(40)]
    told = 0
    for one in lessened(whole):
        both = [(0, whole), (0, one.formula)]
        for chosen in drawn:
            left, right = (space.outcome(pair, each, chosen) for pair, each in both)
            if left == right:
                continue
            goal = differ_in(left & ANY_OUTCOME, (0, 1))
            try:
                found = space.search(goal, of=both, any_will_do=True, apart=True, effort=3_000)
            except UnsettledError:
                continue
            told += 1
            assert found is not None
            comes_to = [space.outcome(pair, each, found.chosen) for pair, each in both]
            assert left in comes_to
            assert comes_to[0] != comes_to[1]
            break
    assert told
