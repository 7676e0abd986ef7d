"""The hook by which mkdocs makes the pages that are not written by hand, anew in every build.

Nothing that it makes is kept in the repository, so that no page can go stale.
"""  # noqa: INP001 - loaded by mkdocs

from __future__ import annotations

import logging
import re
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING, Any

import elsewhere
import indexes
from clause_page import ClausePage, address
from examples import chosen, told
from mkdocs.structure.files import File
from shelf import COMPARED, ROOT, Shelf, shelf, town

from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_LOG = logging.getLogger("mkdocs.hooks.councilrules")
_HEADING = re.compile(r"^### ([a-z][a-z-]+)$", re.MULTILINE)

# What the home page says besides, since only the site has these pages.
_FIND = """\
## If you look for a clause

- [All clauses](clauses/index.md), with what each means, its rules in plain words, and examples.
- [By kind of event](clauses/by-event.md): which clauses speak of an instruction, a document, a complaint?
- [By who is bound](clauses/by-role.md): what is asked of a councillor, an officer, the clerk?
"""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Name headings as the rest of the documentation takes them to be named, and lay out the clauses."""
    config.mdx_configs.setdefault("toc", {})["slugify"] = _slug
    there = shelf()
    for part in config.nav or []:
        if "Clauses" in part:
            part["Clauses"] = _places(there)
        if "Changes" in part:
            part["Changes"] = _changes(there)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made: on clauses, on what leads to them, and of what lies beside `docs/`."""
    elsewhere.texts.cache_clear()
    elsewhere.shown.cache_clear()
    if _is_stale():
        _LOG.warning(
            "the comparison of the rulebooks is out of date: run `python docs/generate.py`"
        )
    made = {**_made(shelf()), **_texts()}
    for name, text in made.items():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Adapt the pages that are written for other readers of Markdown too."""
    name = page.file.src_uri
    if name == "reference/vocabulary.md":
        markdown = _HEADING.sub(_with_clauses, markdown)
    if name == "index.md":
        markdown = markdown.replace("\n## ", f"\n{_FIND}\n## ", 1)
    is_made = name.startswith(("clauses/", "files/"))
    return markdown if is_made else elsewhere.adapted(markdown, name)


def _with_clauses(heading: re.Match[str]) -> str:
    """Add to the heading of a kind of event where the clauses on it are; what is derived is in none by name."""
    if kinds()[heading[1]].cls.derived:
        return heading[0]
    return f"{heading[0]}\n\n[Clauses that speak of it](../clauses/by-event.md#{heading[1]}).\n"


def _slug(heading: str, separator: str) -> str:
    """Name a heading, as `tests/test_docs.py` and those who show Markdown elsewhere do."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", separator)


def _places(there: Shelf) -> list[Any]:
    """Give where the pages of clauses stand in the navigation."""
    protocols = [
        {
            town(book): [
                f"clauses/{book.id}/index.md",
                *({one.id: address(book, one.id)} for one in book.clauses),
            ]
        }
        for book in there.books.values()
    ]
    return [
        "clauses/index.md",
        {"By kind of event": "clauses/by-event.md"},
        {"By who is bound": "clauses/by-role.md"},
        *protocols,
    ]


def _changes(there: Shelf) -> list[Any]:
    rulebooks = (
        {f"How {town(one)} is read": f"changes-of-{one.id}.md"} for one in there.books.values()
    )
    return [{"The software": "changes.md"}, *rulebooks]


def _made(there: Shelf) -> dict[str, str]:
    """Give the pages on clauses."""
    made = {
        "clauses/index.md": indexes.overview(there),
        "clauses/by-event.md": indexes.by_event(there),
        "clauses/by-role.md": indexes.by_role(there),
    }
    clauses = [(book, clause) for book in there.books.values() for clause in book.clauses]
    examples = [chosen(*one, there.scenarios(*one)) for one in clauses]
    reports = iter(told([one for each in examples for one in each]))
    for (book, clause), own in zip(clauses, examples, strict=True):
        page = ClausePage(there, book, clause, [(one, next(reports)) for one in own])
        made[address(book, clause.id)] = page.made()
    made |= {
        f"clauses/{book.id}/index.md": indexes.of_protocol(book) for book in there.books.values()
    }
    return made


def _texts() -> dict[str, str]:
    """Give the pages of what lies beside `docs/`."""
    made = {
        where: (ROOT / name).read_text(encoding="utf-8")
        for where, name in elsewhere.texts().items()
    }
    return made | {where: elsewhere.page_of(name) for name, where in elsewhere.shown().items()}


def _is_stale() -> bool:
    """Tell whether the page that the corresponding clauses are read from is of other rulebooks."""
    spec = spec_from_file_location("compared", ROOT / "docs" / "compared.py")
    if spec is None or spec.loader is None:
        return True
    compared = module_from_spec(spec)
    spec.loader.exec_module(compared)
    found: bool = compared.is_stale(COMPARED)
    return found
