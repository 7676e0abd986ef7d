"""From nodes with places to values, gathering every fault on the way."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from councilrules.documents import Listing, Mapping, Node, Text
from councilrules.errors import Place, Problem, nearest
from councilrules.periods import Moment, Tenure, between, parse_moment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

NOT_KNOWN = "not_known"
YES = frozenset({"yes", "true"})
NO = frozenset({"no", "false"})
_NULLS: Final = frozenset({"null", "Null", "NULL", "~"})
_MOST_SHOWN: Final = 60
_MOST_DIGITS: Final = 5
_FEW: Final = 12
_LISTED_BY: Final = {
    "unknown-event": "`councilrules vocabulary` lists the events there are",
    "unknown-question": "`councilrules vocabulary --questions` lists the questions there are",
}
_LONG: Final = re.compile(rf"`([^`]{{{_MOST_SHOWN}}})[^`]+`")


def one_line(text: str) -> str:
    """Make a message one line, however long and broken the author's words are."""
    kept = _LONG.sub(r"`\1...`", text)
    return (
        kept if kept.isprintable() else "".join(one if one.isprintable() else " " for one in kept)
    )


def is_null(node: Node) -> bool:
    """Tell whether something is written in a way that only other programs use for nothing."""
    return isinstance(node, Text) and not node.quoted and node.value in _NULLS


def described(node: Node | None) -> str:
    """Say in the author's words what stands at a node."""
    if isinstance(node, Text):
        return f"`{node.value}`" if node.value else "nothing"
    if isinstance(node, Mapping):
        return "a group of keys"
    return "a list" if isinstance(node, Listing) else "nothing"


class Reading:
    """Reads values from one file, and gathers what is wrong with it.

    Each method gives `None`, or what could be read, where something is wrong.
    """

    def __init__(self, zone: str = "Europe/London") -> None:
        """Take the zone in which dates, and times without zone, are meant."""
        self.problems: list[Problem] = []
        self.unread = False  # whether a file that belongs to it could not be read
        self.zone = ZoneInfo(zone)

    def complain(
        self, check: str, node: Node | Place, what: str, remedy: str | None = None
    ) -> None:
        """Note a fault at a place."""
        place = node if isinstance(node, Place) else node.place
        said = None if remedy is None else one_line(remedy)
        self.problems.append(Problem(check=check, place=place, what=one_line(what), remedy=said))

    def mapping(
        self,
        node: Node | None,
        at: Node | Place,
        what: str,
        *,
        keys: Collection[str] = (),
        needs: Collection[str] = (),
    ) -> Mapping | None:
        """Give a group of keys, having checked that it has those it needs and no other."""
        if not isinstance(node, Mapping):
            self.complain(
                "not-a-group",
                at if node is None else node,
                f"{what} has to be a group of keys, not {described(node)}",
                "write `key: value` lines, indented below it",
            )
            return None
        if keys:
            self.known_keys(node, what, keys)
        for key in needs:
            if key not in node:
                self.complain(
                    "missing-key", node, f"{what} lacks `{key}`", f"add a line `{key}: ...`"
                )
        return node

    def known_keys(self, node: Mapping, what: str, keys: Collection[str]) -> None:
        """Object to every key that `what` cannot have."""
        for key in node:
            if key not in keys:
                remedy = (
                    nearest(key, keys) or f"the keys are {', '.join(f'`{one}`' for one in keys)}"
                )
                self.complain(
                    "unknown-key", node.keys[key], f"unknown key `{key}` in {what}", remedy
                )

    def some(self, node: Node | None, what: str) -> None:
        """Object to a list, or a group of keys, with nothing in it."""
        if isinstance(node, (Listing, Mapping)) and not len(node):
            kind = "list" if isinstance(node, Listing) else "group of keys"
            self.complain(
                "empty-value",
                node,
                f"{what} is a {kind} with nothing in it",
                "write something there, or take it out",
            )

    def items(self, node: Node | None) -> list[Node]:
        """Give the items of a list; a single value is a list of one, nothing is none."""
        if node is None:
            return []
        return node.items if isinstance(node, Listing) else [node]

    def listing(self, node: Node | None, at: Node | Place, what: str) -> list[Node]:
        """Give the items of a list, which `what` has to be."""
        if node is None:
            return []
        if isinstance(node, Listing):
            return node.items
        self.complain(
            "not-a-list",
            node if node is not None else at,
            f"{what} has to be a list, not {described(node)}",
            "write each item on its own line, with `- ` before it",
        )
        return []

    def text(self, node: Node | None, what: str) -> str | None:
        """Give a text that is not empty; `None` where the key is missing."""
        if node is None:
            return None
        if not isinstance(node, Text):
            self.complain(
                "not-a-text",
                node,
                f"{what} has to be text, not {described(node)}",
                "write one value behind it, on the same line",
            )
            return None
        if not node.value:
            self.complain(
                "empty-value", node, f"{what} is empty", "write its value, or take the line out"
            )
            return None
        if is_null(node):
            self.complain(
                "empty-value",
                node,
                f"{what} is `{node.value}`",
                "write `none` if it is known to be empty, `not_known` or nothing at all if it is not",
            )
            return None
        return node.value

    def name(self, node: Node | None, what: str) -> str | None:
        """Give a name that can be part of `RULEBOOK/CLAUSE/RULE`."""
        found = self.text(node, what)
        if found is None or node is None:
            return None
        if "/" in found or not found.isprintable():
            self.complain(
                "not-a-name",
                node,
                f"{what} is `{found}`",
                "write it on one line and without `/`, which stands between the names of rulebook, clause and rule",
            )
            return None
        return found

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        """Give one text or a list of texts."""
        found = (self.text(item, what) for item in self.items(node))
        return tuple(one for one in found if one is not None)

    def word(self, node: Node | None, what: str, known: Collection[str], check: str) -> str | None:
        """Give a text that is one of the words known."""
        found = self.text(node, what)
        if found is None or node is None or found in known:
            return found
        listed = ", ".join(f"`{one}`" for one in sorted(known))
        few = f"it is one of {listed}" if len(known) <= _FEW else None
        # `what` names a place in backticks where the author has to know which is meant.
        said = f"`{found}` is no {what}" if "`" in what else f"unknown {what} `{found}`"
        self.complain(check, node, said, nearest(found, known) or few or _LISTED_BY.get(check))
        return None

    def words(
        self, node: Node | None, what: str, known: Collection[str], check: str
    ) -> tuple[str, ...]:
        """Give one or several of the words known."""
        found = (self.word(item, what, known, check) for item in self.items(node))
        return tuple(one for one in found if one is not None)

    def yes_no(self, node: Node | None, what: str) -> bool | None:
        """Give the truth of yes or no."""
        found = self.text(node, what)
        if found is None or node is None:
            return None
        if found in YES | NO:
            return found in YES
        self.complain("not-yes-or-no", node, f"{what} is `{found}`", "write `yes` or `no`")
        return None

    def number(self, node: Node | None, what: str) -> int | None:
        """Give a whole number of days and the like."""
        found = self.text(node, what)
        if found is None or node is None:
            return None
        if found.isascii() and found.isdigit() and len(found) <= _MOST_DIGITS:
            return int(found)
        self.complain(
            "not-a-number", node, f"{what} is `{found}`", "write a whole number, such as `10`"
        )
        return None

    def moment(self, node: Node | None, what: str) -> Moment | None:
        """Give a time, a date, a month, or some moment between two of them (P3)."""
        if isinstance(node, Mapping) and "between" in node:
            return self._between(node, what)
        found = self.text(node, what)
        if found is None or node is None:
            return None
        try:
            return parse_moment(found, self.zone)
        except ValueError as error:
            self.complain("not-a-time", node, str(error))
            return None

    def _between(self, node: Mapping, what: str) -> Moment | None:
        self.known_keys(node, what, ("between",))
        bounds = self.items(node.get("between"))
        if len(bounds) != 2:  # noqa: PLR2004 - one on either side
            self.complain(
                "not-a-time",
                node,
                f"{what} has to have two times under `between`",
                "write `{between: [2025-03-01, 2025-03-04]}`",
            )
            return None
        start, end = (self.moment(one, what) for one in bounds)
        if start is None or end is None:
            return None
        try:
            return between(start, end)
        except ValueError:
            self.complain(
                "end-before-start",
                node,
                f"{what} ends before it starts",
                "put the earlier time first",
            )
            return None

    def day(self, node: Node | None, what: str) -> date | None:
        """Give a whole day."""
        found = self.text(node, what)
        if found is None or node is None:
            return None
        try:
            parse_moment(found, self.zone)
            return date.fromisoformat(found)
        except ValueError as error:
            message = str(error) if "`" in str(error) else f"`{found}` is no day"
            self.complain("not-a-time", node, message, "write a day like `2025-03-04`")
            return None

    def tenure(
        self, node: Mapping, what: str, since: str = "since", until: str = "until"
    ) -> Tenure:
        """Give when an entry holds: `since` and `until`, or `first_day` and `last_day`."""
        if "first_day" in node or "last_day" in node:
            return self._whole_days(node, what)
        ends: dict[str, Moment | None] = {}
        unknown: dict[str, bool] = {}
        for name, key in (("since", since), ("until", until)):
            one = node.get(key)
            unknown[name] = isinstance(one, Text) and one.value == NOT_KNOWN
            ends[name] = (
                None if one is None or unknown[name] else self.moment(one, f"`{key}` of {what}")
            )
        try:
            return Tenure(
                ends["since"], ends["until"],
                since_unknown=unknown["since"], until_unknown=unknown["until"],
            )  # fmt: skip
        except ValueError:
            self.complain(
                "end-before-start",
                node.get(until) or node,
                f"{what} ends before it starts",
                f"`{since}` has to come before `{until}`",
            )
            return Tenure()

    def _whole_days(self, node: Mapping, what: str) -> Tenure:
        for key in ("since", "until"):
            if key in node:
                self.complain(
                    "unknown-key",
                    node.keys[key],
                    f"{what} has `{key}` beside whole days",
                    "use `first_day` and `last_day`, or `since` and `until`",
                )
        first = self.day(node.get("first_day"), f"`first_day` of {what}")
        last = self.day(node.get("last_day"), f"`last_day` of {what}")
        try:
            return Tenure.from_days(first, last, self.zone)
        except ValueError:
            self.complain(
                "end-before-start",
                node,
                f"{what} ends before it starts",
                "`first_day` has to come before `last_day`",
            )
            return Tenure()


TENURE_KEYS = ("since", "until", "first_day", "last_day")


def unique(nodes: Iterable[tuple[str, Node]]) -> Iterator[tuple[str, Node, Node]]:
    """Give the name, the second node and the first node of each name that stands twice."""
    seen: dict[str, Node] = {}
    for name, node in nodes:
        if name in seen:
            yield name, node, seen[name]
        else:
            seen[name] = node
