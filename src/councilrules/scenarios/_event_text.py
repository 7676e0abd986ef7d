"""Events as files write them, each on one line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from councilrules.events import NONE, UNKNOWN, Kind, OneOf, Proof
from councilrules.periods import Moment
from councilrules.reading import NOT_KNOWN
from councilrules.rulebooks._time_text import moment
from councilrules.rulebooks._yaml_text import Line, Tree
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from councilrules.events import Event
    from councilrules.vocabulary import Field

USUAL: Final = Proof.ALLEGED
"""How well the events of a scenario are proved where nothing is said."""


def usual_proof(events: Iterable[Event]) -> Proof:
    """Give the proof that most events have, to say it once for all of them."""
    found = Counter(one.proof for one in events if not one.context)
    return max(found, key=lambda one: (found[one], one is USUAL, one.rank), default=USUAL)


def event_tree(event: Event, usual: Proof, zone: ZoneInfo) -> Tree:
    """Give an event.

    Args:
        event: The event.
        usual: The proof that need not be said.
        zone: Where times are meant.

    Raises:
        ValueError: When it holds what no file can say.
    """
    kind = kind_of(event)
    found: dict[str, Tree] = {"id": event.id, "at": moment(event.at, zone)}
    if event.until is not None:
        found["until"] = moment(event.until, zone)
    found["event"] = kind.name
    fields = sorted(kind.fields.values(), key=lambda one: one.is_common and one.name != "by")
    for field in sorted(fields, key=lambda one: one.name != "by"):
        found |= _field(event, field, zone)
    answers = dict(_answers(event))
    if answers:
        found["answers"] = answers
    for key, text in (("act", event.act), ("source", event.source)):
        if text is not None:
            found[key] = text
    if event.proof is not (Proof.ESTABLISHED if event.context else usual):
        found["proof"] = event.proof.name.lower()
    return Line(found)


def _field(event: Event, field: Field, zone: ZoneInfo) -> dict[str, Tree]:
    """Give the entry of a field; none where nothing is known of it, not even that."""
    value, proof = getattr(event, field.attribute), event.proofs.get(field.name)
    if value is UNKNOWN:
        match proof:
            case None:
                return {}
            case Proof.NOT_KNOWN:
                return {field.name: NOT_KNOWN}
            case Proof.DISPROVED if field.kind is not Kind.YES_NO:
                # What it was is not kept, since that is known to be wrong.
                return {field.name: {"value": "none", "proof": "disproved"}}
            case _:
                msg = (
                    f"`{event.id}` does not know `{field.name}` and has it "
                    f"{proof.name.lower()}, which no file can say"
                )
                raise ValueError(msg)
    written = _value(value, field, zone)
    return {field.name: written if proof is None else _proved(written, proof)}


def _proved(value: Tree, proof: Proof) -> Tree:
    return {"value": value, "proof": proof.name.lower()}


def _value(value: object, field: Field, zone: ZoneInfo) -> Tree:
    match value:
        case bool():
            return "yes" if value else "no"
        case Moment():
            return moment(value, zone)
        case OneOf(names=names):
            return {"one_of": list(names)}
        case tuple():
            return [str(one) for one in value]
        case _ if value is NONE:
            return "nobody" if field.kind is Kind.PERSON and field.name != "with" else "none"
        case _:
            return str(value)


def _answers(event: Event) -> Iterator[tuple[str, Tree]]:
    for question, answer in event.answers.items():
        said: Tree = NOT_KNOWN if answer is UNKNOWN else "yes" if answer else "no"
        proof = event.proofs.get(f"answers.{question}")
        yield question, said if proof is None else _proved(said, proof)
