"""Two rulebooks, and two versions of one: what each forbids that the other does not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

from councilrules import Rulebook, RulebookError, assess, load_rulebook, load_scenarios
from councilrules.analysis.amendments import RuleChange
from councilrules.analysis.comparing import Amendment, amendment, are_versions, comparison
from councilrules.analysis.corresponding import correspondences
from councilrules.analysis.forbidding import Forbidding, forbidding
from councilrules.cli import main
from councilrules.expecting import mismatches
from councilrules.rulebooks import shipped_folder

Make = Callable[..., Rulebook]

HEAD = """\
format: 1
id: {id}
council: Puddleby Parish Council
title: Protocol
version: "1"
adopted: 2024-06-03
zone: Europe/London
calendar: england-and-wales
roles:
  council: {{bodies: [council]}}
  councillor: {{offices: [councillor, chair]}}
  chair: {{offices: [chair]}}
  clerk: {{offices: [clerk]}}
  employee: {{offices: [employee, officer, clerk], engaged: [employed]}}
  officer: {{offices: [officer, clerk]}}
sections: [clauses.yaml]
"""
CLAUSE = """\
- clause: "{id}"
  means: What the rule says.
  fingerprint: 5c1f0a9e-23
  kind: prohibition
  force: must
  rules:
"""
INSTRUCTED = """\
    - id: instructed
      bearer: {by: councillor}
      must_not: {event: instruction-given, to: employee}
"""
AUTHORISED = """\
      unless:
        authorised: {authorised: {who: by, over: to, subject: subject, under: under}}
"""
CRITICISED = """\
    - id: criticised
      bearer: {by: councillor}
      must_not: {event: criticism-made, towards: employee}
"""
DISCOURTEOUS = """\
    - id: discourteous
      bearer: {by: councillor}
      must_not: {event: any, towards: employee}
      judge: discourteous
"""


@pytest.fixture
def book(tmp_path: Path) -> Make:
    """Give what makes a rulebook of the rules of its clauses."""
    made: list[Path] = []

    def make(*clauses: str, id: str = "puddleby") -> Rulebook:  # noqa: A002 - as files call it
        folder = tmp_path / f"book{len(made)}"
        folder.mkdir()
        made.append(folder)
        (folder / "protocol.yaml").write_text(HEAD.format(id=id), encoding="utf-8")
        text = "".join(
            CLAUSE.format(id=number) + rules for number, rules in enumerate(clauses, start=1)
        )
        (folder / "clauses.yaml").write_text(text, encoding="utf-8")
        return load_rulebook(folder)

    return make


def only(found: Amendment) -> RuleChange:
    (change,) = found.rules
    return change


def outcomes(change: RuleChange) -> set[tuple[str, str]]:
    return {(one.before, one.after) for one in change.apart}


def confirmed(change: RuleChange, before: Rulebook, after: Rulebook) -> bool:
    """Tell whether the scenarios of a change come to what it says, assessed anew."""
    clause, _, rule = change.rule.rpartition("/")
    for one in change.apart:
        for place, said in enumerate((one.before, one.after)):
            named = one.scenario.rulebooks[place]
            assert named.rulebook.clauses == (before, after)[place].clauses
            alone = evolve(one.scenario, rulebooks=(named,))
            made = assess(named.rulebook, alone, engine="reference").findings
            found = [
                each.status.value for each in made if (each.clause, each.rule) == (clause, rule)
            ]
            if (found or ["none"]) != [said]:
                return False
    return True


# --- versions ---------------------------------------------------------------------


def test_a_rulebook_and_itself_are_the_same(book: Make) -> None:
    one = book(INSTRUCTED + AUTHORISED)

    found = amendment(one, book(INSTRUCTED + AUTHORISED))

    assert found.is_same
    assert (found.rules, found.unchanged) == ((), 1)


def test_an_exception_that_is_added_lets_go_of_what_was_breached(book: Make) -> None:
    before, after = book(INSTRUCTED), book(INSTRUCTED + AUTHORISED)

    change = only(amendment(before, after))

    assert change.way == "changed"
    assert ("breached", "excused") in outcomes(change)
    assert not any(one.after == "breached" for one in change.apart)
    assert confirmed(change, before, after)


def test_a_rule_for_more_people_is_newly_breached_and_never_less(book: Make) -> None:
    before = book(INSTRUCTED)
    after = book(INSTRUCTED.replace("{by: councillor}", "{by: [councillor, clerk]}"))

    change = only(amendment(before, after))

    assert ("none", "breached") in outcomes(change)
    assert not any(one.before == "breached" for one in change.apart)
    assert confirmed(change, before, after)


def test_a_rule_on_fewer_kinds_of_event_lets_go_of_the_others(book: Make) -> None:
    before = book(INSTRUCTED.replace("instruction-given", "[instruction-given, request-made]"))
    after = book(INSTRUCTED)

    change = only(amendment(before, after))

    assert ("breached", "none") in outcomes(change)
    assert confirmed(change, before, after)


def test_another_person_who_answers_is_a_change_though_the_outcome_is_the_same(book: Make) -> None:
    after = INSTRUCTED.replace("{by: councillor}", "{to: employee}")
    after = after.replace("to: employee}\n", "by: councillor}\n").replace(
        "bearer: {by: councillor}", "bearer: {to: employee}"
    )

    change = only(amendment(book(INSTRUCTED), book(after)))

    assert change.way == "changed"
    assert ("breached", "breached") in outcomes(change)


def test_a_change_that_means_nothing_is_shown_to_mean_nothing(book: Make) -> None:
    # The chair is a councillor already.
    before, after = (
        DISCOURTEOUS,
        DISCOURTEOUS.replace("{by: councillor}", "{by: [councillor, chair]}"),
    )

    change = only(amendment(book(before), book(after)))

    assert (change.way, change.parts, change.apart) == ("no-effect", ("roles", "words"), ())


def test_a_note_and_a_force_change_no_outcome(book: Make) -> None:
    before = book(INSTRUCTED)
    softer = evolve(before.clauses[0].rules[0], force="should", note="As we read it.")
    after = evolve(before, clauses=(evolve(before.clauses[0], rules=(softer,)),))

    found = amendment(before, after)

    assert (only(found).way, only(found).parts) == ("reworded", ("force", "note"))
    assert found.is_same


def test_a_role_word_that_covers_more_changes_the_rules_that_use_it(book: Make) -> None:
    before = book(INSTRUCTED, CRITICISED)
    wider = evolve(before.roles["councillor"], offices=("councillor", "chair", "vice-chair"))
    after = evolve(before, roles={**before.roles, "councillor": wider})

    found = amendment(before, after)

    assert [(one.rule, one.way) for one in found.rules] == [
        ("1/instructed", "changed"),
        ("2/criticised", "changed"),
    ]


def test_rules_that_are_new_gone_or_moved_are_told_from_each_other(book: Make) -> None:
    before = book(INSTRUCTED, CRITICISED)
    after = book(CRITICISED.replace("id: criticised", "id: blamed"), DISCOURTEOUS)

    found = {one.rule: one for one in amendment(before, after).rules}

    assert {name: one.way for name, one in found.items()} == {
        "1/instructed": "removed",
        "2/criticised": "moved",
        "2/discourteous": "added",
    }
    assert [act.reach for act in found["1/instructed"].acts] == ["alone"]
    assert [act.reach for act in found["2/discourteous"].acts] == ["alone"]


def test_a_rule_that_is_gone_is_missed_only_if_no_other_forbids_the_same(book: Make) -> None:
    twice = INSTRUCTED + INSTRUCTED.replace("id: instructed", "id: told")

    found = amendment(book(twice), book(INSTRUCTED))

    assert [(one.way, [act.reach for act in one.acts]) for one in found.rules] == [
        ("removed", ["also"])
    ]


# --- two rulebooks ----------------------------------------------------------------


def reach(one: Rulebook, other: Rulebook, rule: str, kind: str = "") -> Forbidding:
    clause, _, id_ = rule.rpartition("/")
    return forbidding(one, one.rule(clause, id_), other, kind)


def test_an_act_is_forbidden_by_one_alone_only_if_no_rule_of_the_other_comes_against_it(
    book: Make,
) -> None:
    one, other = book(INSTRUCTED), book(DISCOURTEOUS, INSTRUCTED + AUTHORISED, id="wetwang")

    found = reach(one, other, "1/instructed", "instruction-given")
    back = reach(other, one, "2/instructed", "instruction-given")

    assert (found.reach, back.reach) == ("alone", "also")
    assert found.shared == ("2/instructed",)
    assert found.scenario is not None
    made = [
        assess(named.rulebook, found.scenario, engine="reference")
        for named in found.scenario.rulebooks
    ]
    assert [[each.status.value for each in each_made.findings] for each_made in made] == [
        ["breached"],
        ["excused"],
    ]


def test_staff_who_are_not_employed_are_told_apart_from_the_rest(book: Make) -> None:
    one = book(CRITICISED.replace("towards: employee", "towards: officer"))
    other = book(CRITICISED, id="wetwang")

    assert reach(one, other, "1/criticised", "criticism-made").reach == "alone-if-engaged-otherwise"
    assert reach(other, one, "1/criticised", "criticism-made").reach == "alone"


def test_two_rules_that_name_the_receiver_in_two_ways_speak_of_one_person(book: Make) -> None:
    one = book(CRITICISED.replace("towards: employee", "of: employee"))
    other = book(DISCOURTEOUS, id="wetwang")

    found = reach(one, other, "1/criticised", "criticism-made")

    assert (found.reach, found.shared) == ("alone", ("1/discourteous",))
    assert found.scenario is not None
    made = assess(found.scenario.rulebooks[0].rulebook, found.scenario, engine="reference")
    assert [one.status.value for one in made.findings] == ["breached"]


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (INSTRUCTED, INSTRUCTED, "same"),
        (INSTRUCTED, INSTRUCTED + AUTHORISED, "further"),
        (INSTRUCTED + AUTHORISED, INSTRUCTED, "less-far"),
        (INSTRUCTED + CRITICISED, INSTRUCTED + DISCOURTEOUS, "overlap"),
    ],
)
def test_clauses_correspond_by_what_comes_to_a_breach_of_both(
    book: Make, one: str, other: str, relation: str
) -> None:
    ((clause, nearest),) = correspondences(book(one), book(other, id="wetwang"))

    assert (clause, [each.relation for each in nearest]) == ("1", [relation])


def test_a_clause_on_other_acts_has_no_counterpart(book: Make) -> None:
    found = comparison(book(INSTRUCTED), book(CRITICISED, id="wetwang"))

    assert found.corresponding == (("1", ()),)
    assert [act.reach for act in (*found.acts, *found.other_acts)] == ["alone", "alone"]
    assert not found.is_same


def test_books_of_one_id_or_with_most_rules_in_common_are_versions(book: Make) -> None:
    one = book(INSTRUCTED)

    assert are_versions(one, book(CRITICISED))
    assert are_versions(one, book(INSTRUCTED, DISCOURTEOUS, id="wetwang"))
    assert not are_versions(one, book(CRITICISED, id="wetwang"))


# --- the command ------------------------------------------------------------------


def ran(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["compare", *map(str, arguments)])


def amended(folder: Path, *, drop: str) -> Path:
    """Print clause 2.3 of Langport to a file, without what is to be dropped."""
    text = ran("langport", "--clause", "2.3").output
    assert drop in text
    path = folder / "amended.yaml"
    path.write_text(text.replace(drop, ""), encoding="utf-8")
    return path


def test_an_amended_clause_in_a_file_is_compared_with_the_whole_rulebook(tmp_path: Path) -> None:
    path = amended(tmp_path, drop=", subject: subject, under: under")

    result = ran("langport", path, "--save", tmp_path / "saved")

    assert result.exit_code == 1
    assert "2.3/instructed comes to something else (exceptions)" in result.output
    assert "no longer breached: breached before, excused after" in result.output
    saved = sorted((tmp_path / "saved").glob("*.yaml"))
    assert saved
    for one in saved:
        for scenario in load_scenarios(one):
            made = [
                assess(named.rulebook, scenario, engine="reference") for named in scenario.rulebooks
            ]
            assert [str(each) for each in mismatches(scenario, made)] == []


def test_a_clause_that_is_printed_and_left_alone_changes_nothing(tmp_path: Path) -> None:
    result = ran("langport", amended(tmp_path, drop=""))

    assert (result.exit_code, result.output) == (
        0,
        "102 rules are as they were, in all that they depend on.\n",
    )


def test_an_amended_copy_of_a_rulebook_is_compared_as_a_version_of_it(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(shipped_folder() / "langport", copy)
    section = copy / "4d-officers-do-not-expect.yaml"
    text = section.read_text(encoding="utf-8")
    assert ", social-media" in text
    section.write_text(text.replace(", social-media", ""), encoding="utf-8")

    result = ran("langport", copy, "--clause", "4D(d)", "--json")

    data = json.loads(result.output)
    assert result.exit_code == 1
    assert [(one["rule"], one["way"]) for one in data["rules"]] == [
        ("4D(d)/criticised-in-public", "changed")
    ]
    differences = data["rules"][0]["differences"]
    assert ("breached", "none") in [(one["before"], one["after"]) for one in differences]


def test_two_rulebooks_are_compared_on_one_kind_of_event() -> None:
    result = ran("langport", "twywell", "--kind", "influence-sought")

    assert result.exit_code == 1
    assert "Forbidden by langport, and not by twywell" in result.output
    assert "2.9/sought-to-influence" in result.output


@pytest.mark.parametrize(
    ("arguments", "check"),
    [
        (["langport", "twywell", "--clause", "2.33"], "unknown-clause"),
        (["langport", "twywell", "--kind", "instruction"], "unknown-event"),
        (["langport", "nowhere"], "unknown-rulebook"),
        (["langport", "nowhere.yaml"], "missing-file"),
    ],
)
def test_what_cannot_be_compared_is_named(arguments: list[str], check: str) -> None:
    result = ran(*arguments)

    assert isinstance(result.exception, RulebookError)
    assert check in [one.check for one in result.exception.problems]


def test_a_rulebook_alone_asks_for_what_to_compare_it_with() -> None:
    result = ran("langport")

    assert result.exit_code == 2
    assert "name what to compare it with" in result.output
