"""The command line: `councilrules`, with one module a command."""

from __future__ import annotations

import gc
import io
import sys
from importlib import import_module

import click

from councilrules._version import __version__

_COMMANDS = {
    "assess": "Say which clauses a scenario's events breach, and which hang on what.",
    "report": "Write a report on scenarios, to be printed and circulated.",
    "watch": "Say what changes as events come in, line by line.",
    "show-code": "Print the code that is generated from the rules of a clause.",
    "test": "Check scenarios against what they expect.",
    "explain": "Show why a finding is what it is.",
    "lint": "Check rulebooks.",
    "coverage": "Show which statuses of which rules the scenarios reach.",
    "mutate": "Show which faults in rules the scenarios would not notice.",
    "compare": "Show what one rulebook forbids and another does not, or what an amendment changes.",
    "trace": "Compare a protocol's text with the rulebook that encodes it.",
    "vocabulary": "Show the events, fields and questions that files can use.",
}


class _Commands(click.Group):
    """Loads a command only when it is called, so that help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        if cmd_name not in _COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command = getattr(import_module(f"councilrules.cli.{name}"), name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="councilrules")
def main() -> None:
    """Check the conduct of councillors and officers against their council's protocol.

    Exit status: 0 nothing breached, 1 something breached or an expectation failed,
    2 input that cannot be used.
    """


def run() -> None:
    """Run the command line; what goes wrong with input ends in a message, not a trace."""
    # Nearly all that a command makes stays to its end: an eighth of the time went into
    # looking for garbage among it.
    gc.set_threshold(100_000)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character shows its number, rather than nothing at all.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        main(prog_name="councilrules")
    except RecursionError:
        click.echo("the input is nested too deeply to be read [too-deep]", err=True)
        sys.exit(2)
    except Exception as error:
        # Half of the time that help would take, which needs none of it.
        from councilrules.engines._errors import EngineError  # noqa: PLC0415
        from councilrules.errors import CouncilRulesError  # noqa: PLC0415

        if not isinstance(error, (CouncilRulesError, EngineError)):
            raise
        click.echo(str(error), err=True)
        sys.exit(2)
