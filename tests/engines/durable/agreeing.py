"""What durable-rules finds in a drawn case, in one go or bit by bit."""

from __future__ import annotations

from tests.strategies import Drawn

from councilrules.engines import durable
from councilrules.engines._docket import Docket
from councilrules.engines._plans import plans
from councilrules.engines._terms import Terms
from councilrules.findings import Finding


def terms(drawn: Drawn) -> Terms:
    """Give what a drawn case is read under, every standing duty being examined."""
    return Terms(
        in_force=drawn.in_force,
        asked=frozenset(clause.id for clause in drawn.rulebook.clauses),
        open_kinds=drawn.history.open_kinds,
    )


def found(drawn: Drawn, process: durable.Process) -> tuple[Finding, ...]:
    """Give what is found in all events at once."""
    return durable.findings(drawn.rulebook, drawn.register, drawn.history, terms(drawn), process)


def docket(drawn: Drawn, process: durable.Process) -> Docket:
    """Start a docket on a drawn case, with no event yet and at its clock."""
    process.reset()
    return Docket(
        plans(drawn.rulebook),
        drawn.register,
        terms(drawn),
        drawn.history.as_of,
        lambda docket: _with(docket, process),
    )


def _with(docket: Docket, process: durable.Process) -> durable.DurableMatcher:
    """Make a matcher that leaves the process to the tests."""
    matcher = durable.DurableMatcher(docket, process)
    matcher.release.detach()
    return matcher
