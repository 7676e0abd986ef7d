"""What a timeline shows: people as lanes, and what happened, lasted or was found on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import frozen

from councilrules import wording
from councilrules.history import names
from councilrules.reports._entries import entry_name
from councilrules.reports._findings import called
from councilrules.reports.text import bearers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from councilrules.assessing import Assessment
    from councilrules.events import Event
    from councilrules.findings import Finding
    from councilrules.register import Office, Seat
    from councilrules.reports._model import FindingTold, Kind
    from councilrules.scenarios import Scenario

Pinned = tuple["FindingTold", "Finding"]


@frozen(kw_only=True)
class Mark:
    """An event.

    Attributes:
        id: Its id.
        anchor: Where the record tells of it; empty if it does not.
        lane: The number of the lane that it is on, counted from 0.
        since: The earliest instant at which it can have happened.
        until: The latest; of what lasted, the end.
        lasts: Whether it lasted, rather than happening some time in between.
        text: What happened, and when.
    """

    id: str
    anchor: str
    lane: int
    since: datetime
    until: datetime
    lasts: bool
    text: str


@frozen(kw_only=True)
class Bar:
    """Something that held for some time.

    Attributes:
        kind: An office, the time until something was due, or a standing duty's failing.
        lane: The number of its lane.
        since: From when; `None` if from ever, or if that is not known.
        until: Until when; `None` if it still holds, or if that is not known.
        label: What to write on it.
        text: What it is, and when it held.
    """

    kind: Literal["office", "deadline", "failing"]
    lane: int
    since: datetime | None
    until: datetime | None
    label: str
    text: str


@frozen(kw_only=True)
class Pin:
    """A finding.

    Attributes:
        id: What it is called in the report.
        anchor: Where the report tells of it.
        kind: What it comes to.
        lane: The number of the lane of whoever answers.
        mark: The number of the mark of the event that it is on; `None` if none is shown.
        at: When that was.
        text: What it comes to, and under which clause.
    """

    id: str
    anchor: str
    kind: Kind
    lane: int
    mark: int | None
    at: datetime
    text: str


@frozen(kw_only=True)
class Timeline:
    """What happened, on lanes.

    Attributes:
        title: What it is a picture of.
        text: The same in a few sentences, for whoever does not see it.
        lanes: The names of the people and bodies.
        marks: The events, in order of time.
        bars: Offices, deadlines and failings.
        pins: The findings.
        as_of: The instant at which things are read.
        zone: The time zone of days.
    """

    title: str
    text: str
    lanes: tuple[str, ...]
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    pins: tuple[Pin, ...]
    as_of: datetime
    zone: str


def timeline(
    made: Sequence[Assessment], pinned: Iterable[Pinned], anchors: Mapping[str, str]
) -> Timeline:
    """Give what a timeline shows of the assessments of one scenario.

    Args:
        made: The assessments.
        pinned: The findings that the report tells, with what it tells of them.
        anchors: Where the record tells of an event, by its id.
    """
    scenario, zone = made[0].scenario, made[0].rulebook.zone
    found = tuple(pinned)
    lanes = _Lanes(scenario, [one for _, one in found])
    marks = tuple(_mark(one, lanes, anchors, zone) for one in scenario.history.read)
    bars = (*_offices(scenario, lanes, zone), *_times(found, lanes, scenario.history.as_of, zone))
    return Timeline(
        title=f"Timeline: {scenario.name}",
        text=_in_words(len(marks), len(lanes.names), len(found)),
        lanes=lanes.names,
        marks=marks,
        bars=bars,
        pins=tuple(_pin(told, one, lanes, marks) for told, one in found),
        as_of=scenario.history.as_of,
        zone=zone,
    )


def _in_words(events: int, lanes: int, findings: int) -> str:
    return (
        f"{_number(events, 'event')} on {_number(lanes, 'lane')}, one for each person or body, "
        f"with {_number(findings, 'finding')} beside the events that they are on. "
        "The record of events and the findings say the same in words."
    )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


class _Lanes:
    """Gives everybody a lane: first those whom most is found about, then as they appear."""

    def __init__(self, scenario: Scenario, findings: list[Finding]) -> None:
        people = dict.fromkeys(bearers(findings))
        people |= dict.fromkeys(_actor(one) for one in scenario.history.read)
        self._place_by_person = {person: place for place, person in enumerate(people)}
        self.people = tuple(people)
        self.names = tuple(map(called, people))

    def place(self, person: str | None) -> int:
        return self._place_by_person[person]


def _actor(event: Event) -> str | None:
    """Give the one whose lane an event is on; `None` if it is not known who did it."""
    found = names(event.by)
    return found[0] if found else None


def _mark(event: Event, lanes: _Lanes, anchors: Mapping[str, str], zone: str) -> Mark:
    until = event.at.last if event.until is None else max(event.at.last, event.until.last)
    return Mark(
        id=event.id,
        anchor=anchors.get(event.id, ""),
        lane=lanes.place(_actor(event)),
        since=event.at.first,
        until=until,
        lasts=event.until is not None,
        text=f"{event.id}: {wording.said(event)}, {wording.time(event, zone)}",
    )


def _offices(scenario: Scenario, lanes: _Lanes, zone: str) -> Iterator[Bar]:
    for person in lanes.people:
        known = None if person is None else scenario.register.people.get(person)
        held: tuple[Office | Seat, ...] = ()
        if known is not None:
            held = (*known.offices, *known.seats)
        for office in held:
            tenure, name = office.tenure, entry_name(office)
            time = wording.period(tenure, zone)
            yield Bar(
                kind="office",
                lane=lanes.place(person),
                since=None if tenure.since is None else tenure.since.first,
                until=None if tenure.until is None else tenure.until.last,
                label=name,
                text=": ".join(filter(None, (f"{called(person)}, {name}", time))),
            )


def _times(found: Iterable[Pinned], lanes: _Lanes, as_of: datetime, zone: str) -> Iterator[Bar]:
    """Give for each finding the time until something was due, or in which a duty failed."""
    for told, one in found:
        if one.due is not None:
            label = f"{told.id} due {wording.day(one.due, zone)}"
            yield _bar("deadline", label, one, lanes.place(one.bearer), one.due)
        elif "@" in one.on:
            end = as_of if one.ended is None else one.ended.last
            yield _bar("failing", f"{told.id}: {told.status}", one, lanes.place(one.bearer), end)


def _bar(
    kind: Literal["deadline", "failing"], label: str, one: Finding, lane: int, until: datetime
) -> Bar:
    since = one.opened.first
    return Bar(kind=kind, lane=lane, since=since, until=until, label=label, text=label)


def _pin(told: FindingTold, one: Finding, lanes: _Lanes, marks: tuple[Mark, ...]) -> Pin:
    place = next((place for place, mark in enumerate(marks) if mark.id == one.on), None)
    return Pin(
        id=told.id,
        anchor=told.anchor,
        kind=told.kind,
        lane=lanes.place(one.bearer),
        mark=place,
        at=one.opened.first if place is None else marks[place].since,
        text=f"{told.id}: {told.bearer}, clause {told.clause.id}. {told.status}",
    )
