"""The small words: days, people, lists and articles, as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from councilrules.events import Empty, OneOf
from councilrules.history import names
from councilrules.register import COUNCIL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from councilrules.periods import Moment, Tenure

LONDON = "Europe/London"
SOMEBODY = "somebody"
_LAST_SECOND = (23, 59, 59)
_ONLY_ONE = frozenset({COUNCIL, "clerk", "chair", "monitoring-officer"})


def day(at: datetime, zone: str = LONDON) -> str:
    """Say a day as people write it, such as `4 March 2025`."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y}"


def when(moment: Moment, zone: str = LONDON) -> str:
    """Say a moment as nearly as it is known: a time, a day, or between two days."""
    first = moment.first.astimezone(ZoneInfo(zone))
    start, end = day(moment.first, zone), day(moment.last, zone)
    if moment.is_exact and (first.hour, first.minute, first.second) == _LAST_SECOND:
        return f"the end of {start}"
    if moment.is_exact and (first.hour, first.minute) != (0, 0):
        return f"{start}, {first:%H:%M}"
    return start if start == end else f"between {start} and {end}"


def period(tenure: Tenure, zone: str = LONDON) -> str:
    """Say when a register entry holds, such as `since 1 May 2023`; empty if always."""
    since = "" if tenure.since is None else f"since {when(tenure.since, zone)}"
    until = "" if tenure.until is None else f"until {when(tenure.until, zone)}"
    if tenure.since_unknown:
        since = "since when is not known"
    if tenure.until_unknown:
        until = "until when is not known"
    return ", ".join(filter(None, (since, until)))


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Join words as a sentence does.

    Examples:
        >>> listed(["2.3", "2.4", "2.5"])
        '2.3, 2.4 and 2.5'
    """
    *most, last = [*words] or [""]
    return f"{', '.join(most)} {joint} {last}" if most else last


def plain(name: str) -> str:
    """Say a word of the files without its hyphens.

    Examples:
        >>> plain("not-for-publication")
        'not for publication'
    """
    return name.replace("-", " ")


def person(name: str) -> str:
    """Say the name of a person or a body; the council has an article of its own."""
    return f"the {COUNCIL}" if name == COUNCIL else name


def who(raw: object) -> str:
    """Say the people of a field: by name, as one of several, nobody, or somebody."""
    if isinstance(raw, OneOf):
        return listed([person(name) for name in raw.names], "or")
    if raw is Empty.NONE:
        return "nobody"
    return listed([person(name) for name in names(raw)]) or SOMEBODY


def a(noun: str) -> str:
    """Put the article before a noun: the definite one before what there is one of.

    Examples:
        >>> a("officer"), a("clerk")
        ('an officer', 'the clerk')
    """
    if noun in _ONLY_ONE:
        return f"the {plain(noun)}"
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {plain(noun)}"


def any_of(nouns: Iterable[str]) -> str:
    """Say several nouns as alternatives, each with its article.

    Examples:
        >>> any_of(["officer", "employee"])
        'an officer or an employee'
    """
    return listed([a(noun) for noun in nouns], "or")


def sentence(text: str) -> str:
    """Begin a text with a capital letter and end it with a full stop."""
    end = "" if text.endswith((".", "?", "!")) else "."
    return f"{text[:1].upper()}{text[1:]}{end}"
