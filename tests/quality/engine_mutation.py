"""Changes the definition and the plans a little, and tells what change no test notices.

Run it from the top of the repository, as `docs/engine-mutation.md` says:

    python -m tests.quality.engine_mutation

It is no part of the suite: it needs mutmut, and ten minutes or so.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from itertools import groupby
from textwrap import indent

from tests.quality.mutants import WORK, Key, Mutant, prepared
from tests.quality.survivors import Survivor, survivors

KEPT = WORK.with_suffix(".json")
"""What became of each mutant the last time."""
LEAST = 0.9
TESTS = (
    "tests/test_truth.py",
    "tests/test_verdicts.py",
    "tests/engines/test_plans.py",
    "tests/reference/test_counterexamples.py",
    "tests/reference/test_cases.py",
    "tests/reference/test_found.py",
    "tests/reference/test_index.py",
    "tests/test_conformance.py",
    # It assesses every scenario once more, to find something out about the scenarios.
    "--deselect=tests/test_conformance.py::test_p18_the_causes_of_wants_are_those_seven",
    "tests/test_third_protocol.py",
    "tests/test_watching.py",
    "tests/agreement/test_engines.py::test_an_engine_finds_what_the_reference_finds",
)
"""Those that tell most for the time they take: on a survivor every one of them is tried."""
OUTCOMES = ("killed", "hung", "survived", "not reached")
KILLED = {"killed", "hung"}

Tried = dict[Key, str]


def main() -> int:
    """Try the mutants, and say what became of them; give 1 if too few are killed."""
    options = _options()
    before = _kept() if options.again else {}
    mutants = [one for one in prepared() if fnmatch(f"{one.module} {one.function}", options.only)]
    asked = [one for one in mutants if before.get(one.key) not in KILLED]
    tried = {one.key: before[one.key] for one in mutants if before.get(one.key) in KILLED}
    tried |= _tried(asked, options)
    KEPT.write_text(json.dumps([[*key, outcome] for key, outcome in tried.items()], indent=1))
    told = (*_table(mutants, tried), "", *_listed(mutants, tried))
    sys.stdout.write("\n".join(("", *told, "")))
    return 0 if _score([tried[one.key] for one in mutants]) >= LEAST else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Change the definition and the plans a little, and tell what no test notices."
    )
    parser.add_argument("--jobs", type=int, default=1, help="how many mutants to try at once")
    parser.add_argument(
        "--only", default="*", help="a pattern of modules and functions, such as `truth.py *`"
    )
    parser.add_argument(
        "--again", action="store_true", help="try only what was not killed the last time"
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=math.inf,
        help="how long all tests of one mutant may take, the quick first",
    )
    parser.add_argument("--tests", nargs="+", default=TESTS, help="other tests than the quickest")
    return parser.parse_args()


def _kept() -> Tried:
    if not KEPT.exists():
        return {}
    found = json.loads(KEPT.read_text(encoding="utf-8"))
    return {(where, was, now): outcome for where, was, now, outcome in found}


def _tried(asked: list[Mutant], options: argparse.Namespace) -> Tried:
    """Let pytest try mutants in the copy, and read what became of them."""
    names = {one.name: one.called_in for one in asked}
    (WORK / "asked.json").write_text(json.dumps(names), encoding="utf-8")
    (WORK / "tried.json").write_text("{}", encoding="utf-8")
    run = subprocess.run(
        (
            *(sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider"),
            *("-n", "0", "-p", "tests.quality.mutating", *options.tests),
            # Nobody reads why a test fails, and to find out would take most of the time.
            *("--tb=native", "--assert=plain"),
        ),
        cwd=WORK,
        env={
            **os.environ,
            "MUTATION_JOBS": str(options.jobs),
            "MUTATION_SECONDS": str(options.seconds),
            "PYTHONPATH": f"{WORK}{os.pathsep}{WORK / 'src'}",
        },
        check=False,
    )
    found = json.loads((WORK / "tried.json").read_text(encoding="utf-8"))
    if not names.keys() <= found.keys():
        sys.exit(f"the tests ended early, with {run.returncode}")
    return {one.key: found[one.name][0] for one in asked}


def _table(mutants: list[Mutant], tried: Tried) -> Iterator[str]:
    yield f"{'module':28}" + "".join(f"{one:>13}" for one in (*OUTCOMES, "score"))
    by_module = [
        (module, [tried[one.key] for one in those])
        for module, those in groupby(mutants, lambda one: one.module)
    ]
    for module, outcomes in (*by_module, ("all", [tried[one.key] for one in mutants])):
        counted = Counter(outcomes)
        numbers = "".join(f"{counted[one]:13,}" for one in OUTCOMES)
        yield f"{module:28}{numbers}{_score(outcomes):13.3f}"


def _score(outcomes: list[str]) -> float:
    return sum(one in KILLED for one in outcomes) / max(1, len(outcomes))


def _listed(mutants: list[Mutant], tried: Tried) -> Iterator[str]:
    """Tell of each survivor why it is one, and of what the list is wrong about."""
    alive = {one.key: one for one in mutants if tried[one.key] not in KILLED}
    known = {one.key: one for one in survivors()}
    for why, those in groupby(
        (one for one in known.values() if one.key in alive), lambda one: one.why
    ):
        yield f"Survives: {why}"
        yield from (_shown(alive[one.key]) for one in those)
    unlisted = [one for key, one in alive.items() if key not in known]
    if unlisted:
        yield "Survives, and is not listed in tests/quality/survivors.yaml:"
        yield from map(_shown, unlisted)
    yield from _untrue(known.values(), {one.key for one in mutants}, tried)


def _untrue(known: Iterable[Survivor], made: set[Key], tried: Tried) -> Iterator[str]:
    for one in known:
        if one.key not in made:
            # What was not asked for is not missed.
            if any(key[0] == one.key[0] for key in made):
                yield f"Listed, but no such mutant is made any more: {one}"
        elif tried[one.key] in KILLED:
            yield f"Listed, but {tried[one.key]}: {one}"


def _shown(mutant: Mutant) -> str:
    return indent("\n".join((f"{mutant.module} {mutant.function}", *mutant.diff, "")), "  ")


if __name__ == "__main__":
    sys.exit(main())
