"""Finds with durable-rules what opens cases and what relates to them, and checks both."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import finalize

from councilrules.cases import bearers
from councilrules.engines._docket import Docket, Opening, openings
from councilrules.engines._glancing import is_plain
from councilrules.engines._plans import plans
from councilrules.engines._terms import Terms
from councilrules.engines.durable._following import Following
from councilrules.engines.durable._known import Found, Sought, Tried
from councilrules.engines.durable._lending import borrowed, give_back
from councilrules.engines.durable._opinion import compare, opinion
from councilrules.engines.durable._rows import Row, Rows, instant
from councilrules.engines.durable._telling import Teller
from councilrules.history import names
from councilrules.rules import Compared
from councilrules.situations.denied import denied_act
from councilrules.truth import Truth
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.cases import Case
    from councilrules.engines._docket import Entry, Key
    from councilrules.engines._plans import Plan, Plans, Relation
    from councilrules.engines.durable._layouts import PairLayout, Section
    from councilrules.engines.durable._process import Process
    from councilrules.engines.durable._rows import Side
    from councilrules.events import Event
    from councilrules.findings import Finding
    from councilrules.history import History
    from councilrules.register import Register
    from councilrules.rules import Rulebook
    from councilrules.situations import View

_Named = tuple[int, "Event", "str | None", bool]


class DurableMatcher:
    """Has durable-rules find what relates to what, and what opens a case.

    Attributes:
        process: What durable-rules runs in.
        release: Gives it back, once.
    """

    def __init__(self, docket: Docket, process: Process) -> None:
        """Take the docket to find things for, and a process that knows of nothing."""
        self.process = process
        # Also if nobody closes it: a process left behind would go on by itself.
        self.release = finalize(self, give_back, process)
        self._docket = docket
        self._record = docket.record
        self._teller = Teller(process)
        self._rows: Rows | None = None
        self._looking = _looking(docket.plans)
        self._tried: dict[_Named, Tried] = {}
        self._by_event: dict[str, list[Tried]] = {}
        self._found: dict[str, list[Found]] = {}
        self._following = Following(self._teller)
        self._made_up = 0

    @property
    def rows(self) -> Rows:
        """Give what makes rows; the docket has what it needs only after it has this."""
        if self._rows is None:
            settler = self._docket.settler
            rulebook = self._docket.plans.rulebook
            situations, jurisdiction = settler.situations, settler.jurisdiction
            self._rows = Rows(rulebook, situations, jurisdiction, self._record, self._teller.names)
        return self._rows

    def close(self) -> None:
        """Give back the process; nothing can be asked after that."""
        self.release()

    # --- events that come and go --------------------------------------------------------

    def add(self, event: Event) -> None:
        """Tell durable-rules of an event: what it may open, and what may look for it."""
        plain = is_plain(event)
        for plan, relation in self._looking.get(kind_of(event).name, ()):
            layout = self._teller.pair_layout(plan, relation)
            row, sides = self.rows.related(layout, event, plain=plain)
            row["ev"] = self._teller.names.token(event.id)
            found = Found(event, layout, sides)
            self._found.setdefault(event.id, []).append(found)
            self._teller.tell_found(plan, found, row)
        opened = list(openings(self._docket.plans, self._record, event))
        self._teller.lay_out(one.plan for one in opened)
        for opening in opened:
            key = (opening.plan.number, event.id, opening.bearer)
            self._try(opening.plan, event, opening.bearer, key, is_real=True)

    def _try(
        self, plan: Plan, event: Event, bearer: str | None, owner: Key, *, is_real: bool
    ) -> Tried:
        name = (plan.number, event, bearer, is_real)
        tried = self._tried.get(name)
        if tried is None:
            tried = self._tried[name] = self._told(plan, event, bearer, owner, is_real=is_real)
        tried.owners[owner] = None
        return tried

    def _told(
        self, plan: Plan, event: Event, bearer: str | None, owner: Key, *, is_real: bool
    ) -> Tried:
        """Tell of an event that may open a case, and of all that the case would ask."""
        self._teller.lay_out((plan,))
        layout = self._teller.own_layouts[plan.number]
        asking, row = self.rows.asking(plan, layout, event, bearer, plain=is_plain(event)), Row()
        tried = Tried(plan, asking.view, is_real, layout, token=self._token())
        self._by_event.setdefault(event.id, []).append(tried)
        trigger = layout.sections["trigger", 0]
        may_open = self.rows.fill(row, layout.columns, trigger, asking)
        # What a refused act rests on is cited even where it would open no case (P12).
        is_looked_into = may_open or (not is_real and asking.bound is not Truth.FALSE)
        if is_looked_into:
            tried.duty = asking.duty = self.rows.duty(plan, asking.view)
            for section, choices in layout.sections.items():
                if choices is not trigger and _concerns(section, tried):
                    self.rows.fill(row, layout.columns, choices, asking)
        self._teller.flash(tried, row)
        if is_looked_into:
            self._seek(tried)
            self._deny(tried, owner)
        return tried

    def _seek(self, tried: Tried) -> None:
        for relation in tried.plan.relations.values():
            self._sought(tried, relation)
        for number, layout in enumerate(self._teller.steps(tried.plan)):
            if _concerns(("itself", layout.relation.number), tried):
                self._following.tell_step(tried, number, tried.view.event)
        if tried.duty is not None:
            self._turn_clock()
            self._teller.tell_duty(tried)

    def _turn_clock(self) -> None:
        self._following.turn_clock(instant(self._record.as_of), self._tried.values())

    def _sought(self, tried: Tried, relation: Relation) -> Sought:
        layout = self._teller.pair_layout(tried.plan, relation)
        event = tried.view.event
        row, sides = self.rows.sought(layout, tried.view, tried.duty, plain=is_plain(event))
        row["ev"] = self._teller.names.token(event.id) if tried.is_real else tried.token
        sought = Sought(tried, layout, sides, _is_narrowed(layout, sides))
        tried.sought[relation.number] = sought
        self._teller.tell_sought(sought, row)
        return sought

    def _deny(self, tried: Tried, owner: Key) -> None:
        """Tell of the act that an event refuses, as the clauses it yields to see it (P12)."""
        plan = tried.plan
        if plan.rule.denies is None:
            return
        act = denied_act(plan.rule.denies, tried.view.event).event
        for clause in self._docket.plans.rulebook[plan.rule.clause].subject_to:
            tried.denied[clause] = [
                self._try(other, act, bearer, owner, is_real=False)
                for other in plan.barring
                if other.rule.clause == clause and not names(act.repeats)
                for bearer in bearers(other.rule, act)
            ]

    def _token(self) -> str:
        self._made_up += 1
        return f"x{self._made_up}"

    def remove(self, event: Event) -> None:
        """Take back all that durable-rules was told of an event."""
        for tried in self._by_event.pop(event.id, ()):
            self._let_go(tried)
        for found in self._found.pop(event.id, ()):
            for sought in found.sought:
                del sought.pairs[found]
                self._drop_steps(sought.case, event.id)
            self._teller.retract(found.facts)

    def _let_go(self, tried: Tried) -> None:
        view = tried.view
        del self._tried[tried.plan.number, view.event, view.bearer, tried.is_real]
        self._forget(tried)

    def _forget(self, tried: Tried) -> None:
        for sought in tried.sought.values():
            for found in sought.pairs:
                del found.sought[sought]
            self._teller.retract(sought.facts)
        self._teller.retract(tried.steps.values())
        if tried.clocked is not None:
            self._teller.retract((tried.clocked,))
            tried.clocked = None
        self._teller.forget(tried.numbers)

    def _drop_steps(self, tried: Tried, event: str) -> None:
        for number, _ in enumerate(tried.plan.rule.required):
            told = tried.steps.pop((number, event), None)
            if told is not None:
                self._teller.retract((told,))
        for key in [key for key in tried.ordered if event in key]:
            del tried.ordered[key]

    # --- what is asked of it ------------------------------------------------------------

    def openings(self, events: list[Event]) -> Iterator[Opening]:
        """Give the cases that events may open, by what fired of each by itself."""
        self._following.settle()
        for event in events:
            listed = self._by_event.pop(event.id, [])
            kept = [one for one in listed if one.may_open or not one.is_real]
            if kept:
                self._by_event[event.id] = kept
            for tried in listed:
                if tried not in kept:
                    self._let_go(tried)
                elif tried.is_real:
                    yield Opening(tried.plan, event, tried.view.bearer)

    def touched(self, event: Event) -> Iterator[Entry]:
        """Give the kept cases that an event was paired with."""
        self._following.settle()
        entries = self._docket.entries
        touched: dict[Key, None] = {}
        for found in self._found.get(event.id, ()):
            for sought in found.sought:
                kept = [key for key in sought.case.owners if key in entries]
                if kept and sought.may_fit(found):
                    touched.update(dict.fromkeys(kept))
        yield from [entries[key] for key in touched]

    def keep(self, entry: Entry) -> None:
        """Do nothing: durable-rules knows of every case that may be kept."""

    def drop(self, entry: Entry) -> None:
        """Do nothing, as with `keep`."""

    def candidates(self, plan: Plan, relation: Relation, view: View) -> list[Event]:
        """Give the events that durable-rules paired with a trigger, in order of time."""
        if not self._found:
            return []
        event = view.event
        is_real = self._record.by_id.get(event.id) is event
        tried = self._tried.get((plan.number, event, view.bearer, is_real))
        sought = None if tried is None else tried.sought.get(relation.number)
        if tried is None or sought is None:
            return self._sought_once(plan, relation, view)
        self._following.settle()
        found = [one.event for one in sought.pairs if sought.may_fit(one)]
        if tried.itself(relation.number, in_time=False) is not Truth.FALSE:
            found.append(event)
        return _sorted(found, relation, is_narrowed=sought.is_narrowed)

    def _sought_once(self, plan: Plan, relation: Relation, view: View) -> list[Event]:
        """Seek a relation for what is not on record, such as a relationship, and forget it."""
        self._teller.lay_out((plan,))
        layout = self._teller.own_layouts[plan.number]
        tried = Tried(plan, view, False, layout, token=self._token())  # noqa: FBT003 - attrs
        tried.duty = self.rows.duty(plan, view)
        sought = self._sought(tried, relation)
        self._following.settle()
        found = [one.event for one in sought.pairs if sought.may_fit(one)]
        self._forget(tried)
        return _sorted(found, relation, is_narrowed=sought.is_narrowed)

    def check(self, entry: Entry, case: Case) -> None:
        """Hold a case against what durable-rules alone says of it.

        Raises:
            EngineError: When the two differ.
        """
        self._turn_clock()
        self._following.settle()
        tried = self._tried[entry.plan.number, entry.event, entry.bearer, True]
        compare(opinion(tried, self._record.open_kinds, case), case)


def _is_narrowed(layout: PairLayout, sides: tuple[Side, ...]) -> bool:
    """Tell whether the trigger has a name that candidates have to share."""
    relation = layout.relation
    states = {
        path: side.state
        for (path, answering, _), side in zip(layout.others, sides, strict=True)
        if answering is relation.answering
    }

    def narrows(join: object) -> bool:
        return not isinstance(join, Compared) or states[join.other] in {"known", "one-of"}

    return any(all(map(narrows, joins)) for joins in relation.joins)


def _concerns(section: Section, tried: Tried) -> bool:
    """Tell whether a section is about an event, which may be one that its case looks for."""
    if section not in tried.layout.sections:
        return False
    if not section[0].startswith("itself"):
        return True
    kind = kind_of(tried.view.event).name
    return tried.is_real and any(
        kind in one.related.pattern.kinds
        for one in tried.plan.relations.values()
        if one.number == section[1]
    )


def _looking(compiled: Plans) -> dict[str, list[tuple[Plan, Relation]]]:
    """Give the relations that look for each kind of event, those of denied acts as well."""
    found: dict[str, dict[tuple[int, int], tuple[Plan, Relation]]] = {}
    waiting = list(reversed(compiled.all))
    while waiting:
        plan = waiting.pop()
        waiting += plan.barring
        for relation in plan.relations.values():
            for kind in relation.related.pattern.kinds:
                of_kind = found.setdefault(kind, {})
                of_kind.setdefault((plan.number, relation.number), (plan, relation))
    return {kind: list(listed.values()) for kind, listed in found.items()}


def _sorted(found: list[Event], relation: Relation, *, is_narrowed: bool) -> list[Event]:
    """Sort candidates by time and id, as the record does."""
    if len(relation.related.pattern.kinds) == 1 and not is_narrowed:
        return sorted(found, key=lambda one: (one.at.first, one.at.last, one.id))
    return sorted(found, key=lambda one: (one.at.first, one.id))


def findings(
    rulebook: Rulebook,
    register: Register,
    history: History,
    terms: Terms | None = None,
    process: Process | None = None,
) -> tuple[Finding, ...]:
    """Give what a rulebook finds on a register and a history at its clock.

    Args:
        rulebook: The clauses and rules.
        register: What lasts.
        history: The events and the clock.
        terms: What the rulebook is read under.
        process: A process to use, which is left running; otherwise one is borrowed.

    Raises:
        EngineError: When durable-rules fails for good, or differs from how a case was
            settled.
    """
    terms = terms or Terms(open_kinds=history.open_kinds)
    lent = borrowed() if process is None else process
    lent.reset()

    def made(docket: Docket) -> DurableMatcher:
        matcher = DurableMatcher(docket, lent)
        if process is not None:
            matcher.release.detach()
        return matcher

    docket = Docket(plans(rulebook), register, terms, history.as_of, made)
    try:
        docket.update((), history.read)
        return docket.findings()
    finally:
        if process is None:
            incidents.extend(lent.incidents)
            docket.matcher.close()


incidents: list[str] = []
"""What went wrong and was mended since somebody last looked, in words."""


def matcher(docket: Docket) -> DurableMatcher:
    """Make a matcher with a process of its own, which it gives back when it is closed."""
    return DurableMatcher(docket, borrowed())
