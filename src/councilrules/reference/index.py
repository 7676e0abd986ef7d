"""Events by what they have in common, so that a relation looks only where it must."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.events import Empty, OneOf, Unknown
from councilrules.rules import AllOf, AnyOf, Compared, RefersToTrigger
from councilrules.situations import attribute_of
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from councilrules.events import Event
    from councilrules.history import History
    from councilrules.rules import Condition, Path, Pattern
    from councilrules.situations import Value

_UNSURE = object()
"""Where events stand whose field is not known for certain: they may share any key."""


class Index:
    """Finds the events that may fit a pattern, without deciding whether they do."""

    def __init__(self, history: History) -> None:
        """Take the history; what is asked for is sorted when it is first asked for."""
        self._history = history
        self._made: dict[tuple[str, str], Mapping[object, list[Event]]] = {}

    def candidates(
        self, pattern: Pattern, value_of: Callable[[Path], Value], trigger: str
    ) -> list[Event]:
        """Give all events that can fit the pattern, in order of time, and few others."""
        found = [
            event
            for kind in pattern.kinds
            for event in self._of_kind(kind, pattern.condition, value_of, trigger)
        ]
        if len(pattern.kinds) > 1 or not pattern.kinds:
            found.sort(key=lambda one: (one.at.first, one.id))
        return found

    def _of_kind(
        self, kind: str, condition: Condition, value_of: Callable[[Path], Value], trigger: str
    ) -> Iterable[Event]:
        narrowed = self._narrowed(kind, condition, value_of, trigger)
        if narrowed is None:
            return self._history.by_kind.get(kind, ())
        unique = {id(event): event for events in narrowed for event in events}
        return sorted(unique.values(), key=lambda one: (one.at.first, one.id))

    def _narrowed(
        self, kind: str, condition: Condition, value_of: Callable[[Path], Value], trigger: str
    ) -> list[Sequence[Event]] | None:
        """Give the fewest events that one of the joins leaves; `None` if none narrows.

        They are counted before they are gathered: the clerk may be party to everything.
        """
        if isinstance(condition, AllOf):
            each = (self._narrowed(kind, part, value_of, trigger) for part in condition.parts)
            return min((one for one in each if one is not None), key=_number, default=None)
        if isinstance(condition, AnyOf):
            branches = [self._narrowed(kind, part, value_of, trigger) for part in condition.parts]
            if any(branch is None for branch in branches):
                return None
            return [events for branch in branches for events in branch or ()]
        if isinstance(condition, RefersToTrigger):
            return self._sharing(kind, condition.path, (trigger,))
        if isinstance(condition, Compared) and condition.of_trigger and not condition.differs:
            value = value_of(condition.other)
            # What is disputed may have to be looked at even where it differs (P2).
            is_told = value.state in {"known", "one-of"} and not value.is_disputed
            if condition.path.attribute is None and is_told:
                return self._sharing(kind, condition.path, value.names)
        return None

    def _sharing(self, kind: str, path: Path, keys: tuple[str, ...]) -> list[Sequence[Event]]:
        if path.field == "id":
            found = (self._history.by_id.get(key) for key in keys)
            return [[one] for one in found if one is not None and kind_of(one).name == kind]
        if (kind, path.field) not in self._made:
            self._made[kind, path.field] = self._sorted(kind, path.field)
        sorted_events = self._made[kind, path.field]
        return [sorted_events.get(key, ()) for key in (*keys, _UNSURE)]

    def _sorted(self, kind: str, field: str) -> Mapping[object, list[Event]]:
        found: dict[object, list[Event]] = {}
        for event in self._history.by_kind.get(kind, ()):
            attribute = attribute_of(event, field)
            raw = Unknown.UNKNOWN if attribute is None else getattr(event, attribute)
            for key in _keys(raw):
                found.setdefault(key, []).append(event)
            if field in event.proofs:
                found.setdefault(_UNSURE, []).append(event)
        return found


def _number(narrowed: list[Sequence[Event]]) -> int:
    return sum(map(len, narrowed))


def _keys(raw: object) -> tuple[object, ...]:
    if isinstance(raw, OneOf):
        return raw.names
    if isinstance(raw, tuple):
        return raw
    if raw is Empty.NONE:
        return ()
    if isinstance(raw, bool):
        return ("yes" if raw else "no",)
    # As a value names it, so that the two can meet.
    return (_UNSURE,) if raw is None or raw is Unknown.UNKNOWN else (str(raw),)
