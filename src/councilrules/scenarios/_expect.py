"""What a scenario expects, from nodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from councilrules.documents import Mapping, Node
from councilrules.event_reading import PROOFS
from councilrules.reading import NOT_KNOWN
from councilrules.register_reading import EXPECTED_DETAILS
from councilrules.scenarios._model import Expectation, Expected
from councilrules.scenarios.keys import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.reading import Reading

_LATE = re.compile(r"(\d{1,5})(?: working days?)?")


def expectations(node: Node | None, reading: Reading) -> tuple[Expectation, ...]:
    """Read `expect`: by clause, or clause and rule, all findings that there are to be."""
    if node is None:
        return ()
    found = reading.mapping(node, node, "`expect`")
    return tuple(_expectations(found, reading)) if found is not None else ()


def _expectations(found: Mapping, reading: Reading) -> Iterator[Expectation]:
    for name, item in found.entries.items():
        rulebook, *rest = name.split("/")
        if not 1 <= len(rest) <= 2:  # noqa: PLR2004 - a clause, and perhaps a rule
            reading.complain(
                "not-a-clause",
                found.keys[name],
                f"`{name}` names no clause",
                "write `RULEBOOK/CLAUSE`, such as `langport/2.6`, or `RULEBOOK/CLAUSE/RULE`",
            )
            continue
        findings = (_expected(one, reading) for one in reading.listing(item, item, f"`{name}`"))
        yield Expectation(
            rulebook=rulebook,
            clause=rest[0],
            rule=rest[1] if len(rest) > 1 else None,
            findings=tuple(one for one in findings if one is not None),
            place=found.keys[name].place,
        )


def _expected(node: Node, reading: Reading) -> Expected | None:
    found = reading.mapping(node, node, "an expected finding")
    if found is None:
        return None
    people = [key for key in found if key not in EXPECTED_DETAILS]
    if len(people) != 1:
        reading.complain(
            "expected-whom",
            found,
            "an expected finding has to name one person and a status",
            "write `{ann: breached, on: e1}`",
        )
        return None
    name = people[0]
    status = reading.word(found.get(name), "status", STATUSES, "unknown-status")
    if status is None:
        return None
    wants = reading.texts(found.get("wants"), "`wants`") if "wants" in found else None
    return Expected(
        bearer=None if name == NOT_KNOWN else name,
        status=status,
        on=reading.text(found.get("on"), "`on`"),
        by=reading.text(found.get("by"), "`by`"),
        wants=wants,
        late=_late(found, reading),
        proof=reading.word(found.get("proof"), "proof", PROOFS, "unknown-proof"),
        place=found.place,
    )


def _late(found: Mapping, reading: Reading) -> int | None:
    text = reading.text(found.get("late"), "`late`")
    if text is None:
        return None
    match = _LATE.fullmatch(text)
    if match is None:
        reading.complain(
            "not-a-number",
            found.entries["late"],
            f"`late` is `{text}`",
            "write the number of working days, such as `2`",
        )
        return None
    return int(match.group(1))
