"""Rulebooks: the two that are shipped, and small ones built from every kind of condition."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from hypothesis import strategies as st
from tests.drawing.conditions import ASKED, ROLES, USED, conditions, named, relations, roles

import councilrules
from councilrules.periods import Allowance, Tenure, calendar
from councilrules.rules import (
    AllOf,
    Always,
    Clause,
    Denied,
    HasInterest,
    Holds,
    Is,
    Judged,
    Modality,
    Order,
    Parameter,
    ParameterValue,
    Path,
    Pattern,
    RefersToTrigger,
    Related,
    Rule,
    Rulebook,
    Standing,
)
from councilrules.testing._picking import often, seldom
from councilrules.testing._times import START, exact
from councilrules.vocabulary import QUESTIONS

_WORKING = calendar("england-and-wales")
_KINDS_WITH_TIME = {"promise-made": "due"}
_ANSWERED_BY = {
    "query-made": ("response-given", "query"),
    "promise-made": ("promise-kept", "promise"),
    "instruction-given": ("work-refused", "on-instruction-of"),
}
"""Kinds of event with the kind that answers them, and the field that says what it answers."""

_MODALITIES = (
    Modality.MUST_NOT,
    Modality.MUST_NOT,
    Modality.MUST,
    Modality.MUST,
    Modality.MUST,
    Modality.MUST_FIRST,
    Modality.MAY,
    Modality.REFER,
)

# --- rules ------------------------------------------------------------------------


@st.composite
def rules(draw: st.DrawFn, clause: str, name: str, modality: Modality | None = None) -> Rule:
    """Draw a rule of any modality but a standing duty."""
    modality = modality or draw(st.sampled_from(_MODALITIES))
    waits = modality is Modality.MUST
    is_answered = waits and draw(often)
    kind = draw(st.sampled_from(sorted(_ANSWERED_BY) if is_answered else USED))
    until = _KINDS_WITH_TIME.get(kind) if waits else None
    return Rule(
        id=name,
        clause=clause,
        kind="obligation" if waits else "prohibition",
        force=draw(st.sampled_from(["must", "should"])),
        modality=modality,
        bearer=draw(st.sampled_from(["by", "by", "by", "by", None])),
        roles=() if draw(seldom) else draw(roles()),
        trigger=Pattern((kind,), Always() if is_answered else draw(conditions(kind))),
        further=tuple(draw(st.lists(conditions(kind), max_size=1))),
        required=(_answer_to(kind),) if is_answered else draw(_required(modality)),
        until=until,
        within=draw(st.sampled_from(["timely", "silent"])) if waits else None,
        conduct_at="conduct-at" if kind == "code-finding-made" else None,
        exceptions=draw(named(kind, "permitted")),
        gaps=draw(named(kind, "unclear")) if draw(st.booleans()) else (),
    )


def _answer_to(kind: str) -> Related:
    answer, name = _ANSWERED_BY[kind]
    return Related(Pattern((answer,), RefersToTrigger(Path(name))), Order.AFTER)


@st.composite
def _required(draw: st.DrawFn, modality: Modality) -> tuple[Related, ...]:
    match modality:
        case Modality.MUST:
            order = draw(st.sampled_from([Order.AFTER, Order.AFTER, Order.ANY_TIME]))
            return (draw(relations(order)),)
        case Modality.MUST_FIRST:
            return tuple(draw(st.lists(relations(Order.BEFORE), min_size=1, max_size=2)))
        case _:
            return ()


@st.composite
def _on_anything(draw: st.DrawFn, clause: str) -> Rule:
    return Rule(
        id="anything", clause=clause, kind="expectation", force="expect",
        modality=Modality.MUST_NOT, bearer="by", roles=draw(roles()),
        trigger=Pattern((), Always()),
        further=(Judged(draw(st.sampled_from(["rude", "unasked"]))),),
        exceptions=(("long-ago", Is(Path("in-role"), ("no",))),) if draw(st.booleans()) else (),
    )  # fmt: skip


@st.composite
def _standing(draw: st.DrawFn, clause: str) -> Rule:
    procedures = Standing(register_kind="procedures", entries=("grievance",))
    delegations = Standing(
        register_kind="delegations", entries=("personnel",),
        expecting=(("group", "small", "wronged"),),
    )  # fmt: skip
    return Rule(
        id="standing", clause=clause, kind="obligation", force="must",
        modality=Modality.STANDING, trigger=Pattern((), Always()),
        standing=draw(st.sampled_from([procedures, delegations])),
        further=(Judged("unasked"),) if draw(seldom) else (),
    )  # fmt: skip


def clause_of(name: str, *found: Rule, subject_to: tuple[str, ...] = ()) -> Clause:
    """Make a clause of rules."""
    return Clause(
        id=name, means="People behave.", kinds=("obligation",), forces=("must",),
        fingerprint=("00000000-1",), subject_to=subject_to, rules=found,
    )  # fmt: skip


@st.composite
def barred(draw: st.DrawFn) -> tuple[Clause, Clause]:
    """Draw a right, and what it yields to: nobody looks into their own affairs (P12)."""
    matter = HasInterest(Path("by"), Path("document", "matter"), ("pecuniary", "personal"))
    forbidden = Rule(
        id="inspected", clause="8", kind="prohibition", force="must",
        modality=Modality.MUST_NOT, bearer="by", roles=("councillor",),
        trigger=Pattern(("document-inspected",), AllOf((matter, Is(Path("knowingly"), ("yes",))))),
        exceptions=draw(named("document-inspected", "permitted")),
    )  # fmt: skip
    refused = Rule(
        id="refused", clause="9", kind="right", force="may", modality=Modality.MUST_NOT,
        bearer="by", roles=("employee",),
        trigger=Pattern(("document-refused",), Holds(Path("to"), ("councillor",))),
        denies=Denied(
            kind="document-inspected",
            copied=(("by", "to"), ("document", "document"), ("knowingly", "knowing")),
            fixed=(("knowingly", "yes"),) if draw(st.booleans()) else (),
        ),
    )  # fmt: skip
    return clause_of("8", forbidden), clause_of("9", refused, subject_to=("8",))


@st.composite
def parameters(draw: st.DrawFn, name: str) -> Parameter:
    """Draw a parameter, set or as shipped."""
    allowance = Allowance(
        number=draw(st.integers(1, 15)), unit=draw(st.sampled_from(["days", "working-days"])),
        counting="first-day-out", calendar=_WORKING,
    )  # fmt: skip
    since = draw(st.sampled_from([None, None, exact(START)]))
    value = ParameterValue(allowance=allowance, tenure=Tenure(since=since))
    return Parameter(
        name=name, means="How soon.", is_timely=name == "timely",
        values=(value,) if draw(often) else (),
    )  # fmt: skip


@st.composite
def _some_clauses(draw: st.DrawFn) -> tuple[Clause, ...]:
    clauses = [
        clause_of(name, *(draw(rules(name, f"r{n}")) for n in range(draw(st.integers(1, 2)))))
        for name in ("1", "2")[: draw(st.integers(1, 2))]
    ]
    match draw(st.sampled_from(["nothing", "nothing", "anything", "standing", "barred"])):
        case "anything":
            clauses.append(clause_of("3", draw(_on_anything("3"))))
        case "standing":
            clauses.append(clause_of("4", draw(_standing("4"))))
        case "barred":
            clauses += draw(barred())
        case _:
            pass
    return tuple(clauses)


@st.composite
def generated(
    draw: st.DrawFn, clauses: st.SearchStrategy[tuple[Clause, ...]] | None = None
) -> Rulebook:
    """Draw a small rulebook that the checks of rulebooks accept."""
    is_dated = draw(often)
    return Rulebook(
        id="drawn", council="Drawn Council", title="Protocol", version="1", calendar=_WORKING,
        adopted=exact(START) if is_dated else None,
        not_before=None if is_dated else exact(START),
        roles={role.name: role for role in ROLES},
        parameters={name: draw(parameters(name)) for name in ("timely", "silent")},
        questions=QUESTIONS | {one.name: one for one in ASKED},
        definitions={}, clauses=draw(_some_clauses() if clauses is None else clauses),
    )  # fmt: skip


@st.composite
def clauses_of(draw: st.DrawFn, modality: Modality) -> tuple[Clause, ...]:
    """Draw one clause with one rule of a modality."""
    standing = modality is Modality.STANDING
    return (clause_of("1", draw(_standing("1") if standing else rules("1", "r0", modality))),)


def kept(*words: str) -> tuple[Clause, ...]:
    """Make one clause: what somebody of these roles promised is kept."""
    rule = Rule(
        id="kept", clause="1", kind="obligation", force="must", modality=Modality.MUST,
        bearer="by", roles=words, trigger=Pattern(("promise-made",), Always()),
        required=(_answer_to("promise-made"),), within="silent",
    )  # fmt: skip
    return (clause_of("1", rule),)


def set_within(clause: Clause, *, days: int) -> Rulebook:
    """Make a rulebook of one clause whose silent parameter is set, long in force."""
    allowance = Allowance(number=days, unit="days", counting="first-day-out", calendar=_WORKING)
    value = ParameterValue(allowance=allowance, tenure=Tenure())
    silent = Parameter(name="silent", means="How soon.", is_timely=False, values=(value,))
    return Rulebook(
        id="drawn", council="Drawn Council", title="Protocol", version="1", calendar=_WORKING,
        adopted=exact(START - timedelta(days=365)), roles={role.name: role for role in ROLES},
        parameters={"silent": silent}, questions=QUESTIONS, definitions={}, clauses=(clause,),
    )  # fmt: skip


SHIPPED = ("langport", "twywell")


@cache
def shipped(name: str) -> Rulebook:
    """Give a rulebook that is shipped; it is read when it is first drawn."""
    return councilrules.load_rulebook(name)


rulebooks: st.SearchStrategy[Rulebook] = st.one_of(
    generated(), generated(), st.sampled_from(SHIPPED).map(shipped)
)
"""Rulebooks, those shipped among them."""
