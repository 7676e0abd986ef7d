"""Example scenarios of a clause: chosen from those that are shipped, and assessed here."""  # noqa: INP001 - part of the site's hook

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen
from marking import code, folded, items, text

from councilrules import assess, wording
from councilrules.coverage import PERMITTED, REFERRED, reachable
from councilrules.findings import GRAVITY
from councilrules.reports.contents import contents
from councilrules.scenarios.writing import written

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from councilrules import Assessment, Rulebook, Scenario
    from councilrules.findings import ScopeNote
    from councilrules.reports.contents import BookTold, FindingTold, ScenarioTold
    from councilrules.rules import Clause

_ORDER = (*(status.value for status in GRAVITY), REFERRED, PERMITTED)


@frozen(kw_only=True)
class Example:
    """A shipped scenario with what is found in it under one clause.

    Attributes:
        file: The file that it stands in.
        scenario: The scenario.
        made: The whole assessment.
        clause: The clause.
    """

    file: str
    scenario: Scenario
    made: Assessment
    clause: Clause

    @property
    def outcomes(self) -> frozenset[tuple[str, str]]:
        """Give the rules of the clause that are reached, each with its outcome."""
        own, made = self.clause.id, self.made
        found = {(one.rule, one.status.value) for one in made.findings if one.clause == own}
        found |= {(one.rule, PERMITTED) for one in made.permissions if one.clause == own}
        if self._referring:
            rules = (one for one in self.clause.rules if REFERRED in reachable(one))
            found |= {(one.id, REFERRED) for one in rules}
        return frozenset(found)

    @property
    def _referring(self) -> tuple[ScopeNote, ...]:
        """Give the notes that point something out to those who decide it elsewhere."""
        notes = (one for one in self.made.scope if one.why == "another-instrument")
        return tuple(one for one in notes if self.clause.id in one.clauses)

    @property
    def own(self) -> Assessment:
        """Give the assessment with the findings under this clause alone."""
        findings = tuple(one for one in self.made.findings if one.clause == self.clause.id)
        return evolve(self.made, findings=findings)

    def lines(self, told: ScenarioTold) -> Iterator[str]:
        """Give the example: what happened, what is found, what is asked, and the file.

        Args:
            told: What a report says of it.
        """
        title = wording.sentence(self.scenario.name).rstrip(".")
        yield from (f"### {text(title)}", "", '<div class="found" markdown="1">', "")
        yield from self._recorded(told)
        yield from ("What is found under this clause:", "")
        found = [(person, one) for person in told.books[0].people for one in person.findings]
        for person, finding in found:
            yield from _finding(person.name, finding)
        yield from items(self._noted())
        yield from _asked(told.books[0], {one.text for _, each in found for one in each.questions})
        yield from ("</div>", "")
        facts = written(evolve(self.scenario, expected=()))
        source = f"One of the scenarios in `{self.file}`."
        yield from folded("The facts as a scenario file", (*code("yaml", facts), "", source))

    def _recorded(self, told: ScenarioTold) -> Iterator[str]:
        if not told.recorded.events:
            yield from ("No event is recorded, and what lasts is in the file below.", "")
            return
        yield from (f"What is recorded, {told.recorded.usual} where nothing else is said:", "")
        yield from items(
            f"{one.id}: {one.time}. {text(one.text)}{'' if one.is_usual else f' ({one.proof})'}"
            f"{self._answered(one.id)}"
            for one in told.recorded.events
        )

    def _answered(self, event: str) -> str:
        """Say how the questions on an event are answered in the scenario itself."""
        answers = self.scenario.history.by_id[event].answers
        told = [
            f"{wording.plain(name)}, {'yes' if one else 'no'}"
            for name, one in answers.items()
            if isinstance(one, bool)
        ]
        return f" It is taken to have been judged: {text('; '.join(told))}." if told else ""

    def _noted(self) -> Iterator[str]:
        """Give what is permitted, and what is pointed out, in the words of the report."""
        for one in self.made.permissions:
            if one.clause == self.clause.id:
                said = text(wording.permitted(one.on, one.clause, one.person))
                yield f"**Permitted**: {said}"
        yield from (f"**Pointed out**: {text(wording.scope(one))}" for one in self._referring)


def _finding(name: str, told: FindingTold) -> Iterator[str]:
    rules = " and ".join(f"“{text(one)}”" for one in told.rules)
    yield f"- {text(name[:1].upper() + name[1:])}: **{told.status}** ({text(told.force)}; {rules})"
    said = (*told.evidence, *told.outcome, *told.hangs_on)
    yield from (f"    - {text(one)}" for one in said)
    yield ""


def _asked(told: BookTold, wanted: Collection[str]) -> Iterator[str]:
    """Give the questions that the findings hang on, numbered as the report has them."""
    asked = [
        f"{wording.sentence(one.id).rstrip('.')}: {text(one.asks)}"
        for turn in told.turns
        for one in turn.questions
        if one.id in wanted
    ]
    if asked:
        yield from ("What has to be found out first:", "", *items(asked))


def told(examples: Sequence[Example]) -> tuple[ScenarioTold, ...]:
    """Give what a report says of each; all at once, since it says once what it is made from."""
    made = [one.own for one in examples]
    return contents(made, everything=True, inputs={"none": b""}).scenarios if made else ()


# --- choosing ---------------------------------------------------------------------


def chosen(
    book: Rulebook, clause: Clause, files: Iterable[tuple[str, Iterable[Scenario]]]
) -> list[Example]:
    """Choose one example for each status that the rules of a clause reach, and one for each rule.

    The first scenario that shows it is taken, or of those in the same file the one in
    which the fewest other things are found.
    """
    wanted = {(rule.id, status) for rule in clause.rules for status in reachable(rule)}
    best: dict[tuple[str, str], Example] = {}
    for file, those in files:
        for scenario in those:
            for named in scenario.rulebooks:
                if named.rulebook.id == book.id:
                    made = assess(named.rulebook, scenario, engine="reference")
                    one = Example(file=file, scenario=scenario, made=made, clause=clause)
                    for outcome in one.outcomes & wanted:
                        best[outcome] = _better(best.get(outcome), one)
            if _show(wanted, {name for name, one in best.items() if len(one.outcomes) == 1}):
                break
        if _show(wanted, best):
            break
    return _few(best, clause)


def _show(wanted: Collection[tuple[str, str]], found: Collection[tuple[str, str]]) -> bool:
    """Tell whether every rule and every status that is wanted is found."""
    return all({one[at] for one in wanted} == {one[at] for one in found} for at in (0, 1))


def _better(before: Example | None, one: Example) -> Example:
    if before is None:
        return one
    is_simpler = _besides(one) < _besides(before)
    return one if is_simpler and one.file == before.file else before


def _besides(one: Example) -> tuple[int, int]:
    return len(one.outcomes), len(one.made.findings) + len(one.made.questions)


def _few(best: dict[tuple[str, str], Example], clause: Clause) -> list[Example]:
    """Take one for each status, and then one for each rule that is not yet shown."""
    taken: list[Example] = []
    ranks = {rule.id: place for place, rule in enumerate(clause.rules)}
    for rule, status in sorted(best, key=lambda one: (_ORDER.index(one[1]), ranks[one[0]])):
        shown = {each for one in taken for each in one.outcomes}
        if all(each[1] != status for each in shown) or all(each[0] != rule for each in shown):
            taken.append(best[rule, status])
    return taken
