"""Cases by what their relations compare, so that an event finds those it may bear on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from councilrules.engines._sharing import UNSURE, Bucket, keys_of, put, take_out
from councilrules.history import over_by
from councilrules.rules import Order, RefersToTrigger
from councilrules.situations import View
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.engines._docket import Entry
    from councilrules.engines._plans import Join, Plan, Plans, Relation
    from councilrules.engines._settling import Settler
    from councilrules.events import Event

_BEGINNING = datetime.min.replace(tzinfo=UTC)
# Python 3.11 takes long to look up a member of an enum.
_BEFORE, _AFTER = Order.BEFORE, Order.AFTER


@frozen(eq=False)
class _Compared:
    """The cases of a rule by what one comparison holds against another event."""

    join: Join
    answering: bool
    buckets: Bucket[Entry] = field(factory=dict)

    def keys(self, entry: Entry, settler: Settler) -> tuple[object, ...]:
        """Give under what a case is sorted in; `UNSURE` where that is not certain."""
        if isinstance(self.join, RefersToTrigger):
            return (entry.event.id,)
        other = self.join.other
        if other.field != entry.plan.rule.bearer and other.attribute is None:
            plain = keys_of(entry.event, other.field)
            return plain or (UNSURE,)
        view = View(entry.event, entry.plan.rule.bearer, entry.bearer)
        value = settler.situations.value(view, other, answering=self.answering)
        is_told = value.state in {"known", "one-of"} and not value.is_disputed
        return value.names if is_told else (UNSURE,)

    def sharing(self, event: Event) -> list[dict[object, Entry]] | None:
        """Give the cases that an event may bear on; `None` if they cannot be told apart."""
        found = []
        for key in keys_of(event, self.join.path.field):
            if key is UNSURE:
                return None
            if key in self.buckets:
                found.append(self.buckets[key])
        if UNSURE in self.buckets:
            found.append(self.buckets[UNSURE])
        return found


@define(eq=False)
class _Search:
    """One relation of a rule, with all cases of that rule that are kept.

    Attributes:
        order: Where the relation wants the other event in time.
        ways: The ways to narrow the search.
        entries: The cases.
        newest: An instant after which none of them was opened.
        unsorted: Those that are not sorted by what the ways compare. They are once an
            event may touch them, which late ones alone do where it has to come before.
    """

    order: Order
    ways: tuple[tuple[_Compared, ...], ...]
    entries: dict[object, Entry]
    newest: datetime = _BEGINNING
    unsorted: dict[object, Entry] = field(factory=dict)

    def can_touch(self, event: Event) -> bool:
        """Tell whether there is any case that an event is not too late for."""
        if not self.entries:
            return False
        return self.order is not _BEFORE or event.at.first <= self.newest

    def keep(self, entry: Entry) -> None:
        """Take in a case."""
        self.newest = max(self.newest, over_by(entry.event))
        if self.ways:
            self.unsorted[entry.key] = entry

    def drop(self, entry: Entry, settler: Settler) -> None:
        """Undo `keep`."""
        if self.unsorted.pop(entry.key, None) is None:
            for one in (one for way in self.ways for one in way):
                take_out(one.buckets, one.keys(entry, settler), entry.key)

    def _sort(self, settler: Settler) -> None:
        for key, entry in self.unsorted.items():
            for one in (one for way in self.ways for one in way):
                put(one.buckets, one.keys(entry, settler), key, entry)
        self.unsorted.clear()

    def touched(self, event: Event, settler: Settler) -> Iterator[tuple[object, Entry]]:
        """Give the cases that an event may bear on, and few others."""
        if self.unsorted:
            self._sort(settler)
        ways = []
        for way in self.ways:
            shared = [one.sharing(event) for one in way]
            if None not in shared:
                ways.append([bucket for found in shared if found for bucket in found])
        ways.sort(key=lambda way: sum(map(len, way)))
        for bucket in ways[0] if ways else [self.entries]:
            for key, entry in bucket.items():
                in_all = all(any(key in other for other in way) for way in ways[1:])
                if in_all and not self._is_out_of_order(event, entry):
                    yield key, entry

    def _is_out_of_order(self, event: Event, entry: Entry) -> bool:
        """Tell whether an event is certainly not where the relation wants it in time."""
        if self.order is _BEFORE:
            return event.at.first > over_by(entry.event)
        return self.order is _AFTER and event.at.last < entry.event.at.first


class Waiting:
    """Sorts kept cases by every field that a relation compares."""

    def __init__(self, plans: Plans) -> None:
        """Start with no case."""
        self._entries: dict[int, dict[object, Entry]] = {plan.number: {} for plan in plans.all}
        self._searches = {plan.number: self._of(plan) for plan in plans.all}
        self._by_kind = {
            kind: tuple(self._searches[plan.number][relation.number] for plan, relation in listed)
            for kind, listed in plans.by_related.items()
        }
        self._barred = {
            kind: tuple(self._entries[plan.number] for plan in listed)
            for kind, listed in plans.barred_by.items()
        }

    def _of(self, plan: Plan) -> tuple[_Search, ...]:
        return tuple(self._search(plan, one) for one in plan.relations.values())

    def _search(self, plan: Plan, relation: Relation) -> _Search:
        ways = tuple(
            tuple(_Compared(join, relation.answering) for join in joins) for joins in relation.joins
        )
        return _Search(relation.related.order, ways, self._entries[plan.number])

    def keep(self, entry: Entry) -> None:
        """Sort a case in."""
        self._entries[entry.plan.number][entry.key] = entry
        for search in self._searches[entry.plan.number]:
            search.keep(entry)

    def drop(self, entry: Entry, settler: Settler) -> None:
        """Take a case out."""
        self._entries[entry.plan.number].pop(entry.key, None)
        for search in self._searches[entry.plan.number]:
            search.drop(entry, settler)

    def touched(self, event: Event, settler: Settler) -> Iterable[Entry]:
        """Give the cases that an event may bear on, each once."""
        kind = kind_of(event).name
        found: dict[object, Entry] = {}
        for search in self._by_kind.get(kind, ()):
            if search.can_touch(event):
                found.update(search.touched(event, settler))
        for entries in self._barred.get(kind, ()):
            found.update(entries)
        return found.values()
