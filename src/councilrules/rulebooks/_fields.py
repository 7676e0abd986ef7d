"""Fields of the event that opens a case, and of the act that a refusal denies, from YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.documents import Mapping, Node, Text
from councilrules.events import Kind
from councilrules.rulebooks._values import PEOPLE
from councilrules.rules import Denied
from councilrules.vocabulary import RESERVED, common_fields, kinds

if TYPE_CHECKING:
    from collections.abc import Collection

    from councilrules.reading import Reading
    from councilrules.rules import Pattern
    from councilrules.vocabulary import Field

TIMES = frozenset({Kind.TIME})


def _alike(field: Field) -> frozenset[Kind]:
    """Give the kinds of field whose values a field can take over."""
    return PEOPLE if field.kind in PEOPLE else frozenset({field.kind})


class Fields:
    """Reads names of fields."""

    def __init__(self, reading: Reading) -> None:
        """Take what gathers the faults."""
        self._reading = reading

    def named(
        self, node: Node | None, trigger: Pattern, fitting: Collection[Kind] = ()
    ) -> str | None:
        """Read the name of a field that every trigger has, of one of the kinds that fit."""
        name = self._reading.text(node, "the name of a field")
        if name is None or node is None:
            return None
        by_kind = {kind: kinds()[kind].fields for kind in trigger.kinds} or {"any": common_fields()}
        for kind, fields in by_kind.items():
            known = dict(fields) | {"towards": common_fields()["towards"]}
            if self._reading.word(node, f"field of `{kind}`", known, "unknown-field") is None:
                return None
            if fitting and known[name].kind not in fitting:
                listed = [f"`{one}`" for one, field in known.items() if field.kind in fitting]
                self._reading.complain(
                    "unsuitable-field",
                    node,
                    f"`{name}` of `{kind}` cannot stand here",
                    f"it has {', '.join(listed)}" if listed else f"`{kind}` has no field that can",
                )
        return name

    def denied(self, node: Node | None, trigger: Pattern) -> Denied | None:
        """Read the act that a refusal denies; `None` if it denies none."""
        if node is None:
            return None
        reading = self._reading
        mapping = reading.mapping(node, node, "`denies`", needs=("event",))
        kind = (
            None
            if mapping is None
            else reading.word(mapping.get("event"), "event", kinds(), "unknown-event")
        )
        if mapping is None or kind is None:
            return None
        copied: list[tuple[str, str]] = []
        fixed: list[tuple[str, str]] = []
        for name, value in mapping.entries.items():
            if name != "event" and reading.word(
                mapping.keys[name], f"field of `{kind}`", kinds()[kind].fields, "unknown-field"
            ):
                field = kinds()[kind].fields[name]
                source, word = self._of_act(value, mapping.keys[name], field, trigger)
                copied += [] if source is None else [(name, source)]
                fixed += [] if word is None else [(name, word)]
        return Denied(kind=kind, copied=tuple(copied), fixed=tuple(fixed))

    def _of_act(
        self, node: Node, key: Text, field: Field, trigger: Pattern
    ) -> tuple[str | None, str | None]:
        """Read the field of the refusal to copy, and what the field would have held."""
        if isinstance(node, Text) and node.value == "same":
            return self.named(key, trigger, _alike(field)), None
        if not isinstance(node, Mapping):
            return None, self._fixed(node, field)
        self._reading.mapping(
            node, node, f"`{field.name}`", keys=("same-as", "otherwise"), needs=("same-as",)
        )
        source = self.named(node.get("same-as"), trigger, _alike(field))
        return source, self._fixed(node.get("otherwise"), field)

    def _fixed(self, node: Node | None, field: Field) -> str | None:
        """Read what a field of the act would have held."""
        if node is None:
            return None
        reading, what = self._reading, f"`{field.name}`"
        if field.kind is Kind.CHOICE:
            return reading.word(node, f"choice for {what}", field.choices, "unknown-choice")
        if field.kind is Kind.YES_NO:
            found = reading.yes_no(node, what)
            return None if found is None else "yes" if found else "no"
        word = reading.text(node, what)
        if word in RESERVED or field.kind is Kind.TIME:
            reading.complain(
                "unsuitable-field",
                node,
                f"{what} of an act that was not done cannot be `{word}`",
                "write `same` or `{same-as: FIELD}`",
            )
            return None
        return word
