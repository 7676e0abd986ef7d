"""How wide a text is at most, in whatever plain font it is shown."""

from __future__ import annotations

from unicodedata import category, east_asian_width

_NARROW = frozenset("ijlt.,:;'|!()[]fr- ")
_WIDE = frozenset("mwMW@%&")
_SHARES = {"narrow": 0.44, "usual": 0.66, "capital": 0.78, "wide": 1.0}
_MARK = 0.3
_PICTURE = 1.35
_FIRST_PICTURE = 0x2190
_CUT = "…"


def text_width(text: str, size: float) -> float:
    """Give the most that a text takes up at a size of letters, as far as can be told."""
    return sum(map(_share, text)) * size


def fitted(text: str, size: float, room: float) -> str:
    """Cut a text where it would need more room, and show that it was cut."""
    if text_width(text[:400], size) <= room and len(text) <= 400:  # noqa: PLR2004
        return text
    left = room - text_width(_CUT, size)
    kept = 0
    for character in text[:400]:
        left -= _share(character) * size
        if left < 0:
            break
        kept += 1
    return f"{text[:kept].rstrip()}{_CUT}"


def _share(character: str) -> float:
    if character in _NARROW:
        return _SHARES["narrow"]
    if character in _WIDE or east_asian_width(character) in "WF":
        return _SHARES["wide"] if character in _WIDE else _PICTURE
    if category(character) in {"Mn", "Cf"}:
        return _MARK
    if ord(character) >= _FIRST_PICTURE:
        return _PICTURE
    return _SHARES["capital" if character.isupper() else "usual"]
