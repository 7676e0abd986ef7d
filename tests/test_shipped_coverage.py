"""The scenarios of the shipped rulebooks show what decides in every rule of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from councilrules import assess, load_rulebook, load_scenarios
from councilrules.analysis.deciding import decided


@pytest.mark.parametrize("name", ["langport", "twywell"])
def test_all_that_can_decide_is_shown_to_decide(name: str) -> None:
    book = load_rulebook(name)
    scenarios = [
        one
        for path in sorted((Path(book.folder) / "scenarios").glob("*.yaml"))
        for one in load_scenarios(path)
    ]
    made = [
        assess(each.rulebook, one, engine="reference")
        for one in scenarios
        for each in one.rulebooks
        if each.rulebook.id == name
    ]

    found = decided(book, made)

    assert found.rules
    assert [f"{one.clause}/{one.rule}" for one in found.rules if not one.is_complete] == []
