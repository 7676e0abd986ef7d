from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from councilrules.trace import Trace, fingerprint, trace

# Each stretch of an invented protocol, before it the clauses that it belongs to.
HOPES = "2.2(a) 2.2(b) 2.2(c) 2.2(d)"
ASKS = "2.3(a) 2.3(b) 2.3(c)"
PARTS = (
    ("Intro", "\n\nBROOKFOLD PARISH COUNCIL\n\nHow members and staff get on\n\n"),
    (
        "Intro",
        (
            "FOREWORD\n\nThis paper says what members and staff may ask of one\n"
            "another. It covers:\n\n- help and papers;\n- what to do in a quarrel.\n\n"
        ),
    ),
    ("1.1", "1) Help and papers\n\n"),
    (
        "1.1",
        (
            "1.1 A member who needs help asks the clerk, who finds somebody\n"
            "for it; no member gives orders to staff \u2013 a chair included.\n\n"
        ),
    ),
    (
        "1.2",
        (
            "1.2 Papers marked 'Private' stay with the member who got them. A\n"
            "member who has lost such a paper tells the clerk on the same day,\n"
            "and the clerk keeps a\n\n\flist of the papers that are missing, which\n"
            "any member may see.\n\n"
        ),
    ),
    ("2.1", "2 Hopes\n\n"),
    ("2.1", "2.1 Members and staff have four hopes of each other\n\n"),
    (HOPES, "2.2 What members can hope for:\n\n"),
    ("2.2(a)", "- A fair hearing;\n"),
    ("2.2(b)", "- answers to letters in good time, well-written and to the point;\n"),
    ("2.2(c)", "- Patience\n\n"),
    (
        "2.2(d)",
        "- Not to be told one thing by the clerk and another by the deputy.\n\n",
    ),
    (ASKS, "What staff can hope for\n\n"),
    ("2.3(a)", "(a) A fair hearing;\n"),
    ("2.3(b)", "(b) Patience\n"),
    ("2.3(c)", "(c) Co-operation when the office is short of hands.\n\n"),
    ("3.1", "3. Quarrels\n\n"),
    ("3.1", "Steps for members:\n\n"),
    (
        "3.1",
        "3.1 The chair should hear both sides before anything is written down.\n\n",
    ),
    ("3.1A", "The council should name three members who hear appeals.\n\n"),
    ("Sheet", "After a pattern that the county shares\n\n"),
    (
        "Sheet",
        (
            "Control sheet\n\nVersion:\t02\nOwner:\tThe clerk\n\n"
            "Version\tDate\tNote\n02\t01.04.2031\tAdopted"
        ),
    ),
)
CLAUSES = tuple(
    (
        clause,
        tuple(fingerprint(text) for owners, text in PARTS if clause in owners.split()),
    )
    for clause in dict.fromkeys(" ".join(owners for owners, _ in PARTS).split())
)
TEXT = "".join(text for _, text in PARTS)

PUBLISHED = Path(__file__).parents[2] / "shared" / "protocols"
needs_published = pytest.mark.skipif(not PUBLISHED.is_dir(), reason="needs the councils' own texts")
# Of each clause the lines of its pieces in the text as the council published it.
LINES = {
    "langport": """Intro 5-7 9-15; 1.1 17 19; 1.2 21; 1.3 23; 1.4 25; 1.5 27; 1.6 29;
        1.7 31; 1.8 33; 2.1 35 37; 2.1(a) 39; 2.1(b) 40; 2.1(c) 41; 2.1(d) 42; 2.2 44;
        2.3 46; 2.4 48; 2.5 50; 2.6 52; 2.7 54; 2.8 56; 2.9 58; 3.1 60 62; 3.2 64;
        3.3 66; 3.4 68; 3.5 70; 3.6 72-74; 4A(a) 76 78 80; 4A(b) 78 81; 4A(c) 78 82;
        4A(d) 78 83; 4A(e) 78 84; 4A(f) 78 85; 4A(g) 78 86; 4A(h) 78 87; 4A(i) 78 88;
        4A(j) 78 89; 4A(k) 78 90; 4A(l) 78 91; 4A(m) 78 92; 4B(a) 94 96; 4B(b) 94 97;
        4B(c) 94 98; 4B(d) 94 99; 4B(e) 94 100; 4B(f) 94 101; 4C(a) 103 105;
        4C(b) 103 106; 4C(c) 103 107; 4C(d) 103 108; 4C(e) 103 109; 4C(f) 103 111;
        4C(g) 103 112; 4C(h) 103 113; 4D(a) 115 117; 4D(b) 115 118; 4D(c) 115 119;
        4D(d) 115 120; 4D(e) 115 121; Background 123-125""",
    "twywell": """Intro 5 7-14; 1.1 16 18; 1.2 20; 1.3 22; 2.1 24 26; 2.1(a) 28;
        2.1(b) 29; 2.1(c) 30; 2.2.1 32 34; 2.2.1(a) 35; 2.2.1(b) 36; 2.2.1(c) 37;
        2.2.1(d) 38; 2.2.2 40; 2.2.3 42; 2.3 44 46; 2.4 48 50; 3.1(a) 52 54 56;
        3.1(b) 54 57; 3.1(c) 54 58; 3.1(d) 54 59; 3.1(e) 54 60; 3.1(f) 54 62;
        3.1(g) 54 63; 3.1(h) 54 64; 3.1(i) 54 65; 3.1(j) 54 66; 3.1(k) 54 67;
        3.2(a) 69 71; 3.2(b) 69 72; 3.2(c) 69 73; 3.2(d) 69 74; 3.2(e) 69 75;
        3.2(f) 69 76; 3.2(g) 69 77; 3.3(a) 79 81; 3.3(b) 79 82; 4.1 84 86 88; 4.2 90;
        4.2A 92; 4.3 94; 4.4 96 98; Control 100 102-112""",
}

Clauses = tuple[tuple[str, tuple[str, ...]], ...]
Parts = tuple[tuple[str, str], ...]


def published(council: str) -> tuple[Clauses, Parts]:
    lines = (PUBLISHED / f"{council}.txt").read_text().split("\n")
    owners_by_line: dict[int, str] = {}
    clauses = []
    for row in LINES[council].split(";"):
        clause, *places = row.split()
        pieces = []
        for place in places:
            first, last = int(place.split("-")[0]), int(place.split("-")[-1])
            pieces.append(fingerprint("\n".join(lines[first - 1 : last])))
            for line in range(first, last + 1):
                owners_by_line[line] = f"{owners_by_line.get(line, '')} {clause}"
        clauses.append((clause, tuple(pieces)))
    parts = [(owners_by_line.get(number, ""), f"{line}\n") for number, line in enumerate(lines, 1)]
    return tuple(clauses), tuple(parts)


def joined(parts: Parts) -> str:
    return "".join(text for _, text in parts)


def changes(found: Trace) -> dict[str, str]:
    return {one.clause: one.outcome for one in found.clauses if one.outcome != "same"} | {
        one.text: "added" for one in found.added
    }


def misread(clauses: Clauses, parts: Parts, *, every: int = 1) -> list[object]:
    """Replace each word in turn; give the words with more or less than it amended."""
    wrong: list[object] = []
    places = [
        (part, word)
        for part, (_, text) in enumerate(parts)
        for word in re.finditer(r"\S*\w\S*", text)
    ]
    for part, word in places[::every]:
        owners, text = parts[part]
        amended = f"{text[: word.start()]}otherwise{text[word.end() :]}"
        whole = joined((*parts[:part], (owners, amended), *parts[part + 1 :]))
        found = changes(trace(clauses, whole))
        if found != dict.fromkeys(owners.split(), "amended"):
            wrong.append((owners, word[0], found))
    return wrong


def outcomes(text: str) -> dict[str, str]:
    return changes(trace(CLAUSES, text))


def test_the_text_that_was_fingerprinted_is_unchanged() -> None:
    assert trace(CLAUSES, TEXT).unchanged


def test_every_other_word_amends_the_clauses_it_belongs_to_and_no_other() -> None:
    assert misread(CLAUSES, PARTS) == []


@pytest.mark.parametrize("width", [12, 33, 72])
def test_another_word_amends_its_clause_alone_when_lines_wrap_elsewhere(
    width: int,
) -> None:
    rewrapped = tuple((owners, f"{textwrap.fill(text, width)}\n\n") for owners, text in PARTS)

    assert misread(CLAUSES, rewrapped, every=3) == []


def test_another_word_amends_its_clause_alone_without_any_blank_lines() -> None:
    dense = tuple((owners, re.sub(r"\n\s*", "\n", text.lstrip())) for owners, text in PARTS)

    assert misread(CLAUSES, dense, every=3) == []


@given(
    width=st.integers(1, 140),
    indent=st.sampled_from(["", "   ", "\t"]),
    whole=st.booleans(),
)
@settings(deadline=None)
def test_lines_may_wrap_anywhere(width: int, indent: str, *, whole: bool) -> None:
    paragraphs = [TEXT] if whole else TEXT.split("\n\n")
    wrapped = "\n\n".join(
        textwrap.fill(one, width, break_long_words=False, subsequent_indent=indent)
        for one in paragraphs
    )

    assert outcomes(wrapped) == {}


@given(
    breaks=st.lists(
        st.sampled_from([" ", "  ", "\t", "\n", "\r\n", "\f", "\n\n\f", "\u00a0"]),
        min_size=1,
    )
)
@settings(deadline=None)
def test_space_of_any_kind_between_words_makes_no_difference(breaks: list[str]) -> None:
    words = TEXT.split()
    spaced = [f"{word}{breaks[place % len(breaks)]}" for place, word in enumerate(words)]

    assert outcomes("".join(spaced)) == {}


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        pytest.param("'", "\u2019", id="curly-quotes"),
        pytest.param("[-\u2013]", "\u2014", id="long-dashes"),
        pytest.param("-", "\u2011", id="unbreakable-hyphens"),
        pytest.param(" \u2013 ", "\u2014", id="dashes-without-space"),
        pytest.param("(?m)^- ", "\u2022 ", id="round-bullets"),
        pytest.param("(?m)^- ", "\uf0b7\t", id="bullets-of-a-symbol-font"),
        pytest.param("(?m)^- ", "\u25aa", id="bullets-without-space"),
        pytest.param("(?m)^- ", "* ", id="asterisks"),
        pytest.param("(?m)^- ", "o   ", id="letters-for-bullets"),
        pytest.param("(?m)^- ", "", id="no-bullets"),
        pytest.param("ff", "\ufb00", id="ligatures"),
        pytest.param("mem", "mem\u00ad", id="soft-hyphens"),
        pytest.param("mem", "mem\u00ad\n   ", id="soft-hyphens-where-a-line-ends"),
        pytest.param("clerk", "\u200bclerk", id="invisible-characters"),
        pytest.param("-w", "-\nw", id="a-line-that-ends-with-a-hyphen"),
        pytest.param("\n\n", "\n\n\n\n", id="more-blank-lines"),
        pytest.param("\n", "\r\n", id="carriage-returns"),
    ],
)
def test_typography_makes_no_difference(pattern: str, replacement: str) -> None:
    other = re.sub(pattern, replacement, TEXT)

    assert other != TEXT
    assert outcomes(other) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("The chair should", "The chair must", id="force"),
        pytest.param("The chair should", "The Chair should", id="a-capital"),
        pytest.param("hear both sides", "hear, both sides", id="a-comma"),
        pytest.param("before anything", "after anything", id="a-word"),
        pytest.param("should hear", "should never hear", id="one-word-more"),
        pytest.param("both sides before", "both before", id="one-word-less"),
        pytest.param("written down.", "written down, or said.", id="words-at-its-end"),
        pytest.param("down.\n", "down. Or said.\n", id="words-after-its-end"),
        pytest.param("down.\n", "down. Or\nsaid.\n", id="words-that-wrap"),
        pytest.param("3.1 The", "Usually, 3.1 The", id="words-before-its-beginning"),
        pytest.param("3.1 The", "3.2 The", id="its-number"),
        pytest.param("Steps for members", "Steps for staff", id="its-heading"),
        pytest.param("Steps for members:", "", id="no-heading"),
    ],
)
def test_what_may_change_the_sense_amends_the_clause(old: str, new: str) -> None:
    assert outcomes(TEXT.replace(old, new)) == {"3.1": "amended"}


@pytest.mark.parametrize("clause", [clause for clause, _ in CLAUSES])
def test_a_clause_that_is_left_out_is_removed_and_the_others_are_the_same(
    clause: str,
) -> None:
    own = max(place for place, part in enumerate(PARTS) if part[0] == clause)
    without = joined((*PARTS[:own], *PARTS[own + 1 :]))

    assert outcomes(without) == {clause: "removed"}


def test_a_clause_that_goes_with_its_heading_is_removed() -> None:
    without = joined(tuple(part for part in PARTS if part[0] != "2.1"))

    assert outcomes(without) == {"2.1": "removed"}


def test_a_list_that_goes_with_its_lead_in_is_removed() -> None:
    hopes = HOPES.split()
    without = joined(tuple(part for part in PARTS if part[0] not in {HOPES, *hopes}))

    assert outcomes(without) == dict.fromkeys(hopes, "removed")


def test_a_lead_in_that_goes_amends_the_bullets_below_it() -> None:
    without = TEXT.replace("What staff can hope for", "")

    assert outcomes(without) == dict.fromkeys(ASKS.split(), "amended")


@pytest.mark.parametrize(
    "new",
    [
        pytest.param("- Patience\n", id="a-bullet-like-another"),
        pytest.param("- Patience with members in every matter\n", id="a-bullet"),
        pytest.param("\nNobody wrote this before.\n\n", id="a-paragraph"),
        pytest.param("\nNobody wrote\nthis before.\n\n", id="a-paragraph-of-two-lines"),
        pytest.param("\n2.4 A number of its own.\n\n", id="a-numbered-clause"),
    ],
)
def test_what_is_put_between_two_clauses_is_added(new: str) -> None:
    for place in range(len(PARTS) + 1):
        longer = joined((*PARTS[:place], ("", f"\n{new}"), *PARTS[place:]))

        assert outcomes(longer) == {" ".join(new.strip("- \n").split()): "added"}


@given(place=st.integers(0, len(TEXT.split())))
@settings(deadline=None)
def test_a_word_put_in_anywhere_is_reported_where_it_stands(place: int) -> None:
    ends = [0, *(word.end() for word in re.finditer(r"\S+", TEXT))]
    longer = f"{TEXT[: ends[place]]} unheard {TEXT[ends[place] :]}"
    found = trace(CLAUSES, longer)

    changed = [one.text for one in found.clauses if one.outcome == "amended"]
    reported = changed + [one.text for one in found.added]
    assert any("unheard" in text.split() for text in reported)


def test_the_published_words_are_quoted_with_their_lead_ins_and_line() -> None:
    (quoted,) = (one for one in trace(CLAUSES, TEXT).clauses if one.clause == "2.3(c)")

    assert quoted.text == (
        "What staff can hope for (c) Co-operation when the office is short of hands."
    )
    assert TEXT.split("\n")[quoted.line - 1].startswith("(c) Co-operation")


def test_a_quotation_keeps_the_spelling_and_joins_the_lines() -> None:
    source = "7.1 The \u2018vice\u2013\nchair\u2019 re-\n  signs, co\u00ad\noperating."
    (quoted,) = trace([("7.1", (fingerprint(source),))], source).clauses

    assert quoted.text == "7.1 The \u2018vice\u2013 chair\u2019 re-signs, cooperating."


def test_an_amended_clause_is_quoted_as_it_reads_now() -> None:
    amended = TEXT.replace("answers to letters in good time", "prompt answers")
    (quoted,) = (one for one in trace(CLAUSES, amended).clauses if one.outcome != "same")

    assert quoted.clause == "2.2(b)"
    assert quoted.text == (
        "2.2 What members can hope for: prompt answers, well-written and to the point;"
    )


def test_a_lengthened_clause_is_quoted_at_full_length() -> None:
    longer = TEXT.replace("(b) Patience", "But also (b) Patience in all things")
    (quoted,) = (one for one in trace(CLAUSES, longer).clauses if one.outcome != "same")

    assert quoted.text == ("What staff can hope for But also (b) Patience in all things")


def test_a_removed_clause_has_no_words_and_no_line() -> None:
    without = TEXT.replace("- Patience\n", "")
    (removed,) = (one for one in trace(CLAUSES, without).clauses if one.outcome == "removed")

    assert (removed.clause, removed.text, removed.line) == ("2.2(c)", "", 0)


def test_what_was_added_names_its_line_and_the_clause_before_it() -> None:
    new = "- Quiet on Fridays\n"
    longer = TEXT.replace("- Patience\n", f"- Patience\n{new}")
    (added,) = trace(CLAUSES, longer).added

    assert (added.text, added.after) == ("Quiet on Fridays", "2.2(c)")
    assert longer.split("\n")[added.line - 1] == new.strip()


def test_what_was_added_before_the_first_clause_comes_after_none() -> None:
    (added,) = trace(CLAUSES, f"DRAFT\n\n{TEXT}").added

    assert (added.text, added.line, added.after) == ("DRAFT", 1, None)


def test_two_new_bullets_are_two_additions() -> None:
    longer = TEXT.replace("- Patience\n", "- Patience\n- Quiet\n- Tea\n")

    assert outcomes(longer) == {"Quiet": "added", "Tea": "added"}


def test_a_bullet_beside_an_amended_one_is_added() -> None:
    longer = TEXT.replace(
        "- answers to letters in good time, well-written and to the point;\n",
        "- answers to letters in a week, well-written and to the point;\n- Tea\n",
    )

    assert outcomes(longer) == {"2.2(b)": "amended", "Tea": "added"}


def test_lines_added_around_an_amended_line_are_two_additions() -> None:
    clauses = [
        ("1", (fingerprint("Opening times"),)),
        ("2", (fingerprint("Tea at four in the garden"),)),
    ]
    longer = (
        "Opening times\nNot today\nTea at five in the garden\nBring a cup and a plate of your own"
    )

    assert changes(trace(clauses, longer)) == {
        "2": "amended",
        "Not today": "added",
        "Bring a cup and a plate of your own": "added",
    }


def test_words_on_a_line_of_their_own_amend_the_clause_that_wraps_into_it() -> None:
    doors, dogs = "Doors open at nine and never close", "Dogs wait outside"
    clauses = [("1", (fingerprint(doors),)), ("2", (fingerprint(dogs),))]
    longer = f"{doors}\nbefore everybody else has left\n\n{dogs}"

    assert changes(trace(clauses, longer)) == {"1": "amended"}


def test_words_that_lengthen_a_bullet_do_not_stand_for_the_next_one() -> None:
    start, end = TEXT.index("- answers to"), TEXT.index("- Patience")
    other = f"{TEXT[:start].rstrip()} in the village hall\n{TEXT[end:]}"

    assert outcomes(other) == {"2.2(a)": "amended", "2.2(b)": "removed"}


def test_a_repeated_piece_further_on_does_not_hide_what_comes_between() -> None:
    pieces = ("Tea", "Cakes for everybody who comes", "End")
    clauses = [(piece, (fingerprint(piece),)) for piece in pieces]
    longer = "Tea Cakes for everybody who comes\n\nTea\n\nEnd"

    assert changes(trace(clauses, longer)) == {"Tea": "added"}


def test_a_longer_bullet_below_an_amended_one_is_added() -> None:
    new = "Quiet on Fridays, on feast days and in the week before an election"
    longer = TEXT.replace(
        "(b) Patience\n(c) Co-operation when", "(b) Patience\n(c) Help when"
    ).replace("of hands.\n", f"of hands.\n- {new}\n")

    assert outcomes(longer) == {"2.3(c)": "amended", new: "added"}


def test_a_bullet_below_a_shortened_one_is_added() -> None:
    new = "Quiet on Fridays and on feast days"
    other = TEXT.replace("in good time, well-written", "in time, written").replace(
        "- Patience\n", f"- {new}\n- Patience\n"
    )

    assert outcomes(other) == {"2.2(b)": "amended", new: "added"}


def test_a_clause_that_crosses_a_page_stays_whole_when_it_is_amended() -> None:
    longer = TEXT.replace("the clerk keeps a", "the deputy clerk also keeps a")

    assert outcomes(longer) == {"1.2": "amended"}


def test_a_lengthened_clause_is_told_from_its_neighbours_on_one_line() -> None:
    longer = " ".join(TEXT.split()).replace("who hear appeals", "who hear all appeals")

    assert outcomes(longer) == {"3.1A": "amended"}


def test_words_between_two_clauses_on_one_line_amend_both() -> None:
    flat = " ".join(TEXT.split())
    longer = flat.replace("written down. The", "written down. So be it. The")

    assert outcomes(longer) == {"3.1": "amended", "3.1A": "amended"}


def test_a_repeated_bullet_is_amended_in_the_list_where_it_reads_otherwise() -> None:
    first, _, second = TEXT.rpartition("A fair hearing;")

    assert outcomes(f"{first}A hearing;{second}") == {"2.3(a)": "amended"}


def test_a_bullet_is_found_on_its_own_line_not_within_a_new_one() -> None:
    longer = TEXT.replace("- Patience\n", "- Patience beyond measure\n- Patience\n")

    assert outcomes(longer) == {"Patience beyond measure": "added"}


def test_of_two_clauses_rewritten_as_one_the_number_says_which_remains() -> None:
    start, end = TEXT.index("1.1 A member"), TEXT.index("2 Hopes")
    fewer = f"{TEXT[:start]}1.1 Ask the clerk.\n\n{TEXT[end:]}"

    assert outcomes(fewer) == {"1.1": "amended", "1.2": "removed"}


def test_of_two_clauses_rewritten_as_one_the_worse_fit_is_removed() -> None:
    start, end = TEXT.index("- answers to"), TEXT.index("- Not to be told")
    fewer = f"{TEXT[:start]}- Forbearance\n\n{TEXT[end:]}"

    assert outcomes(fewer) == {"2.2(b)": "removed", "2.2(c)": "amended"}


def test_of_two_bullets_rewritten_as_one_the_letter_says_which_remains() -> None:
    start, end = TEXT.index("(b) Patience"), TEXT.index("3. Quarrels")
    fewer = f"{TEXT[:start]}(b) Much forbearance, by whoever is there.\n\n{TEXT[end:]}"

    assert outcomes(fewer) == {"2.3(b)": "amended", "2.3(c)": "removed"}


def test_the_article_at_the_head_of_a_bullet_is_no_letter() -> None:
    start, end = TEXT.index("- A fair"), TEXT.index("- Patience")
    fewer = f"{TEXT[:start]}- a letter in good time, to the point;\n{TEXT[end:]}"

    assert outcomes(fewer) == {"2.2(a)": "removed", "2.2(b)": "amended"}


def test_the_same_lead_in_below_another_heading_is_looked_for_again() -> None:
    source = "Members\n\nThey can:\n\n- ask\n- speak\n\nStaff\n\nThey can:\n\n- rest\n"
    members, staff, can = map(fingerprint, ("Members", "Staff", "They can:"))
    clauses = (
        ("1(a)", (members, can, fingerprint("ask"))),
        ("1(b)", (members, can, fingerprint("speak"))),
        ("2(a)", (staff, can, fingerprint("rest"))),
    )

    assert trace(clauses, source).unchanged
    assert changes(trace(clauses, source.replace("Members", "All"))) == {
        "1(a)": "amended",
        "1(b)": "amended",
    }


@pytest.mark.parametrize("text", ["", " \n\f\n", "- \u2022 o\n", "\u00ad"])
def test_of_an_empty_text_every_clause_is_removed(text: str) -> None:
    assert outcomes(text) == dict.fromkeys(dict(CLAUSES), "removed")


def test_of_another_text_every_clause_is_removed_and_all_of_it_added() -> None:
    other = "Flour and water.\n\n- Knead it for ten minutes\n- Let it rise overnight"

    assert outcomes(other) == dict.fromkeys(dict(CLAUSES), "removed") | {
        "Flour and water.": "added",
        "Knead it for ten minutes": "added",
        "Let it rise overnight": "added",
    }


def test_a_word_in_common_does_not_make_another_text_an_amended_one() -> None:
    other = "For the oven\n\nPatience\n\nKnead it for ten minutes, and let it rise."

    assert set(outcomes(other).values()) == {"removed", "added"}


def test_without_clauses_the_whole_text_is_added() -> None:
    found = trace([], "One line\n\nanother")

    assert changes(found) == {"One line": "added", "another": "added"}
    assert not found.unchanged


@given(text=st.text())
@settings(deadline=None)
def test_any_text_can_be_traced(text: str) -> None:
    found = trace(CLAUSES, text)

    assert [one.clause for one in found.clauses] == [clause for clause, _ in CLAUSES]


@given(lines=st.lists(st.sampled_from(TEXT.split("\n")), max_size=60))
@settings(deadline=None)
def test_any_shuffling_of_the_lines_can_be_traced(lines: list[str]) -> None:
    found = trace(CLAUSES, "\n".join(lines))

    assert all(0 <= one.line <= len(lines) for one in found.clauses)
    assert all(1 <= one.line <= len(lines) for one in found.added)


@given(text=st.text(min_size=1))
def test_a_text_with_words_is_found_by_its_own_fingerprint(text: str) -> None:
    try:
        piece = fingerprint(text)
    except ValueError:
        assert trace([], text).added == ()
    else:
        assert trace([("1", (piece,))], text).unchanged


def test_a_fingerprint_is_a_short_hash_and_the_number_of_words() -> None:
    assert re.fullmatch(r"[0-9a-f]{8}-5", fingerprint("Nobody's co-opted member speaks"))


@pytest.mark.parametrize("text", ["", " \n", "- \u2022"])
def test_a_fingerprint_needs_a_word(text: str) -> None:
    with pytest.raises(ValueError, match="at least one word"):
        fingerprint(text)


@pytest.mark.parametrize(
    "pieces", [(), ("5c1f0a9e",), ("5c1f0a9e-0",), ("5C1F0A9E-3",), ("5c1f0a9e-3", "")]
)
def test_a_clause_without_usable_pieces_is_named(pieces: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"clause `2\.3` needs pieces"):
        trace([("2.3", pieces)], TEXT)


@needs_published
@pytest.mark.parametrize("council", sorted(LINES))
def test_a_published_protocol_is_the_same_however_it_is_set(council: str) -> None:
    clauses, parts = published(council)
    text = joined(parts)
    settings_of_it = [
        text,
        " ".join(text.split()),
        text.replace("\n", "\n\n"),
        re.sub(r"\n+", "\n", text),
        re.sub("(?m)^- ", "\u2022\t", text),
        text.replace("'", "\u2019").replace('"', "\u201c"),
        re.sub("[-\u2013]", "\u2014", text),
        *("\n".join(textwrap.fill(line, width) for _, line in parts) for width in (40, 90)),
    ]

    assert [trace(clauses, one).unchanged for one in settings_of_it] == [
        True for _ in settings_of_it
    ]


@needs_published
@pytest.mark.parametrize("council", sorted(LINES))
def test_another_word_in_a_published_protocol_amends_its_clauses_alone(
    council: str,
) -> None:
    clauses, parts = published(council)

    assert misread(clauses, parts, every=29) == []


@needs_published
@pytest.mark.parametrize("council", sorted(LINES))
def test_a_clause_of_a_published_protocol_can_be_removed_alone(council: str) -> None:
    clauses, parts = published(council)
    for clause, _ in clauses[::4]:
        without = joined(tuple(part for part in parts if part[0].split() != [clause]))

        assert changes(trace(clauses, without)) == {clause: "removed"}


@needs_published
@pytest.mark.parametrize("council", sorted(LINES))
def test_a_bullet_can_be_added_to_a_published_protocol_anywhere(council: str) -> None:
    clauses, parts = published(council)
    begins = [
        place
        for place, (owners, _) in enumerate(parts)
        if owners and owners != next((own for own, _ in parts[place - 1 :: -1] if own), "")
    ]
    for place in begins[::4]:
        longer = joined((*parts[:place], ("", "- Not one of theirs\n"), *parts[place:]))

        assert changes(trace(clauses, longer)) == {"Not one of theirs": "added"}
