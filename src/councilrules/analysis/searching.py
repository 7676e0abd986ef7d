"""A search in a space of situations: depth first, and each state of affairs once.

A formula is compiled into functions that say what is left open of it. Where two ways of
setting the first levers leave the same open, and what is left depends on nothing in which
they differ, only the cheaper is followed. So the search stays complete, and is done in
the time that the questions which hang together take, not all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never
from typing import Any as Anything

from councilrules.analysis.formulas import (
    ANY,
    FALSE,
    LEFT_OFFICE,
    TRUE,
    UNKNOWN,
    All,
    Any,
    Ask,
    Doubt,
    Opposite,
    Search,
)
from councilrules.analysis.outcomes import (
    ANY_OUTCOME,
    BITS,
    BOTH,
    DOUBTED,
    NO_FINDING,
    OPPOSITE,
    outcomes_of,
)
from councilrules.analysis.situations import Situation
from councilrules.rules import Modality

if TYPE_CHECKING:
    from collections.abc import Callable

    from councilrules.analysis.formulas import Formula, Node
    from councilrules.analysis.situations import Goal, Question
    from councilrules.analysis.spaces import Space

Left = int | tuple[Anything, ...]
"""A truth that is settled; or the truths that may be, with what is left open."""


def _truths(left: Left) -> int:
    found: int = left if isinstance(left, int) else left[0]
    return found


class UnsettledError(Exception):
    """A search was given up before it had found anything, or that there is nothing."""


class Searching:
    """One search."""

    def __init__(
        self, space: Space, goal: Goal, most: int | None, effort: int | None = None
    ) -> None:
        """Take where to search, for what, what it may cost at most, and how long to try."""
        self._space = space
        self._goal = goal
        self._most = most
        self._effort = effort
        self._best: Situation | None = None
        self._chosen: list[int | None] = [None] * len(space.levers)
        self._seen: dict[tuple[object, ...], int] = {}
        self._questions: list[Question] = list(space.needs)
        self._number = {question: n for n, question in enumerate(self._questions)}
        self._needs = [space.needs[question] for question in self._questions]
        self._settled: list[int | None] = [None] * len(self._questions)
        self._touched: list[list[int]] = [[] for _ in space.levers]
        for number, needs in enumerate(self._needs):
            levers = {one for one, _ in needs} | {one for _, where in needs for one, _ in where}
            for one in sorted(levers):
                self._touched[one].append(number)
        self._left = [self._compiled(pair, one) for pair, (_, one) in enumerate(space.pairs)]

    def found(self) -> Situation | None:
        """Give the cheapest situation that reaches the goal."""
        for number, needs in enumerate(self._needs):
            if not needs:
                question = self._questions[number]
                self._settled[number] = self._space.answer(question, self._chosen)
        self._go(0, 0)
        return self._best

    # --- formulas as functions ----------------------------------------------------

    def _compiled(self, pair: int, formula: Formula) -> Callable[[], Left]:
        """Give a function that tells the outcomes a rule may have, and what is left open."""
        trigger = self._part(pair, formula.trigger, None, None)
        if formula.rule.modality is Modality.STANDING:
            return trigger
        nothing: Callable[[], Left] = lambda: FALSE  # noqa: E731 - as short as can be
        done = nothing if formula.done is None else self._part(pair, formula.done, None, None)
        time = nothing if formula.left is None else self._part(pair, formula.left, None, None)
        exceptions = [
            (name == LEFT_OFFICE, self._part(pair, node, None, None))
            for name, node in formula.exceptions
        ]
        modality = formula.rule.modality

        def left() -> Left:
            opened = trigger()
            if opened == FALSE:
                return BITS[NO_FINDING]
            fulfilled, in_time = done(), time()
            answered: list[Left] = []
            excused = FALSE
            for is_leaving, exception in exceptions:
                one = exception()
                applies = _truths(one)
                if is_leaving and _truths(fulfilled) & TRUE:
                    applies = FALSE if fulfilled == TRUE else applies | FALSE
                    one = applies if applies == FALSE else (applies, one)
                excused = OPPOSITE[BOTH[OPPOSITE[excused]][OPPOSITE[applies]]]
                answered.append(one)
            if excused in {FALSE, TRUE} and all(isinstance(one, int) for one in answered):
                answered = [excused]
            found = outcomes_of(
                modality, _truths(opened), excused, _truths(fulfilled), _truths(in_time)
            )
            if found & (found - 1) == 0:
                return found
            return (found, opened, fulfilled, in_time, *answered)

        return left

    def _part(
        self, pair: int, node: Node, other: str | None, anchor: str | None
    ) -> Callable[[], Left]:
        match node:
            case Ask():
                return self._asked((pair, node, other, anchor))
            case All(parts=parts):
                return _all([self._part(pair, part, other, anchor) for part in parts])
            case Any(parts=parts):
                each = [_opposite(self._part(pair, part, other, anchor)) for part in parts]
                return _opposite(_all(each))
            case Opposite(part=part):
                return _opposite(self._part(pair, part, other, anchor))
            case Doubt(part=part):
                return _mapped(DOUBTED, self._part(pair, part, other, anchor))
            case Search():
                return self._search(pair, node, other)
            case _:
                assert_never(node)

    def _asked(self, question: Question) -> Callable[[], Left]:
        settled, number = self._settled, self._number[question]
        open_: Left = (ANY_OUTCOME if question[1].topic == "standing" else ANY, number)

        def left() -> Left:
            found = settled[number]
            return open_ if found is None else found

        return left

    def _search(self, pair: int, search: Search, anchor: str | None) -> Callable[[], Left]:
        each = [_opposite(self._part(pair, search.unrecorded, None, None))]
        for other in self._space.others(search):
            parts = [self._part(pair, search.part, other, anchor)]
            if search.earlier is not None:
                parts.append(self._search(pair, search.earlier, other))
            each.append(_opposite(_all(parts)))
        return _opposite(_all(each))

    # --- setting levers -----------------------------------------------------------

    def _go(self, depth: int, cost: int) -> None:
        """Try every way to set the levers from one on, the others being set."""
        space = self._space
        if self._effort is not None:
            self._effort -= 1
            if self._effort < 0:
                raise UnsettledError
        left = [one() for one in self._left]
        if not self._goal([_truths(one) for one in left]):
            return
        if all(isinstance(one, int) for one in left):
            self._best = Situation(tuple(one or 0 for one in self._chosen), cost)
            return
        state = (depth, self._frontier(depth), *left)
        before = self._seen.get(state)
        if before is not None and before <= cost:
            return
        self._seen[state] = cost
        lever = space.levers[depth]
        matters = space.needed((space.matters[depth],), self._chosen)
        for option in space.cheapest_first[depth] if matters else (0,):
            spent = cost + lever.options[option].cost
            limit = self._most if self._best is None else self._best.cost - 1
            if limit is not None and spent > limit:
                break
            self._chosen[depth] = option
            newly = self._settle(depth)
            self._go(depth + 1, spent)
            for number in newly:
                self._settled[number] = None
        self._chosen[depth] = None

    def _settle(self, depth: int) -> list[int]:
        """Answer the questions that the lever set last leaves nothing open of."""
        space, chosen, newly = self._space, self._chosen, []
        for number in self._touched[depth]:
            if self._settled[number] is None:
                needed = space.needed(self._needs[number], chosen)
                if max(needed) <= depth:
                    question = self._questions[number]
                    self._settled[number] = space.answer(question, chosen, needed)
                    newly.append(number)
        return newly

    def _frontier(self, depth: int) -> tuple[tuple[int, int | None], ...]:
        """Give the options chosen so far that questions still open depend on."""
        space, chosen = self._space, self._chosen
        found: set[int] = set(space.guards[depth])
        for number, needs in enumerate(self._needs):
            if self._settled[number] is None:
                found.update(space.needed(needs, chosen))
                found.update(one for lever, where in needs if lever >= depth for one, _ in where)
        return tuple([(one, chosen[one]) for one in sorted(found) if one < depth])


def _all(parts: list[Callable[[], Left]]) -> Callable[[], Left]:
    def left() -> Left:
        settled = truths = TRUE
        rest: list[Left] = []
        for part in parts:
            found = part()
            if isinstance(found, int):
                if found == FALSE:
                    return FALSE
                if found == UNKNOWN:
                    settled = UNKNOWN
                    truths = BOTH[truths][UNKNOWN]
            else:
                rest.append(found)
                truths = BOTH[truths][found[0]]
        if not rest:
            return settled
        return (truths, settled, *rest)

    return left


def _opposite(part: Callable[[], Left]) -> Callable[[], Left]:
    return _mapped(OPPOSITE, part)


def _mapped(table: tuple[int, ...], part: Callable[[], Left]) -> Callable[[], Left]:
    def left() -> Left:
        found = part()
        if isinstance(found, int):
            return table[found]
        truths = table[found[0]]
        return truths if truths & (truths - 1) == 0 else (truths, found)

    return left
