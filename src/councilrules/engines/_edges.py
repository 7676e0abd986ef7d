"""The instants at which entries of the register begin or end to hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.periods import Tenure
    from councilrules.register import Person, Register

_TICK = timedelta(microseconds=1)
_LAST = datetime.max.replace(tzinfo=UTC)


def edges(tenures: Iterable[Tenure]) -> list[datetime]:
    """Give the instants at which what some tenures say can change, in order.

    Between two neighbours, the first included, each tenure holds, does not hold, or may
    hold, all through.
    """
    found: set[datetime] = set()
    for tenure in tenures:
        for end in (tenure.begins, tenure.ends):
            for at in (end.first, end.last):
                found.add(at)
                if at < _LAST:
                    found.add(at + _TICK)
    return sorted(found)


def edges_of(register: Register, *others: Tenure) -> list[datetime]:
    """Give the instants at which what a whole register says can change, in order."""
    return edges((*others, *_tenures(register)))


def _tenures(register: Register) -> Iterator[Tenure]:
    for person in register.people.values():
        yield from tenures_of(person)
    for paper in register.papers.values():
        if isinstance(paper.marked, tuple):
            yield from (one.tenure for one in paper.marked)
    for interest in register.interests:
        yield from (interest.tenure, interest.known)
    for listed in (register.relationships, register.decisions, register.procedures):
        yield from (one.tenure for one in listed)


def tenures_of(person: Person) -> Iterator[Tenure]:
    """Give when a person held offices and seats, and was engaged in one way or another."""
    for office in person.offices:
        yield office.tenure
        yield from (one.tenure for one in office.engaged)
    yield from (seat.tenure for seat in person.seats)
