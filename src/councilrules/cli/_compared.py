"""Comparisons as text and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from councilrules.events import Unknown
from councilrules.events.record import JudgementRecorded
from councilrules.register import COUNCIL
from councilrules.scenarios.writing import written
from councilrules.wording import described, listed, person, plain, quoted, sentence
from councilrules.wording.words import a

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.analysis.amendments import Apart, RuleChange
    from councilrules.analysis.comparing import Amendment, Comparison
    from councilrules.analysis.corresponding import Correspondence
    from councilrules.analysis.forbidding import Forbidding
    from councilrules.register import Office
    from councilrules.rules import Rulebook
    from councilrules.scenarios import Scenario

Data = dict[str, Any]

_RELATIONS = {
    "same": "covers the same as",
    "further": "goes further than",
    "less-far": "goes less far than",
    "overlap": "overlaps with",
}
_WAYS = {
    "no-effect": "is written otherwise, and comes to the same in every situation",
    "reworded": "is worded otherwise; what it asks is the same",
    "added": "is new",
    "removed": "is gone",
    "unsettled": "is written otherwise; what that changes could not be settled",
}
_OUTCOMES = {"none": "no finding"}


# --- scenarios in short -----------------------------------------------------------


def told(scenario: Scenario) -> str:
    """Tell a scenario in a line: what happened, what was judged, and what is on record."""
    zone = scenario.rulebooks[0].rulebook.zone
    history = scenario.history.events
    judgements = [one for one in history if isinstance(one, JudgementRecorded)]
    events = [one for one in history if not isinstance(one, JudgementRecorded)]
    register = scenario.register
    related = [
        f"{listed(map(person, one.between))} are in a relationship ({plain(one.kind) if isinstance(one.kind, str) else 'not known'})"
        for one in register.relationships
    ]
    parts = [*(described(one, zone) for one in events), *related] or ["nothing happens"]
    parts += [
        f"judged {plain(name)}: {_ANSWERS.get(answer, 'not known')}"
        for one in events
        for name, answer in one.answers.items()
    ]
    parts += [
        f"judged {plain(str(one.question))}: {_ANSWERS.get(one.answer, 'not known')}"
        for one in judgements
    ]
    parts += [
        f"{person(name)} is {listed(a(one.role) + _of(one) for one in held.offices)}"
        for name, held in register.people.items()
        if held.offices
    ]
    return "; ".join((*parts, *_on_record(scenario)))


_ANSWERS: dict[object, str] = {True: "yes", False: "no"}


def _of(office: Office) -> str:
    engaged = f" ({listed(str(one.how) for one in office.engaged)})" if office.engaged else ""
    return f"{'' if office.of == COUNCIL else f' of {person(office.of)}'}{engaged}"


def _on_record(scenario: Scenario) -> Iterator[str]:
    """Tell what the register has beside people."""
    register = scenario.register
    for held in register.interests:
        yield f"{person(held.of)} has an interest"
    for name, paper in register.papers.items():
        if paper.marked not in (Unknown.UNKNOWN, ()):
            yield f"the document {quoted(name)} is marked"
    for decided in register.decisions:
        yield f"{quoted(decided.id)} is {'a delegation' if decided.is_delegation else 'a decision'}"
    for adopted in register.procedures:
        yield f"{quoted(adopted.id)} is a procedure"
    missing = [one for one in ("decisions", "procedures") if one in register.speaks_of]
    yield from (f"no {one} are on record" for one in missing if not getattr(register, one))


# --- two rulebooks ----------------------------------------------------------------


def comparison_lines(found: Comparison) -> Iterator[str]:
    """Give the lines that people read of two rulebooks."""
    if found.corresponding:
        yield from ("Clauses that correspond", "")
        for clause, nearest in found.corresponding:
            yield f"  {correspondence(found, clause, nearest)}"
        yield ""
    for one, other, acts in (
        (found.one, found.other, found.acts),
        (found.other, found.one, found.other_acts),
    ):
        yield from _acts(one, other, acts)
    if found.is_same:
        yield "Neither forbids anything that the other does not."


def correspondence(found: Comparison, clause: str, nearest: tuple[Correspondence, ...]) -> str:
    """Say which clauses come nearest to a clause."""
    if not nearest:
        return f"{found.one.id} {clause} has no counterpart"
    relation = _RELATIONS[nearest[0].relation]
    if len({one.relation for one in nearest}) > 1:
        each = [f"{_RELATIONS[one.relation]} {one.other}" for one in nearest]
        return f"{found.one.id} {clause} {listed(each)} of {found.other.id}"
    return f"{found.one.id} {clause} {relation} {found.other.id} {listed(one.other for one in nearest)}"


def _acts(one: Rulebook, other: Rulebook, acts: tuple[Forbidding, ...]) -> Iterator[str]:
    alone = [act for act in acts if act.reach == "alone"]
    if alone:
        yield from (f"Forbidden by {one.id}, and not by {other.id}", "")
        for act in alone:
            yield f"  {named(act)}"
            if act.scenario is not None:
                yield f"    for example: {told(act.scenario)}"
        yield ""
    for reach, heading in (
        ("also", f"Whatever these rules of {one.id} forbid, {other.id} forbids too"),
        (
            "alone-if-engaged-otherwise",
            f"{other.id} forbids the same, but not where staff are engaged otherwise than as employees",
        ),
        ("never", f"Nothing comes to a breach of these rules of {one.id}: they leave a question"),
        ("unsettled", f"Not settled, whether {other.id} forbids what these rules of {one.id} do"),
    ):
        names = [named(act) for act in acts if act.reach == reach]
        if names:
            yield from (heading, "", *(f"  {name}" for name in names), "")


def named(act: Forbidding) -> str:
    """Name a rule and the kind of event that it is looked at on."""
    on = f", {plain(act.kind)}" if len(act.rule.trigger.kinds) > 1 else ""
    return f"{act.rule.name}{on}"


def comparison_data(found: Comparison) -> Data:
    """Give a comparison as data."""
    return {
        "one": found.one.id,
        "other": found.other.id,
        "same": found.is_same,
        "corresponding": [
            {
                "clause": clause,
                "nearest": [
                    {
                        "clause": one.other,
                        "relation": one.relation,
                        "rules": [*map(list, one.rules)],
                    }
                    for one in nearest
                ],
            }
            for clause, nearest in found.corresponding
        ],
        "acts": [_act(one) for one in found.acts],
        "other_acts": [_act(one) for one in found.other_acts],
    }


def _act(one: Forbidding) -> Data:
    return {
        "rulebook": one.rulebook.id,
        "clause": one.rule.clause,
        "rule": one.rule.id,
        "event": one.kind or None,
        "reach": one.reach,
        "met": [*one.shared],
        "scenario": _scenario(one.scenario),
    }


def _scenario(scenario: Scenario | None) -> Data | None:
    if scenario is None:
        return None
    try:
        text = written(first_alone(scenario))
    except ValueError:  # what cannot be written is still told
        text = ""
    return {"told": told(scenario), "file": text}


def first_alone(scenario: Scenario) -> Scenario:
    """Give a scenario as it is assessed with the first of its rulebooks, if the ids are the same."""
    ids = {one.rulebook.id for one in scenario.rulebooks}
    kept = scenario.rulebooks if len(ids) == len(scenario.rulebooks) else scenario.rulebooks[:1]
    return evolve(scenario, rulebooks=kept)


# --- versions of one rulebook -----------------------------------------------------


def amendment_lines(found: Amendment) -> Iterator[str]:
    """Give the lines that people read of two versions."""
    for part in found.whole:
        yield f"The head is written otherwise: {plain(part).replace('_', ' ')}"
    for clause, parts in found.clauses:
        if parts in {("added",), ("removed",)}:
            yield f"{clause} is {'new' if parts == ('added',) else 'gone'}"
        else:
            yield f"{clause} is written otherwise: {_parts(parts)}"
    for one in found.rules:
        yield from _change(one)
    yield sentence(f"{found.unchanged} rules are as they were, in all that they depend on")


def _parts(parts: Iterable[str]) -> str:
    return listed(one.replace("_", " ") for one in parts)


def _change(one: RuleChange) -> Iterator[str]:
    if one.way == "moved":
        yield f"{one.rule} is now {one.now}"
        return
    if one.way == "changed":
        yield f"{one.rule} comes to something else ({_parts(one.parts)})"
    else:
        parts = f" ({_parts(one.parts)})" if one.parts else ""
        yield f"{one.rule} {_WAYS[one.way]}{parts}"
    for apart in one.apart:
        yield f"  {difference(apart)}"
        yield f"    for example: {told(apart.scenario)}"
    for act in one.acts:
        yield f"  {_act_of_change(one, act)}"
        if act.scenario is not None:
            yield f"    for example: {told(act.scenario)}"


def difference(apart: Apart) -> str:
    """Say what an outcome was and is."""
    was, now = (_OUTCOMES.get(one, one) for one in (apart.before, apart.after))
    if "breached" not in {apart.before, apart.after}:
        return f"otherwise: {was} before, {now} after"
    way = "no longer breached" if apart.before == "breached" else "newly breached"
    if apart.before == apart.after:
        return "breached before and after, by another person"
    return f"{way}: {was} before, {now} after"


def _act_of_change(one: RuleChange, act: Forbidding) -> str:
    on = f" ({plain(act.kind)})" if act.kind else ""
    is_new = one.way == "added"
    match act.reach:
        case "also":
            rest = "the earlier version forbade" if is_new else "the amended version still forbids"
            return f"what it forbids{on}, {rest} elsewhere too"
        case "never":
            return f"nothing comes to a breach of it{on}"
        case "unsettled":
            return f"whether the rest forbids the same{on} could not be settled"
        case _:
            return f"newly forbidden{on}" if is_new else f"no longer forbidden{on}"


def amendment_data(found: Amendment) -> Data:
    """Give an amendment as data."""
    return {
        "before": found.before.id,
        "after": found.after.id,
        "same": found.is_same,
        "head": [*found.whole],
        "clauses": [{"clause": clause, "parts": [*parts]} for clause, parts in found.clauses],
        "rules": [
            {
                "rule": one.rule,
                "now": one.now or None,
                "way": one.way,
                "parts": [*one.parts],
                "differences": [
                    {
                        "before": apart.before,
                        "after": apart.after,
                        "scenario": _scenario(apart.scenario),
                    }
                    for apart in one.apart
                ],
                "acts": [_act(act) for act in one.acts],
            }
            for one in found.rules
        ],
        "unchanged": found.unchanged,
    }
