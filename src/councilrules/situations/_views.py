"""An event as one rule sees it: who is meant by the bearer, and what its fields hold."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from attrs import define

from councilrules.events import Empty, Event, OneOf, Proof, Unknown
from councilrules.findings import Because, Want, best, united, wanted, weakest
from councilrules.periods import Moment, Stretch
from councilrules.truth import Truth, any_true
from councilrules.vocabulary import kind_by_class, written

if TYPE_CHECKING:
    from collections.abc import Callable

State = Literal["known", "one-of", "empty", "unknown"]


# Neither is frozen, since a few dozen are made for every event and a frozen one takes
# twice the time to make; nothing changes them once they are made.


@define(eq=False)
class Value:
    """What a field or an attribute holds.

    Attributes:
        state: Whether it is known: some names (of which each counts), one of several,
            empty, or not known.
        names: The names.
        proof: How well it is proved.
        is_disputed: Whether it is written as only alleged.
        origin: Where it stands.
        wants: What would have to be known, if it is not.
        events: The event it was taken from.
    """

    state: State
    names: tuple[str, ...] = ()
    proof: Proof = Proof.ESTABLISHED
    is_disputed: bool = False
    origin: str = ""
    wants: tuple[Want, ...] = ()
    events: frozenset[str] = frozenset()

    @property
    def shown(self) -> str:
        """Give the value as a reader sees it."""
        if self.state == "known":
            return ", ".join(self.names)
        if self.state == "one-of":
            return " or ".join(self.names)
        return "none" if self.state == "empty" else "not known"


@define(eq=False)
class View:
    """An event with, for one rule, the one person who is to answer for it.

    Attributes:
        event: The event.
        bearer_field: The field that names who answers, if one does.
        bearer: Which of those named is meant; `None` if it is not known who.
    """

    event: Event
    bearer_field: str | None = None
    bearer: str | None = None
    _part: Stretch | None = None

    @property
    def part(self) -> Stretch:
        """Give the part of the act inside force and office (P3); by itself, all of it."""
        if self._part is None:
            self._part = lasting(self.event)
        return self._part


def lasting(event: Event) -> Stretch:
    """Give the stretch of time that an event took."""
    if event.until is None:
        return Stretch.at(event.at)
    return Stretch(event.at, Moment(max(event.at.first, event.until.first), event.until.last))


def attribute_of(event: Event, name: str) -> str | None:
    """Find the attribute that holds a field; `towards` is whatever field plays it.

    `None` if events of this kind have no such field: nothing is known of it then.
    """
    return _attribute(type(event), name)  # type: ignore[arg-type]  # mypy takes the class for an event


@lru_cache(maxsize=4096)
def _attribute(cls: type[Event], name: str) -> str | None:
    if name == "towards":
        return cls.receiver or "towards"
    if name == "id":
        return "id"
    found = kind_by_class(cls).fields.get(name)
    return None if found is None else found.attribute


_written = lru_cache(maxsize=4096)(written)


def field_value(view: View, name: str) -> Value:
    """Give what a field of an event holds, as the rule sees it."""
    event = view.event
    attribute = attribute_of(event, name)
    if attribute is None:
        return Value("unknown", wants=(Want("field", event.id, name),))
    shown = _written(attribute)
    raw, events = getattr(event, attribute), frozenset((event.id,))
    if type(raw) is str and not event.proofs:
        # As is nearly always so, which is why it is read apart.
        name = raw if shown != view.bearer_field or view.bearer is None else view.bearer
        origin = f"{event.id}.{shown}"
        return Value("known", (name,), event.proof, origin=origin, events=events)
    own = event.proofs.get(shown)
    state, names = _read(view, shown, raw, own)
    wants: tuple[Want, ...] = ()
    if state in {"unknown", "one-of"}:
        wants = (Want("actor" if shown == "by" else "field", event.id, shown),)
    # What is not known weakens nothing: it is asked for.
    proof = event.proof if own is None or own is Proof.NOT_KNOWN else own
    origin = f"{event.id}.{shown}"
    # That it was the bearer is what the case supposes: were it not, there would be none.
    is_supposed = shown == view.bearer_field and view.bearer is not None
    is_disputed = own is Proof.ALLEGED and not is_supposed
    return Value(state, names, proof, is_disputed, origin, wants, events)


def _read(view: View, shown: str, raw: object, own: Proof | None) -> tuple[State, tuple[str, ...]]:
    if shown == view.bearer_field and view.bearer is not None:
        return "known", (view.bearer,)
    if raw is Empty.NONE:
        return "empty", ()
    if raw is None or raw is Unknown.UNKNOWN or own is Proof.NOT_KNOWN:
        return "unknown", ()
    if isinstance(raw, OneOf):
        return "one-of", raw.names
    return "known", _names(raw)


def _names(raw: object) -> tuple[str, ...]:
    if isinstance(raw, bool):
        return ("yes" if raw else "no",)
    return raw if isinstance(raw, tuple) else (str(raw),)


def tested(
    value: Value,
    about: object,
    holds: Callable[[str], Because],
    *,
    answering: bool,
) -> Because:
    """Tell whether what `holds` says is true of one of the names in `value`.

    Of one of several it is known only if all agree. A value that is only alleged
    counts against the person and not for them (P2): `answering` says which is which.
    """
    if value.state == "empty":
        return _settled(Truth.FALSE, value, about, (), answering=answering)
    if value.state == "unknown":
        return Because(
            Truth.UNKNOWN, about, (), value.proof, value.events, value.wants, value.origin
        )
    if len(value.names) == 1 and not value.is_disputed:
        return _of_one(holds(value.names[0]), value, about)
    parts = tuple(holds(name) for name in value.names)
    if value.state == "one-of" and len({part.truth for part in parts}) > 1:
        return Because(
            Truth.UNKNOWN, about, parts, value.proof, value.events, value.wants, value.origin
        )
    truth = any_true(part.truth for part in parts)
    return _settled(truth, value, about, parts, answering=answering)


def _of_one(part: Because, value: Value, about: object) -> Because:
    """Say of a value what is true of its one name, as is nearly always all there is."""
    # What another field of the event decides is shown with what stands there.
    is_elsewhere = part.value == "none" and part.origin not in {"", value.origin}
    return Because(
        part.truth,
        about,
        (part,),
        min(value.proof, part.proof),
        value.events | part.events if part.events else value.events,
        wanted((part,)) if part.wants else (),
        part.origin or value.origin,
        part.value if is_elsewhere else value.shown,
    )


def _settled(
    truth: Truth,
    value: Value,
    about: object,
    parts: tuple[Because, ...],
    *,
    answering: bool,
) -> Because:
    deciding = [part for part in parts if part.truth is truth]
    if truth is Truth.TRUE and len(deciding) > 1:
        deciding = [best(deciding)]
    wants = wanted(deciding)
    proof = min(value.proof, weakest(deciding))
    events = value.events | united(deciding)
    helps = Truth.TRUE if answering else Truth.FALSE
    if truth is helps and value.is_disputed:
        truth, wants = Truth.UNKNOWN, (disputed(value.origin),)
    origin = deciding[0].origin if len(deciding) == 1 and deciding[0].origin else value.origin
    return Because(truth, about, parts, proof, events, wants, origin, value.shown)


def disputed(origin: str) -> Want:
    """Ask whether what is only alleged was proved; `origin` is `EVENT.FIELD`."""
    of, _, name = origin.rpartition(".")
    return Want("proof", of, name)
