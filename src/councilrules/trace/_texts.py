"""A published text as folded words, each of which knows where it stands."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate, pairwise
from unicodedata import category, normalize

from attrs import frozen

NOTHING, LINE, PARAGRAPH = range(3)

_QUOTES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
)
_DASHES = "\u2212\u2043"  # beside the category of dashes: minus and hyphen bullet
_BULLETS = "*\u00b7\u2022\u2023\u2219\u25a0-\u27bf\ue000-\uf8ff"
_BULLET = re.compile(f"[{_BULLETS}]")
_SOFT_HYPHEN = re.compile(r"\u00ad\s*")
_TOKEN = re.compile(r"(?:\u00ad\s+|\S)+")
_SPLIT_WORD = re.compile(r"(?<=\w-)\s*\n\s*(?=\w)")
_MARKED = re.compile(
    f"[-\u2010-\u2015{_DASHES}{_BULLETS}]"
    r"|(?:o|\(?(?:\d+(?:\.\d+)+|\d{1,2}[.)]|[a-z]{1,4}\))[.):]*)\s"
)


@frozen(kw_only=True)
class Text:
    """Folded words and their places in the original.

    Attributes:
        source: The original.
        folded: The words, joined by single spaces.
        offsets: Where each word begins in `folded`, and where one more would.
        spans: Where each word stands in `source`; the parts of a hyphenated word
            stand where the whole does.
        opens: What begins with each word: `NOTHING`, a `LINE` that does not merely
            run on, or a `PARAGRAPH` or bullet, as after the last word.
    """

    source: str
    folded: bytes
    offsets: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    opens: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.spans)

    def piece(self, start: int, size: int) -> str:
        """Give the fingerprint of the `size` words from `start` on."""
        window = self.folded[self.offsets[start] : self.offsets[start + size] - 1]
        return f"{sha256(window).hexdigest()[:8]}-{size}"

    def word(self, place: int) -> str:
        """Give one folded word."""
        window = self.folded[self.offsets[place] : self.offsets[place + 1] - 1]
        return window.decode(errors="surrogatepass")

    def quoted(self, run: range) -> str:
        """Give a run of words in the original spelling, lines joined."""
        words = self.source[self.spans[run.start][0] : self.spans[run.stop - 1][1]]
        return " ".join(_SPLIT_WORD.sub("", _SOFT_HYPHEN.sub("", words)).split())

    def line(self, place: int) -> int:
        """Say on which line of the original a word begins, counted from 1."""
        return self.source.count("\n", 0, self.spans[place][0]) + 1


def read(source: str) -> Text:
    """Fold a text into words."""
    openings = _openings(source)
    words: list[bytes] = []
    spans: list[tuple[int, int]] = []
    opens: list[int] = []
    begun = NOTHING
    for token in _TOKEN.finditer(source):
        begun = max(begun, openings.get(token.start(), NOTHING))
        for word in _folded(token[0]):
            words.append(word)
            spans.append(token.span())
            opens.append(begun)
            begun = NOTHING
    return Text(
        source=source,
        folded=b" ".join(words),
        offsets=(0, *accumulate(len(word) + 1 for word in words)),
        spans=tuple(spans),
        opens=(*opens, PARAGRAPH),
    )


@lru_cache(maxsize=8192)
def _folded(token: str) -> tuple[bytes, ...]:
    plain = normalize("NFKC", _SOFT_HYPHEN.sub("", token).translate(_QUOTES))
    words = "".join(map(_folded_character, plain)).split()
    return tuple(word.encode(errors="surrogatepass") for word in words if word != "o")


def _folded_character(character: str) -> str:
    kind = category(character)
    if kind == "Pd" or character in _DASHES:
        return " "
    return "" if kind == "Cf" or _BULLET.match(character) else character


def _openings(source: str) -> dict[int, int]:
    """Say what begins at the offset of the first character of each line."""
    openings: dict[int, int] = {}
    lines = source.split("\n")
    widest = max(len(line.rstrip()) for line in lines)
    offset = 0
    for above, line in pairwise(["", *lines]):
        if line.strip():
            start = offset + len(line) - len(line.lstrip())
            openings[start] = _opening(line.lstrip(), above.rstrip(), widest)
        offset += len(line) + 1
    return openings


def _opening(line: str, above: str, widest: int) -> int:
    """Say what begins with a line: nothing if it was wrapped there, for want of room.

    A wrapped line taken for a beginning does little harm, since loose words are put
    together again by length; so whatever may be a beginning is one.
    """
    if not above or _MARKED.match(line):
        return PARAGRAPH
    fits = len(above) + 1 + len(line.split(maxsplit=1)[0]) <= widest
    return LINE if fits else NOTHING
