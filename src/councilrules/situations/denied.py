"""The act that a refusal denies, as if it had been done (MEANING.md P12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from councilrules.events import Event, Proof, Unknown
from councilrules.findings import Want
from councilrules.situations._views import attribute_of
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from councilrules.rules import Denied


@frozen(kw_only=True)
class DeniedAct:
    """An act that was not done.

    Attributes:
        event: The act; it has the id and the time of the refusal.
        kind: Its kind.
        asked_as: Its fields, each with the field of the refusal that answers for it.
    """

    event: Event
    kind: str
    asked_as: dict[str, str]

    def asked(self, want: Want) -> Want:
        """Turn a want of the act into one of the refusal."""
        if want.of != self.event.id:
            return want
        return evolve(want, name=self.asked_as.get(want.name, want.name))


def denied_act(denied: Denied, refusal: Event) -> DeniedAct:
    """Make the act that a refusal denies, from the refusal's own fields.

    It is taken as proved, since it is tried only as an answer to the refusal; a field
    that the refusal leaves out takes what the rule fixes, or stays open; what it says
    is not known stays so.
    """
    kind = kinds()[denied.kind]
    values: dict[str, object] = {}
    for name, source in denied.copied:
        attribute = attribute_of(refusal, source)
        values[kind.fields[name].attribute] = (
            Unknown.UNKNOWN if attribute is None else getattr(refusal, attribute)
        )
    sources = dict(denied.copied)
    for name, word in denied.fixed:
        attribute = kind.fields[name].attribute
        is_open = values.get(attribute, Unknown.UNKNOWN) is Unknown.UNKNOWN
        if is_open and refusal.proofs.get(sources.get(name, "")) is not Proof.NOT_KNOWN:
            values[attribute] = word
    values["answers"] = refusal.answers
    event = kind.cls(id=refusal.id, at=refusal.at, proof=Proof.ESTABLISHED, **values)  # type: ignore[arg-type]
    return DeniedAct(event=event, kind=denied.kind, asked_as=dict(denied.copied))
