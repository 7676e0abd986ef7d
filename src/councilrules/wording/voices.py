"""What the people and things of a condition are called: in general, or in one event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from attrs import field, frozen

from councilrules.events import Kind
from councilrules.rules import Path
from councilrules.vocabulary import common_fields, kind_of, kinds
from councilrules.wording.choices import Told, told
from councilrules.wording.events import PLACE, filled, noun
from councilrules.wording.words import person, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from councilrules.events import Event
    from councilrules.vocabulary import Field

_OF_THE_REGISTER = {
    "matter": "what {of} relates to",
    "marked": "the marking of {of}",
    "held-by": "whoever holds or controls {of}",
    "body": "the body that took {of}",
    "office": "an office that {of} held",
}

_IN_GENERAL = {
    Kind.BODY: "that body",
    Kind.DOCUMENT: "the document",
    Kind.DECISION: "the decision",
    Kind.PROCEDURE: "the procedure",
    Kind.MATTER: "the matter",
    Kind.EVENT: "the event",
}


class Voice(Protocol):
    """What is needed to tell of a condition."""

    @property
    def trigger(self) -> Voice:
        """Give the voice for the event that opened the case; itself if it is that one."""

    def name(self, path: Path) -> str:
        """Call a person or thing by a name that fits into a sentence."""

    def several(self, path: Path) -> tuple[str, ...]:
        """Give the people whom a path leads to where they are several; empty otherwise."""

    def label(self, path: Path) -> str:
        """Call a field by what it means, such as `where it was made`."""

    def asked(self, question: str) -> str:
        """Put a question of judgement, given as a template."""

    def words(self, path: Path) -> Told | None:
        """Give how the words of a field are told; `None` if they stand for themselves."""

    def holds(self, path: Path) -> Kind | None:
        """Give what the value of a field stands for; `None` if that is not one thing."""


def _field_of(kind_names: tuple[str, ...], name: str) -> Field | None:
    found = (kinds()[kind].fields.get(name) for kind in kind_names)
    return next((one for one in found if one is not None), None) or common_fields().get(name)


def _label(kind_names: tuple[str, ...], path: Path) -> str:
    """Call a field by what the vocabulary says it means."""
    found = _field_of(kind_names, path.field)
    if found is None:
        return plain(path.field)
    ends = r"[.;:`]" if found.help.startswith("Whether") else r"[.;:,`]"
    means = re.split(ends, found.help, maxsplit=1)[0].strip()
    return f"{means[:1].lower()}{means[1:]}"


def _held_by(kind_names: tuple[str, ...], path: Path) -> Kind | None:
    field = None if path.attribute else _field_of(kind_names, path.field)
    return None if field is None else field.kind


def _of_the_register(attribute: str, called: str) -> str:
    template = _OF_THE_REGISTER.get(attribute, f"{plain(attribute)} of {{of}}")
    return template.format(of=called)


@frozen
class OfEvent:
    """Speaks of one event: `ann`, `the document valuation`.

    Attributes:
        event: The event.
        bearer_field: The field that names who answers, and `bearer` which of them.
        opener: The voice for the event that opened the case, if that is another.
    """

    event: Event
    bearer_field: str | None = None
    bearer: str | None = None
    opener: Voice | None = None

    @property
    def trigger(self) -> Voice:
        """Give the voice for the event that opened the case."""
        return self.opener or self

    def name(self, path: Path) -> str:
        """Call what a path leads to by the name that the event gives it."""
        kind = kind_of(self.event)
        found = kind.fields.get(kind.towards if path.field == "towards" else path.field)
        if found is None:
            return _label((kind.name,), path)
        called = noun(getattr(self.event, found.attribute), found.kind)
        if self.bearer is not None and path.field == self.bearer_field:
            called = person(self.bearer)
        return called if path.attribute is None else _of_the_register(path.attribute, called)

    def several(self, path: Path) -> tuple[str, ...]:
        """Give the people whom a path leads to where they are several; empty otherwise."""
        kind = kind_of(self.event)
        found = kind.fields.get(kind.towards if path.field == "towards" else path.field)
        is_one = self.bearer is not None and path.field == self.bearer_field
        if found is None or is_one or path.attribute is not None:
            return ()
        held = getattr(self.event, found.attribute)
        return tuple(map(person, held)) if isinstance(held, tuple) and len(held) > 1 else ()

    def label(self, path: Path) -> str:
        """Call a field by what it means."""
        return _label((kind_of(self.event).name,), path)

    def asked(self, question: str) -> str:
        """Put a question of judgement about the event."""
        return filled(question, self.event)

    def words(self, path: Path) -> Told | None:
        """Give how the words of a field are told."""
        return told(kind_of(self.event).name, path.field)

    def holds(self, path: Path) -> Kind | None:
        """Give what the value of a field stands for."""
        return _held_by((kind_of(self.event).name,), path)


@frozen(kw_only=True)
class InGeneral:
    """Speaks of any event: `the councillor`, `an officer`.

    Attributes:
        kinds: The kinds of event.
        called: What to call whom a field names.
        opener: The voice for the event that opened the case, if that is another.
    """

    kinds: tuple[str, ...]
    called: Mapping[str, str] = field(factory=dict)
    opener: Voice | None = None

    @property
    def trigger(self) -> Voice:
        """Give the voice for the event that opened the case."""
        return self.opener or self

    def name(self, path: Path) -> str:
        """Call what a path leads to by its part in the rule."""
        if path.attribute is not None:
            return _of_the_register(path.attribute, self.name(Path(path.field)))
        return self.called.get(path.field) or self._unnamed(path)

    def _unnamed(self, path: Path) -> str:
        found = _field_of(self.kinds, path.field)
        called = _label(self.kinds, path)
        if called.startswith("the ") or found is None:
            return called
        return _IN_GENERAL.get(found.kind, re.sub("^who ", "whoever ", called))

    def several(self, path: Path) -> tuple[str, ...]:  # noqa: ARG002 - nobody is named here
        """Give nobody: people are called by their parts, whether one or several."""
        return ()

    def label(self, path: Path) -> str:
        """Call a field by what it means."""
        return _label(self.kinds, path)

    def asked(self, question: str) -> str:
        """Put a question of judgement about whoever does such a thing."""
        receivers = (kinds()[kind].cls.receiver or "" for kind in self.kinds)
        towards = next((self.called[one] for one in receivers if one in self.called), None)
        called = {"by": "that person", "towards": towards or "the other person", **self.called}
        return PLACE.sub(lambda found: called.get(found[1], "it"), question)

    def words(self, path: Path) -> Told | None:
        """Give how the words of a field are told, if those of all kinds are told alike."""
        first, *rest = [told(kind, path.field) for kind in self.kinds] or [None]
        return first if all(one == first for one in rest) else None

    def holds(self, path: Path) -> Kind | None:
        """Give what the value of a field stands for."""
        return _held_by(self.kinds, path)
