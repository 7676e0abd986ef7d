"""Time as it is known: moments within bounds, tenures, deadlines, working days."""

from __future__ import annotations

from councilrules.periods.deadlines import (
    CONVENTIONS,
    Allowance,
    WorkingDays,
    calendar,
    elapsed_working_days,
)
from councilrules.periods.moments import Moment, Stretch, Tenure, between, end_of_day
from councilrules.periods.reading import parse_moment

__all__ = [
    "CONVENTIONS",
    "Allowance",
    "Moment",
    "Stretch",
    "Tenure",
    "WorkingDays",
    "between",
    "calendar",
    "elapsed_working_days",
    "end_of_day",
    "parse_moment",
]
