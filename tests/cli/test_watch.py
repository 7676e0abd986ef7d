from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from councilrules import assess, load_history, load_register, load_rulebook
from councilrules.scenarios import Assessed, Scenario

if TYPE_CHECKING:
    from tests.cli.conftest import CouncilRules

ROOT = Path(__file__).parents[2]
REGISTER = """\
people:
  ann: {holds: councillor, since: 2023-05-08}
  cleo: {holds: clerk, since: 2020-01-01}
  eve: {holds: employee, since: 2022-01-01}
decisions: []
delegations: []
"""
INSTRUCTED = (
    '{"id": "e1", "at": "2025-03-04T09:15", "event": "instruction-given", "by": "ann", "to": "eve"}'
)
PROMISED = '{"id": "p1", "at": "2025-03-04T10:00", "event": "promise-made", "by": "eve", "to": "ann", "due": "2025-03-10"}'


@pytest.fixture
def register(tmp_path: Path) -> Path:
    file = tmp_path / "register.yaml"
    file.write_text(REGISTER, encoding="utf-8")
    return file


def log(tmp_path: Path, *lines: str | bytes) -> Path:
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"\n".join(one if isinstance(one, bytes) else one.encode() for one in lines))
    return file


def said(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def watched(
    councilrules: CouncilRules, file: Path, register: Path, *more: str
) -> list[dict[str, Any]]:
    ended = councilrules("watch", file, "--rulebook", "langport", "--register", register, *more)
    assert ended.err == ""
    return said(ended.out)


def test_each_change_is_a_line_with_what_changed_and_why(
    councilrules: CouncilRules, tmp_path: Path, register: Path
) -> None:
    lines = watched(councilrules, log(tmp_path, INSTRUCTED), register)

    assert {one["change"] for one in lines} == {"opened"}
    assert {one["because"]["event"] for one in lines} == {"e1"}
    assert {"2.3", "2.4"} <= {one["finding"]["clause"] for one in lines}


def test_orders_move_the_clock_correct_and_withdraw(
    councilrules: CouncilRules, tmp_path: Path, register: Path
) -> None:
    later = PROMISED.replace("2025-03-10", "2025-03-20")
    file = log(
        tmp_path,
        PROMISED,
        '{"advance": "2025-03-11"}',
        f'{{"correct": {later}}}',
        '{"withdraw": "p1"}',
    )

    lines = watched(councilrules, file, register)

    shown = [(one["change"], one["finding"]["status"], one["because"]["cause"]) for one in lines]
    assert shown == [
        ("opened", "open", "event"),
        ("settled", "breached", "clock"),
        ("revised", "open", "correction"),
        ("withdrawn", "open", "withdrawal"),
    ]


def test_another_register_is_taken_from_its_file(
    councilrules: CouncilRules, tmp_path: Path, register: Path
) -> None:
    other = tmp_path / "later.yaml"
    other.write_text(REGISTER.replace("2023-05-08", "2025-05-08"), encoding="utf-8")
    order = json.dumps({"register": str(other)})

    lines = watched(councilrules, log(tmp_path, INSTRUCTED, order), register)

    assert {one["change"] for one in lines if one["because"]["cause"] == "register"} == {
        "withdrawn"
    }


BAD = {
    "a broken line": (b'{"id": "x", ', "not-json"),
    "an unknown type": (b'{"id": "x", "at": "2025-03-04", "event": "nonsense"}', "unknown-event"),
    "half a character": (
        b'{"id": "x\\ud800", "at": "2025-03-04", "event": "query-made"}',
        "not-text",
    ),
    "bytes that are no text": (b'{"id": "\xff"}', "not-text"),
    "twenty million bytes": (b'{"id": "' + b"a" * 20_000_000 + b'"}', "too-large"),
    "not a number": (b'{"id": "x", "at": NaN, "event": "query-made"}', "not-json"),
    "an id that is taken": (PROMISED.replace("p1", "e1").encode(), "duplicate-event"),
    "a clock that goes back": (b'{"advance": "2020-01-01"}', "clock-goes-back"),
    "a key too many": (b'{"advance": "2025-04-01", "and": "so on"}', "unknown-key"),
    "nothing to withdraw": (b'{"withdraw": "x"}', "nothing-to-withdraw"),
    "no register there": (b'{"register": "nowhere.yaml"}', "unreadable"),
    "a list": (b"[1, 2]", "not-a-group"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_line_that_cannot_be_used_is_answered_by_its_number_and_the_run_goes_on(
    councilrules: CouncilRules, tmp_path: Path, register: Path, name: str
) -> None:
    line, check = BAD[name]
    good = watched(councilrules, log(tmp_path, INSTRUCTED, PROMISED), register)

    lines = watched(councilrules, log(tmp_path, INSTRUCTED, line, PROMISED), register)

    errors = [one["error"] for one in lines if "error" in one]
    assert {one["line"] for one in errors} == {2}
    assert errors[0]["check"] == check or name == "no register there"
    assert all(one["file"].endswith(("log.jsonl", "nowhere.yaml")) for one in errors)
    assert [one for one in lines if "error" not in one] == good


def test_the_exit_status_tells_breaches_refused_lines_and_neither(
    councilrules: CouncilRules, tmp_path: Path, register: Path
) -> None:
    def status(*lines: str) -> object:
        file = log(tmp_path, *lines)
        return councilrules("watch", file, "--rulebook", "langport", "--register", register).status

    assert status(INSTRUCTED, "nonsense") == 1
    assert status(PROMISED, '{"withdraw": "p1"}', "nonsense") == 2
    assert status(PROMISED, '{"withdraw": "p1"}') == 0


def test_what_is_due_is_listed_at_the_end(
    councilrules: CouncilRules, tmp_path: Path, register: Path
) -> None:
    lines = watched(councilrules, log(tmp_path, PROMISED), register, "--due", "2025-03-10")

    assert [one["due"]["on"] for one in lines if "due" in one] == ["p1"]


@pytest.mark.parametrize("option", ["--as-of", "--due"])
def test_an_option_that_is_no_time_is_refused_before_anything_is_read(
    councilrules: CouncilRules, tmp_path: Path, register: Path, option: str
) -> None:
    file = log(tmp_path, INSTRUCTED)

    ended = councilrules(
        "watch", file, "--rulebook", "langport", "--register", register, option, "soon"
    )

    assert (ended.status, ended.out) == (2, "")
    assert f"`{option}`" in ended.err or "soon" in ended.err


def test_lines_come_out_as_they_come_in_and_a_growing_file_is_followed(
    tmp_path: Path, register: Path
) -> None:
    file = log(tmp_path, INSTRUCTED + "\n")
    command = [sys.executable, "-m", "councilrules", "watch", str(file), "--follow"]
    with subprocess.Popen(
        [*command, "--rulebook", "langport", "--register", str(register)],
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        first = json.loads(running.stdout.readline())
        with file.open("a", encoding="utf-8") as growing:
            growing.write(PROMISED[:40])
            growing.flush()
            time.sleep(0.5)
            growing.write(PROMISED[40:] + "\n")
        lines = [first]
        while lines[-1]["finding"]["on"] != "p1":
            lines.append(json.loads(running.stdout.readline()))
        running.terminate()

    assert lines[-1]["finding"]["status"] == "open"


def test_a_shuffled_log_ends_where_assess_does(
    councilrules: CouncilRules, tmp_path: Path, register: Path
) -> None:
    source = ROOT / "examples" / "programs" / "history.jsonl"
    if not source.is_file():
        source = log(tmp_path, INSTRUCTED, PROMISED)
    lines = source.read_text(encoding="utf-8").splitlines()
    random.Random(3).shuffle(lines)  # noqa: S311 - any order will do
    shuffled = tmp_path / "shuffled.jsonl"
    shuffled.write_text("\n".join([*lines, *lines]), encoding="utf-8")

    made = watched(councilrules, shuffled, register)

    known: dict[tuple[str, ...], str] = {}
    for one in made:
        finding = one["finding"]
        key = finding["clause"], finding["rule"], finding["bearer"] or "", finding["on"]
        known[key] = finding["status"]
        if one["change"] == "withdrawn":
            del known[key]
    scenario = Scenario(
        name="log",
        rulebooks=(Assessed(rulebook=load_rulebook("langport")),),
        register=load_register(register),
        history=load_history(source),
    )
    found = assess(load_rulebook("langport"), scenario, engine="reference").findings
    assert known == {
        (one.clause, one.rule, one.bearer or "", one.on): one.status.value for one in found
    }


def test_the_generated_code_of_a_clause_can_be_read(councilrules: CouncilRules) -> None:
    ended = councilrules("show-code", "langport", "2.6")

    assert "def document_inspected(look, event, force, bound):" in ended.out
    assert "# 2.6/inspected" in ended.out
    assert ended.status == 0
    compile(ended.out, "shown", "exec")


def test_a_clause_that_there_is_not_has_no_code(councilrules: CouncilRules) -> None:
    ended = councilrules("show-code", "langport", "2.66")

    assert ended.status == 2
    assert "there is no clause `2.66`" in ended.err


def test_a_file_that_is_not_there_is_named_without_a_trace(
    councilrules: CouncilRules, tmp_path: Path
) -> None:
    ended = councilrules("watch", tmp_path / "none.jsonl", "--rulebook", "langport")

    assert (ended.status, ended.out) == (2, "")
    assert "[missing-file]" in ended.err


@pytest.mark.parametrize(
    "options", [(), ("--rulebook", "langport", "--scenario", "x.yaml"), ("--horizon", "-3")]
)
def test_options_that_do_not_fit_are_refused(
    councilrules: CouncilRules, options: tuple[str, ...]
) -> None:
    ended = councilrules("watch", *options)

    assert (ended.status, ended.out) == (2, "")


def test_a_breach_counts_though_its_case_was_forgotten(
    councilrules: CouncilRules, tmp_path: Path, register: Path
) -> None:
    later = ['{"advance": "2025-05-01"}', '{"advance": "2025-06-01"}']
    file = log(tmp_path, INSTRUCTED, *later)

    ended = councilrules(
        "watch", file, "--rulebook", "langport", "--register", register, "--horizon", "10"
    )

    assert ended.status == 1


def test_an_end_before_the_last_event_is_told(
    councilrules: CouncilRules, tmp_path: Path, register: Path
) -> None:
    lines = watched(councilrules, log(tmp_path, PROMISED), register, "--as-of", "2025-01-01")

    assert [one["error"]["check"] for one in lines if "error" in one] == ["clock-goes-back"]


def test_time_that_passed_before_an_event_is_told_before_it(
    councilrules: CouncilRules, tmp_path: Path, register: Path
) -> None:
    file = log(tmp_path, PROMISED, INSTRUCTED.replace("03-04", "03-20"))

    lines = watched(councilrules, file, register)

    (settled,) = [one for one in lines if one["change"] == "settled"]
    assert settled["because"]["cause"] == "clock"


def test_a_scenario_gives_the_rulebook_the_register_and_the_first_events(
    councilrules: CouncilRules, tmp_path: Path
) -> None:
    people = REGISTER.replace("\n", "\n  ")
    scenario = tmp_path / "start.yaml"
    scenario.write_text(
        "rulebooks: langport\n"
        "parameters: {timely-response: {working-days: 3, since: 2020-01-01}}\n"
        f"register:\n  {people.rstrip()}\n"
        "events:\n"
        "  - {id: q1, at: 2025-03-04T10:00, event: query-made, by: ann, to: cleo, nature: enquiry}\n",
        encoding="utf-8",
    )

    ended = councilrules(
        "watch", log(tmp_path, '{"advance": "2025-03-20"}'), "--scenario", scenario
    )

    lines = [one for one in said(ended.out) if one["finding"]["clause"] == "4B(b)"]
    assert [(one["change"], one["finding"]["status"]) for one in lines] == [
        ("opened", "open"),
        ("settled", "breached"),
    ]


def test_an_interrupted_watch_still_says_what_is_due(tmp_path: Path, register: Path) -> None:
    file = log(tmp_path, PROMISED + "\n")
    command = [sys.executable, "-m", "councilrules", "watch", str(file), "--follow"]
    options = ["--rulebook", "langport", "--register", str(register), "--due", "2025-03-10"]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        rest = said(running.stdout.read())

    assert [one["due"]["on"] for one in rest if "due" in one] == ["p1"]
    assert running.returncode == 0


def test_a_clause_that_stands_for_several_lists_them(councilrules: CouncilRules) -> None:
    ended = councilrules("show-code", "langport", "4A")

    assert "`4A(a)`" in ended.err


def test_a_scenario_with_two_rulebooks_is_none_to_start_from(
    councilrules: CouncilRules, tmp_path: Path
) -> None:
    scenario = tmp_path / "both.yaml"
    scenario.write_text(
        "rulebooks: [langport, twywell]\nas_of: 2025-03-04\nregister: {}\nevents: []\n",
        encoding="utf-8",
    )

    ended = councilrules("watch", "--scenario", scenario)

    assert (ended.status, ended.out) == (2, "")
    assert "[one-rulebook]" in ended.err
