"""Reads the list of the mutants that are known to survive, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from attrs import frozen

LIST = Path(__file__).parent / "survivors.yaml"


@frozen
class Survivor:
    """A mutant that no test can tell, or should have to tell, from the original.

    Attributes:
        where: The module and the function.
        was: The lines that it takes away, on one line.
        now: The lines that it puts in their place, on one line.
        why: Why it may survive.
    """

    where: str
    was: str
    now: str
    why: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Give what tells it from others."""
        return self.where, self.was, self.now

    def __str__(self) -> str:
        return f"{self.where}: `{self.was}` to `{self.now}`"


def survivors() -> Iterator[Survivor]:
    """Give those that are listed, by their reasons."""
    for reason in yaml.safe_load(LIST.read_text(encoding="utf-8")):
        for one in reason["mutants"]:
            yield Survivor(one["in"], one["was"], one["now"], " ".join(reason["why"].split()))
