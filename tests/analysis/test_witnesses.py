"""Witnesses: a smallest scenario for an outcome, and what tells two rules apart."""

from __future__ import annotations

import pytest
from attrs import evolve

import councilrules
from councilrules.analysis.formulas import Ask
from councilrules.analysis.sameness import sameness
from councilrules.analysis.witnesses import UnreachableError, telling_apart, unreachable, witness
from councilrules.coverage import reachable
from councilrules.rules import Always, Authorised, Judged, Rule, Rulebook
from councilrules.scenarios import Scenario

LANGPORT = councilrules.load_rulebook("langport")
TWYWELL = councilrules.load_rulebook("twywell")
FINDING = {"breached", "undetermined", "open", "excused", "met"}
SOME = [
    (book, rule.name, outcome)
    for book in (LANGPORT, TWYWELL)
    for rule in book.rules[4::15]
    for outcome in reachable(rule)
]


def changed(rulebook: Rulebook, name: str, **parts: object) -> Rulebook:
    """Give a rulebook in which parts of one rule are others."""

    def rule(one: Rule) -> Rule:
        return evolve(one, **parts) if one.name == name else one  # type: ignore[arg-type]

    clauses = tuple(evolve(one, rules=tuple(map(rule, one.rules))) for one in rulebook.clauses)
    return evolve(rulebook, clauses=clauses)


def statuses(rulebook: Rulebook, scenario: Scenario, rule: str) -> set[str]:
    """Tell what a rule comes to in a scenario."""
    made = councilrules.assess(rulebook, scenario, engine="reference")
    return {one.status.value for one in made.findings if f"{one.clause}/{one.rule}" == rule}


@pytest.mark.parametrize(("rulebook", "rule", "outcome"), SOME)
def test_a_witness_reaches_its_outcome_when_it_is_assessed(
    rulebook: Rulebook, rule: str, outcome: str
) -> None:
    scenario = witness(rulebook, rule, outcome)

    made = councilrules.assess(rulebook, scenario, engine="reference")
    if outcome in FINDING:
        assert outcome in statuses(rulebook, scenario, rule)
    elif outcome == "permitted":
        assert rule in {f"{one.clause}/{one.rule}" for one in made.permissions}
    else:
        assert any(note.why == "another-instrument" for note in made.scope)


def test_a_smallest_breach_of_2_3_is_one_instruction_by_a_councillor_to_an_employee() -> None:
    scenario = witness(LANGPORT, "2.3/instructed", "breached")

    (event,) = scenario.history.events
    assert event.id == "e1"
    assert {len(one.offices) for one in scenario.register.people.values()} == {1}
    assert scenario.register.decisions == ()


def test_the_same_witness_is_found_every_time() -> None:
    first, again = (witness(TWYWELL, "4.4/procedure-too-soon", "met") for _ in range(2))

    assert first == again


def test_the_chair_who_tells_the_clerk_has_taken_both_steps_at_once() -> None:
    scenario = witness(TWYWELL, "4.4/procedure-too-soon", "met")

    kinds = [type(one).__name__ for one in scenario.history.events]
    assert kinds == ["DisciplinaryProcedureInvoked", "ConcernRaised"]


def test_an_outcome_that_a_rule_cannot_reach_is_a_fault_that_names_both() -> None:
    gapped = changed(LANGPORT, "2.3/instructed", gaps=(("always-unclear", Always()),))

    with pytest.raises(UnreachableError, match=r"2\.3/instructed never comes to `breached`"):
        witness(gapped, "2.3/instructed", "breached")


def test_a_shadowed_exception_is_listed_as_unreachable() -> None:
    rule = LANGPORT.rule("1.6", LANGPORT["1.6"].rules[0].id)
    alone = evolve(
        LANGPORT,
        clauses=(
            evolve(
                LANGPORT["1.6"],
                rules=(evolve(rule, exceptions=(("never", _never(rule)),)),),
            ),
        ),
    )

    assert [(one.name, outcome) for one, outcome in unreachable(alone)] == [(rule.name, "excused")]


def _never(rule: Rule) -> councilrules.rules.Condition:
    """Give a condition that cannot hold where the rule applies: that the answer is no."""
    judged = next(one for one in rule.conditions if isinstance(one, Judged))
    return councilrules.rules.Not(judged)


def test_an_unknown_outcome_or_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="is none of"):
        witness(LANGPORT, "2.3/instructed", "guilty")
    with pytest.raises(KeyError):
        witness(LANGPORT, "2.3/no-such-rule", "breached")


def test_a_rule_and_its_copy_are_not_told_apart() -> None:
    again = changed(LANGPORT, "2.3/instructed", note="Something else.")

    assert telling_apart(LANGPORT, again, "2.3/instructed") is None


def test_a_rule_is_told_apart_from_itself_without_an_exception() -> None:
    rule = LANGPORT.rule("2.3", "instructed")
    less = changed(LANGPORT, rule.name, exceptions=rule.exceptions[1:])

    scenario = telling_apart(LANGPORT, less, rule.name)

    assert scenario is not None
    bare = evolve(scenario, rulebooks=())
    assert statuses(LANGPORT, bare, rule.name) != statuses(less, bare, rule.name)


def test_a_rule_is_told_apart_from_itself_with_other_bearers() -> None:
    more = changed(LANGPORT, "2.3/instructed", roles=("councillor", "officer"))

    scenario = telling_apart(LANGPORT, more, "2.3/instructed")

    assert scenario is not None
    bare = evolve(scenario, rulebooks=())
    assert statuses(LANGPORT, bare, "2.3/instructed") == set()
    assert statuses(more, bare, "2.3/instructed") != set()


@pytest.mark.parametrize("part", ["over", "subject"])
def test_a_rule_is_told_apart_from_one_that_asks_less_of_authority(part: str) -> None:
    rule = LANGPORT.rule("2.3", "instructed")
    lessened = tuple(
        (name, evolve(one, **{part: None}) if isinstance(one, Authorised) else one)  # type: ignore[arg-type]
        for name, one in rule.exceptions
    )

    wider = changed(LANGPORT, rule.name, exceptions=lessened)

    scenario = telling_apart(LANGPORT, wider, rule.name)

    assert scenario is not None
    bare = evolve(scenario, rulebooks=())
    assert statuses(LANGPORT, bare, rule.name) != statuses(wider, bare, rule.name)


def test_a_field_can_be_empty_where_a_rule_asks_for_each_of_its_words() -> None:
    scenario = witness(TWYWELL, "3.1(j)/personal-issue-raised", "breached")

    found = councilrules.assess(TWYWELL, scenario, engine="reference").findings

    assert [one.status for one in found if one.clause == "3.1(j)"] == [councilrules.Status.BREACHED]


def test_a_rule_on_fewer_kinds_of_event_is_told_apart_by_one_of_the_others() -> None:
    book = LANGPORT
    narrowed = only_inspecting(book)

    scenario = telling_apart(book, narrowed, "2.6/inspected")

    assert scenario is not None
    assert [type(one).__name__ for one in scenario.history.events] == ["CopyCalledFor"]


def only_inspecting(book: Rulebook) -> Rulebook:
    rule = book.rule("2.6", "inspected")
    assert rule.trigger.kinds == ("document-inspected", "copy-called-for")
    fewer = evolve(rule, trigger=evolve(rule.trigger, kinds=("document-inspected",)))
    clauses = tuple(evolve(one, rules=(fewer,)) if one.id == "2.6" else one for one in book.clauses)
    return evolve(book, clauses=clauses)


def handing_on(*names: str) -> Rulebook:
    """Give Langport with a refusal that hands on only these fields of the act."""
    rule = LANGPORT.rule("2.5", "refused")
    assert rule.denies is not None
    copied = tuple(one for one in rule.denies.copied if one[0] in names)
    return changed(LANGPORT, rule.name, denies=evolve(rule.denies, copied=copied))


def test_what_a_refusal_hands_on_makes_no_difference_if_no_clause_that_bars_reads_it() -> None:
    less = handing_on("by", "document", "knowingly")

    assert telling_apart(LANGPORT, less, "2.5/refused", effort=1_000) is None


def test_what_a_refusal_hands_on_makes_a_difference_if_a_clause_that_bars_reads_it() -> None:
    less = handing_on("by", "needed-for-duties", "knowingly")
    barred = Ask("barred", about="2.6")

    one, other = (sameness(book, book.rule("2.5", "refused"), barred) for book in (LANGPORT, less))

    assert one != other
