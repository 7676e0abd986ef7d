"""`lint --deep`: faults that are planted in copies of the rulebooks are found, each with a situation."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from attrs import frozen

from councilrules import assess, load_rulebook
from councilrules.analysis.contradictions import contradictions
from councilrules.analysis.linting import faults
from councilrules.analysis.overlaps import overlap
from councilrules.reports.text import render
from councilrules.rulebooks import shipped_folder

if TYPE_CHECKING:
    from pathlib import Path

    from councilrules.analysis.faults import Fault
    from councilrules.assessing import Assessment
    from councilrules.rules import Rule, Rulebook


@frozen
class Plant:
    """A fault to plant: what to write for what in a section, and who has to find it where."""

    what: str
    check: str
    rules: tuple[str, ...]
    section: str
    written: str
    instead: str
    says: str = ""

    @property
    def clauses(self) -> frozenset[str]:
        return frozenset(one.rpartition("/")[0] for one in self.rules)


PLANTS = (
    Plant(
        "a matter that has to be two things at once",
        "never-applies", ("2.9/sought-to-influence",), "langport/2-councillors",
        "over: staff-appointment}",
        "all: [{over: staff-appointment}, {over: {not: staff-appointment}}]}",
    ),
    Plant(
        "information kept from a councillor and from nobody",
        "never-applies", ("4B(d)/withheld",), "langport/4b-councillors-do-not-expect",
        "{event: information-withheld, to: councillor}",
        "{event: information-withheld, to: councillor, all: [{to: none}]}",
        "without",
    ),
    Plant(
        "a power over the view of a councillor who is nobody",
        "never-applies", ("2.4/view-reported",), "twywell/2-roles",
        "{event: view-reported, view-of: councillor}",
        "{event: view-reported, view-of: councillor, all: [{view-of: none}]}",
    ),
    Plant(
        "training to be offered to the same person and to nobody",
        "never-reached", ("4A(e)/not-offered",), "langport/4a-members-expect",
        "{event: training-offered, for: same, need: trigger}",
        "{event: training-offered, for: same, need: trigger, all: [{for: none}]}",
        "`met`",
    ),
    Plant(
        "a gap that is there whenever the rule applies",
        "never-reached", ("3.6/hindered",), "langport/3-officers-and-employees",
        "lawfully-required: yes}",
        "lawfully-required: yes}\n      unclear:\n        it-was-an-officer: {to: officer}",
        "`breached`",
    ),
    Plant(
        "a condition that whoever it is fulfils",
        "always-applies", ("2.1(c)/work-refused",), "twywell/2-roles",
        "must_not: {event: work-refused}",
        "must_not: {event: work-refused, either: [{by: clerk}, {by: {not: clerk}}]}",
    ),
    Plant(
        "a condition that only says again whom the rule binds",
        "idle-condition", ("2.8/used-otherwise",), "langport/2-councillors",
        "provided-to: councillors\n", "provided-to: councillors\n        by: councillor\n",
    ),
    Plant(
        "an alternative that is part of another",
        "idle-condition", ("2.7/disclosed",), "langport/2-councillors",
        "to: {other-than: by}\n        either:\n",
        "to: {other-than: by}\n        either:\n"
        "          - {document: {marked: confidential}, judge: secret-in-substance}\n",
        "alternative",
    ),
    Plant(
        "a condition of an exception that another one of it makes true",
        "idle-condition", ("1.5/obstructed",), "langport/1-general-principles",
        "required-by-law: {required-by-law: yes}",
        "required-by-law: {required-by-law: yes, either: [{required-by-law: yes}, {decision: none}]}",
    ),
    Plant(
        "an exception under a second name",
        "idle-exception", ("2.9/sought-to-influence",), "langport/2-councillors",
        "        on-the-panel: {by: {sits-on: selection-panel, for: appointment}}\n",
        "        on-the-panel: {by: {sits-on: selection-panel, for: appointment}}\n"
        "        member-of-it: {by: {sits-on: selection-panel, for: appointment}}\n",
        "`member-of-it`",
    ),
    Plant(
        "an exception that an earlier one shadows",
        "idle-exception", ("3.1(j)/personal-issue-raised",), "twywell/3-expectations",
        "        a-step-of-section-4: {step: [conciliation, mediation, personnel-group]}\n",
        "        a-step-of-section-4: {step: [conciliation, mediation, personnel-group]}\n"
        "        mediated: {step: mediation}\n",
        "`mediated`",
    ),
    Plant(
        "an exception for what the rule leaves out anyhow",
        "idle-exception", ("4D(d)/criticised-in-public",), "langport/4d-officers-do-not-expect",
        "      unclear:\n        an-employee-who-is-no-officer: {of: {not: officer}}\n",
        "      unless:\n        in-private: {where: private}\n"
        "      unclear:\n        an-employee-who-is-no-officer: {of: {not: officer}}\n",
        "never holds",
    ),
    Plant(
        "a gap where the rule does not apply",
        "idle-exception", ("3.1/policy-not-implemented",), "langport/3-officers-and-employees",
        "        decision-of-another-body: {decision: {body: {not: council}}}\n",
        "        decision-of-another-body: {decision: {body: {not: council}}}\n"
        "        no-decision: {decision: none}\n",
        "the gap `no-decision`",
    ),
    Plant(
        "an exception to what is permitted",
        "idle-exception", ("2.4/view-reported",), "twywell/2-roles",
        "may: {event: view-reported, view-of: councillor}\n",
        "may: {event: view-reported, view-of: councillor}\n      unless:\n        by-the-clerk: {by: clerk}\n",
    ),
    Plant(
        "a clause that forbids what another permits",
        "permitted-and-forbidden", ("2.4/view-reported", "2.1(c)/view-told"), "twywell/2-roles",
        "  rules:\n    - id: advice-refused\n",
        "  rules:\n    - id: view-told\n      bearer: {by: officer}\n"
        "      must_not: {event: view-reported}\n    - id: advice-refused\n",
    ),
    Plant(
        "a right that no longer yields to the clause that limits it",
        "permitted-and-forbidden", ("2.5/inspects-or-copies", "2.6/inspected"),
        "langport/2-councillors",
        "        needed-for-duties: yes\n        either:\n          - {knowingly: no}\n"
        "          - {by: {not: {has-interest-in: document.matter, of: [professional, personal, pecuniary]}}}\n",
        "        needed-for-duties: yes\n",
    ),
    Plant(
        "an answer that is asked for and forbidden",
        "duty-forbidden", ("3.1(d)/unanswered", "3.1(g)/answered"), "twywell/3-expectations",
        "  rules:\n    - id: insensitive\n",
        "  rules:\n    - id: answered\n      bearer: {by: officer}\n"
        "      must_not: {event: response-given}\n    - id: insensitive\n",
    ),
    Plant(
        "a rule that is written twice in a clause",
        "equal-rules", ("4B(d)/kept-back", "4B(d)/withheld-from-councillor"),
        "langport/4b-councillors-do-not-expect",
        "    - id: withheld\n      bearer: {by: employee}\n",
        "    - id: withheld-from-councillor\n      bearer: {by: employee}\n"
        "      must_not: {event: information-withheld, to: councillor}\n"
        "    - id: kept-back\n      bearer: {by: employee}\n"
        "      must_not: {event: information-withheld, to: councillor}\n"
        "    - id: withheld\n      bearer: {by: employee}\n",
    ),
    Plant(
        "a rule that is part of another of its clause",
        "implied-rule", ("3.2(d)/disrespectful-to-the-clerk", "3.2(d)/disrespectful"),
        "twywell/3-expectations",
        "    - id: discourteous\n      bearer: {by: councillor}\n",
        "    - id: disrespectful-to-the-clerk\n      bearer: {by: councillor}\n"
        "      must_not: {event: any, towards: clerk}\n      judge: disrespectful\n"
        "    - id: discourteous\n      bearer: {by: councillor}\n",
    ),
    Plant(
        "a rule that stands under two clauses",
        "equal-rules", ("3.2(e)/bullied", "3.2(d)/bullied"), "twywell/3-expectations",
        "    - id: discourteous\n      bearer: {by: councillor}\n",
        "    - id: bullied\n      bearer: {by: councillor}\n"
        "      must_not: {event: any, towards: officer}\n      judge: bullying\n"
        "    - id: discourteous\n      bearer: {by: councillor}\n",
    ),
)  # fmt: skip


def planted(folder: Path, section: str, written: str, instead: str) -> Rulebook:
    """Give a copy of a rulebook with something else written in a section."""
    name, file = section.split("/")
    copy = folder / name
    shutil.copytree(shipped_folder() / name, copy, ignore=shutil.ignore_patterns("scenarios"))
    text = (copy / f"{file}.yaml").read_text(encoding="utf-8")
    assert written in text
    (copy / f"{file}.yaml").write_text(text.replace(written, instead, 1), encoding="utf-8")
    if "inspects" in instead or "needed-for-duties" in instead:
        text = (copy / f"{file}.yaml").read_text(encoding="utf-8")
        (copy / f"{file}.yaml").write_text(text.replace('  subject_to: ["2.6"]\n', ""), "utf-8")
    return load_rulebook(copy)


def comes_to(book: Rulebook, fault: Fault, rule: str) -> str:
    """Give what a rule comes to in the scenario of a fault, as `assess` has it."""
    assert fault.evidence is not None
    made = assess(book, fault.evidence.scenario, engine="reference")
    clause, _, id_ = rule.rpartition("/")
    for one in made.findings:
        if (one.clause, one.rule, one.on) == (clause, id_, "e1"):
            return one.status.value
    if any((one.clause, one.rule) == (clause, id_) for one in made.permissions):
        return "permitted"
    return "none"


def test_there_are_twenty_plants_and_every_check_has_one() -> None:
    assert len(PLANTS) == 20
    assert {one.check for one in PLANTS} == {
        "never-applies", "never-reached", "always-applies", "idle-condition", "idle-exception",
        "permitted-and-forbidden", "duty-forbidden", "implied-rule", "equal-rules",
    }  # fmt: skip


@pytest.mark.parametrize("plant", PLANTS, ids=lambda one: one.what)
def test_what_is_planted_is_found_with_a_scenario_that_shows_it(
    plant: Plant, tmp_path: Path
) -> None:
    book = planted(tmp_path, plant.section, plant.written, plant.instead)

    found = [
        one
        for one in faults(book, plant.clauses)
        if one.check == plant.check and set(one.rules) == set(plant.rules)
    ]

    assert len(found) == 1
    problem = found[0].problem
    assert plant.says in problem.what
    assert problem.place.file.endswith(".yaml")
    assert problem.place.line > 1
    assert found[0].evidence is not None
    for rule, outcome in found[0].evidence.comes_to.items():
        assert comes_to(book, found[0], rule) == outcome


# --- what is noted ----------------------------------------------------------------


def checks_of(book: Rulebook, *clauses: str) -> list[str]:
    return [one.check for one in faults(book, clauses)]


def test_a_tension_that_is_noted_is_no_fault(tmp_path: Path) -> None:
    plant = next(one for one in PLANTS if one.rules[-1] == "2.1(c)/view-told")
    noted = plant.instead.replace(
        "  rules:\n", "  tensions: {'2.4': The text says both.}\n  rules:\n", 1
    )
    book = planted(tmp_path, plant.section, plant.written, noted)

    assert "permitted-and-forbidden" not in checks_of(book, "2.4")
    assert "the text is in tension with 2.4" in render([viewed(book)])


def viewed(book: Rulebook) -> Assessment:
    """Give an assessment in which an officer reports a councillor's view."""
    found = next(contradictions(book, *at_odds(book))).evidence
    assert found is not None
    return assess(book, found.scenario, engine="reference")


def at_odds(book: Rulebook) -> tuple[Rule, Rule]:
    return book.rule("2.4", "view-reported"), book.rule("2.1(c)", "view-told")


@pytest.mark.parametrize("note", ["tensions: {'3.2(a)': They are at odds.}", "repeats: ['3.2(a)']"])
def test_a_note_that_the_rules_do_not_bear_out_is_a_fault(note: str, tmp_path: Path) -> None:
    written = "  means: A councillor leads, and lets officers know where the council wants to go.\n"
    book = planted(tmp_path, "twywell/3-expectations", written, f"{written}  {note}\n")

    assert checks_of(book, "3.2(c)") == ["idle-note"]


def test_what_another_clause_says_with_less_force_is_an_overlap_and_no_fault() -> None:
    book = load_rulebook("langport")
    one, other = book.rule("4C(g)", "members-code-broken"), book.rule("1.7", "members-code-broken")

    found = overlap(book, one, other)

    assert found is not None
    assert found.is_equal
    assert not checks_of(book, "4C(g)")


def test_a_rule_that_looks_for_less_overlaps_with_none_that_looks_for_more() -> None:
    book = load_rulebook("langport")

    assert overlap(book, book.rule("2.4", "instructed"), book.rule("2.3", "instructed")) is None
    assert overlap(book, book.rule("2.3", "instructed"), book.rule("2.4", "instructed"))


# --- the rulebooks that are shipped -----------------------------------------------


@pytest.mark.parametrize("name", ["langport", "twywell"])
def test_nothing_is_wrong_with_a_rulebook_that_is_shipped(
    name: str, pytestconfig: pytest.Config
) -> None:
    if not pytestconfig.getoption("--deep"):
        pytest.skip("a long run, for `--deep`, and for `councilrules lint --deep`")
    assert not [str(one.problem) for one in faults(load_rulebook(name))]


@pytest.mark.parametrize(
    ("name", "clauses"),
    [
        ("langport", ("2.6", "2.9", "3.4", "4A(l)", "4D(b)")),
        ("twywell", ("2.2.2", "3.1(j)", "3.2(e)", "4.1", "4.3")),
    ],
)
def test_nothing_is_wrong_with_some_clauses_of_a_rulebook(
    name: str, clauses: tuple[str, ...]
) -> None:
    assert not [str(one.problem) for one in faults(load_rulebook(name), clauses)]
