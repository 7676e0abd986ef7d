"""The documentation is true: generated pages are up to date, links lead somewhere, blocks run.

A fenced block says behind its language what it is:

- `yaml scenario` is a whole file of scenarios: it loads, and finds what it expects.
- `yaml part` is a part of a scenario: with people who are always there, it loads.
- `yaml rules` is a list of rules: with the page's own `protocol.yaml`, they load.
- `file=NAME` (any language) is written to that file before anything of the page is run.
- `python` blocks of a page are run in order, as one program.
- `console` blocks are commands behind `$ `; those of `councilrules` are run, and end with
  the status `exit=N` says, or else with 0 or 1; those of `pytest` are run if the block
  says `exit=N`. Other lines are what the command prints, where `...` stands for what is
  left out.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
from attrs import frozen
from click.testing import CliRunner
from tests.testing.entry_point import advertised

import councilrules
from councilrules import (
    CouncilRulesError,
    Scenario,
    ScenarioError,
    assess,
    load_rulebook,
    load_scenarios,
    testing,
)
from councilrules.cli import main
from councilrules.engines import is_installed
from councilrules.events.questions import QUESTIONS
from councilrules.expecting import mismatches
from councilrules.vocabulary import kinds

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted(ROOT.glob("rules/*/CHANGELOG.md")),
    *sorted(DOCS.rglob("*.md")),
]
HELD = re.findall(
    r"^Held by .*$", (DOCS / "semantics.md").read_text(encoding="utf-8"), re.MULTILINE
)
LANGUAGES = {"yaml", "python", "console", "text", "json", "toml", "csv"}
PART = """\
rulebooks: langport
as_of: 2025-06-30
register:
  people:
    ann: {holds: councillor, since: 2023-05-08}
    bob: {holds: councillor, since: 2023-05-08}
    cleo: {holds: clerk, since: 2020-01-01}
    dev: {holds: officer, since: 2021-01-01}
    eve: {holds: employee, since: 2022-01-01}
scenarios:
  -
"""
# Commands that no test runs, by how they begin: what installs, serves, waits or takes minutes.
UNRUN = (
    "pip install",
    "apt-get install",
    "python3 -m venv",
    ". .venv/bin/activate",
    "mkdocs serve",  # the site is built by tests/docs_site
    "tail -n +1 -f",
    "our-software |",
    "python -m benchmarks.",
    "python -m tests.quality.",
    "pytest --deep",
)
FAULTY = (
    "rulebooks: [langport",
    "rulebooks: langport\nrulebooks: twywell\n",
    "rulebooks: nowhere\nevents: []\n",
    "rulebooks: langport\nevents: none\nregister: {persons: {}}\n",
    "rulebooks: langport\nregister: {people: {ann: {hold: chair}, same: {holds: clerk}}}\nevents: []\n",
    "rulebooks: langport\nevents: [{id: e1, at: soon, event: request-made, by: ann, answers: {kind: no}}]\n",
    "rulebooks: langport\nevents: [{id: e1, at: 2025-03-04, event: request, to: {one_of: [ann]}}]\n",
    "rulebooks: langport\nevents: []\nas_of: 2025-03-04\nexpect: {langport/9.9: [{ann: guilty}], 2.3: []}\n",
)
SECTION = """\
- clause: "1"
  means: What the rules of one block say.
  fingerprint: 5c1f0a9e-23
  kind: obligation
  force: must
  rules:
"""


@frozen(kw_only=True)
class Block:
    """A fenced block of a page."""

    language: str
    words: tuple[str, ...]
    text: str
    line: int

    def option(self, name: str) -> str | None:
        found = (word.partition("=") for word in self.words)
        return next((value for key, _, value in found if key == name), None)


@cache
def blocks(page: Path) -> tuple[Block, ...]:
    found, opened, lines = [], None, []
    for number, line in enumerate(page.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.startswith("```"):
            lines.append(line)
        elif opened is None:
            opened, lines = (line.removeprefix("```").split(), number), []
        else:
            (language, *words), start = opened
            text = "\n".join([*lines, ""])
            found.append(Block(language=language, words=tuple(words), text=text, line=start))
            opened = None
    assert opened is None, f"{page} has a block that is not closed"
    return tuple(found)


def marked(*marks: str) -> list[Any]:
    """Give every block that begins with these words, named by where it stands."""
    return [
        pytest.param(page, block, id=f"{page.relative_to(ROOT)}:{block.line}")
        for page in PAGES
        for block in blocks(page)
        if (block.language, *block.words)[: len(marks)] == marks
    ]


def having(*languages: str) -> list[Any]:
    """Give every page that has a block in one of the languages."""
    return [
        pytest.param(page, id=str(page.relative_to(ROOT)))
        for page in PAGES
        if any(block.language in languages for block in blocks(page))
    ]


def laid_out(page: Path, folder: Path) -> Path:
    """Write the files of a page to a folder, with the examples beside them."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    for block in blocks(page):
        name = block.option("file")
        if name is not None:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, encoding="utf-8")
    return folder


@cache
def generator() -> ModuleType:
    spec = spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def generated() -> dict[str, str]:
    found: dict[str, str] = generator().pages()
    return found


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@cache
def headings(page: Path) -> frozenset[str]:
    text = re.sub(
        r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    return frozenset(re.findall(r"^#+ (.+)$", text, re.MULTILINE))


def links(page: Path) -> list[str]:
    text = re.sub(
        r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    found = re.findall(r"\]\(([^)\s]+)\)", text)
    return [one for one in found if not one.startswith(("http:", "https:", "mailto:"))]


def expect_met(scenario: Scenario) -> None:
    made = [assess(one.rulebook, scenario) for one in scenario.rulebooks]
    assert [str(one) for one in mismatches(scenario, made)] == []


# --- what is generated ------------------------------------------------------------


def test_the_generated_pages_are_what_the_generator_makes_now() -> None:
    made = generated()
    # The picture shows what two engines find.
    shown = [one for one in made if one != "images/assess.svg" or is_installed("durable")]
    stale = [one for one in shown if (DOCS / one).read_text(encoding="utf-8") != made[one]]

    assert shown
    assert stale == [], "run `python docs/generate.py`"


def test_the_comparison_of_the_rulebooks_is_of_what_they_say_now() -> None:
    assert not generator().is_comparison_stale(), "run `python docs/generate.py`"


def test_every_kind_of_event_has_a_heading() -> None:
    own = {
        name for name, kind in kinds().items() if kind.cls.__module__.startswith("councilrules.")
    }

    assert own - headings(DOCS / "reference" / "vocabulary.md") == set()


def test_every_question_has_a_heading() -> None:
    assert set(QUESTIONS) - headings(DOCS / "reference" / "questions.md") == set()


def test_every_public_name_has_a_heading() -> None:
    public = {*councilrules.__all__, *testing.__all__}

    assert public - headings(DOCS / "reference" / "python.md") == set()


def test_every_command_has_a_heading() -> None:
    commands = {f"councilrules {name}" for name in main.list_commands(click.Context(main))}

    assert commands - headings(DOCS / "reference" / "cli.md") == set()


@pytest.mark.parametrize("text", FAULTY)
def test_every_check_that_a_faulty_scenario_fails_has_a_heading(text: str, tmp_path: Path) -> None:
    path = tmp_path / "faulty.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ScenarioError) as raised:
        load_scenarios(path)

    assert {one.check for one in raised.value.problems} <= headings(
        DOCS / "reference" / "checks.md"
    )


# --- links and form ---------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page

        assert target.exists(), link
        assert not anchor or anchor in {slug(one) for one in headings(target)}, link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_says_what_it_is(page: Path) -> None:
    unmarked = [
        f"line {block.line}"
        for block in blocks(page)
        if block.language not in LANGUAGES or (block.language == "yaml" and not block.words)
    ]

    assert unmarked == []


def test_every_conformance_file_that_the_semantics_name_is_there() -> None:
    text = (DOCS / "semantics.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/conformance/P\d\d-\*\.yaml)`", text)

    assert len(named) == 18
    assert [one for one in named if not list(ROOT.glob(one))] == []


@pytest.mark.parametrize("line", HELD)
def test_what_the_semantics_say_is_held_somewhere_is_there(line: str) -> None:
    for module in re.findall(r"`(councilrules\.[\w.]+)`", line):
        import_module(module)
    for names, module in re.findall(r"((?:`\w+`(?:, | and )?)+) in `(councilrules\.[\w.]+)`", line):
        home = Path(import_module(module).__file__ or "")
        files = home.parent.glob("*.py") if home.name == "__init__.py" else [home]
        source = "\n".join(path.read_text(encoding="utf-8") for path in files)
        wanted = re.findall(r"`(\w+)`", names)
        lacking = [name for name in wanted if not re.search(rf"(def|class) {name}\b", source)]

        assert lacking == [], module


# --- blocks -----------------------------------------------------------------------


@pytest.mark.parametrize(("page", "block"), marked("yaml", "scenario"))
def test_a_scenario_of_the_docs_finds_what_it_expects(
    page: Path, block: Block, tmp_path: Path
) -> None:
    path = laid_out(page, tmp_path) / "scenario.yaml"
    path.write_text(block.text, encoding="utf-8")

    found = load_scenarios(path)

    assert found
    for scenario in found:
        expect_met(scenario)


@pytest.mark.parametrize(("page", "block"), marked("yaml", "part"))
def test_a_part_of_a_scenario_loads_with_the_rest(page: Path, block: Block, tmp_path: Path) -> None:
    path = laid_out(page, tmp_path) / "part.yaml"
    own = "".join(f"    {line}\n" for line in block.text.rstrip().split("\n"))
    events = "" if re.search(r"^events:", block.text, re.MULTILINE) else "    events: []\n"
    path.write_text(PART + own + events, encoding="utf-8")

    assert len(load_scenarios(path)) == 1


@pytest.mark.parametrize(("page", "block"), marked("yaml", "rules"))
def test_rules_of_the_docs_load_with_the_pages_protocol(
    page: Path, block: Block, tmp_path: Path
) -> None:
    head = next(
        one.text for one in blocks(page) if (one.option("file") or "").endswith("/protocol.yaml")
    )
    rules = "".join(f"    {line}\n" for line in block.text.rstrip().split("\n"))
    (tmp_path / "protocol.yaml").write_text(
        head.split("sections:")[0] + "sections: [one.yaml]\n", encoding="utf-8"
    )
    (tmp_path / "one.yaml").write_text(SECTION + rules, encoding="utf-8")

    assert load_rulebook(tmp_path).rules


@pytest.mark.parametrize("page", having("python"))
def test_the_python_of_a_page_runs(page: Path, tmp_path: Path) -> None:
    program = "\n".join(block.text for block in blocks(page) if block.language == "python")

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=laid_out(page, tmp_path), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", having("console"))
def test_the_commands_of_a_page_end_as_it_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(laid_out(page, tmp_path))
    for block in blocks(page):
        if block.language != "console":
            continue
        allowed = {int(block.option("exit") or 0), int(block.option("exit") or 1)}
        for command in commands(block):
            is_pytest = command[0] == "pytest"
            status, output = pytest_ran(command[1:], request) if is_pytest else ran(command)
            assert status in allowed, f"{page.name}:{block.line}: {' '.join(command)}"
            assert is_printed(block, output), f"{page.name}:{block.line}: {output}"


@pytest.mark.parametrize(("page", "block"), marked("console"))
def test_every_command_is_run_or_known_not_to_be(page: Path, block: Block) -> None:
    lines = (line.removeprefix("$ ") for line in block.text.split("\n") if line.startswith("$ "))
    parts = [part.strip() for line in lines for part in line.split("&&")]
    ran = [shlex.join(command) for command in commands(block)]
    idle = [one for one in parts if shlex.join(shlex.split(one)) not in ran]

    assert [one for one in idle if one != "pytest" and not one.startswith(UNRUN)] == [], page


def commands(block: Block) -> list[list[str]]:
    lines = (line.removeprefix("$ ") for line in block.text.split("\n") if line.startswith("$ "))
    parts = (shlex.split(part) for line in lines for part in line.split("&&"))
    programs = {"councilrules", "pytest"} if block.option("exit") else {"councilrules"}
    return [part for part in parts if part[0] in programs]


def is_printed(block: Block, output: str) -> bool:
    """Tell whether an output has what a block shows of it."""
    shown = "\n".join(line for line in block.text.split("\n") if not line.startswith("$ "))
    parts = map(re.escape, shown.strip().split("..."))
    return re.search(".*".join(parts), output, re.DOTALL) is not None


def ran(command: list[str]) -> tuple[int, str]:
    """Run a command here, since starting an interpreter for each would take long."""
    given, _, file = " ".join(map(shlex.quote, command[1:])).partition(" '>' ")
    result = CliRunner().invoke(main, shlex.split(given))
    if file:
        Path(shlex.split(file)[0]).write_text(result.output, encoding="utf-8")
    if isinstance(result.exception, CouncilRulesError):
        return 2, str(result.exception)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def pytest_ran(arguments: list[str], request: pytest.FixtureRequest) -> tuple[int, str]:
    """Run pytest as in a project that has the library installed, also here."""
    folder = Path.cwd()
    pytester: pytest.Pytester = request.getfixturevalue("pytester")  # goes to a folder of its own
    os.chdir(folder)
    pytester.syspathinsert(str(advertised(folder / "installed")))
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", *arguments)
    return int(result.ret), "\n".join([*result.outlines, *result.errlines])
