"""A third council's protocol needs no Python: YAML in a folder of its own, and nothing else."""

from __future__ import annotations

import atexit
import json
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from councilrules import Rulebook, Scenario, Status, assess, explain, load_rulebook, load_scenarios
from councilrules.cli import run

if TYPE_CHECKING:
    from councilrules import Assessment

HEAD = """\
    format: 1
    id: thornwick
    council: Thornwick Parish Council
    title: How wardens and trustees work together
    version: first
    adopted: 2024-06-03
    roles:
      trustee: {offices: [trustee, convenor]}
      convenor: {offices: [convenor]}
      warden: {offices: [warden]}
      paid-warden: {offices: [warden], engaged: [employed]}
      parish: {bodies: [council]}
    parameters:
      reply:
        means: How soon an enquiry is answered (3).
        text: timely
        values:
          - {working-days: 5, since: 2025-01-01, source: minute 12/24}
    questions:
      gossip:
        asks: Was what {by} said of {towards} gossip?
        raised_by: [criticism-made]
    sections: [rules.yaml]
"""

RULES = """\
    - clause: "1"
      means: The parish has trustees and wardens.
      fingerprint: []
      kind: statement
      force: states

    - clause: "2"
      means: No trustee tells a paid warden what to do, unless the parish has authorised it.
      fingerprint: []
      kind: prohibition
      force: must
      rules:
        - id: told
          bearer: {by: trustee}
          must_not: {event: instruction-given, to: paid-warden}
          unless:
            authorised:
              authorised: {who: by, over: to, subject: subject, under: under}

    - clause: "3"
      means: A warden answers an enquiry in good time.
      fingerprint: []
      kind: obligation
      force: must
      hedge: as far as possible
      rules:
        - id: answered
          bearer: {to: warden}
          whenever: {event: query-made}
          must: {event: response-given, query: trigger}
          within: reply

    - clause: "4"
      means: Whoever is unhappy with a warden tells the convenor before complaining.
      fingerprint: []
      kind: obligation
      force: should
      rules:
        - id: convenor-first
          bearer: {by: trustee}
          whenever: {event: complaint-made, about: warden}
          must_first: {event: concern-raised, by: same, about: same, to: convenor}
          unclear:
            no-convenor: {vacant: convenor}

    - clause: "5"
      means: The parish keeps a grievance procedure.
      fingerprint: []
      kind: obligation
      force: must
      rules:
        - id: kept
          bearer: council
          standing: {procedures: [grievance]}

    - clause: "6"
      means: A trustee may see whatever papers their duties call for, except as 7 says.
      fingerprint: []
      kind: right
      force: may
      subject_to: ["7"]
      rules:
        - id: sees
          bearer: {by: trustee}
          may: {event: document-inspected, knowingly: no}
        - id: refused
          bearer: {by: [warden, parish]}
          must_not: {event: document-refused, to: trustee, needed-for-duties: yes}
          denies: {event: document-inspected, by: {same-as: to}, document: same, knowingly: {same-as: knowing, otherwise: yes}}

    - clause: "7"
      means: No trustee knowingly reads papers on what they have a stake in.
      fingerprint: []
      kind: prohibition
      force: must
      rules:
        - id: read
          bearer: {by: trustee}
          must_not:
            event: document-inspected
            by: {has-interest-in: document.matter, known: yes}
            knowingly: yes

    - clause: "8"
      means: Trustees do not gossip about wardens.
      fingerprint: []
      kind: expectation
      force: expect
      rules:
        - id: gossiped
          bearer: {by: trustee}
          must_not: {event: criticism-made, of: warden}
          judge: gossip

    - clause: "9"
      means: Trustees and wardens are not family to one another.
      fingerprint: []
      kind: prohibition
      force: should
      rules:
        - id: trustee-family
          bearer: {by: trustee}
          must_not: {event: relationship-held, to: warden, relationship: family}
          unless:
            older-than-the-office: {by: {took-office-later: trustee}}
"""

SCENARIO = """\
    rulebooks: ../thornwick
    proof: established
    as_of: 2025-06-30
    register:
      people:
        ann: {holds: trustee, since: 2023-05-08}
        bob: {holds: convenor, since: 2023-05-08}
        wim: {holds: warden, since: 2022-01-01}
        val: {holds: warden, since: 2022-01-01, engaged: unpaid}
        fay: {holds: nothing}
      papers: {lease: {matter: mill}, map: {matter: footpath}}
      interests: [{of: ann, in: mill, kind: pecuniary, since: 2024-01-01}]
      relationships: [{id: r1, between: [bob, val], kind: family, since: 2025-02-01}]
      decisions: [{id: d1, body: council, since: 2025-01-10, to: bob, over: wim}]
      delegations: []
      procedures: [{id: p1, kind: grievance, since: 2025-03-01}]
    scenarios:
    - name: orders to wardens
      events:
        - {id: e1, at: 2025-03-04, event: instruction-given, by: ann, to: wim}
        - {id: e2, at: 2025-03-04, event: instruction-given, by: bob, to: wim}
        - {id: e3, at: 2025-03-04, event: instruction-given, by: ann, to: val}
      expect:
        thornwick/2: [{ann: breached, on: e1}, {bob: excused, on: e2, by: authorised}]
    - name: enquiries, in time and late
      events:
        - {id: e1, at: 2025-03-03, event: query-made, by: fay, to: wim}
        - {id: e2, at: 2025-03-10, event: response-given, by: wim, to: fay, query: e1}
        - {id: e3, at: 2025-03-03, event: query-made, by: fay, to: val}
        - {id: e4, at: 2025-03-12, event: response-given, by: val, to: fay, query: e3}
        - {id: e5, at: 2025-06-27, event: query-made, by: fay, to: val}
        - {id: e6, at: 2024-11-05, event: query-made, by: fay, to: val}
      expect:
        thornwick/3/answered:
          - {wim: met, on: e1}
          - {val: breached, on: e3, late: 2}
          - {val: open, on: e5}
          - {val: undetermined, on: e6, wants: ["parameter:reply"]}
    - name: a complaint before anybody was told, and one after
      events:
        - {id: e1, at: 2025-03-03, event: complaint-made, by: ann, about: wim, to: fay}
        - {id: e2, at: 2025-03-04, event: concern-raised, by: ann, about: val, to: bob}
        - {id: e3, at: 2025-03-05, event: complaint-made, by: ann, about: val, to: fay}
      expect:
        thornwick/4: [{ann: breached, on: e1}, {ann: met, on: e3}]
    - name: papers refused, and read
      events:
        - {id: e1, at: 2025-03-03, event: document-refused, by: wim, to: ann, document: lease, needed-for-duties: yes, knowing: yes}
        - {id: e2, at: 2025-03-03, event: document-refused, by: wim, to: ann, document: map, needed-for-duties: yes}
        - {id: e3, at: 2025-03-05, event: document-inspected, by: ann, document: lease, knowingly: yes}
        - {id: e4, at: 2025-03-06, event: document-inspected, by: bob, document: lease, knowingly: no}
      expect:
        thornwick/6/refused: [{wim: excused, on: e1, by: barred-by-7}, {wim: breached, on: e2}]
        thornwick/6/sees: [{bob: permitted, on: e4}]
        thornwick/7: [{ann: breached, on: e3}]
    - name: gossip that nobody has judged, and some that was
      events:
        - {id: e1, at: 2025-03-03, event: criticism-made, by: ann, of: wim}
        - {id: e2, at: 2025-03-04, event: criticism-made, by: ann, of: val}
        - {id: j1, at: 2025-04-01, event: judgement-recorded, by: fay, on: e2, question: gossip, answer: yes}
      expect:
        thornwick/8: [{ann: undetermined, on: e1, wants: ["judgement:gossip@e1"]}, {ann: breached, on: e2}]
    - name: what the parish lacked, and who is family
      events: []
      expect:
        thornwick/5: [{council: breached}]
        thornwick/9: [{bob: breached, on: r1}]
"""


@cache
def thornwick() -> Rulebook:
    """Give its rulebook, for tests that draw cases of it; its files stay until the end."""
    folder = mkdtemp()
    atexit.register(rmtree, folder, ignore_errors=True)
    return load_rulebook(written_to(Path(folder)) / "thornwick")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the rulebook and, in another folder, the scenarios that name it by its path."""
    return written_to(tmp_path)


def written_to(folder: Path) -> Path:
    (folder / "thornwick").mkdir()
    (folder / "complaints").mkdir()
    for name, text in {
        "thornwick/protocol.yaml": HEAD,
        "thornwick/rules.yaml": RULES,
        "complaints/all.yaml": SCENARIO,
    }.items():
        (folder / name).write_text(dedent(text), encoding="utf-8")
    return folder


@pytest.fixture
def rulebook(folder: Path) -> Rulebook:
    return load_rulebook(folder / "thornwick")


@pytest.fixture
def scenarios(folder: Path) -> dict[str, Scenario]:
    return {one.name: one for one in load_scenarios(folder / "complaints" / "all.yaml")}


def _ran(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object
) -> tuple[object, str]:
    monkeypatch.setattr("sys.argv", ["councilrules", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        run()
    shown = capsys.readouterr()
    return ended.value.code, shown.out + shown.err


def _found(made: Assessment) -> set[tuple[str, str, str | None, str]]:
    return {(one.clause, one.on, one.bearer, one.status.value) for one in made.findings}


def test_its_rulebook_has_its_clauses_words_and_questions(rulebook: Rulebook) -> None:
    assert list(rulebook.by_id) == ["1", "2", "3", "4", "5", "6", "7", "8", "9"]
    assert len(rulebook.rules) == 9
    assert "gossip" in rulebook.questions
    assert rulebook.roles["trustee"].offices == ("trustee", "convenor")


def test_the_library_finds_with_it_what_the_protocol_says(
    rulebook: Rulebook, scenarios: dict[str, Scenario]
) -> None:
    orders = assess(rulebook, scenarios["orders to wardens"])
    papers = assess(rulebook, scenarios["papers refused, and read"])

    of_orders = {one for one in _found(orders) if one[0] == "2"}
    assert of_orders == {("2", "e1", "ann", "breached"), ("2", "e2", "bob", "excused")}
    of_papers = {one for one in _found(papers) if one[0] in {"6", "7"}}
    assert of_papers == {
        ("6", "e1", "wim", "excused"),
        ("6", "e2", "wim", "breached"),
        ("7", "e3", "ann", "breached"),
    }
    assert [(one.clause, one.person, one.on) for one in papers.permissions] == [("6", "bob", "e4")]


def test_its_own_question_is_put_in_its_own_words(
    rulebook: Rulebook, scenarios: dict[str, Scenario]
) -> None:
    made = assess(rulebook, scenarios["gossip that nobody has judged, and some that was"])

    assert any("Was what Ann said of Wim gossip?" in one.asks for one in made.questions)


def test_its_findings_explain_themselves(
    rulebook: Rulebook, scenarios: dict[str, Scenario]
) -> None:
    scenario = scenarios["orders to wardens"]
    (breach,) = [one for one in assess(rulebook, scenario).breached if one.on == "e1"]

    assert explain(breach, rulebook, scenario).status is Status.BREACHED


def test_the_command_line_finds_no_fault_with_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, shown = _ran(monkeypatch, capsys, "lint", folder / "thornwick")

    assert status == 0
    assert shown == "thornwick: 9 clauses, 9 rules, no fault\n"


def test_its_scenarios_are_as_they_expect(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, shown = _ran(monkeypatch, capsys, "test", folder / "complaints")

    assert "6 of 6 scenarios are as expected" in shown, shown
    assert status == 0


def test_the_command_line_assesses_with_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, shown = _ran(monkeypatch, capsys, "assess", "--json", folder / "complaints/all.yaml")

    assert status == 1
    found = json.loads(shown)["findings"]
    assert {one["rulebook"] for one in found} == {"thornwick"}
    assert {one["clause"] for one in found if one["status"] == "breached"} >= set("2345678")


def test_the_rulebook_may_stand_anywhere_that_the_scenario_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder / "thornwick")

    status, shown = _ran(monkeypatch, capsys, "test", "../complaints/all.yaml")

    assert status == 0, shown


def test_a_fault_in_it_is_told_where_it_stands(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = folder / "thornwick" / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("to: paid-warden", "to: payed-warden"), encoding="utf-8")

    status, shown = _ran(monkeypatch, capsys, "assess", folder / "complaints")

    assert status == 2
    assert shown == (
        f"{folder}/complaints/../thornwick/rules.yaml:15:48: unknown role `payed-warden`"
        " [unknown-role]\n  help: did you mean `paid-warden`?\n"
    )
