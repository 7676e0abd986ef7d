"""A case settled closely: every truth with its reasons, over whatever relates to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from attrs import evolve, frozen

from councilrules.cases import Case, bearers
from councilrules.engines._plans import Plan, Relation, is_on_a_pair
from councilrules.events import Proof
from councilrules.findings import NOTHING, Because, Status, Want, all_of, any_of, negated, renamed
from councilrules.history import names
from councilrules.periods import Moment, Stretch
from councilrules.rules import (
    AllOf,
    AnyOf,
    Compared,
    Holds,
    Judged,
    Modality,
    Not,
    Order,
    Path,
    Related,
)
from councilrules.situations import Situations, View, compared, lasting
from councilrules.situations.deadlines import Deadline, deadline
from councilrules.situations.denied import denied_act
from councilrules.situations.jurisdiction import Jurisdiction
from councilrules.truth import Truth, truth
from councilrules.verdicts import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.engines._record import Record
    from councilrules.events import Event
    from councilrules.periods import Tenure
    from councilrules.register import Register
    from councilrules.rules import Condition, RefersToTrigger, Rulebook

_UNTRIED = Because(Truth.FALSE, "excused")
_NOT_DONE = Because(Truth.FALSE, "done")


class Finder(Protocol):
    """Finds the events among which a relation has to look."""

    def candidates(self, plan: Plan, relation: Relation, view: View) -> list[Event]:
        """Give all events that can fit a relation, in order of time."""


@frozen(eq=False)
class Opened:
    """Whether a case is open, and by when its duty has to be done.

    Attributes:
        view: The event and the person, and the part of the act that counts.
        bound: Whether the rule binds that person then.
        trigger: Whether what opens the case happened.
        due: By when; `None` but for duties.
    """

    view: View
    bound: Because
    trigger: Because
    due: Deadline | None


class Settler:
    """Settles cases, one at a time.

    Attributes:
        situations: What holds of single events.
        jurisdiction: Whom the rulebook binds when.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        register: Register,
        record: Record,
        finder: Finder,
        in_force: Tenure | None,
    ) -> None:
        """Take the rulebook, what it is read on, and what finds related events."""
        self.situations = Situations(rulebook, register, record)
        self.jurisdiction = Jurisdiction(rulebook, self.situations, in_force)
        self._rulebook = rulebook
        self._record = record
        self._finder = finder

    def opened(self, plan: Plan, event: Event, bearer: str | None) -> Opened:
        """Tell whether a case is open, before anything is asked about its answer."""
        rule = plan.rule
        view = View(event, rule.bearer, bearer)
        bound = self.jurisdiction.bound(rule, view)
        if event.until is not None or rule.conduct_at is not None:
            view = evolve(view, part=self.jurisdiction.part(rule, view))
        needed = [bound] if bound.truth is Truth.FALSE else [bound, self._fits(plan, view)]
        trigger = all_of("trigger", needed)
        due = deadline(rule, self._rulebook, event) if rule.modality is Modality.MUST else None
        return Opened(view, bound, trigger, due)

    def case(
        self, plan: Plan, event: Event, bearer: str | None, opened: Opened | None = None
    ) -> Case:
        """Settle the case of a rule, an event and a person.

        Args:
            plan: The rule.
            event: The event.
            bearer: The person; `None` if it is not known who.
            opened: What `opened` said, where nothing can have changed about it since.
        """
        rule = plan.rule
        opened = opened or self.opened(plan, event, bearer)
        view, bound, trigger, due = opened.view, opened.bound, opened.trigger, opened.due
        left = Truth.FALSE if due is None else due.left(self._record.as_of)
        done, excused = _NOT_DONE, _UNTRIED
        if trigger.truth is not Truth.FALSE:
            done = self._done(plan, view, due)
            excused = any_of("excused", self._exceptions(plan, view, due, done))
        status = verdict(trigger=trigger.truth, excused=excused.truth, done=done.truth, left=left)
        late = None
        if due is not None and status in {Status.BREACHED, Status.UNDETERMINED}:
            late = self._late(plan, view)
            if late is not None:
                done = evolve(done, events=done.events | late.events)
        return Case(
            rule=rule,
            view=view,
            bound=bound,
            trigger=trigger,
            excused=excused,
            done=done,
            deadline=due,
            left=left,
            status=status,
            late=None if late is None else self._record.by_id[late.origin],
        )

    def _fits(self, plan: Plan, view: View) -> Because:
        rule = plan.rule
        facts = [one for one in rule.further if not isinstance(one, Judged)]
        judged = [one for one in rule.further if isinstance(one, Judged)]

        def parts() -> Iterator[Because]:
            yield self.situations.happened(view.event, answering=False)
            for condition in (rule.trigger.condition, *facts, *judged):
                yield self._holds(plan, condition, view, answering=False)

        return all_of("fits", parts())

    def _done(self, plan: Plan, view: View, due: Deadline | None) -> Because:
        if not plan.rule.required:
            return _NOT_DONE
        *earlier, last = (plan.relation(one, answering=True) for one in plan.rule.required)
        found = self._related(plan, last, view, due=due, earlier=tuple(earlier))
        return renamed("done", found)

    def _late(self, plan: Plan, view: View) -> Because | None:
        """Find what was required, done after the deadline."""
        relation = plan.relation(plan.rule.required[0], answering=True)
        found = self._related(plan, relation, view)
        return next((part for part in found.parts if part.truth is Truth.TRUE), None)

    # --- what may excuse ---------------------------------------------------------------

    def _exceptions(
        self, plan: Plan, view: View, due: Deadline | None, done: Because
    ) -> Iterator[Because]:
        for name, condition in plan.rule.exceptions:
            found = self._holds(plan, condition, view, answering=True, due=due)
            yield renamed(f"unless:{name}", found)
        for name, condition in plan.rule.gaps:
            yield self._gap(plan, name, condition, view)
        if plan.rule.denies is not None:
            yield from self._yielding(plan, view)
        if due is not None and done.truth is not Truth.TRUE:
            yield self._left_office(plan, view, due)

    def _gap(self, plan: Plan, name: str, condition: Condition, view: View) -> Because:
        """Tell whether the text is silent here, which is never more than unknown (P6)."""
        about = f"unclear:{name}"
        found = self._holds(plan, condition, view, answering=False)
        if found.truth is Truth.FALSE:
            return renamed(about, found)
        wants = found.wants
        if found.truth is Truth.TRUE:
            wants = (Want("text", view.event.id, name),)
        return Because(Truth.UNKNOWN, about, (found,), found.proof, found.events, wants)

    def _yielding(self, plan: Plan, view: View) -> Iterator[Because]:
        """Try the clauses that this one yields to on the act that was refused (P12)."""
        assert plan.rule.denies is not None  # noqa: S101 - only called for such rules
        act = denied_act(plan.rule.denies, view.event)
        for clause in self._rulebook[plan.rule.clause].subject_to:
            cases = (
                self.case(other, act.event, bearer)
                for other in plan.barring
                if other.rule.clause == clause and not names(act.event.repeats)
                for bearer in bearers(other.rule, act.event)
            )
            found = any_of(f"unless:barred-by-{clause}", (_barring(case) for case in cases))
            yield evolve(found, wants=tuple(act.asked(want) for want in found.wants))

    def _left_office(self, plan: Plan, view: View, due: Deadline) -> Because:
        """Tell whether the bearer no longer held the office when it was due (P6)."""
        rule, about = plan.rule, "unless:left-office"
        if due.last > self._record.as_of or not rule.roles or not view.bearer:
            return Because(Truth.FALSE, about)
        then = evolve(view, part=Stretch.at(Moment(due.first, due.last)))
        office = Holds(Path(rule.bearer or ""), rule.roles)
        return negated(about, self.situations.truth_of(office, then, answering=False))

    # --- conditions ----------------------------------------------------------------------

    def _holds(
        self,
        plan: Plan,
        condition: Condition,
        view: View,
        *,
        answering: bool,
        trigger: View | None = None,
        due: Deadline | None = None,
    ) -> Because:
        match condition:
            case AllOf(parts=parts):
                each = (
                    self._holds(plan, one, view, answering=answering, trigger=trigger, due=due)
                    for one in parts
                )
                return _facts_first(all_of(condition, each))
            case AnyOf(parts=parts):
                each = (
                    self._holds(plan, one, view, answering=answering, trigger=trigger, due=due)
                    for one in parts
                )
                return any_of(condition, each)
            case Not(part=part):
                found = self._holds(
                    plan, part, view, answering=not answering, trigger=trigger, due=due
                )
                return negated(condition, found)
            case Related(until_due=until_due):
                relation = plan.relation(condition, answering=answering)
                return self._related(plan, relation, view, due=due if until_due else None)
            case _ if is_on_a_pair(condition):
                return self._joined(condition, view, trigger or view, answering=answering)  # type: ignore[arg-type]  # that is what it is on
            case _:
                return self.situations.truth_of(condition, view, answering=answering)  # type: ignore[arg-type]  # all others are on one event

    def _joined(
        self, join: Compared | RefersToTrigger, view: View, trigger: View, *, answering: bool
    ) -> Because:
        value = self.situations.value(view, join.path, answering=answering)
        if isinstance(join, Compared):
            other = self.situations.value(trigger, join.other, answering=answering)
            return compared(join, value, other, answering=answering)
        is_known = value.state not in {"unknown", "one-of"}
        found = truth(trigger.event.id in value.names if is_known else None)
        wants = () if is_known else value.wants
        shown = value.shown if is_known else ""
        return Because(found, join, (), value.proof, value.events, wants, value.origin, shown)

    # --- other events ----------------------------------------------------------------------

    def _related(
        self,
        plan: Plan,
        relation: Relation,
        view: View,
        *,
        due: Deadline | None = None,
        earlier: tuple[Relation, ...] = (),
        anchor: Event | None = None,
    ) -> Because:
        """Tell whether an event that fits a relation exists.

        Args:
            plan: The rule that asks.
            relation: What to look for.
            view: The event that opened the case.
            due: Up to when it counts.
            earlier: What has to have come before it, in that order.
            anchor: The event whose time it is held against, if not the trigger's.
        """
        related = relation.related
        found = self._finder.candidates(plan, relation, view)
        if not relation.answering:
            # Of what would support an accusation equally well, the best proved (P2).
            found = sorted(found, key=lambda one: -one.proof.rank)
        parts: list[Because] = []
        for event in found:
            if event is view.event and not related.or_itself:
                continue
            part = self._match(plan, relation, view, event, due, earlier, anchor)
            if part.truth is not Truth.FALSE:
                parts.append(part)
            if part.truth is Truth.TRUE and part.proof is Proof.ESTABLISHED:
                break  # it is the best support there can be, and the first of such
        missing = sorted(self._record.open_kinds.intersection(related.pattern.kinds))
        if missing and all(part.truth is not Truth.TRUE for part in parts):
            wants = tuple(Want("register", view.event.id, kind) for kind in missing)
            parts.append(Because(Truth.UNKNOWN, "recorded", wants=wants))
        return any_of(related, parts, origin="" if parts else NOTHING)

    def _match(
        self,
        plan: Plan,
        relation: Relation,
        view: View,
        event: Event,
        due: Deadline | None,
        earlier: tuple[Relation, ...],
        anchor: Event | None,
    ) -> Because:
        """Tell whether one event is what a relation looks for."""
        answering = relation.answering

        def parts() -> Iterator[Because]:
            yield _in_order(relation, event, anchor or view.event, _held_against(anchor, view))
            if due is not None:
                yield due.met_by(event)
            yield self._holds(
                plan, relation.related.pattern.condition, View(event),
                answering=answering, trigger=view,
            )  # fmt: skip
            # What opened the case is not doubted again as an answer to itself (P2).
            doubts = answering and event is not view.event
            yield self.situations.happened(event, answering=doubts)
            if earlier:
                *before, last = earlier
                yield self._related(plan, last, view, earlier=tuple(before), anchor=event)

        return all_of(event, parts(), origin=event.id)


def _facts_first(found: Because) -> Because:
    """Put off the questions of judgement while a fact beside them is not known (P8)."""
    if found.truth is not Truth.UNKNOWN:
        return found
    facts = [part for part in found.parts if not isinstance(part.about, Judged)]
    if all(part.truth is not Truth.UNKNOWN for part in facts):
        return found
    wants = dict.fromkeys(want for part in facts for want in part.wants)
    return evolve(found, wants=tuple(wants))


def _barring(case: Case) -> Because:
    """Say what a case of the other clause comes to, as an exception of this one."""
    rule, events = case.rule, case.trigger.events
    match case.status:
        case Status.BREACHED:
            proof = min(case.trigger.proof, case.excused.proof)
            if proof > Proof.ALLEGED:
                return Because(Truth.TRUE, rule, (case.because,), proof, events)
            asked = (Want("proof", case.view.bearer or "", "interests"),)
            return Because(Truth.UNKNOWN, rule, (case.because,), proof, events, asked)
        case Status.UNDETERMINED:
            wants = (*case.trigger.wants, *case.excused.wants)
            return Because(Truth.UNKNOWN, rule, (case.because,), events=events, wants=wants)
        case _:
            return Because(Truth.FALSE, rule, (case.because,), events=events)


def _held_against(anchor: Event | None, view: View) -> Stretch:
    """Give the time that another event is held against.

    Of a lasting act that opened the case it is the part inside force and office (P3).
    """
    if anchor is None and view.event.until is not None:
        return view.part
    return lasting(anchor or view.event)


def _in_order(relation: Relation, event: Event, trigger: Event, lasted: Stretch) -> Because:
    """Tell whether an event is where a relation wants it in time."""
    order = relation.related.order
    if event is trigger or order is Order.ANY_TIME:
        return Because(Truth.TRUE, order)
    own = lasting(event)
    found = own.before(lasted) if order is Order.BEFORE else lasted.before(own)
    wants: tuple[Want, ...] = ()
    if found is Truth.UNKNOWN and relation.follows:
        # What refers to an event came after it, unless the times rule that out.
        found = truth(order is not Order.BEFORE)
    if found is Truth.UNKNOWN:
        vague = [one for one in (event, trigger) if not one.at.is_exact] or (event, trigger)
        wants = tuple(Want("field", one.id, "at") for one in vague)
    events = frozenset((event.id, trigger.id))
    return Because(found, order, events=events, wants=wants, origin=f"{event.id}.at")
