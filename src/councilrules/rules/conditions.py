"""What a rule can ask of an event, of the register, and of other events."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator


@frozen
class Path:
    """A field of the event, or an attribute that the register gives what it names."""

    field: str
    attribute: str | None = None

    def __str__(self) -> str:
        return self.field if self.attribute is None else f"{self.field}.{self.attribute}"


@frozen
class Is:
    """The field holds one of these words."""

    path: Path
    words: tuple[str, ...]


@frozen
class IsNone:
    """The field is known to be empty."""

    path: Path


@frozen
class Holds:
    """The person held one of these roles then, or the body is of that kind.

    `of` narrows an office to that of a body, or of a kind of body.
    """

    path: Path
    roles: tuple[str, ...]
    of: str | None = None


@frozen
class SitsOn:
    """The person sat then on one of these bodies, for the thing that a field names."""

    path: Path
    bodies: tuple[str, ...]
    for_: Path | None = None


@frozen
class HasInterest:
    """The person had then an interest of one of these kinds in what a path names.

    With `known`, they must also have known of it then.
    """

    path: Path
    matter: Path
    kinds: tuple[str, ...]
    known: bool = False


@frozen
class TookOfficeSince:
    """The person held none of these roles yet when the act began."""

    path: Path
    roles: tuple[str, ...]


@frozen
class InForce:
    """The decision or procedure that the field names held then."""

    path: Path


@frozen
class Adopted:
    """The decision that the field names had been adopted by then."""

    path: Path


@frozen
class WithinTerms:
    """What the field names is within the terms of reference of the body."""

    path: Path
    body: Path


@frozen
class Authorised:
    """A decision or delegation of the council or of a committee covered the act then.

    Attributes:
        who: Who acted.
        over: Over whom, where the act was over somebody.
        subject: On what, where the kind of event has a field for it.
        under: The field that may name the decision relied on.
        passing_on: Whether the decision was only passed on: then it is the one relied
            on, and need authorise nobody but those whom the act was over.
    """

    who: Path
    over: Path | None
    subject: Path | None
    under: Path | None
    passing_on: bool = False


@frozen
class Provided:
    """The council had then, or has not, a procedure of one of these kinds."""

    kinds: tuple[str, ...]


@frozen
class Vacant:
    """Nobody held the office then."""

    role: str


@frozen
class Judged:
    """A person answered the question, about this event, with yes."""

    question: str


@frozen
class Always:
    """Holds of everything."""


@frozen
class Compared:
    """Two fields name, or do not name, the same; the other may be the trigger's."""

    path: Path
    other: Path
    differs: bool = False
    of_trigger: bool = False


@frozen
class RefersToTrigger:
    """The field names the event that opened the case."""

    path: Path


@frozen
class Not:
    """The opposite; what is unknown stays unknown."""

    part: Condition


@frozen
class AllOf:
    """Every one of the conditions."""

    parts: tuple[Condition, ...]


@frozen
class AnyOf:
    """At least one of the conditions."""

    parts: tuple[Condition, ...]


# --- relations to other events ----------------------------------------------------


class Order(Enum):
    """When the other event has to be, seen from the event that opened the case."""

    BEFORE = "before"
    AFTER = "after"
    ANY_TIME = "any-time"


@frozen
class Pattern:
    """Events of one of these kinds of which the condition holds; no kinds: any."""

    kinds: tuple[str, ...]
    condition: Condition


@frozen
class Related:
    """Another event that fits the pattern exists, in that order.

    Attributes:
        pattern: What to look for.
        order: When it has to be.
        or_itself: Whether the event that opened the case may be the one.
        until_due: Whether it counts only up to the deadline of the duty.
    """

    pattern: Pattern
    order: Order
    or_itself: bool = False
    until_due: bool = False


Condition = (
    Is
    | IsNone
    | Holds
    | SitsOn
    | HasInterest
    | TookOfficeSince
    | InForce
    | Adopted
    | WithinTerms
    | Authorised
    | Provided
    | Vacant
    | Judged
    | Always
    | Compared
    | RefersToTrigger
    | Not
    | AllOf
    | AnyOf
    | Related
)


def parts_of(condition: Condition) -> Iterator[Condition]:
    """Give a condition and every condition inside it."""
    yield condition
    match condition:
        case Not(part=part):
            yield from parts_of(part)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from parts_of(part)
        case Related(pattern=pattern):
            yield from parts_of(pattern.condition)
        case _:
            return
