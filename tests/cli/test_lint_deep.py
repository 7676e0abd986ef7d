"""`councilrules lint --deep`: what is proved of the rules, with the scenario that shows it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from councilrules.rulebooks import shipped_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CouncilRules

PANEL = "        on-the-panel: {by: {sits-on: selection-panel, for: appointment}}\n"


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """Give a rulebook in which an exception stands twice."""
    copy = tmp_path / "langport"
    shutil.copytree(shipped_folder() / "langport", copy, ignore=shutil.ignore_patterns("scenarios"))
    section = copy / "2-councillors.yaml"
    text = section.read_text(encoding="utf-8")
    again = PANEL + PANEL.replace("on-the-panel", "member-of-it")
    section.write_text(text.replace(PANEL, again), encoding="utf-8")
    return copy


def test_a_clause_without_fault_is_told_with_what_the_analysis_covers(
    councilrules: CouncilRules,
) -> None:
    ended = councilrules("lint", "langport", "--deep", "--clause", "2.9")

    assert ended.status == 0
    assert "langport: 61 clauses" in ended.out
    assert "exact for a single act and what the register says of it" in ended.out
    assert not ended.err


def test_a_fault_is_told_with_its_place_and_a_scenario(
    councilrules: CouncilRules, twice: Path
) -> None:
    ended = councilrules("lint", twice, "--deep", "--clause", "2.9", "--processes", "2")

    assert ended.status == 2
    assert "2-councillors.yaml:" in ended.err
    assert "`member-of-it`" in ended.err
    assert "[idle-exception]" in ended.err
    assert "where `2.9/sought-to-influence` comes to `excused`" in ended.err
    assert "event: influence-sought" in ended.err
    assert "no fault" not in ended.out


def test_the_json_of_a_fault_has_the_scenario_as_a_file(
    councilrules: CouncilRules, twice: Path
) -> None:
    ended = councilrules("lint", twice, "--deep", "--clause", "2.9", "--json")

    (problem,) = json.loads(ended.out)["problems"]
    assert problem["check"] == "idle-exception"
    assert problem["rules"] == ["2.9/sought-to-influence"]
    assert problem["evidence"]["comes_to"] == {"2.9/sought-to-influence": "excused"}
    assert "event: influence-sought" in problem["evidence"]["scenario"]


def test_nothing_is_said_of_what_was_analysed_where_no_rulebook_could_be_read(
    councilrules: CouncilRules, tmp_path: Path
) -> None:
    ended = councilrules("lint", tmp_path, "--deep")

    assert ended.status == 2
    assert not ended.out


def test_a_clause_that_is_not_there_is_refused(councilrules: CouncilRules) -> None:
    ended = councilrules("lint", "langport", "--deep", "--clause", "99")

    assert ended.status == 2
    assert "there is no clause `99`" in ended.err
