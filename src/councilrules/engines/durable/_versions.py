"""Whether durable-rules is there, and which."""

from __future__ import annotations

from importlib import metadata


def version() -> str | None:
    """Give the version of durable-rules that is installed; `None` if none is."""
    try:
        return metadata.version("durable-rules")
    except metadata.PackageNotFoundError:
        return None


def is_installed() -> bool:
    """Tell whether durable-rules is installed."""
    return version() is not None
