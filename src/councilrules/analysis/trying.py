"""Looks for a situation near to those that are known first, and everywhere only then.

What tells two formulas apart is mostly one fact away from a situation that a rule is about.
Only what is not found so needs the search that tries everything, and can prove that there
is nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from councilrules.analysis.formulas import asks_in
from councilrules.analysis.searching import UnsettledError
from councilrules.analysis.situations import Situation
from councilrules.analysis.spaces import space_of
from councilrules.analysis.uses import TRIGGER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from councilrules.analysis.formulas import Formula, Node
    from councilrules.analysis.levers import Key
    from councilrules.analysis.situations import Goal
    from councilrules.analysis.spaces import Known, Space
    from councilrules.rules import Rule


_MOST_LIKED = 6
"""How many of the known situations are the pattern for a search."""

_EFFORT = 1_500
"""How many steps a search takes by one of them before another is tried."""


class Trying:
    """Looks among the situations of a rule, and remembers those found.

    Attributes:
        space: Where it looks.
        known: The situations found so far; the latest comes last.
    """

    def __init__(self, space: Space) -> None:
        """Take where to look: a space of one rule."""
        self.space = space
        self.known: list[tuple[int, ...]] = []

    def any(
        self, goal: Goal, formulas: Sequence[Formula], near: Node | None = None
    ) -> Situation | None:
        """Find a situation, cheap or not, in which formulas come to what is looked for.

        Args:
            goal: Told what each of the formulas comes to.
            formulas: Formulas made of the questions of the rule.
            near: The part of the rule whose facts are changed first.

        Returns:
            `None` if there is no such situation.
        """
        found = self._near(goal, formulas, near)
        if found is None:
            found = self._everywhere(goal, formulas)
        if found is not None and found.chosen not in self.known:
            self.known.append(found.chosen)
        return found

    def cheapest(self, goal: Goal, formulas: Sequence[Formula]) -> Situation | None:
        """Find a situation that takes the least to tell."""
        return self._search(goal, formulas, any_will_do=False)

    def _everywhere(self, goal: Goal, formulas: Sequence[Formula]) -> Situation | None:
        """Look among all situations, those first that are like one that is known.

        What is like none of them is mostly found soon, or not for long.
        """
        liked = [twinned(self.space, one) for one in reversed(self.known)]
        for like in liked[:_MOST_LIKED]:
            try:
                return self._search(goal, formulas, like=like, effort=_EFFORT)
            except UnsettledError:
                continue
        return self._search(goal, formulas, like=liked[0] if liked else None)

    def _search(
        self,
        goal: Goal,
        formulas: Sequence[Formula],
        *,
        any_will_do: bool = True,
        near: Sequence[int] | None = None,
        free: Collection[int] = (),
        like: Sequence[int] | None = None,
        effort: int | None = None,
    ) -> Situation | None:
        return self.space.search(
            goal,
            of=[(0, one) for one in formulas],
            any_will_do=any_will_do,
            near=near,
            free=free,
            like=like,
            effort=effort,
            # Two formulas are looked at only to find where they differ.
            apart=len(formulas) > 1,
        )

    def _near(self, goal: Goal, formulas: Sequence[Formula], part: Node | None) -> Situation | None:
        """Look among what is known, then at what differs from it in facts of one part.

        Only one fact that the trigger depends on is changed, and several of the others.
        """
        for chosen in reversed(self.known):
            if goal([self.space.outcome(0, one, chosen) for one in formulas]):
                return Situation(chosen, cost=0)
        if part is None:
            return None
        levers = self.space.levers_of(asks_in(part))
        for chosen in reversed(self.known):
            for changed in self._changed(chosen, levers):
                if goal([self.space.outcome(0, one, changed) for one in formulas]):
                    return Situation(changed, cost=0)
        opening = asks_in(self.space.pairs[0][1].trigger)
        for chosen in reversed(self.known):
            fixed = set(self.space.levers_of(opening, chosen))
            free = [one for one in levers if one not in fixed]
            found = self._search(goal, formulas, near=chosen, free=free) if free else None
            if found is not None:
                return found
        return self._two_away(goal, formulas, part)

    def _two_away(self, goal: Goal, formulas: Sequence[Formula], part: Node) -> Situation | None:
        """Look at what differs from the first that was known in two facts of one part."""
        for chosen in self.known[:1]:
            levers = self.space.levers_of(asks_in(part), chosen)
            for once in self._changed(chosen, levers):
                first = next(one for one in levers if once[one] != chosen[one])
                for changed in self._changed(once, [one for one in levers if one > first]):
                    if goal([self.space.outcome(0, one, changed) for one in formulas]):
                        return Situation(changed, cost=0)
        return None

    def _changed(self, chosen: tuple[int, ...], levers: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Give what differs from a situation in one fact."""
        for lever in levers:
            for option in range(len(self.space.levers[lever].options)):
                if option != chosen[lever]:
                    yield (*chosen[:lever], option, *chosen[lever + 1 :])


@lru_cache(maxsize=16)
def trying_of(known: Known, rule: Rule) -> Trying:
    """Give what looks among the situations of a rule, with those that were found before."""
    return Trying(space_of(known, rule))


def twinned(space: Space, chosen: Sequence[int]) -> tuple[int, ...]:
    """Give a situation in which other events that did not happen are like one that did."""
    place = {lever.key: number for number, lever in enumerate(space.levers)}
    there = {key[1]: chosen[number] for key, number in place.items() if key[0] == "there"}
    happened = [event for event, option in there.items() if option]
    found = list(chosen)
    for event in (one for one in there if one not in happened):
        for pattern in happened[:1]:
            _copy(space, place, found, pattern, event)
    return tuple(found)


def _copy(space: Space, place: dict[Key, int], found: list[int], pattern: str, event: str) -> None:
    """Let an event be like another, and those whom it names like those whom the other does."""
    called = {pattern: event}
    for key, number in place.items():
        twin = place.get((key[0], event, *key[2:]))
        if len(key) > 1 and key[1] == pattern != TRIGGER and twin is not None:
            options, others = space.levers[number].options, space.levers[twin].options
            if len(options) == len(others):
                found[twin] = found[number]
                called[options[found[number]].label] = others[found[number]].label
    for key, number in place.items():
        twin = place.get((key[0], called.get(key[1], ""), *key[2:])) if len(key) > 1 else None
        if key[0] not in {"offices", "seats", "interests"} or twin is None or twin == number:
            continue
        if len(space.levers[number].options) == len(space.levers[twin].options):
            found[twin] = found[number]
