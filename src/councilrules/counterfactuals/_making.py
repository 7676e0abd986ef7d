"""Events that fit what a rule looks for, made from the facts that a scenario has."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from attrs import evolve

from councilrules.counterfactuals._seen import Seen, new_id
from councilrules.events import NONE, UNKNOWN, Kind
from councilrules.register import COUNCIL
from councilrules.rules import (
    AllOf,
    AnyOf,
    Compared,
    Is,
    IsNone,
    Judged,
    Not,
    RefersToTrigger,
)
from councilrules.situations import View, attribute_of
from councilrules.truth import Truth
from councilrules.vocabulary import kind_of, kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.events import Event
    from councilrules.periods import Moment
    from councilrules.rules import Condition
    from councilrules.vocabulary import Field

_MOST = 3
_MOST_TRIED = 12


def made(kind: str, condition: Condition, seen: Seen, at: Moment) -> Iterator[Event]:
    """Give events of a kind that fit a condition, as seen from what opened the case.

    Nobody is made up: who takes part is on the register and holds what is asked for.
    """
    cls = kinds()[kind].cls
    if cls.derived:
        return
    blank = cls(id=new_id(seen.world.scenario, 0), at=at)
    found: dict[Any, Event] = {}
    for branch in islice(_branches(condition), _MOST):
        event = _fitted(blank, branch, seen)
        if event is not None:
            found.setdefault(repr(event), event)
    yield from found.values()


def _branches(condition: Condition) -> Iterator[tuple[Condition, ...]]:
    """Give each choice of conditions that together make one hold."""
    match condition:
        case AllOf(parts=parts):
            yield from _products(parts)
        case AnyOf(parts=parts):
            for part in parts:
                yield from _branches(part)
        case _:
            yield (condition,)


def _products(parts: tuple[Condition, ...]) -> Iterator[tuple[Condition, ...]]:
    if not parts:
        yield ()
        return
    for first in _branches(parts[0]):
        for rest in _products(parts[1:]):
            yield (*first, *rest)


def _fitted(blank: Event, branch: tuple[Condition, ...], seen: Seen) -> Event | None:
    event = blank
    for part in branch:
        event = _told(event, part, seen)
    for part in branch:
        if _holds(part, event, seen):
            continue
        tried = _tried(event, part, branch, seen)
        if tried is None:
            return None
        event = tried
    event = _answering(event, seen)
    return event if all(_holds(part, event, seen) for part in branch) else None


def _holds(part: Condition, event: Event, seen: Seen) -> bool:
    conditions = seen.world.cases.conditions
    found = conditions.holds(part, View(event), answering=True, trigger=seen.view)
    return found.truth is Truth.TRUE


def _told(event: Event, part: Condition, seen: Seen) -> Event:
    """Fill in what a condition says outright."""
    match part:
        case Compared(path=path, other=other, differs=False, of_trigger=True) if (
            path.attribute is None and other.attribute is None
        ):
            value = seen.value(other.field)
            if value.state == "known" and value.names:
                raw = value.names[0] if len(value.names) == 1 else value.names
                return _with(event, path.field, raw)
        case RefersToTrigger(path=path) if path.field != "id":
            return _with(event, path.field, seen.event.id)
        case Is(path=path, words=words) if path.attribute is None:
            return _with(event, path.field, {"yes": True, "no": False}.get(words[0], words[0]))
        case IsNone(path=path) if path.attribute is None:
            return _with(event, path.field, NONE)
        case Judged(question=question) | Not(part=Judged(question=question)):
            answers = {**event.answers, question: isinstance(part, Judged)}
            return evolve(event, answers=answers)  # type: ignore[misc]
        case _:
            pass
    return event


def _with(event: Event, name: str, raw: object) -> Event:
    attribute = attribute_of(event, name)
    if attribute is None or attribute == "id":
        return event
    return evolve(event, **{attribute: raw})  # type: ignore[misc]


def _tried(
    event: Event, part: Condition, branch: tuple[Condition, ...], seen: Seen
) -> Event | None:
    """Try what the register has in the fields that a condition asks about."""
    for field in _asked(event, part):
        if getattr(event, field.attribute) is not UNKNOWN:
            continue
        for value in islice(_candidates(field, seen), _MOST_TRIED):
            changed = evolve(event, **{field.attribute: value})  # type: ignore[misc]
            same_field = [one for one in branch if field in _asked(event, one)]
            if all(_holds(one, changed, seen) for one in same_field):
                return changed
    return None


def _asked(event: Event, part: Condition) -> list[Field]:
    """Give the fields of an event that a condition reads."""
    inner = part.part if isinstance(part, Not) else part
    kind = kind_of(event)
    found = []
    for name in ("path", "who", "over", "subject"):
        path = getattr(inner, name, None)
        called = None if path is None else path.field
        called = kind.towards if called == "towards" else called
        if called in kind.fields:
            found.append(kind.fields[called])
    return found


def _candidates(field: Field, seen: Seen) -> Iterator[object]:
    register = seen.world.scenario.register
    match field.kind:
        case Kind.PERSON | Kind.BODY:
            yield from (*seen.world.people, COUNCIL, *register.bodies)
        case Kind.DOCUMENT:
            yield from register.papers
        case Kind.DECISION:
            yield from register.decisions_by_id
        case Kind.PROCEDURE:
            yield from register.procedures_by_id
        case Kind.CHOICE:
            yield from field.choices
        case Kind.YES_NO:
            yield from (True, False)
        case Kind.EVENT:
            yield seen.event.id
        case _:
            return


def _answering(event: Event, seen: Seen) -> Event:
    """Let what answers somebody be said to them, where the rule does not say to whom."""
    attribute, by = type(event).receiver, seen.event.by
    refers = any(
        getattr(event, field.attribute) == seen.event.id
        for field in kind_of(event).fields.values()
        if field.kind is Kind.EVENT
    )
    if attribute is None or not refers or getattr(event, attribute) is not UNKNOWN:
        return event
    return evolve(event, **{attribute: by})  # type: ignore[misc]
