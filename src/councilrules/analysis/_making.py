"""The levers of some rules, in the order in which to set them, and what each answer needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.analysis import _event_levers as of_events
from councilrules.analysis import _people_levers as of_people
from councilrules.analysis import _register_levers as of_register
from councilrules.analysis.uses import TRIGGER, Uses, barring, parts_of_one, paths_of, uses
from councilrules.events import Kind
from councilrules.rules import (
    Authorised,
    Compared,
    HasInterest,
    Holds,
    Judged,
    Path,
    Provided,
    Related,
    SitsOn,
    TookOfficeSince,
    Vacant,
    WithinTerms,
)
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.analysis.formulas import Ask, Formula
    from councilrules.analysis.levers import Key, Lever
    from councilrules.rules import Condition, Rule, Rulebook

_ORDER = (
    "force", "kind", "there", "time", "field", "offices", "seats", "spoken", "interests", "post", "paper",
    "decision", "procedure", "procedures", "terms", "authority", "standing", "parameter", "answer",
    "proof", "unrecorded", "clock",
)  # fmt: skip
"""The sorts of lever, in the order in which a draft takes what they say."""

_WHERE: dict[type, tuple[str, ...]] = {
    Provided: ("procedure", "procedures"),
    Vacant: ("offices", "post"),
    WithinTerms: ("terms",),
}
"""The sorts of lever that conditions on the whole register depend on."""


def turn(key: Key) -> tuple[int, Key]:
    """Give the place of a lever in the order in which a draft takes what levers say."""
    return (_ORDER.index(key[0]), key)


@frozen
class Need:
    """A lever that an answer depends on.

    Attributes:
        key: The lever.
        where: The options of others (by label) under one of which alone it does; empty
            if it always does.
    """

    key: Key
    where: tuple[tuple[Key, frozenset[str]], ...] = ()

    def or_(self, other: Need) -> Need:
        """Give the need of a lever where either of two needs it."""
        always = not self.where or not other.where
        return Need(self.key, () if always else tuple(dict.fromkeys((*self.where, *other.where))))


class Levers:
    """The levers of some rules.

    Attributes:
        uses: What the rules read.
        by_key: The levers by what they are about.
    """

    def __init__(
        self, pairs: tuple[tuple[Rulebook, Formula], ...], kinds_: tuple[str, ...] = ()
    ) -> None:
        """Make the levers of rules, each given with its rulebook, for acts of some kinds."""
        self._pairs = pairs
        self.uses: Uses = uses(pairs, kinds_)
        self._books = tuple({id(book): book for book, _ in pairs}.values())
        self._names = of_events.Names(self.uses)
        self.by_key: dict[Key, Lever] = {}
        self._people: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
        for make in (self._of_events, self._of_people, self._of_things, self._of_the_council):
            self.by_key.update((lever.key, lever) for lever in make())

    # --- making them --------------------------------------------------------------

    def _of_events(self) -> Iterator[Lever]:
        bearers = {formula.rule.bearer for _, formula in self._pairs}
        covered = [
            kind
            for book in self._books
            for role, _ in self.uses.roles
            if role in book.roles
            for kind in book.roles[role].bodies
        ]
        for event, listed in self.uses.kinds.items():
            yield of_events.kind_lever(event, listed)
            yield of_events.proof_lever(event)
            if event != TRIGGER:
                yield of_events.there_lever(event)
                yield self._time(event)
            elif any(kinds()[kind].cls.derived for kind in listed):
                yield of_events.beginning_lever()
        if "by" in bearers:
            self.uses.of(TRIGGER, "as").words.update(self._capacities())
        for (event, name), use in self.uses.fields.items():
            if name == "id":
                continue
            found = of_events.field_lever(
                event, name, use, self._names, dict.fromkeys(covered),
                is_bearer=event == TRIGGER and name in bearers,
            )  # fmt: skip
            if found is None:
                continue
            yield found
            field = self._names.field(event, name)
            if name != "as" and field is not None and field.kind in {Kind.PERSON, Kind.BODY}:
                self._people[event, name] = of_events.person_labels(found)
        for event, question in self.uses.questions:
            if event not in self.uses.kinds:
                continue
            derived = kinds()[self.uses.kinds[event][0]].cls.derived
            yield of_events.answer_lever(event, question, is_derived=derived)
        missing = {
            kind for one in self._relations() for kind in one.pattern.kinds
        }  # fmt: skip
        for kind in sorted(missing):
            yield of_events.unrecorded_lever(kind)

    def _relations(self) -> Iterator[Related]:
        for _, formula in self._pairs:
            for search in formula.searches:
                yield search.relation

    def _time(self, event: str) -> Lever:
        relations = self.uses.relations[event]
        step = 0
        for _, formula in self._pairs:
            required = formula.rule.required
            for place, one in enumerate(required):
                if len(required) > 1 and one in relations:
                    step = len(required) - 1 - place
        return of_events.time_lever(event, relations, is_due=self._has_deadline(), step=step)

    def _asks_when_office_began(self) -> bool:
        return any(
            isinstance(one, TookOfficeSince)
            for _, formula in self._pairs
            for one in formula.rule.conditions
        )

    def _has_deadline(self) -> bool:
        return any(formula.rule.is_duty for _, formula in self._pairs)

    def _capacities(self) -> dict[str, None]:
        """Give an office for each word for those bound, in which somebody may say they act."""
        return {
            offices[0]: None
            for book, formula in self._pairs
            for role in formula.rule.roles
            if role in book.roles and (offices := book.roles[role].offices)
        }

    def _of_people(self) -> Iterator[Lever]:
        named: dict[str, list[tuple[Key, frozenset[str]]]] = {}
        for (event, name), people in self._people.items():
            for person, labels in people.items():
                named.setdefault(person, []).append((("field", event, name), labels))
        words = [
            word for use in self.uses.fields.values() for word in use.attributes.get("office", {})
        ]
        things = [self._names.of(*one) for one in self.uses.seat_for]
        matters = dict.fromkeys(
            of_register.MATTER if attribute else self._names.of(*one)
            for one, attribute in self.uses.matters.items()
        )
        for person, needs in named.items():
            if self.uses.roles or words or self.uses.posts:
                yield of_people.offices_lever(
                    person, self._books, self.uses.roles, words, tuple(needs),
                    is_due=self._has_deadline(), is_dated=self._asks_when_office_began(),
                )  # fmt: skip
            if self.uses.seats:
                yield of_people.seats_lever(person, self.uses.seats, things, tuple(needs))
            if self.uses.interests:
                yield of_people.interests_lever(person, self.uses.interests, matters, tuple(needs))
        for role in self.uses.posts:
            yield of_people.post_lever(role, self._books)

    def _of_things(self) -> Iterator[Lever]:
        for (event, name), use in self.uses.fields.items():
            field = self._names.field(event, name)
            if field is None or not use.attributes:
                continue
            own = self._names.of(event, name) if not use.decision else of_register.DECISION
            lever = self.by_key.get(("field", event, name))
            labels = [one.label for one in lever.options] if lever is not None else []
            needs = ((("field", event, name), frozenset(
                one for one in labels if one.startswith(own)
            )),)  # fmt: skip
            if field.kind is Kind.DOCUMENT:
                for attribute, words in use.attributes.items():
                    yield of_register.paper_lever(own, attribute, words, needs)
            elif field.kind is Kind.DECISION:
                yield of_register.decision_lever(own, needs)
            elif field.kind is Kind.PROCEDURE:
                words = use.attributes.get("kind", {})
                yield of_register.procedure_lever(own, words, needs)
        for (event, name), subject in self.uses.terms.items():
            needs = ((("field", event, name), frozenset({of_people.COMMITTEE})),)
            yield of_register.terms_lever(of_people.COMMITTEE, self._names.of(*subject), needs)

    def _of_the_council(self) -> Iterator[Lever]:
        yield of_register.force_lever()
        if self.uses.interests:
            yield of_people.spoken_lever()
        if self.uses.procedures:
            yield of_register.procedures_lever(self.uses.procedures)
        if self.uses.authorities:
            yield self._authority()
        if self._has_deadline():
            yield of_events.clock_lever()
        for book, formula in self._pairs:
            within = formula.rule.within
            if within is not None:
                yield of_register.parameter_lever(within, book)
            if formula.rule.standing is not None:
                yield from of_register.standing_levers(formula.rule)

    def _authority(self) -> Lever:
        # Of events that are alike, a search lets the last one happen first.
        event, asked = self.uses.authorities[-1]
        # One may ask over whom, or on what, and another not.
        alike = [one for of, one in self.uses.authorities if of == event]
        over = self._named_in(event, (one.over for one in alike))
        subject = self._named_in(event, (one.subject for one in alike))
        role = next((role for _, f in self._pairs for role in f.rule.roles), None)
        who = self._names.of(event, asked.who.field)
        return of_register.authority_lever(who, over, subject, role)

    def _named_in(self, event: str, paths: Iterable[Path | None]) -> str | None:
        """Give the name for the first field of an event that is asked about, if any is."""
        return next((self._names.of(event, one.field) for one in paths if one is not None), None)

    # --- what an answer needs -----------------------------------------------------

    def needs(self, pair: int, ask: Ask, other: str | None, anchor: str | None) -> tuple[Need, ...]:
        """Give the levers that an answer depends on, in the order in which to set them."""
        book, formula = self._pairs[pair]
        found: dict[Key, Need] = {}
        for one in self._needed(book, formula, ask, other, anchor):
            need = one if isinstance(one, Need) else Need(one)
            if need.key in self.by_key:
                before = found.get(need.key)
                found[need.key] = need if before is None else before.or_(need)
        return tuple(found[key] for key in sorted(found, key=turn))

    def _needed(
        self, book: Rulebook, formula: Formula, ask: Ask, other: str | None, anchor: str | None
    ) -> Iterator[Key | Need]:
        event = other or TRIGGER
        yield "kind", event
        yield "time", TRIGGER
        yield from (("there", one) for one in (other, anchor) if one is not None)
        match ask.topic:
            case "condition" if ask.condition is not None:
                yield from self._of_condition(ask.condition, event)
                yield from self._of_the_part(formula.rule)
            case "happened":
                yield "proof", event
            case "order":
                yield "time", event
                yield "time", anchor or TRIGGER
            case "unrecorded" if isinstance(ask.condition, Related):
                yield from (("unrecorded", kind) for kind in ask.condition.pattern.kinds)
            case "in-time" | "left" | "left-office":
                yield from self._of_deadline(ask.topic, formula, event)
            case "barred":
                yield from self._of_refusal(book, formula.rule)
            case "standing":
                yield from self.by_key
            case "is-there":
                return
            case _:
                yield from self._of_jurisdiction(ask.topic, formula)

    def _of_the_part(self, rule: Rule) -> Iterator[Key | Need]:
        """Give what the part of an act that lasts depends on: force and office (P3)."""
        if any(kinds()[kind].cls.derived for kind in self.uses.kinds[TRIGGER]):
            yield ("force",)
            yield from self._of_people_in(TRIGGER, rule.bearer or "", "offices")

    def _of_refusal(self, book: Rulebook, rule: Rule) -> Iterator[Key | Need]:
        for condition in barring(book, rule):
            yield from self._of_condition(condition, TRIGGER)
        copied = () if rule.denies is None else rule.denies.copied
        yield from (("field", TRIGGER, name) for _, name in copied)

    def _of_deadline(self, topic: str, formula: Formula, event: str) -> Iterator[Key | Need]:
        rule = formula.rule
        yield "parameter", rule.within or ""
        yield "field", TRIGGER, rule.until or ""
        if topic == "in-time":
            yield "time", event
            return
        yield ("clock",)
        if topic == "left-office":
            yield from self._of_people_in(TRIGGER, rule.bearer or "", "offices")

    def _of_jurisdiction(self, topic: str, formula: Formula) -> Iterator[Key | Need]:
        rule = formula.rule
        if rule.conduct_at is not None and topic != "capacity":
            yield "field", TRIGGER, rule.conduct_at
        if topic == "in-force":
            yield ("force",)
            return
        if topic == "capacity":
            yield "field", TRIGGER, "as"
            return
        yield "field", TRIGGER, rule.bearer or ""
        if topic == "office":
            yield from self._of_people_in(TRIGGER, rule.bearer or "", "offices")
        if topic == "opens":
            yield from (("answer", TRIGGER, name) for name in sorted(rule.questions))

    def _of_people_in(self, event: str, name: str, what: str) -> Iterator[Key | Need]:
        """Give the levers on the people whom a field can name."""
        yield "field", event, name
        if event == TRIGGER and name == "by" and what == "offices":
            yield "field", TRIGGER, "as"
        for person, labels in self._people.get((event, name), {}).items():
            yield Need((what, person), ((("field", event, name), labels),))

    def _of_condition(self, condition: Condition, event: str) -> Iterator[Key | Need]:
        for part in parts_of_one(condition):
            for of, path in _read_by(part, event):
                yield "field", of, path.field
                yield from self._of_attribute(path, of)
            match part:
                case Holds(path=path) | TookOfficeSince(path=path):
                    yield from self._of_people_in(event, path.field, "offices")
                case SitsOn(path=path):
                    yield from self._of_people_in(event, path.field, "seats")
                case HasInterest(path=path):
                    yield from self._of_people_in(event, path.field, "interests")
                    yield of_people.SPOKEN
                case Judged(question=question):
                    yield "answer", event, question
                    # What is written on an event is as well proved as the event.
                    yield "proof", event
                case Authorised():
                    yield from self._of_authority(part, event)
                case Provided() | Vacant() | WithinTerms():
                    yield from self._every(*_WHERE[type(part)])
                case _:
                    pass

    def _every(self, *sorts: str) -> Iterator[Key]:
        """Give every lever of some sorts."""
        return (key for key in self.by_key if key[0] in sorts)

    def _of_authority(self, asked: Authorised, event: str) -> Iterator[Key | Need]:
        yield ("authority",)
        yield from self._every("decision", "terms")
        lever = self.by_key.get(("authority",))
        by_office = frozenset(
            one.label for one in (() if lever is None else lever.options) if "every" in one.label
        )
        for path in (asked.who, asked.over):
            people = {} if path is None else self._people.get((event, path.field), {})
            for person in people:
                yield Need(("offices", person), ((("authority",), by_office),))

    def _of_attribute(self, path: Path, event: str) -> Iterator[Key | Need]:
        if path.attribute == "office":
            yield from self._of_people_in(event, path.field, "offices")
        use = self.uses.fields.get((event, path.field))
        if use is not None and use.attributes:
            yield from self._every("paper", "decision", "procedure", "authority", "terms")


def _read_by(part: Condition, event: str) -> Iterator[tuple[str, Path]]:
    """Give the fields that a condition on an event reads, each with the event it is of."""
    if isinstance(part, Compared):
        yield event, part.path
        yield (TRIGGER if part.of_trigger else event), part.other
    else:
        yield from ((event, path) for path in paths_of(part))
