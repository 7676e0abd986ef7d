"""What generated scenarios are called: sentences that a clerk understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.analysis._parts import OPENING
from councilrules.analysis.formulas import TRUE
from councilrules.analysis.outcomes import outcomes_in
from councilrules.wording import any_of, plain

if TYPE_CHECKING:
    from collections.abc import Collection

    from councilrules.analysis._parts import Part
    from councilrules.rules import Rule

_OUTCOMES = {
    "none": "There is no finding where",
    "breached": "It is a breach where",
    "excused": "It is excused where",
    "met": "It is met where",
    "open": "It is still open where",
    "undetermined": "It is left undetermined where",
    "permitted": "It is permitted where",
    "referred": "It is pointed out where",
}


def title(rule: Rule, part: Part, truth: int, outcome: int) -> str:
    """Give the title of a scenario in which one part of a rule decides."""
    told = part.holds if truth == TRUE else part.fails
    begins = _OUTCOMES[outcomes_in(outcome)[0]]
    where = "" if part.where == OPENING or part.kind == "exception" else f", of {part.where}"
    return f"{begins} {told}{where} ({plain(rule.id)})"


def reaching(rule: Rule, outcome: str) -> str:
    """Give the title of a scenario that is there for what a rule comes to."""
    return (
        f"{_OUTCOMES[outcome].removesuffix(' where')}, in as few facts as can be ({plain(rule.id)})"
    )


def on_edges(rule: Rule, what: str, topics: Collection[str], part: Part | None = None) -> str:
    """Give the title of a scenario with the same act on either side of an edge."""
    about = f"({plain(rule.id)})"
    if what in {"office", "bound"}:
        who = any_of(rule.roles) if rule.roles else "whoever it is"
        private = ", not in private" if "capacity" in topics else ""
        force = ", not before the protocol is in force" if "in-force" in topics else ""
        since = " from the first minute in office to the last" if what == "office" else ""
        return f"{who[:1].upper()}{who[1:]} answers{since}{private}{force} {about}"
    where = "" if part is None or part.where == OPENING else f", of {part.where}"
    if what == "order":
        return f"It counts what came first, to the minute, and what comes at the same moment is in no known order{where} {about}"
    sort, way, *rest = what.split()
    set_by = "a date sets" if way == "date" else "the council sets"
    if sort == "done":
        return f"It is in time in the last minute of the last day that {set_by}, and late a minute after{where} {about}"
    if rest == ["True"]:
        return (
            f"There is still time in the last minute of the last day that {set_by}{where} {about}"
        )
    return f"There is no time left a minute after the last day that {set_by}{where} {about}"
