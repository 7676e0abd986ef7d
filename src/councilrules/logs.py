"""Long histories: JSON Lines and CSV, with the register in a file beside them.

Each line is one event with the fields of its kind; CloudEvents envelopes are opened.
In a log an event is established unless it says otherwise, and a person whom the register
lacks is a person of unknown offices (MEANING.md P1, P2).
"""

from __future__ import annotations

import csv
import io
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

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
from councilrules.errors import HistoryError, Place, nearest
from councilrules.event_reading import OWN_KEYS, EventReading
from councilrules.events import Kind, Proof
from councilrules.events.questions import QUESTIONS
from councilrules.history import History, end_of_last_day
from councilrules.reading import Reading
from councilrules.register_reading import RegisterReading
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from councilrules.events import Event
    from councilrules.register import Register

_ENVELOPE = "specversion"
_SEPARATOR = ";"


def load_history(
    path: str | Path,
    *,
    as_of: datetime | None = None,
    open_kinds: Iterable[str] = (),
    zone: str = "Europe/London",
) -> History:
    """Read the events of a JSON Lines file (`.jsonl`) or a CSV file (`.csv`).

    In CSV the first line names the fields; an empty cell is a field that is not
    written, and several names in a cell stand with `;` between them.

    Args:
        path: The file.
        as_of: The clock; the end of the last day in the history if it is left out.
        open_kinds: Kinds of event that may have happened without being logged (P1).
        zone: The zone of dates, and of times without zone, `as_of` included.

    Raises:
        HistoryError: When the file cannot be used; every fault is in it, with its line.
    """
    reading = Reading(zone)
    events = tuple(logged(Path(path), reading, QUESTIONS, Proof.ESTABLISHED))
    _once(events, reading)
    if not events and not reading.problems:
        reading.complain("empty-history", Place(str(path)), "there is no event in this file")
    if reading.problems:
        raise HistoryError(tuple(reading.problems))
    clock = end_of_last_day(events, reading.zone) if as_of is None else as_of
    if clock.tzinfo is None:
        clock = clock.replace(tzinfo=reading.zone)
    return History(events=events, as_of=clock.astimezone(UTC), open_kinds=frozenset(open_kinds))


def load_register(path: str | Path) -> Register:
    """Read a register from a YAML file of its own.

    Raises:
        HistoryError: When it cannot be used; every fault is in it.
    """
    reading = Reading()
    register = None
    try:
        register = RegisterReading(reading).register(read_yaml(path))
    except UnreadableError as error:
        reading.problems += error.problems
    if register is None or reading.problems:
        raise HistoryError(tuple(reading.problems))
    return register


def logged(
    path: Path, reading: Reading, questions: Collection[str] | None, proof: Proof
) -> Iterator[Event]:
    """Give the events of a log, noting what is wrong with it in `reading`.

    Args:
        path: The file.
        reading: What gathers the faults.
        questions: The questions of judgement that there are; `None` if that is not known.
        proof: How well an event is proved that does not say.
    """
    reader = EventReading(reading, questions, proof)
    records = _RECORDS.get(path.suffix.lower())
    if records is None:
        reading.complain(
            "unknown-format",
            Place(str(path)),
            "the file is neither JSON Lines nor CSV by its name",
            "its name has to end in `.jsonl` or `.csv`",
        )
        return
    try:
        text = read_text(path)
    except UnreadableError as error:
        reading.problems += error.problems
        return
    for record in records(text, str(path), reading):
        event = reader.event(opened(record, reading))
        if event is not None:
            yield event


def _lines(text: str, file: str, reading: Reading) -> Iterator[Node]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield parse_json(line, file, first_line=number)
            except UnreadableError as error:
                reading.problems += error.problems


def _rows(text: str, file: str, reading: Reading) -> Iterator[Node]:
    rows = csv.reader(io.StringIO(text), strict=True)
    line = 1
    try:
        head = [name.strip() for name in next(rows, [])]
        for name in dict.fromkeys(name for name in head if head.count(name) > 1):
            what = f"the column `{name}` stands twice"
            reading.complain("duplicate-key", Place(file, 1, 1), what, "keep one of them")
        known = list(_columns(head, file, reading))
        line = rows.line_num + 1
        for row in rows:
            if row:
                yield _row(known, row, file, line, reading)
            line = rows.line_num + 1
    except csv.Error as error:
        what = f"this line is no CSV: {error}"
        remedy = "check the quotes of this line and of those after it"
        reading.complain("not-csv", Place(file, line, 1), what, remedy)


def _columns(head: list[str], file: str, reading: Reading) -> Iterator[str | None]:
    """Give the name of each column; `None`, and a fault told once, for one unknown."""
    known = {*OWN_KEYS, *(name for kind in kinds().values() for name in kind.fields)}
    for name in head:
        if name and name not in known:
            what = f"no event has a field `{name}`, as a column is called"
            remedy = (
                nearest(name, known) or "call it by the name of a field, or take the column out"
            )
            reading.complain("unknown-field", Place(file, 1, 1), what, remedy)
        yield name if name in known or not name else None


_RECORDS = {".jsonl": _lines, ".csv": _rows}


def _row(
    names: list[str | None], row: list[str], file: str, line: int, reading: Reading
) -> Mapping:
    place = Place(file, line, 1)
    if len(row) != len(names):
        what = f"the line has {len(row)} cells, but the first line names {len(names)}"
        remedy = "put quotes round a cell that holds a comma"
        reading.complain("cells-out-of-step", place, what, remedy)
    node = Mapping(file, line, 1)
    for name, cell in zip(names, row, strict=False):
        if cell.strip() and name:
            node.keys[name] = Text(file, line, 1, name, quoted=False)
            node.entries[name] = _cell(name, cell.strip(), file, line)
        elif cell.strip() and name is not None:
            what = f"`{cell.strip()}` stands in a column without a name"
            reading.complain("cells-out-of-step", place, what, "name the column in the first line")
    return node


def _cell(name: str, cell: str, file: str, line: int) -> Node:
    holds_text = name in OWN_KEYS or name in _texts()
    parts = [cell] if holds_text else [part.strip() for part in cell.split(_SEPARATOR)]
    texts: list[Node] = [Text(file, line, 1, part, quoted=False) for part in parts]
    return texts[0] if len(texts) == 1 else Listing(file, line, 1, texts)


@cache
def _texts() -> frozenset[str]:
    """Give the fields that hold text, in which a `;` is only a `;`."""
    fields = (field for kind in kinds().values() for field in kind.fields.values())
    return frozenset(field.name for field in fields if field.kind is Kind.TEXT)


def opened(node: Node, reading: Reading) -> Node:
    """Take an event out of its CloudEvents envelope, if it is in one."""
    if not isinstance(node, Mapping) or _ENVELOPE not in node:
        return node
    opened = Mapping(node.file, node.line, node.column)
    data = node.get("data")
    for source, name in (("id", "id"), ("type", "event"), ("time", "at"), ("source", "source")):
        if source in node:
            opened.entries[name], opened.keys[name] = node.entries[source], node.keys[source]
    if data is not None:
        reading.mapping(data, node, "`data` in the envelope")
    if isinstance(data, Mapping):
        opened.entries |= data.entries
        opened.keys |= data.keys
    return opened


def _once(events: tuple[Event, ...], reading: Reading) -> None:
    """Object to two different events of one id; the same one twice is one (P5)."""
    seen: dict[str, Event] = {}
    for event in events:
        first = seen.setdefault(event.id, event)
        if first != event:
            place = event.place or Place("")
            line = 0 if first.place is None else first.place.line
            what = f"two different events have the id `{event.id}`"
            remedy = f"the first is in line {line}; give each event an id of its own"
            reading.complain("duplicate-event", place, what, remedy)
