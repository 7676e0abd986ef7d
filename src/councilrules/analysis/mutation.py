"""Mutation: whether the scenarios of a rulebook notice each fault that could be in its rules."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from multiprocessing import get_context
from multiprocessing.reduction import ForkingPickler
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from attrs import evolve, frozen

from councilrules.analysis import _survivors
from councilrules.analysis._trials import Faulty, Trial, Trials, trials_of
from councilrules.analysis.searching import UnsettledError
from councilrules.errors import Problem, ScenarioError
from councilrules.rules import Rulebook
from councilrules.scenarios import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from councilrules.analysis.mutants import Mutant

__all__ = ["Mutation", "Outcome", "TellingApart", "outcomes", "run"]

TellingApart = Callable[[Rulebook, Rulebook, str], Scenario | None]
"""Gives a scenario in which a rule finds something else under two rulebooks, if there is one.

The rulebooks are the one without the fault and the one with it; the rule is named such as
`2.6/inspected`. `None` says that it is proved that there is no such scenario, and
`UnsettledError` that it was not found out.
"""

State = Literal["killed", "equivalent", "unsayable", "survived"]


@frozen(kw_only=True)
class Outcome:
    """What became of a mutant.

    Attributes:
        mutant: The mutant.
        killed_by: The scenario that fails with the fault; `None` if none does.
        is_equivalent: Whether it is proved that it makes no difference, whatever happens.
        is_unsayable: Whether it is proved that all it adds is a reference to another text,
            which a scenario cannot expect not to be there.
        missing: A scenario that would fail with the fault.
    """

    mutant: Mutant
    killed_by: Scenario | None = None
    is_equivalent: bool = False
    is_unsayable: bool = False
    missing: Scenario | None = None

    @property
    def state(self) -> State:
        """Say what became of it: `killed`, `equivalent`, `unsayable` or `survived`."""
        if self.killed_by is not None:
            return "killed"
        if self.is_unsayable:
            return "unsayable"
        return "equivalent" if self.is_equivalent else "survived"


@frozen(kw_only=True)
class Mutation:
    """What became of the mutants of a rulebook.

    Attributes:
        rulebook: The rulebook's id.
        outcomes: What became of each, in the order of the rules.
    """

    rulebook: str
    outcomes: tuple[Outcome, ...]

    @property
    def survivors(self) -> tuple[Outcome, ...]:
        """Give the mutants that no scenario notices, but those that none could."""
        return tuple(one for one in self.outcomes if one.state == "survived")

    def count(self, state: State, clause: str | None = None) -> int:
        """Count the mutants of a clause, or of all, of which this became."""
        return sum(
            one.state == state and clause in {None, one.mutant.clause} for one in self.outcomes
        )

    @property
    def score(self) -> float:
        """Give the part of the mutants that is killed, of those that can be; 1 of none."""
        possible = len(self.outcomes) - self.count("equivalent") - self.count("unsayable")
        return self.count("killed") / possible if possible else 1.0


def run(
    rulebook: Rulebook,
    mutants: Iterable[Mutant],
    scenarios: Iterable[Scenario],
    *,
    processes: int = 1,
    telling_apart: TellingApart | None = None,
) -> Mutation:
    """Try the scenarios of a rulebook on mutants of it.

    Args:
        rulebook: The rulebook.
        mutants: Mutants of it, those of one rule one after the other.
        scenarios: The scenarios; what they expect of other rulebooks is passed over.
        processes: In how many processes; with more than one, a program that calls this
            must do so under `if __name__ == "__main__":`. It makes no other difference.
        telling_apart: Looks for a scenario for each mutant that survives. Without it none
            is proved equivalent.

    Raises:
        ScenarioError: When a scenario fails already without any fault.
    """
    found = outcomes(rulebook, mutants, scenarios, processes=processes, telling_apart=telling_apart)
    return Mutation(rulebook=rulebook.id, outcomes=tuple(found))


def outcomes(
    rulebook: Rulebook,
    mutants: Iterable[Mutant],
    scenarios: Iterable[Scenario],
    *,
    processes: int = 1,
    telling_apart: TellingApart | None = None,
) -> Iterator[Outcome]:
    """Do what `run` does, and give each outcome as soon as it is there, in order."""
    work = _Work(
        rulebook=rulebook,
        mutants=tuple(mutants),
        scenarios=tuple(scenarios),
        telling_apart=telling_apart,
    )
    bench = _Bench(work)
    _require_passing(bench)
    groups = _groups(work.mutants)
    processes = min(processes, len(groups))
    if processes <= 1:
        for group in groups:
            yield from bench.outcomes(group)
        return
    with get_context("spawn").Pool(processes, _prepare, (work,)) as pool:
        for group, told in zip(groups, pool.imap(_tried, groups), strict=True):
            for mutant, (killer, is_equivalent, is_unsayable, missing) in zip(
                work.mutants[group], told, strict=True
            ):
                yield Outcome(
                    mutant=mutant,
                    killed_by=None if killer is None else work.scenarios[killer],
                    is_equivalent=is_equivalent,
                    is_unsayable=is_unsayable,
                    missing=missing,
                )


def _groups(mutants: Sequence[Mutant]) -> list[slice]:
    """Divide mutants into those of one rule each."""
    found, begin = [], 0
    for _, group in groupby(mutants, lambda one: one.name):
        end = begin + len(list(group))
        found.append(slice(begin, end))
        begin = end
    return found


@frozen(kw_only=True)
class _Work:
    """All that a process needs to know."""

    rulebook: Rulebook
    mutants: tuple[Mutant, ...]
    scenarios: tuple[Scenario, ...]
    telling_apart: TellingApart | None


class _Bench:
    """Where mutants are tried, with what is found without a fault at hand."""

    def __init__(self, work: _Work) -> None:
        self._work = work
        self.trials = Trials(trials_of(work.scenarios, work.rulebook))

    def outcomes(self, group: slice) -> Iterator[Outcome]:
        mutants = self._work.mutants[group]
        killers = self.trials.killers(mutants)
        found = [
            Outcome(mutant=mutant, killed_by=killer)
            for mutant, killer in zip(mutants, killers, strict=True)
        ]
        if self._work.telling_apart is None:
            return iter(found)
        return self._told_apart(found)

    def _told_apart(self, outcomes: list[Outcome]) -> Iterator[Outcome]:
        """Look for scenarios that tell the mutants of a rule which survive, few for all."""
        made: list[Scenario] = []
        trials: list[Trial] = []
        looked: dict[int, Outcome] = {}
        for number, outcome in enumerate(outcomes):
            fault = Faulty(outcome.mutant)
            if outcome.killed_by is not None or any(one.is_killing(fault) for one in trials):
                continue
            looked[number] = one = self._looked_for(outcome)
            if one.missing is not None:
                made.append(one.missing)
                trials.append(Trial(one.missing, one.missing.rulebooks[0]))
        alive = [number for number, one in enumerate(outcomes) if one.killed_by is None]
        kept = _survivors.fewest(made, [outcomes[number].mutant for number in alive])
        told = dict(zip(alive, kept, strict=True))
        for number, outcome in enumerate(outcomes):
            yield evolve(looked.get(number, outcome), missing=told.get(number))

    def _looked_for(self, outcome: Outcome) -> Outcome:
        mutant, telling_apart = outcome.mutant, self._work.telling_apart
        assert telling_apart is not None  # noqa: S101 - else nobody looks
        try:
            scenario = telling_apart(mutant.original, mutant.rulebook, mutant.name)
        except UnsettledError:
            return outcome
        if scenario is None:
            return evolve(outcome, is_equivalent=_survivors.is_provable(mutant))
        made = _survivors.made(mutant, scenario)
        is_unsayable = made is None and _survivors.is_unsayable(mutant, scenario)
        return evolve(outcome, missing=made, is_unsayable=is_unsayable)


def _require_passing(bench: _Bench) -> None:
    """Object to scenarios that tell nothing, since they fail without any fault."""
    problems = [
        Problem(
            check="fails-already",
            place=one.place,
            what=f"expected of `{one.clause}` without any fault: {one.what}",
            remedy="mend the scenario or the rule; `councilrules test` shows all that fails",
        )
        for one in bench.trials.failing()
    ]
    if problems:
        raise ScenarioError(tuple(problems))


# --- several processes ----------------------------------------------------------------

# What an event leaves out is a mapping that nobody can change, which alone cannot be sent.
ForkingPickler.register(MappingProxyType, lambda one: (MappingProxyType, (dict(one),)))

_Told = tuple[int | None, bool, bool, Scenario | None]
_AT_HAND: dict[str, tuple[_Bench, dict[int, int]]] = {}


def _prepare(work: _Work) -> None:
    """Make ready a process of its own."""
    numbers = {id(one): number for number, one in enumerate(work.scenarios)}
    _AT_HAND["bench"] = _Bench(work), numbers


def _tried(group: slice) -> list[_Told]:
    """Try the mutants of one rule in a process of its own; scenarios are told by number."""
    bench, numbers = _AT_HAND["bench"]
    return [
        (
            None if one.killed_by is None else numbers[id(one.killed_by)],
            one.is_equivalent,
            one.is_unsayable,
            one.missing,
        )
        for one in bench.outcomes(group)
    ]
