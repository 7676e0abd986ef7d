"""Faults are put into rules one at a time, everywhere, and each gives a rulebook that loads."""

from __future__ import annotations

import re
from collections import Counter
from textwrap import dedent, indent
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from councilrules import load_rulebook
from councilrules.analysis.mutants import Mutant, mutants
from councilrules.rulebooks.checks import problems_of
from councilrules.rules import HasInterest, Judged, Modality, Not, Related, parts_of

if TYPE_CHECKING:
    from pathlib import Path

    from councilrules import Rulebook

HEAD = """\
format: 1
id: thornwick
council: Thornwick Parish Council
title: How wardens and trustees work together
version: first
adopted: 2020-01-01
roles:
  trustee: {offices: [trustee]}
  warden: {offices: [warden]}
  council: {bodies: [council]}
parameters:
  reply: {means: How soon somebody hears., text: silent}
sections: [rules.yaml]
"""
CLAUSE = """\
- clause: "1"
  means: What one rule says.
  fingerprint: []
  kind: obligation
  force: must
  rules:
"""
YIELDING = """\
- clause: "2"
  means: Papers are shown to trustees, unless the third clause stands in the way.
  fingerprint: []
  kind: right
  force: may
  subject_to: ["3"]
  rules:
    - id: refused
      bearer: {by: warden}
      must_not: {event: document-refused, to: trustee}
      denies: {event: document-inspected, by: {same-as: to}, document: same, knowingly: yes}
- clause: "3"
  means: Nobody looks at a paper on what they have an interest in.
  fingerprint: []
  kind: prohibition
  force: must
  rules:
    - id: inspected
      bearer: {by: trustee}
      must_not: {event: document-inspected, by: {has-interest-in: document.matter, known: yes}}
"""


def read(folder: Path, *rules: str, clauses: str = "") -> Rulebook:
    """Load a rulebook whose first clause has these rules."""
    folder.mkdir(exist_ok=True)
    listed = "".join(indent(f"- {indent(dedent(one), '  ').strip()}\n", " " * 4) for one in rules)
    (folder / "protocol.yaml").write_text(HEAD, encoding="utf-8")
    (folder / "rules.yaml").write_text((CLAUSE + listed if rules else "") + clauses, "utf-8")
    return load_rulebook(folder)


def of_kind(book: Rulebook, fault: str) -> list[Mutant]:
    return [one for one in mutants(book) if one.fault == fault]


TOLD = """
    id: one
    bearer: {by: trustee}
    must_not: {event: instruction-given, to: warden}
"""
SAW = """
    id: one
    bearer: {by: trustee}
    must_not: {event: document-inspected, needed-for-duties: yes, knowingly: yes}
"""
JOINED = """
    id: one
    bearer: {by: trustee}
    must_not:
      event: operations-joined
      either: [{nature: [operational, monitoring]}, {staff-work: yes}]
"""
BLAMED = """
    id: one
    bearer: {by: trustee}
    must_not: {event: blame-laid, on: {not: warden}}
    judge: bullying
    unless:
      discussed: {after: {event: discussion-held, topic: same, by: {same-as: by}}}
    unclear:
      nobody-there: {vacant: warden}
"""
ASKED = """
    id: one
    bearer: {to: warden}
    whenever: {event: promise-made, to: trustee}
    must: {event: [promise-kept, promise-withdrawn], promise: trigger}
    until: due
    within: reply
"""
FIRST = """
    id: one
    bearer: {by: warden}
    whenever: {event: work-done}
    must_first:
      - {event: interest-declared, matter: same}
      - {event: discussion-held, by: same}
"""
ORDERED = """
    id: one
    bearer: {by: trustee}
    must_not: {event: instruction-given}
    unless:
      authorised: {authorised: {who: by, over: to, subject: subject, under: under}}
"""


@pytest.mark.parametrize(
    ("fault", "rule", "was", "becomes"),
    [
        ("condition-dropped", TOLD, ", to: warden", ""),
        ("condition-dropped", SAW, "needed-for-duties: yes, ", ""),
        ("knowledge-ignored", SAW, ", knowingly: yes", ""),
        ("condition-negated", TOLD, "to: warden", "to: {not: warden}"),
        ("condition-negated", BLAMED, "{not: warden}", "warden"),
        ("alternative-dropped", JOINED, "either: [{nature: [operational, monitoring]}, {staff-work: yes}]", "staff-work: yes"),
        ("words-widened", SAW, "knowingly: yes", "knowingly: [yes, facts-only]"),
        ("words-narrowed", JOINED, "[operational, monitoring]", "monitoring"),
        ("role-swapped", TOLD, "to: warden", "to: trustee"),
        ("role-swapped", BLAMED, "{vacant: warden}", "{vacant: trustee}"),
        ("roles-widened", TOLD, "to: warden", "to: [warden, trustee]"),
        ("bearer-role-swapped", TOLD, "{by: trustee}", "{by: warden}"),
        ("bearer-roles-widened", TOLD, "{by: trustee}", "{by: [trustee, warden]}"),
        ("bearer-swapped", TOLD, "bearer: {by", "bearer: {to"),
        ("kinds-widened", SAW.replace("needed-for-duties: yes, ", ""), "event: document-inspected", "event: [document-inspected, copy-called-for]"),
        ("kinds-narrowed", ASKED, "[promise-kept, promise-withdrawn]", "promise-kept"),
        ("question-swapped", BLAMED, "judge: bullying", "judge: undue-pressure"),
        ("question-dropped", BLAMED, "judge: bullying", ""),
        ("exception-dropped", BLAMED, "unless:\n      discussed: {after: {event: discussion-held, topic: same, by: {same-as: by}}}\n    ", ""),
        ("exception-to-gap", ORDERED, "unless:", "unclear:"),
        ("gap-dropped", BLAMED, "unclear:\n      nobody-there: {vacant: warden}", ""),
        ("gap-to-exception", ORDERED.replace("unless:", "unclear:"), "unclear:", "unless:"),
        ("order-exchanged", BLAMED, "after:", "also:"),
        ("same-and-other-exchanged", BLAMED, "{same-as: by}", "{other-than: by}"),
        ("field-swapped", BLAMED, "by: {same-as: by}", "by: {same-as: on}"),
        ("step-dropped", FIRST, "  - {event: interest-declared, matter: same}\n", ""),
        ("steps-exchanged", FIRST, "- {event: interest-declared, matter: same}\n      - {event: discussion-held, by: same}", "- {event: discussion-held, by: same}\n      - {event: interest-declared, matter: same}"),
        ("until-dropped", ASKED, "until: due\n    ", ""),
        ("within-dropped", ASKED, "within: reply\n", ""),
        ("modality-flipped", TOLD, "must_not:", "may:"),
        ("modality-flipped", TOLD, "must_not:", "refer:"),
        ("authority-widened", ORDERED, ", over: to", ""),
        ("authority-widened", ORDERED, ", under: under", ""),
        ("passing-on-exchanged", ORDERED, "under: under", "under: under, passing-on: yes"),
    ],
)  # fmt: skip
def test_a_fault_gives_the_rule_that_its_author_might_have_written(
    tmp_path: Path, fault: str, rule: str, was: str, becomes: str
) -> None:
    book = read(tmp_path / "right", rule)
    assert was in rule

    (expected,) = read(tmp_path / "wrong", rule.replace(was, becomes)).rules

    made = [one.rulebook.rule("1", "one") for one in of_kind(book, fault)]
    assert expected in made


@pytest.mark.parametrize(
    ("fault", "was", "becomes"),
    [
        ("denies-dropped", "denies: {event: document-inspected, by: {same-as: to}, document: same, knowingly: yes}", ""),
        ("denied-field-dropped", "by: {same-as: to}, ", ""),
        ("denied-value-changed", "knowingly: yes", "knowingly: facts-only"),
        ("denied-value-changed", ", knowingly: yes}", "}"),
        ("knowledge-ignored", ", known: yes}", "}"),
    ],
)  # fmt: skip
def test_a_fault_in_a_refusal_gives_the_rule_that_its_author_might_have_written(
    tmp_path: Path, fault: str, was: str, becomes: str
) -> None:
    right = YIELDING.replace('  subject_to: ["3"]\n', "") if fault == "denies-dropped" else YIELDING
    assert was in right

    made = [one.rulebook.rules for one in of_kind(read(tmp_path / "right", clauses=right), fault)]

    assert read(tmp_path / "wrong", clauses=right.replace(was, becomes)).rules in made


def test_an_interest_of_another_kind_counts_or_one_of_these_does_not(tmp_path: Path) -> None:
    narrow = YIELDING.replace("known: yes}", "known: yes, of: [professional, personal]}")

    made = list(mutants(read(tmp_path, clauses=narrow)))

    kinds = {
        part.kinds
        for one in made
        if one.fault.startswith("words")
        for part in one.rulebook.rule("3", "inspected").conditions
        if isinstance(part, HasInterest)
    }
    both = ("professional", "personal")
    more = {(*both, kind) for kind in ("pecuniary", "prejudicial", "other")}
    assert kinds == {("professional",), ("personal",)} | more


def test_a_refusal_that_has_to_deny_something_goes_on_denying_it(tmp_path: Path) -> None:
    assert of_kind(read(tmp_path, clauses=YIELDING), "denies-dropped") == []


def test_a_clause_forgets_what_it_yields_to(tmp_path: Path) -> None:
    (made,) = of_kind(read(tmp_path, clauses=YIELDING), "subject-to-dropped")

    assert made.name == "2/refused"
    assert made.rulebook["2"].subject_to == ()
    assert made.rulebook.rules == made.original.rules


def test_what_counts_up_to_the_deadline_counts_after_it(tmp_path: Path) -> None:
    rule = ASKED + "    unless:\n      waived: {meanwhile: {event: promise-withdrawn}}\n"

    (made,) = of_kind(read(tmp_path, rule), "until-due-dropped")

    ((_, condition),) = made.rulebook.rule("1", "one").exceptions
    assert isinstance(condition, Related)
    assert not condition.until_due


def test_the_event_that_opened_the_case_comes_to_count_only_where_it_can(tmp_path: Path) -> None:
    apart = "id: one\nbearer: {by: warden}\nwhenever: {event: work-done}\nmust_first: {event: %s}\n"

    assert of_kind(read(tmp_path / "apart", apart % "interest-declared"), "itself-exchanged") == []
    assert len(of_kind(read(tmp_path / "alike", apart % "work-done"), "itself-exchanged")) == 1


def test_what_all_has_to_hold_and_always_does_is_not_dropped(tmp_path: Path) -> None:
    # `known` only says more about the interest, and stands in the condition as one of its own.
    (made,) = of_kind(read(tmp_path, clauses=YIELDING), "condition-dropped")[-1:]

    assert made.says == (
        "it is no longer asked whether whoever did it had then an interest in what the document "
        "relates to and knew of it"
    )


@pytest.mark.parametrize(
    ("rule", "becomes"),
    [
        (ASKED, {Modality.MUST_FIRST, Modality.MUST_NOT}),
        (FIRST, {Modality.MUST_NOT}),
        (TOLD.replace("must_not", "may"), {Modality.MUST_NOT, Modality.REFER}),
        (TOLD.replace("must_not", "refer"), {Modality.MUST_NOT, Modality.MAY}),
    ],
)
def test_a_rule_says_the_opposite_of_what_it_says(
    tmp_path: Path, rule: str, becomes: set[Modality]
) -> None:
    made = of_kind(read(tmp_path, rule), "modality-flipped")

    assert {one.rulebook.rule("1", "one").modality for one in made} == becomes
    assert all(one.rulebook.rule("1", "one").within is None for one in made)


# --- deadlines and standing duties --------------------------------------------------


def test_a_parameter_is_replaced_by_a_number_that_nobody_can_set(tmp_path: Path) -> None:
    made = of_kind(read(tmp_path, ASKED), "parameter-replaced-by-a-number")

    assert [one.says for one in made] == [
        f"{number} days are allowed, whatever `reply` is set to" for number in (0, 1, 5, 30)
    ]
    for one in made:
        (rule,) = one.rulebook.rules
        assert rule.within not in {None, "reply"}
        assert one.rulebook.parameters["reply"] == one.original.parameters["reply"]
        assert one.rulebook.parameters[rule.within or ""].values


def test_a_parameter_asks_for_timeliness_where_the_text_is_silent(tmp_path: Path) -> None:
    (made,) = of_kind(read(tmp_path, ASKED), "timeliness-exchanged")

    assert made.rulebook.parameters["reply"].is_timely
    assert made.parameter == "reply"


def test_a_parameter_is_wrongly_counted_once_it_is_set(tmp_path: Path) -> None:
    book = read(tmp_path, ASKED)
    made = of_kind(book, "deadline-off-by-one") + of_kind(book, "deadline-miscounted")

    ways = [
        (value.allowance.number, value.allowance.unit, value.allowance.counting)
        for one in made
        for value in one.rulebook.parameters["reply"].values
    ]
    assert ways == [
        (11, "working-days", "first-day-out"),
        (9, "working-days", "first-day-out"),
        (10, "working-days", "first-day-in"),
        (10, "days", "first-day-out"),
    ]
    assert {one.original.parameters["reply"].values[0].allowance.number for one in made} == {10}


def test_a_fault_in_counting_is_put_into_the_number_that_a_scenario_sets(tmp_path: Path) -> None:
    book = read(tmp_path, ASKED)
    more, fewer = of_kind(book, "deadline-off-by-one")
    (value,) = more.original.parameters["reply"].values
    none = evolve(value, allowance=evolve(value.allowance, number=0))
    told = evolve(book, parameters={"reply": evolve(book.parameters["reply"], values=(none,))})

    for mutant, number in ((more, 1), (fewer, 0)):
        (counted,) = mutant.put_into(told).parameters["reply"].values
        assert counted.allowance.number == number
    assert more.put_into(book).parameters == book.parameters


def test_a_parameter_of_several_rules_has_each_fault_once(tmp_path: Path) -> None:
    book = read(tmp_path, ASKED, ASKED.replace("id: one", "id: two"))

    faults = Counter(one.fault for one in mutants(book) if one.parameter is not None)

    assert faults == {
        "timeliness-exchanged": 1, "deadline-off-by-one": 2, "deadline-miscounted": 2,
    }  # fmt: skip
    assert {len(one.rules) for one in mutants(book) if one.parameter is not None} == {2}


def test_a_standing_duty_lacks_something_or_asks_for_something_else(tmp_path: Path) -> None:
    rule = "id: one\nbearer: council\nstanding: {procedures: [grievance, lobbying]}\n"

    made = list(mutants(read(tmp_path, rule)))

    entries = {
        one.fault: one.rulebook.rule("1", "one").standing
        for one in made
        if one.fault.startswith("entry")
    }
    assert {fault: found and found.entries for fault, found in entries.items()} == {
        "entry-dropped": ("grievance",),
        "entry-added": ("grievance", "lobbying", "other"),
        "entry-swapped": ("grievance", "other"),
    }


# --- all of them --------------------------------------------------------------------

ALL = (TOLD, SAW, JOINED, BLAMED, ASKED, FIRST, ORDERED)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    rules = [one.replace("id: one", f"id: rule-{number}") for number, one in enumerate(ALL)]
    return read(tmp_path_factory.mktemp("book") / "all", *rules, clauses=YIELDING)


@pytest.fixture(scope="module", params=["everything", "langport", "twywell"])
def book(request: pytest.FixtureRequest, everything: Rulebook) -> Rulebook:
    return everything if request.param == "everything" else load_rulebook(request.param)


def test_every_mutant_is_a_rulebook_that_could_be_loaded(everything: Rulebook) -> None:
    assert [(str(one), problems_of(one.rulebook)) for one in mutants(everything)
            if problems_of(one.rulebook)] == []  # fmt: skip


def test_no_two_mutants_are_the_same_and_none_is_the_rulebook_itself(book: Rulebook) -> None:
    seen = set()
    for one in mutants(book):
        rules = tuple((rule.name, rule) for rule in one.rules)
        parameters = one.rulebook.parameters
        times = tuple(parameters[rule.within] for rule in one.rules if rule.within)
        seen.add((rules, times, one.rulebook[one.clause].subject_to))
        assert one.rulebook != one.original
    assert len(seen) == len(list(mutants(book)))


def test_only_the_rule_that_is_named_differs(book: Rulebook) -> None:
    for one in mutants(book):
        differing = [
            rule.name
            for rule, other in zip(one.rulebook.rules, one.original.rules, strict=True)
            if rule != other
        ]
        is_elsewhere = one.parameter is not None or one.fault == "subject-to-dropped"
        assert differing == ([] if is_elsewhere else [one.name])


def test_a_mutant_says_where_its_rule_stands_and_what_is_wrong_with_it(book: Rulebook) -> None:
    for one in mutants(book):
        assert one.place == book.rule(one.clause, one.rule).place
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", one.fault)
        assert str(one) == f"{one.name}: {one.says}"
        assert one.says[0] != " "
        assert "<" not in one.says


def test_the_mutants_of_a_rulebook_are_the_same_each_time(everything: Rulebook) -> None:
    assert list(mutants(everything)) == list(mutants(everything))


def test_no_judgement_is_asked_the_other_way_round(everything: Rulebook) -> None:
    turned = [
        str(one)
        for one in mutants(everything)
        for rule in one.rules
        for condition in rule.conditions
        if isinstance(condition, Not)
        and any(isinstance(part, Judged) for part in parts_of(condition))
    ]

    assert turned == []
