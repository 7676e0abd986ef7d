"""Relationships of the register as events, one for each party (MEANING.md P15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.events import Event, Proof
from councilrules.events.conduct import RelationshipHeld
from councilrules.periods import Moment
from councilrules.periods.moments import LONG_AGO

if TYPE_CHECKING:
    from datetime import datetime

    from councilrules.register import Register, Relationship


def relationship_events(register: Register, as_of: datetime) -> tuple[Event, ...]:
    """Give each relationship twice, as an act of either party that lasts up to the clock."""
    return tuple(
        event
        for one in register.relationships
        if one.proof is not Proof.DISPROVED and max(one.tenure.begins.first, LONG_AGO) <= as_of
        for event in _of_both(one, as_of)
    )


def _of_both(one: Relationship, as_of: datetime) -> tuple[Event, Event]:
    begins, ends = one.tenure.begins, one.tenure.ends
    start = Moment(max(begins.first, LONG_AGO), min(max(begins.last, LONG_AGO), as_of))
    last = max(min(ends.last, as_of), start.first)
    end = Moment(min(max(ends.first, start.first), last), last)
    left, right = one.between
    return (_seen_by(one, left, right, start, end), _seen_by(one, right, left, start, end))


def _seen_by(one: Relationship, by: str, to: str, start: Moment, end: Moment) -> Event:
    return RelationshipHeld(
        id=one.id, at=start, until=end, by=by, to=to, relationship=one.kind, proof=one.proof
    )
