"""What a report looks like: whole at every width, for everybody, and quiet."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import pytest
from tests.browser.conftest import HOSTILE, LONG

from councilrules.reports.contents import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import Protocol

    from playwright.sync_api import Browser, Page

    class Opened(Protocol):
        def __call__(
            self, kind: str, width: int = 1280, scheme: Literal["light", "dark"] = "light"
        ) -> AbstractContextManager[Page]: ...


KINDS = (
    "one", "two-rulebooks-in-full", "years", "several", "afternoon", "nothing", "hostile",
    "three-years",
)  # fmt: skip
WIDTHS = (1280, 390)
# One process has the browser, and writes the reports that it shows.
pytestmark = pytest.mark.xdist_group("browser")
A_SCREEN = 1600
MOST_SCREENS = 4
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# What sticks out of the page, or of the picture or box that it stands in. What is in a box
# that scrolls may be wider than the page.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const found = [];
  for (const one of document.body.querySelectorAll('*')) {
    if (one.closest('.scroll > *') || one.matches('.skip')) continue;
    const box = one.getBoundingClientRect();
    if (box.width && (box.right > width + 0.5 || box.left < -0.5)) found.push(one.outerHTML.slice(0, 200));
    if (!one.matches('.scroll') && one.clientWidth && one.scrollWidth > one.clientWidth + 1
      && getComputedStyle(one).overflowX !== 'visible') found.push('cut: ' + one.outerHTML.slice(0, 200));
  }
  return found;
}"""

OVERLAPPING = """() => {
  const found = [];
  for (const picture of document.querySelectorAll('svg.timeline:not(.symbol)')) {
    const whole = picture.getBoundingClientRect();
    const parts = [...picture.querySelectorAll('text:not(.letter), .pin, circle.event, circle.dot')]
      .map(one => [one.getBoundingClientRect(), one.textContent.slice(0, 80)]);
    for (const [box, name] of parts)
      if (box.left < whole.left - 0.5 || box.right > whole.right + 0.5 || box.bottom > whole.bottom + 0.5)
        found.push('beyond the picture: ' + name);
    for (let i = 0; i < parts.length; i++)
      for (let j = i + 1; j < parts.length; j++) {
        const [a, b] = [parts[i][0], parts[j][0]];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 0.5 && down > 1.5) found.push(parts[i][1] + ' / ' + parts[j][1]);
      }
  }
  return found;
}"""


@pytest.fixture
def opened(browser: Browser, pages: dict[str, Path]) -> Opened:
    """Open a report, and object to whatever it asks for, says or does besides being shown."""
    from contextlib import contextmanager  # noqa: PLC0415 - beside what it is for

    @contextmanager
    def shown(
        kind: str, width: int = 1280, scheme: Literal["light", "dark"] = "light"
    ) -> Iterator[Page]:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(pages[kind].as_uri())
        yield page
        page.close()
        assert asked == [pages[kind].as_uri()]
        assert said == []

    return shown


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_overlaps_and_nothing_is_cut(
    opened: Opened, screenshots: Path, kind: str, width: int
) -> None:
    with opened(kind, width) as page:
        page.set_viewport_size({"width": width, "height": A_SCREEN})
        height = page.evaluate("document.documentElement.scrollHeight")
        for place in range(min(MOST_SCREENS, -(-height // A_SCREEN))):
            page.evaluate(f"scrollTo(0, {place * A_SCREEN})")
            page.screenshot(path=screenshots / f"{kind}-{width}-{place + 1}.png")

        assert page.evaluate(STICKING_OUT) == []
        assert page.evaluate(OVERLAPPING) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_everybody_can_read_it(
    opened: Opened, screenshots: Path, kind: str, scheme: Literal["light", "dark"]
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - it may be missing

    with opened(kind, scheme=scheme) as page:
        if scheme == "dark":
            page.screenshot(path=screenshots / f"{kind}-dark.png")
        options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        response: dict[str, Any] = Axe().run(page, options=options).response

        violated = [
            (one["id"], one["nodes"][0]["html"][:300], one["nodes"][0]["failureSummary"])
            for one in response["violations"]
        ]
        assert violated == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_prints_with_no_finding_across_two_pages(
    opened: Opened, screenshots: Path, kind: str
) -> None:
    with opened(kind) as page:
        page.emulate_media(media="print")
        breaks = page.evaluate(
            "[...document.querySelectorAll('.finding, .question')]"
            ".map(one => getComputedStyle(one).breakInside)"
        )
        printed = page.pdf(path=screenshots / f"{kind}.pdf", prefer_css_page_size=True)

        assert set(breaks) <= {"avoid"}
        assert printed.startswith(b"%PDF")


def test_headings_come_in_order(opened: Opened) -> None:
    for kind in KINDS:
        with opened(kind) as page:
            levels = page.evaluate(
                "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => +one.tagName[1])"
            )

            assert levels.count(1) == 1
            assert levels[0] == 1
            assert all(then <= before + 1 for before, then in pairwise(levels))


def test_every_link_leads_somewhere(opened: Opened) -> None:
    for kind in KINDS:
        with opened(kind) as page:
            lost = page.evaluate(
                "[...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href'))"
                ".filter(to => !to.startsWith('#') || !document.getElementById(to.slice(1)))"
            )

            assert lost == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_shown_as_text(opened: Opened, name: str) -> None:
    with opened("hostile") as page:
        shown = page.evaluate("document.body.textContent")

        assert visible(HOSTILE[name]) in shown
        assert page.evaluate("document.scripts.length + document.images.length") == 0
        assert "49" not in page.evaluate("document.body.innerText.match(/\\{\\{[^}]*\\}\\}/)[0]")


def test_what_turns_text_round_is_shown_and_not_obeyed(opened: Opened) -> None:
    with opened("hostile") as page:
        assert (
            page.evaluate("/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.textContent)")
            is False
        )
        set_apart = page.evaluate("document.querySelector('h1, bdi') !== null")

        assert set_apart
        assert any("\u0639" in one for one in page.locator("bdi").all_text_contents())


def test_a_text_of_ten_thousand_characters_is_there_in_full(opened: Opened) -> None:
    with opened("hostile", 390) as page:
        assert LONG in page.evaluate("document.body.textContent")
