"""The same batches once more, in durable-rules alone, to see what it takes by itself."""

from __future__ import annotations

import json
import time
from importlib import import_module

from councilrules.engines.durable._child import Hosting


def replayed(recorded: list[str]) -> tuple[float, int]:
    """Carry out batches in this process; give the seconds and how often something fired.

    It may take this process down with it, as durable-rules does.

    Args:
        recorded: What a `Process` recorded.
    """
    fired: list[list[int]] = []
    hosting = Hosting(import_module("durable.engine"), fired)
    batches = [json.loads(batch) for batch in recorded]
    began = time.perf_counter()
    for batch in batches:
        for command in batch:
            hosting.carry_out(command)
    return time.perf_counter() - began, len(fired)
