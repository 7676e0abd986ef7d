"""The schemas accept what the loader accepts, as far as they go, and refuse slips."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from councilrules.schemas import SCHEMAS
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "docs" / "schemas"


_DEFINITIONS = {"definitions": SCHEMAS["scenario"]()["definitions"]}


@cache
def _validator(name: str) -> Any:  # noqa: ANN401 - the library has no type for it
    return jsonschema.Draft7Validator(SCHEMAS[name]())


def _told(name: str, tree: object) -> list[str]:
    return [
        f"{list(one.absolute_path)}: {one.message}"[:300]
        for one in _validator(name).iter_errors(tree)
    ]


def _plain(path: Path) -> Any:  # noqa: ANN401 - what a file holds
    """Read a file with every value as text, as the loader does."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - makes text only


def _scenario_files() -> Iterator[Path]:
    for path in (*ROOT.glob("rules/*/scenarios/*.yaml"), *ROOT.glob("examples/**/*.yaml")):
        if {"events", "scenarios"} & set(_plain(path)):
            yield path


def _events_refused(tree: dict[str, Any]) -> Iterator[str]:
    """Try every event on the part of the schema that its kind leads to, which is quicker."""
    for one in tree.get("scenarios", [tree]):
        for event in one["events"]:
            part = {"$ref": f"#/definitions/event-{event['event']}"}
            for error in (
                _validator("scenario").evolve(schema=part | _DEFINITIONS).iter_errors(event)
            ):
                yield error.message
        one["events"] = []


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMAS[name]())


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_in_the_documentation_are_up_to_date(name: str) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "councilrules", "vocabulary", "--schema", name],
        capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip

    assert (KEPT / f"{name}.json").read_text(encoding="utf-8") == printed


def test_the_schema_of_scenarios_is_small_enough_for_an_editor() -> None:
    assert (KEPT / "scenario.json").stat().st_size < 300_000


def test_every_rulebook_that_is_shipped_fits_its_schemas() -> None:
    heads = sorted(ROOT.glob("rules/*/protocol.yaml"))
    sections = sorted(ROOT.glob("rules/*/[0-9]*.yaml"))

    assert heads
    assert sections
    assert [told for path in heads for told in _told("protocol", _plain(path))] == []
    assert [told for path in sections for told in _told("section", _plain(path))] == []


def test_every_scenario_that_is_shipped_fits_its_schema() -> None:
    trees = [_plain(path) for path in _scenario_files()]

    assert len(trees) > 80
    assert [told for tree in trees for told in _events_refused(tree)] == []
    assert [told for tree in trees for told in _told("scenario", tree)] == []


EVENT = {"id": "e1", "at": "2025-03-04", "event": "document-refused", "by": "cleo", "to": "ann"}
SCENARIO = {"rulebooks": "langport", "register": {}, "events": [EVENT]}


def _with(**changed: object) -> dict[str, object]:
    return {**SCENARIO, **changed}


def _of_event(**changed: object) -> dict[str, object]:
    return _with(events=[{**EVENT, **changed}])


def _of_register(**changed: object) -> dict[str, object]:
    return _with(register=changed)


FITTING = {
    "a rulebook in force since a day": _with(rulebooks=[{"langport": {"in_force": {"since": "2015-01-01"}}}]),
    "several of one": {"rulebooks": "langport", "scenarios": [{"name": "one", "events": [EVENT]}]},
    "a month": _of_event(at="2025-03"),
    "between two days": _of_event(at={"between": ["2025-03-01", "2025-03-04"]}),
    "one of two": _of_event(by={"one_of": ["cleo", "dev"]}),
    "a proof of its own": _of_event(to={"value": ["ann", "bob"], "proof": "alleged"}),
    "yes as an editor reads it": _of_event(**{"needed-for-duties": True}),
    "an answer": _of_event(answers={"bullying": "not_known"}),
    "a person not known": _of_register(people={"kim": "not_known", "ann": {"holds": "councillor"}}),
    "a number for an id": _of_event(id=1),
}  # fmt: skip

SPOILT = {
    "no events": {"rulebooks": "langport"},
    "no rulebook": {"events": []},
    "nothing under scenarios": {"rulebooks": "langport", "scenarios": []},
    "an unknown key": _with(expects={}),
    "a list for a scenario": [SCENARIO],
    "an unknown event": _of_event(event="document-refuse"),
    "an event that nobody writes": _of_event(event="relationship-held"),
    "an event without a time": _with(events=[{"id": "e1", "event": "document-refused"}]),
    "a day in words": _of_event(at="4 March 2025"),
    "a field of another event": _of_event(where="press"),
    "an unknown choice": _with(events=[{**EVENT, "event": "criticism-made", "to": "x"}]),
    "an unknown proof": _of_event(proof="rumoured"),
    "perhaps": _of_event(**{"needed-for-duties": "perhaps"}),
    "one of one": _of_event(by={"one_of": ["cleo"]}),
    "between one day": _of_event(at={"between": ["2025-03-01"]}),
    "a kind of entry there is not": _of_register(minutes=[]),
    "a marking there is not": _of_register(papers={"valuation": {"marked": "confidental"}}),
    "an interest in nothing": _of_register(interests=[{"of": "ann", "kind": "personal"}]),
    "a status there is not": _with(expect={"langport/2.6": [{"ann": "breech"}]}),
    "a parameter in two units": _with(parameters={"advice": {"days": "3", "working-days": "2"}}),
    "a parameter in no unit": _with(parameters={"advice": {"source": "minutes"}}),
}


@pytest.mark.parametrize("what", FITTING)
def test_what_a_scenario_can_hold_fits(what: str) -> None:
    assert _told("scenario", FITTING[what]) == []


@pytest.mark.parametrize("what", SPOILT)
def test_what_a_scenario_cannot_hold_does_not_fit(what: str) -> None:
    assert _told("scenario", SPOILT[what])


RULE = {
    "id": "given",
    "bearer": {"by": "councillor"},
    "must_not": {"event": "instruction-given", "to": "officer"},
}
CLAUSE = {
    "clause": "1",
    "means": "It says something.",
    "fingerprint": [],
    "kind": "prohibition",
    "rules": [RULE],
}


@pytest.mark.parametrize(
    "changed",
    [
        {"clauses": "1"},
        {"kind": "prohibiton"},
        {"force": "mist"},
        {"rules": RULE},
        {"rules": [{**RULE, "may": {"event": "instruction-given"}}]},
        {"rules": [{"id": "given", "bearer": {"by": "councillor"}}]},
        {"rules": [{"id": "given", "must_not": {"event": "instruction-given"}}]},
        {"rules": [{**RULE, "bearer": {"by": "councillor", "to": "officer"}}]},
        {"rules": [{**RULE, "must_not": {"to": "officer"}}]},
        {"rules": [{**RULE, "must_not": {"event": "instruction-given", "two": "officer"}}]},
        {
            "rules": [
                {**RULE, "must_not": {"event": "instruction-given", "to": {"equals": "officer"}}}
            ]
        },
        {"rules": [{**RULE, "unless": {"never": {"vacancy": "clerk"}}}]},
    ],
    ids=json.dumps,
)
def test_what_a_clause_cannot_hold_does_not_fit(changed: dict[str, object]) -> None:
    assert _told("section", [CLAUSE]) == []
    assert _told("section", [{**CLAUSE, **changed}])


@pytest.mark.parametrize(
    "changed",
    [
        {"format": "2"},
        {"roles": ["councillor"]},
        {"sections": "1.yaml"},
        {"parameters": {"answer": {"text": "slow"}}},
    ],
    ids=json.dumps,
)
def test_what_a_protocol_cannot_hold_does_not_fit(changed: dict[str, object]) -> None:
    head = _plain(ROOT / "rules" / "langport" / "protocol.yaml")

    assert _told("protocol", {**head, **changed})


def test_every_event_that_can_be_written_has_a_part_of_its_own() -> None:
    written = {name for name, kind in kinds().items() if not kind.cls.derived}
    parts = {name for name in _DEFINITIONS["definitions"] if name.startswith("event-")}

    assert parts == {f"event-{name}" for name in written}
