"""The register from nodes: people and offices, papers, bodies, decisions and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.documents import Mapping, Node, Text
from councilrules.event_reading import PROOFS
from councilrules.events import NONE, UNKNOWN, Proof, Unknown
from councilrules.periods import Tenure
from councilrules.reading import NOT_KNOWN, TENURE_KEYS
from councilrules.register import (
    BODY_KINDS,
    COUNCIL,
    ENGAGEMENTS,
    INTEREST_KINDS,
    KINDS,
    MARKINGS,
    PROCEDURE_KINDS,
    RELATIONSHIP_KINDS,
    Body,
    Decision,
    Engagement,
    Interest,
    Listed,
    Marking,
    Office,
    Paper,
    Person,
    Procedure,
    Register,
    Relationship,
    Seat,
)
from councilrules.vocabulary import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.periods import Moment
    from councilrules.reading import Reading

PERSON_KEYS = ("holds", "of", "sits-on", "for", "engaged", "proof", *TENURE_KEYS)
BODY_KEYS = ("kind", "terms")
PAPER_KEYS = ("matter", "marked", "held-by")
INTEREST_KEYS = ("of", "in", "kind", "known_since", "proof", *TENURE_KEYS)
RELATIONSHIP_KEYS = ("id", "between", "kind", "proof", *TENURE_KEYS)
DECISION_KEYS = (
    "id", "body", "subject", "to", "over", "scope", "group", "approves", "proof", *TENURE_KEYS,
)  # fmt: skip
PROCEDURE_KEYS = ("id", "kind", "proof", *TENURE_KEYS)
ENGAGED = (*ENGAGEMENTS, NOT_KNOWN)
EXPECTED_DETAILS = ("on", "by", "wants", "late", "proof")
"""What `expect` says beside a person's name, so that nobody can have these names."""

_UNNAMED = RESERVED | {NOT_KNOWN, "nothing", "private", "another-body", *EXPECTED_DETAILS}
_BY_NAME = ("people", "bodies", "papers")


def is_not_known(node: Node | None) -> bool:
    """Tell whether something is written as not known."""
    return isinstance(node, Text) and node.value == NOT_KNOWN


def merged(shared: Node | None, own: Node | None) -> Node | None:
    """Lay a scenario's own register over the one that a file's scenarios share.

    People, bodies and papers are laid over one by one; any other kind is replaced.
    """
    if not isinstance(shared, Mapping) or not isinstance(own, Mapping):
        return shared if own is None else own
    result = Mapping(own.file, own.line, own.column)
    for source in (shared, own):
        for name, node in source.entries.items():
            earlier = result.entries.get(name)
            both = isinstance(earlier, Mapping) and isinstance(node, Mapping)
            result.entries[name] = _over(earlier, node) if name in _BY_NAME and both else node
            result.keys[name] = source.keys[name]
    return result


def _over(earlier: Node | None, node: Node) -> Node:
    if not isinstance(earlier, Mapping) or not isinstance(node, Mapping):
        return node
    result = Mapping(node.file, node.line, node.column)
    result.entries = {**earlier.entries, **node.entries}
    result.keys = {**earlier.keys, **node.keys}
    return result


class RegisterReading:
    """Reads a register, gathering faults in a `Reading`."""

    def __init__(self, reading: Reading) -> None:
        """Take what gathers the faults."""
        self._reading = reading

    def register(self, node: Node | None) -> Register:
        """Read a register; one that is not written speaks of nothing but offices."""
        if node is None:
            return Register()
        found = self._reading.mapping(node, node, "`register`", keys=KINDS)
        kinds = {} if found is None else found.entries
        spoken = {name for name, item in kinds.items() if not is_not_known(item)}
        known = {name: item for name, item in kinds.items() if name in spoken}
        decisions = self._decisions(known.get("decisions"), is_delegation=False)
        delegations = self._decisions(known.get("delegations"), is_delegation=True)
        return Register(
            people=dict(self._people(known.get("people"))),
            bodies=dict(self._bodies(known.get("bodies"))),
            papers=dict(self._papers(known.get("papers"))),
            interests=tuple(self._interests(known.get("interests"))),
            relationships=tuple(self._relationships(known.get("relationships"))),
            decisions=(*decisions, *delegations),
            procedures=tuple(self._procedures(known.get("procedures"))),
            reviews=tuple(self._reviews(known.get("reviews"))),
            speaks_of=frozenset(spoken),
        )

    # --- kinds by name ------------------------------------------------------------

    def _named(self, node: Node | None, what: str) -> Iterator[tuple[str, Node]]:
        if node is None:
            return
        found = self._reading.mapping(node, node, f"`{what}`")
        for name, item in ({} if found is None else found.entries).items():
            if name in _UNNAMED:
                self._reading.complain(
                    "reserved-word", item, f"`{name}` cannot be a name", "choose another"
                )
            else:
                yield name, item

    def _people(self, node: Node | None) -> Iterator[tuple[str, Person]]:
        for name, item in self._named(node, "people"):
            if is_not_known(item):
                yield name, Person(is_known=False)
                continue
            offices: list[Office] = []
            seats: list[Seat] = []
            known = True
            for entry in self._reading.items(item):
                found = self._reading.mapping(
                    entry, entry, f"an entry of `{name}`", keys=PERSON_KEYS
                )
                if found is None:
                    continue
                if "holds" not in found and "sits-on" not in found:
                    self._reading.complain(
                        "missing-key",
                        found,
                        f"an entry of `{name}` has neither `holds` nor `sits-on`",
                        "write `holds: nothing` for somebody without office",
                    )
                known &= not is_not_known(found.get("holds"))
                offices += self._offices(found, name)
                seats += self._seats(found, name)
            yield name, Person(offices=tuple(offices), seats=tuple(seats), is_known=known)

    def _offices(self, found: Mapping, name: str) -> Iterator[Office]:
        roles = self._reading.texts(found.get("holds"), "`holds`")
        for role in roles:
            if role in {"nothing", NOT_KNOWN}:
                continue
            yield Office(
                role=role,
                of=self._reading.text(found.get("of"), "`of`") or COUNCIL,
                tenure=self._reading.tenure(found, f"an office of `{name}`"),
                engaged=tuple(self._engaged(found.get("engaged"))),
                proof=self._proof(found),
            )

    def _engaged(self, node: Node | None) -> Iterator[Engagement]:
        for item in self._reading.items(node):
            if isinstance(item, Mapping):
                found = self._reading.mapping(
                    item, item, "`engaged`", keys=("as", *TENURE_KEYS), needs=("as",)
                )
                how = None if found is None else found.get("as")
                tenure = self._reading.tenure(item, "`engaged`")
            else:
                how, tenure = item, Tenure()
            word = self._reading.word(how, "engagement", ENGAGED, "unknown-engagement")
            if word is not None:
                yield Engagement(how=UNKNOWN if word == NOT_KNOWN else word, tenure=tenure)

    def _seats(self, found: Mapping, name: str) -> Iterator[Seat]:
        for body in self._reading.texts(found.get("sits-on"), "`sits-on`"):
            yield Seat(
                body=body,
                for_=self._listed(found, "for", otherwise=NONE),
                tenure=self._reading.tenure(found, f"a seat of `{name}`"),
                proof=self._proof(found),
            )

    def _bodies(self, node: Node | None) -> Iterator[tuple[str, Body]]:
        for name, item in self._named(node, "bodies"):
            if is_not_known(item):
                yield name, Body(kind=UNKNOWN)
                continue
            found = self._reading.mapping(
                item, item, f"body `{name}`", keys=BODY_KEYS, needs=("kind",)
            )
            if found is None:
                continue
            unknown = is_not_known(found.get("kind"))
            kind = (
                None
                if unknown
                else self._reading.word(
                    found.get("kind"), "kind of body", BODY_KINDS, "unknown-body-kind"
                )
            )
            yield (
                name,
                Body(kind=kind or UNKNOWN, terms=self._listed(found, "terms", otherwise=UNKNOWN)),
            )

    def _papers(self, node: Node | None) -> Iterator[tuple[str, Paper]]:
        for name, item in self._named(node, "papers"):
            if is_not_known(item):
                yield name, Paper(marked=UNKNOWN)
                continue
            found = self._reading.mapping(item, item, f"paper `{name}`", keys=PAPER_KEYS)
            if found is not None:
                yield (
                    name,
                    Paper(
                        matter=self._listed(found, "matter", otherwise=UNKNOWN),
                        marked=self._markings(found.get("marked")),
                        held_by=self._listed(found, "held-by", otherwise=UNKNOWN),
                    ),
                )

    def _markings(self, node: Node | None) -> tuple[Marking, ...] | Unknown:
        if is_not_known(node):
            return UNKNOWN
        found: list[Marking] = []
        for item in self._reading.items(node):
            if isinstance(item, Text) and item.value == "none":
                continue
            if isinstance(item, Mapping):
                self._reading.known_keys(item, "`marked`", ("as", "proof", *TENURE_KEYS))
                word = self._reading.word(item.get("as"), "marking", MARKINGS, "unknown-marking")
                tenure, proof = self._reading.tenure(item, "a marking"), self._proof(item)
            else:
                word = self._reading.word(item, "marking", MARKINGS, "unknown-marking")
                tenure, proof = Tenure(), Proof.ESTABLISHED
            if word is not None:
                found.append(Marking(word=word, tenure=tenure, proof=proof))
        return tuple(found)

    # --- kinds that are lists -----------------------------------------------------

    def _list(
        self, node: Node | None, what: str, keys: tuple[str, ...], needs: tuple[str, ...]
    ) -> Iterator[Mapping]:
        for item in [] if node is None else self._reading.listing(node, node, f"`{what}`"):
            found = self._reading.mapping(
                item, item, f"an entry of `{what}`", keys=keys, needs=needs
            )
            if found is not None and all(need in found for need in needs):
                yield found

    def _interests(self, node: Node | None) -> Iterator[Interest]:
        for found in self._list(node, "interests", INTEREST_KEYS, ("of", "in", "kind")):
            unknown = is_not_known(found.get("kind"))
            kinds = (
                ()
                if unknown
                else self._reading.words(
                    found.get("kind"), "kind of interest", INTEREST_KINDS, "unknown-interest"
                )
            )
            yield Interest(
                of=self._reading.text(found.get("of"), "`of`") or "",
                matter=self._listed(found, "in", otherwise=UNKNOWN),
                kinds=UNKNOWN if unknown else kinds,
                tenure=self._reading.tenure(found, "an interest"),
                known=self._known_since(found),
                proof=self._proof(found),
            )

    def _known_since(self, found: Mapping) -> Tenure:
        node = found.get("known_since")
        if is_not_known(node):
            return Tenure(since_unknown=True)
        return Tenure(since=self._reading.moment(node, "`known_since`"))

    def _relationships(self, node: Node | None) -> Iterator[Relationship]:
        for found in self._list(
            node, "relationships", RELATIONSHIP_KEYS, ("id", "between", "kind")
        ):
            between = self._reading.texts(found.get("between"), "`between`")
            if len(between) != 2:  # noqa: PLR2004 - the two parties
                self._reading.complain(
                    "between-whom",
                    found,
                    "a relationship is between two people",
                    "write `between: [ann, dev]`",
                )
                continue
            kind = found.get("kind")
            word = (
                None
                if is_not_known(kind)
                else self._reading.word(
                    kind, "kind of relationship", RELATIONSHIP_KINDS, "unknown-relationship"
                )
            )
            yield Relationship(
                id=self._reading.text(found.get("id"), "`id`") or "",
                between=(between[0], between[1]),
                kind=word or UNKNOWN,
                tenure=self._reading.tenure(found, "a relationship"),
                proof=self._proof(found),
            )

    def _decisions(self, node: Node | None, *, is_delegation: bool) -> tuple[Decision, ...]:
        what = "delegations" if is_delegation else "decisions"
        return tuple(
            Decision(
                id=self._reading.text(found.get("id"), "`id`") or "",
                body=self._one(found, "body", otherwise=COUNCIL),
                subject=self._listed(found, "subject", otherwise=NONE),
                to=self._listed(found, "to", otherwise=NONE),
                over=self._listed(found, "over", otherwise=NONE),
                scope=self._one(found, "scope", otherwise=UNKNOWN),
                group=self._one(found, "group", otherwise=UNKNOWN),
                approves=self._reading.text(found.get("approves"), "`approves`"),
                tenure=self._reading.tenure(found, "a decision"),
                is_delegation=is_delegation,
                proof=self._proof(found),
            )
            for found in self._list(node, what, DECISION_KEYS, ("id",))
        )

    def _procedures(self, node: Node | None) -> Iterator[Procedure]:
        for found in self._list(node, "procedures", PROCEDURE_KEYS, ("id", "kind")):
            unknown = is_not_known(found.get("kind"))
            kinds = (
                ()
                if unknown
                else self._reading.words(
                    found.get("kind"),
                    "kind of procedure",
                    PROCEDURE_KINDS,
                    "unknown-procedure-kind",
                )
            )
            yield Procedure(
                id=self._reading.text(found.get("id"), "`id`") or "",
                kinds=UNKNOWN if unknown else kinds,
                tenure=self._reading.tenure(found, "a procedure"),
                proof=self._proof(found),
            )

    def _reviews(self, node: Node | None) -> Iterator[Moment]:
        for item in self._reading.items(node):
            moment = self._reading.moment(item, "a review")
            if moment is not None:
                yield moment

    # --- values -------------------------------------------------------------------

    def _proof(self, found: Mapping) -> Proof:
        word = self._reading.word(found.get("proof"), "proof", PROOFS, "unknown-proof")
        return Proof.ESTABLISHED if word is None else PROOFS[word]

    def _listed(self, found: Mapping, key: str, *, otherwise: Listed) -> Listed:
        """Give the words of a key; `otherwise` where it is left out."""
        node = found.get(key)
        if node is None:
            return otherwise
        if is_not_known(node):
            return UNKNOWN
        if isinstance(node, Text) and node.value in {"none", "nobody"}:
            return NONE
        return self._reading.texts(node, f"`{key}`") or otherwise

    def _one(self, found: Mapping, key: str, *, otherwise: str | Unknown) -> str | Unknown:
        node = found.get(key)
        if is_not_known(node):
            return UNKNOWN
        return self._reading.text(node, f"`{key}`") or otherwise
