"""`councilrules report --anonymise` writes reports in which nobody is named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import CouncilRules

SCENARIO = """\
title: Ann Smith and the caretaker
rulebooks: langport
register:
  people:
    cllr-ann-smith: {holds: councillor, since: 2023-05-08}
    eve: {holds: employee, since: 2022-01-01}
  decisions: []
  delegations: []
events:
  - {id: smith-mail, at: 2025-03-04, event: instruction-given, by: cllr-ann-smith, to: eve, source: SMITH'S e-mail}
"""


def texts(path: Path) -> str:
    """Give all that stands in a file, in each part of it if it is an archive."""
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8")
    with ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize("ending", ["html", "docx", "md"])
@pytest.mark.parametrize(
    ("options", "label"),
    [
        (("--anonymise",), "Councillor A"),
        (("--anonymise", "roles"), "Councillor A"),
        (("--anonymise=initials",), "A.S."),
    ],
)
def test_no_name_is_left_in_a_report_nor_in_the_names_of_files_that_it_tells(
    ending: str, options: tuple[str, ...], label: str, tmp_path: Path, councilrules: CouncilRules
) -> None:
    folder = tmp_path / "smith"
    folder.mkdir()
    (folder / "ann.yaml").write_text(SCENARIO, encoding="utf-8")
    out = folder / f"smith.{ending}"

    ended = councilrules("report", str(folder / "ann.yaml"), "--out", str(out), *options)

    assert ended.status == 1
    found = texts(out)
    assert label in found
    assert re.findall(r"(?i)\b(?:ann|smith|eve)\b", found) == []


def test_without_the_option_people_are_named(tmp_path: Path, councilrules: CouncilRules) -> None:
    (tmp_path / "ann.yaml").write_text(SCENARIO, encoding="utf-8")

    ended = councilrules("report", str(tmp_path / "ann.yaml"), "--out", str(tmp_path / "report.md"))

    assert ended.status == 1
    assert "smith" in texts(tmp_path / "report.md")
