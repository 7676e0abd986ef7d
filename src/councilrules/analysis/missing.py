"""The scenarios that are missing for a rule: those there are, with one fact changed."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from attrs import define, evolve, field, frozen

from councilrules.analysis._changes import changed, with_time_allowed
from councilrules.analysis._copies import Copies, exactly
from councilrules.analysis._edges import DAY, DEADLINE, OFFICE, ORDER, way_of
from councilrules.analysis._flips import trials
from councilrules.analysis._laying import alone, at_noon, expecting, lasting_an_hour
from councilrules.analysis._titles import on_edges, reaching, title
from councilrules.analysis.deciding import Evidence, turned
from councilrules.analysis.formulas import FALSE, TRUE, Ask
from councilrules.analysis.outcomes import outcomes_in
from councilrules.analysis.witnesses import UnreachableError, witness
from councilrules.assessing import assess
from councilrules.coverage import coverage, reachable
from councilrules.periods import Tenure
from councilrules.reference.conditions import lasting_of
from councilrules.situations import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from councilrules.analysis._edges import Edge
    from councilrules.analysis._flips import Trial
    from councilrules.analysis._parts import Part
    from councilrules.analysis.deciding import Change
    from councilrules.rules import Rule, Rulebook
    from councilrules.scenarios import Scenario

MINUTE = timedelta(minutes=1)
YEAR = timedelta(days=364)
_MOST_BASES = 24
_MOST_TRIED = 5
_TURNED = {TRUE: FALSE, FALSE: TRUE}


def missing(rulebook: Rulebook, scenarios: Iterable[Scenario]) -> Iterator[Scenario]:
    """Give scenarios that show what the given ones do not, as far as some are found.

    They are made of the given ones, or where there are none for a rule of the smallest
    that come to each outcome, with one fact changed or two. Each says what to expect.

    Args:
        rulebook: The rulebook.
        scenarios: Those there are already.
    """
    there = tuple(scenarios)
    evidence = Evidence(rulebook)
    for scenario in there:
        evidence.add(scenario)
    found: list[Scenario] = []
    for one in evidence.formulas.values():
        for scenario in MissingOfRule(evidence, one.rule, there).all():
            found.append(scenario)
            yield scenario
    yield from _reaching(rulebook, (*there, *found))


def _reaching(rulebook: Rulebook, scenarios: Iterable[Scenario]) -> Iterator[Scenario]:
    """Give the smallest scenario for each status that a rule can reach, where there is none."""
    made = (assess(rulebook, one, engine="reference") for one in scenarios)
    for reached in coverage(rulebook, made).rules:
        rule = rulebook.rule(reached.clause, reached.rule)
        for status in reached.missing:
            with suppress(UnreachableError):
                scenario = witness(rulebook, rule.name, status)
                yield expecting(rulebook, rule, scenario, reaching(rule, status))


@frozen(eq=False)
class Seen:
    """A scenario with one case of the rule, and what of the rule decides it.

    Attributes:
        scenario: The scenario.
        trial: The case.
        shows: For each part that decides, its truth and the change if it were turned.
    """

    scenario: Scenario
    trial: Trial
    shows: dict[Part, tuple[int, Change]] = field(repr=False)


@define(eq=False)
class MissingOfRule:
    """Finds what is missing for one rule.

    Attributes:
        evidence: What is shown so far; what is found is added to it.
        rule: The rule.
        there: The scenarios to begin with.
    """

    evidence: Evidence
    rule: Rule
    there: tuple[Scenario, ...]
    _bases: list[Seen] = field(factory=list)

    def all(self) -> Iterator[Scenario]:
        """Give the scenarios that are missing."""
        if not (self.todo() or self.edges()):
            return
        self._bases = list(self._begin())
        for made in (self._in_office, self._in_order, self._by_the_deadline, self._decided):
            yield from made()

    def todo(self) -> list[Part]:
        """Give the parts that are not shown to decide."""
        parts = self.evidence.parts[self.rule.name]
        return [one for one in parts if not one.cannot and self.evidence.pair(one) is None]

    def edges(self) -> list[Edge]:
        """Give the sides of edges that no scenario is on."""
        edges = self.evidence.edges[self.rule.name]
        return [one for one in edges if self.evidence.on_edge(one) is None]

    # --- what to begin with ----------------------------------------------------------

    def _begin(self) -> Iterator[Seen]:
        """Give the smallest scenarios that have one case of the rule."""
        own = [
            one for one in self.there
            if any((each.clause, each.rule) in {(self.rule.clause, None), (self.rule.clause, self.rule.id)}
                   for each in one.expected)
        ]  # fmt: skip
        own.sort(key=lambda one: (len(one.history.events), len(one.rulebooks)))
        seen = (self._looked_at(alone(one, self.evidence.rulebook)) for one in own)
        found = [one for one in seen if one is not None and one.shows]
        yield from found
        if self.rule.within is not None:
            allowed = (with_time_allowed(one.scenario, self.rule) for one in found[:_MOST_BASES])
            yield from (one for one in map(self._looked_at, allowed) if one is not None)
        reached = {name for one in found for name in outcomes_in(one.trial.outcome)}
        for outcome in reachable(self.rule):
            if outcome not in reached:
                try:
                    one = self._looked_at(witness(self.evidence.rulebook, self.rule.name, outcome))
                except UnreachableError:
                    continue
                if one is not None:
                    yield one

    def _looked_at(self, scenario: Scenario) -> Seen | None:
        """Look at a scenario; `None` unless it has one case of the rule."""
        formula = self.evidence.formulas[self.rule.name]
        if not scenario.rulebooks:
            return None
        made = tuple(trials(scenario, scenario.rulebooks[0], (formula,)))
        if scenario.register.relationships:
            made = tuple(one for one in made if one.outcome != 1)[:1] or made[:1]
        if len(made) != 1:
            return None
        shows = {
            part: (truth, (made[0].outcome, after))
            for part in self.evidence.parts[self.rule.name]
            for truth, after in turned(made[0], part)
        }
        return Seen(scenario, made[0], shows)

    def _beside(self, one: Seen) -> Iterator[Seen]:
        for scenario in changed(one.scenario, self.rule, self.evidence.rulebook):
            found = self._looked_at(scenario)
            if found is not None:
                yield found

    def _near(self, part: Part) -> Iterator[Seen]:
        """Give scenarios that a part decides: those there are, and others near them."""
        yield from [one for one in self._bases if part in one.shows][:_MOST_BASES]
        for base in self._bases[-2:]:
            found = (one for one in self._beside(base) if part in one.shows)
            yield from islice(found, _MOST_BASES)

    def _helps(self, scenario: Scenario) -> bool:
        """Take in a scenario if it shows anything that is missing."""
        before = len(self.todo()) + len(self.edges())
        self.evidence.add(scenario)
        return len(self.todo()) + len(self.edges()) < before

    # --- office, capacity, force -----------------------------------------------------

    def _in_office(self) -> Iterator[Scenario]:
        for base in self._bases[:_MOST_BASES]:
            wanted = [one for one in self.todo() if one.kind == "jurisdiction"]
            spots = [one for one in self.edges() if one.spot in OFFICE]
            parts = [
                one for one in self.evidence.parts[self.rule.name] if one.kind == "jurisdiction"
            ]
            if not (wanted or spots):
                return
            if all(base.shows.get(part, (FALSE,))[0] == TRUE for part in parts):
                made = self._held_by_several(base, wanted, is_office=bool(spots))
                if made is not None and self._helps(made):
                    yield made

    def _held_by_several(
        self, base: Seen, wanted: list[Part], *, is_office: bool
    ) -> Scenario | None:
        scenario, bearer = base.scenario, base.trial.bearer
        act = self._act(base)
        if scenario.register.relationships:
            scenario = lasting_an_hour(scenario, act)
        else:
            scenario = at_noon(scenario, base.trial.event.id, act, self.rule.conduct_at)
        topics = {one.node.topic for one in wanted if isinstance(one.node, Ask)}
        copies = Copies(scenario, base.trial.event.id, bearer)
        if (is_office or "office" in topics) and bearer in scenario.register.people:
            late = act + (61 * MINUTE if scenario.register.relationships else MINUTE)
            for tenure in (
                Tenure(since=exactly(late)), Tenure(since=exactly(act)),
                Tenure(until=exactly(late)), Tenure(until=exactly(act)),
            ):  # fmt: skip
                copies.add(tenure=tenure)
        else:
            copies.add()
        if "capacity" in topics and not scenario.register.relationships:
            copies.add(as_="private")
        if "in-force" in topics:
            copies.add(by=-YEAR, tenure=Tenure(since=exactly(act - 2 * YEAR)))
            force = Tenure(since=exactly((act - YEAR / 2).replace(hour=12, minute=0)))
            books = tuple(evolve(one, in_force=force) for one in copies.made.rulebooks)
            copies.made = evolve(copies.made, rulebooks=books)
        named = on_edges(self.rule, "office" if is_office else "bound", topics)
        return expecting(
            self.evidence.rulebook, self.rule, copies.made, named, [act for act, _ in copies.acts]
        )

    def _act(self, base: Seen) -> datetime:
        """Give the noon of the day on which the conduct lies."""
        trial = base.trial
        view = View(trial.event, self.rule.bearer, trial.bearer)
        start = trial.cases.jurisdiction.seen(self.rule, view).part.start
        return start.first.replace(
            hour=11 if start.is_exact else 12, minute=0, second=0, microsecond=0
        )

    # --- order and deadlines -----------------------------------------------------------

    def _in_order(self) -> Iterator[Scenario]:
        for part in dict.fromkeys(one.part for one in self.edges() if one.spot in ORDER):
            for base in self._near(part):
                if base.shows[part][0] == TRUE:
                    made = self._about(base, part)
                    if made is not None and self._helps(made):
                        yield made
                if not any(one.part is part for one in self.edges() if one.spot in ORDER):
                    break

    def _about(self, base: Seen, part: Part) -> Scenario | None:
        """Give a scenario with an event a minute before, at and a minute after another."""
        trial = base.trial
        if part.within is None:
            return None
        anchors = (None,) if part.anchoring is None else trial.candidates(part.anchoring)
        pairs = [
            (one, held)
            for one in trial.candidates(part.within)
            for held in anchors
            if one is not held and one is not trial.event and trial.decides(part.node, one)
        ]
        if not pairs:
            return None
        other, anchor = pairs[0]
        day = lasting_of(anchor, trial.answers.view).start.first
        noon = day.replace(hour=12, minute=0, second=0, microsecond=0)
        held_id = trial.event.id if anchor is None else anchor.id
        copies = Copies(base.scenario, trial.event.id, trial.bearer)
        for instant in (noon - MINUTE, noon, noon + MINUTE):
            copies.add(at={other.id: exactly(instant), held_id: exactly(noon)})
        named = on_edges(self.rule, "order", (), part)
        return expecting(
            self.evidence.rulebook, self.rule, copies.made, named, [act for act, _ in copies.acts]
        )

    def _by_the_deadline(self) -> Iterator[Scenario]:
        for part, way in dict.fromkeys(
            (one.part, one.way) for one in self.edges() if one.spot in DEADLINE
        ):
            for base in self._near(part):
                found = way_of(base.trial)
                if found is not None and found[0] == way:
                    for made in self._about_due(base, part, *found):
                        if self._helps(made):
                            yield made
                if not any(one.part is part and one.way == way for one in self.edges()):
                    break

    def _about_due(self, base: Seen, part: Part, way: str, due: datetime) -> Iterator[Scenario]:
        """Give scenarios in which it is done, or looked at, on either side of a deadline."""
        trial, scenario = base.trial, base.scenario
        last = due.replace(second=0, microsecond=0)
        if part.within is None:
            for instant in (last, last + MINUTE):
                history = evolve(scenario.history, as_of=instant)
                named = on_edges(self.rule, f"clock {way} {instant == last}", (), part)
                yield expecting(
                    self.evidence.rulebook, self.rule, evolve(scenario, history=history), named
                )
            return
        other = next(
            (one for one in trial.candidates(part.within) if trial.decides(part.node, one)), None
        )
        if other is not None:
            clock = max(scenario.history.as_of, last + 2 * DAY)
            scenario = evolve(scenario, history=evolve(scenario.history, as_of=clock))
            copies = Copies(scenario, trial.event.id, trial.bearer)
            for instant in (last, last + MINUTE):
                copies.add(at={other.id: exactly(instant)})
            named = on_edges(self.rule, f"done {way}", (), part)
            yield expecting(
                self.evidence.rulebook,
                self.rule,
                copies.made,
                named,
                [act for act, _ in copies.acts],
            )

    # --- everything else ---------------------------------------------------------------

    def _decided(self) -> Iterator[Scenario]:
        for part in self.todo():
            if self.evidence.pair(part) is None:
                for truth, one in self._pair(part):
                    named = title(self.rule, part, truth, one.shows[part][1][0])
                    made = expecting(self.evidence.rulebook, self.rule, one.scenario, named)
                    self.evidence.add(made)
                    yield made

    def _pair(self, part: Part) -> list[tuple[int, Seen]]:
        """Find the one or two scenarios that are missing for a part."""
        sorts = {one.shows[part]: one for one in reversed(self._bases) if part in one.shows}
        decisive = [*sorts.values()]
        found = self._partner(part, decisive[:_MOST_TRIED])
        if found:
            return found
        others: list[Seen] = []
        for base in self._bases[:_MOST_TRIED]:
            others += [one for one in self._beside(base) if part in one.shows][:_MOST_TRIED]
        for one in others:
            truth, change = one.shows[part]
            if _back(change) in self.evidence.changes(part, _TURNED[truth]):
                return [(truth, one)]
        return self._partner(part, others[:_MOST_TRIED])

    def _partner(self, part: Part, among: list[Seen]) -> list[tuple[int, Seen]]:
        for one in among:
            truth, change = one.shows[part]
            wanted = (_TURNED[truth], _back(change))
            for other in self._beside(one):
                if other.shows.get(part) == wanted:
                    known = change in self.evidence.changes(part, truth)
                    return [(wanted[0], other)] if known else [(truth, one), (wanted[0], other)]
        return []


def _back(change: Change) -> Change:
    return change[1], change[0]
