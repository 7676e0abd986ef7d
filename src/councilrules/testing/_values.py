"""What the fields of an event may hold, and which names would fit a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.events import NONE, UNKNOWN, Kind, OneOf
from councilrules.register import ANYTHING, COUNCIL
from councilrules.rules import (
    Adopted,
    HasInterest,
    Holds,
    InForce,
    Is,
    SitsOn,
    TookOfficeSince,
)
from councilrules.testing._cast import MATTERS, STRANGER
from councilrules.testing._picking import below, pick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis import strategies as st

    from councilrules.register import Listed, Office, Register
    from councilrules.rules import Condition, Path, Rulebook
    from councilrules.testing._times import Times
    from councilrules.vocabulary import Field


@frozen(kw_only=True)
class Names:
    """The names that fields can hold: what a register lists, and a little that it does not."""

    people: tuple[str, ...]
    bodies: tuple[str, ...]
    papers: tuple[str, ...]
    matters: tuple[str, ...]
    decisions: tuple[str, ...]
    procedures: tuple[str, ...]
    capacities: tuple[str, ...]

    def of(self, kind: Kind) -> tuple[str, ...]:
        """Give the names for a kind of thing, those more often drawn more than once."""
        match kind:
            case Kind.PERSON:
                return (*self.people, *self.people, STRANGER, COUNCIL, *self.bodies)
            case Kind.BODY:
                return (COUNCIL, *self.bodies)
            case Kind.DOCUMENT:
                return (*self.papers, "draft")
            case Kind.MATTER:
                return self.matters
            case Kind.DECISION:
                return (*self.decisions, "d9")
            case Kind.PROCEDURE:
                return (*self.procedures, "p9")
            case Kind.TEXT:
                return (*self.capacities[:1], "words")
            case _:
                return ()


def names_in(register: Register) -> Names:
    """Give the names that a register lists, in its order."""
    offices = dict.fromkeys(one.role for one in _offices(register))
    matters = [word for one in register.papers.values() for word in words_of(one.matter)]
    matters += [word for one in register.interests for word in words_of(one.matter)]
    matters += [word for one in register.decisions for word in words_of(one.subject)]
    return Names(
        people=tuple(register.people),
        bodies=tuple(name for name in register.bodies if name != COUNCIL),
        papers=tuple(register.papers),
        matters=tuple(dict.fromkeys(one for one in (*MATTERS, *matters) if one != ANYTHING)),
        decisions=tuple(register.decisions_by_id),
        procedures=tuple(register.procedures_by_id),
        capacities=(*list(offices)[:2], COUNCIL, "private", "another-body"),
    )


def _offices(register: Register) -> Iterator[Office]:
    return (office for person in register.people.values() for office in person.offices)


def words_of(listed: Listed) -> tuple[str, ...]:
    """Give the words of an entry; none where it is empty or not known."""
    return listed if isinstance(listed, tuple) else ()


def value(
    draw: st.DrawFn, field: Field, names: Names, times: Times, events: tuple[str, ...]
) -> object:
    """Draw what a field holds, often nothing known; `events` are those it may name."""
    match field.kind:
        case Kind.TIME:
            how = draw(below(4))
            return (NONE, UNKNOWN)[how - 2] if how > 1 else times.moment(draw)
        case Kind.YES_NO:
            return pick(draw, (True, False, UNKNOWN))
        case Kind.CHOICE:
            return pick(draw, (*field.choices, NONE, UNKNOWN))
        case Kind.TEXT:
            return pick(draw, (*names.of(field.kind), UNKNOWN))
        case _ if field.name == "as":
            return pick(draw, names.capacities)
        case kind:
            return pick(draw, _named(events or ("e0",) if kind is Kind.EVENT else names.of(kind)))


def _named(names: tuple[str, ...]) -> tuple[object, ...]:
    """Give names as a field may hold them: one, several, one of several, none, not known."""
    several = tuple(dict.fromkeys(names))[:2]
    rare = [several, OneOf(several)] if len(several) > 1 else []
    return (*names, *names, *rare, NONE, UNKNOWN, UNKNOWN)


# --- what would fit ---------------------------------------------------------------


@frozen(kw_only=True)
class Fitting:
    """Tells which names give a condition a chance to hold.

    Attributes:
        rulebook: What its role words cover.
        register: What it says of everybody and everything.
        names: The names in it.
    """

    rulebook: Rulebook
    register: Register
    names: Names

    def fitting(self, condition: Condition, field: Field) -> list[str]:
        """Give the names that a field may hold so that a condition may hold."""
        names = dict.fromkeys(self.names.of(field.kind))
        return [one for one in names if self._may_fit(condition, one)]

    def _may_fit(self, condition: Condition, name: str) -> bool:
        register = self.register
        match condition:
            case Is(path=path, words=words):
                return bool(set(words) & set(self._attribute(name, path)))
            case Holds(roles=roles, of=of):
                return self.may_hold(name, roles, of)
            case TookOfficeSince(roles=roles):
                covered = {office for one in roles for office in self.rulebook.roles[one].offices}
                held = [one for one in self.offices(name) if one.role in covered]
                return any(one.tenure.since is not None for one in held)
            case SitsOn(bodies=bodies):
                person = register.people.get(name)
                return person is not None and any(
                    seat.body in bodies or register.kind_of_body(seat.body) in bodies
                    for seat in person.seats
                )
            case HasInterest(kinds=kinds):
                interests = register.interests_by_person.get(name, ())
                return any({*kinds} & {*words_of(one.kinds)} for one in interests)
            case InForce() | Adopted():
                return name in register.decisions_by_id or name in register.procedures_by_id
            case _:
                return True

    def may_hold(self, name: str, roles: tuple[str, ...], of: str | None = None) -> bool:
        """Tell whether somebody ever held one of the roles, or a body is one."""
        kind = self.register.kind_of_body(name)
        covered = [self.rulebook.roles[role] for role in roles]
        return any(
            kind in role.bodies
            or any(
                office.role in role.offices
                and self._is_of(office, role.of)
                and self._is_of(office, of)
                for office in self.offices(name)
            )
            for role in covered
        )

    def _is_of(self, office: Office, of: str | None) -> bool:
        return of is None or of in {office.of, self.register.kind_of_body(office.of)}

    def offices(self, name: str) -> tuple[Office, ...]:
        """Give the offices that somebody ever held."""
        person = self.register.people.get(name)
        return () if person is None else person.offices

    def _attribute(self, name: str, path: Path) -> tuple[str, ...]:
        """Give the words that the register has for an attribute, whenever they held."""
        paper = self.register.papers.get(name)
        decision = self.register.decisions_by_id.get(name)
        procedure = self.register.procedures_by_id.get(name)
        if path.attribute == "office":
            return tuple(office.role for office in self.offices(name))
        if paper is not None:
            if path.attribute == "marked":
                marked = paper.marked if isinstance(paper.marked, tuple) else ()
                return tuple(one.word for one in marked)
            return words_of(paper.matter if path.attribute == "matter" else paper.held_by)
        if decision is not None:
            return words_of(decision.subject)
        return () if procedure is None else words_of(procedure.kinds)
