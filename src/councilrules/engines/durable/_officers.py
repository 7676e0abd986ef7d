"""Who held which offices, told once for all events between two changes of the register."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from councilrules.engines._edges import edges, tenures_of
from councilrules.situations import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from councilrules.events import Event
    from councilrules.rules import Holds
    from councilrules.situations import Situations
    from councilrules.truth import Truth

_MOST_REMEMBERED: Final = 20_000
_EVER: Final = datetime.min.replace(tzinfo=UTC)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)

_Told = dict[object, tuple[datetime, datetime, "Truth"]]
"""What is true of a name, in the capacity in which it acted if it did, and from when to when."""


class Officers:
    """Remembers who held which offices, whichever field named them."""

    def __init__(self, situations: Situations) -> None:
        """Take what tells it closely."""
        self._situations = situations
        self._told: dict[object, _Told] = {}
        self._edges: dict[str, list[datetime]] = {}

    def holding(
        self, condition: Holds, bearer: str | None, *, answering: bool
    ) -> Callable[[Event, str | None, str], Truth | None]:
        """Make what tells whether a plain event's one name held an office then.

        Args:
            condition: The offices.
            bearer: The field that names who is to answer.
            answering: Whether it would speak for that person.

        Returns:
            What takes the event, who is to answer and the name; it gives `None` if that
            cannot be told, as it changed while the event may have happened.
        """
        known = self._told.setdefault((condition.roles, condition.of, answering), {})
        offices, is_by = self._situations.offices, bearer == "by"

        def told(event: Event, who: str | None, name: str) -> Truth | None:
            at = event.at
            # It hangs on the capacity of whoever acted, if that is who is to answer (P9).
            key = (name, event.as_) if is_by and who == name else name
            found = known.get(key)
            if found is None or at.first < found[0] or at.last >= found[1]:
                since, until = self._between(name, at.first)
                if until <= at.last:
                    return None
                if len(known) >= _MOST_REMEMBERED:
                    known.clear()
                view = View(event, bearer, who)
                truth = offices.holds(condition, name, view, answering=answering).truth
                found = known[key] = since, until, truth
            return found[2]

        return told

    def _between(self, name: str, at: datetime) -> tuple[datetime, datetime]:
        """Give from when to when the register says the same of somebody's offices."""
        listed = self._edges.get(name)
        if listed is None:
            if len(self._edges) >= _MOST_REMEMBERED:
                self._edges.clear()
            person = self._situations.register.people.get(name)
            listed = self._edges[name] = [] if person is None else edges(tenures_of(person))
        place = bisect_right(listed, at)
        since = listed[place - 1] if place else _EVER
        return since, listed[place] if place < len(listed) else _NEVER
