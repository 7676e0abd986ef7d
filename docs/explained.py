"""Makes the pages on the keys of the files and on the checks, from `explained.yaml` and the source."""  # noqa: INP001 - part of a script

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from councilrules import event_reading, register, register_reading
from councilrules.register import KINDS as REGISTER_KINDS
from councilrules.rulebooks import _protocol, keys
from councilrules.scenarios import keys as scenario_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent


def sentences(text: str) -> str:
    """Put each sentence on a line of its own, as all pages have it."""
    return re.sub(r"(?<=[a-z)`?]\.)\s+(?=[A-Z`])", "\n", " ".join(text.split()))


def explained() -> dict[str, Any]:
    """Give what is explained by hand: keys by group, and checks by name."""
    with (HERE / "explained.yaml").open(encoding="utf-8") as opened:
        found: dict[str, Any] = yaml.load(opened, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text
    return found


# --- checks -----------------------------------------------------------------------

# Which argument of a call names a check, by the name of what is called.
_NAMED_BY = {
    "complain": 0,
    "note": 0,
    "refuse": 0,
    "problem": 0,
    "fault": 1,
    "need": 2,
    "word": 3,
    "words": 3,
}
# Names that the source puts together from what is named, or picks from several, so that no
# call has them in full.
_MADE = {
    **{
        f"unknown-{what}": "scenarios"
        for what in ("person", "body", "paper", "decision", "procedure")
    },
    "before-the-horizon": "events that are watched",
}
_WHERE = {
    "rulebooks": "rulebooks",
    "scenarios": "scenarios",
    "logs": "histories",
    "history": "histories",
    "event_reading": "scenarios and histories",
    "register_reading": "scenarios and histories",
    "cli": "the command line",
    "watching": "events that are watched",
    "agreeing": "scenarios",
    "analysis": "rulebooks, with `lint --deep`",
}


def checks() -> dict[str, set[str]]:
    """Give every check that the source can report, with the kinds of input that have it."""
    source = HERE.parent / "src" / "councilrules"
    found: dict[str, set[str]] = {}
    for path in sorted(source.rglob("*.py")):
        top = path.relative_to(source).parts[0].removesuffix(".py")
        for name in _names_in(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(name, set()).add(_WHERE.get(top, "any file"))
    for name, where in _MADE.items():
        found.setdefault(name, set()).add(where)
    return found


def _names_in(tree: ast.AST) -> Iterator[str]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        called = (
            call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        )
        named = [keyword.value for keyword in call.keywords if keyword.arg == "check"]
        named += call.args[_NAMED_BY[called] :][:1] if called in _NAMED_BY else []
        for one in named:
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value:
                yield one.value


def checks_page() -> list[str]:
    """Give the lines of the page on the checks."""
    found, told = checks(), explained()["checks"]
    _agree("checks", found, told)
    lines = [
        "# Checks",
        "",
        "What can be wrong with a file, by the name that stands in brackets at the end of the message.",
        "A message says the file, the line and the column, and how to mend it; all faults are reported in one run, with exit status 2.",
        "To `councilrules watch` they are faults of a line, which is answered and passed over.",
        "",
    ]
    for name in sorted(found):
        where = ", ".join(sorted(found[name]))
        lines += [
            f"## {name}",
            "",
            told[name]["means"],
            "",
            f"To mend it: {told[name]['mend']}",
            "",
            f"Found in: {where}.",
            "",
        ]
    return lines


def _agree(what: str, there: Any, told: Any) -> None:  # noqa: ANN401 - any two groups of names
    missing, idle = sorted(set(there) - set(told)), sorted(set(told) - set(there))
    if missing or idle:
        msg = f"docs/explained.yaml, {what}: not explained {missing}, no longer there {idle}"
        raise SystemExit(msg)


# --- keys of the files ------------------------------------------------------------

_TENURE = ("since", "until", "first_day", "last_day")
GROUPS: dict[str, tuple[str, ...]] = {
    "scenario": scenario_keys.KEYS,
    "shared": (*scenario_keys.SHARED_KEYS, "scenarios"),
    "register": REGISTER_KINDS,
    "person": register_reading.PERSON_KEYS,
    "engaged": ("as", *_TENURE),
    "body": register_reading.BODY_KEYS,
    "paper": register_reading.PAPER_KEYS,
    "marking": ("as", "proof", *_TENURE),
    "interest": register_reading.INTEREST_KEYS,
    "relationship": register_reading.RELATIONSHIP_KEYS,
    "decision": register_reading.DECISION_KEYS,
    "procedure": register_reading.PROCEDURE_KEYS,
    "event": ("id", "event", "at", "until", "proof", "source", "act", "answers"),
    "expected": ("on", "by", "wants", "late", "proof"),
    "protocol": keys.HEAD_KEYS,
    "role": ("offices", "of", "bodies", "engaged"),
    "parameter": _protocol.PARAMETER_KEYS,
    "value": _protocol.VALUE_KEYS,
    "question": ("asks", "raised_by"),
    "clause": keys.CLAUSE_KEYS,
    "rule": keys.RULE_KEYS,
    "standing": ("procedures", "delegations", "expecting", "judge"),
}
_WORDS = {
    ("person", "engaged"): register_reading.ENGAGED,
    ("body", "kind"): register.BODY_KINDS,
    ("paper", "marked"): register.MARKINGS,
    ("interest", "kind"): register.INTEREST_KINDS,
    ("relationship", "kind"): register.RELATIONSHIP_KINDS,
    ("procedure", "kind"): register.PROCEDURE_KINDS,
    ("scenario", "proof"): tuple(event_reading.PROOFS),
    ("clause", "kind"): keys.CLAUSE_KINDS,
    ("clause", "force"): keys.FORCES,
}


def keys_page() -> list[str]:
    """Give the lines of the page on the keys of the files."""
    told = explained()["keys"]
    _agree("keys", GROUPS, told)
    lines = [
        "# Keys of the files",
        "",
        "Every key that scenarios and rulebooks can have, in the order in which to write them.",
        "No value has a type of its own: `2.10`, `9:30`, `on` and `no` stay the text they are, and each is checked against what its key can hold.",
        "How to write them is in [write a scenario](../how-to/write-a-scenario.md) and [write a rulebook](../how-to/write-a-rulebook.md).",
        "",
    ]
    for name, group in GROUPS.items():
        _agree(f"keys of {name}", group, told[name]["keys"])
        lines += [
            f"## {told[name]['title']}",
            "",
            sentences(told[name]["about"]),
            "",
            "| Key | Means |",
            "| --- | --- |",
        ]
        lines += [f"| `{key}` | {told[name]['keys'][key]}{_words(name, key)} |" for key in group]
        lines.append("")
    return lines


def _words(group: str, key: str) -> str:
    found = _WORDS.get((group, key), ())
    return f" One of {', '.join(f'`{one}`' for one in found)}." if found else ""
