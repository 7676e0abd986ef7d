"""The use of what the council provides."""

from typing import Annotated

from councilrules.events._event import UNKNOWN, Event, Matter, Word, choices, event


@event
class ResourceUsed(Event):
    """Someone used something of the council's.

    Attributes:
        resource: What it was. What did {by} use?
        category: What kind of thing it was. What kind of thing did {by} use?
        provided_to: To whom the council provides it; `none` if to none of these. To
            whom does the council provide what {by} used?
        purpose: What it was used for: the role of a member, the job of a member of
            staff, or anything else. What did {by} use it for?
    """

    says = "{by} used something of the council's[, namely {resource}][, {purpose}]"
    does = "use something of the council's[, provided to {provided_to},][ {purpose}]"

    resource: Matter = UNKNOWN
    category: Annotated[
        Word, choices("equipment", "supplies", "account", "service", "staff-time")
    ] = UNKNOWN
    provided_to: Annotated[Word, choices("councillors", "staff")] = UNKNOWN
    purpose: Annotated[Word, choices("member-role", "staff-job", "private", "party", "other")] = (
        UNKNOWN
    )
