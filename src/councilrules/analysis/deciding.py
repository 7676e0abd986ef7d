"""Which parts of a rule the scenarios show to decide by themselves, and which edges they try.

A part is shown by two cases. In one it holds, in the other it does not; and in each of
them, were it the other way round and all other answers the same, the case would come to
what the other one comes to. So whatever else differs between the two decides nothing,
and a rule without that part would come to something else in one of them. Both have to be
cases of which their scenario says what to expect.

Where one exception or gap stands beside another, a case may come to the same without it.
It is then shown by what findings name: in one case it is named, and would not be if the
part were the other way round, and in the other it is not named, and would be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.analysis._edges import edges_of, spots
from councilrules.analysis._flips import trials
from councilrules.analysis._parts import parts_of_rule
from councilrules.analysis.formulas import FALSE, TRUE, Search, formula
from councilrules.analysis.outcomes import NO_FINDING, outcomes_in
from councilrules.coverage import coverage
from councilrules.coverage.items import Decided, Item, RuleItems, Shown
from councilrules.findings import GRAVITY
from councilrules.rules import Modality

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.analysis._edges import Edge
    from councilrules.analysis._flips import Trial
    from councilrules.analysis._parts import Part
    from councilrules.analysis.formulas import Formula
    from councilrules.assessing import Assessment
    from councilrules.events import Event
    from councilrules.rules import Rulebook
    from councilrules.scenarios import Expected, Scenario

Change = tuple[int, int]
"""What a case comes to, and what it would come to with one answer turned round."""

_TURNED = {TRUE: FALSE, FALSE: TRUE}


def decided(rulebook: Rulebook, assessments: Iterable[Assessment]) -> Decided:
    """Tell what of each rule scenarios show to decide by itself, and which edges they try.

    Args:
        rulebook: The rulebook.
        assessments: What its scenarios were assessed as, by that rulebook. Of a scenario
            counts only what it says what to expect of, by clause or by rule.
    """
    made = tuple(assessments)
    evidence = Evidence(rulebook)
    for one in made:
        evidence.add(one.scenario)
    return Decided(
        rulebook=rulebook.id,
        rules=tuple(
            RuleItems(
                clause=one.clause,
                rule=one.rule,
                statuses=tuple((status, times > 0) for status, times in one.reached.items()),
                items=tuple(evidence.items(f"{one.clause}/{one.rule}")),
            )
            for one in coverage(rulebook, made).rules
        ),
    )


class Evidence:
    """What scenarios show of the parts and edges of the rules of a rulebook.

    Attributes:
        rulebook: The rulebook.
        parts: The parts of each rule, by its name; `edges` likewise.
        formulas: The rules as formulas, by their names.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        """Take the rulebook, of which nothing is shown yet."""
        self.rulebook = rulebook
        self.formulas: dict[str, Formula] = {
            rule.name: formula(rulebook, rule)
            for rule in rulebook.rules
            if rule.modality is not Modality.STANDING
        }
        self.parts = {name: parts_of_rule(rulebook, one) for name, one in self.formulas.items()}
        self.edges = {
            name: tuple(edges_of(rulebook, one.rule, self.parts[name]))
            for name, one in self.formulas.items()
        }
        self._changes: dict[Part, dict[int, dict[Change, Shown]]] = {
            part: {TRUE: {}, FALSE: {}} for parts in self.parts.values() for part in parts
        }
        self._named: dict[Part, dict[int, Shown]] = {part: {} for part in self._changes}
        self._spots: dict[tuple[Part, str, str], Shown] = {}

    # --- what is shown -------------------------------------------------------------

    def pair(self, part: Part) -> tuple[Shown, Shown] | None:
        """Give two scenarios that show a part to decide, the one where it holds first."""
        held, failed = self._changes[part][TRUE], self._changes[part][FALSE]
        pairs = [
            (shown, failed[after, before])
            for (before, after), shown in held.items()
            if (after, before) in failed
        ]
        named = self._named[part]
        if TRUE in named and FALSE in named:
            pairs.append((named[TRUE], named[FALSE]))
        beside = (pair for pair in pairs if pair[0].file == pair[1].file)
        return next(beside, pairs[0] if pairs else None)

    def changes(self, part: Part, truth: int) -> tuple[Change, ...]:
        """Give what cases come to in which a part has a truth and decides."""
        return tuple(self._changes[part][truth])

    def on_edge(self, edge: Edge) -> Shown | None:
        """Give a scenario with a case on one side of an edge, which decides it."""
        return self._spots.get((edge.part, edge.spot, edge.way))

    def items(self, name: str) -> Iterator[Item]:
        """Give the items of a rule, each with the scenarios that show it."""
        for part in self.parts.get(name, ()):
            pair = self.pair(part)
            lacking = () if pair or part.cannot else tuple(self._lacking(part))
            yield Item(
                kind=part.kind, where=part.where, words=part.holds, lacking=lacking,
                shown_by=pair or (), cannot=part.cannot,
            )  # fmt: skip
        for edge in self.edges.get(name, ()):
            shown = self.on_edge(edge)
            yield Item(
                kind="boundary", where=edge.part.where, words=edge.words,
                lacking=() if shown else (f"a case {edge.words}",),
                shown_by=() if shown is None else (shown,),
            )  # fmt: skip

    def _lacking(self, part: Part) -> Iterator[str]:
        """Say which of the two scenarios is missing, or both."""
        if not self._changes[part][TRUE]:
            yield f"a scenario that hangs on this: {part.holds}"
        if not self._changes[part][FALSE]:
            yield f"a scenario that hangs on this: {part.fails}"
        if self._changes[part][TRUE] and self._changes[part][FALSE]:
            yield f"two scenarios that differ in nothing else: {part.holds}; {part.fails}"

    # --- taking it from scenarios ----------------------------------------------------

    def add(self, scenario: Scenario) -> None:
        """Take in what a scenario shows."""
        for assessed in scenario.rulebooks:
            if assessed.rulebook.id != self.rulebook.id:
                continue
            expected = {
                (one.clause, one.rule): one.findings
                for one in scenario.expected
                if one.rulebook == self.rulebook.id
            }
            clauses = {clause for clause, _ in expected}
            wanted = tuple(one for one in self.formulas.values() if one.rule.clause in clauses)
            made = tuple(trials(scenario, assessed, wanted))
            shown = Shown(file=scenario.place.file, title=scenario.name)
            for trial in made:
                rule = trial.formula.rule
                if (rule.clause, rule.id) in expected:
                    self._take(trial, shown, None)
                    self._take_named(trial, shown, expected[rule.clause, rule.id])
                elif (rule.clause, None) in expected:
                    self._take(trial, shown, tuple(_beside(trial, made)))

    def _take(self, trial: Trial, shown: Shown, beside: tuple[int, ...] | None) -> None:
        """Take in one case; `beside` has what the others of its clause come to."""
        name = trial.formula.rule.name
        for part in self.parts[name]:
            if self.pair(part) is None:
                for truth, after in turned(trial, part):
                    if _is_noticed(trial, after, beside):
                        seen = self._changes[part][truth]
                        seen.setdefault((trial.outcome, after), shown)
        missing = {edge.part for edge in self.edges[name] if self.on_edge(edge) is None}
        for part in missing:
            for spot, way, other in spots(trial, part):
                if trial.decides(part.node, other):
                    self._spots.setdefault((part, spot, way), shown)

    def _take_named(self, trial: Trial, shown: Shown, expected: tuple[Expected, ...]) -> None:
        """Take in what decides which exception or gap the finding of a case names."""
        if not any(_says_what_is_named(one, trial) for one in expected):
            return
        for part in self.parts[trial.formula.rule.name]:
            if part.answer and self.pair(part) is None:
                is_named = part.answer in trial.named()
                for truth, about in _truths(trial, part):
                    after = part.answer in trial.named(part.node, about, _TURNED[truth])
                    if (is_named, after) == (truth == TRUE, truth != TRUE):
                        self._named[part].setdefault(truth, shown)


def _says_what_is_named(expected: Expected, trial: Trial) -> bool:
    """Tell whether a scenario would fail if the finding named another exception or gap."""
    if (expected.bearer, expected.on) != (trial.bearer, trial.event.id):
        return False
    return expected.by is not None or expected.wants is not None


def turned(trial: Trial, part: Part) -> Iterator[tuple[int, int]]:
    """Give each truth of a part in a case that it decides, and what that would come to.

    That is what the case would come to if the part were the other way round.
    """
    for truth, about in _truths(trial, part):
        after = trial.forced(part.node, about, _TURNED[truth])
        if after != trial.outcome:
            yield truth, after


def _truths(trial: Trial, part: Part) -> Iterator[tuple[int, Event | None]]:
    """Give each known truth that a part has in a case, with the event that it is asked of."""
    abouts = (None,) if part.within is None else trial.candidates(part.within)
    anchors = (None,) if part.anchoring is None else trial.candidates(part.anchoring)
    for about in abouts:
        for anchor in anchors:
            truth = trial.truth(part.node, about, anchor)
            if truth in _TURNED and not (truth == FALSE and _is_there(trial, part)):
                yield truth, about


def _is_there(trial: Trial, part: Part) -> bool:
    """Tell whether what a relation looks for is there, though it does not fit.

    A relation is shown by there being none, unless the rule looks for one in two ways.
    """
    if part.kind != "relation" or not isinstance(part.node, Search):
        return False
    kinds = set(part.node.relation.pattern.kinds)
    alike = [one for one in trial.formula.searches if kinds & {*one.relation.pattern.kinds}]
    if len(alike) > 1:
        return False
    return any(one is not trial.event for one in trial.candidates(part.node))


def _beside(trial: Trial, made: Iterable[Trial]) -> Iterator[int]:
    rule = trial.formula.rule
    for other in made:
        same = other.event is trial.event and other.bearer == trial.bearer
        if same and other.formula.rule.clause == rule.clause and other.formula.rule is not rule:
            yield other.outcome


def _is_noticed(trial: Trial, after: int, beside: tuple[int, ...] | None) -> bool:
    """Tell whether the scenario would fail if the case came to something else."""
    if beside is None or trial.formula.rule.modality in {Modality.MAY, Modality.REFER}:
        return True
    return _gravest((trial.outcome, *beside)) != _gravest((after, *beside))


def _gravest(outcomes: Iterable[int]) -> str:
    """Give what a clause stands for (P13)."""
    found = {name for one in outcomes for name in outcomes_in(one)}
    return next((status.value for status in GRAVITY if status.value in found), NO_FINDING)


__all__ = ["Change", "Evidence", "decided", "turned"]
