"""What of a rule the scenarios show to decide: each item, and the scenarios that show it."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

Kind = Literal[
    "jurisdiction", "condition", "exception", "relation", "order", "deadline", "boundary"
]
"""The sorts of item that are counted; statuses are counted beside them."""

KINDS: tuple[Kind, ...] = (
    "jurisdiction", "condition", "exception", "relation", "order", "deadline", "boundary",
)  # fmt: skip


@frozen(kw_only=True)
class Shown:
    """A scenario that shows something.

    Attributes:
        file: The file.
        title: Its title.
    """

    file: str
    title: str

    def __str__(self) -> str:
        return f"{self.file}: {self.title}"


@frozen(kw_only=True)
class Item:
    """Something of a rule that scenarios can show to decide, or an edge to be on.

    Attributes:
        kind: Which sort.
        where: The part of the rule that it stands in, in words.
        words: What it is, in words.
        lacking: What no scenario shows yet, in words; empty if all of it is shown.
        shown_by: For a boundary a scenario on it; else two, in the first of which it
            holds and decides, in the second it does not hold and decides.
        cannot: Why it cannot decide by itself in any situation; empty if it can. Such
            an item is listed and not counted.
    """

    kind: Kind
    where: str
    words: str
    lacking: tuple[str, ...] = ()
    shown_by: tuple[Shown, ...] = ()
    cannot: str = ""

    @property
    def is_shown(self) -> bool:
        """Tell whether scenarios show all of it."""
        return not self.lacking


@frozen(kw_only=True)
class RuleItems:
    """One rule and its items.

    Attributes:
        clause: The clause.
        rule: The rule.
        statuses: The statuses that it can reach, each with whether a scenario does.
        items: The items in the order of the rule.
    """

    clause: str
    rule: str
    statuses: tuple[tuple[str, bool], ...]
    items: tuple[Item, ...]

    @property
    def counted(self) -> tuple[Item, ...]:
        """Give the items that can decide."""
        return tuple(one for one in self.items if not one.cannot)

    @property
    def missing(self) -> tuple[Item, ...]:
        """Give the items that scenarios do not show."""
        return tuple(one for one in self.counted if not one.is_shown)

    @property
    def is_complete(self) -> bool:
        """Tell whether every status is reached and every item shown."""
        return not self.missing and all(reached for _, reached in self.statuses)


@frozen(kw_only=True)
class Decided:
    """A rulebook, and what the scenarios show to decide in each of its rules.

    Attributes:
        rulebook: The rulebook's id.
        rules: Every rule in order.
    """

    rulebook: str
    rules: tuple[RuleItems, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether all of every rule is shown."""
        return all(one.is_complete for one in self.rules)

    def tally(self, clause: str | None = None) -> dict[str, tuple[int, int]]:
        """Count by sort what is shown, and of how much.

        Args:
            clause: The clause to count; all if that is left out.
        """
        rules = [one for one in self.rules if clause in {None, one.clause}]
        statuses = [reached for one in rules for _, reached in one.statuses]
        found = {
            "rules": (sum(one.is_complete for one in rules), len(rules)),
            "statuses": (sum(statuses), len(statuses)),
        }
        for kind in KINDS:
            items = [item for one in rules for item in one.counted if item.kind == kind]
            found[f"{kind}s" if kind != "boundary" else "boundaries"] = (
                sum(item.is_shown for item in items),
                len(items),
            )
        return found
