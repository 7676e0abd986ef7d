"""From a tree of truths to lines in English, without what a reader has no need of."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from attrs import frozen

from councilrules import wording
from councilrules.events import Event, Kind, Proof
from councilrules.findings import NOTHING, Because
from councilrules.register import COUNCIL, Decision, Interest, Office, Procedure, Seat
from councilrules.rules import (
    Adopted,
    AllOf,
    Always,
    AnyOf,
    Authorised,
    Compared,
    HasInterest,
    Holds,
    InForce,
    Is,
    IsNone,
    Judged,
    Not,
    Order,
    Provided,
    RefersToTrigger,
    Related,
    Rule,
    SitsOn,
    TookOfficeSince,
    Vacant,
    WithinTerms,
)
from councilrules.situations.denied import denied_act
from councilrules.truth import Truth
from councilrules.wording import OfEvent, Voice
from councilrules.wording.entries import entries_in, entry_as_text
from councilrules.wording.reasons import OF_AN_INTEREST, ORDERS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.assessing import Assessment
    from councilrules.cases import Case
    from councilrules.rules import Condition


@frozen
class Branch:
    """A line of a tree of reasons: what it says, whether that is so, and where it stands.

    Attributes:
        truth: Whether it is so; `None` for a line that only gathers others.
        text: What is said.
        source: Where the value stands, and what it is; empty if nowhere.
        parts: The lines below it.
    """

    truth: Truth | None
    text: str
    source: str = ""
    parts: tuple[Branch, ...] = ()


# What the value of a part of an entry stands for.
_KINDS = {"to": Kind.PERSON, "over": Kind.PERSON, "body": Kind.BODY, "subject": Kind.MATTER}
_PREFIXES = ("unless:", "unclear:")


def _named(tree: Because, names: tuple[str, ...]) -> Iterator[Because]:
    """Give the truths in a tree that are about one of several names."""
    if tree.about in names:
        yield tree
        return
    for part in tree.parts:
        yield from _named(part, names)


class Branches:
    """Tells the reasons of one case."""

    def __init__(self, made: Assessment, case: Case) -> None:
        """Take the assessment, and the case whose reasons are to be told."""
        self._made = made
        self._case = case
        self._zone = made.rulebook.zone
        view = case.view
        self._voice = OfEvent(view.event, view.bearer_field, view.bearer)

    def of(self, tree: Because) -> list[Branch]:
        """Tell the parts of a truth."""
        return self.each(tree.parts)

    def each(self, parts: Iterable[Because]) -> list[Branch]:
        """Tell several truths."""
        return [told for part in parts for told in self._told(part, self._voice)]

    def standing(self, tree: Because) -> Iterator[Branch]:
        """Tell what there was of that which a standing duty wants, when the case opened."""
        standing = self._case.rule.standing
        if standing is None:
            return
        for part in _named(tree, standing.entries):
            source = "" if part.parts else NOTHING
            text = wording.in_place(standing.register_kind, str(part.about))
            yield Branch(part.truth, text, source, self._below(part, self._voice))

    def _below(self, tree: Because, voice: OfEvent) -> tuple[Branch, ...]:
        return tuple(told for part in tree.parts for told in self._told(part, voice))

    def _told(self, tree: Because, voice: OfEvent) -> Iterator[Branch]:
        about = tree.about
        match about:
            case str():
                yield from self._word(tree, about, voice)
            case Order():
                if about is not Order.ANY_TIME:
                    yield Branch(tree.truth, ORDERS[about])
            case Event():
                yield self._candidate(tree, about, voice)
            case Interest():
                yield self._interest(tree, about)
            case Office() | Seat() | Decision() | Procedure():
                yield Branch(
                    tree.truth,
                    entry_as_text(about, self._zone),
                    "register",
                    self._below(tree, voice),
                )
            case Rule():
                yield self._other_clause(tree, about)
            case _:
                yield from self._condition(tree, about, voice)

    # --- words -----------------------------------------------------------------------

    def _word(self, tree: Because, word: str, voice: OfEvent) -> Iterator[Branch]:
        if word.startswith(_PREFIXES):
            yield self._named(tree, word, voice)
        elif word == "office":
            yield from self._below(tree, voice)
        elif word == "happened":
            yield self._happened(tree, voice)
        elif word in WORDS:
            text = wording.filled(WORDS[word], voice.event)
            yield Branch(tree.truth, text, self._source(tree, voice))
        else:
            yield from self._below(tree, voice)

    def _named(self, tree: Because, word: str, voice: OfEvent) -> Branch:
        """Tell an exception, or a gap in the text, by its name."""
        kind, name = word.split(":", 1)
        below = self._below(tree, voice)
        if kind == "unclear":
            return Branch(tree.truth, f"left open by the text: {wording.plain(name)}", parts=below)
        is_named = name in dict(self._case.rule.exceptions)
        told = f"the answer “{wording.plain(name)}”" if is_named else wording.excuse(name)
        return Branch(tree.truth, told, parts=below)

    def _happened(self, tree: Because, voice: OfEvent) -> Branch:
        """Tell that an event counts, and how well it is proved."""
        event = voice.event
        told = wording.happened(event, self._zone)
        if event.derived:
            return Branch(
                tree.truth, f"{event.id} is on the register: {told}", wording.proved(tree.proof)
            )
        if event is not self._made.scenario.history.by_id.get(event.id):
            return Branch(tree.truth, f"taken as done: {wording.said(event)}")
        return Branch(tree.truth, f"{event.id} happened: {told}", wording.proved(tree.proof))

    # --- events, entries and other clauses -------------------------------------------

    def _candidate(self, tree: Because, event: Event, voice: OfEvent) -> Branch:
        there = OfEvent(event, opener=voice.trigger)
        told = f"{event.id}: {wording.happened(event, self._zone)}"
        below = [
            one
            for part in tree.parts
            if part.about != "happened"
            for one in self._told(part, there)
        ]
        return Branch(tree.truth, told, wording.proved(tree.proof), tuple(below))

    def _interest(self, tree: Because, entry: Interest) -> Branch:
        below = [
            Branch(part.truth, text) for part, text in zip(tree.parts, OF_AN_INTEREST, strict=False)
        ]
        return Branch(tree.truth, entry_as_text(entry, self._zone), "register", tuple(below))

    def _other_clause(self, tree: Because, rule: Rule) -> Branch:
        """Tell how another clause bears on what was refused, as if it had been done."""
        denies = self._case.rule.denies
        opener = self._case.view.event
        act = opener if denies is None else denied_act(denies, opener).event
        voice = OfEvent(act, rule.bearer)
        told = f"clause {rule.clause} forbids it ({wording.plain(rule.id)})"
        return Branch(tree.truth, told, parts=self._below(tree, voice))

    # --- conditions ------------------------------------------------------------------

    def _condition(self, tree: Because, about: Condition, voice: OfEvent) -> Iterator[Branch]:
        match about:
            case AllOf():
                yield from self._below(tree, voice)
            case Always():
                return
            case AnyOf():
                yield Branch(tree.truth, "at least one of these:", parts=self._below(tree, voice))
            case Judged():
                yield self._judged(tree, about, voice)
            case Related():
                yield self._related(tree, about, voice)
            case Not(part=part):
                below = (
                    self._below(tree, voice) if isinstance(part, (Related, AllOf, AnyOf)) else ()
                )
                source = self._office if isinstance(part, Holds) else self._source
                yield Branch(tree.truth, self._english(about, voice), source(tree, voice), below)
            case Authorised() | HasInterest() | Provided() | SitsOn():
                yield Branch(
                    tree.truth,
                    self._english(about, voice),
                    self._source(tree, voice),
                    self._entries(tree, voice),
                )
            case Holds() | TookOfficeSince() | Vacant():
                yield Branch(tree.truth, self._english(about, voice), self._office(tree, voice))
            case (
                Is()
                | IsNone()
                | Compared()
                | RefersToTrigger()
                | InForce()
                | Adopted()
                | WithinTerms()
            ):
                yield Branch(tree.truth, self._english(about, voice), self._source(tree, voice))
            case _:
                assert_never(about)

    def _english(self, about: Condition, voice: Voice) -> str:
        return wording.condition(about, voice, self._made.rulebook.questions)

    def _judged(self, tree: Because, about: Judged, voice: OfEvent) -> Branch:
        found = self._made.rulebook.questions.get(about.question)
        asks = wording.plain(about.question) if found is None else voice.asked(found.asks)
        if tree.value == "not raised":
            source = "nothing on record raises this question"
        elif tree.truth is Truth.UNKNOWN:
            source = f"answers differ: {tree.value}" if tree.value else "not answered yet"
        else:
            source = f"judged: {tree.value}, {wording.listed(sorted(tree.events))}"
        return Branch(tree.truth, f"for a named person to judge: {asks}", source)

    def _related(self, tree: Because, about: Related, voice: OfEvent) -> Branch:
        matches = self._below(tree, voice)
        source = "" if matches else NOTHING
        return Branch(tree.truth, self._english(about, voice), source, matches)

    def _entries(self, tree: Because, voice: OfEvent) -> tuple[Branch, ...]:
        """Tell the entries of the register that were looked at."""
        found = [one for part in tree.parts for one in entries_in(part)]
        return tuple(one for part in found for one in self._told(part, voice))

    def _office(self, tree: Because, voice: OfEvent) -> str:
        """Say which entry of the register shows that somebody held an office."""
        entries = [one for part in tree.parts for one in entries_in(part)]
        telling = [one for one in entries if one.truth is not Truth.FALSE] or entries
        if not telling:
            return self._source(tree, voice)
        texts = dict.fromkeys(entry_as_text(one.about, self._zone) for one in telling)
        doubt = _doubt(min(one.about.proof for one in telling), Proof.ESTABLISHED)
        return f"register: {'; '.join(texts)}{doubt}"

    def _source(self, tree: Because, voice: OfEvent) -> str:
        """Say where a value stands and what it is, and whether it is alleged only."""
        if tree.origin == NOTHING:
            return NOTHING
        if tree.origin == "assumed":
            return "taken for granted, since the text bears no date"
        if tree.origin in {"rulebook", "judgement"}:
            return ""
        of, _, name = tree.origin.partition(".")
        where = f"register, {name}" if of == "register" else tree.origin.replace(".", ", ")
        value = self._value(tree, voice, name)
        shown = ": ".join(filter(None, (where, value if tree.value != name else "")))
        return f"{shown}{_doubt(tree.proof, voice.event.proof)}" if shown else ""

    def _value(self, tree: Because, voice: OfEvent, name: str) -> str:
        """Say which value was looked at, in the words of people."""
        value = "; ".join(dict.fromkeys(tree.value.split("; ")))
        if value in {"", "not known", "none"}:
            return value
        kind = _KINDS.get(str(tree.about)) if isinstance(tree.about, str) else None
        if isinstance(tree.about, Authorised | HasInterest):
            kind = Kind.PERSON
        if kind is None and tree.origin.startswith("register."):
            return wording.person(value) if value == COUNCIL else wording.plain(value)
        return wording.recorded(value, kind or wording.kind_of_value(voice.event, name))


def _doubt(proof: Proof, usual: Proof) -> str:
    """Say how well a value is proved, where that is less than what it belongs to."""
    return f", {wording.proved(proof)}" if proof < usual else ""
