"""Runs durable-rules in a process of its own, which it may take down with it.

It is run by its path, not imported: its arguments are the directories that hold
durable-rules. It reads batches of commands from its input, one a line as JSON, and
answers each with what fired; it ends when its input does.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def _quiet(module: Any) -> Any:  # noqa: ANN401 - a module and a class that have no types
    class QuietHost(module.Host):  # type: ignore[misc]  # a class that has no types
        """A host that starts no threads of its own.

        The one of durable-rules 2.0.28 runs actions on two timers behind one's back.
        """

        def _run(self) -> None:
            pass

    return QuietHost


class Hosting:
    """Carries out commands as anybody would; what fires is added to `fired`."""

    def __init__(self, module: Any, fired: list[list[int]]) -> None:  # noqa: ANN401 - a module that has no types
        """Take the engine of durable-rules, and where to note what fires."""
        self._host_class = _quiet(module)
        self._host = self._host_class()
        self._fired = fired

    def carry_out(self, command: list[Any]) -> None:
        """Carry out one command."""
        match command:
            case ["define", name, rules]:
                self._define(name, rules)
            case ["reset", _]:
                self._host = self._host_class()
            case [verb, None, told]:
                for name, fact in told:
                    self._tell(verb, name, fact)
            case [verb, names, fact]:
                for name in names:
                    self._tell(verb, name, fact)
            case _:
                msg = f"no such command: {command}"
                raise ValueError(msg)

    def _define(self, name: str, rules: dict[str, Any]) -> None:
        for rule, definition in rules.items():
            action = self._action(int(rule[1:])) if rule[0] == "d" else lambda _: None
            definition["run"] = action
        self._host.register_rulesets({name: rules})

    def _action(self, number: int) -> Callable[[Any], None]:
        # One parameter: with two it would be taken for an asynchronous action.
        def noted(closure: Any) -> None:  # noqa: ANN401 - an object that has no types
            matched = closure._m  # noqa: SLF001 - the quick way to what was matched
            second = matched["r"]["n"] if "r" in matched else 0
            self._fired.append([number, matched["s"]["n"], second])

        return noted

    def _tell(self, verb: str, ruleset: str, fact: dict[str, Any]) -> None:
        """Assert or retract a fact, or both, always one by one."""
        if verb != "retract":
            self._host.assert_fact(ruleset, dict(fact))
        if verb != "assert":
            self._host.retract_fact(ruleset, dict(fact))


class Driving(Hosting):
    """Does the same with far less Python around the engine itself, which is written in C.

    For every rule that fires, the host of durable-rules 2.0.28 makes objects and writes
    JSON that nobody asks for; the calls of the engine are those that it makes.
    """

    def __init__(self, module: Any, fired: list[list[int]]) -> None:  # noqa: ANN401 - as above
        """Take the engine of durable-rules, and where to note what fires."""
        super().__init__(module, fired)
        self._engine = module.durable_rules_engine

    def _tell(self, verb: str, ruleset: str, fact: dict[str, Any]) -> None:
        rules, told = self._host.get_ruleset(ruleset), json.dumps(fact)
        if verb != "retract":
            self._act(rules, self._engine.assert_fact(rules._handle, told), fact)  # noqa: SLF001 - what its own methods pass on
        if verb != "assert":
            self._act(rules, self._engine.retract_fact(rules._handle, told), fact)  # noqa: SLF001 - as above

    def _act(self, rules: Any, result: Any, fact: dict[str, Any]) -> None:  # noqa: ANN401 - objects that have no types
        """Note what fires, one by one, until nothing does."""
        handle, state = rules._handle, rules._handle_result(result, fact)  # noqa: SLF001 - as above
        started = self._engine.start_action_for_state(handle, state)
        if not started:
            return
        known, fires = started
        while fires:
            for rule, matched in json.loads(fires).items():
                if rule[0] == "d":
                    second = matched["r"]["n"] if "r" in matched else 0
                    self._fired.append([int(rule[1:]), matched["s"]["n"], second])
            self._engine.update_state(handle, known)
            fires = self._engine.complete_and_start_action(handle, state)


def main() -> None:
    """Answer batches until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.path.extend(sys.argv[1:])
    # What durable-rules may print is not to be mistaken for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    fired: list[list[int]] = []
    hosting = Driving(import_module("durable.engine"), fired)
    for line in sys.stdin.buffer:
        number, commands = json.loads(line)
        fired.clear()
        fault = None
        for place, command in enumerate(commands):
            try:
                hosting.carry_out(command)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
                fault = f"{type(error).__name__}: {getattr(error, 'message', error)} (at {place})"
                break
        answers.write(json.dumps([number, fired, fault]).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    main()
