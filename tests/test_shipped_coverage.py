"""The scenarios of the shipped rulebooks show what decides in every rule of them.

What is listed here is still to be shown; nothing may be added to it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from councilrules import assess, load_rulebook, load_scenarios
from councilrules.analysis.deciding import decided

STILL_MISSING = {
    "langport": {
        *("1.2/member-close-to-staff", "1.2/staff-close-to-member", "1.8/concern-about-staff"),
        *("1.8/concern-about-member", "2.4/progress-reported", "3.1/victimised"),
        *("3.3/undeclared", "4A(j)/did-not-get-back", "4C(f)/interests-advanced"),
        "4C(f)/decision-influenced",
    },
    "twywell": {
        *("1.3/councillor-close-to-officer", "1.3/officer-close-to-councillor"),
        *("2.1(c)/followed-one-member", "2.2.3/followed-one-member", "2.4/victimised"),
        *("3.1(f)/information-late", "3.3(b)/councillor-special-to-officer"),
        *("3.3(b)/officer-special-to-councillor", "4.2/grievance-handled-alone"),
        *("4.2/performance-handled-alone", "4.4/chair-told-first"),
        *("4.4/chair-told-before-going-further", "4.4/procedure-too-soon"),
        "4.4/procedure-invoked",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", STILL_MISSING)
def test_all_that_can_decide_is_shown_to_decide(name: str) -> None:
    book = load_rulebook(name)
    scenarios = [
        one
        for path in sorted((Path(book.folder) / "scenarios").glob("*.yaml"))
        for one in load_scenarios(path)
    ]
    made = [
        assess(each.rulebook, one, engine="reference")
        for one in scenarios
        for each in one.rulebooks
        if each.rulebook.id == name
    ]

    found = decided(book, made)

    incomplete = {f"{one.clause}/{one.rule}" for one in found.rules if not one.is_complete}
    assert incomplete == STILL_MISSING[name]
