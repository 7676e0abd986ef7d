"""The rulebooks that a scenario names, with what it says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import evolve

from councilrules.documents import Listing, Mapping, Node, Text
from councilrules.errors import RulebookError
from councilrules.events.questions import QUESTIONS
from councilrules.reading import TENURE_KEYS
from councilrules.rulebooks import is_rulebook, load_rulebook
from councilrules.rulebooks._protocol import parameter_value
from councilrules.scenarios._model import Assessed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from councilrules.periods import Tenure
    from councilrules.reading import Reading
    from councilrules.rules import Rulebook


class Books:
    """Reads the rulebooks that one file names, each once."""

    def __init__(self, reading: Reading, folder: Path, rulebooks: dict[str, Rulebook]) -> None:
        """Take what gathers faults, where the file stands, and what is read already."""
        self._reading = reading
        self._folder = folder
        self._rulebooks = rulebooks
        self._unusable: dict[str, RulebookError] = {}

    def named(self, node: Node | None, own: Mapping) -> Iterator[tuple[Text, Node | None]]:
        """Give each rulebook named, with what is said of it."""
        if isinstance(node, Listing) and not node.items:
            self._reading.complain(
                "missing-key",
                own,
                "the scenario names no rulebook",
                "add a line such as `rulebooks: langport`",
            )
        for item in self._reading.items(node):
            if isinstance(item, Mapping):
                yield from ((item.keys[name], options) for name, options in item.entries.items())
            elif isinstance(item, Text):
                yield item, None
            else:
                self._reading.text(item, "a rulebook")

    def assessed(
        self, named: Iterable[tuple[Text, Node | None]], parameters: Node | None
    ) -> Iterator[Assessed]:
        """Read the rulebooks named, with the parameters that the scenario sets."""
        found: dict[str, Assessed] = {}
        for name, options in named:
            rulebook = self._rulebook(name)
            if rulebook is None:
                continue
            if rulebook.id in found:
                self._reading.complain(
                    "duplicate-rulebook",
                    name,
                    f"a rulebook `{rulebook.id}` is named already",
                    "name each rulebook once; two of them need different ids",
                )
            self._reading.zone = ZoneInfo(rulebook.zone)
            found[rulebook.id] = Assessed(rulebook=rulebook, in_force=self._in_force(name, options))
        values = self._parameters(parameters, [one.rulebook for one in found.values()])
        for one in found.values():
            yield evolve(one, rulebook=self._with(one.rulebook, values))

    def _in_force(self, name: Text, options: Node | None) -> Tenure | None:
        if options is None:
            return None
        found = self._reading.mapping(options, options, f"`{name.value}`", keys=("in_force",))
        force = (
            None
            if found is None
            else self._reading.mapping(
                found.get("in_force"), options, "`in_force`", keys=TENURE_KEYS
            )
        )
        return None if force is None else self._reading.tenure(force, "`in_force`")

    def _rulebook(self, node: Text) -> Rulebook | None:
        name = self._reading.text(node, "`rulebooks`")
        if name is None:
            return None
        source = str(self._folder / name) if is_rulebook(self._folder / name) else name
        if source not in self._rulebooks and source not in self._unusable:
            try:
                self._rulebooks[source] = load_rulebook(source)
            except RulebookError as error:
                self._unusable[source] = error
        if source in self._unusable:
            for one in self._unusable[source].problems:
                is_unknown = one.check == "unknown-rulebook"
                self._reading.problems.append(evolve(one, place=node.place) if is_unknown else one)
        return self._rulebooks.get(source)

    def _parameters(self, node: Node | None, books: list[Rulebook]) -> dict[str, Node]:
        """Give what the scenario sets, by the name of the parameter."""
        found = None if node is None else self._reading.mapping(node, node, "`parameters`")
        known = {name for one in books for name in one.parameters}
        for key in () if found is None or not books else found.keys.values():
            self._reading.word(key, "parameter", known, "unknown-parameter")
        return {} if found is None else found.entries

    def _with(self, rulebook: Rulebook, nodes: dict[str, Node]) -> Rulebook:
        """Give the rulebook with the parameters that the scenario sets."""
        parameters = dict(rulebook.parameters)
        for name in parameters.keys() & nodes.keys():
            read = (
                parameter_value(one, self._reading, rulebook.calendar)
                for one in self._reading.items(nodes[name])
            )
            values = tuple(one for one in read if one is not None)
            parameters[name] = evolve(parameters[name], values=values)
        return evolve(rulebook, parameters=parameters) if nodes else rulebook


def questions_of(assessed: Iterable[Assessed]) -> frozenset[str]:
    """Give the questions of the vocabulary, and those of the rulebooks."""
    return frozenset(QUESTIONS).union(*(one.rulebook.questions for one in assessed))
