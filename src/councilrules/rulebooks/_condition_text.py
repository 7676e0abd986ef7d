"""Patterns and conditions as rulebook files write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias

from councilrules.register import INTEREST_KINDS
from councilrules.rules import (
    Adopted,
    AllOf,
    Always,
    AnyOf,
    Authorised,
    Compared,
    HasInterest,
    Holds,
    InForce,
    Is,
    IsNone,
    Judged,
    Not,
    Order,
    Provided,
    RefersToTrigger,
    Related,
    SitsOn,
    TookOfficeSince,
    Vacant,
    WithinTerms,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councilrules.rulebooks._yaml_text import Tree
    from councilrules.rules import Condition, Pattern

Of: TypeAlias = "tuple[str, Tree]"
"""A key with what stands under it: a field, or one of the words for conditions."""

_RELATIONS: Final = {Order.BEFORE: "after", Order.ANY_TIME: "also", Order.AFTER: "meanwhile"}


def several(words: Iterable[str]) -> Tree:
    """Give one word alone, and several as a list."""
    found: list[Tree] = list(words)
    return found[0] if len(found) == 1 else found


def pattern(found: Pattern, *, related: bool = False) -> dict[str, Tree]:
    """Give a pattern.

    Args:
        found: The pattern.
        related: Whether it is seen from the event that opened the case.

    Raises:
        ValueError: When a condition in it cannot be written; it is named.
    """
    return {"event": several(found.kinds) if found.kinds else "any"} | conditions(
        found.condition, related=related
    )


def conditions(condition: Condition, *, related: bool = False) -> dict[str, Tree]:
    """Give a condition as keys; none of them for one that always holds."""
    if isinstance(condition, Always):
        return {}
    flat = _flat(condition, related=related) if isinstance(condition, AllOf) else None
    return dict([_entry(condition, related=related)]) if flat is None else flat


def _flat(condition: AllOf, *, related: bool) -> dict[str, Tree] | None:
    """Give the parts side by side, if they have different keys and judgements come last."""
    parts = condition.parts
    judged = [one for one in parts if isinstance(one, Judged)]
    others = parts[: len(parts) - len(judged)]
    if len(parts) < 2 or any(isinstance(one, (Judged, Always)) for one in others):  # noqa: PLR2004 - one alone is itself
        return None
    found = dict(_entry(one, related=related) for one in others)
    if len(found) < len(others):
        return None
    return found | ({"judge": several(one.question for one in judged)} if judged else {})


def _entry(condition: Condition, *, related: bool) -> Of:
    """Give a condition as one key."""
    of_field = _of_field(condition, related=related)
    if of_field is not None:
        return of_field
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            branches: list[Tree] = [conditions(one, related=related) for one in parts]
            return ("all" if isinstance(condition, AllOf) else "either"), branches
        case Related() | Not(part=Related()) if not related:
            return relation(condition)
        case Always():
            return "by", "anyone"
        case Not(part=Always()):
            return "by", {"not": "anyone"}
        case _:
            return _word(condition)


def _word(condition: Condition) -> Of:
    """Give a condition on no field of the event, under the word for it."""
    match condition:
        case Judged(question=question):
            return "judge", question
        case Vacant(role=role):
            return "vacant", role
        case Provided(kinds=kinds):
            return "procedure", several(kinds)
        case Not(part=Provided(kinds=kinds)):
            return "no-procedure", several(kinds)
        case Authorised():
            return "authorised", _authorised(condition)
        case _:
            return refused(condition)


def relation(condition: Condition) -> Of:
    """Give another event that has to be there, or not to be there."""
    found = condition.part if isinstance(condition, Not) else condition
    if not isinstance(found, Related) or found.or_itself:
        refused(condition)
    if found.until_due is not (found.order is Order.AFTER):
        refused(condition)
    word = _RELATIONS[found.order]
    if isinstance(condition, Not):
        if found.order is not Order.ANY_TIME:
            refused(condition)
        word = "without"
    return word, pattern(found.pattern, related=True)


def _authorised(condition: Authorised) -> Tree:
    paths = {
        "who": condition.who,
        "over": condition.over,
        "subject": condition.subject,
        "under": condition.under,
    }
    if any(path is not None and path.attribute is not None for path in paths.values()):
        refused(condition)
    found: dict[str, Tree] = {key: str(path) for key, path in paths.items() if path is not None}
    return found | ({"passing-on": "yes"} if condition.passing_on else {})


# --- what is said of one field ----------------------------------------------------


def _of_field(condition: Condition, *, related: bool) -> Of | None:
    """Give a condition on a single field; `None` if it is no such condition."""
    plain = _plain(condition, related=related)
    if plain is not None:
        return plain
    match condition:
        case AnyOf(parts=parts):
            return _either(parts, related=related)
        case AllOf(parts=parts):
            return _every(parts, related=related)
        case Not(part=InForce() | Adopted() as part):
            return part.path.field, {_held(part): "no"}
        case Not(part=part):
            inner = _of_field(part, related=related)
            return None if inner is None else (inner[0], {"not": inner[1]})
        case _:
            return _operator(condition, related=related)


def _plain(condition: Condition, *, related: bool) -> Of | None:
    """Give a condition that is said in words alone."""
    match condition:
        case Is(path=path, words=words) if path.attribute is None:
            return path.field, several(words)
        case IsNone(path=path) if path.attribute is None:
            return path.field, "none"
        case Holds(path=path, roles=roles, of=None) if path.attribute is None:
            return path.field, several(roles)
        case Compared(path=path, other=other, differs=False, of_trigger=True) if (
            related and path == other
        ):
            return path.field, "same"
        case RefersToTrigger(path=path):
            return path.field, "trigger"
        case _:
            return None


def _either(parts: tuple[Condition, ...], *, related: bool) -> Of | None:
    """Give conditions of which one has to hold as a list of words, if they can be one."""
    found = [_plain(one, related=related) for one in parts]
    words = [one for one in found if one is not None]
    are_last = not any(isinstance(one, (Is, Holds)) for one in parts[:-1])
    if len(parts) < 2 or len(words) < len(parts) or len(dict(words)) > 1 or not are_last:  # noqa: PLR2004 - one alone is itself
        return None
    listed: list[Tree] = []
    for _, said in words:
        listed += said if isinstance(said, list) else [said]
    return words[0][0], listed


def _every(parts: tuple[Condition, ...], *, related: bool) -> Of | None:
    """Give conditions that all have to hold as several operators on one field."""
    found: dict[str, Tree] = {}
    fields: set[str] = set()
    details = 0
    for part in parts:
        if details and isinstance(part, Always):
            # What only says more about another operator is read as a part that always holds.
            details -= 1
            continue
        one = _of_field(part, related=related)
        if one is None or not isinstance(one[1], dict) or found.keys() & one[1].keys():
            return None
        details = len(one[1]) - 1
        fields.add(one[0])
        found |= one[1]
    return (fields.pop(), found) if len(fields) == 1 and len(parts) > 1 else None


def _operator(condition: Condition, *, related: bool) -> Of | None:
    """Give a condition that is said with an operator."""
    match condition:
        case Is(path=path, words=words):
            return path.field, {str(path.attribute): several(words)}
        case IsNone(path=path):
            return path.field, {str(path.attribute): "none"}
        case Compared(path=path, other=other, differs=differs, of_trigger=of_trigger):
            if of_trigger is not related:
                refused(condition)
            return path.field, {"other-than" if differs else "same-as": str(other)}
        case InForce() | Adopted():
            return condition.path.field, {_held(condition): "yes"}
        case WithinTerms(path=path, body=body):
            return path.field, {"within-terms-of": str(body)}
        case _:
            return _of_person(condition)


def _of_person(condition: Condition) -> Of | None:
    match condition:
        case Holds(path=path, roles=roles, of=of):
            more: dict[str, Tree] = {} if of is None else {"of": of}
            return path.field, {"is": several(roles)} | more
        case SitsOn(path=path, bodies=bodies, for_=for_):
            more = {} if for_ is None else {"for": str(for_)}
            return path.field, {"sits-on": several(bodies)} | more
        case HasInterest(path=path, matter=matter, kinds=kinds, known=known):
            more = {} if kinds == INTEREST_KINDS else {"of": several(kinds)}
            more |= {"known": "yes"} if known else {}
            return path.field, {"has-interest-in": str(matter)} | more
        case TookOfficeSince(path=path, roles=roles):
            return path.field, {"took-office-later": several(roles)}
        case _:
            return None


def _held(condition: InForce | Adopted) -> str:
    return "in-force" if isinstance(condition, InForce) else "adopted"


def refused(condition: Condition) -> NoReturn:
    """Object to a condition that files have no words for.

    Raises:
        ValueError: Always.
    """
    msg = f"the condition cannot be written here: {condition}"
    raise ValueError(msg)
