"""Writing that goes from right to left, so that it can be kept apart from what does not."""

from __future__ import annotations

import re

_LETTERS = "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
RIGHT_TO_LEFT = re.compile(f"[{_LETTERS}]+(?:[\\s'\u2019-]+[{_LETTERS}]+)*")
"""A stretch of it, with the spaces inside."""

LEFT_TO_RIGHT = "\u200e"
"""A mark that nobody sees, after which writing goes on from left to right."""
