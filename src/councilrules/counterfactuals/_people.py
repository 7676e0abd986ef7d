"""Changes of who held which office, or sat on which body."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from councilrules.counterfactuals.changes import Change, Plainness
from councilrules.counterfactuals.facts import FieldHeld
from councilrules.counterfactuals.register_facts import HeldNone, HeldOffice, OfficesLasted
from councilrules.events import Kind
from councilrules.findings import Status
from councilrules.periods import Moment, Tenure
from councilrules.register import ALWAYS, COUNCIL, Engagement, Office, Seat
from councilrules.rules import Holds, Path
from councilrules.situations import View
from councilrules.truth import Truth
from councilrules.wording import any_of, listed, person
from councilrules.wording.words import a, matter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.counterfactuals._seen import Seen
    from councilrules.register import Register
    from councilrules.rules import SitsOn, TookOfficeSince, Vacant

_TICK = timedelta(microseconds=1)


def holds(condition: Holds, seen: Seen, *, holds: bool) -> Iterator[Change]:
    """Suppose that a person held one of the roles, or none; or that it was another."""
    field = condition.path.field
    is_bearer = seen.trigger is None and field == seen.view.bearer_field
    plainness = Plainness.BEARER if is_bearer else Plainness.OFFICE
    for name in seen.value(field).names:
        yield from held(name, condition, seen, plainness, holds=holds)
    found = seen.field(field)
    if found is None or found.kind not in {Kind.PERSON, Kind.BODY}:
        return
    offices = seen.world.cases.conditions.situations.offices
    for name in seen.world.others(seen.event):
        view = View(seen.event)
        truth = offices.holds(condition, name, view, answering=False).truth
        if truth is (Truth.TRUE if holds else Truth.FALSE):
            yield from seen.held(field, name, Plainness.NAMED)
            break


def held(
    name: str, condition: Holds, seen: Seen, plainness: Plainness, *, holds: bool
) -> Iterator[Change]:
    """Suppose that one person held one of some roles, or none of them."""
    register = seen.world.scenario.register
    if register.kind_of_body(name) is not None:
        return
    roles = [seen.world.cases.rulebook.roles[word] for word in condition.roles]
    if holds:
        for role in [one for one in roles if one.offices][:1]:
            engaged = tuple(Engagement(how=how) for how in role.engaged[:1] if how != "employed")
            of = _body(condition.of or role.of, register)
            office = Office(role=role.offices[0], of=of, engaged=engaged)
            fact = HeldOffice(name, office=office)
            told = f"{person(name)} been {any_of([role.name])} {seen.on}"
            yield Change(fact=fact, supposes=told, plainness=plainness)
        return
    covered = tuple(dict.fromkeys(office for role in roles for office in role.offices))
    if name in register.people and any(
        one.role in covered for one in register.people[name].offices
    ):
        told = f"{person(name)} not been {any_of(condition.roles)} {seen.on}"
        yield Change(fact=HeldNone(name, roles=covered), supposes=told, plainness=plainness)


def _body(of: str | None, register: Register) -> str:
    """Give a body of some kind; the council where no kind is asked for."""
    if of is None or of in register.bodies:
        return of or COUNCIL
    return next((name for name, body in register.bodies.items() if body.kind == of), COUNCIL)


def sits_on(condition: SitsOn, seen: Seen, *, holds: bool) -> Iterator[Change]:
    """Suppose that a person sat on one of the bodies, or on none."""
    register = seen.world.scenario.register
    for name in seen.value(condition.path.field).names:
        if holds:
            body = condition.bodies[0]
            named = (one for one in register.bodies if register.kind_of_body(one) == body)
            for_ = None if condition.for_ is None else seen.value(condition.for_.field)
            what = () if for_ is None else for_.names
            seat = Seat(body=next(named, body))
            told = f"{person(name)} sat on {any_of([body])} {seen.on}"
            if what:
                told = f"{person(name)} sat on {any_of([body])} for {listed(map(matter, what))} {seen.on}"
            if name in register.people:
                yield Change(
                    fact=HeldOffice(name, seat=seat), supposes=told, plainness=Plainness.ALLOWED
                )
        elif name in register.people:
            bodies = tuple(one.body for one in register.people[name].seats)
            told = f"{person(name)} not sat on {any_of(condition.bodies)} {seen.on}"
            yield Change(
                fact=HeldNone(name, bodies=bodies), supposes=told, plainness=Plainness.OFFICE
            )


def took_office_since(condition: TookOfficeSince, seen: Seen, *, holds: bool) -> Iterator[Change]:
    """Suppose that a person took office only after the act began, or held it before."""
    register = seen.world.scenario.register
    covered = _offices(condition.roles, seen)
    began = seen.event.at
    for name in seen.value(condition.path.field).names:
        if name not in register.people:
            continue
        if holds:
            since = Moment(*[began.last + _TICK] * 2)
            tenure, told = Tenure(since=since), "taken office only after it began"
        else:
            tenure, told = ALWAYS, "held the office already when it began"
        yield Change(
            fact=OfficesLasted(name, covered, tenure),
            supposes=f"{person(name)} {told}",
            plainness=Plainness.OFFICE,
        )


def _offices(roles: tuple[str, ...], seen: Seen) -> tuple[str, ...]:
    book = seen.world.cases.rulebook
    return tuple(dict.fromkeys(office for role in roles for office in book.roles[role].offices))


def vacant(condition: Vacant, seen: Seen, *, holds: bool) -> Iterator[Change]:
    """Suppose that nobody held an office; nobody is made up who could have held it."""
    register = seen.world.scenario.register
    covered = _offices((condition.role,), seen)
    holders = [
        name
        for name, one in register.people.items()
        if any(office.role in covered for office in one.offices)
    ]
    if holds and len(holders) == 1:
        told = f"nobody been {a(condition.role)} {seen.on}"
        fact = HeldNone(holders[0], roles=covered)
        yield Change(fact=fact, supposes=told, plainness=Plainness.OFFICE)


def bearer(seen: Seen) -> Iterator[Change]:
    """Suppose that who answers held none of the offices, or acted in another capacity."""
    world, view = seen.world, seen.view
    rule = world.rule
    if view.bearer is None or rule.bearer is None:
        return
    if rule.bearer == "by":
        yield from _capacity(seen)
    if not rule.roles or world.scenario.register.kind_of_body(view.bearer) is not None:
        return
    condition = Holds(Path(rule.bearer), rule.roles)
    for holding in seen.flips(condition):
        yield from held(view.bearer, condition, seen, Plainness.BEARER, holds=holding)
    yield from _left(seen)


def _capacity(seen: Seen) -> Iterator[Change]:
    event = seen.event
    register = seen.world.scenario.register
    is_body = register.kind_of_body(seen.view.bearer or "") is not None
    if event.derived or is_body or event.as_ == "private":
        return
    by = person(seen.view.bearer or "")
    yield Change(
        fact=FieldHeld(event.id, "as_", "as", "private"),
        supposes=f"{by} acted in a private capacity",
        plainness=Plainness.BEARER,
    )


def _left(seen: Seen) -> Iterator[Change]:
    """Suppose that the bearer of a duty had left office before it was due, or had not."""
    case = seen.world.case
    due = None if case.deadline is None else case.deadline.known
    if due is None or due <= seen.event.at.last:
        return
    who, roles = seen.view.bearer or "", _offices(case.rule.roles, seen)
    if case.status is Status.EXCUSED:
        yield Change(
            fact=OfficesLasted(who, roles, ALWAYS),
            supposes=f"{person(who)} still been in office when it was due",
            plainness=Plainness.BEARER,
        )
        return
    until = Moment(due, due)
    yield Change(
        fact=OfficesLasted(who, roles, Tenure(until=until)),
        supposes=f"{person(who)} left office before it was due",
        plainness=Plainness.BEARER,
    )
