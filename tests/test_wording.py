"""What people read: events, questions, findings, conditions and rules in English."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import get_args

import pytest
from attrs import evolve

from councilrules import load_rulebook, wording
from councilrules.events import NONE, UNKNOWN, Event, OneOf, Proof
from councilrules.events.advice import AdviceRequested
from councilrules.events.conduct import (
    AbuseDirected,
    CourseOfConduct,
    CriticismMade,
    RelationshipHeld,
)
from councilrules.events.decisions import DecisionObstructed
from councilrules.events.influence import CouncillorLobbied
from councilrules.events.instructions import InstructionGiven, OperationsJoined
from councilrules.events.interests import InterestDeclared
from councilrules.events.papers import DocumentInspected, DocumentProvided
from councilrules.events.queries import PromiseMade, ResponseGiven
from councilrules.events.record import CircumstanceRecorded, JudgementRecorded
from councilrules.findings import Absence, Finding, ScopeNote, Status, Want
from councilrules.history import History
from councilrules.periods import Moment, Tenure
from councilrules.periods.moments import LONG_AGO
from councilrules.register import Register, Relationship
from councilrules.rules import (
    Adopted,
    AllOf,
    Always,
    AnyOf,
    Authorised,
    Compared,
    Condition,
    HasInterest,
    Holds,
    InForce,
    Is,
    IsNone,
    Judged,
    Not,
    Order,
    Path,
    Pattern,
    Provided,
    RefersToTrigger,
    Related,
    Rule,
    Rulebook,
    SitsOn,
    TookOfficeSince,
    Vacant,
    WithinTerms,
)
from councilrules.vocabulary import EventKind, kinds
from councilrules.wording import InGeneral, OfEvent, suppositions, words
from councilrules.wording.questions import hangs

LANGPORT = load_rulebook("langport")
TWYWELL = load_rulebook("twywell")
BY = Path("by")
KINDS = [pytest.param(kind, id=name) for name, kind in kinds().items()]
RULES = [
    pytest.param(book, rule, id=f"{book.id}/{rule.name}")
    for book in (LANGPORT, TWYWELL)
    for rule in book.rules
]

EXCEPTIONS = [
    pytest.param(book, rule, name, id=f"{book.id}/{rule.name}/{name}")
    for book in (LANGPORT, TWYWELL)
    for rule in book.rules
    for name, _ in rule.exceptions
]


def on(day: int, month: int = 3) -> Moment:
    """Some moment of a day of 2025, in winter time."""
    return Moment(
        datetime(2025, month, day, tzinfo=UTC), datetime(2025, month, day, 23, 59, 59, tzinfo=UTC)
    )


def criticism(**given: object) -> CriticismMade:
    return CriticismMade(**{"id": "e1", "at": on(4), "by": "ann", "of": "dev", **given})  # type: ignore[arg-type]


def places(template: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", template))


def own_places(kind: EventKind) -> set[str]:
    return {field.attribute.rstrip("_") for field in kind.fields.values()} | {"towards"}


# --- events ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_event_says_what_happened_and_what_is_done(kind: EventKind) -> None:
    assert kind.cls.says
    assert kind.cls.does
    assert "{by}" not in kind.cls.does


@pytest.mark.parametrize("kind", KINDS)
def test_the_sentence_on_an_event_names_only_its_own_fields(kind: EventKind) -> None:
    assert places(kind.cls.says) | places(kind.cls.does) <= own_places(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_the_questions_on_an_event_name_only_its_own_fields(kind: EventKind) -> None:
    asked = [field.asks for field in kind.fields.values() if field.asks is not None]

    assert all(one.endswith("?") for one in asked)
    assert set().union(*map(places, asked)) <= own_places(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_field_means_is_no_question(kind: EventKind) -> None:
    assert not [field.name for field in kind.fields.values() if "?" in field.help]


def test_an_event_of_which_nothing_is_known_can_still_be_told() -> None:
    told = [wording.happened(kind.cls(id="e1", at=on(4))) for kind in kinds().values()]

    assert not [one for one in told if "{" in one or "not_known" in one or "  " in one]
    assert all(one.endswith(" on 4 March 2025") or "since 4 March" in one for one in told)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        pytest.param(
            criticism(where="press"),
            "Ann criticised Dev in the press on 4 March 2025",
            id="what-the-sentence-leaves-out-follows",
        ),
        pytest.param(
            criticism(by=UNKNOWN), "somebody criticised Dev on 4 March 2025", id="unknown"
        ),
        pytest.param(
            criticism(by=("ann", "bob", "eve")),
            "Ann, Bob and Eve criticised Dev on 4 March 2025",
            id="several",
        ),
        pytest.param(
            criticism(by=OneOf(("ann", "bob"))),
            "Ann or Bob criticised Dev on 4 March 2025",
            id="one-of",
        ),
        pytest.param(criticism(of=NONE), "Ann criticised nobody on 4 March 2025", id="nobody"),
        pytest.param(
            criticism(by="council"), "the council criticised Dev on 4 March 2025", id="body"
        ),
        pytest.param(
            criticism(where="public-meeting", proofs={"where": Proof.ALLEGED}),
            "Ann criticised Dev (at a public meeting, alleged only) on 4 March 2025",
            id="a-value-only-alleged",
        ),
        pytest.param(
            criticism(until=on(6)),
            "Ann criticised Dev from 4 to 6 March 2025",
            id="lasting",
        ),
        pytest.param(
            criticism(with_=NONE, in_role=True),
            (
                "Ann criticised Dev (alone; in discharging the responsibilities of their"
                " post) on 4 March 2025"
            ),
            id="common-fields",
        ),
        pytest.param(
            PromiseMade(id="e1", at=on(4), by="dev", to="ann", due=on(6)),
            "Dev promised to get back to Ann, by 6 March 2025, on 4 March 2025",
            id="a-time",
        ),
        pytest.param(
            DocumentProvided(id="e1", at=on(4), by="cleo", to="ann", document=("a1", "a2")),
            "Cleo gave Ann the documents a1 and a2 on 4 March 2025",
            id="papers",
        ),
    ],
)
def test_an_event_is_told_in_plain_words(event: Event, told: str) -> None:
    assert wording.happened(event) == told


def test_a_kind_of_event_without_a_sentence_gives_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CriticismMade, "says", "")

    assert wording.happened(criticism()) == ("criticism made by Ann (of: Dev) on 4 March 2025")


# --- words -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (on(4), "4 March 2025"),
        (Moment(on(4).first, on(6).last), "between 4 and 6 March 2025"),
        (Moment(on(4).first, on(4).first), "4 March 2025"),
        (Moment(on(4).last, on(4).last), "the end of 4 March 2025"),
        (
            Moment(
                datetime(2025, 3, 4, 10, 5, tzinfo=UTC), datetime(2025, 3, 4, 10, 5, tzinfo=UTC)
            ),
            "4 March 2025, 10:05",
        ),
        (
            Moment(
                datetime(2025, 7, 4, 10, 5, tzinfo=UTC), datetime(2025, 7, 4, 10, 5, tzinfo=UTC)
            ),
            "4 July 2025, 11:05",
        ),
    ],
)
def test_a_moment_is_said_as_nearly_as_it_is_known(moment: Moment, said: str) -> None:
    assert wording.when(moment) == said


NEVER_BEGUN = [Tenure().begins, Tenure().ends, Tenure(since_unknown=True).begins]


@pytest.mark.parametrize("moment", [*NEVER_BEGUN, Moment(LONG_AGO, on(4).last)], ids=str)
def test_what_only_stands_for_no_beginning_or_no_end_is_not_told_as_a_day(moment: Moment) -> None:
    friends = RelationshipHeld(id="r1", at=moment, by="ann", to="dev", relationship="family")

    assert wording.when(moment) == words.on(moment) == words.before(moment) == ""
    assert wording.time(friends) == ""
    assert wording.told(friends) == "Ann and Dev stood in a family relationship"


def test_what_lasted_without_a_beginning_or_an_end_is_told_by_the_other() -> None:
    ever = Tenure()

    assert words.lasted(ever.begins, on(4)) == "until 4 March 2025"
    assert words.lasted(on(4), ever.ends) == "since 4 March 2025"
    assert words.lasted(ever.begins, ever.ends) == ""


@pytest.mark.parametrize(
    ("moment", "before", "after"),
    [
        (on(4), "before 4 March 2025", "after 4 March 2025"),
        (
            Moment(*[datetime(2025, 3, 4, 10, 5, tzinfo=UTC)] * 2),
            "before 4 March 2025 at 10:05",
            "after 4 March 2025 at 10:05",
        ),
        (
            Moment(on(4).first, on(6).last),
            "before some time between 4 and 6 March 2025",
            "after some time between 4 and 6 March 2025",
        ),
    ],
)
def test_what_came_before_or_after_is_said_with_the_time(
    moment: Moment, before: str, after: str
) -> None:
    assert (words.before(moment), words.after(moment)) == (before, after)


@pytest.mark.parametrize(
    ("tenure", "said"),
    [
        (Tenure(), ""),
        (Tenure(since=on(4)), "since 4 March 2025"),
        (Tenure(since=on(4), until=on(6)), "since 4 March 2025, until 6 March 2025"),
        (Tenure(since_unknown=True), "since when is not known"),
    ],
)
def test_a_period_says_only_the_ends_that_it_has(tenure: Tenure, said: str) -> None:
    assert wording.period(tenure) == said


# --- questions -------------------------------------------------------------------------

EVENTS = (
    criticism(),
    criticism(id="e2", by=OneOf(("ann", "bob"))),
    DocumentInspected(id="e3", at=on(5), by="ann", document="valuation"),
    AbuseDirected(id="e4", at=on(6), by="ann", to="dev"),
    OperationsJoined(id="e5", at=on(7), by="ann"),
    CourseOfConduct(id="e6", at=on(8), by="ann", to="dev", acts=("e1", "e4")),
    InstructionGiven(id="e7", at=on(9), to="dev"),
    AdviceRequested(id="e8", at=on(10), by="ann"),
)


@pytest.mark.parametrize(
    ("want", "asked"),
    [
        (
            Want("field", "e3", "knowingly"),
            (
                "Did Ann know that the document “valuation” related to a matter in which"
                " they have an interest (e3, 5 March 2025)? Yes, no, or the facts only?"
            ),
        ),
        (
            Want("field", "e1", "where"),
            (
                "Where did Ann criticise Dev (e1, 4 March 2025)? At a public meeting, in"
                " the press, on social media, in a public place, at a private meeting or"
                " in private?"
            ),
        ),
        (
            Want("field", "e1", "as"),
            (
                "In what capacity did Ann act: in which office, for which body, or"
                " privately? (e1: Ann criticised Dev on 4 March 2025)"
            ),
        ),
        (
            Want("field", "e1", "at"),
            "When exactly was this? (e1: Ann criticised Dev on 4 March 2025)",
        ),
        (
            Want("field", "e1", "repeats"),
            (
                "Please say: the earlier event of which this is only a reminder. (e1: Ann"
                " criticised Dev on 4 March 2025)"
            ),
        ),
        (
            Want("actor", "e2", "by"),
            "Which of Ann and Bob criticised Dev (e2, 4 March 2025)?",
        ),
        (
            Want("actor", "e7", "by"),
            "Who told Dev what to do (e7, 9 March 2025)?",
        ),
        (
            Want("actor", "e8", "to"),
            (
                "Whom did Ann ask for advice? (e8: Ann asked somebody for advice or"
                " information on 10 March 2025)"
            ),
        ),
        (
            Want("judgement", "e4", "bullying"),
            (
                "Did Ann bully Dev? (e4: Ann used hostile or insulting words to or about"
                " Dev on 6 March 2025)"
            ),
        ),
        (
            Want("judgement", "r1", "close"),
            "Was the personal familiarity between Ann and Dev close? (r1)",
        ),
        (
            Want("parameter", "", "timely-response"),
            (
                "What time applies to this: how soon a query or complaint is answered (4B(b))?"
                " The protocol itself sets none."
            ),
        ),
        (
            Want("proof", "e1", "e1"),
            "Is it proved that Ann criticised Dev on 4 March 2025 (e1)?",
        ),
        (
            Want("proof", "e1", "where"),
            "Is this part of e1 proved: where? (e1: Ann criticised Dev on 4 March 2025)",
        ),
        (
            Want("proof", "r1", "r1"),
            "Is it proved that Ann and Dev stood in a personal relationship (r1)?",
        ),
        (
            Want("proof", "ann", "offices"),
            ("The register says which offices Ann held, and from when until when: is that proved?"),
        ),
        (
            Want("register", "ann", "offices"),
            "Which offices did Ann hold, and from when until when?",
        ),
        (
            Want("register", "", "procedures"),
            "Which procedures had the council adopted, and when? The register does not say.",
        ),
        (
            Want("register", "e1", "discussion-held"),
            (
                "Did this happen without being recorded: people talked a matter over? It"
                " would bear on e1: Ann criticised Dev on 4 March 2025."
            ),
        ),
        (
            Want("text", "e1", "an-employee-who-is-no-officer"),
            "The text of the protocol leaves this open: an employee who is no officer.",
        ),
    ],
    ids=str,
)
def test_what_is_wanted_is_put_as_a_question(want: Want, asked: str) -> None:
    register = Register(
        relationships=(Relationship(id="r1", between=("ann", "dev"), kind="family"),)
    )

    assert (
        wording.question(want, LANGPORT, register, History(events=EVENTS, as_of=on(30).last))
        == asked
    )


def test_a_question_of_judgement_shows_the_answers_that_differ() -> None:
    judged = (
        JudgementRecorded(id="j1", at=on(11), by="kim", on="e4", question="bullying", answer=True),
        JudgementRecorded(id="j2", at=on(12), by="lee", on="e4", question="bullying", answer=False),
    )
    history = History(events=EVENTS + judged, as_of=on(30).last)

    asked = wording.question(Want("judgement", "e4", "bullying"), LANGPORT, Register(), history)

    assert asked.endswith("Answers on record: no by Lee (j2) and yes by Kim (j1).")


@pytest.mark.parametrize(
    ("want", "said"),
    [
        (Want("judgement", "e1", "discourteous"), "the answer to “Was Ann discourteous to Dev?” (e1)"),
        (Want("judgement", "", "group-not-small"), "the answer to “Is the group that holds delegated authority not a small one?”"),
        (Want("field", "e1", "where"), "the answer to “Where did Ann criticise Dev?” (e1)"),
        (Want("field", "e1", "at"), "when exactly e1 was"),
        (Want("field", "e1", "by"), "the answer to “Who criticised Dev?” (e1)"),
        (Want("register", "ann", "seats"), "the answer to “On which bodies did Ann sit, for what, and from when until when?”"),
        (Want("register", "", "decisions"), "what the register would say of decisions"),
        (Want("proof", "e1", "e1"), "whether it is proved that Ann criticised Dev on 4 March 2025 (e1)"),
        (Want("parameter", "", "get-back"), "parameters: get-back"),
    ],
    ids=str,
)  # fmt: skip
def test_what_hangs_on_an_answer_names_the_question(want: Want, said: str) -> None:
    history = History(events=EVENTS, as_of=on(30).last)

    assert hangs(want, LANGPORT, Register(), history) == said


# --- suppositions ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "done", "besides"),
    [
        (
            InterestDeclared(id="e1", at=on(4), by="dot", to="cleo", matter="play-area"),
            "Dot declared to Cleo an interest in the play area",
            "",
        ),
        (
            InterestDeclared(id="e1", at=on(4), by="dot", to="cleo"),
            "Dot declared to Cleo an interest",
            "",
        ),
        (
            InstructionGiven(id="e1", at=on(4), by="ann", to="dev", subject="fete", under=NONE),
            "Ann told Dev what to do about the fete",
            " (relying on no decision)",
        ),
        (
            ResponseGiven(id="e1", at=on(4), by="dev", to="fay", query="e9"),
            "Dev answered Fay",
            "",
        ),
        (
            CircumstanceRecorded(id="e1", at=on(4), by="eve", circumstance="flood", bears_on="e9"),
            "it been recorded that “flood” was put on record by Eve, on e9",
            "",
        ),
    ],
    ids=lambda one: "" if isinstance(one, str) else type(one).__name__,
)
def test_what_might_have_been_done_is_told_as_what_was(
    event: Event, done: str, besides: str
) -> None:
    assert suppositions.done(event) == done
    assert suppositions.besides(event, without="e9") == besides


def test_what_a_field_might_have_held_is_said_in_the_words_of_an_answer() -> None:
    fields = kinds()["criticism-made"].fields
    event = criticism()

    assert suppositions.held(event, fields["where"], "press") == (
        "the answer to “Where did Ann criticise Dev?” (e1) been “in the press”"
    )
    assert suppositions.held(event, fields["of"], NONE) == (
        "the answer to “Whom did Ann criticise, if anybody?” (e1) been “nobody”"
    )
    assert suppositions.held(event, fields["of"], "bob").endswith("(e1) been Bob")


@pytest.mark.parametrize(
    ("want", "place"),
    [
        (Want("field", "e1", "where"), "e1: where"),
        (Want("judgement", "e1", "bullying"), "judgement on e1: bullying"),
        (Want("parameter", "", "get-back"), "parameters: get-back"),
        (Want("proof", "e1", "e1"), "e1: proof"),
        (Want("proof", "e1", "where"), "e1: proof of where"),
        (Want("register", "ann", "offices"), "register: offices of ann"),
        (Want("register", "", "in-force"), "rulebooks: in_force"),
        (Want("register", "e1", "discussion-held"), "events: discussion-held"),
    ],
    ids=str,
)
def test_a_want_says_where_in_a_scenario_its_answer_belongs(want: Want, place: str) -> None:
    assert wording.belongs(want) == place


# --- findings --------------------------------------------------------------------------

FOUND = Finding(
    rulebook="langport",
    clause="4D(d)",
    rule="criticised-in-public",
    status=Status.BREACHED,
    bearer="ann",
    on="e1",
    events=("e1",),
    proof=Proof.ESTABLISHED,
    force="expect",
    opened=on(4),
)
JUDGEMENT, FIELD, TEXT = (
    Want("judgement", "e1", "bullying"),
    Want("field", "e1", "where"),
    Want("text", "e1", "whom-it-binds"),
)


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (FOUND, "Breach"),
        (evolve(FOUND, proof=Proof.ALLEGED), "Breach if proved"),
        (evolve(FOUND, proof=Proof.ADMITTED), "Breach, on facts that are admitted"),
        (evolve(FOUND, performed_at=on(9), proof=Proof.ALLEGED), "Done late: breach if proved"),
        (
            evolve(FOUND, status=Status.UNDETERMINED, wants=(JUDGEMENT,)),
            "For a named person to judge",
        ),
        (evolve(FOUND, status=Status.UNDETERMINED, wants=(TEXT,)), "The text leaves it open"),
        (
            evolve(FOUND, status=Status.UNDETERMINED, wants=(FIELD, JUDGEMENT)),
            "Not yet settled",
        ),
        (evolve(FOUND, status=Status.OPEN), "Still open"),
        (evolve(FOUND, status=Status.EXCUSED), "Excused"),
        (evolve(FOUND, status=Status.MET), "Met"),
    ],
)
def test_a_status_accuses_no_further_than_was_found(finding: Finding, said: str) -> None:
    assert wording.status(finding) == said


def test_a_force_keeps_the_qualifier_of_the_protocol() -> None:
    found = evolve(FOUND, force="should", hedge="in most cases")

    assert wording.force(found) == "the protocol says “should”, with “in most cases”"


@pytest.mark.parametrize(
    ("book", "rule", "absence", "said"),
    [
        (
            LANGPORT, ("4D(a)", "challenged-in-public"), Absence(name="discussed-first", kinds=("discussion-held",)),
            "No earlier discussion is recorded.",
        ),
        (
            LANGPORT, ("2.3", "instructed"), Absence(name="authorised", kinds=()),
            "No authority for it from the council or a committee is recorded.",
        ),
        (
            LANGPORT, ("2.9", "sought-to-influence"), Absence(name="on-the-panel", kinds=()),
            "No seat on a selection panel is recorded.",
        ),
        (
            LANGPORT, ("4B(b)", "unanswered"), Absence(name="must", kinds=("response-given",), until=on(30).last),
            "No answer is recorded by 31 March 2025.",
        ),
        (
            LANGPORT, ("3.3", "undeclared"), Absence(name="must_first", kinds=("interest-declared",)),
            "No earlier declaration of the interest is recorded.",
        ),
        (
            TWYWELL, ("4.1", "grievance-procedure-adopted"), Absence(name="standing", kinds=()),
            "No grievance procedure is on the register.",
        ),
    ],
)  # fmt: skip
def test_what_is_absent_is_said_to_be_unrecorded(
    book: Rulebook, rule: tuple[str, str], absence: Absence, said: str
) -> None:
    assert wording.absent(absence, book.rule(*rule), book.zone) == said


@pytest.mark.parametrize(("book", "rule", "name"), EXCEPTIONS)
def test_of_no_exception_it_is_said_that_somebody_did_not_do_it(
    book: Rulebook, rule: Rule, name: str
) -> None:
    said = wording.absent(Absence(name=name, kinds=()), rule, book.zone)

    assert re.fullmatch(r"(No|Nothing) .* is recorded\.", said)
    assert "did not" not in said


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (
            ScopeNote(why="not-in-office", event="e1", person="fay", clauses=("2.3",)),
            "e1: Fay held no office that is bound by clause 2.3.",
        ),
        (
            ScopeNote(why="not-in-office", event="e1", person="", clauses=tuple("abcdefghij")),
            "e1: whoever it was held no office that is bound by clauses a, b, c, d, e, f and 4 others.",
        ),
        (
            ScopeNote(why="after-the-clock", event="e1", person=""),
            "e1: this lies after the date at which things are read here, and was passed over.",
        ),
        (
            ScopeNote(why="review-overdue", event="", person=""),
            (
                "The protocol's own date for a review has passed and no review is on record; that"
                " breaches nothing, and the protocol still holds."
            ),
        ),
    ],
)
def test_a_scope_note_says_why_something_is_no_matter_for_a_clause(
    note: ScopeNote, said: str
) -> None:
    assert wording.scope(note) == said


def test_a_judgement_gives_who_judged_and_why() -> None:
    event = JudgementRecorded(
        id="j1", at=on(11), by="kim", on="e4", question="bullying", answer=True, reasons="shouting"
    )

    assert wording.judgement(event) == ("Judged by Kim (j1): bullying, yes, because “shouting”.")


# --- conditions ------------------------------------------------------------------------

PAPER = Path("document", "matter")
DISCUSSED = Related(
    Pattern(("discussion-held",), Compared(Path("topic"), Path("topic"), of_trigger=True)),
    Order.BEFORE,
)
# Each form of condition, what it says of an event when it holds, and when it does not.
SAID: list[tuple[Condition, str, str]] = [
    (
        Is(Path("where"), ("press", "social-media")),
        "it was in the press or on social media",
        "it was neither in the press nor on social media",
    ),
    (
        Is(Path("in-role"), ("yes",)),
        "it was done in discharging the responsibilities of a post",
        "it is not so that it was done in discharging the responsibilities of a post",
    ),
    (IsNone(Path("with")), "nobody else took part", "somebody else took part"),
    (
        Holds(Path("of"), ("officer", "employee")),
        "Dev was then an officer or an employee",
        "Dev was then neither an officer nor an employee",
    ),
    (
        SitsOn(BY, ("selection-panel",), Path("topic")),
        "Ann then sat on a selection panel for the fete",
        "Ann then did not sit on a selection panel for the fete",
    ),
    (
        HasInterest(BY, Path("topic"), ("personal",), known=True),
        "Ann had then a personal interest in the fete and knew of it",
        "Ann had not then a personal interest in the fete and knew of it",
    ),
    (
        TookOfficeSince(BY, ("councillor",)),
        "Ann became a councillor only after it began",
        "Ann was already a councillor when it began",
    ),
    (
        InForce(Path("decision")),
        "the decision d1 was in force then",
        "the decision d1 was not in force then",
    ),
    (
        InForce(Path("through")),
        "it went through the procedure p1 that was in force then",
        "it did not go through the procedure p1 that was in force then",
    ),
    (
        Adopted(Path("decision")),
        "the decision d1 had been adopted by then",
        "the decision d1 had not been adopted by then",
    ),
    (
        WithinTerms(Path("topic"), BY),
        "the terms of reference of Ann cover the fete",
        "the terms of reference of Ann do not cover the fete",
    ),
    (
        Authorised(BY, Path("of"), None, None),
        "the council or a committee had authorised Ann to do this, over Dev",
        "the council or a committee had not authorised Ann to do this, over Dev",
    ),
    (
        Authorised(BY, None, None, None, passing_on=True),
        "Ann only passed on what the council or a committee had decided",
        "Ann did not only pass on what the council or a committee had decided",
    ),
    (
        Provided(("lobbying",)),
        "the council then had a procedure for lobbying",
        "the council then had no procedure for lobbying",
    ),
    (Vacant("clerk"), "nobody was clerk then", "somebody was clerk then"),
    (
        Judged("bullying"),
        "in the judgement of a named person, Ann did bully Dev",
        "in the judgement of a named person, Ann did not bully Dev",
    ),
    (
        Judged("suspicion-of-bias"),
        (
            "a named person's answer to “Could the familiarity between Ann and Dev"
            " give rise to a suspicion of bias or undue influence?” is yes"
        ),
        (
            "a named person's answer to “Could the familiarity between Ann and Dev give"
            " rise to a suspicion of bias or undue influence?” is no"
        ),
    ),
    (Always(), "whatever it was", "never"),
    (
        Compared(Path("of"), BY, differs=True),
        "it was aimed at somebody other than Ann",
        "it was aimed at Ann",
    ),
    (RefersToTrigger(Path("id")), "it is the same event", "it is another event"),
    (
        Not(Vacant("clerk")),
        "somebody was clerk then",
        "nobody was clerk then",
    ),
    (
        AllOf((Vacant("clerk"), Always(), AnyOf((Vacant("chair"), Vacant("officer"))))),
        "nobody was clerk then and either nobody was chair then, or nobody was officer then",
        "somebody was clerk then, or somebody was chair then and somebody was officer then",
    ),
    (
        AnyOf((Vacant("clerk"), Vacant("chair"))),
        "nobody was clerk then, or nobody was chair then",
        "somebody was clerk then and somebody was chair then",
    ),
    (
        DISCUSSED,
        "before that, somebody and somebody talked over the fete",
        ("it is not recorded that before that, somebody and somebody talked over the fete"),
    ),
]


# The events of which a condition on such a field is said; the others of a criticism.
EXAMPLES: dict[object, Event] = {
    Path("decision"): DecisionObstructed(id="e1", at=on(4), by="ann", decision="d1"),
    Path("through"): CouncillorLobbied(id="e1", at=on(4), by="dev", to="ann", through="p1"),
}


@pytest.mark.parametrize(("condition", "affirmed", "denied"), SAID)
def test_a_condition_is_said_of_an_event(condition: Condition, affirmed: str, denied: str) -> None:
    path = getattr(condition, "path", None)
    voice = OfEvent(EXAMPLES.get(path, criticism(topic="fete")))

    assert wording.condition(condition, voice) == affirmed
    assert wording.condition(condition, voice, holds=False) == denied


def test_every_form_of_condition_has_words() -> None:
    assert {type(condition) for condition, _, _ in SAID} == set(get_args(Condition))


def test_of_several_people_a_condition_names_the_one_who_answers() -> None:
    voice = OfEvent(criticism(by=("ann", "bob")), "by", "bob")

    assert wording.condition(Holds(BY, ("councillor",)), voice) == ("Bob was then a councillor")


@pytest.mark.parametrize(
    ("condition", "affirmed", "denied"),
    [
        (
            Holds(BY, ("councillor",)),
            "Ann or Bob was then a councillor",
            "neither Ann nor Bob was then a councillor",
        ),
        (
            SitsOn(BY, ("selection-panel",), None),
            "Ann or Bob then sat on a selection panel",
            "neither Ann nor Bob then sat on a selection panel",
        ),
    ],
)
def test_of_several_people_a_condition_holds_if_it_does_of_one(
    condition: Condition, affirmed: str, denied: str
) -> None:
    voice = OfEvent(criticism(by=("ann", "bob")))

    assert wording.condition(condition, voice) == affirmed
    assert wording.condition(condition, voice, holds=False) == denied


def test_whoever_held_an_office_is_told_of_as_somebody_who_did() -> None:
    voice = InGeneral(kinds=("concern-raised",))
    held = [Holds(Path(name), ("chair",)) for name in ("to", "by")]

    assert wording.condition(held[1], voice) == "somebody who was then the chair did it"
    assert wording.condition(held[1], voice, holds=False) == (
        "somebody who was then not the chair did it"
    )
    assert wording.condition(AnyOf(tuple(held)), voice) == (
        "somebody who was then the chair was told, or did it"
    )


def test_another_event_is_told_with_the_people_of_the_first() -> None:
    same = Compared(BY, BY, of_trigger=True)
    related = Related(Pattern(("interest-declared",), same), Order.BEFORE)

    said = wording.condition(related, OfEvent(criticism()))

    assert said == "before that, Ann declared an interest to somebody"


def test_in_general_people_are_called_by_their_roles() -> None:
    voice = InGeneral(kinds=("document-inspected",), called={"by": "the councillor"})

    said = wording.condition(HasInterest(BY, PAPER, ("personal",)), voice)

    assert said == "the councillor had then a personal interest in what the document relates to"


# --- rules -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            ("1.3", "bullied"),
            (
                "A councillor, an officer, an employee or the council must not bully anybody, as a"
                " named person judges."
            ),
        ),
        (
            ("2.3", "instructed"),
            (
                "A councillor must not tell an employee what to do, unless the council or a committee"
                " had authorised the councillor to do this, over the employee; or the councillor only"
                " passed on what the council or a committee had decided."
            ),
        ),
        (
            ("2.9", "sought-to-influence"),
            (
                "A councillor must not seek to influence an appointment of staff, unless"
                " the councillor then sat on a selection panel for the appointment."
            ),
        ),
        (
            ("3.1", "advice-refused"),
            (
                "An officer is, as the protocol describes it, not to refuse to advise a councillor,"
                " unless a responsibility in law required the refusal."
            ),
        ),
        (
            ("3.1", "view-reported"),
            "An officer may report the view of a councillor in advice or in a report.",
        ),
        (
            ("4A(j)", "did-not-get-back"),
            (
                "Where an officer or an employee promised to get back to somebody, that person is"
                " expected to get back as promised by the time given or within the time that the"
                " council allows, unless after that, whoever was promised let a promise go (the promise"
                " is this one)."
            ),
        ),
        (
            ("4B(b)", "unanswered"),
            (
                "Where somebody put an enquiry or a complaint to an employee, the employee is expected"
                " to have an officer or an employee answer them within the time that the council"
                " allows."
            ),
        ),
        (
            ("4D(d)", "criticised-in-public"),
            (
                "A councillor is expected not to criticise an officer or an employee at a"
                " public meeting, in the press, on social media or in a public place; the"
                " text leaves open: an employee who is no officer."
            ),
        ),
    ],
    ids=str,
)
def test_a_rule_is_one_sentence(name: tuple[str, str], said: str) -> None:
    assert wording.rule(LANGPORT.rule(*name), LANGPORT.questions) == said


def test_a_lasting_duty_is_said_to_hold_on_every_day() -> None:
    said = wording.rule(TWYWELL.rule("4.1", "grievance-procedure-adopted"))

    assert (
        said
        == "The council should have a grievance procedure on every day that the protocol is in force."
    )


@pytest.mark.parametrize(("book", "rule"), RULES)
def test_every_shipped_rule_has_a_sentence_without_words_of_the_program(
    book: Rulebook, rule: Rule
) -> None:
    said = wording.rule(rule, book.questions)

    assert re.fullmatch(r"[A-Z“].*\.", said)
    assert not re.search(r"[{}_]|\bNone\b|  |\.\.|,,| ,", said)
