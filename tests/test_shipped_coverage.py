"""The scenarios of the shipped rulebooks show what decides in every rule of them."""

from __future__ import annotations

import pytest
from tests.shipped import assessed, of_rulebook

from councilrules import load_rulebook
from councilrules.analysis.deciding import decided


@pytest.mark.parametrize(
    "name",
    [pytest.param(one, marks=pytest.mark.xdist_group(one)) for one in ("langport", "twywell")],
)
def test_all_that_can_decide_is_shown_to_decide(name: str) -> None:
    book = load_rulebook(name)
    made = [
        each
        for path in of_rulebook(name)
        for _, found in assessed(path)
        for each in found
        if each.rulebook.id == name
    ]

    found = decided(book, made)

    assert found.rules
    assert [f"{one.clause}/{one.rule}" for one in found.rules if not one.is_complete] == []
