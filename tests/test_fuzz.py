"""Whatever is in a file: it is used, or refused in plain words, and never a traceback."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
from random import Random
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import spoiling

from councilrules import CouncilRulesError, Rulebook, Scenario, assess, explain
from councilrules.cli import run
from councilrules.logs import load_history
from councilrules.reports import data, text, tree
from councilrules.rulebooks import load_rulebook, shipped
from councilrules.scenarios import load_scenarios

if TYPE_CHECKING:
    from pathlib import Path

_OFTEN = settings(max_examples=max(60, settings().max_examples))
_MESSAGE = re.compile(r"\S.*: .+ \[[a-z-]+\]")
_SLIPS = re.compile(
    r"\b(Traceback|KeyError|NoneType|AttributeError|TypeError|ValueError|object at 0x|<class|"
    r"datetime|Literal)\b"
)
_RANDOMS = st.integers(0, 2**64).map(Random)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module")
def shipped_rulebooks() -> dict[str, Rulebook]:
    return {name: load_rulebook(name) for name in shipped()}


def _in_plain_words(error: CouncilRulesError) -> None:
    """Check that every fault has a place, a name, and nothing of the program's inside."""
    for problem in error.problems:
        lines = str(problem).split("\n")
        assert _MESSAGE.fullmatch(lines[0]), problem
        assert all(line.startswith("  help: ") for line in lines[1:]), problem
        assert not _SLIPS.search(str(problem).replace(problem.place.file, "")), problem


def _use(rulebook: Rulebook, scenario: Scenario) -> None:
    """Do with a scenario all that the library can do with it."""
    made = assess(rulebook, scenario)
    assert json.dumps(data.assessments([made]))
    assert text.render([made], everything=True)
    for finding in made.findings:
        assert tree.render(made, finding, explain(finding, rulebook, scenario))


@_OFTEN
@given(random=_RANDOMS)
def test_a_spoilt_scenario_is_used_or_refused_in_plain_words(
    folder: Path, shipped_rulebooks: dict[str, Rulebook], random: Random
) -> None:
    _, scenario = random.choice(spoiling.scenarios())
    file = folder / "scenario.json"
    file.write_text(spoiling.written(spoiling.spoilt(random, scenario)), encoding="utf-8")

    try:
        found = load_scenarios(file, dict(shipped_rulebooks))
    except CouncilRulesError as error:
        _in_plain_words(error)
        return

    for one in found:
        for named in one.rulebooks:
            _use(named.rulebook, one)


@_OFTEN
@given(random=_RANDOMS)
def test_a_spoilt_rulebook_is_refused_in_plain_words_or_never_fails_on_a_history(
    folder: Path, shipped_rulebooks: dict[str, Rulebook], random: Random
) -> None:
    name = random.choice(shipped())
    files = spoiling.small_rulebook(random, name)
    spoilt = random.choice(("protocol.yaml", "1.yaml", "1.yaml", "1.yaml"))
    files[spoilt] = spoiling.spoilt(random, files[spoilt])
    for name_of_file, content in files.items():
        (folder / name_of_file).write_text(spoiling.written(content), encoding="utf-8")

    try:
        rulebook = load_rulebook(folder)
    except CouncilRulesError as error:
        _in_plain_words(error)
        return

    mentioned = {kind for rule in rulebook.rules for kind in rule.kinds}
    near = [
        scenario
        for book, scenario in spoiling.scenarios()
        if book == name and any(event["event"] in mentioned for event in scenario["events"])
    ]
    for scenario in random.sample(near, min(3, len(near))):
        own = {
            key: value
            for key, value in scenario.items()
            if key not in {"expect", "parameters", "examine"}
        }
        file = folder / "fitting.json"
        file.write_text(spoiling.written(own), encoding="utf-8")
        for one in load_scenarios(file, dict(shipped_rulebooks)):
            _use(rulebook, one)


@_OFTEN
@given(random=_RANDOMS, command=st.sampled_from(("assess", "test", "explain", "lint", "coverage")))
def test_a_garbled_file_ends_every_command_with_an_exit_status(
    folder: Path, random: Random, command: str
) -> None:
    name = random.choice(shipped())
    folder = folder / "garbled"
    (folder / "scenarios").mkdir(parents=True, exist_ok=True)
    files = spoiling.small_rulebook(random, name)
    _, scenario = random.choice([one for one in spoiling.scenarios() if one[0] == name])
    files["scenarios/1.yaml"] = {**scenario, "rulebooks": ".."}
    garbled = random.choice(sorted(files))
    for file, content in files.items():
        plain = spoiling.written(content).replace(", ", random.choice((", ", ",\n")))
        data = spoiling.garbled(random, plain) if file == garbled else plain.encode()
        (folder / file).write_bytes(data)
    arguments = {
        "explain": [str(folder / "scenarios/1.yaml"), random.choice(files["1.yaml"])["clause"]],
        "lint": [str(folder)],
        "coverage": [str(folder)],
    }.get(command, [str(folder)])

    out, err = io.StringIO(), io.StringIO()
    argv = ["councilrules", command, *arguments]
    with (
        patch("sys.argv", argv),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        run()

    assert ended.value.code in {0, 1, 2}
    if ended.value.code == 2:
        assert _MESSAGE.fullmatch(err.getvalue().split("\n")[0]), err.getvalue()
        assert not out.getvalue() or command == "lint"
    else:
        assert not err.getvalue()


@_OFTEN
@given(random=_RANDOMS, ending=st.sampled_from(("jsonl", "csv")), is_garbled=st.booleans())
def test_a_spoilt_log_is_read_or_refused_in_plain_words(
    folder: Path,
    random: Random,
    ending: str,
    is_garbled: bool,  # noqa: FBT001 - drawn
) -> None:
    _, scenario = random.choice(spoiling.scenarios())
    events = scenario["events"] if is_garbled else spoiling.spoilt(random, scenario["events"])
    rows = [event if isinstance(event, dict) else {"id": str(event)} for event in events]
    plain = _csv(rows) if ending == "csv" else "".join(f"{json.dumps(row)}\n" for row in events)
    file = folder / f"log.{ending}"
    file.write_bytes(spoiling.garbled(random, plain) if is_garbled else plain.encode())

    try:
        found = load_history(file)
    except CouncilRulesError as error:
        _in_plain_words(error)
    else:
        assert found.events


def _csv(rows: list[spoiling.Tree]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    for row in rows:
        writer.writerow({
            name: ";".join(map(str, value)) if isinstance(value, list) else str(value)
            for name, value in row.items()
        })  # fmt: skip
    return out.getvalue()
