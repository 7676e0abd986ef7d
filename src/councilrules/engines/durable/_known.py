"""What durable-rules was told, and what it made of it, by case and by event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field, frozen

from councilrules.engines.durable._rows import counted
from councilrules.truth import Truth

if TYPE_CHECKING:
    from councilrules.engines._docket import Key
    from councilrules.engines._plans import Plan
    from councilrules.engines.durable._layouts import Mode, OwnLayout, PairLayout, Section
    from councilrules.engines.durable._rows import Duty, Side
    from councilrules.events import Event
    from councilrules.situations import View


@frozen
class Told:
    """A fact that durable-rules was told: its number, and what was told, in JSON."""

    number: int
    text: str


@define(eq=False)
class Pair:
    """What fired of a trigger and an event that may relate to it.

    Attributes:
        bits: In which ways they fit, by `PairLayout.place`.
        shared: The names that they share, by join.
    """

    bits: int = 0
    shared: dict[int, set[str | None]] = field(factory=dict)


@define(eq=False)
class Found:
    """An event that a relation looks for.

    Attributes:
        event: The event.
        layout: What is asked of it.
        sides: What it holds at each path that is joined.
        sought: The triggers it was paired with.
        facts: What was told of it.
    """

    event: Event
    layout: PairLayout
    sides: tuple[Side, ...]
    sought: dict[Sought, None] = field(factory=dict)
    facts: list[Told] = field(factory=list)


@define(eq=False)
class Sought:
    """A trigger that a relation is sought for.

    Attributes:
        case: The case.
        layout: What is asked of the relation.
        sides: What the trigger holds at each path that is joined.
        is_narrowed: Whether candidates share a name with it, which decides their order.
        pairs: The events that it was paired with.
        facts: What was told of it.
    """

    case: Tried
    layout: PairLayout
    sides: tuple[Side, ...]
    is_narrowed: bool
    pairs: dict[Found, Pair] = field(factory=dict)
    facts: list[Told] = field(factory=list)

    def fits(self, found: Found, mode: Mode) -> Truth:
        """Tell whether an event fits, by what fired."""
        pair, layout = self.pairs[found], self.layout
        best = Truth.FALSE
        for place, choice in enumerate(layout.choices):
            level = level_of(pair.bits, layout.place(mode, place, is_certain=True))
            for number in choice.counted:
                if level is Truth.FALSE:
                    break
                join = layout.joins[number]
                one, two = found.sides[join.key], self.sides[join.other]
                shared = len(pair.shared.get(number, ()))
                level = level.and_(counted(join, one, two, shared))
            best = best.or_(level)
        return best

    def may_fit(self, found: Found) -> bool:
        """Tell whether an event may fit in any way in which the relation is asked."""
        return any(self.fits(found, mode) is not Truth.FALSE for mode in self.layout.modes)


@define(eq=False)
class Tried:
    """A case as durable-rules knows it.

    Attributes:
        plan: The rule.
        view: What opened it, and who answers.
        is_real: Whether it is on an event of the record, not on one that was made up.
        layout: What is asked of its event.
        owners: The kept cases that hang on it: itself, or the refusals that deny the act.
        duty: The duty that it opens.
        bits: What fired of its event alone, by section.
        sought: The relations that are sought for it, by number.
        denied: The cases that the act which it refuses would make, by clause (P12).
        token: Its name in facts.
        steps: The facts of its steps, by number and event.
        ordered: What fired of the order of two steps, by number and events.
        past: What the clock made of the duty.
        numbers: The facts of its event by itself, which do not stand.
        clocked: The fact of its duty, while the clock may still change it.
        is_late: Whether that says no more than when the time is surely over.
    """

    plan: Plan
    view: View
    is_real: bool
    layout: OwnLayout
    token: str
    owners: dict[Key, None] = field(factory=dict)
    duty: Duty | None = None
    bits: dict[Section, int] = field(factory=dict)
    sought: dict[int, Sought] = field(factory=dict)
    denied: dict[str, list[Tried]] = field(factory=dict)
    steps: dict[tuple[int, str], Told] = field(factory=dict)
    ordered: dict[tuple[int, str, str], int] = field(factory=dict)
    past: int = 0
    numbers: list[int] = field(factory=list)
    clocked: Told | None = None
    is_late: bool = False

    @property
    def may_open(self) -> bool:
        """Tell whether the event may open it, by what fired of the event alone."""
        return bool(self.bits.get(("trigger", 0)))

    def own(self, section: Section, place: int) -> Truth:
        """Tell whether the columns of one way hold, by what fired."""
        if not self.layout.sections[section][place].columns:
            return Truth.TRUE
        return level_of(self.bits.get(section, 0), place * 2)

    def itself(self, number: int, *, in_time: bool) -> Truth:
        """Tell whether its own event fits a relation, by what fired."""
        section: Section = ("itself-due" if in_time else "itself", number)
        found = Truth.FALSE
        for place, _ in enumerate(self.layout.sections.get(section, ())):
            found = found.or_(self.own(section, place))
        return found


def level_of(bits: int, place: int) -> Truth:
    """Give the truth that two bits say: certain, or possible."""
    if bits >> place & 1:
        return Truth.TRUE
    return Truth.UNKNOWN if bits >> place & 2 else Truth.FALSE
