"""A case and its events, as changes of them are listed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from councilrules.counterfactuals.changes import Change, Plainness
from councilrules.counterfactuals.facts import FieldHeld
from councilrules.counterfactuals.register_facts import EntryHeld
from councilrules.events import Kind
from councilrules.history import names
from councilrules.rules import Path
from councilrules.situations import attribute_of
from councilrules.truth import Truth
from councilrules.vocabulary import kind_of
from councilrules.wording import suppositions
from councilrules.wording.words import on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from councilrules.cases import Case
    from councilrules.events import Event
    from councilrules.reference import Cases
    from councilrules.rules import Condition, Rule
    from councilrules.scenarios import Scenario
    from councilrules.situations import Value, View
    from councilrules.vocabulary import Field


@frozen(kw_only=True)
class World:
    """What a case is read from.

    Attributes:
        cases: The cases of the rulebook, as they stand.
        scenario: The scenario.
        rule: The rule.
        case: The case; `None` for a standing duty.
    """

    cases: Cases
    scenario: Scenario
    rule: Rule
    case: Case

    @property
    def tick(self) -> timedelta:
        """Give the shortest time there is."""
        return timedelta(microseconds=1)

    @property
    def zone(self) -> str:
        """Give the zone in which days are told."""
        return self.cases.rulebook.zone

    @property
    def people(self) -> tuple[str, ...]:
        """Give the people of the register, those of the case first."""
        view = self.case.view
        register = self.scenario.register
        told = [view.bearer or ""]
        told += [
            name
            for field in kind_of(view.event).fields.values()
            if field.kind is Kind.PERSON
            for name in names(getattr(view.event, field.attribute))
        ]
        first = dict.fromkeys(name for name in told if name in register.people)
        return tuple(dict.fromkeys((*first, *register.people)))

    def others(self, event: Event) -> tuple[str, ...]:
        """Give the people of the register but for those who did something."""
        return tuple(one for one in self.people if one not in names(event.by))


@frozen(kw_only=True)
class Seen:
    """An event of a case, from which conditions are read.

    Attributes:
        world: What the case is read from.
        view: The event.
        trigger: The event that opened the case, if this is another.
        asked_as: For an act that was denied: its fields, each with the field of the
            refusal that answers for it.
        plainness: How near at hand it is to change what the event says of yes and no.
    """

    world: World
    view: View
    trigger: View | None = None
    asked_as: Mapping[str, str] | None = None
    plainness: Plainness = Plainness.KNOWN

    @property
    def event(self) -> Event:
        """Give the event."""
        return self.view.event

    @property
    def on(self) -> str:
        """Say when it was, as it follows what a person then was."""
        return on(self.view.event.at, self.world.zone)

    def truth(self, condition: Condition, *, answering: bool = False) -> Truth:
        """Tell whether a condition holds of the event, as things stand."""
        conditions = self.world.cases.conditions
        return conditions.holds(
            condition, self.view, answering=answering, trigger=self.trigger
        ).truth

    def flips(self, condition: Condition) -> tuple[bool, ...]:
        """Give how a condition would have to turn out to be otherwise than it is."""
        found = self.truth(condition)
        return {Truth.TRUE: (False,), Truth.FALSE: (True,)}.get(found, (True, False))

    def field(self, name: str) -> Field | None:
        """Give the field that may be changed; not the one that says who answers for it."""
        event = self.event
        kind = kind_of(event)
        called = kind.towards if name == "towards" else name
        found = kind.fields.get(called)
        is_bearer = self.trigger is None and called == self.view.bearer_field
        return None if is_bearer or called == "by" else found

    def value(self, name: str) -> Value:
        """Give what a field holds."""
        situations = self.world.cases.conditions.situations
        return situations.value(self.view, Path(name), answering=False)

    def held(self, name: str, value: object, plainness: Plainness) -> Iterator[Change]:
        """Suppose that a field held something else."""
        field = self.field(name)
        if field is None or getattr(self.event, field.attribute) == value:
            return
        if self.event.derived:
            yield from self._relationship(field, value)
            return
        event, asked = self.event, field
        if self.asked_as is not None:
            event, found = self.world.case.view.event, self.asked_as.get(field.name)
            attribute = None if found is None else attribute_of(event, found)
            asking = None if found is None else kind_of(event).fields.get(found)
            if attribute is None or asking is None or found == self.world.rule.bearer:
                return
            asked = asking
        fact = FieldHeld(event.id, asked.attribute, asked.name, value)
        told = suppositions.held(event, asked, value, self.world.zone)
        yield Change(fact=fact, supposes=told, plainness=plainness)

    def _relationship(self, field: Field, value: object) -> Iterator[Change]:
        register = self.world.scenario.register
        entry = next((one for one in register.relationships if one.id == self.event.id), None)
        if entry is None or field.name != "relationship" or not isinstance(value, str):
            return
        fact = EntryHeld("relationships", entry, evolve(entry, kind=value))
        told = suppositions.held(self.event, field, value, self.world.zone)
        yield Change(fact=fact, supposes=told, plainness=Plainness.REGISTERED)


def new_id(scenario: Scenario, number: int = 1) -> str:
    """Give an id that no event has."""
    taken = {one.id for one in scenario.history.events}
    found = f"supposed-{number}"
    while found in taken:
        found = f"{found}-more"
    return found
