"""What an event, a correction or the passing of time changes about findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import evolve, frozen

from councilrules.findings import Status

if TYPE_CHECKING:
    from datetime import datetime

    from councilrules.findings import Finding

ChangeKind = Literal["opened", "settled", "revised", "withdrawn"]
Cause = Literal["event", "correction", "withdrawal", "clock", "register"]

_UNSETTLED = frozenset({Status.OPEN, Status.UNDETERMINED})


@frozen(kw_only=True)
class Reason:
    """Why something changed.

    Attributes:
        cause: What came in: an event, a correction, a withdrawal, another register; or the
            clock, where nothing did.
        event: The id of the event, if it was one.
        as_of: The clock at which the change was seen, in UTC.
    """

    cause: Cause
    event: str | None = None
    as_of: datetime


@frozen(kw_only=True)
class Change:
    """What changed about one finding.

    Attributes:
        kind: `opened`: there was no finding on this case; `settled`: it was open or not
            determined and is so no more; `withdrawn`: there is none any more; `revised`:
            anything else.
        finding: As it is now; as it was last, if it is withdrawn.
        before: As it was; `None` if there was none.
        reason: What brought it about.
    """

    kind: ChangeKind
    finding: Finding
    before: Finding | None
    reason: Reason


def change(before: Finding | None, after: Finding | None, reason: Reason) -> Change | None:
    """Tell what changed from one finding to the next; `None` if nothing did."""
    if after is None:
        if before is None:
            return None
        return Change(kind="withdrawn", finding=before, before=before, reason=reason)
    if before is None:
        return Change(kind="opened", finding=after, before=None, reason=reason)
    if _apart_from_days(before) == _apart_from_days(after):
        return None
    was_unsettled = before.status in _UNSETTLED
    kind: ChangeKind = "settled" if was_unsettled and after.status not in _UNSETTLED else "revised"
    return Change(kind=kind, finding=after, before=before, reason=reason)


def _apart_from_days(finding: Finding) -> Finding:
    """Give a finding without the number of days that have passed, which every day changes."""
    return finding if finding.elapsed is None else evolve(finding, elapsed=None)
