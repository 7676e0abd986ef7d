"""A rulebook that was written reads back as it was, or is refused with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve
from hypothesis import given
from tests.drawing.rulebooks import generated, kept, set_within

from councilrules import load_rulebook
from councilrules.periods import Moment, calendar
from councilrules.register import INTEREST_KINDS
from councilrules.rulebooks.writing import written
from councilrules.rules import (
    AllOf,
    Always,
    AnyOf,
    Compared,
    Condition,
    Denied,
    HasInterest,
    Holds,
    Is,
    Judged,
    Modality,
    Not,
    Order,
    Pattern,
    Provided,
    Related,
    Rule,
    Rulebook,
    SitsOn,
    Vacant,
)
from councilrules.rules import Path as Field

MODEL = Path(__file__).parents[1] / "conformance" / "rulebook"


def read(texts: dict[str, str]) -> Rulebook:
    with TemporaryDirectory() as folder:
        for name, text in texts.items():
            Path(folder, name).write_text(text, encoding="utf-8", newline="")
        return load_rulebook(folder)


# --- what is drawn ----------------------------------------------------------------


def sayable(rulebook: Rulebook) -> Rulebook:
    """Make of a drawn rulebook what files have words for."""
    clauses = tuple(
        evolve(clause, rules=tuple(map(sayable_rule, clause.rules))) for clause in rulebook.clauses
    )
    return evolve(rulebook, clauses=clauses)


def sayable_rule(rule: Rule) -> Rule:
    further = [one for one in rule.further if isinstance(one, (Related, Judged))]
    return evolve(
        rule,
        roles=() if rule.bearer is None else rule.roles,
        trigger=Pattern(rule.trigger.kinds, said(rule.trigger.condition)),
        further=tuple(sorted((said(one) for one in further), key=turn)),
        required=tuple(required(rule)),
        exceptions=tuple((name, excuse(said(one))) for name, one in rule.exceptions),
        gaps=tuple((name, said(one)) for name, one in rule.gaps),
    )


def turn(condition: Condition) -> int:
    """Give the turn in which files name what a case needs."""
    if isinstance(condition, Judged):
        return 2
    return [Order.BEFORE, Order.ANY_TIME].index(getattr(condition, "order", Order.ANY_TIME))


def excuse(condition: Condition) -> Condition:
    return Vacant("clerk") if isinstance(condition, Always) else condition


def required(rule: Rule) -> Iterator[Related]:
    for one in rule.required:
        first = rule.modality is Modality.MUST_FIRST
        order = Order.BEFORE if first else Order.ANY_TIME if one.or_itself else Order.AFTER
        wider = any(each.or_itself for each in rule.required)
        pattern = Pattern(one.pattern.kinds, said(one.pattern.condition, related=True))
        yield Related(pattern, order, or_itself=wider)


def said(condition: Condition, *, related: bool = False) -> Condition:
    """Give a condition that files have words for, as like it as can be."""
    match condition:
        case AllOf(parts=parts):
            return AllOf(tuple(said(one, related=related) for one in parts))
        case AnyOf(parts=parts):
            return AnyOf(tuple(said(one, related=related) for one in parts))
        case Not(part=Related(pattern=pattern)):
            return Not(said(Related(pattern, Order.ANY_TIME)))
        case Not(part=Vacant() | Judged() as part):
            return part
        case Not(part=part):
            inner = said(part, related=related)
            return inner if inner == Provided(("grievance",)) else Not(inner)
        case Related(pattern=pattern, order=order):
            seen = Pattern(pattern.kinds, said(pattern.condition, related=True))
            return Related(seen, Order.ANY_TIME if order is Order.AFTER else order)
        case Compared():
            return evolve(condition, of_trigger=related)
        case _:
            return _without_details(condition)


def _without_details(condition: Condition) -> Condition:
    match condition:
        case Holds():
            return evolve(condition, of=None)
        case SitsOn():
            return evolve(condition, for_=None)
        case HasInterest():
            return evolve(condition, kinds=INTEREST_KINDS, known=False)
        case _:
            return condition


@given(rulebook=generated().map(sayable))
def test_what_was_written_of_a_drawn_rulebook_reads_back_as_it_was(rulebook: Rulebook) -> None:
    assert read(written(rulebook)) == rulebook


@given(rulebook=generated())
def test_a_rulebook_is_written_as_it_is_or_refused_by_the_name_of_a_rule(
    rulebook: Rulebook,
) -> None:
    try:
        texts = written(rulebook)
    except ValueError as error:
        assert "rule `" in str(error) or "exception `" in str(error)  # noqa: PT017 - or it is written
    else:
        assert read(texts) == rulebook


# --- what there is ----------------------------------------------------------------


@pytest.mark.parametrize("name", ["langport", "twywell", str(MODEL)])
def test_a_rulebook_that_was_read_and_written_reads_back_as_it_was(name: str) -> None:
    rulebook = load_rulebook(name)

    texts = written(rulebook)

    assert read(texts) == rulebook
    assert written(read(texts)) == texts


def test_clauses_stand_in_the_files_that_they_were_read_from() -> None:
    assert [*written(load_rulebook("twywell"))] == [
        "protocol.yaml",
        "0-introduction.yaml",
        "1-background.yaml",
        "2-roles.yaml",
        "3-expectations.yaml",
        "4-if-things-go-wrong.yaml",
        "5-control.yaml",
    ]


def book(*, trigger: Condition = Always(), **fields: object) -> Rulebook:  # noqa: B008 - frozen
    """Make a rulebook of one rule: what was promised on such terms is kept."""
    (clause,) = kept("clerk")
    (rule,) = clause.rules
    changed = evolve(rule, trigger=Pattern(("promise-made",), trigger), **fields)  # type: ignore[arg-type]  # of any field
    return set_within(evolve(clause, rules=(changed,)), days=3)


def test_a_short_rule_reads_as_people_write_it() -> None:
    assert written(book(trigger=Holds(Field("to"), ("councillor",))))["clauses.yaml"] == (
        """\
- clause: 1
  means: People behave.
  fingerprint: [00000000-1]
  kind: obligation
  force: must
  rules:
    - id: kept
      bearer: {by: clerk}
      whenever: {event: promise-made, to: councillor}
      must: {event: promise-kept, promise: trigger}
      within: silent
"""
    )


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param(AllOf((Always(), Vacant("clerk"))), id="all-of-anything"),
        pytest.param(AllOf((Judged("unfair"), Vacant("clerk"))), id="a-judgement-before-a-fact"),
        pytest.param(AllOf((Vacant("clerk"),)), id="all-of-one"),
        pytest.param(AnyOf((Vacant("clerk"), Vacant("chair"))), id="either-of-one-kind"),
        pytest.param(AllOf((Vacant("clerk"), Vacant("chair"))), id="two-of-one-kind"),
        pytest.param(Not(Always()), id="never"),
        pytest.param(Not(Not(Is(Field("in-role"), ("yes",)))), id="not-not"),
        pytest.param(Not(Provided(("grievance", "lobbying"))), id="no-procedure"),
        pytest.param(
            AllOf((Is(Field("in-role"), ("yes",)), Not(Is(Field("in-role"), ("no",))))),
            id="two-of-one-field",
        ),
    ],
)
def test_any_form_of_a_condition_that_files_have_words_for_is_kept(condition: Condition) -> None:
    rulebook = book(trigger=condition)

    assert read(written(rulebook)) == rulebook


def test_closed_days_and_dates_are_kept() -> None:
    at = datetime(2025, 3, 4, 10, tzinfo=UTC)
    days = calendar("england-and-wales", frozenset({date(2025, 12, 24), date(2025, 12, 29)}))
    rulebook = evolve(
        load_rulebook("twywell"), calendar=days, zone="America/New_York", adopted=Moment(at, at)
    )

    texts = written(rulebook)

    assert "closed: [2025-12-24, 2025-12-29]\n" in texts["protocol.yaml"]
    assert "adopted: 2025-03-04T05:00\n" in texts["protocol.yaml"]
    assert read(texts) == rulebook


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        pytest.param({"trigger": Not(Vacant("clerk"))}, "Vacant", id="somebody-is-in-office"),
        pytest.param({"bearer": None}, "binds the council", id="a-council-of-clerks"),
        pytest.param({"further": (Vacant("clerk"),)}, "Vacant", id="a-fact-beside-the-trigger"),
        pytest.param({"exceptions": (("sure", Always()),)}, "`sure`", id="always-excused"),
        pytest.param({"within": "soon"}, "`soon`", id="no-such-parameter"),
        pytest.param(
            {"denies": Denied(kind="document-inspected", copied=(), fixed=())},
            "`denies`",
            id="a-duty-that-denies",
        ),
    ],
)
def test_what_files_have_no_words_for_is_refused_with_what_it_is(
    fields: dict[str, object], what: str
) -> None:
    with pytest.raises(ValueError, match=what):
        written(book(**fields))  # type: ignore[arg-type]  # of any field
