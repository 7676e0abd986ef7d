"""Patterns and conditions from YAML, each value checked against the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.documents import Mapping, Node, Text
from councilrules.register import PROCEDURE_KINDS
from councilrules.rulebooks._values import Values, Words, all_, remedy_for
from councilrules.rules import (
    AllOf,
    Always,
    AnyOf,
    Authorised,
    Judged,
    Not,
    Order,
    Path,
    Pattern,
    Provided,
    Related,
    Vacant,
)
from councilrules.vocabulary import EventKind, Field, common_fields, kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.reading import Reading
    from councilrules.rules import Condition

__all__ = ["Patterns", "Words"]

_RELATIONS = {
    "after": Order.BEFORE,
    "also": Order.ANY_TIME,
    "meanwhile": Order.AFTER,
    "without": Order.ANY_TIME,
}


class Patterns:
    """Reads the patterns of one rulebook."""

    def __init__(self, reading: Reading, words: Words) -> None:
        """Take what gathers the faults, and the rulebook's own words."""
        self._reading = reading
        self._words = words
        self._values = Values(reading, words)

    def pattern(self, node: Node | None, at: Node, what: str, *, related: bool = False) -> Pattern:
        """Read a pattern: kinds of event, and conditions on their fields.

        Args:
            node: Where it stands.
            at: What it belongs to, for the place of a fault.
            what: How a message calls it.
            related: Whether it is seen from the event that opened the case.
        """
        mapping = self._reading.mapping(node, at, what, needs=("event",))
        if mapping is None:
            return Pattern((), Always())
        named = self._reading.words(
            mapping.get("event"), "event", (*kinds(), "any"), "unknown-event"
        )
        found = tuple(kinds()[name] for name in named if name != "any")
        fields = self._shared(found)
        parts = [
            part
            for key in mapping
            if key != "event"
            for part in self._entry(key, mapping, fields, found, related=related)
        ]
        return Pattern(tuple(kind.name for kind in found), all_(parts) if parts else Always())

    def _shared(self, found: tuple[EventKind, ...]) -> dict[str, Field]:
        """Give the fields that every one of the kinds has."""
        if not found:
            return common_fields()
        first, *others = found
        return {
            name: field
            for name, field in first.fields.items()
            if all(name in other.fields for other in others)
        }

    def conditions(self, node: Node | None, at: Node, what: str, trigger: Pattern) -> Condition:
        """Read conditions on the event that opened the case, and on what relates to it."""
        if isinstance(node, Text) and node.value == "always":
            return Always()
        self._reading.some(node, what)
        mapping = self._reading.mapping(node, at, what)
        if mapping is None:
            return Always()
        found = tuple(kinds()[name] for name in trigger.kinds)
        fields = self._shared(found)
        parts = [
            part
            for key in mapping
            for part in self._entry(key, mapping, fields, found, related=False)
        ]
        return all_(parts) if parts else Always()

    def relation(self, key: str, node: Node | None, at: Node) -> Condition:
        """Read another event that has to be there, or not to be there."""
        pattern = self.pattern(node, at, f"`{key}`", related=True)
        related = Related(pattern, _RELATIONS[key], until_due=key == "meanwhile")
        return Not(related) if key == "without" else related

    def judged(self, node: Node | None) -> list[Judged]:
        """Read questions of judgement, all to be answered yes."""
        known = self._words.questions
        return [
            Judged(one) for one in self._reading.words(node, "question", known, "unknown-question")
        ]

    def roles(self, node: Node | None) -> tuple[str, ...]:
        """Read role words."""
        return self._values.roles(node)

    # --- one entry of a pattern ---------------------------------------------------

    def _entry(
        self,
        key: str,
        mapping: Mapping,
        fields: dict[str, Field],
        found: tuple[EventKind, ...],
        *,
        related: bool,
    ) -> Iterator[Condition]:
        node = mapping.entries[key]
        if key in {"either", "all"}:
            self._reading.some(node, f"`{key}`")
            branches = [
                self._branch(item, fields, found, related=related)
                for item in self._reading.listing(node, node, f"`{key}`")
            ]
            yield AnyOf(tuple(branches)) if key == "either" else AllOf(tuple(branches))
        elif key == "judge":
            yield from self.judged(node)
        elif key in _RELATIONS and not related:
            yield self.relation(key, node, node)
        elif key == "authorised":
            yield self._authorised(node, fields)
        elif key == "vacant":
            yield from (Vacant(role) for role in self.roles(node))
        elif key == "procedure":
            words = self._reading.words(
                node, "kind of procedure", PROCEDURE_KINDS, "unknown-procedure-kind"
            )
            yield Provided(words)
        elif key == "no-procedure":
            words = self._reading.words(
                node, "kind of procedure", PROCEDURE_KINDS, "unknown-procedure-kind"
            )
            yield Not(Provided(words))
        elif (field := self._field(key, mapping.keys[key], fields, found)) is not None:
            yield self._values.of_field(key, field, node, related=related)

    def _branch(
        self, node: Node, fields: dict[str, Field], found: tuple[EventKind, ...], *, related: bool
    ) -> Condition:
        mapping = self._reading.mapping(node, node, "each part of `either`")
        if mapping is None:
            return Always()
        parts = [
            part
            for key in mapping
            for part in self._entry(key, mapping, fields, found, related=related)
        ]
        return all_(parts) if parts else Always()

    def _field(
        self, key: str, at: Text, fields: dict[str, Field], found: tuple[EventKind, ...]
    ) -> Field | None:
        if key in fields:
            return fields[key]
        if key == "towards":
            return common_fields()["towards"]
        if key == "id":
            return common_fields()["repeats"]
        known = [*fields, "either", "judge", "towards"]
        names = " or ".join(f"`{kind.name}`" for kind in found) or "any event"
        self._reading.complain(
            "unknown-field", at, f"{names} has no field `{key}`", remedy_for(key, known)
        )
        return None

    def _authorised(self, node: Node, fields: dict[str, Field]) -> Condition:
        keys = ("who", "over", "subject", "under")
        mapping = self._reading.mapping(
            node, node, "`authorised`", keys=(*keys, "passing-on"), needs=("who",)
        )
        if mapping is None:
            return Always()
        paths: dict[str, Path | None] = dict.fromkeys(keys)
        for key in paths:
            name = self._reading.word(
                mapping.get(key), "field", (*fields, "towards"), "unknown-field"
            )
            paths[key] = None if name is None else Path(name)
        return Authorised(
            paths["who"] or Path("by"), paths["over"], paths["subject"], paths["under"],
            passing_on=self._reading.yes_no(mapping.get("passing-on"), "`passing-on`") or False,
        )  # fmt: skip
