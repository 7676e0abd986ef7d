"""Events by what they hold, so that what shares something with a case is found at once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import prod
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from councilrules.events import Empty, Event, OneOf, Unknown
from councilrules.rules import RefersToTrigger
from councilrules.situations import attribute_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from councilrules.engines._plans import Join, Relation
    from councilrules.situations import Situations, View

UNSURE = object()
"""Where stands what is not known for certain: it may share any key."""

Keys = tuple[object, ...]
"""What an event may share in one way: names, or `UNSURE`."""

Ways = tuple[tuple[str, ...], ...]
"""Ways to narrow a search, each by the fields of which one has to be shared."""

KeysOf = Callable[["Join"], "Keys | None"]
"""Gives the names that what is looked for has to share one of, if they are certain."""

_T = TypeVar("_T")
Bucket = dict[object, dict[object, _T]]
"""What shares a key, each under a name of its own."""

_MOST_PLACES = 64


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


def keys_of(event: Event, field: str) -> Keys:
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


def keys_shared(situations: Situations, relation: Relation, view: View) -> KeysOf:
    """Make what gives the names that an event has to share to fit a relation of a case."""

    def keys_of_other(join: Join) -> Keys | None:
        if isinstance(join, RefersToTrigger):
            return (view.event.id,)
        other, event = join.other, view.event
        is_bearer = other.field == view.bearer_field and view.bearer is not None
        if is_bearer and other.attribute is None and not event.proofs:
            return (view.bearer,)
        attribute = attribute_of(event, other.field)
        raw = (
            None if attribute is None or other.attribute is not None else getattr(event, attribute)
        )
        if type(raw) is str and not event.proofs:
            # As it nearly always is, which is why it is read apart.
            return (raw,)
        value = situations.value(view, other, answering=relation.answering)
        is_told = value.state in {"known", "one-of"} and not value.is_disputed
        return value.names if is_told else None

    return keys_of_other


def shared_in(joins: tuple[Join, ...], keys_of_other: KeysOf) -> Keys | None:
    """Give what has to be shared in one way; `None` if that is not certain."""
    if len(joins) == 1:
        return keys_of_other(joins[0])
    found: list[object] = []
    for join in joins:
        keys = keys_of_other(join)
        if keys is None:
            return None
        found += (_tagged(join.path.field, key) for key in keys)
    return tuple(found)


def _tagged(field: str, key: object) -> object:
    """Tell keys apart by the field that they stand in, where one of several will do."""
    return key if key is UNSURE else (field, key)


class Index:
    """Events of one kind by what they share with a case in each of several ways.

    What shares the actor and the matter is found under both together: the clerk may be
    party to everything, and a matter to thousands of letters.
    """

    def __init__(self, ways: Ways, events: Iterable[Event]) -> None:
        """Sort in what there is.

        Args:
            ways: The ways, each by the fields of which one has to be shared.
            events: The events.
        """
        self._fields = ways
        self._all_names = (str,) * len(ways)
        # Most share their place with no other: that takes no bucket of its own.
        self._alone: dict[object, Event] = {}
        self._buckets: Bucket[Event] = {}
        self._is_sure = True
        self._plain: Callable[[Event], Any] | None = None
        for event in events:
            self.add(event)

    def add(self, event: Event) -> None:
        """Sort in an event."""
        place = self._plain_place(event)
        if place is None:
            # Only what is not plain can be unsure, in one way or another.
            self._is_sure = False
            put(self._buckets, self._places(event), event.id, event)
        elif place in self._buckets:
            self._buckets[place][event.id] = event
        else:
            other = self._alone.setdefault(place, event)
            if other is not event:
                self._buckets[place] = {self._alone.pop(place).id: other, event.id: event}

    def remove(self, event: Event) -> None:
        """Undo `add`."""
        place = self._plain_place(event)
        alone = None if place is None else self._alone.get(place)
        if alone is not None and alone.id == event.id:
            del self._alone[place]
        else:
            take_out(self._buckets, self._places(event), event.id)

    def sharing(self, keys: tuple[Keys, ...]) -> list[Mapping[object, Event]]:
        """Give the events that share one of some keys in each way, and few others."""
        every = keys if self._is_sure else tuple((*one, UNSURE) for one in keys)
        places: Iterable[object] = every[0] if len(every) == 1 else product(*every)
        found: list[Mapping[object, Event]] = []
        for place in places:
            if place in self._alone:
                one = self._alone[place]
                found.append({one.id: one})
            if place in self._buckets:
                found.append(self._buckets[place])
        return found

    def _plain_place(self, event: Event) -> object | None:
        """Give the only place of an event that names one thing in each field, as most do."""
        if event.proofs:
            return None
        if self._plain is None:
            self._plain = self._reader(event)
        place: Any = self._plain(event)
        if type(place) is str:
            return place
        # One by one in C, since this is done for every event.
        is_several = len(self._fields) > 1 and type(place) is tuple
        return place if is_several and tuple(map(type, place)) == self._all_names else None

    def _reader(self, event: Event) -> Callable[[Event], Any]:
        """Make what reads the fields that are compared of an event of this kind."""
        found = [attribute_of(event, one) for fields in self._fields for one in fields]
        attributes = [one for one in found if one is not None]
        if len(attributes) < len(found) or len(found) > len(self._fields):
            return lambda _: None
        return attrgetter(*attributes)

    def _places(self, event: Event) -> list[object]:
        each = [
            keys_of(event, fields[0])
            if len(fields) == 1
            else tuple(_tagged(one, key) for one in fields for key in keys_of(event, one))
            for fields in self._fields
        ]
        if len(each) == 1:
            return list(each[0])
        if prod(map(len, each)) > _MOST_PLACES:
            each = [one if len(one) == 1 else (UNSURE,) for one in each]
        return list(product(*each))
