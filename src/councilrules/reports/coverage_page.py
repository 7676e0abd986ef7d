"""What the scenarios show of a rulebook: as lines of text, and as a page of its own."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from councilrules.coverage.items import Decided, Item, RuleItems

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 1rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border: 1px solid #767676; padding: .3rem .6rem; text-align: left; vertical-align: top; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
.missing { font-weight: bold; }
"""


def coverage_lines(decided: Decided, *, missing: bool = False) -> Iterator[str]:
    """Give what is shown of a rulebook, clause by clause and in total, line by line.

    Args:
        decided: What is shown.
        missing: Whether to give only what is not shown, in words.
    """
    for clause in _clauses(decided):
        rules = [one for one in decided.rules if one.clause == clause]
        if missing:
            for rule in rules:
                yield from _missing(rule)
        else:
            yield f"{clause}: {_told(decided.tally(clause))}"
    tally = decided.tally()
    yield f"{decided.rulebook}: {_told(tally)}"
    yield f"{decided.rulebook}: {percent(tally)} of all that can be shown is shown"


def _clauses(decided: Decided) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.clause for one in decided.rules))


def _told(tally: Mapping[str, tuple[int, int]]) -> str:
    return ", ".join(f"{shown} of {of} {name}" for name, (shown, of) in tally.items() if of)


def share(tally: Mapping[str, tuple[int, int]]) -> float:
    """Give how much is shown, of everything but whole rules, in percent."""
    pairs = [pair for name, pair in tally.items() if name != "rules"]
    shown, of = sum(one for one, _ in pairs), sum(one for _, one in pairs)
    return 100 * shown / of if of else 100


def percent(tally: Mapping[str, tuple[int, int]]) -> str:
    """Give how much is shown, as people read it: all only if it is all."""
    found = share(tally)
    return "100%" if found == 100 else f"{min(99.9, found):.1f}%"  # noqa: PLR2004 - percent


def _missing(rule: RuleItems) -> Iterator[str]:
    name = f"{rule.clause}/{rule.rule}"
    for status, reached in rule.statuses:
        if not reached:
            yield f"{name}: no scenario is {status}"
    for item in rule.missing:
        for one in item.lacking:
            yield f"{name}: in {item.where}, {one}"


# --- a page -------------------------------------------------------------------------


def coverage_page(all_decided: Iterable[Decided]) -> str:
    """Give what is shown of some rulebooks as one page of HTML that needs nothing else."""
    parts = [
        "<!DOCTYPE html>", '<html lang="en-GB">', "<head>", '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<title>What the scenarios show</title>", f"<style>{_STYLE}</style>", "</head>",
        "<body>", "<main>", "<h1>What the scenarios show</h1>",
    ]  # fmt: skip
    for one in all_decided:
        parts += _section(one)
    return "\n".join([*parts, "</main>", "</body>", "</html>", ""])


def _section(decided: Decided) -> Iterator[str]:
    tally = decided.tally()
    yield f"<h2>{escape(decided.rulebook)}</h2>"
    yield f"<p>{percent(tally)} of all that can be shown is shown.</p>"
    yield "<table>"
    yield "<caption>By clause</caption>"
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in ("clause", *tally))
    yield f"<thead><tr>{head}</tr></thead>"
    yield "<tbody>"
    for clause in _clauses(decided):
        yield _row(clause, decided.tally(clause))
    yield _row("in total", tally)
    yield "</tbody></table>"
    for rule in decided.rules:
        yield from _of_rule(rule)


def _row(name: str, tally: Mapping[str, tuple[int, int]]) -> str:
    cells = "".join(
        f"<td{'' if shown == of else _CLASS}>{shown} of {of}</td>" if of else "<td>none</td>"
        for shown, of in tally.values()
    )
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


_CLASS = ' class="missing"'


def _of_rule(rule: RuleItems) -> Iterator[str]:
    state = "all shown" if rule.is_complete else "not all shown"
    yield f"<details><summary>{escape(rule.clause)}/{escape(rule.rule)}: {state}</summary>"
    reached = ", ".join(f"{name}: {'yes' if done else 'NO'}" for name, done in rule.statuses)
    yield f"<p>Statuses reached: {escape(reached)}</p>"
    yield "<ul>"
    for item in rule.items:
        yield f"<li>{_item(item)}</li>"
    yield "</ul></details>"


def _item(item: Item) -> str:
    told = escape(f"{item.kind}, {item.where}: {item.words}")
    if item.cannot:
        return f"{told}. Cannot decide by itself: {escape(item.cannot)}."
    if not item.is_shown:
        return (
            f'{told}. <strong class="missing">Missing: {escape("; ".join(item.lacking))}.</strong>'
        )
    return f"{told}. Shown by {escape('; '.join(map(str, item.shown_by)))}."
