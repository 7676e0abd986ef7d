"""Every engine finds what the reference finds, on drawn rulebooks, registers and histories."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.agreement.saving import save
from tests.shipped import SCENARIOS, is_in_every_run, loaded
from tests.strategies import Drawn, cases

from councilrules import Event, Watch, assess, engines
from councilrules.events import Proof
from councilrules.findings import Finding, Status
from councilrules.scenarios import Assessed, Scenario
from councilrules.testing._times import STEP
from councilrules.vocabulary import kind_of

ROOT = Path(__file__).parents[2]
ORDERS = 20
SAVED = Path(__file__).parent / "disagreement"


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(
            name,
            marks=pytest.mark.skipif(
                not engines.is_installed(name), reason=f"{name} is not installed"
            ),
        )
        for name in engines.ENGINES
    ],
)
def engine(request: pytest.FixtureRequest) -> str:
    """Give every installed engine in turn."""
    return str(request.param)


def test_durable_rules_is_installed_wherever_it_can_be() -> None:
    can_be = sys.version_info < (3, 13) and sys.implementation.name == "cpython"

    assert engines.is_installed("durable") or not can_be


def watch(case: Drawn, engine: str, **given: object) -> Watch:
    """Watch a drawn case, every standing duty being examined, before it has any event."""
    return Watch(
        case.rulebook,
        case.register,
        in_force=case.in_force,
        asked=frozenset(clause.id for clause in case.rulebook.clauses),
        open_kinds=case.history.open_kinds,
        engine=engine,
        **given,  # type: ignore[arg-type]  # clocks and callbacks
    )


Known = dict[tuple[str, str, str, str, str], Finding]


def require_the_same(case: Drawn, found: tuple[Finding, ...]) -> None:
    """Compare with what the reference finds; if it differs, save the case.

    Hypothesis tries smaller and smaller cases, so the one that stays is the smallest.
    """
    expected = case.found.findings
    if found != expected:
        save(case, SAVED)
    assert found == expected


# --- drawn cases ------------------------------------------------------------------------


@given(case=cases())
def test_an_engine_finds_what_the_reference_finds(engine: str, case: Drawn) -> None:
    with watch(case, engine, clock=case.history.as_of) as watching:
        for event in case.history.events:
            watching.observe(event)

        require_the_same(case, watching.findings)


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[Drawn, list[tuple[str, Event]]]:
    """Draw a case, and in what order its events come, some twice, some wrong at first."""
    case = draw(cases())
    arriving: list[tuple[str, Event]] = []
    for place, event in enumerate(draw(st.permutations(case.history.events))):
        other = draw(st.sampled_from(case.history.events))
        match draw(st.sampled_from(["once", "once", "twice", "corrected", "withdrawn", "late"])):
            case "twice":
                arriving += [("observe", event), ("observe", event)]
            case "corrected":
                arriving += [("observe", evolve(other, id=event.id)), ("correct", event)]  # type: ignore[misc]  # events are attrs classes
            case "late":
                # The correction overtakes what it corrects.
                arriving += [("correct", event), ("observe", evolve(other, id=event.id))]  # type: ignore[misc]  # as above
            case "withdrawn":
                extra = evolve(other, id=f"extra{place}")  # type: ignore[misc]  # as above
                arriving += [("observe", extra), ("observe", event), ("withdraw", extra)]
            case _:
                arriving.append(("observe", event))
    return case, arriving


@given(drawn=arrivals(), data=st.data())
def test_order_splits_repeats_and_corrections_change_nothing_in_the_end(
    engine: str, drawn: tuple[Drawn, list[tuple[str, Event]]], data: st.DataObject
) -> None:
    case, arriving = drawn
    end = case.history.as_of
    times = sorted({one.at.first for one in case.history.events if one.at.first <= end} | {end})
    first = data.draw(st.sampled_from(times), "first clock")
    with watch(case, engine, clock=first) as watching:
        for how, event in arriving:
            if how == "withdraw":
                watching.withdraw(event.id)
            else:
                getattr(watching, how)(event)
            later = [one for one in times if one > watching.clock]
            clock = data.draw(st.sampled_from([None, *later]), "clock")
            if clock is not None:
                watching.advance(clock)
        watching.advance(end)

        require_the_same(case, watching.findings)


@given(drawn=arrivals(), data=st.data())
def test_what_changed_adds_up_to_what_is_found(
    engine: str, drawn: tuple[Drawn, list[tuple[str, Event]]], data: st.DataObject
) -> None:
    case, arriving = drawn
    end = case.history.as_of
    clock = data.draw(st.sampled_from([end, min(one.at.first for one in case.history.events)]))
    with watch(case, engine, clock=min(clock, end)) as watching:
        known = {one.key: one for one in watching.findings}
        for how, event in arriving:
            changes = (
                watching.withdraw(event.id) if how == "withdraw" else getattr(watching, how)(event)
            )
            known = added_up(known, changes)
        known = added_up(known, watching.advance(end))
        found = watching.findings

    if len({one.key for one in found}) == len(found):
        assert told(known.values()) == told(found)


def added_up(known: Known, changes: object) -> Known:
    """Carry out changes, each of which has to fit what was known before."""
    for change in changes:  # type: ignore[attr-defined]  # a tuple of changes
        finding = change.finding
        if is_told(finding):
            before = known.pop(finding.key, None)
            assert told([before] if before else []) == told(
                [change.before] if change.before else []
            )
        if change.kind != "withdrawn":
            known[finding.key] = finding
    return known


def told(findings: object) -> set[Finding]:
    """Give findings as changes tell them: the days that pass by are no change."""
    return {evolve(one, elapsed=None) for one in findings if is_told(one)}  # type: ignore[attr-defined]  # findings


def is_told(finding: Finding) -> bool:
    """Tell whether changes tell all of a finding: it is on an event.

    What lasts up to the clock, or is dated at it, moves with it from day to day.
    """
    return finding.on.startswith("e")


@given(case=cases(), steps=st.sampled_from([1, 2, 4, 16]))
def test_what_a_horizon_forgets_changes_nothing_that_comes_later(case: Drawn, steps: int) -> None:
    end = case.history.as_of
    asked_of_others = {"judgement-recorded", "course-of-conduct"}
    events = [
        one
        for one in sorted(case.history.events, key=lambda one: (one.at.first, one.id))
        if one.at.first <= end and kind_of(one).name not in asked_of_others
    ]
    case = case.with_events(*events)
    with watch(case, "live", horizon=steps * STEP) as watching:
        known = {one.key: one for one in watching.findings}
        for event in events:
            known = added_up(known, watching.observe(event))
        if end > watching.clock:
            known = added_up(known, watching.advance(end))
        kept = watching.findings

    found = case.found.findings
    assert all(any(says_the_same(one, other) for other in found) for one in kept)
    if len({one.key for one in found}) == len(found):
        last, expected = told(known.values()), told(found)
        assert len(last) == len(expected)
        assert all(any(says_the_same(one, other) for other in expected) for one in last)


def says_the_same(found: Finding, expected: Finding) -> bool:
    """Tell whether a finding is what the reference finds, as far as a horizon lets it be.

    Where it is not known whether past events count that no rule tells apart, only the
    first is left to be cited and asked about.
    """
    less = expected
    if found.status not in {Status.BREACHED, Status.EXCUSED}:
        is_part = set(found.events) <= set(expected.events)
        is_part = is_part and set(found.wants) <= set(expected.wants)
        less = evolve(expected, events=found.events, wants=found.wants) if is_part else expected
    return found == less


@given(case=cases())
def test_the_clock_follows_the_events_if_nobody_moves_it(engine: str, case: Drawn) -> None:
    counting = [one for one in case.history.events if one.proof is not Proof.DISPROVED]
    with watch(case, engine) as watching:
        for event in case.history.events:
            watching.observe(event)
        clock, found = watching.clock, watching.findings
    if counting:
        latest = max(one.at.first for one in counting)

        assert clock == latest
        assert found == evolve(case, history=evolve(case.history, as_of=latest)).found.findings


@given(case=cases(), data=st.data())
def test_another_register_is_as_if_it_had_been_there_from_the_first(
    engine: str, case: Drawn, data: st.DataObject
) -> None:
    other = data.draw(cases())
    wrong = evolve(case, register=other.register)
    with watch(wrong, engine, clock=case.history.as_of) as watching:
        for event in case.history.events:
            watching.observe(event)
        watching.replace_register(case.register)

        require_the_same(case, watching.findings)


# --- what is shipped ----------------------------------------------------------------------


@cache
def shipped(is_deep: bool) -> tuple[tuple[Scenario, Assessed], ...]:  # noqa: FBT001 - of `--deep`
    """Give the scenarios in the repository, all or those of every run, with their rulebooks."""
    return tuple(
        (scenario, named)
        for path in [*SCENARIOS, *sorted(ROOT.glob("tests/conformance/*.yaml"))]
        for scenario in loaded(path)
        if is_deep or is_in_every_run(path, scenario)
        for named in scenario.rulebooks
    )


def arrived(scenario: Scenario, named: Assessed, engine: str, seed: int) -> tuple[Finding, ...]:
    """Give what is found when the events come in some order."""
    events = list(scenario.history.events)
    random.Random(seed).shuffle(events)  # noqa: S311 - any order will do
    with Watch(
        named.rulebook,
        scenario.register,
        clock=scenario.history.as_of,
        in_force=named.in_force,
        asked=scenario.asked(named.rulebook.id),
        open_kinds=scenario.history.open_kinds,
        engine=engine,
    ) as watching:
        for event in events:
            watching.observe(event)
        return watching.findings


def different(
    engine: str, seeds: range, scenarios: Iterable[tuple[Scenario, Assessed]]
) -> list[str]:
    """Name the scenarios in which an engine finds something else, in some order."""
    return [
        scenario.name
        for scenario, named in scenarios
        if any(
            arrived(scenario, named, engine, seed)
            != assess(named.rulebook, scenario, engine="reference").findings
            for seed in seeds
        )
    ]


@pytest.mark.parametrize("part", range(4))
def test_live_finds_the_same_on_shipped_scenarios_in_twenty_orders(
    part: int, request: pytest.FixtureRequest
) -> None:
    is_deep = bool(request.config.getoption("--deep"))
    # All are meant here, those of the long run too, but one in fifteen each time.
    chosen = shipped(is_deep=True)[part :: 4 if is_deep else 60]

    assert different("live", range(ORDERS), chosen) == []


def test_live_finds_the_same_on_shipped_scenarios_in_some_order(
    request: pytest.FixtureRequest,
) -> None:
    """All that are written by hand, and a third of those that were searched for."""
    chosen = shipped(is_deep=bool(request.config.getoption("--deep")))

    assert different("live", range(1), chosen) == []
