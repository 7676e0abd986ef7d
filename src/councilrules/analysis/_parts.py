"""What of a rule is to be shown to decide: each part, where it stands, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.analysis.formulas import (
    LEFT_OFFICE,
    All,
    Any,
    Ask,
    Doubt,
    Opposite,
    Search,
)
from councilrules.rules import Always, Order
from councilrules.vocabulary import kinds
from councilrules.wording import InGeneral, any_of, condition, listed, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.analysis.formulas import Formula, Node
    from councilrules.coverage.items import Kind
    from councilrules.rules import Related, Rulebook
    from councilrules.wording import Voice

_NO_CAPACITY = "nobody is in a relationship in one capacity or another"
OPENING = "what opens a case"
REQUIRED = "what is required"


@frozen(kw_only=True, eq=False)
class Part:
    """A part of a rule that has to be shown to decide.

    Attributes:
        kind: Which sort of item it is.
        node: The part of the formula.
        where: The part of the rule that it stands in, in words.
        holds: What it is, in words; `fails` that it is not so.
        within: The search that looks for the event which it is asked of, or against
            which its own event is held; `None` if that is the event that opens the case.
        anchoring: The search for the event whose time that event is held against.
        answer: The exception or the gap that it belongs to, as findings name it.
        cannot: Why it cannot decide by itself; empty if it can.
    """

    kind: Kind
    node: Node
    where: str
    holds: str
    fails: str
    within: Search | None = None
    anchoring: Search | None = None
    answer: str = ""
    cannot: str = ""


def parts_of_rule(rulebook: Rulebook, formula: Formula) -> tuple[Part, ...]:
    """Give the parts of a rule that have to be shown to decide, in its order."""
    return tuple(_Parts(rulebook, formula).all())


@frozen(kw_only=True)
class _Place:
    """Where a part stands."""

    where: str
    voice: Voice
    within: Search | None = None
    anchoring: Search | None = None
    answer: str = ""


class _Parts:
    """Takes a rule apart."""

    def __init__(self, rulebook: Rulebook, formula: Formula) -> None:
        self._questions = rulebook.questions
        self._formula = formula
        self._rule = formula.rule
        self._voice = InGeneral(kinds=formula.rule.trigger.kinds)

    def all(self) -> Iterator[Part]:
        formula = self._formula
        opening = _Place(where=OPENING, voice=self._voice)
        yield from self._inside(formula.trigger, opening)
        for name, node in formula.exceptions:
            yield from self._exception(name, node)
        if formula.done is not None:
            yield from self._inside(formula.done, _Place(where=REQUIRED, voice=self._voice))
        if formula.left is not None:
            yield Part(
                kind="deadline", node=formula.left, where=REQUIRED,
                holds="there is time left", fails="the time is over",
            )  # fmt: skip

    def _exception(self, name: str, node: Node) -> Iterator[Part]:
        is_gap = isinstance(node, Doubt)
        what = "the gap" if is_gap else "the exception"
        where = f"{what} “{plain(name)}”"
        node = node.part if isinstance(node, Doubt) else node
        applies, not_ = f"{where} applies", f"{where} does not apply"
        always = isinstance(node, Ask) and isinstance(node.condition, Always)
        cannot = "it is written as always there" if always else ""
        if name == LEFT_OFFICE:
            applies = "whoever has to do it had left office when it was due"
            not_ = "whoever has to do it was still in office when it was due"
            if not (self._rule.roles and self._rule.bearer):
                cannot = "whoever has to do it holds no office that could end"
        yield Part(
            kind="exception", node=node, where=where, holds=applies, fails=not_,
            answer=name, cannot=cannot,
        )  # fmt: skip
        if not isinstance(node, Ask) or node.topic == "condition":
            yield from self._inside(node, _Place(where=where, voice=self._voice, answer=name))

    def _inside(self, node: Node, place: _Place) -> Iterator[Part]:
        match node:
            case Ask():
                yield from self._asked(node, place)
            case All(parts=parts) | Any(parts=parts):
                for part in parts:
                    yield from self._inside(part, place)
            case Opposite(part=part) | Doubt(part=part):
                yield from self._inside(part, place)
            case Search():
                yield from self._searched(node, place)

    def _asked(self, ask: Ask, place: _Place) -> Iterator[Part]:
        told = self._jurisdiction(ask)
        kind: Kind = "jurisdiction"
        if ask.topic == "condition" and ask.condition is not None:
            if isinstance(ask.condition, Always):
                return
            kind = "condition"
            told = (
                condition(ask.condition, place.voice, self._questions),
                condition(ask.condition, place.voice, self._questions, holds=False),
            )
        elif ask.topic == "in-time":
            kind, told = "deadline", ("it is done in time", "it is done late")
        elif ask.topic == "order" and place.within is not None:
            if place.within.relation.order is Order.ANY_TIME:
                return
            kind, told = "order", _order(place.within.relation)
        if told is not None:
            yield Part(
                kind=kind, node=ask, where=place.where, holds=told[0], fails=told[1],
                within=place.within, anchoring=place.anchoring, answer=place.answer,
                cannot=_NO_CAPACITY if ask.topic == "capacity" and self._is_derived() else "",
            )  # fmt: skip

    def _is_derived(self) -> bool:
        opening = self._rule.trigger.kinds
        return bool(opening) and all(kinds()[kind].cls.derived for kind in opening)

    def _jurisdiction(self, ask: Ask) -> tuple[str, str] | None:
        match ask.topic:
            case "in-force":
                return "the protocol is in force", "the protocol is not in force"
            case "capacity":
                return (
                    "it is done in a capacity that the protocol binds",
                    "it is done as a private person or for another body",
                )
            case "office":
                held = any_of(self._rule.roles)
                return f"whoever answers is then {held}", f"whoever answers is not then {held}"
            case _:
                return None

    def _searched(self, search: Search, place: _Place) -> Iterator[Part]:
        named = listed([f"“{plain(one)}”" for one in search.relation.pattern.kinds], "or")
        named = named or "any kind"
        yield Part(
            kind="relation", node=search, where=place.where,
            holds=f"there is another event, of {named}",
            fails=f"there is no other event of {named}",
            within=place.within, answer=place.answer,
        )  # fmt: skip
        there = _Place(
            where=f"{place.where}, the event {named}",
            voice=InGeneral(kinds=search.relation.pattern.kinds, opener=place.voice.trigger),
            within=search,
            anchoring=place.within,
            answer=place.answer,
        )
        yield from self._inside(search.part, there)
        if search.earlier is not None:
            yield from self._searched(search.earlier, _evolved(place, search))


def _evolved(place: _Place, search: Search) -> _Place:
    return _Place(
        where=place.where, voice=place.voice, within=search, anchoring=place.anchoring,
        answer=place.answer,
    )  # fmt: skip


def _order(relation: Related) -> tuple[str, str]:
    first, second = ("before", "after") if relation.order is Order.BEFORE else ("after", "before")
    return f"it comes {first} the other", f"it comes {second} the other"


__all__ = ["OPENING", "REQUIRED", "Part", "parts_of_rule"]
