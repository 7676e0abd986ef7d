"""Bad input: each file in `bad/` is refused with exactly the message beside it."""

from __future__ import annotations

import ast
import re
import resource
import subprocess
import sys
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import councilrules
from councilrules import (
    CouncilRulesError,
    History,
    HistoryError,
    Moment,
    ScenarioError,
    assess,
    load_history,
    load_rulebook,
    load_scenario,
)
from councilrules.cli import run
from councilrules.events.conduct import CriticismMade
from councilrules.scenarios import Scenario
from councilrules.scenarios._checks import CHECKS as REFERENCE_CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BAD = Path(__file__).parent / "bad"
SCENARIOS = sorted(path.name for ending in ("yaml", "json") for path in BAD.glob(f"*.{ending}"))
RULEBOOKS = sorted(path.name for path in BAD.iterdir() if path.is_dir())
LOGS = sorted(path.name for path in BAD.iterdir() if path.suffix in {".jsonl", ".csv", ".log"})

# Nobody can put these into a file of `bad/`: what makes them is not a file's content.
ELSEWHERE = {
    "not-a-file": "tests/test_documents.py",
    "unreadable": "tests/test_documents.py",
    "many-scenarios": "test_one_scenario_is_asked_of_a_file_of_several",
    "no-such-finding": "tests/cli/test_explain.py",
    "engines-disagree": "tests/cli/test_two_engines.py",
    "clock-goes-back": "tests/cli/test_watch.py",
    "nothing-to-withdraw": "tests/cli/test_watch.py",
    "one-rulebook": "tests/cli/test_watch.py",
    "no-such-mutant": "tests/cli/test_mutate.py",
    "fails-already": "tests/cli/test_mutate.py",
    **dict.fromkeys(
        ("cannot-write", "no-such-folder", "not-installed", "other-text", "unknown-format"),
        "tests/cli/test_report.py",
    ),
    **dict.fromkeys(
        (
            "always-applies",
            "duty-forbidden",
            "equal-rules",
            "idle-condition",
            "idle-exception",
            "idle-note",
            "implied-rule",
            "never-applies",
            "never-reached",
            "permitted-and-forbidden",
        ),
        "tests/analysis/test_contradictions.py",
    ),
}


def _expected(name: str) -> str:
    return (BAD / f"{Path(name).stem}.txt").read_text(encoding="utf-8")


def _ended(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    monkeypatch.setattr("sys.argv", ["councilrules", *arguments])
    with pytest.raises(SystemExit) as ended:
        run()
    return ended.value.code


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_that_cannot_be_used_is_refused_with_its_message(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(BAD)

    assert _ended(monkeypatch, "assess", name) == 2

    shown = capsys.readouterr()
    assert shown.err == _expected(name)
    assert not shown.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["test", "unknown-names.yaml"],
        ["explain", "unknown-names.yaml", "2.5"],
        ["coverage", "langport", "--scenarios", "unknown-names.yaml"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_every_command_that_reads_scenarios_refuses_them_alike(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(BAD)

    assert _ended(monkeypatch, *arguments) == 2

    shown = capsys.readouterr()
    assert shown.err == _expected("unknown-names.yaml")
    assert not shown.out


@pytest.mark.parametrize("name", RULEBOOKS)
def test_a_rulebook_that_cannot_be_used_is_refused_with_its_message(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(BAD)

    assert _ended(monkeypatch, "lint", name) == 2

    shown = capsys.readouterr()
    assert shown.err == _expected(name)
    assert not shown.out


@pytest.mark.parametrize("name", LOGS)
def test_a_log_that_cannot_be_used_is_refused_with_its_message(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BAD)

    with pytest.raises(HistoryError) as refused:
        load_history(name)

    assert f"{refused.value}\n" == _expected(name)


def test_every_message_beside_a_file_belongs_to_one() -> None:
    files = {Path(name).stem for name in (*SCENARIOS, *RULEBOOKS, *LOGS)}

    assert {path.stem for path in BAD.glob("*.txt")} == files


def test_the_faults_of_all_files_are_told_in_one_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(BAD)
    names = ["tab.yaml", "nowhere.yaml", "empty.yaml", "x" * 300]

    assert _ended(monkeypatch, "assess", *names) == 2

    told = capsys.readouterr().err
    assert all(f"{name}:" in told for name in names)


def test_no_message_shows_what_only_a_programmer_reads() -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in BAD.glob("*.txt"))
    programs = r"Traceback|Error\b|NoneType|\bstr\b|\bint\b|\bdict\b|datetime|object at|Unknown\."

    assert not re.search(programs, told)


def test_a_file_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    assert _ended(monkeypatch, "assess", "complaint.yaml") == 2
    assert capsys.readouterr().err == (
        "complaint.yaml: there is no such file [missing-file]\n  help: check its name\n"
    )


def test_a_folder_without_scenarios_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "notes.yaml").write_text("title: no scenario\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert _ended(monkeypatch, "assess", ".") == 2
    assert capsys.readouterr().err == (
        ".: there is no scenario in this folder [no-scenarios]\n"
        "  help: scenarios are files that end in .yaml or .json and have `events`\n"
    )


LOGGED = """\
rulebooks: langport
as_of: 2025-06-30
register:
  people: {ann: {holds: councillor}, fay: {holds: nothing}}
  decisions: [{id: e1, body: council, approves: e3}]
events: log.jsonl
expect: {langport/2.3: [{zed: breached, on: e9}]}
"""


def test_what_a_scenario_says_of_events_in_a_log_is_checked_too(tmp_path: Path) -> None:
    (tmp_path / "complaint.yaml").write_text(LOGGED, encoding="utf-8")
    act = '{"id": "e1", "at": "2025-03-04", "event": "instruction-given", "by": "ann", "to": "zed"}'
    judged = (
        '{"id": "j1", "at": "2025-04-05", "event": "judgement-recorded", "by": "ann",'
        ' "on": "e1", "question": "bullying", "answer": true}'
    )
    (tmp_path / "log.jsonl").write_text(f"{act}\n{judged}\n", encoding="utf-8")

    with pytest.raises(ScenarioError) as refused:
        load_scenario(tmp_path / "complaint.yaml")

    told = [
        (one.check, Path(one.place.file).name, one.place.line) for one in refused.value.problems
    ]
    assert told == [
        ("duplicate-id", "complaint.yaml", 5),
        ("no-such-event", "complaint.yaml", 5),
        ("no-such-event", "complaint.yaml", 7),
        ("judge-in-own-cause", "log.jsonl", 2),
    ]


def test_one_scenario_is_asked_of_a_file_of_several(tmp_path: Path) -> None:
    file = tmp_path / "two.yaml"
    file.write_text(
        "rulebooks: langport\nas_of: 2025-06-30\n"
        "scenarios: [{name: one, events: []}, {name: two, events: []}]\n",
        encoding="utf-8",
    )

    with pytest.raises(ScenarioError) as refused:
        load_scenario(file)

    assert [problem.check for problem in refused.value.problems] == ["many-scenarios"]


def test_two_different_events_of_one_id_are_refused_from_a_program_too() -> None:
    rulebook = load_rulebook("langport")
    at = datetime(2025, 3, 4, 10, tzinfo=UTC)
    events = tuple(CriticismMade(id="e1", at=Moment(at, at), by=by) for by in ("ann", "bob"))
    history = History(events=events, as_of=at)
    scenario = Scenario(name="", rulebooks=(), register=councilrules.Register(), history=history)

    with pytest.raises(CouncilRulesError, match="two different events have the id `e1`"):
        assess(rulebook, scenario)


# --- memory and time --------------------------------------------------------------


def _started(arguments: list[str], megabytes: int) -> subprocess.CompletedProcess[str]:
    """Run the command line with no more memory than that."""
    return subprocess.run(
        [sys.executable, "-m", "councilrules", *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        preexec_fn=_limit(megabytes),
    )


def _limit(megabytes: int) -> Callable[[], None]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    return limit


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


# What makes the file, and the check that refuses it as YAML and as JSON.
OVERWHELMING: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a hundred megabytes": (_sparse, "too-large", "too-large"),
    "more levels than can be": (lambda path: path.write_text("[" * 150_000), "too-deep", "too-deep"),
    "a million groups": (
        lambda path: path.write_text('{"a": ' * 1_000_000), "too-deep", "too-large"
    ),
    "aliases without end": (
        lambda path: path.write_text((BAD / "aliases-without-end.yaml").read_text()),
        "too-large", "not-json",
    ),
    "an alias inside itself": (
        lambda path: path.write_text("events: &a\n- *a\n"), "unknown-alias", "not-json"
    ),
    "ten million values": (
        lambda path: path.write_text("[" + "1," * 10_000_000 + "1]"), "too-large", "too-large"
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("what", "ending"),
    [
        (what, ending)
        for what in OVERWHELMING
        for ending in ("yaml", "json")
        if ending == "yaml" or "alias" not in what  # which JSON has not
    ],
)
def test_what_would_overwhelm_is_refused_before_memory_goes(
    what: str, ending: str, tmp_path: Path
) -> None:
    make, in_yaml, in_json = OVERWHELMING[what]
    file = tmp_path / f"big.{ending}"
    make(file)

    ended = _started(["assess", str(file)], megabytes=400)

    assert ended.returncode == 2
    assert not ended.stdout
    told = [line for line in ended.stderr.splitlines() if not line.startswith("  help: ")]
    assert len(told) == 1
    assert told[0].endswith(f" [{in_yaml if ending == 'yaml' else in_json}]")


# --- names of checks --------------------------------------------------------------

# Which argument of a call is the name of a check.
_TAKES_CHECK = {
    "complain": 0, "refuse": 0, "note": 0, "problem": 0, "fault": 1, "word": 3, "words": 3,
    "_need": 2,
}  # fmt: skip
_CHECK = re.compile(r"[a-z]+(-[a-z]+)*")


def _checks_in_source() -> Iterator[str]:
    source = Path(councilrules.__file__).parent
    for path in source.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _checks_of(node)


def _checks_of(call: ast.Call) -> Iterator[str]:
    called = call.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    at = _TAKES_CHECK.get(name, len(call.args))
    named = (keyword.value for keyword in call.keywords if keyword.arg == "check")
    for value in chain(call.args[at : at + 1], named):
        if isinstance(value, ast.Constant) and _CHECK.fullmatch(str(value.value)):
            yield str(value.value)


def test_every_check_has_a_file_that_it_refuses() -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in BAD.glob("*.txt"))
    shown = set(re.findall(r"\[([a-z-]+)\]$", told, re.MULTILINE))
    known = {*_checks_in_source(), *REFERENCE_CHECKS.values()}

    assert len(known) > 80
    assert known - shown == set(ELSEWHERE)
    assert shown <= known
