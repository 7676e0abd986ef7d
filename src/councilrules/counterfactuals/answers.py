"""What each answer to a question would lead to, and how much a question could settle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.counterfactuals.asked import Asked
from councilrules.counterfactuals.facts import naming
from councilrules.counterfactuals.possible import answers
from councilrules.findings import Status
from councilrules.truth import Truth
from councilrules.wording import leading
from councilrules.wording.questions import hangs

if TYPE_CHECKING:
    from councilrules.assessing import Assessment, Question
    from councilrules.counterfactuals._trying import Tried
    from councilrules.counterfactuals.facts import Fact
    from councilrules.counterfactuals.possible import Answer
    from councilrules.findings import Finding, Want
    from councilrules.scenarios import Scenario


@frozen(kw_only=True)
class Outcome:
    """What a finding would come to after an answer.

    Attributes:
        finding: The finding as it stands.
        status: What it would be; `None` if nothing would be found any more.
        bearer: Who would answer, where that is what was asked.
        wants: What would still have to be known.
        is_alleged: Whether it would rest on what is only alleged.
        excused_by: The exception that would excuse.
    """

    finding: Finding
    status: Status | None
    bearer: str | None
    wants: tuple[Want, ...] = ()
    is_alleged: bool = False
    excused_by: str | None = None

    @property
    def is_as_it_was(self) -> bool:
        """Tell whether the finding would stay what it is."""
        finding = self.finding
        return (self.status, self.wants) == (finding.status, finding.wants)

    @property
    def settles(self) -> bool:
        """Tell whether the answer settles what is not settled yet."""
        was = self.finding.status is Status.UNDETERMINED
        return was and self.status is not Status.UNDETERMINED


@frozen(kw_only=True)
class Consequence:
    """What one answer to a question, or several that come to the same, would lead to.

    Attributes:
        answers: The answers in words.
        outcomes: What each finding would come to that hangs on the question.
        says: It in a sentence, or a few.
    """

    answers: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    facts: tuple[Fact, ...]
    says: str

    @property
    def settles(self) -> int:
        """Give how many findings it would settle."""
        return sum(one.settles for one in self.outcomes)

    def apply(self, scenario: Scenario) -> Scenario:
        """Give the scenario as it would be after the first of the answers."""
        for fact in self.facts:
            scenario = fact.apply(scenario)
        return scenario


def consequences(question: Question, assessment: Assessment) -> tuple[Consequence, ...]:
    """Give what each answer to a question would lead to.

    Every answer is tried on each finding that hangs on the question, by settling its case
    again. Answers that come to the same are given together.

    Args:
        question: One of the questions of the assessment.
        assessment: The assessment.

    Returns:
        One for each outcome; none where the possible answers cannot be listed.
    """
    asked = _asked(question, assessment)
    found: dict[tuple[object, ...], list[tuple[Answer, tuple[Outcome, ...]]]] = {}
    for answer in answers(asked):
        outcomes = tuple(_outcome(finding, answer, asked) for finding in asked.findings)
        alike = tuple((one.status, one.wants, one.excused_by) for one in outcomes)
        # Who it was is told person by person.
        found.setdefault((answer.bearer, *alike), []).append((answer, outcomes))
    return tuple(_consequence(alike, asked) for alike in found.values())


def ranked_questions(assessment: Assessment) -> tuple[Question, ...]:
    """Give the questions in the order in which to ask, by what they could settle.

    Jurisdiction comes first, then capacity, facts and judgement, as in the assessment
    itself; within these, what could settle most findings by itself.

    Args:
        assessment: The assessment.
    """
    best = {one.want: settling(one, assessment) for one in assessment.questions}
    return tuple(sorted(assessment.questions, key=lambda one: (one.want.turn, -best[one.want])))


def settling(question: Question, assessment: Assessment) -> int:
    """Give how many findings the best answer to a question would settle by itself."""
    return max((one.settles for one in consequences(question, assessment)), default=0)


def _asked(question: Question, assessment: Assessment) -> Asked:
    keys = set(question.findings)
    return Asked(
        want=question.want,
        findings=tuple(one for one in assessment.findings if one.key in keys),
        rulebook=assessment.rulebook,
        scenario=naming(assessment.scenario, assessment.rulebook),
    )


def _outcome(finding: Finding, answer: Answer, asked: Asked) -> Outcome:
    trying = asked.trying(finding)
    scenario = asked.focused(finding)
    for fact in answer.facts:
        scenario = fact.apply(scenario)
    bearer = answer.bearer if finding.bearer is None else finding.bearer
    tried = trying.on(scenario, bearer)
    return Outcome(
        finding=finding,
        status=tried.status,
        bearer=bearer,
        wants=_wants(tried) if tried.status is Status.UNDETERMINED else (),
        is_alleged=tried.is_alleged,
        excused_by=tried.excused_by,
    )


def _wants(tried: Tried) -> tuple[Want, ...]:
    """Give what would still have to be known, in the order in which to ask."""
    case = tried.case
    if case is None:
        return ()
    parts = (case.trigger, case.excused, case.done)
    wants = [want for part in parts if part.truth is Truth.UNKNOWN for want in part.wants]
    if case.deadline is not None and case.left is Truth.UNKNOWN:
        wants += case.deadline.wants
    return tuple(sorted(dict.fromkeys(wants), key=lambda want: want.turn))


def _consequence(alike: list[tuple[Answer, tuple[Outcome, ...]]], asked: Asked) -> Consequence:
    first, outcomes = alike[0]
    told = tuple(answer.says for answer, _ in alike)
    several = len({one.finding.on for one in outcomes}) > 1
    changed = [one for one in outcomes if not one.is_as_it_was]
    parts = [_lead(one, asked) for one in changed]
    says = leading.answered(told, parts, unchanged=len(outcomes) - len(changed), several=several)
    return Consequence(answers=told, outcomes=outcomes, facts=first.facts, says=says)


def _lead(one: Outcome, asked: Asked) -> leading.Lead:
    book, register, history = asked.rulebook, asked.scenario.register, asked.scenario.history
    wants = [want for want in one.wants if want.cause != "text"]
    return leading.Lead(
        finding=one.finding,
        status=one.status,
        bearer=one.bearer,
        hangs=tuple(hangs(want, book, register, history) for want in wants),
        gaps=tuple(want.name for want in one.wants if want.cause == "text"),
        is_alleged=one.is_alleged,
        excused_by=one.excused_by,
    )
