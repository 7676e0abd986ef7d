"""Rules that say no more than another does."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from councilrules.analysis.faults import evidence
from councilrules.analysis.formulas import All
from councilrules.analysis.goals import BREACHED, UNDETERMINED, all_are, bite, is_one
from councilrules.analysis.outcomes import BITS
from councilrules.analysis.spaces import Known, Space, outcome_in
from councilrules.analysis.trying import trying_of
from councilrules.rulebooks.keys import FORCES
from councilrules.rules import Judged, Modality, Pattern

if TYPE_CHECKING:
    from councilrules.analysis.faults import Evidence
    from councilrules.rules import Rule, Rulebook
    from councilrules.scenarios import Scenario

_AT_ONCE = frozenset({Modality.MUST_NOT, Modality.MUST_FIRST})


@frozen(kw_only=True, eq=False)
class Overlap:
    """A rule that comes to its full force only where another does too.

    Attributes:
        rule: The rule that says no more.
        other: The rule that says as much.
        is_equal: Whether the other way round it is the same.
        shown: A situation in which both apply, as the evidence of a fault.
    """

    rule: Rule
    other: Rule
    is_equal: bool
    shown: Evidence | None

    @property
    def adds_nothing(self) -> bool:
        """Tell whether the rule is of the same kind of norm, and of no greater force."""
        return self.rule.kind == self.other.kind and FORCES.index(self.other.force) <= FORCES.index(
            self.rule.force
        )


def may_overlap(rule: Rule, other: Rule) -> bool:
    """Tell at a glance whether one rule may say no more than another."""
    if rule is other or rule.bearer != other.bearer:
        return False
    if rule.modality is not other.modality and not {rule.modality, other.modality} <= _AT_ONCE:
        return False
    if other.trigger.kinds and not (
        rule.trigger.kinds and set(rule.trigger.kinds) <= set(other.trigger.kinds)
    ):
        return False
    asked = {one.question for one in other.further if isinstance(one, Judged)}
    return asked <= rule.questions


def overlap(rulebook: Rulebook, rule: Rule, other: Rule) -> Overlap | None:
    """Tell whether a rule says no more than another of the same rulebook.

    Args:
        rulebook: The rulebook of both.
        rule: The rule that may say no more.
        other: The rule that may say as much.

    Returns:
        `None` if there is a situation in which the first rule is breached (or permits, or
        refers) and the second is not.
    """
    if not may_overlap(rule, other) or not _is_covered(rulebook, rule, other):
        return None
    space = Space((rulebook, rule), (rulebook, _on_kinds_of(rule, other)))
    found = space.search(all_are(BITS[bite(rule)], _enough(rule)))
    if found is None:
        return None
    is_equal = may_overlap(other, rule) and _is_covered(rulebook, other, rule)
    shown = f"{rule.name} and {other.name} come to the same"
    return Overlap(
        rule=rule,
        other=other,
        is_equal=is_equal,
        shown=evidence(space, found, shown, (rule, other)),
    )


def _is_covered(rulebook: Rulebook, rule: Rule, other: Rule) -> bool:
    told = _where_it_bites(Known(rulebook), rule)
    if told is None:
        return False
    other = _on_kinds_of(rule, other)
    if not outcome_in(told, rulebook, other) & _enough(rule):
        # Mostly the one asks what a situation of the other need not say.
        return False
    space = Space((rulebook, rule), (rulebook, other))
    goal = all_are(BITS[bite(rule)], ~_enough(rule))
    return space.search(goal, any_will_do=True) is None


@lru_cache(maxsize=512)
def _where_it_bites(known: Known, rule: Rule) -> Scenario | None:
    """Give a situation in which a rule applies with its full force, and little else is said."""
    trying = trying_of(known, rule)
    whole, bites = trying.space.pairs[0][1], is_one(0, BITS[bite(rule)])
    if not trying.known:
        # Where it applies but for its exceptions is found sooner, and is near by.
        trying.any(is_one(0, BREACHED | BITS[bite(rule)]), [evolve(whole, exceptions=())])
    found = trying.any(bites, [whole], All(tuple(node for _, node in whole.exceptions)))
    return None if found is None else trying.space.scenario(found.chosen)


def _enough(rule: Rule) -> int:
    """Give what the other rule has to come to where a rule applies with its full force."""
    bits = BITS[bite(rule)]
    return bits | BREACHED if bits == UNDETERMINED else bits


def _on_kinds_of(rule: Rule, other: Rule) -> Rule:
    """Give a rule on any event as one on the kinds of another rule."""
    if other.trigger.kinds or not rule.trigger.kinds:
        return other
    return evolve(other, trigger=Pattern(rule.trigger.kinds, other.trigger.condition))
