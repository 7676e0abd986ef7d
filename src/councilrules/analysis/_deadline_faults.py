"""Faults in the time that a rule allows: a number in its place, or wrongly counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from councilrules.periods import Allowance, Tenure
from councilrules.rules import Parameter, ParameterValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.rules import Rule, Rulebook

_NUMBERS = (0, 1, 5, 30)
_AS_SET = 10
_LEAST = {"first-day-in": 1}


@frozen(kw_only=True)
class Miscount:
    """A wrong way of counting the time that a parameter allows.

    Attributes:
        says: What is wrong, in English.
        more: How many days are added.
        counting: The convention that is counted by instead; `None` for the right one.
        is_other_unit: Whether days are taken for working days, and the other way round.
    """

    says: str
    more: int = 0
    counting: str | None = None
    is_other_unit: bool = False

    def of(self, parameter: Parameter) -> Parameter:
        """Give a parameter with what it is set to wrongly counted; unset, as it is."""
        return evolve(parameter, values=tuple(map(self._of_value, parameter.values)))

    def _of_value(self, value: ParameterValue) -> ParameterValue:
        right = value.allowance
        counting = self.counting or right.counting
        number = max(right.number + self.more, _LEAST.get(counting, 0))
        unit = right.unit
        if self.is_other_unit:
            unit = "days" if unit == "working-days" else "working-days"
        return evolve(value, allowance=evolve(right, number=number, counting=counting, unit=unit))


MISCOUNTS = (
    Miscount(says="a day too many is counted", more=1),
    Miscount(says="a day too few is counted", more=-1),
    Miscount(says="the day on which it begins is counted", counting="first-day-in"),
    Miscount(says="days are taken for working days, or these for days", is_other_unit=True),
)


@frozen(kw_only=True)
class MistakenDeadline:
    """A rulebook with a fault in a deadline, beside the same without it.

    Attributes:
        kind: What kind of fault it is.
        says: What is wrong, in English.
        original: The rulebook without it.
        rulebook: The rulebook with it.
        parameter: The parameter that has it; `None` if it is in the rule itself.
        miscount: How the parameter is wrongly counted, if it is.
    """

    kind: str
    says: str
    original: Rulebook
    rulebook: Rulebook
    parameter: str | None = None
    miscount: Miscount | None = None


def deadline_faults(rule: Rule, rulebook: Rulebook) -> Iterator[MistakenDeadline]:
    """Give every fault in the time that a parameter allows for a rule."""
    name = rule.within
    parameter = None if name is None else rulebook.parameters.get(name)
    if name is None or parameter is None:
        return
    for number in _NUMBERS:
        yield MistakenDeadline(
            kind="parameter-replaced-by-a-number",
            says=f"{number} days are allowed, whatever `{name}` is set to",
            original=rulebook,
            rulebook=_with_number(rule, rulebook, number),
        )
    now, then = ("is silent on time", "asks for timeliness")[:: -1 if parameter.is_timely else 1]
    yield MistakenDeadline(
        kind="timeliness-exchanged",
        says=f"while `{name}` is unset, it counts as if the text {then}, where it {now}",
        original=rulebook,
        rulebook=_set(rulebook, evolve(parameter, is_timely=not parameter.is_timely)),
        parameter=name,
    )
    # What is not set cannot be miscounted.
    original = rulebook if parameter.values else _set(rulebook, _for_example(parameter, rulebook))
    for one in MISCOUNTS:
        yield MistakenDeadline(
            kind="deadline-off-by-one" if one.more else "deadline-miscounted",
            says=f"once `{name}` is set, {one.says}",
            original=original,
            rulebook=_set(original, one.of(original.parameters[name])),
            parameter=name,
            miscount=one,
        )


def _set(rulebook: Rulebook, parameter: Parameter) -> Rulebook:
    return evolve(rulebook, parameters={**rulebook.parameters, parameter.name: parameter})


def _for_example(parameter: Parameter, rulebook: Rulebook) -> Parameter:
    return evolve(parameter, values=(_value(_AS_SET, "working-days", rulebook),))


def _value(number: int, unit: str, rulebook: Rulebook) -> ParameterValue:
    allowance = Allowance(
        number=number,
        unit="days" if unit == "days" else "working-days",
        counting="first-day-out",
        calendar=rulebook.calendar,
    )
    return ParameterValue(allowance=allowance, tenure=Tenure())


def _with_number(rule: Rule, rulebook: Rulebook, number: int) -> Rulebook:
    """Give the rulebook with a parameter of the rule's own that nobody can set."""
    name = f"{rule.within}-as-{number}-days"
    parameter = Parameter(
        name=name,
        means=f"{number} days, which the text does not say.",
        is_timely=False,
        values=(_value(number, "days", rulebook),),
    )
    changed = evolve(rule, within=name)
    clauses = tuple(
        evolve(one, rules=tuple(changed if each is rule else each for each in one.rules))
        if one.id == rule.clause
        else one
        for one in rulebook.clauses
    )
    return _set(evolve(rulebook, clauses=clauses), parameter)
