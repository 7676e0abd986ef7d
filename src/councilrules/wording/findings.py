"""Findings in words, which accuse nobody beyond what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.events import Kind, Proof
from councilrules.findings import Status
from councilrules.rules import (
    Authorised,
    HasInterest,
    InForce,
    Modality,
    Order,
    Related,
    SitsOn,
    parts_of,
)
from councilrules.wording.events import value
from councilrules.wording.words import any_of, day, listed, on, person, plain, quoted, sentence, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.events.record import JudgementRecorded
    from councilrules.findings import Absence, Finding, ScopeNote
    from councilrules.rules import Condition, Rule

_STATUS = {
    Status.BREACHED: "Breach",
    Status.UNDETERMINED: "Not yet settled",
    Status.OPEN: "Still open",
    Status.EXCUSED: "Excused",
    Status.MET: "Met",
}

_BREACH = {
    Proof.ALLEGED: " if proved",
    Proof.ADMITTED: ", on facts that are admitted",
}

_FORCE = {
    "must": "the protocol says “must”",
    "should": "the protocol says “should”",
    "expect": "the protocol says what may be expected",
    "may": "the protocol grants a right",
    "states": "the protocol describes this and commands nothing",
}

_SCOPE = {
    "not-in-office": "{person} held no office that is bound by {clauses}",
    "not-in-force": "the protocol was not in force then, so {clauses} cannot be applied",
    "outside-the-protocol": "{person} acted in a capacity that the protocol does not bind, so {clauses} cannot be applied",
    "after-the-clock": "this lies after the date at which things are read here, and was passed over",
    "review-overdue": "the protocol's own date for a review has passed and no review is on record; that breaches nothing, and the protocol still holds",
    "another-instrument": "whether {person} broke the code or handbook is decided elsewhere; a finding of the competent body would be a matter for {clauses}",
}

_MOST_CLAUSES = 6

# What events of some kinds are called when none is recorded.
_NOUNS = {
    "discussion-held": "discussion",
    "interest-declared": "declaration of the interest",
    "concern-raised": "word on the matter",
    "complaint-made": "complaint",
    "response-given": "answer",
    "promise-kept": "getting back",
    "promise-withdrawn": "release from the promise",
    "progress-reported": "report of progress",
    "advice-given": "advice",
    "advice-refused": "refusal that the law required",
    "information-provided": "giving of the information",
    "training-offered": "offer of training",
    "training-recorded": "record of the training",
    "matter-passed-on": "passing on of the matter",
    "circumstance-recorded": "special circumstance",
    "instruction-given": "instruction of that kind",
}


def status(finding: Finding) -> str:
    """Say where a case stands, accusing no further than was found."""
    if finding.status is Status.BREACHED:
        late = "Done late: breach" if finding.performed_at is not None else "Breach"
        return f"{late}{_BREACH.get(finding.proof, '')}"
    if finding.status is Status.UNDETERMINED:
        causes = {want.cause for want in finding.wants}
        if causes == {"judgement"}:
            return "For a named person to judge"
        return "The text leaves it open" if causes == {"text"} else "Not yet settled"
    return _STATUS[finding.status]


def force(finding: Finding) -> str:
    """Say with what force the protocol speaks, and its own qualifier."""
    hedge = f", with “{finding.hedge}”" if finding.hedge else ""
    return f"{_FORCE[finding.force]}{hedge}"


def absent(absence: Absence, rule: Rule, zone: str) -> str:
    """Say what was looked for and is not on record."""
    exceptions = dict(rule.exceptions)
    if absence.name in exceptions:
        return sentence(f"{_unrecorded(absence.name, exceptions[absence.name])} is recorded")
    if rule.standing is not None:
        return sentence(f"{_missing(rule)} is on the register")
    if not absence.kinds:
        return "Nothing of the kind is recorded."
    is_earlier = rule.modality is Modality.MUST_FIRST
    by = f" by {day(absence.until, zone)}" if absence.until is not None else ""
    return sentence(f"{_none_of(absence.kinds, is_earlier=is_earlier)} is recorded{by}")


def _missing(rule: Rule) -> str:
    entries = () if rule.standing is None else rule.standing.entries
    what = listed(map(plain, entries), "or")
    if rule.standing is not None and rule.standing.register_kind == "procedures":
        return f"no {what} procedure" if len(entries) == 1 else f"no procedure for {what}"
    return f"no sufficient delegation for {what}"


def _none_of(kinds: tuple[str, ...], *, is_earlier: bool) -> str:
    nouns = dict.fromkeys(_NOUNS.get(kind, plain(kind)) for kind in kinds)
    return f"no {'earlier ' if is_earlier else ''}{listed(nouns, 'or')}"


def _unrecorded(name: str, condition: Condition) -> str:
    """Say of an exception what would have to be recorded for it."""
    for part in parts_of(condition):
        match part:
            case Related(pattern=pattern, order=order):
                return _none_of(pattern.kinds, is_earlier=order is Order.BEFORE)
            case Authorised(passing_on=True):
                return "no decision that was only passed on"
            case Authorised():
                return "no authority for it from the council or a committee"
            case SitsOn(bodies=bodies):
                return f"no seat on {any_of(bodies)}"
            case InForce():
                return "no agreed procedure that it went through"
            case HasInterest():
                return "no such interest"
            case _:
                continue
    return f"nothing that bears on “{plain(name)}”"


def late(finding: Finding) -> str:
    """Say by how much something came too late."""
    if finding.late_by is None:
        return "after the time allowed"
    return f"{finding.late_by} working day{'' if finding.late_by == 1 else 's'} late"


def timing(finding: Finding, zone: str) -> Iterator[str]:
    """Say by when something was due, when it was done, and when it was put right."""
    if finding.due is not None:
        yield f"Due by the end of {day(finding.due, zone)}."
    if finding.performed_at is not None:
        yield f"Recorded as done {on(finding.performed_at, zone)}, {late(finding)}."
    if finding.elapsed is not None:
        yield f"Working days that have passed so far: {finding.elapsed}."
    if finding.ended is not None:
        yield f"Put right {on(finding.ended, zone)}."


def gap(name: str) -> str:
    """Say that the text itself leaves something open."""
    return f"The text of the protocol does not settle this: {plain(name)}. Nobody can answer that here."


def approved_afterwards(decision: str) -> str:
    """Say that a decision approved afterwards of what had been done."""
    return f"Approved afterwards by the decision {quoted(decision)}, which mitigates and does not excuse."


def permitted(on: str, clause: str, by: str) -> str:
    """Say that a clause permits somebody what they did."""
    return f"{on}: clause {clause} permits this to {person(by)}."


def in_place(register_kind: str, name: str) -> str:
    """Say of an entry that a lasting duty wants that it was there."""
    if register_kind == "procedures":
        return f"a {plain(name)} procedure was in force"
    return f"authority for {plain(name)} was delegated"


def excuse(name: str) -> str:
    """Say an exception by its name; one that another clause makes names that clause."""
    if name.startswith("barred-by-"):
        return f"clause {name.removeprefix('barred-by-')} forbids what was refused"
    return "no longer in office when it was due" if name == "left-office" else plain(name)


def scope(note: ScopeNote) -> str:
    """Say why something is no matter for a clause."""
    text = _SCOPE[note.why].format(
        person=person(note.person) if note.person else "whoever it was",
        clauses=clauses(note.clauses),
    )
    return f"{note.event}: {text}." if note.event else sentence(text)


def clauses(ids: tuple[str, ...]) -> str:
    """Name clauses: the first few, and how many more there are."""
    if len(ids) > _MOST_CLAUSES + 1:
        named = ", ".join(ids[:_MOST_CLAUSES])
        return f"clauses {named} and {len(ids) - _MOST_CLAUSES} others"
    return f"clause{'s' if len(ids) > 1 else ''} {listed(ids)}"


def judgement(event: JudgementRecorded) -> str:
    """Say who answered a question of judgement, how, and why."""
    name = event.question if isinstance(event.question, str) else "a question"
    answer = value(event.answer, Kind.YES_NO) or "not answered"
    why = f", because “{event.reasons}”" if isinstance(event.reasons, str) else ""
    return f"Judged by {who(event.by)} ({event.id}): {plain(name)}, {answer}{why}."
