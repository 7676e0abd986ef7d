"""A rule as a formula: what it asks, one question at a time, and what the answers come to.

The reference settles a case as a whole. Here its questions are taken apart, so that they
can be answered one by one, some of them not yet: that is what a search for the smallest
situation needs, and what tells which question decided. Each question is still answered
by the reference itself.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from councilrules.rules import AllOf, AnyOf, Modality, Not, Related

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.rules import Condition, Rule, Rulebook

Topic = Literal[
    "opens", "dated", "in-force", "capacity", "office", "actor", "happened", "condition",
    "is-there", "order", "in-time", "unrecorded", "barred", "left-office", "left", "standing",
]  # fmt: skip
"""What a question is about: a part of jurisdiction, a condition, an event, the time."""

FALSE, UNKNOWN, TRUE, ANY = 1, 2, 4, 7
"""Sets of truths, as bits: an answer that is not there yet may be any of the three."""


LEFT_OFFICE = "left-office"
"""The exception of every duty: that its bearer had left office when it was due (P6)."""


@frozen(eq=False)
class Ask:
    """One question.

    Attributes:
        topic: What it is about.
        condition: The condition, for `condition`; the relation that an event is looked
            for by, for `is-there`, `order` and `unrecorded`.
        answering: Whether a yes would speak for the person who is to answer.
        of_other: Whether it is asked of the event looked for, not of the trigger.
        about: The clause that bars, for `barred`.
    """

    topic: Topic
    condition: Condition | None = None
    answering: bool = False
    of_other: bool = False
    about: str = ""


@frozen(eq=False)
class All:
    """All of the parts."""

    parts: tuple[Node, ...]


@frozen(eq=False)
class Any:
    """At least one of the parts."""

    parts: tuple[Node, ...]


@frozen(eq=False)
class Opposite:
    """What is true if the part is false."""

    part: Node


@frozen(eq=False)
class Doubt:
    """What is never more than unknown: a gap in the text."""

    part: Node


@frozen(eq=False)
class Search:
    """That an event exists of which the part holds.

    Attributes:
        relation: What is looked for.
        part: What has to hold of such an event.
        earlier: What has to have come before it.
        unrecorded: Whether such an event may have gone unrecorded.
    """

    relation: Related
    part: Node
    unrecorded: Ask
    earlier: Search | None = None


Node = Ask | All | Any | Opposite | Doubt | Search


@frozen(eq=False)
class Formula:
    """What a rule asks of a case.

    Attributes:
        rule: The rule.
        trigger: What opens the case, the binding of the bearer included.
        exceptions: The exceptions and gaps by name, as findings name them.
        done: What has to be done; `None` if nothing has.
        left: Whether there is time left; `None` if there never is.
    """

    rule: Rule
    trigger: Node
    exceptions: tuple[tuple[str, Node], ...]
    done: Node | None
    left: Node | None

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """Give every question, in the order in which a reader would put them."""
        nodes = [self.trigger, *(node for _, node in self.exceptions)]
        nodes += [node for node in (self.done, self.left) if node is not None]
        return tuple(dict.fromkeys(ask for node in nodes for ask in _asks(node)))

    @cached_property
    def searches(self) -> tuple[Search, ...]:
        """Give every search for another event, those inside others included."""
        nodes = [self.trigger, *(node for _, node in self.exceptions)]
        nodes += [] if self.done is None else [self.done]
        return tuple(dict.fromkeys(one for node in nodes for one in _searches(node)))


def formula(rulebook: Rulebook, rule: Rule) -> Formula:
    """Take a rule apart into its questions."""
    if rule.modality is Modality.STANDING:
        return Formula(rule, Ask("standing"), (), None, None)
    duty = rule.modality is Modality.MUST
    done = _done(rule, is_duty=duty)
    return Formula(
        rule=rule,
        trigger=All((*_bound(rule), *_opening(rule))),
        exceptions=tuple(_exceptions(rulebook, rule, is_duty=duty)),
        done=done,
        left=Ask("left") if duty else None,
    )


def _bound(rule: Rule) -> Iterator[Node]:
    yield Ask("opens")
    if rule.conduct_at is not None:
        yield Ask("dated")
    yield Ask("in-force")
    if rule.bearer == "by":
        yield Ask("capacity")
    if rule.roles and rule.bearer is not None:
        yield Ask("office")
    if rule.bearer is not None:
        yield Ask("actor")


def _opening(rule: Rule) -> Iterator[Node]:
    yield Ask("happened")
    for condition in (rule.trigger.condition, *rule.further):
        yield _node(condition, answering=False)


def _done(rule: Rule, *, is_duty: bool) -> Search | None:
    found: Search | None = None
    for related in rule.required:
        is_due = is_duty and related is rule.required[-1]
        found = _search(related, answering=True, is_due=is_due, earlier=found)
    return found


def _exceptions(rulebook: Rulebook, rule: Rule, *, is_duty: bool) -> Iterator[tuple[str, Node]]:
    for name, condition in rule.exceptions:
        yield name, _node(condition, answering=True, is_duty=is_duty)
    for name, condition in rule.gaps:
        yield name, Doubt(_node(condition, answering=False))
    if rule.denies is not None:
        for clause in rulebook[rule.clause].subject_to:
            yield f"barred-by-{clause}", Ask("barred", about=clause)
    if is_duty:
        yield LEFT_OFFICE, Ask("left-office")


def _node(
    condition: Condition, *, answering: bool, of_other: bool = False, is_duty: bool = False
) -> Node:
    def inner(part: Condition, *, answering: bool = answering) -> Node:
        return _node(part, answering=answering, of_other=of_other, is_duty=is_duty)

    match condition:
        case AllOf(parts=parts):
            return All(tuple(inner(part) for part in parts))
        case AnyOf(parts=parts):
            return Any(tuple(inner(part) for part in parts))
        case Not(part=part):
            return Opposite(inner(part, answering=not answering))
        case Related(until_due=until_due):
            return _search(condition, answering=answering, is_due=until_due and is_duty)
        case _:
            return Ask("condition", condition, answering, of_other)


def _search(
    related: Related, *, answering: bool, is_due: bool, earlier: Search | None = None
) -> Search:
    parts: list[Node] = [Ask("is-there", related, of_other=True)]
    parts.append(Ask("order", related, of_other=True))
    if is_due:
        parts.append(Ask("in-time", related, of_other=True))
    parts.append(_node(related.pattern.condition, answering=answering, of_other=True))
    parts.append(Ask("happened", related, answering, of_other=True))
    return Search(related, All(tuple(parts)), Ask("unrecorded", related), earlier)


def asks_in(node: Node) -> frozenset[Ask]:
    """Give every question in a part of a formula."""
    return frozenset(_asks(node))


def _asks(node: Node) -> Iterator[Ask]:
    match node:
        case Ask():
            yield node
        case All(parts=parts) | Any(parts=parts):
            for part in parts:
                yield from _asks(part)
        case Opposite(part=part) | Doubt(part=part):
            yield from _asks(part)
        case Search(part=part, earlier=earlier):
            yield from _asks(part)
            if earlier is not None:
                yield from _asks(earlier)


def _searches(node: Node) -> Iterator[Search]:
    match node:
        case Ask():
            return
        case All(parts=parts) | Any(parts=parts):
            for part in parts:
                yield from _searches(part)
        case Opposite(part=part) | Doubt(part=part):
            yield from _searches(part)
        case Search(part=part, earlier=earlier):
            yield node
            yield from _searches(part)
            if earlier is not None:
                yield from _searches(earlier)
