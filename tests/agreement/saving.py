"""A case on which engines differ, saved as a rulebook and a scenario that can be run again."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.strategies import Drawn

from councilrules.rulebooks import writing as rulebooks
from councilrules.scenarios import Assessed, Scenario
from councilrules.scenarios import writing as scenarios


def save(case: Drawn, folder: Path) -> None:
    """Write a case into a folder, from which it can go to the conformance cases.

    What the file format has no words for is written as Python shows it.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    scenario = Scenario(
        name="engines differ",
        rulebooks=(Assessed(rulebook=case.rulebook, in_force=case.in_force),),
        register=case.register,
        history=case.history,
        examine=frozenset(clause.id for clause in case.rulebook.clauses),
    )
    try:
        if case.rulebook.id == "drawn":
            (folder / "drawn").mkdir()
            for name, text in rulebooks.written(case.rulebook).items():
                (folder / "drawn" / name).write_text(text, encoding="utf-8")
        text = scenarios.written(scenario, findings=case.found.findings)
        (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    except ValueError as error:
        (folder / "case.txt").write_text(f"{error}\n\n{case!r}\n", encoding="utf-8")
