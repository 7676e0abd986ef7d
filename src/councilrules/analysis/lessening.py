"""A rule with one part taken out: each condition, alternative, step and exception in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from attrs import evolve, frozen

from councilrules.analysis.formulas import (
    LEFT_OFFICE,
    All,
    Any,
    Ask,
    Doubt,
    Opposite,
    Search,
)
from councilrules.rules import AllOf, Always, AnyOf, Not

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.analysis.formulas import Formula, Node
    from councilrules.rules import Condition

Section = Literal["trigger", "exceptions", "done"]

EVERYTHING = All(())
"""What holds of everything: what is left of a condition that is taken out."""


@frozen(eq=False)
class Lessened:
    """A rule without one part.

    Attributes:
        gone: What was taken out.
        is_related: Whether it was asked of another event.
        is_alternative: Whether it was one of several of which one has to hold.
        section: Where in the rule it stood.
        place: Which of the exceptions it stood in; 0 elsewhere.
        formula: What is left.
    """

    gone: Node
    is_related: bool
    is_alternative: bool
    section: Section
    place: int
    formula: Formula


_Rest = tuple["Node", bool, bool, "Node | None"]
"""What was taken out, whether of another event, whether an alternative; and what is left."""


def lessened(formula: Formula) -> Iterator[Lessened]:
    """Give a rule without each of its conditions, the last first; exceptions stay."""
    for gone, related, alternative, rest in _without(formula.trigger, related=False):
        left = evolve(formula, trigger=rest or EVERYTHING)
        yield Lessened(gone, related, alternative, "trigger", 0, left)
    for place, (name, node) in reversed([*enumerate(formula.exceptions)]):
        for gone, related, alternative, rest in _without(node, related=False):
            answers = [*formula.exceptions]
            answers[place] = (name, rest or _nothing_of(node))
            left = evolve(formula, exceptions=tuple(answers))
            yield Lessened(gone, related, alternative, "exceptions", place, left)
    if isinstance(formula.done, Search):
        for gone, related, alternative, rest in _of_search(formula.done):
            left = evolve(formula, done=rest)
            yield Lessened(gone, related, alternative, "done", 0, left)


def without_exceptions(formula: Formula) -> Iterator[tuple[int, str, Formula]]:
    """Give a rule without each exception and gap, the last first."""
    for place, (name, _) in reversed([*enumerate(formula.exceptions)]):
        if name != LEFT_OFFICE:
            rest = formula.exceptions[:place] + formula.exceptions[place + 1 :]
            yield place, name, evolve(formula, exceptions=rest)


def without_conditions(formula: Formula) -> Formula:
    """Give a rule that asks no more than whom it binds, and that the act was done."""
    if not isinstance(formula.trigger, All):
        return formula
    return evolve(
        formula, trigger=All(tuple(one for one in formula.trigger.parts if not asks(one)))
    )


def up_to(formula: Formula, place: int) -> Formula:
    """Give a rule with its exceptions up to one, and none that come later."""
    return evolve(formula, exceptions=formula.exceptions[: place + 1])


def only(formula: Formula, place: int) -> Formula:
    """Give a rule with one of its exceptions alone."""
    return evolve(formula, exceptions=formula.exceptions[place : place + 1])


def only_opened(formula: Formula) -> Formula:
    """Give a rule without what is asked once it is known that it applies."""
    return evolve(formula, exceptions=(), done=None, left=None)


def asks(node: Node) -> bool:
    """Tell whether a part is a condition that an author wrote."""
    if not isinstance(node, Ask):
        return True
    return node.topic == "condition" and not isinstance(node.condition, Always)


def condition_of(node: Node) -> Condition:
    """Give a part of a formula as the condition that it was made from."""
    match node:
        case Ask(condition=condition):
            return Always() if condition is None else condition
        case All(parts=parts):
            written = tuple(condition_of(one) for one in parts if asks(one))
            return written[0] if len(written) == 1 else AllOf(written)
        case Any(parts=parts):
            return AnyOf(tuple(condition_of(one) for one in parts))
        case Opposite(part=part):
            return Not(condition_of(part))
        case Doubt(part=part):
            return condition_of(part)
        case Search(relation=relation):
            return relation
        case _:
            assert_never(node)


def _nothing_of(node: Node) -> Node:
    return Doubt(EVERYTHING) if isinstance(node, Doubt) else EVERYTHING


def _without(node: Node, *, related: bool) -> Iterator[_Rest]:
    match node:
        case Ask():
            if asks(node):
                yield node, related, False, None
        case All(parts=parts):
            for place, part in reversed([*enumerate(parts)]):
                for gone, of_other, alternative, rest in _without(part, related=related):
                    left = (*parts[:place], *(() if rest is None else (rest,)), *parts[place + 1 :])
                    yield gone, of_other, alternative, All(left) if left else None
        case Any(parts=parts):
            yield node, related, False, None
            yield from _of_alternatives(parts, related=related)
        case Opposite() | Doubt():
            yield from _inside(node, related=related)
        case Search():
            yield node, related, False, None
            yield from _of_search(node)
        case _:
            assert_never(node)


def _inside(node: Opposite | Doubt, *, related: bool) -> Iterator[_Rest]:
    """Give what is turned round, or doubted, without each of its parts."""
    if isinstance(node, Opposite):
        yield node, related, False, None
    for gone, of_other, alternative, rest in _without(node.part, related=related):
        if rest is not None:
            yield gone, of_other, alternative, evolve(node, part=rest)


def _of_alternatives(parts: tuple[Node, ...], *, related: bool) -> Iterator[_Rest]:
    for place, part in reversed([*enumerate(parts)]):
        others = (*parts[:place], *parts[place + 1 :])
        if others:
            yield part, related, True, Any(others)
        for gone, of_other, alternative, rest in _without(part, related=related):
            if rest is not None:
                left = Any((*parts[:place], rest, *parts[place + 1 :]))
                yield gone, of_other, alternative, left


def _of_search(search: Search) -> Iterator[_Rest]:
    """Give a search without each of its conditions, and without each earlier step."""
    for gone, _, alternative, rest in _without(search.part, related=True):
        if rest is not None:
            yield gone, True, alternative, evolve(search, part=rest)
    if search.earlier is not None:
        yield search.earlier, True, False, evolve(search, earlier=None)
        for gone, of_other, alternative, rest in _of_search(search.earlier):
            if isinstance(rest, Search):
                yield gone, of_other, alternative, evolve(search, earlier=rest)
