"""What happened, in a few plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from councilrules.events import Empty, Kind, OneOf, Proof, Unknown
from councilrules.history import names
from councilrules.periods import Moment
from councilrules.vocabulary import kind_of
from councilrules.wording.choices import bracketed, chosen
from councilrules.wording.words import (
    LONDON,
    SOMEBODY,
    lasted,
    listed,
    matter,
    on,
    person,
    plain,
    quoted,
    when,
    who,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from councilrules.events import Event
    from councilrules.vocabulary import EventKind, Field

PLACE = re.compile(r"\{(\w+)\}")
"""A place of a template: the name of a field, in the form that classes write."""

CLAUSE = re.compile(r"\[([^\[\]]*)\]")
"""A clause that falls away where what it speaks of is not known."""

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

# How one name is said, by what it is the name of.
_ONE: dict[Kind, Callable[[str], str]] = {
    Kind.PERSON: person,
    Kind.BODY: person,
    Kind.DOCUMENT: quoted,
    Kind.DECISION: quoted,
    Kind.PROCEDURE: quoted,
    Kind.MATTER: matter,
    Kind.CHOICE: plain,
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
    return _listed(raw, _ONE.get(kind, str))


def kind_of_value(event: Event, name: str) -> Kind:
    """Give what the value of a field of an event stands for; a word if there is no such field."""
    field = kind_of(event).fields.get(name)
    return Kind.CHOICE if field is None else field.kind


def recorded(value: str, kind: Kind) -> str:
    """Say a value as it is on record, which may name several: `ann, bob` or `ann or bob`."""
    one = _ONE.get(kind, plain)
    return re.sub(r"[^\s,;]+", lambda found: found[0] if found[0] == "or" else one(found[0]), value)


def _listed(raw: object, one: Callable[[str], str]) -> str:
    """Say the names of a field, each with `one`; those of one of several as alternatives."""
    if isinstance(raw, OneOf):
        return listed([one(name) for name in raw.names], "or")
    return listed([one(name) for name in names(raw)])


def noun(raw: object, kind: Kind, zone: str = LONDON) -> str:
    """Say what a field holds as part of a sentence, whatever is known of it."""
    if raw is Unknown.UNKNOWN or raw is None:
        return UNNAMED.get(kind, "something")
    shown = value(raw, kind, zone)
    if raw is Empty.NONE and kind is not Kind.PERSON:
        return UNNAMED[kind].replace("a ", "no ", 1) if kind in _NAMED else "nothing"
    if kind not in _NAMED or raw is Empty.NONE:
        return shown
    is_several = isinstance(raw, OneOf) or (isinstance(raw, tuple) and len(raw) > 1)
    return f"{_NAMED[kind]}{'s' if is_several else ''} {shown}"


def filled(template: str, event: Event, zone: str = LONDON) -> str:
    """Put the people and things of an event into the places of a template.

    A place is the name of a field as its class writes it; `{towards}` is whoever was at
    the receiving end. A place that events of this kind have no field for reads `it`.
    A clause in square brackets falls away where a place in it is not known, or is less
    well proved than the event; what follows a bar in it is said instead.
    """
    kind = kind_of(event)
    held = {place_of(field): _placed(event, field, zone) for field in kind.fields.values()}
    held["towards"] = who(getattr(event, kind.cls.receiver or "towards"))
    plainly = _plainly(event)
    template = CLAUSE.sub(lambda found: chosen_clause(found[1], plainly), template)
    return PLACE.sub(lambda found: held.get(found[1], "it"), template)


def chosen_clause(clause: str, told: Container[str]) -> str:
    """Give a clause of a template, or what stands after its bar, by what can be told.

    Args:
        clause: What stands in square brackets.
        told: The places of which there is something to tell.
    """
    full, _, instead = clause.partition("|")
    return full if all(one in told for one in places(full) - places(instead)) else instead


def bare(template: str) -> str:
    """Give a template without the clauses that speak of what a field holds."""
    return CLAUSE.sub(lambda found: found[1].partition("|")[2], template)


def _placed(event: Event, field: Field, zone: str) -> str:
    raw = getattr(event, field.attribute)
    if field.kind is Kind.CHOICE and names(raw):
        return chosen(names(raw), kind_of(event).name, field.name)
    if field.name == "question" and isinstance(raw, str):
        return quoted(raw)
    return noun(raw, field.kind, zone)


def _plainly(event: Event) -> frozenset[str]:
    fields = kind_of(event).fields.values()
    return frozenset(place_of(field) for field in fields if _is_plain(event, field))


def _is_plain(event: Event, field: Field) -> bool:
    """Tell whether a field holds something that is as well proved as its event."""
    raw = getattr(event, field.attribute)
    is_known = raw is not None and not isinstance(raw, (Unknown, Empty))
    return is_known and event.proofs.get(field.name, event.proof) is event.proof


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


def said(event: Event, zone: str = LONDON) -> str:
    """Say in a sentence without its full stop what happened, such as `Ann criticised Dev`."""
    return filled(telling(kind_of(event)), event, zone)


def happened(event: Event, zone: str = LONDON) -> str:
    """Say what happened, what else is recorded of it, and when.

    Examples:
        `Ann criticised Dev in the press on 4 March 2025`
    """
    return _with_time(described(event, zone), event, zone)


def _with_time(text: str, event: Event, zone: str) -> str:
    at = time(event, zone) if event.derived or event.until is not None else on(event.at, zone)
    clauses = (one[1] for one in CLAUSE.finditer(telling(kind_of(event))))
    plainly = _plainly(event)
    if not at:
        return text
    is_added = any(chosen_clause(one, plainly).startswith(",") for one in clauses)
    return f"{text}, {at}" if is_added else f"{text} {at}"


def told(event: Event, zone: str = LONDON) -> str:
    """Say what happened and when, without what else is recorded of it."""
    return _with_time(said(event, zone), event, zone)


def described(event: Event, zone: str = LONDON) -> str:
    """Say what happened and what else is recorded of it, without the time."""
    more = "; ".join(_details(event, zone))
    return f"{said(event, zone)} ({more})" if more else said(event, zone)


def time(event: Event, zone: str = LONDON) -> str:
    """Say when an event happened, or from when until when it lasted; empty if always.

    What is made from an entry of the register still lasts, as far as anybody knows.
    """
    at = when(event.at, zone)
    if event.derived:
        return f"since {at}" if at else ""
    return at if event.until is None else lasted(event.at, event.until, zone)


def _details(event: Event, zone: str) -> Iterator[str]:
    """Say what the sentence on an event leaves out, field by field."""
    kind = kind_of(event)
    template = telling(kind)
    for field in kind.fields.values():
        proof = event.proofs.get(field.name, event.proof)
        place = place_of(field)
        is_told = place in places(bare(template)) or (
            place in places(template) and _is_plain(event, field)
        )
        if proof is not event.proof or not is_told:
            shown = detail(event, field, zone)
            if shown:
                yield shown if proof is event.proof else f"{shown}, {proved(proof)}"


def detail(event: Event, field: Field, zone: str = LONDON) -> str:
    """Say in a few words what one field of an event holds; empty where that is not known."""
    raw = getattr(event, field.attribute)
    kind = kind_of(event)
    shown = value(raw, field.kind, zone)
    if not shown:
        return ""
    word = raw if isinstance(raw, str) else raw.value if isinstance(raw, Empty) else shown
    clause = _clause_of(telling(kind), place_of(field))
    if clause and not isinstance(raw, Empty):
        return PLACE.sub(_placed(event, field, zone), clause)
    return bracketed(word, _placed(event, field, zone), kind.name, field.name)


def _clause_of(template: str, place: str) -> str:
    """Give the clause of a template that speaks of one field alone; empty if none does."""
    found = (one[1].partition("|")[0].strip(" ,:") for one in CLAUSE.finditer(template))
    return next((one for one in found if PLACE.findall(one) == [place]), "")


def proved(proof: Proof) -> str:
    """Say how well something is proved."""
    return _PROVED[proof]
