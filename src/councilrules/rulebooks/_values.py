"""The value of a field in a pattern, from YAML: plain words, and operators on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from councilrules.documents import Mapping, Node, Text
from councilrules.errors import nearest
from councilrules.events import Kind
from councilrules.reading import NO, YES
from councilrules.register import INTEREST_KINDS, MARKINGS, PROCEDURE_KINDS
from councilrules.rules import (
    Adopted,
    AllOf,
    Always,
    AnyOf,
    Compared,
    HasInterest,
    Holds,
    InForce,
    Is,
    IsNone,
    Judged,
    Not,
    Path,
    RefersToTrigger,
    SitsOn,
    TookOfficeSince,
    WithinTerms,
)
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from councilrules.reading import Reading
    from councilrules.rules import Condition
    from councilrules.vocabulary import Field

PEOPLE = frozenset({Kind.PERSON, Kind.BODY})
_ATTRIBUTES: dict[Kind, dict[str, tuple[str, ...]]] = {
    Kind.DOCUMENT: {"marked": MARKINGS, "held-by": (), "matter": ()},
    Kind.DECISION: {"body": (), "subject": ()},
    Kind.PROCEDURE: {"kind": PROCEDURE_KINDS},
    Kind.PERSON: {"office": ()},
    Kind.BODY: {},
}
_KNOWN_ATTRIBUTES = {one for names in _ATTRIBUTES.values() for one in names} | {"terms"}
_FITTING = {
    "is": PEOPLE,
    "sits-on": PEOPLE,
    "has-interest-in": PEOPLE,
    "took-office-later": PEOPLE,
    "in-force": {Kind.DECISION, Kind.PROCEDURE},
    "adopted": {Kind.DECISION},
    "within-terms-of": {Kind.MATTER},
}
"""The kinds of field that an operator can be put to."""
_DETAILS: Final = {
    "of": ("is", "has-interest-in"),
    "for": ("sits-on",),
    "known": ("has-interest-in",),
}
"""What only says more about another operator beside it."""


@frozen(kw_only=True)
class Words:
    """The words that a rulebook may use beside those of the vocabulary."""

    roles: Collection[str]
    questions: Collection[str]


def all_(parts: list[Condition]) -> Condition:
    """Join conditions that must all hold; judgements come last."""
    ordered = sorted(parts, key=lambda one: isinstance(one, Judged))
    return ordered[0] if len(ordered) == 1 else AllOf(tuple(ordered))


class Values:
    """Reads what a pattern says of one field."""

    def __init__(self, reading: Reading, words: Words) -> None:
        """Take what gathers the faults, and the rulebook's own words."""
        self._reading = reading
        self._words = words

    def roles(self, node: Node | None) -> tuple[str, ...]:
        """Read role words."""
        return self._reading.words(node, "role", self._words.roles, "unknown-role")

    def of_field(self, key: str, field: Field, node: Node, *, related: bool) -> Condition:
        """Read what a field has to hold.

        Args:
            key: The name under which the pattern has it.
            field: The field.
            node: Where the value stands.
            related: Whether the pattern is seen from the event that opened the case.
        """
        path = Path(key)
        self._reading.some(node, f"`{key}`")
        if isinstance(node, Mapping):
            return all_([
                self._operator(operator, node, path, field, related=related) for operator in node
            ])  # fmt: skip
        words = self._reading.items(node)
        plain: list[str] = []
        parts: list[Condition] = []
        for item in words:
            word = self._reading.text(item, f"`{key}`")
            if word in {"nobody", "none"}:
                parts.append(IsNone(path))
            elif word == "anyone":
                parts.append(Always())
            elif word == "same":
                parts.append(self._same(path, path, item, related=related))
            elif word == "trigger" and field.kind is Kind.EVENT:
                parts.append(RefersToTrigger(path))
            elif word is not None and self._is_value(word, item, field):
                plain.append(word)
        if plain:
            parts.append(self._plain(path, field, tuple(plain)))
        if not parts:
            return Always()
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _plain(self, path: Path, field: Field, words: tuple[str, ...]) -> Condition:
        if field.kind in PEOPLE:
            return Holds(path, words)
        if field.kind is Kind.YES_NO:
            return Is(path, tuple("yes" if word in YES else "no" for word in words))
        return Is(path, words)

    def _is_value(self, word: str, node: Node, field: Field) -> bool:
        """Check a plain word against what the field can hold."""
        if field.kind in PEOPLE:
            return self._reading.word(node, "role", self._words.roles, "unknown-role") is not None
        if field.kind is Kind.CHOICE:
            return (
                self._reading.word(
                    node, f"choice for `{field.name}`", field.choices, "unknown-choice"
                )
                is not None
            )
        if field.kind is Kind.YES_NO and word not in YES | NO:
            self._reading.complain(
                "not-yes-or-no", node, f"`{field.name}` is `{word}`", "write `yes` or `no`"
            )
            return False
        if field.kind in {Kind.EVENT, Kind.TIME}:
            self._reading.complain(
                "unknown-condition",
                node,
                f"`{field.name}` cannot be compared with `{word}`",
                "write `trigger`, or `{same-as: FIELD}`",
            )
            return False
        return True

    def _same(self, path: Path, other: Path, node: Node, *, related: bool) -> Condition:
        if not related:
            self._reading.complain(
                "nothing-to-compare",
                node,
                f"`{path}` is compared with the event that opened the case, which it is part of itself",
                "write `{same-as: FIELD}` with another field of the event",
            )
        return Compared(path, other, of_trigger=related)

    def _operator(
        self, operator: str, mapping: Mapping, path: Path, field: Field, *, related: bool
    ) -> Condition:
        node = mapping.entries[operator]
        if field.kind not in _FITTING.get(operator, {field.kind}):
            self._reading.complain(
                "unsuitable-field",
                mapping.keys[operator],
                f"`{operator}` cannot be asked of `{path}`",
                _operators_of(field),
            )
        self._reading.some(node, f"`{operator}`")
        if operator == "not":
            return Not(self.of_field(path.field, field, node, related=related))
        if operator in {"same-as", "other-than"}:
            other = self._path(node, f"`{operator}`")
            return Compared(path, other, operator == "other-than", related)
        if any(one in mapping for one in _DETAILS.get(operator, ())):
            return Always()
        read = self._operators.get(operator)
        if read is None:
            return self._attribute(operator, mapping, path, field)
        return read(node, mapping, path)

    @property
    def _operators(self) -> dict[str, Callable[[Node, Mapping, Path], Condition]]:
        return {
            "is": self._is,
            "sits-on": self._sits_on,
            "has-interest-in": self._has_interest,
            "took-office-later": lambda node, _, path: TookOfficeSince(path, self.roles(node)),
            "in-force": lambda node, _, path: self._held(InForce(path), node, "`in-force`"),
            "adopted": lambda node, _, path: self._held(Adopted(path), node, "`adopted`"),
            "within-terms-of": lambda node, _, path: WithinTerms(
                path, self._path(node, "`within-terms-of`")
            ),
        }

    def _is(self, node: Node, mapping: Mapping, path: Path) -> Condition:
        return Holds(path, self.roles(node), self._reading.text(mapping.get("of"), "`of`"))

    def _sits_on(self, node: Node, mapping: Mapping, path: Path) -> Condition:
        for_ = self._path(mapping.get("for"), "`for`") if "for" in mapping else None
        return SitsOn(path, self._reading.texts(node, "`sits-on`"), for_)

    def _has_interest(self, node: Node, mapping: Mapping, path: Path) -> Condition:
        matter = self._path(node, "`has-interest-in`")
        of = self._reading.words(
            mapping.get("of"), "kind of interest", INTEREST_KINDS, "unknown-interest"
        )
        known = self._reading.yes_no(mapping.get("known"), "`known`")
        return HasInterest(path, matter, of or INTEREST_KINDS, known or False)

    def _held(self, condition: InForce | Adopted, node: Node, what: str) -> Condition:
        return condition if self._reading.yes_no(node, what) else Not(condition)

    def _attribute(self, name: str, mapping: Mapping, path: Path, field: Field) -> Condition:
        known = _ATTRIBUTES.get(field.kind, {})
        if name not in known:
            operators = (
                "not",
                "same-as",
                "other-than",
                "is",
                "sits-on",
                "has-interest-in",
                "in-force",
                "adopted",
                *known,
            )
            self._reading.complain(
                "unknown-condition",
                mapping.keys[name],
                f"unknown condition `{name}` on `{path}`",
                remedy_for(name, operators),
            )
            return Always()
        node = mapping.entries[name]
        inner = Path(path.field, name)
        if isinstance(node, Mapping) and "not" in node:
            return Not(self._attribute(name, _renamed(node, name), path, field))
        if isinstance(node, Text) and node.value == "none":
            return IsNone(inner)
        if known[name]:
            return Is(
                inner,
                self._reading.words(node, f"choice for `{name}`", known[name], "unknown-choice"),
            )
        return Is(inner, self._reading.texts(node, f"`{name}`"))

    def _path(self, node: Node | None, what: str) -> Path:
        """Read a field, or `FIELD.ATTRIBUTE`; object to what no kind of event has."""
        name = self._reading.text(node, what)
        if name is None or node is None:
            return Path("by")
        field, _, attribute = name.partition(".")
        known = {one for kind in kinds().values() for one in kind.fields} | {"towards", "id"}
        if field not in known:
            self._reading.complain(
                "unknown-field", node, f"no event has a field `{field}`", remedy_for(field, known)
            )
        if "." not in name:
            return Path(field)
        if attribute not in _KNOWN_ATTRIBUTES:
            self._reading.complain(
                "unknown-field",
                node,
                f"the register has no `{attribute}` of what `{field}` names",
                remedy_for(attribute, _KNOWN_ATTRIBUTES),
            )
        return Path(field, attribute)


def _operators_of(field: Field) -> str:
    own = [name for name, fitting in _FITTING.items() if field.kind in fitting]
    listed = ("not", "same-as", "other-than", *own, *_ATTRIBUTES.get(field.kind, ()))
    return f"what can be asked of it: {', '.join(f'`{one}`' for one in listed)}"


def _renamed(node: Mapping, name: str) -> Mapping:
    """Give a group of one key, with what `not` holds under the name of the attribute."""
    copy = Mapping(node.file, node.line, node.column)
    copy.entries[name] = node.entries["not"]
    copy.keys[name] = node.keys["not"]
    return copy


def remedy_for(word: str, known: Collection[str]) -> str:
    """Suggest the nearest word, or list them all."""
    listed = ", ".join(f"`{one}`" for one in sorted(set(known)))
    return nearest(word, known) or f"it is one of {listed}"
