"""`councilrules report`: a document for people, and an exit status for programs."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from councilrules import load_rulebook

if TYPE_CHECKING:
    from tests.cli.conftest import CouncilRules

ROOT = Path(__file__).parents[2]
MET = """\
title: a quiet month
rulebooks: langport
as_of: 2025-06-30
register: {people: {ann: {holds: councillor, since: 2023-05-08}}}
events: []
"""


def test_a_report_is_written_and_the_status_tells_of_a_breach(
    councilrules: CouncilRules, scenario: Path, tmp_path: Path
) -> None:
    out = tmp_path / "report.html"
    ended = councilrules("report", scenario, "--out", out)

    assert (ended.status, ended.out, ended.err) == (1, "", "")
    assert "<h1>Report: papers on the valuation</h1>" in out.read_text(encoding="utf-8")


def test_nothing_breached_ends_with_nought(councilrules: CouncilRules, tmp_path: Path) -> None:
    quiet = tmp_path / "quiet.yaml"
    quiet.write_text(MET, encoding="utf-8")
    out = tmp_path / "report.html"

    assert councilrules("report", quiet, "--out", out).status == 0
    assert "Nothing to report" in out.read_text(encoding="utf-8")


def test_it_says_what_would_have_turned_a_finding_and_what_answers_lead_to(
    councilrules: CouncilRules, scenario: Path, tmp_path: Path
) -> None:
    out = tmp_path / "report.html"
    councilrules("report", scenario, "--out", out)
    page = out.read_text(encoding="utf-8")

    assert "<dt>What would have turned it</dt>" in page
    assert ">Had " in page
    assert ">If " in page


def test_it_asks_first_what_could_settle_most(councilrules: CouncilRules, tmp_path: Path) -> None:
    story = ROOT / "examples" / "stories" / "straight-to-the-disciplinary-procedure.yaml"
    out = tmp_path / "report.md"
    councilrules("report", story, "--out", out)

    told = out.read_text(encoding="utf-8")
    # The two times settle nothing by themselves.
    places = [told.index(f"under `{one}`") for one in ("e5: proof", "e7: at", "e8: at")]
    assert places == sorted(places)


def test_several_scenarios_are_sections_of_one_report(
    councilrules: CouncilRules, scenario: Path, tmp_path: Path
) -> None:
    quiet = tmp_path / "quiet.yaml"
    quiet.write_text(MET, encoding="utf-8")
    out = tmp_path / "report.html"
    councilrules("report", scenario, quiet, "--out", out)
    page = out.read_text(encoding="utf-8")

    assert ">papers on the valuation</h2>" in page
    assert ">a quiet month</h2>" in page


def test_what_was_met_is_told_in_full_only_if_it_is_asked_for(
    councilrules: CouncilRules, scenario: Path, tmp_path: Path
) -> None:
    told = []
    for more in ([], ["--everything"]):
        out = tmp_path / "report.html"
        councilrules("report", scenario, "--out", out, *more)
        told.append(out.read_text(encoding="utf-8"))

    assert "On record besides" in told[0]
    assert "On record besides" not in told[1]
    assert "--everything" in told[1]


def test_a_report_can_be_made_again_from_what_it_says(
    councilrules: CouncilRules, scenario: Path, tmp_path: Path
) -> None:
    out = tmp_path / "report.html"
    councilrules("report", scenario, "--out", out, "--engine", "reference")
    page = out.read_text(encoding="utf-8")

    assert f"sha256:{hashlib.sha256(scenario.read_bytes()).hexdigest()}" in page
    assert f"councilrules report {scenario} --out {out} --engine reference" in page
    assert "langport, version undated" in page
    councilrules("report", scenario, "--out", out, "--engine", "reference")
    assert out.read_text(encoding="utf-8") == page


def test_the_published_text_is_quoted(
    councilrules: CouncilRules, tmp_path: Path, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from councilrules.cli import report  # noqa: PLC0415 - to put a text in its place
    from councilrules.trace import Trace, Traced  # noqa: PLC0415

    book = load_rulebook("langport")
    quoted = Trace(
        clauses=tuple(
            Traced(clause=one.id, outcome="amended", text=f"<Words> of {one.id}", line=1)
            for one in book.clauses
        ),
        added=(),
    )
    monkeypatch.setattr(report, "trace", lambda *_: quoted)
    protocol, out = tmp_path / "protocol.txt", tmp_path / "report.html"
    protocol.write_text("the text", encoding="utf-8")
    councilrules("report", scenario, "--out", out, "--protocol", protocol)
    page = out.read_text(encoding="utf-8")

    assert "<blockquote>&lt;Words&gt; of 2.6</blockquote>" in page
    assert "reads otherwise" in page
    assert hashlib.sha256(b"the text").hexdigest() in page


def test_a_text_that_is_not_of_the_protocol_is_refused(
    councilrules: CouncilRules, scenario: Path, tmp_path: Path
) -> None:
    other, out = tmp_path / "other.txt", tmp_path / "report.html"
    other.write_text("a recipe for bread\n", encoding="utf-8")
    ended = councilrules("report", scenario, "--out", out, "--protocol", other)

    assert ended.status == 2
    assert ended.err.startswith(
        f"{other}: this is not the text of `langport` [other-text]\n  help:"
    )
    assert not out.exists()


@pytest.mark.parametrize(
    ("out", "told"),
    [
        ("report.odt", "a report cannot be written as `.odt` [unknown-report]"),
        ("report", "a report cannot be written as `report` [unknown-report]"),
        ("nowhere/report.html", "there is no folder"),
    ],
)
def test_a_file_that_no_report_can_be_written_to_is_refused_before_any_work(
    councilrules: CouncilRules, tmp_path: Path, out: str, told: str
) -> None:
    ended = councilrules("report", tmp_path / "no-such.yaml", "--out", tmp_path / out)

    assert ended.status == 2
    assert told in ended.err
    assert "help:" in ended.err


def test_a_file_that_cannot_be_written_is_told(
    councilrules: CouncilRules, scenario: Path, tmp_path: Path
) -> None:
    out = tmp_path / "folder.html"
    out.mkdir()
    ended = councilrules("report", scenario, "--out", out)

    assert ended.status == 2
    assert "[cannot-write]" in ended.err


def test_what_is_wrong_with_a_scenario_is_told_with_its_place(
    councilrules: CouncilRules, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("rulebooks: langport\nevents: [{id: e1, at: 2025-03-04}]\n", encoding="utf-8")
    ended = councilrules("report", broken, "--out", tmp_path / "report.html")

    assert ended.status == 2
    assert f"{broken}:2:" in ended.err


def test_without_jinja_it_says_what_to_install(
    councilrules: CouncilRules, scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("councilrules.reports.html", "jinja2"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "jinja2", None)
    ended = councilrules("report", scenario, "--out", tmp_path / "report.html")

    assert ended.status == 2
    assert "[not-installed]" in ended.err
    assert "pip install 'councilrules[report]'" in ended.err


def test_only_a_report_loads_what_writes_one() -> None:
    code = "import sys, councilrules.cli.assess, councilrules.cli.report; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {"jinja2", "markupsafe", "councilrules.reports.html"} & set(run.stdout.split())
