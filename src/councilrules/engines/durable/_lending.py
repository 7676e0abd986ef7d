"""Processes that are lent out one after the other, since to start one takes time."""

from __future__ import annotations

import atexit
from threading import Lock

from councilrules.engines.durable._process import Process

_MOST_IDLE = 2
_idle: list[Process] = []
_lock = Lock()


def borrowed() -> Process:
    """Give a process that knows of nothing; it is the caller's until it is given back."""
    with _lock:
        process = _idle.pop() if _idle else Process()
    process.incidents.clear()
    process.reset()
    return process


def give_back(process: Process) -> None:
    """Keep a process for whoever needs one next, or end it if there are enough."""
    with _lock:
        if len(_idle) < _MOST_IDLE:
            _idle.append(process)
            return
    process.close()


def start_early() -> None:
    """Start a process that is lent out first, so that it is ready when it is needed.

    Raises:
        EngineError: When it cannot be started.
    """
    process = borrowed()
    process.start()
    give_back(process)


@atexit.register
def _end_all() -> None:
    with _lock:
        while _idle:
            _idle.pop().close()
