"""Who and what there is to draw from, in the words of a rulebook."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.events import Kind
from councilrules.register import (
    BODY_KINDS,
    COUNCIL,
    INTEREST_KINDS,
    MARKINGS,
    PROCEDURE_KINDS,
    RELATIONSHIP_KINDS,
)
from councilrules.rules import HasInterest, Holds, Is, Provided, Rule, SitsOn
from councilrules.vocabulary import RESERVED, kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from councilrules.rules import Condition, Role, Rulebook

_NAMES = ("ann", "bob", "cleo", "dev", "eve", "gus", "hal", "ida", "jon", "lil", "max", "nan")
NOBODY = "fay"
"""Somebody who holds no office."""
OBSCURE = "kim"
"""Somebody of whose offices nothing is known."""
STRANGER = "lee"
"""Somebody whom no register lists."""

BODIES = {"finance": "committee", "selection-panel": "panel", "task-group": "group"}
MATTERS = ("fete", "land-sale", "caretaker-post", "personnel")
PAPERS = ("valuation", "minutes")
DECISIONS = ("d1", "d2", "g1")
PROCEDURES = ("p1", "p2")

Post = tuple[str, str]
"""An office, and the body that it is of."""


@frozen(kw_only=True)
class Cast:
    """What a register that is drawn for a rulebook can have in it.

    Attributes:
        posts: What each person holds as a rule, by name: an office of every role word.
        offices: Every office that a role word covers.
        roles: The role words.
        bodies: The kind of each body, by name.
        matters: What papers, interests and decisions are about.
        interests: Kinds of interest; likewise markings of papers, kinds of relationship
            and kinds of procedure.
        due_procedures: The kinds of procedure that a standing duty wants, for each duty.
        due_delegations: What a standing duty wants delegated, likewise.
    """

    posts: Mapping[str, Post]
    offices: tuple[Post, ...]
    roles: tuple[str, ...]
    bodies: Mapping[str, str]
    matters: tuple[str, ...]
    interests: tuple[str, ...]
    markings: tuple[str, ...]
    relationships: tuple[str, ...]
    procedures: tuple[str, ...]
    due_procedures: tuple[tuple[str, ...], ...]
    due_delegations: tuple[tuple[str, ...], ...]


def cast_of(rulebook: Rulebook) -> Cast:
    """Give the cast of a rulebook: people for all its roles, and what its rules name."""
    bodies = _bodies(rulebook)
    roles = [role for role in rulebook.roles.values() if role.offices]
    words = _Words(rulebook.rules)
    due_procedures, due_delegations = (
        tuple(
            rule.standing.entries
            for rule in rulebook.rules
            if rule.standing is not None and rule.standing.register_kind == kind
        )
        for kind in ("procedures", "delegations")
    )
    return Cast(
        posts=_people(rulebook, roles, bodies),
        offices=tuple(dict.fromkeys(post for role in roles for post in _posts(role, bodies))),
        roles=tuple(rulebook.roles),
        bodies=bodies,
        matters=_united(MATTERS, words.of_matter(), *due_delegations),
        interests=_united(INTEREST_KINDS, words.of_interest()),
        markings=_united(MARKINGS, words.of_attribute("marked")),
        relationships=RELATIONSHIP_KINDS,
        procedures=_united(PROCEDURE_KINDS, words.of_procedure(), *due_procedures),
        due_procedures=due_procedures,
        due_delegations=due_delegations,
    )


def _united(*several: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for some in several for word in some))


class _Words:
    """Finds the words that rules use of what the register lists."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        conditions: dict[Condition, None] = {}
        for rule in rules:
            conditions |= dict.fromkeys(rule.conditions)
        self._conditions = conditions

    def of_attribute(self, *attributes: str) -> Iterator[str]:
        for one in self._conditions:
            if isinstance(one, Is) and one.path.attribute in attributes:
                yield from one.words

    def of_matter(self) -> Iterator[str]:
        """Give what fields that hold a matter, or the matter of something, are compared with."""
        fields = {
            field.name
            for kind in kinds().values()
            for field in kind.fields.values()
            if field.kind is Kind.MATTER
        }
        yield from self.of_attribute("matter", "subject")
        for one in self._conditions:
            if isinstance(one, Is) and one.path.attribute is None and one.path.field in fields:
                yield from one.words

    def of_interest(self) -> Iterator[str]:
        for one in self._conditions:
            if isinstance(one, HasInterest):
                yield from one.kinds

    def of_procedure(self) -> Iterator[str]:
        yield from self.of_attribute("kind")
        for one in self._conditions:
            if isinstance(one, Provided):
                yield from one.kinds


# --- people and bodies ------------------------------------------------------------


def _bodies(rulebook: Rulebook) -> dict[str, str]:
    """Give a body of each kind, and one for every other word that stands for a body."""
    roles = rulebook.roles.values()
    words = {word for role in roles for word in (*role.bodies, *filter(None, [role.of]))}
    for rule in rulebook.rules:
        for one in rule.conditions:
            if isinstance(one, SitsOn):
                words |= {*one.bodies}
            elif isinstance(one, Holds) and one.of is not None:
                words.add(one.of)
    other = {"working-party": "other"} if "other" in words else {}
    return BODIES | other | {word: word for word in sorted(words - {*BODY_KINDS, *BODIES})}


def _posts(role: Role, bodies: Mapping[str, str]) -> Iterator[Post]:
    of = next((name for name, kind in bodies.items() if role.of in {name, kind}), COUNCIL)
    return ((office, of) for office in role.offices)


def _people(rulebook: Rulebook, roles: list[Role], bodies: Mapping[str, str]) -> dict[str, Post]:
    """Give a person for every role, and another for the one that most rules bind."""
    bound = Counter(word for rule in rulebook.rules for word in rule.roles)
    most = max(roles, key=lambda role: bound[role.name], default=None)
    posts: list[Post] = []
    for role in roles:
        post = next(_posts(role, bodies))
        posts += [post] * (2 if role is most else post not in posts)
    offices = {office for role in roles for office in role.offices}
    barred = {*rulebook.roles, *bodies, *offices, *RESERVED, NOBODY, OBSCURE, STRANGER}
    names = (*_NAMES, *(f"person-{n}" for n in range(len(posts))))
    return dict(zip((name for name in names if name not in barred), posts, strict=False))
