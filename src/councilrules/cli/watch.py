"""`councilrules watch`: events in, what they change out, one line each."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from councilrules.documents import Mapping, Node, Text, UnreadableError, parse_json
from councilrules.engines import ENGINES
from councilrules.errors import CouncilRulesError, HistoryError, Place, Problem
from councilrules.event_reading import EventReading
from councilrules.findings import Status
from councilrules.history import over_by
from councilrules.logs import load_register, opened
from councilrules.periods import Moment, end_of_day
from councilrules.reading import Reading
from councilrules.register import Register
from councilrules.reports import data
from councilrules.rulebooks import load_rulebook
from councilrules.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.changes import Change
    from councilrules.events import Event

_MOST_BYTES = 1_000_000
_PAUSE = 0.2
_ORDERS = ("advance", "correct", "withdraw", "register")


@click.command()
@click.argument("file", default="-")
@click.option("--rulebook", required=True, help="A rulebook that is shipped, or a folder.")
@click.option(
    "--register", help="The file with the register; without it, nobody's office is known."
)
@click.option("--follow", is_flag=True, help="Go on as the file grows, until interrupted.")
@click.option("--as-of", "as_of", help="Where to move the clock at the end of the input.")
@click.option("--horizon", type=int, help="How many days back events and corrections may reach.")
@click.option("--due", help="At the end, list what is still to be done by then.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default="live", show_default=True,
    help="What finds the findings.",
)  # fmt: skip
def watch(  # noqa: PLR0913 - one for each option
    file: str,
    *,
    rulebook: str,
    register: str | None,
    follow: bool,
    as_of: str | None,
    horizon: int | None,
    due: str | None,
    engine: str,
) -> None:
    """Read events from FILE, JSON Lines, and print what each changes, as JSON Lines.

    FILE is standard input if it is left out. Beside events, a line may be an order:
    `{"advance": "2025-03-10"}` moves the clock on, `{"correct": {...}}` takes an event
    instead of the one of the same id, `{"withdraw": "e7"}` takes an event as disproved,
    `{"register": "register.yaml"}` takes another register. The clock follows the events,
    and at the end of the input goes to the end of their last day.

    A line that cannot be used is answered with an error line, and changes nothing. Exit
    status 1 means that something is breached at the end, 2 that nothing is but a line
    could not be used.
    """
    session = _Session(file, rulebook, register, horizon, engine)
    end = session.instant(as_of, "--as-of")
    until = session.instant(due, "--due")
    with click.open_file(file, "rb") as stream:
        for number, line in _lines(stream, follow=follow):
            session.take(number, line)
    session.finish(end, until)
    session.watch.close()
    breached = any(one.status is Status.BREACHED for one in session.watch.findings)
    sys.exit(1 if breached else 2 if session.refused else 0)


def _lines(stream: IO[bytes], *, follow: bool) -> Iterator[tuple[int, bytes | None]]:
    """Give the lines with their numbers; `None` for one that is too long to be kept."""
    number, part = 0, b""
    while True:
        read = stream.readline(_MOST_BYTES + 1 - len(part))
        part += read
        if not read and not follow:
            break
        if not read:
            time.sleep(_PAUSE)
        elif part.endswith(b"\n"):
            number += 1
            yield number, part
            part = b""
        elif len(part) > _MOST_BYTES:
            number += 1
            _pass_over(stream)
            yield number, None
            part = b""
    if part:
        yield number + 1, part


def _pass_over(stream: IO[bytes]) -> None:
    """Read on to the end of a line without keeping it."""
    while True:
        read = stream.readline(_MOST_BYTES)
        if not read or read.endswith(b"\n"):
            return


class _Session:
    """One run: a watch, and what is printed of it.

    Attributes:
        watch: The watch.
        refused: How many lines could not be used.
    """

    def __init__(
        self, file: str, rulebook: str, register: str | None, horizon: int | None, engine: str
    ) -> None:
        self._file = "standard input" if file == "-" else file
        self._rulebook = load_rulebook(rulebook)
        self.refused = 0
        self._last: datetime | None = None
        self.watch = Watch(
            self._rulebook,
            Register() if register is None else load_register(register),
            horizon=None if horizon is None else timedelta(days=horizon),
            engine=engine,
        )

    def instant(self, written: str | None, option: str) -> datetime | None:
        """Read an option that holds a time or a date, whose end is meant."""
        if written is None:
            return None
        reading = Reading(self._rulebook.zone)
        found = reading.moment(Text(option, 0, 0, written, quoted=True), f"`{option}`")
        if found is None:
            raise HistoryError(tuple(reading.problems))
        return found.last

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
        zone = Reading(self._rulebook.zone).zone
        if end is None and self._last is not None:
            end = end_of_day(Moment(self._last, self._last), zone).last
        if end is not None and end > self.watch.clock:
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
        over = over_by(event).astimezone(UTC)
        self._last = over if self._last is None else max(self._last, over)
        return event

    def _print(self, changes: tuple[Change, ...]) -> None:
        for one in changes:
            watch = self.watch
            self._say(data.change(one, self._rulebook, watch.register, watch.record))

    def _refuse(self, number: int, problems: tuple[Problem, ...]) -> None:
        self.refused += 1
        for one in problems:
            said = data.problem(one)
            said["error"]["line"] = number
            self._say(said)

    def _say(self, said: data.Data) -> None:
        click.echo(json.dumps(said, ensure_ascii=False))
        sys.stdout.flush()
