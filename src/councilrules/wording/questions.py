"""What is not known, as questions that can be put to somebody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from councilrules.events import OneOf
from councilrules.events.conduct import RelationshipHeld
from councilrules.history import names
from councilrules.vocabulary import kind_of, kinds
from councilrules.wording.events import filled, happened, said, telling
from councilrules.wording.words import listed, person, plain, who

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

_OF_A_WHOLE_KIND = {
    "in-force": "Since when has the protocol been in force?",
    "interests": "Who has which interests, and in what? The register does not say.",
    "decisions": "Which decisions and delegations of the council and its committees were in force at the time? The register does not say.",
    "delegations": "Which delegations had the council made? The register does not say.",
    "procedures": "Which procedures had the council adopted, and when? The register does not say.",
}


def question(want: Want, rulebook: Rulebook, register: Register, history: Record) -> str:
    """Put what is missing as a question, with the event that it is about in brackets."""
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
    """Say in brackets which event a question is about."""
    if isinstance(event, RelationshipHeld):
        return f"({event.id})"
    return f"({event.id}: {happened(event, rulebook.zone)})"


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
        what = plain(want.name)
        return f"Was it proved what the register says of {person(want.of)} ({what})?"
    shown = _about(event, rulebook)
    if want.name == want.of:
        return f"Was it proved that {said(event)}? {shown}"
    return f"Was it proved what {want.of} says under “{plain(want.name)}”? {shown}"


def _register(want: Want, event: Event | None, rulebook: Rulebook) -> str:
    if not want.of:
        silent = f"What does the register say of {plain(want.name)}?"
        return _OF_A_WHOLE_KIND.get(want.name, silent)
    if event is not None and want.name in kinds():
        summary = kinds()[want.name].summary.rstrip(".")
        unrecorded = f"Did this happen without being recorded: {summary[:1].lower()}{summary[1:]}?"
        return f"{unrecorded} It bears on {want.of}. {_about(event, rulebook)}"
    template = _OF_AN_ENTRY.get(want.name, "What does the register say of {of}: {name}?")
    return template.format(of=person(want.of), name=plain(want.name))


def _field(want: Want, event: Event, rulebook: Rulebook) -> str:
    shown = _about(event, rulebook)
    if want.name == "at":
        return f"At what time exactly was this? {shown}"
    if want.name == "by":
        return f"{_actor(event)}? {shown}"
    field = kind_of(event).fields.get(want.name)
    if field is None:
        return f"What is to be said of {want.of} under “{plain(want.name)}”? {shown}"
    if field.asks is None:
        means = re.split(r"[.;]", field.help or plain(want.name), maxsplit=1)[0]
        return f"Please say: {means[:1].lower()}{means[1:]}. {shown}"
    return f"{filled(field.asks, event)}{_offered(field)} {shown}"


def _offered(field: Field) -> str:
    """Say which answers a question can have, if they are to be chosen from."""
    words = [plain(word) for word in field.choices]
    if set(words) > {"yes", "no"}:
        return " Yes, no, or the facts only?"
    return f" One of: {listed(words, 'or')}." if words else ""


def _actor(event: Event) -> str:
    """Ask who it was, in the words in which such events are told."""
    template = telling(kind_of(event))
    chosen = f"Which of {who(event.by)}" if isinstance(event.by, OneOf) else "Who"
    if template.startswith("{by} "):
        return chosen + filled(template.removeprefix("{by}"), event)
    return f"{chosen} was it"
