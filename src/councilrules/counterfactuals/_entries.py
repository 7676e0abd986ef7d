"""What answers to questions about the register would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.counterfactuals import facts, register_facts
from councilrules.periods import Moment, Tenure
from councilrules.register import ALWAYS, ENGAGEMENTS, MARKINGS, Marking, Office
from councilrules.rules import HasInterest, Holds, SitsOn, TookOfficeSince, Vacant
from councilrules.vocabulary import kinds
from councilrules.wording import any_of, listed, person, plain
from councilrules.wording.words import a, matter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from councilrules.counterfactuals.asked import Asked
    from councilrules.counterfactuals.facts import Fact
    from councilrules.scenarios import Scenario

Brought = tuple[str, tuple["Fact", ...]]


def of_the_register(asked: Asked) -> Iterator[Brought]:
    """Give the answers to a question about the register, each with what it brings."""
    want = asked.want
    if want.name in kinds():
        yield from _unrecorded(asked)
    elif not want.of:
        yield from _of_a_kind(asked)
    elif want.name in _OF_SOMETHING:
        yield from _OF_SOMETHING[want.name](asked)


def _unrecorded(asked: Asked) -> Iterator[Brought]:
    kind = asked.want.name
    yield "no", (facts.Unrecorded(kind),)
    for change in asked.changes(asked.scenario):
        fact = change.fact
        if isinstance(fact, facts.Happened) and type(fact.event) is kinds()[kind].cls:
            yield f"yes ({change.supposes})", (fact, facts.Unrecorded(kind))


def _of_a_kind(asked: Asked) -> Iterator[Brought]:
    """Give what there may be of a kind of which the register does not speak."""
    name = asked.want.name
    if name == "in-force":
        begun = Moment(*[asked.scenario.history.as_of + facts.TICK] * 2)
        book = asked.rulebook.id
        yield "it was in force then", (facts.WasInForce(book, ALWAYS),)
        yield "it was not", (facts.WasInForce(book, Tenure(since=begun)),)
        return
    both = frozenset({"decisions", "delegations"})
    spoken = register_facts.SpokenOf(both if name in both else frozenset({name}))
    yield "there is none", (spoken,)
    for change in asked.changes(spoken.apply(asked.scenario)):
        fact = change.fact
        kept = "decisions" if name in both else name
        if isinstance(fact, register_facts.EntryHeld) and fact.kind == kept and fact.before is None:
            yield f"there is this: {change.supposes}", (spoken, fact)


# --- people --------------------------------------------------------------------------


def _roles(asked: Asked) -> tuple[str, ...]:
    """Give the role words that the rules tell apart."""
    found: dict[str, None] = {}
    for rule in asked.rules:
        found.update(dict.fromkeys(rule.roles))
        for one in rule.conditions:
            if isinstance(one, (Holds, TookOfficeSince)):
                found.update(dict.fromkeys(one.roles))
            elif isinstance(one, Vacant):
                found[one.role] = None
    return tuple(found)


def _offices(asked: Asked) -> Iterator[Brought]:
    name, book = asked.want.of, asked.rulebook
    held = asked.scenario.register.people.get(name)
    roles = [book.roles[word] for word in _roles(asked) if book.roles[word].offices]
    known = () if held is None or not held.is_known else held.offices
    for role in roles:
        if any(one.role in role.offices for one in known):
            fact: Fact = register_facts.OfficesLasted(name, role.offices, ALWAYS)
        elif known:
            continue
        else:
            office = Office(role=role.offices[0], of=role.of or "council")
            fact = register_facts.HeldOffice(name, office=office)
        yield f"{person(name)} was {a(role.name)} then", (fact,)
    covered = tuple(dict.fromkeys(office for role in roles for office in role.offices))
    none = f"{person(name)} was not {any_of([role.name for role in roles])} then"
    if roles:
        yield none, (register_facts.HeldNone(name, roles=covered),)


def _seats(asked: Asked) -> Iterator[Brought]:
    name = asked.want.of
    found = asked.scenario.register.people.get(name)
    bodies = tuple(
        body
        for rule in asked.rules
        for one in rule.conditions
        if isinstance(one, SitsOn)
        for body in one.bodies
    )
    for change in asked.changes(asked.scenario):
        fact = change.fact
        if (
            isinstance(fact, register_facts.HeldOffice)
            and fact.seat is not None
            and fact.person == name
        ):
            yield f"this was so: {change.supposes}", (fact,)
    seats = tuple(one.body for one in (() if found is None else found.seats))
    none = f"{person(name)} did not then sit on {any_of(dict.fromkeys(bodies) or ['such a body'])}"
    yield none, (register_facts.HeldNone(name, bodies=seats),)


def _engaged(asked: Asked) -> Iterator[Brought]:
    for how in ENGAGEMENTS:
        told = {"contract": "under another contract"}.get(how, how)
        yield told, (register_facts.EngagedAs(asked.want.of, how),)


def _interests(asked: Asked) -> Iterator[Brought]:
    """Give what the entries on a person's interests come to, made certain."""
    name, register = asked.want.of, asked.scenario.register
    entries = register.interests_by_person.get(name, ())
    wanted = [
        one for rule in asked.rules for one in rule.conditions if isinstance(one, HasInterest)
    ]
    told = tuple(kind for one in wanted for kind in one.kinds)[:1]
    without = tuple(register_facts.EntryHeld("interests", one, None) for one in entries)
    for change in asked.changes(_applied(without, asked)):
        fact = change.fact
        is_it = isinstance(fact, register_facts.EntryHeld) and fact.kind == "interests"
        if is_it and isinstance(fact, register_facts.EntryHeld) and fact.before is None and told:
            yield f"this was so: {change.supposes}", (*without, fact)
    yield f"{person(name)} had no such interest then", without


def _applied(brought: tuple[Fact, ...], asked: Asked) -> Scenario:
    scenario = asked.scenario
    for fact in brought:
        scenario = fact.apply(scenario)
    return scenario


# --- papers, bodies, decisions, procedures -------------------------------------------


def _marked(asked: Asked) -> Iterator[Brought]:
    for word in MARKINGS:
        fact = register_facts.ThingWas("papers", asked.want.of, "marked", (Marking(word=word),))
        yield f"“{plain(word)}”", (fact,)
    yield "not marked", (register_facts.ThingWas("papers", asked.want.of, "marked", ()),)


def _matter(asked: Asked) -> Iterator[Brought]:
    found = asked.matters()
    for name in found[:_MOST]:
        yield matter(name), (register_facts.ThingWas("papers", asked.want.of, "matter", (name,)),)
    other = register_facts.ThingWas("papers", asked.want.of, "matter", ("another-matter",))
    yield "to anything else", (other,)


def _holder(asked: Asked) -> Iterator[Brought]:
    for name, told in (("council", "the council"), ("somebody-else", "somebody else")):
        yield told, (register_facts.ThingWas("papers", asked.want.of, "held_by", (name,)),)


def _terms(asked: Asked) -> Iterator[Brought]:
    found = asked.matters()
    for name in found[:_MOST]:
        fact = register_facts.ThingWas("bodies", asked.want.of, "terms", (name,))
        yield f"they cover {matter(name)}", (fact,)
    other = register_facts.ThingWas("bodies", asked.want.of, "terms", ("another-matter",))
    yield (
        f"they cover none of {listed(map(matter, found[:_MOST]), 'or')}"
        if found
        else "anything else",
        (other,),
    )


def _held(asked: Asked) -> Iterator[Brought]:
    """Give whether a decision, a procedure or a relationship held then."""
    register, name = asked.scenario.register, asked.want.of
    for kind in ("decisions", "procedures", "relationships"):
        for one in getattr(register, kind):
            if one.id == name:
                lasting = register_facts.EntryHeld(kind, one, evolve(one, tenure=ALWAYS))
                yield "it held then", (lasting,)
                yield "it did not", (register_facts.EntryHeld(kind, one, None),)


def _kind_of_body(asked: Asked) -> Iterator[Brought]:
    for word in ("committee", "panel", "group"):
        yield a(word), (register_facts.ThingWas("bodies", asked.want.of, "kind", word),)


_MOST = 6
_OF_SOMETHING: dict[str, Callable[[Asked], Iterator[Brought]]] = {
    "offices": _offices,
    "seats": _seats,
    "engaged": _engaged,
    "interests": _interests,
    "marked": _marked,
    "matter": _matter,
    "held-by": _holder,
    "terms": _terms,
    "kind-of-body": _kind_of_body,
    "period": _held,
    "adopted": _held,
    "in-force": _held,
}
