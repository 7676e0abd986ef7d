"""Whom a rulebook binds when: in force, in a capacity it binds, in office (P3, P9, P14)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.events import Empty, Unknown
from councilrules.findings import Because, Want, all_of, renamed
from councilrules.periods import Moment, Stretch, Tenure
from councilrules.register import COUNCIL
from councilrules.rules import Holds, Path
from councilrules.situations._views import View, attribute_of, lasting
from councilrules.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.events import Event
    from councilrules.rules import Rule, Rulebook
    from councilrules.situations import Situations

ASSUMED = "assumed"
"""The origin of being in force where the text bears no date."""

WHY = {
    "in-force": "not-in-force",
    "capacity": "outside-the-protocol",
    "office": "not-in-office",
}
"""What a scope note says of each part of jurisdiction that is known to be missing."""


@lru_cache(maxsize=4096)
def _office(bearer: str, roles: tuple[str, ...]) -> Holds:
    return Holds(Path(bearer), roles)


def _up_to(event: Event) -> Stretch:
    """Give all the time up to an event, at some moment of which the conduct lies."""
    ever = datetime.min.replace(tzinfo=UTC)
    return Stretch(Moment(ever, ever), event.at)


class Jurisdiction:
    """Tells whether a rule binds a person at the time of an act."""

    def __init__(self, rulebook: Rulebook, situations: Situations, in_force: Tenure | None) -> None:
        """Take the rulebook, and when it was in force if the scenario says so."""
        self._situations = situations
        self.is_assumed = in_force is None and rulebook.adopted is None
        since = rulebook.not_before if self.is_assumed else rulebook.adopted
        self.in_force = in_force or Tenure(since=since)

    def seen(self, rule: Rule, view: View) -> View:
        """Give the view as office and force are tested: at the conduct, if a rule says."""
        if rule.conduct_at is None:
            return view
        attribute = attribute_of(view.event, rule.conduct_at)
        raw = None if attribute is None else getattr(view.event, attribute)
        part = Stretch.at(raw) if isinstance(raw, Moment) else view.part
        return View(view.event, view.bearer_field, view.bearer, part)

    def bound(self, rule: Rule, view: View) -> Because:
        """Tell whether the rule binds the bearer: force, capacity, office, in that order."""
        return all_of("bound", self.parts(rule, self.seen(rule, view)))

    def parts(self, rule: Rule, view: View) -> Iterator[Because]:
        """Give the parts of jurisdiction; `view` is as `seen` gives it."""
        if rule.conduct_at is not None:
            dated = self._dated(rule.conduct_at, view)
            yield dated
            if dated.truth is Truth.UNKNOWN:
                view = evolve(view, part=_up_to(view.event))
        yield self._in_force(view)
        if rule.bearer == "by":
            yield self._situations.offices.capacity(view)
        if rule.roles and rule.bearer is not None:
            yield renamed("office", self._office(rule, view))
        if rule.bearer is not None and view.bearer is None:
            yield self._nobody_named(rule.bearer, view)

    def _office(self, rule: Rule, view: View) -> Because:
        """Tell whether the bearer held an office that the rule binds, at some time of the act.

        In which capacity is asked of what lasted only if several offices were held at once:
        an act is judged on its part inside the office (P3, P9).
        """
        condition = _office(str(rule.bearer), rule.roles)
        held = self._situations.truth_of(condition, view, answering=False)
        if any(one.name == "as" for one in held.wants):
            inside = evolve(view, part=self.part(rule, view))
            return self._situations.truth_of(condition, inside, answering=False)
        return held

    def _nobody_named(self, bearer: str, view: View) -> Because:
        """Ask who it was: nobody is accused as one of several (P10)."""
        wants = (Want("actor", view.event.id, bearer),)
        return Because(Truth.UNKNOWN, "actor", events=frozenset((view.event.id,)), wants=wants)

    def _dated(self, name: str, view: View) -> Because:
        attribute = attribute_of(view.event, name)
        raw = Unknown.UNKNOWN if attribute is None else getattr(view.event, attribute)
        if raw is Unknown.UNKNOWN or raw is Empty.NONE:
            wants = (Want("field", view.event.id, name),)
            return Because(Truth.UNKNOWN, "dated", events=frozenset((view.event.id,)), wants=wants)
        return Because(Truth.TRUE, "dated", events=frozenset((view.event.id,)))

    def _in_force(self, view: View) -> Because:
        held = self.in_force.holds_during(view.part)
        wants: tuple[Want, ...] = ()
        if held is Truth.UNKNOWN:
            wants = (Want("register", "", "in-force"),)
            if not (self.in_force.since_unknown or view.part.start.is_exact):
                wants = (Want("field", view.event.id, "at"),)
        origin = ASSUMED if self.is_assumed else "rulebook"
        return Because(held, "in-force", wants=wants, origin=origin)

    def part(self, rule: Rule, view: View) -> Stretch:
        """Give the part of a lasting act that lies inside force and office (P3)."""
        part = self.seen(rule, view).part
        if part.start == part.end:
            return part
        for tenure in (self.in_force, *self._tenures(rule, view)):
            if tenure.holds_during(part) is not Truth.FALSE:
                part = part.clipped(tenure)
        return part

    def _tenures(self, rule: Rule, view: View) -> Iterator[Tenure]:
        if view.bearer is None or view.bearer == COUNCIL or not rule.roles:
            return
        held = self._situations.offices.tenures(rule.roles, view.bearer)
        during = [one for one in held if one.holds_during(lasting(view.event)) is not Truth.FALSE]
        if len(during) == 1:
            yield during[0]
