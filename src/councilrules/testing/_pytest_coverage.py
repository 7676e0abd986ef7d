"""What the scenarios of a test run reach, gathered from all processes and shown at its end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from councilrules.analysis.deciding import decided
from councilrules.assessing import Assessment, assess
from councilrules.errors import CouncilRulesError
from councilrules.reports.coverage_page import coverage_lines, percent, share
from councilrules.rulebooks import load_rulebook
from councilrules.scenarios import load_scenarios
from councilrules.testing._pytest_items import ASSESSED, RAN, RULEBOOKS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from councilrules.coverage.items import Decided
    from councilrules.rules import Rulebook

_ATTRIBUTE = "councilrules_ran"


class Gathering:
    """Says in the report of a test which scenario it ran; reports travel between processes."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note the scenario in the report."""
        report = yield
        if call.when == "call" and RAN in item.stash:
            # What is added to a report is sent along with it, if it is as plain as this.
            path, number = item.stash[RAN]
            vars(report)[_ATTRIBUTE] = [path, number]
        return report


class Showing:
    """Shows what the scenarios that ran reach, and fails the run if it is too little."""

    def __init__(self, config: pytest.Config) -> None:
        """Take what was asked for, and have what is found here kept."""
        self._config = config
        config.stash[ASSESSED] = {}
        self._least: float | None = config.getoption("rule_coverage_fail_under")
        self._named: list[str] = config.getoption("rule_coverage_of")
        self._ran: dict[tuple[str, int], None] = {}
        self._covered: list[Decided] = []
        self._faults: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of a scenario that ran, here or in another process."""
        found = getattr(report, _ATTRIBUTE, None)
        if found is not None:
            path, number = found
            self._ran[path, number] = None

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Sum up, and fail the run if it is too little."""
        try:
            self._covered = list(self._coverage())
        except CouncilRulesError as error:
            self._faults.append(str(error))
        if self._least is not None:
            if not self._covered:
                self._faults.append("no rulebook was covered")
            self._faults += [
                f"{one.rulebook}: {percent(one.tally())} of all that can be shown is shown,"
                f" less than the {self._least:g}% asked for"
                for one in self._covered
                if share(one.tally()) < self._least
            ]
        if self._faults and session.exitstatus in {
            pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED,
        }:  # fmt: skip
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print what was summed up."""
        terminalreporter.write_sep("=", "rule coverage")
        if not self._covered and not self._faults:
            terminalreporter.write_line("no scenario was run")
        is_quiet = self._config.get_verbosity() < 0
        for one in self._covered:
            for line in coverage_lines(one, missing=is_quiet):
                terminalreporter.write_line(line)
        for fault in self._faults:
            terminalreporter.write_line(f"ERROR: {fault}", red=True, bold=True)

    def _coverage(self) -> Iterator[Decided]:
        made: dict[tuple[str, str], list[Assessment]] = {}
        books: dict[tuple[str, str], Rulebook] = {}
        for one in self._assessments():
            key = (one.rulebook.id, str(Path(one.rulebook.folder).resolve()))
            books.setdefault(key, one.rulebook)
            made.setdefault(key, []).append(one)
        for name in self._named:
            if not any(_is_meant(name, *key) for key in books):
                book = load_rulebook(name)
                books[book.id, str(Path(book.folder).resolve())] = book
        for key in sorted(books):
            if not self._named or any(_is_meant(name, *key) for name in self._named):
                yield decided(books[key], made.get(key, []))

    def _assessments(self) -> Iterator[Assessment]:
        """Give what the scenarios found; what another process found is found again."""
        kept = self._config.stash[ASSESSED]
        rulebooks = self._config.stash.setdefault(RULEBOOKS, {})
        for path in dict.fromkeys(path for path, _ in self._ran):
            numbers = [number for each, number in self._ran if each == path]
            if all((path, number) in kept for number in numbers):
                yield from (one for number in numbers for one in kept[path, number])
                continue
            scenarios = load_scenarios(path, rulebooks)
            for scenario in (scenarios[number] for number in numbers):
                for named in scenario.rulebooks:
                    yield assess(named.rulebook, scenario, engine="reference")


def _is_meant(name: str, rulebook: str, folder: str) -> bool:
    return name == rulebook or str(Path(name).resolve()) == folder
