"""Advice, recommendations and whose they are, views, and pressure."""

from typing import Annotated

from councilrules.events._event import (
    UNKNOWN,
    Event,
    EventRef,
    Matter,
    Person,
    Word,
    YesNo,
    choices,
    event,
)


@event
class AdviceRequested(Event):
    """Someone asked for professional advice or information.

    Attributes:
        to: Who was asked. Whom did {by} ask for advice?
        subject: What it is about. On what did {by} ask {to} for advice?
    """

    says = "{by} asked {to} for advice or information[ about {subject}]"
    does = "ask {to} for advice or information"
    receiver = "to"

    to: Person = UNKNOWN
    subject: Matter = UNKNOWN


@event
class AdviceGiven(Event):
    """Someone gave professional advice or information, or presented a report.

    Attributes:
        to: Who was advised. Whom did {by} advise?
        subject: What it was about. On what did {by} advise {to}?
        request: The request that it answers. Which request for advice did {by} answer
            by this?
    """

    says = "{by} advised {to}[ about {subject}][, in answer to {request}]"
    does = "advise {to}"
    receiver = "to"

    to: Person = UNKNOWN
    subject: Matter = UNKNOWN
    request: EventRef = UNKNOWN


@event
class AdviceRefused(Event):
    """Someone refused to give professional advice or information.

    Attributes:
        to: Who was refused. Whom did {by} refuse to advise?
        subject: What it was about. On what did {by} refuse to advise {to}?
        request: The request that was refused. Which request for advice did {by} refuse
            by this?
        required_by_law: Whether a responsibility in law required the refusal. Did a
            responsibility in law require {by} to refuse?
    """

    says = "{by} refused to advise {to}[ about {subject}][, in answer to {request}]"
    does = "refuse to advise {to}"
    receiver = "to"

    to: Person = UNKNOWN
    subject: Matter = UNKNOWN
    request: EventRef = UNKNOWN
    required_by_law: YesNo = UNKNOWN


@event
class OwnViewSuppressed(Event):
    """Someone gave advice or a report that left out or misstated their own view.

    Attributes:
        to: Who was advised. Whom did {by} advise?
        subject: What it was about. On what did {by} advise {to}?
    """

    says = "{by} gave {to} advice[ about {subject}] that left out or misstated their own view"
    does = "give {to} advice that leaves out or misstates their own view"

    to: Person = UNKNOWN
    subject: Matter = UNKNOWN


@event
class RecommendationMade(Event):
    """Someone made a recommendation in advice or in a report.

    Attributes:
        to: To whom it was made. To whom did {by} make the recommendation?
        subject: What it was about. On what did {by} make a recommendation?
        whose: The one whose recommendation it really was. Whose recommendation was it really?
    """

    says = "{by} made a recommendation[ about {subject}] to {to}[, which was {whose}'s own]"
    does = "make a recommendation to {to}"
    receiver = "to"

    to: Person = UNKNOWN
    subject: Matter = UNKNOWN
    whose: Person = UNKNOWN


@event
class ViewReported(Event):
    """Someone reported another person's view in advice or in a report.

    Attributes:
        view_of: Whose view it was. Whose view did {by} report?
        subject: What it was about. On what did {by} report a view?
    """

    says = "{by} reported the view of {view_of}[ about {subject}] in advice or in a report"
    does = "report the view of {view_of} in advice or in a report"

    view_of: Person = UNKNOWN
    subject: Matter = UNKNOWN


@event
class PressureApplied(Event):
    """Someone pressed another person hard to act in a certain way.

    Questioning, persuading and moving the contrary are not this event.

    Attributes:
        to: Who was pressed. Whom did {by} press?
        sought: What was sought by it. What did {by} seek by pressing {to}?
        subject: What it was about. What did {by} press {to} about?
    """

    says = "{by} pressed {to} hard[ for {sought}][ about {subject}]"
    does = "press {to} hard[ for {sought}]"
    receiver = "to"

    to: Person = UNKNOWN
    sought: Annotated[Word, choices("contrary-recommendation", "decision", "favour", "other")] = (
        UNKNOWN
    )
    subject: Matter = UNKNOWN
