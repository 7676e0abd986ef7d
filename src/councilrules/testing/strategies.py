"""Hypothesis strategies for events, registers, histories and scenarios of any rulebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import evolve
from hypothesis import strategies as st

from councilrules.errors import nearest
from councilrules.events import Event
from councilrules.events.questions import QUESTIONS
from councilrules.history import History
from councilrules.periods import Allowance, Tenure
from councilrules.register import Register
from councilrules.rules import Modality, ParameterValue, Rule, Rulebook
from councilrules.scenarios import Assessed, Scenario
from councilrules.testing._acts import Drafting, makeable
from councilrules.testing._cast import cast_of
from councilrules.testing._facts import facts
from councilrules.testing._histories import Directions
from councilrules.testing._histories import history as history_of
from councilrules.testing._picking import below, coin, pick, seldom
from councilrules.testing._registers import register as register_of
from councilrules.testing._sayable import sayable
from councilrules.testing._times import STEPS, Times, exact, times_of
from councilrules.testing._values import Names, names_in
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["events", "histories", "less_known", "registers", "scenarios"]

_ALLOWED: tuple[tuple[int, Literal["days", "working-days"]], ...] = (
    (1, "days"),
    (5, "working-days"),
    (15, "working-days"),
)


def events(
    kind: str | None = None,
    *,
    register: Register | None = None,
    named: str = "e1",
    others: Sequence[str] = (),
) -> st.SearchStrategy[Event]:
    """Draw an event: each field as the vocabulary allows, or known to be empty, or not known.

    Its time is exact, a day, a month or somewhere between two; some of it may be alleged
    or disproved. Nothing directs it: most rules have nothing to say of it.

    Args:
        kind: Its kind, such as `instruction-given`; any kind if it is left out.
        register: Whose people, bodies, papers, decisions and procedures its fields name;
            a few of its own if it is left out. Now and then it names one that is not there.
        named: Its id; the events of one history need different ones.
        others: The ids of other events that it may refer to.

    Raises:
        ValueError: When there is no such kind of event, or nobody can record it.
    """
    if kind is not None and kind not in makeable():
        remedy = nearest(kind, makeable()) or "`councilrules vocabulary` lists the events there are"
        derived = kind in kinds()
        what = (
            "is made from the register, and nobody records it" if derived else "is no kind of event"
        )
        msg = f"`{kind}` {what}; {remedy}"
        raise ValueError(msg)
    names = _a_few() if register is None else names_in(register)
    asked = dict.fromkeys(QUESTIONS, ())

    @st.composite
    def drawn(draw: st.DrawFn) -> Event:
        drafting = Drafting(draw, names, Times(), asked=asked, others=tuple(others))
        of = pick(draw, makeable()) if kind is None else kind
        return drafting.event(drafting.add(of, draw(below(STEPS + 1)), named))

    return drawn()


def _a_few() -> Names:
    return evolve(names_in(Register()), people=("ann", "bob"))


def registers(rulebook: Rulebook) -> st.SearchStrategy[Register]:
    """Draw a register in the words of a rulebook.

    It has somebody for each of the role words, some of whom take up or leave office about
    the time, somebody without office and somebody of whom nothing is known; bodies,
    papers with markings, interests, relationships, decisions, delegations, procedures.
    Where it does not speak of a kind of entry, it has none.

    Args:
        rulebook: Whose role words, markings, matters and kinds of procedure are used.
    """
    cast, times = cast_of(rulebook), times_of(rulebook)

    @st.composite
    def drawn(draw: st.DrawFn) -> Register:
        return register_of(draw, cast, times)

    return drawn()


def histories(
    rulebook: Rulebook, register: Register, *, rules: Iterable[Rule] | None = None
) -> st.SearchStrategy[History]:
    """Draw a history of which the rulebook has something to say, as a rule.

    One or two rules are picked. For each there is an event that may well open a case of it,
    with what its conditions, exceptions and duties want, about the right time, and then
    some more events. The clock may stand before the last of them, or long after.

    Args:
        rulebook: The clauses and rules.
        register: Whom and what the events name.
        rules: The rules to pick from; all those of the rulebook if they are left out.

    Raises:
        ValueError: When `rules` is empty, or one of them is not in the rulebook.
    """
    directions = Directions(
        rulebook=rulebook, rules=_picked(rulebook, rules), times=times_of(rulebook)
    )

    @st.composite
    def drawn(draw: st.DrawFn) -> History:
        return history_of(draw, directions, register)

    return drawn()


def scenarios(
    rulebook: Rulebook,
    *,
    rules: Iterable[Rule] | None = None,
    hide: bool = True,
    writable: bool = True,
) -> st.SearchStrategy[Scenario]:
    """Draw a scenario to assess with a rulebook: a register, and a history directed at rules.

    Parameters that the rulebook leaves unset are set in some; in a few is said since when
    the rulebook is in force.

    Args:
        rulebook: The clauses and rules; the scenario names it, with its parameters.
        rules: The rules that the history is directed at; all if they are left out.
        hide: Whether in half of them something is hidden that was known.
        writable: Whether a file can say all that is in it, as
            `councilrules.scenarios.writing.written` needs. Without it also names are drawn
            that no register lists, and entries that only a program can make.

    Raises:
        ValueError: When `rules` is empty, or one of them is not in the rulebook.
    """
    picked, times = _picked(rulebook, rules), times_of(rulebook)
    cast, books = cast_of(rulebook), _set_differently(rulebook, times)
    wants = bool(picked) and all({*one.trigger.kinds} - {*makeable()} for one in picked)

    # What is drawn from stays out of sight: a failing test would show all of the rulebook.
    @st.composite
    def drawn(draw: st.DrawFn) -> Scenario:
        book = pick(draw, (*books[:1], *books))
        register = register_of(draw, cast, times, wants_relationship=wants)
        directions = Directions(rulebook=book, rules=picked, times=times)
        scenario = Scenario(
            name="drawn",
            rulebooks=(Assessed(rulebook=book, in_force=_in_force(draw, times)),),
            register=register,
            history=history_of(draw, directions, register),
            examine=_examined(draw, directions),
        )
        if hide and draw(coin):
            scenario = _less_known(draw, scenario)
        return sayable(scenario) if writable else scenario

    return drawn()


def _in_force(draw: st.DrawFn, times: Times) -> Tenure | None:
    """Draw since when the rulebook is in force, if that is told."""
    told = [Tenure(), Tenure(since_unknown=True), Tenure(since=exact(times.at(60)))]
    return pick(draw, told) if draw(seldom) else None


def _examined(draw: st.DrawFn, directions: Directions) -> frozenset[str]:
    """Draw whether standing duties are examined even where the register is silent."""
    standing = [one for one in directions.rules if one.modality is Modality.STANDING]
    asked = bool(standing) and draw(coin)
    return frozenset(f"{directions.rulebook.id}/{one.clause}" for one in standing if asked)


def _picked(rulebook: Rulebook, rules: Iterable[Rule] | None) -> tuple[Rule, ...]:
    if rules is None:
        return rulebook.rules
    picked = tuple(rules)
    if not picked:
        msg = "`rules` is empty: name a rule, or leave it out to draw for all of them"
        raise ValueError(msg)
    for rule in picked:
        if rule not in rulebook.rules:
            msg = f"`{rulebook.id}` has no rule `{rule.name}`; take it from `rulebook.rules`"
            raise ValueError(msg)
    return picked


def _set_differently(rulebook: Rulebook, times: Times) -> tuple[Rulebook, ...]:
    """Give the rulebook as it is, and with its unset parameters set to this or that."""
    unset = [one for one in rulebook.parameters.values() if not one.values]
    found = [rulebook]
    for number, unit in _ALLOWED if unset else ():
        allowance = Allowance(
            number=number, unit=unit, counting="first-day-out", calendar=rulebook.calendar
        )
        tenure = Tenure() if unit == "days" else Tenure(since=exact(times.start))
        values = (ParameterValue(allowance=allowance, tenure=tenure),)
        parameters = {one.name: evolve(one, values=values) for one in unset}
        found.append(evolve(rulebook, parameters={**rulebook.parameters, **parameters}))
    return tuple(found)


def less_known(scenario: Scenario) -> st.SearchStrategy[Scenario]:
    """Draw what is left of a scenario after one to three facts were hidden.

    What it then finds is less settled, or the same, and never the contrary. Hidden are
    fields of events, answers, and values and entries of the register; not how well
    something is proved, nor that an event happened. If nothing is known any more, it is
    the same scenario. What is left need not be what a file can say.

    Args:
        scenario: The scenario as more is known of it.
    """

    @st.composite
    def drawn(draw: st.DrawFn) -> Scenario:
        return _less_known(draw, scenario)

    return drawn()


def _less_known(draw: st.DrawFn, scenario: Scenario) -> Scenario:
    books = [one.rulebook for one in scenario.rulebooks]
    register, history = scenario.register, scenario.history
    for _ in range(1 + draw(below(3))):
        known = facts(register, history, books)
        if known:
            hidden = pick(draw, known)[1]
            register, history = hidden(register, history)
    return evolve(scenario, register=register, history=history)
