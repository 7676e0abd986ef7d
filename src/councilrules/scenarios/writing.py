"""A scenario as the text of a file that reads back as the same scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from attrs import evolve

from councilrules.documents import UnreadableError, parse_yaml
from councilrules.reading import NOT_KNOWN
from councilrules.rulebooks import shipped, shipped_folder
from councilrules.rulebooks._time_text import clock, parameter_values, tenure
from councilrules.rulebooks._yaml_text import Line, Tree, document
from councilrules.scenarios import _Reader
from councilrules.scenarios._event_text import USUAL, event_tree, usual_proof
from councilrules.scenarios._model import Expectation, Expected, Scenario
from councilrules.scenarios._register_text import register_tree, several
from councilrules.scenarios.keys import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from councilrules.documents import Node
    from councilrules.findings import Finding
    from councilrules.rules import Rulebook
    from councilrules.scenarios._model import Assessed


def written(scenario: Scenario, *, findings: Iterable[Finding] = ()) -> str:
    """Give a scenario as the text of a YAML file that `load_scenario` reads back as it is.

    A rulebook is named by the folder that it was read from; one that is shipped, or was
    read from no folder, by its id. A scenario without a name is written without a title,
    and is then called after its file. Where things were written is not kept.

    Args:
        scenario: What to write.
        findings: What to expect of it; what the scenario itself expects if there are
            none. Of a finding is said who answers, the status, the event, the exception,
            what is wanted, the working days and the proof.

    Raises:
        ValueError: When the scenario holds what no file can say; the message says what.
    """
    expected = tuple(_expected(findings)) or scenario.expected
    text = document(_tree(evolve(scenario, expected=expected)))
    _check(evolve(scenario, expected=expected), text)
    return text


def written_together(scenarios: Sequence[Scenario]) -> str:
    """Give several scenarios as the text of one file, each with what it expects.

    What they are all assessed with stands once, at the top.

    Raises:
        ValueError: When one of them holds what no file can say; the message says what.
    """
    trees = [_tree(one) for one in scenarios]
    shared = {
        key: trees[0][key]
        for key in ("rulebooks", "proof")
        if trees and all(tree.get(key) == trees[0].get(key, tree) for tree in trees)
    }
    listed: list[Tree] = [
        {key: part for key, part in tree.items() if key not in shared} for tree in trees
    ]
    text = document({**shared, "scenarios": listed})
    for one, alone in zip(scenarios, trees, strict=True):
        _check(one, document(alone))
    return text


def _tree(scenario: Scenario) -> dict[str, Tree]:
    history, books = scenario.history, scenario.rulebooks
    if not books:
        msg = "a scenario that names no rulebook cannot be written"
        raise ValueError(msg)
    zone = ZoneInfo(books[0].rulebook.zone)
    usual = usual_proof(history.events)
    found: dict[str, Tree] = {
        "title": scenario.name,
        "rulebooks": _rulebooks(books),
        "proof": "" if usual is USUAL else usual.name.lower(),
        "as_of": clock(history.as_of, zone),
        "register": register_tree(scenario.register, zone),
        "complainant": _several(history.complainants),
        "parameters": _parameters(books),
        "examine": _several(scenario.examine),
        "not_known": _several(history.open_kinds),
        "events": [event_tree(one, usual, zone) for one in history.events],
        "expect": dict(_expect(scenario.expected)),
    }
    needed = {"rulebooks", "events"} | ({"register"} if scenario.register.speaks_of else set())
    return {key: found[key] for key in KEYS if key in found and (found[key] or key in needed)}


def _several(words: Iterable[str]) -> Tree:
    found = sorted(words)
    return several(found) if len(found) < 2 else Line([*found])  # noqa: PLR2004 - a list has two


# --- rulebooks --------------------------------------------------------------------


def name_of(rulebook: Rulebook) -> str:
    """Give the name, or the folder, under which a file asks for a rulebook."""
    folder = Path(rulebook.folder)
    if not rulebook.folder:
        return rulebook.id
    own = (shipped_folder() / folder.name).resolve()
    is_shipped = folder.name in shipped() and folder.resolve() == own
    return folder.name if is_shipped else folder.as_posix()


def _rulebooks(books: Iterable[Assessed]) -> Tree:
    found: list[Tree] = []
    for one in books:
        name = name_of(one.rulebook)
        if one.in_force is None:
            found.append(name)
        else:
            force = tenure(one.in_force, ZoneInfo(one.rulebook.zone))
            found.append({name: Line({"in_force": force})})
    if all(isinstance(one, str) for one in found):
        return found[0] if len(found) == 1 else Line(found)
    return found


def _parameters(books: tuple[Assessed, ...]) -> Tree:
    """Give what the parameters are set to, those left unset only where that is no matter.

    Those of a rulebook that is shipped are unset unless a scenario sets them.
    """
    zone = ZoneInfo(books[-1].rulebook.zone)  # in which they are read, for all rulebooks
    found: dict[str, Tree] = {}
    for book in (one.rulebook for one in books):
        is_as_shipped = name_of(book) in shipped()
        for name, parameter in book.parameters.items():
            value = parameter_values(parameter, book.calendar, zone)
            if found.get(name, value) != value:
                msg = f"two rulebooks have `{name}` set differently, which no file can say"
                raise ValueError(msg)
            if parameter.values or not is_as_shipped:
                found[name] = value
    return found


# --- what is expected -------------------------------------------------------------


def _expected(findings: Iterable[Finding]) -> Iterator[Expectation]:
    """Give the findings as what is expected of the rules that they are under."""
    by_rule: dict[tuple[str, str, str], list[Expected]] = {}
    for one in findings:
        key = (one.rulebook, one.clause, one.rule)
        by_rule.setdefault(key, []).append(Expected.of(one))
    for (rulebook, clause, rule), expected in by_rule.items():
        yield Expectation(rulebook=rulebook, clause=clause, rule=rule, findings=tuple(expected))


def _expect(expected: Iterable[Expectation]) -> Iterator[tuple[str, Tree]]:
    for one in expected:
        rest = () if one.rule is None else (one.rule,)
        listed: list[Tree] = [Line(_finding(finding)) for finding in one.findings]
        name = "/".join((one.rulebook, one.clause, *rest))
        yield name, listed if len(listed) > 1 else Line(listed)


def _finding(one: Expected) -> Tree:
    found: dict[str, Tree] = {NOT_KNOWN if one.bearer is None else one.bearer: one.status}
    if one.on is not None:
        found["on"] = one.on
    if one.by is not None:
        found["by"] = one.by
    if one.wants is not None:
        found["wants"] = [*one.wants]
    if one.late is not None:
        found["late"] = str(one.late)
    if one.proof is not None:
        found["proof"] = one.proof
    return found


# --- reading it back --------------------------------------------------------------


class _Again(_Reader):
    """Reads a scenario from a text, with rulebooks that are at hand."""

    def __init__(self, text: str, rulebooks: dict[str, Rulebook]) -> None:
        super().__init__(Path("scenario.yaml"), rulebooks)
        self._text = text

    def _node(self) -> Node | None:
        try:
            return parse_yaml(self._text, "scenario.yaml")
        except UnreadableError as error:
            self.reading.problems += error.problems
            return None


def _check(scenario: Scenario, text: str) -> None:
    """Object to a text that does not read back as the scenario.

    INVARIANT: no text is given out that a reader would refuse, or take otherwise.
    """
    books = {name_of(one.rulebook): one.rulebook for one in scenario.rulebooks}
    reader = _Again(text, books | {str(Path(name)): book for name, book in books.items()})
    found = tuple(reader.scenarios())
    if reader.reading.problems:
        what = "; ".join(dict.fromkeys(one.what for one in reader.reading.problems))
        msg = f"the scenario cannot be written: {what}"
        raise ValueError(msg)
    for part, one, other in _parts(scenario, found[0]):
        if one != other:
            msg = f"{part} cannot be written: a file would say something else"
            raise ValueError(msg)


def _parts(one: Scenario, other: Scenario) -> Iterator[tuple[str, Any, Any]]:
    """Give what has to be the same in two scenarios, under the name of each part."""
    if one.name:
        yield f"the title `{one.name}`", one.name, other.name
    yield "what it is assessed with", one.rulebooks, other.rulebooks
    yield "what it expects", one.expected, other.expected
    yield "what it examines", one.examine, other.examine
    for kind in ("people", "bodies", "papers"):
        was, now = getattr(one.register, kind), getattr(other.register, kind)
        yield from ((f"`{name}` of `{kind}`", was[name], now.get(name)) for name in was)
    yield "the register", one.register, other.register
    for event, again in zip(one.history.events, other.history.events, strict=False):
        yield f"the event `{event.id}`", event, again
    yield "the history", one.history, other.history
