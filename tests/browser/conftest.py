"""A browser, and every kind of report for it to show."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks import report as benchmark

from councilrules import assess, load_scenarios
from councilrules.reports._counterfactuals import answers, least
from councilrules.reports.contents import contents
from councilrules.reports.html import html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

STORIES = Path(__file__).parents[2] / "examples" / "stories"
_NO_TALKING = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
LONG = "x" * 10_000
HOSTILE = {
    "markup": "</style></title><script>alert(1)</script><img src=x onerror=alert(2)>",
    "quotes": "a\"b'c`d&amp;e",
    "turned": "\u202egnihton\u202c \u2067ret\u2069",
    "arabic": "\u0639\u0636\u0648 \u0627\u0644\u0645\u062c\u0644\u0633",
    "pictures": "\U0001f469\u200d\U0001f692\U0001f3f4 \u2603",
    "template": "{{ 7 * 7 }} {% raw %}",
    "long": LONG,
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; without it these tests are skipped, but never where it is promised."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it may be missing
    except ModuleNotFoundError:
        chromium = None
    if chromium is None:
        reason = "the browser tests need Debian's chromium, and pip install 'councilrules[browser]'"
        if "CI" in os.environ:
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=_NO_TALKING)
        yield started
        started.close()


@pytest.fixture(scope="session")
def screenshots(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder for what the browser showed: `--screenshots`, or a temporary one."""
    chosen = request.config.getoption("--screenshots")
    if chosen is None:
        return tmp_path_factory.mktemp("screenshots")
    folder = Path(str(chosen))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def hostile() -> dict[str, Any]:
    """Give a scenario in which every name and text is one that could do harm."""
    names = list(HOSTILE.values())
    events: list[dict[str, Any]] = []
    for place, text in enumerate(names):
        other = names[(place + 1) % len(names)]
        one = {"id": f"e{place}", "at": f"2025-03-{place + 3:02}", "by": text}
        events += [
            one | {"event": "instruction-given", "to": other, "subject": text, "source": text},
            one
            | {"id": f"c{place}", "event": "criticism-made", "of": other, "where": "private"}
            | {"topic": text, "answers": {"discourteous": "not_known"}},
        ]
    why = {"question": "discourteous", "answer": True, "reasons": HOSTILE["markup"]}
    judged = {
        "id": "j1",
        "at": "2025-04-01",
        "event": "judgement-recorded",
        "by": "pat",
        "on": "c1",
    }
    held = {"holds": ["councillor", "employee"], "since": "2023-05-08"}
    offices = dict.fromkeys(names, held)
    return {
        "title": HOSTILE["markup"],
        "rulebooks": "langport",
        "register": {
            "people": {**offices, "pat": {"holds": "nothing"}},
            "decisions": [],
            "delegations": [],
        },
        "events": [*events, judged | why],
    }


def _afternoon() -> dict[str, Any]:
    """Give a scenario of an hour and a half."""
    people = {
        "ann": {"holds": "councillor", "since": "2023-05-08"},
        "eve": {"holds": "employee", "since": "2022-01-01"},
    }
    given = {"event": "instruction-given", "by": "ann", "to": "eve", "subject": "chairs"}
    times = ("14:00", "14:05", "14:06", "15:30")
    return {
        "title": "One afternoon",
        "rulebooks": "langport",
        "as_of": "2025-03-03T16:00",
        "register": {"people": people, "decisions": [], "delegations": []},
        "events": [
            given | {"id": f"e{place}", "at": f"2025-03-03T{time}"}
            for place, time in enumerate(times, start=1)
        ],
    }


def _nothing() -> dict[str, Any]:
    return {
        "title": "Nothing to report",
        "rulebooks": "langport",
        "as_of": "2025-03-03",
        "register": {"people": {"ann": {"holds": "councillor"}}},
        "events": [],
    }


def _page(*paths: Path, everything: bool = False) -> str:
    made = [
        assess(one.rulebook, scenario, engine="reference")
        for path in paths
        for scenario in load_scenarios(path)
        for one in scenario.rulebooks
    ]
    report = contents(
        made,
        everything=everything,
        least=least,
        answers=answers,
        command="councilrules report complaint.yaml --out report.html",
    )
    return html(report)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write every kind of report, and give the files by what they show."""
    folder = tmp_path_factory.mktemp("reports")

    def written(name: str, scenario: dict[str, Any]) -> Path:
        path = folder / f"{name}.json"
        path.write_text(json.dumps(scenario), encoding="utf-8")
        return path

    own_land = STORIES / "a-councillor-reads-papers-on-land-of-their-own.yaml"
    enquiry = STORIES / "an-enquiry-is-not-answered.yaml"
    stories = [*STORIES.glob("a-councillor-*.yaml"), *STORIES.glob("a-council-*.yaml")]
    made = {
        "one": _page(own_land),
        "two-rulebooks-in-full": _page(enquiry, everything=True),
        "years": _page(STORIES / "before-and-after-the-protocol.yaml"),
        "several": _page(*sorted(stories)),
        "afternoon": _page(written("afternoon", _afternoon())),
        "nothing": _page(written("nothing", _nothing())),
        "hostile": _page(written("hostile", hostile()), everything=True),
        "three-years": _page(written("three-years", benchmark.case())),
    }
    for name, page in made.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}
