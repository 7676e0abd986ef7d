"""Decisions and where they were taken, obstruction, and influence over appointments."""

from typing import Annotated

from councilrules.events._event import (
    UNKNOWN,
    Body,
    DecisionRef,
    Event,
    Matter,
    Word,
    YesNo,
    choices,
    event,
)


@event
class DecisionTaken(Event):
    """Someone decided, or purported to decide, a matter for the council.

    A draft, a proposal or an enquiry is no decision, and is not this event.

    Attributes:
        forum: Where it was decided. Where did {by} decide this?
        body: The body whose decision it was said to be. Whose decision was it said to
            be?
        subject: What was decided. What did {by} decide?
    """

    says = "{by} decided [{subject}|a matter] for the council[ {forum}][, as a decision of {body}]"
    does = "decide a matter for the council[ {forum}]"

    forum: Annotated[Word, choices("council-meeting", "committee-meeting", "outside-a-meeting")] = (
        UNKNOWN
    )
    body: Body = UNKNOWN
    subject: Matter = UNKNOWN


@event
class DecisionObstructed(Event):
    """Someone obstructed a decision or policy of the council, or would not implement it.

    Speaking or voting against it before it was adopted is not this event.

    Attributes:
        decision: The decision or policy. Which decision or policy was it?
        manner: What was done. What did {by} do about {decision}?
        required_by_law: Whether a responsibility in law required the refusal. Did a
            responsibility in law require {by} to refuse?
    """

    says = "{by} [{manner} {decision}|obstructed {decision}, or would not implement it]"
    does = "obstruct {decision} or refuse to implement it"

    decision: DecisionRef = UNKNOWN
    manner: Annotated[Word, choices("obstructed", "refused-to-implement")] = UNKNOWN
    required_by_law: YesNo = UNKNOWN


@event
class WorkRefused(Event):
    """Someone refused to carry out work of the council.

    Attributes:
        subject: The work. Which work did {by} refuse?
        decision: The decision or policy that the work carries out; `none` if none.
            Which decision or policy, if any, was the work to carry out?
        required_by_law: Whether a responsibility in law required the refusal. Did a
            responsibility in law require {by} to refuse?
    """

    says = "{by} refused to carry out work of the council[, namely {subject}][, under {decision}]"
    does = "refuse to carry out work of the council"

    subject: Matter = UNKNOWN
    decision: DecisionRef = UNKNOWN
    required_by_law: YesNo = UNKNOWN


@event
class InfluenceSought(Event):
    """Someone sought to influence what happens to staff, or to those who would be staff.

    Speaking and voting in the meeting that decides is the council's own act, and is not
    this event.

    Attributes:
        over: What they sought to influence. What did {by} seek to influence?
        appointment: The appointment, if it was one. Which appointment did {by} seek to
            influence?
    """

    says = "{by} sought to influence [{over}|what happens to staff][, for {appointment}]"
    does = "seek to influence [{over}|what happens to staff]"

    over: Annotated[
        Word,
        choices(
            "staff-appointment",
            "staff-pay",
            "staff-discipline",
            "post-elsewhere",
            "other",
        ),
    ] = UNKNOWN
    appointment: Matter = UNKNOWN
