"""The events that count at a clock, kept sorted as they come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from councilrules.engines._sharing import Bucket, Index, put, shared_in, take_out
from councilrules.events import Event
from councilrules.events.record import JudgementRecorded
from councilrules.history import names
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from councilrules.engines._plans import Plans, Relation
    from councilrules.engines._sharing import KeysOf, Ways

COURSE = "course-of-conduct"
_OF_OTHERS = frozenset({COURSE, "judgement-recorded"})

_Event = TypeVar("_Event", bound=Event)
_About = tuple[str, frozenset[str]]


@frozen(eq=False)
class _OfAKind:
    """The events of a kind that relations look for, also by what they compare."""

    events: dict[str, Event] = field(factory=dict)
    indexes: dict[Ways, Index] = field(factory=dict)


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
        self._by_kind = {kind: _OfAKind() for kind in _looked_for(plans)}
        self._recorded: dict[_About, dict[str, JudgementRecorded]] = {}
        self._replaced: dict[str, dict[str, None]] = {}
        self._judged: dict[str, dict[_About, None]] = {}
        self._courses: Bucket[Event] = {}

    def add(self, event: Event) -> None:
        """Take in an event that counts."""
        kind = kind_of(event).name
        self.by_id[event.id] = event
        alike = self._by_kind.get(kind)
        if alike is not None:
            alike.events[event.id] = event
            for index in alike.indexes.values():
                index.add(event)
        if kind in _OF_OTHERS:
            self._add_of_others(event)

    def _add_of_others(self, event: Event) -> None:
        """Take in what says something of other events."""
        if isinstance(event, JudgementRecorded):
            self._judge(event, stands=True)
        else:
            put(self._courses, names(getattr(event, "acts", ())), event.id, event)

    def remove(self, event: Event) -> None:
        """Undo `add`."""
        kind = kind_of(event).name
        del self.by_id[event.id]
        alike = self._by_kind.get(kind)
        if alike is not None:
            del alike.events[event.id]
            for index in alike.indexes.values():
                index.remove(event)
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
        return type(event) is JudgementRecorded or event.id in self._courses

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

    def candidates(self, relation: Relation, keys_of: KeysOf) -> list[Event]:
        """Give all events that can fit a relation, and few others, in order of time."""
        found, is_narrowed = self.gathered(relation, keys_of)
        if len(relation.related.pattern.kinds) == 1 and not is_narrowed:
            return in_order_of_time(found)
        return sorted(found, key=lambda one: (one.at.first, one.id))

    def gathered(self, relation: Relation, keys_of: KeysOf) -> tuple[Collection[Event], bool]:
        """Give all events that can fit a relation, and whether any way narrows the search.

        Args:
            relation: The relation.
            keys_of: What gives, for a join, the names that what is found has to share one
                of; `None` if that is not certain.
        """
        shared = [shared_in(joins, keys_of) for joins in relation.joins]
        ways, keys = relation.ways, tuple(one for one in shared if one is not None)
        if len(keys) < len(ways):
            ways = tuple(way for way, one in zip(ways, shared, strict=True) if one is not None)
        kinds = [one for one in relation.related.pattern.kinds if one in self._by_kind]
        if not ways:
            return [event for kind in kinds for event in self._by_kind[kind].events.values()], False
        buckets = [one for kind in kinds for one in self._index(kind, ways).sharing(keys)]
        if len(buckets) == 1:
            return buckets[0].values(), True
        return {name: one for bucket in buckets for name, one in bucket.items()}.values(), True

    def _index(self, kind: str, ways: Ways) -> Index:
        """Give the index of a kind of event by some ways; it is made when first asked for."""
        alike = self._by_kind[kind]
        found = alike.indexes.get(ways)
        if found is None:
            found = alike.indexes[ways] = Index(ways, alike.events.values())
        return found


def _about(event: JudgementRecorded) -> _About:
    return (str(event.question), frozenset(names(event.on)))


def _looked_for(plans: Plans) -> Iterator[str]:
    """Give the kinds of event that relations look for."""
    for plan in (plan for one in plans.all for plan in (one, *one.barring)):
        for relation in plan.relations.values():
            yield from relation.related.pattern.kinds
