"""The stories and the programs in `examples/`, each as somebody who reads them runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import get_args

import pytest

from councilrules import Assessment, Proof, Rulebook, Scenario, Status, assess, load_scenarios
from councilrules.expecting import mismatches
from councilrules.findings import Cause

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
STORIES = sorted((EXAMPLES / "stories").glob("*.yaml"))
RULEBOOKS: dict[str, Rulebook] = {}

OPENED = """\
ann asks for valuation: forbidden by 2.6
  it stays closed
bob asks for valuation: permitted by 2.5
  The field is worth what somebody pays for it.
ivy asks for valuation: depends: Which interests did Ivy have, in what, and since when did they know of them?
  it stays closed
kim asks for valuation: no clause forbids it, and none permits it
  it stays closed
fay asks for valuation: no clause forbids it, and none permits it
  it stays closed
ann asks for tender-report: permitted by 2.5
  Three firms offered a swing.
bob asks for tender-report: permitted by 2.5
  Three firms offered a swing.
ivy asks for tender-report: permitted by 2.5
  Three firms offered a swing.
kim asks for tender-report: no clause forbids it, and none permits it
  it stays closed
fay asks for tender-report: no clause forbids it, and none permits it
  it stays closed
"""
READ = """\
Findings as of 20 March 2025
  2.3 breached: bob, e3 (admitted, must)
  2.4 breached: bob, e3 (admitted, should)
  2.6 breached: ann, e2 (established, must)
  2.6 undetermined: ivy, e6 (established, must)
  2.7 breached: ann, e4, e5 (alleged, must)
  2.7 undetermined: lou, e4, e9 (established, must)
  4A(j) breached: cleo, e7, e8 (established, expect, 2 working days late)
Questions
  Since when has the protocol been in force?
  Which offices did Lou hold, and from when until when?
  Which interests did Ivy have, in what, and since when did they know of them?
"""
WATCHED = """\
11 March
  opened: 2.6 ann e2 breached, established (event)
  opened: 2.3 bob e3 breached, admitted (event)
  opened: 2.4 bob e3 breached, admitted (event)
  opened: 2.7 ann e5 breached, alleged (event)
  opened: 2.6 ivy e6 undetermined, established (event)
14 March
  opened: 4A(j) cleo e7 open, established, by 14 March (event)
  due: 4A(j) cleo e7 open, established, by 14 March
17 March
  settled: 4A(j) cleo e7 breached, established, by 14 March (clock)
  due: 4A(j) cleo e7 breached, established, by 14 March
20 March
  revised: 4A(j) cleo e7 breached, established, by 14 March, 2 working days late (event)
  opened: 2.7 lou e9 undetermined, established (event)
"""

each_story = pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)


@cache
def told(path: Path) -> tuple[Scenario, tuple[Assessment, ...]]:
    """Give the one scenario of a story, with its assessment by each of its rulebooks."""
    (scenario,) = load_scenarios(path, RULEBOOKS)
    return scenario, tuple(assess(one.rulebook, scenario) for one in scenario.rulebooks)


def assessments() -> list[Assessment]:
    return [made for path in STORIES for made in told(path)[1]]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_there_are_stories_enough() -> None:
    assert len(STORIES) >= 22


@each_story
def test_a_story_comes_out_as_it_expects(path: Path) -> None:
    scenario, made = told(path)

    assert [str(one) for one in mismatches(scenario, made)] == []


@each_story
def test_a_story_says_what_it_expects_of_each_of_its_rulebooks(path: Path) -> None:
    scenario, made = told(path)

    assert {one.rulebook for one in scenario.expected} == {one.rulebook.id for one in made}


@each_story
def test_a_story_comes_to_something_under_each_of_its_rulebooks(path: Path) -> None:
    _, made = told(path)

    assert all(one.findings or one.scope for one in made)


@each_story
def test_a_story_is_told_in_plain_words_before_its_facts(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()

    assert len(list(takewhile(lambda line: line.startswith("# "), lines))) in {3, 4}


def test_the_stories_reach_every_status() -> None:
    assert {one.status for made in assessments() for one in made.findings} == set(Status)


def test_the_stories_use_every_proof() -> None:
    events = [event for path in STORIES for event in told(path)[0].history.events]

    assert {event.proof for event in events} == set(Proof)


def test_the_stories_leave_something_wanted_for_every_cause() -> None:
    findings = [one for made in assessments() for one in made.findings]

    assert {want.cause for one in findings for want in one.wants} == set(get_args(Cause))


def test_the_stories_are_told_under_every_shipped_rulebook() -> None:
    shipped = {path.parent.name for path in (ROOT / "rules").glob("*/protocol.yaml")}

    assert {made.rulebook.id for made in assessments()} == shipped


def test_one_command_assesses_all_examples() -> None:
    done = run("-m", "councilrules", "assess", "examples/")

    assert (done.stderr, done.returncode) == ("", 1)
    assert [path for path in STORIES if told(path)[0].name not in done.stdout] == []


@pytest.mark.parametrize(
    ("program", "prints"),
    [("document_store.py", OPENED), ("read_events.py", READ), ("watch_events.py", WATCHED)],
)
def test_a_program_runs_without_arguments_and_prints_what_it_found(
    program: str, prints: str
) -> None:
    done = run(str(EXAMPLES / "programs" / program))

    assert (done.stdout, done.stderr, done.returncode) == (prints, "", 0)
