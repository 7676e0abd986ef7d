"""An invented council of any size, and what goes on in it, for the benchmarks.

People come in circles of four, each with a paper and a matter of its own. In every
circle the same forty things happen: what is asked and answered, promised and kept,
handed out and passed on, and so on, some of it too late or never. So the people grow
with the events, and no more than fifty events share what the rules compare.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from councilrules import Event, Moment, Proof, Register
from councilrules.events import NONE
from councilrules.periods import Tenure
from councilrules.register import (
    KINDS,
    Body,
    Decision,
    Interest,
    Marking,
    Office,
    Paper,
    Person,
    Procedure,
)
from councilrules.vocabulary import kinds

PEOPLE_IN_A_CIRCLE = 4
MEMBER, COLLEAGUE, OFFICER, WORKER = "ann-{n}", "bob-{n}", "cleo-{n}", "dan-{n}"
PAPER, MATTER = "paper-{n}", "matter-{n}"
_START = datetime(2025, 2, 3, 9, tzinfo=UTC)
_DAY = 24 * 60

# When, in minutes; what; and its fields. `{n}` is the number of the circle.
_CIRCLE: tuple[tuple[int, str, dict[str, object]], ...] = (
    (0, "query-made", {"id": "query-{n}", "by": MEMBER, "to": WORKER, "nature": "enquiry"}),
    (9 * _DAY, "response-given", {"by": WORKER, "to": MEMBER, "query": "query-{n}"}),
    (1, "query-made", {"by": COLLEAGUE, "to": OFFICER, "nature": "complaint"}),
    (2, "promise-made", {"id": "promise-{n}", "by": OFFICER, "to": MEMBER}),
    (3 * _DAY, "promise-kept", {"by": OFFICER, "promise": "promise-{n}"}),
    (3, "promise-made", {"id": "word-{n}", "by": WORKER, "to": COLLEAGUE}),
    (2 * _DAY, "promise-withdrawn", {"by": WORKER, "promise": "word-{n}"}),
    (4, "instruction-given", {"id": "order-{n}", "by": MEMBER, "to": WORKER, "subject": "cleaning"}),
    (5, "instruction-carried-out", {"by": "clerk", "instruction": "order-{n}"}),
    (6, "instruction-given", {"by": COLLEAGUE, "to": WORKER, "subject": "cleaning", "under": "d1"}),
    (7, "operations-joined", {"by": MEMBER, "activity": MATTER, "under": NONE}),
    (8, "action-assigned", {"by": "council", "to": "clerk", "action": MATTER, "committee": "staffing"}),
    (5 * _DAY, "progress-reported", {"by": "clerk", "to": "staffing", "action": MATTER}),
    (9, "document-inspected", {"by": MEMBER, "document": PAPER, "knowingly": True}),
    (10, "document-provided", {"by": OFFICER, "to": COLLEAGUE, "document": PAPER}),
    (_DAY, "document-disclosed", {"by": COLLEAGUE, "to": "resident", "document": PAPER, "manner": "shown"}),
    (11, "document-refused", {"by": OFFICER, "to": MEMBER, "document": PAPER, "needed_for_duties": True}),
    (12, "information-needed", {"by": COLLEAGUE, "to": OFFICER, "subject": MATTER}),
    (4 * _DAY, "information-provided", {"by": OFFICER, "to": COLLEAGUE, "subject": MATTER}),
    (13, "advice-requested", {"id": "request-{n}", "by": COLLEAGUE, "to": OFFICER, "subject": MATTER}),
    (2 * _DAY, "advice-given", {"by": OFFICER, "to": COLLEAGUE, "subject": MATTER, "request": "request-{n}"}),
    (3 * _DAY, "detriment-imposed", {"by": COLLEAGUE, "on": OFFICER, "answers": {"because-of-duty": True}}),
    (14, "pressure-applied", {"by": MEMBER, "to": OFFICER, "proof": Proof.ALLEGED}),
    (15, "conduct-put-forward", {"id": "scene-{n}", "by": MEMBER, "to": WORKER, "answers": {"disrespect": True}}),
    (30 * _DAY, "judgement-recorded", {"by": "chair", "on": "scene-{n}", "question": "bullying", "answer": False}),
    (2 * _DAY, "discussion-held", {"by": COLLEAGUE, "with_": (OFFICER,), "topic": MATTER}),
    (6 * _DAY, "challenge-made", {"by": COLLEAGUE, "to": OFFICER, "where": "public", "topic": MATTER}),
    (7 * _DAY, "criticism-made", {"by": MEMBER, "of": WORKER, "where": "public", "topic": MATTER}),
    (16, "concern-raised", {"by": MEMBER, "about": WORKER, "to": "chair", "topic": MATTER}),
    (8 * _DAY, "complaint-made", {"by": MEMBER, "about": WORKER, "to": "resident", "topic": MATTER}),
    (17, "grievance-handled", {"id": "grievance-{n}", "by": "chair", "of": WORKER, "with_": NONE}),
    (18, "training-needed", {"id": "need-{n}", "for_": COLLEAGUE, "subject": MATTER}),
    (20 * _DAY, "training-offered", {"by": "council", "for_": COLLEAGUE, "need": "need-{n}"}),
    (21 * _DAY, "training-held", {"id": "course-{n}", "by": "council", "for_": COLLEAGUE}),
    (22 * _DAY, "training-recorded", {"by": "council", "training": "course-{n}"}),
    (19, "interest-declared", {"by": OFFICER, "matter": MATTER, "to": "clerk"}),
    (10 * _DAY, "work-done", {"by": OFFICER, "matter": MATTER}),
    (20, "councillor-lobbied", {"by": WORKER, "to": MEMBER, "topic": MATTER, "through": NONE}),
    (21, "code-finding-made", {"id": "ruling-{n}", "about": COLLEAGUE, "instrument": "code-of-conduct", "outcome": "broken"}),
    (40 * _DAY, "code-finding-set-aside", {"finding": "ruling-{n}"}),
)  # fmt: skip
EVENTS_IN_A_CIRCLE = len(_CIRCLE)


def register(people: int) -> Register:
    """Give a register of at least so many people that is complete in every kind of entry."""
    since = Tenure(since=_moment(0))
    held = {MEMBER: "councillor", COLLEAGUE: "councillor", OFFICER: "officer", WORKER: "employee"}
    circles = range(-(-people // PEOPLE_IN_A_CIRCLE))
    everyone = {name.format(n=n): role for n in circles for name, role in held.items()}
    everyone |= {"clerk": "clerk", "chair": "chair"}
    marked = (Marking(word="confidential", tenure=since),)
    return Register(
        people={name: Person(offices=(Office(role=role, tenure=since),)) for name, role in everyone.items()}
        | {"resident": Person()},
        bodies={"staffing": Body(kind="committee", terms=("cleaning",))},
        papers={
            PAPER.format(n=n): Paper(matter=(MATTER.format(n=n),), marked=marked, held_by=("council",))
            for n in circles
        },
        interests=tuple(
            Interest(of=who.format(n=n), matter=(MATTER.format(n=n),), kinds=("pecuniary",))
            for n in circles
            for who in (MEMBER, OFFICER)
        ),
        decisions=(
            Decision(id="d1", body="staffing", subject=("cleaning",), to=("councillor",)),
            Decision(id="d2", subject=("grievances",), to=("chair",), is_delegation=True),
        ),
        procedures=(Procedure(id="whistle", kinds=("personal-issues",)),),
        speaks_of=frozenset(KINDS),
    )  # fmt: skip


def history(number: int) -> list[Event]:
    """Give so many events, circle after circle, each circle ten minutes after the last."""
    circles = range(-(-number // EVENTS_IN_A_CIRCLE))
    return [_event(n, place) for n in circles for place in range(EVENTS_IN_A_CIRCLE)][:number]


def _event(n: int, place: int) -> Event:
    minutes, kind, fields = _CIRCLE[place]
    values = {"id": f"event-{place}-{n}"} | {
        name: _filled(value, n) for name, value in fields.items()
    }
    return kinds()[kind].cls(at=_moment(10 * n + minutes), **values)  # type: ignore[arg-type]


def _filled(value: object, n: int) -> object:
    if isinstance(value, tuple):
        return tuple(_filled(one, n) for one in value)
    return value.format(n=n) if isinstance(value, str) else value


def _moment(minutes: int) -> Moment:
    at = _START + timedelta(minutes=minutes)
    return Moment(at, at)
