"""A report as a Word document: its form, its properties, and that nothing can break it."""

from __future__ import annotations

import itertools
import re
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.hostile import TEXTS, large_report, report_on

from councilrules import assess, load_scenario
from councilrules.reports._outline import Heading, Items, Paragraph, Parts, Table, outline
from councilrules.reports.contents import Report, contents, visible
from councilrules.reports.docx import docx

ROOT = Path(__file__).parents[2]
WML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def story(name: str = "friends-across-the-table") -> Report:
    scenario = load_scenario(ROOT / f"examples/stories/{name}.yaml")
    return contents([assess(scenario.rulebooks[0].rulebook, scenario)])


def opened(report: Report) -> WordDocument:
    return Document(BytesIO(docx(report)))


def parts(report: Report) -> dict[str, str]:
    with ZipFile(BytesIO(docx(report))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def said(document: WordDocument) -> list[str]:
    """Give the text of each paragraph, those in tables among them."""
    return [
        "".join(one.text or "" for one in paragraph.iter(qn("w:t"))).replace("\u200e", "")
        for paragraph in document.element.body.iter(qn("w:p"))
    ]


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", visible(text)).replace("\u200e", "")


# --- form -------------------------------------------------------------------------


def test_headings_are_headings_and_no_level_is_left_out() -> None:
    report = story()
    styles = [one.style.name for one in opened(report).paragraphs if one.style is not None]
    levels = [int(one.split()[-1]) for one in styles if one.startswith("Heading")]

    assert levels == [one.level for one in outline(report) if isinstance(one, Heading)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_no_paragraph_is_empty_but_where_somebody_is_to_write() -> None:
    body = opened(story()).element.body
    empty = [one for one in body.iter(qn("w:p")) if not one.findall(f".//{WML}t")]

    assert empty
    assert all(one.getparent().tag == qn("w:tc") for one in empty)
    assert len(empty) == 2 * sum(
        len(turn.questions) for turn in story().scenarios[0].books[0].turns
    )


def test_every_question_has_room_for_an_answer_that_no_page_cuts_in_two() -> None:
    rooms = [one for one in opened(story()).tables if one.cell(0, 0).text == "Answer"]

    assert [one.cell(1, 0).text for one in rooms] == ["Answered by, on"] * len(rooms)
    for room in rooms:
        assert all(one._tr.findall(f".//{WML}cantSplit") for one in room.rows)  # noqa: SLF001
        assert (room.rows[0].height or 0) > (room.rows[1].height or 0)


def test_no_two_tables_touch_and_none_is_last() -> None:
    kinds = [one.tag for one in opened(story()).element.body]

    pairs = {*itertools.pairwise(kinds)}
    assert (qn("w:tbl"), qn("w:tbl")) not in pairs
    assert (qn("w:tbl"), qn("w:sectPr")) not in pairs


def test_the_head_of_a_table_stands_on_every_page_that_it_goes_on_to() -> None:
    recorded = next(one for one in opened(story()).tables if one.cell(0, 0).text == "Event")

    assert recorded.rows[0]._tr.findall(f".//{WML}tblHeader")  # noqa: SLF001


def test_every_page_has_the_title_and_its_number() -> None:
    (section,) = opened(story()).sections

    assert section.header.paragraphs[0].text.startswith("Report: ")
    fields = [one.get(qn("w:instr")) for one in section.footer._element.iter(qn("w:fldSimple"))]  # noqa: SLF001
    assert fields == ["PAGE", "NUMPAGES"]


def test_it_is_in_british_english_throughout() -> None:
    for name, text in parts(story()).items():
        if name.startswith("word/") and name != "word/stylesWithEffects.xml":
            assert set(re.findall(r'w:lang w:val="([^"]+)"', text)) <= {"en-GB"}, name
    assert opened(story()).core_properties.language == "en-GB"


def test_every_link_leads_to_a_bookmark_that_is_there_once() -> None:
    body = opened(story()).element.body
    names = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    ids = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    links = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}

    assert links
    assert links <= {*names}
    assert len({*names}) == len(names)
    assert len({*ids}) == len(ids)


def test_everything_that_the_report_says_is_in_it() -> None:
    report = story()
    found = "\n".join(said(opened(report)))

    for block in outline(report):
        match block:
            case Heading(text=text):
                assert one_line(text) in found
            case Paragraph(runs=runs):
                assert one_line("".join(one.text for one in runs)) in found
            case Table(rows=rows):
                for runs in (runs for row in rows for cell in row for runs in cell):
                    assert one_line("".join(one.text for one in runs)) in found
            case Parts(parts=named):
                for name, blocks in named:
                    assert name in found
                    for one in blocks:
                        listed = one.items if isinstance(one, Items) else (one,)
                        for each in listed:
                            assert one_line("".join(run.text for run in each.runs)) in found
            case _:
                pass


# --- properties -------------------------------------------------------------------


def test_nothing_says_who_made_it_or_whom_it_is_about() -> None:
    about = opened(story()).core_properties

    assert (about.title, about.author, about.last_modified_by) == (
        "Report under a council's protocol", "councilrules", "councilrules",
    )  # fmt: skip
    assert (about.subject, about.comments, about.keywords, about.category) == ("", "", "", "")
    assert not [name for name in parts_names(story()) if "thumbnail" in name]


def parts_names(report: Report) -> list[str]:
    with ZipFile(BytesIO(docx(report))) as archive:
        return archive.namelist()


def test_it_bears_the_time_as_at_which_the_scenario_was_read() -> None:
    report = story()
    about = opened(report).core_properties

    at = report.scenarios[0].timeline.as_of
    assert about.created is not None
    assert about.created.replace(tzinfo=None) == at.replace(tzinfo=None, microsecond=0)
    assert about.modified == about.created


def test_the_same_report_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = docx(story())

    later = time.localtime(time.time() + 100_000)
    monkeypatch.setattr(time, "localtime", lambda *_: later)

    assert docx(story()) == first


# --- what could break it ----------------------------------------------------------


def test_a_hostile_report_is_text_alone() -> None:
    found = "\n".join(said(opened(report_on(*TEXTS))))

    for text in TEXTS:
        assert one_line(text) in found


@given(text=st.text(max_size=30))
def test_any_text_can_be_written_and_read_again(text: str) -> None:
    report = report_on(f"n{text}")

    assert one_line(f"n{text}") in "\n".join(said(opened(report)))


def test_what_is_written_from_right_to_left_has_runs_of_its_own() -> None:
    document = opened(report_on("יעל 12"))
    turned = [
        "".join(one.text or "" for one in run.iter(qn("w:t")))
        for run in document.element.body.iter(qn("w:r"))
        if run.findall(f".//{WML}rtl")
    ]

    assert {*turned} == {"יעל"}


def test_a_table_is_no_wider_than_the_page_whatever_is_in_it() -> None:
    document = opened(report_on("x" * 10_000))

    for table in document.element.body.iter(qn("w:tbl")):
        (layout,) = table.findall(f".//{WML}tblLayout")
        widths = [int(one.get(qn("w:w"))) for one in table.iter(qn("w:gridCol"))]
        assert layout.get(qn("w:type")) == "fixed"
        assert sum(widths) <= 9411


def test_a_report_on_three_hundred_events_is_written_in_time() -> None:
    report = large_report(300, 15)
    findings = sum(len(one.findings) for one in report.scenarios[0].books[0].people)

    start = time.process_time()
    docx(report)

    assert findings >= 40
    assert time.process_time() - start < 2
