"""What a report says, in the order in which it says it, whatever it is written as.

Everything in it is plain text and holds no markup. Characters that could reorder or hide
what stands beside them, and those that a file of text cannot hold, are shown as their
numbers, such as `[U+202E]`.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs

from councilrules import wording
from councilrules.reports import _record
from councilrules.reports._lanes import Bar, Mark, Pin, Timeline, timeline
from councilrules.reports._model import (
    BookTold,
    ClauseTold,
    Considered,
    EventTold,
    FindingTold,
    Kind,
    Noted,
    Origins,
    PersonTold,
    QuestionTold,
    Reason,
    Recorded,
    Reference,
    Report,
    ScenarioTold,
    Turn,
)
from councilrules.reports._origins import origins, rulebook_digest
from councilrules.reports._questions import TURNS, asked
from councilrules.reports._told import People, Shown
from councilrules.reports.text import NOTHING, clock, found_by, notes, spoken_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from councilrules.assessing import Assessment, Question
    from councilrules.events import Event
    from councilrules.findings import Finding
    from councilrules.history import History
    from councilrules.trace import Trace

__all__ = [
    "Bar",
    "BookTold",
    "ClauseTold",
    "Considered",
    "EventTold",
    "FindingTold",
    "Kind",
    "Mark",
    "Noted",
    "Origins",
    "PersonTold",
    "Pin",
    "QuestionTold",
    "Reason",
    "Recorded",
    "Reference",
    "Report",
    "ScenarioTold",
    "Timeline",
    "Turn",
    "contents",
    "rulebook_digest",
    "visible",
]

_T = TypeVar("_T")
_CAUTION = (
    "This report says what the recorded facts come to under the protocol. It judges nobody.",
    "“Breach if proved” means that the facts are only alleged.",
    "What is left to a person to judge, or is not known, is put as a question.",
    "It is not legal advice. The clauses are restated; the council's own text is what counts.",
)


def _nothing(*_: object) -> tuple[str, ...]:
    return ()


def contents(
    assessments: Sequence[Assessment],
    *,
    texts: Mapping[str, Trace] | None = None,
    least: Callable[[Assessment, Finding], Iterable[str]] = _nothing,
    answers: Callable[[Assessment, Question], Iterable[str]] = _nothing,
    everything: bool = False,
    inputs: Mapping[str, bytes] | None = None,
    command: str = "",
) -> Report:
    """Give what a report on assessments says.

    Args:
        assessments: The assessments; those of one scenario stand together.
        texts: The published text of each protocol, by the id of its rulebook.
        least: What gives the smallest changes that would turn a finding, in sentences.
        answers: What gives what each answer to a question would lead to, in sentences.
        everything: Whether what was met or excused is told in full as well.
        inputs: The files that were read, by their names.
        command: The command that makes the report again.
    """
    parts = _Parts(texts or {}, least, answers, everything)
    scenarios = [list(each) for _, each in groupby(assessments, key=lambda one: id(one.scenario))]
    told = tuple(parts.scenario(of, f"s{place}") for place, of in enumerate(scenarios, start=1))
    title = told[0].title if len(told) == 1 else f"{len(told)} scenarios"
    report = Report(
        title=f"Report: {title}",
        caution=_CAUTION,
        scenarios=told,
        origins=origins(assessments, inputs or {}, command),
    )
    return _shown(report)


@attrs.frozen
class _Parts:
    """Makes the parts of a report."""

    texts: Mapping[str, Trace]
    least: Callable[[Assessment, Finding], Iterable[str]]
    answers: Callable[[Assessment, Question], Iterable[str]]
    everything: bool

    def scenario(self, made: list[Assessment], anchor: str) -> ScenarioTold:
        history, zone = made[0].scenario.history, made[0].rulebook.zone
        shown = spoken_of(made, everything=self.everything)
        events = list(history.read) if self.everything else _record.spoken_of(history, shown)
        anchors = {one.id: f"{anchor}-e{place}" for place, one in enumerate(events, start=1)}
        around = Shown(
            anchor=anchor,
            events=anchors,
            texts=self.texts,
            least=self.least,
            everything=self.everything,
        )
        people: list[People] = []
        books: list[BookTold] = []
        for place, one in enumerate(made, start=1):
            first = 1 + len([pin for each in people for pin in each.pinned])
            people.append(People(one, around, f"{anchor}b{place}", first))
            books.append(self._book(one, people[-1], f"{anchor}b{place}"))
        return ScenarioTold(
            title=made[0].scenario.name,
            anchor=anchor,
            recorded=_recorded(history, events, anchors, zone),
            timeline=timeline(made, (pin for each in people for pin in each.pinned), anchors),
            books=tuple(books),
        )

    def _book(self, made: Assessment, people: People, anchor: str) -> BookTold:
        book = made.rulebook
        told = tuple(people.told())
        return BookTold(
            title=f"{book.council}: {book.title} (version {book.version})",
            anchor=anchor,
            as_of=f"As things stood {clock(made)}.",
            nothing="" if made.findings else NOTHING,
            people=told,
            turns=tuple(self._turns(made, people.told_by_key, anchor)),
            notes=tuple(Noted(title=name, items=tuple(each)) for name, each in notes(made) if each),
            found_by=found_by(made),
        )

    def _turns(
        self, made: Assessment, told: Mapping[tuple[str, ...], FindingTold], anchor: str
    ) -> Iterator[Turn]:
        numbered = enumerate(made.questions, start=1)
        for turn, those in groupby(numbered, key=lambda one: one[1].want.turn):
            yield Turn(
                title=TURNS[turn],
                questions=tuple(
                    QuestionTold(
                        id=f"question {number}",
                        anchor=f"{anchor}-q{number}",
                        asks=asked(one, made),
                        belongs=wording.belongs(one.want),
                        findings=_references(told[key] for key in one.findings if key in told),
                        settles=len(one.findings),
                        leads_to=tuple(self.answers(made, one)),
                    )
                    for number, one in those
                ),
            )


def _references(found: Iterable[FindingTold]) -> tuple[Reference, ...]:
    """Refer to findings, each once, in the order in which they are told."""
    named = {one.id: one.anchor for one in found}
    told = sorted(named.items(), key=lambda one: int(one[0].removeprefix("F")))
    return tuple(Reference(text=name, anchor=anchor) for name, anchor in told)


def _recorded(
    history: History, events: list[Event], anchors: Mapping[str, str], zone: str
) -> Recorded:
    usual = _record.usual_proof(history)
    return Recorded(
        usual=wording.proved(usual),
        events=tuple(
            EventTold(
                id=one.id,
                anchor=anchors[one.id],
                time=wording.time(one, zone),
                text=wording.sentence(wording.described(one, zone)),
                proof="" if one.context else wording.proved(one.proof),
                is_usual=one.context or one.proof is usual,
                source=one.source or "",
            )
            for one in events
        ),
        besides=len(history.read) - len(events),
    )


# --- what can be shown -----------------------------------------------------------------

# Overrides and embeddings turn round what follows them; the others cannot stand in a file.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def visible(text: str) -> str:
    r"""Show what could reorder or hide other text, or cannot be written, as its number.

    Examples:
        >>> visible("ann\u202e")
        'ann[U+202E]'
    """
    return _UNSAFE.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def _shown(part: _T) -> _T:
    """Give a part of a report with all its texts as they can be shown."""
    made: Any = part
    if isinstance(part, str):
        made = visible(part)
    elif isinstance(part, tuple):
        made = tuple(map(_shown, part))
    elif attrs.has(cls := type(part)):
        made = cls(**{one.name: _shown(getattr(part, one.name)) for one in attrs.fields(cls)})
    return cast("_T", made)
