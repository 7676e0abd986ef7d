"""Event by event: functions generated from the rules, and indexes by what they compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.engines import _plans
from councilrules.engines._docket import Docket, Entry, Opening, on_anything, openings
from councilrules.engines._looking import Look
from councilrules.engines._sharing import keys_shared
from councilrules.engines._terms import Terms
from councilrules.engines._waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.cases import Case
    from councilrules.engines._plans import Plan, Relation
    from councilrules.events import Event
    from councilrules.findings import Finding
    from councilrules.history import History
    from councilrules.register import Register
    from councilrules.rules import Rulebook
    from councilrules.situations import View


class LiveMatcher:
    """Looks up in the record's own indexes what relates to what."""

    def __init__(self, docket: Docket) -> None:
        """Take the docket to find things for."""
        self._docket = docket
        self._record = docket.record
        self._situations = docket.settler.situations
        self._waiting = Waiting(docket.plans)
        self._look: Look = Look(docket)

    def add(self, event: Event) -> None:
        """Do nothing: the record sorts events as it takes them in."""

    def remove(self, event: Event) -> None:
        """Do nothing, as with `add`."""

    def openings(self, events: list[Event]) -> list[Opening]:
        """Give the cases that events may open, those told at a glance as such."""
        found: list[Opening] = []
        plans = self._docket.plans
        for event in events:
            told = self._look.openings(event)
            if told is None:
                found += openings(plans, self._record, event)
            else:
                found += told
                if plans.on_anything:
                    found += on_anything(plans, self._record, event)
        return found

    def touched(self, event: Event) -> Iterable[Entry]:
        """Give the kept cases that an event may bear on."""
        return self._waiting.touched(event, self._docket.settler)

    def keep(self, entry: Entry) -> None:
        """Sort a case by what its relations compare."""
        self._waiting.keep(entry)

    def drop(self, entry: Entry) -> None:
        """Undo `keep`."""
        self._waiting.drop(entry, self._docket.settler)

    def close(self) -> None:
        """Do nothing: nothing was taken."""

    def check(self, entry: Entry, case: Case) -> None:
        """Do nothing: nothing was found but what the case was settled on."""

    def candidates(self, plan: Plan, relation: Relation, view: View) -> list[Event]:  # noqa: ARG002 - others need the rule
        """Give all events that can fit a relation, in order of time."""
        return self._record.candidates(relation, keys_shared(self._situations, relation, view))


def findings(
    rulebook: Rulebook, register: Register, history: History, terms: Terms | None = None
) -> tuple[Finding, ...]:
    """Give what a rulebook finds on a register and a history at its clock."""
    terms = terms or Terms(open_kinds=history.open_kinds)
    docket = Docket(_plans.plans(rulebook), register, terms, history.as_of, LiveMatcher)
    for event in history.read:
        docket.add(event)
    return docket.findings()


matcher = LiveMatcher
