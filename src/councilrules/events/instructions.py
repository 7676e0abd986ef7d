"""Instructions, requests, actions assigned, and involvement in operations."""

from typing import Annotated

from councilrules.events._event import (
    UNKNOWN,
    Body,
    DecisionRef,
    Event,
    EventRef,
    Kind,
    Matter,
    Person,
    Time,
    Word,
    YesNo,
    choices,
    event,
)


@event
class InstructionGiven(Event):
    """Someone told another person what to do.

    Attributes:
        to: Who was told. Whom did {by} tell what to do?
        subject: What the instruction was about. What did {by} tell {to} to do?
        under: The decision or delegation relied on; `none` if there was none. On which
            decision or delegation, if any, did {by} rely?
    """

    says = "{by} told {to} what to do[ about {subject}][, relying on {under}]"
    does = "tell {to} what to do"
    receiver = "to"

    to: Person = UNKNOWN
    subject: Matter = UNKNOWN
    under: DecisionRef = UNKNOWN


@event
class InstructionCarriedOut(Event):
    """Someone did what an instruction had told them to do.

    Attributes:
        instruction: The instruction that was carried out. Which instruction did {by}
            carry out?
    """

    says = "{by} did what they had been instructed to do[ in {instruction}]"
    does = "do what they were instructed to do"

    instruction: EventRef = UNKNOWN


@event
class RequestMade(Event):
    """Someone asked another person for something, without instructing them.

    Attributes:
        to: Who was asked. Whom did {by} ask?
        subject: What was asked for. What did {by} ask {to} for?
    """

    says = "{by} asked {to} for [{subject}|something]"
    does = "ask {to} for something"
    receiver = "to"

    to: Person = UNKNOWN
    subject: Matter = UNKNOWN


@event
class ActionAssigned(Event):
    """A body, or somebody for it, gave someone an action to carry out.

    Attributes:
        to: Who is to carry it out. Who was to carry out the action?
        committee: The body that is to be told of the progress. Which body was to be
            told of the progress?
        action: The action. Which action was {to} to carry out?
        due: By when progress is to be reported; `none` if nobody said. By when was {to}
            to report progress, if a time was given?
    """

    says = "{by} gave {to} an action to carry out[, namely {action}][, to be reported to {committee}][, by {due}]"
    does = "give {to} an action to carry out"
    receiver = "to"

    to: Person = UNKNOWN
    committee: Body = UNKNOWN
    action: Matter = UNKNOWN
    due: Time = UNKNOWN


@event
class ProgressReported(Event):
    """Someone reported the progress of an action.

    Attributes:
        to: The body that was told. To which body did {by} report?
        action: The action. On which action did {by} report?
    """

    says = "{by} reported the progress of an action[, namely {action},] to {to}"
    does = "report the progress of the action to {to}"

    to: Body = UNKNOWN
    action: Matter = UNKNOWN


@event
class OperationsJoined(Event):
    """Someone took part in delivering or administering the council's services.

    Attributes:
        activity: What they took part in. What did {by} take part in?
        nature: What kind of part it was; monitoring and enquiring are no involvement.
            What kind of part did {by} take?
        staff_work: Whether the work is, or had been made, the work of staff. Was it
            work that is, or had been made, the work of staff?
        office: The office whose work it was, if it belongs to one. Whose work was it,
            if it belongs to an office?
        under: The decision or delegation relied on; `none` if there was none. On which
            decision or delegation, if any, did {by} rely?
    """

    says = "{by} took part in the running of the council's services[, the part being {nature}][, over {activity}][, which is the work of the office {office}][, relying on {under}]"
    does = "take part in the running of the council's services"

    activity: Matter = UNKNOWN
    nature: Annotated[
        Word,
        choices("operational", "administrative", "policy", "monitoring", "enquiry"),
    ] = UNKNOWN
    staff_work: YesNo = UNKNOWN
    office: Annotated[Word, Kind.TEXT] = UNKNOWN
    under: DecisionRef = UNKNOWN
