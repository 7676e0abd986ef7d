"""Rulebooks with the public strategies on top, for the laws that the tests hold them to."""

from __future__ import annotations

from functools import cache
from typing import Any

from attrs import evolve, frozen
from hypothesis import strategies as st
from tests.drawing.rulebooks import SHIPPED, rulebooks, shipped

from councilrules import testing
from councilrules.events import Event, Proof
from councilrules.history import History
from councilrules.periods import Tenure
from councilrules.reference import Found, found
from councilrules.register import Register
from councilrules.rules import Clause, Modality, Rule, Rulebook
from councilrules.scenarios import Assessed, Scenario
from councilrules.scenarios._showing import event_shown
from councilrules.testing import scenarios
from councilrules.testing._facts import changed_event
from councilrules.vocabulary import kinds


@frozen(kw_only=True)
class Drawn:
    """Something to find findings in.

    Attributes:
        rulebook: The clauses and rules.
        register: What lasts.
        history: The events and the clock.
        in_force: When the rulebook is in force, if that is told.
    """

    rulebook: Rulebook
    register: Register
    history: History
    in_force: Tenure | None = None

    @property
    def scenario(self) -> Scenario:
        """Give the same as a scenario."""
        assessed = Assessed(rulebook=self.rulebook, in_force=self.in_force)
        return Scenario(
            name="drawn", rulebooks=(assessed,), register=self.register, history=self.history
        )

    @property
    def found(self) -> Found:
        """Give what the reference finds, every standing duty being examined."""
        asked = frozenset(clause.id for clause in self.rulebook.clauses)
        return found(
            self.rulebook, self.register, self.history, in_force=self.in_force, asked=asked
        )

    def with_events(self, *events: Event) -> Drawn:
        """Give the same with these events instead."""
        return evolve(self, history=evolve(self.history, events=events))

    def __repr__(self) -> str:
        """Show what counts, so that a failure can be read and saved."""
        rules = "\n".join(
            f"    {rule}" for rule in self.rulebook.rules if self.rulebook.id == "drawn"
        )
        events = "\n".join(f"    {event_shown(event)}" for event in self.history.events)
        return (
            f"{self.rulebook.id}\n{rules}\n  {self.register}\n  in force {self.in_force}"
            f"\n  as of {self.history.as_of}, open {set(self.history.open_kinds)}\n{events}"
        )

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, FBT001 - as Hypothesis calls it
        printer.text("" if cycle else repr(self))


@st.composite
def cases(draw: st.DrawFn, rulebooks: st.SearchStrategy[Rulebook] = rulebooks) -> Drawn:
    """Draw the rulebook first, then a register and a history in its vocabulary."""
    return _drawn(draw(_scenarios(draw(rulebooks))))


def _scenarios(rulebook: Rulebook) -> st.SearchStrategy[Scenario]:
    """Give what draws the scenarios of a rulebook, the same each time if it is shipped.

    Engines compile a rulebook once, and its parameters are not set anew for each draw.
    """
    is_shipped = rulebook.id in SHIPPED and rulebook is shipped(rulebook.id)
    return _of_shipped(rulebook.id) if is_shipped else scenarios(rulebook, writable=False)


@cache
def _of_shipped(name: str) -> st.SearchStrategy[Scenario]:
    return scenarios(shipped(name), writable=False)


def _drawn(scenario: Scenario) -> Drawn:
    (assessed,) = scenario.rulebooks
    return Drawn(
        rulebook=assessed.rulebook,
        register=scenario.register,
        history=scenario.history,
        in_force=assessed.in_force,
    )


def less_known(drawn: Drawn) -> st.SearchStrategy[Drawn]:
    """Draw what is left of a case after some facts were hidden."""
    return testing.less_known(drawn.scenario).map(_drawn)


@st.composite
def pairs_of_knowledge(draw: st.DrawFn) -> tuple[Drawn, Drawn]:
    """Draw the same case twice: as less is known of it, and as more is."""
    more = draw(cases(only(lambda rule: rule.modality is not Modality.STANDING)))
    return draw(less_known(more)), more


def events(
    drawn: Drawn, kind: str, proofs: st.SearchStrategy[Proof] | None = None
) -> st.SearchStrategy[Event]:
    """Draw one more event of a kind; its id is new."""
    others = tuple(one.id for one in drawn.history.events)
    event = testing.events(kind, register=drawn.register, named="x0", others=others)
    if proofs is None:
        return event
    return st.builds(lambda one, proof: changed_event(one, proof=proof), event, proofs)


def any_kind() -> st.SearchStrategy[str]:
    """Draw a kind of event that somebody can record."""
    return st.sampled_from(sorted(name for name, one in kinds().items() if not one.cls.derived))


# --- domains of laws --------------------------------------------------------------


def only(keeps: Any) -> st.SearchStrategy[Rulebook]:  # noqa: ANN401 - a predicate of a rule
    """Draw rulebooks with those of their rules alone that a law speaks of."""

    def narrowed(rulebook: Rulebook) -> Rulebook:
        clauses = tuple(
            evolve(clause, rules=tuple(rule for rule in clause.rules if keeps(rule)))
            for clause in rulebook.clauses
        )
        return evolve(rulebook, clauses=clauses)

    return rulebooks.map(narrowed)


def uses_no_calendar(rule: Rule) -> bool:
    """Tell whether no working days are counted, nor days begun at midnight."""
    return rule.within is None and rule.modality is not Modality.STANDING


@st.composite
def unyielding(draw: st.DrawFn) -> Rulebook:
    """Draw rulebooks without `subject_to`."""
    rulebook = draw(rulebooks)
    clauses: tuple[Clause, ...] = tuple(one for one in rulebook.clauses if not one.subject_to)
    return evolve(rulebook, clauses=clauses)


__all__ = [
    "Drawn", "Proof", "any_kind", "cases", "events", "less_known", "only",
    "pairs_of_knowledge", "rulebooks", "unyielding", "uses_no_calendar",
]  # fmt: skip
