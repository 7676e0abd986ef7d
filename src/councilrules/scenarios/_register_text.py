"""The register as files write it: every entry on a line of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from councilrules.events import NONE, Proof, Unknown
from councilrules.periods import Tenure
from councilrules.reading import NOT_KNOWN
from councilrules.register import ALWAYS, COUNCIL, KINDS
from councilrules.rulebooks._time_text import moment, tenure
from councilrules.rulebooks._yaml_text import Line, Tree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from councilrules.register import (
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

_ALONE: Final = frozenset({"none", "nobody", NOT_KNOWN})
"""What means something else where it stands alone."""
_BY_NAME: Final = ("people", "bodies", "papers")


def register_tree(register: Register, zone: ZoneInfo) -> dict[str, Tree]:
    """Give the register: each kind that it speaks of, in the order of the house.

    Raises:
        ValueError: When it has entries of a kind that it is not complete for, or an
            entry is what no file can say.
    """
    text = _RegisterText(zone)
    kinds: dict[str, list[Tree] | dict[str, Tree]] = {
        "people": {name: text.person(one) for name, one in register.people.items()},
        "bodies": {name: text.body(one) for name, one in register.bodies.items()},
        "papers": {name: text.paper(one) for name, one in register.papers.items()},
        "interests": [text.interest(one) for one in register.interests],
        "relationships": [text.relationship(one) for one in register.relationships],
        "decisions": [text.decision(one) for one in register.decisions if not one.is_delegation],
        "delegations": [text.decision(one) for one in register.decisions if one.is_delegation],
        "procedures": [text.procedure(one) for one in register.procedures],
        "reviews": [moment(one, zone) for one in register.reviews],
    }
    for kind, entries in kinds.items():
        if entries and kind not in register.speaks_of:
            msg = f"the register has `{kind}` and is not complete for them, which no file can say"
            raise ValueError(msg)
    spoken = {kind: kinds[kind] for kind in KINDS if kind in register.speaks_of}
    return {kind: Line(one) if kind == "reviews" else one for kind, one in spoken.items()}


class _RegisterText:
    """Gives the entries of one register."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    # --- kinds by name ------------------------------------------------------------

    def person(self, person: Person) -> Tree:
        entries = [
            *([] if person.is_known else [Line({"holds": NOT_KNOWN})]),
            *(Line(self._office(office)) for office in person.offices),
            *(Line(self._seat(seat)) for seat in person.seats),
        ]
        if person.offices or person.seats:
            return entries[0] if len(entries) == 1 else list(entries)
        return Line({"holds": "nothing"}) if person.is_known else NOT_KNOWN

    def _office(self, office: Office) -> Tree:
        found: dict[str, Tree] = {"holds": office.role}
        if office.of != COUNCIL:
            found["of"] = office.of
        found |= tenure(office.tenure, self._zone)
        engaged = [self._engagement(one) for one in office.engaged]
        if engaged:
            found["engaged"] = engaged[0] if len(engaged) == 1 else engaged
        return found | _proof(office.proof)

    def _engagement(self, engagement: Engagement) -> Tree:
        how = _word(engagement.how)
        if engagement.tenure == ALWAYS:
            return how
        return {"as": how, **tenure(engagement.tenure, self._zone)}

    def _seat(self, seat: Seat) -> Tree:
        return {
            "sits-on": seat.body,
            **_unless(NONE, {"for": seat.for_}),
            **tenure(seat.tenure, self._zone),
            **_proof(seat.proof),
        }

    def body(self, body: Body) -> Tree:
        if isinstance(body.kind, Unknown) and isinstance(body.terms, Unknown):
            return NOT_KNOWN
        terms = _unless(Unknown.UNKNOWN, {"terms": body.terms})
        return Line({"kind": _word(body.kind), **terms})

    def paper(self, paper: Paper) -> Tree:
        known = _unless(Unknown.UNKNOWN, {"matter": paper.matter})
        held = _unless(Unknown.UNKNOWN, {"held-by": paper.held_by})
        if isinstance(paper.marked, Unknown):
            return Line({**known, "marked": NOT_KNOWN, **held}) if known or held else NOT_KNOWN
        marked = [self._marking(one) for one in paper.marked] or ["none"]
        found: Tree = marked[0] if len(marked) == 1 else marked
        return Line({**known, "marked": found, **held})

    def _marking(self, marking: Marking) -> Tree:
        more = {**tenure(marking.tenure, self._zone), **_proof(marking.proof)}
        return {"as": marking.word, **more} if more else marking.word

    # --- kinds that are lists -----------------------------------------------------

    def interest(self, interest: Interest) -> Tree:
        return Line({
            "of": interest.of,
            "in": _listed(interest.matter),
            "kind": _listed(interest.kinds),
            **tenure(interest.tenure, self._zone),
            **self._known(interest),
            **_proof(interest.proof),
        })  # fmt: skip

    def _known(self, interest: Interest) -> dict[str, Tree]:
        known = interest.known
        if known.until is not None or known.until_unknown:
            msg = f"an interest of `{interest.of}` is known until some time, which no file can say"
            raise ValueError(msg)
        if known.since is None and not known.since_unknown:
            return {}
        since = known.since
        return {"known_since": NOT_KNOWN if since is None else moment(since, self._zone)}

    def relationship(self, relationship: Relationship) -> Tree:
        return Line({
            "id": relationship.id,
            "between": list(relationship.between),
            "kind": _word(relationship.kind),
            **self._held(relationship.tenure, relationship.proof),
        })  # fmt: skip

    def decision(self, decision: Decision) -> Tree:
        found: dict[str, Tree] = {"id": decision.id}
        if decision.body != COUNCIL:
            found["body"] = _word(decision.body)
        found |= _unless(
            NONE, {"to": decision.to, "over": decision.over, "subject": decision.subject}
        )
        words = {"scope": decision.scope, "group": decision.group}
        found |= {key: word for key, word in words.items() if not isinstance(word, Unknown)}
        if decision.approves is not None:
            found["approves"] = decision.approves
        return Line(found | self._held(decision.tenure, decision.proof))

    def procedure(self, procedure: Procedure) -> Tree:
        held = self._held(procedure.tenure, procedure.proof)
        return Line({"id": procedure.id, "kind": _listed(procedure.kinds), **held})

    def _held(self, held: Tenure, proof: Proof) -> dict[str, Tree]:
        return {**tenure(held, self._zone), **_proof(proof)}


def _proof(proof: Proof) -> dict[str, Tree]:
    return {} if proof is Proof.ESTABLISHED else {"proof": proof.name.lower()}


def _word(word: str | Unknown) -> str:
    return NOT_KNOWN if isinstance(word, Unknown) else word


def _listed(listed: Listed) -> Tree:
    if not isinstance(listed, tuple):
        return str(listed.value)
    return several(listed)


def several(words: Iterable[str]) -> Tree:
    """Give one word alone, and several as a list."""
    found: list[Tree] = list(words)
    alone = found[0] if len(found) == 1 else None
    return found if alone is None or alone in _ALONE else alone


def _unless(default: Listed, entries: dict[str, Listed]) -> dict[str, Tree]:
    """Give the entries that say something else than leaving them out would."""
    return {key: _listed(listed) for key, listed in entries.items() if listed is not default}
