"""What would have turned a finding: in which words, how few facts, and when nothing would."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from councilrules import (
    Status,
    assess,
    least_changes,
    load_scenario,
    load_scenarios,
    turning,
)
from councilrules.counterfactuals._seen import World
from councilrules.counterfactuals._trying import Trying
from councilrules.counterfactuals.facts import naming
from councilrules.counterfactuals.listing import considered

if TYPE_CHECKING:
    from councilrules import Finding, Rulebook, Scenario
    from councilrules.counterfactuals.changes import Change

STORIES = Path(__file__).parents[2] / "examples" / "stories"
PEOPLE = """
rulebooks: [{langport: {in_force: {since: 2015-01-01}}}]
proof: established
as_of: 2025-06-30
register:
  people:
    ann: {holds: councillor, since: 2023-05-08}
    bob: {holds: councillor, since: 2023-05-08}
    cleo: {holds: clerk, since: 2020-01-01}
    dev: {holds: officer, since: 2021-01-01}
    fay: {holds: nothing}
  papers: {valuation: {matter: land-sale, marked: none, held-by: council}}
  interests: [{of: ann, in: land-sale, kind: pecuniary, since: 2024-01-01}]
  decisions: []
  delegations: []
"""
TURNED: dict[Status, set[Status | None]] = {
    Status.BREACHED: {Status.MET, Status.EXCUSED, None},
    Status.MET: {Status.BREACHED},
    Status.EXCUSED: {Status.BREACHED},
    Status.OPEN: {Status.MET, Status.BREACHED},
}


def read(tmp_path: Path, events: str, more: str = "") -> tuple[Rulebook, Scenario]:
    path = tmp_path / "one.yaml"
    path.write_text(f"{PEOPLE}{more}events:\n{events}", encoding="utf-8")
    scenario = load_scenario(path)
    return scenario.rulebooks[0].rulebook, scenario


def story(name: str, rulebook: str = "langport") -> tuple[Rulebook, Scenario]:
    scenario = load_scenario(STORIES / f"{name}.yaml")
    named = (one.rulebook for one in scenario.rulebooks)
    return next(one for one in named if one.id == rulebook), scenario


def one_finding(of: tuple[Rulebook, Scenario], clause: str, on: str) -> Finding:
    found = assess(*of, engine="reference").findings
    return next(one for one in found if (one.clause, one.on) == (clause, on))


def said(of: tuple[Rulebook, Scenario], clause: str, on: str, shown: int = 3) -> list[str]:
    return [one.says for one in least_changes(one_finding(of, clause, on), *of, shown=shown)]


def listed(finding: Finding, rulebook: Rulebook, scenario: Scenario) -> tuple[Change, ...]:
    named = naming(scenario, rulebook)
    trying = Trying(finding=finding, rule=rulebook.rule(finding.clause, finding.rule))
    case = trying.on(named).case
    assert case is not None
    return considered(World(cases=trying.cases(named), scenario=named, rule=trying.rule, case=case))


# --- in words --------------------------------------------------------------------------


def test_an_interest_would_have_had_to_be_declared_to_the_clerk_before_the_work() -> None:
    told = said(story("an-officer-works-on-her-brothers-tender"), "3.3", "e4")

    assert told[:2] == [
        "Had Dot declared to Cleo an interest in the play area before 18 March 2025, it would be met.",
        "Had Dot declared to Cleo an interest in the play area (e5) before 18 March 2025, it would be met.",
    ]


def test_an_answer_that_came_late_would_have_had_to_come_by_the_day_it_was_due() -> None:
    told = said(story("an-enquiry-is-not-answered"), "4B(b)", "e5")

    assert told == [
        "Had Cleo answered Fay by the end of 31 March 2025, it would be met.",
        "Had Cleo answered Fay (e6) by the end of 31 March 2025, it would be met.",
        "Had the council allowed 15 working days for it, it would be met.",
    ]


def test_who_did_not_know_would_not_have_breached_what_asks_for_knowledge() -> None:
    told = said(story("a-councillor-reads-papers-on-land-of-their-own"), "2.6", "e1", shown=9)

    asked = "Did Ann know that the document “valuation” related to a matter in which they have an interest?"
    assert f"Had the answer to “{asked}” (e1) been “no”, it would be no breach." in told


def test_an_instruction_would_be_excused_by_authority_for_that_person_and_subject() -> None:
    told = said(story("a-councillor-instructs-the-caretaker"), "2.3", "e4")

    assert told[0] == (
        "Had the council authorised Ann to do this over Cleo on the notice board "
        "before 10 March 2025 at 11:00, it would be excused (authorised)."
    )


def test_what_is_still_open_can_be_met_and_can_be_breached() -> None:
    told = said(story("an-enquiry-is-not-answered"), "4B(b)", "e9")

    assert told == [
        "Should Cleo answer Fay by the end of 6 May 2025, it would be met.",
        "Should Cleo not answer Fay by the end of 6 May 2025, it would be a breach.",
    ]


def test_what_was_met_would_have_been_a_breach_without_what_met_it() -> None:
    told = said(story("an-officer-works-on-her-brothers-tender"), "3.3", "e2")

    assert (
        told[0]
        == "Had Dev not declared to Cleo an interest in the play area (e1), it would be a breach."
    )


def test_a_breach_that_would_rest_on_allegations_is_one_if_proved(tmp_path: Path) -> None:
    of = read(
        tmp_path,
        "  - {id: e1, at: 2025-03-03, event: discussion-held, by: ann, with: dev, topic: fete}\n"
        "  - {id: e2, at: 2025-03-04, event: challenge-made, by: ann, to: dev, topic: fete, where: public-meeting, answers: {inappropriate-level: yes}, proof: alleged}\n",
    )

    assert said(of, "4D(a)", "e2")[0].endswith("it would be a breach if proved.")


def test_a_council_without_a_procedure_would_have_needed_one_from_that_day() -> None:
    of = story("a-council-without-a-grievance-procedure", "twywell")
    [finding] = [
        one
        for one in assess(*of, engine="reference").findings
        if one.clause == "4.1" and one.status is Status.BREACHED
    ][:1]

    [first, *_] = least_changes(finding, *of)

    assert first.status is Status.MET
    assert first.says.startswith("Had the council had a grievance procedure from ")


# --- how few ---------------------------------------------------------------------------


def test_of_two_answers_both_have_to_fall_away(tmp_path: Path) -> None:
    of = read(
        tmp_path,
        "  - {id: e1, at: 2025-03-04, event: information-withheld, by: dev, to: ann, subject: fete, ground: data-protection, ground-accepted: yes, answers: {lawful-ground: yes, relevant-to-needs: yes}}\n",
    )
    finding = one_finding(of, "4B(d)", "e1")

    changes = least_changes(finding, *of)

    assert finding.status is Status.EXCUSED
    assert [len(one.changes) for one in changes] == [2]
    assert changes[0].says == (
        "Had the answer to “Is it accepted that the ground Dev named applied?” (e1) been “no” and had "
        "a named person answered “no” to “Was the ground that Dev named a lawful ground for "
        "withholding the information?” (e1), it would be a breach."
    )
    assert least_changes(finding, *of, most=1) == ()


def test_of_two_procedures_that_each_would_do_both_have_to_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(
        "rulebooks: twywell\n"
        "as_of: 2025-06-30\n"
        "register:\n"
        "  procedures:\n"
        "    - {id: p1, kind: grievance, since: 2020-01-01}\n"
        "    - {id: p2, kind: [grievance, disciplinary], since: 2021-01-01}\n"
        "events: []\n",
        encoding="utf-8",
    )
    scenario = load_scenario(path)
    of = scenario.rulebooks[0].rulebook, scenario
    [finding] = [one for one in assess(*of, engine="reference").findings if one.clause == "4.1"]

    [change] = least_changes(finding, *of)

    assert (finding.status, change.status) == (Status.MET, Status.BREACHED)
    assert len(change.changes) == 2


SMALL = [
    ("an-officer-works-on-her-brothers-tender", "langport"),
    ("an-enquiry-is-not-answered", "twywell"),
    ("a-councillor-reads-papers-on-land-of-their-own", "langport"),
    ("a-promise-is-released", "langport"),
    ("dissatisfaction-taken-step-by-step", "twywell"),
    ("one-councillor-is-refused-what-another-got", "langport"),
    ("a-paper-is-refused-that-2-6-keeps-closed", "langport"),
    ("an-officer-uses-the-agreed-procedure", "langport"),
    ("the-clerk-acts-on-one-members-word", "twywell"),
]


@pytest.mark.parametrize(("name", "rulebook"), SMALL, ids=[name for name, _ in SMALL])
def test_no_fewer_of_the_changes_listed_would_turn_it(name: str, rulebook: str) -> None:
    of = story(name, rulebook)
    scenario = naming(of[1], of[0])
    for finding in assess(*of, engine="reference").findings:
        if finding.status is Status.UNDETERMINED:
            continue
        found = turning(finding, *of, most=2)
        size = len(found.changes[0].changes) if found.changes else 3
        trying = Trying(finding=finding, rule=of[0].rule(finding.clause, finding.rule))
        changes = listed(finding, *of)
        for fewer in range(1, size):
            for together in combinations(changes, fewer):
                after = trying.after(scenario, together).status
                assert after not in TURNED[finding.status], [one.supposes for one in together]


def test_each_size_found_is_all_there_is_of_that_size() -> None:
    of = story("an-officer-works-on-her-brothers-tender")
    finding = one_finding(of, "3.3", "e4")
    scenario = naming(of[1], of[0])
    trying = Trying(finding=finding, rule=of[0].rule(finding.clause, finding.rule))
    alone = [
        one
        for one in listed(finding, *of)
        if trying.after(scenario, (one,)).status in TURNED[Status.BREACHED]
    ]

    found = turning(finding, *of, shown=2)

    assert found.others == len(alone) - 2
    assert len(turning(finding, *of, shown=99).changes) == len(alone)
    assert found.says == f"{found.others} other changes as small would have done so too."


@pytest.mark.parametrize("path", sorted(STORIES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_case_rests_on_no_event_that_is_left_out_of_a_long_history(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("councilrules.counterfactuals._trying._FEW", 0)
    [scenario] = load_scenarios(path)
    for rulebook in (one.rulebook for one in scenario.rulebooks):
        for finding in assess(rulebook, scenario, engine="reference").findings:
            trying = Trying(finding=finding, rule=rulebook.rule(finding.clause, finding.rule))

            focused = trying.focused(scenario)

            assert len(focused.history.events) <= len(scenario.history.events)
            assert trying.on(focused).signature == trying.on(scenario).signature
            few = turning(finding, rulebook, scenario)
            assert all(one.status in TURNED[finding.status] for one in few.changes)


# --- none ------------------------------------------------------------------------------


def test_what_no_time_is_set_for_is_no_breach_however_late(tmp_path: Path) -> None:
    of = read(
        tmp_path,
        "  - {id: e1, at: 2025-03-03, event: query-made, by: fay, to: dev}\n"
        "  - {id: e2, at: 2025-03-03, event: response-given, by: dev, to: fay, query: e1}\n",
    )
    found = turning(one_finding(of, "4B(b)", "e1"), *of)

    assert found.changes == ()
    assert found.says == (
        "No change of up to two facts that the rule asks about would have made it a breach."
    )


def test_where_not_everything_could_be_tried_it_is_not_said_that_nothing_would_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("councilrules.counterfactuals.least.MOST_TRIED", 2)
    of = read(
        tmp_path,
        "  - {id: e1, at: 2025-03-03, event: query-made, by: fay, to: dev}\n"
        "  - {id: e2, at: 2025-03-03, event: response-given, by: dev, to: fay, query: e1}\n",
    )
    found = turning(one_finding(of, "4B(b)", "e1"), *of)

    assert not found.is_complete
    assert found.says.endswith("as far as was looked.")


def test_what_is_not_settled_is_asked_about_and_not_turned() -> None:
    of = story("a-councillor-reads-papers-on-land-of-their-own")
    found = turning(one_finding(of, "2.6", "e4"), *of)

    assert (found.changes, found.says) == ((), "")


# --- what is not considered --------------------------------------------------------------


def test_it_explains_nothing_that_the_act_did_not_happen_or_somebody_else_did_it() -> None:
    of = story("a-councillor-instructs-the-caretaker")
    finding = one_finding(of, "2.3", "e1")

    for change in listed(finding, *of):
        after = change.apply(naming(of[1], of[0]))
        event = after.history.by_id.get("e1")
        assert event is not None
        assert event.by == "ann"
        assert event.proof is of[1].history.by_id["e1"].proof
        assert after.rulebooks[0].in_force == of[1].rulebooks[0].in_force


def test_nobody_is_made_up_who_could_have_done_what_was_required(tmp_path: Path) -> None:
    of = read(
        tmp_path,
        "  - {id: e1, at: 2025-03-04T09:15, event: instruction-given, by: ann, to: dev, subject: fete}\n",
    )
    known = {*of[1].register.people}

    for change in listed(one_finding(of, "2.3", "e1"), *of):
        assert {*change.apply(of[1]).register.people} == known
