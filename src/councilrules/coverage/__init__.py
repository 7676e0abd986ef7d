"""Which statuses of which rules the scenarios reach, out of those that they can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.findings import Status
from councilrules.rules import Always, Modality, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from councilrules.assessing import Assessment
    from councilrules.rules import Rulebook

PERMITTED = "permitted"
REFERRED = "referred"


@frozen(kw_only=True)
class RuleCoverage:
    """One rule: the statuses it can reach, and how many scenarios reach each.

    Attributes:
        clause: The clause.
        rule: The rule.
        reached: How many findings of the scenarios have each status that it can reach.
    """

    clause: str
    rule: str
    reached: Mapping[str, int]

    @property
    def missing(self) -> tuple[str, ...]:
        """Give the statuses that no scenario reaches."""
        return tuple(status for status, times in self.reached.items() if not times)


@frozen(kw_only=True)
class Coverage:
    """A rulebook: its clauses, and what the scenarios reach of their rules.

    Attributes:
        rulebook: The rulebook's id.
        clauses: Every clause in order, with its kinds and the number of its rules.
        rules: Every rule in order.
    """

    rulebook: str
    clauses: tuple[tuple[str, tuple[str, ...], int], ...]
    rules: tuple[RuleCoverage, ...]

    @property
    def statuses(self) -> int:
        """Give how many statuses the rules can reach."""
        return sum(len(rule.reached) for rule in self.rules)

    @property
    def reached(self) -> int:
        """Give how many of them scenarios reach."""
        return self.statuses - sum(len(rule.missing) for rule in self.rules)

    @property
    def is_complete(self) -> bool:
        """Tell whether every norm has a rule, and every status of it a scenario."""
        ruled = all(rules or set(kinds) == {"statement"} for _, kinds, rules in self.clauses)
        return ruled and not any(rule.missing for rule in self.rules)


def reachable(rule: Rule) -> tuple[str, ...]:
    """Give the statuses that a rule can reach.

    A gap in the text that is always there leaves no breach, and whoever is bound by a
    rule that grants something is merely permitted.
    """
    never_certain = any(isinstance(condition, Always) for _, condition in rule.gaps)
    settled = () if never_certain else (Status.BREACHED.value,)
    excused = (Status.EXCUSED.value,) if rule.exceptions or rule.denies else ()
    both = (*settled, Status.UNDETERMINED.value)
    match rule.modality:
        case Modality.MAY:
            return (PERMITTED,)
        case Modality.REFER:
            return (REFERRED,)
        case Modality.STANDING:
            return (*both, Status.MET.value)
        case Modality.MUST_NOT:
            return (*both, *excused)
        case Modality.MUST_FIRST:
            return (*both, *excused, Status.MET.value)
        case Modality.MUST:
            return (*both, *excused, Status.OPEN.value, Status.MET.value)


def coverage(rulebook: Rulebook, assessments: Iterable[Assessment]) -> Coverage:
    """Count what assessments of a rulebook's scenarios reach."""
    counts: dict[tuple[str, str, str], int] = {}
    for one in assessments:
        names = [(each.clause, each.rule, each.status.value) for each in one.findings]
        names += [(each.clause, each.rule, PERMITTED) for each in one.permissions]
        names += [
            (clause, rule.id, REFERRED)
            for note in one.scope
            if note.why == "another-instrument"
            for clause in note.clauses
            for rule in rulebook[clause].rules
            if rule.modality is Modality.REFER
        ]
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return Coverage(
        rulebook=rulebook.id,
        clauses=tuple((one.id, one.kinds, len(one.rules)) for one in rulebook.clauses),
        rules=tuple(
            RuleCoverage(
                clause=rule.clause,
                rule=rule.id,
                reached={
                    status: counts.get((rule.clause, rule.id, status), 0)
                    for status in reachable(rule)
                },
            )
            for rule in rulebook.rules
        ),
    )
