"""What is refused in YAML and in JSON alike, and how that is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from councilrules.documents._nodes import Text, UnreadableError
from councilrules.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST: Final = 40  # listings and mappings inside one another
MOST_NODES: Final = 200_000  # what an alias stands for counts each time it is used
MOST_BYTES: Final = 32_000_000
MOST_SHOWN: Final = 60
NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
EMPTY: Final = ("there is nothing in it", "write something, or name another file")
NO_TEXT: Final = ("from here on it is not text", "save it as text in UTF-8")
TOO_DEEP: Final = (
    f"more than {DEEPEST} levels inside one another",
    "check for brackets that are not closed",
)
SECOND_DOCUMENT: Final = (
    "a second document starts here",
    "keep one document to a file; take the line `---` out",
)
TOO_LONG: Final = (
    f"it is larger than {MOST_BYTES // 1_000_000} MB",
    "split it into several files",
)
TOO_LARGE: Final = (
    f"it has more than {MOST_NODES:,} values, counting repetitions",
    "split it into several files",
)


def problem(check: str, place: Place, what: str, remedy: str) -> Problem:
    return Problem(check=check, place=place, what=what, remedy=remedy)


def refuse(check: str, place: Place, what: str, remedy: str) -> NoReturn:
    raise UnreadableError([problem(check, place, what, remedy)])


def place_after(before: str, file: str, first_line: int = 1) -> Place:
    column = len(before) - before.rfind("\n")
    return Place(file, first_line + before.count("\n"), column)


def checked(text: str, file: str, first_line: int = 1) -> str:
    """Give the text without its byte order mark, if it is text all through."""
    text = text.removeprefix("\ufeff")
    found = None if text.isprintable() else NOT_TEXT.search(text)
    if found:
        place = place_after(text[: found.start()], file, first_line)
        refuse("not-text", place, *NO_TEXT)
    return text


def shown(words: str) -> str:
    """Make the author's words fit for one line of a message."""
    kept = words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}..."
    return "".join(each if each.isprintable() else " " for each in kept)


def twice(key: Text, first: Text) -> Problem:
    what = f"`{shown(key.value)}` is here twice"
    remedy = f"keep one; the other is on line {first.line}"
    return problem("duplicate-key", key.place, what, remedy)


def rubbish(node: Text) -> Iterator[Problem]:
    if NOT_TEXT.search(node.value):
        what = "a backslash in these quotes stands for something that is not text"
        yield problem("not-text", node.place, what, "take it out")


def fault(said: str, check: str, faults: dict[str, tuple[str, str]], place: Place) -> Problem:
    what, remedy = next(faults[each] for each in faults if re.search(each, said))
    return problem(check, place, what, remedy)
