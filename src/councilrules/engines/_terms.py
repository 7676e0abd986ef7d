"""What a rulebook is read under, besides the register and the events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from councilrules.periods import Tenure


@frozen(kw_only=True)
class Terms:
    """What a rulebook is read under.

    Attributes:
        in_force: When the rulebook was in force, where somebody says so (P14).
        asked: Clauses whose standing duties are examined although the register is silent.
        open_kinds: Kinds of event that may have happened without being recorded (P1).
    """

    in_force: Tenure | None = None
    asked: frozenset[str] = frozenset()
    open_kinds: frozenset[str] = frozenset()
