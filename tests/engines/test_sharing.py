"""What shares something with a case is found by all that it shares, and nothing is missed."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest

from councilrules import Event, Moment
from councilrules.engines._sharing import UNSURE, Index
from councilrules.events import NONE, UNKNOWN, OneOf, Proof
from councilrules.events.queries import QueryMade

AT = Moment(*[datetime(2025, 3, 3, 12, tzinfo=UTC)] * 2)
WAYS = (("by",), ("topic",))


def query(name: str, **fields: object) -> QueryMade:
    return QueryMade(id=name, at=AT, **{"by": "ann", "topic": "roads", **fields})  # type: ignore[arg-type]  # any field


def found(index: Index, by: str = "ann", topic: str = "roads") -> set[str]:
    return {str(name) for bucket in index.sharing(((by,), (topic,))) for name in bucket}


@pytest.mark.parametrize(
    ("fields", "is_found"),
    [
        ({}, True),
        ({"by": ("bob", "ann")}, True),
        ({"by": OneOf(("ann", "bob"))}, True),
        ({"by": UNKNOWN}, True),
        ({"topic": UNKNOWN}, True),
        ({"by": "bob", "proofs": {"by": Proof.ALLEGED}}, True),
        ({"by": "bob"}, False),
        ({"topic": "parks"}, False),
        ({"topic": NONE}, False),
        ({"by": ("bob", "cleo")}, False),
    ],
)
def test_what_shares_every_field_or_may_share_it_is_found(
    fields: dict[str, object],
    is_found: bool,  # noqa: FBT001 - a column of the table
) -> None:
    index = Index(WAYS, [query("q", **fields)])

    assert found(index) == ({"q"} if is_found else set())


def test_what_names_very_many_is_found_by_each_of_them() -> None:
    people, topics = (tuple(f"{one}{n}" for n in range(50)) for one in ("person", "topic"))
    index = Index(WAYS, [query("q", by=people, topic=topics)])

    assert all(found(index, by, topic) == {"q"} for by, topic in zip(people, topics, strict=True))


def test_where_one_of_two_fields_will_do_either_is_enough() -> None:
    index = Index((("by", "to"),), [query("q", to="dev"), query("r", by="dev", to="ann")])

    assert {str(one) for bucket in index.sharing(((("to", "dev"),),)) for one in bucket} == {"q"}


@pytest.mark.parametrize("by", ["ann", ("ann", "bob"), UNKNOWN, tuple(map(str, range(99)))])
def test_what_is_taken_out_leaves_nothing_behind(by: object) -> None:
    event: Event = query("q", by=by)
    index = Index(WAYS, [event])

    index.remove(event)

    assert not found(index)
    assert not found(index, UNSURE)  # type: ignore[arg-type]  # as an event that is not known
    # A watch of years must not grow.
    assert (index._buckets, index._alone) == ({}, {})  # noqa: SLF001


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_what_is_taken_out_takes_no_other_with_it(order: tuple[int, ...]) -> None:
    events = [query("a"), query("b"), query("several", by=("ann", "bob")), query("c")]
    index = Index(WAYS, [events[place] for place in order])

    for place in order[1:]:
        index.remove(events[place])

    assert found(index) == {events[order[0]].id}
