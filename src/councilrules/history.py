"""A finite set of events with the clock at which they are read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from councilrules.errors import HistoryError, Place, Problem
from councilrules.events import Event, Proof
from councilrules.events.record import JudgementRecorded
from councilrules.periods import Moment, end_of_day
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo


def _sorted(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Order events by time and id, so that the order of arrival changes nothing."""
    return tuple(sorted(events, key=lambda one: (one.at.first, one.at.last, one.id)))


def _once(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Give each event once, however often it arrived."""
    seen: dict[str, Event] = {}
    for event in events:
        same = seen.setdefault(event.id, event)
        if same is not event and same != event:
            raise HistoryError((
                Problem(
                    check="duplicate-event",
                    place=event.place or Place("history"),
                    what=f"two different events have the id `{event.id}`",
                    remedy="give each event an id of its own",
                ),
            ))  # fmt: skip
    return tuple(seen.values())


class Record(Protocol):
    """What the truth of a single event may rest on besides the event and the register."""

    @property
    def by_id(self) -> Mapping[str, Event]:
        """Give the events that count by their ids."""

    @property
    def judgements(self) -> Mapping[tuple[str, frozenset[str]], tuple[JudgementRecorded, ...]]:
        """Give the judgements that stand, by question and by what they are about."""


@frozen(kw_only=True)
class History:
    """Events, and the clock.

    Attributes:
        events: The events, in any order.
        as_of: The clock.
        open_kinds: Kinds of event that may have happened without being recorded (P1).
        complainants: Who complained, and so may not judge (P8).
    """

    events: tuple[Event, ...]
    as_of: datetime
    open_kinds: frozenset[str] = frozenset()
    complainants: frozenset[str] = frozenset()

    @cached_property
    def read(self) -> tuple[Event, ...]:
        """Give the events that count, in order of time: not disproved, nor too late.

        Raises:
            HistoryError: When two different events have one id; the same event twice is
                one event (P5).
        """
        return _sorted(
            tuple(
                event
                for event in _once(self.events)
                if event.proof is not Proof.DISPROVED and event.at.first <= self.as_of
            )
        )

    @cached_property
    def too_late(self) -> tuple[Event, ...]:
        """Give the events after the clock, which are passed over."""
        return _sorted(
            tuple(
                event
                for event in _once(self.events)
                if event.proof is not Proof.DISPROVED and event.at.first > self.as_of
            )
        )

    @cached_property
    def by_id(self) -> Mapping[str, Event]:
        """Give the events that count by their ids."""
        return {event.id: event for event in self.read}

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Event, ...]]:
        """Give the events that count by the name of their kind, in order of time."""
        found: dict[str, list[Event]] = {}
        for event in self.read:
            found.setdefault(kind_of(event).name, []).append(event)
        return {kind: tuple(listed) for kind, listed in found.items()}

    @cached_property
    def judgements(self) -> Mapping[tuple[str, frozenset[str]], tuple[JudgementRecorded, ...]]:
        """Give the judgements that stand, by question and by what they are about."""
        recorded = [one for one in self.read if isinstance(one, JudgementRecorded)]
        replaced = {name for one in recorded for name in names(one.replaces)}
        found: dict[tuple[str, frozenset[str]], list[JudgementRecorded]] = {}
        for one in recorded:
            if one.id not in replaced and isinstance(one.question, str):
                key = (one.question, frozenset(names(one.on)))
                found.setdefault(key, []).append(one)
        return {key: tuple(listed) for key, listed in found.items()}

    def raising(self, questions: frozenset[str]) -> tuple[Event, ...]:
        """Give the events on which one of the questions is written or was judged."""
        found = (event for one in questions for event in self._by_question.get(one, ()))
        return _sorted(tuple({id(event): event for event in found}.values()))

    @cached_property
    def _by_question(self) -> Mapping[str, tuple[Event, ...]]:
        found: dict[str, list[Event]] = {}
        for event in self.read:
            for question in event.answers:
                found.setdefault(question, []).append(event)
        for question, about in self.judgements:
            events = (self.by_id[name] for name in about if name in self.by_id)
            found.setdefault(question, []).extend(events)
        return {question: tuple(events) for question, events in found.items()}


def over_by(event: Event) -> datetime:
    """Give the last instant at which an event can have been going on."""
    return event.at.last if event.until is None else max(event.at.last, event.until.last)


def end_of_last_day(events: Iterable[Event], zone: ZoneInfo) -> datetime:
    """Give the end of the last day on which any of the events can have been going on.

    Raises:
        ValueError: When there is no event.
    """
    last = max(map(over_by, events))
    return end_of_day(Moment(last, last), zone).last


def names(value: object) -> tuple[str, ...]:
    """Give the names that a field holds; none where it is empty, unknown or one of."""
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, tuple) else ()
