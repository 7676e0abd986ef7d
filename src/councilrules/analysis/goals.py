"""What analyses search for: outcomes that one rule can have and another cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.analysis.outcomes import BITS, NO_FINDING
from councilrules.coverage import PERMITTED, REFERRED, reachable
from councilrules.findings import Status
from councilrules.rules import Modality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from councilrules.analysis.situations import Goal
    from councilrules.rules import Rule

NOTHING = BITS[NO_FINDING]
BREACHED = BITS[Status.BREACHED.value]
UNDETERMINED = BITS[Status.UNDETERMINED.value]
EXCUSED = BITS[Status.EXCUSED.value]
MET = BITS[Status.MET.value]


def bite(rule: Rule) -> str:
    """Give what a rule comes to where it applies with its full force."""
    if rule.modality is Modality.MAY:
        return PERMITTED
    if rule.modality is Modality.REFER:
        return REFERRED
    breached = Status.BREACHED.value
    return breached if breached in reachable(rule) else Status.UNDETERMINED.value


def is_one(place: int, bits: int) -> Goal:
    """Give the goal that a rule has one of these outcomes."""
    return lambda found: bool(found[place] & bits)


def all_are(*wanted: int) -> Goal:
    """Give the goal that each rule has one of its outcomes, given in step."""
    return lambda found: all(one & bits for one, bits in zip(found, wanted, strict=False))


def differ_in(bits: int, *pairs: tuple[int, int]) -> Goal:
    """Give the goal that of some pair of rules one alone has one of these outcomes."""

    def goal(found: Sequence[int]) -> bool:
        return any(_differ(found[one], found[other], bits) for one, other in pairs)

    return goal


def _differ(one: int, other: int, bits: int) -> bool:
    return bool((one & bits and other & ~bits) or (one & ~bits and other & bits))


def one_applies(found: Sequence[int]) -> bool:
    """Tell whether of two rules one may surely apply where the other surely does not."""
    one, other = found[0], found[1]
    surely = ~(NOTHING | UNDETERMINED)
    return bool((one & surely and other & NOTHING) or (one & NOTHING and other & surely))
