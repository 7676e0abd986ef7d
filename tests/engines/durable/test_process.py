"""The process of durable-rules dies, hangs and babbles, and nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from councilrules.engines import durable
from councilrules.engines._errors import EngineError
from councilrules.engines.durable import _process

RULES = {
    "d0": {
        "all": [
            {"s": {"$and": [{"type": "a"}, {"$ex": {"k": 1}}]}},
            {"r": {"$and": [{"type": "b"}, {"$ex": {"k": 1}}, *[{"k": {"s": "k"}}] * 2]}},
        ]
    },
    "rest": {"all": [{"s": {"$and": [{"$ex": {"type": 1}}]}}]},
}


def told(process: durable.Process, number: int, kind: str, key: str = "n1") -> None:
    process.assert_fact(
        number, f'["x"],{{"id":"f{number}","n":{number},"type":"{kind}","k":"{key}"}}'
    )


def pid_of(process: durable.Process) -> int:
    assert process._running is not None  # noqa: SLF001 - to be killed
    return process._running.pid  # noqa: SLF001 - as above


def exchange(process: durable.Process) -> list[list[int]]:
    """Send what is waiting, and give all that fires."""
    return [*process.send(), *process.receive()]


def fired_after(process: durable.Process, harm: Callable[[int], None]) -> list[list[int]]:
    """Tell a fact, do some harm, tell what it is joined with, and give what fires."""
    process.define("x", RULES)
    told(process, 1, "a")
    fired = exchange(process)
    harm(pid_of(process))
    told(process, 2, "b")
    return [*fired, *exchange(process)]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_process_that_dies_is_started_again_and_told_everything(number: signal.Signals) -> None:
    with durable.start() as process:
        fired = fired_after(process, lambda pid: os.kill(pid, number))

        assert fired == [[0, 1, 2]]
        assert process.incidents == [
            f"durable-rules died (signal {number.value}) after 1 facts; it was started again"
        ]


def test_a_process_that_hangs_is_ended_and_started_again() -> None:
    with durable.Process(limit=0.5) as process:
        fired = fired_after(process, lambda pid: os.kill(pid, signal.SIGSTOP))

        assert fired == [[0, 1, 2]]
        assert process.incidents == [
            "durable-rules did not answer for 0.5 seconds after 1 facts; it was started again"
        ]


def test_facts_that_were_taken_back_stay_so() -> None:
    with durable.start() as process:
        process.define("x", RULES)
        told(process, 1, "a")
        process.send()
        process.retract_fact(1, '["x"],{"id":"f1","n":1,"type":"a","k":"n1"}')
        process.send()
        os.kill(pid_of(process), signal.SIGKILL)
        told(process, 2, "b")

        assert exchange(process) == []
        assert len(process.incidents) == 1


@pytest.mark.parametrize(
    ("told_it", "incident"),
    [
        pytest.param('["x"],{"id":"f3","n":3,"type":1e20}', "error code: 204", id="a-bad-fact"),
        pytest.param('["y"],{"id":"f3","n":3,"type":"a"}', "not found", id="an-unknown-ruleset"),
        pytest.param(
            '["x"],{"id":"f3","n":3,"type":"a",' + ",".join(f'"c{n}":1' for n in range(260)) + "}",
            "error code: 302",
            id="too-many-fields",
        ),
        pytest.param('["x"],{"id":"f3","n":3}', "MessageNotHandled", id="a-fact-that-fits-nothing"),
    ],
)
def test_what_it_reports_is_told_and_given_up_when_it_comes_again_and_again(
    told_it: str, incident: str
) -> None:
    with durable.Process(restarts=2) as process:
        process.define("x", RULES)
        process.assert_fact(3, told_it)

        with pytest.raises(EngineError, match="each of the 2 times") as caught:
            exchange(process)

        assert incident in str(caught.value)
        assert "help: choose another engine" in str(caught.value)
        assert len(process.incidents) == 3

        # What follows for other rules is not touched by that.
        process.reset()
        assert fired_after(process, lambda _: None) == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("script", "incident"),
    [
        pytest.param("print('hello')", "answered what is no answer", id="words"),
        pytest.param("print([1, [[0, 1]], None])", "answered what is no answer", id="too-short"),
        pytest.param("print([1, [['0', 1, 2]], 'null'])", "answered what is no", id="no-numbers"),
        pytest.param("print('[7, [], null]')", "answered what is no answer", id="another-batch"),
        pytest.param("print('[1, [], ')", "answered what is no answer", id="half-an-answer"),
        pytest.param("raise SystemExit(3)", "ended (exit status 3)", id="an-end"),
    ],
)
def test_rubbish_is_never_taken_for_an_answer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, incident: str
) -> None:
    babbling = tmp_path / "babbling.py"
    babbling.write_text(
        textwrap.dedent(f"""
            import sys
            for line in sys.stdin:
                {script}
                sys.stdout.flush()
        """)
    )
    monkeypatch.setattr(_process, "_SCRIPT", babbling)

    with durable.Process(restarts=1) as process:
        process.define("x", RULES)
        with pytest.raises(EngineError):
            exchange(process)

    assert incident in process.incidents[0]


def test_it_ends_when_it_is_closed_and_is_waited_for() -> None:
    process = durable.start()
    fired_after(process, lambda _: None)
    pid = pid_of(process)

    process.close()

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_it_ends_when_its_parent_does() -> None:
    script = textwrap.dedent("""
        import os
        from councilrules.engines import durable
        process = durable.start()
        print(process._running.pid, flush=True)
        os._exit(1)
    """)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=30
    )
    pid = int(done.stdout)

    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("it runs on")


def test_where_durable_rules_is_not_installed_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_process, "find_spec", lambda _: None)

    with pytest.raises(EngineError, match="pip install durable-rules"):
        durable.start()


def test_it_may_be_used_again_after_it_was_closed() -> None:
    process = durable.start()
    process.close()

    with process:
        assert fired_after(process, lambda _: None) == [[0, 1, 2]]


def test_what_was_recorded_can_be_replayed() -> None:
    with durable.start() as process:
        process.recorded = []
        fired_after(process, lambda _: None)

        seconds, fired = durable.replayed(process.recorded)

    assert seconds > 0
    assert fired == 1
