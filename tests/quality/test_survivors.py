"""That the list of known survivors speaks of the source as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.quality.survivors import Survivor, survivors

PACKAGE = Path(__file__).parents[2] / "src" / "councilrules"
LISTED = tuple(survivors())


def on_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("survivor", LISTED, ids=str)
def test_what_a_listed_survivor_takes_away_is_still_there(survivor: Survivor) -> None:
    module, _, function = survivor.where.partition(" ")
    source = (PACKAGE / module).read_text(encoding="utf-8")

    assert f"def {function.rpartition('.')[2]}(" in source
    assert on_one_line(survivor.was) in on_one_line(source)


def test_no_survivor_is_listed_twice() -> None:
    keys = [one.key for one in LISTED]

    assert sorted(set(keys)) == sorted(keys)


def test_every_survivor_is_listed_with_a_reason() -> None:
    assert all(one.why.endswith(".") for one in LISTED)
