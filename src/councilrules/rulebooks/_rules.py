"""Rules from YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.documents import Mapping, Node, Text
from councilrules.rulebooks._fields import TIMES, Fields
from councilrules.rulebooks._standing import standing
from councilrules.rulebooks._values import PEOPLE
from councilrules.rulebooks.keys import CLAUSE_KINDS, FORCES, MODALITIES, RULE_KEYS
from councilrules.rules import Always, Modality, Order, Pattern, Related, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from councilrules.reading import Reading
    from councilrules.rulebooks._patterns import Patterns
    from councilrules.rules import Condition


@frozen(kw_only=True)
class Norm:
    """What a clause says of all its rules.

    Attributes:
        clause: Its id.
        kinds: The kinds of norm in it.
        forces: Their forces, in step.
        hedge: Its qualifier.
    """

    clause: str
    kinds: tuple[str, ...]
    forces: tuple[str, ...]
    hedge: str | None


class Rules:
    """Reads the rules of one rulebook."""

    def __init__(self, reading: Reading, patterns: Patterns, parameters: Collection[str]) -> None:
        """Take what gathers faults, what reads patterns, and the parameters there are."""
        self._reading = reading
        self._patterns = patterns
        self._parameters = parameters
        self._fields = Fields(reading)

    def rule(self, node: Node, norm: Norm) -> Rule | None:
        """Read one rule; `None` if it does not say what it is called, or what it says."""
        reading = self._reading
        mapping = reading.mapping(node, node, "a rule", keys=RULE_KEYS, needs=("id", "bearer"))
        if mapping is None or (name := reading.name(mapping.get("id"), "`id`")) is None:
            return None
        modality = self._modality(mapping, name)
        if modality is None:
            return None
        self._combination(mapping, modality)
        binding = [
            one for one in zip(norm.kinds, norm.forces, strict=False) if one[0] != "statement"
        ]
        kind, force = binding[0] if binding else ("statement", "states")
        trigger = self._trigger(mapping, modality)
        bearer, roles = self._bearer(mapping, trigger, modality)
        kind = reading.word(mapping.get("kind"), "kind", CLAUSE_KINDS, "unknown-kind") or kind
        return Rule(
            id=name,
            clause=norm.clause,
            kind=kind,
            force=reading.word(mapping.get("force"), "force", FORCES, "unknown-force") or force,
            hedge=self._hedge(mapping, norm.hedge),
            modality=modality,
            bearer=bearer,
            roles=roles,
            trigger=trigger,
            further=tuple(self._further(mapping)),
            required=self._required(mapping, modality),
            standing=standing(mapping, reading, self._patterns)
            if modality is Modality.STANDING
            else None,
            denies=self._fields.denied(mapping.get("denies"), trigger),
            until=self._fields.named(mapping.get("until"), trigger, TIMES),
            within=self._parameter(mapping.get("within")),
            conduct_at=self._fields.named(mapping.get("conduct_at"), trigger, TIMES),
            exceptions=self._named(mapping.get("unless"), "`unless`", trigger),
            gaps=self._named(mapping.get("unclear"), "`unclear`", trigger),
            note=reading.text(mapping.get("note"), "`note`"),
            place=mapping.place,
        )

    def _hedge(self, mapping: Mapping, of_clause: str | None) -> str | None:
        """Read the hedge of a rule: its clause's, unless it has its own or `none`."""
        own = self._reading.text(mapping.get("hedge"), "`hedge`") or of_clause
        return None if own == "none" else own

    def _modality(self, mapping: Mapping, name: str) -> Modality | None:
        written = [key for key in MODALITIES if key in mapping]
        if len(written) == 1:
            return Modality(written[0])
        listed = ", ".join(f"`{one}`" for one in MODALITIES)
        what = (
            "says nothing" if not written else f"says {' and '.join(f'`{one}`' for one in written)}"
        )
        self._reading.complain(
            "one-modality", mapping, f"rule `{name}` {what}", f"a rule has exactly one of {listed}"
        )
        return None

    def _combination(self, mapping: Mapping, modality: Modality) -> None:
        """Object to keys that do not go together."""
        waits = modality in {Modality.MUST, Modality.MUST_FIRST}
        if waits and "whenever" not in mapping:
            self._reading.complain(
                "missing-key",
                mapping,
                f"`{modality.value}` needs `whenever`",
                "say under `whenever` what opens a case",
            )
        acts = modality is not Modality.STANDING
        only = {
            "whenever": waits,
            "order": waits,
            "until": modality is Modality.MUST,
            "within": modality is Modality.MUST,
            "denies": modality is Modality.MUST_NOT,
            **dict.fromkeys(("after", "also", "without", "conduct_at", "unless", "unclear"), acts),
        }
        for key, fits in only.items():
            if key in mapping and not fits:
                self._reading.complain(
                    "key-out-of-place",
                    mapping.keys[key],
                    f"`{key}` does not go with `{modality.value}`",
                    "take it out, or choose another of `must`, `must_first` and `must_not`",
                )
        if modality is Modality.MUST and "until" not in mapping and "within" not in mapping:
            self._reading.complain(
                "no-deadline",
                mapping,
                "`must` has no deadline",
                "name the field that holds it under `until`, or a parameter under `within`",
            )

    def _trigger(self, mapping: Mapping, modality: Modality) -> Pattern:
        if modality is Modality.STANDING:
            return Pattern((), Always())
        key = "whenever" if modality in {Modality.MUST, Modality.MUST_FIRST} else modality.value
        if key not in mapping:
            return Pattern((), Always())
        return self._patterns.pattern(mapping.get(key), mapping, f"`{key}`")

    def _bearer(
        self, mapping: Mapping, trigger: Pattern, modality: Modality
    ) -> tuple[str | None, tuple[str, ...]]:
        node = mapping.get("bearer")
        if node is None:
            return None, ()
        if isinstance(node, Text) and node.value == "council":
            return None, ()
        found = self._reading.mapping(node, mapping, "`bearer`")
        if modality is Modality.STANDING or found is None:
            if found is not None:
                self._reading.complain(
                    "standing-bearer",
                    found,
                    "a standing duty binds the council",
                    "write `bearer: council`",
                )
            return None, ()
        if len(found) != 1:
            self._reading.complain(
                "one-bearer",
                found,
                "`bearer` has to name one field",
                "write `{by: councillor}` or the like",
            )
        for name, roles in found.entries.items():
            field = self._fields.named(found.keys[name], trigger, PEOPLE)
            return field, self._patterns.roles(roles)
        return None, ()

    def _parameter(self, node: Node | None) -> str | None:
        return self._reading.word(node, "parameter", self._parameters, "unknown-parameter")

    def _further(self, mapping: Mapping) -> Iterator[Condition]:
        for key in ("after", "also", "without"):
            for item in self._reading.items(mapping.get(key)):
                yield self._patterns.relation(key, item, item)
        yield from self._patterns.judged(mapping.get("judge"))

    def _required(self, mapping: Mapping, modality: Modality) -> tuple[Related, ...]:
        if modality not in {Modality.MUST, Modality.MUST_FIRST}:
            return ()
        first = modality is Modality.MUST_FIRST
        wider = self._wider_order(mapping, "first-or-itself" if first else "any")
        order = Order.BEFORE if first else Order.ANY_TIME if wider else Order.AFTER
        patterns = (
            self._patterns.pattern(item, item, f"`{modality.value}`", related=True)
            for item in self._reading.items(mapping.get(modality.value))
        )
        return tuple(Related(pattern, order, or_itself=wider) for pattern in patterns)

    def _wider_order(self, mapping: Mapping, word: str) -> bool:
        """Tell whether the event that opened the case may itself be what was required."""
        return self._reading.word(mapping.get("order"), "order", (word,), "unknown-order") == word

    def _named(
        self, node: Node | None, what: str, trigger: Pattern
    ) -> tuple[tuple[str, Condition], ...]:
        if node is None:
            return ()
        mapping = self._reading.mapping(node, node, what)
        if mapping is None:
            return ()
        for name, item in mapping.entries.items():
            if what == "`unless`" and isinstance(item, Text) and item.value == "always":
                self._reading.complain(
                    "unknown-condition",
                    item,
                    f"the exception `{name}` would always hold",
                    "say when it holds, or take the rule out",
                )
        return tuple(
            (name, self._patterns.conditions(item, item, f"{what} `{name}`", trigger))
            for name, item in mapping.entries.items()
        )
