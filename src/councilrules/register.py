"""What lasts: people and their offices, interests, papers, bodies, decisions.

The register is closed kind by kind, and only for the kinds it speaks of (MEANING.md
P1). What an entry leaves out has its ordinary meaning: no `since`, from ever; no
`until`, still; no limit stated, no limit. `not_known` makes it unknown.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from councilrules.events import Empty, Proof, Unknown
from councilrules.periods import Moment, Tenure

if TYPE_CHECKING:
    from collections.abc import Mapping

ALWAYS = Tenure()
COUNCIL = "council"
"""The name of the body that every register has, and of its kind."""

ANYTHING = "anything"
"""The word for a subject, a term of reference or a group of people without limit."""

Listed = tuple[str, ...] | Empty | Unknown
"""Words of an entry: those listed, known to be none, or not known."""

KINDS = (
    "people",
    "bodies",
    "papers",
    "interests",
    "relationships",
    "decisions",
    "delegations",
    "procedures",
    "reviews",
)


BODY_KINDS = (COUNCIL, "committee", "panel", "group", "other")
INTEREST_KINDS = ("professional", "personal", "pecuniary", "prejudicial", "other")
MARKINGS = ("confidential", "not-for-publication", "other-secrecy")
RELATIONSHIP_KINDS = ("personal-familiarity", "special-relationship", "family")
PROCEDURE_KINDS = ("grievance", "disciplinary", "personal-issues", "lobbying", "other")
ENGAGEMENTS = ("employed", "contract", "unpaid")


@frozen(kw_only=True)
class Engagement:
    """How a member of staff was engaged for some time."""

    how: str | Unknown
    tenure: Tenure = ALWAYS


@frozen(kw_only=True)
class Office:
    """An office that a person held.

    Attributes:
        role: The office: `councillor`, `clerk`, `chair`, ...
        of: The body it is of; the council where nothing else is said.
        tenure: When it was held.
        engaged: How its holder was engaged; `employed` where nothing else is said.
        proof: How well it is proved.
    """

    role: str
    of: str = COUNCIL
    tenure: Tenure = ALWAYS
    engaged: tuple[Engagement, ...] = ()
    proof: Proof = Proof.ESTABLISHED


@frozen(kw_only=True)
class Seat:
    """A seat of a person on a body, for one thing if `for_` names it."""

    body: str
    for_: Listed = Empty.NONE
    tenure: Tenure = ALWAYS
    proof: Proof = Proof.ESTABLISHED


@frozen(kw_only=True)
class Person:
    """A person with their offices and seats; not known at all unless `is_known`."""

    offices: tuple[Office, ...] = ()
    seats: tuple[Seat, ...] = ()
    is_known: bool = True


@frozen(kw_only=True)
class Body:
    """A body: the council, a committee, a panel, a group.

    Attributes:
        kind: `council`, `committee`, `panel`, `group` or `other`; not known otherwise.
        terms: What its terms of reference cover; not known where it does not say.
    """

    kind: str | Unknown
    terms: Listed = Unknown.UNKNOWN


@frozen(kw_only=True)
class Marking:
    """A marking of a paper for some time."""

    word: str
    tenure: Tenure = ALWAYS
    proof: Proof = Proof.ESTABLISHED


@frozen(kw_only=True)
class Paper:
    """A paper: what it relates to, how it is marked, who holds it."""

    matter: Listed = Unknown.UNKNOWN
    marked: tuple[Marking, ...] | Unknown = ()
    held_by: Listed = Unknown.UNKNOWN


@frozen(kw_only=True)
class Interest:
    """An interest of a person in a matter.

    Attributes:
        of: Who has it.
        matter: In what; not known if unknown.
        kinds: `professional`, `personal`, `pecuniary`, `prejudicial` or `other`.
        tenure: When they had it.
        known: From when they knew of it; as long as they had it where nothing is said.
        proof: How well it is proved.
    """

    of: str
    matter: Listed
    kinds: Listed
    tenure: Tenure = ALWAYS
    known: Tenure = ALWAYS
    proof: Proof = Proof.ESTABLISHED


@frozen(kw_only=True)
class Relationship:
    """A personal relationship between two people."""

    id: str
    between: tuple[str, str]
    kind: str | Unknown
    tenure: Tenure = ALWAYS
    proof: Proof = Proof.ESTABLISHED


@frozen(kw_only=True)
class Decision:
    """A decision or delegation (MEANING.md P15).

    Attributes:
        body: The body that took it.
        subject: What it is about; `NONE` for no limit.
        to: Whom it authorises; `NONE` for nobody.
        over: Over whom; `NONE` for no limit.
        scope: For a delegation, `all` or `some` of its subject.
        group: For a delegation, whether the body it is to is `small` or `large`.
        approves: The act that it approved afterwards, if it did.
        tenure: From when, and how long, it holds.
        is_delegation: Whether it stands among the delegations.
        proof: How well it is proved.
    """

    id: str
    body: str | Unknown = COUNCIL
    subject: Listed = Empty.NONE
    to: Listed = Empty.NONE
    over: Listed = Empty.NONE
    scope: str | Unknown = Unknown.UNKNOWN
    group: str | Unknown = Unknown.UNKNOWN
    approves: str | None = None
    tenure: Tenure = ALWAYS
    is_delegation: bool = False
    proof: Proof = Proof.ESTABLISHED


@frozen(kw_only=True)
class Procedure:
    """A procedure that the council adopted, of one or more kinds."""

    id: str
    kinds: Listed
    tenure: Tenure = ALWAYS
    proof: Proof = Proof.ESTABLISHED


@frozen(kw_only=True)
class Register:
    """What lasts, for one council.

    Attributes:
        people: People by name.
        bodies: Bodies by name; the council is always among them.
        papers: Papers by name.
        interests: Interests; likewise relationships, decisions (delegations among
            them), procedures and reviews of the protocol, by when they took place.
        speaks_of: The kinds of entry for which the register is complete.
    """

    people: Mapping[str, Person] = field(factory=dict)
    bodies: Mapping[str, Body] = field(factory=dict)
    papers: Mapping[str, Paper] = field(factory=dict)
    interests: tuple[Interest, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    decisions: tuple[Decision, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    reviews: tuple[Moment, ...] = ()
    speaks_of: frozenset[str] = frozenset()

    @cached_property
    def interests_by_person(self) -> Mapping[str, tuple[Interest, ...]]:
        """Give the interests of each person."""
        found: dict[str, list[Interest]] = {}
        for interest in self.interests:
            found.setdefault(interest.of, []).append(interest)
        return {name: tuple(listed) for name, listed in found.items()}

    @cached_property
    def people_by_office(self) -> Mapping[str | None, tuple[str, ...]]:
        """Give who ever held each office; under `None`, whose offices are not known."""
        found: dict[str | None, list[str]] = {}
        for name, person in self.people.items():
            if not person.is_known:
                found.setdefault(None, []).append(name)
            for office in person.offices:
                found.setdefault(office.role, []).append(name)
        return {role: tuple(names) for role, names in found.items()}

    @cached_property
    def decisions_by_id(self) -> Mapping[str, Decision]:
        """Give the decisions and delegations by their ids."""
        return {decision.id: decision for decision in self.decisions}

    @cached_property
    def procedures_by_id(self) -> Mapping[str, Procedure]:
        """Give the procedures by their ids."""
        return {procedure.id: procedure for procedure in self.procedures}

    def body(self, name: str) -> Body | None:
        """Give a body by its name; `None` if there is none of that name."""
        found = self.bodies.get(name)
        if found is None and name == COUNCIL:
            return Body(kind=COUNCIL)
        return found

    def kind_of_body(self, name: str) -> str | None:
        """Give the kind of a body; `None` if it is not known, or there is no such body."""
        found = self.body(name)
        return None if found is None or isinstance(found.kind, Unknown) else found.kind
