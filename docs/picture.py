"""Draws what `assess` prints of the first scenario of the README."""  # noqa: INP001 - part of a script

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import councilrules
from councilrules.reports.text import render

ROOT = Path(__file__).parents[1]

_STYLE = re.compile(r"\x1b\[([0-9;]*)m")
_FILLS = {"31": "#b3261e", "32": "#1b6e3c", "33": "#8a5a00", "36": "#00677d"}
_LINE, _CHARACTER, _MARGIN = 18, 7.9, 20


def picture() -> str:
    """Draw what `assess` says of the first scenario of the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```yaml scenario file=(\S+)\n(.*?)```", readme, re.DOTALL)
    if block is None:
        raise SystemExit("README.md shows no scenario")  # noqa: EM101, TRY003 - said once
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, block[1])
        path.write_text(block[2], encoding="utf-8")
        scenario = councilrules.load_scenario(path)
    made = [councilrules.assess(one.rulebook, scenario) for one in scenario.rulebooks]
    return _drawn([f"$ councilrules assess {block[1]}", *render(made).rstrip().split("\n")])


def _drawn(lines: list[str]) -> str:
    width = round(max(len(_STYLE.sub("", line)) for line in lines) * _CHARACTER) + 2 * _MARGIN
    height = len(lines) * _LINE + 2 * _MARGIN
    texts = [_placed(line, place) for place, line in enumerate(lines)]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
        "<title>What councilrules assess prints</title>",
        "<style>text { font: 13px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #1f2328 }</style>",
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" fill="#ffffff" stroke="#d0d7de"/>',
        *texts,
        "</svg>",
        "",
    ])  # fmt: skip


def _placed(line: str, place: int) -> str:
    """Indent a line by its place, since renderers drop the spaces before it."""
    plain = _STYLE.sub("", line)
    indent = len(plain) - len(plain.lstrip())
    left = round(_MARGIN + indent * _CHARACTER, 1)
    return f'<text xml:space="preserve" x="{left}" y="{_MARGIN + 13 + place * _LINE}">{_spans(line.replace(" " * indent, "", 1))}</text>'


def _spans(line: str) -> str:
    """Turn the colours of a terminal into those of the picture."""
    parts = _STYLE.split(line)
    codes: set[str] = set()
    made = []
    for text, code in zip(parts[::2], ["", *parts[1::2]], strict=True):
        codes = set() if code in {"0", ""} else codes | set(code.split(";"))
        fill = next(
            (
                f' fill="{_FILLS[one]}" style="fill:{_FILLS[one]}"'
                for one in sorted(codes)
                if one in _FILLS
            ),
            "",
        )
        bold = ' font-weight="bold"' if "1" in codes else ""
        shown = escape(text)
        made.append(f"<tspan{fill}{bold}>{shown}</tspan>" if fill or bold else shown)
    return "".join(made)
