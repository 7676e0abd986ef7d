"""That a disagreement would be saved in a form that can be run again."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.agreement.saving import save
from tests.drawing.rulebooks import shipped
from tests.strategies import Drawn, cases

from councilrules import assess, load_scenario

BOTH = st.sampled_from(["langport", "twywell"]).map(shipped)


@settings(
    max_examples=20, derandomize=True, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(case=cases(BOTH))
def test_a_saved_case_finds_again_what_was_found(tmp_path: Path, case: Drawn) -> None:
    folder = tmp_path / "saved"

    save(case, folder)

    if (folder / "case.txt").is_file():
        assert repr(case) in (folder / "case.txt").read_text(encoding="utf-8")
    else:
        scenario = load_scenario(folder / "scenario.yaml")
        made = assess(scenario.rulebooks[0].rulebook, scenario, engine="reference")
        assert made.findings == case.found.findings
