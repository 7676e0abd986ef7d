"""Lobbying, personal issues, favour, and the use of a position or of contact."""

from typing import Annotated

from councilrules.events._event import (
    UNKNOWN,
    Event,
    Matter,
    Person,
    ProcedureRef,
    Word,
    choices,
    event,
)


@event
class CouncillorLobbied(Event):
    """Someone pressed a councillor to take up a cause.

    Advice, reports and warnings given as a job requires are not this event.

    Attributes:
        to: The councillor. Whom did {by} lobby?
        topic: What it was about. What did {by} lobby {to} about?
        through: The agreed procedure it went through; `none` if it went through none.
            Through which agreed procedure, if any, did {by} go?
    """

    says = "{by} lobbied {to}[ about {topic}][ through {through}]"
    does = "lobby {to}"
    receiver = "to"

    to: Person = UNKNOWN
    topic: Matter = UNKNOWN
    through: ProcedureRef = UNKNOWN


@event
class PersonalIssueRaised(Event):
    """Someone raised a personal issue with another person.

    Attributes:
        to: With whom it was raised. With whom did {by} raise the issue?
        topic: What it was about. What was the issue about that {by} raised with {to}?
        through: The agreed procedure it went through; `none` if it went through none.
            Through which agreed procedure, if any, did {by} go?
        step: Which step it was of those that the protocol itself gives for when things
            go wrong: conciliation by a third party, mediation by the Monitoring
            Officer, the group with authority for personnel; `none` if none of these.
            Was this one of the steps that the protocol gives for when things go wrong,
            and which?
    """

    says = "{by} raised a personal issue[ about {topic}] with {to}[ through {through}][, by way of {step}]"
    does = "raise a personal issue with {to}"
    receiver = "to"

    to: Person = UNKNOWN
    topic: Matter = UNKNOWN
    through: ProcedureRef = UNKNOWN
    step: Annotated[Word, choices("conciliation", "mediation", "personnel-group")] = UNKNOWN


@event
class PositionUsed(Event):
    """Someone used their position, or their contact with another person, for an end.

    Trying to is enough.

    Attributes:
        to: The person on the other side of the contact or relationship. Who was on the
            other side of the contact or relationship that {by} used?
        aim: What they used it for. For what end did {by} use it?
        over: The decision or matter that they meant to influence. Which decision or
            matter did {by} mean to influence?
    """

    says = "{by} used their position, or their contact with {to}, for [{aim}|an end][, over {over}]"
    does = "use their position, or their contact with {to}, for [{aim}|an end]"
    receiver = "to"

    to: Person = UNKNOWN
    aim: Annotated[
        Word,
        choices("own-interests", "interests-of-others", "influence-decisions", "other"),
    ] = UNKNOWN
    over: Matter = UNKNOWN


@event
class FavourShown(Event):
    """Someone put one person, group or party before others in what they did.

    Attributes:
        to: Whom it favoured. Whom did {by} favour?
        nature: What kind of person or group was favoured. What kind of person or group
            did {by} favour?
    """

    says = "{by} put {to} before others[, that is, {nature}]"
    does = "put {to} before others"
    receiver = "to"

    to: Person = UNKNOWN
    nature: Annotated[
        Word,
        choices("councillor", "group", "party", "pressure-group", "other"),
    ] = UNKNOWN
