"""A report as a run of headings, paragraphs, lists and tables, for formats of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from councilrules.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.reports.contents import (
        BookTold,
        ClauseTold,
        Considered,
        FindingTold,
        QuestionTold,
        Reason,
        Reference,
        Report,
        ScenarioTold,
    )


@frozen(kw_only=True)
class Run:
    """Some text in one form.

    Attributes:
        text: The text.
        is_strong: Whether it stands out.
        is_literal: Whether it is to be taken letter by letter, such as a digest.
        to: The anchor that it leads to; empty if nowhere.
    """

    text: str
    is_strong: bool = False
    is_literal: bool = False
    to: str = ""


Runs = tuple[Run, ...]


@frozen(kw_only=True)
class Heading:
    """A heading, from level 1."""

    level: int
    text: str
    anchor: str = ""


@frozen(kw_only=True)
class Paragraph:
    """A paragraph.

    Attributes:
        runs: What it says.
        is_quoted: Whether it is the published text of a clause.
        keeps: Whether it belongs on one page with what follows.
    """

    runs: Runs
    is_quoted: bool = False
    keeps: bool = False


@frozen(kw_only=True)
class Item:
    """An item of a list, with the items below it."""

    runs: Runs
    parts: tuple[Item, ...] = ()


@frozen(kw_only=True)
class Items:
    """A list; `keeps` if it belongs on one page with what follows."""

    items: tuple[Item, ...]
    keeps: bool = False


@frozen(kw_only=True)
class Table:
    """A table whose first column says what each row is about.

    Attributes:
        caption: What is in it.
        head: What is in each column.
        widths: How wide each is, in hundredths of the page.
        rows: What each cell says, in paragraphs.
        anchors: The anchor of each row; empty if it has none.
    """

    caption: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[tuple[Runs, ...], ...], ...]
    anchors: tuple[str, ...]


@frozen(kw_only=True)
class Parts:
    """Named parts, each some paragraphs and lists."""

    parts: tuple[tuple[str, tuple[Paragraph | Items, ...]], ...]


@frozen(kw_only=True)
class Room:
    """Room for whoever answers a question."""


Block = Heading | Paragraph | Items | Table | Parts | Room


def outline(report: Report) -> Iterator[Block]:
    """Give what stands in a report, from the beginning to the end."""
    yield Heading(level=1, text=report.title)
    yield from (plainly(one) for one in report.caution)
    several = len(report.scenarios) > 1
    top = 3 if several else 2
    remarked: dict[tuple[str, str], FindingTold] = {}
    for scenario in report.scenarios:
        if several:
            yield Heading(level=2, text=scenario.title, anchor=scenario.anchor)
        yield from _summary(scenario, top)
        yield from _recorded(scenario, top)
        for book in scenario.books:
            yield from _book(book, top, remarked)
    yield from _origins(report)


def plainly(text: str) -> Paragraph:
    """Give a paragraph of one text."""
    return Paragraph(runs=(Run(text=text),))


def _listed(texts: Iterable[str]) -> Paragraph | Items:
    """Give texts as a list, or the only one of them as a paragraph."""
    found = [*texts]
    if len(found) == 1:
        return plainly(found[0])
    return Items(items=tuple(Item(runs=(Run(text=one),)) for one in found))


def _linked(references: Iterable[Reference]) -> Runs:
    """Give references with commas between them."""
    found: list[Run] = []
    for one in references:
        found += [Run(text=", ")] if found else []
        found.append(Run(text=one.text, to=one.anchor))
    return tuple(found)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


# --- a scenario -------------------------------------------------------------------


def _summary(scenario: ScenarioTold, top: int) -> Iterator[Block]:
    yield Heading(level=top, text="Summary")
    for book in scenario.books:
        if book.nothing:
            yield Paragraph(
                runs=(
                    Run(text=f"{book.title}.", is_strong=True),
                    Run(text=f" {book.as_of} {book.nothing}"),
                )
            )
        else:
            yield Table(
                caption=f"{book.title}. {book.as_of}",
                head=("Who", "What was found"),
                widths=(35, 65),
                rows=tuple(
                    (
                        ((Run(text=one.name, to=one.anchor),),),
                        tuple((Run(text=_capital(count)),) for count in one.counts),
                    )
                    for one in book.people
                ),
                anchors=("",) * len(book.people),
            )


def _recorded(scenario: ScenarioTold, top: int) -> Iterator[Block]:
    recorded = scenario.recorded
    if not recorded.events:
        return
    yield Heading(level=top, text="What is recorded")
    besides = f" On record besides, and without anything to report: {recorded.besides}."
    usual = f"In order of time; {recorded.usual}, where nothing else is said."
    rows = []
    for event in recorded.events:
        what = [(Run(text=event.text),)]
        if not event.is_usual:
            what.append((Run(text=sentence(event.proof)),))
        if event.source:
            what.append((Run(text=f"Source: {event.source}"),))
        rows.append((((Run(text=event.id),),), ((Run(text=event.time),),), tuple(what)))
    yield Table(
        caption=f"{usual}{besides if recorded.besides else ''}",
        head=("Event", "When", "What"),
        widths=(18, 25, 57),
        rows=tuple(rows),
        anchors=tuple(event.anchor for event in recorded.events),
    )


def _book(
    book: BookTold, top: int, remarked: dict[tuple[str, str], FindingTold]
) -> Iterator[Block]:
    yield Heading(level=top, text=book.title, anchor=book.anchor)
    yield plainly(f"{book.as_of} {book.found_by}")
    if book.nothing:
        yield plainly(book.nothing)
    for person in book.people:
        yield Heading(level=top + 1, text=person.name, anchor=person.anchor)
        for one in person.findings:
            first = remarked.setdefault((book.anchor, one.clause.id), one)
            yield from _finding(one, top + 2, first)
        yield from map(plainly, person.in_short)
    for note in book.notes:
        yield Heading(level=top + 1, text=note.title)
        yield Items(items=tuple(Item(runs=(Run(text=one),)) for one in note.items))
    if book.turns:
        yield Heading(level=top + 1, text="Questions, in the order in which to ask them")
    for turn in book.turns:
        yield Heading(level=top + 2, text=turn.title)
        for question in turn.questions:
            yield from _question(question, top + 3)


def _question(one: QuestionTold, level: int) -> Iterator[Block]:
    yield Heading(level=level, text=_capital(one.id), anchor=one.anchor)
    yield Paragraph(runs=(Run(text=one.asks),), keeps=True)
    hang = "finding hangs" if one.settles == 1 else "findings hang"
    linked = (Run(text=": "), *_linked(one.findings)) if one.findings else ()
    yield Paragraph(
        runs=(
            Run(text=f"{one.settles} {hang} on it"),
            *linked,
            Run(text=". The answer belongs in the scenario under "),
            Run(text=one.belongs, is_literal=True),
            Run(text="."),
        ),
        keeps=True,
    )
    if one.leads_to:
        yield evolve(_listed(one.leads_to), keeps=True)
    yield Room()


# --- a finding --------------------------------------------------------------------


def _finding(one: FindingTold, level: int, first: FindingTold) -> Iterator[Block]:
    on = f", on {', '.join(each.text for each in one.on)}" if one.on else ""
    title = f"{one.id}: clause {one.clause.id}{on}. {one.status}"
    yield Heading(level=level, text=title, anchor=one.anchor)
    parts = [(name, tuple(blocks)) for name, blocks in _told(one, first) if blocks]
    yield Parts(parts=tuple(parts))


def _told(one: FindingTold, first: FindingTold) -> Iterator[tuple[str, list[Paragraph | Items]]]:
    def texts(listed: tuple[str, ...]) -> list[Paragraph | Items]:
        return [_listed(listed)] if listed else []

    yield "The clause", [plainly(one.clause.means)]
    yield "As published", [*_published(one.clause)]
    yield "Force", [plainly(sentence(one.force))]
    yield "Rule" if len(one.rules) == 1 else "Rules", [plainly("; ".join(one.rules))]
    yield "Evidence", texts(one.evidence)
    yield "What follows", texts(one.outcome)
    yield "What is open", texts(one.hangs_on)
    considered = tuple(map(_considered, one.considered))
    yield "Exceptions considered", [Items(items=considered)] if considered else []
    yield "What would have turned it", texts(one.least)
    yield "Rests on", [Paragraph(runs=_linked(one.events))] if one.events else []
    if one is first or not one.clause.remarks:
        yield "Remarks", texts(one.clause.remarks)
    else:
        same = (Run(text="The same as on "), Run(text=first.id, to=first.anchor), Run(text="."))
        yield "Remarks", [Paragraph(runs=same)]


def _published(clause: ClauseTold) -> Iterator[Paragraph]:
    for line in clause.published.splitlines():
        if line.strip():
            yield Paragraph(runs=(Run(text=line),), is_quoted=True)
    if clause.differs:
        yield plainly(clause.differs)


def _considered(one: Considered) -> Item:
    name = f"{one.rule}: {one.name}: " if one.rule else f"{one.name}: "
    runs = (Run(text=name), Run(text=one.outcome, is_strong=True))
    return Item(runs=runs, parts=tuple(map(_reason, one.reasons)))


def _reason(one: Reason) -> Item:
    truth = f"{_capital(one.truth)}: " if one.truth else ""
    source = f" [{one.source}]" if one.source else ""
    text = f"{truth}{one.text}{source}"
    return Item(runs=(Run(text=text),), parts=tuple(map(_reason, one.parts)))


# --- how it was made --------------------------------------------------------------


def _origins(report: Report) -> Iterator[Block]:
    made = report.origins
    yield Heading(level=2, text="How this report was made", anchor="origins")
    parts = [
        ("Made by", plainly(f"councilrules {made.version}")),
        ("Engines", plainly("; ".join(made.engines))),
        ("Read as at", _digests(made.clocks)),
        ("Rulebooks", _digests(made.rulebooks)),
        ("Input", _digests(made.inputs)),
    ]
    if made.command:
        parts.append(
            ("To make it again", Paragraph(runs=(Run(text=made.command, is_literal=True),)))
        )
    yield Parts(parts=tuple((name, (block,)) for name, block in parts))
    yield from map(plainly, made.about)


def _digests(pairs: Iterable[tuple[str, str]]) -> Paragraph | Items:
    """Give each name with the digest, or the instant, that belongs to it."""
    items = tuple(
        Item(
            runs=(Run(text=f"{name}: "), Run(text=digest, is_literal=True))
            if digest
            else (Run(text=name),)
        )
        for name, digest in pairs
    )
    return Items(items=items) if len(items) > 1 else Paragraph(runs=items[0].runs if items else ())
