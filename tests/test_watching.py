"""What `Watch` takes, refuses and tells."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from councilrules import Change, Event, HistoryError, Moment, Register, Status, Watch, load_rulebook
from councilrules.events.instructions import InstructionGiven
from councilrules.events.queries import PromiseKept, PromiseMade, QueryMade, ResponseGiven
from councilrules.periods import Allowance, Tenure, calendar
from councilrules.register import KINDS, Office, Person, Relationship
from councilrules.rules import (
    Always,
    Clause,
    Compared,
    Modality,
    Order,
    ParameterValue,
    Path,
    Pattern,
    Related,
    Rule,
    Rulebook,
)

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PEOPLE = {"ann": "councillor", "bob": "councillor", "cleo": "clerk", "dev": "officer"}
REGISTER = Register(
    people={name: Person(offices=(Office(role=role),)) for name, role in PEOPLE.items()},
    speaks_of=frozenset(KINDS),
)


def at(days: float) -> Moment:
    return Moment(NOON + days * DAY, NOON + days * DAY)


def promise(name: str = "p1", days: float = 0, due: float = 7) -> PromiseMade:
    return PromiseMade(id=name, at=at(days), by="dev", to="ann", due=at(due))


def kept(name: str = "k1", days: float = 1, promise: str = "p1") -> PromiseKept:
    return PromiseKept(id=name, at=at(days), by="dev", promise=promise)


def instruction(name: str = "i1", days: float = 0) -> InstructionGiven:
    return InstructionGiven(id=name, at=at(days), by="ann", to="dev")


def watch(**given: object) -> Watch:
    return Watch(load_rulebook("langport"), REGISTER, **given)  # type: ignore[arg-type]  # options


def told(changes: tuple[Change, ...], clause: str = "4A(j)") -> list[tuple[str, str]]:
    return [(one.kind, one.finding.status.value) for one in changes if one.finding.clause == clause]


# --- what changed ---------------------------------------------------------------------------


def test_a_promise_opens_a_case_and_keeping_it_settles_the_case() -> None:
    watching = watch()

    assert told(watching.observe(promise())) == [("opened", "open")]
    assert told(watching.observe(kept())) == [("settled", "met")]


def test_time_alone_settles_what_was_not_done() -> None:
    watching = watch()
    watching.observe(promise())

    changes = watching.advance(NOON + 8 * DAY)

    assert told(changes) == [("settled", "breached")]
    assert {(one.reason.cause, one.reason.event) for one in changes} == {("clock", None)}


def test_the_end_of_the_last_day_is_in_time_and_the_instant_after_it_is_not() -> None:
    watching = watch()
    watching.observe(promise(due=7))
    last = datetime(2025, 3, 10, 23, 59, 59, 999999, tzinfo=UTC)

    assert told(watching.advance(last)) == []
    assert told(watching.advance(last + timedelta(microseconds=1))) == [("settled", "breached")]


def test_what_was_done_too_late_revises_the_breach() -> None:
    watching = watch()
    watching.observe(promise())
    watching.advance(NOON + 8 * DAY)

    (change,) = watching.observe(kept(days=9))

    assert change.kind == "revised"
    assert (change.finding.late_by, change.before and change.before.late_by) == (2, None)


def test_a_withdrawn_event_takes_its_findings_with_it() -> None:
    watching = watch()
    opened = watching.observe(instruction())

    gone = watching.withdraw("i1")

    assert {one.finding.key for one in gone} == {one.finding.key for one in opened}
    assert {one.kind for one in gone} == {"withdrawn"}
    assert watching.findings == ()


def test_a_withdrawn_answer_opens_the_case_again() -> None:
    watching = watch(clock=NOON + 3 * DAY)
    watching.observe(promise())
    watching.observe(kept())

    assert told(watching.withdraw("k1")) == [("revised", "open")]


def test_another_register_says_what_it_changes_however_far_back_it_reaches() -> None:
    watching = watch()
    watching.observe(instruction())
    left = Person(offices=(Office(role="councillor", tenure=Tenure(until=at(-1))),))
    register = evolve(REGISTER, people={**REGISTER.people, "ann": left})

    changes = watching.replace_register(register)

    assert {(one.kind, one.reason.cause) for one in changes} == {("withdrawn", "register")}


# --- what arrives ---------------------------------------------------------------------------


def test_the_same_event_twice_is_one() -> None:
    watching = watch()
    watching.observe(instruction())

    assert watching.observe(instruction()) == ()


def test_another_event_of_the_same_id_is_refused_and_both_are_named() -> None:
    watching = watch()
    watching.observe(instruction())
    before = watching.findings

    with pytest.raises(HistoryError, match="two different events have the id `i1`") as refused:
        watching.observe(promise("i1"))

    assert "instruction-given" in str(refused.value)
    assert "promise-made" in str(refused.value)
    assert watching.findings == before


def test_what_was_corrected_is_passed_over_if_it_comes_again() -> None:
    watching = watch()
    watching.observe(promise())
    watching.correct(promise(due=20))

    assert watching.observe(promise()) == ()
    assert [one.due for one in watching.due(NOON + 30 * DAY)] == [
        datetime(2025, 3, 23, 23, 59, 59, 999999, tzinfo=UTC)
    ]


def test_an_event_after_the_clock_waits_for_it() -> None:
    watching = watch(clock=NOON)

    assert watching.observe(instruction(days=2)) == ()
    assert told(watching.advance(NOON + 2 * DAY), "2.3") == [("opened", "breached")]


def test_an_event_that_was_withdrawn_while_it_waited_does_not_come() -> None:
    watching = watch(clock=NOON)
    watching.observe(instruction(days=2))
    watching.withdraw("i1")

    assert watching.advance(NOON + 3 * DAY) == ()


def test_nothing_can_be_withdrawn_that_never_came() -> None:
    with pytest.raises(HistoryError, match="there is no event `i1` to withdraw"):
        watch().withdraw("i1")


def test_the_clock_does_not_go_back() -> None:
    watching = watch(clock=NOON)

    with pytest.raises(ValueError, match="cannot go back"):
        watching.advance(NOON - DAY)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="an instant needs a zone"):
        watch().advance(datetime(2025, 3, 3))  # noqa: DTZ001 - that is the fault


def test_an_engine_that_there_is_not_is_named() -> None:
    with pytest.raises(ValueError, match="there is no engine `steam`"):
        watch(engine="steam")


# --- what is due -----------------------------------------------------------------------------


def test_what_is_due_comes_in_the_order_of_the_deadlines_what_is_overdue_first() -> None:
    watching = watch(clock=NOON + 3 * DAY)
    for name, due in (("late", 2), ("soon", 5), ("sooner", 4), ("far", 40)):
        watching.observe(promise(name, due=due))
    watching.observe(promise("done", due=5))
    watching.observe(kept(promise="done"))

    found = watching.due(NOON + 7 * DAY)

    assert [one.on for one in found] == ["late", "sooner", "soon"]


def test_a_query_without_a_time_to_answer_it_in_comes_last() -> None:
    watching = watch(clock=NOON + 30 * DAY)
    watching.observe(QueryMade(id="q", at=at(0), by="ann", to="dev", nature="enquiry"))
    watching.observe(promise(due=31))

    assert [one.on for one in watching.due(NOON + 40 * DAY)] == ["p1", "q"]


# --- embedding -------------------------------------------------------------------------------


def test_a_callback_hears_every_change() -> None:
    heard: list[Change] = []
    watching = watch(on_change=heard.append)

    made = (*watching.observe(promise()), *watching.observe(kept()))

    assert tuple(heard) == made


def test_changes_can_be_awaited() -> None:
    async def events() -> AsyncIterator[Event]:
        for event in (promise(), kept()):
            await asyncio.sleep(0)
            yield event

    async def gathered() -> list[Change]:
        return [change async for change in watch().stream(events())]

    changes = tuple(asyncio.run(gathered()))

    assert told(changes) == [("opened", "open"), ("settled", "met")]


def test_threads_wait_for_each_other() -> None:
    watching = watch(clock=NOON + 9 * DAY)
    number = 40

    def work(part: int) -> None:
        for place in range(part, number, 4):
            watching.observe(promise(f"p{place}"))
            watching.observe(kept(f"k{place}", promise=f"p{place}"))

    threads = [threading.Thread(target=work, args=(part,)) for part in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    met = [one for one in watching.findings if one.status is Status.MET]
    assert len(met) == number


# --- the register ----------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(1, 4, 2, 5, 3), (5, 4, 3, 2, 1), (1, 2, 3, 4, 5)])
def test_who_held_which_office_is_seen_anew_on_both_sides_of_a_change(
    order: tuple[int, ...],
) -> None:
    left = Tenure(until=at(3))
    people = {**REGISTER.people, "ann": Person(offices=(Office(role="councillor", tenure=left),))}
    watching = Watch(load_rulebook("langport"), evolve(REGISTER, people=people))

    for day in order:
        watching.observe(instruction(f"i{day}", days=day))

    assert {one.on for one in watching.findings} == {"i1", "i2"}


def test_an_act_that_may_lie_on_either_side_of_a_change_is_told_neither_way() -> None:
    people = {
        **REGISTER.people,
        "ann": Person(offices=(Office(role="councillor", tenure=Tenure(until=at(3))),)),
    }
    watching = Watch(load_rulebook("langport"), evolve(REGISTER, people=people))
    watching.observe(instruction("before", days=1))
    either = Moment(NOON + 2 * DAY, NOON + 4 * DAY)
    watching.observe(InstructionGiven(id="either", at=either, by="ann", to="dev"))
    watching.observe(instruction("after", days=5))

    found = {one.on: one.status for one in watching.findings}
    assert found.keys() == {"before", "either"}
    assert found["either"] is Status.UNDETERMINED


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_capacity_in_which_one_acted_is_no_matter_for_what_another_did(
    order: tuple[int, ...],
) -> None:
    private = InstructionGiven(id="i1", at=at(0), by="ann", to="dev", as_="private")
    acts = [instruction("i0"), private]
    watching = watch()

    for place in order:
        watching.observe(acts[place])

    assert {one.on for one in watching.findings} == {"i0"}


# --- the horizon -----------------------------------------------------------------------------


def answered_within(days: int) -> Rulebook:
    """Give Langport's rulebook with a time set for every answer."""
    rulebook = load_rulebook("langport")
    allowance = Allowance(
        number=days, unit="days", counting="first-day-out", calendar=calendar("england-and-wales")
    )
    value = ParameterValue(allowance=allowance, tenure=Tenure())
    parameters = {name: evolve(one, values=(value,)) for name, one in rulebook.parameters.items()}
    return evolve(rulebook, parameters=parameters)


def test_what_is_older_than_the_horizon_is_refused_by_name() -> None:
    watching = watch(horizon=10 * DAY)
    watching.observe(promise())
    watching.advance(NOON + 20 * DAY)

    with pytest.raises(HistoryError, match="`i1` happened before 2025-03-13"):
        watching.observe(instruction())
    with pytest.raises(HistoryError, match="`p1` happened before"):
        watching.withdraw("p1")


def test_closed_cases_are_forgotten_and_open_ones_are_not() -> None:
    watching = Watch(answered_within(5), REGISTER, horizon=10 * DAY)
    watching.observe(promise("kept"))
    watching.observe(promise("broken", days=0.1))
    watching.observe(kept(promise="kept"))
    for day in range(2, 60):
        watching.observe(instruction(f"i{day}", days=day))

    remembered = {one.on for one in watching.findings if one.clause == "4A(j)"}

    assert "broken" in remembered, "it may still be kept, late"
    assert told(watching.observe(kept("k2", days=60, promise="broken"))) == [
        ("revised", "breached")
    ]


def test_queries_that_were_answered_do_not_pile_up() -> None:
    watching = Watch(answered_within(5), REGISTER, horizon=10 * DAY)
    for day in range(200):
        watching.observe(QueryMade(id=f"q{day}", at=at(day), by="ann", to="dev", nature="enquiry"))
        watching.observe(
            ResponseGiven(id=f"r{day}", at=at(day + 0.5), by="dev", to="ann", query=f"q{day}")
        )

    assert len(watching.record.by_id) < 50
    assert len(watching.findings) < 50


def asked_before() -> Rulebook:
    """Give a rulebook on instructions about what was asked about before."""
    asked = Compared(Path("topic"), Path("subject"), of_trigger=True)
    rule = Rule(
        id="r", clause="1", kind="prohibition", force="must", modality=Modality.MUST_NOT,
        bearer="by", roles=("councillor",), trigger=Pattern(("instruction-given",), Always()),
        further=(Related(Pattern(("query-made",), asked), Order.BEFORE),),
    )  # fmt: skip
    clause = Clause(
        id="1", means="Something.", kinds=("prohibition",), forces=("must",),
        fingerprint=("00000000-1",), rules=(rule,),
    )  # fmt: skip
    return evolve(load_rulebook("langport"), clauses=(clause,))


@pytest.mark.parametrize(("horizon", "cited"), [(None, ("q0", "q1", "q2")), (10 * DAY, ("q0",))])
def test_of_past_events_that_no_rule_tells_apart_a_horizon_leaves_the_first_to_ask_about(
    horizon: timedelta | None, cited: tuple[str, ...]
) -> None:
    watching = Watch(asked_before(), REGISTER, horizon=horizon)
    for day in range(3):
        watching.observe(QueryMade(id=f"q{day}", at=at(day), by="ann", to="dev", topic="roads"))
    watching.advance(NOON + 30 * DAY)

    watching.observe(instruction(days=40))

    (found,) = watching.findings
    assert found.status is Status.UNDETERMINED
    assert found.events == ("i1", *cited)
    assert [str(one) for one in found.wants] == ["field:subject@i1"]


def test_a_watch_starts_long_before_a_relationship_without_a_beginning() -> None:
    married = Relationship(id="r1", between=("ann", "dev"), kind="family")
    register = evolve(REGISTER, relationships=(married,))

    watching = Watch(load_rulebook("langport"), register)

    assert not watching.findings
    assert watching.observe(instruction())
    assert {one.on for one in watching.findings} >= {"i1", "r1"}


@pytest.mark.parametrize(
    "use",
    [
        lambda one: one.observe(instruction()),
        lambda one: one.correct(instruction()),
        lambda one: one.withdraw("i1"),
        lambda one: one.advance(NOON),
        lambda one: one.replace_register(REGISTER),
    ],
)
def test_a_closed_watch_can_be_used_no_more(use: Callable[[Watch], object]) -> None:
    with watch() as watching:
        pass

    with pytest.raises(ValueError, match="the watch is closed"):
        use(watching)


def test_a_horizon_in_the_future_is_refused() -> None:
    with pytest.raises(ValueError, match="the horizon has to lie in the past"):
        watch(horizon=-DAY)
