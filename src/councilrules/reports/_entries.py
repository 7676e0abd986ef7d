"""Entries of the register in words, as far as they are reasons for a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from councilrules import wording
from councilrules.register import COUNCIL, Decision, Interest, Office, Procedure, Seat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.findings import Because

Entry = Office | Seat | Interest | Decision | Procedure


def entry_as_text(entry: Entry, zone: str) -> str:
    """Say what an entry is and when it holds, such as `officer, since 1 January 2021`."""
    held = wording.period(entry.tenure, zone)
    return ", ".join(filter(None, (entry_name(entry), held)))


def entry_name(entry: Entry) -> str:
    """Say what an entry is, such as `officer` or `the decision d1`."""
    match entry:
        case Office(role=role, of=of):
            return wording.plain(role) if of == COUNCIL else f"{wording.plain(role)} of {of}"
        case Seat(body=body):
            return f"a seat on {body}"
        case Interest(of=of):
            return f"an interest of {of}"
        case Decision(id=name):
            return f"the decision {name}"
        case Procedure(id=name):
            return f"the procedure {name}"
        case _:
            assert_never(entry)


def entries_in(tree: Because) -> Iterator[Because]:
    """Give the truths in a tree that are about an entry, none of those inside another."""
    if isinstance(tree.about, Entry):
        yield tree
        return
    for part in tree.parts:
        yield from entries_in(part)
