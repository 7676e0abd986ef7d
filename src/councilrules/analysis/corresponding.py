"""Which clauses of two rulebooks correspond: what one forbids, and the other as well."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from councilrules.analysis.forbidding import (
    ANY_KIND,
    PLAIN,
    act_kinds,
    compared_kinds,
    deepened,
    receiving,
)
from councilrules.analysis.outcomes import BITS
from councilrules.analysis.searching import UnsettledError
from councilrules.analysis.spaces import Space
from councilrules.coverage import PERMITTED, REFERRED, reachable
from councilrules.findings import Status
from councilrules.rules import Modality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.rules import Clause, Rule, Rulebook

Relation = Literal["same", "further", "less-far", "overlap"]
"""How far a clause goes beside another: whatever comes to a breach of the one comes to a
breach of the other and the other way round; the one covers all of the other and more;
the other covers all of the one and more; or each covers something of its own."""

EFFORT = 3_000
"""After how many steps a search is given up: the rules are then taken to overlap."""


@frozen(kw_only=True)
class Correspondence:
    """Two clauses that correspond.

    Attributes:
        clause: The clause of the first rulebook.
        other: The clause of the other.
        relation: How far the first goes beside the other.
        rules: The pairs of rules by which they do, each of the first with one of the other.
    """

    clause: str
    other: str
    relation: Relation
    rules: tuple[tuple[str, str], ...]


def correspondences(
    one: Rulebook, other: Rulebook, clauses: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[Correspondence, ...]]]:
    """Give for each clause of a rulebook those of another that correspond to it best.

    Rules are compared if they are on a common kind of event, or ask a common question of
    any, and the same field names who answers. Staff who are not employed are left aside.

    Args:
        one: A rulebook.
        other: The other.
        clauses: The clauses of the first to give; all if there are none.

    Yields:
        The id of each clause with rules, and those that come nearest; empty if none does.
    """
    pairs = _Pairs(one, other)
    for clause in one.clauses:
        if clause.rules and (not clauses or clause.id in clauses):
            found = [each for each in (pairs.between(clause, its) for its in other.clauses) if each]
            best = min((_RANKS[each.relation] for each in found), default=0)
            yield clause.id, tuple(each for each in found if _RANKS[each.relation] == best)


_RANKS: dict[Relation, int] = {"same": 0, "further": 1, "less-far": 1, "overlap": 2}


_OPEN = BITS[Status.UNDETERMINED.value]


class _Pairs:
    """Compares the rules of two rulebooks, two by two."""

    def __init__(self, one: Rulebook, other: Rulebook) -> None:
        self._one, self._other = one, other

    def between(self, clause: Clause, other: Clause) -> Correspondence | None:
        """Give how two clauses correspond; `None` if they do not."""
        covered: set[str] = set()
        covering: set[str] = set()
        pairs: list[tuple[str, str]] = []
        rules, theirs = _weighty(clause), _weighty(other)
        for rule, its in product(rules, theirs):
            if not _can_meet(rule, its) or not self._meet(rule, its):
                continue
            pairs.append((rule.name, its.name))
            if self._implies((self._one, rule), (self._other, its)):
                covered.add(rule.name)
            if self._implies((self._other, its), (self._one, rule)):
                covering.add(its.name)
        if not pairs:
            return None
        is_covered = len(covered) == len(rules)
        is_covering = len(covering) == len(theirs)
        relation: Relation = (
            ("same" if is_covering else "less-far") if is_covered
            else ("further" if is_covering else "overlap")
        )  # fmt: skip
        return Correspondence(
            clause=clause.id, other=other.id, relation=relation, rules=tuple(pairs)
        )

    def _meet(self, rule: Rule, its: Rule) -> bool:
        """Tell whether some act comes against somebody under both rules."""
        kinds = [kind for kind in compared_kinds(rule) if _is_on(its, kind)]
        kinds = kinds or [kind for kind in compared_kinds(its) if _is_on(rule, kind)]
        ours, theirs = _target(rule), _target(its)
        return any(
            self._is_there((self._one, rule), (self._other, its), kind, ours, theirs)
            for kind in kinds
        )

    def _implies(self, one: tuple[Rulebook, Rule], other: tuple[Rulebook, Rule]) -> bool:
        """Tell whether whatever comes against somebody under one rule does under the other."""
        ours, theirs = _target(one[1]), _target(other[1])
        for kind in compared_kinds(one[1]):
            if kind and not _is_on(other[1], kind):
                return False
            if not kind and other[1].trigger.kinds:
                return False
            if self._is_there(one, other, kind, ours, ~theirs):
                return False
        return True

    def _is_there(
        self, one: tuple[Rulebook, Rule], other: tuple[Rulebook, Rule],
        kind: str, ours: int, theirs: int,
    ) -> bool:  # fmt: skip
        kinds = act_kinds(*one, kind) if kind or not one[1].trigger.kinds else (ANY_KIND,)
        named = [(book, receiving(rule, kinds)) for book, rule in (one, other)]
        space = Space(*named, kinds=kinds, passing_over=PLAIN)
        try:
            found = deepened(
                space, lambda outcomes: bool(outcomes[0] & ours and outcomes[1] & theirs), 0, EFFORT
            )
        except UnsettledError:
            return True
        return found is not None


def _weighty(clause: Clause) -> tuple[Rule, ...]:
    """Give the rules of a clause that can come to something; if there are none, all."""
    return tuple(rule for rule in clause.rules if _target(rule) != _OPEN) or clause.rules


def _is_on(rule: Rule, kind: str) -> bool:
    """Tell whether events of a kind can open a case of a rule; an empty name is any kind."""
    return not rule.trigger.kinds or kind in rule.trigger.kinds


def _can_meet(one: Rule, other: Rule) -> bool:
    """Tell whether two rules are worth comparing."""
    if _family(one) != _family(other) or one.bearer != other.bearer:
        return False
    if one.standing is not None or other.standing is not None:
        return (
            one.standing is not None
            and other.standing is not None
            and one.standing.register_kind == other.standing.register_kind
        )
    if one.trigger.kinds and other.trigger.kinds:
        return not set(one.trigger.kinds).isdisjoint(other.trigger.kinds)
    return not one.questions.isdisjoint(other.questions)


def _family(rule: Rule) -> str:
    is_binding = rule.modality not in {Modality.MAY, Modality.REFER}
    return "binding" if is_binding else rule.modality.value


def _target(rule: Rule) -> int:
    """Give the outcome that two rules are compared by: the gravest that the rule can reach."""
    for outcome in (Status.BREACHED.value, PERMITTED, REFERRED):
        if outcome in reachable(rule):
            return BITS[outcome]
    return _OPEN
