"""Nobody's name is left in an anonymised scenario, and the same is found in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from attrs import evolve
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.drawing.changes import changed
from tests.drawing.changes import renamed as with_names
from tests.drawing.rulebooks import SHIPPED, shipped

from councilrules import (
    Event,
    History,
    Moment,
    Place,
    Register,
    load_rulebook,
    load_scenarios,
)
from councilrules.assessing import Assessment, assess
from councilrules.events import OneOf
from councilrules.events.conduct import CriticismMade
from councilrules.events.instructions import InstructionGiven
from councilrules.events.record import JudgementRecorded
from councilrules.expecting import mismatches
from councilrules.findings import Finding, Want
from councilrules.periods import Allowance, Tenure
from councilrules.register import Decision, Interest, Office, Paper, Person, Relationship
from councilrules.reports import data
from councilrules.reports.contents import contents
from councilrules.reports.docx import docx
from councilrules.reports.html import html
from councilrules.reports.markdown import markdown
from councilrules.reports.text import render
from councilrules.rules import ParameterValue, Rulebook
from councilrules.scenarios import Assessed, Expectation, Expected, Scenario
from councilrules.scenarios._mentions import plain
from councilrules.scenarios.anonymising import By, Renaming, anonymised, renaming
from councilrules.scenarios.writing import written
from councilrules.testing import scenarios
from councilrules.testing._cast import NOBODY, OBSCURE, STRANGER
from councilrules.testing._facts import changed_event

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("tests/conformance/*.yaml"), *ROOT.glob("examples/stories/*.yaml")])
AT = datetime(2025, 3, 4, 10, tzinfo=UTC)
BY: tuple[By, ...] = ("roles", "initials")
books: dict[str, Rulebook] = {}


def moment(days: int = 0) -> Moment:
    return Moment(AT + timedelta(days=days), AT + timedelta(days=days))


def holding(*roles: str) -> Person:
    return Person(offices=tuple(Office(role=role) for role in roles))


def scenario(people: Mapping[str, Person], *events: Event) -> Scenario:
    """Give a scenario of Langport with these people and events."""
    register = Register(people=people)
    history = History(events=events, as_of=AT + timedelta(days=30))
    book = Assessed(rulebook=load_rulebook("langport"))
    return Scenario(name="one", rulebooks=(book,), register=register, history=history)


def said(text: str, *names: str, by: By = "roles") -> str:
    """Give a text of a scenario in which councillors of these names act, anonymised."""
    one = scenario(dict.fromkeys(names, holding("councillor")))
    return anonymised(evolve(one, name=text), by=by).name


# --- who is called what -----------------------------------------------------------


def test_people_are_called_by_the_office_they_hold_in_the_order_of_the_register() -> None:
    people = {
        "gus": holding("councillor"),
        "ann": holding("councillor", "chair"),
        "cleo": holding("clerk"),
        "eve": holding("employee"),
        "hal": holding("monitoring-officer"),
        "fay": Person(),
    }

    found = anonymised(scenario(people)).register.people

    assert [*found] == [
        "Councillor A", "Councillor B", "Clerk", "Employee A", "Person A", "Person B",
    ]  # fmt: skip
    assert [*found.values()] == [*people.values()]


def test_two_holders_of_an_office_that_one_holds_at_a_time_are_told_apart() -> None:
    found = anonymised(scenario({"cleo": holding("clerk"), "ida": holding("clerk")}))

    assert [*found.register.people] == ["Clerk A", "Clerk B"]


def test_whom_only_an_event_names_is_called_a_person() -> None:
    event = CriticismMade(id="e1", at=moment(), by="ann", of=("lee", "council"))

    (found,) = anonymised(scenario({"ann": holding("councillor")}, event)).history.events

    assert isinstance(found, CriticismMade)
    assert (found.by, found.of) == ("Councillor A", ("Person A", "council"))


def test_initials_that_two_have_are_numbered() -> None:
    names = ("ann-smith", "cllr-abe-stone", "José-ortiz", "smith", "the-clerk")

    found = anonymised(scenario(dict.fromkeys(names, holding("officer"))), by="initials")

    assert [*found.register.people] == ["A.S.", "A.S.2", "J.O.", "S.", "Officer A"]


def test_whoever_is_called_by_a_word_for_an_office_keeps_it_and_nobody_else_gets_it() -> None:
    people = {"clerk": holding("clerk"), "ida": holding("clerk")}

    found = anonymised(evolve(scenario(people), name="Ida and the clerk"))

    assert [*found.register.people] == ["clerk", "Clerk A"]
    assert found.name == "Clerk A and the clerk"


def test_no_label_is_one_that_somebody_is_called_by_already() -> None:
    people = {"Councillor B": holding("councillor"), "ann": holding("councillor")}
    one = evolve(scenario(people), name="ann, Councillor B, and in the text Councillor A")

    assert anonymised(one).name == "Councillor D, Councillor C, and in the text Councillor A"


def test_a_letter_that_somebody_is_called_by_is_nobody_elses() -> None:
    found = anonymised(scenario(dict.fromkeys(("b", "A"), holding("councillor"))))

    assert [*found.register.people] == ["Councillor C", "Councillor D"]


def test_there_are_labels_for_more_people_than_letters() -> None:
    people = {f"name{'x' * n}": holding("councillor") for n in range(60)}

    found = [*anonymised(scenario(people)).register.people]

    assert (found[25], found[26], found[59]) == ("Councillor Z", "Councillor AA", "Councillor BH")


def test_another_way_to_call_people_is_refused() -> None:
    with pytest.raises(ValueError, match="neither `roles` nor `initials`"):
        anonymised(scenario({}), by="numbers")  # type: ignore[arg-type]  # as a caller may


# --- names in free text -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cllr-smith", "Councillor A"),
        ("Cllr Smith's e-mail", "Councillor A's e-mail"),
        ("SMITH'S e-mail", "Councillor A's e-mail"),
        ("the Smiths\u2019 house", "the Councillor A\u2019s house"),
        ("Mr. J.R. Smith and others", "Councillor A and others"),
        ("smith, Smith; (SMITH)", "Councillor A, Councillor A; (Councillor A)"),
        ("anti-Smith-letter", "anti-Councillor-A-letter"),
        ("mailSmith2", "mail-Councillor-A-2"),
        ("smith@example.org", "Councillor-A@example.org"),
        ("Sm\u00adith and Smi\u200bth", "Councillor A and Councillor A"),
        ("\u202eSmith\u202c!", "\u202eCouncillor A\u202c!"),
        ("S\u200bm\u200bi\u200bt\u200bh and x\u200fSmith", "Councillor A and x\u200fCouncillor A"),
        ("blacksmith smithy", "blacksmith smithy"),
        ("the councillor, the Cllr", "the councillor, the Cllr"),
        ("", ""),
    ],
)
def test_a_name_is_found_in_whatever_form_it_stands(text: str, expected: str) -> None:
    assert said(text, "cllr-smith") == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("josé", "Jose, JOSÉ, Jose\u0301", "Councillor A, Councillor A, Councillor A"),
        ("jose", "José", "Councillor A"),
        ("mueller", "Müller, MUELLER", "Councillor A, Councillor A"),
        ("müller", "Mueller, Muller", "Councillor A, Councillor A"),
        ("straße", "STRASSE", "Councillor A"),
        ("obrien", "O'Brien, O\u2019Brien", "Councillor A, Councillor A"),
        ("pat-o'brien", "OBrien; Brien; Pat; P. O'Brien", "Councillor A; " * 3 + "Councillor A"),
        ("mcdonald", "McDonald", "Councillor A"),
        ("mary-ann jones", "Mary Ann; Maryann; Ann Jones; Mary Jones", "Councillor A; " * 3 + "Councillor A"),
        ("ann", "an n, Ann", "an n, Councillor A"),
        ("may", "You may go", "You Councillor A go"),
        ("李小明", "昨天小明说", "昨天-Councillor-A-说"),
        ("person-7", "Person 7 on 7 May", "Councillor A on 7 May"),
    ],
)  # fmt: skip
def test_accents_hyphens_and_parts_do_not_hide_a_name(name: str, text: str, expected: str) -> None:
    assert said(text, name) == expected


def test_a_name_that_two_share_is_said_to_be_of_either() -> None:
    assert said("Smith or Bob Smith", "ann-smith", "bob-smith") == (
        "Councillor A or Councillor B or Councillor B"
    )


def test_a_name_that_many_share_is_said_to_be_of_one_of_them() -> None:
    names = [f"{name}-smith" for name in ("ann", "bob", "cleo", "dev", "eve")]

    assert said("Smith's mail, smith-mail", *names) == (
        "one of several people's mail, one-of-several-people-mail"
    )


def test_a_whole_name_is_nobody_elses() -> None:
    assert said("Smith was there", "smith", "bob-smith") == "Councillor A was there"


def test_a_sentence_that_ends_with_initials_has_one_full_stop() -> None:
    assert said("I told Ann. Then Bob...", "ann", "bob", by="initials") == "I told A. Then B...."


def test_a_text_of_one_word_with_ten_thousand_letters_stays() -> None:
    assert said("x" * 10_000, "ann") == "x" * 10_000


# --- where names stand ------------------------------------------------------------


def test_every_part_of_a_scenario_is_anonymised() -> None:
    named = everything()

    found = anonymised(named)

    assert re.findall("(?i)ann|smith", repr(evolve(found, rulebooks=()))) == []
    (parameter,) = next(iter(found.rulebooks[0].rulebook.parameters.values())).values
    assert parameter.source == "Councillor A's motion"
    assert found.register.decisions[0].to == ("Councillor A", "clerk")
    assert found.history.complainants == {"Councillor A"}
    (expected,) = found.expected[0].findings
    assert (expected.bearer, expected.on) == ("Councillor A", "mail-of-Councillor-A")
    assert expected.wants == (
        "proof:mail-of-Councillor-A@mail-of-Councillor-A",
        "register:offices@Councillor A",
    )
    assert found.place == Place("complaint-of-Councillor-A.yaml", 3)


def everything() -> Scenario:
    """Give a scenario with a name in every part that can hold one."""
    name = "ann-smith"
    book = load_rulebook("langport")
    value = ParameterValue(
        allowance=Allowance(
            number=5, unit="days", counting="first-day-out", calendar=book.calendar
        ),
        tenure=Tenure(),
        source="Ann Smith's motion",
    )
    parameters = {one: evolve(each, values=(value,)) for one, each in book.parameters.items()}
    events = (
        InstructionGiven(
            id="mail-of-smith", at=moment(), by=OneOf((name, "bob")), to=(name,), as_="councillor",
            subject="smiths-land", source="Smith's diary", act="ann-writes", repeats="ann-first",
            place=Place("diary-of-ann.csv", 1), with_=name,
        ),
        JudgementRecorded(
            id="ann-judged", at=moment(1), by="bob", on="mail-of-smith", question="bullying",
            answer=True, reasons="Ms Ann Smith's own words",
        ),
    )  # fmt: skip
    expected = Expected(
        bearer=name, status="breached", on="mail-of-smith",
        wants=("proof:mail-of-smith@mail-of-smith", f"register:offices@{name}"), place=Place("ann.yaml"),
    )  # fmt: skip
    return Scenario(
        name="Smith complains",
        rulebooks=(Assessed(rulebook=evolve(book, parameters=parameters)),),
        register=Register(
            people={name: holding("councillor"), "bob": holding("clerk")},
            papers={"ann-paper": Paper(matter=("smith-land",), held_by=(name,))},
            interests=(Interest(of=name, matter=("smith-land",), kinds=("pecuniary",)),),
            relationships=(Relationship(id="ann-bob", between=(name, "bob"), kind="family"),),
            decisions=(Decision(id="d-smith", to=(name, "clerk"), over=(name,)),),
        ),
        history=History(
            events=events, as_of=AT + timedelta(days=30), complainants=frozenset({name})
        ),
        expected=(Expectation(rulebook="langport", clause="2.3", rule=None, findings=(expected,)),),
        place=Place("/council/smith/complaint-of-ann.yaml", 3),
    )


def test_a_word_of_the_rulebooks_stays_although_somebody_is_called_so() -> None:
    event = InstructionGiven(id="e1", at=moment(), by="personnel", to="eve", subject="personnel")
    people = {"personnel": holding("councillor"), "eve": holding("employee")}

    (found,) = anonymised(scenario(people, event)).history.events

    assert isinstance(found, InstructionGiven)
    assert found.by == "Councillor A"


def test_ids_that_would_become_the_same_are_kept_apart() -> None:
    events = [
        CriticismMade(id=id_, at=moment(n), by="smith")
        for n, id_ in enumerate(("mail-smith", "mail-SMITH", "mail"))
    ]

    found = anonymised(scenario({"smith": holding("councillor")}, *events))

    assert [one.id for one in found.history.events] == [
        "mail-Councillor-A", "mail-Councillor-A-2", "mail",
    ]  # fmt: skip


def test_events_of_one_time_are_numbered_where_new_ids_would_put_them_in_another_order() -> None:
    events = [
        CriticismMade(id=id_, at=moment(), by="zoe") for id_ in ("m2", "zoe-mail", "n1", "a1")
    ]

    found = anonymised(scenario({"zoe": holding("councillor")}, *events))

    assert [one.id for one in found.history.events] == ["event-2", "event-4", "event-3", "event-1"]
    assert [one.id for one in found.history.read] == [f"event-{n}" for n in range(1, 5)]


# --- the same is found ------------------------------------------------------------

FORMS = ("{0}", "{0}'s", "the {0} file", "{0}-{0}", "x\u200f{0}\u200f", "<b>{0}</b>", "({0})\n{0}")
CASES = (str.upper, str.title, str.lower, str.swapcase, str.casefold)
GIVEN = (
    "zoë",
    "Jörg",
    "o'neill",
    "Ståle",
    "mary-jane",
    "Ng",
    "Mark",
    "sàra",
    "Анна",
    "יעל",
    "小明",
)
FAMILY = (
    "",
    "-smith",
    " Smith-Jones",
    "-O\u2019Brien",
    " MacDonald",
    "_quill",
    "-Zürn",
    " de la Cruz",
)
TITLE = ("", "", "", "cllr-", "Mr. ")


@cache
def of_shipped(name: str) -> st.SearchStrategy[Scenario]:
    return scenarios(shipped(name), writable=False)


@st.composite
def named(draw: st.DrawFn) -> tuple[Scenario, tuple[str, ...]]:
    """Draw a scenario whose people have all kinds of names, which its texts and ids hold."""
    one = draw(st.sampled_from(SHIPPED).flatmap(of_shipped))
    persons = (*one.register.people, NOBODY, OBSCURE, STRANGER)
    persons = tuple(dict.fromkeys(persons))
    full = st.builds(
        "{}{}{}".format, st.sampled_from(TITLE), st.sampled_from(GIVEN), st.sampled_from(FAMILY)
    )
    names = draw(
        st.lists(full, min_size=len(persons), max_size=len(persons), unique_by=plain).map(tuple)
    )
    one = evolve(
        one,
        register=with_names(one.register, dict(zip(persons, names, strict=True))),
        history=with_names(one.history, dict(zip(persons, names, strict=True))),
    )
    there = present(one, names)
    if not there:
        return one, ()
    ids = {
        event.id: f"{event.id}-{draw(forms(there))}" if draw(st.booleans()) else event.id
        for event in one.history.events
    }
    matters = {"fete": f"fete {draw(forms(there))}", "land-sale": f"{draw(forms(there))}.sale"}
    texts = st.none() | st.lists(forms(there), min_size=1, max_size=3).map(" and ".join)
    one = evolve(
        one,
        name=draw(texts) or "drawn",
        register=with_names(one.register, ids | matters),
        history=with_names(one.history, ids | matters),
    )
    events = tuple(
        changed_event(event, source=draw(texts), act=draw(texts)) for event in one.history.events
    )
    return evolve(one, history=evolve(one.history, events=events)), there


def present(one: Scenario, names: tuple[str, ...]) -> tuple[str, ...]:
    """Give those names that the register or the events of a scenario hold."""
    texts: set[str] = set()

    def seen(leaf: object) -> object:
        texts.update([leaf] if isinstance(leaf, str) else [])
        return leaf

    changed((one.register, one.history), seen)
    return tuple(name for name in names if name in texts)


def forms(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Draw one of the names, or a part of it, in some form."""
    parts = [
        part
        for name in names
        for part in (name, *re.split(r"[-\s_]", name))
        if len(part) > 1 and plain(part) not in {"cllr", "mr", "mr.", "de", "la"}
    ]
    return st.builds(
        lambda form, case, part: form.format(case(part)),
        st.sampled_from(FORMS), st.sampled_from(CASES), st.sampled_from(parts),
    )  # fmt: skip


def everywhere(made: Assessment) -> str:
    """Give all that is printed and written of an assessment, in one text."""
    report = contents([made], everything=True)
    with ZipFile(BytesIO(docx(report))) as archive:
        in_word = [archive.read(name).decode() for name in archive.namelist()]
    of_paragraphs = (re.sub("<[^>]*>", "", one) for one in "".join(in_word).split("</w:p>"))
    page = html(report)
    return "\n".join((
        render([made], everything=True),
        json.dumps(data.assessments([made]), ensure_ascii=False),
        markdown(report),
        page,
        unescape(page),
        unescape(re.sub("<[^>]*>", "", page)),
        *in_word,
        *map(unescape, of_paragraphs),
    ))  # fmt: skip


def left(names: tuple[str, ...], text: str) -> list[str]:
    """Give the names, and the parts that are names by themselves, that a text has as words.

    What a person reads for themselves is looked for, and not with what was to find it.
    """
    # No name goes across a tag or a line, and most of what stands between them comes often.
    pieces = dict.fromkeys(re.split(r"[<>\n]", text))
    folded = plain(re.sub("[\u200e\u200f]", "", "\n".join(pieces)))
    parts = {
        plain(part)
        for name in names
        for part in (name, *re.split(r"[-\s_]", name))
        if len(part) > 1 and plain(part) not in {"cllr", "mr", "mr.", "de", "la", "mark"}
    }
    # Most are nowhere at all, which is seen much sooner than that they are no word.
    held = sorted(part for part in parts if part in folded)
    return [part for part in held if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", folded)]


# What fails is shown as it was drawn: to make it smaller takes many minutes.
@settings(phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(drawn=named(), by=st.sampled_from(BY))
def test_no_name_is_left_in_what_is_printed(
    drawn: tuple[Scenario, tuple[str, ...]], by: By
) -> None:
    one, names = drawn

    found = anonymised(one, by=by)

    (book,) = found.rulebooks
    assert left(names, everywhere(assess(book.rulebook, found, engine="reference"))) == []


@given(drawn=named(), by=st.sampled_from(BY))
def test_the_same_is_found_under_the_other_names(
    drawn: tuple[Scenario, tuple[str, ...]], by: By
) -> None:
    one, _ = drawn
    names = renaming(one, by)
    (book,) = one.rulebooks

    before = assess(book.rulebook, one, engine="reference")
    after = assess(book.rulebook, anonymised(one, by=by), engine="reference")

    assert [*map(in_order, after.findings)] == [renamed(each, names) for each in before.findings]
    assert {(note.why, note.clauses) for note in after.scope} == {
        (note.why, note.clauses) for note in before.scope
    }
    assert len(after.questions) == len(before.questions)


def renamed(one: Finding, names: Renaming) -> Finding:
    return in_order(
        evolve(
            one,
            bearer=None if one.bearer is None else names.person(one.bearer),
            on=one.on if "@" in one.on else names.thing(one.on),
            events=tuple(map(names.whichever, one.events)),
            wants=tuple(
                Want(
                    each.cause,
                    names.whichever(each.of),
                    names.whichever(each.name) if each.name == each.of else each.name,
                )
                for each in one.wants
            ),
            act=None if one.act is None else names.thing(one.act),
        )
    )


def in_order(one: Finding) -> Finding:
    """Give a finding with its events in the order of their ids, whatever these are."""
    return evolve(one, events=tuple(sorted(one.events)))


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_anonymised_file_finds_what_it_expects_and_can_be_written(path: Path, by: By) -> None:
    for one in load_scenarios(path, books):
        found = anonymised(one, by=by)
        made = [assess(each.rulebook, found, engine="reference") for each in found.rulebooks]
        before = [assess(each.rulebook, one, engine="reference") for each in one.rulebooks]

        assert [*mismatches(found, made)] == []
        assert len([*mismatches(one, before)]) == 0
        assert written(found)
