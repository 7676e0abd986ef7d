"""Standing duties: what has to hold on every day, and each stretch in which it fails."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from councilrules.cases import Case
from councilrules.events import Event, Proof, Unknown
from councilrules.findings import Absence, Because, Finding, Status, Want, all_of, any_of, negated
from councilrules.periods import Moment, Stretch, between
from councilrules.periods.moments import LONG_AGO
from councilrules.register import ANYTHING, COUNCIL, Procedure
from councilrules.rules import Judged, Not
from councilrules.situations import View, in_time
from councilrules.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.register import Decision
    from councilrules.rules import Rule, Standing
    from councilrules.situations import Situations
    from councilrules.situations.jurisdiction import Jurisdiction

_STATUS = {
    Truth.TRUE: Status.MET,
    Truth.FALSE: Status.BREACHED,
    Truth.UNKNOWN: Status.UNDETERMINED,
}


@frozen
class _Run:
    """A stretch in which the truth stays the same; `end` is `None` at the clock."""

    held: Because
    start: Moment
    end: Moment | None

    @property
    def fails(self) -> bool:
        """Tell whether what has to hold is known not to."""
        return self.held.truth is Truth.FALSE


@frozen(kw_only=True)
class StandingDuties:
    """Tells of each standing duty of a rulebook where it is met and where it fails.

    Attributes:
        situations: What the register and the judgements say.
        jurisdiction: When the rulebook is in force.
        as_of: The clock.
    """

    situations: Situations
    jurisdiction: Jurisdiction
    as_of: datetime

    def findings(self, rule: Rule, *, asked: bool) -> Iterator[Finding]:
        """Give the findings of a standing duty: one for each gap, or one that it is met.

        Args:
            rule: The rule.
            asked: Whether to examine it although the register is silent (P1).
        """
        standing = rule.standing
        if standing is None:
            return
        force = self.jurisdiction.in_force
        is_dated = not (force.since_unknown or force.until_unknown)
        begin = max(force.begins.last, LONG_AGO) if is_dated else LONG_AGO
        end = min(self.as_of, force.ends.first) if is_dated else self.as_of
        if begin > end:
            return
        if standing.register_kind not in self.situations.register.speaks_of:
            if asked:
                start = begin if is_dated else self.as_of
                yield self._finding(rule, _unknown(standing.register_kind, start))
            return
        runs = _joined(self._runs(rule, standing, begin, end))
        failing = [run for run in runs if run.held.truth is not Truth.TRUE]
        if not is_dated:
            # Whatever may have failed at some time hangs on that one question (P14).
            runs, failing = [], [_unknown("in-force", self.as_of)] if failing else []
        for run in failing or runs[-1:]:
            yield self._finding(rule, run)

    def case(self, rule: Rule, finding: Finding) -> Case:
        """Give the case of a standing duty, with why it held or failed at its beginning."""
        view = View(Event(id=finding.on, at=finding.opened), bearer=finding.bearer)
        held = Because(Truth.UNKNOWN, "done", wants=finding.wants)
        speaks_of = self.situations.register.speaks_of
        if rule.standing is not None and rule.standing.register_kind in speaks_of:
            tree = self._held_at(rule, rule.standing, finding.opened.last)
            held = evolve(tree, about="done", parts=tree.parts)
        bound = self.jurisdiction.bound(rule, view)
        return Case(
            rule=rule,
            view=view,
            bound=bound,
            trigger=all_of("trigger", (bound,)),
            excused=any_of("excused", ()),
            done=held,
            deadline=None,
            left=Truth.FALSE,
            status=finding.status,
            late=None,
        )

    def _runs(self, rule: Rule, standing: Standing, begin: datetime, end: datetime) -> list[_Run]:
        """Divide the time in force into stretches in which the truth stays the same."""
        edges = {begin, end}
        for entry in self._entries(standing):
            for moment in (entry.tenure.since, entry.tenure.until):
                if moment is not None:
                    edges |= {moment.first, moment.last}
        instants = sorted(edge for edge in edges if begin <= edge <= end)
        runs: list[_Run] = []
        for instant in instants:
            held = self._held_at(rule, standing, instant)
            if runs and runs[-1].held.truth is held.truth:
                continue
            at = Moment(instant, instant)
            if runs:
                runs[-1] = evolve(runs[-1], end=at)
            runs.append(_Run(held, at, None))
        return runs

    def _entries(self, standing: Standing) -> Iterator[Procedure | Decision]:
        register = self.situations.register
        if standing.register_kind == "procedures":
            yield from register.procedures
        else:
            yield from (one for one in register.decisions if one.is_delegation)

    def _held_at(self, rule: Rule, standing: Standing, instant: datetime) -> Because:
        """Tell whether all that has to be there is there at an instant."""
        moment = Moment(instant, instant)
        view = View(Event(id="", at=moment), part=Stretch.at(moment))
        held = all_of(rule, (self._has(standing, name, view) for name in standing.entries))
        judged = [one for one in rule.further if isinstance(one, Judged)]
        if held.truth is Truth.TRUE or not judged:
            return held
        asked = (self._judged(standing, one) for one in judged)
        return negated(rule, all_of(rule, (negated(rule, held), *asked)))

    def _judged(self, standing: Standing, judged: Judged) -> Because:
        kind = standing.register_kind
        return self.situations.judged_of_register(judged, judged.question, kind)

    def _has(self, standing: Standing, name: str, view: View) -> Because:
        return any_of(name, [
            all_of(entry, self._suffices(standing, entry, view))
            for entry in self._entries(standing)
            if _is_for(entry, name)
        ])  # fmt: skip

    def _suffices(
        self, standing: Standing, entry: Procedure | Decision, view: View
    ) -> Iterator[Because]:
        if (entry.kinds if isinstance(entry, Procedure) else entry.subject) is Unknown.UNKNOWN:
            yield Because(Truth.UNKNOWN, "kind", wants=(Want("register", entry.id, "kind"),))
        yield in_time(entry.tenure, view, entry.id, "period", proof=entry.proof, answering=True)
        for attribute, word, question in standing.expecting:
            if getattr(entry, attribute) != word:
                judged = Judged(question)
                yield negated(Not(judged), self._judged(standing, judged))

    def _finding(self, rule: Rule, run: _Run) -> Finding:
        status = _STATUS[run.held.truth]
        kind = "" if rule.standing is None else rule.standing.register_kind
        absent = Absence(name="standing", kinds=())
        rulebook = self.situations.rulebook
        day = run.start.first.astimezone(ZoneInfo(rulebook.zone)).date()
        return Finding(
            rulebook=rulebook.id,
            clause=rule.clause,
            rule=rule.id,
            status=status,
            bearer=COUNCIL,
            on=f"{kind}@{day.isoformat()}",
            events=tuple(sorted(run.held.events)),
            proof=run.held.proof if status is Status.BREACHED else Proof.ESTABLISHED,
            force=rule.force,
            hedge=rule.hedge,
            opened=run.start,
            ended=run.end,
            absent=(absent,) if status is Status.BREACHED else (),
            assumes=("in-force",) if self.jurisdiction.is_assumed else (),
            wants=run.held.wants if status is Status.UNDETERMINED else (),
        )


def _unknown(kind: str, start: datetime) -> _Run:
    held = Because(Truth.UNKNOWN, "standing", wants=(Want("register", "", kind),))
    return _Run(held, Moment(start, start), None)


def _joined(runs: list[_Run]) -> list[_Run]:
    """Take the hours in which it is unclear when a failure began or ended as its edges.

    An entry that holds since a day holds since some moment of that day; that is no case
    of its own beside the failure before or after it.
    """
    found: list[_Run] = []
    for run in runs:
        before = found[-1] if found else None
        unsure = before is not None and before.held.truth is Truth.UNKNOWN
        if run.fails and before is not None and unsure:
            found[-1] = evolve(run, start=between(before.start, run.start))
            if len(found) > 1 and found[-2].fails:
                found[-2:] = [evolve(found[-1], start=found[-2].start)]
        elif before is not None and before.fails and run.held.truth is Truth.UNKNOWN and run.end:
            found[-1] = evolve(before, end=between(run.start, run.end))
        else:
            found.append(run)
    return found


def _is_for(entry: Procedure | Decision, name: str) -> bool:
    """Tell whether an entry may be for something; one without limit is for everything."""
    listed = entry.kinds if isinstance(entry, Procedure) else entry.subject
    return not isinstance(listed, tuple) or name in listed or ANYTHING in listed
