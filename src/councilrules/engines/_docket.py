"""The cases of a rulebook as events come and go, and the clock moves on."""

from __future__ import annotations

import heapq
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from attrs import define, evolve

from councilrules.cases import bearers, finding_of
from councilrules.engines._lasting import Findings, Lasting
from councilrules.engines._record import Record
from councilrules.engines._settling import Finder, Opened, Settler
from councilrules.engines._terms import Terms
from councilrules.events import Proof
from councilrules.findings import Status
from councilrules.history import names
from councilrules.situations.deadlines import NEVER, working_days
from councilrules.truth import Truth
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from councilrules.cases import Case
    from councilrules.engines._plans import Plan, Plans, Relation
    from councilrules.events import Event
    from councilrules.findings import Finding
    from councilrules.register import Register
    from councilrules.situations import View
    from councilrules.situations.deadlines import Deadline

TICK = timedelta(microseconds=1)

Key = tuple[int, str, str | None]
"""What makes a case this case: the number of its rule, its event and its bearer."""


@define(eq=False)
class Entry:
    """A case that is kept, as something may still change about it.

    Attributes:
        plan: The rule.
        event: What opened it.
        bearer: Who answers.
        key: What makes the case this case.
        finding: Where it stands; `None` if there is no finding, but may yet be one.
        opened: Whether it is open, where nothing can change about that.
        waits: Whether the finding says how many days have passed, up to the clock.
        due: The latest that its duty can be due; `None` if it has none.
        is_done_for_good: Whether its duty was done, so well proved that nothing adds to it.
        wakes: When next the clock alone can change it, if it can.
    """

    plan: Plan
    event: Event
    bearer: str | None
    key: Key
    finding: Finding | None = None
    opened: Opened | None = None
    waits: bool = False
    due: datetime | None = None
    is_done_for_good: bool = False
    wakes: datetime | None = None


# Not frozen, since they are made for one event in three; nothing changes them.
@define(eq=False)
class Opening:
    """A case that an event may open.

    Attributes:
        plan: The rule.
        event: The event.
        bearer: Who would answer.
        finding: The finding, where it could be told at a glance.
        is_settled: Whether it was told at a glance, so that nobody need look closely.
        permits: Whether a clause was seen to permit the act outright.
        opened: That it is open, and by when its duty has to be done, where that was told.
    """

    plan: Plan
    event: Event
    bearer: str | None
    finding: Finding | None = None
    is_settled: bool = False
    permits: bool = False
    opened: Opened | None = None


class Matcher(Finder, Protocol):
    """Finds what an engine is for: what opens cases, and what relates to them."""

    def add(self, event: Event) -> None:
        """Take in an event; the record has it already."""

    def remove(self, event: Event) -> None:
        """Let go of an event, or of what was known of it."""

    def openings(self, events: list[Event]) -> Iterable[Opening]:
        """Give the cases that events may open which were taken in."""

    def touched(self, event: Event) -> Iterable[Entry]:
        """Give the kept cases that an event may bear on."""

    def keep(self, entry: Entry) -> None:
        """Note that a case is kept whose rule looks for other events."""

    def drop(self, entry: Entry) -> None:
        """Note that such a case is kept no more."""

    def check(self, entry: Entry, case: Case) -> None:
        """Hold a case that was settled closely against what the engine itself found."""

    def close(self) -> None:
        """Let go of what the engine took; it is asked nothing after that."""


class Docket:
    """Keeps the cases of one rulebook up to date.

    Attributes:
        plans: The rules, compiled.
        record: The events that count.
        register: What lasts.
        settler: What settles a case closely.
        entries: The cases that are kept.
        lasting: What is found on relationships and standing duties.
    """

    def __init__(
        self,
        plans: Plans,
        register: Register,
        terms: Terms,
        as_of: datetime,
        matcher: Callable[[Docket], Matcher],
    ) -> None:
        """Start with no event, at a clock."""
        self.plans = plans
        self.register = register
        self.terms = terms
        self.record = Record(plans, as_of, terms.open_kinds)
        self.entries: dict[Key, Entry] = {}
        self._by_event: dict[str, list[Entry]] = {}
        self._wakes: list[tuple[datetime, int, Key]] = []
        self._woken = 0
        self.settler = Settler(plans.rulebook, register, self.record, self, terms.in_force)
        self.matcher = matcher(self)
        self.lasting = Lasting(plans, self.record, self.settler, terms.asked)

    # --- what changes -----------------------------------------------------------------

    def add(self, event: Event) -> Findings:
        """Take in one event, of which nothing is known yet, and give what it changes."""
        record = self.record
        record.add(event)
        if record.concerns_others(event) or self.lasting.is_touched(event):
            record.remove(event)
            return self.update((), (event,))
        self.matcher.add(event)
        changed: Findings = {}
        for entry in self.matcher.touched(event):
            self._resettle(entry, changed)
        for opening in self.matcher.openings([event]):
            self._open(opening, changed)
        return changed

    def update(self, removed: Iterable[Event], added: Iterable[Event]) -> Findings:
        """Let events go and take others in, and give what that changes."""
        gone, fresh = list(removed), {event.id: event for event in added}
        changed: Findings = {}
        touched: dict[Key, Entry] = {}
        stirred: dict[str, Event] = {}
        for event in gone:
            stirred.update((one.id, one) for one in self.record.concerned(event))
        for event in gone:
            touched.update((one.key, one) for one in self.matcher.touched(event))
            self._close(event, changed)
            self.matcher.remove(event)
            self.record.remove(event)
        for event in fresh.values():
            self.record.add(event)
        for event in fresh.values():
            stirred.update((one.id, one) for one in self.record.concerned(event))
        # What is known of these has changed, so they are taken in once more.
        for event in stirred.values():
            if event.id not in fresh and self.record.by_id.get(event.id) is event:
                touched.update((one.key, one) for one in self.matcher.touched(event))
                self._close(event, changed)
                self.matcher.remove(event)
                fresh[event.id] = event
        for event in fresh.values():
            self.matcher.add(event)
        openings = list(self.matcher.openings(list(fresh.values())))
        for event in fresh.values():
            touched.update((one.key, one) for one in self.matcher.touched(event))
        for opening in openings:
            self._open(opening, changed)
        for key, entry in touched.items():
            if self.entries.get(key) is entry and key not in changed:
                self._resettle(entry, changed)
        if any(self.lasting.is_touched(event) for event in (*gone, *fresh.values())):
            changed |= self.lasting.refreshed()
        return changed

    def advance(self, clock: datetime) -> Findings:
        """Move the clock on, and give what the passing of time alone changes."""
        was, self.record.as_of = self.record.as_of, clock
        changed: Findings = {}
        while self._wakes and self._wakes[0][0] <= clock:
            at, _, key = heapq.heappop(self._wakes)
            entry = self.entries.get(key)
            # One that was settled since wakes at another time, or was woken already.
            if entry is not None and entry.wakes == at:
                entry.wakes = None
                self._resettle(entry, changed)
        if self.lasting.changes_between(was, clock):
            changed |= self.lasting.refreshed()
        return changed

    # --- what is found ----------------------------------------------------------------

    def findings(self) -> tuple[Finding, ...]:
        """Give all findings at the clock, in the order of the rules and then of time."""
        self.lasting.refreshed()
        found = sorted(
            (entry for entry in self.entries.values() if entry.finding is not None), key=_in_order
        )
        numbers = {rule.name: number for number, rule in enumerate(self.plans.rulebook.rules)}
        every = [self.current(entry) for entry in found]
        every += self.lasting.findings.values()
        return tuple(sorted(every, key=lambda one: numbers[f"{one.clause}/{one.rule}"]))

    def duties(self) -> Iterator[Finding]:
        """Give the findings on duties that are still to be done, late or not."""
        for entry in self.entries.values():
            found = entry.finding
            if found is None or not entry.plan.rule.is_duty:
                continue
            is_overdue = found.status is Status.BREACHED and found.performed_at is None
            if is_overdue or found.status is Status.OPEN or entry.waits:
                yield self.current(entry)

    def current(self, entry: Entry) -> Finding:
        """Give the finding of an entry that has one, with the days that have passed by now."""
        assert entry.finding is not None  # noqa: S101 - only called for such entries
        if not entry.waits:
            return entry.finding
        since, clock = entry.event.at.first, self.record.as_of
        elapsed = working_days(self.plans.rulebook, since, clock)
        return evolve(entry.finding, elapsed=elapsed)

    def candidates(self, plan: Plan, relation: Relation, view: View) -> list[Event]:
        """Give all events that can fit a relation, in order of time."""
        return self.matcher.candidates(plan, relation, view)

    # --- single cases -----------------------------------------------------------------

    def settle(self, entry: Entry) -> None:
        """Look at a case closely, and note where it stands now."""
        if entry.opened is None:
            opened = self.settler.opened(entry.plan, entry.event, entry.bearer)
            if entry.plan.opens_alone and entry.plan.looks_further:
                # Only what the next look needs is kept of the reasons.
                trigger = evolve(opened.trigger, parts=())
                entry.opened = evolve(opened, trigger=trigger)
        else:
            opened = entry.opened
        case = self.settler.case(entry.plan, entry.event, entry.bearer, opened)
        self.matcher.check(entry, case)
        entry.finding, entry.waits = None, False
        if case.status is not None:
            found = finding_of(case, case.status, self.plans.rulebook, self.record.as_of)
            entry.finding = found
            entry.waits = found.elapsed is not None and case.late is None
        if case.deadline is not None:
            entry.due = case.deadline.last
            done = case.done
            entry.is_done_for_good = done.truth is Truth.TRUE and done.proof is Proof.ESTABLISHED
            if case.trigger.truth is not Truth.FALSE:
                self._wake(entry, case.deadline)

    def _wake(self, entry: Entry, due: Deadline) -> None:
        """Note when next the clock alone can change a case."""
        clock = self.record.as_of
        ends = [due.first + TICK, *(() if due.last == NEVER else (due.last, due.last + TICK))]
        later = min((end for end in ends if end > clock), default=None)
        if later is not None and later != entry.wakes:
            self._woken += 1
            heapq.heappush(self._wakes, (later, self._woken, entry.key))
        entry.wakes = later

    def _open(self, opening: Opening, changed: Findings) -> None:
        plan, event = opening.plan, opening.event
        key = plan.number, event.id, opening.bearer
        entry = Entry(plan, event, opening.bearer, key, opening.finding, opening.opened)
        if not opening.is_settled:
            self.settle(entry)
        elif opening.opened is not None and opening.opened.due is not None:
            entry.due = opening.opened.due.last
            self._wake(entry, opening.opened.due)
        if entry.finding is None and not plan.looks_further:
            self._note(entry, None, changed)
            return
        self.entries[key] = entry
        opened = self._by_event.get(event.id)
        if opened is None:
            self._by_event[event.id] = [entry]
        else:
            opened.append(entry)
        if plan.looks_further:
            self.matcher.keep(entry)
        self._note(entry, None, changed)

    def _resettle(self, entry: Entry, changed: Findings) -> None:
        before = entry.finding
        self.settle(entry)
        self._note(entry, before, changed)

    def _close(self, event: Event, changed: Findings) -> None:
        """Drop every case that an event opened."""
        for entry in self._by_event.pop(event.id, ()):
            key = entry.key
            del self.entries[key]
            if entry.plan.looks_further:
                self.matcher.drop(entry)
            before = changed[key][0] if key in changed else entry.finding
            changed[key] = (before, None)

    def opens(self, event: Event) -> bool:
        """Tell whether a case is kept that an event opened."""
        return event.id in self._by_event

    def close(self, entry: Entry) -> None:
        """Keep a case no more."""
        del self.entries[entry.key]
        opened = self._by_event[entry.event.id]
        opened.remove(entry)
        if not opened:
            del self._by_event[entry.event.id]
        if entry.plan.looks_further:
            self.matcher.drop(entry)

    def _note(self, entry: Entry, before: Finding | None, changed: Findings) -> None:
        if entry.key in changed:
            before = changed[entry.key][0]
        if before is not None or entry.finding is not None:
            changed[entry.key] = (before, entry.finding)


def openings(
    plans: Plans, record: Record, event: Event, *, anything: bool = True
) -> Iterator[Opening]:
    """Give every case that an event may open by its kind, or by a question it raises.

    A reminder opens none, nor does an event whose bearer is known to be nobody.

    Args:
        plans: The rules.
        record: The judgements, for what the event raises.
        event: The event.
        anything: Whether to look at rules on any kind of event as well.
    """
    if names(event.repeats):
        return
    for plan in plans.by_trigger.get(kind_of(event).name, ()):
        for bearer in bearers(plan.rule, event):
            yield Opening(plan, event, bearer)
    if anything:
        yield from on_anything(plans, record, event)


def on_anything(plans: Plans, record: Record, event: Event) -> Iterator[Opening]:
    """Give the cases that an event may open because it raises a question."""
    found = dict.fromkeys(plans.by_raising.get(kind_of(event).name, ()))
    for question in (*event.answers, *record.judged(event)):
        found |= dict.fromkeys(plans.by_question.get(question, ()))
    if found and not names(event.repeats):
        for plan in found:
            for bearer in bearers(plan.rule, event):
                yield Opening(plan, event, bearer)


def _in_order(entry: Entry) -> tuple[object, ...]:
    at, rule = entry.event.at, entry.plan.rule
    last = at.last if len(rule.trigger.kinds) == 1 else at.first
    return entry.plan.number, at.first, last, entry.event.id
