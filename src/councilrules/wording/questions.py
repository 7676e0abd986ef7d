"""What is not known, as questions that can be put to somebody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from councilrules.events import OneOf
from councilrules.events.conduct import RelationshipHeld
from councilrules.history import names
from councilrules.register import ALWAYS
from councilrules.vocabulary import kind_of, kinds
from councilrules.wording.choices import chosen
from councilrules.wording.events import (
    PLACE,
    bare,
    detail,
    filled,
    places,
    said,
    telling,
    time,
    told,
)
from councilrules.wording.words import listed, person, plain, quoted, who

if TYPE_CHECKING:
    from councilrules.events import Event
    from councilrules.findings import Want
    from councilrules.history import Record
    from councilrules.register import Register
    from councilrules.rules import Rulebook
    from councilrules.vocabulary import Field

_OF_AN_ENTRY = {
    "offices": "Which offices did {of} hold, and from when until when?",
    "seats": "On which bodies did {of} sit, for what, and from when until when?",
    "engaged": "How was {of} engaged at the time: employed, under another contract, or unpaid?",
    "interests": "Which interests did {of} have, in what, and since when did they know of them?",
    "matter": "To which matter does the document {of} relate?",
    "marked": "How was the document {of} marked, and from when until when?",
    "held-by": "Who holds or controls the document {of}?",
    "terms": "What do the terms of reference of {of} cover?",
    "period": "From when until when did {of} hold?",
    "adopted": "When was {of} adopted?",
    "in-force": "Since when was {of} in force?",
    "body": "Which body took the decision {of}?",
    "subject": "What is the decision {of} about?",
    "to": "Whom does the decision {of} authorise?",
    "over": "Over whom does the decision {of} give authority?",
    "kind": "What is the procedure {of} for?",
    "kind-of-body": "What kind of body is {of}: a committee, a panel, a group?",
}

_PROVED_OF_AN_ENTRY = {
    "offices": "which offices {of} held, and from when until when",
    "seats": "on which bodies {of} sat, and from when until when",
    "engaged": "how {of} was engaged",
    "interests": "which interests {of} had",
    "matter": "to which matter {of} relates",
    "marked": "how {of} was marked",
    "held-by": "who holds or controls {of}",
    "terms": "what the terms of reference of {of} cover",
    "period": "from when until when {of} held",
    "adopted": "when {of} was adopted",
    "in-force": "since when {of} was in force",
    "body": "which body took the decision {of}",
    "subject": "what the decision {of} is about",
    "to": "whom the decision {of} authorises",
    "over": "over whom the decision {of} gives authority",
    "kind": "what the procedure {of} is for",
    "kind-of-body": "what kind of body {of} is",
}

# The entries of which these are asked are people or bodies; the others have titles.
_OF_PEOPLE = frozenset({"offices", "seats", "engaged", "interests", "terms", "kind-of-body"})

_LONG = 5
_OF_A_WHOLE_KIND = {
    "in-force": "Since when has the protocol been in force?",
    "interests": "Who has which interests, and in what? The register does not say.",
    "decisions": "Which decisions and delegations of the council and its committees were in force at the time? The register does not say.",
    "delegations": "Which delegations had the council made? The register does not say.",
    "procedures": "Which procedures had the council adopted, and when? The register does not say.",
}


def question(want: Want, rulebook: Rulebook, register: Register, history: Record) -> str:
    """Put what is missing as a question, which names the event that it is about.

    The event is told once: in the question itself, with its id in brackets, or else in
    brackets after it.
    """
    event = _event(want.of, register, history)
    match want.cause:
        case "judgement":
            return _judgement(want, rulebook, event, history)
        case "parameter":
            return _parameter(want, rulebook)
        case "proof":
            return _proof(want, event, rulebook)
        case "text":
            return f"The text of the protocol leaves this open: {plain(want.name)}."
        case "register":
            return _register(want, event, rulebook)
        case _ if event is not None:
            return _field(want, event, rulebook)
        case _:
            return f"What is “{plain(want.name)}” of {want.of}?"


def belongs(want: Want) -> str:
    """Say where in a scenario the answer belongs, such as `e2, where`."""
    match want.cause:
        case "judgement":
            return f"judgement on {want.of}: {want.name}"
        case "parameter":
            return f"parameters: {want.name}"
        case "proof":
            return (
                f"{want.of}: proof" if want.name == want.of else f"{want.of}: proof of {want.name}"
            )
        case "register" if not want.of and want.name == "in-force":
            return "rulebooks: in_force"
        case "register" if want.name in kinds():
            return f"events: {want.name}"
        case "register":
            return f"register: {' of '.join(filter(None, (want.name, want.of)))}"
        case _:
            return f"{want.of}: {want.name}"


def hangs(want: Want, rulebook: Rulebook, register: Register, history: Record) -> str:
    """Say on what something hangs that is not settled, as it follows `hangs on`.

    Examples:
        `the answer to “Did Ann bully Dev?” (e2)`, `whether it is proved that … (e1)`
    """
    event = _event(want.of, register, history)
    asks = _asked(want, event, rulebook)
    if asks:
        return f"the answer to “{asks}”{f' ({event.id})' if event is not None else ''}"
    if want.cause == "proof" and event is not None and want.name == want.of:
        return f"whether it is proved that {told(event, rulebook.zone)} ({event.id})"
    if event is not None and want.name == "at":
        return f"when exactly {event.id} was"
    if want.cause == "register" and not want.of and want.name not in kinds():
        return f"what the register would say of {plain(want.name)}"
    return belongs(want)


def _asked(want: Want, event: Event | None, rulebook: Rulebook) -> str:
    """Give the bare question, without what happened and what can be answered; empty if none."""
    if want.cause == "judgement" and want.name in rulebook.questions:
        asks = rulebook.questions[want.name].asks
    elif want.cause == "register" and event is None and want.of:
        return _OF_AN_ENTRY.get(want.name, "").format(of=_called(want))
    elif event is not None and want.name == "by":
        return f"{_actor(event, rulebook.zone)}?"
    elif event is not None and want.cause in {"field", "actor"}:
        field = kind_of(event).fields.get(want.name)
        asks = "" if field is None else field.asks or ""
    else:
        return ""
    return asks if event is None else filled(asks, event, rulebook.zone)


def _event(name: str, register: Register, history: Record) -> Event | None:
    """Find the event that a want is about, one made from a relationship too."""
    if name in history.by_id or not name:
        return history.by_id.get(name)
    made = (
        RelationshipHeld(id=one.id, at=one.tenure.begins, by=one.between[0], to=one.between[1])
        for one in register.relationships
        if one.id == name
    )
    return next(made, None)


def _about(event: Event, rulebook: Rulebook) -> str:
    """Say in brackets which event a question is about that does not tell it."""
    if isinstance(event, RelationshipHeld):
        return f"({event.id})"
    return f"({event.id}: {told(event, rulebook.zone)})"


def _dated(event: Event, rulebook: Rulebook) -> str:
    """Say in brackets which event a question tells of, and when it was."""
    return f"({', '.join(filter(None, (event.id, time(event, rulebook.zone))))})"


def _called(want: Want) -> str:
    """Call an entry of the register as a sentence does."""
    return person(want.of) if want.name in _OF_PEOPLE else quoted(want.of)


def _judgement(want: Want, rulebook: Rulebook, event: Event | None, history: Record) -> str:
    found = rulebook.questions.get(want.name)
    asks = f"Is it so: {plain(want.name)}?" if found is None else found.asks
    if event is not None:
        asks = f"{filled(asks, event)} {_about(event, rulebook)}"
    return asks + _differing(want, event, history)


def _differing(want: Want, event: Event | None, history: Record) -> str:
    """Show the answers already on record, where they do not settle the question."""
    about = {frozenset((want.of,)), frozenset(names(getattr(event, "acts", ())))}
    answers = [
        f"{'yes' if one.answer is True else 'no'} by {who(one.by)} ({one.id})"
        for key in about
        for one in history.judgements.get((want.name, key), ())
        if isinstance(one.answer, bool)
    ]
    return f" Answers on record: {listed(sorted(answers))}." if answers else ""


def _parameter(want: Want, rulebook: Rulebook) -> str:
    found = rulebook.parameters.get(want.name)
    means = plain(want.name) if found is None else found.means.rstrip(".")
    return (
        f"What time applies to this: {means[:1].lower()}{means[1:]}? The protocol itself sets none."
    )


def _proof(want: Want, event: Event | None, rulebook: Rulebook) -> str:
    if event is None:
        template = _PROVED_OF_AN_ENTRY.get(want.name, "what it says of {of}: {name}")
        what = template.format(of=_called(want), name=plain(want.name))
        return f"The register says {what}: is that proved?"
    if want.name == want.of:
        # A relationship of which nobody says since when has no time to be told.
        is_dated = event.at.first != ALWAYS.begins.first
        what = told(event, rulebook.zone) if is_dated else said(event, rulebook.zone)
        return f"Is it proved that {what} ({event.id})?"
    field = kind_of(event).fields.get(want.name)
    part = "" if field is None else detail(event, field, rulebook.zone)
    return (
        f"Is this part of {want.of} proved: {part or plain(want.name)}? {_about(event, rulebook)}"
    )


def _register(want: Want, event: Event | None, rulebook: Rulebook) -> str:
    if not want.of:
        silent = f"What does the register say of {plain(want.name)}?"
        return _OF_A_WHOLE_KIND.get(want.name, silent)
    if event is not None and want.name in kinds():
        summary = re.split("[.;`]", kinds()[want.name].summary, maxsplit=1)[0]
        unrecorded = f"{summary[:1].lower()}{summary[1:]}"
        return f"Did this happen without being recorded: {unrecorded}? {_bearing(event, rulebook)}"
    template = _OF_AN_ENTRY.get(want.name, "What does the register say of {of}: {name}?")
    return template.format(of=_called(want), name=plain(want.name))


def _bearing(event: Event, rulebook: Rulebook) -> str:
    return f"It would bear on {event.id}: {told(event, rulebook.zone)}."


def _field(want: Want, event: Event, rulebook: Rulebook) -> str:
    shown = _about(event, rulebook)
    if want.name == "at":
        return f"When exactly was this? {shown}"
    if want.name == "by":
        return f"{_actor(event, rulebook.zone)} {_dated(event, rulebook)}?"
    field = kind_of(event).fields.get(want.name)
    if field is None:
        return f"What is to be said of {want.of} under “{plain(want.name)}”? {shown}"
    if field.asks is None:
        means = re.split(r"[.;]", field.help or plain(want.name), maxsplit=1)[0]
        return f"Please say: {means[:1].lower()}{means[1:]}. {shown}"
    asked = filled(field.asks, event, rulebook.zone)
    offered = _offered(field, kind_of(event).name)
    if _tells(field.asks, event):
        return f"{asked.removesuffix('?')} {_dated(event, rulebook)}?{offered}"
    return f"{asked}{offered} {shown}"


def _tells(asks: str, event: Event) -> bool:
    """Tell whether a question on a field says of itself what happened.

    It does if it names the two people, or the one and the thing, that the event is told
    with, or names the one and says of them what the event says.
    """
    told = bare(telling(kind_of(event)))
    if not places(told) <= places(asks):
        return False
    return len(places(asks)) > 1 or not _words(told).isdisjoint(_words(asks))


def _words(template: str) -> frozenset[str]:
    """Give the words of a template that are long enough to carry a meaning."""
    return frozenset(re.findall(rf"\b[a-z]{{{_LONG},}}\b", PLACE.sub("", template)))


def _offered(field: Field, kind: str) -> str:
    """Say which answers a question can have, if they are to be chosen from."""
    if set(field.choices) > {"yes", "no"}:
        return " Yes, no, or the facts only?"
    offered = chosen(field.choices, kind, field.name, "or")
    return f" {offered[:1].upper()}{offered[1:]}?" if offered else ""


def _actor(event: Event, zone: str) -> str:
    """Ask who it was, in the words in which such events are told."""
    template = telling(kind_of(event))
    asked = (
        f"Which of {listed(map(person, event.by.names))}" if isinstance(event.by, OneOf) else "Who"
    )
    if template.startswith("{by} "):
        return asked + filled(template.removeprefix("{by}"), event, zone)
    return f"{asked} was it of whom this is said: {said(event, zone)}"
