"""The schema of scenario files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from councilrules.event_reading import OWN_KEYS
from councilrules.events import Kind
from councilrules.events.questions import QUESTIONS
from councilrules.reading import NOT_KNOWN
from councilrules.register import (
    BODY_KINDS,
    INTEREST_KINDS,
    KINDS,
    MARKINGS,
    PROCEDURE_KINDS,
    RELATIONSHIP_KINDS,
)
from councilrules.register_reading import (
    BODY_KEYS,
    DECISION_KEYS,
    ENGAGED,
    INTEREST_KEYS,
    PAPER_KEYS,
    PERSON_KEYS,
    PROCEDURE_KEYS,
    RELATIONSHIP_KEYS,
)
from councilrules.scenarios.keys import KEYS, SHARED_KEYS, STATUSES
from councilrules.schemas._parts import (
    COMMON,
    DIALECT,
    TENURE,
    Schema,
    by_name,
    either,
    group,
    helped,
    list_of,
    one_or_list,
    ref,
    used,
    words,
)
from councilrules.vocabulary import common_fields, kinds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.vocabulary import EventKind, Field

_UNKNOWN: Final = words([NOT_KNOWN])
_NOTHING: Final = words(["none", NOT_KNOWN])
# How the value of a field of each kind is written; `names` if a kind is not here.
_WRITTEN: Final = {Kind.YES_NO: "yesNoField", Kind.TIME: "timeField", Kind.TEXT: "textField"}


def scenario_schema() -> Schema:
    """Give the schema of scenario files, of one scenario or of several."""
    several = {key: _value(key) for key in SHARED_KEYS}
    several["scenarios"] = {**list_of(ref("scenario")), "minItems": 1}
    parts = {
        **COMMON,
        **_values(),
        "scenario": group({key: _value(key) for key in KEYS}),
        "several": group(several, required=["scenarios"]),
        "event": _any_event(),
        **{f"common-{name}": _field(field) for name, field in common_fields().items()},
        **{f"event-{kind.name}": _event(kind) for kind in _written()},
        "register": _register(),
    }
    top: Schema = {
        "type": "object",
        "if": {"required": ["scenarios"]},
        "then": ref("several"),
        "else": {"allOf": [ref("scenario")], "required": ["rulebooks", "events"]},
    }
    return {
        "$schema": DIALECT,
        "title": "councilrules scenario",
        **top,
        "definitions": used(top, parts),
    }


def _written() -> list[EventKind]:
    """Give the kinds of event that a file can write."""
    return [kind for kind in kinds().values() if not kind.cls.derived]


def _value(key: str) -> Schema:
    options = group({"in_force": group(TENURE)}, required=["in_force"])
    special: dict[str, Schema] = {
        "rulebooks": one_or_list(either(ref("text"), by_name(options))),
        "proof": ref("proof"),
        "as_of": ref("time"),
        "register": ref("register"),
        "parameters": by_name(one_or_list(ref("parameterValue"))),
        "not_known": one_or_list(words(kinds())),
        # The events themselves, or the name of a log that holds them.
        "events": either(list_of(ref("event")), {"type": "string", "pattern": r"\.(jsonl|csv)$"}),
        "expect": by_name(list_of(_expected())),
    }
    return special.get(key, ref("texts"))


def _expected() -> Schema:
    details: Schema = {
        "on": ref("text"), "by": ref("text"), "wants": ref("texts"), "late": ref("text"), "proof": ref("proof"),
    }  # fmt: skip
    return {"type": "object", "properties": details, "additionalProperties": words(STATUSES)}


# --- events -----------------------------------------------------------------------


def _any_event() -> Schema:
    """Give the schema of an event: what its kind allows, once the kind is written."""
    written = _written()
    branches = [
        {
            "if": {"properties": {"event": {"const": kind.name}}, "required": ["event"]},
            "then": ref(f"event-{kind.name}"),
        }
        for kind in written
    ]
    return {
        "type": "object",
        "required": ["id", "event", "at"],
        "properties": {"event": words(kind.name for kind in written)},
        "allOf": branches,
    }


def _values() -> Schema:
    """Give how the values of fields and what every event has are written."""
    one_of = group({"one_of": {**list_of(ref("text")), "minItems": 2}}, required=["one_of"])
    answers = {name: helped(one.asks, ref("yesNoField")) for name, one in QUESTIONS.items()}
    return {
        "names": _proved(either(ref("texts"), one_of)),
        "yesNoField": _proved(either(ref("yesNo"), _UNKNOWN)),
        "timeField": _proved(either(ref("time"), _NOTHING)),
        "textField": _proved(ref("text")),
        "answers": {
            "type": "object",
            "properties": answers,
            "additionalProperties": ref("yesNoField"),
        },
    }


def _proved(value: Schema) -> Schema:
    """Add the form in which a value carries a proof of its own."""
    return either(value, group({"value": value, "proof": ref("proof")}, required=["value"]))


def _event(kind: EventKind) -> Schema:
    own: dict[str, Schema] = {
        "id": ref("text"),
        "event": {"const": kind.name},
        "at": ref("time"),
        "until": ref("time"),
        "proof": ref("proof"),
        "source": ref("text"),
        "act": ref("text"),
        "answers": ref("answers"),
    }
    fields = {
        name: ref(f"common-{name}") if field.is_common else _field(field)
        for name, field in kind.fields.items()
    }
    return {"description": kind.about, **group({**{key: own[key] for key in OWN_KEYS}, **fields})}


def _field(field: Field) -> Schema:
    if field.kind is Kind.CHOICE:
        return helped(field.help, _proved(one_or_list(words((*field.choices, "none", NOT_KNOWN)))))
    return helped(field.help, ref(_WRITTEN.get(field.kind, "names")))


# --- the register -----------------------------------------------------------------


def _register() -> Schema:
    entries: dict[str, Schema] = {
        "people": by_name(either(_UNKNOWN, one_or_list(_entry(PERSON_KEYS)))),
        "bodies": by_name(either(_UNKNOWN, _entry(BODY_KEYS, kind=words(BODY_KINDS)))),
        "papers": by_name(_entry(PAPER_KEYS, marked=_marked())),
        "interests": list_of(
            _entry(INTEREST_KEYS, needs=("of", "in", "kind"), kind=_kinds(INTEREST_KINDS))
        ),
        "relationships": list_of(
            _entry(
                RELATIONSHIP_KEYS, needs=("id", "between", "kind"), kind=_kinds(RELATIONSHIP_KINDS)
            )
        ),
        "decisions": list_of(_entry(DECISION_KEYS, needs=("id",))),
        "delegations": list_of(_entry(DECISION_KEYS, needs=("id",))),
        "procedures": list_of(
            _entry(PROCEDURE_KEYS, needs=("id", "kind"), kind=_kinds(PROCEDURE_KINDS))
        ),
        "reviews": one_or_list(ref("time")),
    }
    return group({kind: either(_UNKNOWN, entries[kind]) for kind in KINDS})


def _kinds(known: Iterable[str]) -> Schema:
    return one_or_list(words((*known, NOT_KNOWN)))


def _entry(keys: Iterable[str], *, needs: Iterable[str] = (), **special: Schema) -> Schema:
    known: Schema = {
        **TENURE, "proof": ref("proof"), "engaged": _engaged(), "known_since": ref("openTime"), **special,
    }  # fmt: skip
    return group({key: known.get(key, ref("texts")) for key in keys}, required=needs)


def _engaged() -> Schema:
    dated = group({"as": words(ENGAGED), **TENURE}, required=["as"])
    return one_or_list(either(words(ENGAGED), dated))


def _marked() -> Schema:
    dated = group({"as": words(MARKINGS), "proof": ref("proof"), **TENURE}, required=["as"])
    return one_or_list(either(words((*MARKINGS, "none", NOT_KNOWN)), dated))
