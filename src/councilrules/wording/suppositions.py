"""What would be so if a fact were otherwise: the parts of such sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from councilrules.events import Kind
from councilrules.findings import Status
from councilrules.vocabulary import kind_of
from councilrules.wording.events import filled, noun, place_of, places, said, value
from councilrules.wording.findings import excuse
from councilrules.wording.words import LONDON, plain, sentence, who

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.events import Event
    from councilrules.vocabulary import Field

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
    verb, _, rest = filled(kind.cls.does, event).partition(" ")
    return who(event.by), verb, f" {rest}" if rest else ""


def done(event: Event, *, holds: bool = True) -> str:
    """Say that an event happened, or not, so that it can follow `Had`.

    Examples:
        `cleo answered fay`, `cleo not answered fay`
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
        `cleo answer fay`, `cleo not answer fay`
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
        ` (matter: play-area)`
    """
    kind = kind_of(event)
    told = places(kind.cls.does or "") | {"by"}
    shown = {
        plain(field.name): value(getattr(event, field.attribute), field.kind)
        for field in kind.fields.values()
        if place_of(field) not in told
    }
    more = "; ".join(f"{name}: {one}" for name, one in shown.items() if one and one != without)
    return f" ({more})" if more else ""


def held(event: Event, field: Field, raw: object, zone: str = LONDON) -> str:
    """Say what a field would have held, so that it can follow `Had`."""
    shown = noun(raw, field.kind) if field.kind is not Kind.TIME else value(raw, field.kind, zone)
    shown = f"“{plain(shown)}”" if field.kind in {Kind.CHOICE, Kind.YES_NO} else shown
    if field.asks is None:
        return f"“{plain(field.name)}” of {event.id} been {shown}"
    asks = filled(field.asks, event)
    return f"the answer to “{asks}” ({event.id}) been {shown}"


def judged(asks: str, event: Event | None, *, answer: bool) -> str:
    """Say how a question would have been answered, so that it can follow `Had`."""
    asked = asks if event is None else f"{filled(asks, event)}” ({event.id}"
    closing = "”" if event is None else ")"
    return f"the answer of a named person to “{asked}{closing} been “{'yes' if answer else 'no'}”"


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
