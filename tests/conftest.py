"""Puts the tests' own modules on the path, and says how hard Hypothesis is to try."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parents[1]))
# Broken on purpose, which the library's own plug-in would report.
collect_ignore = ["bad"]
# These need mutmut, and are no tests.
collect_ignore += [f"quality/{name}.py" for name in ("engine_mutation", "mutants", "mutating")]

_ANY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", _ANY, max_examples=20)
settings.register_profile("ci", _ANY, max_examples=30, derandomize=True)
settings.register_profile("deep", _ANY, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the long runs be asked for, as docs/engines.md says."""
    parser.addoption(
        "--deep", action="store_true", help="try tens of thousands of cases, for hours"
    )
    parser.addoption("--screenshots", metavar="DIR", help="keep what the browser showed here")


def pytest_configure(config: pytest.Config) -> None:
    """Take the profile that was asked for."""
    if config.getoption("--deep"):
        settings.load_profile("deep")
