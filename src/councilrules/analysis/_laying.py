"""Scenarios laid out anew: of one rulebook, at noon exactly, for an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.analysis._copies import exactly
from councilrules.periods import Tenure

if TYPE_CHECKING:
    from councilrules.rules import Rulebook
    from councilrules.scenarios import Scenario

HOUR = timedelta(hours=1)


def alone(scenario: Scenario, rulebook: Rulebook) -> Scenario:
    """Give a scenario as one of one rulebook."""
    books = tuple(one for one in scenario.rulebooks if one.rulebook.id == rulebook.id)
    return evolve(scenario, rulebooks=books, expected=())


def at_noon(scenario: Scenario, act: str, noon: datetime, conduct_at: str | None) -> Scenario:
    """Let an act happen at noon exactly, as its own time or as the one that it names."""
    events = tuple(
        one if one.id != act
        else evolve(one, **{conduct_at.replace("-", "_") if conduct_at else "at": exactly(noon)})  # type: ignore[misc]
        for one in scenario.history.events
    )  # fmt: skip
    return evolve(scenario, history=evolve(scenario.history, events=events))


def lasting_an_hour(scenario: Scenario, start: datetime) -> Scenario:
    """Let the relationships of a scenario last for an hour."""
    tenure = Tenure(since=exactly(start), until=exactly(start + HOUR))
    lasted = tuple(evolve(one, tenure=tenure) for one in scenario.register.relationships)
    return evolve(scenario, register=evolve(scenario.register, relationships=lasted))
