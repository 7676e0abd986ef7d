"""What durable-rules alone says of a case, put together from what fired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.engines._errors import EngineError
from councilrules.engines.durable._definitions import GONE, PAST_FIRST, PAST_LAST
from councilrules.engines.durable._known import level_of
from councilrules.findings import Status
from councilrules.rules import Modality
from councilrules.truth import Truth, all_true, any_true
from councilrules.verdicts import verdict
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.cases import Case
    from councilrules.engines._plans import Asked, Relation
    from councilrules.engines.durable._known import Tried
    from councilrules.engines.durable._layouts import Mode, Section
    from councilrules.findings import Because


@frozen(kw_only=True)
class Opinion:
    """The truths of a case, and the status they come to.

    Attributes:
        trigger: Whether it was opened.
        excused: Whether each exception applies, in the order of the case.
        done: Whether what was required was done in time.
        left: Whether there is time left.
        status: Where the case stands; `None` if there is no finding.
    """

    trigger: Truth
    excused: tuple[Truth, ...]
    done: Truth
    left: Truth
    status: Status | None


def opinion(tried: Tried, open_kinds: frozenset[str], case: Case | None = None) -> Opinion:
    """Give what durable-rules alone says of a case.

    Args:
        tried: What fired of it.
        open_kinds: Kinds of event that may have happened without being recorded (P1).
        case: The case as it was settled, which knows how well the case of another
            clause is proved; without it that is taken as proved well enough.
    """
    asking = _Asking(tried, open_kinds)
    trigger = asking.section(("trigger", 0))
    left = asking.left()
    done, excused = Truth.FALSE, tuple[Truth, ...]()
    if trigger is not Truth.FALSE:
        done = asking.done()
        excused = tuple(asking.excused(done, case))
    status = verdict(trigger=trigger, excused=any_true(excused), done=done, left=left)
    return Opinion(trigger=trigger, excused=excused, done=done, left=left, status=status)


@frozen
class _Asking:
    """Puts together the truths of one case."""

    tried: Tried
    open_kinds: frozenset[str]

    def section(self, section: Section) -> Truth:
        """Tell whether a part of the case holds: one of its ways, with its relations."""
        found = Truth.FALSE
        for place, choice in enumerate(self.tried.layout.sections[section]):
            held = self.tried.own(section, place)
            if held is not Truth.FALSE:
                in_time = section[0] == "unless"
                related = (self._related(one, in_time=in_time) for one in choice.related)
                found = found.or_(held.and_(all_true(related)))
        return found

    def _related(self, asked: Asked, *, in_time: bool) -> Truth:
        related = asked.condition
        relation = self.tried.plan.relation(related, answering=asked.answering)  # type: ignore[arg-type]  # only called for relations
        by_due = in_time and related.until_due and self.tried.duty is not None  # type: ignore[union-attr]  # as above
        found = self.exists(relation, "due" if by_due else "plain")
        return found if asked.holds else found.not_()

    def exists(self, relation: Relation, mode: Mode) -> Truth:
        """Tell whether an event fits a relation."""
        found = self.tried.itself(relation.number, in_time=mode == "due")
        sought = self.tried.sought.get(relation.number)
        if sought is not None:
            found = found.or_(any_true(sought.fits(one, mode) for one in sought.pairs))
        return self._recorded(relation, found)

    def _recorded(self, relation: Relation, found: Truth) -> Truth:
        is_open = not self.open_kinds.isdisjoint(relation.related.pattern.kinds)
        return found.or_(Truth.UNKNOWN) if is_open else found

    # --- what was required ---------------------------------------------------------------

    def done(self) -> Truth:
        """Tell whether what was required was done, and in time."""
        rule = self.tried.plan.rule
        if not rule.required:
            return Truth.FALSE
        last = self.tried.plan.relation(rule.required[-1], answering=True)
        mode: Mode = "plain" if self.tried.duty is None else "due"
        if len(rule.required) == 1:
            return self.exists(last, mode)
        return self._chained(len(rule.required) - 1, mode)

    def _chained(self, number: int, mode: Mode, before: str | None = None) -> Truth:
        """Tell whether a step was done, those before it having come before it."""
        tried = self.tried
        related = tried.plan.rule.required[number]
        relation = tried.plan.relation(related, answering=True)
        found = Truth.FALSE
        for event, fits in self._steps(relation, mode):
            held = fits
            if before is not None:
                held = held.and_(level_of(tried.ordered.get((number, event, before), 0), 0))
            if held is not Truth.FALSE and number:
                held = held.and_(self._chained(number - 1, "free", event))
            found = found.or_(held)
        return self._recorded(relation, found)

    def _steps(self, relation: Relation, mode: Mode) -> Iterator[tuple[str, Truth]]:
        tried = self.tried
        if relation.related.or_itself:
            yield tried.view.event.id, tried.itself(relation.number, in_time=mode == "due")
        sought = tried.sought.get(relation.number)
        for one in () if sought is None else sought.pairs:
            yield one.event.id, sought.fits(one, mode)  # type: ignore[union-attr]  # there are none without it

    # --- what may excuse -----------------------------------------------------------------

    def excused(self, done: Truth, case: Case | None) -> Iterator[Truth]:
        """Tell whether each exception applies, in the order of the case."""
        tried, rule = self.tried, self.tried.plan.rule
        for place, _ in enumerate(rule.exceptions):
            yield self.section(("unless", place))
        for place, _ in enumerate(rule.gaps):
            found = self.section(("unclear", place))
            yield found.and_(Truth.UNKNOWN)
        offset = len(rule.exceptions) + len(rule.gaps)
        for place, cases in enumerate(tried.denied.values()):
            part = None if case is None else case.excused.parts[offset + place]
            yield any_true(self._barred(cases, part))
        if tried.duty is not None and done is not Truth.TRUE:
            yield level_of(tried.past, GONE)

    def _barred(self, cases: list[Tried], part: Because | None) -> Iterator[Truth]:
        """Tell whether the act that was refused would have broken another clause (P12)."""
        for place, one in enumerate(cases):
            status = opinion(one, self.open_kinds).status
            settled = Truth.TRUE if part is None else part.parts[place].truth
            if status is Status.BREACHED:
                # How well it is proved is not for durable-rules to say.
                yield Truth.UNKNOWN if settled is Truth.UNKNOWN else Truth.TRUE
            else:
                yield Truth.UNKNOWN if status is Status.UNDETERMINED else Truth.FALSE

    def left(self) -> Truth:
        """Tell whether there is time left, by what the clock fired."""
        if self.tried.plan.rule.modality is not Modality.MUST:
            return Truth.FALSE
        if self.tried.past >> PAST_LAST & 1:
            return Truth.FALSE
        return Truth.UNKNOWN if self.tried.past >> PAST_FIRST & 1 else Truth.TRUE


def compare(found: Opinion, case: Case) -> None:
    """Hold what durable-rules says of a case against how it was settled.

    Raises:
        EngineError: When the two differ.
    """
    pairs = [("whether the case was opened", found.trigger, case.trigger.truth)]
    if case.trigger.truth is not Truth.FALSE:
        pairs += [
            (str(part.about), mine, part.truth)
            for mine, part in zip(found.excused, case.excused.parts, strict=False)
        ]
        numbers = len(found.excused), len(case.excused.parts)
        if numbers[0] != numbers[1]:
            raise _differing(case, "how many exceptions there are", *numbers)
        pairs += [("what was required", found.done, case.done.truth)]
        pairs += [("the time left", found.left, case.left)]
    for what, mine, settled in pairs:
        if mine is not settled:
            raise _differing(case, what, mine.name.lower(), settled.name.lower())
    if found.status is not case.status:
        raise _differing(case, "where the case stands", found.status, case.status)


def _differing(case: Case, what: str, mine: object, settled: object) -> EngineError:
    event = case.view.event
    return EngineError(
        f"two engines differ over `{case.rule.name}` on `{event.id}` ({kind_of(event).name}),"
        f" as to {what}: durable-rules says {mine}, the case was settled as {settled}\n"
        "  help: report this with the rulebook and the events; neither is to be relied on here"
    )
