"""What a search looks for, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from councilrules.analysis.formulas import Ask

Question = tuple[int, Ask, str | None, str | None]
"""A question of one of the rules, of an event looked for, held against another."""

NumberedNeed = tuple[int, tuple[tuple[int, frozenset[int]], ...]]
"""A lever, and the options of others under one of which alone it matters."""

Goal = Callable[[Sequence[int]], bool]
"""Whether the outcomes that rules may have, as bits, can still be those looked for."""


@frozen
class Situation:
    """A situation that a search found.

    Attributes:
        chosen: Which option each lever has, by its number; levers that matter to nothing
            are left at their first.
        cost: How much of it has to be told.
    """

    chosen: tuple[int, ...]
    cost: int
