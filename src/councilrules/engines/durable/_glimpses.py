"""What holds of single events, told from what was told before, where all is plain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from councilrules.engines._glancing import (
    NO,
    PERHAPS,
    YES,
    Memory,
    among,
    capacity,
    differs,
    empty,
    force,
    negated,
    same,
    word,
)
from councilrules.engines._record import COURSE
from councilrules.engines.durable._officers import Officers
from councilrules.events import UNKNOWN, Proof
from councilrules.rules import (
    Adopted,
    Always,
    Compared,
    HasInterest,
    Holds,
    InForce,
    Is,
    IsNone,
    Judged,
    Path,
    SitsOn,
    TookOfficeSince,
)
from councilrules.situations import attribute_of
from councilrules.vocabulary import kind_of, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from councilrules.engines._plans import Asked, Plan
    from councilrules.engines._record import Record
    from councilrules.engines.durable._layouts import Column, OwnLayout, PairLayout
    from councilrules.events import Event
    from councilrules.rules import Rulebook
    from councilrules.situations import Situations, View
    from councilrules.situations.jurisdiction import Jurisdiction
    from councilrules.truth import Truth

    Glimpse = Callable[[Event, str | None], int]
    """Tells of a plain event, and of who is to answer for it: no, perhaps, unsure or yes."""

UNSURE: Final = 2
"""What a close look would only find not to be known; perhaps means that it may tell."""

_SAID: Final = (NO, UNSURE, YES)


class Glimpses:
    """Makes what tells truths at a glance; where that says perhaps, one has to look closely."""

    def __init__(
        self,
        rulebook: Rulebook,
        record: Record,
        situations: Situations,
        jurisdiction: Jurisdiction,
    ) -> None:
        """Take the judgements, and what tells truths closely."""
        self._questions = rulebook.questions
        self._record = record
        self._memory = Memory(situations.register, situations)
        self._officers = Officers(situations)
        self._in_force = force(jurisdiction.in_force)
        self._recalled: dict[tuple[object, str | None, bool], Callable[..., int]] = {}
        self._bound: dict[tuple[int, type], Glimpse] = {}
        self._columns: dict[tuple[object, str | None, type], tuple[Glimpse, ...]] = {}

    # --- whom a rule binds ----------------------------------------------------------------

    def bound(self, plan: Plan, event: Event, bearer: str | None) -> int:
        """Tell whether a rule binds who is to answer for a plain event."""
        key = plan.number, type(event)
        told = self._bound.get(key)
        if told is None:
            told = self._bound[key] = self._binding(plan, event)
        return told(event, bearer)

    def _binding(self, plan: Plan, event: Event) -> Glimpse:
        rule, in_force = plan.rule, self._in_force
        if rule.conduct_at is not None:
            return _perhaps
        if rule.bearer is None:
            return lambda event, _: in_force(event)
        if not _names_bearer(event, rule.bearer, rule.bearer):
            return _perhaps
        first = _both(in_force, capacity) if rule.bearer == "by" else in_force
        if not rule.roles:
            return lambda event, who: PERHAPS if who is None else first(event)
        office = Holds(Path(rule.bearer), rule.roles)
        held = self._officers.holding(office, rule.bearer, answering=False)

        def told(event: Event, who: str | None) -> int:
            found = PERHAPS if who is None else first(event)
            if who is None or not found:
                return found
            known = _said(held(event, who, who))
            return found & (PERHAPS if known == UNSURE else known)

        return told

    # --- columns --------------------------------------------------------------------------

    def columns(
        self, layout: OwnLayout | PairLayout, event: Event, bearer: str | None
    ) -> tuple[Glimpse, ...]:
        """Give what tells the columns of a layout of plain events of this kind.

        Args:
            layout: The layout.
            event: One of those events.
            bearer: The field that names who is to answer.
        """
        key = layout, bearer, type(event)
        told = self._columns.get(key)
        if told is None:
            told = self._columns[key] = tuple(
                self._column(column, event, bearer) for column in layout.columns
            )
        return told

    def _column(self, column: Column, event: Event, bearer: str | None) -> Glimpse:
        where, literals = column
        if where == "due" or kind_of(event).name == COURSE:
            return _perhaps
        seen = bearer if where == "own" else None
        each = [self._literal(one, event, seen) for one in literals]
        if _perhaps in each:
            return _perhaps
        return each[0] if len(each) == 1 else _all(each)

    def _literal(self, asked: Asked, event: Event, bearer: str | None) -> Glimpse:
        told = self._asked(asked, event, bearer)
        if asked.holds or told is _perhaps:
            return told
        return lambda event, who: _turned(told(event, who))

    def _asked(self, asked: Asked, event: Event, bearer: str | None) -> Glimpse:
        match asked.condition:
            case "happened":
                return _happened
            case Always():
                return _yes
            case Judged(question=question):
                return self._judged(question, event)
            case Compared(of_trigger=False) as condition:
                return _compared(condition, event, bearer)
            case Is(path=Path(attribute=None)) | IsNone(path=Path(attribute=None)) as condition:
                return _written(condition, event, bearer)
            case Holds(path=Path(attribute=None)) as condition:
                return self._holding(condition, asked, event, bearer)
            case _:
                return self._recalled_of(asked, event, bearer)

    def _recalled_of(self, asked: Asked, event: Event, bearer: str | None) -> Glimpse:
        match asked.condition:
            case HasInterest(path=path, matter=further) | SitsOn(path=path, for_=Path() as further):
                return self._of_register((path, further), asked, event, bearer)
            case (
                Is(path=path)
                | IsNone(path=path)
                | Holds(path=path)
                | SitsOn(path=path)
                | TookOfficeSince(path=path)
                | InForce(path=path)
                | Adopted(path=path)
            ):
                return self._of_register((path,), asked, event, bearer)
            case _:
                return _perhaps

    def _judged(self, question: str, event: Event) -> Glimpse:
        """Tell what is written on an event, which decides if nothing was judged (P8)."""
        known, record = self._questions.get(question), self._record
        is_raised = known is not None and kind_of(event).name in known.raised_by

        def told(one: Event, _who: str | None) -> int:
            if (question, frozenset((one.id,))) in record.judgements:
                return PERHAPS
            if question not in one.answers:
                return UNSURE if is_raised else NO
            written = one.answers[question]
            if type(written) is not bool:
                return UNSURE
            return YES if written else NO

        return told

    def _holding(self, condition: Holds, asked: Asked, event: Event, bearer: str | None) -> Glimpse:
        read = _reader(event, condition.path.field, bearer)
        if read is None:
            return _unsure
        held = self._officers.holding(condition, bearer, answering=asked.answering)

        def told(one: Event, who: str | None) -> int:
            named = read(one, who)
            return _said(held(one, who, named)) if type(named) is str else PERHAPS

        return told

    def _of_register(
        self, paths: tuple[Path, ...], asked: Asked, event: Event, bearer: str | None
    ) -> Glimpse:
        """Tell what the register says of what some fields name.

        It may depend on who is to answer: where they are named themselves, and where an
        office is asked for that they may hold in one capacity or another.
        """
        reads = [_reader(event, one.field, bearer) for one in paths]
        first, second = reads[0], reads[-1]
        if first is None or second is None:
            return _perhaps
        condition: Any = asked.condition
        recall = self._recall(condition, bearer, answering=asked.answering)
        is_named = any(_names_bearer(event, one.field, bearer) for one in paths)
        is_office = isinstance(condition, (Holds, TookOfficeSince))
        if len(reads) > 1:
            return lambda one, who: recall(
                one, who if is_named else None, first(one, who), second(one, who)
            )
        if is_named or bearer is None or not is_office:
            return lambda one, who: recall(one, who if is_named else None, first(one, who))

        def told(one: Event, who: str | None) -> int:
            named = first(one, who)
            return recall(one, None if who is None else among(who, named), named)

        return told

    def _recall(
        self,
        condition: Any,  # noqa: ANN401 - a condition on one event
        bearer: str | None,
        *,
        answering: bool,
    ) -> Callable[..., int]:
        key = condition, bearer, answering
        if key not in self._recalled:
            memory = self._memory
            ask = memory.interested if isinstance(condition, HasInterest) else memory.recall
            self._recalled[key] = ask(condition, bearer, answering=answering)
        return self._recalled[key]


def _perhaps(_event: Event, _who: str | None) -> int:
    return PERHAPS


def _yes(_event: Event, _who: str | None) -> int:
    return YES


def _unsure(_event: Event, _who: str | None) -> int:
    return UNSURE


def _said(known: Truth | None) -> int:
    return PERHAPS if known is None else _SAID[known.value]


def _turned(told: int) -> int:
    return UNSURE if told == UNSURE else negated(told)


def _word(value: object, words: tuple[str, ...]) -> int:
    return UNSURE if value is UNKNOWN else word(value, words)


def _happened(event: Event, _who: str | None) -> int:
    return YES if event.proof is Proof.ESTABLISHED else PERHAPS


def _both(one: Callable[[Event], int], two: Callable[[Event], int]) -> Callable[[Event], int]:
    def told(event: Event) -> int:
        found = one(event)
        return found & two(event) if found else found

    return told


def _all(each: Iterable[Glimpse]) -> Glimpse:
    def told(event: Event, who: str | None) -> int:
        found = YES
        for one in each:
            told = one(event, who)
            found &= PERHAPS if told == UNSURE else told
            if not found:
                break
        return found

    return told


def _written(condition: Is | IsNone, event: Event, bearer: str | None) -> Glimpse:
    read = _reader(event, condition.path.field, bearer)
    if read is None:
        return _unsure
    if isinstance(condition, IsNone):
        return lambda one, who: empty(read(one, who))
    words = condition.words
    return lambda one, who: _word(read(one, who), words)


def _compared(condition: Compared, event: Event, bearer: str | None) -> Glimpse:
    if condition.path.attribute is not None or condition.other.attribute is not None:
        return _perhaps
    one = _reader(event, condition.path.field, bearer)
    two = _reader(event, condition.other.field, bearer)
    if one is None or two is None:
        return _perhaps
    ask = differs if condition.differs else same
    return lambda event, who: ask(one(event, who), two(event, who))


def _names_bearer(event: Event, name: str, bearer: str | None) -> bool:
    """Tell whether a field of such events, as a rule sees it, names who is to answer."""
    attribute = attribute_of(event, name)
    return attribute is not None and bearer == written(attribute)


def _reader(
    event: Event, name: str, bearer: str | None
) -> Callable[[Event, str | None], object] | None:
    """Make what reads a field of such events; `None` if they have no such field."""
    attribute = attribute_of(event, name)
    if attribute is None:
        return None
    if _names_bearer(event, name, bearer):
        return lambda one, who: getattr(one, attribute) if who is None else who
    return lambda one, _: getattr(one, attribute)


def plain_name(view: View, field: str) -> str | None:
    """Give the one name that a field of a plain event holds, as a rule sees it, if it does."""
    event = view.event
    attribute = attribute_of(event, field)
    if attribute is None:
        return None
    if view.bearer is not None and view.bearer_field == written(attribute):
        return view.bearer
    name = getattr(event, attribute)
    return name if type(name) is str else None
