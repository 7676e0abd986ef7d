"""Registers: a small cast whose offices, interests and papers are drawn each time."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from tests.drawing.times import moments, odd_tenures, often, seldom, tenures

from councilrules.events import NONE, UNKNOWN, Proof, Unknown
from councilrules.register import (
    INTEREST_KINDS,
    KINDS,
    Body,
    Decision,
    Engagement,
    Interest,
    Listed,
    Marking,
    Office,
    Paper,
    Person,
    Procedure,
    Register,
    Relationship,
    Seat,
)

PEOPLE = ("ann", "bob", "cleo", "dev", "eve", "fay", "kim")
STRANGER = "lee"
"""Somebody whom no register lists."""
BODIES = {"finance": "committee", "selection-panel": "panel", "task-group": "group"}
PAPERS = ("valuation", "minutes")
MATTERS = ("fete", "land-sale", "caretaker-post", "personnel")
DECISIONS = ("d1", "d2", "g1")
PROCEDURES = ("p1", "p2")
PROCEDURE_KINDS = ("grievance", "disciplinary", "personal-issues", "lobbying")
_OFFICES = {
    "ann": "councillor",
    "bob": "councillor",
    "cleo": "clerk",
    "dev": "officer",
    "eve": "employee",
}
_INTERESTS = INTEREST_KINDS
_MARKS = ("confidential", "not-for-publication", "other-secrecy")

proofs = st.sampled_from([Proof.ESTABLISHED] * 5 + [Proof.ADMITTED, Proof.ALLEGED, Proof.NOT_KNOWN])
"""How well a register entry is proved."""


def one_of(*words: str | Unknown) -> st.SearchStrategy[str | Unknown]:
    """Draw one of these words, or what is not known."""
    return st.sampled_from(words)


@cache
def listed(words: tuple[str, ...]) -> st.SearchStrategy[Listed]:
    """Draw a list of words, none, or that it is not known."""
    some = st.lists(st.sampled_from(words), min_size=1, max_size=2, unique=True).map(tuple)
    return st.one_of(some, some, some, st.just(NONE), st.just(UNKNOWN))


@st.composite
def offices(draw: st.DrawFn, role: str) -> Office:
    """Draw when an office was held, and on what terms."""
    engaged: tuple[Engagement, ...] = ()
    if draw(seldom):
        how = draw(one_of("employed", "contract", "unpaid", UNKNOWN))
        engaged = (Engagement(how=how, tenure=draw(tenures())),)
    return Office(role=role, tenure=draw(odd_tenures()), engaged=engaged, proof=draw(proofs))


@st.composite
def _people(draw: st.DrawFn) -> dict[str, Person]:
    found = {"fay": Person(), "kim": Person(is_known=False)}
    odd = draw(st.sets(st.sampled_from(sorted(_OFFICES)), min_size=1, max_size=3))
    for name, role in _OFFICES.items():
        if name not in odd:
            found[name] = Person(offices=(Office(role=role),))
            continue
        held = [draw(offices(role))]
        if draw(seldom):
            other = draw(
                st.sampled_from(["chair", "vice-chair", "councillor", "employee", "clerk"])
            )
            held.append(draw(offices(other)))
        seats: tuple[Seat, ...] = ()
        if draw(seldom):
            body = draw(st.sampled_from(sorted(BODIES)))
            seats = (Seat(body=body, for_=draw(listed(MATTERS)), tenure=draw(tenures())),)
        found[name] = Person(offices=tuple(held), seats=seats)
    return found


@st.composite
def _papers(draw: st.DrawFn) -> dict[str, Paper]:
    marked = st.lists(
        st.builds(Marking, word=st.sampled_from(_MARKS), tenure=tenures(), proof=proofs), max_size=2
    ).map(tuple)
    secret = Marking(word="confidential")
    drawn = Paper(
        matter=draw(listed(MATTERS)),
        marked=UNKNOWN if draw(seldom) else draw(marked),
        held_by=("council",) if draw(often) else draw(listed(("council", "ann"))),
    )
    return {
        "minutes": drawn,
        "valuation": Paper(matter=("land-sale",), marked=(secret,), held_by=("council",)),
    }


_OWNER = Interest(of="ann", matter=("land-sale",), kinds=("pecuniary",))
_interests = st.lists(
    st.one_of(
        st.just(_OWNER),
        st.builds(
            Interest,
            of=st.sampled_from(["ann", "bob", "dev", "kim"]),
            matter=listed(MATTERS),
            kinds=listed(_INTERESTS),
            tenure=tenures(),
            known=tenures(),
            proof=proofs,
        ),
    ),
    min_size=1,
    max_size=2,
).map(tuple)


@st.composite
def decisions(draw: st.DrawFn, name: str) -> Decision:
    """Draw a decision, or a delegation if its name says so."""
    some = one_of("council", "council", "council", "finance", "task-group", UNKNOWN)
    return Decision(
        id=name,
        body=draw(some),
        subject=draw(listed((*MATTERS, "anything"))),
        to=draw(listed(("ann", "bob", "councillor", "clerk", "finance", "anything"))),
        over=draw(listed(("cleo", "dev", "employee", "anything"))),
        scope=draw(one_of("all", "some", UNKNOWN)),
        group=draw(one_of("small", "large", UNKNOWN)),
        tenure=draw(tenures()),
        is_delegation=name.startswith("g"),
        proof=draw(proofs),
    )


@st.composite
def _decisions(draw: st.DrawFn) -> tuple[Decision, ...]:
    plain = Decision(id="d1", to=("ann",))
    names = draw(st.sets(st.sampled_from(DECISIONS), max_size=2))
    return (
        *((plain,) if "d1" not in names else ()),
        *(draw(decisions(one)) for one in sorted(names)),
    )


@st.composite
def _procedures(draw: st.DrawFn) -> tuple[Procedure, ...]:
    names = draw(st.sets(st.sampled_from(PROCEDURES), max_size=2))
    return tuple(
        Procedure(
            id=name, kinds=draw(listed(PROCEDURE_KINDS)), tenure=draw(tenures()), proof=draw(proofs)
        )
        for name in sorted(names)
    )


_relationships = st.builds(
    Relationship,
    id=st.just("r1"),
    between=st.sampled_from([("ann", "cleo"), ("bob", "dev"), ("kim", "ann")]),
    kind=st.sampled_from(["personal-familiarity", "special-relationship", UNKNOWN]),
    tenure=tenures(),
    proof=proofs,
)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Draw a register; where it does not speak of a kind, it has no entries of it."""
    spoken = {*KINDS} - draw(st.sets(st.sampled_from(KINDS), max_size=3))
    bodies = {name: Body(kind=kind, terms=("fete",)) for name, kind in BODIES.items()}
    bodies["finance"] = Body(kind="committee", terms=draw(listed(MATTERS)))
    entries = draw(_decisions())
    return Register(
        people=draw(_people()),
        bodies=bodies,
        papers=draw(_papers()),
        interests=draw(_interests) if "interests" in spoken else (),
        relationships=(draw(_relationships),) if draw(seldom) else (),
        decisions=tuple(
            one
            for one in entries
            if ("delegations" if one.is_delegation else "decisions") in spoken
        ),
        procedures=draw(_procedures()) if "procedures" in spoken else (),
        reviews=tuple(draw(st.lists(moments, max_size=1))),
        speaks_of=frozenset(spoken),
    )
