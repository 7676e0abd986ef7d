"""Findings and the rest as plain data, for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from councilrules.wording import question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from councilrules.assessing import Assessment, Question
    from councilrules.changes import Change
    from councilrules.errors import Problem
    from councilrules.findings import Because, Finding, Permission, ScopeNote
    from councilrules.history import Record
    from councilrules.periods import Moment
    from councilrules.register import Register
    from councilrules.rules import Rulebook

Data = dict[str, Any]


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _moment(moment: Moment | None) -> str | list[str] | None:
    """Give an instant; its two bounds where it is not known exactly."""
    if moment is None or moment.is_exact:
        return None if moment is None else moment.first.isoformat()
    return [moment.first.isoformat(), moment.last.isoformat()]


def finding(found: Finding, assessment: Assessment) -> Data:
    """Give a finding of an assessment, its wants as questions too."""
    scenario = assessment.scenario
    return found_on(found, assessment.rulebook, scenario.register, scenario.history)


def found_on(found: Finding, rulebook: Rulebook, register: Register, record: Record) -> Data:
    """Give a finding, its wants as questions too."""
    return {
        "rulebook": found.rulebook,
        "clause": found.clause,
        "rule": found.rule,
        "status": found.status.value,
        "bearer": found.bearer,
        "on": found.on,
        "events": list(found.events),
        "proof": found.proof.name.lower(),
        "force": found.force,
        "hedge": found.hedge,
        "excused_by": found.excused_by,
        "opened": _moment(found.opened),
        "due": _instant(found.due),
        "late": None if found.late_by is None else {
            "performed_at": _moment(found.performed_at), "working_days": found.late_by,
        },
        "elapsed": found.elapsed,
        "ended": _moment(found.ended),
        "absent": [
            {"name": one.name, "kinds": list(one.kinds), "until": _instant(one.until)}
            for one in found.absent
        ],
        "assumes": list(found.assumes),
        "act": found.act,
        "wants": [
            {
                "cause": want.cause,
                "of": want.of or None,
                "name": want.name,
                "question": question(want, rulebook, register, record),
            }
            for want in found.wants
        ],
    }  # fmt: skip


def change(one: Change, rulebook: Rulebook, register: Register, record: Record) -> Data:
    """Give a change of a finding, with what it was before."""
    reason = one.reason
    return {
        "change": one.kind,
        "because": {
            "cause": reason.cause,
            "event": reason.event,
            "as_of": reason.as_of.isoformat(),
        },
        "before": None if one.before is None else one.before.status.value,
        "finding": found_on(one.finding, rulebook, register, record),
    }


def problem(one: Problem) -> Data:
    """Give what is wrong with a line of input."""
    return {
        "error": {
            "file": one.place.file,
            "line": one.place.line,
            "column": one.place.column,
            "check": one.check,
            "what": one.what,
            "help": one.remedy,
        }
    }


def assessments(made: Sequence[Assessment]) -> Data:
    """Give assessments as one object, however many scenarios and rulebooks there are.

    Every finding, note and question names its scenario and its rulebook.
    """
    return {
        "assessed": [
            {
                "scenario": one.scenario.name,
                "rulebook": one.rulebook.id,
                "version": one.rulebook.version,
                "as_of": one.as_of.isoformat(),
            }
            for one in made
        ],
        "findings": [_of(one) | finding(each, one) for one in made for each in one.findings],
        "scope": [_of(one) | _note(each) for one in made for each in one.scope],
        "permitted": [_of(one) | _permission(each) for one in made for each in one.permissions],
        "not_covered": [_of(one) | {"event": each} for one in made for each in one.not_covered],
        "questions": [_of(one) | _question(each) for one in made for each in one.questions],
        "unchecked": any(one.is_unchecked for one in made),
        "incidents": [incident for one in made for incident in one.incidents],
        "engines": list(dict.fromkeys(engine for one in made for engine in one.engines)),
    }


def _of(made: Assessment) -> Data:
    return {"scenario": made.scenario.name, "rulebook": made.rulebook.id}


def _note(note: ScopeNote) -> Data:
    return {
        "why": note.why,
        "event": note.event or None,
        "person": note.person or None,
        "clauses": list(note.clauses),
        "bound_otherwise": note.is_bound_otherwise,
    }


def _permission(one: Permission) -> Data:
    return {"clause": one.clause, "rule": one.rule, "person": one.person, "on": one.on}


def _question(one: Question) -> Data:
    return {
        "want": str(one.want),
        "question": one.asks,
        "settles": len(one.findings),
        "findings": ["/".join(filter(None, key)) for key in one.findings],
    }


def because(tree: Because) -> Data:
    """Give a tree of reasons."""
    return {
        "about": _about(tree.about),
        "truth": tree.truth.name.lower(),
        "proof": tree.proof.name.lower(),
        "origin": tree.origin or None,
        "value": tree.value or None,
        "events": sorted(tree.events),
        "wants": [str(want) for want in tree.wants],
        "parts": [because(part) for part in tree.parts],
    }


def _about(about: object) -> str:
    return about if isinstance(about, str) else type(about).__name__
