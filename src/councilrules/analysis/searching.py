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
from councilrules.analysis.parting import MAPPED, MIXED, asked_in, is_turned, parted
from councilrules.analysis.situations import Situation
from councilrules.rules import Modality

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from councilrules.analysis.formulas import Formula, Node
    from councilrules.analysis.situations import Goal, Question
    from councilrules.analysis.spaces import Space

PATIENCE = 5_000
"""How many steps to look for a cheaper situation after the last that was found."""

Left = int | tuple[Anything, ...]
"""A truth that is settled; or the truths that may be, with what is left open."""


def _truths(left: Left) -> int:
    found: int = left if isinstance(left, int) else left[0]
    return found


class UnsettledError(Exception):
    """A search was given up before it had found anything, or that there is nothing."""


_MOST_STEPS = 1000
"""How many steps a search near to a situation takes, before it gives up."""


class Searching:
    """One search."""

    def __init__(  # noqa: PLR0913 - each for one of the uses of a search
        self,
        space: Space,
        goal: Goal,
        most: int | None = None,
        *,
        of: Sequence[tuple[int, Formula]] = (),
        any_will_do: bool = False,
        near: Sequence[int] | None = None,
        free: Collection[int] = (),
        apart: bool = False,
        effort: int | None = None,
        like: Sequence[int] | None = None,
    ) -> None:
        """Take where to search, for what, and what it may cost at most.

        Args:
            space: Where to search.
            goal: What to search for.
            most: What it may cost at most.
            of: The formulas that the goal is told of, made of the questions of rules of the
                space, each with the number of its rule; those of the rules if not given.
            any_will_do: Whether to stop at the first that is found, cheapest or not.
            near: A situation from which those tried differ in free levers alone; no more of
                them are tried than takes a moment.
            free: The levers that may be set otherwise than there.
            apart: Whether the first two formulas have to come to different outcomes.
            effort: After how many steps to give up.
            like: A situation, as chosen, of which the options are tried first.
        """
        self._space = space
        self._like = like
        self._goal = goal
        self._most = most
        self._any_will_do = any_will_do
        self._near = near
        self._free = frozenset(free)
        self._effort = effort
        self._best: Situation | None = None
        self._steps = self._best_at = 0
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
        formulas = of or [(pair, one) for pair, (_, one) in enumerate(space.pairs)]
        modalities = {one.rule.modality for _, one in formulas[:2]}
        self._apart = apart and len(modalities) == 1 and len(formulas) == 2  # noqa: PLR2004 - they part
        self._modality = formulas[0][1].rule.modality
        self._left = [self._compiled(pair, one) for pair, one in formulas]

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
                    one = applies if applies == FALSE else (applies, MIXED, one, fulfilled)
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
                asked = self._space.questions(pair, node, other, anchor)
                return _all([self._asked(one) for one in asked])
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
        # Below zero, so that the number of a question is not taken for a truth.
        open_: Left = (ANY_OUTCOME if question[1].topic == "standing" else ANY, -1 - number)

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
        if self._gives_up():
            return
        left = [one() for one in self._left]
        if not self._goal([_truths(one) for one in left]):
            return
        if self._apart and not self._can_part(*left[:2]):
            return
        if all(isinstance(one, int) for one in left):
            self._best = Situation(tuple(one or 0 for one in self._chosen), cost)
            self._best_at = self._steps
            return
        needed = self._needed(depth, left)
        frontier = tuple([(one, self._chosen[one]) for one in sorted(needed) if one < depth])
        state = (depth, frontier, *left)
        before = self._seen.get(state)
        if before is not None and before <= cost:
            return
        self._seen[state] = cost
        self._try(depth, cost, needed)
        if self._best is None and self._most is None:
            # Nothing is to be found from here, whatever it costs.
            self._seen[state] = -1

    def _try(self, depth: int, cost: int, needed: set[int]) -> None:
        """Try every option of a lever that matters, and the first of one that does not."""
        space = self._space
        lever = space.levers[depth]
        matters = depth in needed and space.needed((space.matters[depth],), self._chosen)
        options = space.cheapest_first[depth] if matters else [0]
        if self._near is not None and depth not in self._free:
            options = [self._near[depth]]
        elif self._like is not None and len(options) > 1:
            first = self._like[depth]
            options = [first, *(one for one in options if one != first)]
        for option in options:
            spent = cost + lever.options[option].cost
            limit = self._most if self._best is None else self._best.cost - 1
            if limit is not None and spent > limit:
                continue
            self._chosen[depth] = option
            newly = self._settle(depth)
            self._go(depth + 1, spent)
            for number in newly:
                self._settled[number] = None
        self._chosen[depth] = None

    def _can_part(self, one: Left, other: Left) -> bool:
        """Tell whether two formulas can come to what is looked for at once."""
        if one == other:
            return False
        if isinstance(one, int) or isinstance(other, int) or self._modality is Modality.STANDING:
            return True
        return any(self._goal(pair) for pair in parted(one, other, self._modality))

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

    def _needed(self, depth: int, left: list[Left]) -> set[int]:
        """Give the levers that what is left open depends on, those set already included."""
        space, chosen = self._space, self._chosen
        found: set[int] = set()
        for number in _open_in(left):
            needs = self._needs[number]
            found.update(space.needed(needs, chosen))
            found.update(one for lever, where in needs if lever >= depth for one, _ in where)
        for lever in [one for one in found if one >= depth]:
            found.update(one for one, _ in space.matters[lever][1])
        return found

    def _gives_up(self) -> bool:
        """Count a step, and tell whether it is one too many."""
        self._steps += 1
        if self._best is None:
            if self._effort is not None and self._steps > self._effort:
                raise UnsettledError
            return self._near is not None and self._steps > _MOST_STEPS
        return self._any_will_do or self._steps > self._best_at + PATIENCE


def _open_in(left: Iterable[Left]) -> set[int]:
    """Give the numbers of the questions that are open in what is left."""
    return {-1 - asked for one in left for asked in asked_in(one)}


def _all(parts: list[Callable[[], Left]]) -> Callable[[], Left]:
    if len(parts) == 1:
        return parts[0]

    def left() -> Left:
        settled = truths = TRUE
        rest: list[Left] = []
        for part in parts:
            found = part()
            if isinstance(found, int):
                if found == FALSE:
                    return FALSE
                settled = min(settled, found)
                truths = BOTH[truths][found]
                continue
            truths = BOTH[truths][found[0]]
            if len(found) > MAPPED and found[1] != MIXED:
                settled = min(settled, found[1])
                rest += found[2:]
            else:
                rest.append(found)
        if truths & (truths - 1) == 0:
            # What is left open makes no difference any more.
            return truths
        # What is left is written in one way only, so that it is seen to be the same.
        if len(rest) > 1:
            rest = sorted(set(rest), key=hash)
        return rest[0] if settled == TRUE and len(rest) == 1 else (truths, settled, *rest)

    return left


def _opposite(part: Callable[[], Left]) -> Callable[[], Left]:
    turned = _mapped(OPPOSITE, part)

    def left() -> Left:
        found = turned()
        if isinstance(found, tuple) and is_turned(found[1]):
            twice: Left = found[1][1]
            return twice
        return found

    return left


def _mapped(table: tuple[int, ...], part: Callable[[], Left]) -> Callable[[], Left]:
    def left() -> Left:
        found = part()
        if isinstance(found, int):
            return table[found]
        truths = table[found[0]]
        return truths if truths & (truths - 1) == 0 else (truths, found)

    return left
