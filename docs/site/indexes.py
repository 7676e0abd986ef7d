"""Pages that lead to a clause: by protocol, by kind of event, and by who is bound."""  # noqa: INP001 - part of the site's hook

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from clause_page import link
from marking import items, joined, table, text
from shelf import opening, town

from councilrules import wording
from councilrules.events import THEMES
from councilrules.rules import Holds
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from shelf import Shelf

    from councilrules import Rulebook
    from councilrules.rules import Clause, Rule

_FORCES = {
    "must": "must",
    "should": "should",
    "expect": "can be expected",
    "may": "may",
    "states": "describes",
}


def overview(shelf: Shelf) -> str:
    """Give the page from which all clauses are found."""
    books = shelf.books.values()
    clauses = sum(len(one.clauses) for one in books)
    return joined([
        "# Clauses", "",
        f"Every clause of {wording.listed(map(town, books))}, {clauses} in all: what it means in our words, with what force the text says it, its rules, and examples with what is found in them.",
        "The councils' own texts are not on these pages; where the two could differ, the text counts.", "",
        "- By protocol: " + wording.listed([f"[{text(one.council)}]({one.id}/index.md)" for one in books]) + ".",
        "- [By kind of event](by-event.md): which clauses speak of an instruction, a document, a complaint?",
        "- [By who is bound](by-role.md): what does each protocol ask of a councillor, an officer, the clerk?",
        "- [Langport and Twywell](../langport-and-twywell.md): what one protocol forbids and the other does not.", "",
        "Or type a word of the clause into the search at the top of the page.", "",
        *table(("Protocol", "Version", "Clauses", "that bind", "Rules"), (_counted(one) for one in books)),
    ])  # fmt: skip


def _counted(book: Rulebook) -> tuple[str, ...]:
    title = f"[{text(book.council)}: {text(book.title)}]({book.id}/index.md)"
    binding = sum(bool(one.rules) for one in book.clauses)
    return (
        title,
        text(book.version),
        str(len(book.clauses)),
        str(binding),
        str(len(book.rules)),
    )


def of_protocol(book: Rulebook) -> str:
    """Give the page with the clauses of one protocol."""
    return joined([
        "---", f'title: "{town(book)}: all clauses"', "---", "",
        f"# {town(book)}", "",
        f"{text(book.council)}: {text(book.title)}, version {text(book.version)}.", "",
        *_tables(book),
        *_words(book),
        *_parameters(book),
    ])  # fmt: skip


def _tables(book: Rulebook) -> Iterator[str]:
    by_file: dict[str, list[Clause]] = {}
    for one in book.clauses:
        by_file.setdefault(one.place.file, []).append(one)
    for file, clauses in by_file.items():
        yield from (f"## {_about(file)}", "", '<div class="clauses" markdown="1">', "")
        yield from table(
            ("Clause", "What it means", "Kind", "Force", "Rules"),
            (
                (
                    link(book, one.id, brief=True),
                    text(one.means),
                    wording.listed(dict.fromkeys(one.kinds)),
                    wording.listed(dict.fromkeys(_FORCES[force] for force in one.forces)),
                    str(len(one.rules)),
                )
                for one in clauses
            ),
        )
        yield from ("</div>", "")


def _about(file: str) -> str:
    """Say what a section is about, as its file does in its first line."""
    first = Path(file).read_text(encoding="utf-8").split("\n", 1)[0]
    if first.startswith("#"):
        return text(first.removeprefix("#").strip().rstrip("."))
    return text(wording.plain(Path(file).stem))


def _words(book: Rulebook) -> Iterator[str]:
    if book.definitions:
        yield from ("## Words that it defines", "")
        yield from items(
            f"**{text(word)}**: {text(said)}" for word, said in book.definitions.items()
        )


def _parameters(book: Rulebook) -> Iterator[str]:
    if book.parameters:
        yield from ("## Times that it leaves to be set", "")
        yield from items(f"`{one.name}`: {text(one.means)}" for one in book.parameters.values())


# --- by kind of event -------------------------------------------------------------


def by_event(shelf: Shelf) -> str:
    """Give the page that says of each kind of event which clauses speak of it."""
    lines = [
        "# Clauses by kind of event", "",
        "Which clauses speak of what happened?", "",
        "- *Looked at*: the event can come to something under the clause by itself.",
        "- *Put to a question*: the clause asks a person to judge acts of any kind, and this one raises the question by itself.",
        "- *Looked for*: the clause asks whether it also happened: as what was due, what had to come first, or what excuses.", "",
    ]  # fmt: skip
    for theme in THEMES:
        own = [kind for kind in kinds().values() if kind.cls.__module__ == theme.__name__]
        lines += [f"## {theme.__name__.rsplit('.', 1)[-1].capitalize()}", ""]
        for kind in own:
            if not kind.cls.derived:
                lines += _of_kind(shelf, kind.name, kind.summary)
    lines += ["## Any act at all", "", *_any_act(shelf)]
    return joined(lines)


def _of_kind(shelf: Shelf, name: str, summary: str) -> Iterator[str]:
    yield from (
        f"### {name}",
        "",
        f"{text(summary)} [Its fields](../reference/vocabulary.md#{name}).",
        "",
    )
    rows = [
        ("Looked at", lambda _, rule: name in rule.trigger.kinds),
        (
            "Put to a question",
            lambda book, rule: not rule.trigger.kinds and name in opening(rule, book),
        ),
        (
            "Looked for",
            lambda _, rule: name in rule.kinds and name not in rule.trigger.kinds,
        ),
    ]
    found = list(_rows(shelf, rows))
    yield from table(("How", *map(town, shelf.books.values())), found)
    if not found:
        yield from ("No clause of either protocol speaks of it by name.", "")


def _any_act(shelf: Shelf) -> Iterator[str]:
    yield from (
        "These clauses ask a person to judge whatever somebody did, once the question is put.",
        "",
    )
    every = [
        (
            "Any act",
            lambda _, rule: rule.standing is None and not rule.trigger.kinds,
        )
    ]
    yield from table(("How", *map(town, shelf.books.values())), _rows(shelf, every))


def _rows(
    shelf: Shelf, rows: Iterable[tuple[str, Callable[[Rulebook, Rule], bool]]]
) -> Iterator[tuple[str, ...]]:
    """Give a row for each way to be spoken of, with the clauses of each protocol, if any."""
    for title, test in rows:
        found = [_clauses(book, test) for book in shelf.books.values()]
        if any(found):
            yield title, *(one or "none" for one in found)


def _clauses(book: Rulebook, test: Callable[[Rulebook, Rule], bool]) -> str:
    own = dict.fromkeys(rule.clause for rule in book.rules if test(book, rule))
    return ", ".join(link(book, one, f"{book.id}/", brief=True) for one in own)


# --- by who is bound --------------------------------------------------------------


def by_role(shelf: Shelf) -> str:
    """Give the page that says whom each clause binds, and of whom else it speaks."""
    lines = [
        "# Clauses by who is bound", "",
        "Whom does a protocol bind, and of whom else does it speak?",
        "The words are those of the protocols, and each has its own for those it binds: where one says employee, the other says officer.", "",
    ]  # fmt: skip
    for book in shelf.books.values():
        lines += [f"## {town(book)}", ""]
        lines += table(("Word", "Who that is", "Bound by", "Also spoken of in"), _roles(book))
        whoever = _clauses(book, lambda _, rule: rule.bearer is not None and not rule.roles)
        if whoever:
            lines += [f"Whoever it is: {whoever}.", ""]
        bare = [one for one in book.clauses if not one.rules]
        told = ", ".join(link(book, one.id, f"{book.id}/", brief=True) for one in bare)
        lines += [f"Binding nobody: {told}.", ""]
    return joined(lines)


def _roles(book: Rulebook) -> Iterator[tuple[str, ...]]:
    for name, role in book.roles.items():

        def binds(_: Rulebook, rule: Rule, name: str = name) -> bool:
            return name in rule.roles or (name == "council" and rule.bearer is None)

        def speaks(book: Rulebook, rule: Rule, name: str = name) -> bool:
            held = (one for one in rule.conditions if isinstance(one, Holds))
            return not binds(book, rule) and any(name in one.roles for one in held)

        who = wording.listed(map(wording.plain, (*role.offices, *role.bodies)), "or")
        of = f", of {wording.any_of([role.of])}" if role.of else ""
        engaged = f", {wording.listed(role.engaged, 'or')}" if role.engaged else ""
        yield (
            wording.plain(name).capitalize(),
            f"{who}{of}{engaged}",
            _clauses(book, binds) or "none",
            _clauses(book, speaks) or "none",
        )
