from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from councilrules import __version__
from councilrules.rulebooks import shipped_folder

if TYPE_CHECKING:
    from tests.cli.conftest import CouncilRules

COMMANDS = ("assess", "test", "explain", "lint", "coverage", "mutate", "trace", "vocabulary")
STANDING = shipped_folder() / "twywell" / "scenarios" / "4.1.yaml"
UNSETTLED = (
    Path(__file__).parents[2]
    / "examples"
    / "stories"
    / "a-councillor-reads-papers-on-land-of-their-own.yaml"
)


# --- all of them --------------------------------------------------------------------


def test_help_lists_every_command(councilrules: CouncilRules) -> None:
    ended = councilrules("--help")

    assert ended.status == 0
    assert all(f"\n  {name} " in ended.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_can_print_json(
    councilrules: CouncilRules, name: str
) -> None:
    ended = councilrules(name, "--help")

    assert ended.status == 0
    assert "--json" in ended.out


def test_the_version_is_told(councilrules: CouncilRules) -> None:
    assert councilrules("--version").out == f"councilrules, version {__version__}\n"


def test_an_unknown_command_is_a_fault_of_the_command_line(councilrules: CouncilRules) -> None:
    ended = councilrules("asess")

    assert ended.status == 2
    assert "asess" in ended.err


# --- test ---------------------------------------------------------------------------


def test_scenarios_that_are_as_expected_end_with_0(
    councilrules: CouncilRules, scenario: Path
) -> None:
    ended = councilrules("test", scenario)

    assert ended.status == 0
    assert ended.out == "1 of 1 scenarios are as expected (1 state an expectation)\n"


def test_a_surplus_finding_fails_a_scenario(councilrules: CouncilRules, scenario: Path) -> None:
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text.replace("[{ann: breached, on: e1}]", "[]"), encoding="utf-8")

    ended = councilrules("test", scenario)

    assert ended.status == 1
    assert "FAILED" in ended.out
    assert "expected nothing more, found ann: breached, on e1" in ended.out
    assert "0 of 1 scenarios are as expected" in ended.out


def test_the_json_of_a_test_lists_each_scenario_with_its_mismatches(
    councilrules: CouncilRules, scenario: Path
) -> None:
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text.replace("ann: breached", "ann: excused"), encoding="utf-8")

    ended = councilrules("test", "--json", scenario)

    assert ended.status == 1
    made = json.loads(ended.out)
    assert (made["passed"], made["failed"]) == (0, 1)
    (told,) = made["scenarios"]
    assert told["name"] == "papers on the valuation"
    assert told["file"] == str(scenario)
    assert "expected ann: excused, on e1, found ann: breached" in told["mismatches"][0]


# --- explain ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "clause", ["2.6", "2.6/inspected", "langport/2.6", "langport/2.6/inspected"]
)
def test_a_clause_may_be_named_with_its_rule_and_its_rulebook(
    councilrules: CouncilRules, scenario: Path, clause: str
) -> None:
    ended = councilrules("explain", scenario, clause)

    assert ended.status == 0
    assert "Clause 2.6" in ended.out
    assert "e1" in ended.out


def test_the_json_of_an_explanation_has_the_finding_and_its_tree(
    councilrules: CouncilRules, scenario: Path
) -> None:
    (told,) = json.loads(councilrules("explain", "--json", scenario, "2.6").out)

    assert told["finding"]["bearer"] == "ann"
    assert told["because"]["truth"] == "true"
    assert told["because"]["parts"]


def test_an_explanation_says_what_would_have_turned_the_finding(
    councilrules: CouncilRules, scenario: Path
) -> None:
    ended = councilrules("explain", scenario, "2.6")
    (told,) = json.loads(councilrules("explain", "--json", scenario, "2.6").out)

    assert "What would have turned it" in ended.out
    first = told["turned_by"][0]
    assert " ".join(ended.out.split()).count(first["says"]) == 1
    assert first["says"].startswith(f"Had {first['changes'][0]}, it would be ")
    assert first["status"] is None
    assert told["answers"] == []


def test_an_explanation_says_what_each_answer_would_lead_to(councilrules: CouncilRules) -> None:
    ended = councilrules("explain", UNSETTLED, "2.6", "--on", "e4")
    (told,) = json.loads(councilrules("explain", "--json", UNSETTLED, "2.6", "--on", "e4").out)

    assert "What each answer would lead to" in ended.out
    assert "What would have turned it" not in ended.out
    [question] = told["answers"]
    assert question["settles"] == 1
    for one in question["leads_to"]:
        assert one["says"] in " ".join(ended.out.split())


@pytest.mark.parametrize(("option", "value"), [("--on", "e3"), ("--bearer", "bob")])
def test_a_finding_that_is_not_there_cannot_be_explained(
    councilrules: CouncilRules, scenario: Path, option: str, value: str
) -> None:
    ended = councilrules("explain", scenario, "2.6", option, value)

    assert ended.status == 2
    assert (
        f"there is no finding under `2.6` {option.removeprefix('--').replace('bearer', 'about')} `{value}`"
        in ended.err
    )
    assert "[no-such-finding]" in ended.err


def test_a_standing_duty_is_explained_too(councilrules: CouncilRules) -> None:
    ended = councilrules("explain", STANDING, "4.1")

    assert ended.status == 0
    assert "Clause 4.1" in ended.out
    told = json.loads(councilrules("explain", "--json", STANDING, "4.1").out)
    assert {one["finding"]["bearer"] for one in told} == {"council"}
    assert all(one["because"]["truth"] for one in told)


# --- lint ---------------------------------------------------------------------------


def test_the_rulebooks_that_are_shipped_have_no_fault(councilrules: CouncilRules) -> None:
    ended = councilrules("lint")

    assert ended.status == 0
    assert "langport: 61 clauses" in ended.out
    assert "twywell: 43 clauses" in ended.out


def test_the_json_of_lint_gives_each_fault_its_place_and_remedy(councilrules: CouncilRules) -> None:
    ended = councilrules("lint", "--json", "langprot")

    assert ended.status == 2
    assert json.loads(ended.out) == {
        "problems": [
            {
                "check": "unknown-rulebook",
                "file": "langprot",
                "line": 0,
                "column": 0,
                "what": "there is no rulebook `langprot`",
                "remedy": "did you mean `langport`?",
            }
        ]
    }


def test_lint_tells_of_all_rulebooks_named(councilrules: CouncilRules) -> None:
    ended = councilrules("lint", "nowhere", "langport", "x" * 300)

    assert ended.status == 2
    assert ended.out.startswith("langport: ")
    assert ended.err.count("[unknown-rulebook]") == 2


# --- coverage -----------------------------------------------------------------------


def test_every_norm_has_a_rule_and_every_status_a_scenario(councilrules: CouncilRules) -> None:
    ended = councilrules("coverage", "twywell", "--json")

    (made,) = json.loads(ended.out)["rulebooks"]
    assert ended.status == (0 if made["complete"] else 1)
    assert len(made["clauses"]) == 43
    assert all(rule["missing"] == [] for rule in made["rules"])


def test_a_status_that_no_scenario_reaches_ends_coverage_with_1(
    councilrules: CouncilRules, scenario: Path
) -> None:
    ended = councilrules("coverage", "langport", "--scenarios", scenario, "--missing")

    assert ended.status == 1
    assert "2.6/inspected: no scenario is breached" not in ended.out
    assert "2.6/inspected: no scenario is undetermined" in ended.out


# --- trace --------------------------------------------------------------------------


def test_a_protocol_is_traced_against_a_file(councilrules: CouncilRules, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("1.1 Something else altogether.\n", encoding="utf-8")

    ended = councilrules("trace", "twywell", "--protocol", tmp_path / "text.txt", "--json")

    assert ended.status == 1
    made = json.loads(ended.out)
    assert made["rulebook"] == "twywell"
    assert not made["unchanged"]
    assert {one["outcome"] for one in made["clauses"]} == {"removed"}
    assert made["clauses"][0].keys() >= {"clause", "outcome", "line", "text", "means"}


def test_a_trace_without_a_text_says_how_to_name_one(councilrules: CouncilRules) -> None:
    ended = councilrules("trace", "twywell")

    assert ended.status == 2
    assert "--protocol FILE" in ended.err


def test_a_text_that_is_not_there_cannot_be_traced(councilrules: CouncilRules) -> None:
    ended = councilrules("trace", "twywell", "--protocol", "nowhere.txt")

    assert ended.status == 2
    assert ended.err.startswith("nowhere.txt: there is no such file [missing-file]")


def test_the_fingerprint_of_a_text_is_printed_alone(councilrules: CouncilRules) -> None:
    ended = councilrules("trace", "--fingerprint", "A text  of five words.")

    assert ended.status == 0
    assert ended.out == councilrules("trace", "--fingerprint", "A text of five words.").out
    assert ended.out.strip().endswith("-5")


# --- vocabulary ---------------------------------------------------------------------


def test_the_vocabulary_lists_events_by_theme(councilrules: CouncilRules) -> None:
    ended = councilrules("vocabulary")

    assert ended.status == 0
    assert "\npapers\n" in ended.out
    assert "document-refused" in ended.out


def test_an_event_is_shown_with_its_fields(councilrules: CouncilRules) -> None:
    ended = councilrules("vocabulary", "document-refused")

    assert "needed-for-duties" in ended.out
    assert "instruction-given" not in ended.out


def test_the_questions_are_listed(councilrules: CouncilRules) -> None:
    assert "bullying" in councilrules("vocabulary", "--questions").out


def test_the_json_of_the_vocabulary_has_events_fields_and_questions(
    councilrules: CouncilRules,
) -> None:
    made = json.loads(councilrules("vocabulary", "document-refused", "--json").out)

    (event,) = made["events"]
    assert event["name"] == "document-refused"
    assert "document" in {field["name"] for field in event["fields"]}
    assert made["questions"]


def test_a_word_in_no_event_is_told_with_the_nearest(councilrules: CouncilRules) -> None:
    ended = councilrules("vocabulary", "document-refusd")

    assert ended.status == 2
    assert "did you mean `document-refused`?" in ended.err
