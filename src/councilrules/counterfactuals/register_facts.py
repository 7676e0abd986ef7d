"""Single facts of the register, each with what it would be instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from councilrules.register import Engagement, Interest, Person

if TYPE_CHECKING:
    from councilrules.events import Proof
    from councilrules.periods import Tenure
    from councilrules.register import Marking, Office, Register, Seat
    from councilrules.scenarios import Scenario


def _with_register(scenario: Scenario, **values: Any) -> Scenario:  # noqa: ANN401 - kinds of entry differ
    return evolve(scenario, register=evolve(scenario.register, **values))


def _person(register: Register, name: str) -> Person:
    found = register.people.get(name)
    return Person() if found is None else evolve(found, is_known=True)


@frozen
class HeldOffice:
    """A person held an office, or sat on a body."""

    person: str
    office: Office | None = None
    seat: Seat | None = None

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        register = scenario.register
        found = _person(register, self.person)
        offices = found.offices if self.office is None else (*found.offices, self.office)
        seats = found.seats if self.seat is None else (*found.seats, self.seat)
        changed = evolve(found, offices=offices, seats=seats)
        return _with_register(scenario, people={**register.people, self.person: changed})


@frozen
class HeldNone:
    """A person held none of some offices, or sat on none of some bodies."""

    person: str
    roles: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        register = scenario.register
        found = _person(register, self.person)
        changed = evolve(
            found,
            offices=tuple(one for one in found.offices if one.role not in self.roles),
            seats=tuple(one for one in found.seats if one.body not in self.bodies),
        )
        return _with_register(scenario, people={**register.people, self.person: changed})


@frozen
class OfficesLasted:
    """The offices of a person that some roles cover lasted from then to then."""

    person: str
    roles: tuple[str, ...]
    tenure: Tenure

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        register = scenario.register
        found = _person(register, self.person)
        offices = tuple(
            evolve(one, tenure=self.tenure) if one.role in self.roles else one
            for one in found.offices
        )
        people = {**register.people, self.person: evolve(found, offices=offices)}
        return _with_register(scenario, people=people)


@frozen
class EntryHeld:
    """An entry of a kind stood on the register instead of another, or of none."""

    kind: str
    before: Any
    after: Any

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        register = scenario.register
        entries = [one for one in getattr(register, self.kind) if one != self.before]
        if self.after is not None:
            entries.append(self.after)
        return _with_register(
            scenario,
            speaks_of=register.speaks_of | {self.kind},
            **{self.kind: tuple(entries)},
        )


@frozen
class SpokenOf:
    """The register is complete for some kinds of entry."""

    kinds: frozenset[str]

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        return _with_register(scenario, speaks_of=scenario.register.speaks_of | self.kinds)


@frozen
class ThingWas:
    """A paper or a body was otherwise."""

    kind: str
    name: str
    attribute: str
    value: tuple[str, ...] | tuple[Marking, ...] | str

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        things = getattr(scenario.register, self.kind)
        found = things.get(self.name)
        if found is None:
            return scenario
        changed = evolve(found, **{self.attribute: self.value})
        return _with_register(scenario, **{self.kind: {**things, self.name: changed}})


@frozen
class EngagedAs:
    """A member of staff was engaged so, all the time."""

    person: str
    how: str

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        register = scenario.register
        found = _person(register, self.person)
        engaged = (Engagement(how=self.how),)
        offices = tuple(evolve(one, engaged=engaged) for one in found.offices)
        people = {**register.people, self.person: evolve(found, offices=offices)}
        return _with_register(scenario, people=people)


@frozen
class EntryProved:
    """What the register has of something is proved as well as this."""

    of: str
    kind: str
    proof: Proof

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        register = scenario.register
        values: dict[str, Any] = {
            kind: tuple(self._proved(one) for one in getattr(register, kind))
            for kind in ("interests", "decisions", "procedures", "relationships")
        }
        people, papers = dict(register.people), dict(register.papers)
        if self.of in people and self.kind != "interests":
            found = people[self.of]
            people[self.of] = evolve(
                found,
                offices=tuple(evolve(one, proof=self.proof) for one in found.offices),
                seats=tuple(evolve(one, proof=self.proof) for one in found.seats),
            )
        paper = papers.get(self.of)
        if paper is not None and isinstance(paper.marked, tuple):
            marked = tuple(evolve(one, proof=self.proof) for one in paper.marked)
            papers[self.of] = evolve(paper, marked=marked)
        return _with_register(scenario, people=people, papers=papers, **values)

    def _proved(self, entry: Any) -> Any:  # noqa: ANN401 - kinds of entry differ
        is_meant = self.of == (entry.of if isinstance(entry, Interest) else entry.id)
        return evolve(entry, proof=self.proof) if is_meant else entry
