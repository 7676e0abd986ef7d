"""Cases: each rule tried on each event that may open one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.cases import Case, bearers
from councilrules.cases.standing import StandingDuties
from councilrules.events import Proof
from councilrules.findings import Because, Status, Want, all_of, any_of, negated, renamed
from councilrules.history import names
from councilrules.periods import Moment, Stretch
from councilrules.reference.conditions import Conditions
from councilrules.rules import Holds, Judged, Modality, Path
from councilrules.situations import View
from councilrules.situations.deadlines import Deadline, deadline
from councilrules.situations.denied import denied_act
from councilrules.situations.jurisdiction import Jurisdiction
from councilrules.situations.relationships import relationship_events
from councilrules.truth import Truth
from councilrules.verdicts import verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.events import Event
    from councilrules.history import History
    from councilrules.periods import Tenure
    from councilrules.register import Register
    from councilrules.rules import Condition, Rule, Rulebook


_UNTRIED = Because(Truth.FALSE, "excused")
_NOT_DONE = Because(Truth.FALSE, "done")


class Cases:
    """Opens and settles the cases of one rulebook."""

    def __init__(
        self,
        rulebook: Rulebook,
        register: Register,
        history: History,
        in_force: Tenure | None = None,
    ) -> None:
        """Take what is to be read, and when the rulebook is in force, if that is told."""
        self.rulebook = rulebook
        self.history = history
        self.conditions = Conditions(rulebook, register, history)
        self.jurisdiction = Jurisdiction(rulebook, self.conditions.situations, in_force)
        self._relationships = relationship_events(register, history.as_of)

    @property
    def standing(self) -> StandingDuties:
        """Give what tells of the standing duties."""
        return StandingDuties(
            situations=self.conditions.situations,
            jurisdiction=self.jurisdiction,
            as_of=self.history.as_of,
        )

    def of(self, rule: Rule, events: Iterable[Event]) -> Iterator[Case]:
        """Give the cases of a rule on those of `events` that can open one.

        A reminder opens none, nor does an event whose bearer is known to be nobody.
        """
        for event in events:
            if not names(event.repeats):
                for bearer in bearers(rule, event):
                    yield self.case(rule, View(event, rule.bearer, bearer))

    def openers(self, rule: Rule) -> Iterable[Event]:
        """Give the events that can open a case of a rule, in order of time.

        Those are the events of its kinds; or, for a rule on any event, those that raise
        a question that it asks.
        """
        kinds = rule.trigger.kinds or self._raising(rule)
        found = [one for kind in kinds for one in self._of_kind(kind)]
        if not rule.trigger.kinds:
            found += self.history.raising(rule.questions)
            found = list({id(one): one for one in found}.values())
        if len(kinds) > 1 or not rule.trigger.kinds:
            found.sort(key=lambda one: (one.at.first, one.id))
        return found

    def _raising(self, rule: Rule) -> tuple[str, ...]:
        """Give the kinds of event that raise the questions of a rule by themselves."""
        asked = (self.rulebook.questions[name].raised_by for name in sorted(rule.questions))
        return tuple(sorted(frozenset().union(*asked)))

    def _of_kind(self, kind: str) -> Iterable[Event]:
        if kind == "relationship-held":
            return self._relationships
        return self.history.by_kind.get(kind, ())

    def case(self, rule: Rule, view: View) -> Case:
        """Settle one case."""
        bound = self.jurisdiction.bound(rule, view)
        view = evolve(view, part=self.jurisdiction.part(rule, view))
        trigger = all_of("trigger", (bound, *self._opening(rule, view, bound)))
        duty = rule.modality is Modality.MUST
        due = deadline(rule, self.rulebook, view.event) if duty else None
        left = Truth.FALSE if due is None else due.left(self.history.as_of)
        done, excused = _NOT_DONE, _UNTRIED
        if trigger.truth is not Truth.FALSE:
            done = self._done(rule, view, due)
            excused = any_of("excused", self._exceptions(rule, view, due, done))
        status = verdict(trigger=trigger.truth, excused=excused.truth, done=done.truth, left=left)
        is_late = duty and status in {Status.BREACHED, Status.UNDETERMINED}
        late = self._late(rule, view) if is_late else None
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
            late=None if late is None else self.history.by_id[late.origin],
        )

    def _late(self, rule: Rule, view: View) -> Because | None:
        """Find what was required, done after the deadline."""
        found = self.conditions.related(rule.required[0], view, answering=True)
        return next((part for part in found.parts if part.truth is Truth.TRUE), None)

    def _opening(self, rule: Rule, view: View, bound: Because) -> Iterator[Because]:
        if bound.truth is not Truth.FALSE:
            yield self.fits(rule, view)

    def fits(self, rule: Rule, view: View) -> Because:
        """Tell whether an act is what the rule speaks of, whoever did it.

        Judgements come last, so that nobody is asked what no longer matters.
        """
        return all_of("fits", self._fitting(rule, view))

    def _fitting(self, rule: Rule, view: View) -> Iterator[Because]:
        yield self.conditions.situations.happened(view.event, answering=False)
        yield self.conditions.holds(rule.trigger.condition, view, answering=False)
        for condition in sorted(rule.further, key=lambda one: isinstance(one, Judged)):
            yield self.conditions.holds(condition, view, answering=False)

    def _done(self, rule: Rule, view: View, due: Deadline | None) -> Because:
        if not rule.required:
            return _NOT_DONE
        *earlier, last = rule.required
        found = self.conditions.related(
            last, view, answering=True, deadline=due, earlier=tuple(earlier)
        )
        return renamed("done", found)

    def _exceptions(
        self, rule: Rule, view: View, due: Deadline | None, done: Because
    ) -> Iterator[Because]:
        for name, condition in rule.exceptions:
            found = self.conditions.holds(condition, view, answering=True, deadline=due)
            yield renamed(f"unless:{name}", found)
        for name, condition in rule.gaps:
            yield self._gap(name, condition, view)
        if rule.denies is not None:
            yield from self.yielding(rule, view)
        if due is not None and done.truth is not Truth.TRUE:
            yield self.left_office(rule, view, due)

    def _gap(self, name: str, condition: Condition, view: View) -> Because:
        """Tell whether the text is silent here: that is never more than unknown (P6)."""
        found = self.conditions.holds(condition, view, answering=False)
        about = f"unclear:{name}"
        if found.truth is Truth.FALSE:
            return renamed(about, found)
        known = found.truth is Truth.TRUE
        wants = (Want("text", view.event.id, name),) if known else found.wants
        return Because(Truth.UNKNOWN, about, (found,), found.proof, found.events, wants)

    def yielding(self, rule: Rule, view: View) -> Iterator[Because]:
        """Try the clauses that this one yields to on the act that was refused (P12)."""
        assert rule.denies is not None  # noqa: S101 - only called for such rules
        act = denied_act(rule.denies, view.event)
        for clause in self.rulebook[rule.clause].subject_to:
            tried = [
                case
                for other in self.rulebook[clause].rules
                if other.modality is Modality.MUST_NOT and act.kind in other.trigger.kinds
                for case in self.of(other, [act.event])
            ]
            parts = (_barring(case) for case in tried)
            barred = any_of(f"unless:barred-by-{clause}", parts)
            yield evolve(barred, wants=tuple(act.asked(want) for want in barred.wants))

    def left_office(self, rule: Rule, view: View, due: Deadline) -> Because:
        """Tell whether the bearer no longer held the office when it was due (P6)."""
        about = "unless:left-office"
        if due.last > self.history.as_of or not (rule.roles and view.bearer):
            return Because(Truth.FALSE, about)
        then = evolve(view, part=Stretch.at(Moment(due.first, due.last)))
        office = Holds(Path(rule.bearer or ""), rule.roles)
        held = self.conditions.situations.truth_of(office, then, answering=False)
        return negated(about, held)


def _barring(case: Case) -> Because:
    """Say what a case of the other clause comes to, as an exception of this one."""
    events = case.trigger.events
    if case.status is Status.BREACHED:
        proof = min(case.trigger.proof, case.excused.proof)
        if proof > Proof.ALLEGED:
            return Because(Truth.TRUE, case.rule, (case.because,), proof, events)
        wants = (Want("proof", case.view.bearer or "", "interests"),)
        return Because(Truth.UNKNOWN, case.rule, (case.because,), proof, events, wants)
    if case.status is Status.UNDETERMINED:
        asked = (*case.trigger.wants, *case.excused.wants)
        return Because(Truth.UNKNOWN, case.rule, (case.because,), events=events, wants=asked)
    return Because(Truth.FALSE, case.rule, (case.because,), events=events)
