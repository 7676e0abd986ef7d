"""Spoils files: random changes to rulebooks and scenarios, as slips of the pen make them."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from councilrules.events.questions import QUESTIONS
from councilrules.register import KINDS
from councilrules.register_reading import DECISION_KEYS, INTEREST_KEYS, PERSON_KEYS
from councilrules.rulebooks import shipped, shipped_folder
from councilrules.rulebooks.keys import CLAUSE_KEYS, HEAD_KEYS, RULE_KEYS
from councilrules.scenarios.keys import KEYS
from councilrules.vocabulary import RESERVED, kinds

if TYPE_CHECKING:
    from random import Random

# A file as its author sees it: groups of keys, lists and text. Nothing else is in it.
Tree = Any

_ODD = (
    "", "null", "~", "not_known", "yes", "no", "1", "-3", "99999", "1e400", "NaN", "2025-02-30",
    "2025-10-26T01:30", "2025-03-04", "2024-13", "2025-03-04T10:00+01:00", "0001-01-01",
    "9999-12-31", "a/b", "a@b", "{by}", "{0}", "{", "%s", "\n", "x" * 300, "é\u202e", "*", "&a",
    "by.office", "document.", ".matter", "document.nothing", "council", "any", "always", "same",
    "trigger", "ann", "dev", "e1", "e2", "langport", "langport/2.6", "barred-by-2.6", "procedures",
    "2.5", "2.6", "on", "proof", "established", "alleged", "disproved", "private", "panel",
)  # fmt: skip
_MOST_CHANGES = 4
_LIKELY = ("like", "like", "like", "like", "add", "drop", "drop")


def plain(path: Path) -> Tree:
    """Read a file that is in order, every value as text."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - makes text only


@cache
def words() -> tuple[str, ...]:
    """Give every word with a meaning somewhere, and some with none."""
    fields = {name for kind in kinds().values() for name in kind.fields}
    choices = {
        word
        for kind in kinds().values()
        for field in kind.fields.values()
        for word in field.choices
    }
    keys = {
        *KINDS, *DECISION_KEYS, *INTEREST_KEYS, *PERSON_KEYS, *CLAUSE_KEYS, *RULE_KEYS, *HEAD_KEYS,
        *KEYS, "same-as", "other-than", "not", "is", "in-force", "adopted", "within-terms-of",
        "sits-on", "has-interest-in", "took-office-later", "either", "all", "authorised", "vacant",
        "procedure", "no-procedure", "meanwhile", "also", "value", "one_of", "between", "for",
        "known", "marked", "held-by", "office", "towards", "otherwise", "id", "event", "at",
    }  # fmt: skip
    known = {*kinds(), *QUESTIONS, *fields, *choices, *keys, *RESERVED, *_ODD}
    return tuple(sorted(known))


@cache
def scenarios() -> tuple[tuple[str, Tree], ...]:
    """Give the scenarios that come with the rulebooks, each whole, with its rulebook."""
    return tuple(
        (name, _whole(own, shared))
        for name in shipped()
        for path in sorted((shipped_folder() / name / "scenarios").glob("*.yaml"))
        for shared in [plain(path)]
        for own in shared.get("scenarios", [shared])
    )


def _whole(own: Tree, shared: Tree) -> Tree:
    """Put what a file's scenarios share into one of them, as the loader lays it over."""
    if own is shared:
        return own
    register = {**shared.get("register", {})}
    for kind, entries in own.get("register", {}).items():
        both = isinstance(entries, dict) and isinstance(register.get(kind), dict)
        register[kind] = {**register[kind], **entries} if both else entries
    common = {key: value for key, value in shared.items() if key != "scenarios"}
    return {**common, **own, "register": register}


@cache
def rulebook(name: str) -> dict[str, Tree]:
    """Give the files of a rulebook that comes with the library, by their names."""
    folder = shipped_folder() / name
    head = plain(folder / "protocol.yaml")
    return {file: plain(folder / file) for file in ("protocol.yaml", *head["sections"])}


def small_rulebook(random: Random, name: str) -> dict[str, Tree]:
    """Give a rulebook cut down to a few clauses, and those that they yield to."""
    files = rulebook(name)
    clauses = [one for file, section in files.items() if file != "protocol.yaml" for one in section]
    chosen = random.sample(clauses, 3)
    wanted = {other for one in chosen for other in one.get("subject_to", ())}
    chosen += [one for one in clauses if one["clause"] in wanted and one not in chosen]
    head = {**files["protocol.yaml"], "sections": ["1.yaml"]}
    return {"protocol.yaml": head, "1.yaml": chosen}


@cache
def _values() -> dict[str, list[Tree]]:
    """List the values that stand under each key in the files that are in order."""
    found: dict[str, list[Tree]] = {}
    trees = [scenario for _, scenario in scenarios()[::7]]
    trees += [file for name in shipped() for file in rulebook(name).values()]
    for tree in trees:
        for holder, key in _places(tree):
            if isinstance(key, str):
                found.setdefault(key, []).append(holder[key])
    return found


def _places(tree: Tree) -> list[tuple[Tree, Any]]:
    """List every group or list with each of its keys or numbers."""
    found: list[tuple[Tree, Any]] = []
    todo = [tree]
    while todo:
        one = todo.pop()
        inner = list(one.items()) if isinstance(one, dict) else list(enumerate(one))
        for key, value in inner:
            found.append((one, key))
            if isinstance(value, (dict, list)):
                todo.append(value)
    return found


def spoilt(random: Random, tree: Tree) -> Tree:
    """Give a copy with one or a few changes."""
    copied = copy.deepcopy(tree)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        places = _places(copied)
        if places:
            _spoil(random, places)
    return copied


def _spoil(random: Random, places: list[tuple[Tree, Any]]) -> None:
    holder, key = random.choice(places)
    other, at = random.choice(places)
    match random.choice((*_LIKELY, "word", "copy", "swap", "rename", "wrap", "odd")):
        case "like" if key in _values():
            holder[key] = copy.deepcopy(random.choice(_values()[key]))
        case "add" if isinstance(holder, dict):
            name = random.choice(sorted(_values()))
            holder[name] = copy.deepcopy(random.choice(_values()[name]))
        case "drop":
            del holder[key]
        case "word":
            holder[key] = random.choice(words())
        case "odd":
            holder[key] = random.choice((*_ODD, [], {}, [[]], {"value": "x"}, ["a", "a"]))
        case "copy":
            holder[key] = copy.deepcopy(other[at])
        case "swap":
            here, there = copy.deepcopy(holder[key]), copy.deepcopy(other[at])
            holder[key], other[at] = there, here
        case "wrap":
            inner = holder[key]
            word = random.choice(words())
            holder[key] = random.choice(([inner], {word: inner}, {"value": inner}, {"not": inner}))
        case _:
            if isinstance(holder, dict):
                holder[random.choice(words())] = holder.pop(key)
            else:
                holder.append(copy.deepcopy(holder[key]))


def written(tree: Tree) -> str:
    """Write a tree as JSON, which is YAML too and quick to write."""
    return json.dumps(tree, ensure_ascii=False)


def garbled(random: Random, text: str) -> bytes:
    """Give a file with some bytes cut out, put in or taken from elsewhere."""
    data = bytearray(text.encode())
    for _ in range(random.randint(1, _MOST_CHANGES)):
        start = random.randrange(len(data) + 1)
        end = min(len(data), start + random.choice((0, 1, 3, 40)))
        filled = random.choice((
            b"", b"\n", b"  ", b"\t", b":", b": ", b"- ", b"{", b"]", b'"', b"'", b"#", b"&a ",
            b"*a", b"\x00", b"\xff", b"\xef\xbb\xbf", b"!!python/object:os.system ", b"? ", b"|", b"%",
            bytes(data[end : end + 20]),
        ))  # fmt: skip
        data[start:end] = filled
    return bytes(data[: random.choice((len(data), len(data), random.randrange(len(data) + 1)))])
