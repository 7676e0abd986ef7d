"""Changes of interests, papers, decisions, procedures and terms of reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.counterfactuals._seen import Seen, new_id
from councilrules.counterfactuals.changes import Change, Plainness
from councilrules.counterfactuals.register_facts import EntryHeld, HeldNone, HeldOffice, ThingWas
from councilrules.events import NONE
from councilrules.periods import Moment, Tenure
from councilrules.register import (
    ALWAYS,
    ANYTHING,
    MARKINGS,
    Decision,
    Interest,
    Marking,
    Office,
    Procedure,
)
from councilrules.truth import Truth
from councilrules.wording import listed, person, plain, quoted
from councilrules.wording.words import a, before, matter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.rules import (
        Adopted,
        Authorised,
        HasInterest,
        InForce,
        Path,
        Provided,
        WithinTerms,
    )


# --- interests -----------------------------------------------------------------------


def has_interest(condition: HasInterest, seen: Seen, *, holds: bool) -> Iterator[Change]:
    """Suppose that a person had such an interest, or none, or did not know of it."""
    register = seen.world.scenario.register
    situations = seen.world.cases.conditions.situations
    about = situations.value(seen.view, condition.matter, answering=False)
    for name in seen.value(condition.path.field).names:
        if holds:
            yield from _interested(name, condition, about.names, seen)
            continue
        for entry in register.interests_by_person.get(name, ()):
            yield from _not_interested(name, entry, condition, seen)


def _interested(
    name: str, condition: HasInterest, matters: tuple[str, ...], seen: Seen
) -> Iterator[Change]:
    if not matters:
        return
    entry = Interest(of=name, matter=matters[:1], kinds=condition.kinds[:1])
    knew = " and known of it" if condition.known else ""
    kind = a(f"{condition.kinds[0]} interest")
    told = f"{person(name)} had {kind} in {matter(matters[0])} {seen.on}{knew}"
    yield Change(
        fact=EntryHeld("interests", None, entry), supposes=told, plainness=Plainness.REGISTERED
    )


def _not_interested(
    name: str, entry: Interest, condition: HasInterest, seen: Seen
) -> Iterator[Change]:
    told_of = map(matter, entry.matter) if isinstance(entry.matter, tuple) else ["the matter"]
    what = listed(told_of)
    if condition.known:
        after = Moment(*[seen.event.at.last + seen.world.tick] * 2)
        known = evolve(entry, known=Tenure(since=after))
        told = f"{person(name)} not known {seen.on} of their interest in {what}"
        yield Change(
            fact=EntryHeld("interests", entry, known), supposes=told, plainness=Plainness.KNOWN
        )
    told = f"{person(name)} had no interest in {what} {seen.on}"
    yield Change(
        fact=EntryHeld("interests", entry, None), supposes=told, plainness=Plainness.REGISTERED
    )


# --- papers, bodies and offices, as attributes ---------------------------------------


def attribute(path: Path, words: tuple[str, ...], seen: Seen, *, holds: bool) -> Iterator[Change]:
    """Suppose that what a field names was marked, held, about or of something."""
    for thing in seen.value(path.field).names:
        match path.attribute:
            case "marked":
                yield from _marked(thing, words, seen, holds=holds)
            case "held-by" | "matter" | "terms":
                yield from _listing(path, thing, words, seen, holds=holds)
            case "office":
                yield from _office(thing, words, seen, holds=holds)
            case "body":
                yield from _body_of(thing, words, seen, holds=holds)
            case _:
                return


def emptied(path: Path, seen: Seen, *, holds: bool) -> Iterator[Change]:
    """Suppose that a paper bore no marking, or bore one."""
    if path.attribute == "marked":
        for thing in seen.value(path.field).names:
            yield from _marked(thing, MARKINGS, seen, holds=not holds)


def _marked(thing: str, words: tuple[str, ...], seen: Seen, *, holds: bool) -> Iterator[Change]:
    paper = seen.world.scenario.register.papers.get(thing)
    if paper is None:
        return
    borne = paper.marked if isinstance(paper.marked, tuple) else ()
    if holds:
        marked = (*borne, Marking(word=words[0]))
        told = f"the document {quoted(thing)} been marked “{plain(words[0])}” {seen.on}"
    else:
        marked = tuple(one for one in borne if one.word not in words)
        told = f"the document {quoted(thing)} not been marked {listed((f'“{plain(word)}”' for word in words), 'or')} {seen.on}"
    fact = ThingWas("papers", thing, "marked", marked)
    yield Change(fact=fact, supposes=told, plainness=Plainness.REGISTERED)


_OTHER = "another-matter"
_TOLD = {
    "held-by": "the document {thing} been held by {words}",
    "matter": "the document {thing} related to {words}",
    "terms": "the terms of reference of {thing} covered {words}",
}
_TOLD_NOT = {
    "held-by": "the document {thing} not been held by {words}",
    "matter": "the document {thing} not related to {words}",
    "terms": "the terms of reference of {thing} not covered {words}",
}


def _listing(
    path: Path, thing: str, words: tuple[str, ...], seen: Seen, *, holds: bool
) -> Iterator[Change]:
    register = seen.world.scenario.register
    kind = "bodies" if path.attribute == "terms" else "papers"
    name = (path.attribute or "").replace("-", "_")
    found = (register.bodies if kind == "bodies" else register.papers).get(thing)
    if found is None or not words:
        return
    now = getattr(found, name)
    listed_now = now if isinstance(now, tuple) else ()
    value = (*listed_now, words[0]) if holds else _without(listed_now, words)
    told = (_TOLD if holds else _TOLD_NOT)[path.attribute or ""]
    called = person if path.attribute == "held-by" else matter
    shown = called(words[0]) if holds else listed(map(called, words), "or")
    yield Change(
        fact=ThingWas(kind, thing, name, value),
        supposes=told.format(
            thing=person(thing) if kind == "bodies" else quoted(thing), words=shown
        ),
        plainness=Plainness.REGISTERED,
    )


def _without(listed_now: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    left = tuple(one for one in listed_now if one not in words and one != ANYTHING)
    return left or (_OTHER,)


def _office(name: str, words: tuple[str, ...], seen: Seen, *, holds: bool) -> Iterator[Change]:
    if holds:
        for word in words[:1]:
            told = f"{person(name)} been {a(word)} {seen.on}"
            fact = HeldOffice(name, office=Office(role=word))
            yield Change(fact=fact, supposes=told, plainness=Plainness.OFFICE)
    elif words:
        told = f"{person(name)} not been {listed(map(a, words), 'or')} {seen.on}"
        yield Change(fact=HeldNone(name, roles=words), supposes=told, plainness=Plainness.OFFICE)


def _body_of(thing: str, words: tuple[str, ...], seen: Seen, *, holds: bool) -> Iterator[Change]:
    register = seen.world.scenario.register
    entry = register.decisions_by_id.get(thing)
    if entry is None:
        return
    bodies = words if holds else tuple(one for one in register.bodies if one not in words)
    for body in bodies[:1]:
        told = f"the decision {quoted(thing)} been taken by {person(body)}"
        fact = EntryHeld("decisions", entry, evolve(entry, body=body))
        yield Change(fact=fact, supposes=told, plainness=Plainness.REGISTERED)


def within_terms(condition: WithinTerms, seen: Seen, *, holds: bool) -> Iterator[Change]:
    """Suppose that terms of reference covered something, or did not."""
    subject = seen.value(condition.path.field)
    path = evolve(condition.body, attribute="terms")
    yield from attribute(path, subject.names, seen, holds=holds)


# --- decisions and procedures --------------------------------------------------------


def authorised(condition: Authorised, seen: Seen, *, holds: bool) -> Iterator[Change]:
    """Suppose that a decision covered the act, or that none did."""
    register = seen.world.scenario.register
    if not holds:
        for entry in register.decisions:
            told = f"the council not taken the decision {quoted(entry.id)}"
            yield Change(
                fact=EntryHeld("decisions", entry, None),
                supposes=told,
                plainness=Plainness.ALLOWED,
            )
        return
    for entry in register.decisions:
        if condition.under is not None:
            yield from seen.held(condition.under.field, entry.id, Plainness.ALLOWED)
        lasted = evolve(entry, tenure=ALWAYS)
        if entry.tenure != ALWAYS:
            told = f"the decision {quoted(entry.id)} held {seen.on}"
            yield Change(
                fact=EntryHeld("decisions", entry, lasted),
                supposes=told,
                plainness=Plainness.ALLOWED,
            )
    if not condition.passing_on:
        yield from _decided(condition, seen)


def _decided(condition: Authorised, seen: Seen) -> Iterator[Change]:
    """Suppose that the council had authorised who acted, over those people, on that."""
    who = seen.value(condition.who.field)
    over = None if condition.over is None else seen.value(condition.over.field)
    subject = None if condition.subject is None else seen.value(condition.subject.field)
    if not who.names:
        return
    entry = Decision(
        id=new_id(seen.world.scenario),
        to=who.names,
        over=NONE if over is None or not over.names else over.names,
        subject=NONE if subject is None or not subject.names else subject.names,
    )
    on = (
        ""
        if entry.subject is NONE or subject is None
        else f" on {listed(map(matter, subject.names))}"
    )
    above = "" if entry.over is NONE or over is None else f" over {listed(map(person, over.names))}"
    told = f"the council authorised {listed(map(person, who.names))} to do this{above}{on} {before(seen.event.at, seen.world.zone)}"
    yield Change(
        fact=EntryHeld("decisions", None, entry), supposes=told, plainness=Plainness.ALLOWED
    )


def provided(condition: Provided, seen: Seen, *, holds: bool) -> Iterator[Change]:
    """Suppose that the council had a procedure of one of the kinds, or none."""
    register = seen.world.scenario.register
    if holds:
        kind = condition.kinds[0]
        entry = Procedure(id=new_id(seen.world.scenario), kinds=(kind,))
        told = f"the council had {a(f'{plain(kind)} procedure')} {seen.on}"
        yield Change(
            fact=EntryHeld("procedures", None, entry), supposes=told, plainness=Plainness.ALLOWED
        )
        return
    for one in register.procedures:
        told = f"the council not had the procedure {quoted(one.id)} {seen.on}"
        yield Change(
            fact=EntryHeld("procedures", one, None), supposes=told, plainness=Plainness.ALLOWED
        )


def in_force(condition: InForce | Adopted, seen: Seen, *, holds: bool) -> Iterator[Change]:
    """Suppose that what a field names was in force, or not, or that it named another."""
    register = seen.world.scenario.register
    name = condition.path.field
    for thing in seen.value(name).names:
        for kind, entry in _entries(thing, seen):
            if holds:
                told = f"the {kind.removesuffix('s')} {quoted(thing)} been in force {seen.on}"
                fact = EntryHeld(kind, entry, evolve(entry, tenure=ALWAYS))
            else:
                told = f"the {kind.removesuffix('s')} {quoted(thing)} not been in force {seen.on}"
                fact = EntryHeld(kind, entry, None)
            yield Change(fact=fact, supposes=told, plainness=Plainness.ALLOWED)
    entries: list[Decision | Procedure] = [*register.procedures, *register.decisions]
    for other in entries:
        during = other.tenure.holds_during(seen.view.part)
        if during is (Truth.TRUE if holds else Truth.FALSE) and _may_name(name, other, seen):
            yield from seen.held(name, other.id, Plainness.ALLOWED)
    if not holds:
        yield from seen.held(name, NONE, Plainness.ALLOWED)


def _entries(thing: str, seen: Seen) -> Iterator[tuple[str, Decision | Procedure]]:
    register = seen.world.scenario.register
    if thing in register.decisions_by_id:
        yield "decisions", register.decisions_by_id[thing]
    elif thing in register.procedures_by_id:
        yield "procedures", register.procedures_by_id[thing]


def _may_name(name: str, entry: Decision | Procedure, seen: Seen) -> bool:
    """Tell whether a field is for entries of that kind."""
    found = seen.field(name)
    wanted = "procedure" if isinstance(entry, Procedure) else "decision"
    return found is not None and found.kind.value == wanted
