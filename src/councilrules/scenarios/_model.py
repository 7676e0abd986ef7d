"""A scenario as data: a register and a history, with what is expected of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from councilrules.errors import Place

if TYPE_CHECKING:
    from councilrules.findings import Finding
    from councilrules.history import History
    from councilrules.periods import Tenure
    from councilrules.register import Register
    from councilrules.rules import Rulebook


@frozen(kw_only=True)
class Expected:
    """One finding, note or permission that a scenario expects.

    Attributes:
        bearer: Who answers; `None` if that is not known.
        status: One of the statuses, or `outside` or `permitted`.
        on: The event; `None` if any will do.
        by: The exception that excuses.
        wants: What is wanted, exactly; `None` if that is not said.
        late: By how many working days it is late.
        proof: How well it is proved.
        place: Where it is written.
    """

    bearer: str | None
    status: str
    on: str | None = None
    by: str | None = None
    wants: tuple[str, ...] | None = None
    late: int | None = None
    proof: str | None = None
    place: Place = field(default=Place(""), eq=False)

    @classmethod
    def of(cls, finding: Finding) -> Expected:
        """Give all of a finding that a scenario can expect."""
        return cls(
            bearer=finding.bearer,
            status=finding.status.value,
            on=finding.on,
            by=finding.excused_by,
            wants=tuple(str(want) for want in finding.wants) or None,
            late=finding.late_by,
            proof=finding.proof.name.lower(),
        )


@frozen(kw_only=True)
class Expectation:
    """All findings that a scenario states of one clause, or of one rule of it."""

    rulebook: str
    clause: str
    rule: str | None
    findings: tuple[Expected, ...]
    place: Place = field(default=Place(""), eq=False)


@frozen(kw_only=True)
class Assessed:
    """A rulebook to assess a scenario with.

    Attributes:
        rulebook: The rulebook, with the scenario's parameters in it.
        in_force: When it was in force, if the scenario says so.
    """

    rulebook: Rulebook
    in_force: Tenure | None = None


@frozen(kw_only=True)
class Scenario:
    """A register and a history, what to assess them with, and what is expected.

    Attributes:
        name: Its title.
        rulebooks: What to assess it with, and what it says of each; a rulebook that it
            does not name is taken as it is.
        register: What lasts.
        history: The events and the clock.
        examine: Clauses, as `RULEBOOK/CLAUSE`, whose standing duties are examined even
            where the register is silent.
        expected: What is expected.
        place: Where it is written.
    """

    name: str = ""
    rulebooks: tuple[Assessed, ...] = ()
    register: Register
    history: History
    examine: frozenset[str] = frozenset()
    expected: tuple[Expectation, ...] = ()
    place: Place = field(default=Place(""), eq=False)

    def asked(self, rulebook: str) -> frozenset[str]:
        """Give the clauses of a rulebook whose standing duties are to be examined."""
        prefix = f"{rulebook}/"
        return frozenset(one.removeprefix(prefix) for one in self.examine if one.startswith(prefix))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, FBT001 - as Hypothesis and notebooks call it
        # As Python shows it, it is mostly the rulebook.
        from councilrules.scenarios._showing import shown  # noqa: PLC0415 - which reads scenarios

        printer.text("..." if cycle else shown(self))
