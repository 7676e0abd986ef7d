"""Scenarios laid out anew: of one rulebook, at noon exactly, for an hour, saying what is found."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.analysis._changes import trimmed
from councilrules.analysis._copies import exactly
from councilrules.assessing import assess
from councilrules.errors import Place
from councilrules.periods import Tenure
from councilrules.rules import Vacant
from councilrules.scenarios import Expectation, Expected

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.rules import Rule, Rulebook
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


def expecting(
    rulebook: Rulebook, rule: Rule, scenario: Scenario, named: str, acts: Iterable[str] = ()
) -> Scenario:
    """Let a scenario say what is found of a rule, that on the acts named first in their order."""
    order = list(acts)
    if not any(isinstance(one, Vacant) for one in rule.conditions):
        scenario = trimmed(scenario)
    own = (rule.clause, rule.id)
    made = assess(rulebook, scenario, engine="reference")
    expected = [
        evolve(Expected.of(one), proof=None)
        for one in made.findings
        if (one.clause, one.rule) == own
    ]
    expected += [
        Expected(bearer=one.person, status="permitted", on=one.on)
        for one in made.permissions
        if (one.clause, one.rule) == own
    ]
    settled = {(one.bearer, one.on) for one in expected}
    expected += [
        Expected(bearer=note.person, status="outside", on=note.event)
        for note in made.scope
        if rule.clause in note.clauses and note.person
        and (note.person, note.event) not in settled
    ]  # fmt: skip
    expected.sort(key=lambda one: order.index(one.on) if one.on in order else 0)
    expectation = Expectation(
        rulebook=rulebook.id, clause=rule.clause, rule=rule.id,
        findings=tuple(dict.fromkeys(expected)),
    )  # fmt: skip
    place = Place(f"{rule.clause}.yaml")
    return evolve(scenario, name=named, expected=(expectation,), place=place)
