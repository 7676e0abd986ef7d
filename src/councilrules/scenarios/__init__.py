"""Scenario files: a complaint's facts, or a rule's test, in YAML or JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from councilrules.documents import (
    Listing,
    Mapping,
    Node,
    Text,
    UnreadableError,
    parse_json,
    read_text,
    read_yaml,
)
from councilrules.errors import ScenarioError
from councilrules.event_reading import PROOFS, EventReading
from councilrules.history import History, end_of_last_day
from councilrules.logs import logged
from councilrules.reading import Reading
from councilrules.register_reading import RegisterReading, merged
from councilrules.scenarios._books import Books, questions_of
from councilrules.scenarios._checks import Written, check_scenario
from councilrules.scenarios._expect import expectations
from councilrules.scenarios._model import Assessed, Expectation, Expected, Scenario
from councilrules.scenarios.keys import KEYS, SHARED_KEYS
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.events import Event
    from councilrules.rules import Rulebook

__all__ = ["Assessed", "Expectation", "Expected", "Scenario", "load_scenario", "load_scenarios"]


def load_scenario(path: str | Path) -> Scenario:
    """Read the one scenario of a file.

    Raises:
        ScenarioError: When it cannot be used, or the file holds several; every fault is
            in it, with its place and how to mend it.
    """
    found = load_scenarios(path)
    if len(found) > 1:
        reading = Reading()
        reading.complain(
            "many-scenarios",
            found[1].place,
            f"`{path}` holds {len(found)} scenarios",
            "use `load_scenarios`, which gives them all",
        )
        raise ScenarioError(tuple(reading.problems))
    return found[0]


def load_scenarios(
    path: str | Path, rulebooks: dict[str, Rulebook] | None = None
) -> tuple[Scenario, ...]:
    """Read the scenarios of a file.

    Args:
        path: A YAML or JSON file.
        rulebooks: Rulebooks read already, by the name or path under which files ask for
            them; what is read on the way is added.

    Raises:
        ScenarioError: When one cannot be used; every fault of the file is in it.
    """
    reader = _Reader(Path(path), {} if rulebooks is None else rulebooks)
    found = tuple(reader.scenarios())
    if reader.reading.problems:
        raise ScenarioError(tuple(reader.reading.problems))
    return found


class _Reader:
    """Reads one file of scenarios."""

    def __init__(self, path: Path, rulebooks: dict[str, Rulebook]) -> None:
        self.reading = Reading()
        self._path = path
        self._books = Books(self.reading, path.parent, rulebooks)

    def scenarios(self) -> Iterator[Scenario]:
        node = self._node()
        if node is None:
            return
        several = isinstance(node, Mapping) and "scenarios" in node
        keys = (*SHARED_KEYS, "scenarios") if several else KEYS
        top = self.reading.mapping(
            node, node, "a file of scenarios" if several else "a scenario", keys=keys
        )
        if top is None:
            return
        if not several:
            yield from self._scenario(top, Mapping(top.file, top.line, top.column))
            return
        listed = self.reading.listing(top.get("scenarios"), top, "`scenarios`")
        if not listed and not self.reading.problems:
            self.reading.complain(
                "no-scenarios",
                top,
                "there is no scenario under `scenarios`",
                "write one there, or take the key out",
            )
        for item in listed:
            own = self.reading.mapping(item, item, "a scenario", keys=KEYS)
            if own is not None:
                yield from self._scenario(own, top)

    def _node(self) -> Node | None:
        try:
            if self._path.suffix == ".json":
                return parse_json(read_text(self._path), str(self._path))
            return read_yaml(self._path)
        except UnreadableError as error:
            self.reading.problems += error.problems
            return None

    def _scenario(self, own: Mapping, shared: Mapping) -> Iterator[Scenario]:
        reading = self.reading

        def key(name: str) -> Node | None:
            return own.get(name) if name in own else shared.get(name)

        before = len(reading.problems)
        self._required(own, key("rulebooks"))
        named = tuple(self._books.named(key("rulebooks"), own))
        assessed = tuple(self._books.assessed(named, key("parameters")))
        if assessed:
            reading.zone = ZoneInfo(assessed[0].rulebook.zone)
        written = merged(shared.get("register"), own.get("register"))
        register = RegisterReading(reading).register(written)
        proof = reading.word(key("proof"), "proof", PROOFS, "unknown-proof")
        are_read = len(assessed) == len(named)
        questions = questions_of(assessed) if are_read else None
        events = tuple(self._events(own.get("events"), own, questions, proof))
        scenario = Scenario(
            name=reading.text(own.get("title") or own.get("name"), "`title`") or self._path.stem,
            rulebooks=assessed,
            register=register,
            history=History(
                events=events,
                as_of=self._clock(key("as_of"), own, events),
                open_kinds=frozenset(
                    reading.words(key("not_known"), "event", kinds(), "unknown-event")
                ),
                complainants=frozenset(reading.texts(key("complainant"), "`complainant`")),
            ),
            examine=frozenset(reading.texts(key("examine"), "`examine`")),
            expected=expectations(own.get("expect"), reading),
            place=own.place,
        )
        check_scenario(
            scenario,
            Written(
                own=own,
                shared=shared,
                register=written,
                read=frozenset(event.id for event in events),
            ),
            reading,
            are_read=are_read,
        )
        if len(reading.problems) == before:
            yield scenario

    def _required(self, own: Mapping, rulebooks: Node | None) -> None:
        if rulebooks is None:
            self.reading.complain(
                "missing-key",
                own,
                "the scenario names no rulebook",
                "add a line such as `rulebooks: langport`",
            )
        if "events" not in own:
            self.reading.complain(
                "missing-key",
                own,
                "the scenario lacks `events`",
                "write `events: []` if nothing happened",
            )

    def _events(
        self, node: Node | None, own: Mapping, questions: frozenset[str] | None, proof: str | None
    ) -> Iterator[Event]:
        """Read the events, which stand in the file or in a log that it names."""
        if isinstance(node, Text) and node.value:
            default = PROOFS[proof or "established"]
            yield from logged(self._path.parent / node.value, self.reading, questions, default)
            return
        reader = EventReading(self.reading, questions, PROOFS[proof or "alleged"])
        for item in self.reading.listing(node, own, "`events`"):
            event = reader.event(item)
            if event is not None:
                yield event

    def _clock(self, node: Node | None, own: Mapping, events: tuple[Event, ...]) -> datetime:
        """Give the clock: the end of the last day in the history, unless it is written."""
        moment = self.reading.moment(node, "`as_of`")
        if moment is not None:
            return moment.last
        if not events:
            written = own.get("events")
            if node is None and isinstance(written, Listing) and not written.items:
                self.reading.complain(
                    "missing-key",
                    own,
                    "the scenario has no event, and lacks `as_of`",
                    "add a line such as `as_of: 2025-06-30`: the day on which to look at it",
                )
            return datetime.max.replace(tzinfo=UTC)
        return end_of_last_day(events, self.reading.zone)
