"""Every single fault in a condition, at every place inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from councilrules.analysis._faults import (
    Around,
    Fault,
    fields_asked,
    named,
    narrowed,
    shared_fields,
    similar_kinds,
    widened,
)
from councilrules.analysis._role_faults import covered, is_body, role_faults
from councilrules.events import Kind
from councilrules.register import INTEREST_KINDS, MARKINGS, PROCEDURE_KINDS
from councilrules.rules import (
    AllOf,
    Always,
    AnyOf,
    Authorised,
    Compared,
    HasInterest,
    Holds,
    Is,
    Judged,
    Not,
    Order,
    Path,
    Provided,
    RefersToTrigger,
    Related,
    SitsOn,
    TookOfficeSince,
    Vacant,
    WithinTerms,
    parts_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.rules import Condition

_WORDS_OF = {"marked": MARKINGS, "kind": PROCEDURE_KINDS}
_ORDERED = {
    Order.BEFORE: "before that",
    Order.AFTER: "after that",
    Order.ANY_TIME: "at any time",
}


def faults_of(one: Condition, around: Around) -> Iterator[Fault]:
    """Give every single fault of a condition; it may be gone altogether.

    Args:
        one: The condition, as a whole pattern or exception has it.
        around: What it stands in.
    """
    one = _plainly(one)
    if not isinstance(one, Always | AllOf):
        yield _dropped(one, around)
    yield from _Faults(around).of(one)


def _plainly(one: Condition) -> Condition:
    """Leave out of what all has to hold what always does: to drop that is no fault."""
    if not isinstance(one, AllOf):
        return one
    plain = (_plainly(part) for part in one.parts)
    parts = tuple(part for part in plain if not isinstance(part, Always))
    return _joined(one, parts) if parts else Always()


def _dropped(one: Condition, around: Around, kind: str = "condition-dropped") -> Fault:
    asked = [part for part in parts_of(one) if not isinstance(part, AllOf | AnyOf | Not | Judged)]
    if all(isinstance(part, Is) and part.path.field == "knowingly" for part in asked) and asked:
        kind = "knowledge-ignored"
    return Fault(kind, f"it is no longer asked whether {around.said(one)}", None)


def _joined(whole: AllOf | AnyOf, parts: tuple[Condition, ...]) -> Condition:
    return parts[0] if len(parts) == 1 else evolve(whole, parts=parts)


@frozen
class _Faults:
    """Makes the faults of conditions in one surrounding."""

    around: Around

    def of(self, one: Condition) -> Iterator[Fault]:
        """Give every fault of a condition but that it is gone."""
        one = _plainly(one)
        match one:
            case AllOf() | AnyOf():
                yield from self._of_parts(one)
            case Not(part=part):
                yield Fault("condition-negated", f"it has to be so that {self._said(part)}", part)
                for inner in self.of(part):
                    if inner.left is not None and not isinstance(inner.left, Not):
                        yield evolve(inner, left=Not(inner.left))
            case Judged():
                yield from self._of_judged(one)
            case Always():
                return
            case Related():
                yield self._negated(one)
                yield from related_faults(one, self.around)
            case _:
                yield self._negated(one)
                yield from self._of_leaf(one)

    def _said(self, one: Condition, *, holds: bool = True) -> str:
        return self.around.said(one, holds=holds)

    def _negated(self, one: Condition) -> Fault:
        said = self._said(one, holds=False)
        return Fault("condition-negated", f"it has to be so that {said}", Not(one))

    def _of_parts(self, whole: AllOf | AnyOf) -> Iterator[Fault]:
        kind = "condition-dropped" if isinstance(whole, AllOf) else "alternative-dropped"
        for part, rest in narrowed(whole.parts):
            left = _joined(whole, rest)
            if isinstance(whole, AllOf):
                yield evolve(_dropped(part, self.around), left=left)
            else:
                says = f"it is no longer enough that {self._said(part)}"
                yield Fault(kind, says, left)
        for at, part in enumerate(whole.parts):
            for inner in self.of(part):
                if inner.left is not None:
                    parts = (*whole.parts[:at], inner.left, *whole.parts[at + 1 :])
                    yield evolve(inner, left=evolve(whole, parts=parts))

    def _of_judged(self, one: Judged) -> Iterator[Fault]:
        """Put the next question in its place that the same events raise, if there is one."""
        questions = self.around.rulebook.questions
        own = questions.get(one.question)
        names = list(questions)
        if own is None or len(names) == 1:
            return
        at = names.index(one.question)
        turned = [*names[at + 1 :], *names[:at]]
        raised = [name for name in turned if questions[name].raised_by & own.raised_by]
        other = (raised or turned)[0]
        says = f"“{questions[other].asks}” is asked in place of “{own.asks}”"
        yield Fault("question-swapped", says, Judged(other))

    # --- single conditions -------------------------------------------------------------

    def _of_leaf(self, one: Condition) -> Iterator[Fault]:
        """Give the faults of a condition that has no others inside it."""
        match one:
            case Is():
                yield from self._words(one, "words", self._choices(one.path), one.words)
            case Provided():
                yield from self._words(one, "kinds", PROCEDURE_KINDS, one.kinds)
            case Holds() | TookOfficeSince():
                yield from self._roles(one)
            case SitsOn() | HasInterest() | Vacant():
                yield from self._of_a_person(one)
            case Authorised():
                yield from self._of_authorised(one)
            case Compared() | RefersToTrigger() | WithinTerms():
                yield from self._of_two(one)
            case _:
                return

    def _of_a_person(self, one: SitsOn | HasInterest | Vacant) -> Iterator[Fault]:
        match one:
            case SitsOn(bodies=bodies, for_=path):
                yield from self._words(one, "bodies", (), bodies)
                if path is not None:
                    yield self._lost(one, evolve(one, for_=None), "condition-widened")
            case HasInterest(kinds=found, known=known):
                yield from self._words(one, "kinds", INTEREST_KINDS, found)
                if known:
                    yield self._lost(one, evolve(one, known=False), "knowledge-ignored")
            case Vacant(role=role):
                words = self.around.rulebook.roles
                own = covered((role,), words)
                for other in words:
                    if covered((other,), words) != own and not is_body(other, words):
                        yield self._lost(one, Vacant(other), "role-swapped")

    def _lost(self, one: Condition, left: Condition, kind: str) -> Fault:
        says = f"it is asked whether {self._said(left)}, in place of whether {self._said(one)}"
        return Fault(kind, says, left)

    def _choices(self, path: Path) -> tuple[str, ...]:
        if path.attribute is not None:
            return _WORDS_OF.get(path.attribute, ())
        field = shared_fields(self.around.kinds).get(path.field)
        if field is None:
            return ()
        return ("yes", "no") if field.kind is Kind.YES_NO else field.choices

    def _words(
        self,
        one: Any,  # noqa: ANN401 - each has its list under another name
        name: str,
        known: tuple[str, ...],
        words: tuple[str, ...],
    ) -> Iterator[Fault]:
        """Give a list in a condition one word more, or one less."""
        said = self._said(one)
        for word, left in widened(words, known):
            says = f"{named([word])} counts too where it is asked whether {said}"
            yield Fault("words-widened", says, evolve(one, **{name: left}))
        for word, left in narrowed(words):
            says = f"{named([word])} no longer counts where it is asked whether {said}"
            yield Fault("words-narrowed", says, evolve(one, **{name: left}))

    def _roles(self, one: Holds | TookOfficeSince) -> Iterator[Fault]:
        said, known = self._said(one), self.around.rulebook.roles
        for kind, says, roles in role_faults(one.roles, known, f"where it is asked whether {said}"):
            yield Fault(kind, says, evolve(one, roles=roles))
        if isinstance(one, Holds) and one.of is not None:
            yield self._lost(one, evolve(one, of=None), "body-of-office-dropped")

    def _of_authorised(self, one: Authorised) -> Iterator[Fault]:
        lost = (
            ("over whom", evolve(one, over=None)),
            ("on what", evolve(one, subject=None)),
            ("under which decision", evolve(one, under=None)),
        )
        for about, left in lost:
            if left != one:
                says = f"it no longer matters {about} there was authority"
                yield Fault("authority-widened", says, left)
        other = evolve(one, passing_on=not one.passing_on)
        yield self._lost(one, other, "passing-on-exchanged")

    def _of_two(self, one: Compared | RefersToTrigger | WithinTerms) -> Iterator[Fault]:
        """Give the faults of what looks at two things: another is looked at, or the opposite."""
        match one:
            case RefersToTrigger(path=path):
                yield from self._paths(one, "path", path, self.around)
            case WithinTerms(body=body):
                yield from self._paths(one, "body", body, self.around)
            case Compared():
                # Of several people, not to be the same ones is not to be others.
                left = evolve(one, differs=not one.differs)
                yield self._lost(one, left, "same-and-other-exchanged")
                opener = self.around.opener if one.of_trigger else None
                yield from self._paths(one, "other", one.other, opener or self.around)
                yield from self._paths(one, "path", one.path, self.around)

    def _paths(self, one: Any, name: str, path: Path, around: Around) -> Iterator[Fault]:  # noqa: ANN401
        for other in around.others(path):
            left = evolve(one, **{name: Path(other)})
            if not isinstance(left, Compared) or left.of_trigger or left.path != left.other:
                says = f"`{other}` is looked at, not `{path}`, where it is asked whether {self._said(one)}"
                yield Fault("field-swapped", says, left)


def related_faults(one: Related, around: Around) -> Iterator[Fault]:
    """Give every fault of a relation but that it is gone, or the opposite."""
    said = around.said(one)
    for order in Order:
        if order is not one.order:
            says = f"it counts {_ORDERED[order]}, not {_ORDERED[one.order]}: {said}"
            yield Fault("order-exchanged", says, evolve(one, order=order))
    if one.until_due:
        says = f"it counts after the deadline too: {said}"
        yield Fault("until-due-dropped", says, evolve(one, until_due=False))
    pattern = one.pattern
    if not (around.kinds and pattern.kinds and set(around.kinds).isdisjoint(pattern.kinds)):
        itself = "no longer counts" if one.or_itself else "counts itself"
        says = f"the event that opened the case {itself} where it is asked whether {said}"
        yield Fault("itself-exchanged", says, evolve(one, or_itself=not one.or_itself))
    for kind, what, names in kind_faults(pattern.kinds, fields_asked(pattern.condition)):
        says = f"{what} where it is asked whether {said}"
        yield Fault(kind, says, evolve(one, pattern=evolve(pattern, kinds=names)))
    inner = Around(rulebook=around.rulebook, kinds=pattern.kinds, opener=around)
    for fault in faults_of(pattern.condition, inner):
        condition = Always() if fault.left is None else fault.left
        yield evolve(fault, left=evolve(one, pattern=evolve(pattern, condition=condition)))


def kind_faults(
    names: tuple[str, ...], asked: Iterator[str]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give kinds of event with one more of the same theme, or one less."""
    # One of them stands for all: which other kind counts too makes no difference.
    similar = similar_kinds(names, tuple(asked))[:1] if names else ()
    for name, left in widened(names, similar):
        yield "kinds-widened", f"{named([name])} counts too", left
    for name, left in narrowed(names):
        yield "kinds-narrowed", f"{named([name])} no longer counts", left
