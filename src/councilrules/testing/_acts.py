"""Events in the making: what is settled of each, and how the rest is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define, field

from councilrules.events import UNKNOWN, Proof
from councilrules.events.record import JudgementRecorded
from councilrules.testing._picking import below, often, pick, pick_some, seldom
from councilrules.testing._times import STEP, STEPS, exact
from councilrules.testing._values import value
from councilrules.vocabulary import EventKind, kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis import strategies as st

    from councilrules.events import Event
    from councilrules.testing._times import Times
    from councilrules.testing._values import Names
    from councilrules.vocabulary import Field

_T = TypeVar("_T")

PROOFS = (
    *[Proof.ESTABLISHED] * 6, Proof.ADMITTED, Proof.ALLEGED, Proof.NOT_KNOWN, Proof.DISPROVED,
)  # fmt: skip
_OF_A_VALUE = (Proof.ALLEGED, Proof.NOT_KNOWN, Proof.ADMITTED)


def makeable() -> tuple[str, ...]:
    """Name the kinds of event that somebody can record, those of other packages among them."""
    return tuple(sorted(name for name, kind in kinds().items() if not kind.cls.derived))


@define
class Act:
    """An event that is being drawn: its kind, and what is settled of it so far.

    Attributes:
        kind: Its kind.
        id: Its id.
        step: When it happens.
        held: What its fields hold, by attribute.
        answers: What is answered of it, by question.
        apart: What a field is not to hold, by attribute.
    """

    kind: str
    id: str
    step: int
    held: dict[str, Any] = field(factory=dict)
    answers: dict[str, Any] = field(factory=dict)
    apart: dict[str, Any] = field(factory=dict)

    def field(self, name: str) -> Field | None:
        """Find a field by its name in rules; `None` if events of the kind lack it."""
        kind = kinds()[self.kind]
        return kind.fields.get(kind.towards if name == "towards" else name)


class Drafting:
    """Draws events from the names and the times that there are.

    Attributes:
        draw: What draws.
        acts: The events that are being drawn.
    """

    def __init__(
        self,
        draw: st.DrawFn,
        names: Names,
        times: Times,
        *,
        asked: Mapping[str, tuple[str, ...]],
        others: tuple[str, ...] = (),
    ) -> None:
        """Take what to draw from.

        Args:
            draw: What draws.
            names: The names that fields hold.
            times: When things happen.
            asked: The questions that a judgement may answer, each with what it may be
                about besides events.
            others: Ids of events that fields may refer to besides those drawn here.
        """
        self.draw = draw
        self.acts: list[Act] = []
        self._names = names
        self._times = times
        self._asked = asked
        self._others = others

    def pick(self, options: Sequence[_T]) -> _T:
        """Pick one."""
        return pick(self.draw, options)

    def add(self, kind: str, step: int, named: str | None = None) -> Act:
        """Begin an event."""
        id_ = f"e{len(self.acts)}" if named is None else named
        act = Act(kind, id_, max(0, min(step, STEPS)))
        self.acts.append(act)
        return act

    def any_value(self, found: Field) -> object:
        """Draw what a field holds."""
        ids = (*(one.id for one in self.acts), *self._others)
        return value(self.draw, found, self._names, self._times, ids)

    def event(self, act: Act) -> Event:
        """Make the event of a draft: the rest of its fields, its time, its proof."""
        kind = kinds()[act.kind]
        self._rest(act, kind)
        at = self._times.blurred(self.draw, self._times.at(act.step))
        proofs: dict[str, Proof] = {}
        if self.draw(seldom) and act.held:
            written = sorted(
                found.name for found in kind.fields.values() if found.attribute in act.held
            )
            proofs[self.pick(written)] = self.pick(_OF_A_VALUE)
        until = exact(at.last + (1 + self.draw(below(60))) * STEP) if self.draw(seldom) else None
        return kind.cls(
            id=act.id, at=at, until=until, proof=self.pick(PROOFS), answers=act.answers,
            proofs=proofs, **act.held,
        )  # fmt: skip

    def _rest(self, act: Act, kind: EventKind) -> None:
        common = [name for name, found in kind.fields.items() if found.is_common and name != "by"]
        some = {"by", *pick_some(self.draw, common, 1)}
        is_settled = "question" in act.held
        for name, found in kind.fields.items():
            if found.attribute not in act.held and (not found.is_common or name in some):
                act.held[found.attribute] = self.any_value(found)
        if kind.cls is JudgementRecorded and not is_settled:
            self._judge(act)
        elif self.draw(seldom):
            act.held["as_"] = self.any_value(kind.fields["as"])
        if act.held.get("repeats", UNKNOWN) is not UNKNOWN and self.draw(often):
            del act.held["repeats"]

    def _judge(self, act: Act) -> None:
        """Let a judgement be about what is asked of the events there are."""
        others = [*(one.id for one in self.acts if one is not act), *self._others]
        if self._asked:
            question = self.pick(sorted(self._asked))
            subjects = [*self._asked[question], *others]
            if subjects:
                act.held["question"] = question
                act.held["on"] = self.pick(subjects)
