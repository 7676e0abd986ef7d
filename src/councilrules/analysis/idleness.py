"""What can never matter: rules that never apply, or always do; idle conditions and exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.analysis.faults import Fault, evidence
from councilrules.analysis.formulas import All
from councilrules.analysis.goals import (
    BREACHED,
    EXCUSED,
    MET,
    NOTHING,
    UNDETERMINED,
    bite,
    differ_in,
    is_one,
    one_applies,
)
from councilrules.analysis.lessening import (
    asks,
    condition_of,
    lessened,
    only,
    only_opened,
    up_to,
    without_conditions,
    without_exceptions,
)
from councilrules.analysis.outcomes import BITS
from councilrules.analysis.spaces import Known
from councilrules.analysis.trying import trying_of
from councilrules.coverage import reachable
from councilrules.findings import Status
from councilrules.rulebooks.writing import condition_text
from councilrules.rules import Modality

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from councilrules.analysis.formulas import Formula, Node
    from councilrules.analysis.lessening import Lessened
    from councilrules.analysis.situations import Situation
    from councilrules.rules import Rule, Rulebook


_UNSETTLED = frozenset({Status.UNDETERMINED.value, Status.EXCUSED.value})


def idle(rulebook: Rulebook, rule: Rule) -> Iterator[Fault]:
    """Find what can never matter in a rule, each with a situation that shows it."""
    yield from Idleness(rulebook, rule).faults()


class Idleness:
    """Looks through one rule."""

    def __init__(self, rulebook: Rulebook, rule: Rule) -> None:
        """Take the rule."""
        self._rule = rule
        self._trying = trying_of(Known(rulebook), rule)
        self._space = self._trying.space
        self._formula = self._space.pairs[0][1]

    def faults(self) -> Iterator[Fault]:
        """Give every fault; a rule that never applies has no other."""
        if not self._can_apply():
            yield self._never_applies()
            return
        missing = [one for one in reachable(self._rule) if self._reaches(one) is None]
        left, idle_exceptions = self._formula, []
        for place, name, _ in without_exceptions(self._formula):
            if self._is_idle_exception(place, name):
                idle_exceptions.append(name)
                yield self._idle_exception(place, name)
        if idle_exceptions:
            missing = [one for one in missing if one != Status.EXCUSED.value]
        for outcome in missing:
            yield self._never_reached(outcome)
        if not missing:
            yield from self._idle_conditions(left, idle_exceptions)

    @property
    def _bare(self) -> Formula:
        """Give the rule without its exceptions and gaps."""
        return evolve(self._formula, exceptions=())

    @property
    def _applying(self) -> int:
        """Give the outcomes of the bare rule by which it is known to apply."""
        settled = (one for one in reachable(self._rule) if one not in _UNSETTLED)
        return BITS[Status.BREACHED.value] | sum({BITS[one] for one in settled} - {BREACHED})

    def _can_apply(self) -> bool:
        """Find a situation in which the rule surely applies, near to which others are found."""
        return self._trying.any(is_one(0, self._applying), [self._bare]) is not None

    # --- outcomes that are never reached ----------------------------------------------

    def _reaches(self, outcome: str) -> Situation | None:
        near = All(tuple(node for _, node in self._formula.exceptions))
        if outcome in {Status.MET.value, Status.OPEN.value}:
            near = All(tuple(one for one in (self._formula.done, self._formula.left) if one))
        return self._trying.any(is_one(0, BITS[outcome]), [self._formula], near)

    def _never_applies(self) -> Fault:
        blame, found = self._to_blame(self._applying, self._bare)
        return self._fault(
            check="never-applies",
            what=f"rule `{self._rule.name}` can never apply, whatever happens" + blame,
            remedy="write conditions that can hold together, or take the rule out",
            shown="what one would take the rule for comes to nothing",
            found=found,
        )

    def _never_reached(self, outcome: str) -> Fault:
        blame, found = self._to_blame(BITS[outcome], self._formula)
        return self._fault(
            check="never-reached",
            what=f"rule `{self._rule.name}` never comes to `{outcome}`, which rules of its sort do"
            + blame,
            remedy="mend what keeps it from that, or write the rule as one of another sort",
            shown=f"where one would look for `{outcome}`, it comes to something else",
            found=found,
        )

    def _to_blame(self, bits: int, formula: Formula) -> tuple[str, Situation | None]:
        """Say without which part the rule would reach an outcome, and where."""
        for one in lessened(formula):
            found = self._trying.cheapest(is_one(0, bits), [one.formula])
            if found is not None:
                return f"; without {_said(one)} it would", found
        for _, name, rest in without_exceptions(formula):
            found = self._trying.cheapest(is_one(0, bits), [rest])
            if found is not None:
                return f"; without `{name}` it would", found
        bare = without_conditions(formula)
        return "", self._trying.cheapest(is_one(0, bits), [bare])

    # --- exceptions -------------------------------------------------------------------

    def _is_idle_exception(self, place: int, name: str) -> bool:
        """Tell whether an exception neither changes what the rule comes to, nor is named."""
        formula = self._formula
        # What changes what the rule comes to is named as well, so that this is enough.
        tried = [up_to(formula, place), up_to(formula, place - 1)]
        goal = differ_in(self._answer(name), (0, 1))
        return self._trying.any(goal, tried, formula.exceptions[place][1]) is None

    def _answer(self, name: str) -> int:
        is_gap = any(name == gap for gap, _ in self._rule.gaps)
        return UNDETERMINED if is_gap else EXCUSED

    def _idle_exception(self, place: int, name: str) -> Fault:
        barred = name.startswith("barred-by-")
        called = f"`subject_to: {name.removeprefix('barred-by-')}`" if barred else f"`{name}`"
        sort = "" if barred else "gap " if self._answer(name) == UNDETERMINED else "exception "
        what = f"the {sort}{called} of rule `{self._rule.name}` changes nothing, whatever happens"
        if self._rule.modality in {Modality.MAY, Modality.REFER}:
            why, found = ", since such a rule has no exceptions", self._bites()
        else:
            alone = only(self._formula, place)
            found = self._trying.cheapest(is_one(0, self._answer(name)), [alone])
            why = ": it never holds where the rule applies"
            if found is not None:
                why = ": wherever it holds, another has answered already, or nothing is to answer"
            found = found or self._bites()
        return self._fault(
            check="idle-exception",
            what=what + why,
            remedy="take it out, or write what it is meant to say",
            shown=f"the rule comes to the same with and without {called}",
            found=found,
        )

    # --- conditions -------------------------------------------------------------------

    def _idle_conditions(self, left: Formula, idle_exceptions: list[str]) -> Iterator[Fault]:
        """Find conditions and alternatives without which the rule comes to the same.

        What was found is taken out before the next is tried, so that of two that say the
        same one alone is idle.
        """
        tried: set[object] = set()
        is_looking = True
        while is_looking:
            is_looking = False
            for one in lessened(left):
                if one.gone in tried or self._is_in_idle_exception(one, idle_exceptions):
                    continue
                tried.add(one.gone)
                if not self._is_idle(left, one):
                    continue
                if one.section == "trigger" and self._always_applies():
                    yield self._always()
                    return
                yield self._idle_condition(one)
                left, is_looking = one.formula, True
                break

    def _is_in_idle_exception(self, one: Lessened, idle_exceptions: list[str]) -> bool:
        exceptions = self._formula.exceptions
        return one.section == "exceptions" and exceptions[one.place][0] in idle_exceptions

    def _is_idle(self, left: Formula, one: Lessened) -> bool:
        tried, near = [left, one.formula], one.gone
        if one.section == "trigger":
            return not self._differ_in_opening(tried, near)
        if one.section == "done":
            bits = MET
        else:
            near = left.exceptions[one.place][1]
            bits = self._answer(left.exceptions[one.place][0])
            tried = [up_to(two, one.place) for two in tried]
        return self._trying.any(differ_in(bits, (0, 1)), tried, near) is None

    def _idle_condition(self, one: Lessened) -> Fault:
        bits = BITS[bite(self._rule)]
        if one.section == "exceptions":
            bits = self._answer(self._formula.exceptions[one.place][0])
        found = self._trying.cheapest(is_one(0, bits), [self._formula])
        sort = "alternative" if one.is_alternative else "condition"
        return self._fault(
            check="idle-condition",
            what=f"rule `{self._rule.name}` comes to the same without the {sort} {_said(one)}",
            remedy="take it out, or write what it is meant to ask",
            shown=f"the rule comes to the same with and without {_said(one)}",
            found=found,
        )

    def _always_applies(self) -> bool:
        both = [self._formula, without_conditions(self._formula)]
        return not self._differ_in_opening(both, self._formula.trigger)

    def _differ_in_opening(self, both: Sequence[Formula], near: Node) -> bool:
        """Tell whether there is ever a finding by one of two rules and none by the other."""
        # Where one surely applies and the other surely does not, what excuses changes nothing.
        opening = [only_opened(one) for one in both]
        if self._trying.any(one_applies, opening, near) is not None:
            return True
        return self._trying.any(differ_in(NOTHING, (0, 1)), both, near) is not None

    def _always(self) -> Fault:
        parts = getattr(self._formula.trigger, "parts", ())
        asked = " and ".join(f"`{_text(condition_of(one))}`" for one in parts if asks(one))
        kinds = " or ".join(f"`{one}`" for one in self._rule.trigger.kinds) or "event"
        return self._fault(
            check="always-applies",
            what=f"rule `{self._rule.name}` applies to every {kinds} of those it binds: {asked} is never false",
            remedy="write conditions that can fail, or none",
            shown="the rule applies, as it would without its conditions",
            found=self._bites(),
        )

    # --- evidence ---------------------------------------------------------------------

    def _bites(self) -> Situation | None:
        return self._trying.cheapest(is_one(0, BITS[bite(self._rule)]), [self._formula])

    def _fault(
        self, *, check: str, what: str, remedy: str, shown: str, found: Situation | None
    ) -> Fault:
        return Fault(
            check=check,
            place=self._rule.place,
            rules=(self._rule.name,),
            what=what,
            remedy=remedy,
            evidence=evidence(self._space, found, shown, [self._rule]),
        )


def _said(one: Lessened) -> str:
    return f"`{_text(condition_of(one.gone), related=one.is_related)}`"


def _text(condition: object, *, related: bool = False) -> str:
    return condition_text(condition, related=related)  # type: ignore[arg-type]
