"""For tests of rulebooks: what is drawn at random, and smallest scenarios for an outcome.

Hypothesis, which draws events, registers, histories and scenarios, is loaded when one of
these strategies is first used; `witness` and `unreachable` do without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from councilrules.analysis.witnesses import UnreachableError, unreachable, witness
    from councilrules.testing.strategies import (
        events,
        histories,
        less_known,
        registers,
        scenarios,
    )

_HOMES = {
    "councilrules.analysis.witnesses": ("UnreachableError", "unreachable", "witness"),
    "councilrules.testing.strategies": (
        "events", "histories", "less_known", "registers", "scenarios",
    ),
}  # fmt: skip
_HOME_BY_NAME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "UnreachableError", "events", "histories", "less_known", "registers", "scenarios",
    "unreachable", "witness",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Load a public name when it is first used."""
    if name not in _HOME_BY_NAME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    try:
        home = import_module(_HOME_BY_NAME[name])
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        msg = (
            f"`{__name__}.{name}` draws with Hypothesis, which is not installed: "
            "install it with `pip install 'councilrules[test]'`"
        )
        raise ModuleNotFoundError(msg, name="hypothesis") from None
    found = getattr(home, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
