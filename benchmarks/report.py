"""How long it takes to report a case of three hundred events and forty findings.

Run `python -m benchmarks.report`; with `--out FILE` the report is kept, to be looked at.
"""

from __future__ import annotations

import argparse
import json
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from attrs import evolve

from councilrules import assess, load_scenario, ranked_questions
from councilrules.reports._counterfactuals import answers, least
from councilrules.reports.contents import Report, contents
from councilrules.reports.html import html

EVENTS, FINDINGS = 300, 40
_WRONG = 32
_LIMIT = 2
_COUNCILLORS = ("ann", "bob", "gil", "hal", "ivy", "joe")
_STAFF = ("dev", "eve", "kit", "lou")
_BEGIN = date(2022, 1, 10)
_DAYS = 1095


def case() -> dict[str, Any]:
    """Give a scenario file's content: three years, in which now and then something is wrong.

    Most of the events are letters that are answered in time; every so often a councillor
    gives an order, reads a paper or is criticised.
    """
    wrong = {round((place + 0.5) * EVENTS / _WRONG) for place in range(_WRONG)}
    return {
        "title": "Three years at a council",
        "rulebooks": [{"langport": {"in_force": {"since": "2015-01-01"}}}],
        "proof": "admitted",
        "as_of": "2025-03-31",
        "parameters": {"timely-response": {"working-days": 10, "counting": "first-day-out"}},
        "register": _register(),
        "events": [
            _wrong(place) if place in wrong else _usual(place, wrong) for place in range(EVENTS)
        ],
    }


def _register() -> dict[str, Any]:
    people: dict[str, Any] = {
        name: {"holds": "councillor", "since": f"20{15 + place}-05-08"}
        for place, name in enumerate(_COUNCILLORS)
    }
    people |= {name: {"holds": "employee", "since": "2019-01-01"} for name in _STAFF}
    people["cleo"] = [
        {"holds": "deputy-clerk", "since": "2018-01-01", "until": "2023-02-01"},
        {"holds": "clerk", "since": "2023-02-01"},
    ]
    people["fay"] = {"holds": "nothing"}
    return {
        "people": people,
        "papers": {"valuation": {"matter": "land-sale", "held-by": "council", "marked": "none"}},
        "interests": [{"of": "ann", "in": "land-sale", "kind": "pecuniary", "since": "2021-01-01"}],
        "decisions": [],
        "delegations": [],
    }


def _at(place: int) -> str:
    return (_BEGIN + timedelta(days=place * _DAYS // EVENTS)).isoformat()


def _usual(place: int, wrong: set[int]) -> dict[str, Any]:
    """Give a letter, or the answer to the one before it."""
    one = {"id": f"e{place + 1}", "at": _at(place)}
    officer = _STAFF[place // 2 % len(_STAFF)]
    if place % 2 and place - 1 not in wrong:
        return one | {"event": "response-given", "by": officer, "to": "fay", "query": f"e{place}"}
    if place + 1 in wrong or place % 2 or place + 1 >= EVENTS:
        by = _COUNCILLORS[place % len(_COUNCILLORS)]
        return one | {"event": "discussion-held", "by": by, "with": officer, "topic": "verges"}
    return one | {"event": "query-made", "by": "fay", "to": officer, "nature": "enquiry"}


def _wrong(place: int) -> dict[str, Any]:
    one = {"id": f"e{place + 1}", "at": _at(place), "proof": ("alleged", "admitted")[place % 2]}
    councillor, officer = _COUNCILLORS[place % 5], _STAFF[place % len(_STAFF)]
    kinds: tuple[dict[str, Any], ...] = (
        {"event": "instruction-given", "by": councillor, "to": officer, "subject": "hedge"},
        {"event": "document-inspected", "by": "ann", "document": "valuation"},
        {"event": "document-inspected", "by": "ann", "document": "valuation", "knowingly": "yes"},
        {"event": "query-made", "by": "fay", "to": officer, "nature": "complaint"},
        {"event": "challenge-made", "by": councillor, "to": officer, "where": "private"},
    )
    return one | kinds[place % len(kinds)]


def reported(path: Path) -> tuple[Report, str]:
    """Read, assess and report a scenario file."""
    scenario = load_scenario(path)
    found = (assess(one.rulebook, scenario) for one in scenario.rulebooks)
    made = [evolve(one, questions=ranked_questions(one)) for one in found]
    inputs = {path.name: path.read_bytes()}
    report = contents(made, least=least, answers=answers, inputs=inputs)
    return report, html(report)


def written(folder: Path) -> Path:
    """Write the case down as a file, which JSON is too."""
    path = folder / "case.json"
    path.write_text(json.dumps(case()), encoding="utf-8")
    return path


def main() -> None:
    """Say how long each step takes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path)
    chosen = options.parse_args()
    with TemporaryDirectory() as folder:
        path = written(Path(folder))
        for run in ("first", "again"):
            started, worked = perf_counter(), process_time()
            report, page = reported(path)
            took, work = perf_counter() - started, process_time() - worked
            people = [each for book in report.scenarios[0].books for each in book.people]
            found = sum(len(one.findings) for one in people)
            print(f"{run}: {EVENTS} events, {found} findings told, {len(page):,} characters")
            print(f"  {took:.2f} s, of which this process worked {work:.2f} s; limit {_LIMIT} s")
    if chosen.out is not None:
        chosen.out.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
