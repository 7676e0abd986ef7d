"""Each sentence of the meaning, by paragraph; what a scenario cannot say stands below."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import product
from pathlib import Path
from textwrap import dedent, indent

import pytest
from attrs import evolve
from click import unstyle
from click.testing import CliRunner, Result

from councilrules import (
    Finding,
    History,
    HistoryError,
    Proof,
    Rulebook,
    Scenario,
    ScenarioError,
    Status,
    Want,
    assess,
    load_history,
    load_rulebook,
    load_scenario,
    load_scenarios,
    may,
)
from councilrules.assessing import Assessment, summary
from councilrules.cli import main
from councilrules.events.conduct import BlameLaid
from councilrules.expecting import mismatches
from councilrules.periods import Moment
from councilrules.register import Office, Person, Register
from councilrules.reports.text import render
from councilrules.rules import Modality
from councilrules.truth import Truth
from councilrules.verdicts import verdict

FOLDER = Path(__file__).parent / "conformance"
FILES = sorted(FOLDER.glob("*.yaml"))
PARAGRAPHS = range(1, 19)

_books: dict[str, Rulebook] = {}
SCENARIOS = [(path, one) for path in FILES for one in load_scenarios(path, _books)]


def paragraph(path: Path) -> int:
    found = re.match(r"P(\d\d)-", path.name)
    assert found is not None, f"{path.name} does not begin with its paragraph"
    return int(found.group(1))


@pytest.mark.parametrize("scenario", [pytest.param(one, id=one.name) for _, one in SCENARIOS])
def test_a_conformance_case_is_as_expected(scenario: Scenario) -> None:
    made = [assess(one.rulebook, scenario) for one in scenario.rulebooks]

    assert [str(one) for one in mismatches(scenario, made)] == []


def test_every_paragraph_has_a_file() -> None:
    assert {paragraph(path) for path in FILES} == set(PARAGRAPHS)


@pytest.mark.parametrize("path", [pytest.param(one, id=one.stem) for one in FILES])
def test_every_case_of_a_file_cites_its_paragraph(path: Path) -> None:
    cited = [one.name.split()[0] for file, one in SCENARIOS if file == path]

    assert set(cited) == {f"P{paragraph(path)}"}


def test_every_case_states_what_it_expects() -> None:
    assert [one.name for _, one in SCENARIOS if not one.expected] == []


def test_no_two_cases_have_one_name() -> None:
    names = [one.name for _, one in SCENARIOS]

    assert sorted(set(names)) == sorted(names)


# --- what follows is written as small scenarios of its own -------------------------

PEOPLE = """
  people:
    ann: {holds: councillor, since: 2023-05-08}
    bob: {holds: councillor, since: 2023-05-08}
    cleo: {holds: clerk, since: 2020-01-01}
    dev: {holds: officer, since: 2021-01-01}
    fay: {holds: nothing}
"""
BLAME = "- {id: e1, at: 2025-03-04, event: blame-laid, by: ann, on: dev, topic: fete}"


def written(
    tmp_path: Path, events: str, *, top: str = "", register: str = "", rulebook: str = ""
) -> Path:
    """Write a scenario file and give its path."""
    path = tmp_path / "scenario.yaml"
    listed = indent(dedent(events).strip(), "  ")
    path.write_text(
        f"rulebooks: {rulebook or FOLDER / 'rulebook'}\n{top}\nregister:{PEOPLE}"
        f"{indent(dedent(register), '  ')}\nevents:\n{listed}\n",
        encoding="utf-8",
    )
    return path


def assessed(path: Path) -> Assessment:
    scenario = load_scenario(path)
    return assess(scenario.rulebooks[0].rulebook, scenario)


def only(made: Assessment, clause: str) -> Finding:
    (found,) = (one for one in made.findings if one.clause == clause)
    return found


def told(made: Assessment) -> str:
    """Give the report of an assessment on one line, without its colours."""
    return " ".join(unstyle(render([made])).split())


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@cache
def model() -> Rulebook:
    return load_rulebook(FOLDER / "rulebook")


# --- P1 ---------------------------------------------------------------------------


def test_p1_a_name_that_the_register_lacks_is_a_fault_with_the_nearest_one(tmp_path: Path) -> None:
    path = written(tmp_path, BLAME.replace("by: ann", "by: fy"))

    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)

    (problem,) = caught.value.problems
    assert problem.check == "unknown-person"
    assert "`fy`" in problem.what
    assert "`fay`" in (problem.remedy or "")


def test_p1_a_name_like_no_other_is_to_be_listed_with_holds_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, BLAME.replace("by: ann", "by: montgomery"))

    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)

    assert "holds: nothing" in (caught.value.problems[0].remedy or "")


def _log(tmp_path: Path, *lines: str) -> History:
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return load_history(path)


def _line(id_: str, by: str = "zoe") -> str:
    return json.dumps({"id": id_, "at": "2025-03-04", "event": "blame-laid", "by": by, "on": "dev"})


def test_p1_in_a_log_a_name_that_the_register_lacks_is_one_question_for_all_its_events(
    tmp_path: Path,
) -> None:
    history = _log(tmp_path, _line("e1"), _line("e2"), _line("e3"))
    register = Register(people={"dev": Person(offices=(Office(role="officer"),))})

    made = assess(model(), Scenario(name="log", rulebooks=(), register=register, history=history))

    assert {one.status for one in made.findings} == {Status.UNDETERMINED}
    (asked,) = made.questions
    assert asked.want == Want("register", "zoe", "offices")
    assert len(asked.findings) == 3


# --- P2 ---------------------------------------------------------------------------


def test_p2_in_a_log_an_event_is_established(tmp_path: Path) -> None:
    history = _log(tmp_path, _line("e1", by="ann"))

    assert [one.proof for one in history.events] == [Proof.ESTABLISHED]


def test_p2_what_is_absent_is_named_and_said_to_be_unrecorded_and_nothing_more(
    tmp_path: Path,
) -> None:
    path = written(
        tmp_path,
        "- {id: p1, at: 2025-06-03, event: promise-made, by: dev, to: ann, due: 2025-06-30}",
        top="proof: established\nas_of: 2025-07-31",
    )

    made = assessed(path)

    absent = [(one.name, one.kinds) for one in only(made, "3").absent]
    assert absent == [("must", ("promise-kept",)), ("released", ("promise-withdrawn",))]
    text = told(made)
    assert "is recorded by 30 June 2025." in text
    assert "did not" not in text


@pytest.mark.parametrize(
    ("advice", "best"),
    [
        pytest.param(
            [("a1", "2025-03-01", "alleged"), ("a2", "2025-03-02", "admitted")],
            "a2",
            id="the-best-proved",
        ),
        pytest.param(
            [("a1", "2025-03-02", "admitted"), ("a2", "2025-03-01", "admitted")],
            "a2",
            id="of-equals-the-earliest",
        ),
        pytest.param(
            [("a2", "2025-03-01", "admitted"), ("a1", "2025-03-01", "admitted")],
            "a1",
            id="of-one-day-the-smallest-id",
        ),
    ],
)
def test_p2_a_finding_cites_of_several_that_support_it_one(
    tmp_path: Path, advice: list[tuple[str, str, str]], best: str
) -> None:
    given = [
        f"- {{id: {id_}, at: {at}, event: advice-given, by: dev, proof: {proof}}}"
        for id_, at, proof in advice
    ]
    detriment = "- {id: e1, at: 2025-03-04, event: detriment-imposed, by: ann, on: dev}"

    made = assessed(written(tmp_path, "\n".join([*given, detriment])))

    assert only(made, "14").events == (best, "e1")


# --- P3 ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written_as", "accepted"),
    [
        pytest.param("2025-10-26T01:30", False, id="the-repeated-hour"),
        pytest.param("2025-10-26T01:30+01:00", True, id="its-first-half-hour-with-zone"),
        pytest.param("2025-10-26T01:30Z", True, id="its-second-half-hour-with-zone"),
        pytest.param("2025-10-26T02:30", True, id="an-hour-later"),
        pytest.param("2025-03-30T01:30", False, id="the-hour-that-is-left-out"),
    ],
)
def test_p3_a_time_without_zone_in_the_repeated_hour_is_refused(
    tmp_path: Path, written_as: str, *, accepted: bool
) -> None:
    path = written(tmp_path, BLAME.replace("2025-03-04", written_as))

    if accepted:
        assert load_scenario(path).history.events[0].at.is_exact
    else:
        with pytest.raises(ScenarioError, match=re.escape(written_as)):
            load_scenario(path)


def test_p3_the_clock_is_always_printed(tmp_path: Path) -> None:
    path = written(tmp_path, BLAME)

    text, data = run("assess", path), run("assess", "--json", path)

    assert "As things stood at the end of 4 March 2025." in text.output
    assert '"as_of": "2025-03-04T23:59:59.999999+00:00"' in data.output


def test_p3_a_clock_within_a_day_is_printed_to_the_minute(tmp_path: Path) -> None:
    path = written(tmp_path, BLAME, top="as_of: 2025-07-04T10:30")

    assert "As things stood on 4 July 2025, 10:30." in told(assessed(path))


def test_p3_the_clock_of_a_log_stands_at_the_end_of_the_last_day_of_what_lasted(
    tmp_path: Path,
) -> None:
    lasting = {"id": "e2", "at": "2025-03-01", "until": "2025-03-20", "event": "blame-laid"}

    history = _log(tmp_path, _line("e1"), json.dumps(lasting))

    assert history.as_of.isoformat() == "2025-03-20T23:59:59.999999+00:00"


# --- P4 ---------------------------------------------------------------------------


def test_p4_a_breach_lists_the_exceptions_on_which_nothing_is_recorded(tmp_path: Path) -> None:
    made = assessed(written(tmp_path, BLAME))

    (absence,) = only(made, "1").absent
    assert (absence.name, absence.kinds) == ("discussed", ("discussion-held",))
    assert "No earlier discussion is recorded." in told(made)


def test_p4_an_exception_that_something_recorded_rules_out_is_not_listed(tmp_path: Path) -> None:
    discussed = (
        "- {id: d1, at: 2025-03-01, event: discussion-held, topic: fete, proof: established}"
    )

    made = assessed(written(tmp_path, f"{discussed}\n{BLAME}"))

    assert only(made, "1").status is Status.EXCUSED
    assert only(made, "1").absent == ()


# --- P5 ---------------------------------------------------------------------------


def test_p5_different_events_with_one_id_are_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, f"{BLAME}\n{BLAME.replace('fete', 'market')}")

    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)

    assert [one.check for one in caught.value.problems] == ["duplicate-event"]


def test_p5_different_events_with_one_id_are_an_error_in_a_log_too(tmp_path: Path) -> None:
    with pytest.raises(HistoryError):
        _log(tmp_path, _line("e1"), _line("e1", by="ann"))


def test_p5_a_stretch_of_failure_that_was_cured_says_when(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        BLAME,
        rulebook="twywell",
        register="procedures: [{id: q1, kind: grievance, since: 2025-02-03T09:00}]\n",
    )

    found = only(assessed(path), "4.1")

    assert found.opened.first.isoformat() == "2025-01-09T23:59:59.999999+00:00"
    assert found.ended is not None
    assert found.ended.first.isoformat() == "2025-02-03T09:00:00+00:00"


def test_p5_events_that_are_one_act_count_once_in_a_clause(tmp_path: Path) -> None:
    events = f"{BLAME}\n{BLAME.replace('e1', 'e2')}\n{BLAME.replace('e1', 'e3')}"
    one_act = events.replace("topic: fete", "topic: fete, act: outburst", 2)

    made = assessed(written(tmp_path, one_act))

    assert len(made.findings) == 3
    assert summary(made.findings) == {
        ("1", "ann", "outburst"): Status.BREACHED,
        ("1", "ann", "e3"): Status.BREACHED,
    }


# --- P6 ---------------------------------------------------------------------------


def _status(trigger: Truth, excused: Truth, done: Truth, left: Truth) -> Status | None:
    """Read the table of P6 aloud."""
    if trigger is Truth.FALSE or (trigger is Truth.UNKNOWN and Truth.TRUE in (excused, done)):
        return None
    if trigger is Truth.UNKNOWN:
        return None if left is Truth.TRUE else Status.UNDETERMINED
    rows = (
        (excused is Truth.TRUE, Status.EXCUSED),
        (done is Truth.TRUE, Status.MET),
        (left is Truth.TRUE, Status.OPEN),
        ((excused, done, left) == (Truth.FALSE,) * 3, Status.BREACHED),
    )
    return next((status for holds, status in rows if holds), Status.UNDETERMINED)


@pytest.mark.parametrize(("trigger", "excused", "done", "left"), list(product(Truth, repeat=4)))
def test_p6_the_status_table_is_complete(
    trigger: Truth, excused: Truth, done: Truth, left: Truth
) -> None:
    found = verdict(trigger=trigger, excused=excused, done=done, left=left)

    assert found is _status(trigger, excused, done, left)


def test_p6_done_late_says_when_and_by_how_much_and_is_worded_as_late(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        - {id: p1, at: 2025-03-03, event: promise-made, by: dev, to: ann, due: 2025-03-07}
        - {id: k1, at: 2025-03-11T10:00, event: promise-kept, by: dev, promise: p1}
        """,
        top="proof: established",
    )

    made = assessed(path)

    found = only(made, "3")
    assert found.performed_at == Moment(*[made.scenario.history.by_id["k1"].at.first] * 2)
    assert found.late_by == 2
    assert [one.name for one in found.absent] == ["released"]
    assert "late: breach" in told(made)


# --- P7 ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answered", "elapsed"),
    [
        pytest.param("", 20, id="never"),
        pytest.param(
            "\n- {id: r1, at: 2025-03-07, event: response-given, by: dev, query: q1}", 3, id="later"
        ),
    ],
)
def test_p7_where_a_parameter_is_unset_the_working_days_are_counted_until_it_was_done(
    tmp_path: Path, answered: str, elapsed: int
) -> None:
    query = "- {id: q1, at: 2025-03-04, event: query-made, by: fay, to: dev}"
    top = "proof: established\nas_of: 2025-04-01"

    found = only(assessed(written(tmp_path, query + answered, top=top)), "13")

    assert found.status is Status.UNDETERMINED
    assert found.elapsed == elapsed


@pytest.mark.parametrize("name", ["langport", "twywell"])
def test_p7_every_parameter_of_a_shipped_rulebook_is_unset(name: str) -> None:
    parameters = load_rulebook(name).parameters.values()

    assert [one.name for one in parameters if one.values] == []


@pytest.mark.parametrize("name", ["langport", "twywell"])
def test_p7_every_duty_to_do_something_afterwards_has_a_parameter(name: str) -> None:
    duties = [one for one in load_rulebook(name).rules if one.modality is Modality.MUST]

    assert duties
    assert [one.name for one in duties if one.within is None] == []


# --- P8 ---------------------------------------------------------------------------

JUDGEMENT = "- {{id: j1, at: 2025-04-04, event: judgement-recorded, by: {by}, on: {on}, question: {question}, answer: yes, reasons: heard both}}"


def _judged(by: str, on: str = "e1", question: str = "bullying") -> str:
    return f"{BLAME}\n{JUDGEMENT.format(by=by, on=on, question=question)}"


@pytest.mark.parametrize(
    ("by", "on", "question"),
    [
        pytest.param("ann", "e1", "bullying", id="the-bearer"),
        pytest.param("bob", "e1", "bullying", id="the-complainant"),
        pytest.param("ann", "r1", "close", id="one-party-to-a-relationship"),
        pytest.param("dev", "r1", "close", id="the-other-party"),
        pytest.param("council", "procedures", "law-requires-it", id="the-council-on-its-own-duty"),
    ],
)
def test_p8_nobody_judges_who_answers_for_it_or_complained(
    tmp_path: Path, by: str, on: str, question: str
) -> None:
    register = "relationships: [{id: r1, between: [ann, dev], kind: personal-familiarity}]\n"
    path = written(tmp_path, _judged(by, on, question), top="complainant: bob", register=register)

    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)

    assert [one.check for one in caught.value.problems] == ["judge-in-own-cause"]


def test_p8_two_answers_that_differ_are_both_shown(tmp_path: Path) -> None:
    other = JUDGEMENT.format(by="cleo", on="e1", question="bullying").replace("j1", "j2")
    events = f"{_judged('fay')}\n{other.replace('answer: yes', 'answer: no')}"

    made = assessed(written(tmp_path, events, rulebook="langport"))

    assert only(made, "4D(b)").events == ("e1", "j1", "j2")
    assert "Answers on record: no by Cleo (j2) and yes by Fay (j1)" in told(made)


def test_p8_several_events_are_judged_only_if_put_forward_as_one_course(tmp_path: Path) -> None:
    events = f"{BLAME.replace('e1', 'e2')}\n{_judged('fay', on='[e1, e2]')}"

    with pytest.raises(ScenarioError) as caught:
        load_scenario(written(tmp_path, events, rulebook="langport"))

    assert [one.check for one in caught.value.problems] == ["judgement-on-no-course"]


@pytest.mark.parametrize("question", ["bullying", "discourteous", "unfair", "disrespectful"])
def test_p8_a_civil_question_raises_no_question_of_manners(question: str) -> None:
    raised = load_rulebook("langport").questions[question].raised_by

    assert "query-made" not in raised


# --- P9 ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written_as", "why"),
    [
        pytest.param("by: ann, as: private", "outside-the-protocol", id="private"),
        pytest.param("by: ann, as: another-body", "outside-the-protocol", id="another-body"),
        pytest.param("by: dev", "not-in-office", id="another-office"),
    ],
)
def test_p9_a_scope_note_says_why_a_clause_does_not_apply(
    tmp_path: Path, written_as: str, why: str
) -> None:
    path = written(tmp_path, BLAME.replace("by: ann", written_as))

    (note,) = assessed(path).scope
    assert (note.why, note.event, note.clauses) == (why, "e1", ("1",))


# --- P10 --------------------------------------------------------------------------


def test_p10_several_who_acted_together_have_one_finding_each_with_a_key_of_its_own(
    tmp_path: Path,
) -> None:
    made = assessed(written(tmp_path, BLAME.replace("by: ann", "by: [ann, bob]")))

    keys = [one.key for one in made.findings]
    assert keys == [("model", "1", "blamed", name, "e1") for name in ("ann", "bob")]


def test_p10_a_finding_without_bearer_asks_who_it_was(tmp_path: Path) -> None:
    made = assessed(written(tmp_path, BLAME.replace("by: ann", "by: {one_of: [ann, bob]}")))

    assert only(made, "1").bearer is None
    assert made.questions[0].asks.startswith(("Who", "Which"))
    assert "Ann and Bob" in made.questions[0].asks


# --- P13 --------------------------------------------------------------------------


def test_p13_each_rule_has_a_kind_and_a_force_of_its_own(tmp_path: Path) -> None:
    made = assessed(
        written(
            tmp_path,
            "- {id: e1, at: 2025-03-04, event: complaint-made, by: ann, about: dev, to: bob}",
        )
    )

    forces = {one.rule: one.force for one in made.findings if one.clause == "12"}
    assert forces == {"complained-elsewhere": "must", "complained": "should"}


def test_p13_what_the_text_states_as_a_fact_is_shown_as_described(tmp_path: Path) -> None:
    path = written(tmp_path, "- {id: t1, at: 2025-03-04, event: training-held, for: ann}")

    assert "the protocol describes" in told(assessed(path))


def test_p13_the_hedge_of_the_text_goes_with_the_force(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "- {id: e1, at: 2025-03-04, event: councillor-lobbied, by: dev, to: ann, through: none}",
        rulebook="langport",
        register="procedures: [{id: q1, kind: lobbying}]\n",
    )

    made = assessed(path)

    hedges = {one.rule: one.hedge for one in made.findings if one.clause == "3.4"}
    assert hedges == {"lobbied": "normally", "procedure-bypassed": None}
    assert "“normally”" in told(made)


# --- P14 --------------------------------------------------------------------------

CRITICISM = "- {id: e1, at: 2025-03-04, event: criticism-made, by: ann, of: dev, where: press, answers: {discourteous: yes}}"


def test_p14_every_finding_of_an_undated_protocol_says_what_it_assumes(tmp_path: Path) -> None:
    made = assessed(written(tmp_path, CRITICISM, rulebook="langport"))

    assert len(made.findings) > 1
    assert {one.assumes for one in made.findings} == {("in-force",)}


def test_p14_the_report_asks_as_one_question_since_when_it_was_in_force(tmp_path: Path) -> None:
    made = assessed(written(tmp_path, CRITICISM, rulebook="langport"))

    asked = [one for one in made.questions if one.want == Want("register", "", "in-force")]
    assert [len(one.findings) for one in asked] == [len(made.findings)]
    assert made.questions[0] == asked[0]


def test_p14_a_scenario_that_says_since_when_assumes_and_asks_nothing(tmp_path: Path) -> None:
    rulebook = "[{langport: {in_force: {since: 2015-01-01}}}]"

    made = assessed(written(tmp_path, CRITICISM, rulebook=rulebook))

    assert {one.assumes for one in made.findings} == {()}
    assert made.questions == ()


@pytest.mark.parametrize(
    ("as_of", "reviews", "notes"),
    [
        pytest.param("2025-05-31", "reviews: []\n", [], id="on-its-last-day"),
        pytest.param("2025-06-01", "reviews: []\n", ["review-overdue"], id="a-day-later"),
        pytest.param("2025-06-01", "reviews: [2025-05-20]\n", [], id="once-it-was-reviewed"),
    ],
)
def test_p14_a_review_is_overdue_after_the_last_day_for_it(
    tmp_path: Path, as_of: str, reviews: str, notes: list[str]
) -> None:
    path = written(tmp_path, BLAME, top=f"as_of: {as_of}", rulebook="twywell", register=reviews)

    assert [one.why for one in assessed(path).scope] == notes


# --- P15, P16 ---------------------------------------------------------------------


def test_p15_a_later_approval_is_shown_as_mitigation(tmp_path: Path) -> None:
    made = assessed(
        written(
            tmp_path,
            "- {id: e1, at: 2025-03-04, event: instruction-given, by: ann, to: dev, subject: fete, under: none}",
            rulebook="langport",
            register="decisions: [{id: d2, to: ann, over: dev, since: 2025-03-10, approves: e1}]\n",
        )
    )

    assert only(made, "2.3").status is Status.BREACHED
    assert "Approved afterwards by the decision d2, which mitigates and does not excuse." in told(
        made
    )


def test_p16_context_is_shown_with_the_findings_of_the_event_that_it_bears_on(
    tmp_path: Path,
) -> None:
    apology = "- {id: x1, at: 2025-03-05, event: apology-made, by: ann, bears-on: e1}"

    made = assessed(written(tmp_path, f"{BLAME}\n{apology}"))

    assert "Also on record, x1: Ann apologised for e1." in told(made)
    assert made.not_covered == ()


def test_p16_other_law_is_shown_wherever_the_clause_is(tmp_path: Path) -> None:
    detriment = (
        "- {id: e1, at: 2025-03-04, event: advice-refused, by: dev, to: ann, required-by-law: no}"
    )

    text = told(assessed(written(tmp_path, detriment, rulebook="langport")))

    assert "other law may bear on this: The law on employment and on equality" in text


def test_p16_an_event_of_a_kind_that_no_rule_mentions_is_not_covered(tmp_path: Path) -> None:
    uncovered = "- {id: e2, at: 2025-03-04, event: favour-shown, by: dev, to: ann}"
    mentioned = (
        "- {id: d1, at: 2025-03-05, event: discussion-held, by: ann, with: dev, topic: market}"
    )

    made = assessed(written(tmp_path, f"{BLAME}\n{uncovered}\n{mentioned}"))

    assert made.not_covered == ("e2",)


# --- P17, P18 ---------------------------------------------------------------------


def test_p17_what_is_found_of_the_clerk_is_only_what_the_protocol_describes(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        - {id: i1, at: 2025-03-01, event: instruction-given, by: ann, to: cleo, subject: fete, under: none}
        - {id: e1, at: 2025-03-04, event: instruction-carried-out, by: cleo, instruction: i1, answers: {outside-own-responsibility: yes}}
        """,
        rulebook="langport",
        register="decisions: []\ndelegations: []\n",
    )

    (found,) = (one for one in assessed(path).findings if one.bearer == "cleo")
    assert (found.status, found.force) == (Status.UNDETERMINED, "states")


def test_p18_questions_come_in_the_order_jurisdiction_capacity_facts_judgement(
    tmp_path: Path,
) -> None:
    path = written(
        tmp_path,
        """
        - {id: e1, at: 2025-03-04, event: abuse-directed, by: ann, to: dev}
        - {id: e2, at: 2025-03-04, event: criticism-made, by: ann, of: dev}
        - {id: e3, at: 2025-03-04, event: criticism-made, by: ann, of: dev, where: press, as: not_known}
        - {id: e4, at: 2025-03-04, event: criticism-made, by: kim, of: dev, where: press}
        """,
        rulebook="[{langport: {in_force: {since: 2015-01-01}}}]",
    )
    path.write_text(path.read_text().replace("    fay:", "    kim: not_known\n    fay:"))

    wants = [one.want for one in assessed(path).questions]

    turns = [want.turn for want in wants]
    assert turns == sorted(turns)
    assert set(turns) == {0, 1, 2, 3}
    assert wants[0] == Want("register", "kim", "offices")
    assert Want("field", "e3", "as") in wants
    assert wants.index(Want("field", "e3", "as")) < wants.index(Want("field", "e2", "where"))


def test_p18_a_gap_in_the_text_is_no_question(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "- {id: e1, at: 2025-03-04, event: personal-issue-raised, by: dev, to: ann, through: none}",
        rulebook="[{langport: {in_force: {since: 2015-01-01}}}]",
    )

    made = assessed(path)

    assert [str(want) for want in only(made, "4A(f)").wants] == ["text:whom-it-binds@e1"]
    assert made.questions == ()


def test_p18_events_after_the_clock_are_noted(tmp_path: Path) -> None:
    made = assessed(written(tmp_path, BLAME, top="as_of: 2025-03-03"))

    assert made.findings == ()
    assert [(one.why, one.event) for one in made.scope] == [("after-the-clock", "e1")]


@pytest.mark.parametrize(
    ("event", "options", "status"),
    [
        pytest.param(BLAME, (), 1, id="an-alleged-breach-counts"),
        pytest.param(BLAME, ("--proof", "admitted"), 0, id="an-alleged-one-is-narrowed-away"),
        pytest.param(
            BLAME.replace("}", ", proof: admitted}"),
            ("--proof", "admitted"),
            1,
            id="an-admitted-one-stays",
        ),
        pytest.param(
            BLAME.replace("}", ", proof: admitted}"),
            ("--proof", "established"),
            0,
            id="established-narrows-further",
        ),
        pytest.param(BLAME, ("--force", "must"), 1, id="a-must-stays"),
        pytest.param(BLAME.replace("on: dev", "on: fay"), (), 0, id="nothing-breached-is-0"),
        pytest.param(BLAME.replace("by: ann", "by: not_known"), (), 0, id="undetermined-is-0"),
    ],
)
def test_p18_exit_status_1_means_any_breach_that_counts(
    tmp_path: Path, event: str, options: tuple[str, ...], status: int
) -> None:
    done = run("assess", *options, written(tmp_path, event))

    assert done.exit_code == status, done.output


@pytest.mark.parametrize(
    ("options", "status"),
    [
        pytest.param((), 1, id="a-should-counts"),
        pytest.param(("--force", "should"), 1, id="a-should-counts-as-should"),
        pytest.param(("--force", "must"), 0, id="a-should-is-narrowed-away"),
    ],
)
def test_p18_a_breach_of_a_should_counts_unless_narrowed(
    tmp_path: Path, options: tuple[str, ...], status: int
) -> None:
    path = written(
        tmp_path,
        "- {id: e1, at: 2025-03-04, event: complaint-made, by: ann, about: dev, to: con}",
    )
    path.write_text(path.read_text().replace("    fay:", "    con: {holds: chair}\n    fay:"))

    assert run("assess", *options, path).exit_code == status


def _shared() -> Scenario:
    return next(one for path, one in SCENARIOS if paragraph(path) == 1)


def _register() -> Register:
    return _shared().register


def _blame(**fields: object) -> BlameLaid:
    at = _shared().history.events[0].at
    return BlameLaid(id="e1", at=at, by="ann", on="dev", topic="fete", **fields)  # type: ignore[arg-type]


def test_p18_may_treats_the_act_as_done_and_established() -> None:
    found = may(model(), _register(), _blame(proof=Proof.ALLEGED))

    assert (found.answer, found.forbidden_by) == ("forbidden", ("1",))
    assert [one.proof for one in found.findings] == [Proof.ESTABLISHED]


def test_p18_may_treats_a_value_that_is_only_alleged_as_established_too() -> None:
    found = may(model(), _register(), _blame(proofs={"on": Proof.ALLEGED}))

    assert [one.proof for one in found.findings] == [Proof.ESTABLISHED]


def test_p18_may_says_what_it_depends_on() -> None:
    found = may(model(), Register(people={"dev": _register().people["dev"]}), _blame())

    assert (found.answer, found.depends_on) == ("depends", (Want("register", "ann", "offices"),))


def test_p18_may_counts_what_came_before(tmp_path: Path) -> None:
    events = "- {id: d1, at: 2025-03-01, event: discussion-held, by: ann, with: dev, topic: fete}"
    before = load_scenario(written(tmp_path, events, top="proof: established")).history.events

    found = may(model(), _register(), _blame(), history=before)

    assert (found.answer, found.findings) == ("permitted", ())


def test_p18_standing_duties_take_no_part_in_may() -> None:
    register = Register(people=_register().people, speaks_of=frozenset({"procedures"}))
    twywell = load_rulebook("twywell")
    scenario = evolve(_shared(), register=register)
    lacking = assess(twywell, scenario)

    found = may(twywell, register, _blame())

    assert "4.1" in {one.clause for one in lacking.breached}
    assert found.findings == ()


def test_p18_the_causes_of_wants_are_those_seven() -> None:
    causes = {
        want.cause
        for _, scenario in SCENARIOS
        for one in scenario.rulebooks
        for finding in assess(one.rulebook, scenario, engine="reference").findings
        for want in finding.wants
    }

    assert causes == {"field", "actor", "register", "judgement", "parameter", "proof", "text"}
