"""What was found: findings, their reasons, and what is wanted to settle them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Literal

from attrs import define, field, frozen

from councilrules.events import Proof
from councilrules.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from councilrules.periods import Moment

# Python 3.11 takes as long to look up a member of an enum as to do anything with it.
_FALSE, _UNKNOWN, _TRUE = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE

Cause = Literal["field", "actor", "register", "judgement", "parameter", "proof", "text"]

_NOTHING_CITED: frozenset[str] = frozenset()

NOTHING = "nothing on record"
"""The origin of what is false only because the record, taken as complete, lacks it."""


class Status(Enum):
    """Where a case stands."""

    BREACHED = "breached"
    UNDETERMINED = "undetermined"
    OPEN = "open"
    EXCUSED = "excused"
    MET = "met"


GRAVITY = tuple(Status)
"""The statuses, the gravest first (MEANING.md P13)."""


@frozen(order=True)
class Want:
    """Something that would have to be known before a case can be settled.

    Attributes:
        cause: What kind of thing is missing.
        of: The event, person or thing that it is about; empty for the rulebook.
        name: What it is: a field, a kind of register entry, a question, a parameter.
    """

    cause: Cause
    of: str
    name: str

    def __str__(self) -> str:
        name = f"{self.cause}:{self.name}"
        return f"{name}@{self.of}" if self.of else name

    @property
    def turn(self) -> int:
        """Give its turn among questions (P18): 0 jurisdiction to 3 judgement, 4 text."""
        if self.cause == "actor" or self.name in {"in-force", "offices", "engaged"}:
            return 0
        if self.name == "as":
            return 1
        return {"judgement": 3, "text": 4}.get(self.cause, 2)


# Not frozen, since a few dozen are made for every event and a frozen one takes twice the
# time to make; nothing changes them once they are made.
@define(eq=False)
class Because:
    """A truth with its reasons: a tree that says how it came about.

    Attributes:
        truth: Whether it holds.
        about: What it is the truth of: a condition of the rule, or a word for one of
            the parts that every case has.
        parts: The truths that it was made from.
        proof: How well that which decides it is proved; `ESTABLISHED` where nothing
            has to be.
        events: The ids of the events that decide it, or leave it open.
        wants: What would have to be known, if it is unknown.
        origin: Where its value stands: a field of an event, a register entry, ...
        value: The value found there.
    """

    truth: Truth
    about: Any
    parts: tuple[Because, ...] = ()
    proof: Proof = Proof.ESTABLISHED
    events: frozenset[str] = frozenset()
    wants: tuple[Want, ...] = ()
    origin: str = ""
    value: str = ""


def united(parts: Iterable[Because]) -> frozenset[str]:
    """Give the events that any of several truths rests on."""
    found = _NOTHING_CITED
    for part in parts:
        if part.events:
            found = found | part.events if found else part.events
    return found


def wanted(parts: Iterable[Because]) -> tuple[Want, ...]:
    """Give what any of several truths wants, each once, in their order."""
    return tuple(dict.fromkeys([want for part in parts for want in part.wants]))


def weakest(parts: Iterable[Because]) -> Proof:
    """Give the weakest proof among several truths; `ESTABLISHED` of none."""
    found = Proof.ESTABLISHED
    for part in parts:
        if part.proof is not found and part.proof.rank < found.rank:
            found = part.proof
    return found


def best(parts: Iterable[Because]) -> Because:
    """Choose the best support (P2): the strongest proof, and of equals the first."""
    return max(parts, key=lambda part: part.proof.rank)


def all_of(about: Any, parts: Iterable[Because], *, origin: str = "") -> Because:  # noqa: ANN401
    """Tell whether all of `parts` hold; the first that is false ends the reading.

    Later parts are not even made then, if `parts` makes them one by one, so that
    nobody is asked what can no longer matter.
    """
    seen: list[Because] = []
    for part in parts:
        seen.append(part)
        if part.truth is _FALSE:
            return Because(_FALSE, about, tuple(seen), part.proof, part.events, (), origin)
    return _made_of(_TRUE, about, tuple(seen), origin)


def any_of(about: Any, parts: Iterable[Because], *, origin: str = "") -> Because:  # noqa: ANN401
    """Tell whether one of `parts` holds; what supports it is the best of those that do."""
    seen = tuple(parts)
    holding = [part for part in seen if part.truth is _TRUE]
    if holding:
        chosen = best(holding)
        return Because(_TRUE, about, seen, chosen.proof, chosen.events, (), origin)
    return _made_of(_FALSE, about, seen, origin)


def _made_of(otherwise: Truth, about: Any, seen: tuple[Because, ...], origin: str) -> Because:  # noqa: ANN401
    """Give what rests on all of its parts: not known if one of them is not."""
    # In one pass, since this is done hundreds of times for every event.
    found, proof, events = otherwise, Proof.ESTABLISHED, _NOTHING_CITED
    for part in seen:
        if part.truth is _UNKNOWN:
            found = _UNKNOWN
        if part.proof is not proof and part.proof.rank < proof.rank:
            proof = part.proof
        if part.events is not events and part.events:
            events = events | part.events if events else part.events
    wants: tuple[Want, ...] = ()
    if found is _UNKNOWN:
        wants = wanted(part for part in seen if part.truth is _UNKNOWN)
    return Because(found, about, seen, proof, events, wants, origin)


def renamed(about: Any, part: Because) -> Because:  # noqa: ANN401
    """Give the same truth as a part of the case: an exception, an office, ..."""
    return Because(
        part.truth,
        about,
        (part,),
        part.proof,
        part.events,
        part.wants,
        part.origin,
        part.value,
    )


def negated(about: Any, part: Because) -> Because:  # noqa: ANN401
    """Turn a truth round; its proof, its events and its wants are the same."""
    return Because(
        part.truth.not_(),
        about,
        (part,),
        part.proof,
        part.events,
        part.wants,
        part.origin,
        part.value,
    )


@frozen(kw_only=True)
class Absence:
    """What was looked for and is not on record.

    Attributes:
        name: The exception, or `must` or `must_first` for what was required.
        kinds: The kinds of event that would have counted; empty for register entries.
        until: Up to when it was looked for; `None` if up to the clock.
    """

    name: str
    kinds: tuple[str, ...]
    until: datetime | None = None


@frozen(kw_only=True)
class Finding:
    """A case and its status, with reasons.

    Attributes:
        rulebook: The rulebook's id.
        clause: The clause's id.
        rule: The rule's id.
        status: Where the case stands.
        bearer: Who answers; `None` if that is not known.
        on: The event that opened the case; for a standing duty what fails, and since
            when.
        events: The events that the finding rests on, in order of their ids.
        proof: The weakest proof among the facts needed on the accusing side.
        force: The force of the rule; `hedge` the protocol's own qualifier.
        opened: When the case opened.
        due: The deadline of a duty, if it is known.
        performed_at: When a duty was done too late.
        late_by: By how many working days.
        elapsed: Working days since the case opened, where a parameter is unset.
        ended: When a failure of a standing duty was cured.
        excused_by: The exception that applies.
        absent: What was looked for and is not on record.
        assumes: What was taken for granted.
        wants: What would have to be known, if it is undetermined, in the order in which
            to ask.
        act: The act that the event is part of, if several events are one.
    """

    rulebook: str
    clause: str
    rule: str
    status: Status
    bearer: str | None
    on: str
    events: tuple[str, ...]
    proof: Proof
    force: str
    hedge: str | None = None
    opened: Moment
    due: datetime | None = None
    performed_at: Moment | None = None
    late_by: int | None = None
    elapsed: int | None = None
    ended: Moment | None = None
    excused_by: str | None = None
    absent: tuple[Absence, ...] = ()
    assumes: tuple[str, ...] = ()
    wants: tuple[Want, ...] = ()
    act: str | None = None

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """Give what makes the case this case: rulebook, clause, rule, bearer, event."""
        return self.rulebook, self.clause, self.rule, self.bearer or "", self.on


@frozen(kw_only=True, order=True)
class ScopeNote:
    """Why something that was put forward is no matter for a clause.

    Attributes:
        why: `not-in-office`, `not-in-force`, `outside-the-protocol`, `after-the-clock`,
            `review-overdue` or `another-instrument`.
        event: The event; empty for a note on the rulebook.
        person: The person; empty where the note is about no one person.
        clauses: The clauses that would otherwise have been looked at.
        is_bound_otherwise: Whether other clauses bind the person in what they did, so that
            a reader has no need of the note.
    """

    why: str
    event: str
    person: str
    clauses: tuple[str, ...] = field(default=())
    is_bound_otherwise: bool = False


@frozen(kw_only=True, order=True)
class Permission:
    """An act that a clause permits; it opens no case."""

    clause: str
    rule: str
    person: str
    on: str
