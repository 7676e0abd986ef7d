"""Concerns, complaints, grievances, performance matters, disciplinary procedure."""

from typing import Annotated

from councilrules.events._event import (
    UNKNOWN,
    DecisionRef,
    Event,
    Matter,
    Person,
    Word,
    choices,
    event,
)


@event
class ConcernRaised(Event):
    """Someone told another person of a concern about somebody's behaviour or work.

    Attributes:
        about: Whom the concern is about. About whom was the concern that {by} raised?
        to: Who was told. Whom did {by} tell of the concern?
        topic: What it is about. What was the concern about that {by} raised?
    """

    says = "{by} told {to} of a concern about {about}[ over {topic}]"
    does = "tell {to} of a concern about {about}"
    receiver = "about"

    about: Person = UNKNOWN
    to: Person = UNKNOWN
    topic: Matter = UNKNOWN


@event
class ComplaintMade(Event):
    """Someone complained formally about a person.

    Attributes:
        about: Whom the complaint is about. About whom did {by} complain?
        to: To whom it was made. To whom did {by} complain?
        topic: What it is about. What did {by} complain about?
    """

    says = "{by} complained formally to {to} about {about}[ over {topic}]"
    does = "complain formally to {to} about {about}"
    receiver = "about"

    about: Person = UNKNOWN
    to: Person = UNKNOWN
    topic: Matter = UNKNOWN


@event
class DissatisfactionPursued(Event):
    """Someone took a step, other than telling a person, over a member of staff.

    Publishing it, or bringing it before a meeting, is such a step.

    Attributes:
        about: The member of staff. About whom was the step that {by} took?
        where: Where the step was taken. Where did {by} take this step?
        topic: What it is about. What was the step about that {by} took?
    """

    says = "{by} took a step over {about}, other than telling a person[, {where}][, concerning {topic}]"
    does = "take a step over {about}, other than telling a person"
    receiver = "about"

    about: Person = UNKNOWN
    where: Annotated[
        Word,
        choices("public-meeting", "press", "social-media", "committee", "other"),
    ] = UNKNOWN
    topic: Matter = UNKNOWN


@event
class GrievanceHandled(Event):
    """Someone attempted to deal with a grievance; `with: none` if they did so alone.

    Attributes:
        of: Whose grievance it is. Whose grievance did {by} attempt to deal with?
        under: The decision or delegation relied on; `none` if there was none. On which
            decision or delegation, if any, did {by} rely?
    """

    says = "{by} attempted to deal with a grievance of {of}[, under {under}]"
    does = "attempt to deal with a grievance of {of}"

    of: Person = UNKNOWN
    under: DecisionRef = UNKNOWN


@event
class PerformanceMatterHandled(Event):
    """Someone attempted to deal with a performance or line-management issue of staff.

    Attributes:
        about: The member of staff. About whom was the issue that {by} attempted to deal
            with?
        nature: Whether it is about performance or line management. Was it about
            performance or about line management?
        under: The decision or delegation relied on; `none` if there was none. On which
            decision or delegation, if any, did {by} rely?
    """

    says = "{by} attempted to deal with an issue of [{nature}|performance or line management] about {about}[, under {under}]"
    does = "attempt to deal with an issue of performance or line management about {about}"
    receiver = "about"

    about: Person = UNKNOWN
    nature: Annotated[Word, choices("performance", "line-management")] = UNKNOWN
    under: DecisionRef = UNKNOWN


@event
class MatterPassedOn(Event):
    """Someone passed a grievance or a performance issue on to those who deal with it.

    Attributes:
        about: The member of staff whose matter it is. About whom was the matter that
            {by} passed on?
        to: To whom it was passed. To whom did {by} pass the matter on?
    """

    says = "{by} passed a matter about {about} on to {to}"
    does = "pass a matter about {about} on to {to}"

    about: Person = UNKNOWN
    to: Person = UNKNOWN


@event
class DisciplinaryProcedureInvoked(Event):
    """Someone made a matter of a member of staff's conduct or work formal.

    Attributes:
        about: The member of staff. About whom was the matter that {by} made formal?
        topic: What it is about. What was the matter about that {by} made formal?
    """

    says = "{by} made a matter about {about} formal[ over {topic}]"
    does = "make a matter about {about} formal"
    receiver = "about"

    about: Person = UNKNOWN
    topic: Matter = UNKNOWN
