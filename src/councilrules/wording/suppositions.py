"""What would be so if a fact were otherwise: the parts of such sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from councilrules.events import Empty, Kind
from councilrules.findings import Status
from councilrules.history import names
from councilrules.vocabulary import kind_of
from councilrules.wording.choices import chosen
from councilrules.wording.events import (
    CLAUSE,
    detail,
    filled,
    noun,
    place_of,
    places,
    said,
    value,
)
from councilrules.wording.findings import excuse
from councilrules.wording.words import LONDON, listed, plain, sentence, who

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.events import Event
    from councilrules.vocabulary import EventKind, Field

_PARTICIPLES = {
    "be": "been", "become": "become", "break": "broken", "bring": "brought", "come": "come",
    "do": "done", "draw": "drawn", "fall": "fallen", "find": "found", "get": "got",
    "give": "given", "go": "gone", "have": "had", "hear": "heard", "hold": "held",
    "keep": "kept", "know": "known", "lay": "laid", "leave": "left", "let": "let",
    "make": "made", "pay": "paid", "put": "put", "read": "read", "say": "said",
    "see": "seen", "seek": "sought", "send": "sent", "set": "set", "show": "shown",
    "speak": "spoken", "stand": "stood", "take": "taken", "tell": "told", "think": "thought",
    "withdraw": "withdrawn", "withhold": "withheld", "write": "written",
}  # fmt: skip

_NUMBERS = {2: "two", 3: "three", 4: "four"}

_TOLD_OF_AN_ACTOR = re.compile(r"^\{by\} ")


def participle(base: str) -> str:
    """Give the past participle of a verb.

    Examples:
        >>> participle("answer"), participle("tell"), participle("lobby"), participle("use")
        ('answered', 'told', 'lobbied', 'used')
    """
    if base in _PARTICIPLES:
        return _PARTICIPLES[base]
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}ed"


def _verb(event: Event) -> tuple[str, str, str] | None:
    """Give who did it, the verb and the rest; `None` where it is not told of an actor."""
    kind = kind_of(event)
    if not kind.cls.does or not _TOLD_OF_AN_ACTOR.match(kind.cls.says) or ", or " in kind.cls.says:
        return None
    verb, _, rest = filled(kind.cls.does + _clauses(kind), event).partition(" ")
    return who(event.by), verb, f" {rest}" if rest else ""


def _clauses(kind: EventKind) -> str:
    """Give the clauses that the sentence on such events adds to what is done.

    Those that would be set off by a comma, or refer to another event, are left to `besides`.
    """
    does = places(kind.cls.does or "")
    referring = {place_of(one) for one in kind.fields.values() if one.kind is Kind.EVENT}
    added = (
        clause[0]
        for clause in CLAUSE.finditer(kind.cls.says)
        if clause[1].startswith(" ")
        and "|" not in clause[1]
        and not places(clause[1]) & (does | referring)
    )
    return "".join(added)


def done(event: Event, *, holds: bool = True) -> str:
    """Say that an event happened, or not, so that it can follow `Had`.

    Examples:
        `Cleo answered Fay`, `Cleo not answered Fay`
    """
    no = "" if holds else "not "
    found = _verb(event)
    if found is None:
        return f"it {no}been recorded that {said(event)}"
    by, verb, rest = found
    return f"{by} {no}{participle(verb)}{rest}"


def doing(event: Event, *, holds: bool = True) -> str:
    """Say that an event happens, or not, so that it can follow `Should`.

    Examples:
        `Cleo answer Fay`, `Cleo not answer Fay`
    """
    no = "" if holds else "not "
    found = _verb(event)
    if found is None:
        return f"it {no}be recorded that {said(event)}"
    by, verb, rest = found
    return f"{by} {no}{verb}{rest}"


def besides(event: Event, *, without: str) -> str:
    """Say in brackets what else is supposed of an event, but for the event it is held against.

    Examples:
        ` (alone)`
    """
    kind = kind_of(event)
    told = places((kind.cls.does or "") + _clauses(kind)) | {"by"}
    if _verb(event) is None:
        told |= places(kind.cls.says)
    shown = (
        detail(event, field)
        for field in kind.fields.values()
        if place_of(field) not in told and getattr(event, field.attribute) != without
    )
    more = "; ".join(filter(None, shown))
    return f" ({more})" if more else ""


def held(event: Event, field: Field, raw: object, zone: str = LONDON) -> str:
    """Say what a field would have held, so that it can follow `Had`."""
    shown = noun(raw, field.kind) if field.kind is not Kind.TIME else value(raw, field.kind, zone)
    if field.kind is Kind.CHOICE and names(raw):
        shown = answer(names(raw), event, field)
    if field.kind in {Kind.CHOICE, Kind.YES_NO} or raw is Empty.NONE:
        shown = f"“{shown}”"
    if field.asks is None:
        return f"“{plain(field.name)}” of {event.id} been {shown}"
    asks = filled(field.asks, event)
    return f"the answer to “{asks}” ({event.id}) been {shown}"


def answer(words: Iterable[str], event: Event, field: Field) -> str:
    """Say the words that a field would hold, as an answer to the question on it."""
    is_short = {"yes", "no"} <= {*field.choices}
    return listed(map(plain, words)) if is_short else chosen(words, kind_of(event).name, field.name)


def judged(asks: str, event: Event | None, *, answer: bool) -> str:
    """Say how a question would have been answered, so that it can follow `Had`."""
    asked = f"“{asks}”" if event is None else f"“{filled(asks, event)}” ({event.id})"
    return f"a named person answered “{'yes' if answer else 'no'}” to {asked}"


def outcome(status: Status | None, *, was: Status, excused_by: str | None, is_alleged: bool) -> str:
    """Say what it would then come to."""
    match status:
        case Status.MET:
            return "it would be met"
        case Status.EXCUSED:
            by = "" if excused_by is None else f" ({excuse(excused_by)})"
            return f"it would be excused{by}"
        case Status.BREACHED:
            return f"it would be a breach{' if proved' if is_alleged else ''}"
        case None if was is Status.BREACHED:
            return "it would be no breach"
        case None:
            return "there would be no finding"
        case Status.OPEN:
            return "there would still be time"
        case _:
            return "it would not yet be settled"


def supposed(suppositions: Iterable[str], then: str, *, ahead: bool = False) -> str:
    """Say what would be so, if something were so."""
    word = "should" if ahead else "had"
    supposing = " and ".join(f"{word} {one}" for one in suppositions)
    return sentence(f"{supposing}, {then}")


def others(number: int) -> str:
    """Say how many more changes there are that would do; empty if there is none."""
    if not number:
        return ""
    return f"{number} other change{'' if number == 1 else 's'} as small would have done so too."


def none(status: Status, most: int, *, is_complete: bool) -> str:
    """Say that nothing was found that would have turned a finding."""
    if not most or status is Status.UNDETERMINED:
        return ""
    few = "one fact" if most == 1 else f"up to {_NUMBERS.get(most, most)} facts"
    instead = "anything but a breach" if status is Status.BREACHED else "a breach"
    found = "" if is_complete else ", as far as was looked"
    return f"No change of {few} that the rule asks about would have made it {instead}{found}."
