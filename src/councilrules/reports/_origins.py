"""What a report was made from and with, so that it can be made again."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from councilrules._version import __version__
from councilrules.reports._model import Origins
from councilrules.rulebooks.writing import texts_of
from councilrules.scenarios.writing import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from councilrules.assessing import Assessment
    from councilrules.rules import Rulebook
    from councilrules.scenarios import Scenario


def origins(made: Sequence[Assessment], inputs: Mapping[str, bytes], command: str) -> Origins:
    """Say what a report was made from and with.

    Args:
        made: The assessments.
        inputs: What was read, by the names of the files; if none is given, the scenarios
            are written down anew, and what is written is taken instead.
        command: The command that makes the report again.
    """
    books = {one.rulebook.id: one.rulebook for one in reversed(made)}
    return Origins(
        version=__version__,
        engines=tuple(dict.fromkeys(engine for one in made for engine in one.engines)),
        clocks=tuple(dict.fromkeys((one.scenario.name, one.as_of.isoformat()) for one in made)),
        rulebooks=tuple(
            (f"{one.id}, version {one.version}", rulebook_digest(one))
            for one in reversed(books.values())
        ),
        inputs=tuple(_given(inputs) if inputs else _written(made)),
        command=command,
        about=tuple(_about(are_files=bool(inputs))),
    )


def rulebook_digest(rulebook: Rulebook) -> str:
    """Give the SHA-256 of what a rulebook says, the same wherever its files lie.

    It is taken of the files as `councilrules.rulebooks.writing` writes them, remarks left
    out, with the values of parameters that hold for the scenario. Empty if no file can
    say what the rulebook says.
    """
    try:
        texts = texts_of(rulebook)
    except ValueError:
        return ""
    return _digest(json.dumps(texts, sort_keys=True).encode())


def _digest(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"


def _given(inputs: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for name, content in inputs.items():
        yield name, _digest(content)


def _written(made: Sequence[Assessment]) -> Iterator[tuple[str, str]]:
    scenarios: dict[int, Scenario] = {id(one.scenario): one.scenario for one in made}
    for scenario in scenarios.values():
        try:
            yield scenario.name, _digest(written(scenario).encode())
        except ValueError:
            yield scenario.name, ""


def _about(*, are_files: bool) -> Iterator[str]:
    what = "the files as they were read" if are_files else "each scenario as a file would hold it"
    yield f"The digest of the input is the SHA-256 of {what}."
    yield (
        "The digest of a rulebook is the SHA-256 of what its files say, remarks and layout left "
        "out, with the times that the scenario sets."
    )
