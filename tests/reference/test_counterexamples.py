"""Cases in which a law once failed, each kept as small as it was found."""

from __future__ import annotations

from datetime import timedelta

from attrs import evolve
from tests.drawing.rulebooks import kept, set_within

from councilrules.events import Event, Proof
from councilrules.events.conduct import CourseOfConduct, DiscussionHeld
from councilrules.events.queries import PromiseKept, PromiseMade
from councilrules.findings import Finding, Status
from councilrules.history import History
from councilrules.periods import Moment, Tenure
from councilrules.reference import found
from councilrules.register import Office, Person, Register
from councilrules.rules import (
    Always,
    Compared,
    Condition,
    Holds,
    Modality,
    Not,
    Order,
    Path,
    Pattern,
    Related,
    Vacant,
)
from councilrules.testing._times import START, STEP, exact

DISCUSSED = Related(Pattern(("discussion-held",), Always()), Order.ANY_TIME)
LONG_AFTER = START + timedelta(days=90)
COUNCILLOR = Person(offices=(Office(role="councillor"),))


def findings(
    *events: Event,
    exceptions: tuple[tuple[str, Condition], ...] = (),
    ann: Person = COUNCILLOR,
    required: tuple[Related, ...] = (),
    **others: Person,
) -> tuple[Finding, ...]:
    """Give what is found of a promise that a councillor has to keep within ten days."""
    history = History(events=events, as_of=LONG_AFTER)
    (clause,) = kept("councillor")
    (rule,) = clause.rules
    excepted = evolve(
        clause, rules=(evolve(rule, exceptions=exceptions, required=required or rule.required),)
    )
    rulebook = set_within(excepted, days=10)
    return found(rulebook, Register(people={"ann": ann, **others}), history).findings


def test_who_left_office_before_any_day_on_which_it_can_have_been_due_is_excused() -> None:
    gone = Person(
        offices=(Office(role="councillor", tenure=Tenure(until=exact(START + timedelta(days=2)))),)
    )
    vague = Moment(START - timedelta(days=1), START + timedelta(days=1))

    (finding,) = findings(PromiseMade(id="e1", at=vague, by="ann"), ann=gone)

    assert (finding.status, finding.excused_by) == (Status.EXCUSED, "left-office")


def test_who_left_office_about_when_it_was_due_is_not_accused() -> None:
    leaving = exact(START + timedelta(days=10))
    gone = Person(offices=(Office(role="councillor", tenure=Tenure(until=leaving)),))
    vague = Moment(START - timedelta(days=1), START + timedelta(days=1))

    (finding,) = findings(PromiseMade(id="e1", at=vague, by="ann"), ann=gone)

    assert [str(want) for want in finding.wants] == ["field:at@e1"]


def test_a_duty_that_is_met_rests_on_what_rules_out_an_exception() -> None:
    (finding,) = findings(
        PromiseMade(id="e1", at=exact(START), by="ann"),
        PromiseKept(id="e2", at=exact(START + STEP), by="ann", promise="e1"),
        DiscussionHeld(id="e3", at=exact(START), by="ann"),
        exceptions=(("never-discussed", Not(DISCUSSED)),),
    )

    assert (finding.status, finding.events) == (Status.MET, ("e1", "e2", "e3"))


def test_the_exception_that_is_named_is_the_one_that_the_finding_rests_on() -> None:
    (finding,) = findings(
        PromiseMade(id="e1", at=exact(START), by="ann"),
        DiscussionHeld(id="e3", at=exact(START), by="ann", proof=Proof.ADMITTED),
        exceptions=(("discussed", DISCUSSED), ("always", Always())),
    )

    assert (finding.excused_by, finding.events) == ("always", ("e1",))


def test_nobody_is_asked_whether_it_was_somebody_whom_no_rule_binds() -> None:
    disputed = PromiseMade(id="e1", at=exact(START), by="ann", proofs={"by": Proof.ALLEGED})

    assert findings(disputed, ann=Person()) == ()


def test_who_would_be_excused_if_it_was_they_is_not_asked_whether_it_was() -> None:
    disputed = PromiseMade(id="e1", at=exact(START), by="ann", proofs={"by": Proof.ALLEGED})
    exceptions = (("councillor", Holds(Path("by"), ("councillor",))),)

    (finding,) = findings(disputed, exceptions=exceptions)

    assert finding.status is Status.EXCUSED


def test_a_post_is_not_vacant_while_somebody_unknown_may_hold_it() -> None:
    promise = PromiseMade(id="e1", at=exact(START), by="ann")
    exceptions = (("no-clerk", Vacant("clerk")),)

    (finding,) = findings(promise, exceptions=exceptions, kim=Person(is_known=False))

    assert [str(want) for want in finding.wants] == ["register:offices@kim"]


def test_a_breach_by_delay_rests_on_all_that_shows_what_was_done_too_late() -> None:
    act = DiscussionHeld(id="e2", at=exact(START), by="ann")
    late = CourseOfConduct(id="e3", at=exact(START + timedelta(days=30)), by="ann", acts="e2")
    put_forward = Related(Pattern(("course-of-conduct",), Always()), Order.AFTER)

    (finding,) = findings(
        PromiseMade(id="e1", at=exact(START), by="ann"), act, late, required=(put_forward,)
    )

    assert (finding.performed_at, finding.events) == (late.at, ("e1", "e2", "e3"))


def test_questions_about_people_come_in_the_order_of_the_register_whatever_their_names() -> None:
    promise = PromiseMade(id="e1", at=exact(START), by="ann")
    exceptions = (("no-clerk", Vacant("clerk")),)
    unknown = Person(is_known=False)

    (finding,) = findings(promise, exceptions=exceptions, zed=unknown, bob=unknown)

    assert [want.of for want in finding.wants] == ["zed", "bob"]


def asked_alike(field: str, *events: Event) -> tuple[Finding, ...]:
    """Give what is found of a promise after which nobody may discuss with the same in a field."""
    alike = Compared(Path(field), Path(field), of_trigger=True)
    discussed = Related(Pattern(("discussion-held",), alike), Order.AFTER)
    (clause,) = kept("councillor")
    (rule,) = clause.rules
    forbidden = evolve(
        rule, modality=Modality.MUST_NOT, required=(), within=None, further=(discussed,)
    )
    rulebook = set_within(evolve(clause, rules=(forbidden,)), days=10)
    register = Register(people={"ann": COUNCILLOR})
    history = History(events=events, as_of=LONG_AFTER)
    return found(rulebook, register, history).findings


def test_the_same_yes_is_found_in_another_event() -> None:
    (finding,) = asked_alike(
        "in-role",
        PromiseMade(id="e1", at=exact(START), by="ann", in_role=True),
        DiscussionHeld(id="e2", at=exact(START + STEP), by="ann", in_role=True),
    )

    assert (finding.status, finding.events) == (Status.BREACHED, ("e1", "e2"))


def test_a_disputed_value_of_the_trigger_leaves_open_whether_another_event_has_the_same() -> None:
    (finding,) = asked_alike(
        "with",
        PromiseMade(
            id="e1", at=exact(START), by="ann", with_="bob", proofs={"with": Proof.ALLEGED}
        ),
        DiscussionHeld(id="e2", at=exact(START + STEP), by="ann", with_="cleo"),
    )

    assert (finding.status, [str(want) for want in finding.wants]) == (
        Status.UNDETERMINED,
        ["proof:with@e1"],
    )
