"""The package as it is installed: light to import, complete, typed."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import councilrules
from councilrules.rulebooks import shipped_folder

ROOT = Path(__file__).parents[1]


def _loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = _loaded_by("import councilrules")

    assert not loaded & {"attrs", "yaml", "click", "holidays", "hypothesis", "rich", "zoneinfo"}


def test_a_public_name_is_loaded_when_it_is_used() -> None:
    loaded = _loaded_by("from councilrules import load_rulebook")

    assert "councilrules.rulebooks" in loaded
    assert not loaded & {"click", "holidays", "hypothesis"}


def test_every_public_name_can_be_had() -> None:
    for name in councilrules.__all__:
        assert getattr(councilrules, name) is not None


def test_what_is_not_public_is_not_to_be_had() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        councilrules.no_such_name  # noqa: B018 - asking is the point


def test_help_needs_none_of_the_vocabulary() -> None:
    code = (
        "import sys; sys.argv = ['councilrules', '--help']; from councilrules.cli import run; run()"
    )
    wrapped = f"import atexit, sys; atexit.register(lambda: print('LOADED', *sys.modules)); {code}"
    run = subprocess.run(
        [sys.executable, "-c", wrapped], capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.split("LOADED", 1)[1].split())

    assert "assess" in run.stdout
    assert not loaded & {"councilrules.events", "yaml", "holidays"}


def test_the_rulebooks_are_carried_along() -> None:
    names = {path.name for path in shipped_folder().iterdir()}

    assert {"langport", "twywell"} <= names


def test_the_version_is_that_of_the_distribution() -> None:
    assert metadata.version("councilrules") == councilrules.__version__


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(councilrules.__file__).parent / "py.typed").is_file()


def test_the_wheel_is_told_to_carry_the_only_copy_of_the_rulebooks() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

    assert included == {"rules": "councilrules/rulebooks/shipped"}


def test_pytest_is_told_of_the_plug_in() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert project["project"]["entry-points"]["pytest11"] == {
        "councilrules": "councilrules.testing.plugin"
    }
