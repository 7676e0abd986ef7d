"""What happened, in a few plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from councilrules.events import Empty, Kind, OneOf, Proof, Unknown
from councilrules.periods import Moment
from councilrules.vocabulary import kind_of
from councilrules.wording.words import LONDON, SOMEBODY, plain, when, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.events import Event
    from councilrules.vocabulary import EventKind, Field

PLACE = re.compile(r"\{(\w+)\}")
"""A place of a template: the name of a field, in the form that classes write."""

UNNAMED = {
    Kind.PERSON: SOMEBODY,
    Kind.BODY: "a body",
    Kind.DOCUMENT: "a document",
    Kind.MATTER: "a matter",
    Kind.DECISION: "a decision",
    Kind.PROCEDURE: "a procedure",
    Kind.EVENT: "what had gone before",
}
"""What to call what nobody has named, by what it is."""

_NAMED = {
    Kind.DOCUMENT: "the document",
    Kind.DECISION: "the decision",
    Kind.PROCEDURE: "the procedure",
}

_PROVED = {
    Proof.DISPROVED: "disproved",
    Proof.NOT_KNOWN: "not known whether it happened",
    Proof.ALLEGED: "alleged only",
    Proof.ADMITTED: "admitted",
    Proof.ESTABLISHED: "established",
}


def value(raw: object, kind: Kind, zone: str = LONDON) -> str:
    """Say what a field holds; empty where that is not known."""
    if raw is None or raw is Unknown.UNKNOWN:
        return ""
    if raw is Empty.NONE:
        return "nobody" if kind is Kind.PERSON else "none"
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, Moment):
        return when(raw, zone)
    if kind is Kind.TEXT:
        return f"“{raw}”"
    shown = who(raw)
    return plain(shown) if kind is Kind.CHOICE else shown


def noun(raw: object, kind: Kind) -> str:
    """Say what a field holds as part of a sentence, whatever is known of it."""
    if raw is Unknown.UNKNOWN or raw is None:
        return UNNAMED.get(kind, "something")
    shown = value(raw, kind)
    if kind not in _NAMED or raw is Empty.NONE:
        return shown
    is_several = isinstance(raw, OneOf) or (isinstance(raw, tuple) and len(raw) > 1)
    return f"{_NAMED[kind]}{'s' if is_several else ''} {shown}"


def filled(template: str, event: Event) -> str:
    """Put the people and things of an event into the places of a template.

    A place is the name of a field as its class writes it; `{towards}` is whoever was at
    the receiving end. A place that events of this kind have no field for reads `it`.
    """
    kind = kind_of(event)
    held = {
        place_of(field): noun(getattr(event, field.attribute), field.kind)
        for field in kind.fields.values()
    }
    held["towards"] = who(getattr(event, kind.cls.receiver or "towards"))
    return PLACE.sub(lambda found: held.get(found[1], "it"), template)


def place_of(field: Field) -> str:
    """Give the name of a field as templates write it."""
    return field.attribute.rstrip("_")


def places(template: str) -> frozenset[str]:
    """Give the names of the fields that a template has places for."""
    return frozenset(PLACE.findall(template))


def telling(kind: EventKind) -> str:
    """Give the sentence in which events of a kind are told, as a template.

    A kind without one gives its name and who did it.
    """
    return kind.cls.says or f"{plain(kind.name)} by {{by}}"


def said(event: Event) -> str:
    """Say in a sentence without its full stop what happened, such as `ann criticised dev`."""
    return filled(telling(kind_of(event)), event)


def happened(event: Event, zone: str = LONDON) -> str:
    """Say what happened, what else is recorded of it, and when.

    Examples:
        `ann criticised dev (where: press), 4 March 2025`
    """
    return f"{described(event, zone)}, {time(event, zone)}"


def described(event: Event, zone: str = LONDON) -> str:
    """Say what happened and what else is recorded of it, without the time."""
    more = "; ".join(_details(event, zone))
    return f"{said(event)} ({more})" if more else said(event)


def time(event: Event, zone: str = LONDON) -> str:
    """Say when an event happened, or from when until when it lasted.

    What is made from an entry of the register still lasts, as far as anybody knows.
    """
    at = when(event.at, zone)
    if event.derived:
        return f"since {at}"
    return at if event.until is None else f"from {at} to {when(event.until, zone)}"


def _details(event: Event, zone: str) -> Iterator[str]:
    """Say what the sentence on an event leaves out, field by field."""
    kind = kind_of(event)
    used = places(telling(kind))
    for field in kind.fields.values():
        if place_of(field) not in used or field.name in event.proofs:
            shown = _detail(event, field, zone)
            if shown:
                yield f"{plain(field.name)}: {shown}"


def _detail(event: Event, field: Field, zone: str) -> str:
    shown = value(getattr(event, field.attribute), field.kind, zone)
    proof = event.proofs.get(field.name, event.proof)
    return shown if proof is event.proof or not shown else f"{shown}, {proved(proof)}"


def proved(proof: Proof) -> str:
    """Say how well something is proved."""
    return _PROVED[proof]
