"""Scenarios whose names, topics and sources try to break what shows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from councilrules import History, Moment, Proof, Register, load_rulebook
from councilrules.assessing import assess
from councilrules.events.conduct import CriticismMade
from councilrules.events.instructions import InstructionGiven
from councilrules.register import Office, Person
from councilrules.reports.contents import Report, contents
from councilrules.scenarios import Assessed, Scenario

AT = datetime(2025, 3, 4, 10, tzinfo=UTC)
TEXTS = (
    "<script>alert(1)</script>",
    "<!-- --> &amp; &lt; ]]>",
    "**bold** _and_ ~~gone~~ `code` ``more``",
    "[a link](https://example.org) ![a picture](x.png) <https://example.org>",
    "a | b \\| c \\",
    "1. one\n2) two\n- three\n# four\n===\n    five\n> six",
    "https://example.org and www.example.org",
    "\u202eturned\u202c \u2066set apart\u2069",
    "\x00\x0b\x1f\x7f\ud800\ufffe",
    "יעל 12, 2025",
    "\U0001f389 \U0001f469\u200d\U0001f469\u200d\U0001f467",
    "x" * 10_000,
    "_x000D_ {{ name }} {% if %} $a^2$ #1",
)


def moment(hours: int) -> Moment:
    at = AT + timedelta(hours=hours)
    return Moment(at, at)


def report_on(*texts: str, everything: bool = False) -> Report:
    """Give a report on a scenario in which each text is a person, a topic and a source."""
    people = {text: Person(offices=(Office(role="councillor"),)) for text in texts}
    events = [
        InstructionGiven(
            id=f"e{n} {text}", at=moment(n), by=text, to="eve", subject=text, source=text,
            proof=Proof.ALLEGED,
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip
    return _report(people, events, " ".join(texts), everything=everything)


def large_report(events: int, every: int) -> Report:
    """Give a report on so many events, of which each of so many is an instruction."""
    people = {f"person {n}": Person(offices=(Office(role="councillor"),)) for n in range(10)}
    listed = [
        InstructionGiven(id=f"e{n}", at=moment(n), by=f"person {n % 10}", to="eve", source="diary")
        if n % every == 0
        else CriticismMade(id=f"e{n}", at=moment(n), by="fay", of="eve", where="private")
        for n in range(events)
    ]
    return _report(people, listed, "Many events", everything=False)


def _report(people: dict[str, Person], events: list, name: str, *, everything: bool) -> Report:  # type: ignore[type-arg]  # events of any kind
    book = load_rulebook("langport")
    everybody = people | {"eve": Person(offices=(Office(role="employee"),)), "fay": Person()}
    scenario = Scenario(
        name=name,
        rulebooks=(Assessed(rulebook=book),),
        register=Register(people=everybody, speaks_of=frozenset({"decisions", "delegations"})),
        history=History(events=tuple(events), as_of=AT + timedelta(days=90)),
    )
    return contents([assess(book, scenario, engine="reference")], everything=everything)
