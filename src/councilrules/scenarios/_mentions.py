"""Where people are named in a free text, in whatever form their names stand there."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

TITLES = frozenset({
    "cllr", "cllrs", "councillor", "councillors", "councilor", "mr", "mrs", "ms", "miss", "mx",
    "dr", "prof", "professor", "sir", "dame", "lord", "lady", "rev", "revd", "reverend",
})  # fmt: skip
"""What stands before a name and goes with it."""

ORDINARY = TITLES | frozenset({
    # Offices, and words for people who hold none. What is a surname as well is left out.
    "alderman", "assistant", "caretaker", "chair", "chairman", "chairperson", "chairwoman", "clerk",
    "committee", "company", "complainant", "contractor", "council", "deputy", "employee", "ex",
    "finance", "former", "group", "hr", "leader", "ltd", "manager", "mayor", "member", "monitoring",
    "officer", "panel", "parishioner", "person", "personnel", "public", "resident", "responsible",
    "rfo", "staff", "team", "treasurer", "trustee", "unknown", "vice", "volunteer", "witness",
    # Small words.
    "a", "an", "and", "as", "at", "by", "for", "from", "he", "her", "him", "his", "i", "in", "is",
    "it", "its", "jr", "junior", "no", "of", "on", "or", "senior", "she", "so", "sr", "st", "that",
    "the", "their", "them", "they", "to", "was", "were", "who", "with",
})  # fmt: skip
"""Parts of a register's names that are no name by themselves."""

_PLAIN = str.maketrans({
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "\u0131": "i", "þ": "th",
})  # fmt: skip
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

# Scripts in which words stand side by side, or take endings, without anything between.
_UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF),
    (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
_JOINERS = "-_.'\u2019\u2018\u02bc`\u2010\u2011\u2012\u2013\u2014\u2212\u00b7"
_JOINED = re.compile(rf"[{re.escape(_JOINERS)}]?")
_APART = re.compile(rf"\s+|[{re.escape(_JOINERS)}]?")
_BEFORE_NAME = re.compile(r"\.?\s+|[-_.]")
_AFTER_INITIAL = re.compile(r"\.\s*|\s+")
_ENDS_JOINED = re.compile(r"[^\W_][-_.@]?$")
_GOES_ON = re.compile(r"[-_.@]?[^\W_]")
_SHORTEST_PLURAL = 3
_MOST_MEANT, _SEVERAL = 4, "one of several people"


@frozen
class Word:
    """A word of a text: where it stands, and how it reads without case and accents."""

    start: int
    end: int
    raw: str
    plain: str


@frozen
class Mention:
    """A place of a text that names one person, or one of several who share a name.

    Attributes:
        start: Where it begins, its titles and initials included.
        end: Where it ends.
        names: Whom it can mean, by their names in the register.
        is_plural: Whether an `s` was added to the name.
    """

    start: int
    end: int
    names: tuple[str, ...]
    is_plural: bool = False


def plain(text: str) -> str:
    """Give a text without case, accents and marks that nobody sees.

    Examples:
        >>> plain("Zoë"), plain("STRASSE") == plain("Straße")
        ('zoe', True)
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(one for one in folded if unicodedata.category(one)[0] not in "MC")
    return kept.casefold().translate(_PLAIN)


def _spelt_out(text: str) -> str:
    """Give a text as `plain` does, with the letters that many write as two."""
    return plain(unicodedata.normalize("NFC", text).casefold().translate(_SPELT_OUT))


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    """Tell letters, digits, what is no mark of its own, and all else apart."""
    category = unicodedata.category(char)
    if category[0] == "M":
        return "mark"
    if category[0] == "L":
        code = ord(char)
        return "alone" if any(low <= code <= high for low, high in _UNSPACED) else "letter"
    return "digit" if category[0] == "N" else ""


def words(text: str) -> list[Word]:
    """Split a text into words; also where a capital or a digit starts a new one."""
    found: list[Word] = []
    start, before, last = -1, "", ""
    for at, char in enumerate((*text, " ")):
        kind = _kind(char)
        if kind == "mark" and start >= 0:
            continue
        breaks = kind != before or kind == "alone" or (last.islower() and char.isupper())
        if start >= 0 and breaks:
            found.append(_word(text, start, at))
            start = -1
        if start < 0 and kind not in {"", "mark"}:
            start = at
        before, last = kind, char
    return found


def _word(text: str, start: int, end: int) -> Word:
    raw = text[start:end]
    return Word(start, end, raw, _plain(raw))


_plain = lru_cache(maxsize=4096)(plain)
_other = lru_cache(maxsize=4096)(_spelt_out)


def _is_unspaced(parts: list[str]) -> bool:
    """Tell whether these are several characters of a script that has no spaces."""
    codes = [ord(one[0]) for one in parts if one]
    return len(parts) > 1 and all(
        any(low <= code <= high for low, high in _UNSPACED) for code in codes
    )


@frozen
class _Form:
    """A form in which a name can stand: who is meant, and where it may be in two words."""

    owners: frozenset[str]
    breaks: frozenset[int]
    is_whole: bool


class Finder:
    """Finds mentions of people whose names it was given."""

    def __init__(self, names: Iterable[str], ordinary: Collection[str] = ()) -> None:
        """Take the names as a register has them, and more words that are no name alone."""
        self._order = {name: number for number, name in enumerate(names)}
        self._ordinary = ORDINARY | {*ordinary}
        self._forms: dict[str, _Form] = {}
        self._beginnings: set[str] = set()
        self._longest = 0
        for name in self._order:
            for spelling in dict.fromkeys((_plain, _other)):
                self._learn(name, [spelling(one.raw) for one in words(name)])

    @property
    def forms(self) -> frozenset[str]:
        """Give the forms that it knows, each without case, accents, spaces and hyphens."""
        return frozenset(self._forms)

    def _learn(self, name: str, parts: list[str]) -> None:
        """Note a name as a whole, and each part of it that is a name by itself."""
        self._longest = max(self._longest, len("".join(parts)) + len("es"))
        for first in range(len(parts)):
            for last in range(first + 1, len(parts) + 1):
                some = parts[first:last]
                is_whole = len(some) == len(parts)
                if any(map(self.is_name, some)) or _is_unspaced(some):
                    self._add(name, some, is_whole=is_whole)
                elif is_whole and self._is_told_by_all(parts):
                    self._add(name, parts, is_whole=True)

    def is_name(self, part: str) -> bool:
        """Tell whether one part of a name tells by itself who is meant."""
        return len(part) > 1 and not part.isdigit() and part not in self._ordinary

    def _is_told_by_all(self, parts: list[str]) -> bool:
        """Tell whether parts that are none by themselves make a name together.

        `Councillor B` and `person 7` do; `the clerk`, `b` and `7` do not.
        """
        is_alike = [len(one) == 1 or one.isdigit() for one in parts]
        return len(parts) > 1 and any(is_alike) and not "".join(parts).isdigit()

    def _add(self, name: str, parts: list[str], *, is_whole: bool) -> None:
        form = "".join(parts)
        self._beginnings |= {form[:length] for length in range(1, len(form) + 1)}
        lengths = [len("".join(parts[:number])) for number in range(1, len(parts))]
        known = self._forms.get(form)
        if known is None or (is_whole and not known.is_whole):
            self._forms[form] = _Form(frozenset({name}), frozenset(lengths), is_whole)
        elif is_whole == known.is_whole:
            self._forms[form] = _Form(known.owners | {name}, known.breaks | {*lengths}, is_whole)

    def mentions(self, text: str) -> list[Mention]:
        """Give where somebody is named, from the beginning to the end of the text."""
        if not self._forms:
            return []
        found: list[tuple[int, int, _Form, bool]] = []
        listed = words(text)
        at = 0
        while at < len(listed):
            match = self._longest_from(text, listed, at)
            if match is not None:
                found.append((at, *match))
                at = match[0]
            else:
                at += 1
        return list(self._told(text, listed, found))

    def _longest_from(
        self, text: str, listed: list[Word], at: int
    ) -> tuple[int, _Form, bool] | None:
        """Give the longest form that starts at a word: the word after it, and what it is."""
        if not self._can_begin(listed[at]):
            return None
        spans = [*self._spans(text, listed, at)]
        for end, breaks in reversed(spans):
            raw = [one.raw for one in listed[at:end]]
            for spelling in (_plain, _other):
                form = self._forms.get("".join(map(spelling, raw)))
                if form is not None and self._fits(form, [*map(spelling, raw)], breaks):
                    return end, form, False
            form = self._in_plural("".join(one.plain for one in listed[at:end]), listed[end - 1])
            if form is not None and self._fits(form, [*map(_plain, raw)], breaks):
                return end, form, True
        return None

    def _can_begin(self, word: Word) -> bool:
        """Tell whether some form begins with a word, or is its singular."""
        tried = (word.plain, *map(word.plain.removesuffix, ("s", "es")), _other(word.raw))
        return not self._beginnings.isdisjoint(tried)

    def _spans(
        self, text: str, listed: list[Word], at: int
    ) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Give how far a name from a word on can go, and after which words there is a gap."""
        gaps: list[int] = []
        yield at + 1, ()
        length = len(listed[at].plain)
        for end in range(at + 1, len(listed)):
            length += len(listed[end].plain)
            if length > self._longest:
                return
            between = text[listed[end - 1].end : listed[end].start]
            if not between.isascii():
                # What nobody sees, such as a soft hyphen, parts nothing.
                between = "".join(one for one in between if unicodedata.category(one) != "Cf")
            if not _APART.fullmatch(between):
                return
            if not _JOINED.fullmatch(between):
                gaps.append(end - at)
            yield end + 1, tuple(gaps)

    def _fits(self, form: _Form, parts: list[str], gaps: tuple[int, ...]) -> bool:
        """Tell whether the text has a gap only where the name has one."""
        return all(len("".join(parts[:number])) in form.breaks for number in gaps)

    def _in_plural(self, form: str, last: Word) -> _Form | None:
        for end in ("s", "es"):
            stem = form.removesuffix(end)
            is_long = len(last.plain) > len(end) and len(stem) >= _SHORTEST_PLURAL
            if stem != form and is_long and stem in self._forms:
                return self._forms[stem]
        return None

    def _told(
        self, text: str, listed: list[Word], found: list[tuple[int, int, _Form, bool]]
    ) -> Iterator[Mention]:
        """Give the mentions, those side by side of one person as one."""
        number = earliest = 0
        while number < len(found):
            at, end, form, is_plural = found[number]
            owners, number = form.owners, number + 1
            while number < len(found) and found[number][0] == end:
                following = found[number]
                between = text[listed[end - 1].end : listed[end].start]
                both = owners & following[2].owners
                if not both or is_plural or not _APART.fullmatch(between):
                    break
                owners, end, is_plural = both, following[1], following[3]
                number += 1
            first = _with_titles(text, listed, at, earliest)
            names = tuple(sorted(owners, key=self._order.__getitem__))
            yield Mention(listed[first].start, listed[end - 1].end, names, is_plural)
            earliest = end


def _with_titles(text: str, listed: list[Word], at: int, earliest: int) -> int:
    """Give the word at which a mention begins, with its titles and initials."""
    while at > earliest:
        before = listed[at - 1]
        between = text[before.end : listed[at].start]
        is_title = before.plain in TITLES and _BEFORE_NAME.fullmatch(between)
        is_initial = len(before.raw) == 1 and before.raw.isupper()
        if not is_title and not (is_initial and _AFTER_INITIAL.fullmatch(between)):
            break
        at -= 1
    return at


def replaced(text: str, finder: Finder, labels: Mapping[str, str]) -> str:
    """Give a text with everybody called by their label.

    Inside a word with hyphens the label has hyphens too; where a name can mean several
    people, the text says which.
    """
    made: list[str] = []
    done = 0
    for one in finder.mentions(text):
        made.append(text[done : one.start])
        meant = [labels[name] for name in one.names]
        label = " or ".join(meant) if len(meant) <= _MOST_MEANT else _SEVERAL
        before, after = text[max(0, one.start - 2) : one.start], text[one.end : one.end + 3]
        if _ENDS_JOINED.search(before) or _GOES_ON.match(after):
            label = label.replace(" ", "-")
            label = f"-{label}" if before[-1:].isalnum() else label
            label = f"{label}-" if after[:1].isalnum() else label
        done = one.end
        if re.match(r"['\u2019]S\b", after) and not before.endswith("'"):
            made.append(f"{label}{after[0]}s")
            done += 2
        elif one.is_plural and re.match(r"['\u2019]", after):
            made.append(f"{label}{after[0]}s")
            done += 1
        else:
            made.append(label)
            # "A.B." ends a sentence by itself.
            done += label.endswith(".") and bool(re.match(r"\.(?!\.)", after))
    return "".join((*made, text[done:]))
