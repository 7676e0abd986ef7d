"""What a formula comes to, as far as its questions are answered."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Generic, TypeVar, assert_never

from attrs import frozen

from councilrules.analysis.formulas import (
    FALSE,
    LEFT_OFFICE,
    TRUE,
    UNKNOWN,
    All,
    Any,
    Ask,
    Doubt,
    Formula,
    Node,
    Opposite,
    Search,
)
from councilrules.coverage import PERMITTED, REFERRED
from councilrules.findings import Status
from councilrules.rules import Modality
from councilrules.truth import Truth
from councilrules.verdicts import verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_E = TypeVar("_E")

NO_FINDING = "none"
OUTCOMES = (NO_FINDING, *(status.value for status in Status), PERMITTED, REFERRED)
"""What a rule can come to in a case; `none` where there is no finding."""

BITS = {outcome: 1 << place for place, outcome in enumerate(OUTCOMES)}
ANY_OUTCOME = (1 << len(OUTCOMES)) - 1

_TRUTHS = ((FALSE, Truth.FALSE), (UNKNOWN, Truth.UNKNOWN), (TRUE, Truth.TRUE))
_BIT = {truth: bit for bit, truth in _TRUTHS}


def bit(truth: Truth) -> int:
    """Give the set that holds one truth alone."""
    return _BIT[truth]


def outcomes_in(bits: int) -> tuple[str, ...]:
    """Give the outcomes of a set."""
    return tuple(one for one in OUTCOMES if bits & BITS[one])


def negated(truths: int) -> int:
    """Turn a set of truths round."""
    return (truths & UNKNOWN) | (TRUE if truths & FALSE else 0) | (FALSE if truths & TRUE else 0)


def _both(one: int, other: int) -> int:
    """Give the truths that two together may have: the lesser of each pair."""
    found = 0
    for left in (FALSE, UNKNOWN, TRUE):
        for right in (FALSE, UNKNOWN, TRUE):
            if one & left and other & right:
                found |= min(left, right)
    return found


BOTH = tuple(tuple(_both(one, other) for other in range(8)) for one in range(8))
OPPOSITE = tuple(negated(one) for one in range(8))
DOUBTED = tuple((one & FALSE) | (UNKNOWN if one & (UNKNOWN | TRUE) else 0) for one in range(8))


@frozen
class Reading(Generic[_E]):
    """Answers as they are known so far.

    Attributes:
        answer: Gives the truths that a question may have, asked of an event that is
            looked for (`None` for the trigger), held against another in time.
        others: The events that a search has to try; the trigger itself not among them.
    """

    answer: Callable[[Ask, _E | None, _E | None], int]
    others: Callable[[Search], Sequence[_E]]

    def truths(self, node: Node, other: _E | None = None, anchor: _E | None = None) -> int:
        """Give the truths that a part of a formula may have."""
        match node:
            case Ask():
                return self.answer(node, other, anchor)
            case All(parts=parts):
                found = TRUE
                for part in parts:
                    found = BOTH[found][self.truths(part, other, anchor)]
                    if found == FALSE:
                        return found
                return found
            case Any(parts=parts):
                found = TRUE
                for part in parts:
                    found = BOTH[found][OPPOSITE[self.truths(part, other, anchor)]]
                    if found == FALSE:
                        break
                return OPPOSITE[found]
            case Opposite(part=part):
                return OPPOSITE[self.truths(part, other, anchor)]
            case Doubt(part=part):
                return DOUBTED[self.truths(part, other, anchor)]
            case Search():
                return self._found(node, anchor=other)
            case _:
                assert_never(node)

    def _found(self, search: Search, anchor: _E | None) -> int:
        absent = OPPOSITE[self.answer(search.unrecorded, None, None)]
        for other in self.others(search):
            fits = self.truths(search.part, other, anchor)
            if fits != FALSE and search.earlier is not None:
                fits = BOTH[fits][self._found(search.earlier, other)]
            absent = BOTH[absent][OPPOSITE[fits]]
            if absent == FALSE:
                break
        return OPPOSITE[absent]

    def outcomes(self, formula: Formula) -> int:
        """Give the outcomes that a rule may have, as bits."""
        if formula.rule.modality is Modality.STANDING:
            return self.truths(formula.trigger)
        trigger = self.truths(formula.trigger)
        if trigger == FALSE:
            return BITS[NO_FINDING]
        done = FALSE if formula.done is None else self.truths(formula.done)
        left = FALSE if formula.left is None else self.truths(formula.left)
        excused = FALSE
        for name, node in formula.exceptions:
            applies = self.truths(node)
            if name == LEFT_OFFICE and done & TRUE:
                # Who did what was asked is not excused for having left since.
                applies = FALSE if done == TRUE else applies | FALSE
            excused = OPPOSITE[BOTH[OPPOSITE[excused]][OPPOSITE[applies]]]
        return outcomes_of(formula.rule.modality, trigger, excused, done, left)


@cache
def outcomes_of(modality: Modality, trigger: int, excused: int, done: int, left: int) -> int:
    """Give the outcomes that sets of truths may come to, as bits, by the status table."""
    found = 0
    for opened in _in(trigger):
        if modality is Modality.MAY:
            found |= BITS[PERMITTED if opened is Truth.TRUE else NO_FINDING]
        elif modality is Modality.REFER:
            found |= BITS[NO_FINDING if opened is Truth.FALSE else REFERRED]
        else:
            for answered, fulfilled, open_ in product(_in(excused), _in(done), _in(left)):
                status = verdict(trigger=opened, excused=answered, done=fulfilled, left=open_)
                found |= BITS[NO_FINDING if status is None else status.value]
    return found


def _in(truths: int) -> tuple[Truth, ...]:
    return tuple(truth for one, truth in _TRUTHS if truths & one)
