"""Registers: a small cast whose offices, interests and papers are drawn each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from councilrules.events import UNKNOWN, Proof, Unknown
from councilrules.periods import Tenure
from councilrules.register import (
    ANYTHING,
    COUNCIL,
    ENGAGEMENTS,
    KINDS,
    Body,
    Decision,
    Engagement,
    Interest,
    Listed,
    Marking,
    Office,
    Paper,
    Person,
    Procedure,
    Register,
    Relationship,
    Seat,
)
from councilrules.testing._cast import DECISIONS, MATTERS, NOBODY, OBSCURE, PROCEDURES, Cast, Post
from councilrules.testing._picking import (
    below,
    coin,
    often,
    pick,
    pick_listed,
    pick_some,
    seldom,
)
from councilrules.testing._times import Times

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_T = TypeVar("_T")

PROOFS = (*[Proof.ESTABLISHED] * 5, Proof.ADMITTED, Proof.ALLEGED, Proof.NOT_KNOWN)
"""How well a register entry is proved."""

# The first is what a failing case shrinks to.
_is_there = st.sampled_from([False, *[True] * 14])


class RegisterDrawing:
    """Draws the parts of one register."""

    def __init__(self, draw: st.DrawFn, cast: Cast, times: Times) -> None:
        self._draw = draw
        self._cast = cast
        self._times = times
        self.bodies: Mapping[str, Body] = self._bodies()
        self.people: Mapping[str, Person] = self._people()

    def _some(self, entries: Iterable[_T]) -> list[_T]:
        """Leave a few out, and in a case that shrinks all that do not matter."""
        return [one for one in entries if self._draw(_is_there)]

    def _pick(self, options: Sequence[_T]) -> _T:
        return pick(self._draw, options)

    def _word(self, words: Sequence[str]) -> str | Unknown:
        """Pick a word, or that it is not known."""
        some: tuple[str | Unknown, ...] = (*words, UNKNOWN)
        return self._pick(some)

    def _listed(self, words: Sequence[str]) -> Listed:
        return pick_listed(self._draw, words)

    def _tenure(self) -> Tenure:
        return self._times.tenure(self._draw)

    def _bodies(self) -> dict[str, Body]:
        found = {
            name: Body(kind=kind, terms=MATTERS[:1])
            for name, kind in self._some(self._cast.bodies.items())
        }
        if "finance" in found:
            found["finance"] = Body(
                kind="committee", terms=self._listed((*self._cast.matters, ANYTHING))
            )
        return found

    def _people(self) -> dict[str, Person]:
        found = {NOBODY: Person(), OBSCURE: Person(is_known=False)}
        posts = self._some(
            (name, post) for name, post in self._cast.posts.items() if self._is_there(post)
        )
        names = [name for name, _ in posts]
        odd = pick_some(self._draw, names, 3)
        throughout = Tenure(since=self._pick((None, self._times.long_before)))
        for name, (office, of) in posts:
            if name not in odd:
                found[name] = Person(offices=(Office(role=office, of=of, tenure=throughout),))
                continue
            held = [self._office(office, of)]
            if self._draw(seldom):
                held.append(
                    self._office(*self._pick([*filter(self._is_there, self._cast.offices)]))
                )
            found[name] = Person(offices=tuple(held), seats=self._seats())
        return found

    def _is_there(self, post: Post) -> bool:
        """Tell whether the body that an office is of was drawn."""
        _, of = post
        return of == COUNCIL or of in self.bodies

    def _office(self, office: str, of: str) -> Office:
        """Draw when an office was held, and on what terms."""
        engaged: tuple[Engagement, ...] = ()
        if self._draw(seldom):
            how = self._word(ENGAGEMENTS)
            engaged = (Engagement(how=how, tenure=self._tenure()),)
        tenure = self._times.odd_tenure(self._draw)
        return Office(role=office, of=of, tenure=tenure, engaged=engaged, proof=self._pick(PROOFS))

    def _seats(self) -> tuple[Seat, ...]:
        if not self.bodies or not self._draw(seldom):
            return ()
        body, for_ = self._pick(sorted(self.bodies)), self._listed(self._cast.matters)
        return (Seat(body=body, for_=for_, tenure=self._tenure()),)

    def papers(self) -> dict[str, Paper]:
        """Draw a paper on anything, beside one that is always the same."""
        held_by: Listed = (COUNCIL,)
        if not self._draw(often):
            held_by = self._listed((COUNCIL, *self._held))
        drawn = Paper(
            matter=self._listed(self._cast.matters),
            marked=UNKNOWN
            if self._draw(seldom)
            else tuple(self._marking() for _ in range(self._draw(below(3)))),
            held_by=held_by,
        )
        secret = (Marking(word="confidential"),)
        valuation = Paper(matter=("land-sale",), marked=secret, held_by=(COUNCIL,))
        return dict(self._some({"minutes": drawn, "valuation": valuation}.items()))

    def _marking(self) -> Marking:
        word = self._pick(self._cast.markings)
        return Marking(word=word, tenure=self._tenure(), proof=self._pick(PROOFS))

    @property
    def _held(self) -> list[str]:
        """Give who holds an office, those first who are first in the cast."""
        return [name for name in self._cast.posts if name in self.people]

    def interests(self) -> tuple[Interest, ...]:
        """Draw one or two interests, as a rule among them that of an owner in a sale."""
        people = [*self._held[:2], *self._held[3:4], OBSCURE]
        return tuple(self._interest(people) for _ in range(1 + self._draw(below(2))))

    def _interest(self, people: list[str]) -> Interest:
        if self._draw(coin):
            return Interest(of=people[0], matter=("land-sale",), kinds=("pecuniary",))
        return Interest(
            of=self._pick(people),
            matter=self._listed(self._cast.matters),
            kinds=self._listed(self._cast.interests),
            tenure=self._tenure(),
            known=self._tenure(),
            proof=self._pick(PROOFS),
        )

    def relationships(self, *, wanted: bool) -> tuple[Relationship, ...]:
        """Draw a relationship seldom, unless a rule on relationships is to be tried."""
        people = [*self._held, OBSCURE]
        if len(people) < 2 or not (wanted or self._draw(seldom)):  # noqa: PLR2004 - it has two sides
            return ()
        number = 1 + (self._draw(below(3)) if wanted else 0)
        return tuple(self._relationship(f"r{n}", people) for n in range(1, number + 1))

    def _relationship(self, name: str, people: list[str]) -> Relationship:
        one, other = pick_some(self._draw, people, 2, 2)
        return Relationship(
            id=name,
            between=(one, other),
            kind=self._word(self._cast.relationships),
            tenure=self._tenure(),
            proof=self._pick(PROOFS),
        )

    def decisions(self) -> tuple[Decision, ...]:
        names = pick_some(self._draw, DECISIONS, 2)
        plain = [Decision(id="d1", to=(one,)) for one in self._held[:1] if "d1" not in names]
        return (*plain, *(self._decision(one) for one in sorted(names)))

    def _decision(self, name: str) -> Decision:
        """Draw a decision, or a delegation if its name says so."""
        held = self._held
        bodies = [one for one in ("finance", "task-group") if one in self.bodies]
        subject = self._listed((*self._cast.matters, ANYTHING))
        if name.startswith("g") and self._cast.due_delegations and self._draw(coin):
            subject = self._pick(self._cast.due_delegations)
        return Decision(
            id=name,
            body=self._word((*[COUNCIL] * 3, *bodies)),
            subject=subject,
            to=self._listed((*held[:2], *self._cast.roles, *bodies, ANYTHING)),
            over=self._listed((*held[2:4], *self._cast.roles[-1:], ANYTHING)),
            scope=self._word(("all", "some")),
            group=self._word(("small", "large")),
            tenure=self._tenure(),
            is_delegation=name.startswith("g"),
            proof=self._pick(PROOFS),
        )

    def procedures(self) -> tuple[Procedure, ...]:
        """Draw up to two procedures, among them such as a standing duty wants."""
        names = pick_some(self._draw, PROCEDURES, 2)
        return tuple(self._procedure(name) for name in sorted(names))

    def _procedure(self, name: str) -> Procedure:
        kinds = self._listed(self._cast.procedures)
        if bool(self._cast.due_procedures) and self._draw(seldom):
            kinds = self._pick(self._cast.due_procedures)
        return Procedure(id=name, kinds=kinds, tenure=self._tenure(), proof=self._pick(PROOFS))


def register(
    draw: st.DrawFn, cast: Cast, times: Times, *, wants_relationship: bool = False
) -> Register:
    """Draw a register; where it does not speak of a kind, it has no entries of it."""
    spoken = {*KINDS} - {*pick_some(draw, KINDS, 3)}
    drawing = RegisterDrawing(draw, cast, times)
    return Register(
        people=drawing.people,
        bodies=drawing.bodies,
        papers=drawing.papers(),
        interests=drawing.interests() if "interests" in spoken else (),
        relationships=drawing.relationships(wanted=wants_relationship),
        decisions=tuple(
            one
            for one in drawing.decisions()
            if ("delegations" if one.is_delegation else "decisions") in spoken
        ),
        procedures=drawing.procedures() if "procedures" in spoken else (),
        reviews=(times.moment(draw),) if draw(coin) else (),
        speaks_of=frozenset(spoken),
    )
