"""The head of a rulebook: `protocol.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import frozen

from councilrules.documents import Mapping, Node, Text
from councilrules.events.questions import QUESTIONS, Question
from councilrules.periods import CONVENTIONS, Allowance, WorkingDays, calendar
from councilrules.reading import TENURE_KEYS, Reading
from councilrules.register import ENGAGEMENTS
from councilrules.rulebooks.keys import HEAD_KEYS
from councilrules.rules import Parameter, ParameterValue, Role
from councilrules.vocabulary import RESERVED, kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.periods import Moment

PARAMETER_KEYS = ("means", "text", "values")
VALUE_KEYS = ("days", "working-days", "counting", "source", *TENURE_KEYS)


@frozen(kw_only=True)
class Head:
    """What `protocol.yaml` says."""

    id: str
    council: str
    title: str
    version: str
    adopted: Moment | None
    not_before: Moment | None
    review_due: Moment | None
    zone: str
    calendar: WorkingDays
    definitions: dict[str, str]
    roles: dict[str, Role]
    parameters: dict[str, Parameter]
    questions: dict[str, Question]
    source: str | None
    sections: tuple[tuple[str, Text], ...]


def head(node: Node, reading: Reading) -> Head:
    """Read the head of a rulebook, noting what is wrong with it in `reading`."""
    needs = ("format", "id", "council", "title", "version", "roles", "sections")
    found = reading.mapping(node, node, "a protocol", keys=HEAD_KEYS, needs=needs)
    mapping = found if found is not None else Mapping(node.file, 1, 1)
    if (text := reading.text(mapping.get("format"), "`format`")) not in {None, "1"}:
        reading.complain(
            "unknown-format",
            mapping.entries["format"],
            f"format `{text}` is not one this version reads",
            "write `format: 1`",
        )
    zone = _zone(mapping, reading)
    own = _calendar(mapping, reading)
    return Head(
        id=reading.name(mapping.get("id"), "`id`") or "",
        council=reading.text(mapping.get("council"), "`council`") or "",
        title=reading.text(mapping.get("title"), "`title`") or "",
        version=reading.text(mapping.get("version"), "`version`") or "",
        adopted=reading.moment(mapping.get("adopted"), "`adopted`"),
        not_before=reading.moment(mapping.get("not_before"), "`not_before`"),
        review_due=reading.moment(mapping.get("next_review"), "`next_review`"),
        zone=zone,
        calendar=own,
        definitions=_definitions(mapping, reading),
        roles=dict(_roles(mapping, reading)),
        parameters=dict(_parameters(mapping, reading, own)),
        questions={**QUESTIONS, **dict(_questions(mapping, reading))},
        source=reading.text(mapping.get("source"), "`source`"),
        sections=tuple(_sections(mapping, reading)),
    )


def _zone(mapping: Mapping, reading: Reading) -> str:
    zone = reading.text(mapping.get("zone"), "`zone`") or "Europe/London"
    try:
        reading.zone = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        reading.complain(
            "unknown-zone",
            mapping.entries["zone"],
            f"unknown time zone `{zone}`",
            "write one like `Europe/London`",
        )
        return "Europe/London"
    return zone


def _calendar(mapping: Mapping, reading: Reading) -> WorkingDays:
    name = reading.text(mapping.get("calendar"), "`calendar`") or "england-and-wales"
    days = (reading.day(item, "`closed`") for item in reading.items(mapping.get("closed")))
    closed = frozenset(day for day in days if day is not None)
    try:
        return calendar(name, closed)
    except KeyError as error:
        reading.complain(
            "unknown-calendar",
            mapping.entries["calendar"],
            str(error.args[0]),
            "write `calendar: england-and-wales`",
        )
        return calendar("england-and-wales", closed)


def _definitions(mapping: Mapping, reading: Reading) -> dict[str, str]:
    if "definitions" not in mapping:
        return {}
    found = reading.mapping(mapping.get("definitions"), mapping, "`definitions`")
    return {
        word: reading.text(item, f"the definition of `{word}`") or ""
        for word, item in ({} if found is None else found.entries).items()
    }


def _entries(mapping: Mapping, key: str, reading: Reading) -> dict[str, Node]:
    if key not in mapping:
        return {}
    found = reading.mapping(mapping.get(key), mapping, f"`{key}`")
    return {} if found is None else found.entries


def _roles(mapping: Mapping, reading: Reading) -> Iterator[tuple[str, Role]]:
    for name, item in _entries(mapping, "roles", reading).items():
        keys = ("offices", "of", "bodies", "engaged")
        found = reading.mapping(item, item, f"role `{name}`", keys=keys)
        if name in RESERVED:
            reading.complain(
                "reserved-word", item, f"`{name}` cannot name a role", "choose another word"
            )
        if found is not None and "offices" not in found and "bodies" not in found:
            reading.complain(
                "missing-key",
                found,
                f"role `{name}` has neither `offices` nor `bodies`",
                "say which offices of the register the word covers",
            )
        if found is not None:
            yield (
                name,
                Role(
                    name=name,
                    offices=reading.texts(found.get("offices"), "`offices`"),
                    of=reading.text(found.get("of"), "`of`"),
                    bodies=reading.texts(found.get("bodies"), "`bodies`"),
                    engaged=reading.words(
                        found.get("engaged"), "engagement", ENGAGEMENTS, "unknown-engagement"
                    ),
                ),
            )


def _parameters(
    mapping: Mapping, reading: Reading, own: WorkingDays
) -> Iterator[tuple[str, Parameter]]:
    for name, item in _entries(mapping, "parameters", reading).items():
        found = reading.mapping(
            item, item, f"parameter `{name}`", keys=PARAMETER_KEYS, needs=("means", "text")
        )
        if found is None:
            continue
        text = reading.word(found.get("text"), "text", ("timely", "silent"), "unknown-text")
        yield (
            name,
            Parameter(
                name=name,
                means=reading.text(found.get("means"), "`means`") or "",
                is_timely=text == "timely",
                values=tuple(
                    value
                    for one in reading.items(found.get("values"))
                    if (value := parameter_value(one, reading, own)) is not None
                ),
            ),
        )


def parameter_value(node: Node, reading: Reading, own: WorkingDays) -> ParameterValue | None:
    """Read the time that a parameter allows; `None` if it cannot be made out."""
    found = reading.mapping(node, node, "a parameter's value", keys=VALUE_KEYS)
    if found is None:
        return None
    units = [key for key in ("days", "working-days") if key in found]
    if len(units) != 1:
        reading.complain(
            "one-unit",
            found,
            "a parameter's value has to be in days or in working days",
            "write `{working-days: 10}` or `{days: 14}`",
        )
        return None
    number = reading.number(found.get(units[0]), f"`{units[0]}`")
    counting = reading.word(
        found.get("counting"), "convention of counting", CONVENTIONS, "unknown-counting"
    )
    if number is None:
        return None
    try:
        allowance = Allowance(
            number=number,
            unit="days" if units[0] == "days" else "working-days",
            counting=counting or "first-day-out",
            calendar=own,
        )
    except ValueError as error:
        reading.complain("not-a-number", found.entries[units[0]], str(error))
        return None
    return ParameterValue(
        allowance=allowance,
        tenure=reading.tenure(found, "a parameter's value"),
        source=reading.text(found.get("source"), "`source`"),
    )


def _questions(mapping: Mapping, reading: Reading) -> Iterator[tuple[str, Question]]:
    for name, item in _entries(mapping, "questions", reading).items():
        found = reading.mapping(
            item, item, f"question `{name}`", keys=("asks", "raised_by"), needs=("asks",)
        )
        if found is None:
            continue
        if name in QUESTIONS:
            reading.complain(
                "question-taken",
                item,
                f"the vocabulary has a question `{name}` already",
                "use it as it is, or choose another name",
            )
        raised = reading.words(found.get("raised_by"), "event", kinds(), "unknown-event")
        yield (
            name,
            Question(
                name=name,
                asks=reading.text(found.get("asks"), "`asks`") or "",
                raised_by=frozenset(raised),
            ),
        )


def _sections(mapping: Mapping, reading: Reading) -> Iterator[tuple[str, Text]]:
    for item in reading.listing(mapping.get("sections"), mapping, "`sections`"):
        name = reading.text(item, "a section")
        if name is not None and isinstance(item, Text):
            if "/" in name or "\\" in name:
                reading.complain(
                    "section-elsewhere",
                    item,
                    f"section `{name}` is not beside `protocol.yaml`",
                    "name a file in the same folder",
                )
            else:
                yield name, item
