"""That scenarios drawn for a rule reach what it can come to, in any rulebook."""

from __future__ import annotations

import pytest
from benchmarks.reach import reached, statuses
from tests.drawing.rulebooks import SHIPPED, shipped
from tests.test_third_protocol import thornwick

from councilrules import Rulebook

DRAWS = 60
# One rule in so many is tried here; `python -m benchmarks.reach` tries them all.
STRIDE = {"langport": 12, "twywell": 12, "thornwick": 2}


def book(name: str) -> Rulebook:
    return thornwick() if name == "thornwick" else shipped(name)


@pytest.mark.parametrize("name", [*SHIPPED, "thornwick"])
def test_two_thirds_of_the_statuses_of_rules_are_reached(name: str) -> None:
    rulebook = book(name)
    finding = [rule for rule in rulebook.rules if statuses(rulebook, rule)]
    possible = reachable = 0

    for rule in finding[:: STRIDE[name]]:
        wanted = statuses(rulebook, rule)
        possible += len(wanted)
        reachable += len({*wanted} & {*reached(rulebook, rule, DRAWS)})

    assert 3 * reachable >= 2 * possible
