"""Why a finding is what it is, as a clerk reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest

from councilrules import assess, explain, load_scenarios
from councilrules.reports import tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Explained = Callable[[str, str], str]

PEOPLE = """
title: A complaint
rulebooks: [{langport: {in_force: {since: 2015-01-01}}}, twywell]
register:
  people:
    ann: {holds: councillor, since: 2023-05-08}
    bob: [{holds: councillor, since: 2023-05-08}, {sits-on: selection-panel, for: caretaker-post, since: 2025-02-01}]
    cleo: {holds: clerk, since: 2020-01-01}
    dev: {holds: officer, since: 2021-01-01}
    eve: {holds: employee, since: 2022-01-01}
  bodies: {selection-panel: {kind: panel}}
  papers: {valuation: {matter: land-sale, marked: confidential, held-by: council}}
  interests: [{of: ann, in: land-sale, kind: pecuniary, since: 2024-01-01}]
  decisions: [{id: d1, body: council, since: 2025-01-10, to: bob, over: dev, subject: fete}]
  delegations: []
  procedures: [{id: p1, kind: grievance, since: 2025-02-01}]
"""


@pytest.fixture
def explained(tmp_path: Path) -> Explained:
    """Explain the findings of a clause, `RULEBOOK/CLAUSE`, in a scenario."""

    def made(events: str, wanted: str) -> str:
        path = tmp_path / "one.yaml"
        path.write_text(f"{PEOPLE}events:\n{events}", encoding="utf-8")
        [scenario] = load_scenarios(path)
        told = []
        for book in scenario.rulebooks:
            assessed = assess(book.rulebook, scenario)
            for one in assessed.findings:
                if f"{one.rulebook}/{one.clause}" == wanted:
                    case = explain(one, assessed.rulebook, scenario)
                    told.append(tree.render(assessed, one, case))
        assert told
        return click.unstyle("\n".join(told))

    return made


def lines(told: str) -> str:
    """Put each reason on a line of its own, without its indent."""
    joined = re.sub(r"\n {13,}(?=\S)", " ", told)
    return "\n".join(" ".join(line.split()) for line in joined.splitlines())


CRITICISM = "  - {id: e1, at: 2025-03-04, event: criticism-made, by: ann, of: dev, where: press}\n"
INSTRUCTION = "  - {id: e1, at: 2025-03-04, event: instruction-given, by: bob, to: dev, subject: fete, proof: established}\n"


def test_each_condition_has_its_truth_and_its_origin(explained: Explained) -> None:
    told = lines(explained(CRITICISM, "langport/4D(d)"))

    assert "yes Ann was then a councillor [register: councillor, since 8 May 2023]" in told
    assert (
        "yes it was at a public meeting, in the press, on social media or in a public place [e1, where: press]"
        in told
    )


def test_the_title_gives_clause_rule_person_and_act(explained: Explained) -> None:
    told = explained(CRITICISM, "langport/4D(d)")

    assert told.startswith(
        "Clause 4D(d), “criticised in public”: Ann, on e1 (Ann criticised Dev in the press)\n"
    )
    assert "Breach if proved (the protocol says what may be expected)." in told


def test_what_is_only_alleged_is_marked_where_it_is_said_to_have_happened(
    explained: Explained,
) -> None:
    told = lines(explained(CRITICISM, "langport/4D(d)"))

    assert "yes e1 happened: Ann criticised Dev in the press on 4 March 2025 [alleged only]" in told
    assert told.count("alleged only") == 1


def test_a_value_that_is_only_alleged_is_marked_itself(explained: Explained) -> None:
    event = "  - {id: e1, at: 2025-03-04, event: criticism-made, by: ann, of: dev, where: {value: press, proof: alleged}, proof: established}\n"

    assert "[e1, where: press, alleged only]" in lines(explained(event, "langport/4D(d)"))


def test_an_exception_shows_the_entries_that_were_looked_at(explained: Explained) -> None:
    told = lines(explained(INSTRUCTION, "langport/2.3"))

    assert "yes the answer “authorised”" in told
    assert "yes the decision d1, since 10 January 2025 [register]" in told
    assert "yes it covers this subject [the fete]" in told


def test_an_exception_that_fails_says_why(explained: Explained) -> None:
    told = lines(explained(INSTRUCTION.replace("bob", "ann"), "langport/2.3"))

    assert "no the answer “authorised”" in told
    assert "no it authorises the one who acted" in told


def test_what_relied_on_no_decision_is_shown_as_that(explained: Explained) -> None:
    event = INSTRUCTION.replace("subject: fete", "subject: fete, under: none")

    assert "over Dev [e1, under: none]" in lines(explained(event, "langport/2.3"))


def test_what_is_false_for_want_of_a_record_says_so(explained: Explained) -> None:
    event = "  - {id: e1, at: 2025-03-04, event: challenge-made, by: ann, to: dev, where: public-meeting, topic: fete, answers: {inappropriate-level: yes}}\n"
    told = lines(explained(event, "langport/4D(a)"))

    assert "no the answer “discussed first”" in told
    assert "[nothing on record]" in told
    assert (
        "yes for a named person to judge: Was the level of Ann's challenge to Dev inappropriate? [judged: yes, e1]"
        in told
    )


def test_what_is_not_known_is_followed_by_its_questions(explained: Explained) -> None:
    event = (
        "  - {id: e1, at: 2025-03-04, event: document-inspected, by: ann, document: valuation}\n"
    )
    told = lines(explained(event, "langport/2.6"))

    assert "not known they knew that it related to a matter in which they have an interest" in told
    assert "yes an interest of Ann, since 1 January 2024 [register]" in told
    assert "yes it was known then to whoever has it" in told
    assert "What would settle it\n1. Did Ann know that the document “valuation” related" in told


def test_a_refusal_shows_the_clause_that_it_yields_to(explained: Explained) -> None:
    event = "  - {id: e1, at: 2025-03-04, event: document-refused, by: cleo, to: ann, document: valuation, needed-for-duties: yes, knowing: yes}\n"
    told = lines(explained(event, "langport/2.5"))

    assert "yes clause 2.6 forbids what was refused" in told
    assert "yes taken as done: Ann inspected the document “valuation”" in told
    assert "yes Ann was then a councillor" in told


def test_a_duty_shows_what_answers_it_and_by_when(explained: Explained) -> None:
    events = (
        "  - {id: e1, at: 2025-03-10, event: promise-made, by: dev, to: ann, due: 2025-03-14, proof: established}\n"
        "  - {id: e2, at: 2025-03-18, event: promise-kept, by: dev, promise: e1, proof: established}\n"
    )
    told = lines(explained(events, "langport/4A(j)"))

    assert "It was due by the end of 14 March 2025." in told
    assert (
        "Done too late: Dev got back as promised in e1 on 18 March 2025 (e2), 2 working days\nlate."
        in told
    )
    assert "Time left at the date of reading: no." in told


def test_an_answer_found_in_time_shows_each_test_that_it_passed(explained: Explained) -> None:
    events = (
        "  - {id: e1, at: 2025-03-10, event: promise-made, by: dev, to: ann, due: 2025-03-14, proof: established}\n"
        "  - {id: e2, at: 2025-03-12, event: promise-kept, by: dev, promise: e1, proof: established}\n"
    )
    told = lines(explained(events, "langport/4A(j)"))

    assert "yes e2: Dev got back as promised in e1 on 12 March 2025 [established]" in told
    assert "yes it came after" in told
    assert "yes it was in time" in told
    assert "yes the promise is this one [e2, promise: e1]" in told


def test_where_no_time_is_set_the_tree_says_so(explained: Explained) -> None:
    event = "  - {id: e1, at: 2025-03-04, event: query-made, by: ann, to: dev}\n"

    assert "The protocol sets no time, and none was set for this scenario." in explained(
        event, "langport/4B(b)"
    )


def test_a_gap_in_the_text_has_a_part_of_its_own(explained: Explained) -> None:
    told = lines(explained(CRITICISM.replace("dev", "eve"), "langport/4D(d)"))

    assert "Does the text leave it open?" in told
    assert "not known left open by the text: an employee who is no officer" in told
    assert "yes Eve was then not an officer [nothing on record]" in told


def test_nobody_known_is_asked_for(explained: Explained) -> None:
    told = lines(
        explained(INSTRUCTION.replace("by: bob", "by: {one_of: [ann, bob]}"), "langport/2.3")
    )

    assert "Does the clause bind whoever it was here?" in told
    assert "not known it is known who is to answer for it" in told
    assert "Which of Ann and Bob told Dev what to do about the fete (e1, 4 March 2025)?" in told


def test_a_seat_that_was_for_something_else_is_shown(explained: Explained) -> None:
    event = "  - {id: e1, at: 2025-03-04, event: influence-sought, by: bob, over: staff-appointment, appointment: clerk-post}\n"
    told = lines(explained(event, "langport/2.9"))

    assert "no a seat on the selection panel, since 1 February 2025 [register]" in told
    assert "no the seat was for this" in told


@pytest.mark.parametrize(
    ("events", "clause"),
    [
        (INSTRUCTION, "langport/2.4"),
        (INSTRUCTION, "twywell/2.2.3"),
        (CRITICISM, "langport/1.6"),
        (CRITICISM.replace("press", "press, answers: {bullying: not_known}"), "langport/1.3"),
    ],
)
def test_no_line_is_wider_than_the_page_or_in_words_of_the_program(
    explained: Explained, events: str, clause: str
) -> None:
    told = explained(events, clause)

    assert max(map(len, told.splitlines())) <= 88
    assert not re.search(r"[{}<>_]|None|AllOf|Because", told)
