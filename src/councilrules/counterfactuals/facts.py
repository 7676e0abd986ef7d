"""Single facts of a scenario, each with what it would be instead."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from attrs import evolve, frozen

from councilrules.events import Proof
from councilrules.events.record import JudgementRecorded
from councilrules.history import names
from councilrules.periods import Moment
from councilrules.scenarios import Assessed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from councilrules.events import Event
    from councilrules.periods import Tenure
    from councilrules.rules import ParameterValue, Rulebook
    from councilrules.scenarios import Scenario

TICK = timedelta(microseconds=1)
"""The shortest time there is."""


class Fact(Protocol):
    """A fact that is supposed to be otherwise than a scenario has it."""

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""


def _with_event(scenario: Scenario, name: str, change: Callable[[Event], Event]) -> Scenario:
    history = scenario.history
    events = tuple(change(one) if one.id == name else one for one in history.events)
    return evolve(scenario, history=evolve(history, events=events))


# --- events --------------------------------------------------------------------------


@frozen
class FieldHeld:
    """A field of an event held something else, and nobody disputes it."""

    event: str
    attribute: str
    name: str
    value: Any

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""

        def change(event: Event) -> Event:
            proofs = {name: one for name, one in event.proofs.items() if name != self.name}
            return evolve(event, proofs=proofs, **{self.attribute: self.value})  # type: ignore[misc]  # as `event` makes attrs classes

        return _with_event(scenario, self.event, change)


@frozen
class HappenedAt:
    """An event happened at another time."""

    event: str
    at: Moment

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        return _with_event(
            scenario,
            self.event,
            lambda event: evolve(event, at=self.at, until=None),  # type: ignore[misc]
        )


@frozen
class Happened:
    """An event happened that is not on record."""

    event: Event

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        history = scenario.history
        return evolve(scenario, history=evolve(history, events=(*history.events, self.event)))


@frozen
class DidNotHappen:
    """An event on record did not happen."""

    event: str

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        history = scenario.history
        events = tuple(one for one in history.events if one.id != self.event)
        return evolve(scenario, history=evolve(history, events=events))


@frozen
class Proved:
    """An event, or one value of it, is proved as well as this."""

    event: str
    name: str
    proof: Proof

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""

        def change(event: Event) -> Event:
            if self.name == event.id:
                return evolve(event, proof=self.proof)  # type: ignore[misc]
            return evolve(event, proofs={**event.proofs, self.name: self.proof})  # type: ignore[misc]

        return _with_event(scenario, self.event, change)


@frozen
class WasJudged:
    """A question of judgement was answered so, by all who answered it."""

    question: str
    on: str
    answer: bool
    acts: tuple[str, ...] = ()

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        history, key = scenario.history, f"answers.{self.question}"
        is_recorded = False
        events: list[Event] = []
        for one in history.events:
            changed = one
            if isinstance(one, JudgementRecorded) and self._answers(one):
                is_recorded = True
                proofs = {name: proof for name, proof in one.proofs.items() if name != "answer"}
                changed = evolve(one, answer=self.answer, proof=Proof.ESTABLISHED, proofs=proofs)  # type: ignore[misc]
            elif one.id == self.on and (self.question in one.answers or not self._stands(history)):
                is_recorded = True
                proofs = {name: proof for name, proof in one.proofs.items() if name != key}
                answers = {**one.answers, self.question: self.answer}
                changed = evolve(one, answers=answers, proofs=proofs)  # type: ignore[misc]
            events.append(changed)
        if not is_recorded:
            events.append(self._recorded(history.as_of))
        return evolve(scenario, history=evolve(history, events=tuple(events)))

    def _answers(self, one: JudgementRecorded) -> bool:
        about = frozenset(names(one.on))
        return one.question == self.question and about in {
            frozenset((self.on,)),
            frozenset(self.acts),
        }

    def _stands(self, history: Any) -> bool:  # noqa: ANN401 - a history
        keys = {(self.question, frozenset((self.on,))), (self.question, frozenset(self.acts))}
        return any(key in history.judgements for key in keys)

    def _recorded(self, at: datetime) -> Event:
        return JudgementRecorded(
            id=f"supposed-{self.question}-on-{self.on}",
            at=Moment(at, at),
            question=self.question,
            on=self.on,
            answer=self.answer,
        )


@frozen
class Unrecorded:
    """Nothing of a kind happened without being recorded."""

    kind: str

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        history = scenario.history
        open_kinds = history.open_kinds - {self.kind}
        return evolve(scenario, history=evolve(history, open_kinds=open_kinds))


@frozen
class ReadAt:
    """Nothing more happens up to a later clock."""

    as_of: datetime

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        return evolve(scenario, history=evolve(scenario.history, as_of=self.as_of))


# --- what a scenario says of its rulebook --------------------------------------------


@frozen
class TimeAllowed:
    """The council allows so much time where its protocol sets none."""

    rulebook: str
    parameter: str
    value: ParameterValue

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        return with_rulebook(scenario, self.rulebook, self._allowing)

    def _allowing(self, one: Assessed) -> Assessed:
        found = one.rulebook.parameters[self.parameter]
        parameters = {
            **one.rulebook.parameters,
            self.parameter: evolve(found, values=(self.value,)),
        }
        return evolve(one, rulebook=evolve(one.rulebook, parameters=parameters))


@frozen
class WasInForce:
    """The rulebook was in force then."""

    rulebook: str
    tenure: Tenure

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario in which it is so."""
        return with_rulebook(scenario, self.rulebook, lambda one: evolve(one, in_force=self.tenure))


def with_rulebook(
    scenario: Scenario, name: str, change: Callable[[Assessed], Assessed]
) -> Scenario:
    """Change what a scenario says of one of its rulebooks."""
    books = tuple(change(one) if one.rulebook.id == name else one for one in scenario.rulebooks)
    return evolve(scenario, rulebooks=books)


def naming(scenario: Scenario, rulebook: Rulebook) -> Scenario:
    """Give a scenario that names a rulebook, as it is taken if it does not."""
    if any(one.rulebook.id == rulebook.id for one in scenario.rulebooks):
        return scenario
    return evolve(scenario, rulebooks=(*scenario.rulebooks, Assessed(rulebook=rulebook)))
