"""Memory of a watch with a horizon, as events go by: `python -m benchmarks.memory [EVENTS ...]`."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from attrs import evolve
from benchmarks import council

from councilrules import Moment, Rulebook, Watch, load_rulebook
from councilrules.events.instructions import InstructionGiven
from councilrules.events.interests import InterestDeclared, WorkDone
from councilrules.events.papers import DocumentInspected
from councilrules.events.queries import PromiseKept, PromiseMade, QueryMade, ResponseGiven
from councilrules.periods import Allowance, Tenure, calendar
from councilrules.rules import ParameterValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules import Event

_SIZES = (100_000, 1_000_000)
_PEOPLE = 400
_CIRCLES = _PEOPLE // council.PEOPLE_IN_A_CIRCLE
_HORIZON = timedelta(days=30)
_START = datetime(2025, 3, 3, 9, tzinfo=UTC)
_STEP = timedelta(minutes=20)


def events(number: int) -> Iterator[Event]:
    """Give events of which every case closes: what is asked is answered, promises are kept."""
    given = 0
    turn = 0
    while given < number:
        at = Moment(_START + turn * _STEP, _START + turn * _STEP)
        for event in _of_a_turn(turn, at):
            yield event
            given += 1
            if given == number:
                return
        turn += 1


def _of_a_turn(turn: int, at: Moment) -> Iterator[Event]:
    circle = turn % _CIRCLES
    member, worker = f"ann-{circle}", f"dan-{circle}"
    officer, matter = f"cleo-{circle}", f"matter-{circle}"
    yield QueryMade(id=f"query-{turn}", at=at, by=member, to=worker, nature="enquiry")
    due = Moment(at.first + timedelta(days=2), at.first + timedelta(days=2))
    yield PromiseMade(id=f"promise-{turn}", at=at, by=worker, to=member, due=due)
    yield InterestDeclared(id=f"declared-{turn}", at=at, by=officer, matter=matter, to="clerk")
    later = Moment(at.first + _STEP / 2, at.first + _STEP / 2)
    yield ResponseGiven(
        id=f"response-{turn}", at=later, by=worker, to=member, query=f"query-{turn}"
    )
    yield PromiseKept(id=f"kept-{turn}", at=later, by=worker, promise=f"promise-{turn}")
    yield WorkDone(id=f"work-{turn}", at=later, by=officer, matter=matter)
    yield InstructionGiven(id=f"order-{turn}", at=later, by=member, to=worker, subject="cleaning")
    yield DocumentInspected(
        id=f"read-{turn}", at=later, by=member, document=f"paper-{circle}", knowingly="yes"
    )


def rulebook() -> Rulebook:
    """Give Langport's rulebook with a week for every answer."""
    week = Allowance(
        number=7, unit="days", counting="first-day-out", calendar=calendar("england-and-wales")
    )
    value = ParameterValue(allowance=week, tenure=Tenure())
    found = load_rulebook("langport")
    parameters = {name: evolve(one, values=(value,)) for name, one in found.parameters.items()}
    return evolve(found, parameters=parameters)


def measure(number: int) -> None:
    """Print for one number of events what they took; meant for a process of its own."""
    watch = Watch(rulebook(), council.register(_PEOPLE), horizon=_HORIZON)
    began = time.process_time()
    changes = 0
    for event in events(number):
        changes += len(watch.observe(event))
    rate = number / (time.process_time() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kept = len(watch.record.by_id)
    print(f"{number:12,}{changes:12,}{kept:12,}{peak:12,.0f}{rate:12,.0f}")


def main(sizes: list[int]) -> None:
    """Measure each number of events in a process of its own."""
    print(f"Langport, {_PEOPLE} people, a horizon of {_HORIZON.days} days; every case closes")
    print("      events     changes  events kept   peak, MB    events/s", flush=True)
    for size in sizes:
        subprocess.run(
            [sys.executable, "-m", "benchmarks.memory", "measure", str(size)], check=True
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        measure(int(sys.argv[2]))
    else:
        main([int(one.replace(",", "")) for one in sys.argv[1:]] or list(_SIZES))
