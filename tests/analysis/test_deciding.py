"""What scenarios show to decide: pairs that differ in one answer, and both sides of edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from councilrules import assess, load_rulebook, load_scenarios
from councilrules.analysis.deciding import decided
from councilrules.analysis.missing import missing
from councilrules.reports.coverage_page import coverage_lines, coverage_page
from councilrules.scenarios.writing import written_together

if TYPE_CHECKING:
    from pathlib import Path

    from councilrules import Rulebook, Scenario
    from councilrules.coverage.items import Decided, Item

PROTOCOL = """\
format: 1
id: thornwick
council: Thornwick Parish Council
title: How members and staff work together
version: first
adopted: 2024-06-03
roles:
  member: {offices: [member]}
  warden: {offices: [warden]}
sections: [rules.yaml]
"""

RULES = """\
- clause: "2"
  means: No member tells a warden what to do, unless the parish has authorised it.
  fingerprint: []
  kind: prohibition
  force: must
  rules:
    - id: told
      bearer: {by: member}
      must_not: {event: instruction-given, to: warden}
      unless:
        authorised:
          authorised: {who: by, over: to, subject: subject, under: under}
"""

REGISTER = """\
rulebooks: ..
register:
  people:
    ann: {holds: member, since: 2024-01-01, until: 2025-06-01T12:00}
    bob: {holds: warden, since: 2024-01-01}
    fay: {holds: nothing}
  decisions: []
  delegations: []
"""
TOLD = """\
  - title: A member who tells a warden what to do is in breach
    events: [{id: e1, at: 2025-03-04, event: instruction-given, by: ann, to: bob}]
    expect: {thornwick/2: [{ann: breached, on: e1}]}
"""
TOLD_ANOTHER = """\
  - title: An instruction to somebody else is outside the clause
    events: [{id: e1, at: 2025-03-04, event: instruction-given, by: ann, to: fay}]
    expect: {thornwick/2: []}
"""


@pytest.fixture
def rulebook(tmp_path: Path) -> Rulebook:
    (tmp_path / "protocol.yaml").write_text(PROTOCOL, encoding="utf-8")
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    return load_rulebook(tmp_path)


def scenarios(rulebook: Rulebook, *texts: str) -> tuple[Scenario, ...]:
    path = _folder(rulebook) / "scenarios" / "all.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(REGISTER + "scenarios:\n" + "".join(texts), encoding="utf-8")
    return load_scenarios(path)


def _folder(rulebook: Rulebook) -> Path:
    from pathlib import Path  # noqa: PLC0415 - of the rulebook's own folder

    return Path(rulebook.folder)


def shown(rulebook: Rulebook, of: tuple[Scenario, ...]) -> Decided:
    return decided(rulebook, [assess(rulebook, one, engine="reference") for one in of])


def item(found: Decided, kind: str, words: str) -> Item:
    (one,) = (one for one in found.rules[0].items if one.kind == kind and words in one.words)
    return one


def test_a_condition_is_shown_by_two_scenarios_that_differ_in_it(rulebook: Rulebook) -> None:
    found = item(shown(rulebook, scenarios(rulebook, TOLD, TOLD_ANOTHER)), "condition", "warden")

    assert found.is_shown
    assert [one.title for one in found.shown_by] == [
        "A member who tells a warden what to do is in breach",
        "An instruction to somebody else is outside the clause",
    ]


def test_a_condition_that_always_held_is_not_shown(rulebook: Rulebook) -> None:
    found = item(shown(rulebook, scenarios(rulebook, TOLD)), "condition", "warden")

    assert not found.is_shown
    assert "not a warden" in found.lacking[0]


def test_a_condition_is_not_shown_where_something_else_decides_too(rulebook: Rulebook) -> None:
    neither = TOLD_ANOTHER.replace("by: ann", "by: fay")

    found = shown(rulebook, scenarios(rulebook, TOLD, neither))

    assert not item(found, "condition", "warden").is_shown


def test_a_scenario_that_expects_nothing_of_the_clause_shows_nothing(rulebook: Rulebook) -> None:
    told, other = scenarios(rulebook, TOLD, TOLD_ANOTHER)

    found = shown(rulebook, (told, evolve(other, expected=())))

    assert not item(found, "condition", "warden").is_shown


def test_an_act_on_the_last_day_in_office_is_on_its_edge(rulebook: Rulebook) -> None:
    last = TOLD.replace("2025-03-04", "2025-06-01T11:59")

    without = shown(rulebook, scenarios(rulebook, TOLD))
    found = shown(rulebook, scenarios(rulebook, last))

    assert not item(without, "boundary", "at the end of the office").is_shown
    assert item(found, "boundary", "at the end of the office").is_shown
    assert not item(found, "boundary", "after the office has ended").is_shown


def test_what_is_missing_is_found_and_completes_the_rule(
    rulebook: Rulebook, tmp_path: Path
) -> None:
    there = scenarios(rulebook, TOLD)
    text = written_together([*missing(rulebook, there)])
    path = tmp_path / "scenarios" / "more.yaml"
    path.write_text(text, encoding="utf-8")

    found = shown(rulebook, (*there, *load_scenarios(path)))

    assert [one.words for one in found.rules[0].missing] == []
    assert [status for status, is_reached in found.rules[0].statuses if not is_reached] == []


def test_the_lines_say_what_is_missing_in_words(rulebook: Rulebook) -> None:
    lines = [*coverage_lines(shown(rulebook, scenarios(rulebook, TOLD)), missing=True)]

    assert "2/told: no scenario is excused" in lines
    assert any("not a warden" in line for line in lines)
    assert not any("100%" in line for line in lines)


def test_the_page_takes_nothing_of_a_title_for_markup(rulebook: Rulebook) -> None:
    told = TOLD.replace("A member", "A <b>member</b>")

    page = coverage_page([shown(rulebook, scenarios(rulebook, told, TOLD_ANOTHER))])

    assert "<b>" not in page
    assert "A &lt;b&gt;member&lt;/b&gt;" in page


GAPS = """\
      must_not: {event: instruction-given}
      unclear:
        another-member: {to: {is: member, not: warden}}
        an-outsider: {to: {not: [member, warden]}}
"""
TOLD_MEMBER = """\
  - title: The text does not say whether a member may tell another what to do
    events: [{id: e1, at: 2025-03-04, event: instruction-given, by: ann, to: ann}]
    expect: {thornwick/2/told: [{ann: undetermined, on: e1, wants: ["text:another-member@e1"]}]}
"""
TOLD_OUTSIDER = """\
  - title: The text does not say whether a member may tell an outsider what to do
    events: [{id: e1, at: 2025-03-04, event: instruction-given, by: ann, to: fay}]
    expect: {thornwick/2/told: [{ann: undetermined, on: e1, wants: ["text:an-outsider@e1"]}]}
"""


@pytest.fixture
def with_gaps(rulebook: Rulebook) -> Rulebook:
    path = _folder(rulebook) / "rules.yaml"
    rule = RULES.split("      must_not", maxsplit=1)[0] + GAPS
    path.write_text(rule, encoding="utf-8")
    return load_rulebook(path.parent)


def _of_member(found: Decided) -> Item:
    (one,) = (
        one for one in found.rules[0].items
        if one.kind == "condition" and "another member" in one.where and "a member" in one.words
    )  # fmt: skip
    return one


def test_a_condition_that_decides_only_which_gap_is_named_is_shown_by_that(
    with_gaps: Rulebook,
) -> None:
    found = _of_member(shown(with_gaps, scenarios(with_gaps, TOLD_MEMBER, TOLD_OUTSIDER)))

    assert found.is_shown
    assert "an outsider" in found.shown_by[1].title


def test_which_gap_is_named_shows_nothing_where_a_scenario_does_not_say(
    with_gaps: Rulebook,
) -> None:
    silent = TOLD_OUTSIDER.replace(', wants: ["text:an-outsider@e1"]', "")

    found = _of_member(shown(with_gaps, scenarios(with_gaps, TOLD_MEMBER, silent)))

    assert not found.is_shown


def test_an_exception_beside_another_that_excuses_too_is_shown_by_being_named(
    rulebook: Rulebook,
) -> None:
    path = _folder(rulebook) / "rules.yaml"
    excused = "        to-a-colleague: {to: warden}\n        to-somebody: {to: {not: nobody}}\n"
    rule = RULES.replace("instruction-given, to: warden", "instruction-given")
    path.write_text(rule.split("        authorised:")[0] + excused, encoding="utf-8")
    book = load_rulebook(path.parent)
    by = "{thornwick/2/told: [{ann: excused, on: e1, by: %s}]}"
    told = TOLD.replace("{thornwick/2: [{ann: breached, on: e1}]}", by % "to-a-colleague")
    other = TOLD_ANOTHER.replace("{thornwick/2: []}", by % "to-somebody")

    found = shown(book, scenarios(book, told, other))
    without = shown(book, scenarios(book, told, other.replace(", by: to-somebody", "")))

    assert item(found, "exception", "to a colleague").is_shown
    assert not item(without, "exception", "to a colleague").is_shown
