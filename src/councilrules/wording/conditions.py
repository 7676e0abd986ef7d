"""Conditions in English, affirmed or denied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard, assert_never

from attrs import evolve

from councilrules.events import Kind
from councilrules.events.questions import QUESTIONS
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
    Path,
    Provided,
    RefersToTrigger,
    Related,
    SitsOn,
    TookOfficeSince,
    Vacant,
    WithinTerms,
)
from councilrules.wording.relations import related
from councilrules.wording.words import a, any_of, listed, person, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from councilrules.rules import Condition
    from councilrules.vocabulary import Question
    from councilrules.wording.choices import Told
    from councilrules.wording.voices import Voice

_EVERY_INTEREST = 5
_WHOEVER = "whoever "
_OF_THE_REGISTER = {
    "marked": ("{of} was then marked {words}", "{of} was not then marked {words}"),
    "held-by": (
        "{words} holds or controls {of}",
        "somebody other than {words} holds or controls {of}",
    ),
    "office": ("{of} held the office of {words}", "{of} held no office of {words}"),
}
_WHOM = re.compile(r"(?P<to>(?:to|for|with|at|on) )?whom (?P<act>.*?)(?P<at> (?:at|to|with))?")
_ABOUT_BY = re.compile(r"(Did|Was) \{by\} (.*)\?")


def condition(  # noqa: PLR0911 - one answer for each form
    one: Condition,
    voice: Voice,
    questions: Mapping[str, Question] = QUESTIONS,
    *,
    holds: bool = True,
) -> str:
    """Say what a condition comes to, in a clause without a full stop.

    Args:
        one: The condition.
        voice: What the people and things in it are called.
        questions: The questions of judgement of the rulebook.
        holds: Whether it is to be affirmed, or denied.
    """

    def inner(part: Condition, *, affirmed: bool = holds) -> str:
        return condition(part, voice, questions, holds=affirmed)

    match one:
        case Not(part=part):
            return inner(part, affirmed=not holds)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            told = tuple(part for part in parts if not isinstance(part, Always))
            if isinstance(one, AllOf) is holds:
                return _both(told, inner, holds=holds)
            if holds and _are_of_one_office(told):
                return _one_of_them_held(told, voice)
            return ", or ".join(_once(map(inner, told)))
        case Related():

            def tell(part: Condition, there: Voice) -> str:
                return condition(part, there, questions)

            return related(one, voice, tell, holds=holds)
        case Judged(question=name):
            return _judged(name, voice, questions, holds=holds)
        case Always():
            return "whatever it was" if holds else "never"
        case Is() | IsNone() | Compared() | RefersToTrigger():
            return _of_a_field(one, voice, holds=holds)
        case Holds() | SitsOn() | HasInterest() | TookOfficeSince():
            return _of_a_person(one, voice, holds=holds)
        case InForce() | Adopted() | WithinTerms() | Authorised() | Provided() | Vacant():
            return _of_the_council(one, voice, holds=holds)
        case _:
            assert_never(one)


def _once(clauses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clauses))


def _both(parts: Sequence[Condition], inner: Callable[[Condition], str], *, holds: bool) -> str:
    """Join what all has to hold, so that alternatives inside it stay together."""
    choice = AnyOf if holds else AllOf
    told = (("either " if isinstance(part, choice) else "") + inner(part) for part in parts)
    return " and ".join(_once(told))


def _are_of_one_office(parts: Sequence[Condition]) -> TypeGuard[Sequence[Holds]]:
    """Tell whether alternatives say of several people that one of them held an office."""
    held = [one for one in parts if isinstance(one, Holds)]
    return len(held) == len(parts) > 1 and all(
        evolve(one, path=held[0].path) == held[0] for one in held
    )


def _one_of_them_held(parts: Sequence[Holds], voice: Voice) -> str:
    names = [voice.name(one.path) for one in parts]
    held = _held(parts[0], holds=True)
    if all(one.startswith(_WHOEVER) for one in names):
        did = ", or ".join(one.removeprefix(_WHOEVER) for one in names)
        return f"somebody who was then {held} {did}"
    return f"{', or '.join(names)}, was then {held}"


def as_act(asks: str) -> str | None:
    """Turn a question on what `{by}` did into what somebody does; `None` if it is none.

    Examples:
        >>> as_act("Was {by} disrespectful to {towards}?")
        'be disrespectful to {towards}'
    """
    matched = _ABOUT_BY.fullmatch(asks)
    if matched is None:
        return None
    return matched[2] if matched[1] == "Did" else f"be {matched[2]}"


def _judged(name: str, voice: Voice, questions: Mapping[str, Question], *, holds: bool) -> str:
    found = questions.get(name)
    asks = f"Is it so: {plain(name)}?" if found is None else found.asks
    matched = _ABOUT_BY.fullmatch(asks)
    if matched is None:
        answer = "yes" if holds else "no"
        return f"a named person's answer to “{voice.asked(asks)}” is {answer}"
    no = "" if holds else " not"
    told = voice.asked(f"{{by}} {matched[1].lower()}{no} {matched[2]}")
    return f"in the judgement of a named person, {told}"


# --- fields --------------------------------------------------------------------------


def _of_a_field(one: Is | IsNone | Compared | RefersToTrigger, voice: Voice, *, holds: bool) -> str:
    match one:
        case Is():
            return _is(one, voice, holds=holds)
        case IsNone(path=path):
            return _empty(_called(path, voice), holds=holds)
        case RefersToTrigger(path=Path(field="id")):
            return "it is the same event" if holds else "it is another event"
        case RefersToTrigger(path=path):
            return f"{voice.label(path)} is {'this one' if holds else 'another'}"
        case Compared():
            return _compared(one, voice, holds=holds)
        case _:
            assert_never(one)


def _called(path: Path, voice: Voice) -> str:
    return voice.label(path) if path.attribute is None else voice.name(path)


def _empty(called: str, *, holds: bool) -> str:
    if called.startswith("who "):
        return f"{'nobody' if holds else 'somebody'} {called.removeprefix('who ')}"
    return f"{called} is {'nothing' if holds else 'something'}"


def _is(one: Is, voice: Voice, *, holds: bool) -> str:
    told = voice.words(one.path) if one.path.attribute is None else None
    if told is not None and told.is_ and "none" not in one.words:
        return _is_told(told, one.words, holds=holds)
    if one.path.attribute in _OF_THE_REGISTER:
        return _is_on_the_register(one, voice, holds=holds)
    called = _called(one.path, voice)
    if called.startswith("whether ") and set(one.words) <= {"yes", "no"}:
        fact = called.removeprefix("whether ")
        return fact if holds is (one.words == ("yes",)) else f"it is not so that {fact}"
    if called.startswith("whether "):
        called = f"the answer to {called}"
    is_named = one.path.attribute in {"held-by", "body"}
    words = listed([person(word) if is_named else f"“{plain(word)}”" for word in one.words], "or")
    return f"{called} is {words if holds else f'anything but {words}'}"


def _is_told(told: Told, words: Sequence[str], *, holds: bool) -> str:
    """Say that a field holds one of several words, or none of them."""
    said = [told.words.get(word, plain(word)) for word in words]
    if holds:
        return told.is_.format(listed(said, "or"))
    if len(said) == 1:
        return told.isnt.replace("neither", "not").format(said[0])
    joint = "nor" if "neither" in told.isnt else "or"
    return told.isnt.format(listed(said, joint))


def _is_on_the_register(one: Is, voice: Voice, *, holds: bool) -> str:
    """Say what the register has to say of a document or of somebody."""
    called = voice.name(Path(one.path.field))
    template, denied = _OF_THE_REGISTER[one.path.attribute or ""]
    if one.path.attribute == "held-by":
        words = listed([person(word) for word in one.words], "or")
    elif one.path.attribute == "marked":
        words = listed([f"“{plain(word)}”" for word in one.words], "or")
    else:
        words = listed(map(plain, one.words), "or")
    return (template if holds else denied).format(of=called, words=words)


def _compared(one: Compared, voice: Voice, *, holds: bool) -> str:
    other = voice.trigger if one.of_trigger else voice
    same = holds is not one.differs
    label, held = voice.label(one.path), voice.holds(one.path)
    if one.of_trigger and one.path == one.other and held is not Kind.PERSON:
        if held is Kind.MATTER and not label.startswith("the "):
            return f"it was about {'the same' if same else 'another'} matter"
        return f"{voice.label(one.path)} is {'the same' if same else 'another'}"
    if one.path.field == "id":
        return f"it is {'' if same else 'not '}{other.label(one.other)}"
    named = other.name(one.other)
    return _of_somebody(_called(one.path, voice), named if same else f"somebody other than {named}")


def _of_somebody(label: str, named: str) -> str:
    """Say who it was, from what a field means: `to whom it was passed`, `who received it`."""
    found = _WHOM.fullmatch(label)
    if found is not None:
        return f"{found['act']}{found['at'] or ''} {found['to'] or ''}{named}"
    if label == "who else took part":
        return f"{named} took part as well"
    return (
        f"{named} {label.removeprefix('who ')}"
        if label.startswith("who ")
        else f"{label} is {named}"
    )


# --- people --------------------------------------------------------------------------


def _of_a_person(
    one: Holds | SitsOn | HasInterest | TookOfficeSince, voice: Voice, *, holds: bool
) -> str:
    name, several = voice.name(one.path), voice.several(one.path)
    if several:
        # Of several people it holds if it does of one of them.
        name, holds = listed(several, "or") if holds else f"neither {listed(several, 'nor')}", True
    match one:
        case Holds() if name.startswith(_WHOEVER):
            did = name.removeprefix(_WHOEVER)
            return f"somebody who was then {_held(one, holds=holds)} {did}"
        case Holds():
            return f"{name} was then {_held(one, holds=holds)}"
        case SitsOn(bodies=bodies, for_=path):
            purpose = "" if path is None else f" for {voice.name(path)}"
            return f"{name} then {'sat' if holds else 'did not sit'} on {any_of(bodies)}{purpose}"
        case HasInterest(kinds=found, matter=matter, known=known):
            kind = "an" if len(found) == _EVERY_INTEREST else f"a {listed(found, 'or')}"
            knew = " and knew of it" if known else ""
            return f"{name} {'had' if holds else 'had not'} then {kind} interest in {voice.name(matter)}{knew}"
        case TookOfficeSince(roles=roles):
            became = "became" if holds else "was already"
            return f"{name} {became} {any_of(roles)} {'only after' if holds else 'when'} it began"
        case _:
            assert_never(one)


def _held(one: Holds, *, holds: bool) -> str:
    of = "" if one.of is None else f" of {a(one.of)}"
    if holds:
        return any_of(one.roles) + of
    if len(one.roles) == 1:
        return f"not {a(one.roles[0])}{of}"
    return f"neither {listed(map(a, one.roles), 'nor')}{of}"


# --- the council ---------------------------------------------------------------------


def _of_the_council(
    one: InForce | Adopted | WithinTerms | Authorised | Provided | Vacant,
    voice: Voice,
    *,
    holds: bool,
) -> str:
    no = "" if holds else " not"
    match one:
        case InForce(path=path):
            return _in_force(path, voice, holds=holds)
        case Adopted(path=path):
            return f"{voice.name(path)} had{no} been adopted by then"
        case WithinTerms(path=path, body=body):
            cover = "cover" if holds else "do not cover"
            return f"the terms of reference of {voice.name(body)} {cover} {voice.name(path)}"
        case Authorised():
            return _authorised(one, voice, holds=holds)
        case Provided(kinds=found):
            procedure = "a procedure" if holds else "no procedure"
            return f"the council then had {procedure} for {listed(map(plain, found), 'or')}"
        case Vacant(role=role):
            return f"{'nobody' if holds else 'somebody'} was {plain(role)} then"
        case _:
            assert_never(one)


def _in_force(path: Path, voice: Voice, *, holds: bool) -> str:
    called = voice.name(path)
    if path.field != "through":
        return f"{called} was{'' if holds else ' not'} in force then"
    procedure = "an agreed procedure" if called.startswith("the agreed") else called
    return f"it {'went' if holds else 'did not go'} through {procedure} that was in force then"


def _authorised(one: Authorised, voice: Voice, *, holds: bool) -> str:
    name = voice.name(one.who)
    if one.passing_on:
        only = "only passed on" if holds else "did not only pass on"
        return f"{name} {only} what the council or a committee had decided"
    over = "" if one.over is None else f", over {voice.name(one.over)}"
    no = "" if holds else " not"
    return f"the council or a committee had{no} authorised {name} to do this{over}"
