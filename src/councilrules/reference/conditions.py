"""What a condition means, of one event and of an event seen from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.findings import NOTHING, Because, Want, all_of, any_of, negated
from councilrules.reference.index import Index
from councilrules.rules import (
    AllOf,
    AnyOf,
    Compared,
    Judged,
    Not,
    Order,
    RefersToTrigger,
    Related,
    parts_of,
)
from councilrules.situations import Situations, View, compared, lasting
from councilrules.truth import Truth, truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.events import Event
    from councilrules.history import History
    from councilrules.periods import Stretch
    from councilrules.register import Register
    from councilrules.rules import Condition, Path, Rulebook
    from councilrules.situations import Value
    from councilrules.situations.deadlines import Deadline


class Conditions:
    """Evaluates conditions of a rulebook over one register and history."""

    def __init__(self, rulebook: Rulebook, register: Register, history: History) -> None:
        """Take what the conditions are to be tested on."""
        self.history = history
        self.situations = Situations(rulebook, register, history)
        self._index = Index(history)

    def holds(
        self,
        condition: Condition,
        view: View,
        *,
        answering: bool,
        trigger: View | None = None,
        deadline: Deadline | None = None,
    ) -> Because:
        """Tell whether a condition holds of an event.

        Args:
            condition: What to test.
            view: The event.
            answering: Whether it would speak for the person who is to answer.
            trigger: The event that opened the case, where `view` is another.
            deadline: By when the duty of the case has to be done, if it is one.
        """

        def inner(part: Condition, *, answering: bool = answering) -> Because:
            return self.holds(part, view, answering=answering, trigger=trigger, deadline=deadline)

        match condition:
            case AllOf(parts=parts):
                return _facts_first(all_of(condition, (inner(part) for part in parts)))
            case AnyOf(parts=parts):
                return any_of(condition, (inner(part) for part in parts))
            case Not(part=part):
                return negated(condition, inner(part, answering=not answering))
            case Related(until_due=until_due):
                due = deadline if until_due else None
                return self.related(condition, view, answering=answering, deadline=due)
            case RefersToTrigger() | Compared(of_trigger=True):
                return self._joined(condition, view, trigger or view, answering=answering)
            case _:
                return self.situations.truth_of(condition, view, answering=answering)

    def _joined(
        self, condition: RefersToTrigger | Compared, view: View, trigger: View, *, answering: bool
    ) -> Because:
        value = self.situations.value(view, condition.path, answering=answering)
        if isinstance(condition, Compared):
            other = self.situations.value(trigger, condition.other, answering=answering)
            return compared(condition, value, other, answering=answering)
        if value.state in {"unknown", "one-of"}:
            return Because(
                Truth.UNKNOWN, condition, (), value.proof, value.events, value.wants, value.origin
            )
        found = truth(trigger.event.id in value.names)
        return Because(
            found, condition, (), value.proof, value.events, (), value.origin, value.shown
        )

    def related(
        self,
        relation: Related,
        view: View,
        *,
        answering: bool,
        deadline: Deadline | None = None,
        earlier: tuple[Related, ...] = (),
        anchor: Event | None = None,
    ) -> Because:
        """Tell whether an event that fits the relation exists.

        What no event shows did not happen (P1), unless events of its kind may have gone
        unrecorded.

        Args:
            relation: What to look for.
            view: The event that opened the case.
            answering: Whether it would speak for the person who is to answer.
            deadline: Up to when it counts.
            earlier: What has to have come before it, in that order.
            anchor: The event whose time it is held against, if not the trigger's.
        """

        def parts_of(event: Event) -> Iterator[Because]:
            yield in_order(relation, event, anchor or view.event, lasting_of(anchor, view))
            if deadline is not None:
                yield deadline.met_by(event)
            yield self.holds(
                relation.pattern.condition, View(event), answering=answering, trigger=view
            )
            # What opened the case is not doubted again as an answer to itself (P2).
            itself = event is view.event
            yield self.situations.happened(event, answering=answering and not itself)
            if earlier:
                yield self.related(
                    earlier[-1], view, answering=answering, earlier=earlier[:-1], anchor=event
                )

        matches = (
            all_of(event, parts_of(event), origin=event.id)
            for event in self._candidates(relation, view, answering=answering)
        )
        parts = [part for part in matches if part.truth is not Truth.FALSE]
        missing = sorted(set(relation.pattern.kinds) & self.history.open_kinds)
        if missing and not any(part.truth is Truth.TRUE for part in parts):
            wants = tuple(Want("register", view.event.id, kind) for kind in missing)
            parts.append(Because(Truth.UNKNOWN, "recorded", wants=wants))
        return any_of(relation, parts, origin="" if parts else NOTHING)

    def _candidates(self, relation: Related, view: View, *, answering: bool) -> Iterator[Event]:
        def value_of(path: Path) -> Value:
            return self.situations.value(view, path, answering=answering)

        found = self._index.candidates(relation.pattern, value_of, view.event.id)
        if not answering:
            # Of what would support an accusation equally well, the best proved (P2).
            found = sorted(found, key=lambda one: -one.proof.value)
        for event in found:
            if event is not view.event or relation.or_itself:
                yield event


def _facts_first(found: Because) -> Because:
    """Put off the questions of judgement while a fact beside them is not known (P8)."""
    facts = [part for part in found.parts if not isinstance(part.about, Judged)]
    if found.truth is Truth.UNKNOWN and any(part.truth is Truth.UNKNOWN for part in facts):
        wants = tuple(want for part in facts for want in part.wants)
        return evolve(found, wants=tuple(dict.fromkeys(wants)))
    return found


def in_order(relation: Related, event: Event, trigger: Event, lasted: Stretch) -> Because:
    """Tell whether an event is where the relation wants it in time.

    Args:
        relation: What is wanted.
        event: The event.
        trigger: The event that it is held against.
        lasted: When that one counts as having lasted.
    """
    if event is trigger or relation.order is Order.ANY_TIME:
        return Because(Truth.TRUE, relation.order)
    one, other = lasting(event), lasted
    before = relation.order is Order.BEFORE
    found = one.before(other) if before else other.before(one)
    if found is Truth.UNKNOWN and refers_to_trigger(relation):
        # What refers to an event came after it, unless the times rule that out.
        found = truth(not before)
    return Because(
        found,
        relation.order,
        events=frozenset((event.id, trigger.id)),
        wants=_vague(event, trigger) if found is Truth.UNKNOWN else (),
        origin=f"{event.id}.at",
    )


def lasting_of(anchor: Event | None, view: View) -> Stretch:
    """Give the time of what another event is held against.

    Of a lasting act that opened the case it is the part inside force and office (P3).
    """
    if anchor is not None or view.event.until is None:
        return lasting(anchor or view.event)
    return view.part


def refers_to_trigger(relation: Related) -> bool:
    """Tell whether what is looked for refers to the event that opened the case."""
    parts = parts_of(relation.pattern.condition)
    # An event is itself, which says nothing of what came first.
    return any(isinstance(part, RefersToTrigger) and part.path.field != "id" for part in parts)


def _vague(*events: Event) -> tuple[Want, ...]:
    """Ask when events happened: those not known exactly, or else all of them."""
    vague = [one for one in events if not one.at.is_exact] or events
    return tuple(Want("field", one.id, "at") for one in vague)
