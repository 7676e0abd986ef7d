"""What is found beside the findings: scope notes, permissions, what is not covered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from tests.drawing.rulebooks import clause_of, kept, set_within

from councilrules.events import Event
from councilrules.events.conduct import BlameLaid, DiscussionHeld
from councilrules.events.queries import PromiseMade
from councilrules.events.questions import Question
from councilrules.events.record import ApologyMade
from councilrules.findings import ScopeNote
from councilrules.history import History
from councilrules.periods import Moment, Tenure
from councilrules.reference import Cases, Found, found, found_by
from councilrules.register import Office, Person, Register
from councilrules.rules import Always, Judged, Modality, Not, Pattern, Rule
from councilrules.testing._times import START, STEP, exact

PEOPLE = {
    "ann": Person(offices=(Office(role="councillor"),)),
    "bob": Person(),
}
LONG_AFTER = START + timedelta(days=90)
ADOPTED = exact(START)


def rule(clause: str, *roles: str, **changes: Any) -> Rule:  # noqa: ANN401 - attributes of a rule
    """Make a rule on promises that binds people of these roles."""
    forbidding: dict[str, Any] = {"modality": Modality.MUST_NOT, "required": (), "within": None}
    (made,) = kept(*roles)[0].rules
    return evolve(made, id=clause, clause=clause, **(forbidding | changes))


def looked(*rules: Rule, events: tuple[Event, ...] = ()) -> Found:
    """Give what is found of promises that ann and bob made, a rule a clause."""
    rulebook = evolve(
        set_within(kept("councillor")[0], days=10),
        clauses=tuple(clause_of(one.clause, one) for one in rules),
    )
    made = (
        PromiseMade(id="e1", at=exact(START), by="ann"),
        PromiseMade(id="e2", at=exact(START), by="bob"),
    )
    history = History(events=(*made, *events), as_of=LONG_AFTER)
    return found(rulebook, Register(people=PEOPLE), history)


def notes(found: Found) -> list[tuple[str, str, str, tuple[str, ...], bool]]:
    return [
        (one.why, one.event, one.person, one.clauses, one.is_bound_otherwise) for one in found.scope
    ]


def test_a_note_says_whether_another_clause_binds_whoever_this_one_does_not() -> None:
    made = looked(rule("1", "clerk"), rule("2", "councillor"), rule("3", "clerk"))

    assert notes(made) == [
        ("not-in-office", "e1", "ann", ("1", "3"), True),
        ("not-in-office", "e2", "bob", ("1", "2", "3"), False),
    ]


def test_what_another_instrument_decides_is_a_note_and_no_matter_of_office() -> None:
    made = looked(rule("1", "councillor", modality=Modality.REFER), rule("2", "councillor"))

    assert ("another-instrument", "e1", "ann", ("1",), False) in notes(made)
    assert [(one.clause, one.bearer) for one in made.findings] == [("2", "ann")]


def test_a_clause_is_named_once_in_a_note_however_many_rules_it_has() -> None:
    one = rule("1", "clerk")
    clause = clause_of("1", one, evolve(one, id="again"))
    rulebook = evolve(set_within(kept("clerk")[0], days=10), clauses=(clause,))
    history = History(events=(PromiseMade(id="e1", at=exact(START), by="ann"),), as_of=LONG_AFTER)

    made = found(rulebook, Register(people=PEOPLE), history)

    assert made.scope == (
        ScopeNote(why="not-in-office", event="e1", person="ann", clauses=("1",)),
    )  # fmt: skip


def test_what_is_permitted_and_what_no_rule_speaks_of_is_told() -> None:
    talk = DiscussionHeld(id="e3", at=exact(START), by="ann")

    made = looked(rule("1", "councillor", modality=Modality.MAY), events=(talk,))

    (permitted,) = made.permissions
    assert (permitted.clause, permitted.rule) == ("1", "1")
    assert (permitted.person, permitted.on) == ("ann", "e1")
    assert (made.findings, made.not_covered) == ((), ("e3",))


def test_somebody_unknown_has_no_name_in_a_note() -> None:
    nobody_knows = PromiseMade(id="e3", at=exact(START))

    made = looked(rule("1", modality=Modality.REFER), events=(nobody_knows,))

    assert ("another-instrument", "e3", "", ("1",), False) in notes(made)


def test_every_permitted_act_is_told() -> None:
    again = PromiseMade(id="e3", at=exact(START), by="ann")

    made = looked(rule("1", "councillor", modality=Modality.MAY), events=(again,))

    assert [one.on for one in made.permissions] == ["e1", "e3"]


def test_some_rules_alone_say_nothing_of_what_is_not_covered() -> None:
    rulebook = set_within(kept("councillor")[0], days=10)
    talk = DiscussionHeld(id="e3", at=exact(START), by="ann")
    cases = Cases(rulebook, Register(people=PEOPLE), History(events=(talk,), as_of=LONG_AFTER))

    assert found_by(cases, rulebook.rules) == Found(
        findings=(), scope=(), permissions=(), not_covered=()
    )


def test_an_act_that_is_none_of_a_clause_leaves_no_note_of_who_did_it() -> None:
    never = Not(Always())

    made = looked(
        rule("1", "clerk", further=(never,)),
        rule("2", "councillor", modality=Modality.REFER, further=(never,)),
        rule("3", "councillor", modality=Modality.MAY, further=(never,)),
    )

    assert (made.scope, made.permissions) == ((), ())


def test_what_was_done_before_the_protocol_is_a_note_also_where_nobody_knows_who_did_it() -> None:
    later = Tenure(since=exact(START + timedelta(days=1)))
    rulebook = set_within(kept("councillor")[0], days=10)
    history = History(events=(PromiseMade(id="e1", at=exact(START)),), as_of=LONG_AFTER)

    made = found(rulebook, Register(people=PEOPLE), history, in_force=later)

    assert notes(made) == [("not-in-force", "e1", "", ("1",), False)]


def test_an_event_after_the_clock_is_noted_without_a_name() -> None:
    late = PromiseMade(id="e3", at=exact(LONG_AFTER + timedelta(days=1)), by="ann")

    assert ("after-the-clock", "e3", "", (), False) in notes(looked(events=(late,)))


def overdue(*reviews: Moment, adopted: Moment | None = ADOPTED) -> bool:
    """Tell whether a review that was due a week after adoption is noted as overdue."""
    rulebook = evolve(
        set_within(kept("councillor")[0], days=10),
        adopted=adopted,
        not_before=exact(START),
        review_due=exact(START + timedelta(days=7)),
    )
    history = History(events=(), as_of=LONG_AFTER)
    made = found(rulebook, Register(people=PEOPLE, reviews=reviews), history)
    return ScopeNote(why="review-overdue", event="", person="") in made.scope


@pytest.mark.parametrize(
    ("at", "is_overdue"),
    [
        pytest.param(LONG_AFTER, False, id="at-the-clock"),
        pytest.param(LONG_AFTER + STEP, True, id="after-the-clock"),
        pytest.param(START, False, id="as-it-was-adopted"),
        pytest.param(START - STEP, True, id="before-it-was-adopted"),
    ],
)
def test_a_review_counts_from_the_adoption_up_to_the_clock(at: datetime, is_overdue: bool) -> None:  # noqa: FBT001 - as a table has it
    assert overdue(exact(at)) is is_overdue


def test_without_a_review_it_is_overdue_and_so_it_is_where_nobody_knows_the_adoption() -> None:
    assert overdue()
    assert overdue(exact(START + STEP), adopted=None)


def asking(clause: str, **changes: Any) -> Rule:  # noqa: ANN401 - attributes of a rule
    return rule(clause, "councillor", further=(Judged("loud"),), **changes)


def uncovered(*rules: Rule) -> tuple[str, ...]:
    """Give which of these events no rule mentions, where blame raises the question."""
    loud = Question(name="loud", asks="Was {by} loud?", raised_by=frozenset({"blame-laid"}))
    rulebook = evolve(
        set_within(kept("councillor")[0], days=10),
        clauses=tuple(clause_of(one.clause, one) for one in rules),
        questions={"loud": loud},
    )
    events = (
        BlameLaid(id="raising", at=exact(START), by="ann"),
        DiscussionHeld(id="answered", at=exact(START), by="ann", answers={"loud": True}),
        DiscussionHeld(id="talk", at=exact(START), by="ann"),
        ApologyMade(id="context", at=exact(START), by="ann"),
        PromiseMade(id="promise", at=exact(START), by="ann"),
    )
    history = History(events=events, as_of=LONG_AFTER)
    return tuple(sorted(found(rulebook, Register(people=PEOPLE), history).not_covered))


def test_what_raises_or_answers_a_question_that_is_asked_of_anything_is_covered() -> None:
    assert uncovered(asking("1", trigger=Pattern((), Always()))) == ("promise", "talk")


def test_a_question_that_is_asked_of_one_kind_of_event_covers_no_other() -> None:
    assert uncovered(asking("1")) == ("answered", "raising", "talk")
