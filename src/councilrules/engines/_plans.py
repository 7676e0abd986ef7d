"""Rules compiled once into forms that no engine owns: what is certain, what is possible.

A condition is kept as alternatives, each a set of literals that all have to hold. In
Kleene's logic the same alternatives serve twice: a condition is certainly true where all
literals of one alternative are, and possibly true where none of them is certainly false.
So an engine needs no third truth value, only two readings of each column.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

from attrs import frozen

from councilrules.rules import (
    AllOf,
    AnyOf,
    Compared,
    Modality,
    Not,
    RefersToTrigger,
    Related,
    parts_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from councilrules.rules import Condition, Rule, Rulebook

_T = TypeVar("_T")
Join = Compared | RefersToTrigger
"""What holds a field of the related event against the event that opened the case."""


@frozen
class Asked:
    """A condition on one event, or on a pair of them, as one side asks it.

    Attributes:
        condition: What is asked; `bound` and `happened` are asked of every event.
        answering: Whether it would speak for the person who is to answer.
        holds: Whether it has to hold, or has not to.
    """

    condition: Condition | Literal["bound", "happened"]
    answering: bool
    holds: bool = True


Alternatives = tuple[tuple[Asked, ...], ...]
"""Ways in which a condition can come true, each all of its parts."""


@frozen(eq=False)
class Relation:
    """A search for another event, as engines carry it out.

    Attributes:
        number: Its place among the relations of its rule.
        related: What is looked for.
        answering: Whether to find it would speak for the person who is to answer.
        joins: Ways to narrow the search: of each, one of the joins has to hold.
        follows: Whether what is found refers to the trigger, and so came after it.
        is_chained: Whether others have to come before it, or it before others.
    """

    number: int
    related: Related
    answering: bool
    joins: tuple[tuple[Join, ...], ...]
    follows: bool
    is_chained: bool = False

    @cached_property
    def ways(self) -> tuple[tuple[str, ...], ...]:
        """Give the ways to narrow the search by the fields of which one has to be shared."""
        return tuple(tuple(join.path.field for join in joins) for joins in self.joins)

    @property
    def alternatives(self) -> Alternatives:
        """Give the ways in which an event can fit the pattern, its proof included."""
        fits = alternatives(self.related.pattern.condition, answering=self.answering)
        happened = Asked("happened", self.answering)
        return tuple((happened, *one) for one in fits)


@frozen(eq=False)
class Plan:
    """A rule, as engines carry it out.

    Attributes:
        number: Its place among the rules of its rulebook.
        rule: The rule.
        relations: Every relation in it, by its condition (as an object, since to compare
            them takes long) and the side that asks.
        barring: The rules of the clauses it yields to that forbid what a refusal denies.
        bars_by: The kinds of event that those rules look for.
        opens_alone: Whether no other event has a say in whether a case is open.
    """

    number: int
    rule: Rule
    relations: Mapping[tuple[int, bool], Relation]
    barring: tuple[Plan, ...] = ()
    bars_by: frozenset[str] = frozenset()
    opens_alone: bool = True

    @cached_property
    def looks_further(self) -> bool:
        """Tell whether other events can bear on a case, so that it has to be kept."""
        return bool(self.relations or self.bars_by)

    @property
    def opening(self) -> Alternatives:
        """Give the ways in which an event can open a case."""
        needed = (self.rule.trigger.condition, *self.rule.further)
        opened = (Asked("bound", answering=False), Asked("happened", answering=False))
        return tuple((*opened, *one) for one in alternatives(AllOf(needed), answering=False))

    def relation(self, related: Related, *, answering: bool) -> Relation:
        """Find the plan of a relation of the rule."""
        return self.relations[id(related), answering]


@frozen(eq=False)
class Plans:
    """The plans of one rulebook, by what each kind of event means to them.

    Attributes:
        rulebook: The rulebook.
        all: The plans in the order of the rules; standing duties have none.
        by_trigger: The plans that an event of a kind can open a case of.
        by_related: The plans and relations that look for events of a kind.
        barred_by: The plans that yield to rules which look for events of a kind.
        on_anything: The plans that any event opens which raises a question of theirs.
        by_raising: Of these, the plans that an event of a kind opens by itself.
        by_question: Of these, the plans that an event opens on which a question is written.
    """

    rulebook: Rulebook
    all: tuple[Plan, ...]
    by_trigger: Mapping[str, tuple[Plan, ...]]
    by_related: Mapping[str, tuple[tuple[Plan, Relation], ...]]
    barred_by: Mapping[str, tuple[Plan, ...]]
    on_anything: tuple[Plan, ...]
    by_raising: Mapping[str, tuple[Plan, ...]]
    by_question: Mapping[str, tuple[Plan, ...]]


def plans(rulebook: Rulebook, modalities: frozenset[Modality] | None = None) -> Plans:
    """Compile the rules of a rulebook, or those of some modalities; the last are kept."""
    wanted = modalities or _THAT_FIND
    for kept, compiled, made in _kept:
        if kept is rulebook and compiled == wanted:
            return made
    found = _plans(rulebook, wanted)
    _kept.insert(0, (rulebook, wanted, found))
    del _kept[_MOST_KEPT:]
    return found


_THAT_FIND = frozenset({Modality.MUST_NOT, Modality.MUST, Modality.MUST_FIRST})
_MOST_KEPT = 8
_kept: list[tuple[Rulebook, frozenset[Modality], Plans]] = []


def _plans(rulebook: Rulebook, wanted: frozenset[Modality]) -> Plans:
    made = tuple(
        _plan(number, rule, rulebook)
        for number, rule in enumerate(rulebook.rules)
        if rule.modality in wanted
    )
    on_anything = tuple(plan for plan in made if not plan.rule.trigger.kinds)
    asking = [(name, plan) for plan in on_anything for name in sorted(plan.rule.questions)]
    return Plans(
        rulebook=rulebook,
        all=made,
        by_trigger=_sorted((kind, plan) for plan in made for kind in plan.rule.trigger.kinds),
        by_related=_sorted(
            (kind, (plan, relation))
            for plan in made
            for relation in plan.relations.values()
            for kind in relation.related.pattern.kinds
        ),
        barred_by=_sorted((kind, plan) for plan in made for kind in plan.bars_by),
        on_anything=on_anything,
        by_raising=_sorted(
            (kind, plan) for name, plan in asking for kind in rulebook.questions[name].raised_by
        ),
        by_question=_sorted(asking),
    )


def _sorted(pairs: Iterable[tuple[str, _T]]) -> dict[str, tuple[_T, ...]]:
    """Sort things by their names, each once under each."""
    found: dict[str, dict[_T, None]] = {}
    for name, item in pairs:
        found.setdefault(name, {})[item] = None
    return {name: tuple(items) for name, items in found.items()}


def _plan(number: int, rule: Rule, rulebook: Rulebook) -> Plan:
    barring = tuple(_barring(rule, rulebook))
    return Plan(
        number=number,
        rule=rule,
        relations=_relations(rule),
        barring=barring,
        opens_alone=not any(
            isinstance(part, Related)
            for one in (rule.trigger.condition, *rule.further)
            for part in parts_of(one)
        ),
        bars_by=frozenset(
            kind
            for plan in barring
            for relation in plan.relations.values()
            for kind in relation.related.pattern.kinds
        ),
    )


def _barring(rule: Rule, rulebook: Rulebook) -> Iterator[Plan]:
    if rule.denies is None:
        return
    numbers = {other.name: number for number, other in enumerate(rulebook.rules)}
    for clause in rulebook[rule.clause].subject_to:
        for other in rulebook[clause].rules:
            if other.modality is Modality.MUST_NOT and rule.denies.kind in other.trigger.kinds:
                yield _plan(numbers[other.name], other, rulebook)


def _relations(rule: Rule) -> dict[tuple[int, bool], Relation]:
    found: dict[tuple[int, bool], Relation] = {}
    needed = (rule.trigger.condition, *rule.further)
    accusing = [*needed, *(condition for _, condition in rule.gaps)]
    answering = [condition for _, condition in rule.exceptions]
    for related, side in (
        *_related(accusing, answering=False),
        *((one, True) for one in rule.required),
        *_related(answering, answering=True),
    ):
        chained = len(rule.required) > 1 and related in rule.required
        if (id(related), side) not in found:
            found[id(related), side] = _relation(len(found), related, side, is_chained=chained)
    return found


def _related(conditions: list[Condition], *, answering: bool) -> Iterator[tuple[Related, bool]]:
    """Give the relations in conditions, each with the side that asks it."""
    for condition in conditions:
        match condition:
            case Related():
                yield condition, answering
            case Not(part=part):
                yield from _related([part], answering=not answering)
            case AllOf(parts=parts) | AnyOf(parts=parts):
                yield from _related(list(parts), answering=answering)
            case _:
                pass


def _relation(number: int, related: Related, answering: bool, *, is_chained: bool) -> Relation:  # noqa: FBT001 - a side
    condition = related.pattern.condition
    return Relation(
        number=number,
        related=related,
        answering=answering,
        joins=tuple(_joins(condition)),
        follows=any(
            isinstance(part, RefersToTrigger) and part.path.field != "id"
            for part in parts_of(condition)
        ),
        is_chained=is_chained,
    )


def _joins(condition: Condition) -> Iterator[tuple[Join, ...]]:
    """Give the ways in which a pattern narrows the search for what fits it."""
    match condition:
        case RefersToTrigger():
            yield (condition,)
        case Compared(of_trigger=True, differs=False) if condition.path.attribute is None:
            yield (condition,)
        case AllOf(parts=parts):
            for part in parts:
                yield from _joins(part)
        case AnyOf(parts=parts):
            each = [next(_joins(part), None) for part in parts]
            if each and all(one is not None for one in each):
                yield tuple(join for one in each if one is not None for join in one)
        case _:
            return


def alternatives(condition: Condition, *, answering: bool, holds: bool = True) -> Alternatives:
    """Give the ways in which a condition comes true, or with `holds` false comes untrue."""
    match condition:
        case Not(part=part):
            return alternatives(part, answering=not answering, holds=not holds)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            each = [alternatives(part, answering=answering, holds=holds) for part in parts]
            if holds is isinstance(condition, AllOf):
                return _product(each)
            return tuple(one for alternative in each for one in alternative)
        case _:
            return ((Asked(condition, answering, holds),),)


def _product(each: list[Alternatives]) -> Alternatives:
    found: Alternatives = ((),)
    for alternative in each:
        found = tuple(
            tuple(dict.fromkeys((*left, *right))) for left in found for right in alternative
        )
    return found


def is_on_a_pair(condition: object) -> bool:
    """Tell whether a condition holds an event against the one that opened the case."""
    return isinstance(condition, RefersToTrigger) or (
        isinstance(condition, Compared) and condition.of_trigger
    )
