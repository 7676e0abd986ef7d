"""Rules and events as engines without a register can take them: tests on flat rows.

A row has the fields of an event and, ready-made, what the register says about it: which
offices the actor and the addressee held then, whether the actor had an interest in what
the paper is about, how the paper was marked. A rule is then a list of tests of which all
have to hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from councilrules.events import Empty, Unknown
from councilrules.periods import Stretch
from councilrules.rules import AllOf, Compared, HasInterest, Holds, Is, IsNone, Not, Path
from councilrules.truth import Truth
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules import Event, Register, Rule, Rulebook
    from councilrules.periods import Tenure
    from councilrules.rules import Condition

Row = dict[str, str | bool]

NOTHING = ""
"""What a row has in a field that is known to be empty."""

_TEXTS = ("by", "to", "document", "matter", "where")
_WHO = ("by", "to")
_ROLES = ("councillor", "officer", "employee")
_MARKING = "confidential"
_INTEREST = HasInterest(Path("by"), Path("document", "matter"), ("pecuniary", "personal"))

TEXTS = ("id", "kind", *_TEXTS)
"""The columns that hold a text."""

FLAGS = (
    "knowingly", *(f"{who}_{role}" for who in _WHO for role in _ROLES),
    f"marked_{_MARKING}", "has_interest",
)  # fmt: skip
"""The columns that hold yes or no."""


@frozen
class Test:
    """A column is, or is not, a value; or what another column of the row is.

    Attributes:
        column: The column.
        value: What it is held against.
        is_same: Whether the two have to be the same, or have to differ.
        is_of_column: Whether the value is the name of a column.
    """

    column: str
    value: str | bool
    is_same: bool = True
    is_of_column: bool = False


@frozen
class FlatRule:
    """A rule on rows of one kind of event: broken where all of its tests hold."""

    clause: str
    kind: str
    tests: tuple[Test, ...]


# --- rules ----------------------------------------------------------------------------


def flat_rules(rulebook: Rulebook) -> tuple[FlatRule, ...]:
    """Give the rules of a rulebook as tests on rows.

    Raises:
        ValueError: When a rule asks what no column of a row says.
    """
    return tuple(
        FlatRule(rule.clause, kind, tuple(_tests(rule)))
        for rule in rulebook.rules
        for kind in rule.trigger.kinds
    )


def _tests(rule: Rule) -> Iterator[Test]:
    yield _test(Holds(Path(rule.bearer or ""), rule.roles))
    condition = rule.trigger.condition
    for part in condition.parts if isinstance(condition, AllOf) else (condition,):
        yield _test(part)
    for _, exception in rule.exceptions:
        yield _test(Not(exception))


def _test(condition: Condition) -> Test:
    match condition:
        case Not(part=part):
            test = _test(part)
            return evolve(test, is_same=not test.is_same)
        case Holds(path=Path(field=field), roles=(role,)) if role in _ROLES and field in _WHO:
            return Test(f"{field}_{role}", value=True)
        case Is(path=Path(field="document", attribute="marked"), words=(word,)) if word == _MARKING:
            return Test(f"marked_{word}", value=True)
        case Is(path=Path(field="knowingly", attribute=None), words=(word,)):
            return Test("knowingly", word == "yes")
        case Is(path=Path(field=field, attribute=None), words=(word,)) if field in _TEXTS:
            return Test(field, word)
        case IsNone(path=Path(field=field, attribute=None)) if field in _TEXTS:
            return Test(field, NOTHING)
        case Compared(path=Path(field=one), other=Path(field=two), of_trigger=False):
            return Test(one, two, is_same=not condition.differs, is_of_column=True)
        case HasInterest() if condition == _INTEREST:
            return Test("has_interest", value=True)
        case _:
            msg = f"no column of a row says whether {condition} holds"
            raise ValueError(msg)


# --- events ---------------------------------------------------------------------------


def row(event: Event, rulebook: Rulebook, register: Register) -> Row:
    """Give an event of which everything is known as a row."""
    texts = {name: _text(event, name) for name in _TEXTS}
    made: Row = {"id": event.id, "kind": kind_of(event).name, **texts}
    made["knowingly"] = getattr(event, "knowingly") is True  # noqa: B009 - a class made as it runs
    for who in _WHO:
        for role in _ROLES:
            offices = rulebook.roles[role].offices
            made[f"{who}_{role}"] = any(
                one.role in offices and _held(one.tenure, event)
                for one in register.people[texts[who]].offices
            )
    paper = register.papers[texts["document"]]
    marked = () if isinstance(paper.marked, Unknown) else paper.marked
    made[f"marked_{_MARKING}"] = any(
        one.word == _MARKING and _held(one.tenure, event) for one in marked
    )
    made["has_interest"] = any(
        _share(one.matter, paper.matter)
        and _share(one.kinds, _INTEREST.kinds)
        and _held(one.tenure, event)
        for one in register.interests_by_person.get(texts["by"], ())
    )
    return made


def _text(event: Event, name: str) -> str:
    value = getattr(event, name)
    return NOTHING if value is Empty.NONE else str(value)


def _held(tenure: Tenure, event: Event) -> bool:
    return tenure.holds_during(Stretch.at(event.at)) is Truth.TRUE


def _share(one: object, other: object) -> bool:
    return isinstance(one, tuple) and isinstance(other, tuple) and not set(one).isdisjoint(other)
