"""What was written reads back as it was, and what cannot be written is refused."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from tests.drawing.rulebooks import SHIPPED, generated, kept, shipped

from councilrules import History, load_rulebook, load_scenario, load_scenarios
from councilrules.documents import Mapping, Text, parse_yaml
from councilrules.events import Proof
from councilrules.events.record import JudgementRecorded
from councilrules.periods import Moment, Tenure
from councilrules.reference import Found, found
from councilrules.register import (
    Office,
    Person,
    Register,
    Seat,
)
from councilrules.rulebooks._time_text import moment
from councilrules.rulebooks._yaml_text import Line, document, scalar
from councilrules.rulebooks.writing import written as written_rulebook
from councilrules.rules import Clause, Rulebook
from councilrules.scenarios import Assessed, Scenario
from councilrules.scenarios.writing import written
from councilrules.testing import scenarios
from councilrules.testing._facts import changed_event

ROOT = Path(__file__).parents[2]
FILES = sorted([
    *ROOT.glob("tests/conformance/*.yaml"),
    *ROOT.glob("rules/*/scenarios/*.yaml"),
    *ROOT.glob("examples/stories/*.yaml"),
])  # fmt: skip
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
AT = datetime(2025, 3, 4, 10, tzinfo=UTC)
books: dict[str, Rulebook] = {}


def read(text: str) -> Scenario:
    with TemporaryDirectory() as folder:
        path = Path(folder, "again.yaml")
        path.write_text(text, encoding="utf-8", newline="")
        (scenario,) = load_scenarios(path, books)
    return scenario


def found_in(scenario: Scenario) -> list[Found]:
    return [
        found(
            one.rulebook,
            scenario.register,
            scenario.history,
            in_force=one.in_force,
            asked=scenario.asked(one.rulebook.id),
        )
        for one in scenario.rulebooks
    ]


# --- what is drawn ----------------------------------------------------------------


def kept_promises() -> st.SearchStrategy[tuple[Clause, ...]]:
    """Draw whose promises are to be kept."""
    return st.sampled_from(["clerk", "councillor", "employee"]).map(kept)


@cache
def of_shipped(name: str) -> st.SearchStrategy[Scenario]:
    return scenarios(shipped(name))


drawn_scenarios = st.sampled_from(SHIPPED).flatmap(of_shipped)


@given(drawn=drawn_scenarios)
def test_what_was_written_of_a_drawn_case_reads_back_as_it_was(drawn: Scenario) -> None:
    (assessed,) = drawn.rulebooks
    clauses = assessed.rulebook.clauses
    every = frozenset(f"{assessed.rulebook.id}/{one.id}" for one in clauses)
    scenario = evolve(drawn, examine=every)

    again = read(written(scenario))

    assert again.register == drawn.register
    assert again.history == drawn.history
    assert found_in(again) == found_in(scenario)


@given(drawn=drawn_scenarios)
def test_findings_that_were_written_are_what_is_expected(drawn: Scenario) -> None:
    (made,) = found_in(drawn)

    again = read(written(drawn, findings=made.findings))

    shown = {
        (f"{one.rulebook}/{one.clause}/{one.rule}", each.bearer, each.status, each.on, each.late)
        for one in again.expected
        for each in one.findings
    }
    assert shown == {
        ("/".join(one.key[:3]), one.bearer, one.status.value, one.on, one.late_by)
        for one in made.findings
    }


@given(rulebook=generated(kept_promises()), data=st.data())
def test_a_case_can_be_saved_beside_the_rulebook_that_it_was_drawn_with(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    scenario = data.draw(scenarios(rulebook))

    with TemporaryDirectory() as folder:
        Path(folder, "drawn").mkdir()
        for name, text in written_rulebook(rulebook).items():
            Path(folder, "drawn", name).write_text(text, encoding="utf-8", newline="")
        Path(folder, "case.yaml").write_text(written(scenario), encoding="utf-8", newline="")
        again = load_scenario(Path(folder, "case.yaml"))

    assert again.rulebooks == scenario.rulebooks
    assert found_in(again) == found_in(scenario)


# --- what there is ----------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_that_was_read_and_written_reads_back_as_it_was(path: Path) -> None:
    scenarios = load_scenarios(path, books)
    for scenario in scenarios if THOROUGH else scenarios[:1]:
        again = read(written(scenario))

        assert (again.name, again.expected) == (scenario.name, scenario.expected)
        assert (again.register, again.history) == (scenario.register, scenario.history)
        assert found_in(again) == found_in(scenario)
        assert written(again) == written(scenario)


EVERYTHING = """\
title: "Everything: all that a file can say"
rulebooks:
  - langport: {in_force: {since: 2015-01-01}}
  - twywell
proof: established
as_of: 2025-06-30
register:
  people:
    ann: {holds: councillor, since: 2023-05-08}
    bob: {holds: councillor, first_day: 2023-05-08, last_day: 2025-05-04}
    cleo: {holds: clerk, since: not_known, until: not_known, proof: admitted}
    eve:
      - {holds: employee, since: 2022-01, engaged: [{as: contract, until: 2024-01-01}, unpaid]}
      - {holds: chair, of: finance}
      - {sits-on: selection-panel, for: [caretaker-post, fete]}
    fay: {holds: nothing}
    kim: not_known
    lee:
      - {holds: not_known}
      - {holds: employee, engaged: not_known}
    "yes and: no": {holds: nothing}
  bodies:
    finance: {kind: committee, terms: budget}
    selection-panel: not_known
    working-group: {kind: not_known, terms: none}
  papers:
    valuation: {matter: land-sale, marked: [confidential, {as: other-secrecy, until: 2025-03-01}], held-by: council}
    minutes: {marked: none}
    draft: not_known
    letter: {matter: none, marked: not_known}
  interests:
    - {of: ann, in: land-sale, kind: [pecuniary, personal], known_since: 2025-03-04T10:00}
    - {of: bob, in: not_known, kind: not_known, known_since: not_known, proof: alleged}
  relationships:
    - {id: r1, between: [ann, cleo], kind: not_known, since: 2024-01-01}
  decisions:
    - {id: d1, body: finance, to: ann, over: eve, subject: [fete, budget], approves: e1, since: 2025-01-10}
    - {id: d2, body: not_known, to: not_known}
  delegations:
    - {id: g1, to: finance, subject: personnel, scope: all, group: small}
  procedures: []
  reviews: [2025-05-20, {between: [2025-06-01, 2025-06-03T12:00]}]
complainant: fay
parameters:
  timely-response: {working-days: 10, counting: first-day-out, source: "customer charter, 2024"}
examine: twywell/4.1
not_known: [discussion-held, query-made]
events:
  - {id: e1, at: 2025-03-04T10:00, event: instruction-given, by: ann, to: eve, subject: fete, under: none, proof: alleged}
  - {id: e2, at: 2025-03-05, until: 2025-03-07, event: instruction-given, by: {one_of: [ann, bob]}, to: nobody}
  - {id: e3, at: 2025-10-26T01:30+01:00, event: criticism-made, by: not_known, of: [eve, cleo], as: private, repeats: e1, with: none, answers: {discourteous: {value: yes, proof: alleged}, disrespectful: not_known}, act: call, source: "letter of 5 March #2"}
  - {id: e4, at: {between: [2025-03-01, 2025-03-10]}, event: document-inspected, by: {value: ann, proof: admitted}, document: {value: none, proof: disproved}, knowingly: {value: yes, proof: alleged}}
  - {id: e5, at: 2025-03, event: promise-made, by: cleo, to: ann, due: {value: 2025-03-10, proof: admitted}}
  - {id: e6, at: 2025-03-20, event: course-of-conduct, by: ann, acts: [e1, e3]}
  - {id: e7, at: 2025-03-21, event: judgement-recorded, by: cleo, on: e2, question: unfair, answer: yes, reasons: 'she said "no"'}
expect:
  langport/2.3/instructed: []
  langport/2.6:
    - {not_known: undetermined, on: e4, wants: ["field:knowingly@e4"]}
    - {ann: breached, by: x, late: 2, proof: alleged}
"""
"""A scenario that says all that one can, in the very form in which it is written."""


def test_all_that_a_file_can_say_is_kept_word_for_word() -> None:
    assert written(read(EVERYTHING)) == EVERYTHING


# --- single values ----------------------------------------------------------------


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
@example(text="null")
@example(text="a: b")
@example(text="a #b")
@example(text='it\'s "so"\t\n\\')
@example(text="- a")
@example(text="ends:")
@example(text="\u2028\ufeff\U0001f600")
def test_any_text_reads_back_as_it_was(text: str) -> None:
    node = parse_yaml(document({"a": text, text + "k": Line([text, {text: "b"}])}), "text")

    assert isinstance(node, Mapping)
    found = node.get("a")
    assert isinstance(found, Text)
    assert found.value == text
    assert found.quoted or text not in {"null", "~"}
    assert text + "k" in node


@pytest.mark.parametrize("text", ["yes", "2.10", "2025-03-04T10:00", "4A(j)", "no", "e1"])
def test_what_means_nothing_to_a_reader_of_files_stands_without_quotes(text: str) -> None:
    assert scalar(text, in_brackets=True) == scalar(text) == text


def test_a_character_that_no_file_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="that no file can hold"):
        scalar("a\x00b")


@pytest.mark.parametrize(
    ("at", "zone", "text"),
    [
        pytest.param(datetime(2025, 7, 1, 9, tzinfo=UTC), "Europe/London", "2025-07-01T10:00", id="summer"),
        pytest.param(datetime(2025, 10, 26, 0, 30, tzinfo=UTC), "Europe/London", "2025-10-26T01:30+01:00", id="first-of-two"),
        pytest.param(datetime(2025, 10, 26, 1, 30, tzinfo=UTC), "Europe/London", "2025-10-26T01:30+00:00", id="second-of-two"),
        pytest.param(datetime(2025, 3, 4, 9, 0, 5, 250, tzinfo=UTC), "Asia/Tokyo", "2025-03-04T18:00:05.000250", id="to-the-microsecond"),
        pytest.param(datetime(1840, 3, 4, 9, tzinfo=UTC), "Europe/London", "1840-03-04T08:58:45", id="long-ago"),
        pytest.param(datetime(2200, 12, 31, 23, tzinfo=UTC), "Asia/Tokyo", "2200-12-31T23:00Z", id="at-the-end-of-time"),
    ],
)  # fmt: skip
def test_a_time_stands_as_the_clock_on_the_wall_shows_it(
    at: datetime, zone: str, text: str
) -> None:
    assert moment(Moment(at, at), ZoneInfo(zone)) == text


# --- what no file can say -----------------------------------------------------------


@cache
def langport() -> Rulebook:
    return load_rulebook("langport")


def scenario_of(register: Register, history: History, rulebook: Rulebook | None = None) -> Scenario:
    assessed = Assessed(rulebook=langport() if rulebook is None else rulebook)
    return Scenario(name="small", rulebooks=(assessed,), register=register, history=history)


def judged(by: str) -> JudgementRecorded:
    return JudgementRecorded(
        id="j1", at=Moment(AT, AT), by=by, on="procedures", question="unfair", answer=True
    )


CAST = Register(people={"ann": Person()}, speaks_of=frozenset({"people"}))
QUIET = History(events=(), as_of=AT)


@pytest.mark.parametrize(
    ("register", "history", "what"),
    [
        pytest.param(CAST, evolve(QUIET, events=(judged("lee"),)), "`lee`", id="a-stranger"),
        pytest.param(
            CAST, evolve(QUIET, events=(judged("council"),)), "`council`", id="a-judge-of-itself"
        ),
        pytest.param(CAST, evolve(QUIET, as_of=datetime.max.replace(tzinfo=UTC)), "1800", id="no-clock"),
        pytest.param(evolve(CAST, speaks_of=frozenset()), QUIET, "`people`", id="not-all-people"),
        pytest.param(evolve(CAST, people={"none": Person()}), QUIET, "`none`", id="a-reserved-name"),
        pytest.param(
            evolve(CAST, people={"ann": Person(offices=(Office(role="clerk", tenure=Tenure(Moment(AT, AT), since_unknown=True)),))}),
            QUIET, "both known and not known", id="since-a-time-not-known",
        ),
        pytest.param(
            evolve(CAST, people={"ann": Person(seats=(Seat(body="council", for_=()),))}),
            QUIET, "`ann` of `people`", id="a-list-of-nothing",
        ),
    ],
)  # fmt: skip
def test_what_no_file_can_say_is_refused_with_what_it_is(
    register: Register, history: History, what: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(what)):
        written(scenario_of(register, history))


def test_a_value_that_is_alleged_and_not_known_is_refused() -> None:
    vague = changed_event(judged("ann"), proofs={"reasons": Proof.ALLEGED})

    with pytest.raises(ValueError, match="`j1` does not know `reasons` and has it alleged"):
        written(scenario_of(CAST, evolve(QUIET, events=(vague,))))


def test_an_expectation_of_a_rule_that_is_not_there_is_refused() -> None:
    made = found_in(read(EVERYTHING))[0]
    finding = evolve(made.findings[0], rule="no-such-rule")

    with pytest.raises(ValueError, match="`no-such-rule`"):
        written(scenario_of(CAST, QUIET), findings=[finding])
