"""Flat rows of what holds of events, which is all that durable-rules is ever told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING

from attrs import define, evolve, frozen

from councilrules.engines._plans import is_on_a_pair
from councilrules.periods import Moment, Stretch
from councilrules.rules import Compared, Holds, Modality, Order, Path
from councilrules.situations import Value, View, compared, lasting
from councilrules.situations.deadlines import deadline
from councilrules.truth import Truth, truth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.engines._plans import Asked, Plan
    from councilrules.engines.durable._layouts import (
        Choice,
        Column,
        Joined,
        PairChoice,
        PairLayout,
    )
    from councilrules.events import Event
    from councilrules.rules import RefersToTrigger, Rulebook
    from councilrules.situations import Situations
    from councilrules.situations.deadlines import Deadline
    from councilrules.situations.jurisdiction import Jurisdiction

Row = dict[str, str | int]
"""The fields of a fact: text or whole numbers, never empty, of one type by field."""

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_WORDS = {Truth.TRUE: "yes", Truth.UNKNOWN: "?", Truth.FALSE: "no"}
NEVER = (datetime.max.replace(tzinfo=UTC) - _BEGINNING) // _TICK
"""The instant that stands for no deadline."""


def instant(at: datetime) -> int:
    """Give an instant as a whole number of microseconds, never negative."""
    since = at - _BEGINNING
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def worded(found: Truth) -> str:
    """Give a truth as a column holds it."""
    return _WORDS[found]


class Names:
    """Short tokens for names, since what people write is not to reach durable-rules."""

    def __init__(self) -> None:
        """Start with none."""
        self._tokens: dict[str, str] = {}

    def token(self, name: str) -> str:
        """Give the token of a name, always the same."""
        return self._tokens.setdefault(name, f"n{len(self._tokens)}")


@define(eq=False)
class Side:
    """What one event of a pair holds at a path.

    Attributes:
        state: Whether it is known, as with a `Value`.
        tokens: The names, each once.
        is_disputed: Whether it is written as only alleged.
    """

    state: str
    tokens: tuple[str, ...]
    is_disputed: bool = False

    @property
    def is_vague(self) -> bool:
        """Tell whether it may be anything."""
        return self.state == "unknown" or (self.state == "one-of" and not self.tokens)


@frozen(eq=False)
class Duty:
    """By when a duty has to be done, and whether its bearer was gone by then."""

    deadline: Deadline
    first: int
    last: int
    left: str


class Rows:
    """Makes rows of events, by what the register and the judgements say of them."""

    def __init__(
        self,
        rulebook: Rulebook,
        situations: Situations,
        jurisdiction: Jurisdiction,
        names: Names,
    ) -> None:
        """Take what tells what holds of an event, and the tokens for names."""
        self.names = names
        self._rulebook = rulebook
        self._situations = situations
        self._jurisdiction = jurisdiction

    def view(self, plan: Plan, event: Event, bearer: str | None) -> tuple[View, Truth]:
        """Give an event as a rule sees it, and whether the rule binds who is to answer."""
        view = View(event, plan.rule.bearer, bearer)
        bound = self._jurisdiction.bound(plan.rule, view).truth
        return evolve(view, part=self._jurisdiction.part(plan.rule, view)), bound

    def duty(self, plan: Plan, view: View) -> Duty | None:
        """Give the duty that an event opens, if the rule sets one."""
        rule = plan.rule
        if rule.modality is not Modality.MUST:
            return None
        due = deadline(rule, self._rulebook, view.event)
        left, last = Truth.FALSE, instant(due.last)
        if rule.roles and view.bearer and last < NEVER:
            then = evolve(view, part=Stretch.at(Moment(due.first, due.last)))
            office = Holds(Path(rule.bearer or ""), rule.roles)
            left = self._situations.truth_of(office, then, answering=False).truth.not_()
        return Duty(due, instant(due.first), last, worded(left))

    # --- what is on one event ---------------------------------------------------------

    def fill(
        self,
        truths: dict[int, Truth],
        columns: tuple[Column, ...],
        choices: Iterable[Choice | PairChoice],
        ask: Asking,
    ) -> None:
        """Find the columns of some alternatives, of each up to the first that is false."""
        for choice in choices:
            for number in choice.columns:
                if number not in truths:
                    truths[number] = self._all(columns[number], ask)
                if truths[number] is Truth.FALSE:
                    break

    def _all(self, column: Column, ask: Asking) -> Truth:
        where, literals = column
        found = Truth.TRUE
        for one in literals:
            held = self._holds(where, one, ask)
            found = found.and_(held if one.holds else held.not_())
            if found is Truth.FALSE:
                break
        return found

    def _holds(self, where: str, asked: Asked, ask: Asking) -> Truth:
        condition, answering = asked.condition, asked.answering
        view = View(ask.view.event) if where == "itself" else ask.view
        if where == "due":
            assert ask.duty is not None  # noqa: S101 - only duties have such a column
            return ask.duty.deadline.met_by(view.event).truth
        if condition == "bound":
            return ask.bound
        if condition == "happened":
            # What opened the case is not doubted again as an answer to itself (P2).
            doubts = answering and where == "own"
            return self._situations.happened(view.event, answering=doubts).truth
        if is_on_a_pair(condition):
            return self._joined(asked, view, ask.view)
        return self._situations.truth_of(condition, view, answering=answering).truth  # type: ignore[arg-type]  # all others are on one event

    def _joined(self, asked: Asked, view: View, trigger: View) -> Truth:
        """Tell what is asked of a pair of the event and itself."""
        condition: Compared | RefersToTrigger = asked.condition  # type: ignore[assignment]  # only called for these
        one = self._situations.value(view, condition.path, answering=asked.answering)
        if isinstance(condition, Compared):
            two = self._situations.value(trigger, condition.other, answering=asked.answering)
            return compared(condition, one, two, answering=asked.answering).truth
        is_known = one.state not in {"unknown", "one-of"}
        return truth(trigger.event.id in one.names if is_known else None)

    # --- what is on a pair of events --------------------------------------------------

    def related(self, layout: PairLayout, event: Event) -> tuple[Row, tuple[Side, ...]]:
        """Give the row of an event that a relation looks for, but for its keys."""
        view, truths = View(event), dict[int, Truth]()
        self.fill(truths, layout.columns, layout.choices, Asking(view, Truth.TRUE))
        row: Row = {f"c{number}": worded(found) for number, found in truths.items()}
        sides = tuple(
            self._side(self._situations.value(view, path, answering=answering))
            for path, answering, _ in layout.keys
            if path is not None
        )
        for number, join in enumerate(layout.joins):
            row.update(_flags(join, number, sides[join.key]))
        own = lasting(event)
        if layout.relation.related.order is Order.BEFORE:
            row.update(bounds("", own.end))
        elif layout.relation.related.order is Order.AFTER:
            row.update(bounds("", own.start))
        if "due" in layout.modes:
            row.update(bounds("at-", event.at))
        return row, sides

    def sought(
        self, layout: PairLayout, view: View, duty: Duty | None
    ) -> tuple[Row, tuple[Side, ...]]:
        """Give the row of a trigger that a relation is sought for, but for its keys."""
        row: Row = {}
        itself = Side("known", (self.names.token(view.event.id),))
        sides = tuple(
            itself
            if path is None
            else self._side(self._situations.value(view, path, answering=answering))
            for path, answering, _ in layout.others
        )
        for number, join in enumerate(layout.joins):
            row.update(_flags(join, number, sides[join.other]))
        lasted = lasting(view.event) if view.event.until is None else view.part
        if layout.relation.related.order is Order.BEFORE:
            row.update(bounds("", lasted.start))
        elif layout.relation.related.order is Order.AFTER:
            row.update(bounds("", lasted.end))
        if "due" in layout.modes and duty is not None:
            is_open = duty.deadline.is_open_ended
            row["due-first"] = NEVER if is_open else duty.first
            row["due-last"] = duty.last
        return row, sides

    def _side(self, value: Value) -> Side:
        tokens = tuple(dict.fromkeys(map(self.names.token, value.names)))
        return Side(value.state, tokens, value.is_disputed)


def bounds(name: str, moment: Moment) -> Row:
    """Give the bounds of a moment as two fields."""
    return {f"{name}lo": instant(moment.first), f"{name}hi": instant(moment.last)}


def _flags(join: Joined, number: int, side: Side) -> Row:
    """Say what a side makes of a join whatever the names.

    It is loose if the two may fit although they share no name, and firm if they do fit
    for certain when they share one (P2, P10).
    """
    answering = join.asked.answering
    if isinstance(join.asked.condition, Compared):
        is_loose = side.is_vague or (side.is_disputed and not answering)
        is_firm = side.state == "known" and not (side.is_disputed and answering)
    else:
        is_loose = side.state in {"unknown", "one-of"}
        is_firm = side.state == "known"
    return {f"l{number}": "yes" if is_loose else "no", f"f{number}": "yes" if is_firm else "no"}


def variants(row: Row, sides: tuple[Side, ...]) -> list[tuple[Row, tuple[str | None, ...]]]:
    """Give a row once for every choice of one name on each side, with those names."""
    made = []
    for tokens in product(*(side.tokens or (None,) for side in sides)):
        keys = {f"k{n}": token for n, token in enumerate(tokens) if token is not None}
        made.append(({**row, **keys}, tokens))
    return made


def counted(join: Joined, one: Side, two: Side, shared: int) -> Truth:
    """Tell whether a literal holds of a pair, by how many names durable-rules saw shared."""
    condition, answering = join.asked.condition, join.asked.answering
    unknown = [side for side in (one, two) if side.state in {"unknown", "one-of"}]
    if not isinstance(condition, Compared):
        found = Truth.UNKNOWN if one in unknown else truth(shared > 0)
        return found if join.asked.holds else found.not_()
    if unknown and (shared or not all(side.tokens for side in unknown)):
        return Truth.UNKNOWN
    found = truth(len(one.tokens) > shared if condition.differs else shared > 0)
    helps = Truth.TRUE if answering else Truth.FALSE
    if found is helps and (one.is_disputed or two.is_disputed):
        return Truth.UNKNOWN
    return found if join.asked.holds else found.not_()


@define(eq=False)
class Asking:
    """What the columns of one fact are asked of."""

    view: View
    bound: Truth
    duty: Duty | None = None
