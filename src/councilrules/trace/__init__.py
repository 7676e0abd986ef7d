"""Compare a protocol's published text with the fingerprints kept in a rulebook.

A rulebook does not hold the published text. Of each clause it holds *pieces*: runs
of words, each written `HASH-N`, where `N` is the number of words and `HASH` the
first eight hexadecimal digits of the SHA-256 of the folded words joined by single
spaces. That is enough to find a piece again in any text, wherever its lines break.

What folds away is typography. White space and page breaks, the kinds of quotation
marks and of dashes, ligatures and other compatibility forms (NFKC), invisible
characters, soft hyphens and bullets make no difference; a hyphen separates words as
a space does; a word of nothing but dashes or bullets, or a lone `o`, disappears.
Everything else counts: case, since a capital may mark a defined term, and
punctuation, since a comma may change the sense. A change that matters to nobody is
then shown and dismissed, but none that matters is passed over. A word broken at the
end of a line by a plain hyphen cannot be told from two words.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from councilrules.trace._alignment import exact, slots
from councilrules.trace._gaps import claims
from councilrules.trace._texts import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from councilrules.trace._alignment import Owner
    from councilrules.trace._texts import Text


@frozen(kw_only=True)
class Traced:
    """What became of one clause.

    Attributes:
        clause: Its id.
        outcome: `removed` if its own words are gone; `amended` if they, or a lead-in
            above them, read otherwise or the lead-in is gone; else `same`.
        text: Its words as this text publishes them, lead-ins first, lines joined;
            empty if removed.
        line: Where its own words begin, counted from 1; 0 if removed.
    """

    clause: str
    outcome: Literal["same", "amended", "removed"]
    text: str
    line: int


@frozen(kw_only=True)
class Added:
    """Words that belong to no clause of the rulebook.

    Attributes:
        text: A paragraph, a bullet or a line as published, lines joined.
        line: Where it begins, counted from 1.
        after: The last clause whose own words come before it; `None` if none do.
    """

    text: str
    line: int
    after: str | None


@frozen(kw_only=True)
class Trace:
    """How a published text differs from the one that a rulebook was written for.

    Attributes:
        clauses: What became of each clause, in the order of the rulebook.
        added: What is new, in the order of the text.
    """

    clauses: tuple[Traced, ...]
    added: tuple[Added, ...]

    @property
    def unchanged(self) -> bool:
        """Whether every clause is the same and nothing was added."""
        return not self.added and all(one.outcome == "same" for one in self.clauses)


def fingerprint(text: str) -> str:
    """Give the fingerprint of one piece, such as `5c1f0a9e-23`.

    Raises:
        ValueError: When folding leaves no word of `text`.

    Examples:
        >>> fingerprint("the  chair\u2019s co-ordinator")
        '8264b328-4'
        >>> fingerprint("- the chair's co\u2013ordinator")
        '8264b328-4'
    """
    words = read(text)
    if not len(words):
        msg = "a piece needs at least one word"
        raise ValueError(msg)
    return words.piece(0, len(words))


def trace(clauses: Sequence[tuple[str, tuple[str, ...]]], text: str) -> Trace:
    """Align a published text with the clauses of a rulebook, in their order.

    Pieces found word for word are placed so that as many words as possible match.
    Words between them go to the clauses missing there, by number and by length:
    those are amended. Words left over amend the clause whose line they continue, or
    were added. A text in which not one word in fifty is found is taken for another
    one: every clause is removed, and all of it was added.

    Args:
        clauses: Id and pieces of each clause. The last piece is the clause's own
            words, the others are the headings and lead-ins above them. A lead-in
            that successive clauses repeat stands in the text once.
        text: What was published, as plain text.

    Raises:
        ValueError: When a clause has no pieces, or a piece is not `HASH-N`.
    """
    words = read(text)
    pieces, owners = slots(clauses)
    runs = exact(words, pieces)
    touched = set(range(len(pieces))).difference(runs)
    added: list[range] = []
    for slot, run in list(claims(words, pieces, runs)):
        if slot is None:
            added.append(run)
            continue
        touched.add(slot)
        known = runs.get(slot, run)
        runs[slot] = range(min(known.start, run.start), max(known.stop, run.stop))
    begins = [(runs[its[-1]].start, name) for name, its in owners if its[-1] in runs]
    return Trace(
        clauses=tuple(_traced(words, owner, runs, touched) for owner in owners),
        added=tuple(_added(words, run, begins) for run in added),
    )


def _traced(words: Text, owner: Owner, runs: dict[int, range], touched: set[int]) -> Traced:
    clause, its = owner
    if its[-1] not in runs:
        return Traced(clause=clause, outcome="removed", text="", line=0)
    return Traced(
        clause=clause,
        outcome="same" if touched.isdisjoint(its) else "amended",
        text=" ".join(words.quoted(runs[slot]) for slot in its if slot in runs),
        line=words.line(runs[its[-1]].start),
    )


def _added(words: Text, run: range, begins: list[tuple[int, str]]) -> Added:
    place = bisect_left(begins, run.start, key=itemgetter(0))
    return Added(
        text=words.quoted(run),
        line=words.line(run.start),
        after=begins[place - 1][1] if place else None,
    )
