"""Changes to data wherever it is nested: names for names, later times for times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from attrs import evolve, fields, has

from councilrules.periods.moments import LONG_AGO

_T = TypeVar("_T")
# What has held from ever, or holds still, does so whenever it is looked at.
_ENDS_OF_TIME = (
    datetime.min.replace(tzinfo=UTC),
    LONG_AGO,
    datetime.max.replace(tzinfo=UTC),
)


def changed(value: _T, leaf: Callable[[Any], Any]) -> _T:
    """Give the same data with every text and every time as `leaf` makes it."""
    return _changed(value, leaf)  # type: ignore[no-any-return]


def _changed(value: Any, leaf: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    if isinstance(value, (str, datetime)):
        return leaf(value)
    if isinstance(value, (tuple, frozenset)):
        return type(value)(_changed(one, leaf) for one in value)
    if isinstance(value, Mapping):
        return {_changed(key, leaf): _changed(one, leaf) for key, one in value.items()}
    if has(type(value)):
        parts = {
            one.name.lstrip("_"): _changed(getattr(value, one.name), leaf)
            for one in fields(type(value))
            if one.init
        }
        return evolve(value, **parts)
    return value


def renamed(value: _T, names: Mapping[str, str]) -> _T:
    """Give the same data with other names in it."""
    return changed(value, lambda one: names.get(one, one) if isinstance(one, str) else one)


def shifted(value: _T, by: timedelta) -> _T:
    """Give the same data with every time in it later."""

    def later(one: Any) -> Any:  # noqa: ANN401
        return one + by if isinstance(one, datetime) and one not in _ENDS_OF_TIME else one

    return changed(value, later)
