"""The status table of MEANING P6, in full."""

from __future__ import annotations

from itertools import product

import pytest

from councilrules.findings import Status
from councilrules.truth import Truth
from councilrules.verdicts import verdict

F, U, T = Truth
NONE = None
BREACHED, UNDETERMINED, OPEN, EXCUSED, MET = Status
ROWS = {
    # excused, done, left: with the trigger true, with the trigger unknown
    (T, T, T): (EXCUSED, NONE),
    (T, T, U): (EXCUSED, NONE),
    (T, T, F): (EXCUSED, NONE),
    (T, U, T): (EXCUSED, NONE),
    (T, U, U): (EXCUSED, NONE),
    (T, U, F): (EXCUSED, NONE),
    (T, F, T): (EXCUSED, NONE),
    (T, F, U): (EXCUSED, NONE),
    (T, F, F): (EXCUSED, NONE),
    (U, T, T): (MET, NONE),
    (U, T, U): (MET, NONE),
    (U, T, F): (MET, NONE),
    (U, U, T): (OPEN, NONE),
    (U, U, U): (UNDETERMINED, UNDETERMINED),
    (U, U, F): (UNDETERMINED, UNDETERMINED),
    (U, F, T): (OPEN, NONE),
    (U, F, U): (UNDETERMINED, UNDETERMINED),
    (U, F, F): (UNDETERMINED, UNDETERMINED),
    (F, T, T): (MET, NONE),
    (F, T, U): (MET, NONE),
    (F, T, F): (MET, NONE),
    (F, U, T): (OPEN, NONE),
    (F, U, U): (UNDETERMINED, UNDETERMINED),
    (F, U, F): (UNDETERMINED, UNDETERMINED),
    (F, F, T): (OPEN, NONE),
    (F, F, U): (UNDETERMINED, UNDETERMINED),
    (F, F, F): (BREACHED, UNDETERMINED),
}
TABLE: dict[tuple[Truth, ...], Status | None] = {
    (trigger, *row): status
    for row, (if_true, if_unknown) in ROWS.items()
    for trigger, status in ((T, if_true), (U, if_unknown), (F, NONE))
}
LATER: dict[Status | None, set[Status | None]] = {
    BREACHED: {BREACHED},
    EXCUSED: {EXCUSED},
    MET: {MET, EXCUSED},
    OPEN: {OPEN, MET, EXCUSED},
    NONE: {NONE, OPEN, MET, EXCUSED},
    UNDETERMINED: {*Status, NONE},
}
"""What a status may become by learning alone."""


def status_of(case: tuple[Truth, ...]) -> Status | None:
    trigger, excused, done, left = case
    return verdict(trigger=trigger, excused=excused, done=done, left=left)


def test_the_table_has_every_row() -> None:
    assert TABLE.keys() == set(product(Truth, repeat=4))


@pytest.mark.parametrize(
    "case", list(TABLE), ids=lambda case: "-".join(one.name.lower() for one in case)
)
def test_a_verdict_is_what_the_table_says(case: tuple[Truth, ...]) -> None:
    assert status_of(case) is TABLE[case]


@pytest.mark.parametrize("case", list(TABLE), ids=lambda case: "-".join(one.name for one in case))
def test_learning_a_truth_turns_no_settled_status(case: tuple[Truth, ...]) -> None:
    learnt = (
        other for other in TABLE if all(a.refines(b) for a, b in zip(other, case, strict=True))
    )

    assert {status_of(one) for one in learnt} <= LATER[status_of(case)]


@pytest.mark.parametrize("case", list(TABLE), ids=lambda case: "-".join(one.name for one in case))
def test_a_verdict_is_undetermined_only_where_learning_could_turn_it(
    case: tuple[Truth, ...],
) -> None:
    learnt = [
        other for other in TABLE if all(a.refines(b) for a, b in zip(other, case, strict=True))
    ]
    settled = {status_of(one) for one in learnt if U not in one}

    assert (len(settled) > 1) or status_of(case) is not UNDETERMINED


def test_waiting_settles_only_what_was_open() -> None:
    for trigger, excused, done in product(Truth, repeat=3):
        before, after = (status_of((trigger, excused, done, left)) for left in (T, F))
        assert before is after or before in {OPEN, NONE}
