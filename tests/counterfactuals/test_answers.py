"""What the answers to a question would lead to, and how much it could settle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from councilrules import Status, assess, consequences, load_scenario, ranked_questions

if TYPE_CHECKING:
    from councilrules import Assessment

STORIES = Path(__file__).parents[2] / "examples" / "stories"


def story(name: str, rulebook: str = "langport") -> Assessment:
    scenario = load_scenario(STORIES / f"{name}.yaml")
    [book] = [one.rulebook for one in scenario.rulebooks if one.rulebook.id == rulebook]
    return assess(book, scenario, engine="reference")


def told(made: Assessment, want: str) -> list[str]:
    [question] = [one for one in made.questions if str(one.want) == want]
    return [one.says for one in consequences(question, made)]


def test_a_question_of_judgement_is_answered_yes_or_no() -> None:
    made = story("a-course-of-conduct-nobody-has-judged")

    assert told(made, "judgement:bullying@e2") == [
        "If yes: a breach of 1.3 by Ann (must); a breach of 4C(e) and 4D(b) by Ann (expect).",
        "If no: no finding under 1.3, 4C(e) and 4D(b) for Ann.",
    ]


def test_an_answer_that_settles_nothing_says_what_else_is_needed() -> None:
    made = story("a-councillor-reads-papers-on-land-of-their-own")

    assert told(made, "field:knowingly@e4") == [
        "If “yes”: a breach if proved of 2.6 by Ann (must).",
        "If “facts only”: not settled yet: 2.6 for Ann, which then hangs on the answer to “Did Ann know of the interest, although they believed that the facts made none?” (e4).",
        "If “no”: no finding under 2.6 for Ann.",
    ]


def test_who_it_was_is_told_person_by_person() -> None:
    made = story("nobody-knows-which-councillor-gave-the-order", "twywell")

    assert told(made, "actor:by@e1") == [
        "If Ann: a breach of 2.2.3 by Ann (should).",
        "If Bob: a breach of 2.2.3 by Bob (should).",
    ]


def test_what_is_alleged_is_proved_or_disproved() -> None:
    made = story("nobody-knows-which-councillor-gave-the-order", "twywell")

    assert told(made, "proof:as@e3") == [
        "If it is proved: no finding under 2.2.3 for Gil.",
        "If it is disproved: a breach of 2.2.3 by Gil (should).",
    ]


def test_a_time_that_is_not_set_is_told_by_what_the_findings_tell_apart() -> None:
    made = story("an-enquiry-where-no-time-was-ever-set")

    assert told(made, "parameter:timely-response") == [
        "If at most 2 working days: a breach if proved of 4B(b) (e1) by Cleo (expect); a breach of 4B(b) (e4) by Dev (expect).",
        "If from 3 to 12 working days: a breach if proved of 4B(b) (e1) by Cleo (expect); met: 4B(b) (e4) for Dev.",
        "If 13 working days or more: still time: 4B(b) (e1) for Cleo; met: 4B(b) (e4) for Dev.",
    ]


def test_what_may_have_gone_unrecorded_happened_or_did_not() -> None:
    no, yes = told(story("nobody-wrote-down-who-talked-to-whom"), "register:discussion-held@e1")

    assert no == "If no: a breach of 4D(a) by Ann (expect)."
    assert yes.startswith("If yes (Ann talked the car park over with Dev before ")
    assert yes.endswith(": excused: 4D(a) for Ann (discussed first).")


def test_a_kind_of_which_the_register_is_silent_has_nothing_or_what_is_asked_for() -> None:
    none, some = told(
        story("nobody-knows-what-the-council-adopted", "twywell"), "register:delegations"
    )

    assert none == "If there is none: a breach of 4.2A by the council (should)."
    assert some.endswith("met: 4.2A for the council.")


def test_what_is_taken_for_granted_changes_nothing_if_it_is_so() -> None:
    made = story("a-councillor-reads-papers-on-land-of-their-own")

    assert told(made, "register:in-force") == [
        "If it was in force then: nothing changes.",
        "If it was not: no finding under 2.6 (e3, e1, e2 and e4) for Ann.",
    ]


def test_a_question_that_settles_nothing_by_itself_is_known_for_that() -> None:
    made = story("nobody-knows-what-the-council-adopted", "twywell")
    [question] = [one for one in made.questions if str(one.want) == "field:under@e3"]

    assert [one.settles for one in consequences(question, made)] == [0]


def test_within_a_turn_what_its_best_answer_settles_decides_the_order() -> None:
    made = story("nobody-knows-what-the-council-adopted", "twywell")
    ranked = ranked_questions(made)

    turns = [one.want.turn for one in ranked]
    assert turns == sorted(turns)
    assert str(ranked[-1].want) in {"register:decisions", "field:under@e3"}
    assert {*ranked} == {*made.questions}


@pytest.mark.parametrize("status", [Status.BREACHED, None])
def test_the_first_of_the_answers_can_be_tried(status: Status | None) -> None:
    made = story("a-councillor-reads-papers-on-land-of-their-own")
    [question] = [one for one in made.questions if str(one.want) == "field:knowingly@e4"]
    [one] = [one for one in consequences(question, made) if one.outcomes[0].status is status]

    after = assess(made.rulebook, one.apply(made.scenario), engine="reference")

    found = [each.status for each in after.findings if (each.clause, each.on) == ("2.6", "e4")]
    assert found == ([] if status is None else [status])


def test_whom_it_was_done_to_can_be_asked_as_well(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(
        "rulebooks: [{langport: {in_force: {since: 2015-01-01}}}]\n"
        "register:\n"
        "  people:\n"
        "    ann: {holds: councillor, since: 2023-05-08}\n"
        "    dev: {holds: officer, since: 2021-01-01}\n"
        "  decisions: []\n"
        "  delegations: []\n"
        "events:\n"
        "  - {id: e1, at: 2025-03-04, event: instruction-given, by: ann, subject: fete}\n",
        encoding="utf-8",
    )
    scenario = load_scenario(path)
    made = assess(scenario.rulebooks[0].rulebook, scenario, engine="reference")

    said = told(made, "field:to@e1")

    assert said[0].startswith("If Dev: a breach if proved of 2.3 by Ann (must)")
    assert said[-1].startswith("If the council or nobody: no finding under 2.3")
