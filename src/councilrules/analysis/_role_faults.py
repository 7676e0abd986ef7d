"""Faults in lists of role words: one swapped, one more, one less, where that is a fault.

Role words overlap: an officer may be the clerk, and an employee an officer. Of several
words that differ only in how many offices more they cover, the narrowest stands for all,
since whatever notices it notices the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.analysis._faults import exchanged, named, narrowed, widened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from councilrules.rules import Role

    _Office = tuple[str, str, str | None, tuple[str, ...]]
    _Covered = frozenset[_Office]
    _Made = tuple[str, str, tuple[str, ...]]


def role_faults(roles: tuple[str, ...], known: Mapping[str, Role], where: str) -> Iterator[_Made]:
    """Give role words with one swapped, one more, or one less: kind of fault, words, roles.

    Left out is what covers the same offices as before, and a body in place of a person, or
    beside persons alone, which no register could take for one another.

    Args:
        roles: The role words as they are.
        known: The role words of the rulebook, with what they cover.
        where: Where they stand, to follow what is wrong with them.
    """
    yield from _swapped(roles, known, where)
    for role, left in _widened(roles, known):
        yield "roles-widened", f"{named([role])} counts too {where}", left
    own = covered(roles, known)
    for role, left in narrowed(roles):
        if covered(left, known) != own:
            yield "roles-narrowed", f"{named([role])} no longer counts {where}", left


def covered(roles: tuple[str, ...], known: Mapping[str, Role]) -> _Covered:
    """Give the offices and bodies that role words cover.

    Each office is given with its body, if it is one of that body alone, and with how its
    holder has to be engaged, if that matters; but not where another word covers it anyway.
    """
    found: set[_Office] = set()
    for role in (known[name] for name in roles if name in known):
        found |= {("office", office, role.of, role.engaged) for office in role.offices}
        found |= {("body", body, None, ()) for body in role.bodies}
    return frozenset(
        one for one in found if not any(_is_wider(other, one) for other in found - {one})
    )


def _is_wider(one: _Office, other: _Office) -> bool:
    return one[:2] == other[:2] and one[2] in {None, other[2]} and one[3] in {(), other[3]}


def is_body(role: str, known: Mapping[str, Role]) -> bool:
    """Tell whether a role word is about bodies alone."""
    found = known.get(role)
    return found is not None and bool(found.bodies) and not found.offices


def _fits(role: str, roles: tuple[str, ...], known: Mapping[str, Role]) -> bool:
    """Tell whether a word is about what one of some others is about: persons, or bodies."""
    return is_body(role, known) in {is_body(one, known) for one in roles}


def _swapped(roles: tuple[str, ...], known: Mapping[str, Role], where: str) -> Iterator[_Made]:
    seen = {covered(roles, known)} | {covered(left, known) for _, left in narrowed(roles)}
    for role, other, left in exchanged(roles, known):
        found = covered(left, known)
        if found not in seen and _fits(other, (role,), known):
            seen.add(found)
            says = f"{named([other])} counts in place of {named([role])} {where}"
            yield "role-swapped", says, left


def _widened(
    roles: tuple[str, ...], known: Mapping[str, Role]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    own = covered(roles, known)
    more = {
        word: rest
        for word, left in widened(roles, known)
        if _fits(word, roles, known) and (rest := covered(left, known) - own)
    }
    for word, rest in more.items():
        words = list(more)
        earlier = words[: words.index(word)]
        if not any(other < rest for other in more.values()) and not any(
            more[one] == rest for one in earlier
        ):
            yield word, (*roles, word)
