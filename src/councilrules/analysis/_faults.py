"""What all faults have in common: how they are called, and which words and fields they put in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from attrs import fields, frozen

from councilrules.events import Kind
from councilrules.rules import AllOf, AnyOf, Compared, Not, Path, Related, parts_of
from councilrules.vocabulary import common_fields, kinds
from councilrules.wording import InGeneral, condition, listed, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from councilrules.rules import Condition, Rulebook
    from councilrules.vocabulary import Field

_T = TypeVar("_T")
_PEOPLE = frozenset({Kind.PERSON, Kind.BODY})
_CALLED = {"towards": "whoever it was directed at"}
_NOBODY = frozenset({"as", "repeats"})
"""Fields that name nobody who could be confused with anybody: a capacity, a reminder."""


@frozen
class Fault:
    """A fault in a condition, or in a list of words.

    Attributes:
        kind: What kind of fault it is, such as `condition-dropped`.
        says: What is wrong, in English.
        left: What stands there instead; `None` if nothing does.
    """

    kind: str
    says: str
    left: Condition | None


@frozen(kw_only=True)
class Around:
    """What a condition stands in.

    Attributes:
        rulebook: The rulebook, for its words.
        kinds: The kinds of event that it is asked of.
        opener: What it is for the event that opened the case, if that is another.
    """

    rulebook: Rulebook
    kinds: tuple[str, ...]
    opener: Around | None = None

    @property
    def voice(self) -> InGeneral:
        """Give what people and things are called there."""
        opener = None if self.opener is None else self.opener.voice
        return InGeneral(kinds=self.kinds, called=_CALLED, opener=opener)

    def said(self, one: Condition, *, holds: bool = True) -> str:
        """Say what a condition comes to, so that it can stand behind a comma."""
        return condition(one, self.voice, self.rulebook.questions, holds=holds)

    def others(self, path: Path) -> tuple[str, ...]:
        """Give the other fields that hold the same kind of thing as a path does."""
        found = shared_fields(self.kinds)
        own = found.get(path.field)
        if own is None or path.attribute is not None:
            return ()
        return tuple(
            name
            for name, field in found.items()
            if name not in {path.field, *_NOBODY} and _is_alike(field, own)
        )


def _is_alike(one: Field, other: Field) -> bool:
    return one.kind is other.kind or {one.kind, other.kind} <= _PEOPLE


@cache
def shared_fields(names: tuple[str, ...]) -> dict[str, Field]:
    """Give the fields that every one of some kinds of event has; of none, of any event."""
    if not names:
        return common_fields()
    first, *others = (kinds()[name].fields for name in names)
    return {name: field for name, field in first.items() if all(name in other for other in others)}


def similar_kinds(names: tuple[str, ...], asked: Iterable[str]) -> tuple[str, ...]:
    """Give the other kinds of event of the same theme of which the same can be asked.

    Args:
        names: The kinds of event that a pattern names.
        asked: The fields that are asked of them.
    """
    themes = {kinds()[name].theme for name in names}
    needed = {
        name: field for name in asked if (field := shared_fields(names).get(name)) is not None
    }
    return tuple(
        kind.name
        for kind in kinds().values()
        if kind.name not in names
        and kind.theme in themes
        and not kind.cls.derived
        and not kind.cls.context
        and all(_has_alike(kind.fields.get(name), field) for name, field in needed.items())
    )


def _has_alike(found: Field | None, needed: Field) -> bool:
    return found is not None and found.kind is needed.kind and found.choices == needed.choices


def fields_asked(one: Condition) -> Iterator[str]:
    """Give the fields of the event itself that a condition asks for."""
    match one:
        case Not(part=part):
            yield from fields_asked(part)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from fields_asked(part)
        case Related(pattern=pattern):
            for part in parts_of(pattern.condition):
                if isinstance(part, Compared) and part.of_trigger:
                    yield part.other.field
        case Compared(path=path, of_trigger=True):
            yield path.field
        case _:
            values = (getattr(one, each.name) for each in fields(type(one)))
            yield from (value.field for value in values if isinstance(value, Path))


def widened(
    words: tuple[str, ...], known: Collection[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each word that a list lacks, with the list that has it too."""
    yield from ((word, (*words, word)) for word in known if word not in words)


def narrowed(words: tuple[_T, ...]) -> Iterator[tuple[_T, tuple[_T, ...]]]:
    """Give each item of a list of several, with the list without it."""
    if len(words) > 1:
        yield from ((one, (*words[:at], *words[at + 1 :])) for at, one in enumerate(words))


def exchanged(
    words: tuple[str, ...], known: Collection[str]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give each word of a list and each that it lacks, with the one in place of the other."""
    for at, one in enumerate(words):
        for other in known:
            if other not in words:
                yield one, other, (*words[:at], other, *words[at + 1 :])


def named(words: Iterable[str]) -> str:
    """Say words of the files as quotations."""
    return listed([f"“{plain(word)}”" for word in words], "or")
