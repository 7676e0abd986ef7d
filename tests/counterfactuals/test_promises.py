"""Whatever is said to turn a finding does turn it, on scenarios drawn and written."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from councilrules import (
    Finding,
    Rulebook,
    Scenario,
    Status,
    assess,
    consequences,
    load_rulebook,
    load_scenarios,
    ranked_questions,
    turning,
)
from councilrules.counterfactuals.facts import naming
from councilrules.findings import GRAVITY
from councilrules.testing import scenarios

if TYPE_CHECKING:
    from councilrules import Assessment

ROOT = Path(__file__).parents[2]
STORIES = sorted((ROOT / "examples" / "stories").glob("*.yaml"))
SHIPPED = [
    path
    for path in sorted(ROOT.glob("rules/*/scenarios/*.yaml"))
    if not path.stem.endswith(("-deciding", "-faults"))
]
BOOKS: dict[str, Rulebook] = {}
TURNED: dict[Status, set[Status | None]] = {
    Status.BREACHED: {Status.MET, Status.EXCUSED, None},
    Status.MET: {Status.BREACHED},
    Status.EXCUSED: {Status.BREACHED},
    Status.OPEN: {Status.MET, Status.BREACHED},
}


@cache
def book(name: str) -> Rulebook:
    return load_rulebook(name)


def written(path: Path) -> list[tuple[Rulebook, Scenario]]:
    found = load_scenarios(path, BOOKS)
    return [(named.rulebook, scenario) for scenario in found for named in scenario.rulebooks]


def status_after(
    finding: Finding, rulebook: Rulebook, scenario: Scenario, bearer: str | None = None
) -> Status | None:
    """Assess a scenario as anybody would, and find what became of a finding."""
    made = assess(rulebook, scenario, engine="reference")
    key = evolve(finding, bearer=bearer or finding.bearer).key
    same = [one for one in made.findings if one.key == key]
    if same:
        return same[0].status
    # A standing duty that fails from another day on is another case of the same duty.
    alike = [one.status for one in made.findings if (one.clause, one.rule) == key[1:3]]
    return min(alike, key=GRAVITY.index, default=None) if "@" in finding.on else None


def hold_changes(made: Assessment) -> None:
    scenario = naming(made.scenario, made.rulebook)
    for finding in made.findings:
        turned = turning(finding, made.rulebook, scenario)
        for change in turned.changes:
            assert change.status in TURNED[finding.status]
            after = change.apply(scenario)
            assert status_after(finding, made.rulebook, after) is change.status, change.says


def hold_answers(made: Assessment) -> None:
    scenario = naming(made.scenario, made.rulebook)
    for question in made.questions:
        for one in consequences(question, made):
            after = one.apply(scenario)
            for outcome in one.outcomes:
                found = status_after(outcome.finding, made.rulebook, after, outcome.bearer)
                assert found is outcome.status, (question.asks, one.says)


@pytest.fixture
def path(request: pytest.FixtureRequest) -> Path:
    """A file of scenarios: every story, and of the rulebooks one file in three, or all."""
    found: Path = request.param
    is_deep = bool(request.config.getoption("--deep"))
    if not is_deep and found not in STORIES and crc32(found.stem.encode()) % 3:
        pytest.skip("one file in three; `--deep` takes all, as `python -m benchmarks.turned` does")
    return found


@pytest.mark.parametrize("path", [*STORIES, *SHIPPED], ids=lambda path: path.stem, indirect=True)
def test_what_is_said_to_turn_a_finding_turns_it_when_assessed_again(path: Path) -> None:
    for rulebook, scenario in written(path):
        hold_changes(assess(rulebook, scenario, engine="reference"))


@pytest.mark.parametrize("path", [*STORIES, *SHIPPED], ids=lambda path: path.stem, indirect=True)
def test_every_answer_leads_to_what_is_said_when_assessed_again(path: Path) -> None:
    for rulebook, scenario in written(path):
        hold_answers(assess(rulebook, scenario, engine="reference"))


@pytest.mark.parametrize("name", ["langport", "twywell"])
@settings(
    deadline=None,
    suppress_health_check=[*HealthCheck],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # made smaller, it takes minutes
)
@given(data=st.data())
def test_of_any_history_what_is_said_comes_true(name: str, data: st.DataObject) -> None:
    scenario = data.draw(scenarios(book(name), writable=data.draw(st.booleans())))
    made = assess(book(name), scenario, engine="reference")

    hold_changes(made)
    hold_answers(made)
    assert {*ranked_questions(made)} == {*made.questions}
