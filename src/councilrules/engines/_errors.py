"""What an engine raises when it fails."""

from __future__ import annotations


class EngineError(Exception):
    """An engine failed, or two differ; the message says what happened and what to do."""
