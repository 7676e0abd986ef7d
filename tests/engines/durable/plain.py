"""Durable-rules as it comes, each time in a process of its own, to see what it still does."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent

_BEFORE = """
import itertools, json, random, threading
from durable import engine

class Quiet(engine.Host):
    def _run(self):
        pass

hits = []

def host(*rules, catch_all=True):
    made = {f"r{n}": {"all": list(one), "run": noted} for n, one in enumerate(rules)}
    if catch_all:
        made["z"] = {"all": [{"z": {"$ex": {"type": 1}}}], "run": lambda c: None}
    return Quiet({"s": made})

def noted(c):
    hits.append(tuple(sorted((name, one["ref"]) for name, one in c._m.items())))

def say(made, *facts):
    for n, fact in enumerate(facts):
        made.assert_fact("s", {"id": f"x{n}", "ref": f"x{n}", **fact})
"""


def run(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script that has a quiet host at hand, and `hits` for what fired."""
    return subprocess.run(
        [sys.executable, "-c", _BEFORE + dedent(script)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def printed(script: str) -> str:
    """Give what such a script prints; it has to end well."""
    done = run(script)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
