"""The vocabulary: one frozen class per kind of event, one module a theme."""

from councilrules.events import (
    advice,
    concerns,
    conduct,
    decisions,
    influence,
    instructions,
    instruments,
    interests,
    papers,
    queries,
    record,
    resources,
    training,
)
from councilrules.events._event import (
    NONE,
    UNKNOWN,
    Choices,
    Empty,
    Event,
    Kind,
    OneOf,
    Proof,
    Unknown,
    choices,
    event,
)

THEMES = (
    instructions,
    decisions,
    papers,
    queries,
    resources,
    interests,
    influence,
    advice,
    conduct,
    concerns,
    training,
    instruments,
    record,
)

__all__ = [
    "NONE",
    "THEMES",
    "UNKNOWN",
    "Choices",
    "Empty",
    "Event",
    "Kind",
    "OneOf",
    "Proof",
    "Unknown",
    "choices",
    "event",
]
