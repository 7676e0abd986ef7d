"""What the fields of an event may hold, and which names would fit a condition."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from tests.drawing.registers import (
    BODIES,
    DECISIONS,
    MATTERS,
    PAPERS,
    PEOPLE,
    PROCEDURES,
    STRANGER,
)
from tests.drawing.times import moments

from councilrules.events import NONE, UNKNOWN, Kind, OneOf
from councilrules.rules import Adopted, HasInterest, Holds, InForce, Is, SitsOn

if TYPE_CHECKING:
    from councilrules.register import Register
    from councilrules.rules import Condition, Path, Rulebook
    from councilrules.vocabulary import Field

_NAMES: dict[Kind, tuple[str, ...]] = {
    Kind.PERSON: (*PEOPLE, *PEOPLE, STRANGER, "council", *BODIES),
    Kind.BODY: ("council", *BODIES),
    Kind.DOCUMENT: (*PAPERS, "draft"),
    Kind.MATTER: MATTERS,
    Kind.DECISION: (*DECISIONS, "d9"),
    Kind.PROCEDURE: PROCEDURES,
    Kind.TEXT: ("clerk", "words"),
}


def values(field: Field, events: tuple[str, ...] = ()) -> st.SearchStrategy[object]:
    """Draw what a field holds, often nothing known; `events` are those it may name."""
    return _values(field.kind, field.choices, events if field.kind is Kind.EVENT else ())


@cache
def _values(
    kind: Kind, words: tuple[str, ...], events: tuple[str, ...]
) -> st.SearchStrategy[object]:
    match kind:
        case Kind.YES_NO:
            return st.sampled_from([True, False, UNKNOWN])
        case Kind.TIME:
            return st.one_of(moments, st.sampled_from([NONE, UNKNOWN]))
        case Kind.CHOICE:
            return st.sampled_from([*words, NONE, UNKNOWN])
        case Kind.TEXT:
            return st.sampled_from([*_NAMES[kind], UNKNOWN])
        case _:
            names = events or ("e0",) if kind is Kind.EVENT else _NAMES[kind]
            several = tuple(dict.fromkeys(names))[:2]
            rare = [several, OneOf(several)] if len(several) > 1 else []
            return st.sampled_from([*names, *names, *rare, NONE, UNKNOWN, UNKNOWN])


def fitting(
    condition: Condition, field: Field, register: Register, rulebook: Rulebook
) -> list[str]:
    """Give the names that a field may hold so that a condition has a chance to hold."""
    names = dict.fromkeys(_NAMES.get(field.kind, ()))
    return [one for one in names if _may_fit(condition, one, register, rulebook)]


def _may_fit(condition: Condition, name: str, register: Register, rulebook: Rulebook) -> bool:
    match condition:
        case Is(path=path, words=words):
            return bool(set(words) & set(_attribute(name, path, register)))
        case Holds(roles=roles):
            covering = [rulebook.roles[role] for role in roles]
            offices = {office for role in covering for office in role.offices}
            kinds = {kind for role in covering for kind in role.bodies}
            return register.kind_of_body(name) in kinds or bool(offices & _held(name, register))
        case SitsOn(bodies=bodies):
            person = register.people.get(name)
            return person is not None and any(
                seat.body in bodies or register.kind_of_body(seat.body) in bodies
                for seat in person.seats
            )
        case HasInterest():
            return name in register.interests_by_person
        case InForce() | Adopted():
            return name in register.decisions_by_id or name in register.procedures_by_id
        case _:
            return True


def _held(name: str, register: Register) -> set[str]:
    person = register.people.get(name)
    return set() if person is None else {office.role for office in person.offices}


def _attribute(name: str, path: Path, register: Register) -> tuple[str, ...]:
    """Give the words that the register has for an attribute, whenever they held."""
    paper, decision = register.papers.get(name), register.decisions_by_id.get(name)
    found: object = ()
    if path.attribute == "office":
        return tuple(_held(name, register))
    if paper is not None and path.attribute == "marked":
        return tuple(one.word for one in paper.marked) if isinstance(paper.marked, tuple) else ()
    if paper is not None:
        found = paper.matter if path.attribute == "matter" else paper.held_by
    elif decision is not None:
        found = decision.subject
    elif name in register.procedures_by_id:
        found = register.procedures_by_id[name].kinds
    return found if isinstance(found, tuple) else ()
