"""Times as people know them: exact, a day, a month, somewhere between two."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from councilrules.periods import Moment, Tenure

ZONE = ZoneInfo("Europe/London")
START = datetime(2025, 6, 2, 8, tzinfo=UTC)
STEP = timedelta(hours=6)
STEPS = 100
"""A month or so in steps of six hours, so that times are often equal."""

instants = st.integers(0, STEPS).map(lambda steps: START + steps * STEP)
often = st.sampled_from([True, True, True, False])
seldom = st.sampled_from([False, False, False, False, True])


def exact(at: datetime) -> Moment:
    return Moment(at, at)


def day_of(at: datetime) -> Moment:
    """Give the whole day, by the local clock, on which an instant falls."""
    day = datetime.combine(at.astimezone(ZONE).date(), time.min, ZONE)
    return Moment(day, day + timedelta(days=1, microseconds=-1))


def month_of(at: datetime) -> Moment:
    first = datetime.combine(at.astimezone(ZONE).date().replace(day=1), time.min, ZONE)
    following = (first + timedelta(days=32)).replace(day=1)
    return Moment(first, following - timedelta(microseconds=1))


@st.composite
def blurred(draw: st.DrawFn, at: datetime) -> Moment:
    """Draw how exactly an instant is known."""
    how = draw(st.sampled_from(["exact", "exact", "exact", "day", "month", "between"]))
    match how:
        case "day":
            return day_of(at)
        case "month":
            return month_of(at)
        case "between":
            return Moment(at, at + draw(st.integers(1, 12)) * STEP)
        case _:
            return exact(at)


moments = instants.flatmap(blurred)

_BEFORE = exact(datetime(2023, 5, 8, tzinfo=UTC))


@st.composite
def tenures(draw: st.DrawFn) -> Tenure:
    """Draw when a register entry holds: mostly throughout, sometimes not or not known."""
    if draw(often):
        return Tenure(since=draw(st.sampled_from([None, _BEFORE])))
    return draw(odd_tenures())


@st.composite
def odd_tenures(draw: st.DrawFn) -> Tenure:
    """Draw when a register entry holds that begins or ends about the time, or nobody knows when."""
    since, until = sorted([draw(instants), draw(instants)])
    begins, ends = draw(blurred(since)), draw(blurred(until + STEP))
    how = draw(st.sampled_from(["since", "until", "until", "both", "from-unknown", "to-unknown"]))
    match how:
        case "since":
            return Tenure(since=begins)
        case "until":
            return Tenure(since=_BEFORE, until=ends)
        case "from-unknown":
            return Tenure(since_unknown=True)
        case "to-unknown":
            return Tenure(since=_BEFORE, until_unknown=True)
        case _:
            return Tenure(since=begins, until=ends)
