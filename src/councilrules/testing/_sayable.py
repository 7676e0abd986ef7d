"""Makes of a drawn scenario what a file can say, changing as little as that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from councilrules.events import NONE, UNKNOWN, Kind, OneOf, Proof
from councilrules.events.record import JudgementRecorded
from councilrules.history import names
from councilrules.periods import Tenure
from councilrules.register import COUNCIL, Body, Decision, Listed, Paper, Person, Procedure
from councilrules.testing._facts import changed_event
from councilrules.vocabulary import QUESTIONS, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.events import Event
    from councilrules.register import Register
    from councilrules.scenarios import Scenario

_LISTS = ("people", "bodies", "papers", "interests", "relationships", "procedures", "reviews")


def sayable(scenario: Scenario) -> Scenario:
    """Give the scenario as a file can say it.

    Every name is listed, and the register is complete for the kinds that it has entries
    of; judgements are whole, and by somebody whom nothing else is about.
    """
    books = [one.rulebook for one in scenario.rulebooks]
    questions = sorted({name for book in books for name in book.questions} or QUESTIONS)
    events = tuple(
        _judged_by_another(_with_known_proofs(event), questions)
        for event in scenario.history.events
    )
    offices = {role for book in books for role in book.roles}
    register = _with_names(_register(scenario.register), events, offices)
    return evolve(
        scenario, register=_complete(register), history=evolve(scenario.history, events=events)
    )


def _with_known_proofs(event: Event) -> Event:
    """Leave nothing not known that is alleged all the same."""
    vague = {
        one.name
        for one in kind_of(event).fields.values()
        if getattr(event, one.attribute) is UNKNOWN
    }
    proofs = {
        name: Proof.NOT_KNOWN if name in vague else proof for name, proof in event.proofs.items()
    }
    return changed_event(event, proofs=proofs)


def _judged_by_another(event: Event, questions: list[str]) -> Event:
    if not isinstance(event, JudgementRecorded):
        return event
    asked = event.question if event.question in questions else questions[0]
    unsure = {"answer": Proof.NOT_KNOWN} if event.answer is UNKNOWN else {}
    return changed_event(
        event,
        by=f"judge-of-{event.id}",
        on=next((name for name in names(event.on) if name != event.id), "procedures"),
        question=asked,
        proofs={name: proof for name, proof in event.proofs.items() if name not in _WHOLE} | unsure,
    )


_WHOLE = ("by", "on", "question")


def _register(register: Register) -> Register:
    interests = tuple(
        evolve(
            one,
            kinds=_some(one.kinds),
            known=Tenure(since=one.known.since, since_unknown=one.known.since_unknown),
        )
        for one in register.interests
    )
    procedures = tuple(evolve(one, kinds=_some(one.kinds)) for one in register.procedures)
    return evolve(register, interests=interests, procedures=procedures)


def _some(kinds: Listed) -> Listed:
    return UNKNOWN if kinds is NONE else kinds


def _with_names(register: Register, events: tuple[Event, ...], roles: set[str]) -> Register:
    """List everybody and everything that an event names."""
    named = set(_named_in(events))
    offices = {one.role for person in register.people.values() for one in person.offices}
    capacities = {"private", "another-body", *roles, *offices}

    def new(kind: Kind, *known: Iterable[str]) -> list[str]:
        return sorted({name for of, name in named if of is kind} - {COUNCIL}.union(*known))

    bodies = {
        **register.bodies,
        **{one: Body(kind=UNKNOWN) for one in new(Kind.BODY, register.bodies)},
    }
    people = new(Kind.PERSON, register.people, bodies, capacities)
    changed: dict[str, Any] = {
        "bodies": bodies,
        "people": {**register.people, **dict.fromkeys(people, Person())},
        "papers": {
            **register.papers,
            **dict.fromkeys(new(Kind.DOCUMENT, register.papers), Paper()),
        },
        "decisions": (
            *(Decision(id=one) for one in new(Kind.DECISION, register.decisions_by_id)),
            *register.decisions,
        ),
        "procedures": (
            *register.procedures,
            *(
                Procedure(id=one, kinds=UNKNOWN)
                for one in new(Kind.PROCEDURE, register.procedures_by_id)
            ),
        ),
    }
    return evolve(register, **changed)


def _named_in(events: tuple[Event, ...]) -> Iterator[tuple[Kind, str]]:
    for event in events:
        for field in kind_of(event).fields.values():
            raw = getattr(event, field.attribute)
            for name in raw.names if isinstance(raw, OneOf) else names(raw):
                yield field.kind, name


def _complete(register: Register) -> Register:
    """Let a register be complete for the kinds that it has entries of."""
    held = {kind for kind in _LISTS if getattr(register, kind)} | {
        "delegations" if one.is_delegation else "decisions" for one in register.decisions
    }
    return evolve(register, speaks_of=register.speaks_of | held)
