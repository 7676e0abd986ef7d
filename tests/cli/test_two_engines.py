"""That nothing is reported which two engines do not both find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.cli.conftest import SCENARIO, CouncilRules

from councilrules import DisagreementError, Finding, Proof, Status, assess, engines, load_scenario
from councilrules.engines import EngineError
from councilrules.scenarios import Scenario

needs_durable = pytest.mark.skipif(
    not engines.is_installed("durable"), reason="durable-rules is not installed"
)


@pytest.fixture
def complaint(tmp_path: Path) -> Scenario:
    file = tmp_path / "complaint.yaml"
    file.write_text(SCENARIO, encoding="utf-8")
    return load_scenario(file)


def altered(monkeypatch: pytest.MonkeyPatch, **fields: Any) -> None:  # noqa: ANN401 - of a finding
    """Let the second engine find something else in one respect, or nothing at all."""
    monkeypatch.setattr(engines, "is_installed", lambda _: True)

    def found(_: str, *given: object, **named: object) -> tuple[Finding, ...]:
        live = original("live", *given, **named)  # type: ignore[arg-type]  # passed on as they are
        return tuple(evolve(one, **fields) for one in live) if fields else ()

    original = engines.findings
    monkeypatch.setattr(engines, "findings", found)
    monkeypatch.setattr("councilrules.assessing._called", lambda name: f"{name} 1")


DIFFERENCES = {
    "status": Status.MET,
    "excused_by": "something",
    "proof": Proof.ADMITTED,
    "events": ("e9",),
    "late_by": 3,
}


@pytest.mark.parametrize("field", DIFFERENCES)
def test_any_difference_that_counts_is_reported_and_nothing_else_is(
    monkeypatch: pytest.MonkeyPatch, complaint: Scenario, field: str
) -> None:
    altered(monkeypatch, **{field: DIFFERENCES[field]})

    with pytest.raises(DisagreementError, match=field):
        assess(complaint.rulebooks[0].rulebook, complaint)


def test_a_finding_that_only_one_engine_makes_is_a_disagreement(
    monkeypatch: pytest.MonkeyPatch, complaint: Scenario
) -> None:
    altered(monkeypatch)

    with pytest.raises(
        DisagreementError, match="finding `undetermined` by the reference and `none`"
    ):
        assess(complaint.rulebooks[0].rulebook, complaint)


def test_what_is_wanted_is_not_compared(
    monkeypatch: pytest.MonkeyPatch, complaint: Scenario
) -> None:
    altered(monkeypatch, wants=())

    assert assess(complaint.rulebooks[0].rulebook, complaint).findings != ()


def test_the_case_comes_as_a_file_that_finds_the_same_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, complaint: Scenario
) -> None:
    rulebook = complaint.rulebooks[0].rulebook
    expected = assess(rulebook, complaint, engine="reference").findings
    altered(monkeypatch)
    with pytest.raises(DisagreementError) as raised:
        assess(rulebook, complaint)
    saved = tmp_path / "saved.yaml"
    saved.write_text(raised.value.case, encoding="utf-8")

    again = load_scenario(saved)

    assert assess(rulebook, again, engine="reference").findings == expected


def test_the_command_line_prints_the_case_and_no_finding(
    monkeypatch: pytest.MonkeyPatch, councilrules: CouncilRules, scenario: Path
) -> None:
    altered(monkeypatch)
    monkeypatch.setattr("councilrules.cli._assessed._start_early", lambda: None)

    ended = councilrules("assess", scenario)

    assert (ended.status, ended.out) == (2, "")
    assert "[engines-disagree]" in ended.err
    assert "events:" in ended.err


def test_one_engine_says_that_it_is_alone(
    monkeypatch: pytest.MonkeyPatch, councilrules: CouncilRules, scenario: Path
) -> None:
    monkeypatch.setattr(engines, "is_installed", lambda name: name != "durable")

    ended = councilrules("assess", scenario)

    shown = " ".join(ended.out.split())
    assert "reference 0.1.0 alone" in shown
    assert "durable-rules is not installed" in shown


def test_an_engine_that_was_asked_for_and_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, councilrules: CouncilRules, scenario: Path
) -> None:
    monkeypatch.setattr(engines, "is_installed", lambda name: name != "durable")

    ended = councilrules("assess", "--engine", "durable", scenario)

    assert (ended.status, ended.out) == (2, "")
    assert "durable-rules is not installed" in ended.err


@needs_durable
def test_both_engines_are_named_with_their_versions(complaint: Scenario) -> None:
    made = assess(complaint.rulebooks[0].rulebook, complaint)

    assert made.engines == ("reference 0.1.0", "durable-rules 2.0.28")
    assert not made.is_unchecked


@needs_durable
@pytest.mark.parametrize("engine", ["live", "durable"])
def test_an_engine_can_be_asked_for_alone(complaint: Scenario, engine: str) -> None:
    rulebook = complaint.rulebooks[0].rulebook

    made = assess(rulebook, complaint, engine=engine)  # type: ignore[arg-type]  # one of the two

    assert made.findings == assess(rulebook, complaint, engine="reference").findings
    assert len(made.engines) == 1


def test_an_engine_that_fails_for_good_ends_in_a_message(
    monkeypatch: pytest.MonkeyPatch, councilrules: CouncilRules, scenario: Path
) -> None:
    def died(*_: object, **__: object) -> tuple[Finding, ...]:
        msg = "durable-rules died (signal 11) again and again"
        raise EngineError(msg)

    monkeypatch.setattr(engines, "is_installed", lambda _: True)
    monkeypatch.setattr(engines, "findings", died)
    monkeypatch.setattr("councilrules.cli._assessed._start_early", lambda: None)

    ended = councilrules("assess", scenario)

    assert (ended.status, ended.out) == (2, "")
    assert "died (signal 11)" in ended.err
    assert "--engine reference" in ended.err
