"""Logs of events in CSV and JSON Lines, and the register beside them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from councilrules import (
    HistoryError,
    Proof,
    ScenarioError,
    assess,
    load_history,
    load_register,
    load_scenario,
)

HEAD = "id,at,event,by,to\n"


def written(folder: Path, text: str, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def faults(path: Path) -> list[tuple[str, int]]:
    """Give the check and the line of every fault of a log."""
    with pytest.raises(HistoryError) as caught:
        load_history(path)
    return [(one.check, one.place.line) for one in caught.value.problems]


def test_a_row_is_an_event_that_is_established_unless_it_says_otherwise(tmp_path: Path) -> None:
    rows = "e1,2025-03-03,query-made,ann,cleo,\ne2,2025-03-04,query-made,ann,cleo,alleged\n"

    history = load_history(written(tmp_path, f"id,at,event,by,to,proof\n{rows}"))

    assert [one.proof for one in history.events] == [Proof.ESTABLISHED, Proof.ALLEGED]


def test_an_empty_cell_is_a_field_that_is_not_written(tmp_path: Path) -> None:
    csv = load_history(written(tmp_path, f"{HEAD}e1,2025-03-03,query-made,ann,\n"))
    line = '{"id": "e1", "at": "2025-03-03", "event": "query-made", "by": "ann"}'
    lines = load_history(written(tmp_path, line, "log.jsonl"))

    assert csv.events == lines.events


def test_names_in_one_cell_stand_between_semicolons(tmp_path: Path) -> None:
    history = load_history(written(tmp_path, f"{HEAD}e1,2025-03-03,query-made,ann; bob,cleo\n"))

    assert history.events[0].by == ("ann", "bob")


def test_spaces_and_a_byte_order_mark_in_the_first_line_do_no_harm(tmp_path: Path) -> None:
    text = "\ufeffid, at , event,by\r\ne1,2025-03-03,query-made,ann\r\n"

    assert load_history(written(tmp_path, text)).events[0].id == "e1"


@pytest.mark.parametrize("name", ["log.csv", "LOG.CSV"])
def test_the_ending_of_the_name_says_how_a_log_is_written(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, f"{HEAD}e1,2025-03-03,query-made,ann,cleo\n", name)

    assert len(load_history(path).events) == 1


def test_a_file_of_another_ending_is_refused(tmp_path: Path) -> None:
    assert faults(written(tmp_path, HEAD, "log.txt"))[0] == ("unknown-format", 0)


def test_an_envelope_is_opened(tmp_path: Path) -> None:
    text = (
        '{"specversion": "1.0", "id": "e1", "type": "query-made", "source": "/mail",'
        ' "time": "2025-03-03T10:00:00Z", "data": {"by": "ann", "to": "cleo"}}\n'
    )

    (event,) = load_history(written(tmp_path, text, "log.jsonl")).events

    assert (event.id, event.by, event.source) == ("e1", "ann", "/mail")
    assert event.at.first == datetime(2025, 3, 3, 10, tzinfo=UTC)


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    text = (
        f'{HEAD}e1,2025-03-03,query-made,"ann\nbob",cleo,x\n'
        "e2,2025-13-03,query-made,ann,cleo\n"
        "e3,2025-03-03,querymade,ann,cleo\n"
    )

    found = faults(written(tmp_path, text))

    assert found[0] == ("cells-out-of-step", 2)
    assert found[-2:] == [("not-a-time", 4), ("unknown-event", 5)]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", ("empty-history", 0)),
        (HEAD, ("empty-history", 0)),
        (f"{HEAD}e1,2025-03-03,query-made,ann,cl\x00eo\n", ("not-text", 2)),
        (f'{HEAD}e1,2025-03-03,query-made,ann,cleo\ne2,"2025\n', ("not-csv", 3)),
        ("id,at,event,by,by\ne1,2025-03-03,query-made,ann,ann\n", ("duplicate-key", 1)),
        (f"{HEAD}e1,2025-03-03,query-made,,\ne1,2025-03-04,query-made,,\n", ("duplicate-event", 3)),
    ],
    ids=["nothing", "no-event", "no-text", "an-open-quote", "a-column-twice", "an-id-twice"],
)
def test_a_file_that_cannot_be_used_is_refused(
    tmp_path: Path, text: str, fault: tuple[str, int]
) -> None:
    assert fault in faults(written(tmp_path, text))


def test_the_same_event_twice_is_no_fault(tmp_path: Path) -> None:
    row = "e1,2025-03-03,query-made,ann,cleo\n"

    assert len(load_history(written(tmp_path, HEAD + row + row)).read) == 1


def test_the_clock_stands_at_the_end_of_the_last_day_where_the_log_is_kept(
    tmp_path: Path,
) -> None:
    history = load_history(written(tmp_path, f"{HEAD}e1,2025-07-03,query-made,ann,cleo\n"))

    assert history.as_of == datetime(2025, 7, 3, 22, 59, 59, 999999, tzinfo=UTC)


def test_a_clock_without_zone_is_read_where_the_log_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEAD}e1,2025-07-03,query-made,ann,cleo\n")

    history = load_history(path, as_of=datetime(2025, 7, 10, 12))  # noqa: DTZ001 - the subject

    assert history.as_of == datetime(2025, 7, 10, 11, tzinfo=UTC)


def test_a_register_stands_in_a_file_of_its_own(tmp_path: Path) -> None:
    text = "people: {ann: {holds: councillor}}\ninterests: []\n"

    register = load_register(written(tmp_path, text, "register.yaml"))

    assert (set(register.people), set(register.speaks_of)) == ({"ann"}, {"people", "interests"})


def test_every_fault_of_a_register_is_told(tmp_path: Path) -> None:
    text = "people: {ann: {holds: councillor, sinc: 2023-05-08}}\npapirs: {}\n"

    with pytest.raises(HistoryError) as caught:
        load_register(written(tmp_path, text, "register.yaml"))

    assert [(one.check, one.place.line) for one in caught.value.problems] == [
        ("unknown-key", 1),
        ("unknown-key", 2),
    ]


def test_a_scenario_can_leave_its_events_in_a_log(tmp_path: Path) -> None:
    (tmp_path / "march.csv").write_text(
        "id,at,event,by,to\n"
        "e1,2025-03-04,instruction-given,ann,dev\n"
        "e2,2025-03-05,instruction-given,zed,dev\n",
        encoding="utf-8",
    )
    scenario = tmp_path / "march.yaml"
    scenario.write_text(
        "rulebooks: langport\n"
        "register:\n"
        "  people: {ann: {holds: councillor}, dev: {holds: officer}}\n"
        "  decisions: []\n"
        "  delegations: []\n"
        "events: march.csv\n",
        encoding="utf-8",
    )

    read = load_scenario(scenario)
    findings = assess(read.rulebooks[0].rulebook, read).findings

    found = {(one.bearer, one.clause): (one.status.value, one.proof.name) for one in findings}
    assert found["ann", "2.3"] == ("breached", "ESTABLISHED")
    assert found["zed", "2.3"][0] == "undetermined"


def test_a_fault_in_the_log_of_a_scenario_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "march.csv").write_text("id,at,event,by\ne1,2025-03-04,nothing,ann\n", "utf-8")
    scenario = tmp_path / "march.yaml"
    scenario.write_text("rulebooks: langport\nevents: march.csv\n", "utf-8")

    with pytest.raises(ScenarioError) as refused:
        load_scenario(scenario)

    (problem,) = refused.value.problems
    assert problem.check == "unknown-event"
    assert problem.place.file.endswith("march.csv")
    assert problem.place.line == 2
