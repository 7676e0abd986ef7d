"""Pages of files that lie beside `docs/`, so that links to them lead somewhere on the site too."""  # noqa: INP001 - part of the site's hook

from __future__ import annotations

import posixpath
import re
from functools import cache
from typing import TYPE_CHECKING

from marking import code, joined
from shelf import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Files of the repository that have pages of their own, by where those are below `docs/`.
TEXTS = {"introduction.md": "README.md", "changes.md": "CHANGELOG.md"}

_FENCE = re.compile(r"^(`{3,}).*?^\1`*$", re.DOTALL | re.MULTILINE)
_OPENING = re.compile(r"^(`{3,})(\w+) ([^\n`]+)$", re.MULTILINE)
_LINK = re.compile(r"(\]\()([^)#\s]+)(#[^)\s]*)?(\))")
_LANGUAGES = {".yaml": "yaml", ".py": "python", ".csv": "text", ".json": "json"}


@cache
def texts() -> dict[str, str]:
    """Give the texts of the repository that are pages here, by where they are on the site."""
    found = dict(TEXTS)
    for path in sorted(ROOT.glob("rules/*/CHANGELOG.md")):
        found[f"changes-of-{path.parent.name}.md"] = path.relative_to(ROOT).as_posix()
    return found


@cache
def shown() -> dict[str, str]:
    """Give the files and folders that have no text of their own but are linked to."""
    sources = [ROOT / one for one in texts().values()]
    sources += sorted((ROOT / "docs").rglob("*.md"))
    found = {}
    for source in sources:
        for target in _targets(source):
            if (ROOT / "docs") not in target.parents and target.suffix != ".md":
                name = target.relative_to(ROOT).as_posix()
                found[name] = f"files/{name.replace('.', '-')}.md"
    return found


def _targets(source: Path) -> Iterator[Path]:
    for _, link, _, _ in _LINK.findall(_FENCE.sub("", source.read_text(encoding="utf-8"))):
        target = (source.parent / link).resolve()
        if ":" not in link and ROOT in target.parents and target.exists():
            yield target


def page_of(name: str) -> str:
    """Give a page that shows a file, or the files of a folder."""
    path = ROOT / name
    if path.is_file():
        return joined([f"# {name}", "", *_code(path)])
    lines = [f"# {name}", ""]
    for one in sorted(path.iterdir()):
        if one.is_file():
            lines += [f"## {one.name}", "", *_code(one), ""]
    return joined(lines)


def _code(path: Path) -> Iterator[str]:
    yield from code(_LANGUAGES.get(path.suffix, "text"), path.read_text(encoding="utf-8"))


# --- what is written for other readers of Markdown --------------------------------


def adapted(markdown: str, page: str) -> str:
    """Give the text of a page as this site needs it: its links, and the words of its blocks.

    Args:
        markdown: The text.
        page: Where it is below `docs/`.
    """
    known = {name: where for where, name in texts().items()} | shown()
    made, at = [], 0
    for fence in _FENCE.finditer(markdown):
        made += [_relinked(markdown[at : fence.start()], page, known), _plainer(fence[0])]
        at = fence.end()
    return "".join([*made, _relinked(markdown[at:], page, known)])


def _plainer(block: str) -> str:
    """Keep of the words behind a block's language only the name of its file, as a title."""

    def opened(found: re.Match[str]) -> str:
        file = re.search(r"file=(\S+)", found[3])
        return f"{found[1]}{found[2]}" + (f' title="{file[1]}"' if file else "")

    return _OPENING.sub(opened, block, count=1)


def _relinked(markdown: str, page: str, known: dict[str, str]) -> str:
    """Let links lead to where things are on the site."""
    written = texts().get(page, f"docs/{page}")

    def led(found: re.Match[str]) -> str:
        if ":" in found[2]:
            return found[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(written), found[2]))
        there = known.get(target) or target.removeprefix("docs/")
        inside = target.startswith("docs/") or target in known
        if not inside:
            return found[0]
        way = posixpath.relpath(there, posixpath.dirname(page) or ".")
        return f"{found[1]}{way}{found[3] or ''}{found[4]}"

    return _LINK.sub(led, markdown)
