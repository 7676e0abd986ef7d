"""`durable` against bare durable-rules on the same definitions and facts: `python -m benchmarks.durable [EVENTS]`."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.council import EVENTS_IN_A_CIRCLE, PEOPLE_IN_A_CIRCLE, history, register

from councilrules import History, load_rulebook
from councilrules.engines import durable, live

if TYPE_CHECKING:
    from collections.abc import Callable

    from councilrules import Register, Rulebook
    from councilrules.findings import Finding

_EVENTS = 10_000
_BOOKS = ("langport", "twywell")
_WANTED = 0.5
_WARMING = 40
_BARE = """
import json, sys
from councilrules.engines import durable
print(*durable.replayed(json.load(open(sys.argv[1], encoding="utf-8"))))
"""


def main(events: int) -> None:
    """Print, for each rulebook, how many events a second each way takes in."""
    # As the command line does, since nearly all that is made stays to the end.
    gc.set_threshold(100_000)
    who = register(events * PEOPLE_IN_A_CIRCLE // EVENTS_IN_A_CIRCLE)
    for rulebook in map(load_rulebook, _BOOKS):
        print(f"\n{rulebook.id}, {events:,} events")
        batches, taken, found = _durable(rulebook, who, events)
        _print("durable", events, taken, f"{len(found):,} findings")
        _print_bare(events, taken, batches)
        taken, same = _timed(live.findings, rulebook, who, _read(events))
        _print("live", events, taken, "the same findings" if same == found else "OTHER FINDINGS")


def _durable(
    rulebook: Rulebook, who: Register, events: int
) -> tuple[list[str], float, tuple[Finding, ...]]:
    """Give what durable-rules was told, the seconds that `durable` took, and its findings."""
    with durable.start() as process:
        # So that the time to start durable-rules is not counted; it is not in the bare run.
        durable.findings(rulebook, who, _read(_WARMING), process=process)
        process.recorded = []
        told = partial(durable.findings, process=process)
        taken, found = _timed(told, rulebook, who, _read(events))
        for incident in process.incidents:
            print(f"  {incident}")
        return process.recorded, taken, found


def _print_bare(events: int, taken: float, batches: list[str]) -> None:
    """Replay the batches in a fresh process, which durable-rules may take down with it."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "batches.json"
        kept.write_text(json.dumps(batches), encoding="utf-8")
        ran = subprocess.run(
            [sys.executable, "-c", _BARE, str(kept)], capture_output=True, text=True, check=False
        )
    if ran.returncode:
        how = f"died (signal {-ran.returncode})" if ran.returncode < 0 else "failed"
        print(f"  bare durable-rules {how}, so there is nothing to compare with")
        return
    bare, fired = ran.stdout.split()
    _print("bare durable-rules", events, float(bare), f"{int(fired):,} times something fired")
    print(f"  durable / bare: {float(bare) / taken:.2f} (at least {_WANTED} is wanted)")


def _print(name: str, events: int, seconds: float, note: str) -> None:
    print(f"  {name:20}{seconds:8.2f} s{events / seconds:10,.0f} events/s   {note}", flush=True)


def _read(events: int) -> History:
    """Give a new history each time, since one keeps its events sorted once it was read."""
    listed = tuple(history(events))
    return History(events=listed, as_of=max(event.at.last for event in listed))


def _timed(
    findings: Callable[[Rulebook, Register, History], tuple[Finding, ...]],
    rulebook: Rulebook,
    who: Register,
    read: History,
) -> tuple[float, tuple[Finding, ...]]:
    begun = time.perf_counter()
    found = findings(rulebook, who, read)
    return time.perf_counter() - begun, found


if __name__ == "__main__":
    main(int(sys.argv[1].replace(",", "")) if sys.argv[1:] else _EVENTS)
