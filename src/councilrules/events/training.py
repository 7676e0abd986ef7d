"""Training needed, offered, refused, held and recorded."""

from councilrules.events._event import (
    UNKNOWN,
    Event,
    EventRef,
    Matter,
    Person,
    event,
)


@event
class TrainingNeeded(Event):
    """It became known that somebody needs training for their role.

    Attributes:
        for_: Who needs it. Who needs the training?
        subject: What it is in. What does {for} need training in?
    """

    says = "it became known that {for} needs training[ on {subject}]"
    does = "learn that {for} needs training"

    for_: Person = UNKNOWN
    subject: Matter = UNKNOWN


@event
class TrainingOffered(Event):
    """Somebody was offered training or another chance of development.

    Attributes:
        for_: Who was offered it. Whom did {by} offer training?
        need: The need that it answers. Which need for training did {by} meet by this?
    """

    says = "{by} offered {for} training[, in answer to {need}]"
    does = "offer {for} training"

    for_: Person = UNKNOWN
    need: EventRef = UNKNOWN


@event
class TrainingRefused(Event):
    """Somebody was refused training that they need for their role.

    Attributes:
        to: Who was refused. Whom did {by} refuse training?
        subject: What it is in. What was the training in that {by} refused {to}?
    """

    says = "{by} refused {to} training[ on {subject}]"
    does = "refuse {to} training"
    receiver = "to"

    to: Person = UNKNOWN
    subject: Matter = UNKNOWN


@event
class TrainingHeld(Event):
    """Somebody was trained.

    Attributes:
        for_: Who was trained. Who was trained?
        subject: What it was in. What was {for} trained in?
    """

    says = "{for} was trained[ on {subject}]"
    does = "train {for}"

    for_: Person = UNKNOWN
    subject: Matter = UNKNOWN


@event
class TrainingRecorded(Event):
    """A record was made of training.

    Attributes:
        training: The training. Of which training did {by} make a record?
    """

    says = "{by} made a record of training[, that of {training}]"
    does = "record the training"

    training: EventRef = UNKNOWN
