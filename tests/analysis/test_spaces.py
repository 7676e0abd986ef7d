"""The situations that a search tries are all that rules can tell apart."""

from __future__ import annotations

from councilrules import Status, assess, load_rulebook
from councilrules.analysis.witnesses import witness


def test_a_field_can_be_empty_where_a_rule_asks_for_each_of_its_words() -> None:
    scenario = witness(load_rulebook("twywell"), "3.1(j)/personal-issue-raised", "breached")

    found = assess(load_rulebook("twywell"), scenario, engine="reference").findings

    assert [one.status for one in found if one.clause == "3.1(j)"] == [Status.BREACHED]
