"""The bank holidays of years that are over, so that nobody waits for the library.

Loading the library takes 0.2 s. What is past cannot change any more; a test holds this
table against the library.
"""

from datetime import date
from typing import Final

_DAYS_BY_YEAR: Final = {
    2013: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2014: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2015: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28",
    2016: "01-01 03-25 03-28 05-02 05-30 08-29 12-25 12-26 12-27",
    2017: "01-01 01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-26 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-25 12-26 12-27 12-28",
    2022: "01-01 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-25 12-26 12-27",
    2023: "01-01 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
}


def settled(year: int) -> frozenset[date] | None:
    """Give the bank holidays of a year that is over; `None` if the library has to say."""
    days = _DAYS_BY_YEAR.get(year)
    if days is None:
        return None
    return frozenset(date.fromisoformat(f"{year}-{day}") for day in days.split())
