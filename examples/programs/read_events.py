"""Reads a log of events and prints what it comes to under a protocol.

Run it from the repository root: `python examples/programs/read_events.py`.
"""

from __future__ import annotations

from pathlib import Path

from councilrules import (
    Assessment,
    Finding,
    Scenario,
    assess,
    load_history,
    load_register,
    load_rulebook,
)

HERE = Path(__file__).parent


def assessed(events: Path, register: Path, council: str) -> Assessment:
    """Assess the events of a CSV file, with the register beside them.

    Raises:
        HistoryError: When one of the two files cannot be used.
        RulebookError: When there is no such rulebook.
    """
    scenario = Scenario(
        name=events.name,
        rulebooks=(),
        register=load_register(register),
        history=load_history(events),
    )
    return assess(load_rulebook(council), scenario)


def line(finding: Finding) -> str:
    """Give a finding on one line."""
    bearer = finding.bearer or "somebody who is not known"
    proof = finding.proof.name.lower()
    late = "" if finding.late_by is None else f", {finding.late_by} working days late"
    return (
        f"{finding.clause} {finding.status.value}: {bearer}, {', '.join(finding.events)} "
        f"({proof}, {finding.force}{late})"
    )


def main() -> None:
    """Print the findings and the questions of the log beside this program."""
    made = assessed(HERE / "events.csv", HERE / "register.yaml", "langport")
    print(f"Findings as of {made.as_of:%d %B %Y}")
    for finding in made.findings:
        print(f"  {line(finding)}")
    print("Questions")
    for question in made.questions:
        print(f"  {question.asks}")


if __name__ == "__main__":
    main()
