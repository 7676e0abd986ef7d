"""The smallest scenario in which a rule comes to an outcome, and which tells two apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.analysis.outcomes import BITS, OUTCOMES
from councilrules.analysis.spaces import Known, Space, space_of
from councilrules.analysis.uses import opening_kinds
from councilrules.coverage import reachable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from councilrules.rules import Rule, Rulebook
    from councilrules.scenarios import Scenario


class UnreachableError(Exception):
    """A rule cannot come to an outcome, in any situation that its conditions tell apart.

    Attributes:
        rule: The rule, as `CLAUSE/RULE`.
        outcome: The outcome.
    """

    def __init__(self, rule: str, outcome: str) -> None:
        """Take the rule and the outcome."""
        self.rule = rule
        self.outcome = outcome
        super().__init__(f"{rule} never comes to `{outcome}`, whatever happens")


def witness(rulebook: Rulebook, rule: str, outcome: str) -> Scenario:
    """Give a smallest scenario in which a rule comes to an outcome.

    Smallest is what needs the fewest facts to be told; among those, the one that is
    found first, always the same. Of a rule so rich that the search for a smaller one
    goes on for thousands of steps, it is the smallest until then. That there is none is
    said only after all situations were tried that the rule can tell apart: of one act
    and up to two others, or the steps of a sequence that the rule asks for.

    Args:
        rulebook: The rulebook.
        rule: The rule, as `CLAUSE/RULE`, such as `2.6/inspected`.
        outcome: A status; `permitted` for a rule that permits; `referred` for one that
            points to another instrument; or `none` for no finding.

    Returns:
        A scenario, assessed with the rulebook, that `assess` and `write` take.

    Raises:
        KeyError: When there is no such rule.
        ValueError: When there is no such outcome.
        UnreachableError: When the rule cannot come to it: a fault of the rule, if it
            is one that the rule is meant to reach.
    """
    if outcome not in OUTCOMES:
        msg = f"`{outcome}` is none of {', '.join(OUTCOMES)}"
        raise ValueError(msg)
    found = space_of(Known(rulebook), _rule(rulebook, rule))
    situation = found.search(lambda outcomes: bool(outcomes[0] & BITS[outcome]))
    if situation is None:
        raise UnreachableError(rule, outcome)
    return found.scenario(situation.chosen, f"{rule} comes to {outcome}")


def unreachable(rulebook: Rulebook) -> Iterator[tuple[Rule, str]]:
    """Give each outcome that a rule is meant to reach and cannot."""
    for rule in rulebook.rules:
        for outcome in reachable(rule):
            try:
                witness(rulebook, rule.name, outcome)
            except UnreachableError:
                yield rule, outcome


def telling_apart(
    one: Rulebook,
    other: Rulebook,
    rule: str,
    *,
    effort: int | None = None,
    most: int | None = None,
    is_told: Callable[[str, str], bool] | None = None,
    differing_first: bool = True,
) -> Scenario | None:
    """Give a smallest scenario in which a rule finds something else in two rulebooks.

    Args:
        one: A rulebook; the scenario is assessed with it.
        other: The same rulebook with the rule changed, or taken out.
        rule: The rule, as `CLAUSE/RULE`.
        effort: After how many steps to give up; without it, never.
        most: How much may have to be told of it; without it, anything.
        is_told: Which differences to look for: told what the rule comes to in the one
            and in the other. All are, if it is not given.
        differing_first: Whether to try first what only one of the two asks. Whether it is
            makes a difference to how many steps it takes alone.

    Returns:
        `None` if it comes to the same in all situations that either of the two can tell
        apart, of one act and up to two others: the same statuses, that is, for the same
        bearers. What is wanted, and what excuses where two exceptions do, is not compared.

    Raises:
        UnsettledError: When the search was given up.
    """
    ours, theirs = _rule(one, rule), _rule(other, rule)
    kinds = opening_kinds((one, ours), (other, theirs))
    space = Space((one, ours), (other, theirs), kinds=kinds, differing_first=differing_first)
    told = _pairs(is_told)
    situation = space.search(
        lambda both: any(ours & both[0] and theirs & both[1] for ours, theirs in told),
        most=most,
        apart=True,
        effort=effort,
    )
    if situation is None:
        return None
    found = space.scenario(situation.chosen, f"{rule} is told apart")
    return evolve(found, rulebooks=found.rulebooks[:1])


def _pairs(is_told: Callable[[str, str], bool] | None) -> tuple[tuple[int, int], ...]:
    """Give the outcomes that differ, as bits: of each in the one those in the other."""
    found: list[tuple[int, int]] = []
    for ours in OUTCOMES:
        theirs = sum(
            BITS[one] for one in OUTCOMES if one != ours and (is_told is None or is_told(ours, one))
        )
        found.append((BITS[ours], theirs))
    return tuple(found)


def _rule(rulebook: Rulebook, name: str) -> Rule:
    clause, _, id_ = name.rpartition("/")
    return rulebook.rule(clause, id_)
