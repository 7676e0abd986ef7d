"""That a relation looks at all that may fit it, and at little else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from councilrules.events import UNKNOWN, Empty, Event, OneOf, Proof
from councilrules.events.conduct import DiscussionHeld
from councilrules.events.queries import PromiseKept, PromiseMade
from councilrules.history import History
from councilrules.reference.index import Index
from councilrules.rules import (
    AllOf,
    Always,
    AnyOf,
    Compared,
    Condition,
    Not,
    Path,
    Pattern,
    RefersToTrigger,
)
from councilrules.situations import Value
from councilrules.testing._times import START, STEP, exact

BOB = Value("known", ("bob",))
SAME_WITH = Compared(Path("with"), Path("to"), of_trigger=True)
SAME_ABOUT = Compared(Path("about"), Path("to"), of_trigger=True)
SAME_BY = Compared(Path("by"), Path("to"), of_trigger=True)
REFERS = RefersToTrigger(Path("promise"))


def talk(id_: str, with_: Any, *, hours: int = 0, **others: Any) -> DiscussionHeld:  # noqa: ANN401 - its fields
    return DiscussionHeld(id=id_, at=exact(START + hours * STEP), with_=with_, **others)


TALKS = (
    talk("e1", "bob", by="ann"),
    talk("e2", "cleo", by="bob"),
    talk("e3", UNKNOWN, by="ann"),
    talk("e4", Empty.NONE, by="ann"),
    talk("e5", ("cleo", "bob"), by="ann"),
    talk("e6", OneOf(("bob", "dev")), by="ann"),
    talk("e7", "cleo", by="ann", proofs={"with": Proof.ALLEGED}),
)
KEPT = (
    PromiseKept(id="k1", at=exact(START), promise="p1"),
    PromiseKept(id="k2", at=exact(START), promise="p2"),
    PromiseKept(id="k3", at=exact(START)),
)
EVERY_TALK = [one.id for one in TALKS]


def looked_at(
    condition: Condition,
    *kinds: str,
    value: Value = BOB,
    events: tuple[Event, ...] = (*TALKS, *KEPT),
    trigger: str = "p1",
) -> list[str]:
    """Give the ids of the events that a relation looks at."""
    index = Index(History(events=events, as_of=START + timedelta(days=90)))
    pattern = Pattern(kinds or ("discussion-held",), condition)
    found = [index.candidates(pattern, lambda _: value, trigger) for _ in range(2)]
    assert found[0] == found[1]
    return [one.id for one in found[0]]


def test_what_compares_nothing_looks_at_every_event_of_its_kind() -> None:
    assert looked_at(Always()) == EVERY_TALK


def test_of_a_kind_that_never_happened_there_is_nothing_to_look_at() -> None:
    assert looked_at(Always(), "complaint-made") == []
    assert looked_at(SAME_WITH, "complaint-made") == []


def test_what_shares_a_name_or_may_share_it_is_looked_at() -> None:
    assert looked_at(SAME_WITH) == ["e1", "e3", "e5", "e6", "e7"]


def test_what_shares_one_of_several_names_is_looked_at_once() -> None:
    assert looked_at(SAME_WITH, value=Value("known", ("bob", "cleo"))) == [
        "e1", "e2", "e3", "e5", "e6", "e7",
    ]  # fmt: skip


def test_what_may_be_one_of_two_is_looked_for_under_both() -> None:
    assert looked_at(SAME_WITH, value=Value("one-of", ("dev", "eve"))) == ["e3", "e6", "e7"]


@pytest.mark.parametrize(
    "value",
    [Value("unknown"), Value("empty"), Value("known", ("bob",), is_disputed=True)],
    ids=["unknown", "empty", "disputed"],
)
def test_what_cannot_be_looked_for_leaves_every_event(value: Value) -> None:
    assert looked_at(SAME_WITH, value=value) == EVERY_TALK


@pytest.mark.parametrize(
    "condition",
    [
        Compared(Path("with"), Path("to"), of_trigger=True, differs=True),
        Compared(Path("with"), Path("to"), of_trigger=False),
        Compared(Path("with", "office"), Path("to"), of_trigger=True),
        Not(SAME_WITH),
        AllOf(()),
        AnyOf((SAME_WITH, Always())),
        AllOf((Always(), Not(SAME_WITH))),
    ],
    ids=["differs", "of-one-event", "attribute", "not", "nothing", "or-anything", "no-join"],
)
def test_a_condition_that_others_can_fit_leaves_every_event(condition: Condition) -> None:
    assert looked_at(condition) == EVERY_TALK


def test_of_several_that_all_have_to_hold_the_rarest_is_looked_at() -> None:
    assert looked_at(AllOf((SAME_WITH, SAME_BY))) == ["e2"]
    assert looked_at(AllOf((Always(), SAME_BY, SAME_WITH))) == ["e2"]


def test_of_several_of_which_one_has_to_hold_each_is_looked_at() -> None:
    assert looked_at(AnyOf((SAME_BY, SAME_WITH))) == ["e1", "e2", "e3", "e5", "e6", "e7"]


def test_what_refers_to_the_trigger_or_may_is_looked_at() -> None:
    assert looked_at(REFERS, "promise-kept") == ["k1", "k3"]
    assert looked_at(REFERS, "promise-kept", trigger="p2") == ["k2", "k3"]
    for several in (AllOf((Always(), REFERS)), AnyOf((REFERS, REFERS))):
        assert looked_at(several, "promise-kept") == ["k1", "k3"]


def test_the_trigger_itself_is_found_by_its_id_if_it_is_of_the_kind() -> None:
    itself = RefersToTrigger(Path("id"))

    assert looked_at(itself, "promise-kept", trigger="k2") == ["k2"]
    assert looked_at(itself, "discussion-held", trigger="k2") == []
    assert looked_at(itself, "promise-kept", trigger="x9") == []


def test_a_field_that_events_of_the_kind_lack_leaves_them_all() -> None:
    assert looked_at(SAME_ABOUT, "promise-kept") == ["k1", "k2", "k3"]


def test_yes_and_no_are_looked_for_by_those_words() -> None:
    alike = Compared(Path("in-role"), Path("in-role"), of_trigger=True)
    events = (talk("e1", "bob", in_role=True), talk("e2", "bob", in_role=False))

    assert looked_at(alike, value=Value("known", ("yes",)), events=events) == ["e1"]
    assert looked_at(alike, value=Value("known", ("no",)), events=events) == ["e2"]


def test_what_is_looked_at_comes_in_the_order_of_time_whatever_its_kind() -> None:
    events = (
        PromiseMade(id="e1", at=exact(START + 3 * STEP), with_="bob"),
        talk("e2", UNKNOWN, hours=2),
        talk("e3", "bob", hours=4),
        talk("e4", UNKNOWN, hours=4),
    )

    for condition in (SAME_WITH, Always()):
        assert looked_at(condition, "promise-made", "discussion-held", events=events) == [
            "e2", "e1", "e3", "e4",
        ]  # fmt: skip
