"""Picks from what there is, without making a new strategy for every draw, which takes long."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from councilrules.events import NONE, UNKNOWN
from councilrules.register import Listed

if TYPE_CHECKING:
    from collections.abc import Sequence

_T = TypeVar("_T")

coin = st.booleans()
often = st.sampled_from([True, True, True, False])
seldom = st.sampled_from([False, False, False, False, True])


@cache
def below(number: int) -> st.SearchStrategy[int]:
    """Draw a whole number from 0 up to and without `number`."""
    return st.integers(0, number - 1)


def pick(draw: st.DrawFn, options: Sequence[_T]) -> _T:
    """Pick one; a failing case shrinks to the first."""
    return options[draw(below(len(options)))]


def pick_some(draw: st.DrawFn, options: Sequence[_T], most: int, least: int = 0) -> tuple[_T, ...]:
    """Pick so many different ones at most, in the order in which they are picked."""
    left = [*options]
    number = least + draw(below(min(most, len(left)) - least + 1))
    return tuple(left.pop(draw(below(len(left)))) for _ in range(number))


def pick_listed(draw: st.DrawFn, words: Sequence[str]) -> Listed:
    """Pick one or two words, none, or that it is not known."""
    match draw(below(5)):
        case 3:
            return NONE
        case 4:
            return UNKNOWN
        case _:
            return pick_some(draw, words, 2, 1)
