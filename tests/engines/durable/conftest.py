"""One process of durable-rules for all tests that do not harm it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from councilrules.engines import durable

collect_ignore_glob = [] if durable.is_installed() else ["test_*.py"]


@pytest.fixture(scope="session")
def process() -> Iterator[durable.Process]:
    """Give a process that is used again and again, each time for other rules."""
    with durable.start() as started:
        yield started
        assert started.incidents == []
