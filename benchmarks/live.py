"""Events a second of `live`, against durable-rules bare, and by the number of rules.

`python -m benchmarks.live [EVENTS]`
"""

from __future__ import annotations

import gc
import sys
import time
from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import workload
from benchmarks._bare import Bare

from councilrules import Status, Watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from councilrules import Event, Rulebook

_EVENTS = 100_000
_BARE_EVENTS = 4_000
_ROUNDS = 3
_WANTED = 10
_SIZES = (100, 500, 1_000, 2_000)
_WANTED_OF_MANY = 0.8


def main(number: int) -> None:
    """Print the two tables."""
    # As the command line does, since nearly all that is made stays to the end.
    gc.set_threshold(100_000)
    events = list(workload.events(number))
    print(f"{number:,} events, a register of {workload.PEOPLE:,} people")
    print("\nlive: 100 rules, 15 of them temporal, from raw events and the register")
    rates = [_rate(workload.rulebook(), events) for _ in range(_ROUNDS)]
    bare = _bare(events[:_BARE_EVENTS]) if find_spec("durable") else None
    rates.append(_rate(workload.rulebook(), events))
    live = max(rates)
    print(f"  {live:10,.0f} events/s")
    if bare is None:
        print("durable-rules is not installed: there is nothing to compare it with")
    else:
        print("durable-rules bare: the 85 rules on single events, rows ready-made")
        print(
            f"  {bare:10,.0f} events/s; live has {live / bare:.1f} times that (wanted: {_WANTED})"
        )
    _by_number_of_rules(events)


def _rate(rulebook: Rulebook, events: Sequence[Event]) -> float:
    """Give the events a second that a new watch takes, the building of situations included."""
    watch = Watch(rulebook, workload.REGISTER, clock=events[-1].at.last)
    gc.collect()
    began = time.process_time()
    for event in events:
        watch.observe(event)
    return len(events) / (time.process_time() - began)


def _bare(events: Sequence[Event]) -> float:
    """Give the events a second of durable-rules, once it is seen to find the same."""
    rulebook = workload.rulebook(only_single=True)
    bare = Bare(rulebook, workload.REGISTER, events)
    taken = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        bare.run()
        taken.append(time.process_time() - began)
    watch = Watch(rulebook, workload.REGISTER, clock=events[-1].at.last)
    for event in events:
        watch.observe(event)
    found = {(one.on, one.clause) for one in watch.findings if one.status is Status.BREACHED}
    if bare.hits != found:
        msg = f"durable-rules finds {len(bare.hits)} breaches, live {len(found)}"
        raise SystemExit(msg)
    return len(events) / min(taken)


def _by_number_of_rules(events: Sequence[Event]) -> None:
    """Print how the rate changes as rules on other kinds of event are added."""
    print("\nlive: the same events, with rules on other kinds of event added")
    print("    rules  kinds    events/s  of that at 100")
    sizes = {size: workload.rulebook(size) for size in _SIZES}
    rates: dict[int, list[float]] = {size: [] for size in _SIZES}
    for _ in range(_ROUNDS):
        for size, rulebook in sizes.items():
            rates[size].append(_rate(rulebook, events))
    first = median(rates[_SIZES[0]])
    for size, found in rates.items():
        kinds = size // workload.RULES_OF_A_SET * workload.KINDS_OF_A_SET
        print(f"{size:9,}{kinds:7,}{median(found):12,.0f}{median(found) / first:14.2f}")
    print(f"(wanted at {_SIZES[-1]:,}: {_WANTED_OF_MANY})")


if __name__ == "__main__":
    main(int(sys.argv[1].replace(",", "")) if sys.argv[1:] else _EVENTS)
