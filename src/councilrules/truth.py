"""Truth with three values, so that what is not known never counts as false."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable


class Truth(Enum):
    """False, unknown or true, in Kleene's strong logic.

    Examples:
        >>> Truth.UNKNOWN.and_(Truth.FALSE)
        <Truth.FALSE: 0>
        >>> Truth.UNKNOWN.or_(Truth.FALSE)
        <Truth.UNKNOWN: 1>
    """

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def __bool__(self) -> NoReturn:
        msg = "a truth has three values: compare it, as in `is Truth.TRUE`"
        raise TypeError(msg)

    def and_(self, other: Truth) -> Truth:
        """Tell whether both hold: the lesser of the two."""
        return self if self.value <= other.value else other

    def or_(self, other: Truth) -> Truth:
        """Tell whether either holds: the greater of the two."""
        return self if self.value >= other.value else other

    def not_(self) -> Truth:
        """Turn true and false round; what is unknown stays unknown."""
        return (Truth.TRUE, Truth.UNKNOWN, Truth.FALSE)[self.value]

    def refines(self, other: Truth) -> bool:
        """Tell whether this could be `other` after something more was learnt."""
        return other is Truth.UNKNOWN or self is other


def all_true(truths: Iterable[Truth]) -> Truth:
    """Tell whether all hold; of none at all, they do."""
    # By identity, since Python 3.11 takes long to look up the value of an enum.
    found = Truth.TRUE
    for one in truths:
        if one is Truth.FALSE:
            return one
        if one is Truth.UNKNOWN:
            found = one
    return found


def any_true(truths: Iterable[Truth]) -> Truth:
    """Tell whether at least one holds; of none at all, it does not."""
    found = Truth.FALSE
    for one in truths:
        if one is Truth.TRUE:
            return one
        if one is Truth.UNKNOWN:
            found = one
    return found


def truth(known: bool | None) -> Truth:  # noqa: FBT001 - the one value it converts
    """Turn a known answer into a truth, and `None` into unknown."""
    if known is None:
        return Truth.UNKNOWN
    return Truth.TRUE if known else Truth.FALSE
