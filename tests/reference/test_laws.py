"""The laws of the language, on drawn rulebooks, registers and histories."""

from __future__ import annotations

from datetime import timedelta

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.drawing.changes import renamed, shifted
from tests.strategies import (
    Drawn,
    any_kind,
    cases,
    events,
    only,
    pairs_of_knowledge,
    unyielding,
    uses_no_calendar,
)

from councilrules import assess
from councilrules.events import Event, Proof
from councilrules.findings import Finding, Status
from councilrules.register import Person
from councilrules.rules import Always, Modality, Rule
from councilrules.scenarios import Assessed, Scenario
from councilrules.testing._cast import STRANGER
from councilrules.vocabulary import kind_of

LATER: dict[Status | None, set[Status | None]] = {
    Status.BREACHED: {Status.BREACHED},
    Status.EXCUSED: {Status.EXCUSED},
    Status.MET: {Status.MET, Status.EXCUSED},
    Status.OPEN: {Status.OPEN, Status.MET, Status.EXCUSED},
    None: {None, Status.OPEN, Status.MET, Status.EXCUSED},
    Status.UNDETERMINED: {*Status, None},
}
"""What a status may become by learning alone; `tests/test_verdicts.py` derives it."""


def found_by_key(drawn: Drawn) -> dict[tuple[str, ...], Finding]:
    return {finding.key: finding for finding in drawn.found.findings}


# --- cases ------------------------------------------------------------------------


@given(drawn=cases(), data=st.data())
def test_no_trigger_no_case(drawn: Drawn, data: st.DataObject) -> None:
    rules = [one for one in drawn.rulebook.rules if one.modality is not Modality.STANDING]
    rule = data.draw(st.sampled_from(rules), "rule")
    kept = [one for one in drawn.history.events if not may_open(rule, one, drawn)]
    register = evolve(drawn.register, relationships=())

    found = evolve(drawn, register=register).with_events(*kept).found

    assert rule.name not in {f"{one.clause}/{one.rule}" for one in found.findings}
    assert rule.name not in {f"{one.clause}/{one.rule}" for one in found.permissions}


def may_open(rule: Rule, event: Event, drawn: Drawn) -> bool:
    """Tell whether an event is one that a rule speaks of, or bears on a question of it."""
    if rule.trigger.kinds:
        return kind_of(event).name in rule.trigger.kinds
    raised = frozenset().union(*(drawn.rulebook.questions[one].raised_by for one in rule.questions))
    return kind_of(event).name in raised | {"judgement-recorded"} or bool(event.answers)


@given(drawn=cases(only(lambda rule: rule.modality is not Modality.STANDING)))
def test_a_certain_exception_always_excuses(drawn: Drawn) -> None:
    clauses = tuple(
        evolve(
            clause,
            rules=tuple(evolve(one, exceptions=(("sure", Always()),)) for one in clause.rules),
        )
        for clause in drawn.rulebook.clauses
    )

    excused = evolve(drawn, rulebook=evolve(drawn.rulebook, clauses=clauses)).found.findings

    assert {one.status for one in excused} <= {Status.EXCUSED}
    breached = {one.key for one in drawn.found.findings if one.status is Status.BREACHED}
    assert breached <= {one.key for one in excused}


@given(drawn=cases())
def test_a_bearer_who_never_held_an_office_has_no_case(drawn: Drawn) -> None:
    nobody = dict.fromkeys((*drawn.register.people, STRANGER), Person())
    powerless = evolve(drawn, register=evolve(drawn.register, people=nobody))

    bound = [
        one
        for one in powerless.found.findings
        if one.bearer in nobody and drawn.rulebook.rule(one.clause, one.rule).roles
    ]

    assert bound == []


@given(drawn=cases(unyielding()))
def test_a_rulebook_finds_what_its_clauses_find(drawn: Drawn) -> None:
    each = [
        evolve(drawn, rulebook=evolve(drawn.rulebook, clauses=(clause,))).found
        for clause in drawn.rulebook.clauses
    ]

    assert drawn.found.findings == tuple(finding for one in each for finding in one.findings)
    assert drawn.found.permissions == tuple(may for one in each for may in one.permissions)


# --- what changes nothing -----------------------------------------------------------


@given(drawn=cases(), data=st.data())
def test_arrival_order_changes_nothing(drawn: Drawn, data: st.DataObject) -> None:
    order = data.draw(st.permutations(drawn.history.events))

    assert drawn.with_events(*order).found == drawn.found


@given(drawn=cases(), data=st.data())
def test_an_event_that_arrives_twice_changes_nothing(drawn: Drawn, data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(drawn.history.events), max_size=3))

    assert drawn.with_events(*again, *drawn.history.events, *again).found == drawn.found


@given(drawn=cases(), data=st.data())
def test_an_event_no_norm_mentions_changes_nothing(drawn: Drawn, data: st.DataObject) -> None:
    mentioned = {"judgement-recorded"}.union(*(rule.kinds for rule in drawn.rulebook.rules))
    for rule in drawn.rulebook.rules:
        for name in rule.questions if not rule.trigger.kinds else ():
            mentioned |= drawn.rulebook.questions[name].raised_by
    kind = data.draw(any_kind().filter(lambda one: one not in mentioned))
    event = data.draw(events(drawn, kind))

    found = drawn.with_events(*drawn.history.events, event).found

    assert found.findings == drawn.found.findings
    assert found.permissions == drawn.found.permissions


@given(drawn=cases(), data=st.data())
def test_disproved_events_change_nothing(drawn: Drawn, data: st.DataObject) -> None:
    kinds = st.sampled_from(sorted({kind_of(one).name for one in drawn.history.events}))
    event = data.draw(events(drawn, data.draw(kinds), st.just(Proof.DISPROVED)))

    found = drawn.with_events(*drawn.history.events, event).found

    assert found.findings == drawn.found.findings
    assert found.permissions == drawn.found.permissions
    assert found.not_covered == drawn.found.not_covered


# --- what changes nothing but names and times -----------------------------------------


@given(drawn=cases())
def test_renaming_people_renames_findings(drawn: Drawn) -> None:
    everybody = (*drawn.register.people, STRANGER)
    names = {name: f"person-{n}" for n, name in enumerate(reversed(everybody))}

    others = evolve(
        drawn, register=renamed(drawn.register, names), history=renamed(drawn.history, names)
    )

    assert others.found.findings == renamed(drawn.found.findings, names)


@given(drawn=cases(only(uses_no_calendar)), days=st.integers(-3000, 3000))
def test_shifting_every_time_shifts_every_finding(drawn: Drawn, days: int) -> None:
    by = timedelta(days=days)
    book = drawn.rulebook
    later = Drawn(
        rulebook=evolve(
            book, adopted=shifted(book.adopted, by), not_before=shifted(book.not_before, by)
        ),
        register=shifted(drawn.register, by),
        history=shifted(drawn.history, by),
        in_force=shifted(drawn.in_force, by),
    )

    # How many working days something was late is counted on a calendar.
    found, shown = (
        tuple(evolve(one, late_by=None) for one in each.found.findings) for each in (drawn, later)
    )
    assert shown == shifted(found, by)


# --- learning and waiting ---------------------------------------------------------------


@given(pair=pairs_of_knowledge())
def test_learning_a_fact_only_refines(pair: tuple[Drawn, Drawn]) -> None:
    before, after = (found_by_key(one) for one in pair)

    for key in before | after:
        # Before it is known who it was, there is one case without a bearer.
        vague = before.get((*key[:3], "", key[4]))
        earlier = before.get(key, vague)
        was = None if earlier is None else earlier.status
        now = after[key].status if key in after else None
        assert now in LATER[was], key


@given(drawn=cases(only(lambda rule: rule.modality is not Modality.STANDING)), data=st.data())
def test_waiting_only_settles_what_was_open(drawn: Drawn, data: st.DataObject) -> None:
    quiet = evolve(drawn, register=evolve(drawn.register, relationships=()))
    last = max(one.at.last for one in drawn.history.events)
    clock = last + timedelta(hours=data.draw(st.integers(0, 24 * 20)))
    wait = timedelta(hours=data.draw(st.integers(1, 24 * 40)))
    early, late = (
        evolve(quiet, history=evolve(drawn.history, as_of=one)) for one in (clock, clock + wait)
    )

    before, after = found_by_key(early), found_by_key(late)

    for key, finding in before.items():
        if finding.status in {Status.BREACHED, Status.EXCUSED, Status.MET}:
            assert after[key] == finding
        elif finding.status is Status.UNDETERMINED:
            may_run_out = drawn.rulebook.rule(finding.clause, finding.rule).is_duty
            assert may_run_out or after[key] == finding
    for key in after.keys() - before.keys():
        assert after[key].status is Status.UNDETERMINED
        assert drawn.rulebook.rule(after[key].clause, after[key].rule).is_duty


# --- what a finding says ---------------------------------------------------------------


@given(drawn=cases())
def test_an_undetermined_finding_always_wants_something_and_a_settled_one_nothing(
    drawn: Drawn,
) -> None:
    for finding in drawn.found.findings:
        assert bool(finding.wants) == (finding.status is Status.UNDETERMINED)


@given(drawn=cases(only(lambda rule: rule.modality is not Modality.STANDING)))
def test_a_finding_explains_itself_without_the_rest_of_the_history(drawn: Drawn) -> None:
    for finding in drawn.found.findings:
        cited = [one for one in drawn.history.events if one.id in finding.events]

        again = found_by_key(drawn.with_events(*cited))

        assert again.get(finding.key) == finding


@given(drawn=cases())
def test_a_checked_rulebook_never_fails_on_any_history(drawn: Drawn) -> None:
    scenario = Scenario(
        name="drawn",
        rulebooks=(Assessed(rulebook=drawn.rulebook, in_force=drawn.in_force),),
        register=drawn.register,
        history=drawn.history,
    )

    assessment = assess(drawn.rulebook, scenario)

    assert all(question.asks for question in assessment.questions)
