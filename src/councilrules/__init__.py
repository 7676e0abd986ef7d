"""Checks the conduct of councillors and officers against their council's protocol.

The names are loaded when they are first used, so that importing the package is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from councilrules._version import __version__ as __version__

if TYPE_CHECKING:
    from councilrules.assessing import Assessment, May, assess, explain, may
    from councilrules.changes import Change
    from councilrules.counterfactuals.answers import (
        Consequence,
        consequences,
        ranked_questions,
    )
    from councilrules.counterfactuals.least import LeastChange, Turning, least_changes, turning
    from councilrules.engines import EngineError
    from councilrules.errors import (
        CouncilRulesError,
        DisagreementError,
        HistoryError,
        Place,
        Problem,
        RulebookError,
        ScenarioError,
        TraceError,
    )
    from councilrules.events import Event, Proof
    from councilrules.findings import Finding, Status, Want
    from councilrules.history import History
    from councilrules.logs import load_history, load_register
    from councilrules.periods import Moment
    from councilrules.register import Register
    from councilrules.rulebooks import load_rulebook
    from councilrules.rules import Clause, Rule, Rulebook
    from councilrules.scenarios import Scenario, load_scenario, load_scenarios
    from councilrules.watching import Watch

_HOMES = {
    "assessing": ("Assessment", "May", "assess", "explain", "may"),
    "changes": ("Change",),
    "counterfactuals.answers": ("Consequence", "consequences", "ranked_questions"),
    "counterfactuals.least": ("LeastChange", "Turning", "least_changes", "turning"),
    "engines": ("EngineError",),
    "errors": (
        "CouncilRulesError", "DisagreementError", "HistoryError", "Place", "Problem", "RulebookError",
        "ScenarioError", "TraceError",
    ),
    "events": ("Event", "Proof"),
    "findings": ("Finding", "Status", "Want"),
    "history": ("History",),
    "logs": ("load_history", "load_register"),
    "periods": ("Moment",),
    "register": ("Register",),
    "rulebooks": ("load_rulebook",),
    "rules": ("Clause", "Rule", "Rulebook"),
    "scenarios": ("Scenario", "load_scenario", "load_scenarios"),
    "watching": ("Watch",),
}  # fmt: skip
_HOME_BY_NAME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Assessment",
    "Change",
    "Clause",
    "Consequence",
    "CouncilRulesError",
    "DisagreementError",
    "EngineError",
    "Event",
    "Finding",
    "History",
    "HistoryError",
    "LeastChange",
    "May",
    "Moment",
    "Place",
    "Problem",
    "Proof",
    "Register",
    "Rule",
    "Rulebook",
    "RulebookError",
    "Scenario",
    "ScenarioError",
    "Status",
    "TraceError",
    "Turning",
    "Want",
    "Watch",
    "assess",
    "consequences",
    "explain",
    "least_changes",
    "load_history",
    "load_register",
    "load_rulebook",
    "load_scenario",
    "load_scenarios",
    "may",
    "ranked_questions",
    "turning",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first used."""
    if name not in _HOME_BY_NAME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    found = getattr(import_module(f"{__name__}.{_HOME_BY_NAME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
