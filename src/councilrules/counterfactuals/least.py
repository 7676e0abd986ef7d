"""The smallest changes of facts that would turn a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.counterfactuals._seen import World
from councilrules.counterfactuals._trying import Trying
from councilrules.counterfactuals.facts import naming
from councilrules.counterfactuals.listing import considered
from councilrules.findings import Status
from councilrules.wording import suppositions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.counterfactuals._trying import Signature, Tried
    from councilrules.counterfactuals.changes import Change
    from councilrules.findings import Finding
    from councilrules.rules import Rulebook
    from councilrules.scenarios import Scenario

_TURNED: dict[Status, frozenset[Status | None]] = {
    Status.BREACHED: frozenset({Status.MET, Status.EXCUSED, None}),
    Status.MET: frozenset({Status.BREACHED}),
    Status.EXCUSED: frozenset({Status.BREACHED}),
    Status.OPEN: frozenset({Status.MET, Status.BREACHED}),
    Status.UNDETERMINED: frozenset(),
}
"""What counts as having turned a finding; never into what is not settled."""

MOST_TRIED = 800
"""After how many settlings of the case a search for several changes is given up."""


@frozen(kw_only=True)
class LeastChange:
    """A smallest set of changes of facts that would turn a finding.

    Attributes:
        finding: The finding.
        changes: The changes.
        status: What the case then comes to; `None` if nothing is found any more.
        says: It in a sentence.
    """

    finding: Finding
    changes: tuple[Change, ...]
    status: Status | None
    says: str

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario as it would be after the changes."""
        for change in self.changes:
            scenario = change.apply(scenario)
        return scenario


@frozen(kw_only=True)
class Turning:
    """All that was found out about what would turn a finding.

    Attributes:
        finding: The finding.
        changes: The smallest sets of changes, those nearest at hand first.
        others: How many more there are, of the same size.
        most: How many facts were changed at once, at most.
        is_complete: Whether every set of the changes considered was tried, up to the size
            looked for.
    """

    finding: Finding
    changes: tuple[LeastChange, ...]
    others: int = 0
    most: int = 0
    is_complete: bool = True

    @property
    def says(self) -> str:
        """Say how many more there are, or that there is none; empty if neither."""
        if self.changes:
            return suppositions.others(self.others)
        return suppositions.none(self.finding.status, self.most, is_complete=self.is_complete)


def least_changes(
    finding: Finding, rulebook: Rulebook, scenario: Scenario, *, most: int = 2, shown: int = 3
) -> tuple[LeastChange, ...]:
    """Give the smallest changes of facts that would turn a finding.

    A breach would be met, excused or no breach at all; what is met or excused would be a
    breach; what is still open would be met, or a breach. Each was tried by settling the
    case again. Of what is not settled it is asked instead what each answer leads to: see
    `consequences`.

    Args:
        finding: The finding.
        rulebook: Its rulebook.
        scenario: The facts.
        most: How many facts may be changed at once.
        shown: How many sets of changes to give.

    Returns:
        Sets of equal size, those nearest at hand first; none if there is none.
    """
    return turning(finding, rulebook, scenario, most=most, shown=shown).changes


def turning(
    finding: Finding, rulebook: Rulebook, scenario: Scenario, *, most: int = 2, shown: int = 3
) -> Turning:
    """Give the smallest changes, how many more there are, and whether all were tried."""
    if not _TURNED[finding.status]:
        return Turning(finding=finding, changes=())
    scenario = naming(scenario, rulebook)
    trying = Trying(finding=finding, rule=rulebook.rule(finding.clause, finding.rule))
    whole, scenario = scenario, trying.focused(scenario)
    before = trying.on(scenario)
    if before.case is None:
        return Turning(finding=finding, changes=())
    world = World(
        cases=trying.cases(scenario), scenario=scenario, rule=trying.rule, case=before.case
    )
    search = _Search(trying, scenario, considered(world), before, _TURNED[finding.status])
    for size in range(1, most + 1):
        found = search.of_size(size)
        if found:
            told = [_told(finding, changes, tried) for changes, tried in found]
            kept = _chosen(finding, told)
            return Turning(
                finding=finding,
                changes=tuple(_checked(kept[:shown], trying, whole)),
                others=max(0, len(kept) - shown),
                most=most,
                is_complete=search.is_complete,
            )
    return Turning(finding=finding, changes=(), most=most, is_complete=search.is_complete)


def _chosen(finding: Finding, told: list[LeastChange]) -> list[LeastChange]:
    """Leave out what says the same; of an open case put one that goes each way first."""
    different = list({one.says: one for one in reversed(told)}.values())[::-1]
    if finding.status is Status.OPEN:
        first = {one.status: one for one in reversed(different)}
        met = sorted(first.values(), key=lambda one: one.status is not Status.MET)
        different = [*met, *(one for one in different if one not in met)]
    return different


def _checked(told: list[LeastChange], trying: Trying, scenario: Scenario) -> Iterator[LeastChange]:
    """Try once more on the whole history what is going to be shown."""
    for one in told:
        if trying.after(scenario, one.changes).status is one.status:
            yield one


def _told(finding: Finding, changes: tuple[Change, ...], tried: Tried) -> LeastChange:
    ahead = finding.status is Status.OPEN and all(one.ahead for one in changes)
    then = suppositions.outcome(
        tried.status,
        was=finding.status,
        excused_by=tried.excused_by,
        is_alleged=tried.is_alleged,
    )
    supposed = (one.ahead if ahead else one.supposes for one in changes)
    says = suppositions.supposed(supposed, then, ahead=ahead)
    return LeastChange(finding=finding, changes=changes, status=tried.status, says=says)


class _Search:
    """Tries sets of changes, the smaller first."""

    def __init__(
        self,
        trying: Trying,
        scenario: Scenario,
        changes: tuple[Change, ...],
        before: Tried,
        wanted: frozenset[Status | None],
    ) -> None:
        self._trying = trying
        self._scenario = scenario
        self._changes = changes
        self._wanted = wanted
        self._left = MOST_TRIED
        # Sets that turned nothing, and altered some truth: only these can lead further.
        self._states: dict[frozenset[int], Signature] = {frozenset(): before.signature}
        self._seen: set[Signature] = {before.signature}
        self.is_complete = True

    def of_size(self, size: int) -> list[tuple[tuple[Change, ...], Tried]]:
        """Give the sets of a size that turn the case; they grow by one at each call."""
        found: list[tuple[tuple[Change, ...], Tried]] = []
        tried: set[frozenset[int]] = set()
        states: dict[frozenset[int], Signature] = {}
        for chosen, signature in self._states.items():
            for place in range(len(self._changes)):
                together = chosen | {place}
                if len(together) < size or together in tried:
                    continue
                if self._left == 0:
                    self.is_complete = False
                    return found
                self._left -= 1
                tried.add(together)
                changes = tuple(self._changes[one] for one in sorted(together))
                after = self._trying.after(self._scenario, changes)
                if after.status in self._wanted:
                    found.append((changes, after))
                elif after.signature != signature:
                    states[together] = after.signature
        self._states = states
        return sorted(found, key=lambda one: [change.plainness for change in one[0]])
