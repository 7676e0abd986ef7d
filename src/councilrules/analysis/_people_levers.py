"""Levers on people: offices, seats on bodies, interests, and who holds a post."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

from attrs import evolve

from councilrules.analysis.drafts import LONG_BEFORE, at
from councilrules.analysis.levers import Key, Lever, Option, nothing
from councilrules.events import NONE, UNKNOWN, Proof
from councilrules.periods import Tenure
from councilrules.register import (
    COUNCIL,
    INTEREST_KINDS,
    Body,
    Engagement,
    Interest,
    Office,
    Seat,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from councilrules.analysis.drafts import Draft
    from councilrules.register import Listed
    from councilrules.rules import Role, Rulebook

ENDED = Tenure(since=LONG_BEFORE.since, until=at(days=-30))
NOT_YET = Tenure(since=at(days=30))
NOT_KNOWN_SINCE = Tenure(since_unknown=True)

COMMITTEE, GROUP, PANEL = "finance-committee", "working-group", "panel"
BODIES = {"committee": COMMITTEE, "group": GROUP, "panel": PANEL, "council": COUNCIL}
"""The names of bodies by their kind."""


def add_body(draft: Draft, name: str, kind: str) -> None:
    """Let the register know a body, if it does not yet."""
    if name != COUNCIL and name not in draft.bodies:
        draft.bodies[name] = Body(kind=kind)


# --- offices ----------------------------------------------------------------------


def offices_lever(
    name: str,
    rulebooks: Iterable[Rulebook],
    roles: Iterable[tuple[str, str | None]],
    words: Iterable[str],
    needs: tuple[tuple[Key, frozenset[str]], ...],
    *,
    is_due: bool,
    is_dated: bool = False,
) -> Lever:
    """Give what offices somebody can have held, as far as rules tell these apart.

    Args:
        name: Whose.
        rulebooks: Where the role words are defined.
        roles: The role words asked of anybody, each with the body it is narrowed to.
        words: The offices that are asked for by their own name.
        needs: When it matters.
        is_due: Whether there is a deadline, by which an office may have ended.
        is_dated: Whether it is asked if an act that lasts is older than the office.
    """
    told = _told_apart([*rulebooks], [*roles], [*words])
    options = [Option("holds nothing", nothing, 0)]
    options += [_holding(name, label, one) for label, one, _ in told]
    options.append(Option("is not known", partial(_unknown, name)))
    for label, one, engaged in told:
        options += _otherwise(name, label, one, is_engaged=engaged, is_due=is_due)
        if is_dated:
            older = evolve(one, tenure=Tenure(since=at(days=-10 * 365)))
            options.append(Option(f"{label}, for ten years", partial(_hold, name, (older,)), 2))
    options += [
        Option(f"{left[0]} and {right[0]}", partial(_hold, name, (left[1], right[1])), 3)
        for left, right in combinations(told, 2)
    ]
    return Lever(("offices", name), tuple(options), needs)


def _told_apart(
    rulebooks: list[Rulebook], roles: list[tuple[str, str | None]], words: list[str]
) -> list[tuple[str, Office, bool]]:
    """Give one office of each sort that the roles tell apart, and if engagement counts."""
    asked = [
        (book.roles[role], of) for book in rulebooks for role, of in roles if role in book.roles
    ]
    listed = dict.fromkeys([*(office for role, _ in asked for office in role.offices), *words])
    narrowed = [of for role, own in asked for of in (role.of, own) if of is not None]
    bodies = dict.fromkeys([COUNCIL, *(COMMITTEE for _ in narrowed[:1])])
    found: dict[tuple[object, ...], tuple[str, Office, bool]] = {}
    for body in bodies:
        for office in listed:
            sort = (
                *(_covers(role, of, office, body) for role, of in asked),
                *(office == word for word in words),
            )
            engaged = any(role.engaged and office in role.offices for role, _ in asked)
            label = office if body == COUNCIL else f"{office} of {body}"
            if any(sort):
                found.setdefault(
                    sort, (label, Office(role=office, of=body, tenure=LONG_BEFORE), engaged)
                )
    return list(found.values())


def _covers(role: Role, of: str | None, office: str, body: str) -> bool:
    kind = COUNCIL if body == COUNCIL else "committee"
    wanted = [one for one in (role.of, of) if one is not None]
    return office in role.offices and all(one in (body, kind) for one in wanted)


def _holding(name: str, label: str, office: Office) -> Option:
    return Option(label, partial(_hold, name, (office,)))


def _hold(name: str, offices: tuple[Office, ...], draft: Draft) -> None:
    for office in offices:
        if office.of != COUNCIL:
            add_body(draft, office.of, "committee")
    draft.offices[name] = list(offices)


def _unknown(name: str, draft: Draft) -> None:
    draft.offices[name] = None


def _otherwise(
    name: str, label: str, office: Office, *, is_engaged: bool, is_due: bool
) -> Iterator[Option]:
    """Give the ways in which an office may not count, or not surely."""

    def held(how: str, cost: int = 2, **changes: Any) -> Option:  # noqa: ANN401 - any of its parts
        return Option(f"{label}, {how}", partial(_hold, name, (evolve(office, **changes),)), cost)

    yield held("it is alleged", proof=Proof.ALLEGED)
    yield held("no longer", tenure=ENDED)
    if is_due:
        yield held("leaving soon after", tenure=Tenure(since=LONG_BEFORE.since, until=at(days=2)))
        yield held("taken up soon after", tenure=Tenure(since=at(days=2)))
    if is_engaged:
        yield held("under a contract", engaged=(Engagement(how="contract"),))
        yield held("engaged in a way not known", engaged=(Engagement(how=UNKNOWN),))


def post_lever(role: str, rulebooks: Iterable[Rulebook]) -> Lever:
    """Give whether somebody whom no event names holds a post."""
    offices = next((book.roles[role].offices for book in rulebooks if role in book.roles), (role,))
    office = Office(role=offices[0], tenure=LONG_BEFORE)
    name = f"the-{role}"
    return Lever(("post", role), (
        Option("nobody holds it", nothing, 0),
        Option("somebody else holds it", partial(_hold, name, (office,))),
        Option("not known if somebody does", partial(_unknown, name)),
    ))  # fmt: skip


# --- seats ------------------------------------------------------------------------


def seats_lever(
    name: str,
    bodies: Iterable[str],
    things: Iterable[str],
    needs: tuple[tuple[Key, frozenset[str]], ...],
) -> Lever:
    """Give on which bodies somebody can have sat, and for what."""
    options = [Option("sits on nothing", nothing, 0)]
    for word in bodies:
        body = BODIES.get(word, word)
        for thing in (None, *things, "something-else"):
            listed: Listed = NONE if thing is None else (thing,)
            seat = Seat(body=body, for_=listed, tenure=LONG_BEFORE)
            label = f"sits on {body}" + (f" for {thing}" if thing else "")
            options.append(Option(label, partial(_sit, name, seat, word)))
        for how, tenure, proof, for_ in (
            ("no longer", ENDED, Proof.ESTABLISHED, NONE),
            ("not yet", NOT_YET, Proof.ESTABLISHED, NONE),
            ("it is alleged", LONG_BEFORE, Proof.ALLEGED, NONE),
            ("for what is not known", LONG_BEFORE, Proof.ESTABLISHED, UNKNOWN),
        ):
            seat = Seat(body=body, for_=for_, tenure=tenure, proof=proof)
            options.append(Option(f"sits on {body}, {how}", partial(_sit, name, seat, word), 2))
    return Lever(("seats", name), tuple(options), needs)


def _sit(name: str, seat: Seat, word: str, draft: Draft) -> None:
    kind = word if word in BODIES else "panel"
    add_body(draft, seat.body, kind)
    draft.seats.setdefault(name, []).append(seat)


# --- interests --------------------------------------------------------------------

SPOKEN = ("spoken", "interests")


def interests_lever(
    name: str,
    kinds: Iterable[str],
    matters: Iterable[str],
    needs: tuple[tuple[Key, frozenset[str]], ...],
) -> Lever:
    """Give what interests somebody can have had, as far as rules tell these apart."""
    asked = [*kinds]
    other = next((kind for kind in INTEREST_KINDS if kind not in asked), None)
    options = [Option("has no interest", nothing, 0)]
    for matter in matters:
        plain = [
            Interest(of=name, matter=(matter,), kinds=(kind,), tenure=LONG_BEFORE)
            for kind in (*asked, other)
            if kind
        ]
        options += [
            Option(f"has a {one.kinds[0]} interest in {matter}", partial(_interest, one))  # type: ignore[index]
            for one in plain
        ]
        options += [
            Option(f"has an interest in {matter}, {how}", partial(_interest, one), 2)
            for how, one in _unsure_interests(name, matter, asked[0])
        ]
    unknown = Interest(of=name, matter=UNKNOWN, kinds=(asked[0],), tenure=LONG_BEFORE)
    options.append(Option("has an interest in a matter not known", partial(_interest, unknown), 2))
    return Lever(("interests", name), tuple(options), needs)


def _unsure_interests(name: str, matter: str, kind: str) -> Iterator[tuple[str, Interest]]:
    def interest(**changes: object) -> Interest:
        held: Mapping[str, object] = {
            "of": name, "matter": (matter,), "kinds": (kind,), "tenure": LONG_BEFORE
        }  # fmt: skip
        return Interest(**{**held, **changes})  # type: ignore[arg-type]

    yield "of a kind not known", interest(kinds=UNKNOWN)
    yield "no longer", interest(tenure=ENDED)
    yield "not yet", interest(tenure=NOT_YET)
    yield "it is alleged", interest(proof=Proof.ALLEGED)
    yield "and learnt of it later", interest(known=Tenure(since=at(days=10)))
    yield "and it is not known since when they knew", interest(known=NOT_KNOWN_SINCE)


def _interest(one: Interest, draft: Draft) -> None:
    draft.interests.append(one)


def spoken_lever() -> Lever:
    """Give whether the register speaks of interests; if not, it holds none of anybody."""

    def speak(draft: Draft) -> None:
        draft.speaks_of.add("interests")

    return Lever(SPOKEN, (
        Option("nothing is said of interests", nothing, 0),
        Option("interests are registered", speak),
    ))  # fmt: skip
