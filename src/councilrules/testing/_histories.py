"""Histories: an event that a rule speaks of, what relates to it, and some noise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.history import History
from councilrules.rules import Modality, Rule, Rulebook
from councilrules.testing._acts import makeable
from councilrules.testing._picking import below, pick, seldom
from councilrules.testing._times import STEPS, Times
from councilrules.testing._wishes import Directed

if TYPE_CHECKING:
    from hypothesis import strategies as st

    from councilrules.register import Register


@frozen(kw_only=True)
class Directions:
    """What histories are drawn from.

    Attributes:
        rulebook: The clauses and rules.
        rules: Those of them to direct a history at.
        times: When things happen.
    """

    rulebook: Rulebook
    rules: tuple[Rule, ...]
    times: Times


def history(draw: st.DrawFn, directions: Directions, register: Register) -> History:
    """Draw a history of which the rules have something to say, as a rule."""
    rules, times = directions.rules, directions.times
    drafting = Directed(draw, directions.rulebook, register, times)
    opening = [one for one in rules if one.modality is not Modality.STANDING]
    for _ in range(pick(draw, (1, 1, 2))):
        if opening:
            drafting.about(pick(draw, opening))
    _add_noise(drafting, rules)
    events = tuple(drafting.event(act) for act in drafting.acts)
    last = max((act.step for act in drafting.acts), default=0)
    clock = last + pick(draw, (0, 1, 40, 200, 200))
    early = draw(below(41)) if draw(seldom) else 0
    return History(
        events=events,
        as_of=times.at(clock - early) + timedelta(hours=3),
        open_kinds=_gaps(draw, rules),
    )


def _add_noise(drafting: Directed, rules: tuple[Rule, ...]) -> None:
    """Draw more of the same kind, so that it matters which of several comes first.

    Some event there always is: a law may want to pick one.
    """
    told = sorted({kind for rule in rules for kind in rule.kinds} & {*makeable()})
    least = 0 if drafting.acts else 1
    for _ in range(max(least, drafting.draw(below(3)))):
        same = [act.kind for act in drafting.acts] * 2
        kind = drafting.pick([*same, *(told or makeable()), "judgement-recorded"])
        drafting.add(kind, drafting.draw(below(STEPS + 1)))


def _gaps(draw: st.DrawFn, rules: tuple[Rule, ...]) -> frozenset[str]:
    """Draw a kind of event, seldom, that may have happened without being recorded."""
    asked = sorted({kind for rule in rules for kind in rule.kinds})
    return frozenset([pick(draw, asked)] if draw(seldom) and asked else [])
