"""Interests declared, and work on matters."""

from councilrules.events._event import UNKNOWN, Event, Matter, Person, event


@event
class InterestDeclared(Event):
    """Someone declared an interest.

    Attributes:
        matter: The matter in which they have it. In which matter did {by} declare an
            interest?
        to: To whom they declared it. To whom did {by} declare the interest?
    """

    says = "{by} declared an interest[ in {matter}] to {to}"
    does = "declare to {to} an interest[ in {matter}]"

    matter: Matter = UNKNOWN
    to: Person = UNKNOWN


@event
class WorkDone(Event):
    """Someone acted in their work on a matter.

    Attributes:
        matter: The matter. On which matter did {by} act?
    """

    says = "{by} acted in their work on {matter}"
    does = "act in their work on {matter}"

    matter: Matter = UNKNOWN
