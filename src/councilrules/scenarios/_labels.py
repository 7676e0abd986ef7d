"""What people are called instead of their names: by their office, or by initials."""

from __future__ import annotations

from itertools import count, product
from string import ascii_uppercase
from typing import TYPE_CHECKING, Literal

from councilrules.scenarios._mentions import Finder, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from councilrules.register import Person

By = Literal["roles", "initials"]
"""What people are called by where they are not named."""

PERSON = "Person"
_ONLY_ONE = frozenset({
    "Clerk", "Deputy Clerk", "Chair", "Vice Chair", "Mayor", "Deputy Mayor", "Monitoring Officer",
    "Responsible Financial Officer",
})  # fmt: skip
"""Offices of which there is one, so that whoever alone holds it needs no letter."""


def called(person: Person | None, roles: Collection[str]) -> str:
    """Give the first office of a person that a rulebook has a word for, as a title."""
    offices = () if person is None else person.offices
    known = (one.role for one in offices if one.role in roles)
    return next(known, PERSON).replace("-", " ").title()


class Labels:
    """Gives labels that are unlike one another, and unlike all else that is named."""

    def __init__(
        self, finder: Finder, named: Iterable[str], by: By, kept: Iterable[str] = ()
    ) -> None:
        """Take what finds names in texts, all names, ids and texts, and people who keep theirs."""
        self._finder = finder
        self._by = by
        self._names = {*named}
        self._named = " \n ".join(map(_spaced, self._names))
        self._taken = {*map(_spaced, kept)}

    def of(self, titles: Mapping[str, str]) -> dict[str, str]:
        """Give the label of each person, in their order.

        Args:
            titles: The office of each person by name, in words.
        """
        holders = [*titles.values()]
        letters = "".join(one for one in ascii_uppercase if not {one, one.lower()} & titles.keys())
        return {
            name: self._free(
                self._initials(name, title, letters)
                if self._by == "initials"
                else _lettered(
                    title, letters, is_alone=title in _ONLY_ONE and holders.count(title) == 1
                )
            )
            for name, title in titles.items()
        }

    def _free(self, tried: Iterator[str]) -> str:
        """Give the first label that names nobody, and that nothing else is called by."""
        for label in tried:
            spaced = _spaced(label)
            # An office is spoken of without its holder being meant; with a letter it is not.
            is_told = self._by == "roles" and label not in _ONLY_ONE
            is_used = is_told and f" {spaced} " in f" {self._named} "
            is_used = is_used or spaced in self._taken or label in self._names
            if not is_used and not self._finder.mentions(label):
                self._taken.add(spaced)
                return label
        raise AssertionError  # labels never run out

    def _initials(self, name: str, title: str, letters: str) -> Iterator[str]:
        """Give the initials of a name, numbered from the second on."""
        parts = [one.raw for one in words(name) if self._finder.is_name(one.plain)]
        if not parts:
            yield from _lettered(title, letters, is_alone=False)
        initials = "".join(f"{one[0].upper()}." for one in parts)
        yield initials
        yield from (f"{initials}{number}" for number in count(2))


def _lettered(title: str, letters: str, *, is_alone: bool) -> Iterator[str]:
    """Give a title with each letter in turn, and then with two and more."""
    for each in (title, PERSON):
        if is_alone:
            yield each
        for length in range(1, 4):
            for each_letter in product(letters, repeat=length):
                yield f"{each} {''.join(each_letter)}"


def _spaced(text: str) -> str:
    return " ".join(one.plain for one in words(text))
