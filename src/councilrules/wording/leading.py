"""What an answer to a question would lead to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.findings import Status
from councilrules.wording.findings import excuse
from councilrules.wording.words import listed, person, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.findings import Finding

_MOST_ANSWERS = 6
_MOST_WANTS = 2
_OTHER_ANSWERS = "anything else"

_BEGINS = {
    Status.BREACHED: "a breach of",
    Status.MET: "met:",
    Status.EXCUSED: "excused:",
    Status.OPEN: "still time:",
    Status.UNDETERMINED: "not settled yet:",
    None: "no finding under",
}


@frozen(kw_only=True)
class Lead:
    """What a finding would come to.

    Attributes:
        finding: The finding as it stands.
        status: What it would be; `None` if nothing would be found.
        bearer: Who would answer for it.
        hangs: On what it would then hang, in words.
        gaps: What the text itself would leave open.
        is_alleged: Whether it would rest on what is only alleged.
        excused_by: The exception that would excuse.
    """

    finding: Finding
    status: Status | None
    bearer: str | None
    hangs: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    is_alleged: bool = False
    excused_by: str | None = None

    @property
    def begins(self) -> str:
        """Say what it would be, before the clause."""
        if self.status is Status.BREACHED and self.is_alleged:
            return "a breach if proved of"
        return _BEGINS[self.status]

    @property
    def who(self) -> str:
        """Say who would answer."""
        return "whoever it was" if self.bearer is None else person(self.bearer)

    @property
    def ends(self) -> str:
        """Say what else there is to it."""
        match self.status:
            case Status.BREACHED:
                return f" ({self.finding.force})"
            case Status.EXCUSED if self.excused_by is not None:
                return f" ({excuse(self.excused_by)})"
            case Status.UNDETERMINED:
                return self._needs()
            case _:
                return ""

    def _needs(self) -> str:
        """Say what else would be needed."""
        if self.gaps and not self.hangs:
            gaps = listed(dict.fromkeys(map(plain, self.gaps)))
            return f", where the text leaves open: {gaps}"
        more = len(self.hangs) - _MOST_WANTS
        told = [*self.hangs[:_MOST_WANTS], *([f"{more} more"] if more > 0 else [])]
        return f", which then hangs on {listed(told)}"


def answered(
    told: Iterable[str], leads: Iterable[Lead], *, unchanged: int = 0, several: bool = False
) -> str:
    """Say what one or several answers would lead to, the same said once.

    Args:
        told: The answers.
        leads: What changes by them.
        unchanged: How many findings stay what they are.
        several: Whether several events are spoken of.

    Examples:
        `If yes: a breach of 2.6 by Ann (must).`
    """
    answers = tuple(told)
    if len(answers) > _MOST_ANSWERS:
        answers = (*answers[: _MOST_ANSWERS - 1], _OTHER_ANSWERS)
    parts = list(_gathered(leads, several=several))
    if not parts:
        parts = ["nothing changes"]
    elif unchanged:
        parts.append("the rest stays as it is")
    return f"If {listed(answers, 'or')}: {'; '.join(parts)}."


def _gathered(leads: Iterable[Lead], *, several: bool) -> Iterable[str]:
    """Gather what differs in the clause only, and then what differs in the person only."""
    clauses: dict[tuple[str, str, str], dict[str, dict[str, None]]] = {}
    for one in leads:
        named = clauses.setdefault((one.begins, one.ends, one.who), {})
        named.setdefault(one.finding.clause, {})[one.finding.on] = None
    people: dict[tuple[str, str, str], list[str]] = {}
    for (begins, ends, who), named in clauses.items():
        told = [f"{clause} ({listed(on)})" if several else clause for clause, on in named.items()]
        people.setdefault((begins, ends, listed(told)), []).append(who)
    for (begins, ends, named_), who_all in people.items():
        by = "by" if begins.startswith("a breach") else "for"
        yield f"{begins} {named_} {by} {listed(who_all)}{ends}"
