"""What would tell a mutant that survives: a scenario made for it, or a proof that none can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from councilrules.analysis._trials import Faulty, Trial, expectations
from councilrules.analysis.outcomes import NO_FINDING
from councilrules.analysis.searching import UnsettledError
from councilrules.analysis.witnesses import telling_apart
from councilrules.coverage import PERMITTED, REFERRED
from councilrules.findings import Status
from councilrules.rules import Modality
from councilrules.scenarios import Assessed
from councilrules.wording import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from councilrules.analysis.mutants import Mutant
    from councilrules.reference import Found
    from councilrules.rules import Rulebook
    from councilrules.scenarios import Scenario

EFFORT = 3_000
"""How many steps to look for what tells a mutant, or that nothing does: a few seconds."""

_UNDETERMINED = Status.UNDETERMINED.value

_UNSEEN = {NO_FINDING, REFERRED}
_OUTSIDE = "outside"
_IS = {
    "": "There is no finding",
    "breached": "It is a breach",
    "excused": "It is excused",
    "met": "It is met",
    "open": "It is still open",
    "undetermined": "It is left undetermined",
    _OUTSIDE: "The rule does not bind whoever it is",
    REFERRED: "It is only pointed out",
    PERMITTED: "It is permitted",
}
_WOULD_BE = {
    "": "there would be none",
    "breached": "it would be a breach",
    "excused": "it would be excused",
    "met": "it would be met",
    "open": "it would still be open",
    "undetermined": "it would be left undetermined",
    _OUTSIDE: "the rule would not bind them",
    REFERRED: "it would only be pointed out",
    PERMITTED: "it would be permitted",
}


def apart(one: Rulebook, other: Rulebook, rule: str) -> Scenario | None:
    """Give a scenario in which two rulebooks differ in what a scenario can expect, if any.

    One that leaves nothing undetermined in either is taken first. Where they differ only
    in a reference to another text, it is one of these.

    Returns:
        `None` if they never differ, in any situation that the rule can tell apart.

    Raises:
        UnsettledError: When it was not found out.
    """
    settled = True
    for is_told in (_is_told_plainly, _is_told, None):
        try:
            # Where nothing is told, it is only left to see whether there is a difference.
            effort = EFFORT if is_told is not None or not settled else 5 * EFFORT
            found = _found(one, other, rule, is_told, effort)
        except UnsettledError:
            settled = False
            continue
        if found is not None and (settled or is_told is not None):
            return found
        if found is None and is_told is None:
            return None
    raise UnsettledError


def _found(
    one: Rulebook,
    other: Rulebook,
    rule: str,
    is_told: Callable[[str, str], bool] | None,
    effort: int,
) -> Scenario | None:
    """Look in one order, then in the other: what is hopeless in one may be soon done in the other."""
    try:
        return telling_apart(one, other, rule, effort=effort, is_told=is_told)
    except UnsettledError:
        return telling_apart(
            one, other, rule, effort=effort, is_told=is_told, differing_first=False
        )


def _is_told(ours: str, theirs: str) -> bool:
    return not {ours, theirs} <= _UNSEEN


def _is_told_plainly(ours: str, theirs: str) -> bool:
    return _UNDETERMINED not in {ours, theirs} and _is_told(ours, theirs)


def is_provable(mutant: Mutant) -> bool:
    """Tell whether all that a fault changes is what its rule, by itself, comes to."""
    if mutant.parameter is not None or mutant.fault == "subject-to-dropped":
        return False
    # Who answers is not compared; what only points to another text finds nothing of anybody.
    points = all(one.modality is Modality.REFER for one in mutant.rules)
    return points or mutant.fault != "bearer-swapped"


def is_unsayable(mutant: Mutant, scenario: Scenario) -> bool:
    """Tell whether a scenario that differs most differs in no finding."""
    if not is_provable(mutant):
        return False
    trial = _trial(mutant, scenario)
    return all(
        after.findings == trial.found(trial.rulebook.rule(*name.rsplit("/", 1))).findings
        for name, after in trial.changed(Faulty(mutant)).items()
    )


def made(mutant: Mutant, scenario: Scenario) -> Scenario | None:
    """Give a scenario with what is to be expected of it, under a title of its own.

    Returns:
        `None` if the fault changes nothing there that a scenario can expect.
    """
    trial, fault = _trial(mutant, scenario), Faulty(mutant)
    book = trial.scenario.rulebooks[0]
    expecting = evolve(
        scenario,
        name=_title(mutant, trial, fault),
        rulebooks=(book,),
        expected=expectations(trial, fault),
    )
    return expecting if Trial(expecting, book).is_killing(fault) else None


def _trial(mutant: Mutant, scenario: Scenario) -> Trial:
    named = (one for one in scenario.rulebooks if one.rulebook.id == mutant.original.id)
    book = next(named, Assessed(rulebook=mutant.original))
    return Trial(evolve(scenario, rulebooks=(book,)), book)


def _title(mutant: Mutant, trial: Trial, fault: Faulty) -> str:
    """Say what is found, and what would be with the fault."""
    rules = {f"{clause}/{rule}": (clause, rule) for clause, rule in fault.affected}
    changed = trial.changed(fault)
    name = next(iter(changed), mutant.name)
    before = _comes_to(trial.found(trial.rulebook.rule(*rules[name])))
    after = _comes_to(changed[name]) if name in changed else before
    is_ = " and ".join(_IS[one] if not at else _lower(_IS[one]) for at, one in enumerate(before))
    would_be = " and ".join(_WOULD_BE[one] for one in after)
    if before == after:
        would_be = "it would not be for the same reason, or of the same person"
    return f"{is_}; {would_be} if, by mistake, {mutant.says} ({plain(mutant.rule)})"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _comes_to(found: Found) -> list[str]:
    statuses = [one.status.value for one in found.findings]
    statuses += [PERMITTED for _ in found.permissions]
    statuses += [REFERRED for _ in found.not_covered]
    if not statuses and found.scope:
        return [_OUTSIDE]
    return list(dict.fromkeys(statuses)) or [""]


def fewest(scenarios: Sequence[Scenario], mutants: Iterable[Mutant]) -> list[Scenario | None]:
    """Give for each mutant one of few scenarios that tell it, so that few have to be kept."""
    faults = [Faulty(one) for one in mutants]
    trials = [Trial(one, one.rulebooks[0]) for one in scenarios]
    told = [{at for at, one in enumerate(faults) if trial.is_killing(one)} for trial in trials]
    left = set().union(*told)
    found: list[Scenario | None] = [None] * len(faults)
    while left:
        best = max(range(len(told)), key=lambda one: len(told[one] & left))
        for at in told[best] & left:
            found[at] = scenarios[best]
        left -= told[best]
    return found
