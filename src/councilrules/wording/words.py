"""The small words: days, people, lists and articles, as people write them."""

from __future__ import annotations

import re
from datetime import MAXYEAR
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from councilrules.events import Empty, OneOf
from councilrules.history import names
from councilrules.periods.moments import LONG_AGO
from councilrules.register import COUNCIL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from councilrules.periods import Moment, Tenure

LONDON = "Europe/London"
SOMEBODY = "somebody"
_LAST_SECOND = (23, 59, 59)
_ONLY_ONE = frozenset({COUNCIL, "clerk", "chair", "monitoring-officer"})

# An id that files write in lower-case words, and one that is only a reference.
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REFERENCE = re.compile(r"[a-z]{1,2}[0-9]+[a-z]?")

# The last words by which a body is told from a person.
_BODIES = frozenset({
    "panel", "committee", "subcommittee", "group", "council", "board", "party", "league",
    "union", "team", "tribunal", "authority", "association", "society", "trust", "ombudsman",
    "police", "office",
})  # fmt: skip

# The first words of what needs no article.
_NO_ARTICLE = frozenset({
    "a", "an", "the", "her", "his", "its", "their", "our", "your", "my", "this", "that",
    "these", "those", "all", "any", "both", "each", "every", "no", "some", "how", "what",
    "when", "where", "whether", "which", "who", "whom", "whose", "why", "one", "two", "three",
    "four", "five", "setting", "signing", "passing",
})  # fmt: skip


def day(at: datetime, zone: str = LONDON) -> str:
    """Say a day as people write it, such as `4 March 2025`."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y}"


def when(moment: Moment, zone: str = LONDON) -> str:
    """Say a moment as nearly as it is known: a time, a day, or between two days.

    Of a moment that only stands for no beginning, or for no end, there is nothing to say.

    Examples:
        `4 March 2025`, `between 5 and 9 May 2025`, `12 June 2025, 18:00`
    """
    if moment.first <= LONG_AGO or moment.last.year == MAXYEAR:
        return ""
    first = moment.first.astimezone(ZoneInfo(zone))
    start, end = day(moment.first, zone), day(moment.last, zone)
    if moment.is_exact and (first.hour, first.minute, first.second) == _LAST_SECOND:
        return f"the end of {start}"
    if moment.is_exact and (first.hour, first.minute) != (0, 0):
        return f"{start}, {first:%H:%M}"
    return start if start == end else f"between {_shortened(start, end)} and {end}"


def _shortened(start: str, end: str) -> str:
    """Leave out of a day what the day after it says again: the year, or month and year."""
    for count in (2, 1):
        same = end.split()[-count:]
        if start.split()[-count:] == same:
            return start.removesuffix(f" {' '.join(same)}")
    return start


def on(moment: Moment, zone: str = LONDON) -> str:
    """Say a moment as it follows what happened then: `on 4 March 2025`."""
    said = when(moment, zone)
    if not said or said.startswith("between "):
        return said
    if said.startswith("the end "):
        return f"at {said}"
    return f"on {said.replace(', ', ' at ')}"


def before(moment: Moment, zone: str = LONDON) -> str:
    """Say what came before a moment: `before 4 March 2025 at 18:00`."""
    return _from("before", moment, zone)


def after(moment: Moment, zone: str = LONDON) -> str:
    """Say what came after a moment: `after 4 March 2025 at 18:00`."""
    return _from("after", moment, zone)


def _from(side: str, moment: Moment, zone: str) -> str:
    said = when(moment, zone).replace(", ", " at ")
    if said.startswith("between "):
        return f"{side} some time {said}"
    return f"{side} {said}" if said else ""


def lasted(since: Moment, until: Moment, zone: str = LONDON) -> str:
    """Say from when until when something lasted: `from 4 to 6 March 2025`."""
    start, end = when(since, zone), when(until, zone)
    if not start or not end:
        return f"since {start}" if start else f"until {end}" if end else ""
    if ", " in start or " and " in start or ", " in end:
        return f"from {_time_first(start)} to {_time_first(end)}"
    return f"from {_shortened(start, end)} to {end}"


def _time_first(said: str) -> str:
    at, _, time = said.partition(", ")
    return f"{time} on {at}" if time else said


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
    return re.sub(r"\be mail\b", "e-mail", name.replace("-", " "))


def person(name: str) -> str:
    """Say the name of a person or a body.

    An id of lower-case words reads with capitals and spaces; that of a body, which is
    told by its last word, and of an office held by one has an article. Any other name is
    left as it is written.

    Examples:
        >>> person("cllr-smith"), person("staffing-panel"), person("council"), person("Ann D.")
        ('Cllr Smith', 'the staffing panel', 'the council', 'Ann D.')
    """
    if not _ID.fullmatch(name):
        return name
    if name in _ONLY_ONE or name.rpartition("-")[2] in _BODIES:
        return f"the {plain(name)}"
    return " ".join(word[:1].upper() + word[1:] for word in name.split("-"))


def matter(name: str) -> str:
    """Say the id of a matter or a topic as plain words.

    Examples:
        >>> matter("car-park"), matter("own-pay"), matter("an-afternoon")
        ('the car park', '“own pay”', 'an afternoon')
    """
    if not _ID.fullmatch(name) or _REFERENCE.fullmatch(name):
        return name
    first = name.partition("-")[0]
    if first == "own":
        return f"“{plain(name)}”"
    return plain(name) if first in _NO_ARTICLE or first.isdigit() else f"the {plain(name)}"


def quoted(name: str) -> str:
    """Say the id of a document, a decision or a procedure, which is a title or a reference.

    Examples:
        >>> quoted("tender-report"), quoted("d1")
        ('“tender report”', 'd1')
    """
    return (
        name if _REFERENCE.fullmatch(name) else f"“{plain(name) if _ID.fullmatch(name) else name}”"
    )


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
