"""What is asked of one event and of a pair of events, as columns and alternatives."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from councilrules.engines._plans import Asked, alternatives, is_on_a_pair
from councilrules.rules import Compared, Modality, Related

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.engines._plans import Alternatives, Plan, Relation
    from councilrules.rules import Condition, Path

MOST_COLUMNS = 24
"""How many columns one definition asks at most; more conditions share columns."""

MOST_JOINS = 3
"""How many joins one definition makes at most; the others are counted beside it."""

Where = Literal["own", "itself", "due"]
"""What a column is on: the event; the event as an answer to itself; being in time."""

Column = tuple[Where, tuple[Asked, ...]]
"""Literals that all have to hold, and what they are asked of."""

Section = tuple[Literal["trigger", "unless", "unclear", "itself", "itself-due"], int]
"""A part of a case that rests on its event alone, with its place among its like."""

Mode = Literal["plain", "due", "free"]
"""How a relation is asked: by its order, within the deadline too, or in any order."""

Key = tuple["Path | None", bool, int]
"""A path whose names are joined, with the side that asks; none: the trigger's own id.

The number tells apart joins on one path that have to hold together, each by a name of
its own choice.
"""


@frozen(eq=False)
class Choice:
    """One way in which a part of a case can come true.

    Attributes:
        columns: The columns that have to hold, by number.
        related: The relations that have to hold beside them, or have not to.
    """

    columns: tuple[int, ...]
    related: tuple[Asked, ...] = ()


@frozen(eq=False)
class OwnLayout:
    """What a plan asks of the event that opens a case.

    Attributes:
        columns: The columns of its fact.
        sections: The ways in which each part of a case can come true.
    """

    columns: tuple[Column, ...]
    sections: dict[Section, tuple[Choice, ...]]


@frozen
class Joined:
    """A literal on a pair of events.

    Attributes:
        asked: The literal.
        key: The place of the related event's path among its keys.
        other: The place of the trigger's path among its keys.
    """

    asked: Asked
    key: int
    other: int


@frozen(eq=False)
class PairChoice:
    """One way in which an event can fit a relation.

    Attributes:
        columns: The columns that have to hold of the related event.
        joins: The joins that durable-rules makes, by number.
        counted: The others, which are told from the names that the two share.
    """

    columns: tuple[int, ...]
    joins: tuple[int, ...]
    counted: tuple[int, ...]


@frozen(eq=False)
class PairLayout:
    """What a relation asks of an event, and of the pair that it makes with a trigger.

    Attributes:
        relation: The relation.
        modes: How it is asked.
        columns: The columns of the related event's fact.
        joins: The literals on the pair.
        keys: The paths of the related event that are joined; `others` the trigger's.
        choices: The ways in which an event can fit.
        may_meet_itself: Whether what opens a case is of a kind that is looked for.
    """

    relation: Relation
    modes: tuple[Mode, ...]
    columns: tuple[Column, ...]
    joins: tuple[Joined, ...]
    keys: tuple[Key, ...]
    others: tuple[Key, ...]
    choices: tuple[PairChoice, ...]
    may_meet_itself: bool

    def place(self, mode: Mode, choice: int, *, is_certain: bool) -> int:
        """Give the bit that says that a pair fits in one way."""
        return (self.modes.index(mode) * len(self.choices) + choice) * 2 + (not is_certain)


class _Columns:
    """Numbers columns as they are first asked for."""

    def __init__(self) -> None:
        self.numbers: dict[Column, int] = {}

    def of(self, where: Where, literals: Iterable[Asked]) -> tuple[int, ...]:
        """Give the columns of some literals; where they are many, some share one."""
        asked = tuple(literals)
        size = -(-len(asked) // MOST_COLUMNS) or 1
        parts = (asked[start : start + size] for start in range(0, len(asked), size))
        return tuple(self.numbers.setdefault((where, one), len(self.numbers)) for one in parts)


def own_layout(plan: Plan) -> OwnLayout:
    """Lay out what a plan asks of the event that opens a case."""
    columns = _Columns()
    sections: dict[Section, tuple[Choice, ...]] = {
        section: tuple(_choice(columns, one) for one in found) for section, found in _sections(plan)
    }
    for relation in plan.relations.values():
        if relation.related.or_itself:
            fits = [columns.of("itself", one) for one in relation.alternatives]
            sections["itself", relation.number] = tuple(Choice(one) for one in fits)
            if "due" in modes(plan, relation):
                in_time = columns.of("due", (Asked("happened", answering=False),))
                listed = tuple(Choice((*one, *in_time)) for one in fits)
                sections["itself-due", relation.number] = listed
    return OwnLayout(tuple(columns.numbers), sections)


def _sections(plan: Plan) -> Iterator[tuple[Section, Alternatives]]:
    yield ("trigger", 0), plan.opening
    for place, (_, condition) in enumerate(plan.rule.exceptions):
        yield ("unless", place), alternatives(condition, answering=True)
    for place, (_, condition) in enumerate(plan.rule.gaps):
        yield ("unclear", place), alternatives(condition, answering=False)


def _choice(columns: _Columns, literals: tuple[Asked, ...]) -> Choice:
    own = (one for one in literals if not isinstance(one.condition, Related))
    related = tuple(one for one in literals if isinstance(one.condition, Related))
    return Choice(columns.of("own", own), related)


def pair_layout(plan: Plan, relation: Relation) -> PairLayout:
    """Lay out what a relation asks of an event and of its trigger."""
    columns, joins = _Columns(), _Joins()
    choices = []
    for literals in relation.alternatives:
        paired = [one for one in literals if is_on_a_pair(one.condition)]
        made = [one for one in paired if _is_a_join(one)][:MOST_JOINS]
        own = (one for one in literals if not is_on_a_pair(one.condition))
        choices.append(
            PairChoice(
                columns=columns.of("own", own),
                joins=joins.of(made, together=made),
                counted=joins.of((one for one in paired if one not in made), together=()),
            )
        )
    kinds = plan.rule.trigger.kinds
    return PairLayout(
        relation=relation,
        modes=modes(plan, relation),
        columns=tuple(columns.numbers),
        joins=tuple(joins.made),
        keys=tuple(joins.keys),
        others=tuple(joins.others),
        choices=tuple(choices),
        may_meet_itself=not kinds or not set(kinds).isdisjoint(relation.related.pattern.kinds),
    )


class _Joins:
    """Numbers literals on pairs, and the paths that they hold against each other."""

    def __init__(self) -> None:
        self.made: list[Joined] = []
        self.keys: dict[Key, int] = {}
        self.others: dict[Key, int] = {}

    def of(self, literals: Iterable[Asked], *, together: Iterable[Asked]) -> tuple[int, ...]:
        """Give the numbers of literals; those `together` have to hold at once.

        Of two that hold at once on one path, each may hold by another of its names.
        """
        numbers: list[int] = []
        taken: set[Key] = set()
        beside: set[Key] = set()
        for one in literals:
            number = self._number(one, taken, beside)
            numbers.append(number)
            if together:
                taken.add(list(self.keys)[self.made[number].key])
                beside.add(list(self.others)[self.made[number].other])
        return tuple(numbers)

    def _number(self, asked: Asked, taken: set[Key], beside: set[Key]) -> int:
        condition = asked.condition
        path: Path = condition.path  # type: ignore[union-attr]  # both kinds of join have one
        other = condition.other if isinstance(condition, Compared) else None
        key = _free((path, asked.answering), taken)
        against = _free((other, asked.answering), set() if other is None else beside)
        joined = Joined(
            asked=asked,
            key=self.keys.setdefault(key, len(self.keys)),
            other=self.others.setdefault(against, len(self.others)),
        )
        if joined not in self.made:
            self.made.append(joined)
        return self.made.index(joined)


def _free(path: tuple[Path | None, bool], taken: set[Key]) -> Key:
    """Give the first key of a path that is not taken."""
    return next(key for number in count() if (key := (*path, number)) not in taken)


def _is_a_join(asked: Asked) -> bool:
    """Tell whether two events fit by a literal if they share a name."""
    return asked.holds and not getattr(asked.condition, "differs", False)


def modes(plan: Plan, relation: Relation) -> tuple[Mode, ...]:
    """Tell how a plan asks a relation."""
    rule = plan.rule
    is_duty = rule.modality is Modality.MUST
    found: dict[Mode, None] = {}
    if relation.answering and relation.related in rule.required:
        *earlier, last = rule.required
        if relation.related in earlier:
            found["free"] = None
        if is_duty and relation.related == rule.required[0]:
            found["plain"] = None
        if relation.related == last:
            found["due" if is_duty else "plain"] = None
    for condition in (rule.trigger.condition, *rule.further, *(one for _, one in rule.gaps)):
        if _asks(condition, relation, answering=False):
            found["plain"] = None
    for _, condition in rule.exceptions:
        if _asks(condition, relation, answering=True):
            found["due" if is_duty and relation.related.until_due else "plain"] = None
    return tuple(found)


def _asks(condition: Condition, relation: Relation, *, answering: bool) -> bool:
    literals = (one for way in alternatives(condition, answering=answering) for one in way)
    return any(
        one.condition == relation.related and one.answering is relation.answering
        for one in literals
    )
