"""Looks for a situation near to those that are known first, and everywhere only then.

What tells two formulas apart is mostly one fact away from a situation that a rule is about.
Only what is not found so needs the search that tries everything, and can prove that there
is nothing.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from councilrules.analysis.formulas import asks_in
from councilrules.analysis.situations import Situation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from councilrules.analysis.formulas import Formula, Node
    from councilrules.analysis.situations import Goal
    from councilrules.analysis.spaces import Space

_MOST_TRIED = 1500
"""How many situations near to a known one are tried before all are."""


class Trying:
    """Looks among the situations of a rule, and remembers those found.

    Attributes:
        known: The situations found so far; the latest comes last.
    """

    def __init__(self, space: Space) -> None:
        """Take where to look: a space of one rule."""
        self._space = space
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
            found = self._search(goal, formulas, any_will_do=True)
        if found is not None and found.chosen not in self.known:
            self.known.append(found.chosen)
        return found

    def cheapest(self, goal: Goal, formulas: Sequence[Formula]) -> Situation | None:
        """Find a situation that takes the least to tell."""
        return self._search(goal, formulas, any_will_do=False)

    def _search(
        self, goal: Goal, formulas: Sequence[Formula], *, any_will_do: bool
    ) -> Situation | None:
        return self._space.search(
            lambda found: goal(found[1:]),
            also=[(0, one) for one in formulas],
            any_will_do=any_will_do,
        )

    def _near(
        self, goal: Goal, formulas: Sequence[Formula], near: Node | None
    ) -> Situation | None:
        for chosen in islice(self._neighbours(near), _MOST_TRIED):
            if goal([self._space.outcome(0, one, chosen) for one in formulas]):
                return Situation(chosen, cost=0)
        return None

    def _neighbours(self, near: Node | None) -> Iterator[tuple[int, ...]]:
        """Give what is known, then what differs from it in one fact, then in two."""
        yield from reversed(self.known)
        if near is None:
            return
        levers = self._space.levers_of(asks_in(near))
        for chosen in reversed(self.known):
            yield from self._changed(chosen, levers)
        for chosen in reversed(self.known):
            for one in self._changed(chosen, levers):
                yield from self._changed(one, levers)

    def _changed(self, chosen: tuple[int, ...], levers: Sequence[int]) -> Iterator[tuple[int, ...]]:
        for lever in levers:
            for option in range(len(self._space.levers[lever].options)):
                if option != chosen[lever]:
                    yield (*chosen[:lever], option, *chosen[lever + 1 :])
