"""What the register says of interests, papers, decisions and procedures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.events import Empty, Proof, Unknown
from councilrules.findings import NOTHING, Because, Want, all_of, any_of
from councilrules.periods import Tenure
from councilrules.register import ANYTHING, COUNCIL, Decision, Interest, Paper
from councilrules.situations._offices import in_time
from councilrules.situations._views import Value, View
from councilrules.truth import Truth, truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from councilrules.register import Listed, Register
    from councilrules.rules import Authorised, HasInterest, Provided, Role


def silent(about: object, kind: str) -> Because:
    """Say that the register does not speak of a kind of entry."""
    return Because(Truth.UNKNOWN, about, wants=(Want("register", "", kind),))


def _matches(listed: Listed, value: Value, of: str, kind: str) -> Because:
    """Tell whether an entry's list has one of the names of a field."""
    if listed is Unknown.UNKNOWN:
        return Because(Truth.UNKNOWN, kind, wants=(Want("register", of, kind),))
    if listed is Empty.NONE:
        return Because(Truth.FALSE, kind)
    if ANYTHING in listed:
        return Because(Truth.TRUE, kind)
    found = {name in listed for name in value.names}
    if value.state == "unknown" or (value.state == "one-of" and len(found) > 1):
        return Because(Truth.UNKNOWN, kind, events=value.events, wants=value.wants)
    return Because(truth(True in found), kind, (), value.proof, value.events, value=value.shown)


def has_interest(
    condition: HasInterest,
    name: str,
    matter: Value,
    view: View,
    register: Register,
    *,
    answering: bool,
) -> Because:
    """Tell whether `name` had then such an interest in the matter, and knew if asked."""
    if "interests" not in register.speaks_of:
        return silent(condition, "interests")
    parts = tuple(
        _has(condition, one, matter, view, answering=answering)
        for one in register.interests_by_person.get(name, ())
    )
    return any_of(condition, parts, origin="register.interests" if parts else NOTHING)


def _has(
    condition: HasInterest, one: Interest, matter: Value, view: View, *, answering: bool
) -> Because:
    tenures = (one.tenure, one.known) if condition.known else (one.tenure,)
    return all_of(
        one,
        (
            _matches(one.matter, matter, one.of, "interests"),
            _matches(one.kinds, Value("known", condition.kinds), one.of, "interests"),
            *(
                in_time(tenure, view, one.of, "interests", proof=one.proof, answering=answering)
                for tenure in tenures
            ),
        ),
        origin=f"register.interests.{one.of}",
    )


def attribute(value: Value, name: str, view: View, register: Register, *, answering: bool) -> Value:
    """Give an attribute that the register has of what a field names.

    Several things named give all their attributes. What the register does not list is
    not known.
    """
    if value.state in {"empty", "unknown"}:
        return value
    found = [_attribute_of(one, name, view, register, answering=answering) for one in value.names]
    states = {one.state for one in found}
    wants = tuple(dict.fromkeys(want for one in found for want in one.wants))
    if "unknown" in states:
        return Value(
            "unknown", (), value.proof, value.is_disputed, value.origin, wants, value.events
        )
    names = tuple(dict.fromkeys(word for one in found for word in one.names))
    state = value.state if names else "empty"
    origin = found[0].origin if len(found) == 1 else value.origin
    proof = min([value.proof, *(one.proof for one in found)])
    return Value(state, names, proof, value.is_disputed, origin, value.wants, value.events)


def _attribute_of(
    thing: str, name: str, view: View, register: Register, *, answering: bool
) -> Value:
    origin = f"register.{thing}"
    missing = Value("unknown", origin=origin, wants=(Want("register", thing, name),))
    if name == "office":
        return _offices(thing, view, register, answering=answering)
    paper = register.papers.get(thing)
    if paper is not None and name == "marked":
        return _marked(paper, thing, view, answering=answering)
    listed: Listed = Unknown.UNKNOWN
    decision = register.decisions_by_id.get(thing)
    procedure = register.procedures_by_id.get(thing)
    body = register.body(thing)
    if paper is not None:
        listed = {"matter": paper.matter, "held-by": paper.held_by}.get(name, listed)
    elif decision is not None:
        listed = _of_decision(decision, name)
    elif procedure is not None and name == "kind":
        listed = procedure.kinds
    elif body is not None:
        kind: Listed = Unknown.UNKNOWN if isinstance(body.kind, Unknown) else (body.kind,)
        listed = {"kind": kind, "terms": body.terms}.get(name, listed)
    if listed is Unknown.UNKNOWN:
        return missing
    if listed is Empty.NONE:
        return Value("empty", origin=origin)
    return Value("known", listed, origin=origin)


def _of_decision(decision: Decision, name: str) -> Listed:
    match name:
        case "body":
            return Unknown.UNKNOWN if isinstance(decision.body, Unknown) else (decision.body,)
        case "subject":
            return decision.subject
        case "to":
            return decision.to
        case _:
            return Unknown.UNKNOWN


def _marked(paper: Paper, thing: str, view: View, *, answering: bool) -> Value:
    """Give the words that a paper bears during the act."""
    if isinstance(paper.marked, Unknown):
        want = Want("register", thing, "marked")
        return Value("unknown", origin=f"register.{thing}", wants=(want,))
    borne = ((one.word, one.tenure, one.proof) for one in paper.marked)
    return _held_then(borne, thing, "marked", view, answering=answering)


def _offices(name: str, view: View, register: Register, *, answering: bool) -> Value:
    """Give the offices that a person held during the act, in whatever capacity they acted."""
    person = register.people.get(name)
    if person is None or not person.is_known:
        want = Want("register", name, "offices")
        return Value("unknown", origin=f"register.{name}", wants=(want,))
    held = ((one.role, one.tenure, one.proof) for one in person.offices)
    return _held_then(held, name, "offices", view, answering=answering)


def _held_then(
    entries: Iterable[tuple[str, Tenure, Proof]], of: str, kind: str, view: View, *, answering: bool
) -> Value:
    """Give the words of the entries that held during the act; unknown if one may have."""
    held: list[tuple[str, Proof]] = []
    for word, tenure, proof in entries:
        found = in_time(tenure, view, of, kind, proof=proof, answering=answering)
        if found.truth is Truth.UNKNOWN:
            return Value("unknown", origin=f"register.{of}", wants=found.wants)
        if found.truth is Truth.TRUE:
            held.append((word, proof))
    proof = min((proof for _, proof in held), default=Proof.ESTABLISHED)
    words = tuple(word for word, _ in held)
    return Value("known" if words else "empty", words, proof, origin=f"register.{of}")


def in_force(name: str, view: View, register: Register, *, answering: bool) -> Because:
    """Tell whether a decision, delegation or procedure held during the act."""
    entry = register.decisions_by_id.get(name) or register.procedures_by_id.get(name)
    if entry is None:
        return Because(Truth.UNKNOWN, name, wants=(Want("register", name, "in-force"),))
    return in_time(entry.tenure, view, name, "period", proof=entry.proof, answering=answering)


def adopted(name: str, view: View, register: Register) -> Because:
    """Tell whether a decision had been adopted by the time of the act."""
    decision = register.decisions_by_id.get(name)
    if decision is None:
        return Because(Truth.UNKNOWN, name, wants=(Want("register", name, "adopted"),))
    since = Tenure(since=decision.tenure.since, since_unknown=decision.tenure.since_unknown)
    return in_time(since, view, name, "adopted", proof=decision.proof, answering=False)


def provided(condition: Provided, view: View, register: Register, *, answering: bool) -> Because:
    """Tell whether the council then had a procedure of one of the kinds."""
    if "procedures" not in register.speaks_of:
        return silent(condition, "procedures")
    wanted = Value("known", condition.kinds)
    parts = tuple(
        all_of(
            one,
            (
                _matches(one.kinds, wanted, one.id, "kind"),
                in_time(one.tenure, view, one.id, "period", proof=one.proof, answering=answering),
            ),
            origin=f"register.{one.id}",
        )
        for one in register.procedures
    )
    return any_of(condition, parts, origin="register.procedures" if parts else NOTHING)


class Authority:
    """Answers whether a decision or delegation covered an act (MEANING.md P15)."""

    def __init__(self, register: Register, roles: Mapping[str, Role]) -> None:
        """Take the register, and what each role word covers."""
        self._register = register
        self._roles = roles

    def covers(
        self,
        about: Authorised,
        view: View,
        who: str,
        over: Value | None,
        subject: Value | None,
        under: Value | None,
    ) -> Because:
        """Tell whether some decision authorised `who` to do this, over them, on it."""
        named = () if under is None else under.names
        if under is not None and under.state == "empty":
            return Because(
                Truth.FALSE, about, (), under.proof, under.events, (), under.origin, "none"
            )
        spoken = {"decisions", "delegations"} <= self._register.speaks_of
        entries = [
            one for one in self._register.decisions
            if not named or one.id in named
        ]  # fmt: skip
        addressed = over if about.passing_on else Value("known", (who,))
        parts = tuple(
            all_of(
                one,
                self._parts(one, view, addressed, over, subject, is_open=about.passing_on),
                origin=f"register.{one.id}",
            )
            for one in entries
        )
        found = any_of(about, parts, origin="register.decisions" if parts else NOTHING)
        if found.truth is Truth.TRUE and about.passing_on and not named:
            # What nobody names may have been passed on, or not.
            wants = (Want("field", view.event.id, "under"),)
            return Because(
                Truth.UNKNOWN, about, parts, events=frozenset((view.event.id,)), wants=wants
            )
        if found.truth is Truth.FALSE and not named:
            if not spoken:
                return self._ask(about, view, under)
            return Because(Truth.FALSE, about, parts, origin=NOTHING)
        return found

    def _ask(self, about: Authorised, view: View, under: Value | None) -> Because:
        wants = [Want("register", "", "decisions")]
        if under is not None and under.state == "unknown":
            wants.insert(0, Want("field", view.event.id, "under"))
        return Because(Truth.UNKNOWN, about, events=frozenset((view.event.id,)), wants=tuple(wants))

    def _parts(
        self,
        one: Decision,
        view: View,
        addressed: Value | None,
        over: Value | None,
        subject: Value | None,
        *,
        is_open: bool,
    ) -> Iterator[Because]:
        yield self._by_a_body(one)
        if not (is_open and (one.to is Empty.NONE or addressed is None)):
            yield self._to(one, addressed or Value("empty"), view)
        yield in_time(one.tenure, view, one.id, "period", proof=one.proof, answering=True)
        if over is not None and one.over is not Empty.NONE:
            yield self._named(one.over, over, one.id, "over", view)
        if subject is not None and one.subject is not Empty.NONE:
            yield _matches(one.subject, subject, one.id, "subject")

    def _by_a_body(self, one: Decision) -> Because:
        """Only the council and its committees, inside their terms, can authorise."""
        if isinstance(one.body, Unknown):
            return Because(Truth.UNKNOWN, "body", wants=(Want("register", one.id, "body"),))
        body = self._register.body(one.body)
        if body is not None and isinstance(body.kind, Unknown):
            return Because(
                Truth.UNKNOWN, "body", wants=(Want("register", one.body, "kind-of-body"),)
            )
        if body is None or body.kind not in {COUNCIL, "committee"}:
            return Because(Truth.FALSE, "body", value=str(one.body))
        if body.kind == COUNCIL:
            return Because(Truth.TRUE, "body", value=str(one.body))
        if isinstance(body.terms, Unknown):
            return Because(Truth.UNKNOWN, "body", wants=(Want("register", one.body, "terms"),))
        inside = (
            isinstance(one.subject, tuple)
            and isinstance(body.terms, tuple)
            and (set(one.subject) <= set(body.terms) or ANYTHING in body.terms)
        )
        return Because(truth(inside), "body", value=str(one.body))

    def _to(self, one: Decision, addressed: Value, view: View) -> Because:
        if isinstance(one.to, tuple) and not set(addressed.names) <= set(one.to):
            return self._named(one.to, addressed, one.id, "to", view)
        return _matches(one.to, addressed, one.id, "to")

    def _named(self, listed: Listed, value: Value, of: str, kind: str, view: View) -> Because:
        """Tell whether a list of people and offices covers those whom a field names."""
        if not isinstance(listed, tuple) or value.state in {"unknown", "empty"}:
            return _matches(listed, value, of, kind)
        parts = [self._holder(listed, name, view, kind) for name in value.names]
        known = {part.truth for part in parts}
        if len(known) > 1 and value.state == "one-of":
            return Because(Truth.UNKNOWN, kind, events=value.events, wants=value.wants)
        # Authority over some of those instructed is no authority over the others.
        return all_of(kind, parts)

    def _holder(self, listed: tuple[str, ...], name: str, view: View, kind: str) -> Because:
        if name in listed or ANYTHING in listed:
            return Because(Truth.TRUE, kind, value=name)
        person = self._register.people.get(name)
        if person is None:
            return Because(Truth.FALSE, kind, value=name)
        return any_of(kind, (
            in_time(office.tenure, view, name, "offices", proof=office.proof, answering=True)
            for office in person.offices
            if any(
                word == office.role
                or (word in self._roles and office.role in self._roles[word].offices)
                for word in listed
            )
        ))  # fmt: skip
