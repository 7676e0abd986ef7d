"""What is recorded, by date: each event once, with how well it is proved."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from councilrules import wording
from councilrules.events import Proof
from councilrules.history import names
from councilrules.reports._layout import heading, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.assessing import Assessment
    from councilrules.events import Event
    from councilrules.findings import Finding
    from councilrules.history import History


def section(made: Iterable[Assessment], shown: frozenset[str]) -> Iterator[str]:
    """Give the events that what is shown rests on, in order of time.

    Args:
        made: The assessments of one scenario.
        shown: The ids of the events that the rest of the report speaks of.
    """
    first = next(iter(made))
    history = first.scenario.history
    events = spoken_of(history, shown)
    if not events:
        return
    usual = usual_proof(history)
    yield from heading(f"What is recorded: {wording.proved(usual)}, where nothing else is said")
    width = max(len(one.id) for one in events)
    for event in events:
        begins = f"  {event.id:<{width}}  "
        text = _event(event, first.rulebook.zone, usual)
        yield from wrapped(text, begins, " " * len(begins))
    others = len(history.read) - len(events)
    if others:
        yield f"  On record besides, and without anything to report: {others}."
    yield ""


def spoken_of(history: History, shown: frozenset[str]) -> list[Event]:
    """Give the events that are shown, with what bears on them, in order of time."""
    return [one for one in history.read if one.id in shown or bearing(one, shown)]


def usual_proof(history: History) -> Proof:
    """Give the proof that most events have; of equals the weaker one."""
    found = Counter(one.proof for one in history.read if not one.context)
    return max(sorted(found), key=lambda proof: found[proof], default=Proof.ALLEGED)


def bearing(event: Event, on: Iterable[str]) -> bool:
    """Tell whether an event is context that bears on one of those named."""
    named = (*names(getattr(event, "bears_on", ())), *names(getattr(event, "on", ())))
    return event.context and not set(named).isdisjoint(on)


def _event(event: Event, zone: str, usual: Proof) -> str:
    text = f"{wording.time(event, zone)}: {wording.described(event, zone)}."
    if event.proof is not usual and not event.context:
        text = f"{text} [{wording.proved(event.proof)}]"
    return text if event.source is None else f"{text} Source: {event.source}."


def cited(findings: Iterable[Finding]) -> frozenset[str]:
    """Give the ids of all events that findings rest on."""
    return frozenset().union(*(one.events for one in findings))
