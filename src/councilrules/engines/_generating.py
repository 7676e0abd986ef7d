"""Python source from plans: one function for each kind of event, which tries its rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from attrs import field, frozen

from councilrules.engines._plans import Plan, Plans, is_on_a_pair
from councilrules.engines._record import COURSE
from councilrules.register import COUNCIL
from councilrules.rules import (
    AllOf,
    Always,
    AnyOf,
    Compared,
    Condition,
    HasInterest,
    Holds,
    Is,
    IsNone,
    Judged,
    Not,
    Path,
    Related,
    SitsOn,
    TookOfficeSince,
    parts_of,
)
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.rules import Rule

_OF_THE_WHOLE = ("Authorised", "Provided", "Vacant", "WithinTerms")
"""Conditions that need more of the register than what one field names."""

_PERHAPS = "PERHAPS"


@frozen
class Recalled:
    """A condition that a generated function asks the register about, through a memory.

    Attributes:
        condition: What is asked.
        bearer: The field that names who answers, if the rule has one.
        answering: Whether it would speak for that person.
        number: How many values it is asked with.
        who: Which of them is who answers; `among` if who answers may be one of those that
            the next value names, and is given first; `None` if that makes no difference.
    """

    condition: Condition
    bearer: str | None
    answering: bool
    number: int
    who: int | Literal["among"] | None = None


@frozen(eq=False)
class Source:
    """Generated functions, with what they take for granted.

    Attributes:
        text: The source, one function for each kind of event.
        names: The kinds of event, each with the name of its function.
        recalled: What the functions are about that ask the register, by their names.
    """

    text: str
    names: dict[str, str]
    recalled: dict[str, Recalled]


def generate(plans: Plans, clauses: frozenset[str] | None = None) -> Source:
    """Write the functions of a rulebook, or of some of its clauses."""
    writer = _Writer()
    functions: list[str] = []
    names: dict[str, str] = {}
    for kind, listed in sorted(plans.by_trigger.items()):
        meant = [one for one in listed if clauses is None or one.rule.clause in clauses]
        if meant and kind != COURSE:
            names[kind] = kind.replace("-", "_")
            functions.append("\n".join(writer.function(kind, meant)))
    return Source(
        text="\n\n\n".join(functions) + "\n",
        names=names,
        recalled={name: one for one, name in writer.recalled.items()},
    )


@frozen
class _Writer:
    """Writes functions, and numbers what they refer to."""

    recalled: dict[Recalled, str] = field(factory=dict)

    def function(self, kind: str, plans: Iterable[Plan]) -> Iterator[str]:
        """Write the function that tries the rules which a kind of event can open."""
        tried = [_Tried(self, kind, plan) for plan in plans]
        bearers = {one.bearer: None for one in tried if one.plan.rule.bearer and one.bearer}
        yield f"def {kind.replace('-', '_')}(look, event, force, bound):"
        yield f'    """Try the rules that a plain event of the kind `{kind}` can open a case of."""'
        tests = [f"type({one}) is not str" for one in bearers]
        if tests:
            yield f"    if {' or '.join(tests)}:"
            yield "        return look.closely(event)"
        yield "    opened = []"
        bound: dict[tuple[str | None, tuple[str, ...]], str] = {}
        for one in tried:
            key = one.plan.rule.bearer, one.plan.rule.roles
            if one.is_told and key not in bound:
                bound[key] = f"bound_{len(bound)}"
                yield f"    {bound[key]} = {one.bound()}"
        for one in tried:
            yield f"    # {_said(one.plan.rule)}"
            yield from one.lines(bound)
        yield "    return opened"

    def recall(self, recalled: Recalled) -> str:
        """Name the function that asks the register about a condition."""
        word = re.sub(r"(?<!^)([A-Z])", r"_\1", type(recalled.condition).__name__).lower()
        return self.recalled.setdefault(recalled, f"{word}_{len(self.recalled)}")


@frozen
class _Tried:
    """Writes how one rule is tried on one kind of event."""

    writer: _Writer
    kind: str
    plan: Plan

    @property
    def bearer(self) -> str | None:
        """Write who answers; `None` if events of this kind do not say."""
        rule = self.plan.rule
        return repr(COUNCIL) if rule.bearer is None else self._value(rule.bearer)

    @property
    def is_told(self) -> bool:
        """Tell whether a glance can say anything of it."""
        return self.plan.rule.conduct_at is None and self.bearer is not None

    def bound(self) -> str:
        """Write whether the rule binds whoever is to answer."""
        rule = self.plan.rule
        binds = "bound" if rule.bearer == "by" else "force"
        if rule.bearer is None or not rule.roles:
            return binds
        held = Recalled(
            Holds(Path(rule.bearer), rule.roles), rule.bearer, answering=False, number=1, who=0
        )
        return f"{binds} & {self.writer.recall(held)}[{self.bearer}]"

    def lines(self, bound: dict[tuple[str | None, tuple[str, ...]], str]) -> Iterator[str]:
        """Write the lines of a rule.

        Args:
            bound: The variables that tell whether a rule binds whoever is to answer, by
                the field that names them and their roles.
        """
        rule, number = self.plan.rule, self.plan.number
        if not self.is_told:
            yield f"    opened += look.closely(event, {number})"
            return
        key = rule.bearer, rule.roles
        own, related = self._needed()
        tests = [
            f"(known := {bound[key]})",
            *(f"(known := known & {self._asked(one)})" for one in own),
        ]
        yield "    if (" + "\n        and ".join(tests) + "):"
        near, barred = " & ".join(map(self._asked, related)) or "YES", self._excused()
        arguments = [str(number), "event", str(self.bearer), "known", near, barred]
        if rule.required:
            arguments.append(self._asked(rule.required[-1], answering=True))
        yield f"        opened.append(look.opening({', '.join(arguments)}))"

    def _value(self, name: str) -> str | None:
        attribute = _attribute(self.kind, name)
        return None if attribute is None else f"event.{attribute}"

    # --- conditions ------------------------------------------------------------------

    def _needed(self) -> tuple[list[Condition], list[Condition]]:
        """Give what is needed for the case: of the event itself, and of others."""
        rule = self.plan.rule
        conditions = [
            part for one in (rule.trigger.condition, *rule.further) for part in _conjuncts(one)
        ]
        related = [one for one in conditions if _looks_further(one)]
        own = [one for one in conditions if one not in related and one != Always()]
        # What the event says by itself is told sooner than what the register says.
        return sorted(own, key=_asks_the_register), related

    def _excused(self) -> str:
        """Write what tells whether an exception may apply, or the text be silent."""
        rule = self.plan.rule
        if not is_told_at_a_glance(rule):
            return _PERHAPS
        answers = [self._asked(one, answering=True) for _, one in rule.exceptions]
        answers += [self._asked(one) for _, one in rule.gaps]
        return " | ".join(answers) or "NO"

    def _asked(self, condition: Condition, *, answering: bool = False) -> str:
        """Write what tells whether a condition holds."""
        match condition:
            case Always():
                return "YES"
            case Not(part=part):
                return f"negated({self._asked(part, answering=not answering)})"
            case AllOf(parts=parts):
                return (
                    "(" + " & ".join(self._asked(one, answering=answering) for one in parts) + ")"
                )
            case AnyOf(parts=parts):
                return (
                    "(" + " | ".join(self._asked(one, answering=answering) for one in parts) + ")"
                )
            case Related():
                relation = self.plan.relation(condition, answering=answering)
                return f"look.near({self.plan.number}, {relation.number}, event, {self.bearer})"
            case Judged(question=question):
                return f"look.judged(event, {question!r})"
            case _ if is_on_a_pair(condition) or type(condition).__name__ in _OF_THE_WHOLE:
                return _PERHAPS
            case _:
                return self._of_fields(condition, answering=answering)

    def _of_fields(self, condition: Any, *, answering: bool) -> str:  # noqa: ANN401 - a condition with a path
        value = self._value(condition.path.field)
        if value is None:
            return _PERHAPS
        plain = condition.path.attribute is None
        match condition:
            case Is(words=words) if plain:
                return f"word({value}, {words!r})"
            case IsNone() if plain:
                return f"empty({value})"
            case Compared(other=other, differs=differs):
                compared = self._value(other.field)
                if not plain or other.attribute is not None or compared is None:
                    return _PERHAPS
                return f"{'differs' if differs else 'same'}({value}, {compared})"
            case HasInterest(path=path, matter=further) | SitsOn(path=path, for_=Path() as further):
                return self._recall(condition, (path.field, further.field), answering=answering)
            case _:
                return self._recall(condition, (condition.path.field,), answering=answering)

    def _recall(self, condition: Condition, fields: tuple[str, ...], *, answering: bool) -> str:
        """Write a question to the register about what some fields name.

        What it says may depend on who is to answer: where they are named themselves, and
        where an office is asked for that they may hold in one capacity or another.
        """
        values = [self._value(one) for one in fields]
        if None in values:
            return _PERHAPS
        named = [str(one) for one in values]
        own = self.plan.rule.bearer
        who: int | Literal["among"] | None = None
        if own is not None and self.bearer in named:
            who = named.index(self.bearer)
        elif own is not None and isinstance(condition, (Holds, TookOfficeSince)):
            who, named = "among", [f"among({self.bearer}, {named[0]})", *named]
        name = self.writer.recall(Recalled(condition, own, answering, len(named), who))
        return f"{name}[{', '.join(named)}]"


def _attribute(kind: str, name: str) -> str | None:
    """Find the attribute that holds a field in events of a kind."""
    found = kinds()[kind]
    if name == "towards":
        return found.cls.receiver or "towards"
    if name == "id":
        return "id"
    known = found.fields.get(name)
    return None if known is None else known.attribute


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from _conjuncts(part)
    else:
        yield condition


def _asks_the_register(condition: Condition) -> bool:
    return any(
        not isinstance(one, (Is, IsNone, Compared, Judged, Not, AllOf, AnyOf))
        or getattr(getattr(one, "path", None), "attribute", None) is not None
        for one in parts_of(condition)
    )


def _looks_further(condition: Condition) -> bool:
    return any(isinstance(one, Related) for one in parts_of(condition))


def _said(rule: Rule) -> str:
    """Say in a comment what the rule says of whom; names that an author chose stay in it."""
    who = " or ".join(rule.roles) or "anyone"
    modality = rule.modality.value.replace("_", " ")
    said = f"{rule.name}: {modality}, {rule.bearer or 'the council'}: {who}"
    return "".join(one if one.isprintable() else " " for one in said)


def is_told_at_a_glance(rule: Rule) -> bool:
    """Tell whether a breach of the rule needs no close look where all is plain.

    It does where the finding would have to say whether the register is only silent on an
    exception.
    """
    if rule.denies is not None:
        return False
    return all(rests_on_silence(one) is not None for _, one in rule.exceptions)


def rests_on_silence(condition: Condition) -> bool | None:
    """Tell whether a condition that is false is so only because nothing is recorded.

    `None` where that is not the same every time.
    """
    match condition:
        case Related():
            return True
        case Not() | Always() | Judged():
            return False
        case AllOf(parts=parts) | AnyOf(parts=parts):
            each = {rests_on_silence(part) for part in parts}
            if len(each) == 1:
                return each.pop()
            return True if isinstance(condition, AnyOf) and True in each else None
        case Is(path=path) | IsNone(path=path) | Compared(path=path):
            return False if path.attribute is None else None
        case _:
            return None
