"""The same rules on other engines from PyPI: `python -m benchmarks.peers [EVENTS] [--write]`.

With `--write` the table goes into `docs/benchmarks.md` as well.
"""

from __future__ import annotations

import gc
import platform
import sys
import time
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from attrs import field, frozen
from benchmarks._peers_engines import PEERS
from benchmarks._peers_rows import flat_rules, row
from benchmarks.workload import PEOPLE, REGISTER, events, rulebook

from councilrules import History, Watch, __version__
from councilrules.findings import Status
from councilrules.reference import found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from councilrules import Event, Rulebook

_EVENTS = 5_000
_CHECKED = 2_000
_ROUNDS = 5
_PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
_BEGIN, _END = "<!-- peers: begin -->", "<!-- peers: end -->"

Hits = set[tuple[str, str]]
"""What is broken: the id of the event, and the clause."""


@frozen(eq=False)
class Contender:
    """An engine in one way of driving it, with the time it took so far.

    Attributes:
        name: What it is called.
        release: Its version.
        context: Whether what the register says is `ready-made`, or `looked up` by the engine.
        start: Starts it afresh; what that gives tells which clauses are broken.
        given: What it is given, event by event.
        is_aside: Whether every rule is tried on every event: the last column of the table.
        totals: The seconds that all events took, round by round.
        each: The seconds that each event took, round by round.
    """

    name: str
    release: str
    context: str
    start: Callable[[], Callable[[Any], Sequence[str]]]
    given: Sequence[Any]
    is_aside: bool = False
    totals: list[float] = field(factory=list)
    each: list[list[float]] = field(factory=list)

    @property
    def rate(self) -> float:
        """Give the events of a second, in the best round."""
        return len(self.given) / min(self.totals)


def main(number: int, *, is_written: bool) -> None:
    """Check that all engines find the same, and print how long they take."""
    book = rulebook(only_single=True)
    happened = list(events(number))
    begun = time.process_time()
    rows = [row(event, book, REGISTER) for event in happened]
    making = (time.process_time() - begun) / number
    missing = [peer.distribution for peer in PEERS if not peer.is_installed]
    for name in missing:
        print(f"{name} is left out: pip install {name}", file=sys.stderr)
    if missing and is_written:
        sys.exit("--write needs all of them, since the page speaks of all of them")
    contenders = [_live(book, happened), *_peers(book, rows)]
    _check(book, happened[:_CHECKED], contenders)
    _take(contenders)
    text = "\n".join((*_table(contenders), "", *_notes(book, contenders[0], making)))
    print(text)
    if is_written:
        _write(text)


def _live(book: Rulebook, happened: Sequence[Event]) -> Contender:
    """Give our own engine, which is given the events as they are."""

    def start() -> Callable[[Any], Sequence[str]]:
        watch = Watch(book, REGISTER, clock=happened[-1].at.last)

        def judge(event: Event) -> list[str]:
            return [
                one.finding.clause
                for one in watch.observe(event)
                if one.finding.status is Status.BREACHED
            ]

        return judge

    return Contender("councilrules, live", __version__, "looked up", start, happened)


def _peers(book: Rulebook, rows: Sequence[Any]) -> list[Contender]:
    """Give the others that are installed, which are given rows."""
    rules = flat_rules(book)
    return [
        Contender(
            peer.distribution,
            version(peer.distribution),
            "ready-made",
            partial(peer.judge, rules, of_everything=is_aside),
            rows[:_CHECKED] if is_aside else rows,
            is_aside,
        )
        for peer in PEERS
        if peer.is_installed
        for is_aside in (False, True)
        if peer.start_on_everything or not is_aside
    ]


# --- what is measured -----------------------------------------------------------------


def _check(book: Rulebook, happened: Sequence[Event], contenders: Sequence[Contender]) -> None:
    """Stop if an engine finds anything else than the reference does."""
    history = History(events=tuple(happened), as_of=happened[-1].at.last)
    wanted: Hits = {
        (finding.on, finding.clause)
        for finding in found(book, REGISTER, history).findings
        if finding.status is Status.BREACHED
    }
    for one in contenders:
        judge = one.start()
        hits: Hits = {
            (event.id, clause)
            for event, given in zip(happened, one.given, strict=False)
            for clause in judge(given)
        }
        if hits != wanted:
            lacks, adds = sorted(wanted - hits), sorted(hits - wanted)
            sys.exit(
                f"{one.name} differs from the reference: lacks {lacks[:5]} of {len(lacks)}, "
                f"adds {adds[:5]} of {len(adds)}"
            )


def _take(contenders: Sequence[Contender]) -> None:
    """Take the times of all engines in turn, so that a slow spell meets all of them."""
    for _ in range(_ROUNDS):
        for one in contenders:
            one.totals.append(_total(one))
            if not one.is_aside:
                one.each.append(_each(one))


def _total(one: Contender) -> float:
    judge = _started(one)
    begun = time.process_time()
    for given in one.given:
        judge(given)
    return time.process_time() - begun


def _each(one: Contender) -> list[float]:
    judge, clock = _started(one), time.process_time
    taken = []
    for given in one.given:
        begun = clock()
        judge(given)
        taken.append(clock() - begun)
    return taken


def _started(one: Contender) -> Callable[[Any], Sequence[str]]:
    """Start an engine, with all that is there already kept from the garbage collector."""
    judge = one.start()
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return judge


# --- what is told ---------------------------------------------------------------------


def _table(contenders: Sequence[Contender]) -> list[str]:
    live = contenders[0].rate
    aside = {one.name: one.rate for one in contenders if one.is_aside}
    listed = sorted((one for one in contenders if not one.is_aside), key=lambda one: -one.rate)
    return [
        "| engine | version | register | events/s | x live | p50, us | p99, us | all rules, events/s |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| {one.name} | {one.release} | {one.context} | {one.rate:,.0f} | {one.rate / live:.2f} "
            f"| {_least(one, median):,.0f} | {_least(one, _p99):,.0f} "
            f"| {format(aside[one.name], ',.0f') if one.name in aside else '-'} |"
            for one in listed
        ),
    ]


def _least(one: Contender, measure: Callable[[list[float]], float]) -> float:
    """Give the least microseconds of several rounds."""
    return min(map(measure, one.each)) * 1e6


def _p99(taken: list[float]) -> float:
    return quantiles(taken, n=100)[-1]


def _notes(book: Rulebook, live: Contender, making: float) -> list[str]:
    number = len(live.given)
    last = max(number // 5, 1)
    steady = last / min(sum(taken[-last:]) for taken in live.each)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return [
        f"{len(book.rules)} rules, {number:,} events, a register of {PEOPLE:,} people.",
        f"Processor time on {python}, the best of {_ROUNDS} rounds.",
        f"A ready-made row took the script {making * 1e6:,.0f} us to make, which no figure includes.",
        f"Over the last {last:,} of the events the live engine took in {steady:,.0f} a second.",
    ]


def _write(text: str) -> None:
    """Put the table in its place on the page."""
    before, _, rest = _PAGE.read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not end:
        sys.exit(f"{_PAGE.name} has no place for the table: {_BEGIN} and {_END}")
    page = f"{before}{_BEGIN}\n\n{text}\n\n{_END}{after}"
    _PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    given = [one for one in sys.argv[1:] if one != "--write"]
    main(
        int(given[0].replace(",", "")) if given else _EVENTS,
        is_written="--write" in sys.argv[1:],
    )
