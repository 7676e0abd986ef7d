"""Ways of finding what the reference defines, by other means."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from councilrules.engines._errors import EngineError
from councilrules.engines._terms import Terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from councilrules.engines._docket import Docket, Matcher
    from councilrules.findings import Finding
    from councilrules.history import History
    from councilrules.periods import Tenure
    from councilrules.register import Register
    from councilrules.rules import Rulebook

_NEEDS: Final[dict[str, str | None]] = {"live": None, "durable": "durable"}
"""The engines, each with the module that it needs beside the library."""

ENGINES: Final = tuple(_NEEDS)


__all__ = ["ENGINES", "EngineError", "findings", "incidents", "is_installed", "matcher"]


def is_installed(name: str) -> bool:
    """Tell whether an engine can run here; it is one of `ENGINES`."""
    needed = _NEEDS[name]
    return needed is None or find_spec(needed) is not None


def findings(
    name: str,
    rulebook: Rulebook,
    register: Register,
    history: History,
    *,
    in_force: Tenure | None = None,
    asked: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """Give what an engine finds on a register and a history at its clock.

    Args:
        name: One of `ENGINES`.
        rulebook: The clauses and rules.
        register: What lasts.
        history: The events and the clock.
        in_force: When the rulebook was in force, where somebody says so (P14).
        asked: Clauses whose standing duties are examined although the register is silent.

    Raises:
        EngineError: When the engine fails.
        ModuleNotFoundError: When the engine is not installed.
    """
    terms = Terms(in_force=in_force, asked=asked, open_kinds=history.open_kinds)
    engine = import_module(f"councilrules.engines.{name}")
    return engine.findings(rulebook, register, history, terms)  # type: ignore[no-any-return]  # each engine gives findings


def incidents(name: str) -> tuple[str, ...]:
    """Give what went wrong in an engine and was mended, each told once."""
    if name != "durable":
        return ()
    engine = import_module(f"councilrules.engines.{name}")
    told = tuple(engine.incidents)
    engine.incidents.clear()
    return told


def matcher(name: str) -> Callable[[Docket], Matcher]:
    """Give what makes the matcher of an engine, loading it now.

    Raises:
        ModuleNotFoundError: When the engine is not installed.
    """
    return import_module(f"councilrules.engines.{name}").matcher  # type: ignore[no-any-return]  # each engine has one
