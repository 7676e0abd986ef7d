"""Situations in which one rule permits, or asks for, what another forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.analysis.faults import Fault, evidence
from councilrules.analysis.goals import BREACHED, all_are
from councilrules.analysis.outcomes import BITS
from councilrules.analysis.spaces import Space
from councilrules.coverage import PERMITTED
from councilrules.rules import (
    AllOf,
    Always,
    AnyOf,
    Compared,
    Modality,
    Not,
    Pattern,
    RefersToTrigger,
)
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.rules import Condition, Rule, Rulebook

_DUTIES = frozenset({Modality.MUST, Modality.MUST_FIRST})


def contradictions(rulebook: Rulebook, rule: Rule, other: Rule) -> Iterator[Fault]:
    """Find a situation in which the second rule forbids what the first says.

    What a rule forbids of any kind of event is how something is done, and not that it is,
    so that such a rule contradicts none; nor does a duty to do something else first, which
    only qualifies a permission. Of two clauses of which one is subject to the other there
    is no contradiction either.

    Args:
        rulebook: The rulebook of both.
        rule: A rule that permits something, or asks for it.
        other: A rule that forbids something.
    """
    if other.modality is not Modality.MUST_NOT or not other.trigger.kinds or rule is other:
        return
    if _yields(rulebook, rule, other):
        return
    if rule.modality is Modality.MAY:
        yield from _permitted(rulebook, rule, other)
    elif rule.modality in _DUTIES:
        yield from _asked_for(rulebook, rule, other)


def _yields(rulebook: Rulebook, one: Rule, other: Rule) -> bool:
    return (
        other.clause in rulebook[one.clause].subject_to
        or one.clause in rulebook[other.clause].subject_to
    )


def _permitted(rulebook: Rulebook, rule: Rule, other: Rule) -> Iterator[Fault]:
    if rule.bearer != other.bearer or not set(rule.trigger.kinds) & set(other.trigger.kinds):
        return
    space = Space((rulebook, rule), (rulebook, other))
    found = space.search(all_are(BITS[PERMITTED], BREACHED))
    if found is not None:
        yield Fault(
            check="permitted-and-forbidden",
            place=rule.place,
            rules=(rule.name, other.name),
            what=f"rule `{rule.name}` permits what rule `{other.name}` forbids, and neither clause yields to the other",
            remedy=(
                "narrow one of the two, say which clause is `subject_to` the other, or note under `tensions` "
                "why the text says both"
            ),
            evidence=evidence(
                space, found, f"{rule.name} permits what {other.name} forbids", (rule, other)
            ),
        )


def _asked_for(rulebook: Rulebook, rule: Rule, other: Rule) -> Iterator[Fault]:
    """Find that whatever does what a rule asks for is forbidden.

    Only what is asked of the act by itself is looked at, and not how it has to bear on the
    event that opened the case, so that every such act is tried, and some others.
    """
    required = rule.required[-1].pattern
    if not required.kinds or not set(required.kinds) <= set(other.trigger.kinds):
        return
    if other.bearer != "by" or any("by" not in kinds()[kind].fields for kind in required.kinds):
        return
    act = _act(rule, required)
    space = Space((rulebook, act), (rulebook, other))
    if space.search(all_are(BREACHED, ~BREACHED), any_will_do=True) is not None:
        return
    found = space.search(all_are(BREACHED, BREACHED))
    if found is None:
        return
    shown = f"what {rule.name} asks for breaches {other.name}"
    yield Fault(
        check="duty-forbidden",
        place=rule.place,
        rules=(rule.name, other.name),
        what=f"rule `{rule.name}` asks for nothing but what rule `{other.name}` forbids",
        remedy=("narrow one of the two, or note under `tensions` why the text says both"),
        evidence=evidence(space, found, shown, (None, other)),
    )


def _act(rule: Rule, required: Pattern) -> Rule:
    """Give the rule that would forbid what a duty asks for, whoever the duty binds."""
    condition = _by_itself(required.condition)
    return evolve(
        rule,
        id=f"{rule.id}-done",
        modality=Modality.MUST_NOT,
        bearer="by",
        roles=rule.roles if rule.bearer == "by" else (),
        trigger=Pattern(required.kinds, condition),
        further=(),
        required=(),
        until=None,
        within=None,
        conduct_at=None,
        exceptions=(),
        gaps=(),
    )


def _by_itself(condition: Condition) -> Condition:
    """Give what is asked of an act apart from the event that it is seen from."""
    match condition:
        case Compared(of_trigger=True) | RefersToTrigger():
            return Always()
        case AllOf(parts=parts):
            return AllOf(tuple(_by_itself(one) for one in parts))
        case AnyOf(parts=parts):
            return AnyOf(tuple(_by_itself(one) for one in parts))
        case Not(part=part):
            inner = _by_itself(part)
            return Always() if inner != part else condition
        case _:
            return condition
