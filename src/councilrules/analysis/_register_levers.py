"""Levers on the rest of the register: papers, decisions, authority, procedures, force."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import evolve

from councilrules.analysis._people_levers import BODIES, ENDED, NOT_KNOWN_SINCE, NOT_YET, add_body
from councilrules.analysis.drafts import LONG_BEFORE, DraftedEvent, at
from councilrules.analysis.levers import Key, Lever, Option, nothing
from councilrules.events import NONE, UNKNOWN, Proof
from councilrules.periods import Allowance, Tenure
from councilrules.register import (
    MARKINGS,
    PROCEDURE_KINDS,
    Body,
    Decision,
    Marking,
    Procedure,
)
from councilrules.rules import ParameterValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.analysis.drafts import Draft
    from councilrules.rules import Rule, Rulebook

Needs = tuple[tuple[Key, frozenset[str]], ...]

MATTER, OTHER_MATTER = "land-sale", "fete"
DECISION, PROCEDURE = "d1", "p0"
WORKING_DAYS = 5
"""What a parameter is set to, where it is set."""

_UNSURE: tuple[tuple[str, Tenure, Proof], ...] = (
    ("no longer", ENDED, Proof.ESTABLISHED),
    ("not yet", NOT_YET, Proof.ESTABLISHED),
    ("since when is not known", NOT_KNOWN_SINCE, Proof.ESTABLISHED),
    ("it is alleged", LONG_BEFORE, Proof.ALLEGED),
)

# --- papers -----------------------------------------------------------------------


def paper_lever(name: str, attribute: str, words: Iterable[str], needs: Needs) -> Lever:
    """Give what the register can say of one attribute of a paper."""
    key = ("paper", name, attribute)
    if attribute == "marked":
        return Lever(key, tuple(_markings(name, [*words])), needs)
    where = attribute.replace("-", "_")
    if attribute == "matter":
        listed: tuple[str, ...] = (MATTER, OTHER_MATTER)
    else:
        listed = tuple(dict.fromkeys((*words, "somebody-else")))
    options = [Option("not known", nothing, 0)]
    options += [Option(word, partial(_paper, name, where, (word,))) for word in listed]
    options.append(Option("none", partial(_paper, name, where, NONE)))
    return Lever(key, tuple(options), needs)


def _markings(name: str, words: list[str]) -> Iterator[Option]:
    yield Option("not known", nothing, 0)
    yield Option("not marked", partial(_paper, name, "marked", ()))
    for word in dict.fromkeys((*words, *MARKINGS)):
        yield Option(word, partial(_paper, name, "marked", (Marking(word=word),)))
    for how, tenure, proof in _UNSURE:
        marking = Marking(word=words[0] if words else MARKINGS[0], tenure=tenure, proof=proof)
        yield Option(f"{marking.word}, {how}", partial(_paper, name, "marked", (marking,)), 2)


def _paper(name: str, attribute: str, value: object, draft: Draft) -> None:
    unknown: dict[str, Any] = {"matter": UNKNOWN, "marked": UNKNOWN, "held_by": UNKNOWN}
    draft.papers.setdefault(name, unknown)[attribute] = value


# --- decisions and procedures that fields name ------------------------------------


def decision_lever(name: str, needs: Needs) -> Lever:
    """Give what the register can say of a decision that an event names."""
    options = [Option("nothing is known of it", partial(_decide, _unknown_decision(name)), 0)]
    for kind, body in BODIES.items():
        decision = Decision(id=name, body=body, tenure=LONG_BEFORE)
        options.append(Option(f"of the {kind}", partial(_decide, decision)))
    for how, tenure, proof in _UNSURE:
        decision = Decision(id=name, tenure=tenure, proof=proof)
        options.append(Option(how, partial(_decide, decision), 2))
    return Lever(("decision", name), tuple(options), needs)


def _unknown_decision(name: str) -> Decision:
    return Decision(id=name, body=UNKNOWN, tenure=NOT_KNOWN_SINCE)


def _decide(decision: Decision, draft: Draft) -> None:
    if isinstance(decision.body, str):
        kind = next((kind for kind, body in BODIES.items() if body == decision.body), "other")
        add_body(draft, decision.body, kind)
    if decision.id not in {one.id for one in draft.decisions}:
        draft.decisions.append(decision)


def procedure_lever(name: str, words: Iterable[str], needs: Needs) -> Lever:
    """Give what the register can say of a procedure that an event names."""
    asked = [*words]
    other = next((kind for kind in PROCEDURE_KINDS if kind not in asked), "other")
    unknown = Procedure(id=name, kinds=UNKNOWN, tenure=NOT_KNOWN_SINCE)
    options = [Option("nothing is known of it", partial(_proceed, unknown), 0)]
    options += [
        Option(kind, partial(_proceed, Procedure(id=name, kinds=(kind,), tenure=LONG_BEFORE)))
        for kind in (*asked, other)
    ]
    for how, tenure, proof in _UNSURE:
        kinds = (asked[0] if asked else other,)
        found = Procedure(id=name, kinds=kinds, tenure=tenure, proof=proof)
        options.append(Option(f"{kinds[0]}, {how}", partial(_proceed, found), 2))
    return Lever(("procedure", name), tuple(options), needs)


def _proceed(procedure: Procedure, draft: Draft) -> None:
    draft.procedures.append(procedure)


def procedures_lever(kinds: Iterable[str]) -> Lever:
    """Give what procedures the council can have had."""
    asked = [*kinds]
    other = next((kind for kind in PROCEDURE_KINDS if kind not in asked), "other")
    options = [
        Option("nothing is said of procedures", nothing, 0),
        Option("there is none", partial(_speak, ("procedures",))),
    ]
    for kind in (*asked, other):
        found = Procedure(id=PROCEDURE, kinds=(kind,), tenure=LONG_BEFORE)
        options.append(Option(f"one for {kind}", partial(_proceed, found)))
    for how, tenure, proof in _UNSURE:
        found = Procedure(id=PROCEDURE, kinds=(asked[0],), tenure=tenure, proof=proof)
        options.append(Option(f"one for {asked[0]}, {how}", partial(_proceed, found), 2))
    unknown = Procedure(id=PROCEDURE, kinds=UNKNOWN, tenure=LONG_BEFORE)
    options.append(Option("one for something not known", partial(_proceed, unknown), 2))
    return Lever(("procedures",), tuple(options))


def _speak(kinds: tuple[str, ...], draft: Draft) -> None:
    draft.speaks_of.update(kinds)


def terms_lever(body: str, subject: str, needs: Needs) -> Lever:
    """Give what the terms of reference of a body can cover."""

    def terms(value: Any, draft: Draft) -> None:  # noqa: ANN401 - words, none or not known
        draft.bodies[body] = evolve(draft.bodies.get(body, Body(kind="committee")), terms=value)

    return Lever(("terms", body), (
        Option("its terms are not known", nothing, 0),
        Option(f"its terms cover {subject}", partial(terms, (subject,))),
        Option("its terms cover something else", partial(terms, (OTHER_MATTER,))),
        Option("its terms cover anything", partial(terms, ("anything",))),
        Option("its terms cover nothing", partial(terms, NONE)),
    ), needs)  # fmt: skip


# --- authority --------------------------------------------------------------------


def authority_lever(who: str, over: str | None, subject: str | None, role: str | None) -> Lever:
    """Give what authority the council can have given for an act.

    Args:
        who: Who acts.
        over: Over whom, if the act is over somebody.
        subject: On what, if the kind of event says so.
        role: An office of whoever acts.
    """
    plain = Decision(
        id=DECISION,
        to=(who,),
        over=NONE if over is None else (over,),
        subject=NONE if subject is None else (subject,),
        tenure=LONG_BEFORE,
    )
    told = [
        Option(label, partial(_decide_only, evolve(plain, **changes)), cost)
        for label, cost, changes in _decisions(over, subject, role)
    ]
    return Lever(("authority",), (
        Option("nothing is said of decisions", nothing, 0),
        Option("there is no decision", partial(_speak, ("decisions", "delegations"))),
        *told,
    ))  # fmt: skip


def _decisions(
    over: str | None, subject: str | None, role: str | None
) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Give ways in which a decision can cover an act or not: label, cost, what differs."""
    yield "a decision without limits covers it", 2, {"over": NONE, "subject": NONE}
    yield "a decision covers it", 2, {}
    yield "a decision to nobody covers it", 2, {"to": NONE}
    yield "a decision covers somebody else's doing it", 2, {"to": ("somebody-else",)}
    yield "a decision of a body that cannot authorise covers it", 3, {"body": BODIES["group"]}
    yield "a decision of a committee covers it", 3, {"body": BODIES["committee"]}
    for how, tenure, proof in _UNSURE:
        yield f"a decision covers it, {how}", 3, {"tenure": tenure, "proof": proof}
    since_then = {"tenure": Tenure(since=at())}
    yield "a decision that comes into force at that moment covers it", 4, since_then
    if over is not None:
        yield "a decision covers it over others", 3, {"over": ("somebody-else",)}
        yield "a decision to whom it is over", 3, {"to": (over,)}
    if subject is not None:
        yield "a decision covers another subject", 3, {"subject": (OTHER_MATTER,)}
    if role is not None:
        yield f"a decision covers every {role}", 3, {"to": (role,)}


def _decide_only(decision: Decision, draft: Draft) -> None:
    draft.decisions[:] = [one for one in draft.decisions if one.id != decision.id]
    draft.decisions.append(decision)
    draft.speaks_of.update(("decisions", "delegations"))
    kind = next((kind for kind, body in BODIES.items() if body == decision.body), "other")
    if isinstance(decision.body, str):
        add_body(draft, decision.body, kind)


# --- force, parameters, standing duties -------------------------------------------


def force_lever() -> Lever:
    """Give when the rulebook can have been in force."""

    def told(tenure: Tenure, draft: Draft) -> None:
        draft.in_force = tenure

    return Lever(("force",), (
        Option("in force", nothing, 0),
        Option("not in force yet", partial(told, Tenure(since=at(days=10))), 2),
        Option("in force since when is not known", partial(told, NOT_KNOWN_SINCE), 2),
    ))  # fmt: skip


def parameter_lever(name: str, rulebook: Rulebook) -> Lever:
    """Give what a parameter can be set to."""
    allowed = Allowance(
        number=WORKING_DAYS,
        unit="working-days",
        counting="first-day-out",
        calendar=rulebook.calendar,
    )

    def told(draft: Draft) -> None:
        draft.parameters[name] = ParameterValue(allowance=allowed, tenure=Tenure())

    return Lever(("parameter", name), (
        Option("is not set", nothing, 0),
        Option(f"is {WORKING_DAYS} working days", told),
    ))  # fmt: skip


def standing_levers(rule: Rule) -> Iterator[Lever]:
    """Give what the register can say of what a standing duty wants, entry by entry."""
    standing = rule.standing
    if standing is None:
        return
    kind = standing.register_kind
    for question in sorted({*rule.questions, *(one for _, _, one in standing.expecting)}):
        yield _judged_of_register(kind, question)
    yield Lever(("standing", kind), (
        Option(f"nothing is said of {kind}", nothing, 0),
        Option(f"{kind} are told", partial(_speak, (kind,))),
    ))  # fmt: skip
    for number, name in enumerate(standing.entries, start=1):
        options = [Option("there is none", nothing, 0)]
        expected: dict[str, Any] = {one: word for one, word, _ in standing.expecting}
        for how, tenure, proof, changes in _standing_entries(expected):
            entry = _entry(kind, f"{kind[0]}{number}", name, tenure, proof, changes)
            cost = 1 if how == "there is one" else 2
            options.append(Option(how, partial(_enter, entry), cost))
        yield Lever(("standing", kind, name), tuple(options))


def _judged_of_register(kind: str, question: str) -> Lever:
    """Give how a question of judgement about a kind of register entry can be answered."""

    def told(answer: object, draft: Draft) -> None:
        draft.events[f"j-{question}"] = DraftedEvent(
            kind="judgement-recorded", at=at(days=20),
            held={"by": "judge", "on": kind, "question": question, "answer": answer},
        )  # fmt: skip

    return Lever(("standing", "judged", question), (
        Option("nobody was asked", nothing, 0),
        Option("yes", partial(told, True), 3),  # noqa: FBT003 - an answer
        Option("no", partial(told, False), 3),  # noqa: FBT003 - an answer
    ))  # fmt: skip


def _standing_entries(
    expected: dict[str, Any],
) -> Iterator[tuple[str, Tenure, Proof, dict[str, Any]]]:
    yield "there is one", LONG_BEFORE, Proof.ESTABLISHED, expected
    yield "there was one", ENDED, Proof.ESTABLISHED, expected
    yield "there is one since", Tenure(since=at(days=-10)), Proof.ESTABLISHED, expected
    yield "there is one, since when is not known", NOT_KNOWN_SINCE, Proof.ESTABLISHED, expected
    yield "it is alleged that there is one", LONG_BEFORE, Proof.ALLEGED, expected
    yield "there is one, for what is not known", LONG_BEFORE, Proof.ESTABLISHED, {"of": UNKNOWN}
    for name in expected:
        less = {one: word for one, word in expected.items() if one != name}
        yield f"there is one, {name} not known", LONG_BEFORE, Proof.ESTABLISHED, less


def _entry(
    kind: str, id_: str, name: str, tenure: Tenure, proof: Proof, changes: dict[str, Any]
) -> Procedure | Decision:
    what = changes.get("of", (name,))
    if kind == "procedures":
        return Procedure(id=id_, kinds=what, tenure=tenure, proof=proof)
    return Decision(
        id=id_, subject=what, tenure=tenure, proof=proof, is_delegation=True, **{
            key: value for key, value in changes.items() if key != "of"
        },
    )  # fmt: skip


def _enter(entry: Procedure | Decision, draft: Draft) -> None:
    if isinstance(entry, Procedure):
        draft.procedures.append(entry)
    else:
        draft.decisions.append(entry)
