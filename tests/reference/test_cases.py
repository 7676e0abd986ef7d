"""What each case of a rule says, and in which order cases come."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from attrs import astuple, evolve
from tests.drawing.rulebooks import clause_of, kept, set_within

from councilrules import Rulebook, load_scenarios
from councilrules.cases import Case
from councilrules.events import UNKNOWN, Event, OneOf, Proof, Unknown
from councilrules.events.conduct import BlameLaid, DiscussionHeld
from councilrules.events.papers import DocumentInspected, DocumentRefused
from councilrules.events.queries import PromiseKept, PromiseMade
from councilrules.events.questions import Question
from councilrules.findings import NOTHING, Because, Status, Want
from councilrules.history import History
from councilrules.periods import Moment, Stretch, Tenure
from councilrules.reference import Cases, found, found_by
from councilrules.reference.conditions import in_order
from councilrules.register import Marking, Office, Paper, Person, Register
from councilrules.rules import (
    AllOf,
    Always,
    AnyOf,
    Compared,
    Condition,
    Denied,
    Judged,
    Modality,
    Not,
    Order,
    Path,
    Pattern,
    RefersToTrigger,
    Related,
    Rule,
)
from councilrules.testing._times import START, STEP, exact
from councilrules.truth import Truth

CONFORMANCE = sorted((pathlib.Path(__file__).parents[1] / "conformance").glob("*.yaml"))
BOOKS: dict[str, Rulebook] = {}
REGISTER = Register(people={"ann": Person(offices=(Office(role="councillor"),))})
LOUD = Question(name="loud", asks="Was {by} loud?", raised_by=frozenset({"blame-laid"}))
LONG_AFTER = START + timedelta(days=90)


def cases(
    *events: Event,
    register: Register = REGISTER,
    open_kinds: frozenset[str] = frozenset(),
    **changes: Any,  # noqa: ANN401 - attributes of a rule
) -> list[Case]:
    """Give the cases of a promise that is to be kept within ten days, or of another rule."""
    rulebook = set_within(evolve(kept("councillor")[0], rules=(_rule(**changes),)), days=10)
    rulebook = evolve(rulebook, questions={LOUD.name: LOUD})
    history = History(events=events, as_of=LONG_AFTER, open_kinds=open_kinds)
    opened = Cases(rulebook, register, history)
    (rule,) = rulebook.rules
    return list(opened.of(rule, opened.openers(rule)))


def _rule(**changes: Any) -> Rule:  # noqa: ANN401 - as above
    (rule,) = kept("councillor")[0].rules
    return evolve(rule, **changes)


def promise(id_: str, *, steps: int = 0) -> PromiseMade:
    return PromiseMade(id=id_, at=exact(START + steps * STEP), by="ann")


def talk(id_: str, *, steps: int, **others: Any) -> DiscussionHeld:  # noqa: ANN401 - its fields
    return DiscussionHeld(id=id_, at=exact(START + steps * STEP), by="ann", **others)


DISCUSSED = Related(Pattern(("discussion-held",), Always()), Order.ANY_TIME)
FORBIDDEN: dict[str, Any] = {"modality": Modality.MUST_NOT, "required": (), "within": None}


def test_cases_of_several_kinds_of_event_come_in_the_order_of_time() -> None:
    either = Pattern(("promise-made", "discussion-held"), Always())

    found = cases(promise("e1", steps=2), talk("e2", steps=1), trigger=either, **FORBIDDEN)

    assert [one.view.event.id for one in found] == ["e2", "e1"]


def test_cases_on_whatever_raises_a_question_come_in_the_order_of_time() -> None:
    blamed = BlameLaid(id="e1", at=exact(START + 2 * STEP), by="ann", answers={"loud": True})
    other = talk("e2", steps=1, answers={"loud": True})

    found = cases(
        blamed, other, trigger=Pattern((), Always()), further=(Judged("loud"),), **FORBIDDEN
    )

    assert [one.view.event.id for one in found] == ["e2", "e1"]


def test_each_truth_of_a_case_says_what_it_is_the_truth_of() -> None:
    answer = PromiseKept(id="e2", at=exact(START + STEP), by="ann", promise="e1")

    (case,) = cases(promise("e1"), answer)

    assert [one.about for one in case.because.parts] == ["trigger", "excused", "done"]
    assert [one.about for one in case.trigger.parts] == ["bound", "fits"]


def test_what_is_only_alleged_to_have_been_done_too_late_is_not_shown_as_done() -> None:
    late = PromiseKept(
        id="e2", at=exact(START + timedelta(days=30)), by="ann", promise="e1", proof=Proof.ALLEGED
    )

    (case,) = cases(promise("e1"), late)

    assert (case.status, case.late) == (Status.BREACHED, None)


IN_TIME = evolve(DISCUSSED, until_due=True)


@pytest.mark.parametrize(
    "condition",
    [IN_TIME, AllOf((IN_TIME,)), AnyOf((IN_TIME,)), Not(Not(IN_TIME))],
    ids=lambda one: type(one).__name__,
)
def test_an_exception_that_says_so_counts_only_up_to_when_the_duty_was_due(
    condition: Condition,
) -> None:
    found = [
        cases(promise("e1"), talk("e2", steps=steps), exceptions=(("discussed", condition),))
        for steps in (1, 4 * 30)
    ]

    assert [one.excused.truth for (one,) in found] == [Truth.TRUE, Truth.FALSE]


def test_a_gap_is_asked_of_the_text_also_where_what_opens_it_is_only_alleged() -> None:
    alleged = talk("e2", steps=1, proof=Proof.ALLEGED)

    (case,) = cases(promise("e1"), alleged, gaps=(("after-talks", DISCUSSED),))

    assert case.excused.wants == (Want("text", "e1", "after-talks"),)


def test_a_gap_has_its_name_whether_it_is_there_or_not() -> None:
    gaps = (("after-talks", DISCUSSED),)

    found = [cases(promise("e1"), *talks, gaps=gaps)[0] for talks in ((), (talk("e2", steps=1),))]

    assert [one.excused.truth for one in found] == [Truth.FALSE, Truth.UNKNOWN]
    assert {one.excused.parts[0].about for one in found} == {"unclear:after-talks"}


def test_who_left_office_is_excused_from_the_very_moment_at_which_it_was_due() -> None:
    (case,) = cases(promise("e1"))
    assert case.deadline is not None
    left = Tenure(until=exact(START + timedelta(days=1)))
    gone = Register(people={"ann": Person(offices=(Office(role="councillor", tenure=left),))})

    (finding,) = found(
        set_within(kept("councillor")[0], days=10),
        gone,
        History(events=(promise("e1"),), as_of=case.deadline.last),
    ).findings

    assert (finding.status, finding.excused_by) == (Status.EXCUSED, "left-office")


def test_an_office_that_is_only_alleged_is_not_doubted_in_favour_of_who_held_it() -> None:
    alleged = Office(role="councillor", proof=Proof.ALLEGED)

    (finding,) = found(
        set_within(kept("councillor")[0], days=10),
        Register(people={"ann": Person(offices=(alleged,))}),
        History(events=(promise("e1"),), as_of=LONG_AFTER),
    ).findings

    assert (finding.status, finding.proof) == (Status.BREACHED, Proof.ALLEGED)


# --- clauses that yield -----------------------------------------------------------------


def refused(*forbidden: Rule, proof: Proof = Proof.ESTABLISHED) -> Cases:
    """Give the cases of a refusal, after a talk, where inspecting may be forbidden."""
    refusal = _rule(
        id="refused", clause="9", trigger=Pattern(("document-refused",), Always()),
        denies=Denied(kind="document-inspected", copied=(("by", "to"),), fixed=()), **FORBIDDEN,
    )  # fmt: skip
    rulebook = evolve(
        set_within(kept("councillor")[0], days=10),
        clauses=(clause_of("8", *forbidden), clause_of("9", refusal, subject_to=("8",))),
    )
    events = (
        DocumentRefused(id="e1", at=exact(START + STEP), by="ann", to="ann", document="minutes"),
        talk("e2", steps=0, proof=proof),
    )
    return Cases(rulebook, REGISTER, History(events=events, as_of=LONG_AFTER))


def inspecting(kind: str = "document-inspected", **changes: Any) -> Rule:  # noqa: ANN401 - as above
    """Forbid councillors to inspect a document after a talk."""
    return _rule(
        id="inspected", clause="8", trigger=Pattern((kind,), Always()), further=(DISCUSSED,),
        **(FORBIDDEN | changes),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("forbidden", "proof", "status"),
    [
        pytest.param(inspecting(), Proof.ESTABLISHED, Status.EXCUSED, id="a-breach"),
        pytest.param(inspecting(), Proof.ALLEGED, Status.UNDETERMINED, id="a-breach-if-proved"),
        pytest.param(inspecting(), Proof.NOT_KNOWN, Status.UNDETERMINED, id="undetermined"),
        pytest.param(
            inspecting(exceptions=(("always", Always()),)), Proof.ESTABLISHED, Status.BREACHED,
            id="excused",
        ),
    ],
)  # fmt: skip
def test_a_refusal_rests_on_all_that_the_refused_act_would_have_come_to(
    forbidden: Rule, proof: Proof, status: Status
) -> None:
    opened = refused(forbidden, proof=proof)

    (finding,) = found_by(opened, opened.rulebook.rules).findings
    assert (finding.status, finding.events) == (status, ("e1", "e2"))
    refusal = opened.rulebook["9"].rules[0]
    (case,) = opened.of(refusal, opened.openers(refusal))
    ((barred,),) = (one.parts for one in case.excused.parts)
    assert (barred.about, [one.about for one in barred.parts]) == (forbidden, ["case"])


def test_a_clause_bars_only_by_what_it_says_of_the_act_that_was_refused() -> None:
    opened = refused(inspecting("document-disclosed"))

    (finding,) = found_by(opened, opened.rulebook.rules).findings
    assert finding.status is Status.BREACHED


# --- reasons ----------------------------------------------------------------------------


def reasons(tree: Because) -> Iterator[Because]:
    """Give a truth and all that it was made from."""
    yield tree
    for part in tree.parts:
        yield from reasons(part)


def is_whole(one: Because) -> bool:
    """Tell whether a truth says all that a truth has to say."""
    return (
        isinstance(one.truth, Truth)
        and one.about is not None
        and isinstance(one.proof, Proof)
        and isinstance(one.events, frozenset)
        and all(isinstance(want, Want) and None not in astuple(want) for want in one.wants)
        and isinstance(one.origin, str)
        and isinstance(one.value, str)
    )


@pytest.mark.parametrize("path", CONFORMANCE, ids=lambda path: path.stem)
def test_every_reason_of_every_case_is_whole(path: pathlib.Path) -> None:
    for scenario in load_scenarios(path, BOOKS):
        for named in scenario.rulebooks:
            opened = Cases(named.rulebook, scenario.register, scenario.history, named.in_force)
            for rule in named.rulebook.rules:
                if rule.modality is not Modality.STANDING:
                    for case in opened.of(rule, opened.openers(rule)):
                        assert all(map(is_whole, reasons(case.because)))


# --- what events have in common ---------------------------------------------------------


@pytest.mark.parametrize("of", [UNKNOWN, OneOf(("e1", "e9"))], ids=["unknown", "one-of-two"])
def test_what_may_refer_to_the_event_leaves_it_open(of: Unknown | OneOf) -> None:
    answer = PromiseKept(id="e2", at=exact(START + STEP), by="ann", promise=of)

    (case,) = cases(promise("e1"), promise("e9"), answer)[:1]

    assert (case.done.truth, case.done.wants) == (Truth.UNKNOWN, (Want("field", "e2", "promise"),))
    assert case.done.events == {"e1", "e2"}
    assert all(map(is_whole, reasons(case.because)))
    assert {one.origin for one in reasons(case.done) if isinstance(one.about, RefersToTrigger)} == {
        "e2.promise"
    }


def test_what_two_events_share_does_not_excuse_while_it_is_disputed() -> None:
    alike = Compared(Path("with"), Path("with"), of_trigger=True)
    disputed = talk("e2", steps=1, with_="bob", proofs={"with": Proof.ALLEGED})
    discussed = Related(Pattern(("discussion-held",), alike), Order.ANY_TIME)
    promised = PromiseMade(id="e1", at=exact(START), by="ann", with_="bob")

    (case,) = cases(promised, disputed, exceptions=(("discussed", discussed),))

    assert (case.excused.truth, case.excused.wants) == (
        Truth.UNKNOWN, (Want("proof", "e2", "with"),),
    )  # fmt: skip


@pytest.mark.parametrize("places", [("plain", "disputed"), ("disputed", "plain")], ids="-".join)
def test_two_papers_that_are_marked_alike_do_not_excuse_while_one_marking_is_disputed(
    places: tuple[str, str],
) -> None:
    refused_of, inspected_of = places
    marked = {
        "plain": (Marking(word="confidential"),),
        "disputed": (Marking(word="confidential", proof=Proof.ALLEGED),),
    }
    papers = {name: Paper(marked=one) for name, one in marked.items()}
    alike = Compared(Path("document", "marked"), Path("document", "marked"), of_trigger=True)

    (case,) = cases(
        DocumentRefused(id="e1", at=exact(START + STEP), by="ann", document=refused_of),
        DocumentInspected(id="e2", at=exact(START), by="ann", document=inspected_of),
        register=evolve(REGISTER, papers=papers),
        trigger=Pattern(("document-refused",), Always()),
        exceptions=(
            ("alike", Related(Pattern(("document-inspected",), alike), Order.ANY_TIME)),
        ),
        **FORBIDDEN,
    )  # fmt: skip

    assert case.excused.truth is Truth.UNKNOWN


def test_what_refers_to_the_event_says_where_that_stands() -> None:
    answer = PromiseKept(id="e2", at=exact(START + STEP), by="ann", promise="e1")

    (case,) = cases(promise("e1"), answer)

    (told,) = (one for one in reasons(case.done) if isinstance(one.about, RefersToTrigger))
    assert (told.origin, told.value, told.events) == ("e2.promise", "e1", frozenset({"e2"}))


# --- several steps, and the event itself ------------------------------------------------


def stepped(*kinds: str) -> tuple[Related, ...]:
    return tuple(Related(Pattern((kind,), Always()), Order.BEFORE) for kind in kinds)


@pytest.mark.parametrize(
    ("steps", "truth"),
    [((1, 2, 3), Truth.TRUE), ((2, 1, 3), Truth.FALSE), ((1, 3, 2), Truth.FALSE)],
    ids=["in-order", "the-first-two-turned-round", "the-last-two-turned-round"],
)
def test_three_steps_count_only_in_their_order(steps: tuple[int, ...], truth: Truth) -> None:
    one, two, three = (exact(START + each * STEP) for each in steps)

    (case,) = cases(
        promise("e1", steps=9),
        DiscussionHeld(id="e2", at=one, by="ann"),
        BlameLaid(id="e3", at=two, by="ann"),
        DocumentInspected(id="e4", at=three, by="ann"),
        modality=Modality.MUST_FIRST,
        required=stepped("discussion-held", "blame-laid", "document-inspected"),
    )

    assert case.done.truth is truth


def test_an_earlier_step_that_is_only_alleged_leaves_it_open() -> None:
    (case,) = cases(
        promise("e1", steps=9),
        talk("e2", steps=1, proof=Proof.ALLEGED),
        BlameLaid(id="e3", at=exact(START + 3 * STEP), by="ann"),
        modality=Modality.MUST_FIRST,
        required=stepped("discussion-held", "blame-laid"),
    )

    assert case.done.truth is Truth.UNKNOWN


def test_an_event_that_may_answer_to_itself_is_not_doubted_again() -> None:
    itself = Related(Pattern(("promise-made",), Always()), Order.ANY_TIME, or_itself=True)

    (case,) = cases(evolve(promise("e1"), proof=Proof.ALLEGED), required=(itself,))  # type: ignore[misc]  # events are attrs classes

    assert (case.done.truth, case.status) == (Truth.TRUE, Status.MET)


def test_a_disputed_marking_may_be_what_another_event_is_about() -> None:
    alike = Compared(Path("topic"), Path("document", "marked"), of_trigger=True)
    disputed = Paper(marked=(Marking(word="confidential", proof=Proof.ALLEGED),))

    (case,) = cases(
        DocumentRefused(id="e1", at=exact(START + STEP), by="ann", document="minutes"),
        talk("e2", steps=0, topic="fete"),
        register=evolve(REGISTER, papers={"minutes": disputed}),
        trigger=Pattern(("document-refused",), Always()),
        exceptions=(("alike", Related(Pattern(("discussion-held",), alike), Order.ANY_TIME)),),
        **FORBIDDEN,
    )

    assert case.excused.truth is Truth.UNKNOWN


def test_what_is_on_record_has_no_origin_of_its_own_and_what_is_not_says_so() -> None:
    answer = PromiseKept(
        id="e2", at=exact(START + STEP), by="ann", promise="e1", proof=Proof.ALLEGED
    )

    (unsure,) = cases(promise("e1"), answer)
    (never,) = cases(promise("e1"))

    assert (unsure.done.truth, unsure.done.origin) == (Truth.UNKNOWN, "")
    assert (never.done.truth, never.done.origin) == (Truth.FALSE, NOTHING)


def test_what_may_have_gone_unrecorded_is_named_as_such() -> None:
    (case,) = cases(promise("e1"), open_kinds=frozenset({"promise-kept", "blame-laid"}))

    (recorded,) = (one for one in reasons(case.done) if one.about == "recorded")
    assert recorded.wants == case.done.wants == (Want("register", "e1", "promise-kept"),)


# --- before and after -------------------------------------------------------------------

SOME_DAY = Moment(START, START + 4 * STEP)
AFTER = Related(Pattern(("discussion-held",), Always()), Order.AFTER)


def ordered(event: Event) -> Because:
    """Tell whether an event came after a promise of some moment of a day."""
    promised = PromiseMade(id="e1", at=SOME_DAY, by="ann")
    return in_order(AFTER, event, promised, Stretch.at(promised.at))


def test_an_order_that_is_known_says_by_which_time_and_wants_nothing() -> None:
    found = ordered(talk("e2", steps=9))

    assert (found.truth, found.origin, found.wants) == (Truth.TRUE, "e2.at", ())
    assert found.events == {"e1", "e2"}


def test_an_order_that_is_not_known_wants_the_times_that_are_vague() -> None:
    assert ordered(talk("e2", steps=2)).wants == (Want("field", "e1", "at"),)
    assert ordered(DiscussionHeld(id="e2", at=SOME_DAY)).wants == (
        Want("field", "e2", "at"),
        Want("field", "e1", "at"),
    )


def test_to_be_the_event_itself_says_nothing_of_what_another_came_after() -> None:
    either = AnyOf((RefersToTrigger(Path("id")), Always()))
    again = Related(Pattern(("promise-made",), either), Order.AFTER)
    vague = [PromiseMade(id=name, at=SOME_DAY, by="ann") for name in ("e1", "e2")]

    found = cases(*vague, required=(again,))

    assert {one.done.truth for one in found} == {Truth.UNKNOWN}


def test_steps_before_an_act_that_lasts_are_held_against_each_other() -> None:
    lasting = PromiseMade(
        id="e1", at=exact(START + 9 * STEP), until=exact(START + 12 * STEP), by="ann"
    )

    (case,) = cases(
        lasting,
        talk("e2", steps=5),
        BlameLaid(id="e3", at=exact(START + 3 * STEP), by="ann"),
        modality=Modality.MUST_FIRST,
        required=stepped("discussion-held", "blame-laid"),
    )

    assert case.done.truth is Truth.FALSE


def test_an_answer_in_doubt_and_answers_that_may_be_missing_are_both_asked_for() -> None:
    answer = PromiseKept(
        id="e2", at=exact(START + STEP), by="ann", promise="e1", proof=Proof.ALLEGED
    )

    (case,) = cases(promise("e1"), answer, open_kinds=frozenset({"promise-kept"}))

    assert Want("register", "e1", "promise-kept") in case.done.wants
    assert {one.cause for one in case.done.wants} == {"proof", "register"}


def test_an_exception_that_says_nothing_of_time_counts_whenever_it_was() -> None:
    (case,) = cases(promise("e1"), talk("e2", steps=4 * 30), exceptions=(("talked", DISCUSSED),))

    assert case.excused.truth is Truth.TRUE
