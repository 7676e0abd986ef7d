"""What generated functions ask of an event at a glance: no, perhaps, or yes.

A glance never guesses. It says no or yes only where a close look would say the same, and
where anything is out of the ordinary (disputed, imprecise, not known) it says perhaps,
so that the case is looked at closely. The three answers are numbers whose `&` and `|` are
the *and* and *or* of Kleene's logic, and of which only *no* counts as false.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from councilrules.engines._edges import edges, tenures_of
from councilrules.events import NONE, UNKNOWN, OneOf, Proof, Unknown
from councilrules.findings import Because
from councilrules.periods import Stretch
from councilrules.register import ANYTHING
from councilrules.rules import HasInterest, Holds
from councilrules.situations import OUTSIDE, View
from councilrules.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from councilrules.events import Event
    from councilrules.periods import Tenure
    from councilrules.register import Register
    from councilrules.situations import OfOneEvent, Situations

NO: Final = 0
PERHAPS: Final = 1
YES: Final = 3

# Python 3.11 takes as long to look up a member of an enum as to ask the rest of an event.
_NOT_KNOWN: Final = Proof.NOT_KNOWN

_MOST_REMEMBERED: Final = 20_000
_EVER: Final = datetime.min.replace(tzinfo=UTC)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_TOLD: Final = {Truth.FALSE: NO, Truth.UNKNOWN: PERHAPS, Truth.TRUE: YES}


def negated(answer: int) -> int:
    """Turn no and yes round; perhaps stays perhaps."""
    return answer if answer == PERHAPS else YES ^ answer


def word(value: object, words: tuple[str, ...]) -> int:
    """Tell whether a field holds one of some words."""
    if type(value) is str:
        return YES if value in words else NO
    if value is UNKNOWN or value is None:
        return PERHAPS
    if value is NONE:
        return NO
    if type(value) is bool:
        return YES if ("yes" if value else "no") in words else NO
    if type(value) is tuple:
        return YES if any(one in words for one in value) else NO
    return PERHAPS


def empty(value: object) -> int:
    """Tell whether a field is known to be empty."""
    if value is NONE:
        return YES
    return PERHAPS if value is UNKNOWN or value is None else NO


def same(one: object, other: object) -> int:
    """Tell whether two fields name the same."""
    if type(one) is str and type(other) is str:
        return YES if one == other else NO
    return PERHAPS


def differs(one: object, other: object) -> int:
    """Tell whether two fields name something different."""
    if type(one) is str and type(other) is str:
        return NO if one == other else YES
    return PERHAPS


def is_plain(event: Event) -> bool:
    """Tell whether an event is one that a glance can tell anything of.

    It is if it is proved alike in all its parts, took no time and is no reminder.
    """
    return (
        event.proof is not _NOT_KNOWN
        and not event.proofs
        and event.until is None
        and (event.repeats is UNKNOWN or event.repeats is NONE)
    )


def capacity(event: Event) -> int:
    """Tell whether an actor acted in a capacity that the protocol binds."""
    acted = event.as_
    if acted is UNKNOWN:
        return YES
    if type(acted) is str:
        return NO if acted in OUTSIDE else YES
    return PERHAPS


def force(tenure: Tenure) -> Callable[[Event], int]:
    """Make what tells whether a rulebook was in force when an event happened."""
    begins, ends = tenure.begins, tenure.ends

    def in_force(event: Event) -> int:
        at = event.at
        if at.first >= begins.last and at.last <= ends.first:
            return YES
        return NO if at.last < begins.first or at.first > ends.last else PERHAPS

    return in_force


def among(who: str, value: object) -> str | None:
    """Give who is to answer, if a field names them as well."""
    return who if who == value or (type(value) is tuple and who in value) else None


class Memory:
    """Remembers what the register says of somebody or something, and from when to when.

    What it says changes only where an entry begins or ends. So what was found once
    serves every event that happens before the next such instant.
    """

    def __init__(self, register: Register, situations: Situations) -> None:
        """Take the register, and what reads it closely."""
        self._register = register
        self._situations = situations
        self._edges: dict[object, list[datetime]] = {}

    def recall(
        self, condition: OfOneEvent, bearer: str | None, *, answering: bool
    ) -> Callable[..., int]:
        """Make what tells whether a condition holds, by the values that it looks at.

        Args:
            condition: What is asked.
            bearer: The field that names who answers, if the condition looks at it.
            answering: Whether it would speak for that person.
        """
        known: dict[object, tuple[datetime, datetime, int]] = {}

        def recalled(event: Event, who: str | None, *values: object) -> int:
            at, acted = event.at, event.as_
            key = (who, values) if acted is UNKNOWN else (who, values, acted)
            found = known.get(key)
            if found is not None and found[0] <= at.first and at.last < found[1]:
                return found[2]
            if UNKNOWN in values or None in values or any(isinstance(one, OneOf) for one in values):
                return PERHAPS
            since, until = self._between(event, (who, *values))
            if until <= at.last:
                return PERHAPS
            sure = event if event.proof is Proof.ESTABLISHED else event.established()
            view = View(sure, bearer, who)
            found = since, until, self._told(condition, view, answering=answering)
            _make_room(known)
            known[key] = found
            return found[2]

        return recalled

    def asked(
        self, condition: OfOneEvent, bearer: str | None, *, answering: bool
    ) -> Callable[..., int]:
        """Make what tells whether a condition holds, as `recall` does, the shortest way."""
        if isinstance(condition, HasInterest):
            return self.interested(condition, bearer, answering=answering)
        if isinstance(condition, Holds) and condition.path.attribute is None:
            return self.holding(condition, bearer, answering=answering)
        return self.recall(condition, bearer, answering=answering)

    def holding(
        self, condition: Holds, bearer: str | None, *, answering: bool
    ) -> Callable[..., int]:
        """Make what tells whether somebody holds an office, as `recall` does.

        Most people only ever held one office, or none that is asked about, and a rulebook
        may begin to look at thousands of them: that is told without a close look.
        """
        closely = self.recall(condition, bearer, answering=answering)
        roles = [self._situations.rulebook.roles[one] for one in condition.roles]
        covered = {office for role in roles for office in role.offices}
        is_plain = condition.of is None and not any(role.of or role.engaged for role in roles)

        def recalled(event: Event, who: str | None, name: object) -> int:
            person = self._register.people.get(name) if type(name) is str else None
            if person is None or not person.is_known or self._register.kind_of_body(str(name)):
                return closely(event, who, name)
            if not any(one.role in covered for one in person.offices):
                return NO
            office = person.offices[0]
            is_sure = len(person.offices) == 1 and office.proof is Proof.ESTABLISHED
            if not (is_plain and is_sure and event.as_ is UNKNOWN):
                return closely(event, who, name)
            return _TOLD[office.tenure.holds_during(Stretch.at(event.at))]

        return recalled

    def interested(
        self, condition: HasInterest, bearer: str | None, *, answering: bool
    ) -> Callable[..., int]:
        """Make what tells whether somebody has an interest, as `recall` does.

        Most people have no interest in most matters, which is told without a close look.
        """
        closely = self.recall(condition, bearer, answering=answering)
        matters: dict[str, frozenset[str] | None] = {}
        attribute = condition.matter.attribute

        def recalled(event: Event, who: str | None, person: object, thing: object) -> int:
            if type(person) is str and type(thing) is str:
                if person not in matters:
                    _make_room(matters)
                    matters[person] = self._matters_of(person)
                listed = matters[person]
                named = (thing,) if attribute is None else self._matter_of(thing, attribute)
                if listed is not None and named is not None and listed.isdisjoint(named):
                    return NO
            return closely(event, who, person, thing)

        return recalled

    def _matters_of(self, person: str) -> frozenset[str] | None:
        """Give the matters in which a person ever had an interest; `None` if not all are known."""
        if "interests" not in self._register.speaks_of:
            return None
        listed = [one.matter for one in self._register.interests_by_person.get(person, ())]
        if any(
            one is Unknown.UNKNOWN or (isinstance(one, tuple) and ANYTHING in one) for one in listed
        ):
            return None
        return frozenset(name for one in listed if isinstance(one, tuple) for name in one)

    def _matter_of(self, thing: str, attribute: str) -> tuple[str, ...] | None:
        paper = self._register.papers.get(thing)
        if paper is None or attribute != "matter":
            return None
        return paper.matter if isinstance(paper.matter, tuple) else None

    def _told(self, condition: OfOneEvent, view: View, *, answering: bool) -> int:
        because = self._situations.truth_of(condition, view, answering=answering)
        return PERHAPS if _is_qualified(because, view.event.id) else _TOLD[because.truth]

    def _between(self, event: Event, values: tuple[object, ...]) -> tuple[datetime, datetime]:
        """Give from when to when the register says the same of what some fields name."""
        since, until = _EVER, _NEVER
        for name in _names(values):
            if name not in self._edges:
                _make_room(self._edges)
                self._edges[name] = edges(self._tenures(name))
            listed = self._edges[name]
            place = bisect_right(listed, event.at.first)
            if place and listed[place - 1] > since:
                since = listed[place - 1]
            if place < len(listed) and listed[place] < until:
                until = listed[place]
        return since, until

    def _tenures(self, name: str) -> Iterator[Tenure]:
        register = self._register
        person, paper = register.people.get(name), register.papers.get(name)
        if person is not None:
            yield from tenures_of(person)
        if paper is not None and isinstance(paper.marked, tuple):
            yield from (one.tenure for one in paper.marked)
        for interest in register.interests_by_person.get(name, ()):
            yield from (interest.tenure, interest.known)
        for entry in (register.decisions_by_id.get(name), register.procedures_by_id.get(name)):
            if entry is not None:
                yield entry.tenure


def _make_room(known: dict[Any, Any]) -> None:
    """Start afresh before too much is remembered."""
    if len(known) >= _MOST_REMEMBERED:
        known.clear()


def _is_qualified(because: Because, event: str) -> bool:
    """Tell whether more is to be said than yes or no: doubts, other events, silence."""
    return bool(because.wants or because.proof is not Proof.ESTABLISHED or because.events - {event})


def _names(values: tuple[object, ...]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from value
