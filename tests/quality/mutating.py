"""A plugin for pytest that tries mutants: collects once, then forks for each of them.

Loaded by `tests.quality.engine_mutation`, inside the copy whose modules mutmut has rewritten.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from itertools import accumulate
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from attrs import define, field
from hypothesis import HealthCheck, Phase, settings
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

ASKED = Path("asked.json")
"""The mutants to try, by the function that each is of."""
TRIED = Path("tried.json")
"""What became of each mutant, and by which test."""
KNOWN = Path("known.json")
"""How long each test takes, and which functions it calls."""
JOBS = int(os.environ.get("MUTATION_JOBS", "1"))
MOST_SECONDS = float(os.environ.get("MUTATION_SECONDS", "inf"))
"""How long all tests of one mutant may take: the rest of them are left out."""
HANGS_AFTER = 20
"""How many times as long as usual a test has to run before it counts as hanging."""
LEAST_SECONDS = 10
MOST_SECONDS_ASLEEP = 900
MOST_BYTES = 8 * 2**30


@define
class Trial:
    """The mutants that are being tried, and what is known of the tests.

    Attributes:
        items: The tests.
        seconds: How long each test takes, by its id.
        reached: The ids of the tests that call a function, by the function.
        kills: How often each test was the one that killed a mutant of a function.
        running: The mutant and the end of a pipe, by the process.
        tried: What became of each mutant.
    """

    items: list[pytest.Item]
    seconds: dict[str, float] = field(factory=dict)
    reached: dict[str, set[str]] = field(factory=dict)
    kills: dict[str, Counter[str]] = field(factory=dict)
    running: dict[int, tuple[str, int]] = field(factory=dict)
    tried: dict[str, tuple[str, str]] = field(factory=dict)

    def learn(self) -> None:
        """Run every test unmutated: how long it takes, and which functions it calls."""
        pid, pipe = forked(partial(measured, self.items))
        told = read(pipe)
        os.waitpid(pid, 0)
        KNOWN.write_text(told, encoding="utf-8")
        known = json.loads(told)
        if known["failed"]:
            pytest.exit(f"fails without any mutation: {', '.join(known['failed'])}", 2)
        self.seconds, reached = known["seconds"], known["reached"]
        self.reached = {name: set(tests) for name, tests in reached.items()}

    def run(self, asked: dict[str, str]) -> None:
        """Try the mutants that were asked for."""
        for place, (mutant, function) in enumerate(asked.items()):
            while len(self.running) >= JOBS:
                self.reap()
            if function not in self.reached:
                self.tried[mutant] = ("not reached", "")
                continue
            tests = self.tests_of(function)
            pid, pipe = forked(partial(tried, mutant, tests, self.seconds))
            self.running[pid] = (mutant, pipe)
            if place % 10 == 0:
                self.tell(len(asked))
        while self.running:
            self.reap()
        self.tell(len(asked))

    def tests_of(self, function: str) -> list[pytest.Item]:
        """Give the tests that call a function: first those that kill, then the quick ones."""
        kills = self.kills.setdefault(function, Counter())
        found = [item for item in self.items if item.nodeid in self.reached[function]]
        found.sort(key=lambda one: (-kills[one.nodeid], self.seconds[one.nodeid]))
        lasting = accumulate(self.seconds[item.nodeid] for item in found)
        return [item for item, end in zip(found, lasting, strict=True) if end <= MOST_SECONDS]

    def reap(self) -> None:
        """Wait until one process ends, and note what became of its mutant."""
        pid, status = os.wait()
        mutant, pipe = self.running.pop(pid)
        killer = read(pipe)
        code = os.waitstatus_to_exitcode(status)
        if code in {-signal.SIGPROF, -signal.SIGALRM}:
            self.tried[mutant] = ("hung", killer)
        elif code == 0:
            self.tried[mutant] = ("survived", "")
        elif killer or code < 0:
            self.tried[mutant] = ("killed", killer or f"signal {-code}")
            function = mutant.partition("__mutmut_")[0]
            self.kills.setdefault(function, Counter())[killer] += 1
        else:
            # No test failed: it is this plugin that did.
            pytest.exit(f"{mutant} could not be tried: its process ended with {code}", 2)

    def tell(self, number: int) -> None:
        """Say how far it has come."""
        counted = Counter(outcome for outcome, _ in self.tried.values())
        TRIED.write_text(json.dumps(self.tried, indent=1), encoding="utf-8")
        sys.stderr.write(f"\r{len(self.tried)} of {number}: {dict(counted)}")


def pytest_configure() -> None:
    """Let the tests take less long, before any of them is read."""
    # A second engine in another process would only notice what tests ought to.
    sys.modules["durable"] = None  # type: ignore[assignment]  # as the import system has it
    settings.register_profile(
        "mutation",
        max_examples=20,
        derandomize=True,
        database=None,
        deadline=None,
        # To fail is enough: nobody reads the example.
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    settings.load_profile("mutation")


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try mutants instead of running the tests."""
    trial = Trial(session.items)
    trial.learn()
    gc.freeze()
    trial.run(json.loads(ASKED.read_text(encoding="utf-8")))
    return True


def forked(act: Callable[[int], None]) -> tuple[int, int]:
    """Do something in a process of its own; give the process, and where it writes to."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid:
        os.close(theirs)
        return pid, ours
    code = 70
    try:
        os.close(ours)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        act(theirs)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        os._exit(code)


def read(pipe: int) -> str:
    """Read what a process wrote, to its end."""
    with os.fdopen(pipe, encoding="utf-8") as opened:
        return opened.read()


def fresh(items: Iterable[pytest.Item]) -> Iterable[tuple[pytest.Item, Any]]:
    """Give each test with the one after it, after forgetting what earlier ones compiled."""
    from councilrules.engines import _permitting, _plans  # noqa: PLC0415 - mutated by now

    following = [*items][1:]
    for item, after in zip(items, [*following, None], strict=True):
        _plans._kept.clear()  # noqa: SLF001 - else only the first test of a rulebook compiles it
        _permitting._kept.clear()  # noqa: SLF001 - the same
        yield item, after


def measured(items: list[pytest.Item], write: int) -> None:
    """Run the tests unmutated, and write what there is to know of them."""
    set_mutant_under_test("stats")
    seconds: dict[str, float] = {}
    reached: dict[str, list[str]] = {}
    failed: list[str] = []
    for item, after in fresh(items):
        state()._stats.clear()  # noqa: SLF001 - there is no other way to ask
        start = process_time()
        reports = runtestprotocol(item, log=False, nextitem=after)
        seconds[item.nodeid] = process_time() - start
        failed += [item.nodeid for one in reports if one.failed]
        for function in state()._stats:  # noqa: SLF001 - as above
            reached.setdefault(function, []).append(item.nodeid)
    told = json.dumps({"seconds": seconds, "reached": reached, "failed": failed})
    with os.fdopen(write, "w", encoding="utf-8") as opened:
        opened.write(told)


def tried(mutant: str, items: list[pytest.Item], seconds: dict[str, float], write: int) -> None:
    """Run the tests with a mutant until one fails; write which."""
    set_mutant_under_test(mutant)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    for item, after in fresh(items):
        limit = max(LEAST_SECONDS, HANGS_AFTER * seconds[item.nodeid])
        signal.setitimer(signal.ITIMER_PROF, limit)
        signal.setitimer(signal.ITIMER_REAL, MOST_SECONDS_ASLEEP)
        reports = runtestprotocol(item, log=False, nextitem=after)
        if any(one.failed for one in reports):
            os.write(write, item.nodeid.encode())
            raise SystemExit(1)
