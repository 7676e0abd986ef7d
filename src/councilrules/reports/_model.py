"""What a report says, as data: plain texts, ready to be shown in any format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import frozen

if TYPE_CHECKING:
    from councilrules.reports._lanes import Timeline

Kind = Literal["breach", "if-proved", "judgement", "question", "open", "settled"]
"""What a finding comes to, the gravest first; `settled` is met or excused."""


@frozen(kw_only=True)
class Reference:
    """Something that stands elsewhere in the report.

    Attributes:
        text: What it is called, such as `e1`, `F3` or `question 2`.
        anchor: Where it stands; empty if the report does not show it.
    """

    text: str
    anchor: str


@frozen(kw_only=True)
class Reason:
    """A line of a tree of reasons.

    Attributes:
        truth: `yes`, `no`, `not known`, or empty for a line that only gathers others.
        text: What is said.
        source: Where that stands, and with what value; empty if nowhere.
        parts: The lines below it.
    """

    truth: str
    text: str
    source: str
    parts: tuple[Reason, ...]


@frozen(kw_only=True)
class Considered:
    """An exception that was looked at, or a gap in the text.

    Attributes:
        name: What it is called.
        rule: The rule that has it, where a finding is of several; else empty.
        outcome: Whether it applies, in words.
        reasons: Why that is so: only what decides it, or leaves it open.
    """

    name: str
    rule: str
    outcome: str
    reasons: tuple[Reason, ...]


@frozen(kw_only=True)
class ClauseTold:
    """A clause.

    Attributes:
        id: How it is cited.
        means: What the rulebook takes it to mean.
        published: Its published text, if that was given; else empty.
        differs: How that text differs from the one that the rulebook was written for, or
            that it is missing there; empty if it does not, or was not given.
        remarks: How it was read, and what other law or clauses bear on it.
    """

    id: str
    means: str
    published: str
    differs: str
    remarks: tuple[str, ...]


@frozen(kw_only=True)
class FindingTold:
    """One finding, or several that rest on the same.

    Attributes:
        id: What it is called in the report, such as `F3`.
        anchor: Where it stands.
        kind: What it comes to, in one word.
        status: What it comes to, in words that accuse nobody further.
        rules: The names of the rules that it is of.
        force: With what force the protocol speaks, and its own qualifier.
        clause: The clause.
        bearer: Who answers.
        evidence: What it rests on, a sentence each.
        outcome: What was due or is not on record, what excuses, and what bears on it.
        considered: The exceptions that were looked at, and the gaps in the text.
        least: The smallest changes of the facts that would turn it, a sentence each.
        hangs_on: What would settle it, a sentence each.
        questions: The questions that those sentences mean.
        on: The events that it is about.
        events: All events that it rests on, those among them.
    """

    id: str
    anchor: str
    kind: Kind
    status: str
    rules: tuple[str, ...]
    force: str
    clause: ClauseTold
    bearer: str
    evidence: tuple[str, ...]
    outcome: tuple[str, ...]
    considered: tuple[Considered, ...]
    least: tuple[str, ...]
    hangs_on: tuple[str, ...]
    questions: tuple[Reference, ...]
    on: tuple[Reference, ...]
    events: tuple[Reference, ...]


@frozen(kw_only=True)
class PersonTold:
    """What was found about one person.

    Attributes:
        name: The person.
        anchor: Where it stands.
        counts: What was found, counted, such as `breach if proved: 2`.
        findings: The findings, the gravest first and then in the order of the clauses.
        in_short: What was met or excused, in a line each, where that is not told in full.
    """

    name: str
    anchor: str
    counts: tuple[str, ...]
    findings: tuple[FindingTold, ...]
    in_short: tuple[str, ...]


@frozen(kw_only=True)
class EventTold:
    """One event of the record.

    Attributes:
        id: Its id.
        anchor: Where it stands.
        time: When it happened.
        text: What happened.
        proof: How well it is proved.
        is_usual: Whether that is so of most events, or says nothing, as of a judgement.
        source: Where that is recorded; empty if that is not said.
    """

    id: str
    anchor: str
    time: str
    text: str
    proof: str
    is_usual: bool
    source: str


@frozen(kw_only=True)
class Recorded:
    """What is recorded.

    Attributes:
        usual: How well most of it is proved.
        events: The events, in order of time.
        besides: How many events are on record besides.
    """

    usual: str
    events: tuple[EventTold, ...]
    besides: int


@frozen(kw_only=True)
class QuestionTold:
    """Something to find out.

    Attributes:
        id: What it is called in the report, such as `question 2`.
        anchor: Where it stands.
        asks: The question.
        belongs: Where in the scenario the answer belongs.
        findings: The findings that hang on it, as far as they are shown.
        settles: How many findings hang on it.
        leads_to: What each answer would lead to, a sentence each.
    """

    id: str
    anchor: str
    asks: str
    belongs: str
    findings: tuple[Reference, ...]
    settles: int
    leads_to: tuple[str, ...]


@frozen(kw_only=True)
class Turn:
    """The questions that are to be asked together; each has room to be answered.

    Attributes:
        title: Of what kind they are, and who is to answer.
        questions: The questions, what settles most first.
    """

    title: str
    questions: tuple[QuestionTold, ...]


@frozen(kw_only=True)
class Noted:
    """What no clause decides: outside the protocol, not covered by it, or permitted."""

    title: str
    items: tuple[str, ...]


@frozen(kw_only=True)
class BookTold:
    """What one rulebook says of a scenario.

    Attributes:
        title: The council, the protocol and its version.
        anchor: Where it stands.
        as_of: At what time things are read, as a sentence.
        nothing: That there is nothing to report, if so; else empty.
        people: The people, by what weighs most against them.
        turns: The questions, in the order in which to ask them.
        notes: What no clause decides.
        found_by: What found it, and whether a second engine agrees.
    """

    title: str
    anchor: str
    as_of: str
    nothing: str
    people: tuple[PersonTold, ...]
    turns: tuple[Turn, ...]
    notes: tuple[Noted, ...]
    found_by: str


@frozen(kw_only=True)
class ScenarioTold:
    """One scenario: what is recorded, and what each rulebook says of it.

    Attributes:
        title: Its title.
        anchor: Where it stands.
        recorded: What is recorded.
        timeline: The same as a picture.
        books: What each rulebook says of it.
    """

    title: str
    anchor: str
    recorded: Recorded
    timeline: Timeline
    books: tuple[BookTold, ...]


@frozen(kw_only=True)
class Origins:
    """What the report was made from and with, so that it can be made again.

    Attributes:
        version: The version of councilrules.
        engines: The engines that found the findings, with their versions.
        clocks: Each scenario with the instant at which it was read.
        rulebooks: Each rulebook with its version, and the digest of what it says.
        inputs: Each input with the digest of what it holds.
        command: The command that makes the report again; empty if none does.
        about: What the digests are digests of, a sentence each.
    """

    version: str
    engines: tuple[str, ...]
    clocks: tuple[tuple[str, str], ...]
    rulebooks: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, str], ...]
    command: str
    about: tuple[str, ...]


@frozen(kw_only=True)
class Report:
    """A report on scenarios.

    Attributes:
        title: Its title.
        caution: What it is not, a sentence each.
        scenarios: What is said of each scenario.
        origins: What it was made from and with.
    """

    title: str
    caution: tuple[str, ...]
    scenarios: tuple[ScenarioTold, ...]
    origins: Origins
