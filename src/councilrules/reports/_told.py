"""The findings about each person, with why, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from attrs import frozen

from councilrules import wording
from councilrules.events import Proof
from councilrules.findings import Status
from councilrules.reference import Cases
from councilrules.reports._branches import Branch, Branches
from councilrules.reports._findings import QUIET, Group, alike, called, in_short
from councilrules.reports._model import (
    ClauseTold,
    Considered,
    FindingTold,
    Kind,
    PersonTold,
    Reason,
    Reference,
)
from councilrules.reports._questions import numbers
from councilrules.reports.text import bearers, counts, remarks_on
from councilrules.reports.tree import TRUTHS, is_answer
from councilrules.rules import Modality
from councilrules.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from councilrules.assessing import Assessment
    from councilrules.cases import Case
    from councilrules.findings import Because, Finding
    from councilrules.trace import Trace

    LeastOf = Callable[[Assessment, Finding], Iterable[str]]

_KINDS: Final = get_args(Kind)
_OUTCOMES = {
    Truth.TRUE: "applies",
    Truth.FALSE: "does not apply",
    Truth.UNKNOWN: "not known whether it applies",
}
_GAPS = {
    Truth.TRUE: "the text leaves this open",
    Truth.FALSE: "does not matter here",
    Truth.UNKNOWN: "not known whether it matters here",
}
_DIFFERS = {
    "amended": "The text given here reads otherwise than the one for which the rulebook was written.",
    "removed": "This clause was not found in the text given here.",
    "same": "",
}


def kind(finding: Finding) -> Kind:
    """Say in one word what a finding comes to."""
    match finding.status:
        case Status.BREACHED:
            return "if-proved" if finding.proof is Proof.ALLEGED else "breach"
        case Status.UNDETERMINED:
            causes = {want.cause for want in finding.wants}
            return "judgement" if causes == {"judgement"} else "question"
        case Status.OPEN:
            return "open"
        case Status.EXCUSED | Status.MET:
            return "settled"


@frozen(kw_only=True)
class Shown:
    """What is shown of a scenario, and where it stands in the report.

    Attributes:
        anchor: Where the scenario stands.
        events: Where each event stands that is shown, by its id.
        texts: The published texts by rulebook.
        least: What gives the smallest changes that would turn a finding.
        everything: Whether what was met or excused is told in full.
    """

    anchor: str
    events: Mapping[str, str]
    texts: Mapping[str, Trace]
    least: LeastOf
    everything: bool

    def event(self, name: str) -> Reference:
        """Refer to an event."""
        return Reference(text=name, anchor=self.events.get(name, ""))


class People:
    """Tells the findings of one assessment person by person."""

    def __init__(self, made: Assessment, shown: Shown, anchor: str, first: int) -> None:
        """Take the assessment, where it stands, and the number of its first finding."""
        self._made = made
        self._shown = shown
        self._anchor = anchor
        self._first = first
        self._explained = _Explained(made)
        self._traced = {}
        if made.rulebook.id in shown.texts:
            self._traced = {one.clause: one for one in shown.texts[made.rulebook.id].clauses}
        self._found: list[tuple[FindingTold, list[Finding]]] = []

    def told(self) -> Iterator[PersonTold]:
        """Tell what was found, those with the gravest findings first."""
        for number, bearer in enumerate(bearers(self._made.findings), start=1):
            own = [one for one in self._made.findings if one.bearer == bearer]
            name = called(bearer)
            yield PersonTold(
                name=f"{name[:1].upper()}{name[1:]}" if bearer in {None, "council"} else name,
                anchor=f"{self._anchor}-p{number}",
                counts=tuple(counts(own)),
                findings=tuple(self._findings(own)),
                in_short=() if self._shown.everything else tuple(_short(own)),
            )

    @property
    def pinned(self) -> Iterator[tuple[FindingTold, Finding]]:
        """Give what was told so far, each with the finding that stands for it."""
        return ((told, those[0]) for told, those in self._found)

    @property
    def told_by_key(self) -> Mapping[tuple[str, ...], FindingTold]:
        """Give what was told so far by the keys of the findings in it."""
        return {one.key: told for told, those in self._found for one in those}

    def _findings(self, own: list[Finding]) -> Iterator[FindingTold]:
        everything = self._shown.everything
        groups: dict[object, list[Finding]] = {}
        for one in own:
            if everything or one.status not in QUIET:
                groups.setdefault((one.clause, kind(one), alike(one)), []).append(one)
        ranked = sorted(groups.values(), key=lambda those: _KINDS.index(kind(those[0])))
        for those in ranked:
            told = self._finding(those, self._first + len(self._found))
            self._found.append((told, those))
            yield told

    def _finding(self, those: list[Finding], number: int) -> FindingTold:
        group = Group(self._made, those)
        first = group.first
        wanted = {want for one in those for want in one.wants}
        least = [text for one in those for text in self._shown.least(self._made, one)]
        on = [one for one in dict.fromkeys(each.on for each in those) if "@" not in one]
        cited = dict.fromkeys(name for each in those for name in (each.on, *each.events))
        return FindingTold(
            id=f"F{number}",
            anchor=f"{self._shown.anchor}-f{number}",
            kind=kind(first),
            status=wording.status(first),
            rules=tuple(dict.fromkeys(wording.plain(one.rule) for one in those)),
            force=wording.force(first),
            clause=self._clause(first.clause),
            bearer=called(first.bearer),
            evidence=tuple(group.evidence()),
            outcome=tuple(group.outcome()),
            considered=tuple(self._considered(those)),
            least=tuple(dict.fromkeys(least)),
            hangs_on=tuple(group.wanted()),
            questions=tuple(
                Reference(text=f"question {place}", anchor=f"{self._anchor}-q{place}")
                for want, place in numbers(self._made).items()
                if want in wanted
            ),
            on=tuple(map(self._shown.event, on)),
            events=tuple(self._shown.event(one) for one in cited if "@" not in one),
        )

    def _clause(self, name: str) -> ClauseTold:
        clause = self._made.rulebook[name]
        found = self._traced.get(name)
        return ClauseTold(
            id=name,
            means=clause.means,
            published="" if found is None else found.text,
            differs="" if found is None else _DIFFERS[found.outcome],
            remarks=tuple(map(wording.sentence, remarks_on(clause))),
        )

    def _considered(self, those: list[Finding]) -> Iterator[Considered]:
        """Tell the exceptions of each rule, those that another event of it has once."""
        by_rule = {one.rule: one for one in reversed(those)}
        for rule, finding in reversed(by_rule.items()):
            case = self._explained.case(finding)
            branches = Branches(self._made, case)
            for part in case.excused.parts:
                yield _considered(part, branches, rule if len(by_rule) > 1 else "")


def _considered(part: Because, branches: Branches, rule: str) -> Considered:
    """Tell an exception, or a gap in the text, with what decides whether it applies."""
    told = branches.each((part,))[0]
    outcomes = _OUTCOMES if is_answer(part) else _GAPS
    return Considered(
        name=told.text,
        rule=wording.plain(rule),
        outcome=outcomes[part.truth],
        reasons=_reasons(told),
    )


def _reasons(branch: Branch) -> tuple[Reason, ...]:
    """Give the lines below one that decide it: those that are as true as it is.

    What is turned round has none; all of what is below it is given then.
    """
    deciding = [one for one in branch.parts if one.truth is branch.truth]
    return tuple(
        Reason(
            truth="" if one.truth is None else TRUTHS[one.truth],
            text=one.text,
            source=one.source,
            parts=_reasons(one),
        )
        for one in deciding or branch.parts
    )


def _short(own: Iterable[Finding]) -> Iterator[str]:
    """Say in a line each what was excused and what was met."""
    listed = list(own)
    for status, word in ((Status.EXCUSED, "Excused"), (Status.MET, "Met")):
        told = dict.fromkeys(in_short(one) for one in listed if one.status is status)
        if told:
            yield f"{word}: {'; '.join(told)}."


class _Explained:
    """Gives the case of each finding of an assessment, with the truths it comes from."""

    def __init__(self, made: Assessment) -> None:
        scenario = made.scenario
        named = (one for one in scenario.rulebooks if one.rulebook.id == made.rulebook.id)
        in_force = next((one.in_force for one in named), None)
        self._book = made.rulebook
        self._cases = Cases(self._book, scenario.register, scenario.history, in_force)

    def case(self, finding: Finding) -> Case:
        rule = self._book.rule(finding.clause, finding.rule)
        if rule.modality is Modality.STANDING:
            return self._cases.standing.case(rule, finding)
        openers = [one for one in self._cases.openers(rule) if one.id == finding.on]
        return next(
            case for case in self._cases.of(rule, openers) if case.view.bearer == finding.bearer
        )
