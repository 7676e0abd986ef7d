"""That plans say the same as the rules that they are compiled from."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.drawing.rulebooks import clause_of, generated, kept, rulebooks, set_within

from councilrules import Rulebook, load_rulebook
from councilrules.engines._generating import generate
from councilrules.engines._plans import (
    Alternatives,
    Asked,
    Plan,
    Relation,
    alternatives,
    is_on_a_pair,
    plans,
)
from councilrules.events.questions import Question
from councilrules.rules import (
    AllOf,
    Always,
    AnyOf,
    Compared,
    Condition,
    Denied,
    Is,
    Judged,
    Modality,
    Not,
    Order,
    Path,
    Pattern,
    RefersToTrigger,
    Related,
    Rule,
    parts_of,
)
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


@pytest.mark.parametrize("of", [AllOf, AnyOf], ids=["all", "any"])
def test_what_is_not_so_of_several_is_not_so_of_each(of: type[AllOf | AnyOf]) -> None:
    one, two = (Asked(leaf, answering=True, holds=False) for leaf in LEAVES[:2])

    found = alternatives(Not(of(tuple(LEAVES[:2]))), answering=False)

    assert found == (((one,), (two,)) if of is AllOf else ((one, two),))


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


# --- what a plan tells of its rule -------------------------------------------------------

SPOKEN = Pattern(("discussion-held",), Always())
SAME_WITH = Compared(Path("with"), Path("to"), of_trigger=True)
OTHER_WITH = Compared(Path("with"), Path("to"), of_trigger=True, differs=True)
OFFICE_OF = Compared(Path("with", "office"), Path("to"), of_trigger=True)
REFERS = RefersToTrigger(Path("promise"))
ITSELF = RefersToTrigger(Path("id"))


def rule(**changes: Any) -> Rule:  # noqa: ANN401 - attributes of a rule
    (made,) = kept("councillor")[0].rules
    return evolve(made, **changes)


def planned(*rules: Rule, **others: Any) -> tuple[Plan, ...]:  # noqa: ANN401 - attributes of a clause
    clause = clause_of("1", *rules, **others)
    return plans(set_within(clause, days=10)).all


def related(condition: Condition) -> Related:
    return Related(Pattern(("discussion-held",), condition), Order.ANY_TIME)


def relation(condition: Condition) -> Relation:
    """Give the plan of a relation to a talk of which a condition holds."""
    (plan,) = planned(rule(required=(related(condition),)))
    (found,) = plan.relations.values()
    return found


def test_the_plans_of_a_rulebook_are_made_once_for_each_choice_of_modalities() -> None:
    rulebook = load_rulebook("twywell")
    some = frozenset({Modality.MAY})

    assert plans(rulebook) is plans(rulebook)
    assert plans(rulebook, some) is plans(rulebook, some)
    assert {one.rule.modality for one in plans(rulebook, some).all} == some
    assert plans(evolve(rulebook)).rulebook is not rulebook


def test_the_plans_of_the_last_eight_rulebooks_are_kept() -> None:
    rulebook = set_within(kept("councillor")[0], days=10)
    first = plans(rulebook)
    others = [evolve(rulebook) for _ in range(8)]

    for other in others[:7]:
        plans(other)
    assert plans(rulebook) is first

    plans(others[7])
    assert plans(rulebook) is not first


def test_plans_and_relations_are_numbered_by_their_places() -> None:
    two = rule(
        id="two", required=(related(SAME_WITH),), exceptions=(("talked", related(Always())),)
    )

    (plan,) = planned(rule(id="one", modality=Modality.MAY, required=(), within=None), two)

    assert plan.number == 1
    assert [one.number for one in plan.relations.values()] == [0, 1]


def test_a_relation_is_planned_once_for_each_side_that_asks_it() -> None:
    one = related(Always())
    (plan,) = planned(
        rule(
            required=(), within=None, modality=Modality.MUST_NOT,
            further=(one,), gaps=(("unclear", one),),
            exceptions=(("talked", AllOf((one, AnyOf((Not(one), Always()))))),),
        )
    )  # fmt: skip

    assert list(plan.relations) == [(id(one), False), (id(one), True)]
    assert [(found.number, found.answering) for found in plan.relations.values()] == [
        (0, False), (1, True),
    ]  # fmt: skip
    assert plan.relation(one, answering=True).answering
    assert not plan.relation(one, answering=False).answering
    assert {found.related for found in plan.relations.values()} == {one}


def test_an_exception_that_something_did_not_happen_is_asked_on_the_accusing_side() -> None:
    one = related(Always())

    (plan,) = planned(
        rule(
            required=(), within=None, modality=Modality.MUST_NOT,
            exceptions=(("never-talked", Not(one)),),
        )
    )  # fmt: skip

    assert list(plan.relations) == [(id(one), False)]


@pytest.mark.parametrize(
    ("condition", "joins"),
    [
        pytest.param(SAME_WITH, ((SAME_WITH,),), id="the-same"),
        pytest.param(REFERS, ((REFERS,),), id="a-reference"),
        pytest.param(OTHER_WITH, (), id="another"),
        pytest.param(OFFICE_OF, (), id="an-attribute"),
        pytest.param(evolve(SAME_WITH, of_trigger=False), (), id="of-one-event"),
        pytest.param(Not(SAME_WITH), (), id="not"),
        pytest.param(AllOf((SAME_WITH, Always(), REFERS)), ((SAME_WITH,), (REFERS,)), id="all"),
        pytest.param(AnyOf((SAME_WITH, REFERS)), ((SAME_WITH, REFERS),), id="any"),
        pytest.param(AnyOf((SAME_WITH, Always())), (), id="any-or-anything"),
        pytest.param(AnyOf(()), (), id="any-of-none"),
    ],
)
def test_a_search_is_narrowed_by_what_two_events_have_to_share(
    condition: Condition, joins: tuple[object, ...]
) -> None:
    assert relation(condition).joins == joins


def test_what_refers_to_the_trigger_comes_after_it_unless_it_is_the_trigger() -> None:
    assert relation(AllOf((Always(), REFERS))).follows
    assert not relation(ITSELF).follows
    assert not relation(SAME_WITH).follows


def test_only_steps_of_several_are_chained() -> None:
    steps = (related(SAME_WITH), related(Always()))
    (several,) = planned(
        rule(
            required=steps, within=None, modality=Modality.MUST_FIRST,
            exceptions=(("talked", related(REFERS)),),
        )
    )  # fmt: skip
    (single,) = planned(rule(required=steps[:1]))

    assert [one.is_chained for one in several.relations.values()] == [True, True, False]
    assert [one.is_chained for one in single.relations.values()] == [False]


def test_whoever_answers_to_it_says_which_way_a_pattern_is_asked() -> None:
    found = relation(SAME_WITH)

    assert found.answering
    assert found.alternatives == (
        (Asked("happened", answering=True), Asked(SAME_WITH, answering=True)),
    )


def test_what_opens_a_case_is_asked_on_the_accusing_side() -> None:
    (plan,) = planned(rule(further=(LEAVES[0],)))

    assert plan.opening == (
        (
            Asked("bound", answering=False),
            Asked("happened", answering=False),
            Asked(Always(), answering=False),
            Asked(LEAVES[0], answering=False),
        ),
    )


@pytest.mark.parametrize(
    ("changes", "opens_alone"),
    [
        pytest.param({}, True, id="neither"),
        pytest.param({"further": (LEAVES[0],)}, True, id="a-fact-further"),
        pytest.param({"further": (Not(related(Always())),)}, False, id="a-relation-further"),
        pytest.param(
            {"trigger": Pattern(("promise-made",), related(Always()))}, False, id="in-the-trigger"
        ),
    ],
)
def test_a_case_opens_alone_where_no_other_event_is_asked(
    changes: dict[str, Any],
    opens_alone: bool,  # noqa: FBT001 - as a table has it
) -> None:
    (plan,) = planned(rule(**changes))

    assert plan.opens_alone is opens_alone


def test_only_a_case_on_which_other_events_bear_is_kept() -> None:
    alone: dict[str, Any] = {"modality": Modality.MUST_NOT, "required": (), "within": None}

    (looking,), (not_looking,) = planned(rule()), planned(rule(**alone))

    assert (looking.looks_further, not_looking.looks_further) == (True, False)


def test_a_refusal_looks_for_what_the_clauses_look_for_that_bar_the_act() -> None:
    forbidding: dict[str, Any] = {"modality": Modality.MUST_NOT, "required": (), "within": None}
    inspecting = Pattern(("document-inspected",), Always())
    barring = rule(id="barring", clause="8", trigger=inspecting, **forbidding)
    # What bars may deny something itself, which nothing bars in turn.
    again = Denied(kind="document-disclosed", copied=(), fixed=())
    talking = evolve(barring, id="talking", further=(related(Always()),), denies=again)
    elsewhere = evolve(talking, id="elsewhere", trigger=SPOKEN)
    duty = evolve(talking, id="duty", modality=Modality.MAY)
    denied = Denied(kind="document-inspected", copied=(), fixed=())
    refusal = rule(
        id="refusal", clause="9", trigger=Pattern(("document-refused",), Always()),
        denies=denied, **forbidding,
    )  # fmt: skip
    idle = evolve(refusal, id="idle", denies=None)
    rulebook = evolve(
        set_within(clause_of("8"), days=10),
        clauses=(
            clause_of("8", elsewhere, duty, barring, talking),
            clause_of("9", idle, refusal, subject_to=("8",)),
        ),
    )

    made = plans(rulebook)

    bars = {
        plan.rule.id: ([(one.number, one.rule.id) for one in plan.barring], plan.bars_by)
        for plan in made.all
        if plan.rule.clause == "9"
    }
    assert bars == {
        "idle": ([], frozenset()),
        "refusal": ([(2, "barring"), (3, "talking")], frozenset({"discussion-held"})),
    }
    assert {kind: [one.rule.id for one in those] for kind, those in made.barred_by.items()} == {
        "discussion-held": ["refusal"]
    }
    assert [one.looks_further for one in made.all if one.rule.clause == "9"] == [False, True]


def test_plans_stand_under_every_kind_that_opens_them_or_that_they_look_for() -> None:
    either = Pattern(("promise-made", "discussion-held"), Always())
    looking = Related(Pattern(("promise-kept", "discussion-held"), Always()), Order.ANY_TIME)
    again = Related(Pattern(("promise-kept",), REFERS), Order.AFTER)

    rulebook = set_within(
        clause_of("1", rule(trigger=either, required=(looking,), exceptions=(("kept", again),))),
        days=10,
    )
    made = plans(rulebook)

    (plan,) = made.all
    one, two = plan.relations.values()
    assert made.by_trigger == {"promise-made": (plan,), "discussion-held": (plan,)}
    assert made.by_related == {
        "promise-kept": ((plan, one), (plan, two)),
        "discussion-held": ((plan, one),),
    }
    assert (made.on_anything, made.by_raising, made.by_question) == ((), {}, {})
    assert made.rulebook is rulebook


def test_plans_on_anything_stand_under_their_questions_and_what_raises_them() -> None:
    loud = Question(name="loud", asks="Was {by} loud?", raised_by=frozenset({"blame-laid"}))
    rude = Question(name="rude", asks="Was {by} rude?", raised_by=frozenset({"blame-laid"}))
    asking = rule(
        trigger=Pattern((), Always()), further=(AllOf((Judged("rude"), Judged("loud"))),),
        modality=Modality.MUST_NOT, required=(), within=None,
    )  # fmt: skip
    rulebook = evolve(
        set_within(clause_of("1", rule(id="other"), asking), days=10),
        questions={one.name: one for one in (loud, rude)},
    )

    made = plans(rulebook)

    plan = made.all[1]
    assert made.on_anything == (plan,)
    assert made.by_raising == {"blame-laid": (plan,)}
    assert made.by_question == {"loud": (plan,), "rude": (plan,)}
    assert list(made.by_question) == ["loud", "rude"]


def test_a_condition_is_on_a_pair_if_it_holds_an_event_against_the_trigger() -> None:
    pairs = [SAME_WITH, OTHER_WITH, REFERS, ITSELF]
    single = [evolve(SAME_WITH, of_trigger=False), LEAVES[0], Always(), "happened"]

    assert [is_on_a_pair(one) for one in (*pairs, *single)] == [True] * 4 + [False] * 4
