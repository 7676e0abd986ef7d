"""The site in a browser: pictures of it, what hinders readers, and what it asks the network for."""

from __future__ import annotations

import functools
import http.server
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.docs_site.building import built, require_mkdocs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PAGES = {
    "home": "",
    "clause": "clauses/langport/2.6/",
    "clauses": "clauses/langport/",
    "by-event": "clauses/by-event/",
}
WIDTHS = (1280, 390)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

require_mkdocs()
# One process builds the site, and has a browser for it.
pytestmark = pytest.mark.xdist_group("site")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The built site, as a server gives it out."""
    site = built(tmp_path_factory.getbasetemp())
    handler = functools.partial(_Quiet, directory=str(site.folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(params=WIDTHS)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    # Things that fade in are there at once, so that all is looked at as it stays.
    context = browser.new_context(
        viewport={"width": request.param, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    yield page
    context.close()


def opened(page: Page, address: str) -> list[str]:
    """Open a page, and give what it asks for from then on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    page.add_style_tag(content="* { animation: none !important; transition: none !important }")
    return asked


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_by_everybody_at_every_width(
    page: Page, address: str, screenshots: Path, name: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - may not be installed

    asked = opened(page, address + PAGES[name])
    width = (page.viewport_size or {"width": 0})["width"]
    page.screenshot(path=screenshots / f"site-{name}-{width}.png", full_page=True)
    # What is folded is looked at too.
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})

    assert [one for one in asked if not one.startswith((address, "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ] == []


def test_a_clause_is_found_by_a_word_of_it(page: Page, address: str) -> None:
    asked = opened(page, address)
    if not page.locator("[data-md-component=search-query]").is_visible():
        page.locator("label[for=__search]").first.click()
    page.locator("[data-md-component=search-query]").fill("inspects pecuniary interest")
    result = page.locator(".md-search-result__item a", has_text="Langport 2.6").first
    result.wait_for()
    result.click()
    page.wait_for_url("**/clauses/langport/2.6/**")

    assert "Langport 2.6" in page.locator("h1").inner_text()
    assert [one for one in asked if not one.startswith((address, "data:"))] == []


def test_what_is_folded_opens_with_the_keyboard(page: Page, address: str) -> None:
    opened(page, address + PAGES["clause"])
    summary = page.locator("details summary").first
    summary.focus()
    page.keyboard.press("Enter")

    assert page.locator("details pre").first.is_visible()
