"""The process that durable-rules runs in: fed in batches, and started again if it dies."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from councilrules.engines._errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self


Command = tuple[str, "str | int", str]
"""What the process is told: a verb, the name or number of what it is on, and the rest.

The rest is kept as JSON, since hundreds of thousands of them may have to be kept.
"""

Firing = list[int]
"""What fired: the number of the definition, and of each fact that it matched."""

_SCRIPT: Final = Path(__file__).with_name("_child.py")
_MODULES: Final = ("durable", "durable_rules_engine")
_REPLAYED_AT_ONCE: Final = 500
_MOST_RULESETS: Final = 150
"""How many rulesets one process defines, since each keeps a megabyte as long as it runs."""


@define(eq=False)
class _Journal:
    """What the process knows: its rulesets, and every fact that stands."""

    rulesets: dict[object, Command] = field(factory=dict)
    facts: dict[object, Command] = field(factory=dict)
    told: int = 0

    def note(self, commands: list[Command]) -> None:
        """Note what was carried out."""
        for command in commands:
            verb, name, _ = command
            if verb == "define":
                self.rulesets[name] = command
            elif verb == "assert":
                self.facts[name] = command
            elif verb == "retract":
                self.facts.pop(name, None)
            self.told += verb in {"assert", "flash"}


class Process:
    """Runs durable-rules elsewhere, and loses nothing if it dies.

    Attributes:
        incidents: What went wrong and was mended, in words.
        recorded: Every batch that was sent, if it is to be kept; for benchmarks.
    """

    def __init__(self, *, limit: float = 60.0, restarts: int = 5) -> None:
        """Start nothing yet.

        Args:
            limit: For how many seconds to wait for an answer.
            restarts: How often in a row to start it again without its answering.
        """
        self.incidents: list[str] = []
        self.recorded: list[str] | None = None
        self._limit = limit
        self._most_restarts = restarts
        self._restarts = 0
        self._running: subprocess.Popen[bytes] | None = None
        self._watching = _Watchdog()
        self._journal = _Journal()
        self._pending: list[Command] = []
        self._sent: list[Command] | None = None
        self._number = 0
        self._rulesets = 0

    # --- what it is told ----------------------------------------------------------------

    def define(self, name: str, rules: dict[str, Any]) -> None:
        """Define a ruleset; it must be new to this process."""
        self._rulesets += 1
        self._pending.append(("define", name, f"{json.dumps(name)},{json.dumps(rules)}"))

    def assert_fact(self, number: int, told: str) -> None:
        """Assert a fact that stands until it is retracted.

        Args:
            number: What it is kept by.
            told: The names of the rulesets that it is for, and the fact, in JSON.
        """
        self._pending.append(("assert", number, told))

    def retract_fact(self, number: int, told: str) -> None:
        """Retract a fact that was asserted."""
        self._pending.append(("retract", number, told))

    def flash_fact(self, number: int, told: str) -> None:
        """Assert a fact that need not stand, and retract it."""
        self._pending.append(("flash", number, told))

    def reset(self) -> None:
        """Forget everything, for other rules and other facts."""
        if self._sent is not None or self._rulesets > _MOST_RULESETS:
            self._end(at_once=True)
            self._rulesets = 0
        self._pending.clear()
        self._sent = None
        self._restarts = 0
        self._journal = _Journal()
        if self._running is not None:
            self._pending.append(("reset", "", "null"))

    @property
    def waiting(self) -> int:
        """Give how many commands were not sent yet."""
        return len(self._pending)

    @property
    def is_settled(self) -> bool:
        """Tell whether everything was sent and answered."""
        return not self._pending and self._sent is None

    # --- sending and receiving ----------------------------------------------------------

    def send(self) -> list[Firing]:
        """Send what is waiting, and give the answer to what was sent before."""
        fired = self.receive()
        if self._pending:
            self._sent, self._pending = self._pending, []
            if self.recorded is not None:
                self.recorded.append(_written(self._sent))
            try:
                self._write(self._sent)
            except _FailedError as error:
                self._mend(error)
        return fired

    def receive(self) -> list[Firing]:
        """Give the answer to what was sent, once it is there; nothing if nothing was."""
        while self._sent is not None:
            try:
                fired = self._read()
            except _FailedError as error:
                self._mend(error)
            else:
                self._journal.note(self._sent)
                self._sent = None
                self._restarts = 0
                return fired
        return []

    def start(self) -> None:
        """Start the process, if it is not running; nothing is waited for.

        Raises:
            EngineError: When durable-rules is not installed, or cannot be started.
        """
        if self._running is not None:
            return
        command = [sys.executable, "-I", "-S", str(_SCRIPT), *_directories()]
        try:
            self._running = subprocess.Popen(  # noqa: S603 - our own script
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            msg = (
                f"durable-rules could not be started: {error}\n"
                "  help: choose another engine, or see whether this user may start processes"
            )
            raise EngineError(msg) from error

    def _write(self, commands: list[Command]) -> None:
        self.start()
        assert self._running is not None  # noqa: S101 - it was started just now
        assert self._running.stdin is not None  # noqa: S101 - it is a pipe
        self._number += 1
        text = f"[{self._number},{_written(commands)}]\n"
        with self._watching.over(self._running, self._limit) as watched:
            try:
                self._running.stdin.write(text.encode())
                self._running.stdin.flush()
            except OSError as error:
                raise _FailedError(self._end(hung=watched.has_ended)) from error

    def _read(self) -> list[Firing]:
        assert self._running is not None  # noqa: S101 - something was sent to it
        assert self._running.stdout is not None  # noqa: S101 - it is a pipe
        with self._watching.over(self._running, self._limit) as watched:
            line = self._running.stdout.readline()
        if not line.endswith(b"\n"):
            raise _FailedError(self._end(hung=watched.has_ended))
        fired, fault = _answer(line, self._number)
        if fault is not None:
            self._end(at_once=True)
            raise _FailedError(fault)
        return fired

    # --- starting again -----------------------------------------------------------------

    def _mend(self, error: _FailedError) -> None:
        """Start the process again, and tell it all that it knew and was being told."""
        assert self._sent is not None  # noqa: S101 - it failed over something
        while True:
            self._restarts += 1
            facts = f"{self._journal.told:,} facts"
            if self._restarts > self._most_restarts:
                self.incidents.append(f"durable-rules {error} after {facts}")
                msg = (
                    f"durable-rules {error} after {facts}, and again each of the"
                    f" {self._most_restarts} times it was started again\n"
                    "  help: choose another engine; if it fails every time, report it with"
                    " the rulebook and the events"
                )
                raise EngineError(msg) from error
            self.incidents.append(f"durable-rules {error} after {facts}; it was started again")
            try:
                for commands in self._replayed():
                    self._write(commands)
                    self._read()
                self._write(self._sent)
            except _FailedError as another:
                error = another
            else:
                return

    def _replayed(self) -> Iterator[list[Command]]:
        commands = [*self._journal.rulesets.values(), *self._journal.facts.values()]
        for start in range(0, len(commands), _REPLAYED_AT_ONCE):
            yield commands[start : start + _REPLAYED_AT_ONCE]

    # --- ending -------------------------------------------------------------------------

    def close(self) -> None:
        """End the process; it can be started again."""
        self._end(at_once=True)
        self._watching.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _end(self, *, hung: bool = False, at_once: bool = False) -> str:
        """End the process, wait for it, and say how it went.

        Args:
            hung: Whether it was ended already, as it did not answer.
            at_once: Whether how it would end by itself is of no interest.
        """
        running, self._running = self._running, None
        if running is None:
            return "was not running"
        for pipe in (running.stdin, running.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        if at_once:
            running.kill()
        try:
            code = running.wait(timeout=1)
        except subprocess.TimeoutExpired:
            running.kill()
            code = running.wait()
        if hung:
            return f"did not answer for {self._limit:g} seconds"
        return f"died (signal {-code})" if code < 0 else f"ended (exit status {code})"


class _FailedError(Exception):
    """The process died, hung, answered rubbish or reported a fault; says which."""


def _written(commands: list[Command]) -> str:
    return "[" + ",".join(f'["{verb}",{rest}]' for verb, _, rest in commands) + "]"


def _answer(line: bytes, number: int) -> tuple[list[Firing], str | None]:
    """Give what fired, and the fault if there was one."""
    rubbish = "answered what is no answer"
    try:
        answered, fired, fault = json.loads(line)
        is_sound = answered == number and all(
            len(one) == 3 and all(type(part) is int for part in one)  # noqa: PLR2004 - a firing
            for one in fired
        )
    except (ValueError, TypeError):
        return [], rubbish
    if fault is not None:
        return [], f"reported {fault}"
    return (fired, None) if is_sound else ([], rubbish)


def _directories() -> Iterator[str]:
    """Give where durable-rules is, for a process that looks nowhere by itself."""
    for name in _MODULES:
        found = find_spec(name)
        if found is None or found.origin is None:
            msg = (
                "durable-rules is not installed\n"
                "  help: install it with `pip install durable-rules`, or choose another engine"
            )
            raise EngineError(msg)
        parents = Path(found.origin).parents
        yield str(parents[1] if found.submodule_search_locations else parents[0])


class _Watched:
    """A process that has to answer before some time is over."""

    def __init__(self, watchdog: _Watchdog, process: subprocess.Popen[bytes], due: float) -> None:
        self.process = process
        self.due = due
        self.has_ended = False
        self._watchdog = watchdog

    def __enter__(self) -> Self:
        self._watchdog.watched = self
        return self

    def __exit__(self, *_: object) -> None:
        self._watchdog.watched = None


class _Watchdog:
    """Ends a process that takes too long, from a thread of its own.

    A thread looks now and then, since a pipe cannot be waited for everywhere.
    """

    def __init__(self) -> None:
        self.watched: _Watched | None = None
        self._thread: threading.Thread | None = None
        self._pause = 0.25
        self._over = threading.Event()

    def over(self, process: subprocess.Popen[bytes], limit: float) -> _Watched:
        """Watch a process as long as the context lasts."""
        self._pause = min(0.25, limit / 4)
        if self._thread is None:
            self._over.clear()
            self._thread = threading.Thread(target=self._watch, daemon=True)
            self._thread.start()
        return _Watched(self, process, time.monotonic() + limit)

    def end(self) -> None:
        """End the thread."""
        if self._thread is not None:
            self._over.set()
            self._thread.join()
            self._thread = None

    def _watch(self) -> None:
        while not self._over.wait(self._pause):
            watched = self.watched
            if watched is not None and time.monotonic() > watched.due:
                watched.has_ended = True
                watched.process.kill()
