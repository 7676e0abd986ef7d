"""The scenarios of the shipped rulebooks notice the faults that could be in their rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.shipped import loaded, of_rulebook

from councilrules import load_rulebook
from councilrules.analysis._survivors import apart
from councilrules.analysis.mutants import mutants
from councilrules.analysis.mutation import run

if TYPE_CHECKING:
    from councilrules import Scenario
    from councilrules.analysis.mutation import TellingApart


def scenarios(name: str) -> list[Scenario]:
    return [one for path in of_rulebook(name) for one in loaded(path)]


@pytest.mark.parametrize(
    "name",
    [pytest.param(one, marks=pytest.mark.xdist_group(one)) for one in ("langport", "twywell")],
)
def test_the_scenarios_notice_nearly_every_fault(name: str, pytestconfig: pytest.Config) -> None:
    book = load_rulebook(name)
    is_deep = bool(pytestconfig.getoption("--deep"))
    looking: TellingApart | None = apart if is_deep else None

    # One in six is enough to see that scenarios are missing; all take a minute.
    chosen = [*mutants(book)][:: 1 if is_deep else 6]
    found = run(book, chosen, scenarios(name), telling_apart=looking)

    assert found.score >= 0.97
    if is_deep:
        assert [(one.mutant.name, one.mutant.says) for one in found.survivors] == []
