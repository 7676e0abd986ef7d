"""The same act several times over in one scenario, each by somebody else or at another time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, evolve, field, fields

from councilrules.events import OneOf
from councilrules.periods import Moment, Tenure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from councilrules.events import Event
    from councilrules.register import Office
    from councilrules.scenarios import Scenario

_NAMES = (
    "ann", "bob", "cleo", "dev", "eve", "fay", "gus", "hal", "ida", "jon", "kim", "lee", "meg",
    "ned", "ola", "pam", "rob", "sue", "tom", "una", "vic", "wes",
)  # fmt: skip
_NOT_NAMES = ("answers", "proofs", "place", "source", "proof")


@define
class Copies:
    """Puts copies of the act of a scenario together.

    Attributes:
        base: The scenario whose act is copied.
        act: The id of the act.
        bearer: Who does it there.
        made: The copies, laid one beside the other.
        acts: The ids of the acts, each with who does it, in order.
    """

    base: Scenario
    act: str
    bearer: str | None
    made: Scenario = field(init=False)
    acts: list[tuple[str, str | None]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        """Begin with what is not copied."""
        self.made = evolve(self.base, history=evolve(self.base.history, events=()))

    def add(
        self,
        *,
        tenure: Tenure | None = None,
        by: timedelta | None = None,
        at: Mapping[str, Moment] | None = None,
        **changes: object,
    ) -> None:
        """Add a copy.

        Args:
            tenure: When its bearer holds what offices the bearer has.
            by: How much later all of it happens.
            at: When events happen, by their ids in the base.
            changes: What the act has otherwise.
        """
        names = self._names()
        events = [self._event(one, names, by, at or {}) for one in self.base.history.events]
        if changes and events:
            first = names.get(self.act, self.act)
            events = [_otherwise(one, changes) if one.id == first else one for one in events]
        history = evolve(self.made.history, events=(*self.made.history.events, *events))
        self.made = evolve(self.made, history=history)
        self._register(names, tenure, by)
        bearer = None if self.bearer is None else names.get(self.bearer, self.bearer)
        self.acts.append((names.get(self.act, self.act), bearer))

    def _names(self) -> dict[str, str]:
        """Give what is called otherwise in the next copy."""
        if not self.acts:
            return {}
        register, history = self.base.register, self.base.history
        ids = [one.id for one in history.events] + [one.id for one in register.relationships]
        taken = {one.id for one in self.made.history.events} | {*ids}
        taken |= {one.id for one in self.made.register.relationships}
        fresh = (name for number in range(1, 100) if (name := f"e{number}") not in taken)
        found = dict(zip(sorted(ids), fresh, strict=False))
        for one in register.decisions:
            if self.bearer is not None and self.bearer in (*_words(one.to), *_words(one.over)):
                found[one.id] = f"{one.id}-{len(self.acts) + 1}"
        if self.bearer is not None and self.bearer in register.people:
            known = {*self.made.register.people, *self.base.register.people}
            found[self.bearer] = next(name for name in _NAMES if name not in known)
        return found

    def _event(
        self,
        event: Event,
        names: Mapping[str, str],
        by: timedelta | None,
        at: Mapping[str, Moment],
    ) -> Event:
        held: dict[str, Any] = {}
        for one in fields(type(event)):  # type: ignore[arg-type]  # mypy cannot see that `event` makes attrs classes
            if one.name not in _NOT_NAMES:
                held[one.name] = _renamed(getattr(event, one.name), names, by)
        if event.id in at:
            held["at"] = at[event.id]
        return evolve(event, **held)  # type: ignore[misc]  # likewise

    def _register(
        self, names: Mapping[str, str], tenure: Tenure | None, by: timedelta | None
    ) -> None:
        base, register = self.base.register, self.made.register
        people = dict(register.people)
        if self.bearer is not None and self.bearer in base.people:
            person = base.people[self.bearer]
            offices = tuple(_held(one, tenure) for one in person.offices)
            people[names.get(self.bearer, self.bearer)] = evolve(person, offices=offices)
        if names:
            own = [one for one in base.interests if one.of == self.bearer]
            told = [one for one in base.decisions if one.id in names]
            register = evolve(
                register,
                interests=(*register.interests, *(evolve(one, of=names[one.of]) for one in own)),
                decisions=(
                    *register.decisions,
                    *(
                        evolve(
                            one,
                            id=names[one.id],
                            to=_renamed(one.to, names, None),
                            over=_renamed(one.over, names, None),
                        )
                        for one in told
                    ),
                ),
                relationships=(
                    *register.relationships,
                    *(
                        evolve(
                            one,
                            id=names[one.id],
                            between=_renamed(one.between, names, None),
                            tenure=_shifted(one.tenure, by),
                        )
                        for one in base.relationships
                    ),
                ),
            )
        self.made = evolve(self.made, register=evolve(register, people=people))


def _otherwise(event: Event, changes: Mapping[str, object]) -> Event:
    return evolve(event, **changes)  # type: ignore[misc]  # likewise


def _held(office: Office, tenure: Tenure | None) -> Office:
    return office if tenure is None else evolve(office, tenure=tenure)


def _words(listed: object) -> tuple[str, ...]:
    return listed if isinstance(listed, tuple) else ()


def _renamed(value: Any, names: Mapping[str, str], by: timedelta | None) -> Any:  # noqa: ANN401 - whatever a field holds
    match value:
        case str():
            return names.get(value, value)
        case tuple():
            return tuple(_renamed(one, names, by) for one in value)
        case OneOf(names=several):
            return OneOf(tuple(names.get(one, one) for one in several))
        case Moment() if by is not None:
            return Moment(value.first + by, value.last + by)
        case _:
            return value


def _shifted(tenure: Tenure, by: timedelta | None) -> Tenure:
    if by is None or tenure.since is None:
        return tenure
    return evolve(tenure, since=_renamed(tenure.since, {}, by))


def exactly(instant: datetime) -> Moment:
    """Give the moment that is one instant."""
    return Moment(instant, instant)
