"""One rule, one trigger, one bearer: the truths of a case, and the finding they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.events import OneOf, Proof, Unknown
from councilrules.findings import NOTHING, Absence, Because, Finding, Status, best
from councilrules.history import names
from councilrules.register import COUNCIL
from councilrules.rules import Modality, Related, parts_of
from councilrules.situations import attribute_of
from councilrules.situations.deadlines import working_days
from councilrules.situations.jurisdiction import ASSUMED
from councilrules.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from councilrules.events import Event
    from councilrules.findings import Want
    from councilrules.rules import Condition, Rule, Rulebook
    from councilrules.situations import View
    from councilrules.situations.deadlines import Deadline


@frozen(kw_only=True, eq=False)
class Case:
    """One rule, one trigger and one bearer, with the truths its status comes from.

    Attributes:
        rule: The rule.
        view: The trigger, and who is to answer for it.
        bound: Whether the rule binds that person then.
        trigger: Whether what opens the case happened, to somebody the rule binds.
        excused: Whether an exception applies; its parts are the named exceptions.
        done: Whether what was required was done in time.
        deadline: By when; `None` but for duties.
        left: Whether there is time left.
        status: Where the case stands; `None` if there is no finding.
        late: What was required, if it was done after all, though too late for a case that
            is met.
    """

    rule: Rule
    view: View
    bound: Because
    trigger: Because
    excused: Because
    done: Because
    deadline: Deadline | None
    left: Truth
    status: Status | None
    late: Event | None

    @property
    def because(self) -> Because:
        """Give the whole tree of reasons."""
        return Because(self.trigger.truth, "case", (self.trigger, self.excused, self.done))


def bearers(rule: Rule, event: Event) -> Iterator[str | None]:
    """Give each person who is to answer for an event; `None` if it is not known who."""
    if rule.bearer is None:
        yield COUNCIL
        return
    attribute = attribute_of(event, rule.bearer)
    raw = Unknown.UNKNOWN if attribute is None else getattr(event, attribute)
    unproved = event.proofs.get(rule.bearer) is Proof.NOT_KNOWN
    if raw is Unknown.UNKNOWN or isinstance(raw, OneOf) or unproved:
        yield None
    else:
        yield from names(raw)


def finding_of(case: Case, status: Status, rulebook: Rulebook, as_of: datetime) -> Finding:
    """Give the finding of a case that has a status, as it stands at the clock `as_of`."""
    rule, event = case.rule, case.view.event
    late = case.late if status is Status.BREACHED else None
    due = None if case.deadline is None else case.deadline.known
    unset = case.deadline is not None and case.deadline.needs_parameter
    waiting = unset and status is Status.UNDETERMINED
    first, last = event.at.first, as_of if case.late is None else case.late.at.first
    return Finding(
        rulebook=rulebook.id,
        clause=rule.clause,
        rule=rule.id,
        status=status,
        bearer=case.view.bearer,
        on=event.id,
        events=tuple(sorted(_events(case, status))),
        proof=min(_accusing(case, status)),
        force=rule.force,
        hedge=rule.hedge,
        opened=case.view.part.start,
        due=due,
        performed_at=None if late is None else late.at,
        late_by=None if late is None or due is None else working_days(rulebook, due, late.at.first),
        elapsed=working_days(rulebook, first, last) if waiting else None,
        excused_by=_excused_by(case) if status is Status.EXCUSED else None,
        absent=tuple(_absent(case, late)) if status is Status.BREACHED else (),
        assumes=tuple(_assumed(case)),
        wants=_wants(case) if status is Status.UNDETERMINED else (),
        act=event.act,
    )


def _deciding(case: Case, status: Status) -> Iterator[Because]:
    """Give the truths that the status rests on."""
    yield case.trigger
    yield case.excused
    if status not in {Status.EXCUSED, Status.OPEN}:
        yield case.done


def _accusing(case: Case, status: Status) -> Iterator[Proof]:
    """Give how well the facts needed on the accusing side are proved (P2)."""
    yield case.trigger.proof
    if status is Status.BREACHED:
        yield case.excused.proof


def _events(case: Case, status: Status) -> frozenset[str]:
    cited = frozenset((case.view.event.id,))
    return cited.union(*(part.events for part in _deciding(case, status)))


def _excused_by(case: Case) -> str:
    """Name the exception that the finding rests on: the best proved of those that hold."""
    holding = [part for part in case.excused.parts if part.truth is Truth.TRUE]
    return str(best(holding).about).removeprefix("unless:")


def _wants(case: Case) -> tuple[Want, ...]:
    """Give what would have to be known, in the order in which to ask (P18)."""
    parts = (case.trigger, case.excused, case.done)
    unknown = [part for part in parts if part.truth is Truth.UNKNOWN]
    wants = [want for part in unknown for want in part.wants]
    if case.deadline is not None and case.left is Truth.UNKNOWN:
        wants += case.deadline.wants
    return tuple(sorted(dict.fromkeys(wants), key=lambda want: want.turn))


def _assumed(case: Case) -> Iterator[str]:
    if any(part.origin == ASSUMED and part.about == "in-force" for part in case.bound.parts):
        yield "in-force"


def _absent(case: Case, late: Event | None) -> Iterator[Absence]:
    """List the exceptions, and the performance, of which nothing is recorded."""
    rule = case.rule
    if rule.required and late is None:
        name = "must" if rule.modality is Modality.MUST else "must_first"
        until = None if case.deadline is None else case.deadline.known
        yield Absence(name=name, kinds=rule.required[-1].pattern.kinds, until=until)
    for part in case.excused.parts:
        name = str(part.about).removeprefix("unless:")
        condition = dict(rule.exceptions).get(name)
        if condition is not None and rests_on_silence(part):
            yield Absence(name=name, kinds=tuple(_kinds(condition)))


def rests_on_silence(because: Because) -> bool:
    """Tell whether something is false only because nothing is recorded of it."""
    if because.truth is not Truth.FALSE:
        return False
    return because.origin == NOTHING or any(map(rests_on_silence, because.parts))


def _kinds(condition: Condition) -> Iterator[str]:
    for part in parts_of(condition):
        if isinstance(part, Related):
            yield from part.pattern.kinds
