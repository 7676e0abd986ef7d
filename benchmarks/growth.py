"""How the time to assess a history grows with its events: `python -m benchmarks.growth [EVENTS ...]`."""

from __future__ import annotations

import json
import math
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.council import EVENTS_IN_A_CIRCLE, PEOPLE_IN_A_CIRCLE, history, register

from councilrules import History, Register, load_rulebook, may
from councilrules.reference import found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from councilrules import Event, Rulebook

_SIZES = (1_000, 10_000, 100_000)
_ROUNDS = 2
_PEOPLE = 1_000
_BOOKS = ("langport", "twywell")


def main(sizes: Sequence[int]) -> None:
    """Print a table for each rulebook and kind of register, and what `may` takes."""
    for rulebook in map(load_rulebook, _BOOKS):
        for is_silent in (False, True):
            print(f"\n{rulebook.id}, register {'silent' if is_silent else 'speaking'}")
            print("  events  people findings  ms/event  x parsing   x before   n log n")
            _table(rulebook, sizes, is_silent=is_silent)
    print(f"\n`may`, on a register of {_PEOPLE:,} people, with nothing before the act")
    for rulebook in map(load_rulebook, _BOOKS):
        asking, parsing = _asked(rulebook)
        print(
            f"{rulebook.id}: median {asking * 1e6:,.0f} us, {asking / parsing:.0f} x parsing the act"
        )


def _table(rulebook: Rulebook, sizes: Sequence[int], *, is_silent: bool) -> None:
    smaller: tuple[int, float] | None = None
    for size in sizes:
        people = 0 if is_silent else size * PEOPLE_IN_A_CIRCLE // EVENTS_IN_A_CIRCLE
        who = Register() if is_silent else register(people)
        events = history(size)
        parsing = min(_seconds(_parsed, [_line(event) for event in events]) for _ in range(_ROUNDS))
        findings, taken = _found(rulebook, who, events)
        row = f"{size:8,}{people:8,}{findings:9,}{taken / size * 1e3:10.3f}{taken / parsing:11.0f}"
        print(row + _compared(smaller, size, taken), flush=True)
        smaller = size, taken


def _found(rulebook: Rulebook, who: Register, events: Sequence[Event]) -> tuple[int, float]:
    """Give how many findings there are, and the least seconds of several rounds."""
    as_of = max(event.at.last for event in events)
    taken = []
    for _ in range(_ROUNDS):
        begun = time.process_time()
        # A new history each time, since one keeps its events sorted once it was read.
        made = found(rulebook, who, History(events=tuple(events), as_of=as_of))
        taken.append(time.process_time() - begun)
    return len(made.findings), min(taken)


def _compared(smaller: tuple[int, float] | None, size: int, taken: float) -> str:
    """Say how many times as long as the row above it took, and what n log n would allow."""
    if smaller is None:
        return ""
    before, less = smaller
    allowed = size * math.log(size) / (before * math.log(before))
    return f"{taken / less:11.1f}{allowed:10.1f}"


def _asked(rulebook: Rulebook) -> tuple[float, float]:
    """Give the median seconds of `may` over acts of every kind, and of parsing one."""
    who = register(_PEOPLE)
    acts = history(10 * EVENTS_IN_A_CIRCLE)
    asking = median(_seconds(may, rulebook, who, act) for act in acts)
    return asking, median(_seconds(json.loads, _line(act)) for act in acts)


def _line(event: Event) -> str:
    """Write an event as a line of JSON, with the fields that somebody filled in."""
    filled = {
        name: value for name, value in vars(event).items() if isinstance(value, str | tuple | bool)
    }
    return json.dumps(filled | {"at": event.at.first.isoformat()})


def _parsed(lines: Sequence[str]) -> None:
    for line in lines:
        json.loads(line)


def _seconds(work: Callable[..., object], *given: object) -> float:
    begun = time.process_time()
    work(*given)
    return time.process_time() - begun


if __name__ == "__main__":
    main([int(size.replace(",", "")) for size in sys.argv[1:]] or _SIZES)
