"""What rules read of a situation: which fields, and what they look for in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from councilrules.rules import (
    Adopted,
    AllOf,
    AnyOf,
    Authorised,
    Compared,
    HasInterest,
    Holds,
    InForce,
    Is,
    IsNone,
    Judged,
    Modality,
    Not,
    Path,
    Provided,
    RefersToTrigger,
    SitsOn,
    TookOfficeSince,
    Vacant,
    WithinTerms,
    parts_of,
)
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.analysis.formulas import Formula
    from councilrules.rules import Condition, Related, Rule, Rulebook

TRIGGER = "e1"
"""The id of the event that a situation is about."""

_ANY_KIND = ("conduct-put-forward",)
"""A kind of event for a question that no kind raises by itself."""

_SOME_OFFICE = "monitoring-officer"
"""An office, where any is asked for, that roles seldom cover."""

MOST_OTHERS = 2
"""How many other events a situation has at most, but for the steps of a sequence."""

FieldOf = tuple[str, str]
"""An event by its id, and a field of it."""


@define
class Use:
    """What is asked of one field of one event.

    Attributes:
        words: The words that it is compared with.
        attributes: The attributes of the thing it names, each with the words asked for.
        partners: The fields that it is compared with.
        office_of: The fields that name somebody whose office it is compared with.
        names_event: The events that it may refer to.
        can_be_none: Whether it is asked if it is empty.
        decision: Whether it may name the decision relied on.
    """

    words: dict[str, None] = field(factory=dict)
    attributes: dict[str, dict[str, None]] = field(factory=dict)
    partners: dict[FieldOf, None] = field(factory=dict)
    office_of: dict[FieldOf, None] = field(factory=dict)
    names_event: dict[str, None] = field(factory=dict)
    can_be_none: bool = False
    decision: bool = False


@define
class Uses:
    """What some rules read of a situation.

    Attributes:
        kinds: The kinds that each event may be of; the trigger comes first.
        relations: The relations by which each other event is looked for.
        fields: What is asked of each field.
        roles: The role words asked of anybody, each with the body it is narrowed to.
        questions: The questions of judgement asked of each event.
        seats: The bodies that seats are asked of; likewise kinds of interest, kinds of
            procedure, and posts that may be vacant.
        authorities: The authorities asked for, each with the event that acts.
    """

    kinds: dict[str, tuple[str, ...]] = field(factory=dict)
    relations: dict[str, tuple[Related, ...]] = field(factory=dict)
    fields: dict[FieldOf, Use] = field(factory=dict)
    roles: dict[tuple[str, str | None], None] = field(factory=dict)
    questions: dict[tuple[str, str], None] = field(factory=dict)
    seats: dict[str, None] = field(factory=dict)
    seat_for: dict[FieldOf, None] = field(factory=dict)
    interests: dict[str, None] = field(factory=dict)
    matters: dict[FieldOf, str | None] = field(factory=dict)
    procedures: dict[str, None] = field(factory=dict)
    posts: dict[str, None] = field(factory=dict)
    terms: dict[FieldOf, FieldOf] = field(factory=dict)
    authorities: list[tuple[str, Authorised]] = field(factory=list)

    def of(self, event: str, name: str) -> Use:
        """Give what is asked of a field of an event."""
        return self.fields.setdefault((event, name), Use())


def uses(formulas: Iterable[tuple[Rulebook, Formula]], kinds_: tuple[str, ...] = ()) -> Uses:
    """Gather what rules read of a situation that is about one event.

    Args:
        formulas: The rules, each with its rulebook.
        kinds_: The kinds that the event may be of; if none is given, those that can open
            a case of every rule, else of any.
    """
    pairs = tuple(formulas)
    found = Uses()
    if any(formula.rule.modality is not Modality.STANDING for _, formula in pairs):
        found.kinds[TRIGGER] = kinds_ or _opening_kinds(pairs)
    _make_room(found, [one.relation for _, formula in pairs for one in formula.searches])
    for rulebook, formula in pairs:
        rule = formula.rule
        if rule.modality is Modality.STANDING:
            continue
        if rule.bearer is not None:
            found.of(TRIGGER, rule.bearer)
            found.roles.update(dict.fromkeys((role, None) for role in rule.roles))
        for name in (rule.until, rule.conduct_at):
            if name is not None:
                found.of(TRIGGER, name)
        for condition in _asked_of_trigger(rule):
            _read(found, condition, TRIGGER)
        for relation in (one.relation for one in formula.searches):
            for event, relations in found.relations.items():
                if relation in relations:
                    _read(found, relation.pattern.condition, event)
            if relation.or_itself:
                _read(found, relation.pattern.condition, TRIGGER)
        for condition in barring(rulebook, rule):
            _read(found, condition, TRIGGER)
    _name_offices(found)
    return found


def _name_offices(found: Uses) -> None:
    """Let a field that names an office hold those that are asked for of the person."""
    for use in [*found.fields.values()]:
        for person in use.office_of:
            offices = found.of(*person).attributes.setdefault("office", {})
            # One that no rule asks for by its name is among them, since anybody's may be compared.
            offices.setdefault(_SOME_OFFICE)
            use.words.update(offices)


def _opening_kinds(pairs: tuple[tuple[Rulebook, Formula], ...]) -> tuple[str, ...]:
    """Give the kinds of event that can open a case of every rule; else of any."""
    each = [kinds_opening(rulebook, formula.rule) for rulebook, formula in pairs]
    common = [kind for kind in each[0] if all(kind in others for others in each)]
    return tuple(common or dict.fromkeys(kind for one in each for kind in one))


def opening_kinds(*rules: tuple[Rulebook, Rule]) -> tuple[str, ...]:
    """Give the kinds of event that can open a case of any of some rules."""
    acting = (one for one in rules if one[1].modality is not Modality.STANDING)
    return tuple(dict.fromkeys(kind for one in acting for kind in kinds_opening(*one)))


def kinds_opening(rulebook: Rulebook, rule: Rule) -> tuple[str, ...]:
    """Give the kinds of event that can open a case of a rule.

    For a rule on any event these are the kinds that raise what it asks.
    """
    if rule.trigger.kinds:
        return rule.trigger.kinds
    asked = sorted(rule.questions)
    raising = sorted(frozenset().union(*(rulebook.questions[name].raised_by for name in asked)))
    needed = {path.field for one in rule.conditions for path in paths_of(one)} - {"id", "towards"}
    fitting = [kind for kind in raising if needed <= kinds()[kind].fields.keys()]
    return tuple(fitting or raising or _ANY_KIND)


def _make_room(found: Uses, relations: list[Related]) -> None:
    """Give each relation an event of its own, as far as there is room."""
    distinct = list(dict.fromkeys(relations))
    by_kinds: dict[tuple[str, ...], list[Related]] = {}
    for relation in distinct:
        by_kinds.setdefault(relation.pattern.kinds, []).append(relation)
    extra = max(0, MOST_OTHERS - len(by_kinds))
    number = 2
    for kinds_, sharing in by_kinds.items():
        times = min(len(sharing), 1 + extra)
        extra -= times - 1
        for _ in range(times):
            event = f"e{number}"
            found.kinds[event] = kinds_ or found.kinds[TRIGGER]
            found.relations[event] = tuple(
                one for one in distinct
                if not one.pattern.kinds or set(one.pattern.kinds) & set(found.kinds[event])
            )  # fmt: skip
            number += 1


def _asked_of_trigger(rule: Rule) -> Iterator[Condition]:
    yield rule.trigger.condition
    yield from rule.further
    for _, condition in (*rule.exceptions, *rule.gaps):
        yield condition


def barring(rulebook: Rulebook, rule: Rule) -> Iterator[Condition]:
    """Give what the clauses ask that a refusal yields to, in terms of the refusal."""
    if rule.denies is None:
        return
    copied = dict(rule.denies.copied)
    for clause in rulebook[rule.clause].subject_to:
        for other in rulebook[clause].rules:
            if rule.denies.kind not in other.trigger.kinds:
                continue
            if other.bearer is not None:
                yield from (Holds(Path(copied.get(other.bearer, other.bearer)), other.roles),)
            for condition in _asked_of_trigger(other):
                yield from (_translated(one, copied) for one in parts_of(condition))


def _translated(condition: Condition, copied: dict[str, str]) -> Condition:
    """Give a condition on an act in terms of the fields of its refusal."""

    def path(one: Path) -> Path:
        return Path(copied.get(one.field, one.field), one.attribute)

    match condition:
        case Is(path=one, words=words):
            return Is(path(one), words)
        case Holds(path=one, roles=roles, of=of):
            return Holds(path(one), roles, of)
        case HasInterest(path=one, matter=matter, kinds=kinds_, known=known):
            return HasInterest(path(one), path(matter), kinds_, known)
        case _:
            return condition


def paths_of(condition: Condition) -> Iterator[Path]:
    """Give every path that a condition names."""
    for name in ("path", "other", "matter", "for_", "body", "who", "over", "subject", "under"):
        found = getattr(condition, name, None)
        if isinstance(found, Path):
            yield found


def _read(found: Uses, condition: Condition, event: str) -> None:
    """Note what a condition, and all inside it but relations, asks of an event."""
    for part in parts_of_one(condition):
        if isinstance(part, Compared):
            _compare(found, part, event)
            continue
        for path in paths_of(part):
            found.of(event, path.field)
        _read_of_people(found, part, event)
        _read_of_things(found, part, event)


def _read_of_people(found: Uses, part: Condition, event: str) -> None:
    """Note what a condition asks of somebody: offices, seats, interests, judgement."""
    match part:
        case Holds(roles=roles, of=of):
            found.roles.update(dict.fromkeys((role, of) for role in roles))
        case TookOfficeSince(roles=roles):
            found.roles.update(dict.fromkeys((role, None) for role in roles))
        case SitsOn(bodies=bodies, for_=for_):
            found.seats.update(dict.fromkeys(bodies))
            if for_ is not None:
                found.seat_for[event, for_.field] = None
        case HasInterest(matter=matter, kinds=kinds_):
            if matter.attribute is not None:
                found.of(event, matter.field).attributes.setdefault(matter.attribute, {})
            found.interests.update(dict.fromkeys(kinds_))
            found.matters[event, matter.field] = matter.attribute
        case Judged(question=question):
            found.questions[event, question] = None
        case _:
            pass


def _read_of_things(found: Uses, part: Condition, event: str) -> None:
    """Note what a condition asks of a field, and of what the register lists."""
    match part:
        case Is(path=path, words=words):
            use = found.of(event, path.field)
            attribute = path.attribute
            asked = use.words if attribute is None else use.attributes.setdefault(attribute, {})
            asked.update(dict.fromkeys(words))
        case IsNone(path=path):
            found.of(event, path.field).can_be_none = True
        case InForce(path=path) | Adopted(path=path):
            found.of(event, path.field).attributes.setdefault("period", {})
        case WithinTerms(path=path, body=body):
            found.terms[event, body.field] = (event, path.field)
        case Authorised(under=under):
            found.authorities.append((event, part))
            if under is not None:
                found.of(event, under.field).decision = True
        case Provided(kinds=kinds_):
            found.procedures.update(dict.fromkeys(kinds_))
        case Vacant(role=role):
            found.posts[role] = None
        case RefersToTrigger(path=path):
            found.of(event, path.field).names_event[TRIGGER] = None
        case _:
            pass


def _compare(found: Uses, condition: Compared, event: str) -> None:
    one = (event, condition.path.field)
    other = (TRIGGER if condition.of_trigger else event, condition.other.field)
    for (of, name), path, partner, its_path in (
        (one, condition.path, other, condition.other),
        (other, condition.other, one, condition.path),
    ):
        if name == "id":
            found.of(*partner).names_event[of] = None
            continue
        use = found.of(of, name)
        if path.attribute is not None:
            use.attributes.setdefault(path.attribute, {})
        if its_path.attribute == "office" and path.attribute is None:
            use.office_of[partner] = None
        elif partner[1] != "id" and path.attribute != "office":
            use.partners[partner] = None


def parts_of_one(condition: Condition) -> Iterator[Condition]:
    """Give a condition and those inside it that are about the same event."""
    yield condition
    match condition:
        case Not(part=part):
            yield from parts_of_one(part)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for one in parts:
                yield from parts_of_one(one)
        case _:
            return
