"""The same scenario without the names of people, so that it can be shown to others.

What is found in it is the same as before, under other names. What a person is called in
free text alone, and nowhere in the register or the events, cannot be known.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, get_args

from attrs import field, frozen

from councilrules.events import Kind
from councilrules.periods.moments import LONG_AGO
from councilrules.reading import NOT_KNOWN
from councilrules.register import (
    ANYTHING,
    BODY_KINDS,
    COUNCIL,
    ENGAGEMENTS,
    INTEREST_KINDS,
    MARKINGS,
    PROCEDURE_KINDS,
    RELATIONSHIP_KINDS,
)
from councilrules.register import KINDS as REGISTER_KINDS
from councilrules.register_reading import EXPECTED_DETAILS
from councilrules.rules import Denied, Is, Standing
from councilrules.scenarios._labels import By, Labels, called
from councilrules.scenarios._mentions import Finder, replaced
from councilrules.scenarios._renaming import renamed
from councilrules.vocabulary import RESERVED, kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from councilrules.register import Register
    from councilrules.rules import Condition, Rule, Rulebook
    from councilrules.scenarios._model import Scenario

__all__ = ["By", "anonymised"]

_WORDS = frozenset({
    *RESERVED, NOT_KNOWN, "nothing", "private", "another-body", COUNCIL, ANYTHING, *BODY_KINDS,
    *EXPECTED_DETAILS,
})  # fmt: skip
"""Words that name nobody, wherever a person or a body can stand."""

_WORDS_FOR_THINGS = frozenset({
    *REGISTER_KINDS, *INTEREST_KINDS, *MARKINGS, *RELATIONSHIP_KINDS, *PROCEDURE_KINDS,
    *ENGAGEMENTS,
})  # fmt: skip


def anonymised(scenario: Scenario, *, by: By = "roles") -> Scenario:
    """Give a scenario in which nobody is called by their name.

    Every name is replaced in the register, the events, the expectations, in ids that have
    a name in them, and in free text, whatever the case, with titles, accents and hyphens,
    and where only a part of it stands. What is found is the same, under the other names.

    Whoever is called by a word for an office, as in `clerk: {holds: clerk}`, has no name
    to replace. The words of the rulebooks stay as they are. Who is named in free text
    alone cannot be known, and stays.

    Args:
        scenario: What to anonymise; it stays as it is.
        by: `roles`: `Councillor A`, `Clerk`, `Person C`, by the office that each holds;
            or `initials`: `A.B.`, and `A.B.2` where two have the same.

    Raises:
        ValueError: When `by` is neither.
    """
    if by not in get_args(By):
        msg = f"`{by}` is neither `roles` nor `initials`"
        raise ValueError(msg)
    return renamed(scenario, renaming(scenario, by))


def renaming(scenario: Scenario, by: By) -> Renaming:
    """Give what everybody and everything is called in the anonymised scenario."""
    seen = _Seen()
    renamed(scenario, seen)
    books = [one.rulebook for one in scenario.rulebooks]
    roles = frozenset(_roles(books))
    fixed = _WORDS | roles | frozenset(_compared_with_people(books))
    register = scenario.register
    people = [name for name in seen.people if _is_person(name, register, fixed)]
    finder = Finder(people, frozenset(chain.from_iterable(one.split("-") for one in roles)))
    kept = register.people.keys() - {*people}
    labels = Labels(finder, seen.everything, by, kept).of(
        {name: called(register.people.get(name), roles) for name in people}
    )
    return Renaming(
        labels=labels,
        finder=finder,
        ids=tuple(seen.things),
        fixed=fixed,
        fixed_for_things=fixed | _WORDS_FOR_THINGS | frozenset(_compared(books)),
        same_time=tuple(_same_time(scenario)),
    )


# --- what has to stay -------------------------------------------------------------


def _is_person(name: str, register: Register, fixed: frozenset[str]) -> bool:
    """Tell whether a name is one, and no body, no office and no word of the language."""
    if name in fixed:
        return False
    return name in register.people or not (
        name in register.bodies or name in register.people_by_office
    )


def _roles(books: Iterable[Rulebook]) -> Iterator[str]:
    for role in chain.from_iterable(one.roles.values() for one in books):
        yield from (role.name, *role.offices, *role.bodies, *filter(None, [role.of]))


def _compared_with_people(books: Iterable[Rulebook]) -> Iterator[str]:
    """Give the words with which rules compare a person, or what a person holds."""
    of_people = {
        each.name
        for kind in kinds().values()
        for each in kind.fields.values()
        if each.kind is Kind.PERSON
    }
    for one in _conditions(books):
        if isinstance(one, Is):
            attribute = one.path.attribute
            if attribute in {"office", "held-by"} or (
                attribute is None and one.path.field in of_people
            ):
                yield from one.words


def _compared(books: Iterable[Rulebook]) -> Iterator[str]:
    """Give every word of the conditions of rules, and of what they say is denied or due."""
    for condition in _conditions(books):
        yield from _words_in(condition)
    for rule in _rules(books):
        yield from _words_in((rule.standing, rule.denies))


def _words_in(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case tuple():
            for one in value:
                yield from _words_in(one)
        case Standing(entries=entries, expecting=expecting):
            yield from _words_in((entries, expecting))
        case Denied(fixed=fixed):
            yield from _words_in(fixed)
        case _:
            # The parts of a condition are conditions of their own, and come by themselves.
            names = {"words", "bodies", "kinds", "of"} & {*getattr(value, "__slots__", ())}
            for name in sorted(names):
                yield from _words_in(getattr(value, name) or ())


def _rules(books: Iterable[Rulebook]) -> Iterator[Rule]:
    for book in books:
        yield from book.rules


def _conditions(books: Iterable[Rulebook]) -> Iterator[Condition]:
    for rule in _rules(books):
        yield from rule.conditions


def _same_time(scenario: Scenario) -> Iterator[tuple[datetime, str]]:
    """Give the ids of events and relationships, each with when it begins.

    Of what begins at the same time, the first by its id is read first.
    """
    for event in scenario.history.events:
        yield event.at.first, event.id
    for one in scenario.register.relationships:
        yield max(one.tenure.begins.first, LONG_AGO), one.id


# --- what everything becomes ------------------------------------------------------


@frozen
class _Seen:
    """Notes what a scenario names, and changes nothing."""

    people: dict[str, None] = field(factory=dict)
    things: dict[str, None] = field(factory=dict)
    texts: dict[str, None] = field(factory=dict)

    @property
    def everything(self) -> Iterable[str]:
        return (*self.people, *self.things, *self.texts)

    def person(self, name: str) -> str:
        self.people[name] = None
        return name

    def thing(self, id_: str) -> str:
        self.things[id_] = None
        return id_

    def whichever(self, name: str) -> str:
        return name

    def text(self, text: str) -> str:
        self.texts[text] = None
        return text


@frozen(kw_only=True, slots=False)
class Renaming:
    """What everybody and everything becomes; what was different stays different.

    Attributes:
        labels: What each person is called.
        finder: What finds their names in texts.
        ids: Everything else that has a name or an id.
        fixed: Words that stay, wherever a person can stand.
        fixed_for_things: Words that stay, wherever a thing can stand.
        same_time: The ids of events, with when they begin.
    """

    labels: Mapping[str, str]
    finder: Finder
    ids: tuple[str, ...]
    fixed: frozenset[str]
    fixed_for_things: frozenset[str]
    same_time: tuple[tuple[datetime, str], ...]

    def person(self, name: str) -> str:
        """Give what a person is called; a body, or a word for an office, is one too here."""
        if name in self.labels:
            return self.labels[name]
        return name if name in self.fixed else self.thing(name)

    def thing(self, id_: str) -> str:
        """Give an id without the names that are in it; a word of the rulebooks stays."""
        return id_ if id_ in self.fixed_for_things else self._ids.get(id_, id_)

    def whichever(self, name: str) -> str:
        """Give what a person or a thing is called, where it can be either."""
        return self.labels[name] if name in self.labels else self.thing(name)

    def text(self, text: str) -> str:
        """Give a text in which everybody is called by their label."""
        return replaced(text, self.finder, self.labels)

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        found = self._by_name(self.ids)
        if all(
            sorted(listed) == sorted(listed, key=found.__getitem__)
            for listed in self._at_one_time().values()
        ):
            return found
        return {**found, **self._numbered(found)}

    def _at_one_time(self) -> Mapping[datetime, list[str]]:
        found: dict[datetime, list[str]] = {}
        for at, id_ in self.same_time:
            found.setdefault(at, []).append(id_)
        return found

    def _by_name(self, ids: Iterable[str]) -> dict[str, str]:
        """Give what each id becomes: itself, or without names and unlike any other."""
        wanted = {id_: self.labels.get(id_) or self.text(id_) for id_ in ids}
        found = {id_: new for id_, new in wanted.items() if new == id_ or id_ in self.labels}
        taken = {*found.values(), *self.labels.values()}
        for id_ in (one for one in wanted if one not in found):
            tried = chain([wanted[id_]], (f"{wanted[id_]}-{n}" for n in range(2, len(wanted) + 3)))
            found[id_] = next(one for one in tried if one not in taken)
            taken.add(found[id_])
        return found

    def _numbered(self, found: Mapping[str, str]) -> dict[str, str]:
        """Number all events anew, so that they are read in the same order as before."""
        order = dict.fromkeys(id_ for _, id_ in sorted(self.same_time))
        digits = len(str(len(order)))
        taken = {new for id_, new in found.items() if id_ not in order}
        stem = "event"
        while any(one.startswith(f"{stem}-") for one in taken):
            stem = f"{stem}-{stem}"
        return {id_: f"{stem}-{n:0{digits}}" for n, id_ in enumerate(order, start=1)}
