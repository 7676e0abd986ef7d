"""What every event has in common, and the kinds of value its fields can hold."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Annotated, ClassVar, Self, TypeVar, dataclass_transform

from attrs import evolve, field, frozen

from councilrules.errors import Place
from councilrules.periods import Moment


class Unknown(Enum):
    """What nobody has written down, or what is written as `not_known`."""

    UNKNOWN = "not_known"


class Empty(Enum):
    """What is known to be empty: `none`, or for a person `nobody`."""

    NONE = "none"


UNKNOWN = Unknown.UNKNOWN
NONE = Empty.NONE


@frozen
class OneOf:
    """One of several names, without its being known which."""

    names: tuple[str, ...]


class Proof(Enum):
    """How well a fact is proved (MEANING.md P2), the weakest first."""

    DISPROVED = -1
    NOT_KNOWN = 0
    ALLEGED = 1
    ADMITTED = 2
    ESTABLISHED = 3

    def __init__(self, rank: int) -> None:
        # Python 3.11 takes five times as long to look up `value`.
        self.rank = rank

    def __lt__(self, other: Proof) -> bool:
        return self.rank < other.rank


class Kind(Enum):
    """What the value of a field stands for, and so how a file writes it."""

    PERSON = "person"
    BODY = "body"
    DOCUMENT = "paper"
    MATTER = "matter"
    DECISION = "decision"
    PROCEDURE = "procedure"
    EVENT = "event"
    YES_NO = "yes or no"
    CHOICE = "choice"
    TIME = "time"
    TEXT = "text"


@frozen
class Choices:
    """The words that a field may hold."""

    words: tuple[str, ...]


def choices(*words: str) -> Choices:
    """List the words that a field may hold, in the order in which help shows them."""
    return Choices(words)


Names = str | tuple[str, ...] | OneOf | Empty | Unknown
Word = str | tuple[str, ...] | Empty | Unknown
Person = Annotated[Names, Kind.PERSON]
Body = Annotated[Names, Kind.BODY]
Document = Annotated[Names, Kind.DOCUMENT]
Matter = Annotated[Names, Kind.MATTER]
DecisionRef = Annotated[Names, Kind.DECISION]
ProcedureRef = Annotated[Names, Kind.PROCEDURE]
EventRef = Annotated[Names, Kind.EVENT]
YesNo = Annotated[bool | Unknown, Kind.YES_NO]
Time = Annotated[Moment | Empty | Unknown, Kind.TIME]
Words = Annotated[str | Empty | Unknown, Kind.TEXT]

_E = TypeVar("_E")


@dataclass_transform(kw_only_default=True, frozen_default=True)
def event(cls: type[_E]) -> type[_E]:
    """Make a class a kind of event: frozen, keyword-only, equal by content."""
    # Without slots, so that each class exists once and `__subclasses__` lists it once;
    # and without an `__eq__` of its own, which would double the time to load them all.
    return frozen(kw_only=True, slots=False, repr=False, eq=False)(cls)


def _nothing() -> Mapping[str, Proof]:
    return MappingProxyType({})


def _unasked() -> Mapping[str, bool | Unknown]:
    return MappingProxyType({})


@event
class Event:
    """Something that happened, or is said to have happened.

    Attributes:
        id: The name by which the other events and the findings refer to it.
        at: When it happened, as nearly as is known.
        by: Who did it: a person or a body, several (each answers), or one of several.
            Who did this?
        until: When it ended, for an act that lasted.
        as_: In what capacity: an office, a body, `private` or `another-body`. In what
            capacity did {by} act: in which office, for which body, or privately?
        proof: How well it is proved.
        source: The paper or message that this account of it rests on.
        act: A name shared by events that are one act under several kinds.
        repeats: The earlier event of which this is only a reminder.
        with_: Who else took part, without answering for it; `none` if it was done alone.
            Who else took part, or did {by} act alone?
        towards: At whom it was directed, where this kind of event has no field for
            that. At whom did {by} direct this?
        on_instruction_of: The instruction that this was done on. On which instruction
            did {by} act?
        in_role: Whether it was done in discharging the responsibilities of a post. Did
            {by} do this in discharging the responsibilities of their post?
        answers: What is stipulated about it for questions of judgement.
        proofs: How well single values are proved, where that differs from the event.
        place: Where it was written.
    """

    # In the past tense, and as what somebody does or does not; `{by}` and the names of
    # other fields stand for what they hold.
    says: ClassVar[str] = ""
    does: ClassVar[str] = ""
    receiver: ClassVar[str | None] = None
    context: ClassVar[bool] = False
    derived: ClassVar[bool] = False

    id: str
    at: Moment
    by: Person = UNKNOWN
    until: Moment | None = None
    as_: Person = UNKNOWN
    proof: Proof = Proof.ESTABLISHED
    source: str | None = None
    act: str | None = None
    repeats: EventRef = UNKNOWN
    with_: Person = UNKNOWN
    towards: Person = UNKNOWN
    on_instruction_of: EventRef = UNKNOWN
    in_role: YesNo = UNKNOWN
    answers: Mapping[str, bool | Unknown] = field(factory=_unasked)
    proofs: Mapping[str, Proof] = field(factory=_nothing)
    place: Place | None = None

    def established(self) -> Self:
        """Give the same event, taken as proved in all its parts."""
        return evolve(self, proof=Proof.ESTABLISHED, proofs=_nothing())  # type: ignore[misc]  # mypy cannot see that `event` makes attrs classes

    def __eq__(self, other: object) -> bool:
        """Tell whether two events say the same, wherever each was written."""
        if not isinstance(other, Event) or type(self) is not type(other):
            return NotImplemented
        return _content(self) == _content(other)

    def __hash__(self) -> int:
        return hash(self.id)


def _content(event: Event) -> dict[str, object]:
    return {name: value for name, value in vars(event).items() if name != "place"}
