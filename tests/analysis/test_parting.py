"""The search for where two formulas differ: what it passes over is no difference."""

from __future__ import annotations

import random
from itertools import product

import pytest

from councilrules import load_rulebook
from councilrules.analysis.formulas import FALSE, TRUE, UNKNOWN
from councilrules.analysis.goals import differ_in
from councilrules.analysis.lessening import lessened
from councilrules.analysis.outcomes import ANY_OUTCOME, BITS, OPPOSITE, outcomes_of
from councilrules.analysis.parting import parted
from councilrules.analysis.searching import UnsettledError
from councilrules.analysis.spaces import Space
from councilrules.rules import Modality

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


# --- parts that belong together -------------------------------------------------------

OPEN = FALSE | UNKNOWN | TRUE


def asked(*numbers: int) -> tuple[object, ...]:
    """Give what is left open of questions that all have to be answered with yes."""
    parts = [(OPEN, -number) for number in numbers]
    return parts[0] if len(parts) == 1 else (OPEN, TRUE, *parts)


def none_of(*parts: tuple[object, ...]) -> tuple[object, ...]:
    """Give what is left open where none of several things may hold."""
    return (OPEN, TRUE, *((OPEN, part) for part in parts))


def permitted(trigger: tuple[object, ...]) -> tuple[object, ...]:
    """Give what is left open of a permission that nothing but its trigger decides."""
    return (BITS["permitted"] | BITS["none"], trigger, FALSE, FALSE, FALSE)


def test_what_each_asks_more_than_the_other_is_set_beside_what_it_belongs_to() -> None:
    narrow = none_of(asked(1), asked(2))
    wide = none_of(asked(2, 4), asked(1, 3))

    found = parted(permitted(narrow), permitted(wide), Modality.MAY)

    comes_to = {
        tuple(
            outcomes_of(Modality.MAY, trigger, FALSE, FALSE, FALSE)
            for trigger in (
                OPPOSITE[max(one, two)],
                OPPOSITE[max(min(one, three), min(two, four))],
            )
        )
        for one, two, three, four in product((FALSE, UNKNOWN, TRUE), repeat=4)
    }
    assert comes_to <= found
    assert (BITS["permitted"], BITS["none"]) not in found
    assert (BITS["none"], BITS["permitted"]) in found
