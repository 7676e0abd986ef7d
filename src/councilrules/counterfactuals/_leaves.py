"""Changes that make a condition on one event turn out otherwise: its own fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from attrs import evolve

from councilrules.counterfactuals import _people, _register
from councilrules.counterfactuals.changes import Change, Plainness
from councilrules.counterfactuals.facts import WasJudged
from councilrules.events import NONE, Kind
from councilrules.history import names
from councilrules.rules import (
    Adopted,
    AllOf,
    Always,
    AnyOf,
    Authorised,
    Compared,
    HasInterest,
    Holds,
    InForce,
    Is,
    IsNone,
    Judged,
    Not,
    Provided,
    RefersToTrigger,
    Related,
    SitsOn,
    TookOfficeSince,
    Vacant,
    WithinTerms,
)
from councilrules.vocabulary import kind_of
from councilrules.wording import plain, suppositions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.counterfactuals._seen import Seen
    from councilrules.rules import Condition
    from councilrules.vocabulary import Field

_MOST_CHOICES = 4


def flipped(condition: Condition, seen: Seen) -> Iterator[Change]:
    """Give the changes of one fact that turn a condition, or a part of it, round."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from flipped(part, seen)
        case Not(part=part):
            yield from flipped(part, seen)
        case Always():
            return
        case Related():
            from councilrules.counterfactuals import _related  # noqa: PLC0415 - which reads this

            yield from _related.flipped(condition, seen)
        case _:
            for holds in seen.flips(condition):
                yield from _leaf(condition, seen, holds=holds)


def _leaf(condition: Condition, seen: Seen, *, holds: bool) -> Iterator[Change]:  # noqa: C901, PLR0912 - one answer for each form
    match condition:
        case Is():
            yield from _is(condition, seen, holds=holds)
        case IsNone():
            yield from _is_none(condition, seen, holds=holds)
        case Judged():
            yield from _judged(condition, seen, holds=holds)
        case Compared():
            yield from _compared(condition, seen, holds=holds)
        case RefersToTrigger(path=path):
            opener = seen.trigger or seen.view
            if path.field != "id":
                yield from seen.held(
                    path.field, opener.event.id if holds else NONE, Plainness.NAMED
                )
        case Holds():
            yield from _people.holds(condition, seen, holds=holds)
        case SitsOn():
            yield from _people.sits_on(condition, seen, holds=holds)
        case TookOfficeSince():
            yield from _people.took_office_since(condition, seen, holds=holds)
        case Vacant():
            yield from _people.vacant(condition, seen, holds=holds)
        case HasInterest():
            yield from _register.has_interest(condition, seen, holds=holds)
        case Authorised():
            yield from _register.authorised(condition, seen, holds=holds)
        case Provided():
            yield from _register.provided(condition, seen, holds=holds)
        case InForce() | Adopted():
            yield from _register.in_force(condition, seen, holds=holds)
        case WithinTerms():
            yield from _register.within_terms(condition, seen, holds=holds)
        case Always() | AllOf() | AnyOf() | Not() | Related():
            return
        case _:
            assert_never(condition)


def _is(condition: Is, seen: Seen, *, holds: bool) -> Iterator[Change]:
    path = condition.path
    if path.attribute is not None:
        yield from _register.attribute(path, condition.words, seen, holds=holds)
        return
    field = seen.field(path.field)
    if field is None:
        return
    words = condition.words if holds else tuple(_others(field, condition.words))
    for word in words:
        value = {"yes": True, "no": False}.get(word, word) if field.kind is Kind.YES_NO else word
        yield from seen.held(path.field, value, seen.plainness)


def _others(field: Field, words: tuple[str, ...]) -> Iterator[str]:
    """Give what a field could hold instead of some words; of many choices, the first few."""
    if field.kind is Kind.YES_NO:
        yield from (word for word in ("yes", "no") if word not in words)
        return
    left = [word for word in field.choices if word not in words]
    yield from left[:_MOST_CHOICES]


def _is_none(condition: IsNone, seen: Seen, *, holds: bool) -> Iterator[Change]:
    path = condition.path
    if path.attribute is not None:
        yield from _register.emptied(path, seen, holds=holds)
    elif holds:
        yield from seen.held(path.field, NONE, seen.plainness)
    else:
        for name in seen.world.others(seen.event)[:1]:
            yield from seen.held(path.field, name, Plainness.NAMED)


def _judged(condition: Judged, seen: Seen, *, holds: bool) -> Iterator[Change]:
    question = condition.question
    event = seen.event
    acts = names(getattr(event, "acts", ())) if kind_of(event).name == "course-of-conduct" else ()
    raised = seen.world.cases.rulebook.questions.get(question)
    by_kind = frozenset() if raised is None else raised.raised_by
    if holds and not _is_raised(question, seen, by_kind):
        return
    asks = f"Is it so: {plain(question)}?" if raised is None else raised.asks
    told = suppositions.judged(asks, event, answer=holds)
    fact = WasJudged(question, event.id, holds, acts)
    yield Change(fact=fact, supposes=told, plainness=Plainness.JUDGED)


def _is_raised(question: str, seen: Seen, by_kind: frozenset[str]) -> bool:
    """Tell whether there is a question to answer at all (P8)."""
    event, history = seen.event, seen.world.scenario.history
    return (
        question in event.answers
        or kind_of(event).name in by_kind
        or (question, frozenset((event.id,))) in history.judgements
    )


def _compared(condition: Compared, seen: Seen, *, holds: bool) -> Iterator[Change]:
    same = holds is not condition.differs
    opener = seen if seen.trigger is None else evolve(seen, view=seen.trigger, trigger=None)
    there = opener if condition.of_trigger else seen
    if condition.path.attribute is None and condition.other.attribute is None:
        for one, path, other, its in (
            (seen, condition.path, there, condition.other),
            (there, condition.other, seen, condition.path),
        ):
            yield from _named(one, path.field, other, its.field, same=same)
    elif condition.path.attribute is not None:
        value = there.value(condition.other.field)
        yield from _register.attribute(condition.path, value.names, seen, holds=same)
    else:
        value = seen.value(condition.path.field)
        yield from _register.attribute(condition.other, value.names, there, holds=same)


def _named(one: Seen, name: str, other: Seen, its: str, *, same: bool) -> Iterator[Change]:
    """Suppose that a field named what another names, or something else."""
    field = one.field(name)
    if field is None:
        return
    value = other.value(its)
    if same:
        if value.state == "known" and value.names:
            raw = value.names[0] if len(value.names) == 1 else value.names
            yield from one.held(name, raw, Plainness.NAMED)
        return
    if field.kind is Kind.PERSON:
        left = [person for person in one.world.others(one.event) if person not in value.names]
        for person in left[:1]:
            yield from one.held(name, person, Plainness.NAMED)
    yield from one.held(name, NONE, Plainness.NAMED)
