"""A change of one fact, with the words in which it is supposed."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from councilrules.counterfactuals.facts import Fact
    from councilrules.scenarios import Scenario


class Plainness(IntEnum):
    """How near at hand a change is: what could have been done comes first."""

    DONE = 0
    ANSWERED = 1
    KNOWN = 2
    ALLOWED = 3
    JUDGED = 4
    OTHERWISE = 5
    REGISTERED = 6
    OFFICE = 7
    NAMED = 8
    BEARER = 9


@frozen(kw_only=True)
class Change:
    """One fact that is supposed to be otherwise.

    Attributes:
        fact: The fact, as it would be.
        supposes: What is supposed, as it follows `Had`: `ann asked the clerk first`.
        ahead: The same as it follows `Should`, of what lies ahead; empty if nothing does.
        plainness: How near at hand it is.
    """

    fact: Fact
    supposes: str
    ahead: str = ""
    plainness: Plainness

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario that differs in this one fact."""
        return self.fact.apply(scenario)
