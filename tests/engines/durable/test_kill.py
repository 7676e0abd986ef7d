"""The process is killed at random moments, and the findings are those of the reference."""

from __future__ import annotations

import os
import random
import signal
import threading
from contextlib import suppress

import pytest
from benchmarks import council

from councilrules import load_rulebook, reference
from councilrules.engines import durable
from councilrules.history import History

FEW = 1_000


class Killer(threading.Thread):
    """Kills a process now and then, until it is told to stop."""

    def __init__(self, process: durable.Process, longest: float) -> None:
        super().__init__(daemon=True)
        self.kills = 0
        self._process = process
        self._longest = longest
        self._moments = random.Random(7)  # noqa: S311 - moments to kill at
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(self._moments.uniform(0.1, self._longest)):
            running = self._process._running  # noqa: SLF001 - to be killed
            if running is not None and running.poll() is None:
                with suppress(ProcessLookupError):
                    os.kill(running.pid, signal.SIGKILL)
                    self.kills += 1

    def stop(self) -> None:
        self._over.set()
        self.join()


@pytest.mark.parametrize(("number", "longest"), [(400, 0.5), (10_000, 8)])
def test_killed_at_random_moments_it_finds_the_same(
    number: int, longest: float, request: pytest.FixtureRequest
) -> None:
    if number > FEW and not request.config.getoption("--deep"):
        pytest.skip("a long run, for `--deep`")
    rulebook, register = load_rulebook("langport"), council.register(number // 10)
    events = council.history(number)
    history = History(events=tuple(events), as_of=max(one.at.last for one in events))

    with durable.Process(restarts=50) as process:
        killer = Killer(process, longest)
        killer.start()
        found = durable.findings(rulebook, register, history, None, process)
        killer.stop()

    assert found == reference.found(rulebook, register, history).findings
    assert killer.kills
    assert len(process.incidents) in {killer.kills - 1, killer.kills}
