"""Durable-rules finds what the reference finds, and says of every case what was settled."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.durable.agreeing import docket, found
from tests.strategies import Drawn, cases

from councilrules import assess, load_scenarios
from councilrules.engines import durable
from councilrules.engines._errors import EngineError
from councilrules.engines._terms import Terms
from councilrules.engines.durable import _matching
from councilrules.engines.durable._opinion import Opinion, opinion
from councilrules.history import History
from councilrules.periods.moments import LONG_AGO
from councilrules.rules import Modality
from councilrules.truth import Truth

ROOT = Path(__file__).parents[3]
CONFORMANCE = sorted((ROOT / "tests" / "conformance").glob("*.yaml"))
SHIPPED = sorted((ROOT / "rules").glob("*/scenarios/*.yaml"))[::9]


@given(drawn=cases())
def test_it_finds_what_the_reference_finds(process: durable.Process, drawn: Drawn) -> None:
    assert found(drawn, process) == drawn.found.findings


@given(drawn=cases(), data=st.data())
def test_events_in_any_order_one_at_a_time_find_the_same(
    process: durable.Process, drawn: Drawn, data: st.DataObject
) -> None:
    watched = docket(drawn, process)

    for event in data.draw(st.permutations(drawn.history.read)):
        watched.add(event)

    assert watched.findings() == drawn.found.findings


@given(drawn=cases(), data=st.data())
def test_what_is_taken_back_leaves_no_trace(
    process: durable.Process, drawn: Drawn, data: st.DataObject
) -> None:
    watched = docket(drawn, process)
    watched.update((), drawn.history.read)
    gone = data.draw(st.lists(st.sampled_from(drawn.history.events), unique_by=id))
    gone = [one for one in gone if watched.record.by_id.get(one.id) is one]
    kept = [one for one in drawn.history.events if one not in gone]

    watched.update(gone, ())
    assert watched.findings() == drawn.with_events(*kept).found.findings

    watched.update((), gone)
    assert watched.findings() == drawn.found.findings


@given(drawn=cases(), hours=st.lists(st.integers(0, 24 * 30), min_size=1, max_size=4))
def test_the_clock_moves_on_and_back(
    process: durable.Process, drawn: Drawn, hours: list[int]
) -> None:
    last = max((LONG_AGO, *(one.at.last for one in drawn.history.read)))
    duties = [one for one in drawn.rulebook.rules if one.modality is not Modality.STANDING]
    register = evolve(drawn.register, relationships=())
    watched = docket(evolve(drawn, register=register), process)
    watched.update((), drawn.history.read)

    for passed in hours:
        clock = last + timedelta(hours=passed)
        history = evolve(drawn.history, as_of=clock, events=drawn.history.read)
        is_later = clock >= watched.record.as_of
        watched.advance(clock)
        if not is_later:
            # Time that goes back wakes nobody, so every case is looked at again.
            for entry in watched.entries.values():
                watched.settle(entry)
        at_clock = evolve(drawn, register=register, history=history).found.findings
        numbers = {f"{one.clause}/{one.id}" for one in duties}
        assert [one for one in watched.findings() if f"{one.clause}/{one.rule}" in numbers] == [
            one for one in at_clock if f"{one.clause}/{one.rule}" in numbers
        ]


@pytest.mark.parametrize("path", [*CONFORMANCE, *SHIPPED], ids=lambda path: path.stem)
def test_it_finds_what_the_reference_finds_in_scenarios(
    process: durable.Process, path: Path
) -> None:
    for scenario in load_scenarios(path):
        for named in scenario.rulebooks:
            terms = Terms(
                in_force=named.in_force,
                asked=scenario.asked(named.rulebook.id),
                open_kinds=scenario.history.open_kinds,
            )
            found = durable.findings(
                named.rulebook, scenario.register, scenario.history, terms, process
            )
            assert found == assess(named.rulebook, scenario).findings, scenario.name


def test_a_process_of_its_own_is_started_and_ended_where_none_is_given() -> None:
    (scenario, *_) = load_scenarios(CONFORMANCE[0])
    rulebook = scenario.rulebooks[0].rulebook

    found = durable.findings(rulebook, scenario.register, scenario.history)

    assert found == durable.findings(rulebook, scenario.register, scenario.history)


def test_a_difference_is_an_error_that_names_the_rule_and_the_event(
    process: durable.Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    (scenario, *_) = load_scenarios(CONFORMANCE[0])
    rulebook = scenario.rulebooks[0].rulebook

    def contrary(*args: object) -> Opinion:
        return evolve(opinion(*args), trigger=Truth.UNKNOWN)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(_matching, "opinion", contrary)

    with pytest.raises(EngineError, match=r"two engines differ over `.+/.+` on `.+`") as caught:
        durable.findings(rulebook, scenario.register, scenario.history, None, process)
    assert "durable-rules says unknown" in str(caught.value)
    assert "help:" in str(caught.value)


def test_its_version_is_told() -> None:
    assert durable.version() == "2.0.28"


def test_a_history_without_events_finds_nothing(process: durable.Process) -> None:
    (scenario, *_) = load_scenarios(CONFORMANCE[0])
    rulebook = scenario.rulebooks[0].rulebook
    empty = History(events=(), as_of=scenario.history.as_of)

    assert durable.findings(rulebook, scenario.register, empty, None, process) == ()
