"""Other events that a rule looks for, and what a pattern says of the people in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.events import Kind
from councilrules.rules import AllOf, Always, Compared, Holds, Is, Not, Order
from councilrules.vocabulary import kinds
from councilrules.wording.events import (
    CLAUSE,
    PLACE,
    UNNAMED,
    bare,
    chosen_clause,
    place_of,
    places,
    telling,
)
from councilrules.wording.voices import InGeneral
from councilrules.wording.words import SOMEBODY, any_of, listed, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from councilrules.rules import Condition, Path, Related
    from councilrules.wording.voices import Voice

_MOST_TOLD = 3

_ORDER = {
    Order.BEFORE: "before that, ",
    Order.AFTER: "after that, ",
    Order.ANY_TIME: "",
}


def related(
    one: Related,
    voice: Voice,
    tell: Callable[[Condition, Voice], str],
    *,
    holds: bool = True,
) -> str:
    """Say which other event has to be there, and when.

    Args:
        one: The relation.
        voice: What the people of the event are called that it is seen from.
        tell: Says what a condition on the other event comes to.
        holds: Whether such an event has to be there, or none.
    """
    begun = f"{_ORDER[one.order]}{happening(one, voice, tell)}"
    return begun if holds else f"it is not recorded that {begun}"


def happening(one: Related, voice: Voice, tell: Callable[[Condition, Voice], str]) -> str:
    """Say which other event is looked for, whenever it has to be."""
    pattern = one.pattern
    there = InGeneral(kinds=pattern.kinds, opener=voice.trigger)
    rest = [
        tell(part, there)
        for part in conjuncts(pattern.condition)
        if not is_told(part, [telling(kinds()[kind]) for kind in pattern.kinds])
    ]
    return _one_of(one, there) + (f" ({'; '.join(rest)})" if rest else "")


def _one_of(one: Related, voice: Voice) -> str:
    pattern = one.pattern
    if len(pattern.kinds) > _MOST_TOLD:
        actor = called_by(pattern.condition, voice).get("by", SOMEBODY)
        return f"{actor} did one of these things: {listed(map(plain, pattern.kinds), 'or')}"
    told = [
        in_general(telling(kinds()[kind]), kind, pattern.condition, voice) for kind in pattern.kinds
    ]
    return listed(told, "or")


def conjuncts(one: Condition) -> tuple[Condition, ...]:
    """Give the conditions that all have to hold; none for what always does."""
    match one:
        case AllOf(parts=parts):
            return tuple(inner for part in parts for inner in conjuncts(part))
        case Always():
            return ()
        case _:
            return (one,)


def in_general(
    template: str, kind: str, pattern: Condition, voice: Voice, *, unnamed: str = SOMEBODY
) -> str:
    """Put into the places of a template what a pattern says of those fields.

    Args:
        template: The sentence, with places such as `{to}`.
        kind: The kind of event that it is about.
        pattern: What the event has to be like.
        voice: What people and things are called.
        unnamed: What to call a person of whom the pattern says nothing.
    """
    called = called_by(pattern, voice)
    template = CLAUSE.sub(lambda found: chosen_clause(found[1], called), template)
    kinds_of_value = {place_of(field): field.kind for field in kinds()[kind].fields.values()}

    def filling(place: str) -> str:
        return called.get(place) or _anything(kinds_of_value.get(place), unnamed)

    return PLACE.sub(lambda found: filling(found[1]), template)


def _anything(kind: Kind | None, unnamed: str) -> str:
    found = "something" if kind is None else UNNAMED.get(kind, "something")
    return unnamed if found == SOMEBODY else found


def called_by(pattern: Condition, voice: Voice) -> dict[str, str]:
    """Give what a pattern says of people, things and words, where that fits a sentence."""
    called: dict[str, str] = {}
    for part in conjuncts(pattern):
        path = _named(part)
        if path is not None:
            name = path.field.replace("-", "_")
            words = _naming(part, voice)
            if isinstance(part, Is) and name in called:
                called[name] = f"{called[name]} and {words}"
            else:
                called[name] = _together(called.get(name), words)
    return called


def _together(before: str | None, words: str) -> str:
    """Say two things of one person, unless the first says the second."""
    if before is None or words.partition(" ")[2] in before:
        return before or words
    return f"{before}, {words},"


def _naming(part: Condition, voice: Voice) -> str:
    match part:
        case Holds(roles=roles):
            return any_of(roles)
        case Not(part=Holds(roles=roles)):
            return f"somebody who is not {any_of(roles)}"
        case Compared(path=path, other=other):
            is_same = path == other and isinstance(voice.trigger, InGeneral)
            is_matter = voice.holds(path) is Kind.MATTER
            return "the same matter" if is_same and is_matter else voice.trigger.name(other)
        case Is(path=path, words=words):
            told = voice.words(path)
            known = {} if told is None else told.words
            return listed([known.get(word, plain(word)) for word in words], "or")
        case _:
            return SOMEBODY


def _named(part: Condition) -> Path | None:
    """Give the field of whose people or things a condition says who or what they are."""
    match part:
        case Holds(path=path) | Not(part=Holds(path=path)):
            return path
        case Compared(path=path, of_trigger=True, differs=False):
            return path if path.attribute is None and path.field != "id" else None
        case Is(path=path, words=words):
            is_choice = path.attribute is None and not {"yes", "no", "none"} & {*words}
            return path if is_choice else None
        case _:
            return None


def is_told(part: Condition, templates: Iterable[str]) -> bool:
    """Tell whether sentences made from these templates say it already.

    A template whose clause speaks of something else besides may lose that clause.
    """
    path = _named(part)
    name = "" if path is None else path.field.replace("-", "_")
    return bool(name) and all(name in _sure(template) for template in templates)


def _sure(template: str) -> frozenset[str]:
    """Give the places of a template that are filled whatever else a pattern says."""
    clauses = (found[1].partition("|") for found in CLAUSE.finditer(template))
    alone = (places(full) - places(instead) for full, _, instead in clauses)
    return places(bare(template)).union(*(one for one in alone if len(one) == 1))
