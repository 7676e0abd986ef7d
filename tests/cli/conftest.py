"""Runs the command line inside the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from attrs import frozen

from councilrules.cli import run

if TYPE_CHECKING:
    from pathlib import Path


@frozen
class Ended:
    """How a command ended, and what it printed."""

    status: object
    out: str
    err: str


class CouncilRules(Protocol):
    def __call__(self, *arguments: object) -> Ended: ...


@pytest.fixture
def councilrules(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CouncilRules:
    def called(*arguments: object) -> Ended:
        monkeypatch.setattr("sys.argv", ["councilrules", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            run()
        shown = capsys.readouterr()
        return Ended(ended.value.code or 0, shown.out, shown.err)

    return called


SCENARIO = """\
rulebooks: [{langport: {in_force: {since: 2015-01-01}}}]
title: papers on the valuation
as_of: 2025-06-30
register:
  people:
    ann: {holds: councillor, since: 2023-05-08}
    bob: {holds: councillor, since: 2023-05-08}
    cleo: {holds: clerk, since: 2020-01-01}
    kim: {holds: nothing}
  papers: {valuation: {matter: land-sale, held-by: council, marked: confidential}}
  interests: [{of: ann, in: land-sale, kind: pecuniary, since: 2024-01-01}]
events:
  - {id: e1, at: 2025-03-03, event: document-inspected, by: ann, document: valuation, knowingly: yes}
  - {id: e2, at: 2025-03-04, event: document-inspected, by: bob, document: valuation, knowingly: yes}
  - {id: e3, at: 2025-03-05, event: criticism-made, by: bob, of: cleo, where: private, answers: {discourteous: not_known}}
expect:
  langport/2.6: [{ann: breached, on: e1}]
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Write a scenario in which one person is said to have breached 2.6."""
    file = tmp_path / "complaint.yaml"
    file.write_text(SCENARIO, encoding="utf-8")
    return file
