"""A report as a page: well-formed, complete, and nothing but text where text belongs."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.drawing.rulebooks import SHIPPED, shipped

from councilrules import assess, load_scenario, wording
from councilrules.reports._findings import QUIET
from councilrules.reports._placing import Placed, panels
from councilrules.reports.contents import Kind, contents, visible
from councilrules.reports.html import html
from councilrules.reports.timeline import WIDTH, pictures
from councilrules.testing import scenarios

if TYPE_CHECKING:
    from councilrules import Scenario
    from councilrules.reports.contents import FindingTold, Report

STORIES = Path(__file__).parents[2] / "examples" / "stories"

ALONE = {"meta"}
DRAWN_ALONE = {"rect", "path", "circle", "line"}
NEVER = {"script", "img", "iframe", "object", "link", "form", "input", "base", "embed"}
HARMFUL = (
    "</style></title></svg>--><script>alert(1)</script><img src=x onerror=y> {{ 7*7 }} \"'&amp;"
)


class Page(HTMLParser):
    """Reads a page, and objects to a tag that is not closed, or closed twice."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        assert tag in DRAWN_ALONE

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def whole(page: str) -> Page:
    """Read a page that has to be well-formed, and to need nothing else."""
    read = Page(page)

    assert read.open == []
    assert not read.tags & NEVER
    assert len(read.ids) == len(set(read.ids))
    assert {one.removeprefix("#") for one in read.links} <= set(read.ids)
    return read


def findings(report: Report) -> list[FindingTold]:
    """Give every finding that a report tells."""
    books = [book for one in report.scenarios for book in one.books]
    return [one for book in books for person in book.people for one in person.findings]


DRAWN = st.sampled_from(SHIPPED).flatmap(lambda name: scenarios(shipped(name), writable=False))


@given(DRAWN, everything=st.booleans())
def test_a_report_tells_every_finding_and_asks_every_question(
    scenario: Scenario, *, everything: bool
) -> None:
    made = assess(scenario.rulebooks[0].rulebook, scenario, engine="reference")
    report = contents([made], everything=everything)
    read = whole(html(report))

    shown = findings(report)
    loud = [one for one in made.findings if everything or one.status not in QUIET]
    assert {one.clause.id for one in shown} == {one.clause for one in loud}
    assert {one.status for one in shown} == {wording.status(one) for one in loud}
    for one in shown:
        assert f"{one.id}: clause {one.clause.id}" in read.text
        assert visible(one.clause.means) in read.text
    asked = [each for turn in report.scenarios[0].books[0].turns for each in turn.questions]
    assert len(asked) == len(made.questions)
    for question in made.questions:
        assert visible(question.asks) in read.text


@given(DRAWN)
def test_whatever_the_texts_hold_is_shown_as_text(scenario: Scenario) -> None:
    events = tuple(evolve(one, source=HARMFUL) for one in scenario.history.events)
    harmful = evolve(scenario, name=HARMFUL, history=evolve(scenario.history, events=events))
    made = assess(harmful.rulebooks[0].rulebook, harmful, engine="reference")
    page = html(contents([made], everything=True, command=HARMFUL))
    read = whole(page)

    assert "<script" not in page
    assert read.text.count(HARMFUL) >= 2 + len(harmful.history.read)


@given(DRAWN)
def test_the_findings_of_a_person_stand_with_the_gravest_first(scenario: Scenario) -> None:
    made = assess(scenario.rulebooks[0].rulebook, scenario, engine="reference")
    report = contents([made], everything=True)
    order = get_args(Kind)

    for person in report.scenarios[0].books[0].people:
        ranks = [order.index(one.kind) for one in person.findings]
        assert ranks == sorted(ranks)


@given(DRAWN)
def test_a_timeline_has_every_event_on_a_lane_and_every_finding_beside_its_event(
    scenario: Scenario,
) -> None:
    made = assess(scenario.rulebooks[0].rulebook, scenario, engine="reference")
    shown = contents([made], everything=True).scenarios[0].timeline
    drawn = "".join(pictures(shown))

    assert [one.id for one in shown.marks] == [one.id for one in made.scenario.history.read]
    assert drawn.count('<circle class="event"') >= len(shown.marks)
    for pin in shown.pins:
        assert f">{pin.id}</text>" in drawn
        assert pin.mark is None or pin.at == shown.marks[pin.mark].since


@given(DRAWN, st.integers(0, 5))
def test_nothing_on_a_lane_lies_on_anything_else(scenario: Scenario, most: int) -> None:
    made = assess(scenario.rulebooks[0].rulebook, scenario, engine="reference")
    shown = contents([made], everything=most % 2 == 0).scenarios[0].timeline

    for panel in panels(shown, 150 * (most + 1)):
        for lane in panel.lanes:
            by_row: dict[tuple[str, int], list[Placed]] = {}
            for one in lane.placed:
                by_row.setdefault((one.rows, one.row), []).append(one)
            for row in by_row.values():
                row.sort(key=lambda one: one.left)
                assert all(one.right <= then.left for one, then in pairwise(row))
                assert all(0 <= one.left <= one.right <= WIDTH for one in row)


def test_a_report_made_twice_is_the_same() -> None:
    scenario = load_scenario(STORIES / "an-enquiry-is-not-answered.yaml")

    def made() -> str:
        found = [assess(one.rulebook, scenario, engine="reference") for one in scenario.rulebooks]
        return html(contents(found))

    assert made() == made()
