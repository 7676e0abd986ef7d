"""`councilrules mutate` shows which faults the scenarios would not notice."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest
from tests.analysis.test_mutants import read
from tests.analysis.test_mutation import INSTRUCTED, SHARED, TOLD_A_WARDEN, TOLD_SOMEBODY

from councilrules.cli._files import watched

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CouncilRules


STATES = ("killed", "equivalent", "unsayable", "survived")
DROPPED = ("--rule", "1/told", "--fault", "condition-dropped")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a rulebook with one scenario beside it."""
    found = tmp_path / "thornwick"
    read(found, INSTRUCTED)
    write(found, TOLD_A_WARDEN)
    return found


def write(folder: Path, *scenarios: str) -> None:
    (folder / "scenarios").mkdir(exist_ok=True)
    text = SHARED.replace("rulebooks: thornwick", "rulebooks: ..") + "".join(scenarios)
    (folder / "scenarios" / "told.yaml").write_text(text, encoding="utf-8")


def test_a_fault_that_survives_is_told_with_its_place_and_ends_with_1(
    councilrules: CouncilRules, folder: Path
) -> None:
    ended = councilrules("mutate", folder, *DROPPED, "--fast")

    assert ended.status == 1
    told, of_clause, whole = ended.out.splitlines()
    assert told == (
        f"{folder}/rules.yaml:7:7: 1/told: it is no longer asked whether somebody who "
        "was then a warden was told [condition-dropped]"
    )
    counts = "1 mutants, 0 killed, 0 equivalent, 0 unsayable, 1 survived"
    assert of_clause == f"thornwick/1: {counts}"
    assert whole == f"thornwick: {counts}; score 0.000"


def test_where_every_fault_is_noticed_it_ends_with_0(
    councilrules: CouncilRules, folder: Path
) -> None:
    write(folder, TOLD_A_WARDEN, TOLD_SOMEBODY)

    ended = councilrules("mutate", folder, *DROPPED)

    assert ended.status == 0
    assert ended.out.endswith(
        "thornwick: 1 mutants, 1 killed, 0 equivalent, 0 unsayable, 0 survived; score 1.000\n"
    )


def test_scenarios_that_are_named_are_taken_in_place_of_the_rulebooks_own(
    councilrules: CouncilRules, folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "more.yaml"
    text = SHARED.replace("rulebooks: thornwick", f"rulebooks: {folder}") + TOLD_SOMEBODY
    elsewhere.write_text(text, encoding="utf-8")

    assert councilrules("mutate", folder, *DROPPED, "--scenarios", elsewhere).status == 0


def test_what_became_of_the_mutants_is_printed_as_json(
    councilrules: CouncilRules, folder: Path
) -> None:
    ended = councilrules("mutate", folder, "--rule", "1", "--json", "--fast")

    assert ended.status == 1
    (made,) = json.loads(ended.out)["rulebooks"]
    assert made["rulebook"] == "thornwick"
    assert made["mutants"] == sum(made[key] for key in STATES)
    assert made["score"] == round(made["killed"] / made["mutants"], 4)
    assert made["clauses"] == [{"clause": "1"} | {key: made[key] for key in ("mutants", *STATES)}]
    assert len(made["survivors"]) == made["survived"]
    (dropped,) = (one for one in made["survivors"] if one["fault"] == "condition-dropped")
    assert dropped == {
        "clause": "1",
        "rule": "told",
        "fault": "condition-dropped",
        "says": "it is no longer asked whether somebody who was then a warden was told",
        "file": str(folder / "rules.yaml"),
        "line": 7,
        "missing": None,
    }


def test_the_missing_scenarios_are_printed_and_saved_over_nothing(
    councilrules: CouncilRules, folder: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "saved"

    ended = councilrules("mutate", folder, *DROPPED, "--save", saved)
    councilrules("mutate", folder, *DROPPED, "--save", saved)

    assert "\ntitle: There is no finding; it would be excused if, by mistake," in ended.out
    assert sorted(path.name for path in saved.iterdir()) == ["1-faults-2.yaml", "1-faults.yaml"]


def test_a_saved_scenario_would_have_noticed_the_fault(
    councilrules: CouncilRules, folder: Path, tmp_path: Path
) -> None:
    councilrules("mutate", folder, *DROPPED, "--save", tmp_path / "saved")

    assert councilrules("mutate", folder, *DROPPED, "--scenarios", tmp_path / "saved").status == 0


@pytest.mark.parametrize(
    ("arguments", "what", "remedy"),
    [
        (("--rule", "1/tolt"), "there is no rule `1/tolt`", "did you mean `1/told`?"),
        (("--fault", "condition-droped"), "no rule can have a fault `condition-droped`", "did you mean `condition-dropped`?"),
        (("--fault", "nonsense"), "no rule can have a fault `nonsense`", "it is one of authority-widened, "),
    ],
)  # fmt: skip
def test_a_rule_or_a_fault_that_there_is_not_is_refused(
    councilrules: CouncilRules, folder: Path, arguments: tuple[str, ...], what: str, remedy: str
) -> None:
    ended = councilrules("mutate", folder, *arguments)

    assert ended.status == 2
    assert f"{what} [no-such-mutant]" in ended.err
    assert remedy in ended.err
    assert not ended.out


def test_a_fault_that_a_rule_cannot_have_is_refused(
    councilrules: CouncilRules, tmp_path: Path
) -> None:
    other = INSTRUCTED.replace("id: told", "id: judged") + "judge: bullying\n"
    read(tmp_path / "thornwick", INSTRUCTED, other)

    ended = councilrules(
        "mutate", tmp_path / "thornwick", "--rule", "1/told", "--fault", "question-dropped"
    )

    assert ended.status == 2
    assert "`1/told` cannot have a fault `question-dropped` [no-such-mutant]" in ended.err


def test_a_scenario_that_fails_already_is_refused(councilrules: CouncilRules, folder: Path) -> None:
    write(folder, TOLD_A_WARDEN.replace("breached", "met"))

    ended = councilrules("mutate", folder)

    assert ended.status == 2
    assert "[fails-already]" in ended.err


def test_the_progress_is_shown_on_a_terminal_while_it_is_not_known_what_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    seconds = iter(range(100))
    terminal = Terminal()
    monkeypatch.setattr("time.monotonic", lambda: next(seconds) * 2)
    monkeypatch.setattr(sys, "stderr", terminal)

    assert list(watched(iter("abc"), "Mutating", 3)) == ["a", "b", "c"]
    assert "Mutating" in terminal.getvalue()
