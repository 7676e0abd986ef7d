"""Other instruments: codes, handbooks and duties in law."""

from typing import Annotated

from councilrules.events._event import (
    UNKNOWN,
    Event,
    EventRef,
    Matter,
    Person,
    Time,
    Word,
    YesNo,
    choices,
    event,
)

Instrument = Annotated[
    Word,
    choices("members-code", "staff-handbook", "code-of-another-body", "other"),
]


@event
class CodeFindingMade(Event):
    """A body decided whether somebody broke a code or handbook.

    Attributes:
        about: Whom the decision is about. About whom did {by} decide?
        instrument: The instrument: this council's code for members, its handbook for
            staff, or something else. About which code or handbook did {by} decide?
        outcome: What was decided. What did {by} decide about {about}?
        competent: Whether the body was the one competent to decide it. Was {by} the
            body competent to decide this?
        conduct_at: When the conduct happened. When did the conduct happen about which
            {by} decided?
    """

    says = "{by} decided [that {about} {outcome}|whether {about} had broken] [{instrument}|a code or handbook][, by conduct dated {conduct_at}]"
    does = "decide whether {about} has broken a code or handbook"
    receiver = "about"

    about: Person = UNKNOWN
    instrument: Instrument = UNKNOWN
    outcome: Annotated[Word, choices("broken", "not-broken")] = UNKNOWN
    competent: YesNo = UNKNOWN
    conduct_at: Time = UNKNOWN


@event
class CodeFindingSetAside(Event):
    """A decision about a code or handbook was set aside.

    Attributes:
        finding: The decision that was set aside. Which decision did {by} set aside?
    """

    says = "{by} set aside a decision about a code or handbook[, that of {finding}]"
    does = "set aside the decision about the code or handbook"

    finding: EventRef = UNKNOWN


@event
class CodeBreachAlleged(Event):
    """Someone said that a person had broken a code or handbook.

    Attributes:
        about: Whom it is about. Who is said to have broken it?
        instrument: The instrument. Which code or handbook is {about} said to have
            broken?
        conduct_at: When the conduct is said to have happened. When is the conduct of
            {about} said to have happened?
    """

    says = "{by} said that {about} had broken [{instrument}|a code or handbook][, by conduct dated {conduct_at}]"
    does = "say that {about} has broken a code or handbook"
    receiver = "about"

    about: Person = UNKNOWN
    instrument: Instrument = UNKNOWN
    conduct_at: Time = UNKNOWN


@event
class StatutoryDutyHindered(Event):
    """Someone kept an officer from discharging a responsibility that the law lays on them.

    Attributes:
        to: The officer. Whom did {by} keep from their duty?
        duty: The responsibility. From which duty did {by} keep {to}?
        lawfully_required: Whether the officer could lawfully require what was declined.
            Could {to} lawfully require what {by} declined?
    """

    says = "{by} kept {to} from doing what the law makes their duty[, namely {duty}]"
    does = "keep {to} from doing what the law makes their duty"
    receiver = "to"

    to: Person = UNKNOWN
    duty: Matter = UNKNOWN
    lawfully_required: YesNo = UNKNOWN
