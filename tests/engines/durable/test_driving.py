"""Driving the engine itself fires what its own host fires, in the same order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from councilrules import load_scenarios
from councilrules.engines import durable

CONFORMANCE = sorted((Path(__file__).parents[3] / "tests" / "conformance").glob("*.yaml"))
FIRED = """
import json, sys
from importlib import import_module
from councilrules.engines.durable import _child
batches, answers = sys.stdin.read(), []
for made in (_child.Hosting, _child.Driving):
    answers.append([])
    hosting = made(import_module("durable.engine"), answers[-1])
    for batch in json.loads(batches):
        for command in json.loads(batch):
            hosting.carry_out(command)
print(json.dumps(answers))
"""


@pytest.mark.parametrize("path", CONFORMANCE[:4], ids=lambda path: path.stem)
def test_the_same_fires(path: Path, tmp_path: Path) -> None:
    with durable.start() as process:
        process.recorded = []
        # No more than one process takes, since what is recorded does not say that it ended.
        for scenario in load_scenarios(path)[:10]:
            for named in scenario.rulebooks:
                durable.findings(named.rulebook, scenario.register, scenario.history, None, process)
    kept = tmp_path / "batches.json"
    kept.write_text(json.dumps(process.recorded), encoding="utf-8")

    # In a process of its own, which durable-rules may take down with it.
    with kept.open() as batches:
        ran = subprocess.run(
            [sys.executable, "-c", FIRED], stdin=batches, capture_output=True, check=True
        )

    hosted, driven = json.loads(ran.stdout)
    assert driven == hosted
    assert hosted
