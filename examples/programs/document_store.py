"""A tiny document store that asks the protocol before it opens a paper.

Run it from the repository root: `python examples/programs/document_store.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from attrs import frozen

from councilrules import May, Moment, Register, Rulebook, load_register, load_rulebook, may
from councilrules.events.papers import DocumentInspected

HERE = Path(__file__).parent
PAPERS = {
    "valuation": "The field is worth what somebody pays for it.",
    "tender-report": "Three firms offered a swing.",
}


@frozen(kw_only=True)
class DocumentStore:
    """Papers that open only for those to whom the protocol opens them.

    Attributes:
        rulebook: The protocol.
        register: Who holds which office, what each paper relates to, and who has an
            interest in it.
        papers: The text of each paper by its name.
        now: The time at which papers are asked for.
    """

    rulebook: Rulebook
    register: Register
    papers: Mapping[str, str]
    now: datetime

    def open(self, person: str, paper: str) -> tuple[str | None, May]:
        """Give the text of a paper if it may be opened, and what the protocol says.

        The store shows what a paper relates to before it opens it, so that whoever goes
        on inspects it knowingly; and it is asked only for what somebody's duties need.
        What no clause forbids is not opened for that alone: a clause has to permit it.

        Raises:
            KeyError: When there is no such paper.
        """
        text = self.papers[paper]
        act = DocumentInspected(
            id="asked",
            at=Moment(self.now, self.now),
            by=person,
            document=paper,
            knowingly="yes",
            needed_for_duties=True,
        )
        answer = may(self.rulebook, self.register, act)
        opens = answer.answer == "permitted" and answer.permitted_by
        return (text if opens else None), answer


def said(answer: May) -> str:
    """Give an answer of the protocol in words."""
    if answer.answer == "forbidden":
        return f"forbidden by {', '.join(answer.forbidden_by)}"
    if answer.answer == "depends":
        return f"depends: {' '.join(answer.questions)}"
    if answer.permitted_by:
        return f"permitted by {', '.join(answer.permitted_by)}"
    return "no clause forbids it, and none permits it"


def main() -> None:
    """Ask for two papers on behalf of several people, and print what comes of it."""
    store = DocumentStore(
        rulebook=load_rulebook("langport"),
        register=load_register(HERE / "register.yaml"),
        papers=PAPERS,
        now=datetime(2025, 3, 4, 10, tzinfo=UTC),
    )
    for paper in store.papers:
        for person in ("ann", "bob", "ivy", "kim", "fay"):
            text, answer = store.open(person, paper)
            print(f"{person} asks for {paper}: {said(answer)}")
            print(f"  {'it stays closed' if text is None else text}")


if __name__ == "__main__":
    main()
