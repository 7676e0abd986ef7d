"""An event with what the register says about it then: a truth for every condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from attrs import frozen

from councilrules.events import Proof, Unknown
from councilrules.findings import Because, Want
from councilrules.history import names
from councilrules.register import ANYTHING
from councilrules.rules import (
    Adopted,
    Always,
    Authorised,
    Compared,
    HasInterest,
    Holds,
    InForce,
    Is,
    IsNone,
    Judged,
    Path,
    Provided,
    SitsOn,
    TookOfficeSince,
    Vacant,
    WithinTerms,
)
from councilrules.situations import _entries
from councilrules.situations._offices import OUTSIDE, Offices, in_time
from councilrules.situations._views import (
    Value,
    View,
    attribute_of,
    disputed,
    field_value,
    lasting,
    tested,
)
from councilrules.truth import Truth, truth
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from councilrules.events import Event
    from councilrules.events.record import JudgementRecorded
    from councilrules.history import Record
    from councilrules.register import Register
    from councilrules.rules import Rulebook

__all__ = ["OUTSIDE", "Situations", "Value", "View", "attribute_of", "in_time", "lasting"]

OfOneEvent = (
    Is | IsNone | Holds | SitsOn | HasInterest | TookOfficeSince | InForce | Adopted
    | WithinTerms | Authorised | Provided | Vacant | Judged | Always | Compared
)  # fmt: skip


class Situations:
    """Tells what holds of single events, by the register and the judgements.

    Nothing here looks from one event to another, but for judgements and for the acts
    of a course: that is what the engines are for.
    """

    def __init__(self, rulebook: Rulebook, register: Register, record: Record) -> None:
        """Take what the truths are to be read from."""
        self.rulebook = rulebook
        self.register = register
        self._record = record
        self.offices = Offices(register, rulebook.roles)
        self._authority = _entries.Authority(register, rulebook.roles)

    def value(self, view: View, path: Path, *, answering: bool) -> Value:
        """Give what a path leads to: a field, or the register's attribute of it."""
        value = field_value(view, path.field)
        if path.attribute is None:
            return value
        return _entries.attribute(value, path.attribute, view, self.register, answering=answering)

    def truth_of(self, condition: OfOneEvent, view: View, *, answering: bool) -> Because:
        """Tell whether a condition holds of an event.

        Args:
            condition: What to test.
            view: The event, and who is to answer for it.
            answering: Whether it would speak for that person: what is only alleged
                counts against them alone (MEANING.md P2).
        """
        match condition:
            case Always():
                return Because(Truth.TRUE, condition)
            case Judged(question=question):
                return self._judged(condition, question, view.event, answering=answering)
            case Vacant(role=role):
                return self.offices.vacant(role, view)
            case Provided():
                return _entries.provided(condition, view, self.register, answering=answering)
            case Authorised():
                return self._authorised(condition, view)
            case Compared(path=path, other=other):
                one = self.value(view, path, answering=answering)
                two = self.value(view, other, answering=answering)
                return compared(condition, one, two, answering=answering)
            case WithinTerms():
                return self._within_terms(condition, view, answering=answering)
            case _:
                return self._of_a_value(condition, view, answering=answering)

    def _of_a_value(
        self,
        condition: Is | IsNone | Holds | SitsOn | HasInterest | TookOfficeSince | InForce | Adopted,
        view: View,
        *,
        answering: bool,
    ) -> Because:
        value = self.value(view, condition.path, answering=answering)
        if isinstance(condition, IsNone):
            return _is_none(condition, value, answering=answering)
        return tested(
            value, condition,
            lambda name: self._of_a_name(condition, name, view, answering=answering),
            answering=answering,
        )  # fmt: skip

    def _of_a_name(
        self,
        condition: Is | Holds | SitsOn | HasInterest | TookOfficeSince | InForce | Adopted,
        name: str,
        view: View,
        *,
        answering: bool,
    ) -> Because:
        match condition:
            case Is(words=words):
                return Because(truth(name in words), condition)
            case Holds():
                return self.offices.holds(condition, name, view, answering=answering)
            case SitsOn(for_=path):
                for_ = None if path is None else self.value(view, path, answering=answering)
                return self.offices.sits_on(condition, name, for_, view, answering=answering)
            case HasInterest(matter=path):
                matter = self.value(view, path, answering=answering)
                return _entries.has_interest(
                    condition, name, matter, view, self.register, answering=answering
                )
            case TookOfficeSince(path=path, roles=roles):
                return self.offices.took_office_since(Holds(path, roles), name, view)
            case InForce():
                return _entries.in_force(name, view, self.register, answering=answering)
            case Adopted():
                return _entries.adopted(name, view, self.register)
            case _:
                assert_never(condition)

    def _authorised(self, condition: Authorised, view: View) -> Because:
        def read(path: Path | None) -> Value | None:
            if path is None or attribute_of(view.event, path.field) is None:
                return None
            return self.value(view, path, answering=True)

        over, subject, under = map(read, (condition.over, condition.subject, condition.under))
        who = self.value(view, condition.who, answering=True)
        return tested(
            who, condition,
            lambda name: self._authority.covers(condition, view, name, over, subject, under),
            answering=True,
        )  # fmt: skip

    def _within_terms(self, condition: WithinTerms, view: View, *, answering: bool) -> Because:
        subject = self.value(view, condition.path, answering=answering)
        terms = self.value(view, Path(condition.body.field, "terms"), answering=answering)
        if terms.state == "known" and ANYTHING in terms.names:
            return Because(Truth.TRUE, condition, origin=terms.origin)
        return compared(condition, subject, terms, answering=answering)

    def happened(self, event: Event, *, answering: bool) -> Because:
        """Tell whether an event counts as having happened, on the side it is for (P2)."""
        acts = (
            names(getattr(event, "acts", ())) if kind_of(event).name == "course-of-conduct" else ()
        )
        proof = min([event.proof, *map(self._proof_of_act, acts)])
        events = frozenset((event.id, *names(getattr(event, "acts", ()))))
        doubted = not proof > Proof.NOT_KNOWN or (answering and proof is Proof.ALLEGED)
        if doubted:
            wants = (Want("proof", event.id, event.id),)
            return Because(Truth.UNKNOWN, "happened", (), proof, events, wants, event.id)
        return Because(Truth.TRUE, "happened", (), proof, events, (), event.id)

    def _proof_of_act(self, act: str) -> Proof:
        found = self._record.by_id.get(act)
        return Proof.NOT_KNOWN if found is None else found.proof

    def _judged(self, about: object, question: str, event: Event, *, answering: bool) -> Because:
        """Tell whether a person answered a question about an event with yes.

        An event that does not raise the question, by its kind or because somebody
        wrote the answer or `not_known` on it, is not one to ask it of (P8).
        """
        recorded = self._record.judgements.get((question, frozenset((event.id,))), ())
        if event.id and kind_of(event).name == "course-of-conduct":
            acts = frozenset(names(getattr(event, "acts", ())))
            recorded += self._record.judgements.get((question, acts), ())
        written = event.answers.get(question)
        raised = question in event.answers or kind_of(event).name in self._raised_by(question)
        if not recorded and not raised:
            return Because(Truth.FALSE, about, value="not raised")
        answers = [_answer_of(one) for one in recorded]
        if isinstance(written, bool):
            proof = event.proofs.get(f"answers.{question}")
            is_disputed = proof is Proof.ALLEGED
            answers.append(_Answer(written, proof or event.proof, event.id, is_disputed))
        return answered(about, question, event.id, answers, answering=answering)

    def _raised_by(self, question: str) -> frozenset[str]:
        found = self.rulebook.questions.get(question)
        return frozenset() if found is None else found.raised_by

    def judged_of_register(self, about: object, question: str, kind: str) -> Because:
        """Tell how a question about a kind of register entry was answered (standing)."""
        recorded = self._record.judgements.get((question, frozenset((kind,))), ())
        answers = [_answer_of(one) for one in recorded]
        return answered(about, question, kind, answers, answering=False)


@frozen
class _Answer:
    """An answer to a question of judgement, on the event `id` that it stands on."""

    answer: bool | Unknown
    proof: Proof
    id: str
    is_disputed: bool


def _answer_of(judgement: JudgementRecorded) -> _Answer:
    proof = min(judgement.proof, judgement.proofs.get("answer", judgement.proof))
    return _Answer(judgement.answer, proof, judgement.id, proof is Proof.ALLEGED)


def answered(
    about: object, question: str, on: str, answers: list[_Answer], *, answering: bool
) -> Because:
    """Tell what the recorded answers come to; if two differ, nothing is decided.

    An answer that is only alleged counts against the person and not for them (P2).
    """
    known = {one.answer for one in answers if one.proof > Proof.NOT_KNOWN}
    events = frozenset(one.id for one in answers)
    shown = " and ".join(
        sorted("yes" if one is True else "no" for one in known if isinstance(one, bool))
    )
    if len(known) == 1 and Unknown.UNKNOWN not in known:
        found, best = truth(True in known), max(answers, key=lambda one: one.proof.value)
        helps = Truth.TRUE if answering else Truth.FALSE
        if found is helps and best.is_disputed:
            want = Want("proof", best.id, best.id if best.id != on else f"answers.{question}")
            return Because(
                Truth.UNKNOWN, about, (), best.proof, events, (want,), "judgement", shown
            )
        return Because(found, about, (), best.proof, events, (), "judgement", shown)
    wants = (Want("judgement", on, question),)
    return Because(
        Truth.UNKNOWN, about, (), events=events, wants=wants, origin="judgement", value=shown
    )


def _is_none(condition: IsNone, value: Value, *, answering: bool) -> Because:
    found = {"empty": Truth.TRUE, "unknown": Truth.UNKNOWN}.get(value.state, Truth.FALSE)
    helps = Truth.TRUE if answering else Truth.FALSE
    wants = value.wants if found is Truth.UNKNOWN else ()
    if found is helps and value.is_disputed:
        found, wants = Truth.UNKNOWN, (disputed(value.origin),)
    return Because(
        found, condition, (), value.proof, value.events, wants, value.origin, value.shown
    )


def compared(
    condition: Compared | WithinTerms, one: Value, two: Value, *, answering: bool
) -> Because:
    """Tell whether two values name the same, or not; absent is neither (P10)."""
    differs = isinstance(condition, Compared) and condition.differs
    events, proof = one.events | two.events, min(one.proof, two.proof)
    shown = f"{one.shown}; {two.shown}"
    unknown = [value for value in (one, two) if value.state in {"unknown", "one-of"}]
    apart = not set(one.names) & set(two.names)
    if unknown and not (apart and all(value.names for value in unknown)):
        wants = tuple(dict.fromkeys(want for value in unknown for want in value.wants))
        return Because(Truth.UNKNOWN, condition, (), proof, events, wants, one.origin, shown)
    held = bool(set(one.names) - set(two.names)) if differs else not apart
    found = truth(held)
    helps = Truth.TRUE if answering else Truth.FALSE
    contested = [value for value in (one, two) if value.is_disputed]
    if found is helps and contested:
        wants = (disputed(contested[0].origin),)
        return Because(Truth.UNKNOWN, condition, (), proof, events, wants, one.origin, shown)
    return Because(found, condition, (), proof, events, (), one.origin, shown)
