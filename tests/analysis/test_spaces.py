"""The situations that a search tries are all that rules can tell apart."""

from __future__ import annotations

from attrs import evolve

from councilrules import Rulebook, Status, assess, load_rulebook
from councilrules.analysis.witnesses import telling_apart, witness


def test_a_field_can_be_empty_where_a_rule_asks_for_each_of_its_words() -> None:
    scenario = witness(load_rulebook("twywell"), "3.1(j)/personal-issue-raised", "breached")

    found = assess(load_rulebook("twywell"), scenario, engine="reference").findings

    assert [one.status for one in found if one.clause == "3.1(j)"] == [Status.BREACHED]


def test_a_rule_on_fewer_kinds_of_event_is_told_apart_by_one_of_the_others() -> None:
    book = load_rulebook("langport")
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
