"""The scenarios that are shipped, read and assessed once in a process for all who look at them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zlib import crc32

from hypothesis import settings

from councilrules import Assessment, Rulebook, Scenario, assess, load_scenarios
from councilrules.rulebooks import shipped_folder

RULES = shipped_folder()
SCENARIOS = sorted(RULES.glob("*/scenarios/*.yaml"))
BOOKS: dict[str, Rulebook] = {}
GENERATED = ("-deciding", "-faults")
"""How the files end that hold what was searched for, and not written by hand."""


@cache
def loaded(path: Path) -> tuple[Scenario, ...]:
    """Read a file of scenarios; those of the same rulebook share it."""
    return load_scenarios(path, BOOKS)


@cache
def assessed(path: Path) -> tuple[tuple[Scenario, tuple[Assessment, ...]], ...]:
    """Assess the scenarios of a file with each rulebook that they name.

    Those of every run are assessed with durable-rules and compared, as `assess` does if it
    is not told otherwise, and the others as the reference does.
    """
    is_long = settings().max_examples > 1000
    return tuple(
        (
            scenario,
            tuple(
                assess(
                    one.rulebook,
                    scenario,
                    engine="both" if is_long or is_in_every_run(path, scenario) else "reference",
                )
                for one in scenario.rulebooks
            ),
        )
        for scenario in loaded(path)
    )


def of_rulebook(name: str) -> list[Path]:
    """Give the files beside a shipped rulebook."""
    return [path for path in SCENARIOS if path.parents[1].name == name]


def is_in_every_run(path: Path, scenario: Scenario) -> bool:
    """Tell whether a scenario is for every run: if written by hand, or else one in three.

    Which ones depends on the name of the file and of the scenario alone, so that what is
    looked at stays the same whatever changes in the code. `--deep` looks at all of them.
    """
    is_by_hand = not path.stem.endswith(GENERATED)
    return is_by_hand or crc32(f"{path.stem}: {scenario.name}".encode()) % 3 == 0
