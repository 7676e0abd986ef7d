"""The answers that a question can have, each as the facts that it would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.counterfactuals import facts, register_facts
from councilrules.counterfactuals._entries import of_the_register
from councilrules.events import NONE, UNKNOWN, Kind, OneOf, Proof
from councilrules.history import names
from councilrules.periods import Allowance, Moment
from councilrules.register import ALWAYS, COUNCIL
from councilrules.rules import Is, ParameterValue
from councilrules.situations import OUTSIDE
from councilrules.vocabulary import kind_of
from councilrules.wording import day, person, plain, suppositions
from councilrules.wording.events import noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.counterfactuals.asked import Asked
    from councilrules.counterfactuals.facts import Fact
    from councilrules.events import Event
    from councilrules.vocabulary import Field

_MOST_NAMES = 12
_FEW_CHOICES = 4
_TICK = facts.TICK


@frozen(kw_only=True)
class Answer:
    """An answer that a question can have.

    Attributes:
        says: The answer in words, as it follows `If` and the question: `yes`.
        facts: What it would bring.
        bearer: Who would then answer for the act, if that is what was asked.
    """

    says: str
    facts: tuple[Fact, ...]
    bearer: str | None = None


def answers(asked: Asked) -> tuple[Answer, ...]:
    """Give the answers that a question can have; none if they cannot be listed."""
    match asked.want.cause:
        case "judgement":
            found = _judged(asked)
        case "proof":
            found = _proved(asked)
        case "parameter":
            found = _allowed(asked)
        case "actor":
            found = _actors(asked)
        case "field":
            found = _fields(asked)
        case "register":
            found = (Answer(says=says, facts=brought) for says, brought in of_the_register(asked))
        case _:
            return ()
    return tuple(found)


def _judged(asked: Asked) -> Iterator[Answer]:
    want, event = asked.want, asked.event
    is_course = event is not None and kind_of(event).name == "course-of-conduct"
    acts = names(getattr(event, "acts", ())) if is_course else ()
    for answer in (True, False):
        fact = facts.WasJudged(want.name, want.of, answer, acts)
        yield Answer(says="yes" if answer else "no", facts=(fact,))


# --- proof ---------------------------------------------------------------------------


def _proved(asked: Asked) -> Iterator[Answer]:
    want, event = asked.want, asked.event
    if event is None or event.derived:
        for says, proof in (("it is proved", Proof.ESTABLISHED), ("it is not", Proof.DISPROVED)):
            yield Answer(says=says, facts=(register_facts.EntryProved(want.of, want.name, proof),))
        return
    fact = facts.Proved(event.id, want.name, Proof.ESTABLISHED)
    yield Answer(says="it is proved", facts=(fact,))
    if want.name == event.id:
        fact = facts.Proved(event.id, want.name, Proof.DISPROVED)
        yield Answer(says="it is disproved", facts=(fact,))
        return
    contrary = _contrary(event, want.name)
    if contrary is not None:
        yield Answer(says="it is disproved", facts=(contrary,))


def _contrary(event: Event, name: str) -> Fact | None:
    """Give what is so if a value of an event is wrong."""
    question = name.removeprefix("answers.")
    if question != name:
        return facts.WasJudged(question, event.id, event.answers.get(question) is not True)
    field = kind_of(event).fields.get(name)
    if field is None:
        return None
    now = getattr(event, field.attribute)
    value = not now if isinstance(now, bool) else UNKNOWN
    return facts.FieldHeld(event.id, field.attribute, field.name, value)


# --- time allowed --------------------------------------------------------------------


def _allowed(asked: Asked) -> Iterator[Answer]:
    """Give the times that the findings tell apart: less than has passed, or as much."""
    name = asked.want.name
    passed = sorted({one.elapsed for one in asked.findings if one.elapsed is not None})
    if name not in asked.rulebook.parameters or not passed:
        return
    bounds = [0, *(one for one in passed if one > 0)]
    for place, least in enumerate(bounds):
        after = bounds[place + 1 : place + 2]
        most = after[0] - 1 if after else None
        allowance = Allowance(
            number=least,
            unit="working-days",
            counting="first-day-out",
            calendar=asked.rulebook.calendar,
        )
        value = ParameterValue(allowance=allowance, tenure=ALWAYS)
        fact = facts.TimeAllowed(asked.rulebook.id, name, value)
        yield Answer(says=_days(least, most), facts=(fact,))


def _days(least: int, most: int | None) -> str:
    if most is None:
        return f"{least} working day{'' if least == 1 else 's'} or more"
    if least == 0:
        return f"at most {most} working day{'' if most == 1 else 's'}"
    if least == most:
        return f"{least} working day{'' if least == 1 else 's'}"
    return f"from {least} to {most} working days"


# --- who it was ----------------------------------------------------------------------


def _actors(asked: Asked) -> Iterator[Answer]:
    event = asked.event
    if event is None:
        return
    field = _field(event, asked.want.name)
    if field is None:
        return
    raw = getattr(event, field.attribute)
    people = raw.names if isinstance(raw, OneOf) else tuple(asked.scenario.register.people)
    for name in people[:_MOST_NAMES]:
        fact = facts.FieldHeld(event.id, field.attribute, field.name, name)
        yield Answer(says=person(name), facts=(fact,), bearer=name)


def _field(event: Event, name: str) -> Field | None:
    kind = kind_of(event)
    return kind.fields.get(kind.towards if name == "towards" else name)


# --- fields of events ----------------------------------------------------------------


def _fields(asked: Asked) -> Iterator[Answer]:
    want, event = asked.want, asked.event
    if event is None or event.derived:
        return
    if want.name == "at":
        yield from _times(event, asked.rulebook.zone)
        return
    field = _field(event, want.name)
    if field is None:
        return
    for says, value in _values(field, event, asked):
        fact = facts.FieldHeld(event.id, field.attribute, field.name, value)
        yield Answer(says=says, facts=(fact,))


def _times(event: Event, zone: str) -> Iterator[Answer]:
    """Give the earliest and the latest that an event can have been."""
    first, last = event.at.first, event.at.last
    if event.at.is_exact:
        first, last = first - _TICK, last + _TICK
        told = ("just before", "just after")
    else:
        told = (f"at the beginning of {day(first, zone)}", f"at the end of {day(last, zone)}")
    for says, at in zip(told, (first, last), strict=True):
        yield Answer(says=says, facts=(facts.HappenedAt(event.id, Moment(at, at)),))


def _values(field: Field, event: Event, asked: Asked) -> Iterator[tuple[str, object]]:
    raw = getattr(event, field.attribute)
    if isinstance(raw, OneOf):
        yield from ((noun(name, field.kind), name) for name in raw.names)
        return
    match field.kind:
        case Kind.YES_NO:
            yield from (("yes", True), ("no", False))
        case Kind.CHOICE | Kind.TEXT:
            yield from _words(field, event, asked)
        case Kind.PERSON | Kind.BODY if field.name == "as":
            yield from _capacities(event, asked)
        case Kind.TIME:
            yield "none was given", NONE
        case _:
            yield from _named(field, event, asked)


def _words(field: Field, event: Event, asked: Asked) -> Iterator[tuple[str, object]]:
    """Give the choices; of many, those that the rules tell apart, and one for all others."""
    told = dict.fromkeys(
        word
        for rule in asked.rules
        for one in rule.conditions
        if isinstance(one, Is) and one.path.field == field.name
        for word in one.words
    )
    if field.choices and len(field.choices) <= _FEW_CHOICES:
        told |= dict.fromkeys(field.choices)
    yield from ((f"“{suppositions.answer([word], event, field)}”", word) for word in told)
    others = [word for word in field.choices if word not in told]
    if others or not field.choices:
        yield "anything else", others[0] if others else NONE


def _capacities(event: Event, asked: Asked) -> Iterator[tuple[str, object]]:
    register = asked.scenario.register
    for name in names(event.by):
        held = register.people.get(name)
        for role in dict.fromkeys(one.role for one in (() if held is None else held.offices)):
            yield f"as {plain(role)}", role
    for outside in OUTSIDE:
        yield ("in private" if outside == "private" else "for another body"), outside


def _named(field: Field, event: Event, asked: Asked) -> Iterator[tuple[str, object]]:
    """Give what a field may name: whatever the scenario has of the kind, or nothing."""
    found = [one for one in _names_of(field.kind, event, asked) if one not in names(event.by)]
    if field.kind is Kind.PERSON:
        found = [*dict.fromkeys(found)]
    for name in found[:_MOST_NAMES]:
        yield noun(name, field.kind), name
    yield noun(NONE, field.kind), NONE


def _names_of(kind: Kind, event: Event, asked: Asked) -> Iterable[str]:
    register, history = asked.scenario.register, asked.scenario.history
    match kind:
        case Kind.PERSON | Kind.BODY:
            people = register.people if kind is Kind.PERSON else ()
            return [*people, COUNCIL, *register.bodies]
        case Kind.DOCUMENT:
            return list(register.papers)
        case Kind.DECISION:
            return list(register.decisions_by_id)
        case Kind.PROCEDURE:
            return list(register.procedures_by_id)
        case Kind.EVENT:
            referring = [one for one in asked.mentioned() if one in history.by_id]
            return [one for one in referring if one != event.id]
        case Kind.MATTER:
            return asked.matters()
        case _:
            return []
