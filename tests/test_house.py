"""What linters cannot hold: sizes, layout, and words that do not belong in the project."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "councilrules"
MODULES = sorted(PACKAGE.rglob("*.py"))
WRITTEN = sorted(
    path
    for folder in ("src", "rules", "examples", "tests", "docs", "benchmarks")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".yaml", ".md", ".toml", ".json", ".csv", ".txt"}
)
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 50


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_says_in_one_sentence_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert docstring
    assert docstring.split("\n\n", maxsplit=1)[0].endswith(".")


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            docstring = ast.get_docstring(node, clean=False) or ""
            length = (node.end_lineno or 0) - node.lineno - docstring.count("\n")
            assert length <= MOST_LINES_OF_A_FUNCTION, node.name


def test_no_module_is_named_for_being_useful() -> None:
    banned = {"utils", "helpers", "common", "manager", "base", "core", "misc"}

    assert not {path.stem.strip("_") for path in MODULES} & banned


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    machine = re.compile(r"/(?:home|Users|root|work)/\w")
    texts = {_name(path): path.read_text(encoding="utf-8", errors="ignore") for path in WRITTEN}

    assert [name for name, text in texts.items() if machine.search(text)] == []
