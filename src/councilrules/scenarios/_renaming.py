"""A scenario with other names in it, wherever it holds a name, an id or a text."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Protocol

from attrs import evolve, fields

from councilrules.errors import Place
from councilrules.events import Event, Kind, OneOf
from councilrules.history import History
from councilrules.register import KINDS as REGISTER_KINDS
from councilrules.register import Body, Decision, Office, Paper, Person, Register, Seat
from councilrules.scenarios._model import Assessed, Expectation, Expected, Scenario
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

_APART = frozenset({"id", "at", "until", "proof", "source", "act", "answers", "proofs", "place"})


class Names(Protocol):
    """What each name, id and text of a scenario becomes."""

    def person(self, name: str) -> str:
        """Give what a person is called; a body, or a word for an office, is one too here."""

    def thing(self, id_: str) -> str:
        """Give what an event, paper, matter, body, decision or procedure is called."""

    def whichever(self, name: str) -> str:
        """Give what a person or a thing is called, where it can be either."""

    def text(self, text: str) -> str:
        """Give a title, a reason, a source or another free text."""


def renamed(scenario: Scenario, names: Names) -> Scenario:
    """Give a scenario in which everything is called as `names` says.

    The register comes first, so that names are asked for in its order.
    """
    return evolve(
        scenario,
        register=_Register(names).register(scenario.register),
        history=_history(scenario.history, names),
        name=names.text(scenario.name),
        rulebooks=tuple(_assessed(one, names) for one in scenario.rulebooks),
        expected=tuple(_expectation(one, names) for one in scenario.expected),
        place=_place(scenario.place, names),
    )


def _each(value: Any, rename: Callable[[str], str]) -> Any:  # noqa: ANN401 - whatever a field holds
    """Rename a word, several, or one of several; what is empty or unknown stays."""
    match value:
        case str():
            return rename(value)
        case tuple():
            return tuple(_each(one, rename) for one in value)
        case OneOf(names=listed):
            return OneOf(tuple(map(rename, listed)))
        case _:
            return value


def _place(place: Place, names: Names) -> Place:
    """Give a place without the folders, which may be called after somebody as well."""
    return evolve(place, file=names.text(PurePath(place.file).name))


# --- the register -----------------------------------------------------------------


class _Register:
    def __init__(self, names: Names) -> None:
        self._names = names
        self._person, self._thing = names.person, names.thing

    def register(self, one: Register) -> Register:
        return evolve(
            one,
            people={self._person(name): self._of_person(each) for name, each in one.people.items()},
            bodies={self._thing(name): self._body(each) for name, each in one.bodies.items()},
            papers={self._thing(name): self._paper(each) for name, each in one.papers.items()},
            interests=tuple(
                evolve(
                    each,
                    of=self._person(each.of),
                    matter=_each(each.matter, self._thing),
                    kinds=_each(each.kinds, self._thing),
                )
                for each in one.interests
            ),
            relationships=tuple(
                evolve(
                    each,
                    id=self._thing(each.id),
                    between=_each(each.between, self._person),
                    kind=_each(each.kind, self._thing),
                )
                for each in one.relationships
            ),
            decisions=tuple(map(self._decision, one.decisions)),
            procedures=tuple(
                evolve(each, id=self._thing(each.id), kinds=_each(each.kinds, self._thing))
                for each in one.procedures
            ),
        )

    def _of_person(self, one: Person) -> Person:
        return evolve(
            one,
            offices=tuple(map(self._office, one.offices)),
            seats=tuple(map(self._seat, one.seats)),
        )

    def _office(self, one: Office) -> Office:
        return evolve(one, role=self._thing(one.role), of=self._thing(one.of))

    def _seat(self, one: Seat) -> Seat:
        return evolve(one, body=self._thing(one.body), for_=_each(one.for_, self._thing))

    def _body(self, one: Body) -> Body:
        return evolve(one, terms=_each(one.terms, self._thing))

    def _paper(self, one: Paper) -> Paper:
        marked = one.marked
        if isinstance(marked, tuple):
            marked = tuple(evolve(each, word=self._thing(each.word)) for each in marked)
        return evolve(
            one,
            matter=_each(one.matter, self._thing),
            marked=marked,
            held_by=_each(one.held_by, self._person),
        )

    def _decision(self, one: Decision) -> Decision:
        return evolve(
            one,
            id=self._thing(one.id),
            body=_each(one.body, self._thing),
            subject=_each(one.subject, self._thing),
            to=_each(one.to, self._person),
            over=_each(one.over, self._person),
            approves=_each(one.approves, self._thing),
        )


# --- the history ------------------------------------------------------------------


def _history(one: History, names: Names) -> History:
    return evolve(
        one,
        events=tuple(_event(each, names) for each in one.events),
        complainants=frozenset(map(names.person, sorted(one.complainants))),
    )


def _event(event: Event, names: Names) -> Event:
    values: dict[str, Any] = {
        "id": names.thing(event.id),
        "source": _each(event.source, names.text),
        "act": _each(event.act, names.thing),
        "place": None if event.place is None else _place(event.place, names),
    }
    kind = kind_of(event)
    by_attribute = {field.attribute: field for field in kind.fields.values()}
    # What another package has put on its events beside its fields may be a text as well.
    own = {each.name for each in fields(type(event))}  # type: ignore[arg-type]  # its decorator is our own
    for attribute in sorted(own - _APART):
        field, raw = by_attribute.get(attribute), getattr(event, attribute)
        if field is None or field.kind is Kind.TEXT:
            values[attribute] = _each(raw, names.text)
        elif field.kind is Kind.PERSON:
            values[attribute] = _each(raw, names.person)
        elif not _is_choice(raw, field.choices):
            values[attribute] = _each(raw, names.thing)
    return evolve(event, **values)  # type: ignore[misc]  # its decorator is our own


def _is_choice(raw: object, choices: tuple[str, ...]) -> bool:
    listed = raw if isinstance(raw, tuple) else (raw,)
    return bool(choices) and all(one in choices for one in listed)


# --- what it is assessed with, and what is expected -------------------------------


def _assessed(one: Assessed, names: Names) -> Assessed:
    """Give what a scenario is assessed with: where its parameters come from is a text."""
    book = one.rulebook
    parameters = {
        name: evolve(
            each,
            values=tuple(
                evolve(value, source=_each(value.source, names.text)) for value in each.values
            ),
        )
        for name, each in book.parameters.items()
    }
    if parameters == book.parameters:
        return one
    return evolve(one, rulebook=evolve(book, parameters=parameters))


def _expectation(one: Expectation, names: Names) -> Expectation:
    return evolve(
        one,
        findings=tuple(_expected(each, names) for each in one.findings),
        place=_place(one.place, names),
    )


def _expected(one: Expected, names: Names) -> Expected:
    wants = None if one.wants is None else tuple(_want(want, names) for want in one.wants)
    return evolve(
        one,
        bearer=_each(one.bearer, names.person),
        on=_each(one.on, lambda on: on_renamed(on, names)),
        wants=wants,
        place=_place(one.place, names),
    )


def on_renamed(on: str, names: Names) -> str:
    """Rename what a finding is on; that of a standing duty is a kind of entry and a day."""
    kind, _, day = on.partition("@")
    return on if day and kind in REGISTER_KINDS else names.thing(on)


def _want(want: str, names: Names) -> str:
    """Rename the person or thing of which something is wanted: `CAUSE:NAME@OF`."""
    said, _, of = want.partition("@")
    if not of:
        return want
    cause, _, name = said.partition(":")
    # How well an event is proved is wanted under the name of the event.
    name = names.whichever(name) if name == of else name
    return f"{cause}:{name}@{names.whichever(of)}"
