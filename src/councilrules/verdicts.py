"""From truths and the clock to a status: one finite table (MEANING.md P6)."""

from __future__ import annotations

from councilrules.findings import Status
from councilrules.truth import Truth


def verdict(*, trigger: Truth, excused: Truth, done: Truth, left: Truth) -> Status | None:
    """Say where a case stands; `None` if there is no finding.

    For a prohibition nothing can be done any more and no time is left: `done` and
    `left` are false.

    Args:
        trigger: Whether what opens the case happened, to somebody the rule binds.
        excused: Whether an exception applies.
        done: Whether what was required was done in time.
        left: Whether there is time left to do it.

    Returns:
        `UNDETERMINED` only when some missing fact could still turn the status.
    """
    if trigger is Truth.FALSE:
        return None
    if trigger is Truth.TRUE:
        return _triggered(excused, done, left)
    would_be = _triggered(excused, done, left)
    accuses = would_be in {Status.BREACHED, Status.UNDETERMINED}
    return Status.UNDETERMINED if accuses else None


def _triggered(excused: Truth, done: Truth, left: Truth) -> Status:
    if excused is Truth.TRUE:
        return Status.EXCUSED
    if done is Truth.TRUE:
        return Status.MET
    if left is Truth.TRUE:
        return Status.OPEN
    if excused is done is left is Truth.FALSE:
        return Status.BREACHED
    return Status.UNDETERMINED
