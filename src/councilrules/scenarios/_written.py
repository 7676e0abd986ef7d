"""Where in a file the parts of a scenario stand, so that faults are told there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.documents import Listing, Mapping, Node, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as ByName

    from councilrules.errors import Place
    from councilrules.events import Event


@frozen(kw_only=True, slots=False)
class Written:
    """The nodes of one scenario.

    Attributes:
        own: The scenario itself.
        shared: What its file says for all its scenarios.
        register: The register, its own laid over the shared one.
        read: The ids of the events that could be read, from a log or from the file.
    """

    own: Mapping
    shared: Mapping
    register: Node | None
    read: frozenset[str] = frozenset()

    @property
    def is_logged(self) -> bool:
        """Tell whether the events stand in a log, where names need not be known (P1)."""
        return isinstance(self.own.get("events"), Text)

    def value(self, key: str) -> Node | None:
        """Give the value of a key: the scenario's own, or the shared one."""
        return self.own.get(key) if key in self.own else self.shared.get(key)

    @cached_property
    def events(self) -> tuple[Mapping, ...]:
        """Give the events that are written as groups of keys."""
        return tuple(items(self.own.get("events")))

    @cached_property
    def event_ids(self) -> frozenset[str]:
        """Give the ids of all events, of those too that have a fault."""
        found = (event.get("id") for event in self.events)
        return self.read | {id_.value for id_ in found if isinstance(id_, Text)}

    @cached_property
    def _event_by_place(self) -> ByName[Place, Mapping]:
        return {event.place: event for event in self.events}

    def of(self, event: Event, field: str, name: str = "") -> Node | Place:
        """Give the place at which a field of an event names something.

        Of an event in a log that is its line.
        """
        node = None if event.place is None else self._event_by_place.get(event.place)
        if node is None:
            return event.place or self.own
        value = node.get(field)
        return node if value is None else naming(value, name)

    def kind(self, kind: str) -> Node | None:
        """Give what the register says of a kind of entry."""
        return self.register.get(kind) if isinstance(self.register, Mapping) else None

    def named(self, kind: str) -> Mapping:
        """Give the entries of a kind that stand under names; empty if there are none."""
        found = self.kind(kind)
        return found if isinstance(found, Mapping) else Mapping(self.own.file, 0, 0)

    def listed(self, kind: str) -> Iterator[Mapping]:
        """Give the entries of a kind that stand in a list."""
        return items(self.kind(kind))


def items(node: Node | None) -> Iterator[Mapping]:
    """Give the groups of keys in a list; one that stands alone is a list of one."""
    for item in node.items if isinstance(node, Listing) else [node]:
        if isinstance(item, Mapping):
            yield item


def texts(node: Node | None) -> Iterator[Text]:
    """Give the texts in a list; one that stands alone is a list of one."""
    for item in node.items if isinstance(node, Listing) else [node]:
        if isinstance(item, Text):
            yield item


def naming(node: Node, name: str) -> Node:
    """Find where in a value a name stands; the value itself if it is not there."""
    if isinstance(node, Mapping):
        inner = (node.get(key) for key in ("value", "one_of"))
        return next((naming(one, name) for one in inner if one is not None), node)
    return next((one for one in texts(node) if one.value == name), node)
