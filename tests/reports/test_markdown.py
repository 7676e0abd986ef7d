"""A report as Markdown: what its texts hold is shown as text, and tables stay tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.reports.hostile import TEXTS, report_on

from councilrules import assess, load_scenario
from councilrules.reports._outline import Heading, Table, outline
from councilrules.reports.contents import contents, visible
from councilrules.reports.markdown import escaped, markdown

ROOT = Path(__file__).parents[2]
# As strict as CommonMark, with all that GitHub adds.
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
QUIET = {"text", "softbreak"}
any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(
    "\\`*_[]<>&~|$#-+=1.) \n:/!w", max_size=20
)


def story() -> str:
    scenario = load_scenario(ROOT / "examples/stories/friends-across-the-table.yaml")
    return markdown(contents([assess(scenario.rulebooks[0].rulebook, scenario)]))


def inside(text: str) -> list[Token]:
    """Give all that stands in a text of Markdown, in its paragraphs and cells."""
    return [child for token in PARSER.parse(text) for child in token.children or ()]


def shown(text: str) -> str:
    """Give what a reader sees of a text of Markdown."""
    return "".join(one.content for one in inside(text) if one.type in {*QUIET, "code_inline"})


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", visible(text)).strip()


def without_marks(text: str) -> str:
    return text.replace("\u200e", "")


@given(text=any_text)
@example(text="1. one")
@example(text="---")
@example(text="a\n===")
@example(text="    code")
@example(text="~~~")
@example(text="&copy;")
@example(text="ends with \\")
def test_any_text_is_one_paragraph_that_reads_as_it_was(text: str) -> None:
    tokens = PARSER.parse(escaped(text))

    assert without_marks(shown(escaped(text))) == without_marks(one_line(text))
    assert {one.type for one in inside(escaped(text))} <= QUIET
    assert {one.type for one in tokens} <= {"paragraph_open", "inline", "paragraph_close"}


@pytest.mark.parametrize("frame", ["# {}", "- {}", "- **Part:** {}", "> {}"])
@given(text=any_text)
def test_any_text_is_text_in_headings_lists_and_quotations(frame: str, text: str) -> None:
    found = inside(frame.format(escaped(text)))

    assert {one.type for one in found} <= {*QUIET, "strong_open", "strong_close"}
    assert without_marks(one_line(text)) in without_marks("".join(one.content for one in found))


@given(text=any_text)
def test_any_text_stays_in_its_cell(text: str) -> None:
    tokens = PARSER.parse(f"| a | b |\n| --- | --- |\n| {escaped(text)} | last |\n")
    cells = [
        tokens[at + 1].children or [] for at, one in enumerate(tokens) if one.type == "td_open"
    ]

    assert len(cells) == 2
    assert without_marks("".join(one.content for one in cells[0])) == without_marks(one_line(text))


def test_a_hostile_report_is_text_alone() -> None:
    text = markdown(report_on(*TEXTS))
    kinds = {one.type for one in inside(text)}

    assert kinds <= {*QUIET, "strong_open", "strong_close", "code_inline"}
    assert {one.type for one in PARSER.parse(text)} & {
        "html_block",
        "fence",
        "code_block",
        "hr",
    } == set()
    for one in TEXTS:
        assert without_marks(one_line(one)) in without_marks(shown(text))


def test_a_hostile_report_has_the_headings_and_tables_that_it_is_to_have() -> None:
    report = report_on(*TEXTS)
    blocks = [*outline(report)]
    tokens = PARSER.parse(markdown(report))

    headings = [int(one.tag[1]) for one in tokens if one.type == "heading_open"]
    assert headings == [one.level for one in blocks if isinstance(one, Heading)]
    rows = sum(1 + len(one.rows) for one in blocks if isinstance(one, Table))
    rooms = sum(len(turn.questions) for turn in report.scenarios[0].books[0].turns)
    assert sum(one.type == "tr_open" for one in tokens) == rows + 2 * rooms


def test_what_is_written_from_right_to_left_turns_nothing_round() -> None:
    assert escaped("יעל: 12") == "יעל\u200e: 12"


def test_a_story_reads_as_people_would_write_it() -> None:
    text = story()

    assert text.startswith("# Report: ")
    assert "- **The clause:** " in text
    assert "| Answer | Answered by | On |" in text
    assert "## How this report was made" in text
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]$", text, re.MULTILINE)


def test_the_same_report_is_the_same_text() -> None:
    assert story() == story()
