"""How people treat one another: criticism, challenge, blame, abuse, detriment."""

from typing import Annotated

from councilrules.events._event import (
    UNKNOWN,
    Event,
    EventRef,
    Matter,
    Person,
    Word,
    choices,
    event,
)

Audience = Annotated[
    Word,
    choices(
        "public-meeting",
        "press",
        "social-media",
        "public-place",
        "private-meeting",
        "private",
    ),
]


@event
class CriticismMade(Event):
    """Someone criticised a person, or what a person or a body had done.

    Attributes:
        of: Whom it was aimed at, by name or plainly meant; `nobody` if it was aimed at
            a decision, a record or a process and at no person. Whom did {by} criticise,
            if anybody?
        where: Where it was made. Where did {by} criticise {of}?
        topic: What it was about. What did {by} criticise {of} for?
    """

    says = "{by} criticised {of}[ {where}][ over {topic}]"
    does = "criticise {of}[ {where}]"
    receiver = "of"

    of: Person = UNKNOWN
    where: Audience = UNKNOWN
    topic: Matter = UNKNOWN


@event
class ChallengeMade(Event):
    """Someone challenged another person over what they had said or done.

    Attributes:
        to: Who was challenged. Whom did {by} challenge?
        where: Where it was made. Where did {by} challenge {to}?
        topic: What it was about. Over what did {by} challenge {to}?
    """

    says = "{by} challenged {to}[ {where}][ over {topic}]"
    does = "challenge {to}[ {where}]"
    receiver = "to"

    to: Person = UNKNOWN
    where: Audience = UNKNOWN
    topic: Matter = UNKNOWN


@event
class BlameLaid(Event):
    """Someone laid the blame for something on another person.

    Attributes:
        on: Who was blamed. Whom did {by} blame?
        topic: What it was about. What did {by} blame {on} for?
    """

    says = "{by} laid the blame for [{topic}|something] on {on}"
    does = "lay the blame for something on {on}"
    receiver = "on"

    on: Person = UNKNOWN
    topic: Matter = UNKNOWN


@event
class AbuseDirected(Event):
    """Someone spoke or wrote to or of another person in hostile or insulting terms.

    Attributes:
        to: Who was the target. To or about whom did {by} use hostile or insulting
            words?
        where: Where it happened. Where did {by} use them?
    """

    says = "{by} used hostile or insulting words to or about {to}[ {where}]"
    does = "use hostile or insulting words to or about {to}[ {where}]"
    receiver = "to"

    to: Person = UNKNOWN
    where: Audience = UNKNOWN


@event
class DetrimentImposed(Event):
    """Someone did another person a disadvantage.

    Attributes:
        on: Who suffered it. To whom did {by} do a disadvantage?
        nature: What the disadvantage was. What was the disadvantage that {by} did {on}?
    """

    says = "{by} did {on} a disadvantage[ {nature}]"
    does = "do {on} a disadvantage"
    receiver = "on"

    on: Person = UNKNOWN
    nature: Annotated[
        Word,
        choices("exclusion", "workload", "discipline", "pay", "reputation", "other"),
    ] = UNKNOWN


@event
class DiscussionHeld(Event):
    """People talked a matter over; those besides the first are under `with`.

    Attributes:
        topic: What they talked about. What did {by} and {with} talk over?
    """

    says = "{by} and {with} talked over {topic}"
    does = "talk [{topic}|a matter] over with {with}"
    receiver = "with_"

    topic: Matter = UNKNOWN


@event
class UntruthTold(Event):
    """Someone told another person what was not so.

    Attributes:
        to: Who was told. Whom did {by} tell what was not so?
        about: What it was about: what they themselves can and cannot do, or else. What
            was it about that {by} told {to}?
    """

    says = "{by} told {to} what was not so[ about {about}]"
    does = "tell {to} what is not so[ about {about}]"
    receiver = "to"

    to: Person = UNKNOWN
    about: Annotated[Word, choices("own-abilities", "other")] = UNKNOWN


@event
class ConductPutForward(Event):
    """Someone's conduct was put forward as falling short of what may be expected.

    Which expectation it is said to fall short of is written under `answers`, as
    `not_known` until a person has judged it.

    Attributes:
        to: Towards whom it was. Towards whom was the conduct of {by}?
    """

    says = "the conduct of {by} towards {to} was put forward as falling short"
    does = "act towards {to} in a way that falls short"
    receiver = "to"

    to: Person = UNKNOWN


@event
class CourseOfConduct(Event):
    """Several acts were put forward as one course of conduct.

    A course is proved as well as the weakest of its acts, and an act that is disproved
    puts the course in doubt.

    Attributes:
        to: Towards whom it was. Towards whom was the conduct of {by}?
        acts: The events that make it up. Which acts of {by} make up the course?
    """

    says = "several acts of {by} towards {to}[, {acts},] were put forward as one course of conduct"
    does = "follow a course of conduct towards {to}"
    receiver = "to"

    to: Person = UNKNOWN
    acts: EventRef = UNKNOWN


@event
class RelationshipHeld(Event):
    """Two people stood in a personal relationship; made from the register.

    Attributes:
        to: The other of the two. With whom did {by} stand in a relationship?
        relationship: What kind of relationship it is. What kind of relationship was it
            between {by} and {to}?
    """

    says = "{by} and {to} stood in [{relationship}|a personal relationship]"
    does = "stand in a personal relationship with {to}"
    receiver = "to"
    derived = True

    to: Person = UNKNOWN
    relationship: Annotated[
        Word, choices("personal-familiarity", "special-relationship", "family")
    ] = UNKNOWN
