"""Judgements recorded, and context that bears on an event without deciding it."""

from typing import Annotated

from councilrules.events._event import (
    UNKNOWN,
    Event,
    EventRef,
    Kind,
    Word,
    Words,
    YesNo,
    event,
)


@event
class JudgementRecorded(Event):
    """A named person answered a question that the text leaves to people.

    Attributes:
        on: The event, or the course of several, that the question is about; for a
            standing duty the kind of register entry.
        question: The question, by its name.
        answer: The answer.
        reasons: The reasons given for it.
        replaces: The earlier judgement that this one replaces.
    """

    says = (
        "{by} answered [{answer} to the question {question}|a question that the protocol leaves to"
        " people][ on {on}][, because {reasons}][, in place of {replaces}]"
    )
    does = "answer a question that the protocol leaves to people"
    context = True

    on: EventRef = UNKNOWN
    question: Annotated[Word, Kind.TEXT] = UNKNOWN
    answer: YesNo = UNKNOWN
    reasons: Words = UNKNOWN
    replaces: EventRef = UNKNOWN


@event
class ApologyMade(Event):
    """Someone apologised.

    Attributes:
        bears_on: The event that the apology was for.
    """

    says = "{by} apologised[ for {bears_on}]"
    does = "apologise"
    context = True

    bears_on: EventRef = UNKNOWN


@event
class AdviceTaken(Event):
    """Someone took advice before or after what they did, and what it was.

    Attributes:
        bears_on: The event that the advice was about.
        advice: What they were advised.
    """

    says = "{by} took advice[ on {bears_on}][: {advice}]"
    does = "take advice"
    context = True

    bears_on: EventRef = UNKNOWN
    advice: Words = UNKNOWN


@event
class ApprovalGiven(Event):
    """A body approved an act afterwards, which mitigates it and excuses nothing.

    Attributes:
        bears_on: The act that was approved.
    """

    says = "{by} approved afterwards of [{bears_on}|what had been done]"
    does = "approve afterwards of what was done"
    context = True

    bears_on: EventRef = UNKNOWN


@event
class FindingElsewhere(Event):
    """Another body came to a view on an event.

    Attributes:
        bears_on: The event.
        view: What it found.
    """

    says = "{by} came to a view elsewhere[ on {bears_on}][: {view}]"
    does = "come to a view elsewhere"
    context = True

    bears_on: EventRef = UNKNOWN
    view: Words = UNKNOWN


@event
class CircumstanceRecorded(Event):
    """Something out of the ordinary about an event was put on record.

    Attributes:
        bears_on: The event. On which event does this bear?
        circumstance: What it was.
    """

    says = "[{circumstance}|something out of the ordinary] was put on record[ by {by}][, on {bears_on}]"
    does = "put something out of the ordinary on record"
    context = True

    bears_on: EventRef = UNKNOWN
    circumstance: Words = UNKNOWN
