"""Hypothesis strategies: a rulebook, a register, a history, and small changes to them."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen
from hypothesis import strategies as st
from tests.drawing.facts import changed_event, facts
from tests.drawing.histories import PROOFS, Drafting, histories
from tests.drawing.registers import registers
from tests.drawing.rulebooks import rulebooks
from tests.drawing.times import START, STEP, STEPS, exact, seldom

from councilrules.events import UNKNOWN, Event, Proof
from councilrules.history import History
from councilrules.periods import Moment, Tenure
from councilrules.reference import Found, found
from councilrules.register import Register
from councilrules.rules import Clause, Modality, Rule, Rulebook
from councilrules.vocabulary import kind_of, kinds


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
        events = "\n".join(f"    {shown(event)}" for event in self.history.events)
        return (
            f"{self.rulebook.id}\n{rules}\n  {self.register}\n  in force {self.in_force}"
            f"\n  as of {self.history.as_of}, open {set(self.history.open_kinds)}\n{events}"
        )

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, FBT001 - as Hypothesis calls it
        printer.text("" if cycle else repr(self))


def shown(event: Event) -> str:
    """Show what is known of an event, in one line."""
    known = {
        name: (str(value.first), str(value.last)) if isinstance(value, Moment) else value
        for name, value in vars(event).items()
        if value not in (UNKNOWN, None, {})
    }
    return f"{kind_of(event).name} {known}"


@st.composite
def cases(draw: st.DrawFn, rulebooks: st.SearchStrategy[Rulebook] = rulebooks) -> Drawn:
    """Draw the rulebook first, then a register and a history in its vocabulary."""
    rulebook = draw(rulebooks)
    register = draw(registers())
    told = [Tenure(), Tenure(since_unknown=True), Tenure(since=exact(START + 60 * STEP))]
    drawn = Drawn(
        rulebook=rulebook,
        register=register,
        history=draw(histories(rulebook, register)),
        in_force=draw(st.sampled_from(told)) if draw(seldom) else None,
    )
    return draw(less_known(drawn)) if draw(st.booleans()) else drawn


@st.composite
def less_known(draw: st.DrawFn, drawn: Drawn) -> Drawn:
    """Draw what is left of a case after some facts were hidden."""
    for _ in range(draw(st.integers(1, 3))):
        known = facts(drawn.register, drawn.history)
        hidden = known[draw(st.integers(0, len(known) - 1))][1]
        register, history = hidden(drawn.register, drawn.history)
        drawn = evolve(drawn, register=register, history=history)
    return drawn


@st.composite
def pairs_of_knowledge(draw: st.DrawFn) -> tuple[Drawn, Drawn]:
    """Draw the same case twice: as less is known of it, and as more is."""
    more = draw(cases(only(lambda rule: rule.modality is not Modality.STANDING)))
    return draw(less_known(more)), more


@st.composite
def events(
    draw: st.DrawFn, drawn: Drawn, kind: str, proofs: st.SearchStrategy[Proof] = PROOFS
) -> Event:
    """Draw one more event of a kind; its id is new."""
    drafting = Drafting(draw, drawn.rulebook, drawn.register)
    act = drafting.add(kind, draw(st.integers(0, STEPS)))
    return changed_event(drafting.event(act), id="x0", proof=draw(proofs))


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
    "pairs_of_knowledge", "rulebooks", "shown", "unyielding", "uses_no_calendar",
]  # fmt: skip
