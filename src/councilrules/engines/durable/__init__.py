"""A second opinion, by durable-rules: an engine that shares nothing with the others."""

from __future__ import annotations

from councilrules.engines.durable._lending import start_early
from councilrules.engines.durable._matching import DurableMatcher, findings, incidents, matcher
from councilrules.engines.durable._process import Process
from councilrules.engines.durable._replaying import replayed
from councilrules.engines.durable._versions import is_installed, version

__all__ = [
    "DurableMatcher",
    "Process",
    "findings",
    "incidents",
    "is_installed",
    "matcher",
    "replayed",
    "start",
    "start_early",
    "version",
]


def start() -> Process:
    """Start a process before anything is known, so that it is ready when it is.

    Raises:
        EngineError: When durable-rules is not installed, or cannot be started.
    """
    process = Process()
    process.start()
    return process
