"""The plug-in for pytest, as it works in a project that has a rulebook of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.testing.entry_point import advertised

# What the runs below load stays loaded for the next of them only if it is here already.
from councilrules.testing import _pytest_coverage as _  # noqa: F401
from councilrules.testing import _pytest_items as items

if TYPE_CHECKING:
    Run = Callable[..., pytest.RunResult]

pytest_plugins = ["pytester"]

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "test-a-rulebook-with-pytest.md"
PROTOCOL = """\
format: 1
id: puddleby
council: Puddleby Parish Council
title: Protocol on members and staff
version: "1"
adopted: 2024-06-03
zone: Europe/London
calendar: england-and-wales
roles:
  council: {bodies: [council]}
  councillor: {offices: [councillor]}
  employee: {offices: [employee], engaged: [employed]}
sections: [clauses.yaml]
"""
CLAUSES = """\
- clause: "2"
  means: A councillor gives an employee no instructions without the council's authority.
  fingerprint: d8e36ecb-18
  kind: prohibition
  force: must
  rules:
    - id: instructed
      bearer: {by: councillor}
      must_not: {event: instruction-given, to: employee}
      unless:
        authorised:
          authorised: {who: by, over: to, subject: subject, under: under}
"""
SCENARIOS = """\
rulebooks: ..
proof: established
register:
  people:
    ann: {holds: councillor, since: 2023-05-08}
    eve: {holds: employee, since: 2022-01-01}
  decisions: []
  delegations: []
scenarios:
  - name: an instruction without authority is a breach
    events:
      - {id: e1, at: 2025-03-04, event: instruction-given, by: ann, to: eve, subject: fete, under: none}
    expect:
      puddleby/2: [{ann: breached, on: e1}]
  - name: an instruction that the council authorised is excused
    register:
      decisions:
        - {id: d1, since: 2025-01-10, to: ann, over: eve, subject: fete}
    events:
      - {id: e1, at: 2025-03-04, event: instruction-given, by: ann, to: eve, subject: fete, under: d1}
    expect:
      puddleby/2: [{ann: excused, on: e1, by: authorised}]
"""
LINT = "puddleby/protocol.yaml::lint"
BREACH = "puddleby/scenarios/2.yaml::an instruction without authority is a breach"
EXCUSED = "puddleby/scenarios/2.yaml::an instruction that the council authorised is excused"


@pytest.fixture
def folder(pytester: pytest.Pytester) -> Path:
    """Write a project with one rulebook and two scenarios."""
    found = pytester.path
    (found / "puddleby" / "scenarios").mkdir(parents=True)
    (found / "puddleby" / "protocol.yaml").write_text(PROTOCOL, encoding="utf-8")
    (found / "puddleby" / "clauses.yaml").write_text(CLAUSES, encoding="utf-8")
    (found / "puddleby" / "scenarios" / "2.yaml").write_text(SCENARIOS, encoding="utf-8")
    return found


@pytest.fixture
def installed(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Have the plug-in loaded by runs of pytest, as it is where it is installed."""
    folder = str(advertised(tmp_path_factory.mktemp("installed")))
    pytester.syspathinsert(folder)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([folder, *sys.path]))
    # Where it runs for a build, pytest repeats whole messages in its summary.
    for name in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def run(pytester: pytest.Pytester, installed: str) -> Run:
    """Run pytest in the project, here, since starting an interpreter for each takes long."""
    assert installed
    return lambda *options: pytester.runpytest_inprocess("-W", "error", *options)


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def listed(result: pytest.RunResult) -> list[str]:
    return [line for line in result.outlines if "::" in line]


# --- what is collected ------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_a_rulebook_and_each_of_its_scenarios_are_a_test(run: Run) -> None:
    result = run("-v")

    result.assert_outcomes(passed=3)
    assert result.ret == 0
    for name in (LINT, BREACH, EXCUSED):
        result.stdout.fnmatch_lines(f"{name} PASSED*")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("options", "names"),
    [
        ([BREACH], [BREACH]),
        (["-k", "excused"], [EXCUSED]),
        (["-k", "puddleby/2"], [BREACH, EXCUSED]),
        (["puddleby/scenarios"], [BREACH, EXCUSED]),
    ],
)
def test_single_scenarios_can_be_asked_for(run: Run, options: list[str], names: list[str]) -> None:
    assert listed(run("--collect-only", "-q", *options)) == names


def test_scenarios_of_one_name_are_told_apart(run: Run, folder: Path) -> None:
    changed(
        folder / "puddleby" / "scenarios" / "2.yaml",
        "an instruction that the council authorised is excused",
        "an instruction without authority is a breach",
    )

    assert listed(run("--collect-only", "-q", f"{BREACH} (2)")) == [f"{BREACH} (2)"]


@pytest.mark.parametrize(
    "title", ["before::after", "[in brackets]", "two\\n lines", "100 % & 4A(j)"]
)
def test_a_scenario_of_any_title_can_be_asked_for(run: Run, folder: Path, title: str) -> None:
    path = folder / "odd.scenario.yaml"
    path.write_text(
        f'title: "{title}"\nrulebooks: puddleby\nas_of: 2025-01-01\nregister: {{}}\nevents: []\n',
        encoding="utf-8",
    )
    (name,) = listed(run("--collect-only", "-q", "odd.scenario.yaml"))

    run(name).assert_outcomes(passed=1)


def test_a_scenario_that_expects_nothing_passes_if_it_can_be_assessed(
    run: Run, folder: Path
) -> None:
    path = folder / "puddleby" / "scenarios" / "2.yaml"
    path.write_text(SCENARIOS.split("    expect:", maxsplit=1)[0], encoding="utf-8")

    run("puddleby/scenarios").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("scenarios/theirs.yaml", "events: [one]\nexpect: two\n"),
        ("scenarios/theirs.yml", "scenarios: [broken\n"),
        ("theirs.scenario.yaml", "scenario: login\nevents: [one]\n"),
        ("theirs.scenario.json", '{"events": ['),
        ("scenarios/empty.yaml", ""),
        ("scenarios/binary.yaml", "\x00\udcff"),
        ("elsewhere.yaml", "rulebooks: langport\nevents: []\n"),
        ("protocol.yaml", "title: tcp\nversion: 1\nid: 3\n"),
        ("protocol.yaml", "format: tcp\nsections: [one]\n"),
        ("folder/protocol.yaml", "a: [\n"),
        ("protocol.yaml/inner.txt", ""),
    ],
)
def test_what_is_not_of_this_library_is_left_alone(
    run: Run, pytester: pytest.Pytester, path: str, text: str
) -> None:
    file = pytester.path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    pytester.makepyfile(test_theirs="def test_theirs(): pass\n")

    result = run()

    result.assert_outcomes(passed=1)
    assert result.ret == 0


def test_a_file_elsewhere_is_taken_if_it_is_named(run: Run, folder: Path) -> None:
    file = folder / "complaint.yaml"
    file.write_text(SCENARIOS.replace("rulebooks: ..", "rulebooks: puddleby"), encoding="utf-8")

    run("complaint.yaml").assert_outcomes(passed=2)
    run().assert_outcomes(passed=3)


def test_a_file_beside_a_rulebook_is_taken_though_it_names_none(run: Run, folder: Path) -> None:
    changed(folder / "puddleby" / "scenarios" / "2.yaml", "rulebooks: ..\n", "")

    result = run("puddleby/scenarios")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines("puddleby/scenarios/2.yaml:*the scenario names no rulebook*")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("patterns", "names"),
    [
        (("puddleby/scenarios/*.yaml", ""), [BREACH, EXCUSED]),
        (("2.yaml", "puddleby/protocol.yaml"), [LINT, BREACH, EXCUSED]),
        (("", "*/protocol.yaml"), [LINT]),
        (("elsewhere/*", "elsewhere/*"), []),
    ],
)
def test_patterns_in_the_configuration_say_which_files_are_taken(
    run: Run, pytester: pytest.Pytester, patterns: tuple[str, str], names: list[str]
) -> None:
    scenarios, rulebooks = patterns
    pytester.makeini(
        f"[pytest]\ncouncilrules_scenarios = {scenarios}\ncouncilrules_rulebooks = {rulebooks}\n"
    )

    assert listed(run("--collect-only", "-q")) == names


@pytest.mark.usefixtures("folder")
def test_the_plug_in_can_be_switched_off(run: Run) -> None:
    result = run("-p", "no:councilrules")

    result.assert_outcomes()
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_run_without_such_files_loads_nothing_of_the_library_but_the_plug_in(
    tmp_path: Path,
) -> None:
    loaded = (
        "print(*(one for one in sys.modules if one.startswith(('councilrules', 'yaml', 'attr'))))"
    )
    (tmp_path / "test_theirs.py").write_text(
        f"import sys\ndef test_theirs(): {loaded}\n", encoding="utf-8"
    )
    (tmp_path / "elsewhere.txt").write_text("events: []\n", encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(advertised(tmp_path / 'installed'))!r});"
        "import pytest; pytest.main(['-q', '-s', '-p', 'no:cacheprovider', '-p', 'no:hypothesispytest'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    found = {
        word for line in done.stdout.splitlines() for word in line.split() if "council" in word
    }

    assert found == {
        "councilrules",
        "councilrules._version",
        "councilrules.testing",
        "councilrules.testing.plugin",
    }


# --- what a failure shows ---------------------------------------------------------


def test_a_failure_shows_expected_against_found_and_how_it_came_about(
    run: Run, folder: Path
) -> None:
    changed(
        folder / "puddleby" / "scenarios" / "2.yaml",
        "{ann: breached, on: e1}",
        "{ann: met, on: e1}",
    )

    result = run()

    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines([
        "*an instruction without authority is a breach*",
        "puddleby/scenarios/2.yaml:14:20: puddleby/2",
        "  expected  ann: met, on e1",
        "  found     ann: breached, on e1, rule instructed, proof established",
        "Clause 2, “instructed”: Ann, on e1 (Ann told Eve what to do about the fete)",
        "Is there an answer to it?",
        f"FAILED {BREACH}*",
    ])  # fmt: skip
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*.py:*")


def test_a_finding_too_many_is_shown_and_explained(run: Run, folder: Path) -> None:
    changed(folder / "puddleby" / "scenarios" / "2.yaml", "[{ann: breached, on: e1}]", "[]")

    result = run()

    result.stdout.fnmatch_lines([
        "puddleby/scenarios/2.yaml:14:7: puddleby/2",
        "  expected  nothing more",
        "  found     ann: breached, on e1, rule instructed, proof established",
        "Clause 2, “instructed”: Ann, on e1 (Ann told Eve what to do about the fete)",
    ])  # fmt: skip


def test_a_finding_that_is_missing_is_shown_with_what_there_is(run: Run, folder: Path) -> None:
    changed(
        folder / "puddleby" / "scenarios" / "2.yaml",
        "{ann: breached, on: e1}",
        "{ann: breached, on: e1}, {eve: breached}, {ann: outside}",
    )

    result = run()

    result.stdout.fnmatch_lines([
        "  expected  eve: breached",
        "  found     nothing",
        "  expected  ann: outside",
        "  found     no such note",
        "What there is under puddleby/2:",
        "  - ann: breached, on e1, rule instructed, proof established",
    ])  # fmt: skip
    assert result.outlines.count("What there is under puddleby/2:") == 1


def test_a_clause_under_which_there_is_nothing_is_said_to_have_none(run: Run, folder: Path) -> None:
    changed(
        folder / "puddleby" / "scenarios" / "2.yaml",
        "event: instruction-given, by: ann, to: eve, subject: fete, under: none",
        "event: query-made, by: ann, to: eve",
    )

    run().stdout.fnmatch_lines([
        "There is nothing under puddleby/2: no event of this scenario opens a case of it."
    ])  # fmt: skip


def test_a_file_that_cannot_be_used_is_one_failure_with_all_its_faults(
    run: Run, folder: Path
) -> None:
    changed(folder / "puddleby" / "scenarios" / "2.yaml", "by: ann", "by: anne")

    result = run()

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines([
        "puddleby/scenarios/2.yaml:12:64: *`anne`*unknown-person*",
        "  help: did you mean `ann`?",
        "puddleby/scenarios/2.yaml:20:64: *`anne`*unknown-person*",
        "FAILED puddleby/scenarios/2.yaml::readable*",
    ])  # fmt: skip
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_broken_rulebook_shows_all_its_faults_once(run: Run, folder: Path) -> None:
    clauses = folder / "puddleby" / "clauses.yaml"
    changed(clauses, "kind: prohibition", "kind: prohibitions")
    changed(clauses, "force: must", "force: musts")

    result = run()

    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines([
        "*puddleby: lint*",
        "puddleby/clauses.yaml:4:9: unknown kind `prohibitions`*",
        "  help: did you mean `prohibition`?",
        "puddleby/clauses.yaml:5:10: unknown force `musts`*",
        "*2.yaml: readable*",
        "puddleby/scenarios/2.yaml: the rulebook in `puddleby` has 2 faults, of which this is one:",
        "puddleby/clauses.yaml:4:9: unknown kind `prohibitions`*",
        "`councilrules lint puddleby` shows all that is wrong with it.",
    ])  # fmt: skip
    assert sum("unknown force" in line for line in result.outlines) == 1


def test_a_head_that_is_no_yaml_is_a_fault_too(run: Run, folder: Path) -> None:
    changed(folder / "puddleby" / "protocol.yaml", "sections: [clauses.yaml]", "sections: [clauses")

    result = run(LINT)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines("puddleby/protocol.yaml:*not-yaml*")


def test_what_is_wrong_with_the_library_keeps_its_trace(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(items, "assess", broken)

    result = run(str(folder / "puddleby" / "scenarios"))

    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines("*ZeroDivisionError*")


# --- rule coverage ----------------------------------------------------------------

BOTH = "2: 0 of 1 rules, 2 of 3 statuses, *"
SUMMED = "puddleby: 30.8% of all that can be shown is shown"


@pytest.mark.usefixtures("folder")
def test_rule_coverage_is_shown_only_if_it_is_asked_for(run: Run) -> None:
    run().stdout.no_fnmatch_line("*rule coverage*")
    run("--rule-coverage").stdout.fnmatch_lines(["*= rule coverage =*", BOTH, SUMMED])


@pytest.mark.usefixtures("folder")
def test_rule_coverage_counts_what_ran(run: Run) -> None:
    result = run("--rule-coverage", "-k", "excused")

    result.stdout.fnmatch_lines("2: 0 of 1 rules, 1 of 3 statuses, *")


def test_a_scenario_that_failed_counts_too(run: Run, folder: Path) -> None:
    changed(folder / "puddleby" / "scenarios" / "2.yaml", "{ann: excused", "{ann: met")

    result = run("--rule-coverage")

    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines([BOTH, SUMMED])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["twywell", "puddleby"])
def test_rule_coverage_of_one_rulebook_leaves_out_the_others(run: Run, name: str) -> None:
    result = run(f"--rule-coverage-of={name}", "-q")
    summed = [line for line in result.outlines if " of all that can be shown is shown" in line]

    assert [line.partition(":")[0] for line in summed] == [name]
    assert (result.ret, ": 0.0% of " in summed[0]) == (0, name == "twywell")


@pytest.mark.usefixtures("folder")
def test_rule_coverage_of_an_unknown_rulebook_fails_the_run(run: Run) -> None:
    result = run("--rule-coverage-of=pudleby")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines("ERROR: pudleby: there is no rulebook `pudleby`*")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("percent", "status"), [("30", 0), ("31", 1), ("100", 1), ("0", 0)])
def test_rule_coverage_below_what_is_asked_for_fails_the_run(
    run: Run, percent: str, status: int
) -> None:
    result = run("--rule-coverage-fail-under", percent)

    assert result.ret == status
    result.assert_outcomes(passed=3)
    if status:
        result.stdout.fnmatch_lines(
            f"ERROR: puddleby: 30.8% of all that can be shown is shown, less than the {percent}% asked for"
        )


def test_rule_coverage_that_is_asked_for_where_nothing_ran_fails_the_run(run: Run) -> None:
    result = run("--rule-coverage-fail-under=50")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines("ERROR: no rulebook was covered")


@pytest.mark.parametrize("percent", ["101", "-1", "half"])
def test_a_percentage_has_to_be_one(run: Run, percent: str) -> None:
    result = run(f"--rule-coverage-fail-under={percent}")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(f"*`{percent}` is no number from 0 to 100*")


def test_where_tests_run_in_another_process_the_same_is_shown(
    pytester: pytest.Pytester, installed: str, folder: Path
) -> None:
    assert installed
    changed(
        folder / "puddleby" / "scenarios" / "2.yaml",
        "{ann: breached, on: e1}",
        "{ann: met, on: e1}",
    )

    # A process of its own: what xdist knows of paths is from when this one started.
    result = pytester.runpytest_subprocess("-n", "1", "--rule-coverage-fail-under=99")

    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines([
        "  expected  ann: met, on e1",
        "  found     ann: breached, on e1, rule instructed, proof established",
        "*= rule coverage =*",
        BOTH,
        SUMMED,
        "ERROR: puddleby: 30.8% *",
    ])  # fmt: skip


def test_the_docs_have_every_option_and_setting(run: Run) -> None:
    told = "\n".join(run("--help").outlines)
    names = set(re.findall(r"--rule-coverage[a-z-]*|councilrules_[a-z]+", told))
    page = PAGE.read_text(encoding="utf-8")

    assert len(names) == 5
    assert [name for name in names if f"| `{name}" not in page] == []
