"""The public strategies: what they draw can be used, reaches the rules, and shrinks."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import pretty
from tests.drawing.rulebooks import SHIPPED, shipped
from tests.test_third_protocol import thornwick

from councilrules import (
    Event,
    Register,
    Rulebook,
    Scenario,
    Status,
    assess,
    load_scenario,
    testing,
)
from councilrules.events import UNKNOWN, Kind, Unknown, event
from councilrules.events.instructions import InstructionGiven
from councilrules.findings import Finding
from councilrules.reference import found
from councilrules.register import KINDS, Person
from councilrules.rules import Modality, Rule
from councilrules.scenarios.writing import written
from councilrules.testing._cast import cast_of
from councilrules.vocabulary import kind_of, kinds

BOOKS = [*SHIPPED, "thornwick"]
SEARCH = settings(
    max_examples=1000,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@cache
def book(name: str) -> Rulebook:
    return thornwick() if name == "thornwick" else shipped(name)


@cache
def scenarios_of(name: str) -> st.SearchStrategy[Scenario]:
    return testing.scenarios(book(name))


any_scenario = st.sampled_from(BOOKS).flatmap(scenarios_of)


def findings(scenario: Scenario) -> tuple[Finding, ...]:
    (assessed,) = scenario.rulebooks
    return found(
        assessed.rulebook,
        scenario.register,
        scenario.history,
        in_force=assessed.in_force,
        asked=scenario.asked(assessed.rulebook.id),
    ).findings


def opens(rule: Rule, scenario: Scenario) -> bool:
    """Tell whether a scenario has a case of a rule, or a permission or a note under it."""
    (assessed,) = scenario.rulebooks
    made = found(
        assessed.rulebook,
        scenario.register,
        scenario.history,
        in_force=assessed.in_force,
        asked=scenario.asked(assessed.rulebook.id),
    )
    if rule.modality is Modality.REFER:
        return any(
            note.why == "another-instrument" and rule.clause in note.clauses for note in made.scope
        )
    some = made.permissions if rule.modality is Modality.MAY else made.findings
    return any((one.clause, one.rule) == (rule.clause, rule.id) for one in some)


# --- what is drawn can be used ----------------------------------------------------


@given(scenario=any_scenario)
def test_every_drawn_scenario_reads_back_from_its_file_as_it_was(scenario: Scenario) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "drawn.yaml")
        path.write_text(written(scenario), encoding="utf-8", newline="")
        again = load_scenario(path)

    assert again.register == scenario.register
    assert again.history == scenario.history
    assert findings(again) == findings(scenario)


@given(scenario=any_scenario)
def test_assess_never_fails_on_a_drawn_scenario(scenario: Scenario) -> None:
    (assessed,) = scenario.rulebooks

    made = assess(assessed.rulebook, scenario, engine="reference")

    assert made.as_of == scenario.history.as_of


@given(data=st.data(), scenario=any_scenario)
def test_less_known_settles_nothing_the_other_way(data: st.DataObject, scenario: Scenario) -> None:
    settled = {Status.BREACHED, Status.EXCUSED}
    now = {one.key: one.status for one in findings(scenario)}

    less = data.draw(testing.less_known(scenario))

    for one in findings(less):
        if one.status in settled and "@" not in one.on:
            assert now[one.key] is one.status


@pytest.mark.parametrize("kind", ["instruction-given", "promise-made", "judgement-recorded"])
def test_an_event_is_of_the_kind_that_was_asked_for(kind: str) -> None:
    drawn = find(testing.events(kind, named="x1"), lambda _: True, settings=SEARCH)

    assert (kind_of(drawn).name, drawn.id) == (kind, "x1")


@given(drawn=testing.events(register=Register(people={"zed": Person()}), others=("e9",)))
def test_an_event_names_whom_the_register_lists_or_a_few_that_it_does_not(drawn: Event) -> None:
    assert drawn.by in {"zed", "lee", "council", UNKNOWN} or not isinstance(drawn.by, str)


@pytest.mark.parametrize(
    ("value", "field"),
    [("zed", "by"), ("none", "under"), ("not_known", "to"), ("alleged", "proof"), ("vague", "at")],
)
def test_an_event_holds_whatever_a_field_can_hold(value: str, field: str) -> None:
    drawn = testing.events("instruction-given", register=Register(people={"zed": Person()}))

    def holds(one: Event) -> bool:
        raw = getattr(one, field)
        return not raw.is_exact if value == "vague" else str(getattr(raw, "value", raw)) in {
            value, "1" if value == "alleged" else value,
        }  # fmt: skip

    assert find(drawn, holds, settings=SEARCH)


# --- in the words of the rulebook --------------------------------------------------


@pytest.mark.parametrize("name", BOOKS)
def test_somebody_holds_an_office_of_every_role_word(name: str) -> None:
    held = {office for office, _ in cast_of(book(name)).posts.values()}

    for role in book(name).roles.values():
        assert not role.offices or held & {*role.offices}, role.name


@pytest.mark.parametrize("kind", KINDS)
def test_registers_speak_of_every_kind_of_entry_and_are_silent_on_each(kind: str) -> None:
    drawn = testing.registers(book("thornwick"))

    assert find(drawn, lambda one: kind in one.speaks_of, settings=SEARCH)
    assert find(drawn, lambda one: kind not in one.speaks_of, settings=SEARCH)


def test_a_kind_of_event_of_another_package_is_drawn_too() -> None:
    @event
    class BadgeLent(Event):
        """Someone lent another person a badge.

        Attributes:
            to: Who has it.
        """

        to: Annotated[str | Unknown, Kind.PERSON] = UNKNOWN

    assert kinds()["badge-lent"].cls is BadgeLent
    assert isinstance(
        find(testing.events("badge-lent"), lambda _: True, settings=SEARCH), BadgeLent
    )


# --- it reaches, and shrinks -------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "rule"),
    [pytest.param(name, rule, id=f"{name}/{rule.name}") for name in BOOKS for rule in book(name).rules],
)  # fmt: skip
def test_the_trigger_of_every_rule_is_reached(name: str, rule: Rule) -> None:
    drawn = testing.scenarios(book(name), rules=[rule])

    assert find(drawn, lambda one: opens(rule, one), settings=SEARCH)


@pytest.mark.parametrize("status", Status)
def test_every_status_is_reached_by_a_promise(status: Status) -> None:
    rule = book("langport").rule("4A(j)", "did-not-get-back")
    drawn = testing.scenarios(book("langport"), rules=[rule])

    assert find(
        drawn,
        lambda one: any((each.clause, each.status) == ("4A(j)", status) for each in findings(one)),
        settings=SEARCH,
    )


def test_a_failing_case_shrinks_to_what_matters() -> None:
    rule = book("thornwick").rule("2", "told")
    drawn = testing.scenarios(book("thornwick"), rules=[rule])

    smallest = find(
        drawn,
        lambda one: any(
            (each.clause, each.status) == ("2", Status.BREACHED) for each in findings(one)
        ),
        settings=settings(SEARCH, phases=[Phase.generate, Phase.shrink]),
    )

    assert len(smallest.history.events) == 1
    assert len(smallest.register.people) <= 4
    assert not smallest.register.papers
    assert smallest.rulebooks[0].in_force is None


def test_a_failing_case_is_shown_as_a_file_and_not_as_its_rulebook() -> None:
    smallest = find(scenarios_of("langport"), lambda _: True, settings=SEARCH)

    assert pretty(smallest) == f"\n{written(smallest)}"


def test_a_case_that_no_file_can_say_is_shown_by_what_is_known() -> None:
    drawn = find(scenarios_of("langport"), lambda _: True, settings=SEARCH)
    at = drawn.history.events[0].at
    stranger = InstructionGiven(id="e1", at=at, by="lee")

    shown = pretty(evolve(drawn, history=evolve(drawn.history, events=(stranger,))))

    assert "no file can say this" in shown
    assert "'by': 'lee'" in shown
    assert "Rulebook(" not in shown


def test_what_is_drawn_from_stays_out_of_sight() -> None:
    assert len(repr(scenarios_of("langport"))) < 100


# --- what is asked for wrongly ------------------------------------------------------


def test_a_kind_that_is_misspelt_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(ValueError, match="did you mean `instruction-given`"):
        testing.events("instruction-givn")


def test_a_kind_that_nobody_records_is_refused() -> None:
    with pytest.raises(ValueError, match="made from the register"):
        testing.events("relationship-held")


def test_a_rule_of_another_rulebook_is_refused() -> None:
    (rule, *_) = book("twywell").rules

    with pytest.raises(ValueError, match="has no rule"):
        testing.scenarios(book("langport"), rules=[rule])


def test_no_rules_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match="`rules` is empty"):
        testing.scenarios(book("langport"), rules=[])


def test_a_rulebook_without_rules_has_scenarios_too() -> None:
    bare = evolve(book("thornwick"), clauses=())

    assert find(testing.scenarios(bare), lambda _: True, settings=SEARCH).history.events


def ran(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_without_hypothesis_it_says_in_plain_words_what_to_install() -> None:
    run = ran(
        "import sys; sys.modules['hypothesis'] = None\n"
        "try:\n    from councilrules.testing import scenarios\n"
        "except ModuleNotFoundError as error:\n    print(error)"
    )

    assert run.stdout == (
        "`councilrules.testing.scenarios` draws with Hypothesis, which is not installed: "
        "install it with `pip install 'councilrules[test]'`\n"
    )


def test_importing_the_package_needs_no_hypothesis() -> None:
    run = ran("import sys; import councilrules.testing; print('hypothesis' in sys.modules)")

    assert run.stdout == "False\n", run.stderr


def test_what_is_not_public_is_not_to_be_had() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        testing.no_such_name  # noqa: B018 - asking is the point
