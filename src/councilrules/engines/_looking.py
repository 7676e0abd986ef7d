"""The generated functions at work on one docket."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from councilrules.engines import _glancing
from councilrules.engines._docket import Docket, Opening, openings
from councilrules.engines._edges import edges_of
from councilrules.engines._generating import generate, rests_on_silence
from councilrules.engines._glancing import NO, PERHAPS, YES, Memory, is_plain
from councilrules.engines._settling import Opened
from councilrules.engines._sharing import keys_shared
from councilrules.engines._spells import Spell
from councilrules.events import UNKNOWN
from councilrules.findings import Absence, Because, Finding, Status
from councilrules.rules import Modality, Related, parts_of
from councilrules.situations import View
from councilrules.situations.deadlines import deadline
from councilrules.situations.jurisdiction import ASSUMED
from councilrules.truth import Truth
from councilrules.vocabulary import kind_of, kinds

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from councilrules.engines._generating import Source
    from councilrules.engines._plans import Plans
    from councilrules.events import Event
    from councilrules.rules import Rule


_MOST_CAPACITIES = 32
# Python 3.11 takes long to look up a member of an enum.
_BREACHED = Status.BREACHED


@frozen(eq=False)
class _Acting:
    """The functions for what people do in one capacity, by the class of the event."""

    spell: Spell
    functions: dict[type[Event], Callable[[Look, Event, int, int], list[Opening]]]


class Look:
    """What generated functions ask for, beyond what the event itself says."""

    def __init__(self, docket: Docket) -> None:
        """Make the functions of a docket's rulebook, with its register at hand."""
        self._docket = docket
        self._plans = {plan.number: plan for plan in docket.plans.all}
        self._relations = {
            (plan.number, relation.number): relation
            for plan in docket.plans.all
            for relation in plan.relations.values()
        }
        self._breached_at_once = {
            plan.number
            for plan in docket.plans.all
            if plan.rule.modality is Modality.MUST_NOT and not plan.rule.required
        }
        self._absent = {plan.number: _absent(plan.rule) for plan in docket.plans.all}
        self._raising = {
            name: question.raised_by for name, question in docket.plans.rulebook.questions.items()
        }
        self._assumes = ("in-force",) if docket.settler.jurisdiction.is_assumed else ()
        in_force = Because(Truth.TRUE, "in-force", origin=ASSUMED if self._assumes else "rulebook")
        self._bound = Because(Truth.TRUE, "bound", (in_force,))
        self._source = _source(docket.plans)
        memory = Memory(docket.register, docket.settler.situations)
        self._asked = {
            name: memory.asked(one.condition, one.bearer, answering=one.answering)  # type: ignore[arg-type]  # only conditions on one event are recalled
            for name, one in self._source.recalled.items()
        }
        self._in_force = docket.settler.jurisdiction.in_force
        self._edges = edges_of(docket.register, self._in_force)
        self._acting: dict[object, _Acting] = {}
        self._acting_as_any = self._acting_as(UNKNOWN)

    def openings(self, event: Event) -> list[Opening] | None:
        """Give the cases that an event may open by its kind; `None` if no function tells."""
        acted = event.as_
        acting = self._acting_as_any if acted is UNKNOWN else self._acting_as(acted)
        function = acting.functions.get(type(event))
        if function is None:
            return None
        if not is_plain(event):
            return self.closely(event)
        spell, at = acting.spell, event.at
        if at.first < spell.since or at.last >= spell.until:
            spell.turn_to(event)
        spell.event = event
        return function(self, event, spell.force, spell.bound)

    def _acting_as(self, capacity: object) -> _Acting:
        """Give the functions for what people do in one capacity, made when first needed."""
        found = self._acting.get(capacity)
        if found is None:
            if len(self._acting) >= _MOST_CAPACITIES:
                self._acting.clear()
            found = self._acting[capacity] = self._functions()
        return found

    def _functions(self) -> _Acting:
        source = self._source
        spell = Spell(self._edges, _glancing.force(self._in_force))
        names: dict[str, Any] = {name: getattr(_glancing, name) for name in _ASKED}
        names |= {
            name: spell.recall(one, self._asked[name]) for name, one in source.recalled.items()
        }
        exec(_compiled(source.text), names)  # noqa: S102 - our own source, made from checked data
        functions = {kinds()[kind].cls: names[name] for kind, name in source.names.items()}
        return _Acting(spell, functions)

    def closely(self, event: Event, number: int | None = None) -> list[Opening]:
        """Give the cases that an event may open, all to be looked at closely."""
        found = openings(self._docket.plans, self._docket.record, event, anything=False)
        return [one for one in found if number is None or one.plan.number == number]

    def opening(
        self,
        number: int,
        event: Event,
        who: str,
        known: int,
        near: int,
        barred: int,
        done: int = NO,
    ) -> Opening:
        """Give a case that an event may open, with its finding if a glance told it.

        Args:
            number: The number of the rule.
            event: The event.
            who: Who would answer.
            known: Whether the event is one that the rule speaks of.
            near: Whether the others that are needed for the case are there.
            barred: Whether an exception may apply, or the text be silent.
            done: Whether what is required may have been done.
        """
        plan = self._plans[number]
        if near == NO:
            return Opening(plan, event, who, None, is_settled=True)
        if number in self._breached_at_once and known & near == YES and barred == NO:
            breach = self._found(plan.rule, event, who, _BREACHED, self._absent[number])
            return Opening(plan, event, who, breach, is_settled=True)
        if plan.rule.modality is Modality.MAY:
            is_told = known & near == YES
            return Opening(plan, event, who, None, is_settled=is_told, permits=is_told)
        opened = None
        if plan.rule.required and plan.opens_alone and known == YES:
            opened = self._opened(plan.rule, event, who)
        due = None if opened is None else opened.due
        if known & near != YES or barred != NO or done != NO:
            return Opening(plan, event, who, opened=opened)
        if not plan.rule.is_duty:
            breach = self._found(plan.rule, event, who, _BREACHED, self._absent[number])
            return Opening(plan, event, who, breach, is_settled=True, opened=opened)
        if due is None or self._docket.record.as_of > due.first:
            return Opening(plan, event, who, opened=opened)
        found = self._found(plan.rule, event, who, Status.OPEN, (), due.known)
        return Opening(plan, event, who, found, is_settled=True, opened=opened)

    def _opened(self, rule: Rule, event: Event, who: str) -> Opened:
        """Give that a case is certainly open, as a close look would."""
        view = View(event, rule.bearer, who)
        trigger = Because(
            Truth.TRUE, "trigger", (self._bound,), event.proof, frozenset((event.id,))
        )
        due = deadline(rule, self._docket.plans.rulebook, event) if rule.is_duty else None
        return Opened(view, self._bound, trigger, due)

    def _found(
        self,
        rule: Rule,
        event: Event,
        who: str,
        status: Status,
        absent: tuple[Absence, ...],
        due: datetime | None = None,
    ) -> Finding:
        return Finding(
            rulebook=self._docket.plans.rulebook.id,
            clause=rule.clause,
            rule=rule.id,
            status=status,
            bearer=who,
            on=event.id,
            events=(event.id,),
            proof=event.proof,
            force=rule.force,
            hedge=rule.hedge,
            opened=event.at,
            due=due,
            absent=absent,
            assumes=self._assumes,
            act=event.act,
        )

    def near(self, number: int, relation: int, event: Event, who: str) -> int:
        """Tell whether there may be an event that a relation looks for."""
        plan, looked_for = self._plans[number], self._relations[number, relation]
        if not self._docket.record.open_kinds.isdisjoint(looked_for.related.pattern.kinds):
            return PERHAPS
        docket, view = self._docket, View(event, plan.rule.bearer, who)
        keys_of = keys_shared(docket.settler.situations, looked_for, view)
        found, _ = docket.record.gathered(looked_for, keys_of)
        if looked_for.related.or_itself:
            return PERHAPS if found else NO
        return PERHAPS if any(one is not event for one in found) else NO

    def judged(self, event: Event, question: str) -> int:
        """Tell whether a question may be answered with yes; it is not if it is not raised."""
        if question in event.answers or kind_of(event).name in self._raising[question]:
            return PERHAPS
        recorded = (question, frozenset((event.id,))) in self._docket.record.judgements
        return PERHAPS if recorded else NO


_ASKED = (
    "NO",
    "PERHAPS",
    "YES",
    "among",
    "negated",
    "word",
    "empty",
    "same",
    "differs",
)


def _absent(rule: Rule) -> tuple[Absence, ...]:
    """Give the exceptions of which a breach told at a glance says that nothing is recorded."""
    required = [one.pattern.kinds for one in rule.required[-1:]]
    return tuple(Absence(name="must_first", kinds=kinds) for kinds in required) + tuple(
        Absence(
            name=name,
            kinds=tuple(
                kind
                for part in parts_of(condition)
                if isinstance(part, Related)
                for kind in part.pattern.kinds
            ),
        )
        for name, condition in rule.exceptions
        if rests_on_silence(condition)
    )


@lru_cache(maxsize=16)
def _source(plans: Plans) -> Source:
    return generate(plans)


@lru_cache(maxsize=64)
def _compiled(text: str) -> Any:  # noqa: ANN401 - code has no public type
    return compile(text, "<generated from a rulebook>", "exec")
