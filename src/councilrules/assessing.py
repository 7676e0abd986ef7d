"""What the library does: assess a scenario, explain a finding, say what one may do."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from councilrules import engines, reference
from councilrules._version import __version__
from councilrules.agreeing import require_agreement
from councilrules.cases import Case
from councilrules.events import Proof
from councilrules.findings import GRAVITY, Finding, Permission, ScopeNote, Status, Want
from councilrules.history import History
from councilrules.rules import Modality
from councilrules.scenarios import Assessed, Scenario
from councilrules.wording import question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from councilrules.events import Event
    from councilrules.register import Register
    from councilrules.rules import Rulebook


@frozen(kw_only=True)
class Question:
    """Something to find out, with the findings that hang on it.

    Attributes:
        want: What is missing.
        asks: The question in English.
        findings: The keys of the findings that the answer could settle.
    """

    want: Want
    asks: str
    findings: tuple[tuple[str, str, str, str, str], ...]


@frozen(kw_only=True)
class Assessment:
    """What a rulebook says of a scenario.

    Attributes:
        rulebook: The rulebook, with the scenario's parameters.
        scenario: The scenario.
        as_of: The clock at which it was read.
        findings: The findings, in the order of the clauses and then of time.
        scope: Why some of what was put forward is no matter for a clause.
        permissions: The acts that a clause permits.
        not_covered: The ids of events of a kind that no rule mentions.
        questions: What to find out, that which settles most first within its turn.
        engines: The engines that agree on this, with their versions.
        is_unchecked: Whether a second engine was to check it and is not installed.
        incidents: What went wrong in an engine and was mended, in words.
    """

    rulebook: Rulebook
    scenario: Scenario
    as_of: datetime
    findings: tuple[Finding, ...]
    scope: tuple[ScopeNote, ...]
    permissions: tuple[Permission, ...]
    not_covered: tuple[str, ...]
    questions: tuple[Question, ...]
    engines: tuple[str, ...]
    is_unchecked: bool = False
    incidents: tuple[str, ...] = ()

    @property
    def breached(self) -> tuple[Finding, ...]:
        """Give the findings of a breach, those only alleged among them."""
        return tuple(one for one in self.findings if one.status is Status.BREACHED)


Engine = Literal["both", "reference", "live", "durable"]
"""What `assess` can be asked to find the findings with."""


def assess(rulebook: Rulebook, scenario: Scenario, *, engine: Engine = "both") -> Assessment:
    """Say which clauses a scenario's events breach, and which hang on what.

    What the scenario says of this rulebook (its parameters, since when it is in force)
    counts, if it names it.

    Args:
        rulebook: The clauses and rules.
        scenario: The facts.
        engine: `both`: the reference and, where it is installed, durable-rules, side by
            side; or one of `reference`, `live` and `durable` alone.

    Raises:
        DisagreementError: When the two engines find different things.
        EngineError: When an engine fails, such as durable-rules dying again and again, or
            one is asked for that is not installed.
    """
    named = _named(rulebook, scenario)
    book = named.rulebook
    found = reference.found(
        book,
        scenario.register,
        scenario.history,
        in_force=named.in_force,
        asked=scenario.asked(book.id),
    )
    findings, used = _findings(engine, named, scenario, found.findings)
    return Assessment(
        rulebook=book,
        scenario=scenario,
        as_of=scenario.history.as_of,
        findings=findings,
        scope=found.scope,
        permissions=found.permissions,
        not_covered=found.not_covered,
        questions=questions(findings, book, scenario),
        engines=used,
        incidents=() if len(used) == 1 and engine != "durable" else engines.incidents("durable"),
        is_unchecked=engine == "both" and len(used) == 1,
    )


@cache
def _called(engine: str) -> str:
    """Give how an engine is called in what people read, with its version."""
    if engine == "durable":
        return f"durable-rules {version('durable-rules')}"
    return f"{engine} {__version__}"


def _findings(
    engine: Engine, named: Assessed, scenario: Scenario, ours: tuple[Finding, ...]
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Give the findings, and the names of the engines that they are from."""
    reference_name = _called("reference")
    is_second = engine == "both" and engines.is_installed("durable")
    if engine == "reference" or (engine == "both" and not is_second):
        return ours, (reference_name,)
    other = "durable" if is_second else engine
    if not engines.is_installed(other):
        msg = "durable-rules is not installed; it can be on CPython up to 3.12"
        raise engines.EngineError(msg)
    theirs = engines.findings(
        other,
        named.rulebook,
        scenario.register,
        scenario.history,
        in_force=named.in_force,
        asked=scenario.asked(named.rulebook.id),
    )
    name = _called(other)
    if not is_second:
        return theirs, (name,)
    require_agreement(scenario, ours, theirs, name)
    return ours, (reference_name, name)


def _named(rulebook: Rulebook, scenario: Scenario) -> Assessed:
    named = (one for one in scenario.rulebooks if one.rulebook.id == rulebook.id)
    return next(named, Assessed(rulebook=rulebook))


def questions(
    findings: Iterable[Finding], rulebook: Rulebook, scenario: Scenario
) -> tuple[Question, ...]:
    """Give what to find out, in the order in which to ask (P18).

    Jurisdiction comes first, then capacity, facts and judgement; within these, what
    could settle most findings. A gap in the text is nobody's to answer, so it is none.
    """
    hanging: dict[Want, list[Finding]] = {}
    for finding in findings:
        for want in (*finding.wants, *_assumed(finding)):
            if want.cause != "text":
                hanging.setdefault(want, []).append(finding)
    ranked = sorted(hanging, key=lambda want: (want.turn, -len(hanging[want]), str(want)))
    return tuple(
        Question(
            want=want,
            asks=question(want, rulebook, scenario.register, scenario.history),
            findings=tuple(finding.key for finding in hanging[want]),
        )
        for want in ranked
    )


def _assumed(finding: Finding) -> tuple[Want, ...]:
    return (Want("register", "", "in-force"),) if "in-force" in finding.assumes else ()


def explain(finding: Finding, rulebook: Rulebook, scenario: Scenario) -> Case:
    """Give the case of a finding, with the tree of truths that its status comes from.

    Raises:
        KeyError: When the scenario makes no such case.
    """
    named = _named(rulebook, scenario)
    cases = reference.Cases(named.rulebook, scenario.register, scenario.history, named.in_force)
    rule = named.rulebook.rule(finding.clause, finding.rule)
    if rule.modality is Modality.STANDING:
        return cases.standing.case(rule, finding)
    for case in cases.of(rule, cases.openers(rule)):
        if (case.view.event.id, case.view.bearer) == (finding.on, finding.bearer):
            return case
    raise KeyError(finding.key)


Answer = Literal["permitted", "forbidden", "depends"]


@frozen(kw_only=True)
class May:
    """Whether an act would be in order.

    Attributes:
        answer: `permitted`, `forbidden`, or `depends` on what is not known.
        forbidden_by: The clauses that it would breach.
        depends_on: What would have to be known, in the order in which to ask.
        questions: The same as questions in English.
        permitted_by: The clauses that say outright that it is permitted.
        findings: What would be found.
    """

    answer: Answer
    forbidden_by: tuple[str, ...]
    depends_on: tuple[Want, ...]
    questions: tuple[str, ...]
    permitted_by: tuple[str, ...]
    findings: tuple[Finding, ...]


def may(
    rulebook: Rulebook,
    register: Register,
    event: Event,
    history: Iterable[Event] = (),
) -> May:
    """Say, before an act, whether it would be in order.

    The act is taken as done and established at its time; duties that it would open are
    not looked at, nor are standing duties (MEANING.md P18).

    Args:
        rulebook: The clauses and rules.
        register: What lasts.
        event: The act.
        history: What happened before.
    """
    # What `assess` has no need of takes a tenth of its time to load.
    from councilrules.engines._permitting import permits  # noqa: PLC0415

    act = event
    if event.proofs or event.proof is not Proof.ESTABLISHED:
        act = event.established()
    past = tuple(one for one in history if one.id != act.id)
    tried, permissions = permits(rulebook, register, act).tried(act, past)
    findings = tuple(one for one in tried if one.status in {Status.BREACHED, Status.UNDETERMINED})
    forbidden = dict.fromkeys(one.clause for one in findings if one.status is Status.BREACHED)
    wants = dict.fromkeys(want for one in findings for want in one.wants)
    answer: Answer = "forbidden" if forbidden else "depends" if findings else "permitted"
    ordered = tuple(sorted(wants, key=lambda want: want.turn))
    read = History(events=(*past, act), as_of=act.at.last)
    return May(
        answer=answer,
        forbidden_by=tuple(forbidden),
        depends_on=ordered,
        questions=tuple(question(want, rulebook, register, read) for want in ordered),
        permitted_by=tuple(dict.fromkeys(one.clause for one in permissions)),
        findings=findings,
    )


def summary(findings: Iterable[Finding]) -> Mapping[tuple[str, str | None, str], Status]:
    """Give the gravest status per clause, bearer and act (P13).

    Events that are one act count once.
    """
    found: dict[tuple[str, str | None, str], Status] = {}
    for finding in findings:
        key = (finding.clause, finding.bearer, finding.act or finding.on)
        statuses = [finding.status, *([found[key]] if key in found else [])]
        found[key] = min(statuses, key=GRAVITY.index)
    return found
