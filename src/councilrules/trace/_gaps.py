"""Gives the words between two placed pieces to the pieces missing there."""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from councilrules.trace._texts import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from councilrules.trace._alignment import Slot
    from councilrules.trace._texts import Text

# What a word costs that is left over or missing, and one by which a length differs:
# slightly more, or all runs that are too long would fit alike.
_LOOSE, _MISFIT = 10, 11
_Step: TypeAlias = tuple[int, int, int]  # cost, next unit, next slot


def claims(
    text: Text, slots: list[Slot], placed: Mapping[int, range]
) -> Iterator[tuple[int | None, range]]:
    """Say for all words that are not placed to which slot they go, or `None`.

    A slot that is placed already is named with the words that lengthen it. Where
    nothing is placed, nothing shows that the text is about these slots at all.
    """
    end = len(text)
    edges = [(-1, range(0)), *sorted(placed.items()), (len(slots), range(end, end))]
    for (before, left), (after, right) in pairwise(edges):
        loose = range(left.stop, right.start)
        if not loose:
            continue
        cuts = [loose.start, *(at for at in loose[1:] if text.opens[at]), loose.stop]
        yield from _Gap(
            text=text,
            slots=slots,
            units=[range(*cut) for cut in pairwise(cuts)],
            missing=range(before + 1, after) if placed else range(0),
        ).settled()


@frozen(kw_only=True)
class _Gap:
    """Loose words, cut where something begins, and the slots missing there.

    The slots on either side are placed. A text begins and ends with a paragraph, so
    that they are asked for only where there are any.
    """

    text: Text
    slots: list[Slot]
    units: list[range]
    missing: range

    def settled(self) -> Iterator[tuple[int | None, range]]:
        steps = self._cheapest()
        left_over: list[range] = []
        unit, slot = 0, self.missing.start
        while unit < len(self.units):
            _, next_unit, next_slot = steps[unit, slot]
            if next_unit == unit:
                slot = next_slot
                continue
            run = range(self.units[unit].start, self.units[next_unit - 1].stop)
            if next_slot > slot:
                yield slot, run
            else:
                left_over.append(run)
            unit, slot = next_unit, next_slot
        for run in self._joined(left_over):
            for neighbour in self._neighbours(run):
                yield neighbour, run

    def _joined(self, runs: list[range]) -> list[range]:
        """Join lines that no blank line, bullet or number keeps apart."""
        joined: list[range] = []
        for run in runs:
            if joined and joined[-1].stop == run.start and self.text.opens[run.start] == LINE:
                joined[-1] = range(joined[-1].start, run.stop)
            else:
                joined.append(run)
        return joined

    def _neighbours(self, run: range) -> Iterator[int | None]:
        """Name the placed slots on whose lines the words stand: both, if on both."""
        runs_on = not self.text.opens[run.start]
        runs_into = not self.text.opens[run.stop]
        if runs_on:
            yield self.missing.start - 1
        if runs_into:
            yield self.missing.stop
        if not runs_on and not runs_into:
            yield None

    def _cheapest(self) -> dict[tuple[int, int], _Step]:
        """Find the least cost from each unit and slot on, and the step towards it."""
        steps: dict[tuple[int, int], _Step] = {}
        for unit in reversed(range(len(self.units) + 1)):
            for slot in reversed(range(self.missing.start, self.missing.stop + 1)):
                steps[unit, slot] = min(
                    (
                        (cost + steps[to_unit, to_slot][0], to_unit, to_slot)
                        for cost, to_unit, to_slot in self._ways(unit, slot)
                    ),
                    key=itemgetter(0),
                    default=(0, unit, slot),
                )
        return steps

    def _ways(self, unit: int, slot: int) -> Iterator[_Step]:
        """Give the next unit to the slot, leave it over, or leave the slot empty."""
        units, slots = unit < len(self.units), slot < self.missing.stop
        if units and slots:
            yield from self._pairings(unit, slot)
        if units:
            yield _LOOSE * len(self.units[unit]), unit + 1, slot
        if slots:
            yield _LOOSE * self.slots[slot].size, unit, slot + 1

    def _pairings(self, unit: int, slot: int) -> Iterator[_Step]:
        """Give the slot this unit, and those after it while it has room for them."""
        size, opens = self.slots[slot].size, self.text.opens
        first = self.units[unit]
        # A number outweighs what other pairings of this unit or slot could save.
        numbered = _numbers(self.text.word(first.start), self.slots[slot].owner)
        favour = 2 * _LOOSE * (size + len(first)) if numbered else 0
        for place, last in enumerate(self.units[unit:], unit + 1):
            wanting = size - (last.start - first.start)
            if last is not first and len(last) > 3 * wanting:
                return  # less than a third of it is wanted
            cost = _MISFIT * abs(wanting - len(last)) - favour
            if not opens[first.start] or not opens[last.stop]:
                cost += _LOOSE * size  # words put into a line are seldom a clause
            yield cost, place, slot + 1


def _numbers(word: str, clause: str | None) -> bool:
    """Tell whether a word is the clause's number, or the letter of its bullet."""
    bare = word.strip("().:")
    if clause is None:
        return False
    return bare == clause or (bare != word and clause.endswith(f"({bare})"))
