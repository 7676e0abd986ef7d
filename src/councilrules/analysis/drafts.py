"""A situation that is being put together: a few events, and what the register needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from attrs import define, evolve, field

from councilrules.events import UNKNOWN, Event, Kind, OneOf, Proof
from councilrules.history import History, names
from councilrules.periods import Moment, Tenure
from councilrules.register import (
    COUNCIL,
    Body,
    Decision,
    Paper,
    Person,
    Procedure,
    Register,
    Relationship,
)
from councilrules.rules import ParameterValue
from councilrules.scenarios import Assessed, Scenario
from councilrules.vocabulary import kind_of, kinds, written

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from councilrules.register import Interest, Office, Seat
    from councilrules.rules import Rulebook

ZONE = ZoneInfo("Europe/London")
NOON = datetime(2025, 6, 4, 12, tzinfo=ZONE)
"""When the act happens that a situation is about: on a Wednesday, weeks from any holiday."""

LONG_BEFORE = Tenure(since=Moment(*[datetime(2023, 5, 8, 12, tzinfo=ZONE)] * 2))
"""Since when what is not in question has held."""


def at(**later: float) -> Moment:
    """Give the exact moment that is so much later than the act, as `timedelta` counts."""
    instant = NOON + timedelta(**later)
    return Moment(instant, instant)


@define
class DraftedEvent:
    """An event that is being put together; it is left out unless `is_there`."""

    kind: str
    at: Moment
    is_there: bool = True
    proof: Proof = Proof.ESTABLISHED
    held: dict[str, Any] = field(factory=dict)
    proofs: dict[str, Proof] = field(factory=dict)
    answers: dict[str, Any] = field(factory=dict)

    def put(self, name: str, value: object, proof: Proof | None = None) -> None:
        """Let a field hold a value, if events of the kind have that field."""
        kind = kinds()[self.kind]
        found = kind.fields.get(kind.towards if name == "towards" else name)
        if found is not None:
            self.held[found.attribute] = value
            if proof is not None:
                self.proofs[found.name] = proof

    @property
    def is_derived(self) -> bool:
        """Tell whether it stands in the register and not among the events."""
        return kinds()[self.kind].cls.derived

    def made(self, id_: str, there: Collection[str]) -> Event:
        """Give the event, which refers to no event that is not there."""
        kind = kinds()[self.kind]
        dropped = {
            name
            for name in kind.naming.get(Kind.EVENT, ())
            if isinstance(found := self.held.get(name), str) and found not in there
        }
        if kind.name == "judgement-recorded":
            dropped.clear()
        held = {name: value for name, value in self.held.items() if name not in dropped}
        proofs = {written(name) for name in dropped}
        return kind.cls(
            id=id_, at=self.at, proof=self.proof, answers=dict(self.answers), **held,
            proofs={name: proof for name, proof in self.proofs.items() if name not in proofs},
        )  # fmt: skip

    def relationship(self, id_: str) -> Relationship:
        """Give the relationship that it stands for."""
        kind = kinds()[self.kind]
        between = tuple(self.held.get(name, UNKNOWN) for name in ("by", "to"))
        left, right = (
            one if isinstance(one, str) else name
            for one, name in zip(between, ("ann", "cleo"), strict=True)
        )
        word = self.held.get(kind.fields["relationship"].attribute, UNKNOWN)
        return Relationship(
            id=id_, between=(left, right), kind=word if isinstance(word, str) else UNKNOWN,
            tenure=Tenure(since=self.at), proof=self.proof,
        )  # fmt: skip


@define
class Draft:
    """A situation that is being put together.

    Attributes:
        events: The events by id.
        offices: The offices of people by name; likewise seats. `None` where nothing is
            known of somebody.
        papers: What the register says of papers by name; likewise bodies.
        interests: Interests; likewise decisions, procedures and relationships.
        speaks_of: The kinds of entry that the register is complete for.
        unrecorded: The kinds of event that may have gone unrecorded.
        parameters: What parameters are set to.
        in_force: When the rulebook is in force, if that is told.
        as_of: The clock.
    """

    events: dict[str, DraftedEvent] = field(factory=dict)
    offices: dict[str, list[Office] | None] = field(factory=dict)
    seats: dict[str, list[Seat]] = field(factory=dict)
    papers: dict[str, dict[str, Any]] = field(factory=dict)
    bodies: dict[str, Body] = field(factory=dict)
    interests: list[Interest] = field(factory=list)
    decisions: list[Decision] = field(factory=list)
    procedures: list[Procedure] = field(factory=list)
    relationships: list[Relationship] = field(factory=list)
    speaks_of: set[str] = field(factory=set)
    unrecorded: set[str] = field(factory=set)
    parameters: dict[str, ParameterValue] = field(factory=dict)
    in_force: Tenure | None = None
    as_of: datetime = NOON + timedelta(days=60)

    def made(self, rulebooks: tuple[Rulebook, ...], name: str = "") -> Scenario:
        """Give the situation as a scenario that is assessed with some rulebooks."""
        drafted = {id_: one for id_, one in self.events.items() if one.is_there}
        for id_ in [id_ for id_, one in drafted.items() if one.is_derived]:
            self.relationships.append(drafted.pop(id_).relationship(id_))
        there = {*drafted, *(one.id for one in self.relationships)}
        events = tuple(one.made(id_, there) for id_, one in drafted.items())
        return Scenario(
            name=name,
            rulebooks=tuple(
                Assessed(rulebook=self._with_parameters(book), in_force=self.in_force)
                for book in rulebooks
            ),
            register=self._register(events),
            history=History(events=events, as_of=self.as_of, open_kinds=frozenset(self.unrecorded)),
        )

    def _with_parameters(self, rulebook: Rulebook) -> Rulebook:
        changed = {
            name: evolve(rulebook.parameters[name], values=(value,))
            for name, value in self.parameters.items()
            if name in rulebook.parameters
        }
        if not changed:
            return rulebook
        return evolve(rulebook, parameters={**rulebook.parameters, **changed})

    def _register(self, events: tuple[Event, ...]) -> Register:
        spoken = _spoken(events)
        self._add_what_is_named(spoken)
        if "interests" not in self.speaks_of:
            self.interests.clear()
        people = self._people(spoken)
        papers = {
            name: Paper(**self.papers.get(name, _NOT_KNOWN)) for name in spoken[Kind.DOCUMENT]
        }
        by_kind = {
            "people": people, "bodies": self.bodies, "papers": papers,
            "interests": self.interests, "procedures": self.procedures,
            "relationships": self.relationships,
            "decisions": [one for one in self.decisions if not one.is_delegation],
            "delegations": [one for one in self.decisions if one.is_delegation],
        }  # fmt: skip
        return Register(
            people=people,
            bodies=self.bodies,
            papers=papers,
            interests=tuple(self.interests),
            decisions=tuple(self.decisions),
            procedures=tuple(self.procedures),
            relationships=tuple(self.relationships),
            speaks_of=frozenset(
                {kind for kind, listed in by_kind.items() if listed} | self.speaks_of
            ),
        )

    def _add_what_is_named(self, spoken: Mapping[Kind, dict[str, None]]) -> None:
        """Let the register list, as not known, what events name and nothing is said of."""
        since = Tenure(since_unknown=True)
        decided = {one.id for one in self.decisions}
        for name in spoken[Kind.DECISION]:
            if name not in decided:
                self.decisions.append(Decision(id=name, body=UNKNOWN, tenure=since))
        adopted = {one.id for one in self.procedures}
        for name in spoken[Kind.PROCEDURE]:
            if name not in adopted:
                self.procedures.append(Procedure(id=name, kinds=UNKNOWN, tenure=since))
        for name in spoken[Kind.BODY]:
            if name != COUNCIL and name not in self.bodies and name not in self.offices:
                self.bodies[name] = Body(kind="committee")

    def _people(self, spoken: Mapping[Kind, dict[str, None]]) -> dict[str, Person]:
        listed = [name for one in self.relationships for name in one.between]
        listed += [one.of for one in self.interests]
        names_ = dict.fromkeys([*spoken[Kind.PERSON], *listed, *self.offices])
        found: dict[str, Person] = {}
        for name in names_:
            if name == COUNCIL or name in self.bodies:
                continue
            offices = self.offices.get(name, [])
            found[name] = Person(
                offices=tuple(offices or ()),
                seats=tuple(self.seats.get(name, ())),
                is_known=offices is not None,
            )
        return found


_NOT_KNOWN: dict[str, Any] = {"matter": UNKNOWN, "marked": UNKNOWN, "held_by": UNKNOWN}

_LISTED = (Kind.PERSON, Kind.BODY, Kind.DOCUMENT, Kind.DECISION, Kind.PROCEDURE)
"""What events name that the register lists."""


def _spoken(events: tuple[Event, ...]) -> dict[Kind, dict[str, None]]:
    """Give the names that events use, by what they name."""
    found: dict[Kind, dict[str, None]] = {kind: {} for kind in _LISTED}
    for event in events:
        for kind, attributes in kind_of(event).naming.items():
            if kind in found:
                for raw in (getattr(event, one) for one in attributes):
                    listed = raw.names if isinstance(raw, OneOf) else names(raw)
                    found[kind].update(dict.fromkeys(listed))
    return found
