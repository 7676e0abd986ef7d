"""What follows from what fired: the steps of cases, and duties as their time runs out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.engines.durable._definitions import PAST_FIRST, PAST_LAST
from councilrules.engines.durable._rows import NEVER, bounds
from councilrules.rules import Order
from councilrules.situations import lasting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.engines.durable._known import Found, Sought, Told, Tried
    from councilrules.engines.durable._rows import Row
    from councilrules.engines.durable._telling import Teller
    from councilrules.events import Event


class Following:
    """Tells durable-rules what follows from its own answers, until nothing does."""

    def __init__(self, teller: Teller) -> None:
        """Take what tells it."""
        self._teller = teller
        self._clock: tuple[int, Told] | None = None

    def settle(self) -> None:
        """Have everything answered, and tell what follows from the answers."""
        teller = self._teller
        while teller.paired or teller.aged or not teller.process.is_settled:
            teller.settle()
            paired, teller.paired = teller.paired, []
            for sought, found in paired:
                if found in sought.pairs:
                    self._take_steps(sought, found)
            aged, teller.aged = teller.aged, []
            for tried in dict.fromkeys(aged):
                self._age(tried)

    # --- steps ----------------------------------------------------------------------------

    def _take_steps(self, sought: Sought, found: Found) -> None:
        tried = sought.case
        if not sought.layout.relation.is_chained:
            return
        for number, layout in enumerate(self._teller.steps(tried.plan)):
            if layout is sought.layout and (number, found.event.id) not in tried.steps:
                self.tell_step(tried, number, found.event)

    def tell_step(self, tried: Tried, number: int, event: Event) -> None:
        """Tell of a step of a case: when it was, as the steps on both its sides see it."""
        layouts = self._teller.steps(tried.plan)
        lasted = lasting(event)
        row: Row = {"case": tried.token, "ev": self._teller.names.token(event.id)}
        before = layouts[number].relation.related.order is Order.BEFORE
        row.update(bounds("", lasted.end if before else lasted.start))
        if number:
            before = layouts[number - 1].relation.related.order is Order.BEFORE
            row.update(bounds("from-", lasted.start if before else lasted.end))
        self._teller.tell_step(tried, number, event.id, row)

    # --- duties ---------------------------------------------------------------------------

    def _age(self, tried: Tried) -> None:
        """Take a duty back whose time is over; keep only that end in sight if it may be."""
        if tried.clocked is None or tried.duty is None:
            return
        is_over = bool(tried.past >> PAST_LAST & 1)
        may_be_over = bool(tried.past >> PAST_FIRST & 1)
        if is_over or (may_be_over and not tried.is_late):
            self._teller.retract((tried.clocked,))
            tried.clocked = None
            if not is_over and tried.duty.last < NEVER:
                self._teller.tell_duty(tried, is_late=True)

    def turn_clock(self, now: int, cases: Iterable[Tried]) -> None:
        """Tell what time it is, where that has changed; `cases` begin anew if it went back."""
        was = self._clock
        if was is not None and was[0] == now:
            return
        self._clock = (now, self._teller.tell_clock(now))
        if was is None:
            return
        self._teller.retract((was[1],))
        if was[0] > now:
            for tried in cases:
                if tried.duty is not None:
                    self._renew(tried)

    def _renew(self, tried: Tried) -> None:
        if tried.clocked is not None:
            self._teller.retract((tried.clocked,))
        tried.past = 0
        self._teller.tell_duty(tried)
