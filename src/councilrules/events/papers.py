"""The council's papers: inspected, copied, provided, refused, disclosed; information."""

from typing import Annotated

from councilrules.events._event import (
    UNKNOWN,
    Document,
    Event,
    Matter,
    Person,
    Word,
    YesNo,
    choices,
    event,
)

Knowledge = Annotated[Word, choices("yes", "no", "facts-only")]


@event
class DocumentInspected(Event):
    """Someone inspected a document.

    Attributes:
        document: The document. Which document did {by} inspect?
        knowingly: Whether they knew that it related to a matter in which they have an
            interest; `facts-only` if they knew the facts that make the interest but
            believed that they made none. Did {by} know that {document} related to a
            matter in which they have an interest?
        needed_for_duties: Whether their duties as a member required it. Did {by}'s
            duties as a member require {document}?
    """

    says = "{by} inspected {document}[, {knowingly}]"
    does = "inspect {document}"

    document: Document = UNKNOWN
    knowingly: Knowledge = UNKNOWN
    needed_for_duties: YesNo = UNKNOWN


@event
class CopyCalledFor(Event):
    """Someone asked for a copy of a document.

    Attributes:
        document: The document. Of which document did {by} ask for a copy?
        knowingly: Whether they knew that it related to a matter in which they have an
            interest; words as for a document inspected. Did {by} know that {document}
            related to a matter in which they have an interest?
        needed_for_duties: Whether their duties as a member required it. Did {by}'s
            duties as a member require {document}?
    """

    says = "{by} asked for a copy of {document}[, {knowingly}]"
    does = "ask for a copy of {document}"

    document: Document = UNKNOWN
    knowingly: Knowledge = UNKNOWN
    needed_for_duties: YesNo = UNKNOWN


@event
class DocumentProvided(Event):
    """Someone gave another person a document or a copy of it.

    Attributes:
        to: Who received it. To whom did {by} give {document}?
        document: The document. Which document did {by} give {to}?
    """

    says = "{by} gave {to} {document}"
    does = "give {to} {document}"

    to: Person = UNKNOWN
    document: Document = UNKNOWN


@event
class DocumentRefused(Event):
    """Someone refused to let another person inspect or copy a document.

    Attributes:
        to: Who was refused. To whom did {by} refuse {document}?
        document: The document. Which document did {by} refuse {to}?
        needed_for_duties: Whether the duties of the one who was refused required it.
            Did {to}'s duties require {document}?
        knowing: `no` if the one who was refused is known not to know that it related to
            a matter in which they have an interest. Did {to} know that {document}
            related to a matter in which they have an interest?
    """

    says = "{by} refused to let {to} see or copy {document}"
    does = "refuse to let {to} see or copy {document}"
    receiver = "to"

    to: Person = UNKNOWN
    document: Document = UNKNOWN
    needed_for_duties: YesNo = UNKNOWN
    knowing: Knowledge = UNKNOWN


@event
class DocumentDelayed(Event):
    """Someone kept another person waiting for a document that they had asked for.

    Attributes:
        to: Who was kept waiting. Whom did {by} keep waiting for {document}?
        document: The document. For which document did {by} keep {to} waiting?
        needed_for_duties: Whether the duties of the one who waited required it. Did
            {to}'s duties require {document}?
        knowing: Whether the one who waited knew that it related to a matter in which they
            have an interest; words as for a document refused. Did {to} know that
            {document} related to a matter in which they have an interest?
    """

    says = "{by} kept {to} waiting for {document}"
    does = "keep {to} waiting for {document}"
    receiver = "to"

    to: Person = UNKNOWN
    document: Document = UNKNOWN
    needed_for_duties: YesNo = UNKNOWN
    knowing: Knowledge = UNKNOWN


@event
class DocumentDisclosed(Event):
    """Someone showed another person a document, or told them what it says.

    Attributes:
        to: Who learnt what it says. Whom did {by} let know what is in {document}?
        document: The document. Which document did {by} disclose to {to}?
        manner: Whether it was shown, handed over or told. How did {by} let {to} know
            what is in {document}?
    """

    says = "{by} let {to} know what is in {document}[ {manner}]"
    does = "let {to} know what is in {document}"

    to: Person = UNKNOWN
    document: Document = UNKNOWN
    manner: Annotated[Word, choices("shown", "handed-over", "told")] = UNKNOWN


@event
class DocumentUsedForAnother(Event):
    """Someone used a document for another person's purposes, without disclosing it.

    Attributes:
        document: The document. Which document did {by} use?
        for_: For whom it was used. For whom did {by} use {document}?
    """

    says = "{by} used {document} for the purposes of {for}"
    does = "use {document} for the purposes of {for}"

    document: Document = UNKNOWN
    for_: Person = UNKNOWN


@event
class InformationWithheld(Event):
    """Someone did not give another person information that they asked for or were due.

    Attributes:
        to: From whom it was withheld. From whom did {by} withhold information?
        subject: What it was about. What was the information about that {by} withheld
            from {to}?
        ground: The ground in law that was named for it; `none` if none was named. Which
            ground in law, if any, did {by} name?
        ground_accepted: Whether that ground is accepted. Is it accepted that the ground
            {by} named applied?
    """

    says = "{by} withheld information[ about {subject}] from {to}[ on the ground of {ground}]"
    does = "withhold information from {to}"
    receiver = "to"

    to: Person = UNKNOWN
    subject: Matter = UNKNOWN
    ground: Annotated[
        Word,
        choices(
            "data-protection",
            "legal-privilege",
            "exempt-information",
            "other-law",
        ),
    ] = UNKNOWN
    ground_accepted: YesNo = UNKNOWN


@event
class InformationNeeded(Event):
    """Information came to the council that somebody needs.

    Attributes:
        to: Who needs it. Who needs the information?
        subject: What it is about. What is the information about that {to} needs?
    """

    says = "information[ about {subject}] that {to} needs came to the council"
    does = "receive information that {to} needs"
    receiver = "to"

    to: Person = UNKNOWN
    subject: Matter = UNKNOWN


@event
class InformationProvided(Event):
    """Someone gave another person information.

    Information that was out of date when it was given is `outdated-information-given`.

    Attributes:
        to: Who received it. To whom did {by} give information?
        subject: What it was about. What was the information about that {by} gave {to}?
    """

    says = "{by} gave {to} information[ about {subject}]"
    does = "give {to} information"
    receiver = "to"

    to: Person = UNKNOWN
    subject: Matter = UNKNOWN


@event
class OutdatedInformationGiven(Event):
    """Someone gave another person information that was no longer up to date.

    Attributes:
        to: Who received it. To whom did {by} give it?
        subject: What it was about. What was the information about that {by} gave {to}?
    """

    says = "{by} gave {to} information[ about {subject}] that was out of date"
    does = "give {to} information that is out of date"
    receiver = "to"

    to: Person = UNKNOWN
    subject: Matter = UNKNOWN
