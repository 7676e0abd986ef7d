"""What the schemas are made of, each part written once and referred to by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from councilrules.event_reading import PROOFS
from councilrules.periods import CONVENTIONS
from councilrules.reading import NO, NOT_KNOWN, YES

if TYPE_CHECKING:
    from collections.abc import Iterable

Schema = dict[str, Any]

# The dialect that editors know best.
DIALECT: Final = "http://json-schema.org/draft-07/schema#"
_DATE: Final = r"^\d{4}-\d\d(-\d\d([T ]\d\d:\d\d.*)?)?$"
_DAY: Final = r"^\d{4}-\d\d-\d\d$"


def ref(name: str) -> Schema:
    """Refer to a part that is written under `definitions`."""
    return {"$ref": f"#/definitions/{name}"}


def words(known: Iterable[str]) -> Schema:
    """Give the schema of one of some words."""
    return {"enum": list(known)}


def list_of(items: Schema) -> Schema:
    """Give the schema of a list."""
    return {"type": "array", "items": items}


def one_or_list(items: Schema) -> Schema:
    """Give the schema of something that may also stand alone."""
    return {"anyOf": [items, list_of(items)]}


def group(properties: Schema, *, required: Iterable[str] = ()) -> Schema:
    """Give the schema of a group of keys that can have no other."""
    closed: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    needed = list(required)
    return {**closed, "required": needed} if needed else closed


def by_name(values: Schema) -> Schema:
    """Give the schema of a group whose keys are the author's own."""
    return {"type": "object", "additionalProperties": values}


def helped(text: str, schema: Schema) -> Schema:
    """Add what an editor shows beside a key; nothing may stand beside a reference."""
    return {"description": text, "allOf": [schema]} if text else schema


def either(*schemas: Schema) -> Schema:
    """Give the schema of what fits one of several."""
    return {"anyOf": list(schemas)}


def _between() -> Schema:
    return group(
        {"between": {**list_of(ref("date")), "minItems": 2, "maxItems": 2}}, required=["between"]
    )


TENURE: Final[Schema] = {
    "since": ref("openTime"), "until": ref("openTime"), "first_day": ref("day"), "last_day": ref("day"),
}  # fmt: skip

COMMON: Final[Schema] = {
    # Values are text as they are written, but an editor may read them as numbers.
    "text": {"type": ["string", "number", "boolean"]},
    "texts": one_or_list(ref("text")),
    "yesNo": {"enum": [*sorted(YES | NO), True, False]},
    "count": either({"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\d{1,5}$"}),
    "date": {"type": "string", "pattern": _DATE},
    "day": {"type": "string", "pattern": _DAY},
    "time": either(ref("date"), _between()),
    "openTime": either(ref("time"), words([NOT_KNOWN])),
    "proof": words(PROOFS),
    "parameterValue": {
        **group({
            "days": ref("count"), "working-days": ref("count"), "counting": words(sorted(CONVENTIONS)),
            "source": ref("text"), **TENURE,
        }),
        "oneOf": [{"required": ["days"]}, {"required": ["working-days"]}],
    },
}  # fmt: skip
"""The parts that scenarios and rulebooks share."""


def used(schema: Schema, parts: Schema) -> Schema:
    """Give those of the parts that a schema refers to, directly or not."""
    found: Schema = {}
    todo = [schema]
    while todo:
        for name in _referred(todo.pop()):
            if name not in found:
                found[name] = parts[name]
                todo.append(parts[name])
    return {name: part for name, part in parts.items() if name in found}


def _referred(schema: object) -> Iterable[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"].rpartition("/")[2]
        for part in schema.values():
            yield from _referred(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _referred(part)
