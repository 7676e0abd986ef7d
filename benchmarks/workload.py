"""A hundred invented rules, or twenty times as many, and events for them.

Every hundred rules speak of twenty kinds of event of their own. 85 of them ask of one
event only: who did it and held which office then, to whom, about which paper, with what
interest. 15 look for other events: five duties to answer in time, five things that have to
come first, five prohibitions that hang on what went before. About one event in four
breaks some rule.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from benchmarks.council import register

from councilrules import Moment
from councilrules.events import NONE, UNKNOWN, Event
from councilrules.events._event import (
    Document,
    EventRef,
    Matter,
    Person,
    Word,
    YesNo,
    choices,
    event,
)
from councilrules.periods import Allowance, Tenure, calendar
from councilrules.rules import (
    AllOf,
    Clause,
    Compared,
    HasInterest,
    Holds,
    Is,
    IsNone,
    Modality,
    Not,
    Order,
    Parameter,
    ParameterValue,
    Path,
    Pattern,
    RefersToTrigger,
    Related,
    Role,
    Rule,
    Rulebook,
)
from councilrules.vocabulary import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.rules import Condition

PEOPLE = 1_000
RULES_OF_A_SET = 100
KINDS_OF_A_SET = 20
SINGLE = 85
_PLACES = ("meeting", "office", "street", "letter")
_START = datetime(2025, 3, 3, 9, tzinfo=UTC)
_ROLES = (
    Role(name="councillor", offices=("councillor",)),
    Role(name="officer", offices=("officer",)),
    Role(name="employee", offices=("employee", "officer", "clerk")),
    Role(name="clerk", offices=("clerk",)),
)


@cache
def kind(number: int) -> type[Event]:
    """Make a kind of event of its own."""

    class Made(Event):
        """Something that an invented rule speaks of.

        Attributes:
            to: To whom.
            document: About which paper.
            matter: In which matter.
            where: Where.
            knowingly: Whether knowingly.
            answers_to: What it answers.
        """

        to: Person = UNKNOWN
        document: Document = UNKNOWN
        matter: Matter = UNKNOWN
        where: Word = UNKNOWN
        knowingly: YesNo = UNKNOWN
        answers_to: EventRef = UNKNOWN

    Made.__annotations__["where"] = _where()
    Made.__name__ = Made.__qualname__ = f"Made{number:04}"
    return event(Made)


def _where() -> object:
    from typing import Annotated  # noqa: PLC0415 - only to write down the words of one field

    return Annotated[Word, choices(*_PLACES)]


def name(number: int) -> str:
    """Give the name of a kind of event, as rules write it."""
    kind(number)
    return f"made{number:04}"


# --- rules ----------------------------------------------------------------------------


def rulebook(rules: int = RULES_OF_A_SET, *, only_single: bool = False) -> Rulebook:
    """Give a rulebook of so many invented rules, a multiple of a hundred."""
    chosen = random.Random(7)  # noqa: S311 - invented data
    made = [
        rule
        for number in range(rules // RULES_OF_A_SET)
        for rule in _set(number * KINDS_OF_A_SET, chosen, only_single=only_single)
    ]
    clauses = tuple(
        Clause(
            id=rule.clause, means="Something.", kinds=(rule.kind,), forces=(rule.force,),
            fingerprint=("00000000-1",), rules=(rule,),
        )
        for rule in made
    )  # fmt: skip
    working = calendar("england-and-wales")
    allowance = Allowance(number=10, unit="days", counting="first-day-out", calendar=working)
    soon = Parameter(
        name="soon", means="How soon.", is_timely=True,
        values=(ParameterValue(allowance=allowance, tenure=Tenure()),),
    )  # fmt: skip
    since = datetime(2020, 1, 1, tzinfo=UTC)
    return Rulebook(
        id="invented", council="Invented Council", title="Protocol", version="1",
        calendar=working, adopted=Moment(since, since), roles={one.name: one for one in _ROLES},
        parameters={"soon": soon}, questions=QUESTIONS, definitions={}, clauses=clauses,
    )  # fmt: skip


def _set(first: int, chosen: random.Random, *, only_single: bool) -> Iterator[Rule]:
    for number in range(SINGLE):
        yield _single(first, number, chosen)
    for number in range(0 if only_single else RULES_OF_A_SET - SINGLE):
        yield _temporal(first, number)


def _single(first: int, number: int, chosen: random.Random) -> Rule:
    conditions: list[Condition] = [
        Holds(Path("to"), (chosen.choice(["councillor", "officer", "employee"]),)),
        Is(Path("where"), tuple(chosen.sample(_PLACES, 1))),
        Is(Path("knowingly"), (chosen.choice(["yes", "no"]),)),
        HasInterest(Path("by"), Path("document", "matter"), ("pecuniary", "personal")),
        Is(Path("document", "marked"), ("confidential",)),
        Compared(Path("to"), Path("by"), differs=True),
        Not(IsNone(Path("document"))),
    ]
    exceptions: tuple[tuple[str, Condition], ...] = ()
    if chosen.random() < 1 / 3:
        exceptions = (("agreed", Is(Path("matter"), ("roads",))),)
    return Rule(
        id="single", clause=f"{first // KINDS_OF_A_SET}.{number}", kind="prohibition",
        force="must", modality=Modality.MUST_NOT, bearer="by",
        roles=(chosen.choice(["councillor", "officer", "employee"]),),
        trigger=Pattern(
            (name(first + number % KINDS_OF_A_SET),),
            AllOf(tuple(chosen.sample(conditions, chosen.randint(3, 5)))),
        ),
        exceptions=exceptions,
    )  # fmt: skip


def _temporal(first: int, number: int) -> Rule:
    trigger, other = name(first + number), name(first + (number + 5) % KINDS_OF_A_SET)
    common = {
        "id": "temporal", "clause": f"{first // KINDS_OF_A_SET}.t{number}", "force": "must",
        "bearer": "by", "roles": ("officer",),
        "trigger": Pattern((trigger,), Is(Path("knowingly"), ("yes",))),
    }  # fmt: skip
    alike = AllOf((
        Compared(Path("by"), Path("by"), of_trigger=True),
        Compared(Path("matter"), Path("matter"), of_trigger=True),
    ))  # fmt: skip
    match number % 3:
        case 0:
            answer = Related(Pattern((other,), RefersToTrigger(Path("answers-to"))), Order.AFTER)
            return Rule(
                kind="obligation", modality=Modality.MUST, required=(answer,), within="soon",
                **common,  # type: ignore[arg-type]  # shared by all three
            )  # fmt: skip
        case 1:
            before = Related(Pattern((other,), alike), Order.BEFORE)
            return Rule(
                kind="obligation", modality=Modality.MUST_FIRST, required=(before,), **common,  # type: ignore[arg-type]  # as above
            )  # fmt: skip
        case _:
            before = Related(Pattern((other,), alike), Order.BEFORE)
            return Rule(
                kind="prohibition", modality=Modality.MUST_NOT, further=(before,), **common,  # type: ignore[arg-type]  # as above
            )  # fmt: skip


# --- events ---------------------------------------------------------------------------

REGISTER = register(PEOPLE)
_NAMES = [one for one in REGISTER.people if one not in {"clerk", "chair", "resident"}]
_CIRCLES = len(REGISTER.papers)


def events(number: int, *, seed: int = 1, seconds: float = 30) -> Iterator[Event]:
    """Give so many events, one after the other, so many seconds apart.

    Half of them are about a paper in which whoever acts may have an interest; now and
    then somebody turns to themselves, and now and then an exception applies.
    """
    chosen = random.Random(seed)  # noqa: S311 - invented data
    last: dict[int, str] = {}
    for place in range(number):
        which = chosen.randrange(KINDS_OF_A_SET)
        at = _START + timedelta(seconds=seconds * place)
        answered = last.get((which - 5) % KINDS_OF_A_SET)
        last[which] = f"e{place}"
        by = chosen.choice(_NAMES)
        circle = by.rsplit("-", 1)[1] if chosen.random() < 1 / 2 else chosen.randrange(_CIRCLES)
        matter = "roads" if chosen.random() < 1 / 20 else f"matter-{chosen.randrange(_CIRCLES)}"
        yield kind(which)(
            id=f"e{place}",
            at=Moment(at, at),
            by=by,
            to=by if chosen.random() < 1 / 20 else chosen.choice(_NAMES),
            document=f"paper-{circle}",
            matter=matter,
            where=chosen.choice(_PLACES),
            knowingly=chosen.random() < 1 / 2,
            answers_to=NONE if answered is None else answered,
        )  # type: ignore[call-arg]  # the class is made above
