"""Flat rows of what holds of events, which is all that durable-rules is ever told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING

from attrs import define, evolve, frozen

from councilrules.engines._glancing import NO, PERHAPS, YES
from councilrules.engines._plans import is_on_a_pair
from councilrules.engines.durable._glimpses import UNSURE, Glimpses, plain_name
from councilrules.periods import Moment, Stretch
from councilrules.rules import Compared, Holds, Modality, Order, Path
from councilrules.situations import View, compared, lasting
from councilrules.situations.deadlines import deadline
from councilrules.truth import Truth, truth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.engines._plans import Asked, Plan
    from councilrules.engines._record import Record
    from councilrules.engines.durable._glimpses import Glimpse
    from councilrules.engines.durable._layouts import (
        Choice,
        Column,
        Joined,
        OwnLayout,
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
_TOLD = {YES: Truth.TRUE, NO: Truth.FALSE}
_SAID = {YES: "yes", UNSURE: "?", NO: "no"}
# Python 3.11 takes as long to look up a member of an enum as to do anything with it.
_FALSE = Truth.FALSE
NEVER = (datetime.max.replace(tzinfo=UTC) - _BEGINNING) // _TICK
"""The instant that stands for no deadline."""


def instant(at: datetime) -> int:
    """Give an instant as a whole number of microseconds, never negative."""
    since = at - _BEGINNING
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


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
        record: Record,
        names: Names,
    ) -> None:
        """Take what tells what holds of an event, and the tokens for names."""
        self.names = names
        self._glimpses = Glimpses(rulebook, record, situations, jurisdiction)
        self._rulebook = rulebook
        self._situations = situations
        self._jurisdiction = jurisdiction

    def asking(
        self, plan: Plan, layout: OwnLayout, event: Event, bearer: str | None, *, plain: bool
    ) -> Asking:
        """Give an event as a rule sees it, and whether the rule binds who is to answer.

        Args:
            plan: The rule.
            layout: What is asked of the event.
            event: The event.
            bearer: Who is to answer.
            plain: Whether a glance can tell anything of the event.
        """
        rule = plan.rule
        view = View(event, rule.bearer, bearer)
        told = self._glimpses.bound(plan, event, bearer) if plain else PERHAPS
        bound = _TOLD.get(told)
        if bound is None:
            bound = self._jurisdiction.bound(rule, view).truth
        if event.until is not None or rule.conduct_at is not None:
            view = evolve(view, part=self._jurisdiction.part(rule, view))
        told_by = self._glimpses.columns(layout, event, rule.bearer) if plain else None
        return Asking(view, bound, told_by)

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
        return Duty(due, instant(due.first), last, _WORDS[left])

    # --- what is on one event ---------------------------------------------------------

    def fill(
        self,
        row: Row,
        columns: tuple[Column, ...],
        choices: Iterable[Choice | PairChoice],
        ask: Asking,
    ) -> bool:
        """Find the columns of some alternatives, of each up to the first that is false.

        Returns:
            Whether there is an alternative of which none is false.
        """
        may_hold = False
        for choice in choices:
            for number in choice.columns:
                name = f"c{number}"
                found = row.get(name)
                if found is None:
                    found = row[name] = self._column(number, columns, ask)
                if found == "no":
                    break
            else:
                may_hold = True
        return may_hold

    def _column(self, number: int, columns: tuple[Column, ...], ask: Asking) -> str:
        if ask.glimpses is not None:
            told = ask.glimpses[number](ask.view.event, ask.view.bearer)
            if told != PERHAPS:
                return _SAID[told]
        return _WORDS[self._all(columns[number], ask)]

    def _all(self, column: Column, ask: Asking) -> Truth:
        where, literals = column
        found = Truth.TRUE
        for one in literals:
            held = self._holds(where, one, ask)
            found = found.and_(held if one.holds else held.not_())
            if found is _FALSE:
                break
        return found

    def _holds(self, where: str, asked: Asked, ask: Asking) -> Truth:
        condition, answering = asked.condition, asked.answering
        if where == "due":
            assert ask.duty is not None  # noqa: S101 - only duties have such a column
            return ask.duty.deadline.met_by(ask.view.event).truth
        if isinstance(condition, str):
            if condition == "bound":
                return ask.bound
            # What opened the case is not doubted again as an answer to itself (P2).
            doubts = answering and where == "own"
            return self._situations.happened(ask.view.event, answering=doubts).truth
        view = View(ask.view.event) if where == "itself" else ask.view
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

    def related(
        self, layout: PairLayout, event: Event, *, plain: bool
    ) -> tuple[Row, tuple[Side, ...]]:
        """Give the row of an event that a relation looks for, but for its keys."""
        view, row = View(event), Row()
        told_by = self._glimpses.columns(layout, event, None) if plain else None
        self.fill(row, layout.columns, layout.choices, Asking(view, Truth.TRUE, told_by))
        sides = tuple(
            self._side(view, path, plain=plain, answering=answering)
            for path, answering, _ in layout.keys
            if path is not None
        )
        row.update(_flags(layout.joins, [sides[join.key] for join in layout.joins]))
        order = layout.relation.related.order
        if order is Order.BEFORE:
            row.update(bounds("", lasting(event).end))
        elif order is Order.AFTER:
            row.update(bounds("", event.at))
        if "due" in layout.modes:
            row.update(bounds("at-", event.at))
        return row, sides

    def sought(
        self, layout: PairLayout, view: View, duty: Duty | None, *, plain: bool
    ) -> tuple[Row, tuple[Side, ...]]:
        """Give the row of a trigger that a relation is sought for, but for its keys."""
        itself = Side("known", (self.names.token(view.event.id),))
        sides = tuple(
            itself if path is None else self._side(view, path, plain=plain, answering=answering)
            for path, answering, _ in layout.others
        )
        row = _flags(layout.joins, [sides[join.other] for join in layout.joins])
        lasted = lasting(view.event) if view.event.until is None else view.part
        order = layout.relation.related.order
        if order is Order.BEFORE:
            row.update(bounds("", lasted.start))
        elif order is Order.AFTER:
            row.update(bounds("", lasted.end))
        if "due" in layout.modes and duty is not None:
            is_open = duty.deadline.is_open_ended
            row["due-first"] = NEVER if is_open else duty.first
            row["due-last"] = duty.last
        return row, sides

    def _side(self, view: View, path: Path, *, plain: bool, answering: bool) -> Side:
        if plain and path.attribute is None:
            name = plain_name(view, path.field)
            if name is not None:
                return Side("known", (self.names.token(name),))
        value = self._situations.value(view, path, answering=answering)
        tokens = tuple(dict.fromkeys(map(self.names.token, value.names)))
        return Side(value.state, tokens, value.is_disputed)


def bounds(name: str, moment: Moment) -> Row:
    """Give the bounds of a moment as two fields."""
    return {f"{name}lo": instant(moment.first), f"{name}hi": instant(moment.last)}


def _flags(joins: tuple[Joined, ...], sides: Iterable[Side]) -> Row:
    """Say what each join makes of a side of it whatever the names.

    It is loose if the two may fit although they share no name, and firm if they do fit
    for certain when they share one (P2, P10).
    """
    row: Row = {}
    for number, (join, side) in enumerate(zip(joins, sides, strict=True)):
        answering = join.asked.answering
        is_loose, is_firm = side.state in {"unknown", "one-of"}, side.state == "known"
        if isinstance(join.asked.condition, Compared):
            is_loose = side.is_vague or (side.is_disputed and not answering)
            is_firm = is_firm and not (side.is_disputed and answering)
        row[f"l{number}"] = "yes" if is_loose else "no"
        row[f"f{number}"] = "yes" if is_firm else "no"
    return row


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
    """What the columns of one fact are asked of.

    Attributes:
        view: The event, and who is to answer for it.
        bound: Whether the rule binds that person then.
        glimpses: What tells each column at a glance; `None` if a glance tells nothing.
        duty: The duty that the event opens.
    """

    view: View
    bound: Truth
    glimpses: tuple[Glimpse, ...] | None = None
    duty: Duty | None = None
