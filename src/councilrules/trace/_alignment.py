"""Places the pieces that stand in a text word for word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from councilrules.trace._texts import Text

_ENOUGH = 50  # one word in so many shows that a text is a version of the same
_PIECE = re.compile(r"[0-9a-f]{8}-[1-9][0-9]{0,5}")


@frozen(kw_only=True)
class Slot:
    """A piece that has one place in the text.

    Attributes:
        piece: Its fingerprint.
        size: How many words it has.
        owner: The clause whose own words it is; `None` for a lead-in.
    """

    piece: str
    size: int
    owner: str | None


Owner: TypeAlias = tuple[str, list[int]]  # a clause and its slots, its own words last
_Chain: TypeAlias = "tuple[int, range, _Chain] | None"  # placed slots, the last first
_Reached: TypeAlias = tuple[int, int, _Chain]  # up to which word, with which score


def slots(
    clauses: Iterable[tuple[str, tuple[str, ...]]],
) -> tuple[list[Slot], list[Owner]]:
    """List the pieces of all clauses in order, shared lead-ins once.

    Raises:
        ValueError: When a clause has no pieces, or a piece is not `HASH-N`.
    """
    listed: list[Slot] = []
    owners: list[Owner] = []
    above: list[int] = []
    for clause, pieces in clauses:
        if not pieces or not all(map(_PIECE.fullmatch, pieces)):
            msg = f"clause `{clause}` needs pieces such as `5c1f0a9e-23`"
            raise ValueError(msg)
        its = _shared(pieces[:-1], above, listed)
        for piece in pieces[len(its) :]:
            own = len(its) == len(pieces) - 1
            size = int(piece.partition("-")[2])
            its.append(len(listed))
            listed.append(Slot(piece=piece, size=size, owner=clause if own else None))
        owners.append((clause, its))
        above = its[:-1]
    return listed, owners


def _shared(leads: Sequence[str], above: list[int], listed: list[Slot]) -> list[int]:
    """Find the lead-ins that a clause has from the one before; then its own begin."""
    shared: list[int] = []
    later = iter(above)
    for lead in leads:
        slot = next((slot for slot in later if listed[slot].piece == lead), None)
        if slot is None:
            break
        shared.append(slot)
    return shared


def exact(text: Text, listed: list[Slot]) -> dict[int, range]:
    """Place pieces in order so that as many words as possible match.

    Between equally good places, those that are lines of their own are taken: the
    words of a short clause may occur in the middle of another. If hardly anything
    matches, nothing is placed: a short heading may stand in any text.
    """
    hits = _hits(text, listed)
    a_word = 4 * len(text.opens)  # worth more than all lines of their own together
    best: list[_Reached] = [(0, 0, None)]  # further on is always better
    for number, slot in enumerate(listed):
        reached: list[_Reached] = []
        for start in hits[slot.piece]:
            _, score, chain = best[bisect_right(best, start, key=itemgetter(0)) - 1]
            run = range(start, start + slot.size)
            score += slot.size * a_word + text.opens[run.start] + text.opens[run.stop]
            reached.append((run.stop, score, (number, run, chain)))
        for one in reached:
            _keep(best, one)
    runs: dict[int, range] = {}
    _, _, chain = best[-1]
    while chain:
        number, run, chain = chain
        runs[number] = run
    found = sum(map(len, runs.values()))
    return runs if found * _ENOUGH >= sum(slot.size for slot in listed) else {}


def _keep(best: list[_Reached], one: _Reached) -> None:
    """Put `one` in its place, unless something at least as good is reached earlier."""
    stop, score, _ = one
    after = bisect_right(best, stop, key=itemgetter(0))
    if best[after - 1][1] >= score:
        return
    place = bisect_left(best, stop, key=itemgetter(0))
    while after < len(best) and best[after][1] <= score:
        after += 1
    best[place:after] = [one]


def _hits(text: Text, listed: list[Slot]) -> dict[str, list[int]]:
    """Say where each piece begins in the text.

    Only words where a clause may begin are tried, which saves most of the time: the
    first on a line, those without a small initial, and those that follow a piece.
    """
    hits: dict[str, list[int]] = {slot.piece: [] for slot in listed}
    sizes = sorted({slot.size for slot in listed})
    likely = list(text.opens)
    for start in range(len(text)):
        if not likely[start] and text.word(start)[0].islower():
            continue
        for size in sizes[: bisect_right(sizes, len(text) - start)]:
            piece = text.piece(start, size)
            if piece in hits:
                hits[piece].append(start)
                likely[start + size] = True
    return hits
