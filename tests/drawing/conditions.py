"""Conditions and relations of every kind that a rule can be written with."""

from __future__ import annotations

from hypothesis import strategies as st

from councilrules.events import Kind
from councilrules.register import PROCEDURE_KINDS
from councilrules.rules import (
    Adopted,
    AllOf,
    Always,
    AnyOf,
    Authorised,
    Compared,
    Condition,
    HasInterest,
    Holds,
    InForce,
    Is,
    IsNone,
    Judged,
    Modality,
    Not,
    Order,
    Path,
    Pattern,
    Provided,
    RefersToTrigger,
    Related,
    Role,
    Rule,
    SitsOn,
    TookOfficeSince,
    Vacant,
    WithinTerms,
    parts_of,
)
from councilrules.testing._cast import BODIES, MATTERS
from councilrules.testing._picking import seldom
from councilrules.vocabulary import Field, Question, kinds

USED = (
    "instruction-given",
    "document-disclosed",
    "document-inspected",
    "document-refused",
    "query-made",
    "response-given",
    "promise-made",
    "promise-kept",
    "concern-raised",
    "interest-declared",
    "councillor-lobbied",
    "decision-taken",
    "work-refused",
    "criticism-made",
    "discussion-held",
    "code-finding-made",
    "course-of-conduct",
    "relationship-held",
)
"""The kinds of event that drawn rules speak of: they have fields of every kind."""

ROLES = (
    Role(name="council", bodies=("council",)),
    Role(name="committee", bodies=("committee",)),
    Role(name="councillor", offices=("councillor", "chair", "vice-chair")),
    Role(name="chair", offices=("chair",), of="council"),
    Role(name="clerk", offices=("clerk",)),
    Role(name="employee", offices=("employee", "officer", "clerk"), engaged=("employed",)),
)
_SINGLE = st.sampled_from([role.name for role in ROLES])


def _question(name: str, *raised_by: str) -> Question:
    return Question(name=name, asks="Did {by} wrong {towards}?", raised_by=frozenset(raised_by))


ASKED = (
    _question("wronged", *USED),
    _question("rude", "criticism-made", "course-of-conduct"),
    _question("unasked"),
)


def roles() -> st.SearchStrategy[tuple[str, ...]]:
    """Draw one or two role words."""
    return st.lists(_SINGLE, min_size=1, max_size=2, unique=True).map(tuple)


# --- conditions -------------------------------------------------------------------


def _of_person(path: Path) -> st.SearchStrategy[Condition]:
    bodies = st.sampled_from([*sorted(BODIES), "committee", "panel"])
    for_ = st.sampled_from([None, Path("topic"), Path("subject")])
    matters = st.sampled_from([Path("matter"), Path("subject"), Path("document", "matter")])
    interests = st.sampled_from(
        [("pecuniary",), ("professional", "personal", "prejudicial", "other")]
    )
    return st.one_of(
        st.builds(Holds, st.just(path), roles(), st.sampled_from([None, None, "council"])),
        st.builds(SitsOn, st.just(path), bodies.map(lambda one: (one,)), for_),
        st.builds(HasInterest, st.just(path), matters, interests, st.booleans()),
        st.builds(TookOfficeSince, st.just(path), roles()),
        st.builds(
            Is, st.just(Path(path.field, "office")), st.sampled_from([("clerk",), ("chair",)])
        ),
        st.just(IsNone(path)),
    )


def _of_thing(path: Path, kind: Kind) -> st.SearchStrategy[Condition]:
    matter = st.sampled_from(MATTERS).map(lambda one: (one,))
    match kind:
        case Kind.DOCUMENT:
            marked = Path(path.field, "marked")
            return st.one_of(
                st.just(Is(marked, ("confidential", "not-for-publication"))),
                st.just(IsNone(marked)),
                st.just(Is(Path(path.field, "held-by"), ("council",))),
                st.builds(Is, st.just(Path(path.field, "matter")), matter),
            )
        case Kind.DECISION:
            return st.one_of(
                st.just(InForce(path)),
                st.just(Adopted(path)),
                st.builds(Is, st.just(Path(path.field, "subject")), matter),
            )
        case Kind.PROCEDURE:
            of_kind = st.sampled_from(PROCEDURE_KINDS).map(lambda one: (one,))
            return st.one_of(
                st.just(InForce(path)), st.builds(Is, st.just(Path(path.field, "kind")), of_kind)
            )
        case Kind.BODY:
            return st.sampled_from([Holds(path, ("committee",)), IsNone(path)])
        case _:
            return st.one_of(
                st.builds(Is, st.just(path), matter),
                st.sampled_from([IsNone(path), WithinTerms(path, Path("by"))]),
            )


@st.composite
def _of_field(draw: st.DrawFn, field: Field, *, related: bool) -> Condition:
    """Draw a condition on one field, by the kind of thing that it holds."""
    path = Path(field.name)
    if related and field.kind is not Kind.TIME and draw(st.booleans()):
        if field.kind is Kind.EVENT:
            return RefersToTrigger(path)
        other = Path("by") if field.kind is Kind.PERSON and draw(st.booleans()) else path
        return Compared(path, other, draw(seldom), of_trigger=True)
    match field.kind:
        case Kind.PERSON:
            if draw(seldom):
                return Compared(path, Path("by"), draw(st.booleans()))
            return draw(_of_person(path))
        case Kind.YES_NO:
            return Is(path, (draw(st.sampled_from(["yes", "no"])),))
        case Kind.CHOICE:
            words = st.lists(st.sampled_from(field.choices), min_size=1, max_size=2, unique=True)
            return Is(path, tuple(draw(words)))
        case Kind.EVENT | Kind.TIME | Kind.TEXT:
            return IsNone(path)
        case kind:
            return draw(_of_thing(path, kind))


def _authorised(kind: str) -> Authorised:
    fields = kinds()[kind].fields
    named = {name: Path(name) if name in fields else None for name in ("to", "subject", "under")}
    return Authorised(Path("by"), named["to"], named["subject"], named["under"])


@st.composite
def simple(draw: st.DrawFn, kind: str, *, related: bool) -> Condition:
    """Draw a condition on an event of a kind."""
    if draw(seldom):
        judged = Judged("unasked" if draw(seldom) else "wronged")
        provided, vacant = Provided(("grievance",)), Vacant("clerk")
        general: list[Condition] = [Always(), provided, vacant, _authorised(kind), judged]
        return draw(st.sampled_from(general))
    own = [field for field in kinds()[kind].fields.values() if not field.is_common]
    common = [field for field in kinds()[kind].fields.values() if field.is_common]
    fields = [*own, *own, *(one for one in common if one.name in {"by", "with", "in-role"})]
    found = draw(_of_field(draw(st.sampled_from(fields)), related=related))
    return Not(found) if draw(seldom) else found


@st.composite
def conditions(draw: st.DrawFn, kind: str, *, related: bool = False) -> Condition:
    """Draw a condition, perhaps of several parts, perhaps on another event."""
    how = draw(st.sampled_from(["one", "one", "all", "any", "relation", "relation"]))
    if how == "relation" and not related:
        found = draw(relations())
        asks = any(isinstance(one, Judged) for one in parts_of(found))
        return Not(found) if draw(seldom) and not asks else found
    parts = tuple(draw(st.lists(simple(kind, related=related), min_size=1, max_size=2)))
    if how == "all":
        return AllOf(parts)
    return AnyOf(parts) if how == "any" else parts[0]


@st.composite
def relations(draw: st.DrawFn, order: Order | None = None) -> Related:
    """Draw a relation to another event."""
    kind = draw(st.sampled_from([one for one in USED if not kinds()[one].cls.derived]))
    condition = draw(conditions(kind, related=True))
    found = draw(st.sampled_from(Order)) if order is None else order
    until_due = order is None and found is Order.AFTER and draw(st.booleans())
    return Related(Pattern((kind,), condition), found, draw(seldom), until_due)


@st.composite
def named(draw: st.DrawFn, kind: str, name: str) -> tuple[tuple[str, Condition], ...]:
    """Draw an exception or a gap of that name, or none."""
    if draw(st.booleans()):
        return ()
    found = draw(conditions(kind))
    asks_unasked = Judged("unasked") in Rule(
        id="", clause="", kind="", force="", modality=Modality.MAY,
        trigger=Pattern((kind,), found),
    ).conditions  # fmt: skip
    return ((name, Judged("wronged") if asks_unasked else found),)
