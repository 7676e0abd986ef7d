"""The events that count at a clock, kept sorted as they come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from councilrules.events import Empty, Event, OneOf, Unknown
from councilrules.events.record import JudgementRecorded
from councilrules.history import names
from councilrules.rules import RefersToTrigger
from councilrules.situations import attribute_of
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from councilrules.engines._plans import Join, Plans, Relation
    from councilrules.rules import Path
    from councilrules.situations import Value

UNSURE = object()
"""Where stands what is not known for certain: it may share any key."""

COURSE = "course-of-conduct"

_T = TypeVar("_T")
_Event = TypeVar("_Event", bound=Event)
Bucket = dict[object, dict[object, _T]]
"""What shares a key, each under a name of its own."""

_About = tuple[str, frozenset[str]]


def put(buckets: Bucket[_T], keys: Iterable[object], name: object, item: _T) -> None:
    """Sort something under some keys."""
    for key in keys:
        buckets.setdefault(key, {})[name] = item


def take_out(buckets: Bucket[_T], keys: Iterable[object], name: object) -> None:
    """Undo `put`; a key that nothing shares any more is gone as well."""
    for key in keys:
        bucket = buckets.get(key)
        if bucket is not None:
            bucket.pop(name, None)
            if not bucket:
                del buckets[key]


def keys_of(event: Event, field: str) -> tuple[object, ...]:
    """Give what an event can share by a field; `UNSURE` where that is not certain."""
    attribute = attribute_of(event, field)
    raw = Unknown.UNKNOWN if attribute is None else getattr(event, attribute)
    if type(raw) is str and not event.proofs:
        return (raw,)
    unproved = (UNSURE,) if field in event.proofs else ()
    if isinstance(raw, OneOf):
        return (*raw.names, *unproved)
    if isinstance(raw, tuple):
        return (*raw, *unproved)
    if raw is Empty.NONE:
        return unproved
    if isinstance(raw, bool):
        return ("yes" if raw else "no", *unproved)
    # As a value names it, so that the two can meet.
    return (UNSURE,) if raw is None or raw is Unknown.UNKNOWN else (str(raw), *unproved)


def in_order_of_time(events: Iterable[_Event]) -> list[_Event]:
    """Sort events by time and id."""
    return sorted(events, key=lambda one: (one.at.first, one.at.last, one.id))


class Record:
    """Events by id, by kind and by what relations compare; judgements by their question.

    Attributes:
        as_of: The clock.
        open_kinds: Kinds of event that may have happened without being recorded (P1).
        by_id: The events that count.
        judgements: The judgements that stand, by question and by what they are about.
    """

    def __init__(self, plans: Plans, as_of: datetime, open_kinds: frozenset[str]) -> None:
        """Take the plans, which say what has to be sorted, and the clock."""
        self.as_of = as_of
        self.open_kinds = open_kinds
        self.by_id: dict[str, Event] = {}
        self.judgements: dict[_About, tuple[JudgementRecorded, ...]] = {}
        compared = _fields(plans)
        self._by_kind: dict[str, dict[str, Event]] = {kind: {} for kind in compared}
        self._sharing: dict[str, dict[str, Bucket[Event]]] = {
            kind: {field: {} for field in fields} for kind, fields in compared.items()
        }
        self._recorded: dict[_About, dict[str, JudgementRecorded]] = {}
        self._replaced: dict[str, dict[str, None]] = {}
        self._judged: dict[str, dict[_About, None]] = {}
        self._courses: Bucket[Event] = {}

    def add(self, event: Event) -> None:
        """Take in an event that counts."""
        kind = kind_of(event).name
        self.by_id[event.id] = event
        if kind in self._by_kind:
            self._by_kind[kind][event.id] = event
            for field, buckets in self._sharing[kind].items():
                keys = keys_of(event, field)
                if len(keys) == 1 and keys[0] in buckets:
                    buckets[keys[0]][event.id] = event
                else:
                    put(buckets, keys, event.id, event)
        if kind == COURSE:
            put(self._courses, names(getattr(event, "acts", ())), event.id, event)
        if isinstance(event, JudgementRecorded):
            self._judge(event, stands=True)

    def remove(self, event: Event) -> None:
        """Undo `add`."""
        kind = kind_of(event).name
        del self.by_id[event.id]
        if kind in self._by_kind:
            del self._by_kind[kind][event.id]
            for field, buckets in self._sharing[kind].items():
                take_out(buckets, keys_of(event, field), event.id)
        if kind == COURSE:
            take_out(self._courses, names(getattr(event, "acts", ())), event.id)
        if isinstance(event, JudgementRecorded):
            self._judge(event, stands=False)

    # --- judgements -----------------------------------------------------------------

    def _judge(self, event: JudgementRecorded, *, stands: bool) -> None:
        """Add or take out a judgement, and see which then stand."""
        touched = {_about(event)}
        for name in names(event.replaces):
            if stands:
                self._replaced.setdefault(name, {})[event.id] = None
            else:
                take_out(self._replaced, (name,), event.id)  # type: ignore[arg-type]  # ids by ids
            other = self.by_id.get(name)
            if isinstance(other, JudgementRecorded):
                touched.add(_about(other))
        if stands:
            self._recorded.setdefault(_about(event), {})[event.id] = event
        else:
            self._recorded[_about(event)].pop(event.id)
        for about in touched:
            self._settle(about)

    def _settle(self, about: _About) -> None:
        standing = tuple(
            one
            for one in in_order_of_time(self._recorded.get(about, {}).values())
            if one.id not in self._replaced and isinstance(one.question, str)
        )
        if standing:
            self.judgements[about] = standing
        else:
            self.judgements.pop(about, None)
        if not self._recorded.get(about):
            self._recorded.pop(about, None)
        for name in about[1]:
            if standing:
                self._judged.setdefault(name, {})[about] = None
            else:
                take_out(self._judged, (name,), about)  # type: ignore[arg-type]  # as above

    def judged(self, event: Event) -> Iterator[str]:
        """Give the questions that were judged of an event."""
        return (question for question, _ in self._judged.get(event.id, ()))

    def concerns_others(self, event: Event) -> bool:
        """Tell whether there may be events of which something is known by another."""
        return isinstance(event, JudgementRecorded) or self.is_act(event)

    def is_act(self, event: Event) -> bool:
        """Tell whether an event is one of the acts of a course of conduct."""
        return event.id in self._courses

    def concerned(self, event: Event) -> Iterator[Event]:
        """Give the events of which something is known, or not any more, by another.

        Those are what a judgement is about, and the courses that an act is part of.
        """
        found: dict[str, Event] = {}
        for course in self._courses.get(event.id, {}).values():
            found[course.id] = course
        if isinstance(event, JudgementRecorded):
            replaced = (self.by_id.get(name) for name in names(event.replaces))
            judgements = (event, *(one for one in replaced if isinstance(one, JudgementRecorded)))
            about = [name for one in judgements for name in names(one.on)]
            for name in about:
                if name in self.by_id:
                    found[name] = self.by_id[name]
                for course in self._courses.get(name, {}).values():
                    found[course.id] = course
        found.pop(event.id, None)
        yield from found.values()

    # --- what a relation looks for ----------------------------------------------------

    def candidates(
        self, relation: Relation, value_of: Callable[[Path], Value], trigger: str
    ) -> list[Event]:
        """Give all events that can fit a relation, and few others, in order of time."""
        kinds = relation.related.pattern.kinds
        found: list[Event] = []
        is_narrowed = False
        for kind in kinds:
            narrowed = self._narrowed(relation, kind, value_of, trigger)
            is_narrowed = narrowed is not None
            found += self._by_kind.get(kind, {}).values() if narrowed is None else narrowed
        if len(kinds) == 1 and not is_narrowed:
            return in_order_of_time(found)
        return sorted(found, key=lambda one: (one.at.first, one.id))

    def _narrowed(
        self, relation: Relation, kind: str, value_of: Callable[[Path], Value], trigger: str
    ) -> list[Event] | None:
        """Give the events that pass every way to narrow; `None` if none narrows.

        They are counted before they are gathered: the clerk may be party to everything.
        """
        shared = (self._sharing_one(joins, kind, value_of, trigger) for joins in relation.joins)
        ways = sorted((one for one in shared if one is not None), key=_number)
        if not ways:
            return None
        found = {name: event for bucket in ways[0] for name, event in bucket.items()}
        for way in ways[1:]:
            found = {
                name: event
                for name, event in found.items()
                if any(name in bucket for bucket in way)
            }
        return list(found.values())

    def _sharing_one(
        self,
        joins: tuple[Join, ...],
        kind: str,
        value_of: Callable[[Path], Value],
        trigger: str,
    ) -> list[dict[object, Event]] | None:
        found: list[dict[object, Event]] = []
        for join in joins:
            keys: tuple[object, ...] = (trigger,)
            if not isinstance(join, RefersToTrigger):
                value = value_of(join.other)
                if value.state not in {"known", "one-of"} or value.is_disputed:
                    return None
                keys = value.names
            buckets = self._sharing[kind][join.path.field]
            found += [buckets[key] for key in (*keys, UNSURE) if key in buckets]
        return found


def _number(way: list[dict[object, Event]]) -> int:
    return sum(map(len, way))


def _about(event: JudgementRecorded) -> _About:
    return (str(event.question), frozenset(names(event.on)))


def _fields(plans: Plans) -> dict[str, tuple[str, ...]]:
    """Give, for each kind of event that relations look for, the fields that they compare."""
    found: dict[str, dict[str, None]] = {}
    every = (plan for one in plans.all for plan in (one, *one.barring))
    for relation in (relation for plan in every for relation in plan.relations.values()):
        for kind in relation.related.pattern.kinds:
            compared = found.setdefault(kind, {})
            for joins in relation.joins:
                compared.update((join.path.field, None) for join in joins)
    return {kind: tuple(fields) for kind, fields in found.items()}
