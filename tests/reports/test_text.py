"""What a clerk reads: an assessment as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from councilrules import assess, load_scenarios
from councilrules.reports import text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from councilrules import Scenario

    Report = Callable[..., str]

PEOPLE = """
register:
  people:
    ann: {holds: councillor, since: 2023-05-08}
    bob: {holds: councillor, since: 2023-05-08}
    cleo: {holds: clerk, since: 2020-01-01}
    dev: {holds: officer, since: 2021-01-01}
    eve: {holds: employee, since: 2022-01-01}
    fay: {holds: nothing}
  decisions: [{id: d1, body: council, since: 2025-01-10, to: bob, over: dev, subject: fete}]
  delegations: []
"""
LANGPORT = f"title: A complaint\nrulebooks: langport\n{PEOPLE}"
IN_FORCE = (
    f"title: A complaint\nrulebooks: [{{langport: {{in_force: {{since: 2015-01-01}}}}}}]\n{PEOPLE}"
)


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """Write scenarios down, assess them, and give the report without its colours."""

    def made(*written: str, everything: bool = False) -> str:
        found: list[Scenario] = []
        for number, content in enumerate(written):
            path = tmp_path / f"{number}.yaml"
            path.write_text(content, encoding="utf-8")
            found += load_scenarios(path)
        made = [assess(book.rulebook, one) for one in found for book in one.rulebooks]
        return click.unstyle(text.render(made, everything=everything))

    return made


def flat(told: str) -> str:
    """Take the breaks between lines out, which are not what a test is about."""
    return " ".join(told.split())


CRITICISM = "{id: e1, at: 2025-03-04, event: criticism-made, by: ann, of: dev, where: press}"


def test_a_finding_stands_under_its_person_and_clause_with_its_evidence(report: Report) -> None:
    told = report(f"{IN_FORCE}\nproof: established\nevents: [{CRITICISM}]")

    assert (
        """
Ann
---

  Clause 4D(d): A councillor does not criticise an officer where the public can hear or
    read it.
    Breach: “criticised in public” (the protocol says what may be expected)
      On e1: Ann criticised Dev in the press on 4 March 2025.
"""
        in told
    )


def test_what_is_only_alleged_is_a_breach_if_proved(report: Report) -> None:
    told = report(f"{IN_FORCE}\nevents: [{CRITICISM}]")

    assert "What is recorded: alleged only, where nothing else is said" in told
    assert "Breach if proved: “criticised in public”" in told
    assert "Breach:" not in told


def test_an_event_that_is_proved_otherwise_than_most_says_so(report: Report) -> None:
    told = flat(
        report(f"""{IN_FORCE}
events:
  - {CRITICISM}
  - {{id: e2, at: 2025-03-05, event: criticism-made, by: ann, of: dev, where: press}}
  - {{id: e3, at: 2025-03-06, event: criticism-made, by: ann, of: dev, where: press, proof: admitted}}
""")
    )

    assert "e3 6 March 2025: Ann criticised Dev in the press. [admitted]" in told
    assert "On e3: Ann criticised Dev in the press on 6 March 2025 (admitted)." in told
    assert "On e1: Ann criticised Dev in the press on 4 March 2025." in told


def test_the_details_of_an_event_are_told_once(report: Report) -> None:
    told = report(f"""{IN_FORCE}
events:
  - {{id: e1, at: 2025-03-04, event: abuse-directed, by: ann, to: dev, with: none, source: a letter}}
""")

    record, rest = told.split("Questions, in the order", 1)
    assert flat(record).count("(alone)") == 1
    assert flat(record).count("Source: a letter") == 1
    assert "For a named person to judge" in record
    assert "Did Ann bully Dev?" in rest


def test_an_exception_of_which_nothing_is_recorded_is_pointed_out(report: Report) -> None:
    told = flat(
        report(f"""{IN_FORCE}
events:
  - {{id: e1, at: 2025-03-04, event: instruction-given, by: ann, to: dev, subject: fete}}
""")
    )

    assert "No authority for it from the council or a committee is recorded." in told


def test_each_question_is_put_once_and_referred_to_by_its_number(report: Report) -> None:
    told = report(f"""{IN_FORCE}
events:
  - {{id: e1, at: 2025-03-04, event: abuse-directed, by: ann, to: dev}}
""")

    assert told.count("Did Ann bully Dev?") == 1
    assert "    1. Did Ann bully Dev?" in told
    assert "It hangs on question 1." in told
    assert "[judgement on e1: bullying; 3]" in flat(told)


def test_findings_on_one_act_that_differ_only_in_the_rule_are_told_together(
    report: Report,
) -> None:
    told = report(f"""{IN_FORCE}
events:
  - {{id: e1, at: 2025-03-04, event: abuse-directed, by: ann, to: dev}}
""")

    clause = told.split("Clause 1.3", 1)[1].split("Clause", 1)[0]
    assert clause.count("On e1: ") == 1
    assert "Undignified: question" in clause
    assert "bullied: question 1." in flat(clause)


def test_questions_of_judgement_come_last_and_are_for_a_named_person(report: Report) -> None:
    told = report(f"""{LANGPORT}
events:
  - {{id: e1, at: 2025-03-04, event: abuse-directed, by: ann, to: dev}}
  - {{id: e2, at: 2025-03-05, event: criticism-made, by: ann, of: dev}}
""")

    turns = ("Who is bound, and since when", "The facts\n", "For a named person to judge, with")
    places = [told.index(turn) for turn in turns]
    assert places == sorted(places)
    assert told.index("Did Ann bully Dev?") > places[-1]


def test_what_is_taken_for_granted_is_asked_once(report: Report) -> None:
    told = flat(report(f"{LANGPORT}\nevents: [{CRITICISM}]"))

    assert told.count("Since when has the protocol been in force?") == 1
    assert told.count("taken for granted") == 1


def test_a_gap_in_the_text_is_nobodys_to_answer(report: Report) -> None:
    told = flat(
        report(f"""{IN_FORCE}
events:
  - {{id: e1, at: 2025-03-04, event: criticism-made, by: ann, of: eve, where: press, answers: {{discourteous: no}}}}
""")
    )

    assert "The text leaves it open: “criticised in public”" in told
    assert "does not settle this: an employee who is no officer. Nobody can answer" in told
    assert "Questions" not in told


def test_a_judgement_is_shown_with_the_finding_that_rests_on_it(report: Report) -> None:
    told = report(f"""{IN_FORCE}
events:
  - {{id: e1, at: 2025-03-04, event: abuse-directed, by: ann, to: dev}}
  - {{id: j1, at: 2025-03-05, event: judgement-recorded, by: bob, on: e1, question: bullying, answer: yes, reasons: shouting}}
""")

    assert "Judged by Bob (j1): bullying, yes, because “shouting”." in told


def test_what_was_excused_or_met_is_a_line_unless_all_is_asked_for(report: Report) -> None:
    written = f"""{IN_FORCE}
proof: established
events:
  - {{id: e1, at: 2025-03-04, event: instruction-given, by: bob, to: dev, subject: fete}}
"""

    assert "Excused: 2.3 on e1 (authorised); 2.4 on e1 (authorised)." in report(written)
    assert "Excused: authorised." in report(written, everything=True)
    assert "Clause 2.3" not in report(written)
    assert "Clause 2.3" in report(written, everything=True)


def test_a_duty_done_late_says_when_and_by_how_much(report: Report) -> None:
    told = report(f"""{IN_FORCE}
proof: established
events:
  - {{id: e1, at: 2025-03-10, event: promise-made, by: dev, to: fay, due: 2025-03-14}}
  - {{id: e2, at: 2025-03-18, event: promise-kept, by: dev, promise: e1}}
""")

    assert "Done late: breach" in told
    assert "Due by the end of 14 March 2025." in told
    assert "Recorded as done on 18 March 2025, 2 working days late." in told


def test_where_no_time_is_set_the_report_says_how_much_has_passed(report: Report) -> None:
    told = report(f"""{IN_FORCE}
as_of: 2025-03-14
events:
  - {{id: e1, at: 2025-03-04, event: query-made, by: fay, to: dev}}
""")

    assert "Working days that have passed so far: 8." in told
    assert "[parameters: timely-response; 1]" in flat(told)


def test_context_that_bears_on_an_act_stands_with_its_finding(report: Report) -> None:
    told = report(f"""{IN_FORCE}
events:
  - {CRITICISM}
  - {{id: e2, at: 2025-03-05, event: apology-made, by: ann, bears-on: e1}}
""")

    assert "Also on record, e2: Ann apologised for e1." in told


def test_a_relationship_is_told_by_its_two_people(report: Report) -> None:
    told = report(f"""{IN_FORCE}
  relationships: [{{id: r1, between: [ann, dev], kind: personal-familiarity, since: 2024-01-01}}]
events: []
as_of: 2025-03-04
""")

    assert "On r1: Ann and Dev stood in a relationship of personal familiarity since" in told


def test_the_scope_and_what_no_clause_covers_are_listed(report: Report) -> None:
    told = flat(
        report(f"""{IN_FORCE}
events:
  - {{id: e1, at: 2025-03-04, event: instruction-given, by: fay, to: eve}}
  - {{id: e2, at: 2025-03-05, event: grievance-handled, by: ann, of: dev}}
""")
    )

    assert "- e1: Fay held no office that is bound by clauses 2.3 and 2.4." in told
    assert "Not covered: no clause speaks of this kind of event - e2: Ann attempted" in told


def test_a_note_that_matters_only_to_other_clauses_is_left_out(report: Report) -> None:
    told = report(f"{IN_FORCE}\nevents: [{CRITICISM}]")

    assert "Outside this protocol" not in told


def test_how_a_clause_is_read_comes_after_all_findings(report: Report) -> None:
    told = report(f"{IN_FORCE}\nevents: [{CRITICISM}]")

    assert told.index("Neither justice nor moderation") > told.index("Breach if proved")
    assert told.count("Neither justice nor moderation") == 1


def test_nothing_found_is_said_in_words(report: Report) -> None:
    told = flat(report(f"{IN_FORCE}\nevents: []\nas_of: 2025-03-04"))

    assert "no clause of this protocol is breached by what is recorded here" in told


def test_a_standing_duty_says_since_when_it_fails(report: Report) -> None:
    told = report(f"""title: No procedure
rulebooks: twywell
as_of: 2025-03-31
{PEOPLE}
  procedures: []
events: []
""")

    assert "Since the end of 9 January 2025." in told
    assert "No grievance procedure is on the register." in told


def test_several_rulebooks_share_one_record(report: Report) -> None:
    told = report(f"""title: A complaint
rulebooks: [langport, twywell]
{PEOPLE}
events: [{CRITICISM}]
""")

    assert told.count("What is recorded") == 1
    assert "Langport Town Council: " in told
    assert "Twywell Parish Council: " in told


def test_several_scenarios_each_have_their_title(report: Report) -> None:
    told = report(
        f"{IN_FORCE}\nevents: [{CRITICISM}]",
        f"{IN_FORCE.replace('A complaint', 'Another')}\nevents: [{CRITICISM}]",
    )

    assert "A complaint\n===========" in told
    assert "Another\n=======" in told
    assert told.count("What is recorded") == 2


def test_events_that_are_one_act_count_once_for_each_rule(report: Report) -> None:
    told = report(f"""{IN_FORCE}
events:
  - {{id: e1, at: 2025-03-04, event: criticism-made, by: ann, of: dev, where: press, act: a1}}
  - {{id: e2, at: 2025-03-04, event: criticism-made, by: ann, of: dev, where: press, act: a1}}
""")

    assert "breach if proved: 1;" in told


def test_events_that_are_one_act_are_told_together(report: Report) -> None:
    told = report(f"""{IN_FORCE}
events:
  - {{id: e1, at: 2025-03-04, event: criticism-made, by: ann, of: dev, where: press, act: a1}}
  - {{id: e2, at: 2025-03-04, event: criticism-made, by: ann, of: dev, where: press, act: a1}}
""")

    assert told.count("criticised in public") == 1
    assert "On e1" in told
    assert "On e2" in told


def test_no_line_is_wider_than_the_page(report: Report) -> None:
    told = report(f"""{LANGPORT}
events:
  - {CRITICISM}
  - {{id: e2, at: 2025-03-05, event: abuse-directed, by: ann, to: dev, where: public-meeting}}
  - {{id: e3, at: 2025-03-06, event: instruction-given, by: {{one_of: [ann, bob]}}, to: eve}}
""")

    assert max(map(len, told.splitlines())) <= 88


def test_colours_are_put_on_after_the_lines_were_broken(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(f"{IN_FORCE}\nevents: [{CRITICISM}]", encoding="utf-8")
    [scenario] = load_scenarios(path)

    told = text.render([assess(scenario.rulebooks[0].rulebook, scenario)])

    assert click.style("Breach if proved", fg="red", bold=True) in told
