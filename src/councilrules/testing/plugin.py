"""The plug-in for pytest: scenarios and rulebooks as tests, and what the scenarios reach.

It is loaded in every run of pytest where the library is installed, so what it does is in
the modules beside it, which are loaded once there is something to do.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

_ENDINGS = {".yaml", ".yml", ".json"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, and what the configuration file can say."""
    group = parser.getgroup("councilrules", "rulebooks and scenarios of councilrules")
    group.addoption(
        "--rule-coverage", action="store_true",
        help="at the end, show what of each rule the scenarios reached and showed to decide",
    )  # fmt: skip
    group.addoption(
        "--rule-coverage-of", action="append", default=[], metavar="RULEBOOK",
        help="the same for this rulebook alone: its id, or its folder; can be given again",
    )  # fmt: skip
    group.addoption(
        "--rule-coverage-fail-under", type=_percent, metavar="PERCENT",
        help="the same, and fail if less of all that can be shown of a rulebook was shown",
    )  # fmt: skip
    parser.addini(
        "councilrules_scenarios", type="linelist", default=None,
        help="patterns of the scenario files, in place of finding them by name and content",
    )  # fmt: skip
    parser.addini(
        "councilrules_rulebooks", type="linelist", default=None,
        help="patterns of the rulebooks' protocol.yaml, in place of finding them by content",
    )  # fmt: skip


def _percent(written: str) -> float:
    try:
        percent = float(written)
    except ValueError:
        percent = -1
    if not 0 <= percent <= 100:  # noqa: PLR2004 - of a hundred
        msg = f"`{written}` is no number from 0 to 100"
        raise argparse.ArgumentTypeError(msg)
    return percent


def pytest_configure(config: pytest.Config) -> None:
    """Begin to gather what scenarios reach, if that was asked for."""
    options = ("rule_coverage", "rule_coverage_of", "rule_coverage_fail_under")
    if all(config.getoption(one) in (False, [], None) for one in options):
        return
    from councilrules.testing._pytest_coverage import Gathering, Showing  # noqa: PLC0415

    config.pluginmanager.register(Gathering(), "councilrules-gathering")
    is_worker = hasattr(config, "workerinput")
    if not is_worker and not config.getoption("collectonly"):
        config.pluginmanager.register(Showing(config), "councilrules-showing")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take up a file that holds scenarios, or is the head of a rulebook."""
    if file_path.suffix not in _ENDINGS:
        return None
    from councilrules.testing._pytest_files import Files  # noqa: PLC0415

    files = Files(parent.config)
    is_rulebook = files.is_rulebook(file_path)
    is_named = parent.session.isinitpath(file_path)
    if not is_rulebook and not files.is_scenario(file_path, is_named=is_named):
        return None
    from councilrules.testing import _pytest_items as items  # noqa: PLC0415

    kind = items.RulebookFile if is_rulebook else items.ScenarioFile
    found: pytest.Collector = kind.from_parent(parent, path=file_path)
    return found
