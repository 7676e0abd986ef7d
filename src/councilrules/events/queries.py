"""Queries and answers; promises made, kept and withdrawn."""

from typing import Annotated

from councilrules.events._event import (
    UNKNOWN,
    Event,
    EventRef,
    Matter,
    Person,
    Time,
    Word,
    choices,
    event,
)


@event
class QueryMade(Event):
    """Someone put an enquiry or a complaint to another person and awaits an answer.

    Attributes:
        to: Who is to answer. To whom did {by} put it?
        topic: What it is about. What did {by} ask about?
        nature: Whether it is an enquiry or a complaint. Was it an enquiry or a
            complaint?
    """

    says = "{by} put [{nature}|an enquiry or a complaint] to {to}[ about {topic}]"
    does = "put an enquiry or a complaint to {to}"
    receiver = "to"

    to: Person = UNKNOWN
    topic: Matter = UNKNOWN
    nature: Annotated[Word, choices("enquiry", "complaint")] = UNKNOWN


@event
class ResponseGiven(Event):
    """Someone answered a query.

    Attributes:
        to: Who was answered. Whom did {by} answer?
        query: The query. Which query did {by} answer?
    """

    says = "{by} answered {to}[ on {query}]"
    does = "answer {to}"
    receiver = "to"

    to: Person = UNKNOWN
    query: EventRef = UNKNOWN


@event
class PromiseMade(Event):
    """Someone said that they would get back to another person.

    Attributes:
        to: Who was promised. To whom did {by} promise to get back?
        topic: What it is about. On what did {by} promise to get back to {to}?
        due: By when; `none` if no time was given. By when did {by} promise to get back
            to {to}, if they gave a time?
    """

    says = "{by} promised to get back to {to}[ about {topic}][, by {due}]"
    does = "promise to get back to {to}"
    receiver = "to"

    to: Person = UNKNOWN
    topic: Matter = UNKNOWN
    due: Time = UNKNOWN


@event
class PromiseKept(Event):
    """Someone got back as they had said they would.

    Attributes:
        promise: The promise. Which promise did {by} keep?
    """

    says = "{by} got back as promised[ in {promise}]"
    does = "get back as promised"

    promise: EventRef = UNKNOWN


@event
class PromiseWithdrawn(Event):
    """Someone was released from a promise.

    Attributes:
        promise: The promise. Which promise did {by} let go?
    """

    says = "{by} let a promise go[, that of {promise}]"
    does = "let the promise go"

    promise: EventRef = UNKNOWN
