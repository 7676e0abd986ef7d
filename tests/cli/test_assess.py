from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from councilrules.cli import _files

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CouncilRules

FINDING = {
    "rulebook", "clause", "rule", "status", "bearer", "on", "events", "proof", "force", "hedge",
    "excused_by", "opened", "due", "late", "absent", "assumes", "wants",
}  # fmt: skip


def _replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_text_names_person_clause_meaning_event_and_how_well_it_is_proved(
    councilrules: CouncilRules, scenario: Path
) -> None:
    ended = councilrules("assess", scenario)

    shown = " ".join(ended.out.split())
    assert "Ann" in shown
    assert "2.6" in shown
    assert "Breach if proved" in shown
    assert "neither inspects it nor asks for a copy" in shown
    assert "3 March 2025" in shown
    assert ended.err == ""


def test_the_json_of_a_finding_has_all_that_a_program_needs(
    councilrules: CouncilRules, scenario: Path
) -> None:
    made = json.loads(councilrules("assess", "--json", scenario).out)

    assert {"findings", "scope", "not_covered", "questions", "engines"} <= made.keys()
    (breach,) = [one for one in made["findings"] if one["status"] == "breached"]
    assert breach.keys() >= FINDING
    shown = {
        name: breach[name]
        for name in ("rulebook", "clause", "rule", "bearer", "on", "proof", "force")
    }
    assert shown == {
        "rulebook": "langport", "clause": "2.6", "rule": "inspected", "bearer": "ann", "on": "e1",
        "proof": "alleged", "force": "must",
    }  # fmt: skip
    assert breach["wants"] == []
    assert breach["due"] is None


def test_the_json_of_what_is_not_settled_asks_a_question_for_each_want(
    councilrules: CouncilRules, scenario: Path
) -> None:
    made = json.loads(councilrules("assess", "--json", scenario).out)

    wants = [
        want for one in made["findings"] if one["status"] == "undetermined" for want in one["wants"]
    ]
    assert {want["name"] for want in wants} == {"discourteous"}
    assert all(want.keys() >= {"cause", "of", "name", "question"} for want in wants)
    assert all(want["question"].strip() for want in wants)
    assert made["questions"]


def test_the_exit_status_is_0_where_nothing_is_breached(
    councilrules: CouncilRules, scenario: Path
) -> None:
    _replaced(scenario, "by: ann, document", "by: bob, document")
    _replaced(scenario, "[{ann: breached, on: e1}]", "[]")

    assert councilrules("assess", scenario).status == 0


@pytest.mark.parametrize(
    ("proof", "options", "status"),
    [
        ("alleged", [], 1),
        ("alleged", ["--proof", "alleged"], 1),
        ("alleged", ["--proof", "admitted"], 0),
        ("alleged", ["--proof", "established"], 0),
        ("admitted", ["--proof", "admitted"], 1),
        ("admitted", ["--proof", "established"], 0),
        ("established", ["--proof", "established"], 1),
        ("established", ["--proof", "established", "--force", "must"], 1),
    ],
)
def test_proof_narrows_what_counts_as_a_breach(
    councilrules: CouncilRules, scenario: Path, proof: str, options: list[str], status: int
) -> None:
    _replaced(scenario, "title:", f"proof: {proof}\ntitle:")

    assert councilrules("assess", *options, scenario).status == status


@pytest.mark.parametrize(
    ("force", "status"), [("states", 1), ("expect", 1), ("should", 0), ("must", 0)]
)
def test_force_narrows_what_counts_as_a_breach(
    councilrules: CouncilRules, scenario: Path, force: str, status: int
) -> None:
    _replaced(scenario, "by: ann, document", "by: bob, document")
    _replaced(scenario, "discourteous: not_known", "discourteous: yes")
    made = json.loads(councilrules("assess", "--json", scenario).out)
    forces = {one["force"] for one in made["findings"] if one["status"] == "breached"}

    assert "must" not in forces
    strongest = max(forces, key=("states", "expect", "should", "must").index)
    expected = ("states", "expect", "should", "must").index(strongest) >= (
        "states",
        "expect",
        "should",
        "must",
    ).index(force)

    assert councilrules("assess", "--force", force, scenario).status == int(expected)
    assert expected or status == 0


def test_a_folder_stands_for_the_scenarios_below_it(
    councilrules: CouncilRules, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (scenario.parent / ".hidden.yaml").write_text("events: [", encoding="utf-8")
    (scenario.parent / "other").mkdir()
    monkeypatch.chdir(scenario.parent / "other")

    assert councilrules("assess", "..").out == councilrules("assess", "../complaint.yaml").out


def test_a_file_named_twice_is_assessed_once(councilrules: CouncilRules, scenario: Path) -> None:
    once, twice = councilrules("assess", scenario), councilrules("assess", scenario, scenario)

    assert once.out == twice.out


def test_nothing_is_assessed_where_one_of_the_files_cannot_be_used(
    councilrules: CouncilRules, scenario: Path
) -> None:
    ended = councilrules("assess", scenario, scenario.parent / "nowhere.yaml")

    assert ended.status == 2
    assert ended.out == ""
    assert "nowhere.yaml: there is no such file [missing-file]" in ended.err


def test_an_unknown_option_is_a_fault_of_the_command_line(
    councilrules: CouncilRules, scenario: Path
) -> None:
    ended = councilrules("assess", "--prof", "established", scenario)

    assert ended.status == 2
    assert "--proof" in ended.err


def _in_a_terminal(arguments: list[str]) -> str:
    """Run the command line with a terminal for its output, and give what it shows there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "councilrules", *arguments], stdout=theirs, stderr=theirs, stdin=theirs,
        env={**os.environ, "TERM": "xterm"},
    ):  # fmt: skip
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # all has been read, and the other end is closed
                break
            if not part:
                break
            shown += part
    os.close(ours)
    return shown.decode()


def test_colour_is_shown_on_a_terminal_only(councilrules: CouncilRules, scenario: Path) -> None:
    assert "\x1b[" in _in_a_terminal(["assess", str(scenario)])
    assert "\x1b[" not in councilrules("assess", scenario).out


def test_json_has_no_colour_on_a_terminal_either(scenario: Path) -> None:
    assert "\x1b[" not in _in_a_terminal(["assess", "--json", str(scenario)])


class _Terminal:
    """Standard error that says whether it is a terminal, and keeps what it is sent."""

    def __init__(self, *, is_one: bool) -> None:
        self.is_one = is_one
        self.shown = ""

    def isatty(self) -> bool:
        return self.is_one

    def write(self, text: str) -> int:
        self.shown += text
        return len(text)

    def flush(self) -> None:
        """Have nothing to hand on."""


def _watched(monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool, step: float) -> str:
    clock = iter(range(100))
    terminal = _Terminal(is_one=is_terminal)
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("time.monotonic", lambda: next(clock) * step)
    assert list(_files.watched([1, 2, 3, 4], "Reading")) == [1, 2, 3, 4]
    return terminal.shown


def test_progress_is_shown_on_a_terminal_when_work_takes_more_than_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:
        assert "Reading" in _watched(patched, is_terminal=True, step=0.7)


@pytest.mark.parametrize(("is_terminal", "step"), [(True, 0.01), (False, 0.7)])
def test_progress_is_not_shown_for_quick_work_nor_where_nobody_watches(
    monkeypatch: pytest.MonkeyPatch,
    is_terminal: bool,  # noqa: FBT001 - a parameter of the test
    step: float,
) -> None:
    with monkeypatch.context() as patched:
        assert _watched(patched, is_terminal=is_terminal, step=step) == ""


def test_a_terminal_that_lacks_a_character_still_gets_the_rest(scenario: Path) -> None:
    _replaced(scenario, "papers on the valuation", "papers of the Łódź café")

    ended = subprocess.run(
        [sys.executable, "-m", "councilrules", "assess", str(scenario)],
        capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )  # fmt: skip

    assert ended.returncode == 1
    assert b"of the \\u0141\xf3d\\u017a caf\xe9" in ended.stdout
