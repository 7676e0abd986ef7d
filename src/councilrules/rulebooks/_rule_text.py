"""Clauses and rules as rulebook files write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.rulebooks._condition_text import conditions, pattern, refused, relation, several
from councilrules.rulebooks._yaml_text import Line, Tree, fitting
from councilrules.rulebooks.keys import CLAUSE_KEYS, RULE_KEYS
from councilrules.rules import Always, Judged, Modality

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.rules import Clause, Condition, Denied, Rule, Standing

_FURTHER = ("after", "also", "without")
_WAITING = frozenset({Modality.MUST, Modality.MUST_FIRST})


def clause_tree(clause: Clause) -> Tree:
    """Give a clause.

    Raises:
        ValueError: When a rule of it cannot be written; the rule is named.
    """
    is_one_force = len(clause.forces) == len(clause.kinds) and len(set(clause.forces)) == 1
    is_usual = is_one_force and clause.forces[0] == "states"
    found: dict[str, Tree | None] = {
        "clause": clause.id,
        "means": clause.means,
        "fingerprint": _listed(clause.fingerprint),
        "kind": _alone(clause.kinds),
        "force": None if is_usual else clause.forces[0] if is_one_force else _listed(clause.forces),
        "hedge": clause.hedge,
        "subject_to": _listed(clause.subject_to) if clause.subject_to else None,
        "note": clause.note,
        "other_law": clause.other_law,
        "repeats": _listed(clause.repeats) if clause.repeats else None,
        "tensions": dict(clause.tensions) or None,
        "rules": [_rule(rule, clause) for rule in clause.rules] or None,
    }
    return _in_order(found, CLAUSE_KEYS)


def _in_order(found: dict[str, Tree | None], keys: Iterable[str]) -> dict[str, Tree]:
    return {key: item for key in keys if (item := found.get(key)) is not None}


def _listed(words: Iterable[str]) -> Tree:
    return Line([*words])


def _alone(words: Iterable[str]) -> Tree:
    found = several(words)
    return found if isinstance(found, str) else Line(found)


def _rule(rule: Rule, clause: Clause) -> Tree:
    try:
        found = _said(rule, clause)
    except ValueError as error:
        msg = f"rule `{rule.name}`: {error}"
        raise ValueError(msg) from None
    return {key: fitting(item) for key, item in _in_order(found, RULE_KEYS).items()}


def _said(rule: Rule, clause: Clause) -> dict[str, Tree | None]:
    binding = [
        one for one in zip(clause.kinds, clause.forces, strict=False) if one[0] != "statement"
    ]
    kind, force = binding[0] if binding else ("statement", "states")
    return {
        "id": rule.id,
        "kind": None if rule.kind == kind else rule.kind,
        "force": None if rule.force == force else rule.force,
        "hedge": None if rule.hedge == clause.hedge else rule.hedge or "none",
        "bearer": _bearer(rule),
        **_norm(rule),
        "denies": None if rule.denies is None else _denied(rule.denies),
        **_further(rule.further),
        "until": rule.until,
        "within": rule.within,
        "conduct_at": rule.conduct_at,
        "unless": _named(rule.exceptions),
        "unclear": _named(rule.gaps),
        "note": rule.note,
    }


def _bearer(rule: Rule) -> Tree:
    if rule.bearer is not None:
        return {rule.bearer: several(rule.roles)}
    if rule.roles:
        msg = "it binds the council, and names other roles all the same"
        raise ValueError(msg)
    return "council"


def _norm(rule: Rule) -> dict[str, Tree | None]:
    """Give what opens a case, and what is asked of it."""
    if rule.modality is Modality.STANDING:
        return {"standing": None if rule.standing is None else _standing(rule.standing)}
    if rule.modality not in _WAITING:
        return {rule.modality.value: pattern(rule.trigger)}
    wider = {one.or_itself for one in rule.required}
    word = "any" if rule.modality is Modality.MUST else "first-or-itself"
    required: list[Tree] = [pattern(one.pattern, related=True) for one in rule.required]
    return {
        "whenever": pattern(rule.trigger),
        rule.modality.value: required[0] if len(required) == 1 else required,
        "order": word if True in wider else None,
    }


def _standing(standing: Standing) -> Tree:
    found: dict[str, Tree] = {standing.register_kind: [*standing.entries]}
    if standing.expecting:
        found["expecting"] = {name: word for name, word, _ in standing.expecting}
        found["judge"] = {name: question for name, _, question in standing.expecting}
    return found


def _denied(denied: Denied) -> Tree:
    copied, fixed = dict(denied.copied), dict(denied.fixed)
    found: dict[str, Tree] = {"event": denied.kind}
    for name in _merged(copied, fixed):
        source = copied.get(name)
        if source is None:
            found[name] = fixed[name]
        elif name in fixed:
            found[name] = {"same-as": source, "otherwise": fixed[name]}
        else:
            found[name] = "same" if source == name else {"same-as": source}
    return found


def _merged(first: Iterable[str], second: Iterable[str]) -> Iterator[str]:
    """Give the words of two lists, each once, in the order of both."""
    waiting = list(second)
    for one in first:
        while one in waiting:
            earlier = waiting.pop(0)
            if earlier != one:
                yield earlier
        yield one
    yield from waiting


def _further(further: tuple[Condition, ...]) -> dict[str, Tree | None]:
    """Give what else is needed for the case: other events, and judgements."""
    by_word: dict[str, list[Tree]] = {}
    judged: list[str] = []
    for one in further:
        if isinstance(one, Judged):
            judged.append(one.question)
            continue
        word, said = relation(one)
        if word not in _FURTHER:
            refused(one)
        by_word.setdefault(word, []).append(said)
    found: dict[str, Tree | None] = {
        word: said[0] if len(said) == 1 else said for word, said in by_word.items()
    }
    return found | {"judge": several(judged) if judged else None}


def _named(conditions_: tuple[tuple[str, Condition], ...]) -> Tree | None:
    if not conditions_:
        return None
    return {
        name: "always" if isinstance(condition, Always) else conditions(condition)
        for name, condition in conditions_
    }
