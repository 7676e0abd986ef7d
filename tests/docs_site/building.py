"""The site, built once for all tests of a run, and its pages as tests read them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import cached_property
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest
from attrs import define, field

ROOT = Path(__file__).parents[2]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
ASSETS = {"img": "src", "script": "src", "source": "src", "iframe": "src", "link": "href"}


@define
class Site:
    """The built site."""

    folder: Path
    output: str
    status: int

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every page by its path, such as `clauses/langport/2.6/index.html`."""
        return {
            path.relative_to(self.folder).as_posix(): Page.read(path)
            for path in sorted(self.folder.rglob("*.html"))
        }


@define
class Page(HTMLParser):
    """What tests look at in a page."""

    ids: set[str] = field(factory=set)
    links: list[str] = field(factory=list)
    assets: list[str] = field(factory=list)
    lang: str = ""
    h1: int = 0
    article: list[tuple[str, str]] = field(factory=list)
    """The text in the article, each piece with the tags and classes that it is in."""
    _within: list[str] = field(factory=list)

    def __attrs_pre_init__(self) -> None:
        super().__init__()

    @classmethod
    def read(cls, path: Path) -> Page:
        page = cls()
        page.feed(path.read_text(encoding="utf-8"))
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.update(given[name] for name in ("id", "name") if name in given)
        self.h1 += tag == "h1"
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if ASSETS.get(tag) in given and given.get("rel") != "canonical":
            self.assets.append(given[ASSETS[tag]])
        if tag not in VOID:
            self._within.append(f"{tag}.{given['class']}" if "class" in given else tag)

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self._within:
            if self._within.pop().split(".")[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        at = "/".join(self._within)
        if "/article." in at and "headerlink" not in at:
            self.article.append((at, data))

    def text(self, within: str = "") -> str:
        """The words of the article, or of what has a tag or class in it."""
        told = "".join(data for at, data in self.article if within in at)
        return " ".join(told.split())


def built(base: Path) -> Site:
    """Build the site in a folder, unless another process of the same run does or did."""
    # Under pytest-xdist each process has a folder of its own in that of the run.
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, log = shared / "site", shared / "site.log"
    try:
        folder.mkdir()
    except FileExistsError:
        _wait_for(log)
    else:
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
            cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=300,
        )  # fmt: skip
        unfinished = shared / "site.unfinished"
        unfinished.write_text(f"{done.returncode}\n{done.stdout}", encoding="utf-8")
        unfinished.rename(log)
    status, _, output = log.read_text(encoding="utf-8").partition("\n")
    return Site(folder, output, int(status))


def _wait_for(path: Path) -> None:
    for _ in range(3000):
        if path.exists():
            return
        time.sleep(0.1)
    pytest.fail("another process did not finish building the site")


def require_mkdocs() -> None:
    """Skip the tests of a module where the site cannot be built."""
    if find_spec("mkdocs") is None or find_spec("material") is None:
        pytest.skip("building the site needs the extra `docs`", allow_module_level=True)
