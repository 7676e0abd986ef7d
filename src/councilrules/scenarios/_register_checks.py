"""Checks of a scenario's register: what its entries name, and their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.documents import Mapping, Text
from councilrules.errors import nearest
from councilrules.reading import NOT_KNOWN
from councilrules.register import BODY_KINDS, COUNCIL
from councilrules.scenarios._written import items, texts
from councilrules.vocabulary import RESERVED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from councilrules.documents import Node
    from councilrules.reading import Reading
    from councilrules.rules import Rulebook
    from councilrules.scenarios._written import Written

_UNNAMED = RESERVED | {NOT_KNOWN, "nothing"}


def check_register(written: Written, books: Collection[Rulebook], reading: Reading) -> None:
    """Note every entry that names what is not there, and every id that stands twice."""
    _Names(written, reading).check()
    _ids_once(written, reading)
    if books:
        _offices_are_bound(written, books, reading)


class _Names:
    """Looks up whatever the entries of a register name."""

    def __init__(self, written: Written, reading: Reading) -> None:
        self._written = written
        self._reading = reading
        self._bodies = {COUNCIL, *written.named("bodies")}
        self._people = {*written.named("people"), *self._bodies}

    def check(self) -> None:
        written = self._written
        for interest in written.listed("interests"):
            self._need(interest.get("of"), self._people, "unknown-person", "an interest")
        for relationship in written.listed("relationships"):
            self._need(
                relationship.get("between"), self._people, "unknown-person", "a relationship"
            )
        for kind in ("decisions", "delegations"):
            for decision in written.listed(kind):
                self._decision(decision, kind[:-1])
        for name in written.named("people"):
            for entry in items(written.named("people").get(name)):
                self._seat(entry, name)

    def _decision(self, entry: Mapping, what: str) -> None:
        of = entry.get("id")
        called = f"{what} `{of.value}`" if isinstance(of, Text) else f"a {what}"
        self._need(entry.get("body"), self._bodies, "unknown-body", called)
        self._need(entry.get("approves"), self._written.event_ids, "no-such-event", called)

    def _seat(self, entry: Mapping, name: str) -> None:
        for key, known in (("of", self._bodies), ("sits-on", {*self._bodies, *BODY_KINDS})):
            for one in texts(entry.get(key)):
                # A kind of body may be the council's own word; only a slip is objected to.
                if one.value not in known and (nearest(one.value, known) or key == "of"):
                    self._need(one, known, "unknown-body", f"an entry of `{name}`")

    def _need(self, node: Node | None, known: Collection[str], check: str, what: str) -> None:
        home = "events" if check == "no-such-event" else "the register"
        for one in texts(node):
            if one.value and one.value not in known and one.value not in _UNNAMED:
                remedy = (
                    nearest(one.value, known) or f"add `{one.value}` to {home}, or mend the name"
                )
                self._reading.complain(
                    check, one, f"{what} names `{one.value}`, which is not there", remedy
                )


def _ids_once(written: Written, reading: Reading) -> None:
    """Object to two entries of one id, or an entry with the id of an event."""
    seen: dict[str, Text] = {}
    ids = (event.get("id") for event in written.events)
    seen |= {id_.value: id_ for id_ in ids if isinstance(id_, Text)}
    for kind in ("relationships", "decisions", "delegations", "procedures"):
        for entry in written.listed(kind):
            id_ = entry.get("id")
            if not isinstance(id_, Text) or not id_.value:
                continue
            first = seen.setdefault(id_.value, id_)
            if first is not id_ or (written.is_logged and id_.value in written.read):
                where = (
                    "an event in the log has it"
                    if first is id_
                    else f"the first is at line {first.line}"
                )
                reading.complain(
                    "duplicate-id",
                    id_,
                    f"the id `{id_.value}` is taken already",
                    f"{where}; give each entry and event an id of its own",
                )


def _offices_are_bound(written: Written, books: Collection[Rulebook], reading: Reading) -> None:
    """Object to an office that no role word covers: surely a slip of the pen."""
    known = {office for book in books for role in book.roles.values() for office in role.offices}
    for name, office in _offices(written):
        remedy = nearest(office.value, known)
        if office.value not in known and remedy is not None:
            reading.complain(
                "unknown-office",
                office,
                f"`{name}` holds `{office.value}`, which no rulebook knows",
                remedy,
            )


def _offices(written: Written) -> Iterator[tuple[str, Text]]:
    people = written.named("people")
    for name in people:
        for entry in items(people.get(name)):
            for office in texts(entry.get("holds")):
                if office.value not in _UNNAMED:
                    yield name, office
