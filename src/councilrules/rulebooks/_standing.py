"""Standing duties from YAML: what has to be in the register on every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.register import PROCEDURE_KINDS
from councilrules.rules import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.documents import Mapping
    from councilrules.reading import Reading
    from councilrules.rulebooks._patterns import Patterns

_REGISTER_KINDS = ("procedures", "delegations")
_EXPECTED = ("scope", "group")


def standing(mapping: Mapping, reading: Reading, patterns: Patterns) -> Standing | None:
    """Read what a rule says has to be there; `None` if it names nothing."""
    keys = (*_REGISTER_KINDS, "expecting", "judge")
    found = reading.mapping(mapping.get("standing"), mapping, "`standing`", keys=keys)
    named = [key for key in _REGISTER_KINDS if found and key in found]
    if found is None or len(named) != 1:
        reading.complain(
            "empty-standing",
            mapping,
            "`standing` has to name one kind of entry that has to be there",
            "write `{procedures: [...]}` or `{delegations: [...]}`",
        )
        return None
    entries = found.get(named[0])
    reading.some(entries, f"`{named[0]}`")
    is_kind = named[0] == "procedures"
    return Standing(
        register_kind=named[0],
        entries=(
            reading.words(entries, "kind of procedure", PROCEDURE_KINDS, "unknown-procedure-kind")
            if is_kind
            else reading.texts(entries, "`delegations`")
        ),
        expecting=tuple(_expecting(found, () if is_kind else _EXPECTED, reading, patterns)),
    )


def _expecting(
    found: Mapping, known: tuple[str, ...], reading: Reading, patterns: Patterns
) -> Iterator[tuple[str, str, str]]:
    """Read what an entry has to be like, each with the question asked where it is not."""
    groups = {
        key: reading.mapping(found.get(key), found, f"`{key}`")
        for key in ("expecting", "judge")
        if key in found
    }
    expecting, judged = groups.get("expecting"), groups.get("judge")
    for name, node in ({} if expecting is None else expecting.entries).items():
        if expecting is not None and name not in known:
            listed = " or ".join(f"`{one}`" for one in known) or "nothing; only a delegation can"
            reading.complain(
                "unknown-condition",
                expecting.keys[name],
                f"`{name}` cannot be expected of an entry",
                f"it is {listed}",
            )
            continue
        question = None if judged is None else judged.get(name)
        if question is None:
            reading.complain(
                "missing-key",
                found,
                f"`judge` lacks `{name}`",
                f"name the question that is asked where `{name}` is not as expected",
            )
        asked = [one.question for one in patterns.judged(question)]
        yield name, reading.text(node, f"`{name}`") or "", asked[0] if asked else ""
