"""Looks for a situation near to those that are known first, and everywhere only then.

What tells two formulas apart is mostly one fact away from a situation that a rule is about.
Only what is not found so needs the search that tries everything, and can prove that there
is nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.analysis.formulas import asks_in
from councilrules.analysis.situations import Situation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from councilrules.analysis.formulas import Formula, Node
    from councilrules.analysis.situations import Goal
    from councilrules.analysis.spaces import Space


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
        found = self._near(goal, formulas, near) or self._search(goal, formulas)
        if found is not None and found.chosen not in self.known:
            self.known.append(found.chosen)
        return found

    def cheapest(self, goal: Goal, formulas: Sequence[Formula]) -> Situation | None:
        """Find a situation that takes the least to tell."""
        return self._search(goal, formulas, any_will_do=False)

    def _search(
        self,
        goal: Goal,
        formulas: Sequence[Formula],
        *,
        any_will_do: bool = True,
        near: Sequence[int] | None = None,
        free: Collection[int] = (),
    ) -> Situation | None:
        return self._space.search(
            goal,
            of=[(0, one) for one in formulas],
            any_will_do=any_will_do,
            near=near,
            free=free,
            # Two formulas are looked at only to find where they differ.
            apart=len(formulas) > 1,
        )

    def _near(self, goal: Goal, formulas: Sequence[Formula], part: Node | None) -> Situation | None:
        """Look among what is known, then at what differs from it in facts of one part.

        Only one fact that the trigger depends on is changed, and several of the others.
        """
        for chosen in reversed(self.known):
            if goal([self._space.outcome(0, one, chosen) for one in formulas]):
                return Situation(chosen, cost=0)
        if part is None:
            return None
        levers = self._space.levers_of(asks_in(part))
        for chosen in reversed(self.known):
            for changed in self._changed(chosen, levers):
                if goal([self._space.outcome(0, one, changed) for one in formulas]):
                    return Situation(changed, cost=0)
        opening = set(self._space.levers_of(asks_in(self._space.pairs[0][1].trigger)))
        free = [one for one in levers if one not in opening]
        for chosen in reversed(self.known) if free else ():
            found = self._search(goal, formulas, near=chosen, free=free)
            if found is not None:
                return found
        return None

    def _changed(self, chosen: tuple[int, ...], levers: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Give what differs from a situation in one fact."""
        for lever in levers:
            for option in range(len(self._space.levers[lever].options)):
                if option != chosen[lever]:
                    yield (*chosen[:lever], option, *chosen[lever + 1 :])
