"""Facts that may be hidden: fields, register values and judgements (MEANING P18).

Left out is what is no fact that may come to be known but says which case this is: what
an event repeats, the course that acts make up, what a judgement is about, who replaced
it. So are relationships, which open cases as events do, and proof.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import Any

from attrs import evolve

from councilrules.events import UNKNOWN, Event, OneOf, Proof
from councilrules.events.record import JudgementRecorded
from councilrules.history import History, names
from councilrules.periods import Tenure
from councilrules.register import Register
from councilrules.rules import Rulebook, Vacant
from councilrules.vocabulary import kind_of

_STRUCTURE = {"course-of-conduct": {"acts"}, "judgement-recorded": {"on", "question", "replaces"}}

Hide = Callable[[Register, History], tuple[Register, History]]


def facts(
    register: Register, history: History, rulebooks: Iterable[Rulebook] = ()
) -> list[tuple[str, Hide]]:
    """Give what is known and could be unknown, each with what hides it.

    Of people, papers and bodies only those count that some event names, and people who
    hold a post of which a rule asks whether it is vacant.
    """
    spoken = {
        name
        for event in history.events
        for value in vars(event).values()
        for name in (value.names if isinstance(value, OneOf) else names(value))
    }
    posts = {office for one in rulebooks for office in _asked_after(one)}
    holders = {name for post in posts for name in register.people_by_office.get(post, ())}
    return [*_of_events(history), *_of_register(register, spoken | holders)]


def _asked_after(rulebook: Rulebook) -> Iterator[str]:
    for rule in rulebook.rules:
        for one in rule.conditions:
            if isinstance(one, Vacant):
                yield from rulebook.roles[one.role].offices


def _of_events(history: History) -> Iterator[tuple[str, Hide]]:
    judged = {
        (one.question, name)
        for one in history.events
        if isinstance(one, JudgementRecorded)
        for name in names(one.on)
    }
    for event in history.events:
        for name, field in kind_of(event).fields.items():
            known = getattr(event, field.attribute) is not UNKNOWN
            if known and name not in event.proofs and not _is_structure(event, name):
                yield f"{event.id}.{name}", partial(_in_event, event.id, _field_hidden, name)
        for question, answer in event.answers.items():
            if answer is not UNKNOWN and (question, event.id) not in judged:
                yield (
                    f"{event.id}.{question}",
                    partial(_in_event, event.id, _answer_hidden, question),
                )


def changed_event(event: Event, **values: Any) -> Event:  # noqa: ANN401 - values of any field
    """Give the same event with other values in some of its fields."""
    return evolve(event, **values)  # type: ignore[misc]  # its decorator is our own


def _is_structure(event: Event, name: str) -> bool:
    return name == "repeats" or name in _STRUCTURE.get(kind_of(event).name, ())


def _field_hidden(event: Event, name: str) -> Event:
    attribute = kind_of(event).fields[name].attribute
    # Nobody asks in what capacity somebody acted unless that is written as not known.
    proofs = {**event.proofs, "as": Proof.NOT_KNOWN} if name == "as" else event.proofs
    return changed_event(event, proofs=proofs, **{attribute: UNKNOWN})


def _answer_hidden(event: Event, question: str) -> Event:
    return changed_event(event, answers={**event.answers, question: UNKNOWN})


def _in_event(
    id_: str,
    hidden: Callable[[Event, str], Event],
    name: str,
    register: Register,
    history: History,
) -> tuple[Register, History]:
    events = tuple(hidden(one, name) if one.id == id_ else one for one in history.events)
    return register, evolve(history, events=events)


def _of_register(register: Register, spoken: Collection[str]) -> Iterator[tuple[str, Hide]]:
    yield from _of_people(register, spoken)
    yield from _of_things(register, spoken)
    yield from _of_listed("interests", register.interests, ("matter", "kinds"))
    yield from _of_listed("decisions", register.decisions, ("body", "subject", "to", "over"))
    yield from _of_listed("procedures", register.procedures, ("kinds",))
    for kind in ("interests", "procedures"):
        if kind in register.speaks_of:
            yield f"register.{kind}", partial(_kind_hidden, kind, (kind,))
    if register.speaks_of & {"decisions", "delegations"}:
        both = ("decisions", "delegations")
        yield "register.decisions", partial(_kind_hidden, "decisions", both)


def _of_people(register: Register, spoken: Collection[str]) -> Iterator[tuple[str, Hide]]:
    nothing = {"offices": (), "seats": (), "is_known": False}
    for name, person in register.people.items():
        if not person.is_known or name not in spoken:
            continue
        yield name, partial(_entry_hidden, "people", name, nothing)
        for n, office in enumerate(person.offices):
            for how, tenure in _vaguer(office.tenure):
                vaguer = evolve(office, tenure=tenure)
                offices = {"offices": (*person.offices[:n], vaguer, *person.offices[n + 1 :])}
                yield f"{name} {office.role} {how}", partial(_entry_hidden, "people", name, offices)


def _of_things(register: Register, spoken: Collection[str]) -> Iterator[tuple[str, Hide]]:
    for name, paper in register.papers.items():
        for part in ("matter", "marked", "held_by") if name in spoken else ():
            if getattr(paper, part) is not UNKNOWN:
                yield f"{name}.{part}", partial(_entry_hidden, "papers", name, {part: UNKNOWN})
    for name, body in register.bodies.items():
        if body.terms is not UNKNOWN:
            yield f"{name}.terms", partial(_entry_hidden, "bodies", name, {"terms": UNKNOWN})


def _of_listed(
    kind: str, entries: tuple[Any, ...], parts: tuple[str, ...]
) -> Iterator[tuple[str, Hide]]:
    for n, entry in enumerate(entries):
        for part in parts:
            if getattr(entry, part) is not UNKNOWN:
                yield f"{kind}.{n}.{part}", partial(_listed_hidden, kind, n, {part: UNKNOWN})
        for how, tenure in _vaguer(entry.tenure):
            yield f"{kind}.{n} {how}", partial(_listed_hidden, kind, n, {"tenure": tenure})


def _vaguer(tenure: Tenure) -> Iterator[tuple[str, Tenure]]:
    if not tenure.since_unknown:
        yield (
            "since",
            Tenure(until=tenure.until, since_unknown=True, until_unknown=tenure.until_unknown),
        )
    if not tenure.until_unknown:
        yield (
            "until",
            Tenure(since=tenure.since, since_unknown=tenure.since_unknown, until_unknown=True),
        )


def _entry_hidden(
    kind: str, name: str, parts: dict[str, Any], register: Register, history: History
) -> tuple[Register, History]:
    entries = getattr(register, kind)
    changed: dict[str, Any] = {kind: {**entries, name: evolve(entries[name], **parts)}}
    return evolve(register, **changed), history


def _listed_hidden(
    kind: str, n: int, parts: dict[str, Any], register: Register, history: History
) -> tuple[Register, History]:
    entries = getattr(register, kind)
    changed: dict[str, Any] = {kind: (*entries[:n], evolve(entries[n], **parts), *entries[n + 1 :])}
    return evolve(register, **changed), history


def _kind_hidden(
    kind: str, spoken: tuple[str, ...], register: Register, history: History
) -> tuple[Register, History]:
    changed: dict[str, Any] = {kind: ()}
    return evolve(register, speaks_of=register.speaks_of - {*spoken}, **changed), history
