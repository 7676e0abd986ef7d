"""The scenarios that differ from a given one in one fact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from attrs import evolve

from councilrules.events import NONE, UNKNOWN, Kind
from councilrules.history import names
from councilrules.periods import Allowance, Moment, Tenure
from councilrules.register import ALWAYS, COUNCIL, Marking, Office, Person
from councilrules.rules import Holds, Is, ParameterValue, TookOfficeSince
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.events import Event
    from councilrules.register import Register
    from councilrules.rules import Rule, Rulebook
    from councilrules.scenarios import Scenario
    from councilrules.vocabulary import Field


DAY = timedelta(days=1)
_LONG_BEFORE = datetime(2000, 6, 5, 12, tzinfo=UTC)


def changed(scenario: Scenario, rule: Rule, rulebook: Rulebook) -> Iterator[Scenario]:
    """Give the scenarios that differ in one fact, as far as a rule may tell them apart."""
    history, register = scenario.history, scenario.register
    for place, event in enumerate(history.events):
        for other in _events(event, scenario, rule):
            events = (*history.events[:place], other, *history.events[place + 1 :])
            yield evolve(scenario, history=evolve(history, events=events))
        if not _is_referred_to(event, history.events):
            events = (*history.events[:place], *history.events[place + 1 :])
            yield evolve(scenario, history=evolve(history, events=events))
    for other_register in _registers(register, rule, rulebook):
        yield evolve(scenario, register=other_register)
    yield from _times(scenario, rule)


def _times(scenario: Scenario, rule: Rule) -> Iterator[Scenario]:
    """Give what differs in when things are: the other events, the clock, what is set."""
    history = scenario.history
    if not history.events:
        return
    first = history.events[0].at
    for place, event in enumerate(history.events):
        for instant in (first.first - DAY, first.last + DAY / 24, first.last + 40 * DAY):
            other = evolve(event, at=Moment(instant, instant))  # type: ignore[misc]
            events = (*history.events[:place], other, *history.events[place + 1 :])
            yield evolve(scenario, history=evolve(history, events=events))
    for later in (DAY / 24, 90 * DAY):
        yield evolve(scenario, history=evolve(history, as_of=first.last + later))
    force = Tenure(since=Moment(*[history.events[-1].at.last + 90 * DAY] * 2))
    yield evolve(
        scenario, rulebooks=tuple(evolve(one, in_force=force) for one in scenario.rulebooks)
    )
    if rule.is_duty:
        until = Tenure(until=Moment(*[first.last + DAY] * 2))
        for name, person in scenario.register.people.items():
            offices = tuple(evolve(one, tenure=until) for one in person.offices)
            people = {**scenario.register.people, name: evolve(person, offices=offices)}
            yield evolve(scenario, register=evolve(scenario.register, people=people))


def _is_referred_to(event: Event, among: tuple[Event, ...]) -> bool:
    return any(
        event.id in names(getattr(one, field.attribute))
        for one in among
        for field in kind_of(one).fields.values()
        if field.kind is Kind.EVENT
    )


# --- events -------------------------------------------------------------------------


def _events(event: Event, scenario: Scenario, rule: Rule) -> Iterator[Event]:
    for question in sorted(rule.questions):
        for answer in (True, False):
            if event.answers.get(question) is not answer:
                yield evolve(event, answers={**event.answers, question: answer})  # type: ignore[misc]
    for field in kind_of(event).fields.values():
        if field.name in {"repeats", "on-instruction-of"}:
            continue
        now = getattr(event, field.attribute)
        proofs = {name: one for name, one in event.proofs.items() if name != field.name}
        for value in _values(field, event, scenario, rule):
            if value != now:
                yield evolve(event, proofs=proofs, **{field.attribute: value})  # type: ignore[misc]


def _values(field: Field, event: Event, scenario: Scenario, rule: Rule) -> Iterator[Any]:
    register = scenario.register
    match field.kind:
        case Kind.YES_NO:
            yield from (True, False)
        case Kind.CHOICE:
            asked = _asked(rule, field.name)
            yield from asked
            yield from (word for word in field.choices if word not in asked)
        case Kind.PERSON | Kind.BODY:
            if field.name == "as":
                yield "private"
                return
            used = [name for one in scenario.history.events for name in names(one.by)]
            yield from dict.fromkeys((*used, *register.people, *register.bodies, COUNCIL))
            yield NONE
        case Kind.EVENT:
            yield from (one.id for one in scenario.history.events if one.id != event.id)
            yield NONE
        case Kind.DOCUMENT:
            yield from register.papers
        case Kind.MATTER:
            yield from ("allotments", "footpaths", NONE)
        case Kind.DECISION:
            yield from (one.id for one in register.decisions)
            yield NONE
        case Kind.PROCEDURE:
            yield from (one.id for one in register.procedures)
            yield NONE
        case Kind.TEXT:
            yield from (*_asked(rule, field.name), "other words", NONE)
        case _:
            return


def _asked(rule: Rule, name: str) -> tuple[str, ...]:
    """Give the words that a rule asks of a field."""
    found = (one for one in rule.conditions if isinstance(one, Is) and one.path.field == name)
    return tuple(dict.fromkeys(word for one in found for word in one.words))


# --- the register -------------------------------------------------------------------


def _registers(register: Register, rule: Rule, rulebook: Rulebook) -> Iterator[Register]:
    for name, person in register.people.items():
        for other in _people(person, rule, rulebook):
            if other != person:
                yield evolve(register, people={**register.people, name: other})
    for name, paper in register.papers.items():
        for changes in (
            {"marked": ()}, {"held_by": ("somebody-else",)}, {"matter": ("allotments",)},
            {"marked": (Marking(word="other-secrecy"),)}, {"held_by": (COUNCIL,)},
        ):  # fmt: skip
            yield evolve(register, papers={**register.papers, name: evolve(paper, **changes)})
    for name, body in register.bodies.items():
        for kind in ("committee", "group", "panel"):
            if kind != body.kind:
                yield evolve(register, bodies={**register.bodies, name: evolve(body, kind=kind)})
        yield evolve(
            register, bodies={**register.bodies, name: evolve(body, terms=("allotments",))}
        )
    for kind in ("interests", "decisions", "procedures", "relationships"):
        entries = getattr(register, kind)
        for place, entry in enumerate(entries):
            rest = (*entries[:place], *entries[place + 1 :])
            yield _with(register, kind, rest)
            for changes in _ENTRIES.get(kind, ()):
                other = evolve(entry, **changes)
                yield _with(register, kind, (*entries[:place], other, *entries[place + 1 :]))


def _with(register: Register, kind: str, entries: tuple[Any, ...]) -> Register:
    changes: dict[str, Any] = {kind: entries}
    return evolve(register, **changes)


_ENTRIES: dict[str, tuple[dict[str, Any], ...]] = {
    "interests": ({"kinds": ("other",)}, {"kinds": ("personal",)}, {"matter": ("allotments",)}),
    "procedures": ({"kinds": ("other",)},),
    "relationships": (
        {"kind": "family"}, {"kind": "personal-familiarity"}, {"kind": "special-relationship"},
        {"kind": UNKNOWN}, {"tenure": Tenure(since=Moment(*[_LONG_BEFORE] * 2))},
    ),
    "decisions": ({"subject": ("allotments",)},),
}  # fmt: skip


def _people(person: Person, rule: Rule, rulebook: Rulebook) -> Iterator[Person]:
    yield evolve(person, offices=(), seats=())
    held = [one for one in rule.conditions if isinstance(one, (Holds, TookOfficeSince))]
    roles = dict.fromkeys((*rule.roles, *(role for one in held for role in one.roles)))
    tenure = person.offices[0].tenure if person.offices else ALWAYS
    for role in roles:
        for office in rulebook.roles[role].offices[:2]:
            yield Person(offices=(Office(role=office, tenure=tenure),), seats=person.seats)
    if person.offices and any(isinstance(one, TookOfficeSince) for one in rule.conditions):
        yield evolve(person, offices=tuple(evolve(one, tenure=ALWAYS) for one in person.offices))
    if person.seats:
        yield evolve(person, seats=())
        yield evolve(
            person, seats=tuple(evolve(one, for_=("another-post",)) for one in person.seats)
        )


def with_time_allowed(scenario: Scenario, rule: Rule) -> Scenario:
    """Give a scenario in which the council allows a few working days for a duty."""

    def allowing(rulebook: Rulebook) -> Rulebook:
        found = rulebook.parameters.get(rule.within or "")
        if found is None:
            return rulebook
        allowed = Allowance(
            number=5, unit="working-days", counting="first-day-out", calendar=rulebook.calendar
        )
        value = ParameterValue(allowance=allowed, tenure=ALWAYS)
        parameters = {**rulebook.parameters, found.name: evolve(found, values=(value,))}
        return evolve(rulebook, parameters=parameters)

    books = tuple(evolve(one, rulebook=allowing(one.rulebook)) for one in scenario.rulebooks)
    return evolve(scenario, rulebooks=books)


def trimmed(scenario: Scenario) -> Scenario:
    """Leave out of the register the people, bodies and papers that nothing mentions."""
    register = scenario.register
    told: dict[str, None] = {}
    for event in scenario.history.events:
        for field in kind_of(event).fields.values():
            told.update(dict.fromkeys(names(getattr(event, field.attribute))))
    for entry in (*register.interests, *register.relationships, *register.decisions):
        for value in (getattr(entry, name, ()) for name in ("of", "between", "to", "over", "body")):
            told.update(dict.fromkeys((value,) if isinstance(value, str) else _tuple(value)))
    told.update(dict.fromkeys(one.of for name in told if name in register.people
                              for one in register.people[name].offices))  # fmt: skip
    told.update(dict.fromkeys(one.body for name in told if name in register.people
                              for one in register.people[name].seats))  # fmt: skip
    told.update(
        dict.fromkeys(one for paper in register.papers.values() for one in _tuple(paper.held_by))
    )
    kept: dict[str, Any] = {
        kind: {name: one for name, one in getattr(register, kind).items() if name in told}
        for kind in ("people", "bodies", "papers")
    }
    return evolve(scenario, register=evolve(register, **kept))


def _tuple(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()
