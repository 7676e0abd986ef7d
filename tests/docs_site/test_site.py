"""The site is whole: no warning, no link astray, a page for every clause, and examples that are true."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from tests.docs_site.building import ROOT, Page, Site, built, require_mkdocs

from councilrules import (
    Assessment,
    Rulebook,
    Scenario,
    assess,
    load_rulebook,
    load_scenarios,
    wording,
)
from councilrules.coverage import PERMITTED, REFERRED, reachable
from councilrules.rules import Clause
from councilrules.vocabulary import kinds

require_mkdocs()
# One process builds the site and reads its pages.
pytestmark = pytest.mark.xdist_group("site")

BOOKS = {name: load_rulebook(ROOT / "rules" / name) for name in ("langport", "twywell")}
CLAUSES = [
    pytest.param(book, clause, id=f"{book.id} {clause.id}")
    for book in BOOKS.values()
    for clause in book.clauses
]
BINDING = [one for one in CLAUSES if one.values[1].rules]  # type: ignore[union-attr]  # a clause


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return built(tmp_path_factory.getbasetemp())


def page_of(site: Site, book: Rulebook, clause: Clause) -> Page:
    return site.pages[f"clauses/{book.id}/{clause.id}/index.html"]


def flat(text: str) -> str:
    """Give a text as a page shows it: marks of code taken off."""
    return " ".join(text.replace("`", "").split())


# --- the whole site ---------------------------------------------------------------


def test_the_site_builds_without_a_warning(site: Site) -> None:
    assert site.status == 0, site.output
    assert not re.search(r"WARNING|ERROR|Warning:", site.output), site.output


def test_every_link_of_the_site_leads_to_a_page_and_a_place_on_it(site: Site) -> None:
    astray = [
        f"{name}: {link}"
        for name, page in site.pages.items()
        for link in {*page.links, *page.assets}
        if not leads_somewhere(site, name, link)
    ]

    assert astray == []


def leads_somewhere(site: Site, name: str, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    # The page for what is not found is shown anywhere, so that its links start at the root.
    begin = "" if parts.path.startswith("/") else posixpath.dirname(name)
    path = posixpath.normpath(posixpath.join(begin, unquote(parts.path).lstrip("/")))
    if not parts.path:
        path = name
    elif (site.folder / path).is_dir():
        path = posixpath.normpath(posixpath.join(path, "index.html"))
    if not (site.folder / path).is_file():
        return False
    anchor = unquote(parts.fragment)
    return not anchor or path not in site.pages or anchor in site.pages[path].ids


def test_every_page_says_its_language_and_has_one_heading_over_all(site: Site) -> None:
    odd = [name for name, page in site.pages.items() if page.h1 != 1 or page.lang != "en"]

    assert odd == []


def test_no_page_asks_another_host_for_anything(site: Site) -> None:
    asked = {
        asset
        for page in site.pages.values()
        for asset in page.assets
        if "//" in asset.split("?")[0]
    }
    styles = "\n".join(path.read_text(encoding="utf-8") for path in site.folder.rglob("*.css"))

    assert asked == set()
    assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)]*", styles) == []


def test_the_files_that_make_the_site_are_not_part_of_it(site: Site) -> None:
    files = {path.name for path in site.folder.rglob("*")}

    assert not {name for name in files if name.endswith((".py", ".yaml"))}


def test_what_the_readme_says_is_on_the_site_too(site: Site) -> None:
    page = site.pages["introduction/index.html"]

    assert "A tour in ten minutes" in page.text()
    assert "../how-to/write-a-scenario/" in page.links
    assert "../files/rules/langport/protocol-yaml/" in page.links


# --- a page for every clause ------------------------------------------------------


@pytest.mark.parametrize(("book", "clause"), CLAUSES)
def test_a_clause_has_a_page_with_its_meaning_and_each_of_its_rules(
    site: Site, book: Rulebook, clause: Clause
) -> None:
    said = page_of(site, book, clause).text()

    assert flat(clause.means) in said
    assert [one.name for one in clause.rules if one.name not in said] == []
    assert [one.name for one in clause.rules if flat(wording.rule(one, book.questions)) not in said] == []  # fmt: skip
    assert flat(clause.note or "") in said
    assert flat(clause.other_law or "") in said
    assert all(f"“{word}”" in said for word in [clause.hedge] if word)


@pytest.mark.parametrize(("book", "clause"), CLAUSES)
def test_a_page_links_to_the_clauses_that_its_clause_names(
    site: Site, book: Rulebook, clause: Clause
) -> None:
    links = {unquote(link) for link in page_of(site, book, clause).links}
    named = (*clause.subject_to, *clause.repeats, *(other for other, _ in clause.tensions))

    assert [one for one in named if f"../{one}/" not in links] == []


@pytest.mark.parametrize(("book", "clause"), CLAUSES)
def test_a_page_shows_no_more_than_the_rulebook_says(
    site: Site, book: Rulebook, clause: Clause
) -> None:
    """The clause is shown as its file has it, which has a fingerprint where the text would be."""
    *_, shown = code_of(page_of(site, book, clause))
    path = Path(clause.place.file)

    assert f"clause: {clause.id}\n" in shown.replace('"', "")
    assert shown.rstrip() in path.read_text(encoding="utf-8")


def test_clauses_come_one_after_the_other(site: Site) -> None:
    for book in BOOKS.values():
        for one, after in pairwise(book.clauses):
            links = {unquote(link) for link in page_of(site, book, one).links}

            assert f"../{after.id}/" in links


def test_what_was_found_to_correspond_is_said_on_both_pages(site: Site) -> None:
    langport, twywell = BOOKS["langport"], BOOKS["twywell"]

    assert (
        "It forbids the same as Twywell 3.2(g)" in page_of(site, langport, langport["4C(g)"]).text()
    )
    assert (
        "It forbids the same as Langport 4C(g)" in page_of(site, twywell, twywell["3.2(g)"]).text()
    )
    assert (
        "It goes further than Twywell 3.1(d)" in page_of(site, langport, langport["4B(b)"]).text()
    )
    assert (
        "It goes less far than Langport 4B(b)" in page_of(site, twywell, twywell["3.1(d)"]).text()
    )
    assert "found no clause there" in page_of(site, langport, langport["2.6"]).text()


# --- examples ---------------------------------------------------------------------


def code_of(page: Page) -> list[str]:
    """Give the blocks of code that a page has folded, the last of them the clause itself."""
    found: list[str] = []
    before = ""
    for at, data in page.article:
        if "/details." in at and "/pre/" in at:
            block = at[: at.index("/code")]
            if block != before:
                found.append("")
            found[-1] += data
            before = block
        else:
            before = ""
    return [unescape(one) for one in found]


def examples_of(page: Page, folder: Path) -> list[Scenario]:
    """Read the examples of a page, as somebody would who copies them."""
    found: list[Scenario] = []
    for number, text in enumerate(code_of(page)[:-1]):
        path = folder / f"{number}.yaml"
        path.write_text(text, encoding="utf-8")
        found += load_scenarios(path, dict(BOOKS))
    return found


@cache
def shipped(file: str) -> tuple[Scenario, ...]:
    assert file.startswith("rules/")
    return load_scenarios(ROOT / file, dict(BOOKS))


def reached(made: Assessment, clause: Clause) -> set[tuple[str, str]]:
    """Give which rules of a clause come to what."""
    found = {(one.rule, one.status.value) for one in made.findings if one.clause == clause.id}
    found |= {(one.rule, PERMITTED) for one in made.permissions if one.clause == clause.id}
    if any(one.why == "another-instrument" and clause.id in one.clauses for one in made.scope):
        found |= {(one.id, REFERRED) for one in clause.rules if REFERRED in reachable(one)}
    return found


@pytest.mark.parametrize(("book", "clause"), BINDING)
def test_the_examples_of_a_page_are_shipped_and_find_what_it_says(
    site: Site, book: Rulebook, clause: Clause, tmp_path: Path
) -> None:
    page = page_of(site, book, clause)
    examples = examples_of(page, tmp_path)
    files = re.findall(r"One of the scenarios in (\S+)\.(?= |$)", page.text("details."))
    told = page.text("div.found")
    found: set[tuple[str, str]] = set()
    for example, file in zip(examples, files, strict=True):
        assert [one.name for one in shipped(file) if alike(one, example)]
        (named,) = (one for one in example.rulebooks if one.rulebook.id == book.id)
        made = assess(named.rulebook, example, engine="reference")
        found |= reached(made, clause)
        for said in sayings(made, clause):
            assert said in told

    assert {rule for rule, _ in found} == {rule.id for rule in clause.rules}
    assert {status for _, status in found} == {
        status for rule in clause.rules for status in reachable(rule)
    }


def alike(one: Scenario, other: Scenario) -> bool:
    """Tell whether two scenarios have the same title, register and events."""
    return (one.name, one.register, one.history) == (other.name, other.register, other.history)


def sayings(made: Assessment, clause: Clause) -> list[str]:
    """Give what a page has to say of a scenario: who, with what result, and with what force."""
    said = []
    for one in made.findings:
        if one.clause == clause.id:
            name = wording.person(one.bearer) if one.bearer else "Somebody not known"
            said.append(
                f"{name[:1].upper()}{name[1:]}: {wording.status(one)} ({wording.force(one)};"
            )
    notes = [one for one in made.scope if one.why == "another-instrument"]
    said += [flat(wording.scope(one)) for one in notes if clause.id in one.clauses]
    said += [
        flat(wording.permitted(one.on, one.clause, one.person))
        for one in made.permissions
        if one.clause == clause.id
    ]
    return said


# --- lists of clauses -------------------------------------------------------------


def test_a_protocol_has_a_table_of_all_its_clauses(site: Site) -> None:
    for book in BOOKS.values():
        page = site.pages[f"clauses/{book.id}/index.html"]
        links, said = {unquote(link) for link in page.links}, page.text()

        assert [one.id for one in book.clauses if f"{one.id}/" not in links] == []
        assert [one.id for one in book.clauses if flat(one.means) not in said] == []


def test_every_kind_of_event_says_which_clauses_speak_of_it(site: Site) -> None:
    page = site.pages["clauses/by-event/index.html"]
    own = {
        name
        for name, kind in kinds().items()
        if kind.cls.__module__.startswith("councilrules.") and not kind.cls.derived
    }
    said = page.text()

    assert own - page.ids == set()
    for name in ("instruction-given", "document-inspected"):
        section = said.split(f" {name} ", 1)[1].split("Its fields", 2)[1]
        looked = {
            rule.clause
            for book in BOOKS.values()
            for rule in book.rules
            if name in rule.trigger.kinds
        }
        assert looked
        assert [one for one in looked if one not in re.split(r"[ ,]+", section)] == []


def test_every_role_says_which_clauses_bind_it(site: Site) -> None:
    links = {unquote(link) for link in site.pages["clauses/by-role/index.html"].links}

    assert {
        f"../{book.id}/{one.id}/" for book in BOOKS.values() for one in book.clauses
    } - links == set()
