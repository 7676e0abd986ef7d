"""Rules, the clauses that they read, and rulebooks."""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from councilrules.errors import Place
from councilrules.rules.conditions import Judged, Related, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from councilrules.events.questions import Question
    from councilrules.periods import Allowance, Moment, Tenure, WorkingDays
    from councilrules.rules.conditions import Condition, Pattern


class Modality(Enum):
    """What a rule says of the acts that fit its pattern."""

    MUST_NOT = "must_not"
    MUST = "must"
    MUST_FIRST = "must_first"
    MAY = "may"
    STANDING = "standing"
    REFER = "refer"


@frozen(kw_only=True)
class Standing:
    """A state of affairs that has to hold on every day in force.

    Attributes:
        register_kind: The kind of register entry: `procedures` or `delegations`.
        entries: What has to be there, all of it: kinds of procedure, or what authority
            is delegated for.
        expecting: What such an entry has to be like: attribute, word, and the question
            of judgement that is asked where it is not known to be so.
    """

    register_kind: str
    entries: tuple[str, ...]
    expecting: tuple[tuple[str, str, str], ...] = ()


@frozen(kw_only=True)
class Denied:
    """The act that a refusal denies, made from the fields of the refusal (P12).

    Attributes:
        kind: The kind of event that did not happen.
        copied: Its fields, each with the field of the refusal to copy.
        fixed: Its fields with what they would have held, where the refusal is silent.
    """

    kind: str
    copied: tuple[tuple[str, str], ...]
    fixed: tuple[tuple[str, str], ...]


@frozen(kw_only=True)
class Rule:
    """One checkable reading of a clause.

    Attributes:
        id: Its name, unique in the clause.
        clause: The clause it reads.
        kind: prohibition, obligation, right, power or expectation.
        force: must, should, expect, may or states.
        hedge: The protocol's own qualifier.
        modality: What it says of acts that fit the pattern.
        bearer: The field of the trigger that names who answers; `None` for the council.
        roles: The roles that the bearer must have held; empty if whoever it is answers.
        trigger: What opens a case.
        further: What else is needed for the case: relations and judgements.
        required: What has to follow, or to have come first, in that order.
        standing: What has to hold, for a standing duty.
        denies: What a refusal denies.
        until: The field of the trigger that holds the deadline.
        within: The parameter that holds the time allowed.
        conduct_at: The field that holds the time at which office and force are tested.
        exceptions: Named exceptions.
        gaps: Named gaps in the text: never more than unknown.
        note: What this rule leaves unclear.
        place: Where it is written.
    """

    id: str
    clause: str
    kind: str
    force: str
    hedge: str | None = None
    modality: Modality
    bearer: str | None = None
    roles: tuple[str, ...] = ()
    trigger: Pattern
    further: tuple[Condition, ...] = ()
    required: tuple[Related, ...] = ()
    standing: Standing | None = None
    denies: Denied | None = None
    until: str | None = None
    within: str | None = None
    conduct_at: str | None = None
    exceptions: tuple[tuple[str, Condition], ...] = ()
    gaps: tuple[tuple[str, Condition], ...] = ()
    note: str | None = None
    place: Place = field(default=Place(""), eq=False)

    @property
    def name(self) -> str:
        """Give clause and rule as scenarios write them, such as `2.6/inspected`."""
        return f"{self.clause}/{self.id}"

    @property
    def is_duty(self) -> bool:
        """Tell whether something has to follow, so that a case can stay open."""
        return self.modality is Modality.MUST

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Give every condition written in the rule, from the outside in."""
        named = (condition for _, condition in self.exceptions + self.gaps)
        outer = (self.trigger.condition, *self.further, *self.required, *named)
        return tuple(inner for one in outer for inner in parts_of(one))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Give every kind of event that the rule mentions in any part."""
        related = (one.pattern for one in self.conditions if isinstance(one, Related))
        mentioned = {kind for pattern in related for kind in pattern.kinds}
        denied = () if self.denies is None else (self.denies.kind,)
        return frozenset({*self.trigger.kinds, *mentioned, *denied})

    @cached_property
    def questions(self) -> frozenset[str]:
        """Give every question of judgement that the rule asks."""
        judged = (one for one in self.conditions if isinstance(one, Judged))
        return frozenset(one.question for one in judged)


@frozen(kw_only=True)
class Clause:
    """A numbered unit of a protocol.

    Attributes:
        id: How the clause is cited.
        means: Our restatement, one sentence.
        kinds: What kinds of norm it holds, in order; `statement` binds nobody.
        forces: The force of each of its kinds, in step.
        hedge: The protocol's own qualifier.
        fingerprint: The pieces of the published text, each as `HASH-WORDS`.
        subject_to: The clauses it yields to.
        rules: Its rules, in order.
        note: What the text leaves unclear.
        other_law: Law or an instrument that may prevail (P16); shown, never decides.
        repeats: The clauses that this one says again, as the text does.
        tensions: The clauses that the text sets against this one, each with what is to be
            said of it; shown, never decides.
        place: Where it is written.
    """

    id: str
    means: str
    kinds: tuple[str, ...]
    forces: tuple[str, ...]
    hedge: str | None = None
    fingerprint: tuple[str, ...]
    subject_to: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    note: str | None = None
    other_law: str | None = None
    repeats: tuple[str, ...] = ()
    tensions: tuple[tuple[str, str], ...] = ()
    place: Place = field(default=Place(""), eq=False)

    @property
    def is_statement(self) -> bool:
        """Tell whether the clause binds nobody."""
        return set(self.kinds) == {"statement"}


@frozen(kw_only=True)
class Role:
    """A word of the protocol for those it binds.

    Attributes:
        name: The word.
        offices: The offices of the register that it covers.
        of: The body, or kind of body, that such an office must be of.
        bodies: The kinds of body that it covers.
        engaged: How a person must be engaged, if the word says so.
    """

    name: str
    offices: tuple[str, ...] = ()
    of: str | None = None
    bodies: tuple[str, ...] = ()
    engaged: tuple[str, ...] = ()


@frozen(kw_only=True)
class Parameter:
    """A value that the protocol leaves to be set.

    Attributes:
        name: Its name.
        means: What it sets.
        is_timely: Whether the text asks for timeliness, or is silent on time (P7).
        values: What it is set to and when; empty as shipped.
    """

    name: str
    means: str
    is_timely: bool
    values: tuple[ParameterValue, ...] = ()


@frozen(kw_only=True)
class ParameterValue:
    """What a parameter is set to for some time.

    Attributes:
        allowance: The time allowed.
        tenure: From when and until when it is so.
        source: Where the value comes from.
    """

    allowance: Allowance
    tenure: Tenure
    source: str | None = None


@frozen(kw_only=True)
class Rulebook:
    """All clauses and rules of one version of a protocol.

    Attributes:
        id: Its short name.
        council: The council.
        title: The title of the protocol.
        version: The version.
        zone: The time zone of dates, and of times without a zone.
        calendar: The working-day calendar.
        adopted: When it was adopted, if the text says so.
        not_before: The earliest it can have been in force, where it bears no date.
        review_due: The last day by which it was to be reviewed.
        roles: Its words for those it binds.
        parameters: What it leaves to be set.
        questions: Questions of judgement, its own added to those of the vocabulary.
        definitions: Words that it defines, restated.
        source: Where the published text is to be found.
        clauses: Its clauses in order.
        folder: The folder it was read from, for messages.
    """

    id: str
    council: str
    title: str
    version: str
    zone: str = "Europe/London"
    calendar: WorkingDays
    adopted: Moment | None = None
    not_before: Moment | None = None
    review_due: Moment | None = None
    roles: Mapping[str, Role]
    parameters: Mapping[str, Parameter]
    questions: Mapping[str, Question]
    definitions: Mapping[str, str]
    source: str | None = None
    clauses: tuple[Clause, ...]
    folder: str = field(default="", eq=False)

    def __getitem__(self, clause: str) -> Clause:
        """Give a clause by its id; `KeyError` if there is none of that id."""
        return self.by_id[clause]

    @cached_property
    def by_id(self) -> Mapping[str, Clause]:
        """Give the clauses by their ids."""
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Give every rule, in the order of the clauses."""
        return tuple(rule for clause in self.clauses for rule in clause.rules)

    def rule(self, clause: str, rule: str) -> Rule:
        """Give a rule by clause and id; `KeyError` if there is none of that id."""
        return next((one for one in self.by_id[clause].rules if one.id == rule), None) or _no_rule(
            clause, rule
        )


def _no_rule(clause: str, rule: str) -> Rule:
    msg = f"{clause}/{rule}"
    raise KeyError(msg)
