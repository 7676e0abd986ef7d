"""Rules, events, findings and questions in English: the only place that makes sentences."""

from councilrules.wording.conditions import condition
from councilrules.wording.events import described, filled, happened, kind_of_value, proved, recorded, said, time, told
from councilrules.wording.findings import absent, clauses, excuse, force, judgement, scope, status
from councilrules.wording.questions import belongs, question
from councilrules.wording.rules import rule
from councilrules.wording.voices import InGeneral, OfEvent, Voice
from councilrules.wording.words import (
    any_of,
    day,
    listed,
    period,
    person,
    plain,
    quoted,
    sentence,
    when,
    who,
)

__all__ = [
    "InGeneral",
    "OfEvent",
    "Voice",
    "absent",
    "any_of",
    "belongs",
    "clauses",
    "condition",
    "day",
    "described",
    "excuse",
    "filled",
    "force",
    "happened",
    "judgement",
    "kind_of_value",
    "listed",
    "period",
    "person",
    "plain",
    "proved",
    "question",
    "quoted",
    "recorded",
    "rule",
    "said",
    "scope",
    "sentence",
    "status",
    "time",
    "told",
    "when",
    "who",
]
