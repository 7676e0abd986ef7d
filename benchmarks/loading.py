"""How long both rulebooks take to load, against parsing alone: `python -m benchmarks.loading`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import yaml

from councilrules import load_rulebook
from councilrules.rulebooks import shipped, shipped_folder

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUNDS = 15
_LIMIT = 4


def main() -> None:
    """Print how many times as long loading takes as reading the files with PyYAML's C loader."""
    parsing, loading = (_best(work) for work in (_parsed, _loaded))
    print(f"PyYAML's C loader, the same files  {parsing * 1e3:7.1f} ms")
    print(
        f"load_rulebook, both rulebooks      {loading * 1e3:7.1f} ms  {loading / parsing:.2f} x, limit {_LIMIT} x"
    )


def _parsed() -> None:
    for name in shipped():
        for path in sorted((shipped_folder() / name).glob("*.yaml")):
            with path.open("rb") as opened:
                yaml.load(opened, Loader=yaml.CSafeLoader)


def _loaded() -> None:
    for name in shipped():
        load_rulebook(name)


def _best(work: Callable[[], None]) -> float:
    """Give the least processor time of several rounds: the rest is what disturbed it."""
    taken = []
    for _ in range(_ROUNDS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


if __name__ == "__main__":
    main()
