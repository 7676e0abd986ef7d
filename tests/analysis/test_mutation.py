"""Scenarios are tried on mutants: what kills one, what survives, and what is missing."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from tests.analysis.test_mutants import ASKED, YIELDING, of_kind, read

from councilrules import ScenarioError, assess, load_rulebook, load_scenarios
from councilrules.analysis import _survivors
from councilrules.analysis._survivors import apart, is_provable, made
from councilrules.analysis._trials import Faulty, affected, trials_of
from councilrules.analysis.mutants import Mutant, mutants
from councilrules.analysis.mutation import Outcome, outcomes, run
from councilrules.analysis.searching import UnsettledError
from councilrules.analysis.witnesses import telling_apart
from councilrules.expecting import mismatches
from councilrules.rulebooks import shipped_folder
from councilrules.scenarios import writing

if TYPE_CHECKING:
    from pathlib import Path

    from councilrules import Rulebook, Scenario
    from councilrules.analysis._trials import Trial

INSTRUCTED = """\
id: told
bearer: {by: trustee}
must_not: {event: instruction-given, to: warden}
unless:
  authorised: {authorised: {who: by, over: to, subject: subject, under: under}}
"""
SHARED = """\
rulebooks: thornwick
as_of: 2025-06-30
proof: established
register:
  people:
    ann: {holds: trustee, since: 2020-01-01}
    eve: {holds: warden, since: 2020-01-01}
    kim: {holds: nothing}
  papers: {survey: {matter: meadow, held-by: council}}
  interests: [{of: ann, in: meadow, kind: personal, since: 2020-01-01}]
  decisions: []
  delegations: []
scenarios:
"""
TOLD_A_WARDEN = """\
  - name: A trustee who tells a warden what to do is in breach
    events: [{id: e1, at: 2025-03-04, event: instruction-given, by: ann, to: eve, subject: paths}]
    expect: {thornwick/1: [{ann: breached, on: e1}]}
"""
TOLD_SOMEBODY = """\
  - name: Somebody who is no warden may be told anything
    events: [{id: e1, at: 2025-03-04, event: instruction-given, by: ann, to: kim, subject: paths}]
    expect: {thornwick/1: []}
"""
REFUSED = """\
  - name: Whoever refuses what another clause forbids is excused by that clause
    events: [{id: e1, at: 2025-03-04, event: document-refused, by: eve, to: ann, document: survey}]
    expect: {thornwick/2: [{eve: excused, on: e1, by: barred-by-3}]}
"""
PROMISED = """\
  - name: A promise that is kept a day late is broken
    parameters: {reply: {working-days: 2}}
    events:
      - {id: e1, at: 2025-03-03, event: promise-made, by: eve, to: ann, due: none}
      - {id: e2, at: 2025-03-06, event: promise-kept, by: eve, promise: e1}
    expect: {thornwick/1: [{ann: breached, on: e1, late: 1}]}
"""


def written(folder: Path, *scenarios: str) -> tuple[Scenario, ...]:
    """Load scenarios of the rulebook in a folder of that name."""
    (folder / "scenarios.yaml").write_text(SHARED + "".join(scenarios), encoding="utf-8")
    return load_scenarios(folder / "scenarios.yaml")


def state_by_says(book: Rulebook, scenarios: tuple[Scenario, ...]) -> dict[str, str]:
    return {one.mutant.says: one.state for one in outcomes(book, mutants(book), scenarios)}


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return read(tmp_path / "thornwick", INSTRUCTED)


# --- killed and survived --------------------------------------------------------------


def test_a_fault_that_a_scenario_notices_is_killed_by_it(tmp_path: Path, book: Rulebook) -> None:
    scenarios = written(tmp_path, TOLD_A_WARDEN, TOLD_SOMEBODY)
    (dropped,) = of_kind(book, "condition-dropped")

    (one,) = outcomes(book, [dropped], scenarios)

    assert one.state == "killed"
    assert one.killed_by is scenarios[1]


def test_a_fault_that_no_scenario_notices_survives(tmp_path: Path, book: Rulebook) -> None:
    (dropped,) = of_kind(book, "condition-dropped")

    (one,) = outcomes(book, [dropped], written(tmp_path, TOLD_A_WARDEN))

    assert one == Outcome(mutant=dropped)
    assert one.state == "survived"


def test_only_what_is_expected_kills(tmp_path: Path, book: Rulebook) -> None:
    (gone,) = of_kind(book, "exception-dropped")

    found = run(book, [gone], written(tmp_path, TOLD_A_WARDEN, TOLD_SOMEBODY))

    assert [one.state for one in found.outcomes] == ["survived"]


def test_the_score_leaves_out_what_nothing_could_kill(tmp_path: Path, book: Rulebook) -> None:
    chosen = [*of_kind(book, "condition-dropped"), *of_kind(book, "condition-negated")]
    assert len(chosen) == 3

    found = run(book, chosen, written(tmp_path, TOLD_A_WARDEN), telling_apart=lambda *_: None)

    assert [one.state for one in found.outcomes] == ["equivalent", "killed", "killed"]
    assert found.score == 1
    assert found.survivors == ()
    assert found.count("equivalent", "1") == 1
    assert found.count("equivalent", "2") == 0


def test_without_mutants_nothing_is_wanting(book: Rulebook) -> None:
    assert run(book, [], []).score == 1


def test_a_fault_in_the_clause_that_forbids_is_seen_in_the_one_that_yields(tmp_path: Path) -> None:
    other = read(tmp_path / "thornwick", clauses=YIELDING)

    states = state_by_says(other, written(tmp_path, REFUSED))

    assert states["what opens a case is permitted"] == "killed"
    assert states["the clause does not yield to 3"] == "killed"


def test_a_fault_reaches_through_a_clause_that_yields_itself(tmp_path: Path) -> None:
    yielding = YIELDING.replace(
        "fingerprint: []\n  kind: prohibition",
        'fingerprint: []\n  subject_to: ["4"]\n  kind: prohibition',
    )
    denies = "      denies: {event: copy-called-for, by: same, document: same}\n"
    third = YIELDING.split('- clause: "3"')[1].replace("inspected", "copied")
    fourth = f'- clause: "4"{third}'.replace("document-copied", "copy-called-for")
    chain = read(tmp_path, clauses=yielding + denies + fourth)

    found = {affected(one) for one in mutants(chain) if one.clause == "4"}

    assert found == {(("2", "refused"), ("3", "inspected"), ("4", "copied"))}


def test_a_fault_in_counting_is_seen_where_a_scenario_sets_the_time(tmp_path: Path) -> None:
    other = read(tmp_path / "thornwick", ASKED.replace("{to: warden}", "{to: trustee}"))

    states = state_by_says(other, written(tmp_path, PROMISED))

    assert states["once `reply` is set, a day too many is counted"] == "killed"
    assert states["once `reply` is set, a day too few is counted"] == "killed"
    assert states["0 days are allowed, whatever `reply` is set to"] == "killed"


def test_a_scenario_that_fails_without_any_fault_is_refused(tmp_path: Path, book: Rulebook) -> None:
    wrong = TOLD_A_WARDEN.replace("breached", "excused")

    with pytest.raises(ScenarioError) as raised:
        run(book, mutants(book), written(tmp_path, wrong))

    (problem,) = raised.value.problems
    assert problem.check == "fails-already"
    assert problem.place.line == 16
    assert "without any fault" in problem.what


def test_what_is_expected_of_another_rulebook_kills_nothing(tmp_path: Path, book: Rulebook) -> None:
    other = read(tmp_path / "elsewhere", INSTRUCTED)
    scenarios = written(tmp_path, TOLD_A_WARDEN)

    found = run(evolve(other, id="elsewhere"), mutants(evolve(other, id="elsewhere")), scenarios)

    assert found.count("killed") == 0
    assert run(book, mutants(book), scenarios).count("killed") > 0


# --- what is missing ------------------------------------------------------------------


def test_a_survivor_comes_with_the_scenario_that_would_have_noticed_it(
    tmp_path: Path, book: Rulebook
) -> None:
    (dropped,) = of_kind(book, "condition-dropped")
    (_, to_somebody) = written(tmp_path, TOLD_A_WARDEN, TOLD_SOMEBODY)
    asked: list[tuple[Rulebook, Rulebook, str]] = []

    def telling_apart(right: Rulebook, wrong: Rulebook, rule: str) -> Scenario:
        asked.append((right, wrong, rule))
        return evolve(to_somebody, expected=(), name="")

    (one,) = outcomes(
        book, [dropped], written(tmp_path, TOLD_A_WARDEN), telling_apart=telling_apart
    )

    assert asked == [(book, dropped.rulebook, "1/told")]
    assert one.state == "survived"
    assert one.missing is not None
    (tmp_path / "missing.yaml").write_text(writing.written(one.missing), encoding="utf-8")
    (again,) = load_scenarios(tmp_path / "missing.yaml", {str(tmp_path / "thornwick"): book})
    assert again.name == (
        "There is no finding; it would be a breach if, by mistake, it is no longer asked whether "
        "somebody who was then a warden was told (told)"
    )
    (killed,) = outcomes(book, [dropped], [again])
    assert killed.state == "killed"


def test_a_scenario_is_not_missing_if_it_could_not_say_what_is_wrong(
    tmp_path: Path, book: Rulebook
) -> None:
    (scenario,) = written(tmp_path, TOLD_A_WARDEN)
    (gone,) = of_kind(book, "exception-dropped")

    assert made(gone, scenario) is None


def test_a_missing_scenario_says_what_a_parameter_is_set_to(tmp_path: Path) -> None:
    other = read(tmp_path / "thornwick", ASKED.replace("{to: warden}", "{to: trustee}"))
    more, _ = of_kind(other, "deadline-off-by-one")
    (scenario,) = written(tmp_path, PROMISED.replace("2025-03-06", "2025-03-18"))
    book = evolve(scenario.rulebooks[0], rulebook=more.original)

    found = made(more, evolve(scenario, rulebooks=(book,)))

    assert found is not None
    text = writing.written(found)
    assert "working-days: 10" in text
    assert "late: 1" in text


def test_a_reference_too_many_is_not_held_against_the_scenarios(tmp_path: Path) -> None:
    rule = "id: told\nbearer: {by: trustee}\nrefer: {event: instruction-given, to: warden}"
    other = read(tmp_path / "thornwick", rule)

    (one,) = outcomes(other, of_kind(other, "condition-dropped"), [], telling_apart=apart)

    assert one.state == "unsayable"
    assert run(other, of_kind(other, "condition-dropped"), [], telling_apart=apart).score == 1


def test_a_scenario_is_found_in_which_nothing_would_be_permitted(tmp_path: Path) -> None:
    rule = "id: told\nbearer: {by: trustee}\nmay: {event: instruction-given, to: warden}"
    other = read(tmp_path / "thornwick", rule)

    (one,) = outcomes(other, of_kind(other, "condition-dropped"), [], telling_apart=apart)

    assert one.missing is not None
    assert one.missing.expected[0].findings == ()
    assert run(other, of_kind(other, "condition-dropped"), [one.missing]).score == 1


def test_a_fault_that_makes_no_difference_is_proved_to(tmp_path: Path) -> None:
    rule = """\
        id: saw
        bearer: {by: trustee}
        must_not:
          event: document-inspected
          either: [{knowingly: yes}, {knowingly: [yes, facts-only]}]
    """
    other = read(tmp_path / "thornwick", rule)

    found = outcomes(other, of_kind(other, "alternative-dropped"), [], telling_apart=apart)

    assert [one.state for one in found] == ["equivalent", "survived"]


def test_what_is_not_found_out_survives(book: Rulebook) -> None:
    def telling_apart(*_: object) -> Scenario:
        raise UnsettledError

    found = run(book, mutants(book), [], telling_apart=telling_apart)

    assert {one.state for one in found.outcomes} == {"survived"}


@pytest.mark.parametrize(
    ("unsettled", "state"),
    [((), "unsayable"), (("_is_told",), "survived"), (("_is_told_plainly",), "survived")],
)
def test_nothing_is_unsayable_before_it_is_proved_that_nothing_can_be_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unsettled: tuple[str, ...], state: str
) -> None:
    def telling(one: Rulebook, other: Rulebook, rule: str, **how: Any) -> Scenario | None:  # noqa: ANN401
        if getattr(how["is_told"], "__name__", "") in unsettled:
            raise UnsettledError
        return telling_apart(one, other, rule, **how)

    rule = "id: told\nbearer: {by: trustee}\nrefer: {event: instruction-given, to: warden}"
    other = read(tmp_path / "thornwick", rule)
    monkeypatch.setattr(_survivors, "telling_apart", telling)

    (one,) = outcomes(other, of_kind(other, "condition-dropped"), [], telling_apart=apart)

    assert one.state == state
    assert one.missing is None


def test_few_scenarios_tell_all_the_faults_that_can_be_told(book: Rulebook) -> None:
    chosen = list(mutants(book))
    found = run(book, chosen, [], telling_apart=apart)

    missing = {id(one.missing): one.missing for one in found.survivors if one.missing is not None}
    again = run(book, chosen, missing.values())
    assert again.score == 1
    assert len(missing) * 2 < again.count("killed")


# --- fast, and the same ----------------------------------------------------------------


def slowly(trial: Trial, mutant: Mutant) -> bool:
    """Tell whether a scenario fails, by assessing all of it under the whole rulebook."""
    scenario, own = trial.scenario, trial.rulebook
    (named,) = (one for one in scenario.rulebooks if one.rulebook.id == own.id)
    faulty = evolve(named, rulebook=mutant.put_into(own))
    tried = evolve(
        scenario,
        rulebooks=(faulty,),
        expected=tuple(one for one in scenario.expected if one.rulebook == own.id),
    )
    return any(mismatches(tried, [assess(own, tried, engine="reference")]))


@pytest.mark.parametrize("name", ["langport", "twywell"])
def test_what_kills_is_what_fails_under_the_whole_rulebook(name: str) -> None:
    book, folder = load_rulebook(name), shipped_folder() / name / "scenarios"
    read = [one for path in sorted(folder.glob("*.yaml")) for one in load_scenarios(path)]
    trials, found = list(trials_of(read, book)), list(mutants(book))
    drawn = random.Random(name)  # noqa: S311 - a choice of cases, the same each time
    killed = 0

    for mutant in drawn.sample(found, 60):
        fault = Faulty(mutant)
        near = [one for one in trials if mutant.clause in one.clauses]
        for trial in [*drawn.sample(near, min(4, len(near))), drawn.choice(trials)]:
            is_killing = trial.is_killing(fault)
            killed += is_killing
            assert is_killing is slowly(trial, mutant), f"{mutant} under {trial.scenario.name}"
    assert killed > 10


def test_it_makes_no_difference_in_how_many_processes(tmp_path: Path) -> None:
    other = read(tmp_path / "thornwick", INSTRUCTED, clauses=YIELDING)
    scenarios = written(tmp_path, TOLD_A_WARDEN, TOLD_SOMEBODY, REFUSED)
    found = list(mutants(other))

    alone = run(other, found, scenarios)
    together = run(other, found, scenarios, processes=2, telling_apart=None)

    assert alone == together
    assert {one.state for one in alone.outcomes} == {"killed", "survived"}


def never(right: Rulebook, wrong: Rulebook, rule: str) -> None:
    """Claim that nothing tells two rulebooks apart."""


def test_what_tells_apart_is_asked_in_the_other_processes_too(tmp_path: Path) -> None:
    other = read(tmp_path / "thornwick", INSTRUCTED, clauses=YIELDING)

    found = run(other, mutants(other), [], processes=2, telling_apart=never)

    states = {one.state: is_provable(one.mutant) for one in found.outcomes}
    assert states == {"equivalent": True, "survived": False}
