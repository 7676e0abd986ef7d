from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from councilrules.documents import (
    Listing,
    Mapping,
    Node,
    Text,
    UnreadableError,
    parse_json,
    parse_yaml,
    read_text,
    read_yaml,
)
from councilrules.documents import _yaml as documents
from councilrules.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOADERS = [
    pytest.param(loader, id=loader.__name__)
    for loader in (getattr(yaml, "CSafeLoader", None), yaml.SafeLoader)
    if loader is not None
]
C_ONLY = pytest.mark.skipif(
    not hasattr(yaml, "CSafeLoader"), reason="the places are those of libyaml"
)


def plain(node: Node) -> Any:  # noqa: ANN401 - whatever was written
    match node:
        case Text():
            return node.value
        case Listing():
            return [plain(each) for each in node]
        case Mapping():
            return {name: plain(each) for name, each in node.entries.items()}


def texts(node: Node) -> Iterator[Text]:
    match node:
        case Text():
            yield node
        case Listing():
            for each in node:
                yield from texts(each)
        case Mapping():
            for name, each in node.entries.items():
                yield node.keys[name]
                yield from texts(each)


def at(node: Node | None, *path: str | int) -> Node:
    for step in path:
        if isinstance(step, int):
            assert isinstance(node, Listing)
            node = node.items[step]
        else:
            assert isinstance(node, Mapping)
            node = node.get(step)
    assert node is not None
    return node


def refusal(action: Callable[[], object]) -> list[tuple[str, int, int]]:
    with pytest.raises(UnreadableError) as caught:
        action()
    return [
        (problem.check, problem.place.line, problem.place.column)
        for problem in caught.value.problems
    ]


def sentences(action: Callable[[], object]) -> str:
    with pytest.raises(UnreadableError) as caught:
        action()
    return str(caught.value)


# What is read


@pytest.mark.parametrize(
    "written",
    [
        "2.10",
        "9:30",
        "on",
        "no",
        "~",
        "null",
        "010",
        "2025-03-04",
        "1_000",
        "=",
        ".inf",
    ],
)
@pytest.mark.parametrize("loader", LOADERS)
def test_a_plain_value_stays_the_text_that_was_written(written: str, loader: type) -> None:
    with mock.patch.object(documents, "LOADER", loader):
        value = at(parse_yaml(f"a: {written}\n", "f"), "a")

    assert isinstance(value, Text)
    assert (value.value, value.quoted) == (written, False)


@pytest.mark.parametrize(
    ("written", "value"),
    [("'no'", "no"), ('"no"', "no"), ("|\n  no\n", "no\n"), (">\n  no\n", "no\n")],
)
def test_quotes_and_blocks_of_text_are_told_from_plain_text(written: str, value: str) -> None:
    found = at(parse_yaml(f"a: {written}", "f"), "a")

    assert isinstance(found, Text)
    assert (found.value, found.quoted) == (value, True)


def test_a_name_without_a_value_has_the_empty_text_there() -> None:
    root = parse_yaml("a:\nb: {c, d: ''}\n", "f")

    assert plain(root) == {"a": "", "b": {"c": "", "d": ""}}
    assert [each.quoted for each in texts(root)] == [False] * 6 + [True]


def test_nodes_know_their_places_counted_from_one() -> None:
    root = parse_yaml("one: first\ntwo:\n  - x\n  - {y: z}\n", "rules/a.yaml")

    assert isinstance(root, Mapping)
    assert root.place == Place("rules/a.yaml", 1, 1)
    assert root.keys["two"].place == Place("rules/a.yaml", 2, 1)
    assert at(root, "one").place == Place("rules/a.yaml", 1, 6)
    assert at(root, "two").place == Place("rules/a.yaml", 3, 3)
    assert at(root, "two", 1, "y").place == Place("rules/a.yaml", 4, 9)


def test_a_mapping_gives_its_names_in_the_order_of_the_file() -> None:
    root = parse_yaml("b: 1\na: 2\nc: 3\n", "f")

    assert isinstance(root, Mapping)
    assert list(root) == list(root.entries) == list(root.keys) == ["b", "a", "c"]
    assert len(root) == 3
    assert "a" in root
    assert "z" not in root
    assert root.get("z") is None


def test_a_listing_gives_its_items_in_the_order_of_the_file() -> None:
    root = parse_yaml("[b, a, c]", "f")

    assert isinstance(root, Listing)
    assert [plain(each) for each in root] == ["b", "a", "c"]
    assert len(root) == 3


def test_an_alias_gives_the_very_node_it_stands_for() -> None:
    root = parse_yaml("a: &x {b: &y c}\nd: *x\ne: [*x, *y]\n", "f")

    assert at(root, "d") is at(root, "a")
    assert at(root, "e", 0) is at(root, "a")
    assert at(root, "e", 1) is at(root, "a", "b")


def test_an_anchor_written_again_stands_for_the_last_one() -> None:
    root = parse_yaml("[&x a, &x b, *x]", "f")

    assert plain(root) == ["a", "b", "b"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_byte_order_mark_and_either_line_end_make_no_difference(end: str) -> None:
    root = parse_yaml(f"\ufeffa: b{end}c:{end}  - d{end}", "f")

    assert plain(root) == {"a": "b", "c": ["d"]}
    assert at(root, "a").place == Place("f", 1, 4)
    assert at(root, "c", 0).place == Place("f", 3, 5)


def test_three_hyphens_may_open_the_only_document() -> None:
    assert plain(parse_yaml("# a note\n---\na: b\n...\n", "f")) == {"a": "b"}


SHAPES = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("ab\"'\\:{[,é\U0001f600", max_size=4), inner)
    ),
    max_leaves=12,
)


@given(shape=SHAPES)
@pytest.mark.parametrize("loader", LOADERS)
def test_yaml_that_was_written_out_reads_as_what_it_was(loader: type, shape: object) -> None:
    written = yaml.safe_dump(shape, default_style='"', allow_unicode=True)

    with mock.patch.object(documents, "LOADER", loader):
        root = parse_yaml(written, "f")

    assert plain(root) == shape


# What is refused in YAML


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: 1\nb: 2\na: 3\n", [("duplicate-key", 3, 1)]),
        ("a: {b: 1, 'b': 2}\n", [("duplicate-key", 1, 11)]),
        ("? [a]\n: b\n", [("text-key", 1, 3)]),
        ("a: {{by}: x}\n", [("text-key", 1, 5)]),
        ("a: &x {b: c}\nd:\n  <<: *x\n", [("merge-key", 3, 3)]),
        ("a: !!python/object:os.system x\n", [("tag", 1, 4)]),
        ("a: !own {b: c}\n", [("tag", 1, 4)]),
        ("- ! [a]\n", [("tag", 1, 3)]),
        ("a: 1\n---\nb: 2\n", [("many-documents", 2, 1)]),
        ("a: *x\n", [("unknown-alias", 1, 4)]),
        ("a: &x [b, *x]\n", [("unknown-alias", 1, 11)]),
        ("a: &x {b: {c: *x}}\n", [("unknown-alias", 1, 15)]),
        ('a: "\\0"\n', [("not-text", 1, 4)]),
        ("%YAML 1.1\n---\na: b\n", [("not-yaml", 1, 1)]),
    ],
)
@pytest.mark.parametrize("loader", LOADERS)
def test_what_could_mislead_is_refused_where_it_stands(
    text: str, problems: list[tuple[str, int, int]], loader: type
) -> None:
    with mock.patch.object(documents, "LOADER", loader):
        assert refusal(lambda: parse_yaml(text, "f")) == problems


@pytest.mark.parametrize("text", ["", " \n\n", "# a note\n", "---\n", "\ufeff"])
def test_a_text_with_nothing_in_it_is_refused_as_empty(text: str) -> None:
    assert refusal(lambda: parse_yaml(text, "f")) == [("empty-file", 0, 0)]


def test_the_empty_text_in_quotes_is_something() -> None:
    assert plain(parse_yaml("''", "f")) == ""


def test_two_merge_signs_in_quotes_are_a_name_like_any_other() -> None:
    assert plain(parse_yaml("'<<': a\n", "f")) == {"<<": "a"}


def test_all_problems_are_told_at_once_up_to_the_first_that_is_no_yaml() -> None:
    text = "a: 1\na: 2\nb: !x y\n? {c: d}\n: e\nf: 'g' h\ni: !z j\n"

    assert refusal(lambda: parse_yaml(text, "f")) == [
        ("duplicate-key", 2, 1),
        ("tag", 3, 4),
        ("text-key", 4, 3),
        ("not-yaml", 6, 8),
    ]


def test_a_key_twice_is_told_with_the_line_of_the_other() -> None:
    assert sentences(lambda: parse_yaml("\n2.10: a\n2.10: b\n", "f.yaml")) == (
        "f.yaml:3:1: `2.10` is here twice [duplicate-key]\n  help: keep one; the other is on line 2"
    )


def test_a_tag_is_shown_as_its_author_wrote_it() -> None:
    assert "`!!set` would set a type" in sentences(lambda: parse_yaml("!!set {a}", "f"))


def test_long_or_broken_words_are_shortened_to_one_line() -> None:
    text = f'"a\\n{"b" * 100}": 1\n"a\\n{"b" * 100}": 2\n'

    message = sentences(lambda: parse_yaml(text, "f"))

    assert message.startswith(f"f:2:1: `a {'b' * 58}...` is here twice")


# Depth and size


def test_forty_levels_are_read_and_one_more_is_too_deep() -> None:
    parse_yaml("[" * 40 + "]" * 40, "f")
    parse_json("[" * 40 + "]" * 40, "f")

    assert refusal(lambda: parse_yaml("[" * 41 + "]" * 41, "f")) == [("too-deep", 1, 41)]
    assert refusal(lambda: parse_json("[\n" * 41 + "]" * 41, "f")) == [("too-deep", 41, 1)]


def test_an_alias_counts_with_the_levels_it_brings() -> None:
    lines = ["- &a0 [x]", *(f"- &a{n} [*a{n - 1}]" for n in range(1, 40))]
    parse_yaml("\n".join(lines[:39]), "f")

    assert refusal(lambda: parse_yaml("\n".join(lines), "f")) == [("too-deep", 40, 9)]


@pytest.mark.parametrize("opening", ["[", "{", "{a: ", "- ", "? ", "[? ", '{"a":', "[\n"])
def test_a_million_levels_are_refused_without_reading_them_all(opening: str) -> None:
    text = opening * 1_000_000

    assert refusal(lambda: parse_yaml(text, "f"))[-1][0] == "too-deep"


@pytest.mark.parametrize("opening", ["[", '{"a":', "[\n"])
@pytest.mark.parametrize(
    ("levels", "check"), [(100, "too-deep"), (90_000, "too-deep"), (10**6, "too-large")]
)
def test_any_number_of_levels_of_json_is_refused(opening: str, levels: int, check: str) -> None:
    text = opening * levels + ("0" + "}" * levels if "{" in opening else "]" * levels)

    assert [name for name, *_ in refusal(lambda: parse_json(text, "f"))] == [check]


def test_values_are_counted_as_often_as_aliases_repeat_them() -> None:
    # 1 for the list, 1 + 999 for the first item, 1000 for each alias.
    repeated = f"- &x [{'a,' * 999}]\n" + "- *x\n" * 198
    assert len(list(texts(parse_yaml(repeated, "f")))) == 999 * 199

    assert refusal(lambda: parse_yaml(repeated + "- *x\n", "f")) == [("too-large", 0, 0)]


def test_a_billion_laughs_are_refused() -> None:
    lines = ["a0: &a0 [lol, lol]"]
    lines += [f"a{n}: &a{n} [{f'*a{n - 1},' * 10}]" for n in range(1, 30)]

    assert refusal(lambda: parse_yaml("\n".join(lines), "f")) == [("too-large", 0, 0)]


def test_more_values_than_the_limit_are_too_large_in_json_too() -> None:
    fits = "[" + ",".join(["0"] * 199_999) + "]"
    assert len(list(texts(parse_json(fits, "f")))) == 199_999

    assert refusal(lambda: parse_json(fits[:-1] + ",0]", "f")) == [("too-large", 1, 1)]


def test_long_texts_of_json_are_not_mistaken_for_many_values() -> None:
    assert plain(parse_json(json.dumps(["a,[{" * 200_000]), "f")) == ["a,[{" * 200_000]


def test_lines_that_cost_the_parser_dearly_are_refused_first() -> None:
    text = "a: b\n...\n" + "".join(f"%TAG !a{n}! x\n" for n in range(200_000))

    assert refusal(lambda: parse_yaml(text, "f")) == [("not-yaml", 3, 1)]


# Common mistakes in YAML

MISTAKES = [
    ("a:\n\tb: 1\n", 2, 1, "a tab is used for indentation"),
    ("a:\n  b: 1\n \tc: 2\n", 3, 2, "a tab is used for indentation"),
    ("a: |\n\tb\n", 2, 1, "a tab is used for indentation"),
    ("means: one: two\n", 1, 11, "a second `:` on one line"),
    ("a: 1\n b: 2\n", 2, 3, "wrong indentation, or a line above lacks its `:`"),
    ("a:\n  b:2\n  c: 3\n", 3, 4, "wrong indentation, or a line above lacks its `:`"),
    ("a:\n    b: 1\n  c: 2\n", 3, 3, "does not line up with the names above"),
    ("a: 1\n- b\n", 2, 1, "does not line up with the names above"),
    ("- a\nb: 1\n", 2, 1, "does not line up with the list above"),
    (": a\n", 1, 1, "there is no name before this `:`"),
    ("a: 'don't'\n", 1, 9, "text goes on after a closing quote, or a bracket is one too many"),
    ("a: [b]]\n", 1, 7, "text goes on after a closing quote, or a bracket is one too many"),
    ("- 'a' b\n", 1, 7, "text goes on after a closing quote, or a bracket is one too many"),
    ("a: 1\nb: 'x\nc: 2\n", 2, 4, "a quote is opened here and never closed"),
    ('b: "x\n---\nc: 2\n', 1, 4, "a quote is opened here and never closed"),
    ("a: [x, y\nb: 1\n", 1, 4, "a bracket is not closed, or a comma is missing"),
    ("a: {x: 1\nb: 1\n", 1, 4, "a bracket is not closed, or a comma is missing"),
    ("a: {x: 1 y: 2}\n", 1, 11, "a bracket is not closed, or a comma is missing"),
    ("a: [x, [y,\n\n", 1, 8, "a bracket is not closed, or a comma is missing"),
    ("a: 1\nb\nc: 2\n", 2, 1, "this line has no `:`"),
    ("a: @x\n", 1, 4, "text cannot start with this"),
    ("a: `x`\n", 1, 4, "text cannot start with this"),
    ("a: * x\n", 1, 4, "text cannot start with this"),
    ("a: & x\n", 1, 4, "text cannot start with this"),
    ("a: ? x\n", 1, 4, "text cannot start with `?` and a space"),
    ("a: |x\n  b\n", 1, 5, "`|` or `>` has to end its line"),
    ("'a' 'b'\n", 1, 5, "this does not belong to what stands before it"),
    ("a: ,x\n", 1, 4, "text cannot start with this"),
    ("a: - b\n", 1, 4, "a list cannot start after its name"),
]


@C_ONLY
@pytest.mark.parametrize(("text", "line", "column", "what"), MISTAKES)
def test_a_common_mistake_is_told_in_plain_words_where_it_was_made(
    text: str, line: int, column: int, what: str
) -> None:
    action = lambda: parse_yaml(text, "f")  # noqa: E731 - used twice

    assert refusal(action) == [("not-yaml", line, column)]
    assert what in sentences(action)


@C_ONLY
def test_a_colon_right_before_a_comma_is_told() -> None:
    message = sentences(lambda: parse_yaml("a: {b:, c}\n", "f"))

    assert message.startswith("f:1:6: a `:` has to be followed by a space [not-yaml]")


@C_ONLY
@pytest.mark.parametrize("escape", [r"\q", r"\xzz", r"\ud800", r"\UFFFFFFFF"])
def test_a_backslash_that_means_nothing_is_told(escape: str) -> None:
    assert "a backslash has a meaning" in sentences(lambda: parse_yaml(f'a: "{escape}"', "f"))


@pytest.mark.parametrize("text", [text for text, *_ in MISTAKES])
def test_the_slower_parser_refuses_the_same_mistakes_without_its_own_words(
    text: str,
) -> None:
    with mock.patch.object(documents, "LOADER", yaml.SafeLoader):
        message = sentences(lambda: parse_yaml(text, "f"))

    assert "[not-yaml]" in message
    assert not any(jargon in message for jargon in ("block", "flow", "scan", "token"))


# JSON


def test_json_gives_the_nodes_of_yaml_with_numbers_as_they_are_spelt() -> None:
    root = parse_json('{"a": 2.10, "b": [true, false, null, 1e5, -0, "x"]}', "f")

    assert plain(root) == {
        "a": "2.10",
        "b": ["true", "false", "null", "1e5", "-0", "x"],
    }
    assert [each.quoted for each in texts(at(root, "b"))] == [False] * 5 + [True]


def test_a_number_of_any_length_stays_as_it_is() -> None:
    assert plain(parse_json("9" * 10_000, "f")) == "9" * 10_000


def test_a_line_of_json_is_placed_at_the_start_of_its_line() -> None:
    root = parse_json('{"a": ["b"]}\n', "log.jsonl", first_line=7)

    assert {each.place for each in texts(root)} == {Place("log.jsonl", 7, 1)}
    assert at(root, "a").place == Place("log.jsonl", 7, 1)


def test_json_over_several_lines_has_lines_and_columns() -> None:
    root = parse_json('\ufeff{\n  "a": [1,\r\n "b\\"[{"],\n "c": {}}', "f", first_line=3)

    assert isinstance(root, Mapping)
    assert root.place == Place("f", 3, 1)
    assert root.keys["a"].place == Place("f", 4, 3)
    assert at(root, "a").place == Place("f", 4, 8)
    assert at(root, "a", 0).place == Place("f", 4, 9)
    assert at(root, "a", 1).place == Place("f", 5, 2)
    assert at(root, "c").place == Place("f", 6, 7)


@given(shape=SHAPES, indent=st.sampled_from([None, 0, 2]), is_ascii=st.booleans())
def test_json_that_was_written_out_reads_as_what_it_was(
    *, shape: object, indent: int | None, is_ascii: bool
) -> None:
    written = json.dumps(shape, indent=indent, ensure_ascii=is_ascii)

    assert plain(parse_json(written, "f")) == shape


@given(shape=SHAPES)
def test_the_place_of_a_text_in_json_is_where_its_quotes_open(shape: object) -> None:
    written = json.dumps(["first", shape], indent=1)

    lines = written.split("\n")
    for each in texts(parse_json(written, "f")):
        rest = lines[each.line - 1][each.column - 1 :]
        assert rest.startswith(json.dumps(each.value))


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ('{"a": 1, "a": 2}', [("duplicate-key", 1, 1)]),
        (
            '{"a": 1,\n "b": {"c": 0, "c": 0},\n "a": 2}',
            [("duplicate-key", 2, 16), ("duplicate-key", 3, 2)],
        ),
        ("[NaN,\n -Infinity]", [("not-json", 1, 2), ("not-json", 2, 2)]),
        ('["\\ud800"]', [("not-text", 1, 1)]),
        ('{\n"\\u0000": 1}', [("not-text", 2, 1)]),
        ("", [("empty-file", 1, 1)]),
        (" \n", [("empty-file", 1, 1)]),
        ('{"a": 1,\n "b" 2}', [("not-json", 2, 6)]),
    ],
)
def test_json_that_could_mislead_is_refused_where_it_stands(
    text: str, problems: list[tuple[str, int, int]]
) -> None:
    assert refusal(lambda: parse_json(text, "f")) == problems


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert plain(parse_json('"\\ud83d\\ude00"', "f")) == "\U0001f600"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{'a': 1}", "a name in double quotes has to stand here"),
        ('{"a" 1}', "there is no `:` after the name"),
        ('{"a": 1 "b": 2}', "a comma is missing, or a bracket is not closed"),
        ('{"a": 1', "a comma is missing, or a bracket is not closed"),
        ('{"a": yes}', "a value has to stand here"),
        ('{"a": "b}', "a quote is opened here and never closed"),
        ('{"a": "b\nc"}', "a line break or a tab inside quotes"),
        ('{"a": "\\q"}', "a backslash has a meaning of its own"),
        ('{"a": "\\u12"}', "a backslash has a meaning of its own"),
        ('{"a": 1} {"a": 2}', "more text after the end of the value"),
    ],
)
def test_a_mistake_in_json_is_told_in_plain_words(text: str, what: str) -> None:
    message = sentences(lambda: parse_json(text, "f", first_line=5))

    assert message.startswith("f:5:")
    assert what in message


# Files


def test_a_file_is_read_and_called_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffname: caf\u00e9\r\n".encode())

    root = read_yaml(path)

    assert plain(root) == {"name": "caf\u00e9"} == plain(read_yaml(str(path)))
    assert root.place == Place(str(path), 1, 1)
    assert read_text(path) == "name: caf\u00e9\r\n"


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"a: b\nc: \xff\xfe\n", 2, 4),
        ("a: \u00e9\n".encode("latin-1"), 1, 4),
        ("a: b\n".encode("utf-16"), 1, 1),
        (b"\x89PNG\r\n\x1a\n", 1, 1),
        (b"a: b\n\nc: \x00\n", 3, 4),
        ("\ufeff\u00e9: \u0007".encode(), 1, 4),
        (b"a: \xc2\x85", 1, 4),
        (b"a: \xed\xa0\x80", 1, 4),
    ],
)
def test_a_file_is_refused_from_where_it_stops_being_text(
    tmp_path: Path, content: bytes, line: int, column: int
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)

    assert refusal(lambda: read_yaml(path)) == [("not-text", line, column)]


@pytest.mark.parametrize("parse", [parse_yaml, parse_json])
def test_text_with_half_a_character_in_it_is_refused(
    parse: Callable[[str, str], Node],
) -> None:
    assert refusal(lambda: parse('["\ud800"]', "f")) == [("not-text", 1, 3)]


def test_a_file_that_is_missing_a_folder_or_impossible_is_refused(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.yaml").write_text("a: b\n")

    def check(path: Path | str) -> str:
        [(name, line, _)] = refusal(lambda: read_yaml(path))
        assert line == 0
        return name

    assert check(tmp_path / "b.yaml") == "missing-file"
    assert check(tmp_path / "a.yaml" / "b.yaml") == "missing-file"
    assert check(tmp_path) == "not-a-file"
    assert check(tmp_path / ("x" * 5000)) == "unreadable"
    assert check("a\0b") == "unreadable"


def test_a_file_that_may_not_be_opened_is_refused_with_the_reason(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: b\n")
    refused = PermissionError(13, "Permission denied")

    with mock.patch.object(Path, "open", side_effect=refused):
        message = sentences(lambda: read_yaml(path))

    assert message.startswith(f"{path}: it cannot be opened: permission denied")


def test_a_file_of_a_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as opened:
        opened.truncate(100_000_000)

    with mock.patch.object(Path, "open", side_effect=AssertionError):
        assert refusal(lambda: read_yaml(path)) == [("too-large", 0, 0)]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs an endless file")
def test_a_file_without_end_is_refused() -> None:
    assert refusal(lambda: read_yaml("/dev/zero")) == [("too-large", 0, 0)]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.touch()

    assert sentences(lambda: read_yaml(path)).startswith(
        f"{path}: there is nothing in it [empty-file]"
    )


# Whatever is read, only the one error escapes

YAML_LIKE = st.text(st.sampled_from("ab10.:-?,[]{}#&*!|>'\"%@`<~ \n\t\r\\xuU\u2028\ufeff"))
WORDS = "a b a: - ? ' \" [ ] { } , &x *x <<: !!str !< # >- --- ... NaN 1e9 true \\"
PIECES = st.lists(
    st.sampled_from(WORDS.split())
    | st.sampled_from(["\n", "\n  ", "\n\t", "\r", "\x85", "%TAG ", '"\\ud800"'])
).map(" ".join)


def told(action: Callable[[], Node]) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        assert isinstance(action(), Text | Listing | Mapping)
    except UnreadableError as error:
        problems = error.problems
        assert problems, "refused without a reason"
    assert all(problem.what and problem.remedy for problem in problems)
    assert not any("\n" in problem.what for problem in problems)


@pytest.mark.parametrize("loader", LOADERS)
@given(text=st.text() | YAML_LIKE | PIECES)
@example(text='"\\UFFFFFFFF"')
@example(text="&a [&a b, *a]")
@example(text="{: :}")
def test_any_text_is_read_as_yaml_or_refused_in_plain_words(loader: type, text: str) -> None:
    with mock.patch.object(documents, "LOADER", loader):
        told(lambda: parse_yaml(text, "f"))


@given(text=st.text() | YAML_LIKE | PIECES, line=st.integers(1, 9))
def test_any_text_is_read_as_json_or_refused_in_plain_words(text: str, line: int) -> None:
    told(lambda: parse_json(text, "f", line))


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give one file that is written again and again."""
    return tmp_path_factory.mktemp("documents") / "any.yaml"


@given(content=st.binary() | YAML_LIKE.map(str.encode))
def test_any_file_is_read_or_refused_in_plain_words(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    told(lambda: read_yaml(file))
