"""What of the past can be forgotten: closed cases, and what no later event can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from councilrules.engines._plans import is_on_a_pair
from councilrules.engines._sharing import keys_of
from councilrules.events import Proof
from councilrules.events.record import JudgementRecorded
from councilrules.findings import Status
from councilrules.history import names, over_by
from councilrules.register import KINDS
from councilrules.rules import AllOf, AnyOf, Modality, Not, Order, parts_of
from councilrules.situations import View
from councilrules.truth import Truth
from councilrules.vocabulary import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from councilrules.engines._docket import Docket, Entry
    from councilrules.engines._plans import Relation
    from councilrules.events import Event
    from councilrules.rules import Condition

_SETTLED = frozenset({Status.BREACHED, Status.EXCUSED, Status.MET, None})


def forget(docket: Docket, before: datetime) -> list[Event]:
    """Forget what nothing can reach any more that happens at `before` or later.

    Kept are the cases that are open or not determined, or about which something may yet
    come; what such a case rests on; and of past events that a later case can look for,
    the first of each sort that no rule tells apart. Where it is not known of such events
    whether they fit, a later case asks about the first alone.

    Returns:
        The events that are forgotten.
    """
    for entry in [one for one in docket.entries.values() if _is_closed(one, before)]:
        docket.close(entry)
    witnesses: set[object] = set()
    past = (one for one in docket.record.by_id.values() if over_by(one) < before)
    forgotten = [
        event
        for event in sorted(past, key=lambda one: (one.at.first, one.id))
        if not _is_needed(docket, event, before, witnesses)
    ]
    for event in forgotten:
        docket.matcher.remove(event)
        docket.record.remove(event)
    return forgotten


# --- cases ----------------------------------------------------------------------------


def _is_closed(entry: Entry, before: datetime) -> bool:
    """Tell whether nothing that happens later can bear on a case."""
    status = None if entry.finding is None else entry.finding.status
    if status not in _SETTLED or over_by(entry.event) >= before or entry.plan.bars_by:
        return False
    return all(_is_past(one, entry, before) for one in entry.plan.relations.values())


def _is_past(relation: Relation, entry: Entry, before: datetime) -> bool:
    """Tell whether a relation finds nothing more for a case."""
    if relation.related.order is Order.BEFORE:
        return True
    is_over = entry.due is not None and entry.due < before
    rule, finding = entry.plan.rule, entry.finding
    if rule.modality is Modality.MUST and relation.related in rule.required:
        if finding is None or finding.status is Status.EXCUSED:
            return finding is not None
        if finding.status is Status.MET:
            return is_over or entry.is_done_for_good
        return is_over and finding.performed_at is not None
    return relation.related.until_due and is_over


# --- events ---------------------------------------------------------------------------


def _is_needed(docket: Docket, event: Event, before: datetime, witnesses: set[object]) -> bool:
    """Tell whether an event of the past may matter yet; note what it is a witness of."""
    if docket.opens(event) or docket.record.is_act(event):
        return True
    if isinstance(event, JudgementRecorded):
        about = names(event.on)
        return any(name in KINDS or name in docket.record.by_id for name in about)
    # To a case that was opened since, all that is past is past alike.
    if any(one.event.at.first < before for one in docket.matcher.touched(event)):
        return True
    # It is noted for every relation, so all are gone through.
    is_first = [_is_first(docket, one, event, witnesses) for one in _searches(docket, event)]
    return any(is_first)


def _searches(docket: Docket, event: Event) -> Iterator[Relation]:
    """Give the relations that can find a past event for a later case."""
    for _, relation in docket.plans.by_related.get(kind_of(event).name, ()):
        by_id = any(join.path.field == "id" for joins in relation.joins for join in joins)
        # What is tied to a case by an id matters while that is remembered.
        if relation.related.order is not Order.AFTER and not relation.follows and not by_id:
            yield relation


def _is_first(docket: Docket, relation: Relation, event: Event, witnesses: set[object]) -> bool:
    """Tell whether an event is the first of its sort, so that later ones add nothing."""
    sort = _sort(docket, relation, event)
    if sort is None:
        return True
    if sort in witnesses:
        return False
    witnesses.add(sort)
    return Truth.FALSE not in sort.truths or not _is_conjunction(relation.related.pattern.condition)


@frozen
class _Sort:
    """All that a relation can see of an event."""

    relation: int
    proof: Proof
    compared: tuple[object, ...]
    truths: tuple[Truth, ...]


def _sort(docket: Docket, relation: Relation, event: Event) -> _Sort | None:
    """Give all that a relation can see of an event; `None` if some of it is not certain."""
    if relation.is_chained or event.proofs or event.proof is Proof.NOT_KNOWN:
        return None
    compared: list[object] = []
    truths: list[Truth] = []
    for leaf in _leaves(relation.related.pattern.condition):
        if is_on_a_pair(leaf):
            path = leaf.path  # type: ignore[union-attr]  # what is on a pair has a path
            keys = keys_of(event, path.field)
            if path.attribute is not None:
                return None
            compared.append(keys)
        else:
            found = docket.settler.situations.truth_of(
                leaf,  # type: ignore[arg-type]  # all others are on one event
                View(event),
                answering=relation.answering,
            )
            if found.proof < event.proof:
                return None
            truths.append(found.truth)
    return _Sort(id(relation), event.proof, tuple(compared), tuple(truths))


def _leaves(condition: Condition) -> Iterator[Condition]:
    for part in parts_of(condition):
        if not isinstance(part, (AllOf, AnyOf, Not)):
            yield part


def _is_conjunction(condition: Condition) -> bool:
    """Tell whether a condition needs all that it asks."""
    return not any(isinstance(part, (AnyOf, Not)) for part in parts_of(condition))
