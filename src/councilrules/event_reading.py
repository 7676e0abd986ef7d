"""Events from nodes, each field checked against the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from councilrules.documents import Mapping, Node, Text
from councilrules.errors import nearest
from councilrules.events import NONE, UNKNOWN, Kind, OneOf, Proof, Unknown
from councilrules.events.record import JudgementRecorded
from councilrules.reading import NOT_KNOWN
from councilrules.register import KINDS as REGISTER_KINDS
from councilrules.vocabulary import RESERVED, EventKind, kinds

if TYPE_CHECKING:
    from collections.abc import Collection

    from councilrules.events import Event
    from councilrules.periods import Moment
    from councilrules.reading import Reading
    from councilrules.vocabulary import Field

PROOFS = {proof.name.lower(): proof for proof in Proof}
OWN_KEYS = ("id", "event", "at", "until", "proof", "source", "act", "answers")
_JUDGEMENT = ("by", "on", "question", "answer")


class EventReading:
    """Reads events, gathering faults in a `Reading`."""

    def __init__(
        self,
        reading: Reading,
        questions: Collection[str] | None,
        proof: Proof = Proof.ESTABLISHED,
    ) -> None:
        """Take what gathers faults, the questions there are, and the proof by default.

        Without questions any will do: a rulebook that could not be read may have them.
        """
        self._reading = reading
        self._questions = questions
        self._proof = proof

    def event(self, node: Node) -> Event | None:
        """Read one event; `None` if something is wrong with it."""
        reading = self._reading
        before = len(reading.problems)
        mapping = reading.mapping(node, node, "an event", needs=("id", "event", "at"))
        if mapping is None:
            return None
        kind = self._kind(mapping)
        if kind is None:
            return None
        reading.known_keys(mapping, f"`{kind.name}`", (*OWN_KEYS, *kind.fields))
        values = self._common(mapping, kind)
        proofs: dict[str, Proof] = {}
        for name, field in kind.fields.items():
            if name in mapping:
                values[field.attribute] = self._proved(mapping.entries[name], field, proofs)
        values["answers"] = self._answers(mapping.get("answers"), proofs)
        if kind.cls is JudgementRecorded:
            self._judgement(mapping)
        if len(reading.problems) > before:
            return None
        return kind.cls(proofs=proofs, place=mapping.place, **values)

    def _kind(self, mapping: Mapping) -> EventKind | None:
        known = {name: kind for name, kind in kinds().items() if not kind.cls.derived}
        name = self._reading.text(mapping.get("event"), "`event`")
        if name is None:
            return None
        if name in known:
            return known[name]
        remedy = nearest(name, known) or "`councilrules vocabulary` lists the events there are"
        if name in kinds():
            remedy = "nobody writes it: it is made from `relationships` in the register"
        self._reading.complain(
            "unknown-event", mapping.entries["event"], f"unknown event `{name}`", remedy
        )
        return None

    def _common(self, mapping: Mapping, kind: EventKind) -> dict[str, Any]:
        reading = self._reading
        at = reading.moment(mapping.get("at"), "`at`")
        until = reading.moment(mapping.get("until"), "`until`")
        if at is not None and until is not None and until.last < at.first:
            reading.complain(
                "end-before-start",
                mapping.entries["until"],
                "the event ends before it starts",
                "`until` has to be after `at`",
            )
        written = reading.word(mapping.get("proof"), "proof", PROOFS, "unknown-proof")
        default = Proof.ESTABLISHED if kind.cls.context else self._proof
        id_ = reading.text(mapping.get("id"), "`id`") or ""
        if id_ in RESERVED or id_ in REGISTER_KINDS:
            reading.complain(
                "reserved-word",
                mapping.entries["id"],
                f"`{id_}` cannot name an event",
                "choose another id, such as `e1`",
            )
        return {
            "id": id_,
            "at": at,
            "until": until,
            "proof": default if written is None else PROOFS[written],
            "source": reading.text(mapping.get("source"), "`source`"),
            "act": reading.text(mapping.get("act"), "`act`"),
        }

    def _judgement(self, mapping: Mapping) -> None:
        """Object to a judgement that does not say who answered which question (P8)."""
        reading = self._reading
        reading.mapping(mapping, mapping, "a judgement", needs=_JUDGEMENT)
        question = mapping.get("question")
        if self._questions is not None and isinstance(question, Text):
            reading.word(question, "question", self._questions, "unknown-question")
        by = mapping.get("by")
        if _is_not_known(by) or (isinstance(by, Text) and by.value in RESERVED):
            reading.complain(
                "reserved-word",
                by or mapping,
                "a judgement has to name who answered",
                "write the name of the person",
            )

    def _proved(self, node: Node, field: Field, proofs: dict[str, Proof]) -> Any:  # noqa: ANN401
        """Read a value that may carry a proof of its own."""
        reading = self._reading
        if isinstance(node, Mapping) and "value" in node:
            reading.known_keys(node, f"`{field.name}`", ("value", "proof"))
            proof = reading.word(node.get("proof"), "proof", PROOFS, "unknown-proof")
            if proof is not None:
                proofs[field.name] = PROOFS[proof]
            inner = node.entries["value"]
            if not _is_not_known(inner):
                return self._disproved(self._value(inner, field), field, proofs)
            node = inner
        if _is_not_known(node):
            proofs[field.name] = Proof.NOT_KNOWN
            return UNKNOWN
        return self._value(node, field)

    def _disproved(self, value: Any, field: Field, proofs: dict[str, Proof]) -> Any:  # noqa: ANN401
        """Turn a yes or no that was disproved round; of any other nothing is known."""
        if proofs.get(field.name) is not Proof.DISPROVED:
            return value
        if isinstance(value, bool):
            proofs[field.name] = Proof.ESTABLISHED
            return not value
        return UNKNOWN

    def _value(self, node: Node, field: Field) -> Any:  # noqa: ANN401
        reading, what = self._reading, f"`{field.name}`"
        if isinstance(node, Text) and node.value in {"none", "nobody"}:
            return NONE if field.kind is not Kind.YES_NO else reading.yes_no(node, what)
        match field.kind:
            case Kind.YES_NO:
                return reading.yes_no(node, what)
            case Kind.TIME:
                return reading.moment(node, what)
            case Kind.CHOICE:
                reading.some(node, what)
                found = reading.words(node, f"choice for {what}", field.choices, "unknown-choice")
                return _alone(found)
            case Kind.TEXT:
                return reading.text(node, what)
            case _:
                return self._names(node, field)

    def _names(self, node: Node, field: Field) -> Any:  # noqa: ANN401
        reading, what = self._reading, f"`{field.name}`"
        listed: Node | None = node
        if isinstance(node, Mapping):
            reading.known_keys(node, what, ("one_of",))
            listed = node.get("one_of")
        reading.some(listed, what)
        found: list[str] = []
        for item in reading.items(listed):
            name = reading.text(item, what)
            if name in RESERVED or name == NOT_KNOWN:
                reading.complain(
                    "reserved-word",
                    item,
                    f"`{name}` cannot stand in a list of names",
                    "write it alone, or leave it out",
                )
            elif name is not None:
                found.append(name)
        several = tuple(dict.fromkeys(found))
        if not isinstance(node, Mapping):
            return _alone(several)
        if len(several) < 2:  # noqa: PLR2004 - one of a single one is that one
            reading.complain(
                "one-of-what",
                node,
                f"{what} has to list at least two under `one_of`",
                "write `{one_of: [ann, bob]}`",
            )
        return OneOf(several)

    def _answers(self, node: Node | None, proofs: dict[str, Proof]) -> dict[str, Any]:
        mapping = None if node is None else self._reading.mapping(node, node, "`answers`")
        found: dict[str, Any] = {}
        for name, item in ({} if mapping is None else mapping.entries).items():
            if mapping is not None and self._questions is not None:
                self._reading.word(
                    mapping.keys[name], "question", self._questions, "unknown-question"
                )
            found[name] = self._answer(name, item, proofs)
        return found

    def _answer(self, name: str, node: Node, proofs: dict[str, Proof]) -> bool | Unknown:
        """Read the answer to one question, which may carry a proof of its own."""
        reading, what = self._reading, f"the answer to `{name}`"
        value: Node | None = node
        if isinstance(node, Mapping):
            reading.mapping(node, node, what, keys=("value", "proof"), needs=("value",))
            proof = reading.word(node.get("proof"), "proof", PROOFS, "unknown-proof")
            value = node.get("value")
            if proof is not None:
                proofs[f"answers.{name}"] = PROOFS[proof]
        if _is_not_known(value):
            return UNKNOWN
        answer = reading.yes_no(value, what)
        return UNKNOWN if answer is None else answer


def _is_not_known(node: Node | None) -> bool:
    return isinstance(node, Text) and node.value == NOT_KNOWN


def _alone(found: tuple[str, ...]) -> str | tuple[str, ...]:
    return found[0] if len(found) == 1 else found


def times(event: Event) -> tuple[Moment, ...]:
    """Give the moments at which an event happened and ended."""
    return (event.at,) if event.until is None else (event.at, event.until)
