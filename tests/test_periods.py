"""Laws and tables of moments, tenures, deadlines and working days."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise, product
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from holidays import country_holidays
from hypothesis import assume, given
from hypothesis import strategies as st

from councilrules.periods import (
    CONVENTIONS,
    Allowance,
    Moment,
    Stretch,
    Tenure,
    between,
    calendar,
    elapsed_working_days,
    end_of_day,
    parse_moment,
)
from councilrules.periods._settled import settled
from councilrules.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

LONDON = ZoneInfo("Europe/London")
TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
WORKING = calendar("england-and-wales")
F, U, T = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE

# A few neighbouring microseconds, so that every instant a moment allows can be listed.
ORIGIN = datetime(2025, 3, 4, tzinfo=UTC)
LAST_TICK = 6


def ticks(first: int, last: int | None = None) -> Moment:
    """Some moment from the `first` to the `last` microsecond after the origin."""
    last = first if last is None else last
    return Moment(ORIGIN + first * TICK, ORIGIN + last * TICK)


def instants(moment: Moment) -> list[int]:
    """Every instant that the moment can be."""
    first, last = ((at - ORIGIN) // TICK for at in (moment.first, moment.last))
    return list(range(first, last + 1))


def read(text: str) -> Moment:
    return parse_moment(text, LONDON)


def message(text: str) -> str:
    with pytest.raises(ValueError, match=r"\S") as caught:
        read(text)
    return str(caught.value)


@st.composite
def moments(draw: st.DrawFn, within: tuple[int, int] = (0, LAST_TICK)) -> Moment:
    low, high = within
    first = draw(st.integers(low, high))
    return ticks(first, draw(st.integers(first, high)))


@st.composite
def around(draw: st.DrawFn, at: int, moment: Moment) -> Moment:
    """What `moment` may be narrowed to if it is really the instant `at`."""
    allowed = instants(moment)
    return ticks(draw(st.integers(allowed[0], at)), draw(st.integers(at, allowed[-1])))


@st.composite
def stretches(draw: st.DrawFn, *, apart: bool = False) -> Stretch:
    """Acts with and without duration; `apart`: start and end never overlap."""
    start, end = draw(moments()), draw(moments())
    if draw(st.booleans()):
        return Stretch.at(start)
    least = start.last if apart else start.first
    return Stretch(start, Moment(max(end.first, least), max(end.last, least)))


@st.composite
def tenures(draw: st.DrawFn, *, apart: bool = False) -> Tenure:
    """Tenures; `apart`: both ends are known, and their bounds never overlap."""
    since, until = draw(st.none() | moments()), draw(st.none() | moments())
    if since is not None and until is not None:
        least = (since.last if apart else since.first) + TICK
        until = Moment(max(until.first, least), max(until.last, least))
    return Tenure(
        since,
        until,
        since_unknown=not apart and since is None and draw(st.booleans()),
        until_unknown=not apart and until is None and draw(st.booleans()),
    )


@st.composite
def learnt_acts(draw: st.DrawFn, act: Stretch) -> Stretch:
    start, end = draw(st.sampled_from(possible_acts(act)))
    known = draw(around(start, act.start))
    return Stretch.at(known) if act.start is act.end else Stretch(known, draw(around(end, act.end)))


@st.composite
def learnt_tenures(draw: st.DrawFn, tenure: Tenure) -> Tenure:
    since, until = draw(st.sampled_from(possible_tenures(tenure)))
    if tenure.since is not None:
        tenure = evolve(tenure, since=draw(around(since, tenure.since)))
    if tenure.until is not None:
        tenure = evolve(tenure, until=draw(around(until, tenure.until)))
    if tenure.since_unknown and draw(st.booleans()):
        tenure = evolve(tenure, since=ticks(since), since_unknown=False)
    if tenure.until_unknown and draw(st.booleans()):
        tenure = evolve(tenure, until=ticks(until), until_unknown=False)
    return tenure


def possible_acts(act: Stretch) -> list[tuple[int, int]]:
    if act.start is act.end:
        return [(at, at) for at in instants(act.start)]
    pairs = product(instants(act.start), instants(act.end))
    return [(start, end) for start, end in pairs if start <= end]


def possible_tenures(tenure: Tenure) -> list[tuple[int, int]]:
    """All first instants in and first instants no longer in, endless ones cut off."""
    ever, still = -1, LAST_TICK + 3
    since = [ever] if tenure.since is None else instants(tenure.since)
    until = [still] if tenure.until is None else instants(tenure.until)
    anything = list(range(ever, still + 1))
    since = anything if tenure.since_unknown else since
    until = anything if tenure.until_unknown else until
    return [(a, b) for a, b in product(since, until) if a < b]


def shared(act: Stretch, tenure: Tenure) -> Iterator[tuple[int, int] | None]:
    """For all that the bounds allow, first and last instant in both, if any."""
    for (start, end), (since, until) in product(possible_acts(act), possible_tenures(tenure)):
        first, last = max(start, since), min(end, until - 1)
        yield (first, last) if first <= last else None


def test_a_moment_is_the_same_in_whatever_zone_it_is_written() -> None:
    summer_time = timezone(timedelta(hours=1))
    written = datetime(2025, 7, 1, 11, tzinfo=summer_time)
    same = datetime(2025, 7, 1, 10, tzinfo=UTC)

    assert Moment(written, written) == Moment(same, same)
    assert hash(Moment(written, written)) == hash(Moment(same, same))
    assert Moment(written, written).first.tzinfo is UTC


def test_a_moment_in_the_repeated_hour_keeps_which_of_the_two_it_is() -> None:
    first, second = (datetime(2025, 10, 26, 1, 30, tzinfo=LONDON, fold=fold) for fold in (0, 1))

    assert Moment(first, first).before(Moment(second, second)) is T


def test_a_moment_without_zone_is_refused() -> None:
    naive = datetime(2025, 3, 4)  # noqa: DTZ001 - what is refused

    with pytest.raises(ValueError, match="needs a zone"):
        Moment(naive, naive)


def test_a_moment_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="it ends before it starts"):
        ticks(1, 0)


@pytest.mark.parametrize(("moment", "exact"), [(ticks(3), True), (ticks(3, 4), False)])
def test_a_moment_is_exact_when_its_bounds_meet(moment: Moment, *, exact: bool) -> None:
    assert moment.is_exact is exact


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(ticks(1), ticks(2), T, id="exact-and-earlier"),
        pytest.param(ticks(2), ticks(1), F, id="exact-and-later"),
        pytest.param(ticks(1), ticks(1), U, id="equal-exact-times"),
        pytest.param(ticks(0, 2), ticks(3, 5), T, id="bounds-apart"),
        pytest.param(ticks(3, 5), ticks(0, 2), F, id="bounds-apart-the-other-way"),
        pytest.param(ticks(0, 2), ticks(2, 5), U, id="bounds-touch"),
        pytest.param(ticks(2, 5), ticks(0, 2), U, id="bounds-touch-the-other-way"),
        pytest.param(ticks(0, 3), ticks(2, 5), U, id="bounds-overlap"),
        pytest.param(ticks(0, 5), ticks(2, 3), U, id="one-within-the-other"),
        pytest.param(ticks(0, 5), ticks(0, 5), U, id="equal-bounds"),
    ],
)
def test_before_is_strict(one: Moment, other: Moment, expected: Truth) -> None:
    assert one.before(other) is expected


@given(one=moments(), other=moments())
def test_before_is_true_for_all_moments_allowed_false_for_none_else_unknown(
    one: Moment, other: Moment
) -> None:
    pairs = list(product(instants(one), instants(other)))

    if all(x < y for x, y in pairs):
        assert one.before(other) is T
    elif all(x > y for x, y in pairs):
        assert one.before(other) is F
    else:
        assert one.before(other) is U


@given(one=moments(), other=moments())
def test_before_turned_round_is_its_opposite(one: Moment, other: Moment) -> None:
    assert one.before(other) is other.before(one).not_()


@given(data=st.data(), one=moments(), other=moments())
def test_learning_more_of_two_moments_only_refines_their_order(
    data: st.DataObject, one: Moment, other: Moment
) -> None:
    learnt, other_learnt = (
        data.draw(around(data.draw(st.sampled_from(instants(moment))), moment))
        for moment in (one, other)
    )

    assert learnt.before(other_learnt).refines(one.before(other))


@given(one=moments(), other=moments(), by=st.timedeltas(-100 * DAY, 100 * DAY))
def test_shifting_two_moments_leaves_their_order(one: Moment, other: Moment, by: timedelta) -> None:
    one_later, other_later = (
        Moment(moment.first + by, moment.last + by) for moment in (one, other)
    )

    assert one_later.before(other_later) is one.before(other)


def test_between_two_dates_is_from_the_first_of_one_to_the_last_of_the_other() -> None:
    assert between(read("2025-03-04"), read("2025-03-06")) == Moment(
        read("2025-03-04").first, read("2025-03-06").last
    )


def test_between_refuses_an_end_before_its_start() -> None:
    with pytest.raises(ValueError, match="it ends before it starts"):
        between(read("2025-03-06"), read("2025-03-04"))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-03-04", "2025-03-04T00:00", "2025-03-04T23:59:59.999999"),
        ("2025-03", "2025-03-01T00:00", "2025-03-31T22:59:59.999999"),
        ("2024-02", "2024-02-01T00:00", "2024-02-29T23:59:59.999999"),
        ("2025-12", "2025-12-01T00:00", "2025-12-31T23:59:59.999999"),
        ("2025-03-30", "2025-03-30T00:00", "2025-03-30T22:59:59.999999"),
        ("2025-10-26", "2025-10-25T23:00", "2025-10-26T23:59:59.999999"),
        ("2025-07-01", "2025-06-30T23:00", "2025-07-01T22:59:59.999999"),
        ("1800-01-01", "1800-01-01T00:01:15", "1800-01-02T00:01:14.999999"),
        ("2200-12-31", "2200-12-31T00:00", "2200-12-31T23:59:59.999999"),
        ("2025-03-04T10:00", "2025-03-04T10:00", None),
        ("2025-03-04 10:00", "2025-03-04T10:00", None),
        ("2025-03-04T10:00:07", "2025-03-04T10:00:07", None),
        ("2025-03-04T10:00:07.5", "2025-03-04T10:00:07.5", None),
        ("2025-03-04T10:00:07.123456789Z", "2025-03-04T10:00:07.123456", None),
        ("2025-07-01T10:00", "2025-07-01T09:00", None),
        ("2025-07-01T10:00Z", "2025-07-01T10:00", None),
        ("2025-07-01 10:00+01:00", "2025-07-01T09:00", None),
        ("2025-07-01T10:00-05:30", "2025-07-01T15:30", None),
        ("2025-10-26T01:30+01:00", "2025-10-26T00:30", None),
        ("2025-10-26T01:30+00:00", "2025-10-26T01:30", None),
        ("2025-10-26T00:59:59.999999", "2025-10-25T23:59:59.999999", None),
        ("2025-10-26T02:00", "2025-10-26T02:00", None),
        ("2025-03-30T00:59:59.999999", "2025-03-30T00:59:59.999999", None),
        ("2025-03-30T02:00", "2025-03-30T01:00", None),
    ],
)
def test_a_moment_is_read_with_the_bounds_it_leaves_open(
    text: str, first: str, last: str | None
) -> None:
    bounds = (
        datetime.fromisoformat(bound).replace(tzinfo=UTC)
        for bound in (first, first if last is None else last)
    )

    assert read(text) == Moment(*bounds)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2025-02-30", "`2025-02-30` is no date: there is no 30 February 2025"),
        ("2025-02-29", "`2025-02-29` is no date: there is no 29 February 2025"),
        (
            "2025-04-31T10:00",
            "`2025-04-31T10:00` is no date: there is no 31 April 2025",
        ),
        ("2025-12-00", "`2025-12-00` is no date: there is no 0 December 2025"),
        ("2025-13-01", "`2025-13-01` is no date: there is no month 13"),
        ("2025-00", "`2025-00` is no date: there is no month 0"),
        ("1799-12-31", "`1799-12-31` is out of range: years run from 1800 to 2200"),
        ("2201-01", "`2201-01` is out of range: years run from 1800 to 2200"),
        ("0000-01-01", "`0000-01-01` is out of range: years run from 1800 to 2200"),
        (
            "2025-10-26T01:30",
            (
                "`2025-10-26T01:30` happens twice, since the clocks go back: "
                "write +01:00 (before they do) or +00:00 (after) behind it"
            ),
        ),
        (
            "2025-03-30T01:30",
            (
                "there is no `2025-03-30T01:30`, since the clocks go forward: "
                "write +00:00 behind it if the clock had not been put forward"
            ),
        ),
    ],
)
def test_a_date_or_time_that_cannot_be_says_why(text: str, fault: str) -> None:
    assert message(text) == fault


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "yesterday",
            "2025",
            "4 March 2025",
            "04/03/2025",
            "2025-3-4",
            "20250304",
        ),
        *(" 2025-03-04", "2025-03-04\n", "٢٠٢٥-03-04", "2025-03T10:00", "10:00"),
        *("2025-03-04T", "2025-03-04T10", "2025-03-04T24:00", "2025-03-04T10:60"),
        *("2025-03-04T10:00:60", "2025-03-04T10:00.5", "2025-03-04t10:00"),
        *("2025-03-04T10:00+25:00", "2025-03-04T10:00+01:60", "2025-03-04T10:00+1"),
        *("2025-03-04Z", "2025-03-04T10:00 GMT", "2025-W10-2", "2025-063"),
    ],
)
def test_what_is_no_date_says_how_to_write_one(text: str) -> None:
    assert message(text) == (
        f"`{text}` is no date or time: write it like `2025-03-04`, `2025-03` or `2025-03-04T10:00`"
    )


DATE_LIKE = r"[0-9]{4}-[0-9]{2}(-[0-3][0-9]([T ][0-2][0-9]:[0-5][0-9](Z|-01:00)?)?)?"


@given(text=st.text("0123456789-:.TZ+ \n٣x") | st.from_regex(DATE_LIKE, fullmatch=True))
def test_any_text_is_read_or_refused_with_a_sentence_that_repeats_it(text: str) -> None:
    try:
        moment = read(text)
    except ValueError as refused:
        assert f"`{text}`" in str(refused)  # noqa: PT017 - being read is as good
    else:
        assert moment.first <= moment.last


def datetimes(zones: SearchStrategy[timezone]) -> SearchStrategy[datetime]:
    return st.datetimes(
        datetime(1800, 1, 2),  # noqa: DTZ001 - Hypothesis adds the zone
        datetime(2200, 12, 31),  # noqa: DTZ001
        timezones=zones,
    )


offsets = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
utc_times = datetimes(st.just(UTC))
days = st.dates(date(1950, 1, 1), date(2090, 1, 1))


@given(at=datetimes(offsets))
def test_a_time_with_offset_is_read_as_that_instant(at: datetime) -> None:
    assert read(at.isoformat()) == Moment(at, at)


@given(at=utc_times)
def test_a_time_without_offset_is_read_as_what_the_clock_showed_unless_twice(
    at: datetime,
) -> None:
    shown = at.astimezone(LONDON).replace(tzinfo=None).isoformat()

    try:
        moment = read(shown)
    except ValueError as refused:
        assert "happens twice" in str(refused)  # noqa: PT017 - or it is read
    else:
        assert moment == Moment(at, at)


def test_each_day_of_a_year_with_its_clock_changes_ends_where_the_next_begins() -> None:
    year = [read(f"{date(2025, 1, 1) + n * DAY}") for n in range(366)]

    assert all(one.last + TICK == other.first for one, other in pairwise(year))
    hours = {(day.last + TICK - day.first) // timedelta(hours=1) for day in year}
    assert hours == {23, 24, 25}


@given(year=st.integers(1800, 2200), month=st.integers(1, 12))
def test_a_month_is_from_the_start_of_its_first_day_to_the_end_of_its_last(
    year: int, month: int
) -> None:
    some = read(f"{year}-{month:02}")
    after = [year + 1, 1] if month == 12 else [year, month + 1]
    last = date(after[0], after[1], 1) - DAY

    assert some.first == read(f"{year}-{month:02}-01").first
    assert some.last == read(f"{last}").last


def test_the_skipped_hour_of_another_zone_is_refused_there_alone() -> None:
    new_york = ZoneInfo("America/New_York")

    with pytest.raises(ValueError, match=r"forward: write -05:00 behind it"):
        parse_moment("2025-03-09T02:30", new_york)
    assert read("2025-03-09T02:30").is_exact


def test_the_end_of_a_day_is_its_last_microsecond_by_the_local_clock() -> None:
    late_in_july = read("2025-07-01T23:30Z")

    assert end_of_day(late_in_july, LONDON) == read("2025-07-02T23:59:59.999999")


def test_the_end_of_some_day_of_a_month_is_from_its_first_to_its_last() -> None:
    assert end_of_day(read("2025-03"), LONDON) == between(
        read("2025-03-01T23:59:59.999999"), read("2025-03-31T23:59:59.999999")
    )


def test_a_stretch_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="it ends before it starts"):
        Stretch(ticks(3, 4), ticks(1, 2))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param((0, 2), (3, 5), T, id="over-before-the-other-starts"),
        pytest.param((0, 3), (3, 5), U, id="over-at-the-start-of-the-other"),
        pytest.param((0, 4), (3, 5), F, id="still-going-when-the-other-starts"),
        pytest.param((3, 5), (0, 2), F, id="after-the-other"),
    ],
)
def test_a_stretch_comes_before_another_when_all_of_it_does(
    one: tuple[int, int], other: tuple[int, int], expected: Truth
) -> None:
    first, second = (Stretch(ticks(a), ticks(b)) for a, b in (one, other))

    assert first.before(second) is expected


def test_a_tenure_is_half_open() -> None:
    tenure = Tenure(ticks(2), ticks(4))

    held = [tenure.holds_during(Stretch.at(ticks(at))) for at in range(6)]

    assert held == [F, F, T, T, F, F]


@given(at=utc_times, noon=utc_times)
def test_one_of_two_tenures_that_meet_at_noon_holds_at_any_instant_never_both(
    at: datetime, noon: datetime
) -> None:
    meeting, act = Moment(noon, noon), Stretch.at(Moment(at, at))

    until, since = Tenure(until=meeting), Tenure(since=meeting)

    assert {until.holds_during(act), since.holds_during(act)} == {F, T}


DAY_FROM_2_TO_4 = ticks(2, 4)


@pytest.mark.parametrize(
    ("tenure", "expected"),
    [
        pytest.param(Tenure(), [T, T, T, T, T, T, T], id="always"),
        pytest.param(Tenure(DAY_FROM_2_TO_4), [F, F, U, U, T, T, T], id="since-a-day"),
        pytest.param(Tenure(until=DAY_FROM_2_TO_4), [T, T, U, U, F, F, F], id="until-a-day"),
        pytest.param(
            Tenure(DAY_FROM_2_TO_4, DAY_FROM_2_TO_4),
            [F, F, U, U, F, F, F],
            id="within-a-day",
        ),
        pytest.param(Tenure(since_unknown=True), [U, U, U, U, U, U, U], id="since-not-known"),
        pytest.param(
            Tenure(until=ticks(3), since_unknown=True),
            [U, U, U, F, F, F, F],
            id="since-not-known-until-then",
        ),
        pytest.param(
            Tenure(ticks(3), until_unknown=True),
            [F, F, F, U, U, U, U],
            id="since-then-until-not-known",
        ),
        pytest.param(
            Tenure(since_unknown=True, until_unknown=True),
            [U, U, U, U, U, U, U],
            id="nothing-known",
        ),
    ],
)
def test_a_tenure_holds_at_an_instant_as_far_as_its_ends_are_known(
    tenure: Tenure, expected: list[Truth]
) -> None:
    held = [tenure.holds_during(Stretch.at(ticks(at))) for at in range(7)]

    assert held == expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2025-03-03", F), ("2025-03-04", U), ("2025-03-05", T)]
)
def test_on_the_day_of_a_bare_date_an_entry_is_unknown(day: str, expected: Truth) -> None:
    tenure = Tenure(since=read("2025-03-04"))

    assert tenure.holds_during(Stretch.at(read(day))) is expected
    assert tenure.holds_during(Stretch.at(read(f"{day}T12:00"))) is expected


def test_a_lasting_act_meets_a_tenure_that_lies_within_it() -> None:
    act = Stretch(read("2025-03-01"), read("2025-03-31"))

    assert Tenure(read("2025-03-04"), read("2025-03-04")).holds_during(act) is T


@given(act=stretches(), tenure=tenures())
def test_a_tenure_is_certain_only_if_the_bounds_allow_nothing_else(
    act: Stretch, tenure: Tenure
) -> None:
    meet = [part is not None for part in shared(act, tenure)]

    held = tenure.holds_during(act)

    assert held is not T or all(meet)
    assert held is not F or not any(meet)


@given(act=stretches(apart=True), tenure=tenures(apart=True))
def test_a_tenure_is_unknown_only_if_the_bounds_allow_both(act: Stretch, tenure: Tenure) -> None:
    meet = {part is not None for part in shared(act, tenure)}

    assert meet == {T: {True}, F: {False}, U: {True, False}}[tenure.holds_during(act)]


@given(data=st.data(), act=stretches(), tenure=tenures())
def test_learning_more_of_a_tenure_and_an_act_only_refines_whether_it_holds(
    data: st.DataObject, act: Stretch, tenure: Tenure
) -> None:
    learnt_act = data.draw(learnt_acts(act))
    learnt = data.draw(learnt_tenures(tenure)).holds_during(learnt_act)

    assert learnt.refines(tenure.holds_during(act))


@pytest.mark.parametrize(
    ("since", "until"),
    [
        pytest.param(ticks(3), ticks(3), id="over-as-it-starts"),
        pytest.param(ticks(3, 4), ticks(1, 3), id="over-as-it-may-start-at-the-earliest"),
        pytest.param(ticks(3), ticks(1), id="over-before-it-starts"),
    ],
)
def test_a_tenure_that_holds_at_no_instant_is_refused(since: Moment, until: Moment) -> None:
    with pytest.raises(ValueError, match="ends before it starts, or as soon as it"):
        Tenure(since, until)


def test_a_tenure_of_whole_days_holds_from_midnight_to_midnight_by_the_clock() -> None:
    tenure = Tenure.from_days(date(2025, 3, 29), date(2025, 10, 26), LONDON)

    assert tenure == Tenure(read("2025-03-29T00:00"), read("2025-10-27T00:00"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-03-03", F), ("2025-03-04", T), ("2025-03-06", T), ("2025-03-07", F)],
)
def test_a_tenure_of_whole_days_is_certain_on_its_first_and_last(day: str, expected: Truth) -> None:
    tenure = Tenure.from_days(date(2025, 3, 4), date(2025, 3, 6), LONDON)

    assert tenure.holds_during(Stretch.at(read(day))) is expected


def test_a_tenure_without_first_or_last_day_has_no_such_end() -> None:
    assert Tenure.from_days(None, None, LONDON) == Tenure()


def test_a_tenure_whose_last_day_comes_before_its_first_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        Tenure.from_days(date(2025, 3, 6), date(2025, 3, 5), LONDON)


def test_an_act_that_outlasts_a_tenure_is_clipped_to_it() -> None:
    tenure = Tenure.from_days(date(2025, 3, 4), date(2025, 3, 6), LONDON)

    clipped = Stretch(read("2025-03-01"), read("2025-03-31")).clipped(tenure)

    assert clipped == Stretch(read("2025-03-04T00:00"), read("2025-03-06T23:59:59.999999"))


def test_an_act_on_the_day_a_tenure_begins_is_clipped_to_the_rest_of_it() -> None:
    rest = between(read("2025-03-04T12:00"), read("2025-03-04T23:59:59.999999"))

    clipped = Stretch.at(read("2025-03-04")).clipped(Tenure(read("2025-03-04T12:00")))

    assert clipped == Stretch.at(rest)


@given(act=stretches(apart=True))
def test_an_act_is_clipped_by_nothing_where_a_tenure_has_always_held(
    act: Stretch,
) -> None:
    assert act.clipped(Tenure()) == act


@given(act=stretches(), tenure=tenures())
def test_a_clipped_act_has_every_part_that_may_lie_inside_and_no_wider_bounds(
    act: Stretch, tenure: Tenure
) -> None:
    parts = [part for part in shared(act, tenure) if part is not None]
    assume(parts)

    clipped = act.clipped(tenure)

    starts, ends = instants(clipped.start), instants(clipped.end)
    assert all(first in starts and last in ends for first, last in parts)
    assert starts[0] == min(first for first, _ in parts)
    assert ends[-1] == max(last for _, last in parts)


@given(at=moments(), tenure=tenures())
def test_clipping_what_took_no_time_leaves_what_took_no_time(at: Moment, tenure: Tenure) -> None:
    act = Stretch.at(at)
    assume(tenure.holds_during(act) is not F)

    clipped = act.clipped(tenure)

    assert clipped.start == clipped.end
    assert set(instants(clipped.start)) <= set(instants(at))


def test_clipping_to_a_tenure_that_never_meets_the_act_is_refused() -> None:
    with pytest.raises(ValueError, match="it ends before it starts"):
        Stretch.at(ticks(1)).clipped(Tenure(since=ticks(3)))


# Mondays to Fridays that were bank holidays in England and Wales, as proclaimed.
BANK_HOLIDAYS = {
    2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
    2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}


@pytest.mark.parametrize("year", BANK_HOLIDAYS)
def test_a_weekday_is_free_exactly_if_it_is_a_bank_holiday(year: int) -> None:
    whole_year = [date(year, 1, 1) + n * DAY for n in range(365)]

    free = [day for day in whole_year if not WORKING.is_working(day)]

    weekdays = [f"{day:%m-%d}" for day in free if day.weekday() < 5]
    assert " ".join(weekdays) == BANK_HOLIDAYS[year]
    assert {day for day in whole_year if day.weekday() >= 5} <= set(free)


def test_a_day_that_the_council_adds_is_free() -> None:
    christmas_eve = date(2025, 12, 24)

    closed = calendar("england-and-wales", frozenset({christmas_eve}))

    assert WORKING.is_working(christmas_eve)
    assert not closed.is_working(christmas_eve)
    assert closed.add(date(2025, 12, 23), 1) == date(2025, 12, 29)


def test_an_unknown_calendar_names_those_there_are() -> None:
    with pytest.raises(KeyError, match="unknown calendar `scotland`: there is `eng"):
        calendar("scotland")


def test_the_library_is_loaded_only_for_a_weekday_of_a_year_that_is_not_over() -> None:
    script = """
import sys
from datetime import date
from councilrules.periods import calendar
days = calendar("england-and-wales")
days.is_working(date(2025, 3, 7))
days.is_working(date(2026, 3, 7))
print("holidays" in sys.modules)
days.is_working(date(2026, 3, 6))
print("holidays" in sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2025, 4, 17), date(2025, 4, 17), id="itself"),
        pytest.param(date(2025, 4, 18), date(2025, 4, 22), id="over-easter"),
    ],
)
def test_the_first_working_day_from_a_day(day: date, expected: date) -> None:
    assert WORKING.first_working_day_from(day) == expected


@given(day=days, n=st.integers(0, 60))
def test_a_working_day_n_on_is_n_working_days_away(day: date, n: int) -> None:
    assert WORKING.between(day, WORKING.add(day, n)) == n


@given(day=days, n=st.integers(1, 60))
def test_a_working_day_n_on_is_the_first_that_far_away(day: date, n: int) -> None:
    found = WORKING.add(day, n)

    assert WORKING.is_working(found)
    assert WORKING.between(day, found - DAY) == n - 1


@given(
    start=days,
    length=st.integers(-30, 1500),
    extra=st.frozensets(st.dates(date(1949, 1, 1), date(2095, 1, 1))),
)
def test_the_working_days_between_two_days_are_those_after_one_up_to_the_other(
    start: date, length: int, extra: frozenset[date]
) -> None:
    closed = calendar("england-and-wales", extra | {start + 3 * DAY})

    one_by_one = sum(closed.is_working(start + n * DAY) for n in range(1, length + 1))

    assert closed.between(start, start + length * DAY) == one_by_one


def allowance(number: int, unit: Literal["days", "working-days"], counting: str) -> Allowance:
    return Allowance(number=number, unit=unit, counting=counting, calendar=WORKING)


@pytest.mark.parametrize(
    ("opened", "number", "unit", "counting", "last_day"),
    [
        ("2025-03-03", 3, "days", "first-day-out", "2025-03-06"),
        ("2025-03-03", 3, "days", "first-day-in", "2025-03-05"),
        ("2025-03-03", 3, "days", "clear-days", "2025-03-07"),
        ("2025-03-03", 0, "days", "first-day-out", "2025-03-03"),
        ("2025-03-03", 1, "days", "first-day-in", "2025-03-03"),
        ("2025-03-03", 0, "days", "clear-days", "2025-03-04"),
        ("2025-03-06", 2, "days", "first-day-out", "2025-03-08"),
        ("2025-03-06", 3, "working-days", "first-day-out", "2025-03-11"),
        ("2025-03-06", 3, "working-days", "first-day-in", "2025-03-10"),
        ("2025-03-06", 3, "working-days", "clear-days", "2025-03-12"),
        ("2025-03-08", 1, "working-days", "first-day-out", "2025-03-10"),
        ("2025-03-08", 1, "working-days", "first-day-in", "2025-03-10"),
        ("2025-03-08", 1, "working-days", "clear-days", "2025-03-11"),
        ("2025-03-08", 0, "working-days", "first-day-out", "2025-03-08"),
        ("2025-04-17", 5, "working-days", "first-day-out", "2025-04-28"),
        ("2025-03-28T10:00", 3, "days", "first-day-out", "2025-03-31"),
        ("2025-07-01T23:30Z", 1, "days", "first-day-out", "2025-07-03"),
        ("2025-10-24", 3, "days", "first-day-out", "2025-10-27"),
    ],
)
def test_a_deadline_runs_to_the_end_of_its_last_day(
    opened: str,
    number: int,
    unit: Literal["days", "working-days"],
    counting: str,
    last_day: str,
) -> None:
    due = allowance(number, unit, counting).due(read(opened), LONDON)

    assert due == read(f"{last_day}T23:59:59.999999")


def test_a_deadline_on_what_happened_some_day_of_a_month_lies_within_bounds() -> None:
    due = allowance(10, "working-days", "first-day-out").due(read("2025-03"), LONDON)

    assert due == between(read("2025-03-14T23:59:59.999999"), read("2025-04-14T23:59:59.999999"))


allowances = st.builds(
    allowance,
    st.integers(1, 40),
    st.sampled_from(["days", "working-days"]),
    st.sampled_from(sorted(CONVENTIONS)),
)


@given(allowed=allowances, day=days, more=st.integers(0, 40))
def test_what_is_known_to_a_month_is_due_when_one_of_its_days_would_be(
    allowed: Allowance, day: date, more: int
) -> None:
    first, last = read(f"{day}"), read(f"{day + more * DAY}")

    due = allowed.due(between(first, last), LONDON)

    assert due == between(allowed.due(first, LONDON), allowed.due(last, LONDON))


@given(day=days, n=st.integers(0, 40))
def test_n_clear_days_lie_between_what_happened_and_the_deadline(day: date, n: int) -> None:
    due = allowance(n, "working-days", "clear-days").due(read(f"{day}"), LONDON)

    deadline = due.first.astimezone(LONDON).date()
    assert WORKING.is_working(deadline)
    assert WORKING.between(day, deadline - DAY) == n


@pytest.mark.parametrize(
    ("number", "counting", "fault"),
    [
        (-1, "clear-days", "`-1` days cannot .* write a number from 0 to 10000"),
        (0, "first-day-in", "`0` days cannot be .* write a number from 1 to 10000"),
        (10_001, "first-day-out", "`10001` days cannot .* from 0 to 10000"),
        (5, "clear", "`clear`: it is one of `clear-days`, `first-day-in`, `first"),
    ],
)
def test_an_allowance_that_cannot_be_counted_is_refused(
    number: int, counting: str, fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        allowance(number, "days", counting)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("2025-03-03T09:00", "2025-03-03T17:00", 0, id="same-day"),
        pytest.param("2025-03-07", "2025-03-09", 0, id="friday-to-sunday"),
        pytest.param("2025-03-07", "2025-03-10", 1, id="friday-to-monday"),
        pytest.param("2025-04-17", "2025-04-22", 1, id="over-easter"),
        pytest.param("2025-03-10", "2025-03-03", 0, id="backwards"),
        pytest.param("2025-06-30T23:30Z", "2025-07-01", 0, id="by-the-local-clock"),
        pytest.param("2025-03", "2025-03-04", 2, id="from-the-earliest"),
    ],
)
def test_elapsed_working_days_are_counted_between_local_days(
    start: str, end: str, expected: int
) -> None:
    elapsed = elapsed_working_days(read(start), read(end), WORKING, LONDON)

    assert elapsed == expected


@pytest.mark.parametrize("year", range(2010, 2028))
def test_the_bank_holidays_of_past_years_are_those_of_the_library(year: int) -> None:
    known = settled(year)

    assert known in (None, frozenset(country_holidays("GB", subdiv="ENG", years=year)))
    assert (known is None) == (year not in range(2013, 2026))
