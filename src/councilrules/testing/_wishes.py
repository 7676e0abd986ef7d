"""Events that a rule may well speak of: its trigger, and what its conditions want."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.events import NONE, UNKNOWN, Kind
from councilrules.register import ANYTHING, Person
from councilrules.rules import (
    AllOf,
    AnyOf,
    Authorised,
    Compared,
    Condition,
    Denied,
    HasInterest,
    Holds,
    Is,
    IsNone,
    Judged,
    Not,
    Order,
    Path,
    RefersToTrigger,
    Related,
    Rule,
    Rulebook,
    SitsOn,
    WithinTerms,
    parts_of,
)
from councilrules.testing._acts import Act, Drafting, makeable
from councilrules.testing._picking import below, coin, often, seldom
from councilrules.testing._times import STEPS, Times
from councilrules.testing._values import Fitting, names_in, words_of

if TYPE_CHECKING:
    from hypothesis import strategies as st

    from councilrules.register import Listed, Register, Relationship
    from councilrules.vocabulary import Field

_MOST_ACTS = 6


class Directed(Drafting):
    """Draws the events of one history so that rules have something to say of them."""

    def __init__(
        self, draw: st.DrawFn, rulebook: Rulebook, register: Register, times: Times
    ) -> None:
        """Take what draws, and the rulebook and the register that say what would fit."""
        names = names_in(register)
        super().__init__(draw, names, times, asked=_asked(rulebook))
        self._rulebook = rulebook
        self._register = register
        self._fits = Fitting(rulebook=rulebook, register=register, names=names)

    # --- what a rule wants --------------------------------------------------------

    def about(self, rule: Rule) -> None:
        """Draw an event that the rule may well speak of, and what relates to it."""
        act = self._trigger(rule)
        self.wish(rule.trigger.condition, act)
        for condition in rule.further:
            self.wish(condition, act)
        if not self._binds(rule, act):
            for condition in rule.required:
                if self.draw(often):
                    self.wish(condition, act)
        for condition, so in self._answers_to(rule):
            self.wish(condition, act, so=so)
        if rule.denies is not None:
            self._deny(rule.denies, rule, act)

    def _trigger(self, rule: Rule) -> Act:
        """Begin what opens a case; what the register says opens one is only looked at."""
        asked = sorted(rule.questions)
        raising = sorted(
            frozenset().union(*(self._rulebook.questions[one].raised_by for one in asked))
        )
        kinds = [one for one in rule.trigger.kinds or raising if one in makeable()]
        held = self._register.relationships
        if not kinds and rule.trigger.kinds and held:
            return self._of_relationship(rule, held)
        kind = self.pick(kinds or makeable())
        return self.add(kind, STEPS // 4 + self.draw(below(STEPS // 4)))

    def _of_relationship(self, rule: Rule, held: tuple[Relationship, ...]) -> Act:
        """Look at a relationship from the side of somebody whom the rule binds, if there is one."""
        sides = [(one, by, to) for one in held for by, to in (one.between, one.between[::-1])]
        bound = [side for side in sides if self._fits.may_hold(side[1], rule.roles)]
        one, by, to = self.pick(bound or sides)
        since = one.tenure.since
        step = 0 if since is None else self._times.step_of(since.first)
        return Act(rule.trigger.kinds[0], one.id, step, {"by": by, "to": to})

    def _answers_to(self, rule: Rule) -> list[tuple[Condition, bool]]:
        """Draw which exceptions and gaps to bring about: none, one, or any of them.

        The others are ruled out as a rule, and first, so that they spoil nothing.
        """
        named = [condition for _, condition in (*rule.exceptions, *rule.gaps)]
        match self.pick(("none", "one", "one", "any")) if named else "none":
            case "none":
                wanted = []
            case "one":
                wanted = [self.pick(named)]
            case _:
                wanted = [one for one in named if self.draw(coin)]
        out = [one for one in named if one not in wanted and self.draw(often)]
        return [*((one, False) for one in out), *((one, True) for one in wanted)]

    def _binds(self, rule: Rule, act: Act) -> bool:
        """Let it be done by somebody whom the rule binds; tell whether they are leaving.

        A duty falls now and then on somebody who leaves office before it is done.
        """
        found = None if rule.bearer is None else act.field(rule.bearer)
        if rule.bearer is None or found is None or not rule.roles:
            return False
        office = Holds(Path(rule.bearer), rule.roles)
        self.wish(office, act)
        leaving = {
            name: one.tenure.until
            for name in self._fits.fitting(office, found)
            for one in self._register.people.get(name, Person()).offices
            if one.tenure.until is not None
        }
        if not (rule.is_duty and leaving and self.draw(coin)):
            return False
        name = self.pick(sorted(leaving))
        act.held[found.attribute] = name
        act.step = max(0, self._times.step_of(leaving[name].first) - 2)
        return True

    def _deny(self, denied: Denied, rule: Rule, act: Act) -> None:
        """Draw a refusal of what another clause forbids to whoever was refused, or does not."""
        fields = dict(denied.copied)
        is_barred = self.draw(often)
        for name in fields.values():
            found = act.field(name)
            if found is not None and found.kind is Kind.YES_NO:
                act.held[found.attribute] = is_barred
            elif found is not None and {"yes", "no"} <= {*found.choices}:
                act.held[found.attribute] = "yes" if is_barred else "no"
        if is_barred and self._register.interests:
            for clause in self._rulebook[rule.clause].subject_to:
                for other in self._rulebook[clause].rules:
                    for part in parts_of(other.trigger.condition):
                        if isinstance(part, HasInterest):
                            self._bar(part, fields, act)

    def _bar(self, part: HasInterest, fields: dict[str, str], act: Act) -> None:
        """Let whoever was refused something have an interest in it."""
        fitting = [
            one for one in self._register.interests if {*words_of(one.kinds)} & {*part.kinds}
        ]
        interest = self.pick(fitting or self._register.interests)
        papers = self._papers_on(interest.matter)
        for path, value in ((part.path, interest.of), (part.matter, papers[0] if papers else None)):
            if value is not None and path.field in fields:
                self._set(act, Path(fields[path.field]), value)

    def _papers_on(self, matter: Listed) -> list[str]:
        return [
            name
            for name, paper in self._register.papers.items()
            if {*words_of(paper.matter)} & {*words_of(matter)}
        ]

    # --- what a condition wants ---------------------------------------------------

    def wish(
        self, condition: Condition, act: Act, trigger: Act | None = None, *, so: bool = True
    ) -> None:
        """Make a condition true of an act, or false, as far as that is easy."""
        match condition:
            case Not(part=part):
                self.wish(part, act, trigger, so=not so)
            case AllOf(parts=parts) | AnyOf(parts=parts):
                every = so is isinstance(condition, AllOf)
                for part in _apart_first(parts) if every else [self.pick(parts)]:
                    self.wish(part, act, trigger, so=so)
            case Related():
                if so and len(self.acts) < _MOST_ACTS:
                    self._relate(condition, act)
            case Judged(question=question):
                self._answer(question, act, so=so)
            case Compared():
                self._compare(condition, act, trigger or act, so=so)
            case RefersToTrigger(path=path):
                self._set(act, path, (trigger or act).id if so else NONE)
            case Authorised():
                if so:
                    self._authorise(condition, act)
            case _:
                self._of_register(condition, act, so=so)

    def _answer(self, question: str, act: Act, *, so: bool) -> None:
        """Write an answer on the event, or let somebody record it, as a rule the one wished for."""
        answer = so if self.draw(often) else UNKNOWN
        if act in self.acts and not self.draw(seldom):
            act.answers[question] = answer
        elif len(self.acts) < _MOST_ACTS:
            recorded = self.add("judgement-recorded", act.step + 4)
            recorded.held |= {"on": act.id, "question": question, "answer": answer}

    def _relate(self, relation: Related, trigger: Act) -> None:
        """Draw another event where a relation wants it, give or take."""
        kind = self.pick(relation.pattern.kinds or makeable())
        if kind not in makeable():
            return
        sign = {Order.BEFORE: -1, Order.AFTER: 1, Order.ANY_TIME: 1}[relation.order]
        away = self.pick([1, 2, 4, 16, 48, 48, 0, -2])
        act = self.add(kind, trigger.step + sign * away)
        self.wish(relation.pattern.condition, act, trigger)

    def _of_register(self, condition: Condition, act: Act, *, so: bool) -> None:
        """Choose for a field what fits a condition, or for a word what is written."""
        path: Path | None = getattr(condition, "path", None)
        found = None if path is None else act.field(path.field)
        if path is None or found is None:
            return
        if isinstance(condition, IsNone) and path.attribute is None:
            self._set(act, path, NONE if so else self.any_value(found))
        elif isinstance(condition, Is) and path.attribute is None:
            self._set(act, path, self._word(condition, found, so=so))
        elif isinstance(condition, WithinTerms):
            self._within_terms(condition, act, so=so)
        elif so:
            apart = act.apart.get(found.attribute, UNKNOWN)
            fit = [one for one in self._fits.fitting(condition, found) if one != apart]
            if fit and act.held.get(found.attribute) not in fit:
                self._set(act, path, self.pick(fit))
            self._matter(condition, act, act.held.get(found.attribute))

    def _word(self, condition: Is, found: Field, *, so: bool) -> object:
        if found.kind is Kind.YES_NO:
            return (self.pick(condition.words) == "yes") is so
        if so:
            return self.pick(condition.words)
        other = [one for one in found.choices if one not in condition.words]
        return self.pick(other) if other else self.any_value(found)

    def _within_terms(self, condition: WithinTerms, act: Act, *, so: bool) -> None:
        """Name a body; and what its terms of reference cover, if there is such a body."""
        bodies = {
            name: words_of(body.terms)
            for name, body in self._register.bodies.items()
            if bool(words_of(body.terms)) or not so
        }
        if bodies:
            name = self.pick(sorted(bodies))
            self._set(act, condition.body, name)
            terms = [one for one in bodies[name] if one != ANYTHING]
            if so and terms and condition.path.attribute is None:
                self._set(act, condition.path, self.pick(terms))

    def _matter(self, condition: Condition, act: Act, name: object) -> None:
        """Let it be on something in which the person has an interest, or for which they sit."""
        path, listed = None, list[str]()
        if isinstance(condition, HasInterest):
            path = condition.matter
            interests = self._register.interests_by_person.get(str(name), ())
            listed = [one for each in interests for one in words_of(each.matter)]
        elif isinstance(condition, SitsOn) and str(name) in self._register.people:
            path = condition.for_
            seats = self._register.people[str(name)].seats
            listed = [one for seat in seats for one in words_of(seat.for_)]
        if path is None or not listed:
            return
        if path.attribute is None:
            self._set(act, path, self.pick(listed))
        else:
            papers = self._papers_on(tuple(listed))
            if papers:
                self._set(act, path, self.pick(papers))

    def _compare(self, condition: Compared, act: Act, trigger: Act, *, so: bool) -> None:
        """Give a field what the other field holds, drawing that first if need be."""
        if condition.path.attribute is not None or condition.other.attribute is not None:
            return
        other, own = trigger.field(condition.other.field), act.field(condition.path.field)
        if own is None or (other is None and condition.other.field != "id"):
            return
        value: object = trigger.id
        if other is not None:
            value = trigger.held.get(other.attribute, UNKNOWN)
            if value is UNKNOWN:
                value = trigger.held[other.attribute] = self.any_value(other)
        if so is condition.differs:
            act.apart[own.attribute] = value
            other_names = [one for one in self._fits.names.of(own.kind) if one != value]
            value = self.pick(other_names) if other_names else self.any_value(own)
        self._set(act, condition.path, value)

    def _authorise(self, condition: Authorised, act: Act) -> None:
        if not self._register.decisions:
            return
        decision = self.pick(self._register.decisions)
        known = {*self._register.people, *self._register.bodies}
        for path, listed in (
            (condition.who, decision.to),
            (condition.over, decision.over),
            (condition.subject, decision.subject),
        ):
            some = [one for one in words_of(listed) if one in known or path is condition.subject]
            if path is not None and some and path.field not in act.held:
                self._set(act, path, some[0])
        if condition.under is not None:
            under = [decision.id, decision.id, NONE, UNKNOWN]
            self._set(act, condition.under, self.pick(under))

    def _set(self, act: Act, path: Path, value: object) -> None:
        found = act.field(path.field)
        if found is not None:
            act.held[found.attribute] = value


def _asked(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """Give the questions that rules ask, each with the kinds of entry that it is asked of."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in rulebook.rules:
        about = () if rule.standing is None else (rule.standing.register_kind,)
        expected = [] if rule.standing is None else [one for _, _, one in rule.standing.expecting]
        for question in (*rule.questions, *expected):
            found[question] = tuple(dict.fromkeys([*found.get(question, ()), *about]))
    return found


def _apart_first(parts: tuple[Condition, ...]) -> list[Condition]:
    """Put what has to differ before what has to fit, which then keeps it apart."""
    return sorted(parts, key=lambda one: not isinstance(one, Compared))
