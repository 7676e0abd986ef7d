"""A rulebook as the texts of a folder that reads back as the same rulebook."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from attrs import fields

from councilrules.documents import Listing, UnreadableError, parse_yaml
from councilrules.reading import Reading
from councilrules.rulebooks import _rulebook
from councilrules.rulebooks._clauses import Clauses
from councilrules.rulebooks._condition_text import conditions
from councilrules.rulebooks._patterns import Patterns, Words
from councilrules.rulebooks._protocol import head
from councilrules.rulebooks._rule_text import clause_tree
from councilrules.rulebooks._time_text import moment, parameter_values
from councilrules.rulebooks._yaml_text import Line, Tree, document, fitting, one_line
from councilrules.rulebooks.checks import problems_of
from councilrules.rulebooks.keys import HEAD_KEYS
from councilrules.rules import Rulebook, parts_of
from councilrules.vocabulary import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.documents import Node
    from councilrules.periods import Moment
    from councilrules.rules import Clause, Condition, Role

_HEAD: Final = "protocol.yaml"
_SECTION: Final = "clauses.yaml"


def written(rulebook: Rulebook) -> dict[str, str]:
    """Give the files of a folder that `load_rulebook` reads back as the same rulebook.

    Clauses that were read from files stand in files of the same names. Where things
    were written is not kept, nor are remarks.

    Args:
        rulebook: What to write.

    Returns:
        The texts by the names of their files.

    Raises:
        ValueError: When the rulebook holds what no file can say; the message says what.
    """
    texts = texts_of(rulebook)
    _check(rulebook, texts)
    return texts


def texts_of(rulebook: Rulebook) -> dict[str, str]:
    """Give the same files without reading them back, which takes most of the time.

    Raises:
        ValueError: When the rulebook holds what no file can say, as far as that is seen
            in writing.
    """
    sections = _sections(rulebook.clauses)
    texts = {_HEAD: document(_head(rulebook, list(sections)))}
    for name, clauses in sections.items():
        texts[name] = clauses_text(clauses)
    return texts


def clauses_text(clauses: Iterable[Clause]) -> str:
    """Give clauses as the text of a section file, to be read with the rest of the rulebook."""
    return "\n".join(document([clause_tree(one)]) for one in clauses)


def _sections(clauses: tuple[Clause, ...]) -> dict[str, list[Clause]]:
    """Give the clauses by the file that they stand in."""
    runs = [
        (name, list(run))
        for name, run in groupby(clauses, lambda one: Path(one.place.file).name or _SECTION)
    ]
    names = [name for name, _ in runs]
    if len(set(names)) < len(names) or _HEAD in names:
        return {_SECTION: list(clauses)}
    return dict(runs)


def _head(rulebook: Rulebook, sections: list[str]) -> Tree:
    zone = ZoneInfo(rulebook.zone)

    def at(one: Moment | None) -> Tree | None:
        return None if one is None else fitting(moment(one, zone))

    found: dict[str, Tree | None] = {
        "format": "1",
        "id": rulebook.id,
        "council": rulebook.council,
        "title": rulebook.title,
        "version": rulebook.version,
        "adopted": at(rulebook.adopted),
        "not_before": at(rulebook.not_before),
        "next_review": at(rulebook.review_due),
        "zone": rulebook.zone,
        "calendar": rulebook.calendar.name,
        "closed": Line([day.isoformat() for day in sorted(rulebook.calendar.extra)]),
        "definitions": dict(rulebook.definitions),
        "roles": {name: Line(_role(role)) for name, role in rulebook.roles.items()},
        "parameters": _parameters(rulebook, zone),
        "questions": dict(_questions(rulebook)),
        "source": rulebook.source,
        "sections": [*sections],
    }
    empty: tuple[Tree | None, ...] = (None, {}, Line([]))
    needed = {"roles", "sections"}
    kept = {key: item for key, item in found.items() if key in needed or item not in empty}
    return {key: item for key in HEAD_KEYS if (item := kept.get(key)) is not None}


def _role(role: Role) -> Tree:
    found: dict[str, Tree] = {}
    if role.offices or not role.bodies:
        found["offices"] = [*role.offices]
    if role.of is not None:
        found["of"] = role.of
    for key, words in (("bodies", role.bodies), ("engaged", role.engaged)):
        if words:
            found[key] = [*words]
    return found


def _parameters(rulebook: Rulebook, zone: ZoneInfo) -> Tree:
    found: dict[str, Tree] = {}
    for name, one in rulebook.parameters.items():
        said: dict[str, Tree] = {
            "means": one.means,
            "text": "timely" if one.is_timely else "silent",
        }
        if one.values:
            said["values"] = parameter_values(one, rulebook.calendar, zone)
        found[name] = said
    return found


def _questions(rulebook: Rulebook) -> Iterator[tuple[str, Tree]]:
    """Give the questions that are the rulebook's own."""
    for name, one in rulebook.questions.items():
        if QUESTIONS.get(name) != one:
            said: dict[str, Tree] = {"asks": one.asks}
            if one.raised_by:
                said["raised_by"] = Line([*sorted(one.raised_by)])
            yield name, said


# --- reading it back --------------------------------------------------------------


def _check(rulebook: Rulebook, texts: dict[str, str]) -> None:
    """Object to texts that do not read back as the rulebook.

    INVARIANT: no text is given out that a reader would refuse, or take otherwise.
    """
    reading = Reading()
    again = _again(texts, reading)
    problems = [*reading.problems, *([] if reading.problems else problems_of(again))]
    if problems:
        what = "; ".join(dict.fromkeys(one.what for one in problems))
        msg = f"the rulebook `{rulebook.id}` cannot be written: {what}"
        raise ValueError(msg)
    for part in _differing(rulebook, again):
        msg = f"{part} cannot be written: a file would say something else"
        raise ValueError(msg)


def _again(texts: dict[str, str], reading: Reading) -> Rulebook:
    try:
        nodes: dict[str, Node] = {name: parse_yaml(text, name) for name, text in texts.items()}
    except UnreadableError as error:
        raise ValueError(str(error)) from error
    top = head(nodes[_HEAD], reading)
    patterns = Patterns(reading, Words(roles=top.roles, questions=top.questions))
    clauses = Clauses(reading, patterns, top.parameters)
    items = [item for name, _ in top.sections for item in _items(nodes[name])]
    found = (clauses.clause(item) for item in items)
    return _rulebook(top, tuple(one for one in found if one is not None), Path())


def _items(node: Node) -> list[Node]:
    return node.items if isinstance(node, Listing) else []


def _differing(rulebook: Rulebook, again: Rulebook) -> Iterator[str]:
    """Name what is not the same in two rulebooks."""
    for one in rulebook.clauses:
        other = again.by_id.get(one.id)
        kept = () if other is None else other.rules
        yield from (f"rule `{rule.name}`" for rule in one.rules if rule not in kept)
        if one != other:
            yield f"clause `{one.id}`"
    for field in fields(Rulebook):
        if field.eq and getattr(rulebook, field.name) != getattr(again, field.name):
            yield f"`{field.name}` of the rulebook"


def condition_text(condition: Condition, *, related: bool = False) -> str:
    """Give a condition on one line, as a rulebook file writes it, or nearly so.

    Args:
        condition: The condition.
        related: Whether it is asked of another event, seen from the one that opened the
            case.
    """
    try:
        return one_line(Line(conditions(condition, related=related)))
    except ValueError:
        # Part of a condition need not be something that a file can say by itself.
        return " and ".join(sorted({type(one).__name__ for one in parts_of(condition)}))
