"""Makes the mutants: a copy of the project in which mutmut has changed the modules."""

from __future__ import annotations

import ast
import os
import shutil
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

from attrs import frozen
from mutmut.mutation.file_mutation import mutate_file_contents

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "engine-mutation"
PACKAGE = Path("src") / "councilrules"
TARGETS = ("truth.py", "verdicts.py", "reference/*.py", "engines/_plans.py")
NEEDED = ("src", "tests", "rules", "examples")

Key = tuple[str, str, str]
"""What tells a mutant from others: where it is, what it takes away, what it puts in."""


@frozen
class Mutant:
    """One small change to a function.

    Attributes:
        name: How mutmut calls it; its number moves with every change of the function.
        module: The file, below the package.
        function: The function, or the class and its method.
        diff: The lines that it takes away and puts in, each with a neighbour.
    """

    name: str
    module: str
    function: str
    diff: tuple[str, ...]

    @property
    def key(self) -> Key:
        """Give what tells it from others, as the list of survivors has it."""
        was, now = (
            " ".join(line[1:].strip() for line in self.diff if line.startswith(sign))
            for sign in "-+"
        )
        return f"{self.module} {self.function}", was, now

    @property
    def called_in(self) -> str:
        """Name the function as mutmut does."""
        return self.name.partition("__mutmut_")[0]


def prepared() -> Iterator[Mutant]:
    """Copy what the tests need, with all mutants in it, each asleep until it is asked for."""
    shutil.rmtree(WORK, ignore_errors=True)
    for folder in NEEDED:
        shutil.copytree(ROOT / folder, WORK / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", WORK)
    # mutmut wants to be where it finds a folder `src`.
    os.chdir(WORK)
    for pattern in TARGETS:
        for path in sorted((WORK / PACKAGE).glob(pattern)):
            made = mutate_file_contents(str(path), undecorated(path.read_text(encoding="utf-8")))
            path.write_text(made.code, encoding="utf-8")
            module = str(path.relative_to(WORK / PACKAGE))
            yield from _mutants(module, made.code, made.mutant_names)


def undecorated(source: str) -> str:
    """Write `@property` as a call after the method, as mutmut passes over what is decorated."""
    lines = source.split("\n")
    methods = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef)]
    for method in sorted(methods, key=lambda one: -one.lineno):
        match method.decorator_list:
            case [ast.Name(id="property", lineno=line)]:
                assert method.end_lineno is not None
                lines.insert(method.end_lineno, f"    {method.name} = property({method.name})")
                del lines[line - 1]
            case _:
                pass
    return "\n".join(lines)


def _mutants(module: str, code: str, names: Iterable[str]) -> Iterator[Mutant]:
    lines = code.split("\n")
    bodies = {
        node.name: lines[node.lineno - 1 : node.end_lineno]
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.FunctionDef)
    }
    dotted = "councilrules." + module.removesuffix(".py").replace("/", ".")
    for name in names:
        stem = name.partition("__mutmut_")[0]
        function = stem.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
        # As both are called differently, only what follows is compared of the first line.
        before, after = (
            [bodies[one][0].partition("(")[2], *bodies[one][1:]]
            for one in (f"{stem}__mutmut_orig", name)
        )
        diff = [*unified_diff(before, after, lineterm="", n=1)][3:]
        yield Mutant(f"{dotted}.{name}", module, function, tuple(diff))
