"""The events as data: names, fields, choices and help, all read from the classes."""

from __future__ import annotations

import inspect
import re
from functools import cache, cached_property
from importlib.metadata import entry_points
from typing import Any

from attrs import frozen

from councilrules.events import Choices, Event, Kind
from councilrules.events.questions import QUESTIONS, Question

__all__ = ["QUESTIONS", "EventKind", "Field", "Question", "kinds", "written"]

RESERVED = frozenset({"same", "trigger", "nobody", "none", "anyone", "yes", "no"})
"""Words with a meaning of their own, which therefore name nobody and nothing."""


_NAMED = (Kind.PERSON, Kind.BODY, Kind.DOCUMENT, Kind.DECISION, Kind.PROCEDURE, Kind.EVENT)


def written(attribute: str) -> str:
    """Turn the name of an attribute into the word that files use.

    Examples:
        >>> written("needed_for_duties"), written("as_")
        ('needed-for-duties', 'as')
    """
    return attribute.rstrip("_").replace("_", "-")


@frozen(kw_only=True)
class Field:
    """A field of a kind of event.

    Attributes:
        name: The word that files use.
        attribute: The attribute of the class.
        kind: What its value stands for.
        choices: The words it may hold; empty if any will do.
        help: What it means, one or two sentences.
        asks: The question to put where it is not known, with places such as `{by}` for
            what the other fields hold; `None` if its class has none.
        is_common: Whether every kind of event has it.
    """

    name: str
    attribute: str
    kind: Kind
    choices: tuple[str, ...]
    help: str
    asks: str | None = None
    is_common: bool


@frozen(kw_only=True, slots=False)
class EventKind:
    """A kind of event.

    Attributes:
        name: The word that files use, such as `instruction-given`.
        cls: The class.
        fields: Its fields by the word that files use, the common ones last.
    """

    name: str
    cls: type[Event]
    fields: dict[str, Field]

    @property
    def summary(self) -> str:
        """Say in a sentence what happened."""
        return (self.cls.__doc__ or "").split("\n", 1)[0]

    @cached_property
    def naming(self) -> dict[Kind, tuple[str, ...]]:
        """Give the attributes that name people, things or events, by what they name."""
        found: dict[Kind, tuple[str, ...]] = {}
        for one in self.fields.values():
            if one.name != "as" and one.kind in _NAMED:
                found[one.kind] = (*found.get(one.kind, ()), one.attribute)
        return found

    @cached_property
    def about(self) -> str:
        """Give the paragraphs of its documentation before the fields."""
        text = (self.cls.__doc__ or "").split("Attributes:")[0]
        return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))

    @property
    def theme(self) -> str:
        """Name the module that it belongs to."""
        return self.cls.__module__.rsplit(".", 1)[-1]

    @property
    def towards(self) -> str:
        """Name the field that holds the person at the receiving end."""
        return written(self.cls.receiver or "towards")


_SECTION = re.compile(r"Attributes:\n(.*)", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.?])\s+(?=[A-Z])")
_ENTRY = re.compile(r"^ {4}(\w+): (.*(?:\n {8,}.*)*)", re.MULTILINE)


def _help(cls: type[Event]) -> dict[str, str]:
    # Python 3.13 takes the indentation of docstrings off by itself, earlier ones do not.
    section = _SECTION.search(inspect.cleandoc(cls.__doc__ or ""))
    if section is None:
        return {}
    return {name: " ".join(text.split()) for name, text in _ENTRY.findall(section.group(1))}


_COMMON = ("by", "towards", "as_", "repeats", "with_", "on_instruction_of", "in_role")


def _hints(cls: type[Event]) -> dict[str, Any]:
    return inspect.get_annotations(cls, eval_str=True)


def _field(name: str, hint: Any, text: str, *, is_common: bool) -> Field:  # noqa: ANN401
    marks = getattr(hint, "__metadata__", ())
    listed = next((mark for mark in marks if isinstance(mark, Choices)), None)
    kind = next((mark for mark in marks if isinstance(mark, Kind)), Kind.CHOICE)
    sentences = _SENTENCE.split(text)
    return Field(
        name=written(name),
        attribute=name,
        kind=kind if listed is None else Kind.CHOICE,
        choices=() if listed is None else listed.words,
        help=" ".join(one for one in sentences if not one.endswith("?")),
        asks=next((one for one in sentences if one.endswith("?")), None),
        is_common=is_common,
    )


@cache
def common_fields() -> dict[str, Field]:
    """Give the fields that a rule may ask of every kind of event, by name."""
    hints, texts = _hints(Event), _help(Event)
    fields = (_field(name, hints[name], texts[name], is_common=True) for name in _COMMON)
    return {field.name: field for field in fields}


def _kind(cls: type[Event]) -> EventKind:
    texts = _help(cls)
    own = (
        _field(name, hint, texts.get(name, ""), is_common=False)
        for name, hint in _hints(cls).items()
        if getattr(hint, "__metadata__", ())
    )
    fields = {field.name: field for field in own} | common_fields()
    if cls.receiver is not None:
        del fields["towards"]
    name = re.sub(r"(?<!^)([A-Z])", r"-\1", cls.__name__).lower()
    return EventKind(name=name, cls=cls, fields=fields)


@cache
def _load_others() -> None:
    """Import the modules of events that other packages announce."""
    for entry in entry_points(group="councilrules.events"):
        entry.load()


_KINDS_BY_CLASS: dict[type[Event], EventKind] = {}


def kind_by_class(cls: type[Event]) -> EventKind:
    """Give the kind of event that a class stands for."""
    if cls not in _KINDS_BY_CLASS:
        _KINDS_BY_CLASS[cls] = _kind(cls)
    return _KINDS_BY_CLASS[cls]


@cache
def _kinds(classes: tuple[type[Event], ...]) -> dict[str, EventKind]:
    return {kind.name: kind for kind in map(kind_by_class, classes)}


def kinds() -> dict[str, EventKind]:
    """Give every kind of event by name: ours, and each other subclass of `Event`.

    A class that another package defines counts from the moment it is imported. Modules
    that a package announces as entry points `councilrules.events` are imported here.
    """
    _load_others()
    return _kinds(tuple(Event.__subclasses__()))


def kind_of(event: Event) -> EventKind:
    """Give the kind that an event is of."""
    return _KINDS_BY_CLASS.get(type(event)) or kind_by_class(type(event))
