"""Histories: an event that a rule speaks of, what relates to it, and some noise."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from attrs import define, field
from hypothesis import strategies as st
from tests.drawing.times import START, STEP, STEPS, blurred, exact, often, seldom
from tests.drawing.values import fitting, values

from councilrules.events import NONE, UNKNOWN, Event, Kind, Proof
from councilrules.events.record import JudgementRecorded
from councilrules.history import History
from councilrules.register import Person, Register
from councilrules.rules import (
    AllOf,
    AnyOf,
    Authorised,
    Compared,
    Condition,
    HasInterest,
    Holds,
    Is,
    IsNone,
    Judged,
    Modality,
    Not,
    Order,
    Path,
    RefersToTrigger,
    Related,
    Rule,
    Rulebook,
    WithinTerms,
    parts_of,
)
from councilrules.vocabulary import Field, kinds

PROOFS = st.sampled_from(
    [Proof.ESTABLISHED] * 6 + [Proof.ADMITTED, Proof.ALLEGED, Proof.NOT_KNOWN, Proof.DISPROVED]
)
_CAPACITIES = st.sampled_from(["councillor", "clerk", "council", "private", "another-body"])
_MAKEABLE = sorted(name for name, kind in kinds().items() if not kind.cls.derived)


@define
class Act:
    """An event that is being drawn: its kind, and what is settled of it so far."""

    kind: str
    id: str
    step: int
    held: dict[str, Any] = field(factory=dict)
    answers: dict[str, Any] = field(factory=dict)

    def field(self, name: str) -> Field | None:
        """Find a field by its name in rules; `None` if events of the kind lack it."""
        kind = kinds()[self.kind]
        return kind.fields.get(kind.towards if name == "towards" else name)


class Drafting:
    """Draws the events of one history."""

    def __init__(self, draw: st.DrawFn, rulebook: Rulebook, register: Register) -> None:
        self.draw = draw
        self.rulebook = rulebook
        self.register = register
        self.acts: list[Act] = []

    def add(self, kind: str, step: int) -> Act:
        act = Act(kind, f"e{len(self.acts)}", max(0, min(step, STEPS)))
        self.acts.append(act)
        return act

    def about(self, rule: Rule) -> None:
        """Draw an event that the rule may well speak of, and what relates to it."""
        asked = sorted(rule.questions)
        raising = sorted(
            frozenset().union(*(self.rulebook.questions[one].raised_by for one in asked))
        )
        makeable = [one for one in rule.trigger.kinds or raising if one in _MAKEABLE]
        kind = self.draw(st.sampled_from(makeable or _MAKEABLE))
        act = self.add(kind, self.draw(st.integers(STEPS // 4, STEPS // 2)))
        self.wish(rule.trigger.condition, act)
        for condition in rule.further:
            self.wish(condition, act)
        if not self._binds(rule, act):
            for condition in rule.required:
                if self.draw(often):
                    self.wish(condition, act)
        for _, condition in (*rule.exceptions, *rule.gaps):
            if self.draw(st.booleans()):
                self.wish(condition, act)
        if rule.denies is not None:
            self._bar(rule, act)

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
            for name in fitting(office, found, self.register, self.rulebook)
            for one in self.register.people.get(name, Person()).offices
            if one.tenure.until is not None
        }
        if not (rule.is_duty and leaving and self.draw(st.booleans())):
            return False
        name = self.draw(st.sampled_from(sorted(leaving)))
        act.held[found.attribute] = name
        act.step = max(0, (leaving[name].first - START) // STEP - 2)
        return True

    def _bar(self, rule: Rule, act: Act) -> None:
        """Draw a refusal of what another clause forbids to whoever was refused."""
        for clause in self.rulebook[rule.clause].subject_to:
            for other in self.rulebook[clause].rules:
                for part in parts_of(other.trigger.condition):
                    if isinstance(part, HasInterest) and self.register.interests:
                        interest = self.draw(st.sampled_from(self.register.interests))
                        act.held["to"] = interest.of
                        act.held["knowing"] = "yes"
                        papers = [
                            name for name, paper in self.register.papers.items()
                            if isinstance(paper.matter, tuple) and isinstance(interest.matter, tuple)
                            and {*paper.matter} & {*interest.matter}
                        ]  # fmt: skip
                        act.held["document"] = papers[0] if papers else "valuation"

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
                for part in parts if every else [self.draw(st.sampled_from(parts))]:
                    self.wish(part, act, trigger, so=so)
            case Related():
                if so and len(self.acts) < 6:
                    self.relate(condition, act)
            case Judged(question=question):
                act.answers[question] = so if self.draw(often) else UNKNOWN
            case Compared():
                self._compare(condition, act, trigger or act, so=so)
            case RefersToTrigger(path=path):
                self._set(act, path, (trigger or act).id if so else NONE)
            case Authorised():
                self._authorise(condition, act)
            case HasInterest(matter=matter) if so and matter.attribute is None:
                self._of_register(condition, act, so=so)
                self._set(act, matter, self._matter_of(act, condition))
            case _:
                self._of_register(condition, act, so=so)

    def relate(self, relation: Related, trigger: Act) -> None:
        """Draw another event where a relation wants it, give or take."""
        kind = self.draw(st.sampled_from(relation.pattern.kinds or _MAKEABLE))
        if kind not in _MAKEABLE:
            return
        sign = {Order.BEFORE: -1, Order.AFTER: 1, Order.ANY_TIME: 1}[relation.order]
        away = self.draw(st.sampled_from([1, 2, 4, 16, 48, 48, 0, -2]))
        act = self.add(kind, trigger.step + sign * away)
        self.wish(relation.pattern.condition, act, trigger)

    def _of_register(self, condition: Condition, act: Act, *, so: bool) -> None:
        """Choose for a field what fits a condition, or for a word what is written."""
        path: Path | None = getattr(condition, "path", None)
        found = None if path is None else act.field(path.field)
        if path is None or found is None:
            return
        if isinstance(condition, IsNone) and path.attribute is None:
            self._set(act, path, NONE if so else self._any(found))
        elif isinstance(condition, Is) and path.attribute is None:
            word: object = self.draw(st.sampled_from(condition.words)) if so else self._any(found)
            self._set(act, path, word == "yes" if so and found.kind is Kind.YES_NO else word)
        elif isinstance(condition, WithinTerms):
            self._set(act, condition.body, "finance" if so else "task-group")
        elif so:
            fit = fitting(condition, found, self.register, self.rulebook)
            already = act.held.get(found.attribute)
            if fit and already not in fit:
                self._set(act, path, self.draw(st.sampled_from(fit)))

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
                value = trigger.held[other.attribute] = self._any(other)
        if so is condition.differs:
            value = self._any(own)
        if condition.path.field == "id":
            return
        self._set(act, condition.path, value)

    def _authorise(self, condition: Authorised, act: Act) -> None:
        if not self.register.decisions:
            return
        decision = self.draw(st.sampled_from(self.register.decisions))
        people = [*self.register.people, *self.register.bodies]
        for path, listed in (
            (condition.who, decision.to),
            (condition.over, decision.over),
            (condition.subject, decision.subject),
        ):
            some = (
                [one for one in listed if one in people or path is condition.subject]
                if isinstance(listed, tuple)
                else []
            )
            if path is not None and some and path.field not in act.held:
                self._set(act, path, some[0])
        if condition.under is not None:
            self._set(
                act,
                condition.under,
                self.draw(st.sampled_from([decision.id, decision.id, NONE, UNKNOWN])),
            )

    def _matter_of(self, act: Act, condition: HasInterest) -> object:
        own = act.field(condition.path.field)
        person = None if own is None else act.held.get(own.attribute)
        interests = self.register.interests_by_person.get(str(person), ())
        listed = [
            one for each in interests if isinstance(each.matter, tuple) for one in each.matter
        ]
        return self.draw(st.sampled_from(listed)) if listed else UNKNOWN

    def _any(self, found: Field) -> object:
        if found.name == "as":
            return self.draw(_CAPACITIES)
        return self.draw(values(found, tuple(one.id for one in self.acts)))

    def _set(self, act: Act, path: Path, value: object) -> None:
        found = act.field(path.field)
        if found is not None:
            act.held[found.attribute] = value

    # --- from drafts to events ----------------------------------------------------

    def event(self, act: Act) -> Event:
        """Make the event of a draft: the rest of its fields, its time, its proof."""
        kind = kinds()[act.kind]
        common = [name for name, found in kind.fields.items() if found.is_common and name != "by"]
        some = {"by", *self.draw(st.sets(st.sampled_from(common), max_size=1))}
        for name, found in kind.fields.items():
            if found.attribute not in act.held and (not found.is_common or name in some):
                act.held[found.attribute] = self._any(found)
        if kind.cls is JudgementRecorded:
            self._judge(act)
        elif self.draw(seldom):
            act.held["as_"] = self.draw(_CAPACITIES)
        if act.held.get("repeats", UNKNOWN) is not UNKNOWN and self.draw(often):
            del act.held["repeats"]
        at = self.draw(blurred(START + act.step * STEP))
        proofs: dict[str, Proof] = {}
        if self.draw(seldom) and act.held:
            written = sorted(
                kind.fields[name].name
                for name in kind.fields
                if kind.fields[name].attribute in act.held
            )
            proofs[self.draw(st.sampled_from(written))] = self.draw(
                st.sampled_from([Proof.ALLEGED, Proof.NOT_KNOWN, Proof.ADMITTED])
            )
        until = exact(at.last + self.draw(st.integers(1, 60)) * STEP) if self.draw(seldom) else None
        return kind.cls(
            id=act.id, at=at, until=until, proof=self.draw(PROOFS), answers=act.answers,
            proofs=proofs, **act.held,
        )  # fmt: skip

    def _judge(self, act: Act) -> None:
        """Let a judgement be about what the rulebook asks of the events there are."""
        asked = sorted(frozenset().union(*(rule.questions for rule in self.rulebook.rules)))
        others = [one.id for one in self.acts if one is not act]
        if asked and others:
            act.held["question"] = self.draw(st.sampled_from(asked))
            act.held["on"] = self.draw(st.sampled_from(others))


@st.composite
def histories(draw: st.DrawFn, rulebook: Rulebook, register: Register) -> History:
    """Draw a history of which the rulebook has something to say, as a rule."""
    drafting = Drafting(draw, rulebook, register)
    opening = [one for one in rulebook.rules if one.modality is not Modality.STANDING]
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        if opening:
            drafting.about(draw(st.sampled_from(opening)))
    told = sorted({kind for rule in rulebook.rules for kind in rule.kinds} & set(_MAKEABLE))
    for _ in range(draw(st.integers(0, 2))):
        # More of the same kind, so that it matters which of several comes first.
        same = [act.kind for act in drafting.acts] * 2
        kind = draw(st.sampled_from([*same, *(told or _MAKEABLE), "judgement-recorded"]))
        drafting.add(kind, draw(st.integers(0, STEPS)))
    events = tuple(drafting.event(act) for act in drafting.acts)
    clock = max((act.step for act in drafting.acts), default=0) + draw(
        st.sampled_from([0, 1, 40, 200, 200])
    )
    early = draw(st.integers(0, 40)) if draw(seldom) else 0
    asked = sorted({kind for rule in rulebook.rules for kind in rule.kinds})
    gapped = draw(seldom)
    unrecorded = [draw(st.sampled_from(asked))] if asked and gapped else []
    return History(
        events=events,
        as_of=START + (clock - early) * STEP + timedelta(hours=3),
        open_kinds=frozenset(unrecorded),
    )
