"""What two formulas can come to together, where they share much of what is left open.

By itself each formula may still come to one thing or another. But where they wait for the
same answers, they come to it together: what both ask gets one answer, so that only what one
of them asks and the other does not can part them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from councilrules.analysis.formulas import FALSE, TRUE, UNKNOWN
from councilrules.analysis.outcomes import BOTH, DOUBTED, OPPOSITE, outcomes_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from councilrules.rules import Modality

    Left = int | tuple[Any, ...]

Pairs = frozenset[tuple[int, int]]
"""What two parts can be at once, each as a truth in bits; or what two rules can come to."""

REMEMBERED = 2**16
"""Of how many things left open it is kept what they come to, since a search meets them again."""

MAPPED = 2
"""How long what is left of an opposite or a doubt is: the truths, and of what."""

_FEW = 9
"""How many pairs of parts are tried at most to see which belong together."""

MIXED = 0
"""Stands in what is left open of two questions of which the one takes the place of the other."""

_TRUTHS = (FALSE, UNKNOWN, TRUE)
_ONLY_TRUE: Pairs = frozenset({(TRUE, TRUE)})


def is_turned(found: Left) -> bool:
    """Tell whether what is left open is the opposite of something that is no mere question."""
    if not isinstance(found, tuple) or len(found) != MAPPED or not isinstance(found[1], tuple):
        return False
    return bool(OPPOSITE[found[1][0]] == found[0])


def parted(one: tuple[Any, ...], other: tuple[Any, ...], modality: Modality) -> Pairs:
    """Give what two rules can come to at once, neither of which is settled.

    Args:
        one: What is left open of one of them: its outcomes, trigger, what is done, the time
            left, and its exceptions.
        other: What is left open of the other.
        modality: That of both.
    """
    trigger, done, time = (_together(*both) for both in zip(one[1:4], other[1:4], strict=True))
    excused = _both([_turned(part) for part in one[4:]], [_turned(part) for part in other[4:]])
    return _outcomes(modality, trigger, _each(OPPOSITE, excused), done, time)


@cache
def _outcomes(
    modality: Modality, trigger: Pairs, excused: Pairs, done: Pairs, time: Pairs
) -> Pairs:
    return frozenset(
        (
            outcomes_of(modality, opened[0], answered[0], fulfilled[0], left[0]),
            outcomes_of(modality, opened[1], answered[1], fulfilled[1], left[1]),
        )
        for opened, answered, fulfilled, left in product(trigger, excused, done, time)
    )


def _turned(left: Left) -> Left:
    """Give the opposite of what is left open of an exception."""
    if isinstance(left, int):
        return OPPOSITE[left]
    return left[1] if is_turned(left) else (OPPOSITE[left[0]], left)


@lru_cache(maxsize=REMEMBERED)
def _together(one: Left, other: Left) -> Pairs:
    """Give the truths that two parts can have at once."""
    if one == other:
        return _alike(_truths(one))
    if isinstance(one, int) or isinstance(other, int):
        return _apart(_truths(one), _truths(other))
    if len(one) == len(other) == MAPPED and is_turned(one) and is_turned(other):
        return _each(OPPOSITE, _together(one[1], other[1]))
    if len(one) == len(other) == MAPPED and _is_doubted(one) and _is_doubted(other):
        return _each(DOUBTED, _together(one[1], other[1]))
    if MIXED not in (one[1], other[1]) and (len(one) > MAPPED or len(other) > MAPPED):
        return _both(_parts(one), _parts(other))
    return _apart(_truths(one), _truths(other))


def _both(one: list[Left], other: list[Left]) -> Pairs:
    """Give the truths that two lists of parts can have at once, all of each being taken together."""
    shared = [part for part in one if part in other]
    mine = [part for part in one if part not in shared]
    yours = [part for part in other if part not in shared]
    found = _ONLY_TRUE
    for part in shared:
        found = _met(found, _alike(_truths(part)))
    # However they are paired, what each pair can be holds; alike ones say most.
    for part in mine if len(mine) * len(yours) <= _FEW else ():
        partner = max(yours, key=lambda one: _likeness(part, one), default=None)
        if partner is None:
            break
        yours.remove(partner)
        found = _met(found, _together(part, partner))
        mine = mine[1:]
    return _met(found, _apart(_all_of(mine), _all_of(yours)))


def _likeness(one: Left, other: Left) -> int:
    """Tell how many questions two parts both wait for."""
    return len(asked_in(one) & asked_in(other))


@lru_cache(maxsize=REMEMBERED)
def asked_in(left: Left) -> frozenset[int]:
    """Give what stands for the questions that something left open waits for."""
    if isinstance(left, int):
        return frozenset((left,)) if left < 0 else frozenset()
    return frozenset().union(*map(asked_in, left))


def _parts(left: tuple[Any, ...]) -> list[Left]:
    return [left[1], *left[2:]] if len(left) > MAPPED else [TRUE, left]


def _is_doubted(left: tuple[Any, ...]) -> bool:
    return isinstance(left[1], tuple) and not is_turned(left)


def _truths(left: Left) -> int:
    found: int = left if isinstance(left, int) else left[0]
    return found


def _all_of(parts: Iterable[Left]) -> int:
    found = TRUE
    for part in parts:
        found = BOTH[found][_truths(part)]
    return found


@cache
def _alike(truths: int) -> Pairs:
    return frozenset((one, one) for one in _TRUTHS if truths & one)


@cache
def _apart(one: int, other: int) -> Pairs:
    return frozenset(
        (left, right) for left, right in product(_TRUTHS, _TRUTHS) if left & one and right & other
    )


@cache
def _met(one: Pairs, other: Pairs) -> Pairs:
    return frozenset(
        (min(left[0], right[0]), min(left[1], right[1])) for left, right in product(one, other)
    )


@cache
def _each(table: tuple[int, ...], pairs: Pairs) -> Pairs:
    return frozenset((table[one], table[other]) for one, other in pairs)
