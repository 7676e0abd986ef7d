"""Levers on events: what their fields hold, when they happened, how well they are proved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from councilrules.analysis._people_levers import BODIES, COMMITTEE, add_body
from councilrules.analysis._register_levers import DECISION, MATTER
from councilrules.analysis.drafts import NOON, DraftedEvent, at
from councilrules.analysis.levers import Lever, Option, nothing
from councilrules.analysis.uses import TRIGGER
from councilrules.events import NONE, UNKNOWN, Kind, Proof
from councilrules.periods import Moment
from councilrules.rules import Order
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.analysis.drafts import Draft
    from councilrules.analysis.uses import FieldOf, Use, Uses
    from councilrules.rules import Related
    from councilrules.vocabulary import Field

_PEOPLE = ("ann", "bob", "cleo", "dev", "eve", "fay", "gus", "hal", "ida", "jon")
_FRESH: dict[Kind, tuple[str, ...]] = {
    Kind.BODY: (COMMITTEE, "planning-committee", "events-committee"),
    Kind.DOCUMENT: ("valuation", "minutes", "letter"),
    Kind.MATTER: (MATTER, "market-stalls", "allotments", "footpaths"),
    Kind.DECISION: (DECISION, "d2", "d3"),
    Kind.PROCEDURE: ("p1", "p2"),
    Kind.TEXT: ("these words", "those words", "other words"),
    Kind.PERSON: _PEOPLE,
}
_ALLEGED = ", it is alleged"
DUE_DAYS = 7
"""Days from the act to a deadline, whether a field names it or a parameter sets it."""


class Names:
    """Gives every field that names something a name of its own."""

    def __init__(self, uses: Uses) -> None:
        """Take what rules read, for the kinds of the events."""
        self._uses = uses
        self._given: dict[FieldOf, str] = {}
        self._next: dict[Kind, int] = {}

    def field(self, event: str, name: str) -> Field | None:
        """Find a field of an event; `None` if events of its kind lack it."""
        for kind in self._uses.kinds[event]:
            fields = kinds()[kind].fields
            found = fields.get(kinds()[kind].towards if name == "towards" else name)
            if found is not None:
                return found
        return None

    def of(self, event: str, name: str) -> str:
        """Give the name that a field has of its own."""
        if name == "id":
            return event
        if (event, name) not in self._given:
            found = self.field(event, name)
            kind = Kind.TEXT if found is None else found.kind
            words = _FRESH.get(kind, _FRESH[Kind.TEXT])
            place = self._next.get(kind, 0)
            self._next[kind] = place + 1
            self._given[event, name] = words[place % len(words)]
        return self._given[event, name]


# --- fields -----------------------------------------------------------------------


def field_lever(
    event: str, name: str, use: Use, names: Names, bodies: Iterable[str], *, is_bearer: bool
) -> Lever | None:
    """Give what a field of an event can hold; `None` if no such event has the field.

    Args:
        event: The event.
        name: The field.
        use: What rules ask of it.
        names: The names that fields have of their own.
        bodies: The kinds of body that role words cover.
        is_bearer: Whether it names who is to answer.
    """
    found = names.field(event, name)
    if found is None:
        return None
    absent = Option("not known", nothing, 0)
    if name == "as":
        options = [absent, *_capacities(event, use)]
    elif found.kind is Kind.YES_NO:
        options = [absent, *_answers(event, name)]
    elif found.kind is Kind.TIME:
        options = [absent, *_times(event, name)]
    elif found.kind is Kind.CHOICE:
        options = [absent, *_words(event, found, name, use)]
    else:
        options = [absent, *_names(event, found, name, use, names, bodies)]
    if is_bearer:
        own = names.of(event, name)
        options.sort(key=lambda one: one.label != own)
        options = [
            Option(one.label, one.apply, 0 if one.label == own else max(one.cost, 1))
            for one in options
        ]
    needs = () if event == TRIGGER else ((("there", event), frozenset({"happened"})),)
    return Lever(("field", event, name), tuple(options), needs)


def _put(event: str, name: str, value: object, proof: Proof | None, draft: Draft) -> None:
    draft.events[event].put(name, value, proof)


def _hold(event: str, name: str, value: object, label: str, cost: int = 1) -> Iterator[Option]:
    yield Option(label, partial(_put, event, name, value, None), cost)


def _hold_unsurely(event: str, name: str, value: object, label: str) -> Iterator[Option]:
    yield from _hold(event, name, value, label)
    alleged = partial(_put, event, name, value, Proof.ALLEGED)
    yield Option(label + _ALLEGED, alleged, 2)


def _answers(event: str, name: str) -> Iterator[Option]:
    yield from _hold_unsurely(event, name, value=True, label="yes")
    yield from _hold_unsurely(event, name, value=False, label="no")


def _capacities(event: str, use: Use) -> Iterator[Option]:
    for word in dict.fromkeys(("private", "another-body", *use.words)):
        yield from _hold_unsurely(event, "as", word, word)
    yield Option("written as not known", partial(_put, event, "as", UNKNOWN, Proof.NOT_KNOWN), 2)


def _times(event: str, name: str) -> Iterator[Option]:
    yield from _hold(event, name, at(days=DUE_DAYS), "a week after")
    yield from _hold(event, name, at(days=-60), "two months before")
    yield from _hold(event, name, at(days=-1), "the day before")
    yield from _hold(event, name, NONE, "none")


def _words(event: str, field: Field, name: str, use: Use) -> Iterator[Option]:
    other = next((word for word in field.choices if word not in use.words), None)
    for word in (*use.words, *([] if other is None else [other])):
        yield from _hold(event, name, word, word)
    for word in (*[*use.words][:1], *([] if other is None else [other])):
        alleged = partial(_put, event, name, word, Proof.ALLEGED)
        yield Option(word + _ALLEGED, alleged, 2)
    if use.can_be_none or use.partners or other is None:
        # Where each word that there is counts, only that there is nothing is none of them.
        yield from _hold(event, name, NONE, "none")


def _names(
    event: str, field: Field, name: str, use: Use, names: Names, bodies: Iterable[str]
) -> Iterator[Option]:
    if field.kind is Kind.EVENT:
        for other in use.names_event:
            yield from _hold_unsurely(event, name, other, other)
        yield from _hold(event, name, NONE, "none")
        return
    own = DECISION if use.decision else names.of(event, name)
    partners = (names.of(*partner) for partner in use.partners)
    words = (word for word in use.words if field.kind is not Kind.TEXT)
    for value in dict.fromkeys((own, *partners, *words)):
        yield from _hold_unsurely(event, name, value, value)
    if field.kind is Kind.TEXT:
        for word in use.words:
            yield from _hold(event, name, word, word)
    if field.kind in {Kind.PERSON, Kind.BODY}:
        for kind in bodies:
            body = partial(_put_body, event, name, BODIES.get(kind, kind), kind)
            yield Option(BODIES.get(kind, kind), body)
    yield from _hold(event, name, NONE, "none")


def _put_body(event: str, name: str, body: str, kind: str, draft: Draft) -> None:
    add_body(draft, body, kind)
    draft.events[event].put(name, body)


def person_labels(lever: Lever) -> dict[str, frozenset[str]]:
    """Give the people that a field can name, each with the labels of the options."""
    found: dict[str, set[str]] = {}
    for option in lever.options:
        name = option.label.removesuffix(_ALLEGED)
        found.setdefault(name, set()).add(option.label)
    taken = {
        "not known",
        "none",
        "private",
        "another-body",
        "written as not known",
        *BODIES.values(),
    }
    return {name: frozenset(labels) for name, labels in found.items() if name not in taken}


# --- judgement, proof, existence, time --------------------------------------------


def answer_lever(event: str, question: str, *, is_derived: bool) -> Lever:
    """Give how a question of judgement about an event can be answered."""

    def told(answer: object, proof: Proof | None, draft: Draft) -> None:
        if is_derived:
            draft.events[f"j-{question}"] = DraftedEvent(
                kind="judgement-recorded", at=at(days=20), proof=proof or Proof.ESTABLISHED,
                held={"by": "judge", "on": event, "question": question, "answer": answer},
            )  # fmt: skip
            return
        draft.events[event].answers[question] = answer
        if proof is not None:
            draft.events[event].proofs[f"answers.{question}"] = proof

    needs = () if event == TRIGGER else ((("there", event), frozenset({"happened"})),)
    # A judgement that is recorded has an answer.
    open_ = () if is_derived else (Option("not answered yet", partial(told, UNKNOWN, None)),)
    return Lever(("answer", event, question), (
        Option("nobody was asked", nothing, 0),
        Option("yes", partial(told, True, None)),  # noqa: FBT003 - an answer
        Option("no", partial(told, False, None)),  # noqa: FBT003 - an answer
        *open_,
        Option("yes" + _ALLEGED, partial(told, True, Proof.ALLEGED), 2),  # noqa: FBT003 - an answer
        Option("no" + _ALLEGED, partial(told, False, Proof.ALLEGED), 2),  # noqa: FBT003 - an answer
    ), needs)  # fmt: skip


def proof_lever(event: str) -> Lever:
    """Give how well an event can be proved."""

    def told(proof: Proof, draft: Draft) -> None:
        draft.events[event].proof = proof

    needs = () if event == TRIGGER else ((("there", event), frozenset({"happened"})),)
    return Lever(("proof", event), (
        Option("established", nothing, 0),
        Option("alleged", partial(told, Proof.ALLEGED)),
        Option("not known", partial(told, Proof.NOT_KNOWN)),
    ), needs)  # fmt: skip


def kind_lever(event: str, listed: Iterable[str]) -> Lever:
    """Give the kinds that an event can be of."""

    def told(kind: str, draft: Draft) -> None:
        draft.events[event].kind = kind

    needs = () if event == TRIGGER else ((("there", event), frozenset({"happened"})),)
    options = tuple(Option(kind, partial(told, kind), 0) for kind in listed)
    return Lever(("kind", event), options, needs)


def there_lever(event: str) -> Lever:
    """Give whether another event happened."""

    def told(draft: Draft) -> None:
        draft.events[event].is_there = True

    return Lever(("there", event), (
        Option("did not happen", nothing, 0),
        Option("happened", told, 3),
    ))  # fmt: skip


def beginning_lever() -> Lever:
    """Give when a relationship, which is an act that lasts, can have begun."""

    def told(moment: Moment, draft: Draft) -> None:
        draft.events[TRIGGER].at = moment

    years = 365
    return Lever(("time", TRIGGER), (
        Option("has begun then", nothing, 0),
        Option("had begun years before", partial(told, at(days=-5 * years))),
        Option("began at some time not known", partial(told, Moment(
            at(days=-5 * years).first, at(days=10).first
        ))),
    ))  # fmt: skip


def unrecorded_lever(kind: str) -> Lever:
    """Give whether events of a kind may have gone unrecorded."""

    def told(draft: Draft) -> None:
        draft.unrecorded.add(kind)

    return Lever(("unrecorded", kind), (
        Option("all are recorded", nothing, 0),
        Option("some may not be recorded", told, 2),
    ))  # fmt: skip


def clock_lever() -> Lever:
    """Give when a duty is looked at."""

    def told(as_of: Moment, draft: Draft) -> None:
        draft.as_of = as_of.first

    return Lever(("clock",), (
        Option("long after", nothing, 0),
        Option("on the same day", partial(told, at(hours=4))),
        Option("on the next day", partial(told, at(days=1))),
        Option("at the end of the last day", partial(told, _last_minute()), 2),
        Option("at the beginning of the day after", partial(told, _last_minute(minutes=1)), 2),
    ))  # fmt: skip


def _last_minute(**later: float) -> Moment:
    """Give the last minute of the last day of a deadline, or so much later."""
    from datetime import timedelta  # noqa: PLC0415

    instant = NOON.replace(hour=23, minute=59) + timedelta(days=DUE_DAYS, **later)
    return Moment(instant, instant)


def time_lever(event: str, relations: Iterable[Related], *, is_due: bool, step: int) -> Lever:
    """Give when another event can have happened, seen from the act.

    Args:
        event: The event.
        relations: By which it is looked for.
        is_due: Whether there is a deadline.
        step: Which of the steps of a sequence it is, counted from the last.
    """
    orders = {relation.order for relation in relations}
    after, before = at(hours=1), at(days=-1 - step)
    moments = [
        ("a day before" if not step else f"{step + 1} days before", before),
        ("an hour later", after),
    ]
    if orders == {Order.AFTER}:
        moments.reverse()
    moments += [
        ("at that moment", at()),
        ("a minute before", at(minutes=-1)),
        ("a minute later", at(minutes=1)),
        ("some time that month", Moment(at(days=-2).first, at(days=20).first)),
        ("long before", at(days=-40)),
    ]
    if is_due:
        moments += [
            ("the next day", at(days=1)),
            ("in the last minute of the last day", _last_minute()),
            ("a minute after the last day", _last_minute(minutes=1)),
            ("two weeks later", at(days=14)),
            ("about the last day", Moment(at(days=6).first, at(days=9).first)),
        ]

    def told(moment: Moment, draft: Draft) -> None:
        draft.events[event].at = moment

    needs = ((("there", event), frozenset({"happened"})),)
    return Lever(("time", event), tuple(
        Option(label, partial(told, moment), min(place, 1))
        for place, (label, moment) in enumerate(moments)
    ), needs)  # fmt: skip
