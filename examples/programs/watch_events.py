"""Tells of each change as events come in, and every evening lists what is due.

Run it from the repository root: `python examples/programs/watch_events.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from attrs import frozen

from councilrules import (
    Change,
    Event,
    Finding,
    HistoryError,
    Register,
    Rulebook,
    Watch,
    load_history,
    load_register,
    load_rulebook,
)

HERE = Path(__file__).parent
WEEK = timedelta(days=7)


@frozen
class Desk:
    """A clerk's desk: events come in during the day, and in the evening one looks ahead.

    Attributes:
        watch: What keeps the findings up to date.
    """

    watch: Watch

    @classmethod
    def under(cls, rulebook: Rulebook, register: Register) -> Desk:
        """Make a desk on which every change is told as it comes about."""
        return cls(Watch(rulebook, register, on_change=tell))

    def take(self, events: Iterable[Event]) -> None:
        """Take in the events of a day, and tell of those that cannot be used."""
        for event in events:
            try:
                self.watch.observe(event)
            except HistoryError as error:
                print(f"  passed over: {error}")

    def close_the_day(self, evening: datetime) -> None:
        """Move the clock on, and list what is to be done within a week."""
        self.watch.advance(evening)
        for finding in self.watch.due(evening + WEEK):
            print(f"  due: {said(finding)}")


def tell(change: Change) -> None:
    """Print a change on one line."""
    print(f"  {change.kind}: {said(change.finding)} ({change.reason.cause})")


def said(finding: Finding) -> str:
    """Give a finding on one line."""
    by = "" if finding.due is None else f", by {finding.due:%d %B}"
    late = "" if finding.late_by is None else f", {finding.late_by} working days late"
    proof = finding.proof.name.lower()
    bearer = finding.bearer or "somebody who is not known"
    return f"{finding.clause} {bearer} {finding.on} {finding.status.value}, {proof}{by}{late}"


def main() -> None:
    """Watch the log beside this program day by day."""
    desk = Desk.under(load_rulebook("langport"), load_register(HERE / "register.yaml"))
    arriving = sorted(load_history(HERE / "events.csv").events, key=lambda one: one.at.first)
    evening = datetime(2025, 3, 11, 18, tzinfo=UTC)
    while arriving:
        print(f"{evening:%d %B}")
        desk.take(one for one in arriving if one.at.first <= evening)
        desk.close_the_day(evening)
        arriving = [one for one in arriving if one.at.first > evening]
        evening += timedelta(days=3)
    desk.watch.close()


if __name__ == "__main__":
    main()
