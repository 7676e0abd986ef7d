"""A scenario as people read it in a failing test: as a file says it, or else what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.events import UNKNOWN
from councilrules.periods import Moment
from councilrules.scenarios.writing import written
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from councilrules.events import Event
    from councilrules.scenarios._model import Scenario


def shown(scenario: Scenario) -> str:
    """Give the text of a scenario file; of what no file can say, the register and the events."""
    try:
        return f"\n{written(scenario)}"
    except ValueError as error:
        rulebooks = ", ".join(
            one.rulebook.id if one.in_force is None else f"{one.rulebook.id}, {one.in_force}"
            for one in scenario.rulebooks
        )
        history = scenario.history
        lines = (
            f"no file can say this: {error}",
            f"rulebooks: {rulebooks}",
            f"as of: {history.as_of}, open: {sorted(history.open_kinds)}",
            str(scenario.register),
            *map(event_shown, history.events),
        )
        return "\n".join(["", *lines, ""])


def event_shown(event: Event) -> str:
    """Give what is known of an event, in one line."""
    known = {
        name: (str(value.first), str(value.last)) if isinstance(value, Moment) else value
        for name, value in vars(event).items()
        if value not in (UNKNOWN, None, {})
    }
    return f"{kind_of(event).name} {known}"
