"""The facts of a situation that can differ, each with the ways in which it can be.

A lever is one such fact: what a field holds, which office somebody held, whether another
event happened and when. Its options are those that the rules at hand can tell apart, and
one that is none of these; what no rule asks has no lever. The first option is what costs
least to say, mostly that nothing is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from councilrules.analysis.drafts import Draft

Key = tuple[str, ...]
"""What a lever is about, such as `("field", "e1", "by")`."""


@frozen(eq=False)
class Option:
    """One way in which a fact can be.

    Attributes:
        label: What it is, in a few words.
        apply: Puts it into a draft.
        cost: How much it adds to what has to be told.
    """

    label: str
    apply: Callable[[Draft], None]
    cost: int = 1


@frozen(eq=False)
class Lever:
    """A fact that can differ.

    Attributes:
        key: What it is about.
        options: The ways in which it can be; the first is the one to take if it matters
            to nothing.
        needs: The options of other levers without any of which it matters to nothing;
            empty if it always matters.
    """

    key: Key
    options: tuple[Option, ...]
    needs: tuple[tuple[Key, frozenset[str]], ...] = field(default=())


def nothing(_draft: Draft) -> None:
    """Add nothing to a draft."""
