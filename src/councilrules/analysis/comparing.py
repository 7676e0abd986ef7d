"""Compares two rulebooks, or two versions of one."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.analysis.amendments import clause_changes, rule_changes, whole_changes
from councilrules.analysis.corresponding import correspondences
from councilrules.analysis.forbidding import compared_kinds, forbidding, forbids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from councilrules.analysis.amendments import RuleChange
    from councilrules.analysis.corresponding import Correspondence
    from councilrules.analysis.forbidding import Forbidding
    from councilrules.rules import Rule, Rulebook


@frozen(kw_only=True)
class Amendment:
    """What changes from one version of a rulebook to another.

    Attributes:
        before: The rulebook as it was.
        after: The rulebook as amended.
        whole: The parts of its head that are written otherwise.
        clauses: The clauses that are, beside their rules, each with its parts.
        rules: The rules that are, with what it means.
        unchanged: How many rules are the same, also in all that they depend on.
    """

    before: Rulebook
    after: Rulebook
    whole: tuple[str, ...]
    clauses: tuple[tuple[str, tuple[str, ...]], ...]
    rules: tuple[RuleChange, ...]
    unchanged: int

    @property
    def is_same(self) -> bool:
        """Tell whether no rule comes to anything else, and nothing is in doubt about it."""
        return all(one.way in {"no-effect", "reworded", "moved"} for one in self.rules)


@frozen(kw_only=True)
class Comparison:
    """What two rulebooks forbid, each beside the other.

    Attributes:
        one: The one rulebook.
        other: The other.
        acts: What each rule of the one forbids on each kind of event, beside the other.
        other_acts: The same of the rules of the other.
        corresponding: For each clause of the one those of the other that come nearest,
            with its id; none if none does.
    """

    one: Rulebook
    other: Rulebook
    acts: tuple[Forbidding, ...]
    other_acts: tuple[Forbidding, ...]
    corresponding: tuple[tuple[str, tuple[Correspondence, ...]], ...]

    @property
    def is_same(self) -> bool:
        """Tell whether each is known to forbid all that the other does."""
        return all(one.reach in {"also", "never"} for one in chain(self.acts, self.other_acts))


def are_versions(one: Rulebook, other: Rulebook) -> bool:
    """Tell whether two rulebooks are versions of one: by their id, or by most of their rules."""
    if one.id == other.id:
        return True
    rules = {rule.name: rule for rule in other.rules}
    kept = [rule for rule in one.rules if rules.get(rule.name) == rule]
    return 2 * len(kept) > min(len(one.rules), len(other.rules))


def amendment(
    before: Rulebook,
    after: Rulebook,
    *,
    clauses: tuple[str, ...] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Amendment:
    """Say what changes from one version of a rulebook to another.

    A rule that is written otherwise, or depends on something that is, is searched for
    situations in which it comes to something else: each way a smallest scenario is given,
    or, where there is none among all situations of one act and up to two others, that it
    comes to the same. A rule that is new, or is gone, is held against the whole of the
    other version.

    Args:
        before: The rulebook as it was.
        after: The rulebook as amended.
        clauses: The clauses to look at; all if there are none.
        progress: Told what is looked at now.
    """
    found: list[RuleChange] = []
    for one in rule_changes(before, after, clauses):
        progress(one.rule)
        found.append(one)
    touched = {one.rule for one in found if one.way != "added"}
    return Amendment(
        before=before,
        after=after,
        whole=whole_changes(before, after),
        clauses=tuple(
            (clause, parts)
            for clause, parts in clause_changes(before, after)
            if not clauses or clause in clauses
        ),
        rules=tuple(found),
        unchanged=sum(
            one.name not in touched and (not clauses or one.clause in clauses)
            for one in before.rules
        ),
    )


def comparison(
    one: Rulebook,
    other: Rulebook,
    *,
    clauses: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Comparison:
    """Say what two rulebooks forbid, each beside the whole of the other.

    An act counts as forbidden by one alone if it is a breach there, with all facts known
    and proved, and nothing in the other comes against the same person for it, not even as
    a question. Acts of staff who are not employed are told apart from the rest.

    Args:
        one: The one rulebook.
        other: The other.
        clauses: The clauses of the one to compare, and nothing of the other beside them;
            all of both if there are none.
        kinds: The kinds of event to compare; all if there are none.
        progress: Told what is looked at now.
    """

    def acts(mine: Rulebook, its: Rulebook, rules: Iterator[Rule]) -> Iterator[Forbidding]:
        for rule in rules:
            for kind in compared_kinds(rule):
                if forbids(rule) and (not kinds or kind in kinds):
                    progress(f"{mine.id} {rule.name}")
                    yield forbidding(mine, rule, its, kind)

    mine = (rule for rule in one.rules if not clauses or rule.clause in clauses)
    theirs = (rule for rule in other.rules if not clauses)
    ours, its = tuple(acts(one, other, mine)), tuple(acts(other, one, theirs))
    corresponding: list[tuple[str, tuple[Correspondence, ...]]] = []
    if not kinds:
        for clause, found in correspondences(one, other, clauses):
            progress(f"{one.id} {clause}")
            corresponding.append((clause, found))
    return Comparison(
        one=one, other=other, acts=ours, other_acts=its, corresponding=tuple(corresponding)
    )
