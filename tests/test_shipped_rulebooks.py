"""The shipped rulebooks: complete, covered by scenarios, and true to the texts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.shipped import assessed, of_rulebook

from councilrules import Assessment, Rulebook, load_rulebook
from councilrules.coverage import Coverage, coverage, reachable
from councilrules.expecting import mismatches
from councilrules.rulebooks import shipped
from councilrules.trace import Trace, trace

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = Path(__file__).parents[2] / "shared" / "protocols"
CLAUSES = {
    "langport": (
        "Intro 1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8 2.1 2.1(a) 2.1(b) 2.1(c) 2.1(d) 2.2 2.3 2.4 2.5 2.6 "
        "2.7 2.8 2.9 3.1 3.2 3.3 3.4 3.5 3.6 4A(a) 4A(b) 4A(c) 4A(d) 4A(e) 4A(f) 4A(g) 4A(h) 4A(i) "
        "4A(j) 4A(k) 4A(l) 4A(m) 4B(a) 4B(b) 4B(c) 4B(d) 4B(e) 4B(f) 4C(a) 4C(b) 4C(c) 4C(d) 4C(e) "
        "4C(f) 4C(g) 4C(h) 4D(a) 4D(b) 4D(c) 4D(d) 4D(e) Background"
    ),
    "twywell": (
        "Intro 1.1 1.2 1.3 2.1 2.1(a) 2.1(b) 2.1(c) 2.2.1 2.2.1(a) 2.2.1(b) 2.2.1(c) 2.2.1(d) 2.2.2 "
        "2.2.3 2.3 2.4 3.1(a) 3.1(b) 3.1(c) 3.1(d) 3.1(e) 3.1(f) 3.1(g) 3.1(h) 3.1(i) 3.1(j) 3.1(k) "
        "3.2(a) 3.2(b) 3.2(c) 3.2(d) 3.2(e) 3.2(f) 3.2(g) 3.3(a) 3.3(b) 4.1 4.2 4.2A 4.3 4.4 Control"
    ),
}
STATEMENTS = {
    "langport": {"Intro", "1.1", "2.1", "2.1(a)", "2.1(b)", "2.1(c)", "2.1(d)", "Background"},
    "twywell": {
        *("Intro", "1.1", "1.2", "2.1", "2.1(a)", "2.1(b)", "3.3(a)", "Control"),
        *("2.2.1", "2.2.1(a)", "2.2.1(b)", "2.2.1(c)", "2.2.1(d)"),
    },
}

# One process looks at all scenarios of a rulebook, so that each is assessed once.
EACH = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in CLAUSES]


@cache
def book(name: str) -> Rulebook:
    return load_rulebook(name)


def assessments(name: str) -> Iterator[Assessment]:
    for path in of_rulebook(name):
        for _, made in assessed(path):
            yield from (one for one in made if one.rulebook.id == name)


@cache
def covered(name: str) -> Coverage:
    return coverage(book(name), assessments(name))


def traced(name: str, text: str) -> Trace:
    return trace([(clause.id, clause.fingerprint) for clause in book(name).clauses], text)


def test_both_protocols_are_shipped() -> None:
    assert shipped() == ("langport", "twywell")


@pytest.mark.parametrize("name", CLAUSES)
def test_every_clause_of_the_protocol_is_there_in_its_order(name: str) -> None:
    assert [clause.id for clause in book(name).clauses] == CLAUSES[name].split()


def test_there_are_one_hundred_and_four_clauses() -> None:
    assert sum(len(book(name).clauses) for name in CLAUSES) == 104


@pytest.mark.parametrize("name", CLAUSES)
def test_a_clause_has_rules_exactly_if_it_is_no_mere_statement(name: str) -> None:
    without = {clause.id for clause in book(name).clauses if not clause.rules}

    assert without == STATEMENTS[name]


@pytest.mark.parametrize("name", CLAUSES)
def test_every_clause_is_restated_in_one_sentence_and_fingerprinted(name: str) -> None:
    for clause in book(name).clauses:
        assert clause.means.endswith(".")
        assert ". " not in clause.means
        assert clause.fingerprint


@pytest.mark.parametrize("name", CLAUSES)
def test_no_restatement_is_the_published_text(name: str) -> None:
    if not TEXTS.is_dir():
        pytest.skip("the published texts are not beside the repository")
    published = " ".join((TEXTS / f"{name}.txt").read_text(encoding="utf-8").casefold().split())

    for clause in book(name).clauses:
        assert clause.means.casefold().rstrip(".") not in published


@pytest.mark.parametrize("name", EACH)
def test_every_status_that_a_rule_can_reach_has_a_scenario(name: str) -> None:
    missing = {
        f"{rule.clause}/{rule.rule}": rule.missing for rule in covered(name).rules if rule.missing
    }

    assert missing == {}
    assert covered(name).is_complete


@pytest.mark.parametrize("name", EACH)
def test_no_scenario_reaches_a_status_that_a_rule_is_said_not_to_reach(name: str) -> None:
    said = {(rule.clause, rule.id): set(reachable(rule)) for rule in book(name).rules}
    extra = {"excused"}  # a duty also ends, excused, when its bearer has left office

    for made in assessments(name):
        for finding in made.findings:
            assert finding.status.value in said[finding.clause, finding.rule] | extra


@pytest.mark.parametrize("path", [
    pytest.param(path, id=f"{name}-{path.stem}", marks=pytest.mark.xdist_group(name))
    for name in CLAUSES for path in of_rulebook(name)
])  # fmt: skip
def test_the_scenarios_beside_a_rulebook_are_as_expected(path: Path) -> None:
    for scenario, made in assessed(path):
        assert scenario.expected
        assert list(mismatches(scenario, made)) == []


@pytest.mark.parametrize("name", CLAUSES)
def test_a_rulebook_is_traced_to_the_text_clause_by_clause(name: str) -> None:
    if not TEXTS.is_dir():
        pytest.skip("the published texts are not beside the repository")
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")

    assert traced(name, text).unchanged


@pytest.mark.parametrize(
    ("name", "word", "other", "clause"),
    [
        ("langport", "give instructions", "give orders", "2.3"),
        ("langport", "Blaming", "Shaming", "4D(c)"),
        ("langport", "which they must be allowed to discharge", "which they may be allowed to discharge", "3.6"),
        ("twywell", "treated equally", "treated fairly", "2.2.2"),
        ("twywell", "small group", "large group", "4.2A"),
        ("twywell", "0125.99", "0125.98", "Control"),
    ],
)  # fmt: skip
def test_a_word_that_is_changed_amends_its_clause_and_no_other(
    name: str, word: str, other: str, clause: str
) -> None:
    if not TEXTS.is_dir():
        pytest.skip("the published texts are not beside the repository")
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")

    found = traced(name, text.replace(word, other))

    assert text.count(word) == 1
    assert [one.clause for one in found.clauses if one.outcome != "same"] == [clause]
    assert not found.added
