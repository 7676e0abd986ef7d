"""What a rule forbids and a whole other rulebook does not, each kind of event by itself.

The rules of the other rulebook are taken in one after the other: whenever the smallest
scenario that is breached here is breached there too, the rule that says so joins the
search. So what is found stands before the whole of the other rulebook, and if nothing
can be found even with a few of its rules, nothing can be with all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from attrs import evolve, fields, frozen, has

from councilrules import reference
from councilrules.analysis.outcomes import BITS
from councilrules.analysis.searching import UnsettledError
from councilrules.analysis.spaces import Space
from councilrules.analysis.uses import kinds_opening, paths_of
from councilrules.findings import Status
from councilrules.rules import Modality, Path, Related
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from councilrules.analysis.situations import Goal, Situation
    from councilrules.findings import Finding
    from councilrules.rules import Rule, Rulebook
    from councilrules.scenarios import Scenario

Reach = Literal["alone", "alone-if-engaged-otherwise", "also", "never", "unsettled"]
"""How far a rule goes, before another rulebook.

`alone`: it forbids some acts that the other does not. `alone-if-engaged-otherwise`: only
acts of, or towards, somebody who works for the council and is not employed by it. `also`:
whatever it forbids, the other forbids too. `never`: nothing comes to a breach of it.
`unsettled`: the search was given up.
"""

ANY_KIND = "conduct-put-forward"
"""The kind of event by which a rule on any event is compared: it raises no question itself."""

EFFORT = 60_000
"""After how many steps a search is given up: half a minute at the most."""

_BREACHED = BITS["breached"]
_AGAINST = _BREACHED | BITS["undetermined"]
_DOUBTS = (
    r"alleged|not known|not answered|some time|may not be|about the last|^(?!nothing)\S+ and \S+$"
)
_ENGAGED = r"under a contract|engaged in a way"
_EDGES = (
    r"soon after|at that moment|a minute|the last minute|beginning of the day|end of the last day"
)


@frozen(kw_only=True)
class Forbidding:
    """What one rule forbids on events of one kind, before another rulebook.

    Attributes:
        rulebook: The rulebook that it stands in.
        rule: The rule.
        kind: The kind of event; empty for a rule on any event, or on none.
        reach: How far it goes.
        scenario: A smallest scenario that is breached here, and not there, if there is
            one; it names both rulebooks.
        shared: The rules of the other rulebook that the search ran into, as
            `CLAUSE/RULE`: they can come against the same person for the same act.
    """

    rulebook: Rulebook
    rule: Rule
    kind: str
    reach: Reach
    scenario: Scenario | None = None
    shared: tuple[str, ...] = ()


def forbids(rule: Rule) -> bool:
    """Tell whether a rule forbids or demands anything, and does not merely permit or refer."""
    return rule.modality not in {Modality.MAY, Modality.REFER}


def compared_kinds(rule: Rule) -> tuple[str, ...]:
    """Give the kinds of event on which a rule is compared; an empty name stands for any."""
    return rule.trigger.kinds or ("",)


def passing_over(pattern: str) -> Callable[[str], bool]:
    """Give what tells of the label of an option whether it is to be passed over."""
    return lambda label: re.search(pattern, label) is not None


PLAIN = passing_over(f"{_DOUBTS}|{_ENGAGED}|{_EDGES}")
KNOWN = passing_over(f"{_DOUBTS}|{_ENGAGED}")
ENGAGED = passing_over(_DOUBTS)
"""What searches pass over: what is in doubt, always; the first moments and the last of a
deadline and an office at first; and staff who are not employed, unless they are asked for."""


def act_kinds(rulebook: Rulebook, rule: Rule, kind: str) -> tuple[str, ...]:
    """Give the kinds that the act may be of, where a rule is compared on one.

    A rule on any event is compared on conduct that is put forward without a kind, unless
    it asks for fields that such conduct lacks.
    """
    if kind or rule.modality is Modality.STANDING:
        return (kind,) if kind else ()
    raising = kinds_opening(rulebook, rule)
    return (ANY_KIND,) if _is_plain(rule) else raising[:1]


def receiving(rule: Rule, act: tuple[str, ...]) -> Rule:
    """Give a rule with whoever is at the receiving end called as acts of one kind call them.

    So two rules that speak of the same person in two ways are held against each other.
    """
    names = {kinds()[kind].towards for kind in act}
    if len(names) != 1:
        return rule
    (name,) = names

    def told(part: Any, *, of_trigger: bool) -> Any:  # noqa: ANN401 - any part of a condition
        if isinstance(part, Path):
            is_it = of_trigger and part.field == "towards"
            return Path(name, part.attribute) if is_it else part
        if isinstance(part, tuple):
            return tuple(told(one, of_trigger=of_trigger) for one in part)
        if not has(type(part)):
            return part
        inside = of_trigger and not isinstance(part, Related)
        changes = {
            field.name: told(
                getattr(part, field.name),
                of_trigger=inside or (field.name == "other" and getattr(part, "of_trigger", False)),
            )
            for field in fields(type(part))
        }
        return evolve(part, **changes)

    return evolve(
        rule,
        trigger=told(rule.trigger, of_trigger=True),
        further=told(rule.further, of_trigger=True),
        required=told(rule.required, of_trigger=True),
        exceptions=told(rule.exceptions, of_trigger=True),
        gaps=told(rule.gaps, of_trigger=True),
    )


def _is_plain(rule: Rule) -> bool:
    asked = {path.field for one in rule.conditions for path in paths_of(one)}
    return asked - {"id", "towards"} <= kinds()[ANY_KIND].fields.keys()


def forbidding(one: Rulebook, rule: Rule, other: Rulebook, kind: str = "") -> Forbidding:
    """Find what a rule forbids on events of a kind, and another rulebook does not.

    Only scenarios are tried in which all facts are known and proved, and everybody holds
    one office.

    Args:
        one: The rulebook of the rule.
        rule: The rule.
        other: The other rulebook, as a whole.
        kind: One of the kinds of event that the rule is on; empty if it is on any.
    """

    def found(reach: Reach, scenario: Scenario | None, shared: tuple[str, ...]) -> Forbidding:
        return Forbidding(
            rulebook=one, rule=rule, kind=kind, reach=reach, scenario=scenario, shared=shared
        )

    shared: tuple[str, ...] = ()
    stages: tuple[tuple[Reach, Callable[[str], bool]], ...] = (
        ("alone", PLAIN),
        ("alone", KNOWN),
        ("alone-if-engaged-otherwise", ENGAGED),
    )
    for reach, passed in stages:
        search = _Alone(one, rule, other, kind, passed)
        try:
            scenario = search.found(shared)
        except UnsettledError:
            return found("unsettled", None, search.shared)
        shared = search.shared
        if scenario is not None:
            return found(reach, scenario, shared)
        if not shared:
            return found("never", None, ())
    return found("also", None, shared)


class _Alone:
    """One search for what a rule forbids and another rulebook does not."""

    def __init__(
        self, one: Rulebook, rule: Rule, other: Rulebook, kind: str, passed: Callable[[str], bool]
    ) -> None:
        self._one, self._rule, self._other = one, rule, other
        self._kinds = act_kinds(one, rule, kind)
        self._passed = passed
        self.shared: tuple[str, ...] = ()

    def found(self, shared: tuple[str, ...]) -> Scenario | None:
        """Give a smallest scenario, beginning with the rules that are known to be met."""
        self.shared = shared
        cost = 0
        while True:
            rules = [self._other.rule(*name.rsplit("/", 1)) for name in self.shared]
            space = Space(
                (self._one, receiving(self._rule, self._kinds)),
                *((self._other, receiving(rule, self._kinds)) for rule in rules),
                kinds=self._kinds,
                passing_over=self._passed,
            )
            situation = deepened(space, _is_alone, cost)
            if situation is None:
                return None
            cost = situation.cost
            scenario = space.scenario(
                situation.chosen,
                f"{self._one.id} {self._rule.name}, and not {self._other.id}",
                also=(self._other,),
            )
            scenario = evolve(scenario, rulebooks=(scenario.rulebooks[0], scenario.rulebooks[-1]))
            against = self._against(scenario)
            if not against:
                return scenario
            if set(against) <= set(self.shared):
                raise UnsettledError  # it comes against somebody else than the search thinks
            self.shared = tuple(dict.fromkeys((*self.shared, *against)))

    def _against(self, scenario: Scenario) -> tuple[str, ...]:
        """Give the rules of the other rulebook that come against the same person."""
        ours = [
            found for found in findings(scenario, 0)
            if (found.clause, found.rule) == (self._rule.clause, self._rule.id)
            and found.status is Status.BREACHED
        ]  # fmt: skip
        if not ours:
            raise UnsettledError  # what the search takes for a breach is none
        theirs = findings(scenario, 1)
        return tuple(
            f"{found.clause}/{found.rule}"
            for found in theirs
            if found.status in {Status.BREACHED, Status.UNDETERMINED}
            and any((found.on, found.bearer) == (mine.on, mine.bearer) for mine in ours)
            and _is_of_a_kind(self._rule, self._other.rule(found.clause, found.rule))
        )


def _is_of_a_kind(one: Rule, other: Rule) -> bool:
    """Tell whether two findings can be about the same: standing duties have no act to share."""
    if one.standing is None or other.standing is None:
        return one.standing is other.standing
    return one.standing.register_kind == other.standing.register_kind


def _is_alone(outcomes: Sequence[int]) -> bool:
    return bool(outcomes[0] & _BREACHED) and all(one & ~_AGAINST for one in outcomes[1:])


def deepened(space: Space, goal: Goal, cost: int, effort: int = EFFORT) -> Situation | None:
    """Search with little to tell first, then with more, then with anything."""
    for most in (cost + 1, cost + 3, cost + 6, None):
        found = space.search(goal, most=most, effort=effort)
        if found is not None:
            return found
    return None


def findings(scenario: Scenario, place: int) -> tuple[Finding, ...]:
    """Give what one of the rulebooks that a scenario names finds in it."""
    named = scenario.rulebooks[place]
    found = reference.found(
        named.rulebook, scenario.register, scenario.history, in_force=named.in_force
    )
    return found.findings
