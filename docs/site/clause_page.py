"""The page of one clause: what it means, its rules in plain words, examples, what is near it."""  # noqa: INP001 - part of the site's hook

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from attrs import frozen
from marking import code, described, folded, items, joined, text
from shelf import opening, source, town

from councilrules import wording
from councilrules.coverage import reachable
from councilrules.rules import Related
from councilrules.vocabulary import QUESTIONS
from councilrules.wording import InGeneral

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from examples import Example
    from shelf import Near, Shelf

    from councilrules import Rulebook
    from councilrules.reports.contents import ScenarioTold
    from councilrules.rules import Clause, Rule

_STATUSES = {
    "breached": "a breach",
    "undetermined": "a question",
    "open": "something still open",
    "excused": "something excused",
    "met": "something met",
    "permitted": "a permission",
    "referred": "a note that it is decided elsewhere",
}


def address(book: Rulebook, clause: str) -> str:
    """Give where the page of a clause is, below `docs/`."""
    return f"clauses/{book.id}/{clause}.md"


def link(book: Rulebook, clause: str, at: str = "", *, brief: bool = False) -> str:
    """Link to the page of a clause, from a page in the folder `at` of the clauses' pages."""
    name = clause if brief else f"{town(book)} {clause}"
    return f"[{name}]({at}{quote(f'{clause}.md', safe='')})"


@frozen
class Forced:
    """What wording has to know of a clause to say its force."""

    force: str
    hedge: str | None


@frozen
class ClausePage:
    """Makes the page of a clause.

    Attributes:
        shelf: What there is.
        book: The rulebook.
        clause: The clause.
        examples: Its examples, each with what a report says of it.
    """

    shelf: Shelf
    book: Rulebook
    clause: Clause
    examples: Sequence[tuple[Example, ScenarioTold]]

    def made(self) -> str:
        """Give the page."""
        name = f"{town(self.book)} {self.clause.id}"
        return joined([
            "---", f'title: "{name}"', f'description: "Clause {self.clause.id} of the protocol of {self.book.council}, restated"', "---", "",
            f"# {name}", "",
            f"{text(self.clause.means)}", "{ .means }", "",
            *self._head(), *self._rules(), *self._notes(), *self._examples(), *self._near(), *self._file(),
        ])  # fmt: skip

    def _head(self) -> Iterator[str]:
        clause, book = self.clause, self.book
        forces = dict.fromkeys(
            wording.force(Forced(force, clause.hedge))  # type: ignore[arg-type]  # it reads no more of a finding
            for force in clause.forces
        )
        kinds = dict.fromkeys(kind for rule in clause.rules for kind in opening(rule, book))
        yield from described(
            [
                ("Protocol", f"[{text(book.council)}: {text(book.title)}, version {text(book.version)}](index.md)"),
                ("Kind", wording.listed(dict.fromkeys(clause.kinds))),
                ("Force", text("; ".join(forces))),
                ("Rules", str(len(clause.rules)) if clause.rules else "none: it binds nobody to anything that could be checked"),
                *([("Brought into play by", self._played_by(list(kinds)))] if clause.rules else ()),
            ],
        )  # fmt: skip

    def _played_by(self, kinds: list[str]) -> str:
        """Say how many kinds of event bring the clause into play."""
        if any(rule.standing is not None for rule in self.clause.rules):
            return "every day on which the protocol is in force"
        if any(not rule.trigger.kinds for rule in self.clause.rules):
            raising = "raises it by itself" if len(kinds) == 1 else "raise it by themselves"
            raised = f"; {_counted(kinds)} {raising}" if kinds else ""
            return f"any act of somebody whom it binds, once it is put to a question below{raised}"
        return _counted(kinds)

    # --- rules ------------------------------------------------------------------------

    def _rules(self) -> Iterator[str]:
        if self.clause.rules:
            yield from ("## What it asks, rule by rule", "")
        for rule in self.clause.rules:
            yield from (f"### Rule “{text(wording.plain(rule.id))}”", "")
            yield from (text(wording.rule(rule, self.book.questions)), "")
            yield from items(self._details(rule))

    def _details(self, rule: Rule) -> Iterator[str]:
        yield f"Rule `{rule.name}`, {rule.kind}: {text(wording.force(rule))}."  # type: ignore[arg-type]  # it reads no more of a finding
        yield f"Who answers: {self._bound(rule)}."
        if rule.standing is None and rule.trigger.kinds:
            yield f"It is looked at on {_kinds(rule.trigger.kinds)}."
        looked_for = dict.fromkeys(
            kind
            for one in rule.conditions
            if isinstance(one, Related)
            for kind in one.pattern.kinds
        )
        if looked_for:
            yield f"It looks for {_kinds(looked_for)}."
        yield from self._times(rule)
        yield from self._answers(rule)
        for name in sorted(rule.questions):
            asked = text(self._voice(rule).asked(self.book.questions[name].asks))
            yield f"For a named person to judge: “{asked}” ({self._question(name)})."
        if rule.note:
            yield f"Note: {text(rule.note)}"
        outcomes = (_STATUSES[one] for one in reachable(rule))
        yield f"It can come to {wording.listed(outcomes, 'or')}."

    def _bound(self, rule: Rule) -> str:
        if rule.bearer is None:
            return "the council"
        return text(wording.any_of(rule.roles)) if rule.roles else "whoever it is"

    def _question(self, name: str) -> str:
        """Name a question, with a link to those that all rulebooks share."""
        if QUESTIONS.get(name) == self.book.questions[name]:
            return f"[`{name}`](../../reference/questions.md#{name})"
        return f"`{name}`, a question of this rulebook"

    def _voice(self, rule: Rule) -> InGeneral:
        called = {} if rule.bearer is None else {rule.bearer: "that person"}
        return InGeneral(kinds=rule.trigger.kinds, called=called)

    def _times(self, rule: Rule) -> Iterator[str]:
        if rule.until is not None:
            yield "It has to be done by the time that was given."
        if rule.within is not None:
            parameter = self.book.parameters[rule.within]
            either = "Where none was given, the" if rule.until is not None else "The"
            unset = (
                ""
                if parameter.values
                else " The rulebook as it comes sets none, so a scenario does, or the case stays open."
            )
            yield f"{either} time allowed is the parameter `{parameter.name}`: {text(parameter.means)}{unset}"

    def _answers(self, rule: Rule) -> Iterator[str]:
        for name, one in rule.exceptions:
            said = wording.condition(one, self._voice(rule), self.book.questions)
            yield f"Excused (*{text(wording.excuse(name))}*) if {text(said)}."
        for name, _ in rule.gaps:
            yield f"The text leaves open: {text(wording.plain(name))}."

    # --- how it is read ---------------------------------------------------------------

    def _notes(self) -> Iterator[str]:
        told = [*self._remarks()]
        if told:
            yield from ("## How it is read", "", *items(told))

    def _remarks(self) -> Iterator[str]:
        clause, book = self.clause, self.book

        def named(ids: Iterable[str]) -> str:
            return wording.listed([link(book, one) for one in ids])

        if clause.note:
            yield text(clause.note)
        if clause.subject_to:
            yield f"It yields to {named(clause.subject_to)}."
        before = [one.id for one in book.clauses if clause.id in one.subject_to]
        if before:
            yield f"It goes before {named(before)}, which yields to it."
        if clause.repeats:
            yield f"It says again what the text has in {named(clause.repeats)}."
        again = [one.id for one in book.clauses if clause.id in one.repeats]
        if again:
            yield f"The text says it again in {named(again)}."
        for other, why in clause.tensions:
            yield f"The text is in tension with {named([other])}: {text(why)}"
        for one in book.clauses:
            for other, why in one.tensions:
                if other == clause.id:
                    yield f"{named([one.id])} is in tension with it: {text(why)}"
        if clause.other_law:
            yield f"Other law may bear on this: {text(clause.other_law)}"

    # --- examples, and what else there is ---------------------------------------------

    def _examples(self) -> Iterator[str]:
        if not self.clause.rules:
            return
        yield from (
            "## Examples",
            "",
            "Scenarios that are tested whenever the rulebook is, with what is found in each under this clause. The people are made up.",
            "",
        )
        for one, told in self.examples:
            yield from one.lines(told)

    def _near(self) -> Iterator[str]:
        if not self.clause.rules:
            return
        near = self.shelf.near(self.book, self.clause)
        others = [one for one in self.shelf.books.values() if one.id != self.book.id]
        yield from (f"## Beside it in {wording.listed(map(town, others))}", "")
        if not near:
            yield "A search of all that the rules can tell apart found no clause there that corresponds."
        yield from items(f"It {one.words} {self._there(one)}" for one in near)
        yield from (
            "",
            "How this was found, and what it shows and does not show: [Langport and Twywell](../../langport-and-twywell.md#what-it-shows-and-what-not).",
            "",
        )

    def _there(self, one: Near) -> str:
        return f"{link(one.rulebook, one.clause.id, f'../{one.rulebook.id}/')}: {text(one.clause.means)}"

    def _file(self) -> Iterator[str]:
        where, own = source(self.clause)
        yield from ("## In the rulebook", "")
        yield from (
            f"The clause is written in `{where}`. The council's own text is not here: `councilrules trace {self.book.id} --protocol FILE` compares a copy of it with what was read.",
            "",
        )
        yield from folded(f"Clause {self.clause.id} as the rulebook has it", code("yaml", own))


def _kinds(kinds: Iterable[str]) -> str:
    return wording.listed(
        [f"[`{kind}`](../../reference/vocabulary.md#{kind})" for kind in kinds], "or"
    )


def _counted(kinds: list[str]) -> str:
    count = "one kind" if len(kinds) == 1 else f"{len(kinds)} kinds"
    return f"{count} of event ({_kinds(kinds)})"
