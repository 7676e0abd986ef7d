"""One act on its own, before it is done: what it would breach, and what permits it."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from councilrules.cases import finding_of
from councilrules.engines._docket import Docket
from councilrules.engines._plans import plans
from councilrules.engines._terms import Terms
from councilrules.engines.live import LiveMatcher
from councilrules.events import Proof
from councilrules.findings import Permission
from councilrules.rules import Modality
from councilrules.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.engines._docket import Opening
    from councilrules.events import Event
    from councilrules.findings import Finding
    from councilrules.register import Register
    from councilrules.rules import Rulebook

_LOOKED_AT = frozenset({Modality.MUST_NOT, Modality.MUST_FIRST, Modality.MAY})
_MOST_KEPT = 4


class Permits:
    """Tries single acts on one rulebook and one register; for one thread at a time."""

    def __init__(self, rulebook: Rulebook, register: Register, act: Event) -> None:
        """Compile the rules that speak of an act by itself."""
        self.rulebook = rulebook
        self.register = register
        made = plans(rulebook, _LOOKED_AT)
        self._docket = Docket(made, register, Terms(), act.at.last, LiveMatcher)
        self._lock = Lock()

    def tried(self, act: Event, history: Iterable[Event]) -> tuple[list[Finding], list[Permission]]:
        """Give what would be found of an act, and what permits it.

        Args:
            act: The act, taken as done and established.
            history: What happened before; the act itself and what is later are passed over.
        """
        with self._lock:
            record = self._docket.record
            record.as_of = act.at.last
            counting = {
                one.id: one
                for one in history
                if one.proof is not Proof.DISPROVED and one.at.first <= act.at.last
            }
            counting[act.id] = act
            for event in counting.values():
                record.add(event)
            try:
                return self._tried(act)
            finally:
                for event in counting.values():
                    record.remove(event)

    def _tried(self, act: Event) -> tuple[list[Finding], list[Permission]]:
        findings: list[Finding] = []
        permissions: list[Permission] = []
        opened = sorted(self._docket.matcher.openings([act]), key=lambda one: one.plan.number)
        for opening in opened:
            if opening.plan.rule.modality is Modality.MAY:
                permissions += self._permitted(opening)
            elif opening.is_settled:
                findings += [] if opening.finding is None else [opening.finding]
            else:
                findings += self._settled(opening)
        return findings, permissions

    def _settled(self, opening: Opening) -> Iterator[Finding]:
        case = self._docket.settler.case(opening.plan, opening.event, opening.bearer)
        if case.status is not None:
            yield finding_of(case, case.status, self.rulebook, self._docket.record.as_of)

    def _permitted(self, opening: Opening) -> Iterator[Permission]:
        is_permitted = opening.permits
        if not opening.is_settled:
            settler = self._docket.settler
            opened = settler.opened(opening.plan, opening.event, opening.bearer)
            is_permitted = opened.trigger.truth is Truth.TRUE
        if is_permitted:
            rule = opening.plan.rule
            yield Permission(
                clause=rule.clause,
                rule=rule.id,
                person=opening.bearer or "",
                on=opening.event.id,
            )


_kept: list[Permits] = []


def permits(rulebook: Rulebook, register: Register, act: Event) -> Permits:
    """Give what tries acts on a rulebook and a register; the last few are kept."""
    for one in _kept:
        if one.rulebook is rulebook and one.register is register:
            return one
    made = Permits(rulebook, register, act)
    _kept.insert(0, made)
    del _kept[_MOST_KEPT:]
    return made
