"""The events of a long history that one case can rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.history import names
from councilrules.rules import AllOf, RefersToTrigger, Related, parts_of
from councilrules.situations import attribute_of
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.events import Event
    from councilrules.rules import Condition, Pattern, Rule
    from councilrules.scenarios import Scenario


def focused(scenario: Scenario, rules: Iterable[Rule], on: str) -> Scenario:
    """Give a scenario with those events only that a case can rest on.

    In a long history most have nothing to do with it: those are kept that rules look
    for, the judgements, and the acts of a course of conduct. An answer to another
    question, and the like, is left out.

    Args:
        scenario: The scenario.
        rules: The rule, and those of the clauses to which it yields.
        on: The event that opened the case.
    """
    history = scenario.history
    patterns = [
        one.pattern for rule in rules for one in rule.conditions if isinstance(one, Related)
    ]
    kept = [
        one
        for one in history.events
        if one.id == on
        or kind_of(one).name == "judgement-recorded"
        or any(_may_fit(one, pattern, on) for pattern in patterns)
    ]
    acts = {name for one in kept for name in names(getattr(one, "acts", ()))}
    acts -= {one.id for one in kept}
    kept += [one for one in history.events if one.id in acts]
    return evolve(scenario, history=evolve(history, events=tuple(kept)))


def _may_fit(event: Event, pattern: Pattern, on: str) -> bool:
    if kind_of(event).name not in pattern.kinds:
        return False
    if any(isinstance(one, Related) for one in parts_of(pattern.condition)):
        return True
    return all(_may_refer(event, part, on) for part in _conjuncts(pattern.condition))


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from _conjuncts(part)
    else:
        yield condition


def _may_refer(event: Event, part: Condition, on: str) -> bool:
    """Tell whether an event may be about the one that opened the case, if it has to be."""
    if not isinstance(part, RefersToTrigger) or part.path.attribute is not None:
        return True
    attribute = attribute_of(event, part.path.field)
    if attribute is None or part.path.field in event.proofs:
        return True
    referred = names(getattr(event, attribute))
    return not referred or on in referred
