"""Makes the page on the public names of the library, from their docstrings."""  # noqa: INP001 - part of a script

from __future__ import annotations

import inspect
import re
from enum import Enum
from typing import TYPE_CHECKING, Any

import councilrules
from councilrules import testing

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECTION = re.compile(r"^(Args|Attributes|Returns|Raises|Examples):\n", re.MULTILINE)
_ENTRY = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)
_TITLES = {"Args": "Takes", "Attributes": "Has", "Raises": "Raises"}


def page() -> list[str]:
    """Give the lines of the page."""
    lines = [
        "# Python",
        "",
        "Every public name of the library; all are imported from `councilrules` itself, but for those [for tests](#councilrulestesting).",
        "They are loaded when they are first used, so that importing the package costs little.",
        "",
    ]
    for name in councilrules.__all__:
        lines += [f"## {name}", "", *_entry(name, getattr(councilrules, name))]
    lines += ["## councilrules.testing", "", *_documented(testing.__doc__)]
    for name in testing.__all__:
        lines += [f"### {name}", "", *_entry(name, getattr(testing, name))]
    return lines


def _entry(name: str, found: Any) -> Iterator[str]:  # noqa: ANN401 - any public thing
    yield from (*_signature(name, found), *_documented(found.__doc__))
    if inspect.isclass(found):
        yield from (*_choices(found), *_made(found), *_methods(found))


def _signature(name: str, found: Any) -> Iterator[str]:  # noqa: ANN401 - any public thing
    if not inspect.isfunction(found) and not _explains_its_making(found):
        return
    parts: list[str] = []
    for one in inspect.signature(found).parameters.values():
        if one.kind is one.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        default = "" if one.default is one.empty else f" = {one.default!r}"
        parts.append(f"{one.name}: {one.annotation}{default}")
    returned = inspect.signature(found).return_annotation
    # Not marked as Python, since it is none that could be run.
    gives = f" -> {returned}" if inspect.isfunction(found) else ""
    yield from ("```text", f"{name}({', '.join(parts)}){gives}", "```", "")


def _explains_its_making(found: Any) -> bool:  # noqa: ANN401 - any public thing
    """Tell whether a class says by itself what it is made from; attrs classes list what they have."""
    return inspect.isclass(found) and "Args:" in (found.__init__.__doc__ or "")


def _made(found: type) -> Iterator[str]:
    """Give what a class is made from, without the sentence that it starts with."""
    if _explains_its_making(found):
        _, _, *lines = _documented(inspect.getdoc(found.__init__))
        yield from lines


def _documented(docstring: str | None) -> Iterator[str]:
    text, *sections = _SECTION.split(inspect.cleandoc(docstring or ""))
    yield from (_flowing(text), "")
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        if title == "Returns":
            yield from (f"Returns {_flowing(body)}", "")
        elif title in _TITLES:
            yield from (f"{_TITLES[title]}:", "")
            yield from (
                f"- `{name}`: {' '.join(said.split())}" for name, said in _ENTRY.findall(body)
            )
            yield ""


def _choices(found: type) -> Iterator[str]:
    if issubclass(found, Enum):
        yield from (f"- `{found.__name__}.{one.name}`" for one in found)
        yield ""


def _flowing(text: str) -> str:
    paragraphs = (" ".join(part.split()) for part in text.strip().split("\n\n"))
    return "\n\n".join(re.sub(r"(?<=[a-z)`]\.)\s+(?=[A-Z`])", "\n", one) for one in paragraphs)


def _methods(found: type) -> Iterator[str]:
    own = {
        name: inspect.cleandoc(member.__doc__).split("\n", 1)[0]
        for name, member in vars(found).items()
        if not name.startswith("_")
        and callable(getattr(member, "func", getattr(member, "fget", member)))
        and member.__doc__
    }
    if own and not issubclass(found, Enum):
        yield from (
            "Offers:",
            "",
            *(f"- `{name}`: {said}" for name, said in sorted(own.items())),
            "",
        )
