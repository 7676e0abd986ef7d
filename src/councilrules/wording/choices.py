"""The words that fields hold, as they stand in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.wording.words import listed, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PLACES = {
    "public-meeting": "at a public meeting",
    "press": "in the press",
    "social-media": "on social media",
    "public-place": "in a public place",
    "private-meeting": "at a private meeting",
    "private": "in private",
    "committee": "in committee",
    "other": "elsewhere",
}
_CODES = {
    "members-code": "the members' code",
    "staff-handbook": "the staff handbook",
    "code-of-another-body": "the code of another body",
    "other": "another code or handbook",
}
_KNOWINGLY = {
    "yes": "knowing that it related to a matter in which they had an interest",
    "no": "not knowing that it related to a matter in which they had an interest",
    "facts-only": "knowing only the facts that make an interest",
}


@frozen
class Told:
    """How the words of one field are told.

    Attributes:
        words: What each word reads as, where it stands in a sentence.
        is_: What a condition comes to, with a place for the words: `it was {}`.
        isnt: The same denied; `or` joins several words, so that none of them holds.
    """

    words: Mapping[str, str]
    is_: str = ""
    isnt: str = ""


_BY_FIELD = {
    "where": Told(_PLACES, "it was {}", "it was neither {}"),
    "instrument": Told(
        _CODES, "the code or handbook was {}", "the code or handbook was anything but {}"
    ),
    "knowingly": Told(_KNOWINGLY),
}
_BY_KIND = {
    "pressure-applied.sought": Told(
        {
            "contrary-recommendation": "a contrary recommendation",
            "decision": "a decision",
            "favour": "a favour",
            "other": "something else",
        },
        "it was for {}",
        "it was for anything but {}",
    ),
    "detriment-imposed.nature": Told(
        {
            "exclusion": "by exclusion",
            "workload": "in workload",
            "discipline": "by discipline",
            "pay": "in pay",
            "reputation": "in reputation",
            "other": "of some other kind",
        }
    ),
    "performance-matter-handled.nature": Told({"line-management": "line management"}),
    "untruth-told.about": Told(
        {"own-abilities": "their own abilities", "other": "something else"},
        "it was about {}",
        "it was about anything but {}",
    ),
    "relationship-held.relationship": Told(
        {
            "personal-familiarity": "a relationship of personal familiarity",
            "special-relationship": "a special relationship",
            "family": "a family relationship",
        },
        "it was {}",
        "it was anything but {}",
    ),
    "decision-taken.forum": Told(
        {
            "council-meeting": "at a meeting of the council",
            "committee-meeting": "at a meeting of a committee",
            "outside-a-meeting": "outside a meeting",
        },
        "it was decided {}",
        "it was decided anywhere but {}",
    ),
    "decision-obstructed.manner": Told(
        {"obstructed": "obstructed", "refused-to-implement": "would not implement"},
        "they {} it",
        "it is not so that they {} it",
    ),
    "influence-sought.over": Told(
        {
            "staff-appointment": "an appointment of staff",
            "staff-pay": "the pay of staff",
            "staff-discipline": "the discipline of staff",
            "post-elsewhere": "whether somebody gets a post elsewhere",
            "other": "something else that happens to staff",
        },
        "it was over {}",
        "it was over anything but {}",
    ),
    "personal-issue-raised.step": Told(
        {
            "conciliation": "conciliation",
            "mediation": "mediation",
            "personnel-group": "the group with authority for personnel",
        },
        "it was one of the protocol's own steps for when things go wrong: {}",
        "it was none of these steps of the protocol for when things go wrong: {}",
    ),
    "position-used.aim": Told(
        {
            "own-interests": "their own interests",
            "interests-of-others": "the interests of others",
            "influence-decisions": "an influence on decisions",
            "other": "something else",
        },
        "it was for {}",
        "it was for anything but {}",
    ),
    "favour-shown.nature": Told(
        {
            "councillor": "a councillor",
            "group": "a group",
            "party": "a party",
            "pressure-group": "a pressure group",
            "other": "somebody else",
        },
        "it was {} that was favoured",
        "it was not {} that was favoured",
    ),
    "operations-joined.nature": Told(
        {
            "operational": "operational",
            "administrative": "administrative",
            "policy": "one of policy",
            "monitoring": "one of monitoring",
            "enquiry": "one of enquiry",
        },
        "the part was {}",
        "the part was anything but {}",
    ),
    "code-finding-made.outcome": Told(
        {"broken": "had broken", "not-broken": "had not broken"},
        "it was decided that they {} it",
        "it was not decided that they {} it",
    ),
    "document-disclosed.manner": Told(
        {"shown": "by showing it", "handed-over": "by handing it over", "told": "by telling them"},
        "it was {}",
        "it was not {}",
    ),
    "information-withheld.ground": Told(
        {"other-law": "another law", "exempt-information": "its being exempt information"},
        "the ground named for it was {}",
        "the ground named for it was anything but {}",
    ),
    "query-made.nature": Told(
        {"enquiry": "an enquiry", "complaint": "a complaint"},
        "it was {}",
        "it was anything but {}",
    ),
    "resource-used.category": Told(
        {
            "equipment": "equipment",
            "supplies": "supplies",
            "account": "an account",
            "service": "a service",
            "staff-time": "time of staff",
        },
        "it was {}",
        "it was anything but {}",
    ),
    "resource-used.provided-to": Told(
        {"councillors": "councillors", "staff": "staff"},
        "the council provides it to {}",
        "the council provides it to anybody but {}",
    ),
    "resource-used.purpose": Told(
        {
            "member-role": "for the role of a member",
            "staff-job": "for the job of a member of staff",
            "private": "privately",
            "party": "for a party",
            "other": "for something else",
        },
        "it was used {}",
        "it was used otherwise than {}",
    ),
}

# What is told in brackets: where the words of the field alone would not be understood.
_IN_BRACKETS = {
    "as": {"private": "acting privately", "another-body": "acting for another body"},
    "in-role": {
        "yes": "in discharging the responsibilities of their post",
        "no": "not in discharging the responsibilities of their post",
    },
    "required-by-law": {
        "yes": "as a responsibility in law required",
        "no": "although no responsibility in law required it",
    },
    "needed-for-duties": {
        "yes": "their duties as a member required it",
        "no": "their duties as a member did not require it",
    },
    "document-refused.needed-for-duties": {
        "yes": "although the duties of the one who was refused required it",
        "no": "while the duties of the one who was refused did not require it",
    },
    "document-delayed.needed-for-duties": {
        "yes": "although the duties of the one who waited required it",
        "no": "while the duties of the one who waited did not require it",
    },
    "knowing": {
        "yes": "the one who was to see it knew of the interest",
        "no": "the one who was to see it did not know of the interest",
        "facts-only": "the one who was to see it knew only the facts that make an interest",
    },
    "staff-work": {"yes": "it is, or had been, the work of staff", "no": "it is not staff work"},
    "competent": {
        "yes": "the body was the one competent to decide it",
        "no": "the body was not the one competent to decide it",
    },
    "lawfully-required": {
        "yes": "the officer could lawfully require what was declined",
        "no": "the officer could not lawfully require what was declined",
    },
    "ground-accepted": {"yes": "that ground is accepted", "no": "that ground is not accepted"},
    "with": {"none": "alone"},
    "through": {"none": "through no agreed procedure"},
    "under": {"none": "relying on no decision"},
    "step": {"none": "by none of the protocol's own steps"},
    "ground": {"none": "on no ground"},
    "due": {"none": "for which no time was named"},
    "provided-to": {
        "councillors": "the council provides it to councillors",
        "staff": "the council provides it to staff",
        "none": "the council provides it to nobody in particular",
    },
}

# What stands before the value of a field that every event has.
_BEGINNINGS = {
    "as": "acting as {}",
    "with": "together with {}",
    "towards": "towards {}",
    "repeats": "a reminder of {}",
    "resource-used.category": "put down as {}",
    "on-instruction-of": "on the instruction {}",
}


def told(kind: str, field: str) -> Told | None:
    """Give how the words of a field are told; `None` if they stand for themselves."""
    return _BY_KIND.get(f"{kind}.{field}") or _BY_FIELD.get(field)


def chosen(words: Iterable[str], kind: str, field: str, joint: str = "and") -> str:
    """Say the words that a field holds, as they stand in a sentence."""
    found = told(kind, field)
    known = {} if found is None else found.words
    return listed([known.get(word, plain(word)) for word in words], joint)


def bracketed(raw: str, shown: str, kind: str, field: str) -> str:
    """Say what a field holds where it stands alone, in brackets.

    Args:
        raw: The word of the files, such as `yes` or `none`; empty if it is no word.
        shown: What the field holds in English.
        kind: The kind of event.
        field: The field.
    """
    words = _IN_BRACKETS.get(f"{kind}.{field}") or _IN_BRACKETS.get(field, {})
    if raw in words:
        return words[raw]
    begins = _BEGINNINGS.get(f"{kind}.{field}") or _BEGINNINGS.get(field)
    return (begins or f"{plain(field)}: {{}}").format(shown)
