"""`councilrules watch`: events in, what they change out, one line each."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import IO, TYPE_CHECKING, Any

import click

from councilrules.cli._session import Session
from councilrules.engines import ENGINES
from councilrules.errors import HistoryError, Place, Problem, ScenarioError
from councilrules.logs import load_register
from councilrules.register import Register
from councilrules.rulebooks import load_rulebook
from councilrules.scenarios import load_scenario
from councilrules.watching import Watch

if TYPE_CHECKING:
    from councilrules.rules import Rulebook
    from councilrules.scenarios import Scenario

_MOST_BYTES = 1_000_000
_PAUSE = 0.2


@click.command()
@click.argument("file", default="-")
@click.option("--rulebook", help="A rulebook that is shipped, or a folder.")
@click.option(
    "--register", help="The file with the register; without it, nobody's office is known."
)
@click.option(
    "--scenario",
    help="A scenario to start from, instead of both: its rulebook with its parameters, its "
    "register, what it says is not known or to be examined, and its events.",
)
@click.option("--follow", is_flag=True, help="Go on as the file grows, until interrupted.")
@click.option("--as-of", "as_of", help="Where to move the clock at the end of the input.")
@click.option(
    "--horizon", type=click.IntRange(min=1),
    help="How many days back events and corrections may reach.",
)  # fmt: skip
@click.option("--due", help="At the end, list what is still to be done by then.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default="live", show_default=True,
    help="What finds the findings.",
)  # fmt: skip
def watch(  # noqa: PLR0913 - one for each option
    file: str,
    *,
    rulebook: str | None,
    register: str | None,
    scenario: str | None,
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
    status 1 means that something was found breached and not taken back, 2 that nothing
    was but a line could not be used.
    """
    if (rulebook is None) is (scenario is None) or (register is not None and scenario is not None):
        msg = "name either `--rulebook`, with or without `--register`, or `--scenario`"
        raise click.UsageError(msg)
    started = None if scenario is None else load_scenario(scenario)
    book, options = _read(started, rulebook or "", register)
    since = None if horizon is None else timedelta(days=horizon)
    with Watch(book, horizon=since, engine=engine, **options) as watching:
        session = Session(file, book, watching)
        end, until = session.instant(as_of, "--as-of"), session.instant(due, "--due")
        session.begin(() if started is None else started.history.events)
        with suppress(KeyboardInterrupt), _opened(file) as stream:
            for number, line in _lines(stream, follow=follow):
                session.take(number, line)
        session.finish(end, until)
    sys.exit(1 if session.breached else 2 if session.refused else 0)


def _read(
    scenario: Scenario | None, rulebook: str, register: str | None
) -> tuple[Rulebook, dict[str, Any]]:
    """Give the rulebook, and what else a watch has to be told."""
    if scenario is None:
        found = Register() if register is None else load_register(register)
        return load_rulebook(rulebook), {"register": found}
    if len(scenario.rulebooks) != 1:
        what = f"the scenario names {len(scenario.rulebooks)} rulebooks"
        remedy = "name one; watch each in a run of its own"
        problem = Problem(check="one-rulebook", place=scenario.place, what=what, remedy=remedy)
        raise ScenarioError((problem,))
    (named,) = scenario.rulebooks
    return named.rulebook, {
        "register": scenario.register,
        "in_force": named.in_force,
        "open_kinds": scenario.history.open_kinds,
        "asked": scenario.asked(named.rulebook.id),
    }


@contextmanager
def _opened(file: str) -> Iterator[IO[bytes]]:
    try:
        stream = click.open_file(file, "rb")
    except OSError as error:
        what, remedy = f"the file cannot be read: {error.strerror}", "check its name"
        problem = Problem(check="missing-file", place=Place(file), what=what, remedy=remedy)
        raise HistoryError((problem,)) from None
    with stream:
        yield stream


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
