"""The findings about one person, clause by clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules import wording
from councilrules.events import Proof
from councilrules.events.record import JudgementRecorded
from councilrules.findings import GRAVITY, Finding, Status
from councilrules.reports._layout import heading, marked, wrapped
from councilrules.reports._questions import numbers, refer
from councilrules.reports._record import bearing, usual_proof
from councilrules.situations.relationships import relationship_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from councilrules.assessing import Assessment
    from councilrules.events import Event
    from councilrules.findings import Want

QUIET = frozenset({Status.EXCUSED, Status.MET})
COLOURS = {
    Status.BREACHED: "red",
    Status.UNDETERMINED: "yellow",
    Status.OPEN: "cyan",
    Status.EXCUSED: "green",
    Status.MET: "green",
}
_NOBODY_KNOWN = "Somebody not known"


def called(bearer: str | None) -> str:
    """Call whoever answers, as a heading does."""
    return _NOBODY_KNOWN if bearer is None else wording.person(bearer)


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by gravity; those of equal gravity stay in their order."""
    return sorted(findings, key=lambda one: GRAVITY.index(one.status))


@frozen
class Person:
    """Tells the findings about one person.

    Attributes:
        made: The assessment.
        bearer: The person; `None` for whoever it was.
        everything: Whether to tell what was met or excused in full as well.
    """

    made: Assessment
    bearer: str | None
    everything: bool

    @property
    def own(self) -> list[Finding]:
        """Give the findings about the person."""
        return [one for one in self.made.findings if one.bearer == self.bearer]

    def told(self) -> Iterator[str]:
        """Tell the findings, the gravest first, clause by clause."""
        name = called(self.bearer)
        yield from heading(name[:1].upper() + name[1:] if self.bearer == "council" else name, "-")
        full = [one for one in self.own if self.everything or one.status not in QUIET]
        by_clause: dict[str, list[Finding]] = {}
        for finding in gravest_first(full):
            by_clause.setdefault(finding.clause, []).append(finding)
        for clause, found in by_clause.items():
            yield ""
            yield from self._clause(clause, found)
        if not self.everything:
            yield from _summary(self.own)
        yield ""

    def _clause(self, clause: str, found: list[Finding]) -> Iterator[str]:
        title = f"Clause {clause}"
        yield from marked(
            wrapped(f"{title}: {self.made.rulebook[clause].means}", "  ", "    "), title
        )
        groups: dict[object, list[Finding]] = {}
        for finding in found:
            groups.setdefault(alike(finding), []).append(finding)
        for those in groups.values():
            yield from Group(self.made, those).told()


def alike(finding: Finding) -> object:
    """Give what findings have in common that are told in one paragraph.

    Those are the findings of a rule on events that are one act (P5), and what several
    rules leave to be settled on one event.
    """
    if finding.status is not Status.UNDETERMINED:
        status = wording.status(finding)
        return finding.key if finding.act is None else (finding.act, finding.rule, status)
    if finding.elapsed is not None:
        return finding.key
    status = wording.status(finding)
    return status, finding.force, finding.hedge, finding.on, finding.events, finding.proof


def _summary(found: Iterable[Finding]) -> Iterator[str]:
    """Say in a line each what was excused and what was met."""
    for status, word in ((Status.EXCUSED, "Excused"), (Status.MET, "Met")):
        told = [in_short(one) for one in found if one.status is status]
        if told:
            yield ""
            yield from marked(
                wrapped(f"{word}: {'; '.join(dict.fromkeys(told))}.", "  ", "    "), word, "green"
            )


def in_short(finding: Finding) -> str:
    """Say of what was excused or met which clause it is of, and on what."""
    on = "" if "@" in finding.on else f" on {finding.on}"
    by = "" if finding.excused_by is None else f" ({wording.excuse(finding.excused_by)})"
    return f"{finding.clause}{on}{by}"


@frozen
class Group:
    """Tells findings that rest on the same and differ only in the rule.

    Attributes:
        made: The assessment.
        findings: The findings, at least one.
    """

    made: Assessment
    findings: list[Finding]

    @property
    def first(self) -> Finding:
        """Give the finding that stands for them all."""
        return self.findings[0]

    @property
    def rule(self) -> str:
        """Name the rule that they are of; empty if they are of several."""
        are_several = len({one.rule for one in self.findings}) > 1
        return "" if are_several else wording.plain(self.first.rule)

    def told(self) -> Iterator[str]:
        """Tell them as lines of text."""
        first = self.first
        status = wording.status(first)
        rule = f": “{self.rule}”" if self.rule else ""
        title = f"{status}{rule} ({wording.force(first)})"
        yield from marked(wrapped(title, "    ", "      "), status, COLOURS[first.status])
        for text in (*self.evidence(), *self.outcome(), *self.wanted()):
            yield from wrapped(text, "      ", "        ")

    def evidence(self) -> Iterator[str]:
        """Say what they rest on."""
        for finding in {one.on: one for one in self.findings}.values():
            yield from self._evidence(finding)

    def outcome(self) -> Iterator[str]:
        """Say what was due, what is not on record, what excuses, and what bears on it."""
        first = self.first
        yield from wording.timing(first, self.made.rulebook.zone)
        rule = self.made.rulebook.rule(first.clause, first.rule)
        for absence in first.absent:
            yield wording.absent(absence, rule, self.made.rulebook.zone)
        if first.excused_by:
            yield f"Excused: {wording.excuse(first.excused_by)}."
        yield from self._besides(first)

    def _evidence(self, finding: Finding) -> Iterator[str]:
        """Say what the finding rests on: first what opened the case, then by date."""
        since = wording.when(finding.opened, self.made.rulebook.zone)
        if "@" in finding.on and since:
            yield f"Since {since}."
        for event in self._opener(finding):
            yield f"On {event.id}: {self._told(event)}."
        for event in self.made.scenario.history.read:
            if event.id in finding.events and event.id != finding.on and not event.context:
                yield f"With {event.id}: {self._told(event)}."
        yield from self._judgements(finding)
        if finding.proof is Proof.ALLEGED and not self._rests_on_alleged_events(finding):
            yield "What is alleged only is an entry of the register, or a value of the event."

    def _opener(self, finding: Finding) -> Iterator[Event]:
        scenario = self.made.scenario
        if finding.on in scenario.history.by_id:
            yield scenario.history.by_id[finding.on]
            return
        for event in relationship_events(scenario.register, scenario.history.as_of):
            if (event.id, event.by) == (finding.on, finding.bearer):
                yield event

    def _told(self, event: Event) -> str:
        """Tell an event with its time, and its proof where that is not the usual one."""
        told = wording.told(event, self.made.rulebook.zone)
        is_usual = event.proof is usual_proof(self.made.scenario.history) or event.derived
        return told if is_usual else f"{told} ({wording.proved(event.proof)})"

    def _judgements(self, finding: Finding) -> Iterator[str]:
        """Say who answered a question of judgement on it, how, and why."""
        asked = self.made.rulebook.rule(finding.clause, finding.rule).questions
        for event in self.made.scenario.history.read:
            is_cited = event.id in finding.events
            if is_cited and isinstance(event, JudgementRecorded) and event.question in asked:
                yield wording.judgement(event)

    def _rests_on_alleged_events(self, finding: Finding) -> bool:
        found = (self.made.scenario.history.by_id.get(one) for one in finding.events)
        return any(one is not None and one.proof is Proof.ALLEGED for one in found)

    def _besides(self, finding: Finding) -> Iterator[str]:
        """Say what bears on it without deciding it."""
        on = {finding.on, *finding.events}
        for event in self.made.scenario.history.read:
            if bearing(event, on) and not isinstance(event, JudgementRecorded):
                yield f"Also on record, {event.id}: {wording.said(event)}."
        for decision in self.made.scenario.register.decisions:
            if decision.approves in on:
                yield wording.approved_afterwards(decision.id)

    def wanted(self) -> Iterator[str]:
        """Refer to the questions, and show what the text itself leaves open."""
        numbered = numbers(self.made)
        if len(self.findings) > 1:
            told = [_by_rule(one, numbered) for one in self.findings]
            if any(told):
                yield wording.sentence("; ".join(filter(None, told)))
        elif refer(self.findings[0].wants, numbered):
            yield f"It hangs on {refer(self.findings[0].wants, numbered)}."
        gaps = [one.name for each in self.findings for one in each.wants if one.cause == "text"]
        for gap in dict.fromkeys(gaps):
            yield wording.gap(gap)


def _by_rule(finding: Finding, numbered: Mapping[Want, int]) -> str:
    questions = refer(finding.wants, numbered)
    return f"{wording.plain(finding.rule)}: {questions}" if questions else ""
