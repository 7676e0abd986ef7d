"""By when a duty has to be done, as well as that is known (MEANING.md P3, P6, P7)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import frozen

from councilrules.events import Empty, Unknown
from councilrules.findings import Because, Want
from councilrules.periods import Moment, Stretch, elapsed_working_days, end_of_day
from councilrules.situations._views import attribute_of
from councilrules.truth import Truth

if TYPE_CHECKING:
    from councilrules.events import Event
    from councilrules.rules import Rule, Rulebook

NEVER = datetime.max.replace(tzinfo=UTC)
"""The deadline of what can be done at any time."""


@frozen(kw_only=True)
class Deadline:
    """The last instant at which a duty is done in time, between two bounds.

    Attributes:
        first: The earliest it can be; `last` the latest.
        wants: What would have to be known to know it better.
        is_open_ended: Whether doing it at any time will do.
    """

    first: datetime
    last: datetime
    wants: tuple[Want, ...] = ()
    is_open_ended: bool = False

    @property
    def known(self) -> datetime | None:
        """Give the deadline; `None` unless it is known exactly."""
        return self.first if self.first == self.last else None

    @property
    def needs_parameter(self) -> bool:
        """Tell whether a parameter of the rulebook is unset."""
        return any(want.cause == "parameter" for want in self.wants)

    def left(self, as_of: datetime) -> Truth:
        """Tell whether there is time left: up to and including the last instant."""
        if as_of <= self.first:
            return Truth.TRUE
        return Truth.FALSE if as_of > self.last else Truth.UNKNOWN

    def met_by(self, event: Event) -> Because:
        """Tell whether an event came in time."""
        events = frozenset((event.id,))
        if self.is_open_ended or event.at.last <= self.first:
            return Because(Truth.TRUE, "in time", events=events)
        if event.at.first > self.last:
            return Because(Truth.FALSE, "in time", events=events)
        straddles = event.at.first <= self.first or self.last < event.at.last
        vague = (Want("field", event.id, "at"),) if straddles else ()
        return Because(Truth.UNKNOWN, "in time", events=events, wants=vague + self.wants)


def deadline(rule: Rule, rulebook: Rulebook, event: Event) -> Deadline:
    """Give the deadline of the duty that an event opened."""
    zone = ZoneInfo(rulebook.zone)
    opened = event.at.first
    if rule.until is not None:
        attribute = attribute_of(event, rule.until)
        raw = getattr(event, attribute) if attribute else Unknown.UNKNOWN
        if isinstance(raw, Moment):
            # Whatever the hour, a deadline runs to the end of its last day (P3).
            end = end_of_day(Moment(raw.last, raw.last), zone).last
            return Deadline(first=end, last=end)
        if raw is not Empty.NONE:
            return Deadline(first=opened, last=NEVER, wants=(Want("field", event.id, rule.until),))
    return _allowed(rule, rulebook, event, zone)


def _allowed(rule: Rule, rulebook: Rulebook, event: Event, zone: ZoneInfo) -> Deadline:
    """Give the deadline that a parameter sets; unset, what the text alone says (P7)."""
    name = rule.within or ""
    parameter = rulebook.parameters.get(name)
    opened = Stretch.at(event.at)
    for value in () if parameter is None else parameter.values:
        if value.tenure.holds_during(opened) is Truth.TRUE:
            end = value.allowance.due(event.at, zone)
            wants = () if end.is_exact else (Want("field", event.id, "at"),)
            return Deadline(first=end.first, last=end.last, wants=wants)
    wants = (Want("parameter", "", name),)
    if parameter is None or not parameter.is_timely:
        return Deadline(first=event.at.first, last=NEVER, wants=wants, is_open_ended=True)
    day = rulebook.calendar.first_working_day_from(event.at.first.astimezone(zone).date())
    same_day = datetime.combine(day, datetime.max.time(), zone).astimezone(UTC)
    return Deadline(first=same_day, last=NEVER, wants=wants)


def working_days(rulebook: Rulebook, start: datetime, end: datetime) -> int:
    """Count the working days after the day of `start`, up to and including that of `end`."""
    return elapsed_working_days(
        Moment(start, start), Moment(end, end), rulebook.calendar, ZoneInfo(rulebook.zone)
    )
