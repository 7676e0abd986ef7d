"""Who held which office when, and in which capacity they acted (MEANING.md P9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.events import Proof, Unknown
from councilrules.findings import NOTHING, Because, Want, all_of, any_of, negated
from councilrules.periods import Stretch
from councilrules.register import COUNCIL
from councilrules.situations._views import Value, View, field_value
from councilrules.truth import Truth, truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from councilrules.periods import Tenure
    from councilrules.register import Engagement, Office, Person, Register
    from councilrules.rules import Holds, Role, SitsOn

OUTSIDE = ("private", "another-body")
"""Capacities in which the protocol binds nobody."""


def in_time(
    tenure: Tenure, view: View, of: str, kind: str, *, proof: Proof, answering: bool
) -> Because:
    """Tell whether a register entry held during the act, as its parts are known.

    Args:
        tenure: When the entry holds.
        view: The act.
        of: Whom or what the entry is about, for the question.
        kind: What kind of entry it is, for the question.
        proof: How well the entry is proved.
        answering: Whether the entry would speak for the person.
    """
    held = tenure.holds_during(view.part)
    if held is Truth.FALSE or proof is Proof.DISPROVED:
        # However well it is proved: nothing rests on an entry that did not hold then.
        return Because(Truth.FALSE, kind, origin=f"register.{of}")
    wants: tuple[Want, ...] = ()
    if held is Truth.UNKNOWN:
        wants = tuple(_imprecise(tenure, view, of, kind))
    doubted = proof is Proof.NOT_KNOWN or (answering and proof is Proof.ALLEGED)
    if doubted:
        held, wants = Truth.UNKNOWN, (Want("proof", of, kind),)
    return Because(held, kind, (), proof, frozenset(), wants, f"register.{of}")


def _imprecise(tenure: Tenure, view: View, of: str, kind: str) -> Iterator[Want]:
    """Ask for the bounds that leave open whether an entry held during an act."""
    ends = [end for end in (tenure.since, tenure.until) if end is not None]
    is_missing = tenure.since_unknown or tenure.until_unknown
    is_exact = not is_missing and all(end.is_exact for end in ends)
    if not is_exact:
        yield Want("register", of, kind)
    act_is_exact = view.part.start.is_exact and view.part.end.is_exact
    if is_exact or not (is_missing or act_is_exact):
        yield Want("field", view.event.id, "at")


def _covers(office: Office, role: Role, of: str | None, register: Register) -> bool:
    if office.role not in role.offices:
        return False
    if role.of is None and of is None:
        return True
    return all(
        wanted is None or wanted in (office.of, register.kind_of_body(office.of))
        for wanted in (role.of, of)
    )


def _engaged(office: Office, role: Role, view: View, name: str, *, answering: bool) -> Because:
    """Tell whether the holder was then engaged as a role word needs.

    A staff office means employed, unless the entry says otherwise for that time (P9).
    """
    if not role.engaged or not office.engaged:
        return Because(truth(not role.engaged or "employed" in role.engaged), "engaged")
    then = [
        in_time(one.tenure, view, name, "engaged", proof=Proof.ESTABLISHED, answering=answering)
        for one in office.engaged
    ]
    parts = [
        all_of("engaged", (held, _is_engaged(one, role, name)))
        for one, held in zip(office.engaged, then, strict=True)
    ]
    if "employed" in role.engaged:
        parts.append(all_of("employed", (negated("otherwise", held) for held in then)))
    return any_of("engaged", parts)


def _is_engaged(one: Engagement, role: Role, name: str) -> Because:
    if one.how is Unknown.UNKNOWN:
        return Because(Truth.UNKNOWN, "engaged", wants=(Want("register", name, "engaged"),))
    return Because(truth(one.how in role.engaged), "engaged", value=str(one.how))


class Offices:
    """Answers what the register says of offices, for one rulebook's words."""

    def __init__(self, register: Register, roles: Mapping[str, Role]) -> None:
        """Take the register, and what each role word covers."""
        self._register = register
        self._roles = roles

    def holds(self, condition: Holds, name: str, view: View, *, answering: bool) -> Because:
        """Tell whether `name` then held one of the roles, or is a body of that kind."""
        kind = self._register.kind_of_body(name)
        if kind is not None:
            fits = any(kind in self._roles[role].bodies for role in condition.roles)
            return Because(truth(fits), condition, origin=f"register.{name}", value=kind)
        person = self._register.people.get(name)
        if person is not None and not any(self._roles[role].offices for role in condition.roles):
            return Because(Truth.FALSE, condition, origin=f"register.{name}", value="a person")
        if person is None or not person.is_known:
            return Because(
                Truth.UNKNOWN, condition, wants=(Want("register", name, "offices"),),
                origin=f"register.{name}", value=name,
            )  # fmt: skip
        ambiguous = self._in_several_capacities(condition, person, name, view)
        if ambiguous is not None:
            return ambiguous
        offices = self._in_capacity(person, name, view)
        return self._held(condition, offices, name, view, answering=answering)

    def _held(
        self,
        condition: Holds,
        offices: Iterable[Office],
        name: str,
        view: View,
        *,
        answering: bool,
    ) -> Because:
        parts: list[Because] = []
        roles = [self._roles[word] for word in condition.roles]
        for office in offices:
            for role in roles:
                if _covers(office, role, condition.of, self._register):
                    engaged = _engaged(office, role, view, name, answering=answering)
                    held = in_time(
                        office.tenure,
                        view,
                        name,
                        "offices",
                        proof=office.proof,
                        answering=answering,
                    )
                    parts.append(all_of(office, (engaged, held), origin=f"register.{name}"))
        return any_of(condition, parts, origin=f"register.{name}" if parts else NOTHING)

    def _in_capacity(self, person: Person, name: str, view: View) -> tuple[Office, ...]:
        """Give the offices that count for the capacity in which the actor acted."""
        if view.bearer_field != "by" or view.bearer != name:
            return person.offices
        acted = field_value(view, "as")
        if acted.state != "known":
            return person.offices
        word = acted.names[0]
        if self._register.kind_of_body(word) is not None and word != COUNCIL:
            return tuple(one for one in person.offices if one.of == word) or person.offices
        if word == COUNCIL or word in OUTSIDE:
            return person.offices
        role = self._roles.get(word)
        wanted = {word} if role is None else {word, *role.offices}
        return tuple(one for one in person.offices if one.role in wanted)

    def _in_several_capacities(
        self, condition: Holds, person: Person, name: str, view: View
    ) -> Because | None:
        """Ask in which capacity someone acted, where their offices differ on it."""
        if view.bearer_field != "by" or view.bearer != name or len(person.offices) == 1:
            return None
        if field_value(view, "as").state != "unknown":
            return None
        held = [
            office
            for office in person.offices
            if office.proof is not Proof.DISPROVED
            and office.tenure.holds_during(view.part) is not Truth.FALSE
        ]
        fits = {
            self._held(condition, (office,), name, view, answering=False).truth
            for office in held
            if not self._is_implied(office, held)
        }
        if len(fits) < 2 or Truth.TRUE not in fits:  # noqa: PLR2004 - two that differ
            return None
        wants = (Want("field", view.event.id, "as"),)
        return Because(
            Truth.UNKNOWN, condition, (), events=frozenset((view.event.id,)), wants=wants,
            origin=f"register.{name}", value=", ".join(one.role for one in held),
        )  # fmt: skip

    def _is_implied(self, office: Office, others: Iterable[Office]) -> bool:
        """Tell whether another office covers this one, as chair does councillor."""
        role = self._roles.get(office.role)
        return role is not None and any(
            other.role != office.role and other.role in role.offices for other in others
        )

    def tenures(self, roles: tuple[str, ...], name: str) -> Iterator[Tenure]:
        """Give when `name` held the offices that the roles cover."""
        person = self._register.people.get(name)
        for office in () if person is None else person.offices:
            if office.proof is not Proof.DISPROVED and any(
                _covers(office, self._roles[role], None, self._register) for role in roles
            ):
                yield office.tenure

    def took_office_since(self, condition: Holds, name: str, view: View) -> Because:
        """Tell whether `name` held none of the roles yet when the act began."""
        start = View(view.event, part=Stretch.at(view.event.at))
        held = self.holds(condition, name, start, answering=False)
        return negated(condition, held)

    def vacant(self, role: str, view: View) -> Because:
        """Tell whether nobody at all held the office then."""
        covered = self._roles[role]
        names = self._register.people_by_office
        # In the order of the register: an order by name would change with the names.
        possible = dict.fromkeys(
            name for office in (None, *covered.offices) for name in names.get(office, ())
        )
        held = any_of("held", (
            part for name in possible for part in self._holding(name, covered, view)
        ))  # fmt: skip
        return negated("vacant", held)

    def _holding(self, name: str, role: Role, view: View) -> Iterator[Because]:
        """Tell of each office of a person whether it makes them the holder of a post."""
        person = self._register.people[name]
        if not person.is_known:
            yield Because(Truth.UNKNOWN, "offices", wants=(Want("register", name, "offices"),))
        for office in person.offices:
            if _covers(office, role, None, self._register):
                yield in_time(
                    office.tenure, view, name, "offices", proof=office.proof, answering=False
                )

    def sits_on(
        self, condition: SitsOn, name: str, for_: Value | None, view: View, *, answering: bool
    ) -> Because:
        """Tell whether `name` then sat on one of the bodies, for that thing."""
        person = self._register.people.get(name)
        if person is None or not person.is_known:
            return Because(
                Truth.UNKNOWN, condition, wants=(Want("register", name, "offices"),),
                origin=f"register.{name}",
            )  # fmt: skip
        parts = tuple(
            all_of(
                seat,
                (
                    _for_it(seat.for_, for_, name),
                    in_time(seat.tenure, view, name, "seats", proof=seat.proof, answering=answering),
                ),
                origin=f"register.{name}",
            )
            for seat in person.seats
            if seat.body in condition.bodies
            or self._register.kind_of_body(seat.body) in condition.bodies
        )  # fmt: skip
        return any_of(condition, parts, origin=f"register.{name}" if parts else NOTHING)

    def capacity(self, view: View) -> Because:
        """Tell whether the actor acted in a capacity that the protocol binds.

        A capacity that is claimed and disputed, whichever it is, leaves it open (P9).
        """
        acted = field_value(view, "as")
        if acted.state == "unknown":
            written = view.event.proofs.get("as") is Proof.NOT_KNOWN
            wants = acted.wants if written else ()
            return Because(
                Truth.UNKNOWN if written else Truth.TRUE, "capacity", wants=wants,
                events=frozenset((view.event.id,)), value="not known" if written else "",
            )  # fmt: skip
        outside = any(name in OUTSIDE for name in acted.names)
        if acted.is_disputed or (outside and acted.state == "one-of"):
            want = Want("proof" if acted.is_disputed else "field", view.event.id, "as")
            return Because(
                Truth.UNKNOWN, "capacity", (), acted.proof, acted.events, (want,),
                acted.origin, acted.shown,
            )  # fmt: skip
        return Because(
            truth(not outside), "capacity", (), acted.proof, acted.events, (),
            acted.origin, acted.shown,
        )  # fmt: skip


def _for_it(seat: object, wanted: Value | None, name: str) -> Because:
    if wanted is None or not isinstance(seat, (tuple, Unknown)):
        return Because(Truth.TRUE, "for")
    if seat is Unknown.UNKNOWN:
        return Because(Truth.UNKNOWN, "for", wants=(Want("register", name, "seats"),))
    if wanted.state in {"unknown", "one-of"}:
        return Because(Truth.UNKNOWN, "for", wants=wanted.wants, events=wanted.events)
    return Because(truth(any(one in seat for one in wanted.names)), "for", events=wanted.events)
