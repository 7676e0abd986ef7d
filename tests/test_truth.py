"""The truth tables, in full."""

from __future__ import annotations

from itertools import product

import pytest

from councilrules.truth import Truth, all_true, any_true, truth

FALSE, UNKNOWN, TRUE = Truth
PAIRS = tuple(product(Truth, repeat=2))
BOTH_HOLD = {
    (FALSE, FALSE): FALSE, (FALSE, UNKNOWN): FALSE, (FALSE, TRUE): FALSE,
    (UNKNOWN, FALSE): FALSE, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, TRUE): UNKNOWN,
    (TRUE, FALSE): FALSE, (TRUE, UNKNOWN): UNKNOWN, (TRUE, TRUE): TRUE,
}  # fmt: skip
EITHER_HOLDS = {
    (FALSE, FALSE): FALSE, (FALSE, UNKNOWN): UNKNOWN, (FALSE, TRUE): TRUE,
    (UNKNOWN, FALSE): UNKNOWN, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, TRUE): TRUE,
    (TRUE, FALSE): TRUE, (TRUE, UNKNOWN): TRUE, (TRUE, TRUE): TRUE,
}  # fmt: skip


def named(value: object) -> str:
    return value.name.lower() if isinstance(value, Truth) else str(value)


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=named)
def test_both_hold_only_where_each_is_true(one: Truth, other: Truth) -> None:
    assert one.and_(other) is BOTH_HOLD[one, other]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=named)
def test_either_holds_where_one_is_true(one: Truth, other: Truth) -> None:
    assert one.or_(other) is EITHER_HOLDS[one, other]


@pytest.mark.parametrize(
    ("one", "opposite"), [(FALSE, TRUE), (UNKNOWN, UNKNOWN), (TRUE, FALSE)], ids=named
)
def test_the_opposite_of_what_is_unknown_stays_unknown(one: Truth, opposite: Truth) -> None:
    assert one.not_() is opposite


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=named)
def test_only_what_was_unknown_can_be_refined(one: Truth, other: Truth) -> None:
    assert one.refines(other) == ((one, other) in REFINED)


REFINED = {(FALSE, FALSE), (TRUE, TRUE), *((one, UNKNOWN) for one in Truth)}


@pytest.mark.parametrize("operator", [Truth.and_, Truth.or_], ids=["both", "either"])
@pytest.mark.parametrize(("one", "other"), PAIRS, ids=named)
def test_learning_one_truth_refines_what_is_made_of_two(
    operator: object, one: Truth, other: Truth
) -> None:
    made = {learnt: operator(learnt, other) for learnt in Truth}  # type: ignore[operator]

    assert all(made[learnt].refines(made[one]) for learnt in Truth if learnt.refines(one))


@pytest.mark.parametrize("truths", list(product(Truth, repeat=3)), ids=str)
def test_several_truths_are_joined_one_by_one(truths: tuple[Truth, ...]) -> None:
    one, two, three = truths

    assert all_true(truths) is one.and_(two).and_(three)
    assert any_true(truths) is one.or_(two).or_(three)


def test_of_no_truths_all_hold_and_none_does() -> None:
    assert (all_true(()), any_true(())) == (TRUE, FALSE)


@pytest.mark.parametrize(
    ("known", "expected"), [(True, TRUE), (False, FALSE), (None, UNKNOWN)], ids=str
)
def test_what_is_not_known_becomes_unknown(known: bool | None, expected: Truth) -> None:  # noqa: FBT001
    assert truth(known) is expected


@pytest.mark.parametrize("one", Truth, ids=named)
def test_a_truth_refuses_to_be_taken_for_yes_or_no(one: Truth) -> None:
    with pytest.raises(TypeError) as caught:
        bool(one)

    assert str(caught.value) == "a truth has three values: compare it, as in `is Truth.TRUE`"
