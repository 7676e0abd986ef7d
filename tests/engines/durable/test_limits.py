"""Rulebooks of any size stay inside what durable-rules can hold."""

from __future__ import annotations

import json

import pytest
from attrs import evolve
from tests.drawing.rulebooks import clause_of, set_within
from tests.engines.durable.agreeing import found
from tests.engines.durable.plain import printed
from tests.strategies import Drawn

from councilrules.engines import durable
from councilrules.engines._plans import plans
from councilrules.engines.durable._definitions import MOST_DEFINITIONS, of_events, of_pairs
from councilrules.engines.durable._layouts import MOST_COLUMNS, MOST_JOINS, own_layout, pair_layout
from councilrules.events import UNKNOWN, Event, OneOf
from councilrules.history import History
from councilrules.register import Office, Person, Register
from councilrules.rules import (
    AllOf,
    Always,
    AnyOf,
    Compared,
    Condition,
    Is,
    Modality,
    Not,
    Order,
    Path,
    Pattern,
    RefersToTrigger,
    Related,
    Rule,
    Rulebook,
)
from councilrules.testing._times import START, STEP, exact
from councilrules.vocabulary import kinds

FIELDS = ("by", "to", "with", "as", "towards", "on-instruction-of")


def a_rulebook(*rules: Rule) -> Rulebook:
    """Give a rulebook of rules, each of them in a clause of its own."""
    clauses = tuple(clause_of(rule.clause, rule) for rule in rules)
    return evolve(set_within(clauses[0], days=3), clauses=clauses)


def a_rule(name: str, condition: Condition, **more: object) -> Rule:
    given: dict[str, object] = {
        "id": "r", "clause": name, "kind": "prohibition", "force": "must",
        "modality": Modality.MUST_NOT, "bearer": "by",
        "trigger": Pattern(("query-made",), condition),
    }  # fmt: skip
    return Rule(**(given | more))  # type: ignore[arg-type]  # as above


def drawn_on(rulebook: Rulebook, *events: Event) -> Drawn:
    people = {name: Person(offices=(Office(role="councillor"),)) for name in ("ann", "bob", "cleo")}
    register = Register(people=people)
    history = History(events=events, as_of=START + 1000 * STEP)
    return Drawn(rulebook=rulebook, register=register, history=history)


def an_event(kind: str, number: int, **fields: object) -> Event:
    at = exact(START + (number + 1) * STEP)
    return kinds()[kind].cls(**{"id": f"e{number}", "at": at} | fields)  # type: ignore[arg-type]  # its own fields


def test_durable_rules_takes_no_more_than_64_rules_below_one_condition() -> None:
    script = """
        for number in (64, 65):
            rules = [[{"a": {"$and": [{"type": "A"}, {f"c{n}": "yes"}]}}] for n in range(number)]
            hits.clear()
            try:
                say(host(*rules), {"type": "A", **{f"c{n}": "yes" for n in range(number)}})
            except Exception as error:
                print(error)
            print(len(hits))
    """

    assert printed(script).split("\n") == ["64", "Could not assert fact, error code: 303", "0"]


def test_a_rule_with_hundreds_of_ways_is_divided(process: durable.Process) -> None:
    ways = AnyOf(tuple(Is(Path("with"), (f"s{n}",)) for n in range(300)))
    rulebook = a_rulebook(a_rule("1", ways))
    subjects = ["s0", "s39", "s40", "s299", "other", ("other", "s7"), UNKNOWN, OneOf(("s1", "s2"))]
    events = [
        an_event("query-made", n, by="ann", to="bob", with_=one) for n, one in enumerate(subjects)
    ]
    drawn = drawn_on(rulebook, *events)
    (plan,) = plans(rulebook).all
    definitions = list(of_events(plan, own_layout(plan)))

    assert len(definitions) > 10 * MOST_DEFINITIONS
    assert found(drawn, process) == drawn.found.findings
    assert {one.on for one in drawn.found.findings} == {"e0", "e1", "e2", "e3", "e5", "e6", "e7"}


def test_a_condition_of_hundreds_of_parts_fits_into_few_columns(process: durable.Process) -> None:
    parts = tuple(Not(Is(Path("with"), (f"s{n}",))) for n in range(300))
    rulebook = a_rulebook(a_rule("1", AllOf(parts)))
    events = [
        an_event("query-made", n, by="ann", to="bob", with_=one)
        for n, one in enumerate(["s0", "s299", "other", UNKNOWN])
    ]
    drawn = drawn_on(rulebook, *events)
    (plan,) = plans(rulebook).all

    assert len(own_layout(plan).columns) <= MOST_COLUMNS
    assert found(drawn, process) == drawn.found.findings
    assert {one.on for one in drawn.found.findings} == {"e2", "e3"}


@pytest.mark.parametrize("differs", [False, True])
def test_more_joins_than_one_definition_makes_are_counted(
    process: durable.Process, *, differs: bool
) -> None:
    joins = tuple(
        Compared(Path(one), Path(one), differs=differs, of_trigger=True) for one in FIELDS
    )
    looked_for = Pattern(("response-given",), AllOf(joins))
    fits = Related(looked_for, Order.AFTER)
    rulebook = a_rulebook(
        a_rule("1", fits), a_rule("2", Not(fits)), a_rule("3", Always(), required=(fits,),
        modality=Modality.MUST_FIRST),
    )  # fmt: skip
    values: list[object] = ["ann", ("ann", "bob"), ("bob", "cleo"), UNKNOWN, OneOf(("ann", "cleo"))]
    events = [
        an_event(
            ("query-made", "response-given")[n % 2], n, by="ann", to=values[n % 5],
            with_=values[(n * 3 + 1) % 5], as_=values[n % 4 // 2], towards="bob",
            on_instruction_of="e0",
        )
        for n in range(20)
    ]  # fmt: skip
    drawn = drawn_on(rulebook, *events)
    (plan, *_) = plans(rulebook).all
    (relation,) = plan.relations.values()

    assert all(len(one.joins) <= MOST_JOINS for one in pair_layout(plan, relation).choices)
    assert found(drawn, process) == drawn.found.findings
    assert len(drawn.found.findings) > 5


def test_two_joins_on_one_field_may_hold_by_different_names(process: durable.Process) -> None:
    both = tuple(Compared(Path("with"), Path(one), of_trigger=True) for one in ("by", "to"))
    talked = Related(Pattern(("discussion-held",), AllOf(both)), Order.BEFORE)
    rulebook = a_rulebook(a_rule("1", Always(), exceptions=(("talked", talked),)))
    drawn = drawn_on(
        rulebook,
        an_event("discussion-held", 0, by="cleo", with_=("ann", "bob")),
        an_event("query-made", 1, by="ann", to="bob"),
        an_event("query-made", 2, by="ann", to="cleo"),
    )

    assert found(drawn, process) == drawn.found.findings
    assert [one.excused_by for one in drawn.found.findings] == ["talked", None]


def test_names_of_any_length_and_alphabet_never_reach_it(process: durable.Process) -> None:
    answered = Related(Pattern(("response-given",), RefersToTrigger(Path("query"))), Order.AFTER)
    rulebook = a_rulebook(a_rule("1", Always(), exceptions=(("answered", answered),)))
    odd = ["x" * 100_000, "\N{SNOWMAN}\0\n", "$and", "id", "1", "e" + chr(0xD800)]
    events = [
        event
        for n, name in enumerate(odd)
        for event in (
            an_event("query-made", 2 * n, id=name, by="ann", to="bob"),
            an_event("response-given", 2 * n + 1, by="bob", to="ann", query=name),
        )
    ]
    drawn = drawn_on(rulebook, *events)

    assert found(drawn, process) == drawn.found.findings
    assert {one.excused_by for one in drawn.found.findings} == {"answered"}


def test_a_rulebook_of_600_rules_works(process: durable.Process) -> None:
    answered = Related(Pattern(("response-given",), RefersToTrigger(Path("query"))), Order.AFTER)
    rulebook = a_rulebook(*(
        a_rule(
            str(n),
            Is(Path("with"), (f"s{n % 7}",)),
            exceptions=(("answered", answered),) if n % 2 else (),
        )
        for n in range(600)
    ))  # fmt: skip
    events = [
        an_event(kind, n, by="ann", to="bob", with_=f"s{n % 9}", **fields)
        for n in range(10)
        for kind, fields in [
            ("query-made", {}) if n % 3 else ("response-given", {"query": f"e{n - 1}"})
        ]
    ]
    drawn = drawn_on(rulebook, *events)

    assert found(drawn, process) == drawn.found.findings
    assert len(drawn.found.findings) > 300


def test_no_definition_asks_more_than_durable_rules_takes() -> None:
    for fields in (1, 3):
        joins = tuple(Compared(Path(one), Path(one), of_trigger=True) for one in FIELDS[:fields])
        fits = Related(Pattern(("response-given",), AllOf(joins)), Order.AFTER)
        (plan,) = plans(a_rulebook(a_rule("1", fits))).all
        (relation,) = plan.relations.values()
        for definition in of_pairs(plan, pair_layout(plan, relation)):
            assert len(definition.elements) == 2
            assert len(json.dumps(definition.made())) < 2_000
