"""All situations that some rules can tell apart, and a search among them.

Every fact that a rule can read is a lever with finitely many options, so the situations
of a few rules are finitely many: one act, and a few others that it is seen with. The
search is complete: it leaves out only what cannot lead to the goal, or what is no
different, for these rules, from what was tried before.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.analysis._making import Levers, Need, turn
from councilrules.analysis.answers import Answers
from councilrules.analysis.drafts import NOON, Draft, DraftedEvent
from councilrules.analysis.formulas import (
    FALSE,
    All,
    Any,
    Ask,
    Doubt,
    Formula,
    Opposite,
    Search,
    formula,
)
from councilrules.analysis.outcomes import Reading
from councilrules.analysis.sameness import sameness
from councilrules.analysis.uses import TRIGGER
from councilrules.cases import bearers
from councilrules.events import Event
from councilrules.periods import Moment
from councilrules.reference import Cases
from councilrules.rules import Modality, Vacant

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from councilrules.analysis.formulas import Node
    from councilrules.analysis.levers import Key, Lever
    from councilrules.analysis.situations import Goal, NumberedNeed, Question, Situation
    from councilrules.rules import Rule, Rulebook
    from councilrules.scenarios import Scenario


@frozen(eq=False)
class Known:
    """A rulebook as itself, since two that say the same need not be compared."""

    rulebook: Rulebook

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Known) and self.rulebook is other.rulebook

    def __hash__(self) -> int:
        return id(self.rulebook)


class Space:
    """All situations that some rules can tell apart.

    Attributes:
        pairs: The rules as formulas, each with its rulebook.
        levers: The facts that can differ, in the order in which they are set.
    """

    def __init__(
        self,
        *rules: tuple[Rulebook, Rule],
        kinds: tuple[str, ...] = (),
        passing_over: Callable[[str], bool] | None = None,
        differing_first: bool = False,
    ) -> None:
        """Take the rules, each with the rulebook that it stands in.

        Args:
            rules: The rules with their rulebooks.
            kinds: The kinds that the act may be of; if none is given, those that can open
                a case of every rule, else of any.
            passing_over: Tells of the label of an option whether searches pass it over; the
                first of a lever they always try.
            differing_first: Whether to set first what the questions need that some of the
                rules ask and others do not: two rules that differ in little are soon
                alike then, where what they differ in is answered alike.
        """
        self.pairs = tuple((book, formula(book, rule)) for book, rule in rules)
        self._made = Levers(self.pairs, kinds)
        self._first: dict[tuple[object, ...], tuple[int, Ask]] = {}
        self._comes_to: dict[Question, tuple[Question, ...]] = {}
        self._others = tuple(event for event in self._made.uses.kinds if event != TRIGGER)
        self._askers: dict[Question, set[int]] = {}
        self._questions = tuple(self._all_questions())
        self._differing_first = differing_first
        self.levers: tuple[Lever, ...] = tuple(self._in_order())
        place = {lever.key: number for number, lever in enumerate(self.levers)}
        self.needs = {
            question: tuple(self._numbered(need, place) for need in needs)
            for question, needs in self._asked_with.items()
        }
        self.matters = [self._numbered(Need(one.key, one.needs), place) for one in self.levers]
        self._drafting = sorted(range(len(self.levers)), key=lambda one: turn(self.levers[one].key))
        self.cheapest_first = [
            sorted(
                (
                    number
                    for number, one in enumerate(lever.options)
                    if not number or passing_over is None or not passing_over(one.label)
                ),
                key=lambda one: lever.options[one].cost,
            )
            for lever in self.levers
        ]
        self._known: dict[tuple[object, ...], int] = {}

    # --- questions, and the order of the levers ------------------------------------

    def _all_questions(self) -> Iterator[Question]:
        """Give every question, of each event that it can be asked of."""
        for number, (_, one) in enumerate(self.pairs):
            for node in (one.trigger, *(node for _, node in one.exceptions), one.done, one.left):
                if node is not None:
                    for question in self._asked(number, node, None, None):
                        self._askers.setdefault(question, set()).add(number)
                        yield question

    def _asked(
        self, pair: int, node: Node, other: str | None, anchor: str | None
    ) -> Iterator[Question]:
        match node:
            case Ask():
                yield from self.questions(pair, node, other, anchor)
            case All(parts=parts) | Any(parts=parts):
                for part in parts:
                    yield from self._asked(pair, part, other, anchor)
            case Opposite(part=part) | Doubt(part=part):
                yield from self._asked(pair, part, other, anchor)
            case Search():
                yield from self.questions(pair, node.unrecorded, None, None)
                for found in self.others(node):
                    yield from self._asked(pair, node.part, found, other)
                    if node.earlier is not None:
                        yield from self._asked(pair, node.earlier, found, other)

    def questions(
        self, pair: int, ask: Ask, other: str | None, anchor: str | None
    ) -> tuple[Question, ...]:
        """Give what a question comes down to, as first asked; all of it has to be true."""
        asked = (pair, ask, other, anchor)
        found = self._comes_to.get(asked)
        if found is None:
            book, formula = self.pairs[pair]
            alike = self._first.setdefault(sameness(book, formula.rule, ask), (pair, ask))
            found = self._comes_to[asked] = self._split((*alike, other, anchor))
        return found

    def _split(self, question: Question) -> tuple[Question, ...]:
        """Give the questions that one comes down to.

        Nobody holds a post if each of those who could does not: that is asked of one
        after the other, so that whoever does not hold it is forgotten at once.
        """
        pair, ask, other, anchor = question
        if not isinstance(ask.condition, Vacant):
            return (question,)
        needs = self._made.needs(pair, ask, other, anchor)
        held_by = [need.key for need in needs if need.key[0] in {"offices", "post"}]
        return tuple((pair, ask, other, key[1]) for key in held_by) or (question,)

    def others(self, search: Search) -> tuple[str, ...]:
        """Give the events that a search has to try."""
        itself = (TRIGGER,) if search.relation.or_itself else ()
        return (*itself, *self._others)

    def _in_order(self) -> Iterator[Lever]:
        """Give the levers in the order in which the questions need them."""
        self._asked_with: dict[Question, tuple[Need, ...]] = {}
        seen: dict[Key, None] = {}
        # Who holds a post is asked of everybody, so when it is known who is there.
        for question in sorted(
            self._questions, key=lambda one: isinstance(one[1].condition, Vacant)
        ):
            needs = self._needs_of(question)
            self._asked_with[question] = needs
            seen.update(dict.fromkeys(need.key for need in needs))
        first = dict.fromkeys(key for key in self._of_differing() if key in seen)
        for key in {**first, **seen}:
            yield self._made.by_key[key]

    def _of_differing(self) -> Iterator[Key]:
        """Give the levers of questions that not all rules ask, each after what decides on it."""
        if self._differing_first:
            for question, needs in self._asked_with.items():
                if len(self._askers[question]) < len(self.pairs):
                    for need in needs:
                        yield from (key for key, _ in need.where)
                        yield need.key

    def _needs_of(self, question: Question) -> tuple[Need, ...]:
        pair, ask, other, anchor = question
        if not isinstance(ask.condition, Vacant):
            return self._made.needs(*question)
        every = self._made.needs(pair, ask, other, None)
        return tuple(
            need for need in every if need.key[0] in {"offices", "post"} and need.key[1] == anchor
        )

    def _numbered(self, need: Need, place: dict[Key, int]) -> NumberedNeed:
        """Give a need with levers and options by their numbers."""
        where: list[tuple[int, frozenset[int]]] = []
        for key, labels in need.where:
            if key not in place:
                continue
            options = self.levers[place[key]].options
            fitting = (number for number, one in enumerate(options) if one.label in labels)
            where.append((place[key], frozenset(fitting)))
        return place[need.key], tuple(where)

    # --- situations as scenarios ----------------------------------------------------

    def scenario(
        self, chosen: Sequence[int | None], name: str = "", also: tuple[Rulebook, ...] = ()
    ) -> Scenario:
        """Give a situation as a scenario; what is not chosen is at its first option.

        Args:
            chosen: Which option each lever has.
            name: What to call the scenario.
            also: Rulebooks to assess it with, after those of the rules.
        """
        draft = Draft()
        for event, kinds in self._made.uses.kinds.items():
            is_there = event == TRIGGER
            draft.events[event] = DraftedEvent(kinds[0], Moment(NOON, NOON), is_there=is_there)
        for number in self._drafting:
            option = chosen[number] or 0
            self.levers[number].options[option].apply(draft)
        return draft.made((*(book for book, _ in self.pairs), *also), name)

    def labels(self, chosen: Sequence[int]) -> dict[Key, str]:
        """Give what is chosen in words, where that is not the first option."""
        return {
            lever.key: lever.options[option].label
            for lever, option in zip(self.levers, chosen, strict=True)
            if option
        }

    def answers(self, pair: int, scenario: Scenario) -> tuple[Answers, dict[str, Event]]:
        """Give what answers the questions of a rule on a scenario, and its events."""
        named = scenario.rulebooks[pair]
        cases = Cases(named.rulebook, scenario.register, scenario.history, named.in_force)
        return _answers_on(cases, self.pairs[pair][1])

    # --- answers ----------------------------------------------------------------------

    def needed(self, needs: tuple[NumberedNeed, ...], chosen: Sequence[int | None]) -> list[int]:
        """Give the levers on which an answer depends, as things are chosen."""
        return [
            lever
            for lever, where in needs
            if not where
            or any(chosen[one] is None or chosen[one] in options for one, options in where)
        ]

    def answer(
        self, question: Question, chosen: Sequence[int | None], needed: Sequence[int] = ()
    ) -> int:
        """Give the answer to a question, everything that it needs being chosen.

        Args:
            question: The question.
            chosen: Which option each lever has.
            needed: The levers that it needs, as things are chosen.
        """
        key = (question, tuple([(one, chosen[one]) for one in needed]))
        found = self._known.get(key)
        if found is None:
            pair, ask, other, anchor = question
            only: list[int | None] = [None] * len(self.levers)
            for one in needed:
                only[one] = chosen[one]
            answers, events = self.answers(pair, self.scenario(only))
            if isinstance(ask.condition, Vacant):
                anchor = None
            if (other is not None and other not in events) or (
                anchor is not None and anchor not in events
            ):
                found = FALSE
            else:
                found = answers.answer(
                    ask,
                    None if other is None else events[other],
                    None if anchor is None else events[anchor],
                )
            self._known[key] = found
        return found

    def outcomes(self, chosen: Sequence[int]) -> tuple[int, ...]:
        """Give what each rule comes to in a situation, as a set of one, in bits."""
        return tuple(self.outcome(pair, one, chosen) for pair, (_, one) in enumerate(self.pairs))

    def outcome(self, pair: int, formula: Formula, chosen: Sequence[int]) -> int:
        """Give what a formula, made of the questions of a rule, comes to in a situation."""

        def answer(ask: Ask, other: str | None, anchor: str | None) -> int:
            return min(
                self.answer(one, chosen, self.needed(self.needs[one], chosen))
                for one in self.questions(pair, ask, other, anchor)
            )

        return Reading(answer=answer, others=self.others).outcomes(formula)

    def levers_of(
        self, asks: Collection[Ask], chosen: Sequence[int | None] | None = None
    ) -> list[int]:
        """Give the levers, by number, on which answers depend; as things are chosen, if told."""
        needs = [self.needs[question] for question in self.needs if question[1] in asks]
        if chosen is not None:
            return sorted({lever for one in needs for lever in self.needed(one, chosen)})
        return sorted({lever for one in needs for lever, _ in one})

    # --- search ----------------------------------------------------------------------

    def search(  # noqa: PLR0913 - each for one of the uses of a search
        self,
        goal: Goal,
        *,
        most: int | None = None,
        of: Sequence[tuple[int, Formula]] = (),
        any_will_do: bool = False,
        near: Sequence[int] | None = None,
        free: Collection[int] = (),
        apart: bool = False,
        effort: int | None = None,
        like: Sequence[int] | None = None,
    ) -> Situation | None:
        """Find a situation that reaches a goal, with as little to tell as possible.

        Args:
            goal: Told the outcomes that each rule may still have, it says whether they
                can be those looked for; when each can have but one, whether they are.
            most: What it may cost at most.
            of: Formulas of which the goal is told instead, each with the number of the rule
                whose questions it is made of.
            any_will_do: Whether the first that is found will do, however much it costs.
            near: A situation, as chosen, from which only free levers may be set otherwise;
                the search then gives up after a moment, and proves nothing.
            free: The levers that may, by number.
            apart: Whether the first two formulas have to come to different outcomes, so that
                what leaves the same open for both leads nowhere.
            effort: After how many steps to give up.
            like: A situation, as chosen, of which the options are tried first.

        Returns:
            `None` if there is none among all situations of the space.

        Raises:
            UnsettledError: When the search was given up.
        """
        from councilrules.analysis.searching import Searching  # noqa: PLC0415 - which needs this one

        return Searching(
            self, goal, most, of=of, any_will_do=any_will_do, near=near, free=free,
            apart=apart, effort=effort, like=like,
        ).found()  # fmt: skip


@lru_cache(maxsize=8)
def space_of(known: Known, rule: Rule) -> Space:
    """Give the space of one rule, with the answers that searches in it came to before."""
    return Space((known.rulebook, rule))


def outcome_in(scenario: Scenario, rulebook: Rulebook, rule: Rule) -> int:
    """Give what a rule comes to in a situation that was found for another, in bits."""
    in_force = scenario.rulebooks[0].in_force
    cases = Cases(rulebook, scenario.register, scenario.history, in_force)
    found = formula(rulebook, rule)
    answers, _ = _answers_on(cases, found)
    return answers.reading().outcomes(found)


_NO_EVENT = Event(id="", at=Moment(NOON, NOON))
"""What a standing duty is about instead of an act."""


def _answers_on(cases: Cases, formula: Formula) -> tuple[Answers, dict[str, Event]]:
    """Give what answers the questions of a rule about the act of a situation."""
    rule = formula.rule
    events = dict(cases.history.by_id)
    if rule.modality is Modality.STANDING:
        return Answers(cases, formula, _NO_EVENT, None), events
    if TRIGGER not in events:
        parties = [one for one in cases.openers(rule) if one.id == TRIGGER]
        events[TRIGGER] = parties[0]
    event = events[TRIGGER]
    bearer = next(iter(bearers(rule, event)), None)
    return Answers(cases, formula, event, bearer), events
