"""One run of `councilrules watch`: a watch that is fed, and what is printed of it."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from councilrules.documents import Mapping, Node, Text, UnreadableError, parse_json
from councilrules.errors import CouncilRulesError, HistoryError, Place, Problem
from councilrules.event_reading import EventReading
from councilrules.findings import Status
from councilrules.history import over_by
from councilrules.logs import load_register, opened
from councilrules.periods import Moment, end_of_day
from councilrules.reading import Reading
from councilrules.reports import data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.changes import Change
    from councilrules.events import Event
    from councilrules.rules import Rulebook
    from councilrules.watching import Watch

_ORDERS = ("advance", "correct", "withdraw", "register")


class Session:
    """One run: a watch, and what is printed of it.

    Attributes:
        watch: The watch.
        refused: How many lines could not be used.
        breached: The cases in which something is breached, also those that were forgotten.
    """

    def __init__(self, file: str, rulebook: Rulebook, watch: Watch) -> None:
        """Take what the input is called in messages, and the watch that is to be fed."""
        self._file = "standard input" if file == "-" else file
        self._rulebook = rulebook
        self.watch = watch
        self.refused = 0
        self.breached: set[tuple[str, ...]] = set()
        self._last: datetime | None = None

    def instant(self, written: str | None, option: str) -> datetime | None:
        """Read an option that holds a time or a date, whose end is meant.

        Raises:
            HistoryError: When it is neither.
        """
        if written is None:
            return None
        reading = Reading(self._rulebook.zone)
        found = reading.moment(Text(option, 0, 0, written, quoted=True), f"`{option}`")
        if found is None:
            raise HistoryError(tuple(reading.problems))
        return found.last

    def begin(self, events: Iterable[Event]) -> None:
        """Take in the events of a scenario before the first line."""
        for event in events:
            self._note(event)
            self._print(self.watch.observe(event))

    def take(self, number: int, line: bytes | None) -> None:
        """Use one line, and print what it changes or what is wrong with it."""
        try:
            changes = self._used(number, line)
        except CouncilRulesError as error:
            self._refuse(number, error.problems)
        else:
            self._print(changes)

    def finish(self, end: datetime | None, until: datetime | None) -> None:
        """Move the clock to where it ends, and list what is still to be done."""
        clock, zone = self.watch.clock, Reading(self._rulebook.zone).zone
        if end is not None and end < clock:
            what = f"the events go on to {clock.isoformat()}, after {end.isoformat()}"
            remedy = "choose a later time for `--as-of`"
            place = Place("--as-of")
            problem = Problem(check="clock-goes-back", place=place, what=what, remedy=remedy)
            self._refuse(0, (problem,))
        elif end is None and self._last is not None:
            end = end_of_day(Moment(self._last, self._last), zone).last
        if end is not None and end > clock:
            self._print(self.watch.advance(end))
        for one in () if until is None else self.watch.due(until):
            found = data.found_on(one, self._rulebook, self.watch.register, self.watch.record)
            self._say({"due": found})

    def _used(self, number: int, line: bytes | None) -> tuple[Change, ...]:
        place = Place(self._file, number, 1)
        if line is None:
            what, remedy = "the line is longer than a million bytes", "split it, or take it out"
            raise HistoryError((Problem(check="too-large", place=place, what=what, remedy=remedy),))
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            what = f"byte {error.start + 1} of the line is no text"
            remedy = "save the file as UTF-8"
            raise HistoryError(
                (Problem(check="not-text", place=place, what=what, remedy=remedy),)
            ) from None
        if not text.strip():
            return ()
        try:
            node = parse_json(text, self._file, first_line=number)
        except UnreadableError as error:
            raise HistoryError(tuple(error.problems)) from None
        return self._obeyed(node)

    def _obeyed(self, node: Node) -> tuple[Change, ...]:
        """Do what a line says: take in an event, or carry out an order."""
        reading = Reading(self._rulebook.zone)
        order = None
        if isinstance(node, Mapping) and "event" not in node:
            order = next((one for one in _ORDERS if one in node), None)
        if order is None or not isinstance(node, Mapping):
            return self.watch.observe(self._event(node, reading))
        reading.known_keys(node, f"a line with `{order}`", (order,))
        value = node.get(order)
        if order == "correct" and value is not None:
            return self.watch.correct(self._event(value, reading))
        moment = reading.moment(value, "`advance`") if order == "advance" else None
        text = None if order == "advance" else reading.text(value, f"`{order}`")
        if reading.problems or (moment is None and text is None):
            raise HistoryError(tuple(reading.problems))
        if order == "withdraw":
            return self.watch.withdraw(text or "")
        if order == "register":
            return self.watch.replace_register(load_register(Path(text or "")))
        return self._advanced(moment, node.place)

    def _advanced(self, moment: Moment | None, place: Place) -> tuple[Change, ...]:
        try:
            return () if moment is None else self.watch.advance(moment.last)
        except ValueError as error:
            problem = Problem(check="clock-goes-back", place=place, what=str(error))
            raise HistoryError((problem,)) from None

    def _event(self, node: Node, reading: Reading) -> Event:
        event = EventReading(reading, self._rulebook.questions).event(opened(node, reading))
        if event is None or reading.problems:
            raise HistoryError(tuple(reading.problems))
        self._note(event)
        return event

    def _note(self, event: Event) -> None:
        over = over_by(event).astimezone(UTC)
        self._last = over if self._last is None else max(self._last, over)

    def _print(self, changes: tuple[Change, ...]) -> None:
        for one in changes:
            watch = self.watch
            is_breach = one.finding.status is Status.BREACHED and one.kind != "withdrawn"
            (self.breached.add if is_breach else self.breached.discard)(one.finding.key)
            self._say(data.change(one, self._rulebook, watch.register, watch.record))

    def _refuse(self, number: int, problems: tuple[Problem, ...]) -> None:
        self.refused += 1
        for one in problems:
            # What the watch itself refuses does not know of lines.
            is_elsewhere = one.place.line == 0 and one.place.file != "--as-of"
            placed = evolve(one, place=Place(self._file, number, 1)) if is_elsewhere else one
            said = data.problem(placed)
            if number:
                said["error"]["line"] = number
            self._say(said)

    def _say(self, said: data.Data) -> None:
        click.echo(json.dumps(said, ensure_ascii=False))
        sys.stdout.flush()
