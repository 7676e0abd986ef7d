"""How long it takes to start, against an empty interpreter: `python -m benchmarks.startup [SCENARIO]`."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROUNDS = 15
_EXAMPLE = (
    Path(__file__).parents[1]
    / "examples/stories/a-confidential-paper-is-shown-to-a-fellow-councillor.yaml"
)
_LIMITS = {"import": "8 x", "--help": "8 x", "assess": "0.5 s"}


def main(scenario: str) -> None:
    """Print the processor and the wall time of each way to start, the best of several."""
    command = ("-m", "councilrules")
    ways = {
        "empty": ("-c", "pass"),
        "import": ("-c", "import councilrules"),
        "--help": (*command, "--help"),
        "assess": (*command, "assess", scenario),
    }
    best = _best(ways)
    empty = best["empty"]
    print("           processor          wall")
    for name, (used, waited) in best.items():
        ratios = f"{used / empty[0]:5.1f} x {waited:8.3f} s {waited / empty[1]:5.1f} x"
        limit = f"   limit {_LIMITS[name]}" if name in _LIMITS else ""
        print(f"{name:8}{used:8.3f} s {ratios}{limit}")


def _best(ways: dict[str, tuple[str, ...]]) -> dict[str, tuple[float, float]]:
    """Give for each way the least processor and wall time, its rounds taken in turn.

    The first round is not counted: it writes the compiled modules, which an installed
    package brings along.
    """
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(1 + _ROUNDS):
            for name, arguments in ways.items():
                found[name].append(_taken(arguments, environment))
    counted = {name: rounds[1:] for name, rounds in found.items()}
    return {
        name: (min(used for used, _ in rounds), min(waited for _, waited in rounds))
        for name, rounds in counted.items()
    }


def _taken(arguments: tuple[str, ...], environment: dict[str, str]) -> tuple[float, float]:
    """Run an interpreter, and give its processor time and how long one waits for it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, check=False
    )
    waited = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode > 1:
        sys.exit(done.stderr.decode())
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, waited


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(_EXAMPLE))
