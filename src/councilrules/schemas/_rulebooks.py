"""The schemas of `protocol.yaml` and of the sections of a rulebook."""

from __future__ import annotations

from typing import Final

from councilrules.register import COUNCIL, PROCEDURE_KINDS
from councilrules.rulebooks.keys import (
    CLAUSE_KEYS,
    CLAUSE_KINDS,
    CONDITION_KEYS,
    FORCES,
    HEAD_KEYS,
    MODALITIES,
    OPERATORS,
    RULE_KEYS,
)
from councilrules.schemas._parts import (
    COMMON,
    DIALECT,
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

_PATTERNS: Final = (
    "whenever", "must_not", "must", "must_first", "may", "refer", "after", "also", "without",
)  # fmt: skip


def protocol_schema() -> Schema:
    """Give the schema of `protocol.yaml`."""
    role = group(
        {
            "offices": ref("texts"),
            "of": ref("text"),
            "bodies": ref("texts"),
            "engaged": ref("texts"),
        }
    )
    parameter = group(
        {
            "means": ref("text"),
            "text": words(("timely", "silent")),
            "values": one_or_list(ref("parameterValue")),
        },
        required=("means", "text"),
    )
    question = group(
        {"asks": ref("text"), "raised_by": one_or_list(words(kinds()))}, required=("asks",)
    )
    special: dict[str, Schema] = {
        "format": {"enum": ["1", 1]},
        "adopted": ref("time"),
        "not_before": ref("time"),
        "next_review": ref("time"),
        "calendar": words(["england-and-wales"]),
        "closed": one_or_list(ref("day")),
        "definitions": by_name(ref("text")),
        "roles": by_name(role),
        "parameters": by_name(parameter),
        "questions": by_name(question),
        "sections": list_of(ref("text")),
    }
    needs = ("format", "id", "council", "title", "version", "roles", "sections")
    top = group({key: special.get(key, ref("text")) for key in HEAD_KEYS}, required=needs)
    return {
        "$schema": DIALECT,
        "title": "councilrules protocol",
        **top,
        "definitions": used(top, COMMON),
    }


def section_schema() -> Schema:
    """Give the schema of a section of a rulebook: a list of clauses."""
    special: dict[str, Schema] = {
        "kind": one_or_list(words(CLAUSE_KINDS)),
        "force": one_or_list(words(FORCES)),
        "fingerprint": ref("texts"),
        "subject_to": ref("texts"),
        "repeats": ref("texts"),
        "tensions": by_name(ref("text")),
        "rules": list_of(ref("rule")),
    }
    needs = ("clause", "means", "fingerprint", "kind")
    top = list_of(
        group({key: special.get(key, ref("text")) for key in CLAUSE_KEYS}, required=needs)
    )
    parts = {
        **COMMON,
        "rule": _rule(),
        "standing": _standing(),
        "denies": _denies(),
        "pattern": {**_conditions(), "required": ["event"]},
        "conditions": either({"const": "always"}, _conditions()),
        "authorised": _authorised(),
        "value": either(ref("texts"), _operators()),
    }
    return {
        "$schema": DIALECT,
        "title": "councilrules section",
        **top,
        "definitions": used(top, parts),
    }


def _rule() -> Schema:
    patterns = dict.fromkeys(_PATTERNS, one_or_list(ref("pattern")))
    special: dict[str, Schema] = {
        "kind": words(CLAUSE_KINDS),
        "force": words(FORCES),
        "bearer": either(
            {"const": COUNCIL}, {**by_name(ref("texts")), "minProperties": 1, "maxProperties": 1}
        ),
        "judge": ref("texts"),
        "standing": ref("standing"),
        "denies": ref("denies"),
        "unless": by_name(ref("conditions")),
        "unclear": by_name(ref("conditions")),
        **patterns,
    }
    properties = {key: special.get(key, ref("text")) for key in RULE_KEYS}
    closed = group(properties, required=["id", "bearer"])
    return {**closed, "oneOf": [{"required": [one]} for one in MODALITIES]}


def _standing() -> Schema:
    return group({
        "procedures": one_or_list(words(PROCEDURE_KINDS)),
        "delegations": ref("texts"),
        "expecting": by_name(ref("text")),
        "judge": by_name(ref("text")),
    })  # fmt: skip


def _denies() -> Schema:
    copied = group({"same-as": ref("text"), "otherwise": ref("text")}, required=["same-as"])
    fields = {name: either(ref("text"), copied) for name in _fields()}
    return group({"event": words(kinds()), **fields}, required=["event"])


def _fields() -> dict[str, str]:
    """Give every field, with what it means where that is the same for all events."""
    texts: dict[str, set[str]] = {}
    for kind in kinds().values():
        for name, field in kind.fields.items():
            texts.setdefault(name, set()).add(field.help)
    texts["towards"] = {common_fields()["towards"].help}
    return {name: found.pop() if len(found) == 1 else "" for name, found in texts.items()}


def _conditions() -> Schema:
    """Give the schema of conditions on fields and on what relates to an event."""
    fields = {name: helped(help_, ref("value")) for name, help_ in _fields().items()}
    branches = list_of(ref("conditions"))
    special: dict[str, Schema] = {
        "event": one_or_list(words((*kinds(), "any"))),
        "id": ref("value"),
        "either": branches,
        "all": branches,
        "judge": ref("texts"),
        "authorised": ref("authorised"),
        "vacant": ref("texts"),
        "procedure": one_or_list(words(PROCEDURE_KINDS)),
        "no-procedure": one_or_list(words(PROCEDURE_KINDS)),
    }
    return group({**fields, **{key: special.get(key, ref("pattern")) for key in CONDITION_KEYS}})


def _authorised() -> Schema:
    keys = ("who", "over", "subject", "under")
    return group(
        {**{key: ref("text") for key in keys}, "passing-on": ref("yesNo")}, required=["who"]
    )


def _operators() -> Schema:
    special = {
        "not": ref("value"),
        "known": ref("yesNo"),
        "in-force": ref("yesNo"),
        "adopted": ref("yesNo"),
    }
    attributes = dict.fromkeys(
        ("marked", "held-by", "matter", "body", "subject", "kind", "office"), ref("value")
    )
    return group({key: special.get(key, ref("texts")) for key in OPERATORS} | attributes)
