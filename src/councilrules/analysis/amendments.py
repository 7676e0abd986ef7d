"""What an amendment of a rulebook changes, rule by rule."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from attrs import evolve, fields, frozen

from councilrules.analysis.forbidding import PLAIN, compared_kinds, forbidding, forbids
from councilrules.analysis.outcomes import BITS, OUTCOMES, outcomes_in
from councilrules.analysis.searching import UnsettledError
from councilrules.analysis.spaces import Space
from councilrules.analysis.uses import opening_kinds
from councilrules.findings import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from councilrules.analysis.forbidding import Forbidding
    from councilrules.analysis.situations import Goal
    from councilrules.rules import Clause, Rule, Rulebook
    from councilrules.scenarios import Scenario

Way = Literal["changed", "no-effect", "reworded", "moved", "added", "removed", "unsettled"]
"""In which way a rule was amended.

`changed`: it comes to something else in some situation. `no-effect`: it is written
otherwise, and comes to the same in every situation. `reworded`: only its note, or how
strongly it is worded. `moved`: it stands elsewhere. `unsettled`: the search was given up.
"""

EFFORT = 60_000
"""After how many steps a search for what a change means is given up."""

_BREACHED = BITS[Status.BREACHED.value]
_AGAINST = _BREACHED | BITS[Status.UNDETERMINED.value]
_WORDING = ("note", "force", "hedge", "kind")


@frozen(kw_only=True)
class Apart:
    """A smallest scenario in which a rule comes to something else than before.

    Attributes:
        before: What it came to; `none` for no finding.
        after: What it comes to now.
        scenario: The scenario; it names both rulebooks, the earlier first.
    """

    before: str
    after: str
    scenario: Scenario


@frozen(kw_only=True)
class RuleChange:
    """What an amendment does to one rule.

    Attributes:
        rule: The rule as `CLAUSE/RULE`; where it moved, as it was called before.
        now: What it is called now, where it moved.
        way: In which way it was amended.
        parts: The parts that are written otherwise; what it depends on, such as a role,
            is among them.
        apart: Scenarios in which it comes to something else: no longer breached, newly
            breached, or otherwise, as far as there are.
        acts: For a rule that was added or removed: for each kind of event, what it
            forbids beside the whole of the other version.
    """

    rule: str
    now: str = ""
    way: Way
    parts: tuple[str, ...] = ()
    apart: tuple[Apart, ...] = ()
    acts: tuple[Forbidding, ...] = ()


def rule_changes(
    before: Rulebook, after: Rulebook, clauses: tuple[str, ...] = ()
) -> Iterator[RuleChange]:
    """Give what an amendment does to each rule that it touches.

    Args:
        before: The rulebook as it was.
        after: The rulebook as amended.
        clauses: The clauses to look at; all if there are none.
    """
    was = {rule.name: rule for rule in before.rules if not clauses or rule.clause in clauses}
    now = {rule.name: rule for rule in after.rules if not clauses or rule.clause in clauses}
    added = {name: rule for name, rule in now.items() if name not in was}
    for name, rule in was.items():
        if name in now:
            found = _changed(before, after, rule, now[name])
            if found is not None:
                yield found
            continue
        moved = next((one for one in added.values() if _as_moved(rule, one) == rule), None)
        if moved is not None:
            del added[moved.name]
            yield RuleChange(rule=name, now=moved.name, way="moved")
        else:
            acts = _acts(before, rule, after)
            yield RuleChange(rule=name, way="removed", acts=acts)
    for name, rule in added.items():
        yield RuleChange(rule=name, way="added", acts=_acts(after, rule, before))


def _as_moved(rule: Rule, other: Rule) -> Rule:
    return evolve(other, id=rule.id, clause=rule.clause, note=rule.note)


def _acts(one: Rulebook, rule: Rule, other: Rulebook) -> tuple[Forbidding, ...]:
    if not forbids(rule):
        return ()
    return tuple(forbidding(one, rule, other, kind) for kind in compared_kinds(rule))


# --- rules of the same name -------------------------------------------------------


def _changed(before: Rulebook, after: Rulebook, rule: Rule, other: Rule) -> RuleChange | None:
    parts = tuple(_differing(before, after, rule, other))
    if not parts:
        return None
    if set(parts) <= set(_WORDING):
        return RuleChange(rule=rule.name, way="reworded", parts=parts)
    try:
        apart = tuple(_apart(before, after, rule, other))
    except UnsettledError:
        return RuleChange(rule=rule.name, way="unsettled", parts=parts)
    way: Way = "changed" if apart else "no-effect"
    return RuleChange(rule=rule.name, way=way, parts=parts, apart=apart)


def _differing(before: Rulebook, after: Rulebook, rule: Rule, other: Rule) -> Iterator[str]:
    """Give the names of the parts in which two rules differ, with what they depend on."""
    for part in fields(type(rule)):
        if part.eq and getattr(rule, part.name) != getattr(other, part.name):
            yield part.name
    was, now = _surroundings(before, rule), _surroundings(after, other)
    for name, found in was.items():
        if found != now[name]:
            yield name


def _surroundings(rulebook: Rulebook, rule: Rule) -> dict[str, object]:
    """Give what a rule means beside what it says: its words, and the clauses it yields to."""
    named = set(rule.roles)
    for condition in rule.conditions:
        named.update(getattr(condition, "roles", ()))
        named.update(filter(None, (getattr(condition, "role", None),)))
    yields_to = rulebook[rule.clause].subject_to
    return {
        "words": {name: rulebook.roles.get(name) for name in sorted(named)},
        "parameter": _value(rulebook, rule.within),
        "questions": {name: rulebook.questions.get(name) for name in sorted(rule.questions)},
        "subject_to": yields_to,
        "barred_by": [rulebook[one].rules for one in yields_to] if rule.denies else [],
    }


def _value(rulebook: Rulebook, name: str | None) -> object:
    found = rulebook.parameters.get(name or "")
    return None if found is None else (found.is_timely, found.values)


def _apart(before: Rulebook, after: Rulebook, rule: Rule, other: Rule) -> Iterator[Apart]:
    """Give smallest scenarios in which a rule comes to something else, each way."""
    kinds = opening_kinds((before, rule), (after, other))
    pairs = ((before, rule), (after, other))
    plain, every = Space(*pairs, kinds=kinds, passing_over=PLAIN), Space(*pairs, kinds=kinds)
    elsewhere = _BREACHED if rule.bearer != other.bearer else 0
    if not elsewhere and every.search(_differ, effort=EFFORT) is None:
        return

    def no_longer(outcomes: Sequence[int], against: int) -> bool:
        was, now = outcomes
        return bool(was & _BREACHED and now & (~against | elsewhere))

    def newly(outcomes: Sequence[int], against: int) -> bool:
        return no_longer((outcomes[1], outcomes[0]), against)

    for way in (no_longer,) if elsewhere else (no_longer, newly):
        # What everybody knows tells more than what is in doubt, though that be shorter.
        found = _first(plain, partial(way, against=_AGAINST), rule)
        found = found or _first(every, partial(way, against=_BREACHED), rule)
        if found is not None:
            yield found
    found = _first(every, _differ_otherwise, rule)
    if found is not None:
        yield found


def _first(space: Space, goal: Goal, rule: Rule) -> Apart | None:
    found = space.search(goal, effort=EFFORT)
    if found is None:
        return None
    was, now = (outcomes_in(bits)[0] for bits in space.outcomes(found.chosen))
    title = f"{rule.name}: {was} before, {now} after"
    return Apart(before=was, after=now, scenario=space.scenario(found.chosen, title))


def _differ(outcomes: Sequence[int]) -> bool:
    was, now = outcomes
    return was != now or was & (was - 1) != 0


def _differ_otherwise(outcomes: Sequence[int]) -> bool:
    was, now = outcomes
    return any(was & one and now & ~(one | _BREACHED) for one in _NOT_BREACHED)


_NOT_BREACHED = tuple(BITS[one] for one in OUTCOMES if one != Status.BREACHED.value)


# --- the rest of the rulebook -----------------------------------------------------

_OF_A_CLAUSE = (
    "means",
    "kinds",
    "forces",
    "hedge",
    "fingerprint",
    "subject_to",
    "note",
    "other_law",
)
_OF_THE_WHOLE = (
    "council", "title", "version", "zone", "calendar", "adopted", "not_before", "review_due",
    "definitions",
)  # fmt: skip


def clause_changes(before: Rulebook, after: Rulebook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each clause that is written otherwise, beside its rules, and in which parts.

    A clause that was added or removed as a whole has that as its only part.
    """
    for clause in before.clauses:
        now = after.by_id.get(clause.id)
        parts = ("removed",) if now is None else tuple(_parts(clause, now))
        if parts:
            yield clause.id, parts
    for clause in after.clauses:
        if clause.id not in before.by_id:
            yield clause.id, ("added",)


def _parts(clause: Clause, now: Clause) -> Iterator[str]:
    return (one for one in _OF_A_CLAUSE if getattr(clause, one) != getattr(now, one))


def whole_changes(before: Rulebook, after: Rulebook) -> tuple[str, ...]:
    """Give the parts of the head of a rulebook that are written otherwise.

    Adoption is among them: what is compared otherwise is what clauses say while in force.
    """
    return tuple(one for one in _OF_THE_WHOLE if getattr(before, one) != getattr(after, one))
