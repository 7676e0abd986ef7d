"""Checks of a whole scenario: names, references, ids, judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.errors import Place, nearest
from councilrules.events import Kind, OneOf
from councilrules.events.record import JudgementRecorded
from councilrules.history import names
from councilrules.register import COUNCIL
from councilrules.register import KINDS as REGISTER_KINDS
from councilrules.scenarios._register_checks import check_register
from councilrules.scenarios._written import Written, texts
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from councilrules.events import Event
    from councilrules.reading import Reading
    from councilrules.register import Register
    from councilrules.rules import Rulebook
    from councilrules.scenarios._model import Expected, Scenario

__all__ = ["Written", "check_scenario"]

_WHAT = {
    Kind.PERSON: "person or body",
    Kind.BODY: "body",
    Kind.DOCUMENT: "paper",
    Kind.DECISION: "decision or delegation",
    Kind.PROCEDURE: "procedure",
    Kind.EVENT: "event",
}
CHECKS = {kind: f"unknown-{what.split()[0]}" for kind, what in _WHAT.items()} | {
    Kind.EVENT: "no-such-event",
}
_HOME = {
    Kind.PERSON: "register.people (`{name}: {{holds: nothing}}` for somebody without office)",
    Kind.BODY: "register.bodies",
    Kind.DOCUMENT: "register.papers",
    Kind.DECISION: "register.decisions",
    Kind.PROCEDURE: "register.procedures",
    Kind.EVENT: "events",
}


def check_scenario(
    scenario: Scenario, written: Written, reading: Reading, *, are_read: bool
) -> None:
    """Note everything in a scenario that names what is not there, or cannot be.

    Args:
        scenario: What could be read of it.
        written: Where that stands.
        reading: What gathers the faults.
        are_read: Whether all its rulebooks could be read; if not, nothing is said of
            clauses.
    """
    books = tuple(one.rulebook for one in scenario.rulebooks)
    _events_once(scenario, written, reading)
    _names_are_there(scenario, written, reading)
    check_register(written, books if are_read else (), reading)
    if are_read:
        _clauses_are_there(scenario, written, reading)
        _expected_are_there(scenario, written, reading)
    _judges_are_free(scenario, written, reading)


def _events_once(scenario: Scenario, written: Written, reading: Reading) -> None:
    seen: dict[str, Event] = {}
    for event in scenario.history.events:
        first = seen.setdefault(event.id, event)
        if first is not event and first != event:
            line = 0 if first.place is None else first.place.line
            reading.complain(
                "duplicate-event", written.of(event, "id"),
                f"two different events have the id `{event.id}`",
                f"the first is at line {line}; give each event an id of its own",
            )  # fmt: skip


def _known(register: Register, written: Written) -> dict[Kind, Collection[str]]:
    """Give all names there are, by what they name, with those of entries that have a fault."""
    bodies = {COUNCIL, *written.named("bodies")}
    relationships = {one.id for one in register.relationships}
    return {
        Kind.PERSON: {*written.named("people"), *bodies},
        Kind.BODY: bodies,
        Kind.DOCUMENT: set(written.named("papers")),
        Kind.DECISION: register.decisions_by_id.keys(),
        Kind.PROCEDURE: register.procedures_by_id.keys(),
        Kind.EVENT: {*written.event_ids, *relationships},
    }


def _names_are_there(scenario: Scenario, written: Written, reading: Reading) -> None:
    """Object to a name that neither the register nor the history has (P1).

    In a log it names somebody of unknown offices, or something unknown.
    """
    register = scenario.register
    known = _known(register, written)
    capacities = {"private", "another-body", *_roles(scenario), *_offices(register)}
    for event in () if written.is_logged else scenario.history.events:
        for field, name, kind in _references(event):
            allowed = {*known[kind], *(capacities if field == "as" else ())}
            if field == "on" and isinstance(event, JudgementRecorded):
                allowed |= set(REGISTER_KINDS)
            if name not in allowed:
                remedy = nearest(name, allowed) or f"add it to {_HOME[kind].format(name=name)}"
                reading.complain(
                    CHECKS[kind],
                    written.of(event, field, name),
                    f"`{event.id}` names the {_WHAT[kind]} `{name}` under `{field}`, which is not there",
                    remedy,
                )
    for node in texts(written.value("complainant")):
        if node.value and node.value not in known[Kind.PERSON]:
            remedy = (
                nearest(node.value, known[Kind.PERSON])
                or f"add it to {_HOME[Kind.PERSON].format(name=node.value)}"
            )
            reading.complain(
                "unknown-person", node, f"the complainant `{node.value}` is not there", remedy
            )


def _references(event: Event) -> Iterator[tuple[str, str, Kind]]:
    for name, field in kind_of(event).fields.items():
        if field.kind in _WHAT:
            raw = getattr(event, field.attribute)
            for one in raw.names if isinstance(raw, OneOf) else names(raw):
                yield name, one, field.kind


def _roles(scenario: Scenario) -> set[str]:
    return {role for one in scenario.rulebooks for role in one.rulebook.roles}


def _offices(register: Register) -> set[str]:
    return {office.role for person in register.people.values() for office in person.offices}


def _clauses_are_there(scenario: Scenario, written: Written, reading: Reading) -> None:
    books = {one.rulebook.id: one.rulebook for one in scenario.rulebooks}
    for expected in scenario.expected:
        book = books.get(expected.rulebook)
        if book is None:
            reading.complain(
                "unknown-rulebook",
                expected.place,
                f"the scenario is not assessed with `{expected.rulebook}`",
                nearest(expected.rulebook, books) or "add it to `rulebooks`",
            )
            continue
        _clause_is_there(book, expected.clause, expected.rule, expected.place, reading)
    for node in texts(written.value("examine")):
        rulebook, _, clause = node.value.partition("/")
        if not clause:
            reading.complain(
                "not-a-clause",
                node,
                f"`{node.value}` names no clause",
                "write `RULEBOOK/CLAUSE`, such as `twywell/4.1`",
            )
        elif rulebook in books:
            _clause_is_there(books[rulebook], clause, None, node.place, reading)
        else:
            reading.complain(
                "unknown-rulebook",
                node,
                f"the scenario is not assessed with `{rulebook}`",
                nearest(rulebook, books) or "add it to `rulebooks`",
            )


def _clause_is_there(
    book: Rulebook, clause: str, rule: str | None, place: Place, reading: Reading
) -> None:
    if clause not in book.by_id:
        reading.complain(
            "unknown-clause",
            place,
            f"`{book.id}` has no clause `{clause}`",
            nearest(clause, book.by_id)
            or f"`councilrules coverage {book.id}` lists the clauses that have rules",
        )
    elif rule is not None:
        known = [one.id for one in book[clause].rules]
        if rule not in known:
            reading.complain(
                "unknown-rule",
                place,
                f"clause `{clause}` has no rule `{rule}`",
                nearest(rule, known)
                or f"it has {', '.join(f'`{one}`' for one in known) or 'none'}",
            )


def _expected_are_there(scenario: Scenario, written: Written, reading: Reading) -> None:
    """Object to an expectation about a person or an event that the scenario lacks."""
    known = _known(scenario.register, written)
    for expectation in scenario.expected:
        for one in expectation.findings:
            if not written.is_logged:
                _person_is_there(one, known[Kind.PERSON], reading)
            _event_is_there(one, known[Kind.EVENT], reading)


def _person_is_there(one: Expected, known: Collection[str], reading: Reading) -> None:
    if one.bearer is not None and one.bearer not in known:
        reading.complain(
            "unknown-person",
            one.place,
            f"`{one.bearer}`, of whom something is expected, is not there",
            nearest(one.bearer, known) or "name a person or body of the register, or `not_known`",
        )


def _event_is_there(one: Expected, known: Collection[str], reading: Reading) -> None:
    # A standing duty's case is named by the kind of entry and a day, as `procedures@2025-01-01`.
    if one.on is not None and "@" not in one.on and one.on not in known:
        reading.complain(
            "no-such-event",
            one.place,
            f"the event `{one.on}`, on which something is expected, is not there",
            nearest(one.on, known) or "name the id of an event",
        )


def _judges_are_free(scenario: Scenario, written: Written, reading: Reading) -> None:
    """Object to a judgement by whom it is about, or by whoever complained (P8)."""
    by_id = {event.id: event for event in scenario.history.events}
    for event in scenario.history.events:
        if not isinstance(event, JudgementRecorded):
            continue
        _course_is_there(event, by_id, written, reading)
        barred = dict.fromkeys(scenario.history.complainants, "who complained")
        for on in names(event.on):
            concerned = _concerned(scenario, on, by_id)
            barred |= dict.fromkeys(concerned, "whose conduct it is about")
        for judge in names(event.by):
            if judge in barred:
                reading.complain(
                    "judge-in-own-cause",
                    written.of(event, "by", judge),
                    f"`{event.id}` is a judgement by `{judge}`, {barred[judge]}",
                    "somebody else has to answer the question",
                )


def _course_is_there(
    event: JudgementRecorded, by_id: dict[str, Event], written: Written, reading: Reading
) -> None:
    """Object to a judgement on several events that nobody put forward as one course."""
    acts = set(names(event.on))
    if len(acts) < 2 or any(set(names(getattr(one, "acts", ()))) == acts for one in by_id.values()):  # noqa: PLR2004 - a single event is no course
        return
    if acts <= by_id.keys():
        reading.complain(
            "judgement-on-no-course",
            written.of(event, "on"),
            f"`{event.id}` judges several events, which no `course-of-conduct` puts forward as one",
            "add an event `course-of-conduct` with these `acts`",
        )


def _concerned(scenario: Scenario, on: str, by_id: dict[str, Event]) -> set[str]:
    """Give those who answer for what is judged: an event, a relationship, a standing duty."""
    if on in by_id:
        return _answerable(scenario, by_id[on])
    if on in REGISTER_KINDS:
        return {COUNCIL}
    held = (one for one in scenario.register.relationships if one.id == on)
    return {name for one in held for name in one.between}


def _answerable(scenario: Scenario, event: Event) -> set[str]:
    """Give those who answer for an event under some rule on events of its kind."""
    kind = kind_of(event)
    fields = {"by"} | {
        rule.bearer
        for one in scenario.rulebooks
        for rule in one.rulebook.rules
        if rule.bearer is not None and kind.name in rule.trigger.kinds
    }
    found: set[str] = set()
    for name in fields:
        if name in kind.fields:
            raw = getattr(event, kind.fields[name].attribute)
            found |= set(raw.names if isinstance(raw, OneOf) else names(raw))
    return found
