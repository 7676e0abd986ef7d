"""That plans say the same as the rules that they are compiled from."""

from __future__ import annotations

import ast

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.drawing.rulebooks import generated, rulebooks

from councilrules import Rulebook, load_rulebook
from councilrules.engines._generating import generate
from councilrules.engines._plans import Alternatives, alternatives, plans
from councilrules.rules import AllOf, AnyOf, Condition, Is, Modality, Not, Path, Related, parts_of
from councilrules.truth import Truth, all_true, any_true

LEAVES = [Is(Path(name), ("yes",)) for name in "abcd"]


def trees() -> st.SearchStrategy[Condition]:
    """Draw conditions made of the leaves with all, any and not."""

    def grown(part: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(part, max_size=3).map(tuple)
        return st.one_of(part.map(Not), several.map(AllOf), several.map(AnyOf))

    leaves: st.SearchStrategy[Condition] = st.sampled_from(LEAVES)
    return st.recursive(leaves, grown, max_leaves=8)


def truth_of(condition: Condition, facts: dict[Condition, Truth]) -> Truth:
    match condition:
        case Not(part=part):
            return truth_of(part, facts).not_()
        case AllOf(parts=parts):
            return all_true(truth_of(part, facts) for part in parts)
        case AnyOf(parts=parts):
            return any_true(truth_of(part, facts) for part in parts)
        case _:
            return facts[condition]


def read(found: Alternatives, facts: dict[Condition, Truth]) -> Truth:
    """Read alternatives as engines do: once for what is certain, once for what is possible."""
    each = [
        [
            facts[one.condition] if one.holds else facts[one.condition].not_()  # type: ignore[index]  # only leaves
            for one in alternative
        ]
        for alternative in found
    ]
    if any(all(one is Truth.TRUE for one in literals) for literals in each):
        return Truth.TRUE
    is_possible = any(all(one is not Truth.FALSE for one in literals) for literals in each)
    return Truth.UNKNOWN if is_possible else Truth.FALSE


@given(condition=trees(), data=st.data())
def test_the_alternatives_of_a_condition_have_its_truth(
    condition: Condition, data: st.DataObject
) -> None:
    facts: dict[Condition, Truth] = {
        leaf: data.draw(st.sampled_from(Truth), str(leaf)) for leaf in LEAVES
    }

    assert read(alternatives(condition, answering=False), facts) is truth_of(condition, facts)


@given(condition=trees())
def test_not_turns_the_side_that_asks(condition: Condition) -> None:
    found = alternatives(Not(condition), answering=True)
    inner = alternatives(condition, answering=False, holds=False)

    assert found == inner


@given(rulebook=rulebooks)
def test_every_relation_of_every_rule_is_planned(rulebook: Rulebook) -> None:
    for plan in plans(rulebook).all:
        written = {id(one) for one in plan.rule.conditions if isinstance(one, Related)}

        assert {of for of, _ in plan.relations} == written


@given(rulebook=generated())
def test_every_rule_that_opens_cases_is_planned_under_each_kind_that_opens_it(
    rulebook: Rulebook,
) -> None:
    made = plans(rulebook)

    finding = {Modality.MUST, Modality.MUST_NOT, Modality.MUST_FIRST}
    assert [one.rule for one in made.all] == [
        one for one in rulebook.rules if one.modality in finding
    ]
    for plan in made.all:
        for kind in plan.rule.trigger.kinds:
            assert plan in made.by_trigger[kind]


@pytest.mark.parametrize("name", ["langport", "twywell"])
def test_the_generated_source_has_one_function_for_each_kind_of_event(name: str) -> None:
    made = plans(load_rulebook(name))

    source = generate(made)

    functions = [
        one.name for one in ast.parse(source.text).body if isinstance(one, ast.FunctionDef)
    ]
    assert sorted(functions) == sorted(source.names.values())
    assert set(source.names) == set(made.by_trigger) - {"course-of-conduct"}


def test_the_source_of_a_rulebook_is_always_the_same() -> None:
    first, second = (generate(plans(load_rulebook("twywell"))).text for _ in range(2))

    assert first == second


def test_relations_have_no_relations_inside() -> None:
    for name in ("langport", "twywell"):
        for rule in load_rulebook(name).rules:
            for one in rule.conditions:
                if isinstance(one, Related):
                    inner = parts_of(one.pattern.condition)
                    assert not any(isinstance(part, Related) for part in inner)


def test_no_name_that_an_author_chose_becomes_code() -> None:
    name = "spy\n    raise SystemExit('{}')\r    # \x0c"
    rulebook = load_rulebook("twywell")
    clauses = tuple(
        evolve(
            clause,
            id=clause.id + name,
            rules=tuple(
                evolve(rule, id=name, clause=clause.id + name, roles=(name,) if rule.roles else ())
                for rule in clause.rules
            ),
        )
        for clause in rulebook.clauses
    )
    roles = {**rulebook.roles, name: evolve(rulebook.roles["councillor"], name=name)}
    renamed = evolve(rulebook, clauses=clauses, roles=roles)

    source = generate(plans(renamed)).text

    assert not [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Raise)]
