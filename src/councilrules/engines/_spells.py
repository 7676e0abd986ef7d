"""What was seen of one spell: the time between two changes of the register.

In between the register says the same of everybody, so an answer is found by the names
that it is about alone, and whether an event still lies in the spell is asked once.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from councilrules.engines._glancing import NO, capacity

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from councilrules.engines._generating import Recalled
    from councilrules.events import Event

    class Asking(Protocol):
        """Asks the register of an event, of who answers, and of what some fields hold."""

        def __call__(self, event: Event, who: str | None, *values: object) -> int:
            """Give no, perhaps or yes."""


_MOST_KEPT: Final = 20_000
_EVER: Final = datetime.min.replace(tzinfo=UTC)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Seen(dict[Any, Any]):
    """Answers by what they are about, each found out when it is first asked for."""

    def __init__(self, find: Callable[[Any], object]) -> None:
        """Take what finds an answer."""
        super().__init__()
        self._find = find

    def __missing__(self, about: object) -> object:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[about] = self._find(about)
        return found


class Spell:
    """The spell in which the last event lies, with what was seen of it.

    There is one for each capacity in which people act, since that decides what counts.

    Attributes:
        since: The first instant of it.
        until: The first instant after it.
        event: The event that is looked at.
        force: Whether the rulebook is in force.
        bound: Whether it is, and binds people who act in this capacity.
    """

    def __init__(self, edges: list[datetime], in_force: Callable[[Event], int]) -> None:
        """Start with no event.

        Args:
            edges: The instants at which what the register says may change.
            in_force: What tells whether the rulebook was in force when an event happened.
        """
        self._edges = edges
        self._in_force = in_force
        self._seen: list[Seen] = []
        self.since, self.until = _NEVER, _EVER
        self.event: Event
        self.force = self.bound = NO

    def turn_to(self, event: Event) -> None:
        """Take the spell of an event, and forget what was seen of the last."""
        at, edges = event.at, self._edges
        place = bisect_right(edges, at.first)
        self.since = edges[place - 1] if place else _EVER
        self.until = edges[place] if place < len(edges) else _NEVER
        if at.last >= self.until:
            # It may lie in either of two spells, so what is seen of it serves no other.
            self.since, self.until = _NEVER, _EVER
        self.force = self._in_force(event)
        self.bound = self.force & capacity(event)
        for one in self._seen:
            one.clear()

    def recall(self, recalled: Recalled, ask: Asking) -> Seen:
        """Make what holds the answers to one question, by what its fields name."""
        who, is_one = recalled.who, recalled.number == 1

        def find(about: Any) -> int:  # noqa: ANN401 - one value, or several
            values = (about,) if is_one else about
            if who == "among":
                return ask(self.event, *values)
            return ask(self.event, None if who is None else values[who], *values)

        seen = Seen(find)
        self._seen.append(seen)
        return seen
