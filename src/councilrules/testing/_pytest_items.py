"""Scenarios and rulebooks as tests of pytest: collected, run, and told why they failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from councilrules.assessing import Assessment, assess
from councilrules.errors import CouncilRulesError, Problem, ScenarioError
from councilrules.expecting import Mismatch, mismatches
from councilrules.rulebooks import load_rulebook
from councilrules.scenarios import Scenario, load_scenarios
from councilrules.testing import _pytest_failures as failures

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from councilrules.rules import Rulebook

RULEBOOKS = pytest.StashKey[dict[str, "Rulebook"]]()
# Which scenario a test ran, as its file and number there: all that can travel to the
# process that sums up, where tests run in several.
RAN = pytest.StashKey[tuple[str, int]]()
ASSESSED = pytest.StashKey[dict[tuple[str, int], list[Assessment]]]()


class NotAsExpectedError(Exception):
    """A scenario that found something else than it expects."""

    def __init__(self, made: list[Assessment], wrong: list[Mismatch]) -> None:
        """Take what was found, and what of it is not as expected."""
        super().__init__("\n".join(map(str, wrong)))
        self.made = made
        self.wrong = wrong


class _Item(pytest.Item):
    """A test whose failure is told in words, without a trace of the program."""

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,  # noqa: ANN401 - pytest's
    ) -> Any:  # noqa: ANN401 - pytest's
        """Give what is wrong with the input; what is wrong with the library keeps its trace."""
        told = failures.Telling(self.config.invocation_params.dir)
        match excinfo.value:
            case NotAsExpectedError(made=made, wrong=wrong):
                return told.mismatches(made, wrong)
            case CouncilRulesError(problems=problems):
                return told.problems(self.path, problems)
            case _:
                return super().repr_failure(excinfo, style)


class RulebookFile(pytest.File):
    """The head of a rulebook, which stands for the whole folder."""

    def collect(self) -> Iterator[pytest.Item]:
        """Give one test: that the rulebook has no fault."""
        yield Lint.from_parent(self, name="lint")


class Lint(_Item):
    """Passes if a rulebook can be used, as `councilrules lint` has it."""

    def runtest(self) -> None:
        """Read the rulebook, with all its checks."""
        load_rulebook(self.path.parent)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Give what heads a failure."""
        return self.path, None, f"{self.path.parent.name}: lint"


class ScenarioFile(pytest.File):
    """A file of one scenario or several."""

    def collect(self) -> Iterator[pytest.Item]:
        """Give a test for each scenario; one that fails if the file cannot be used."""
        rulebooks = self.config.stash.setdefault(RULEBOOKS, {})
        try:
            found = load_scenarios(self.path, rulebooks)
        except CouncilRulesError as error:
            yield Unusable.from_parent(self, name="readable", problems=error.problems)
            return
        for number, (name, scenario) in enumerate(zip(_names(found), found, strict=True)):
            yield ScenarioItem.from_parent(self, name=name, scenario=scenario, number=number)


def _names(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """Give each scenario a name of its own, by which a test can be asked for."""
    seen: dict[str, int] = {}
    for scenario in scenarios:
        # What stands before two colons would be taken for the name of a class.
        name = " ".join(scenario.name.replace("::", ":").split())
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


class Unusable(_Item):
    """Fails, since a file of scenarios cannot be used."""

    def __init__(self, *, problems: tuple[Problem, ...], **options: Any) -> None:  # noqa: ANN401 - pytest's
        """Take what is wrong with the file."""
        super().__init__(**options)
        self._problems = problems

    def runtest(self) -> None:
        """Fail with everything that is wrong."""
        raise ScenarioError(self._problems)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Give what heads a failure."""
        return self.path, None, f"{self.path.name}: readable"


class ScenarioItem(_Item):
    """Passes if a scenario finds what it expects; one that expects nothing is only assessed."""

    def __init__(self, *, scenario: Scenario, number: int, **options: Any) -> None:  # noqa: ANN401 - pytest's
        """Take the scenario, and which one of its file it is."""
        super().__init__(**options)
        self._scenario = scenario
        self._number = number
        self.extra_keyword_matches.update(
            f"{one.rulebook}/{one.clause}" for one in scenario.expected
        )

    def runtest(self) -> None:
        """Assess the scenario, and compare."""
        scenario = self._scenario
        made = [assess(one.rulebook, scenario, engine="reference") for one in scenario.rulebooks]
        self.stash[RAN] = key = (str(self.path), self._number)
        if ASSESSED in self.config.stash:
            self.config.stash[ASSESSED][key] = made
        wrong = list(mismatches(scenario, made))
        if wrong:
            raise NotAsExpectedError(made, wrong)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Give what heads a failure, and where the scenario is written."""
        return self.path, self._scenario.place.line - 1, self.name
