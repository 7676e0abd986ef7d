"""Events as they come: what each changes, what is due, and what one may do next."""

from __future__ import annotations

import heapq
from datetime import UTC, datetime, timedelta
from threading import RLock
from typing import TYPE_CHECKING, Self

from attrs import evolve

from councilrules import engines
from councilrules.changes import Cause, Change, Reason, change
from councilrules.engines._docket import Docket
from councilrules.engines._forgetting import forget
from councilrules.engines._lasting import Findings
from councilrules.engines._plans import plans
from councilrules.engines._terms import Terms
from councilrules.errors import HistoryError, Place, Problem, nearest
from councilrules.events import Proof
from councilrules.history import over_by
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable

    from councilrules.events import Event
    from councilrules.findings import Finding
    from councilrules.history import Record
    from councilrules.periods import Tenure
    from councilrules.register import Register
    from councilrules.rules import Rulebook

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)


class Watch:
    """Keeps the findings of one rulebook up to date while events arrive.

    Events may arrive in any order and more than once. At any time the findings are those
    that `assess` would make of all events so far at the same clock. Every method may be
    called from any thread; they wait for each other. Callbacks are called after the
    change is complete, in the thread that brought it about, while the others wait; what
    they raise comes out of the method that was called, and the change stays.

    Examples:
        >>> from councilrules import Register, Watch, load_rulebook
        >>> Watch(load_rulebook("langport"), Register()).findings
        ()
    """

    def __init__(  # noqa: PLR0913 - each stands for itself, by name
        self,
        rulebook: Rulebook,
        register: Register,
        *,
        clock: datetime | None = None,
        horizon: timedelta | None = None,
        in_force: Tenure | None = None,
        open_kinds: Iterable[str] = (),
        asked: Iterable[str] = (),
        engine: str = "live",
        on_change: Callable[[Change], object] | None = None,
    ) -> None:
        """Start with no event.

        Args:
            rulebook: The clauses and rules.
            register: What lasts.
            clock: The instant up to which events count, with a zone: later ones wait until
                it gets there by `advance`. If it is left out, the clock follows the events.
            horizon: How far back from the clock events and corrections may reach. What is
                older is refused, and cases that nothing within it can change are forgotten.
            in_force: When the rulebook is in force, if it does not say.
            open_kinds: Kinds of event that may have happened without being recorded (P1).
            asked: Clauses whose standing duties are examined although the register is silent.
            engine: `live`, or `durable` where durable-rules is installed.
            on_change: Called with every change.

        Raises:
            ValueError: When the clock has no zone, the horizon is not in the past, or there is
                no such engine.
            ModuleNotFoundError: When the engine is not installed.
        """
        if engine not in engines.ENGINES:
            msg = f"there is no engine `{engine}`: it is one of {', '.join(engines.ENGINES)}"
            raise ValueError(msg)
        if horizon is not None and horizon <= timedelta(0):
            msg = "the horizon has to lie in the past"
            raise ValueError(msg)
        self._follows = clock is None
        self._clock = _BEGINNING if clock is None else _in_utc(clock)
        self._horizon = horizon
        self._engine = engine
        self._plans = plans(rulebook)
        self._terms = Terms(
            in_force=in_force, asked=frozenset(asked), open_kinds=frozenset(open_kinds)
        )
        self._on_change = on_change
        self._lock = RLock()
        self._is_closed = False
        self._events: dict[str, Event] = {}
        self._superseded: dict[str, list[Event]] = {}
        self._waiting: list[tuple[datetime, str]] = []
        self._tidied = self._clock
        self._numbers = {rule.name: number for number, rule in enumerate(rulebook.rules)}
        self._register = register
        self._docket = self._new_docket()

    def _new_docket(self) -> Docket:
        make = engines.matcher(self._engine)
        return Docket(self._plans, self._register, self._terms, self._clock, make)

    # --- what comes in ------------------------------------------------------------------

    def observe(self, event: Event) -> tuple[Change, ...]:
        """Take in an event, and give what it changes; nothing if it is known already.

        Raises:
            HistoryError: When another event has the same id, or it is older than the
                horizon. Nothing is changed then.
        """
        with self._lock:
            self._require_open()
            known = self._events.get(event.id)
            if known is not None:
                if known != event and not self._was_corrected(event):
                    raise _refusal(event, _SAME_ID.format(event.id), _said_twice(known, event))
                return ()
            if self._horizon is not None:
                self._within_horizon(event)
            passed = self._follow(event) if event.at.first > self._clock else ()
            self._events[event.id] = event
            if self._counts(event):
                return passed + self._told(self._docket.add(event), "event", event.id)
            if event.proof is not Proof.DISPROVED:
                heapq.heappush(self._waiting, (event.at.first, event.id))
            return passed

    def correct(self, event: Event) -> tuple[Change, ...]:
        """Take an event instead of the one of the same id, and give what that changes.

        If there is none yet, the correction came first, and what it corrects will be
        passed over when it arrives.

        Raises:
            HistoryError: When it, or what it corrects, is older than the horizon. Nothing is
                changed then.
        """
        with self._lock:
            self._require_open()
            return self._corrected(event, "correction")

    def withdraw(self, event: str) -> tuple[Change, ...]:
        """Take an event as disproved, and give what that changes.

        Args:
            event: The id of the event.

        Raises:
            HistoryError: When there is no such event, or it is older than the horizon.
                Nothing is changed then.
        """
        with self._lock:
            self._require_open()
            known = self._events.get(event)
            if known is None:
                what = f"there is no event `{event}` to withdraw"
                remedy = nearest(event, self._events) or "withdraw an event that was observed"
                raise HistoryError((
                    Problem(
                        check="nothing-to-withdraw",
                        place=Place("history"),
                        what=what,
                        remedy=remedy,
                    ),
                ))  # fmt: skip
            return self._corrected(evolve(known, proof=Proof.DISPROVED), "withdrawal")  # type: ignore[misc]  # mypy cannot see that events are attrs classes

    def advance(self, clock: datetime) -> tuple[Change, ...]:
        """Move the clock on, and give what the passing of time changes.

        Raises:
            ValueError: When the clock has no zone, or would go back.
        """
        with self._lock:
            self._require_open()
            clock = _in_utc(clock)
            if clock < self._clock:
                msg = f"the clock is at {self._clock.isoformat()} and cannot go back to {clock.isoformat()}"
                raise ValueError(msg)
            return self._told(self._advanced(clock), "clock", None)

    def replace_register(self, register: Register) -> tuple[Change, ...]:
        """Take another register, whatever time its entries reach back to.

        All that is kept is looked at again; what lies before the horizon is not kept.
        """
        with self._lock:
            self._require_open()
            before = {one.key: one for one in self._found()}
            self._register = register
            kept = list(self._docket.record.by_id.values())
            self._docket.matcher.close()
            self._docket = self._new_docket()
            self._docket.update((), kept)
            after = {one.key: one for one in self._found()}
            found: Findings = {
                key: (before.get(key), after.get(key)) for key in {**before, **after}
            }
            return self._told(found, "register", None)

    def close(self) -> None:
        """Let go of what the engine took, such as a process; it can be used no more."""
        with self._lock:
            if not self._is_closed:
                self._docket.matcher.close()
            self._is_closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- what is found ------------------------------------------------------------------

    @property
    def clock(self) -> datetime:
        """Give the instant up to which events count, in UTC."""
        return self._clock

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Give all findings at the clock, but those of cases closed before the horizon."""
        with self._lock:
            return self._found()

    def due(self, until: datetime) -> tuple[Finding, ...]:
        """Give what is still to be done by an instant, the most urgent first.

        Those are the duties that are overdue and not done, those that are open, and last
        those of which it cannot be told by when they have to be done.

        Raises:
            ValueError: When the instant has no zone.
        """
        until = _in_utc(until)
        with self._lock:
            duties = [one for one in self._docket.duties() if one.due is None or one.due <= until]
        return tuple(sorted(duties, key=lambda one: (one.due or _NEVER, one.opened.first, one.on)))

    @property
    def record(self) -> Record:
        """Give the events that count at the clock, for questions about them."""
        return self._docket.record

    @property
    def register(self) -> Register:
        """Give what lasts."""
        return self._register

    async def stream(self, events: AsyncIterable[Event]) -> AsyncIterator[Change]:
        """Observe events as they come, and give the changes one by one.

        Raises:
            HistoryError: As `observe` does, for the event that cannot be used.
        """
        async for event in events:
            for one in self.observe(event):
                yield one

    # --- how ----------------------------------------------------------------------------

    def _require_open(self) -> None:
        if self._is_closed:
            msg = "the watch is closed"
            raise ValueError(msg)

    def _found(self) -> tuple[Finding, ...]:
        return self._docket.findings()

    def _counts(self, event: Event) -> bool:
        return event.proof is not Proof.DISPROVED and event.at.first <= self._clock

    def _was_corrected(self, event: Event) -> bool:
        """Tell whether an event is what was corrected since, or had been before it came."""
        if event.id not in self._superseded:
            return False
        earlier = self._superseded[event.id]
        if not earlier:
            earlier.append(event)
        return event in earlier

    def _corrected(self, event: Event, cause: Cause) -> tuple[Change, ...]:
        known = self._events.get(event.id)
        self._within_horizon(event)
        if known is not None:
            self._within_horizon(known)
        if known == event:
            return ()
        passed = self._follow(event)
        earlier = self._superseded.setdefault(event.id, [])
        if known is not None:
            earlier.append(known)
        self._events[event.id] = event
        removed = [known] if known is not None and known.id in self._docket.record.by_id else []
        added = [event] if self._counts(event) else []
        found = self._docket.update(removed, added)
        if not added and event.proof is not Proof.DISPROVED:
            heapq.heappush(self._waiting, (event.at.first, event.id))
        return passed + self._told(found, cause, event.id)

    def _follow(self, event: Event) -> tuple[Change, ...]:
        """Move the clock on to an event, if it follows the events."""
        if self._follows and event.at.first > self._clock and event.proof is not Proof.DISPROVED:
            return self._told(self._advanced(event.at.first), "clock", None)
        return ()

    def _advanced(self, clock: datetime) -> Findings:
        self._clock = clock
        found = self._docket.advance(clock)
        due: dict[str, Event] = {}
        while self._waiting and self._waiting[0][0] <= clock:
            _, name = heapq.heappop(self._waiting)
            event = self._events.get(name)
            # It may have been corrected, and have been taken in as it is now.
            if event is not None and self._counts(event) and name not in self._docket.record.by_id:
                due[name] = event
        if due:
            self._merge(found, self._docket.update((), due.values()))
        if self._horizon is not None and clock - self._tidied > self._horizon / 4:
            self._tidy(clock - self._horizon)
        return found

    def _tidy(self, before: datetime) -> None:
        """Forget what cannot matter any more."""
        self._tidied = self._clock
        forget(self._docket, before)
        kept = self._docket.record.by_id
        for name in [
            name for name, one in self._events.items() if name not in kept and over_by(one) < before
        ]:
            del self._events[name]
            self._superseded.pop(name, None)

    def _within_horizon(self, event: Event) -> None:
        if self._horizon is None or self._clock - _BEGINNING <= self._horizon:
            return
        since = self._clock - self._horizon
        if over_by(event) < since:
            what = f"`{event.id}` happened before {since.isoformat()}, which is as far back as is looked"
            raise _refusal(
                event, what, "assess it with the whole history, or set the horizon further back"
            )

    def _merge(self, found: Findings, more: Findings) -> None:
        for key, (before, after) in more.items():
            found[key] = (found[key][0] if key in found else before, after)

    def _told(self, found: Findings, cause: Cause, event: str | None) -> tuple[Change, ...]:
        if not found:
            return ()
        reason = Reason(cause=cause, event=event, as_of=self._clock)
        told = [one for pair in found.values() if (one := change(*pair, reason)) is not None]
        if len(told) > 1:
            told.sort(key=self._place)
        if self._on_change is not None:
            for one in told:
                self._on_change(one)
        return tuple(told)

    def _place(self, one: Change) -> tuple[object, ...]:
        finding = one.finding
        return self._numbers[f"{finding.clause}/{finding.rule}"], finding.key


_SAME_ID = "two different events have the id `{}`"


def _said_twice(known: Event, event: Event) -> str:
    where = f" ({known.place})" if known.place is not None else ""
    return (
        f"the first is `{kind_of(known).name}`{where}, this one `{kind_of(event).name}`; "
        "give each event an id of its own, or send the second as a correction"
    )


def _refusal(event: Event, what: str, remedy: str) -> HistoryError:
    check = "duplicate-event" if what.startswith("two") else "before-the-horizon"
    place = event.place or Place("history")
    return HistoryError((Problem(check=check, place=place, what=what, remedy=remedy),))


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        msg = "an instant needs a zone"
        raise ValueError(msg)
    return at.astimezone(UTC)
